//! The table of the configuration checks: code, severity, title. It does not know how to check.

use crate::diagnostic::{Diagnostic, Severity, TextSpan};

/// One check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable code.
    pub code: &'static str,
    /// Severity of its findings.
    pub severity: Severity,
    /// What it finds, in a few words.
    pub title: &'static str,
}

impl Rule {
    /// A finding of this check.
    pub(super) fn at(&self, span: TextSpan, message: impl Into<String>) -> Diagnostic {
        match self.severity {
            Severity::Error => Diagnostic::error(self.code, message, span),
            Severity::Warning => Diagnostic::warning(self.code, message, span),
            Severity::Info => Diagnostic::info(self.code, message, span),
        }
    }
}

macro_rules! rules {
    ($($name:ident $severity:ident $title:literal)*) => {
        $(
            pub(super) const $name: Rule =
                Rule { code: stringify!($name), severity: Severity::$severity, title: $title };
        )*

        /// All checks, by code.
        pub const RULES: &[Rule] = &[$($name),*];
    };
}

rules! {
    V01 Error "disaster recovery is on, but no preferred site is named"
    V02 Error "disaster recovery is on, but no peer site is named"
    V03 Error "the preferred site and the peer site are the same"
    V04 Error "the preferred site is the site of no SIP Server"
    V05 Error "the peer site is the site of no SIP Server"
    V06 Warning "the preferred site has no Stat Server"
    V07 Warning "the peer site has no Stat Server"
    V08 Warning "the preferred site has no Configuration Server"
    V09 Error "the peer site has no Configuration Server"
    V10 Warning "a server does not name its site"
    V11 Error "the two members of a pair name different sites"
    V12 Warning "a primary server has no backup"
    V13 Warning "a backup is no independent spare"
    V14 Error "one of more than two SIP Server pairs has no disaster-recovery.name"
    V15 Error "a SIP Server pair has no peer of its name"
    V16 Error "a disaster-recovery.name is not shared by exactly two pairs at two sites"
    V17 Error "the peers of a name are not at the agent's two sites"
    V18 Error "the only two SIP Server pairs have different names"
    V19 Error "a Place has no DN on the switch of one of the agent's sites"
    V20 Error "the DR numbers of a Place differ between its switches"
    V21 Error "the DNs of two peer switches do not mirror each other"
    V22 Error "a Place is not the same at both switches"
    V23 Error "an agent login is missing on one of the two switches"
    V24 Error "two Places or agents use the same DN"
    V25 Error "the value of a vendor option cannot be used"
    V26 Warning "the DR timeout ends before the backup serves"
    V27 Warning "the phone timeout is shorter than a registration needs to recover"
    V28 Info "agents stay longer for a lost phone than for a lost site"
    V29 Info "disaster recovery is on for the application, but off for some agents"
    V30 Warning "the Agent Groups of one agent say different things"
    V31 Error "the SIP Servers of two peer sites are not linked to each other"
    V32 Warning "calls are not forwarded to the peer, and the phones register only once"
    V33 Warning "the dr-forward options of two peers do not fit"
    V34 Warning "ADDP is off"
    V35 Warning "only one of the two register addresses is set"
    V36 Error "the register port does not fit the register address"
    V37 Error "the endpoint never registers"
    V38 Warning "a transaction may take longer than the phone timeout"
    V39 Warning "with reg_interval = 0 over UDP the endpoint tries no other proxy"
    V40 Warning "a site is too small for its own agents and those of its peer"
    V41 Warning "agents leave within a short cut and return at once: they may flap"
    V42 Warning "a key or a site name is not written as the product expects it"
    V43 Warning "eservices-site names no site with eServices"
    V44 Info "all agents prefer the same site"
    V45 Info "vendor options that the simulator does not model"
    V46 Warning "disaster recovery is configured, but switched on for nobody"
    V47 Warning "the DR timeout is longer than the run"
    V48 Warning "a NAT forgets phones before they send again"
    V49 Warning "a storm of REGISTERs may never end"
    V50 Warning "no phone reaches its retry-limit"
    V51 Warning "bindings end before they are refreshed"
    V52 Error "a registrar cannot take the refreshes of its phones"
    V53 Warning "agents come home over a path that they have just lost"
    V54 Info "the order of the groups decides who takes a call"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_numbered_without_gaps() {
        for (index, rule) in RULES.iter().enumerate() {
            assert_eq!(rule.code, format!("V{:02}", index + 1));
        }
    }
}
