//! What is where: sites, hosts, server pairs, locations. Names are for people only.

use crate::distribution::Law;
use crate::time::Span;

use super::ids::{HostId, Kind, SiteId};

/// A site.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Name, as in `disaster-recovery.site`.
    pub name: String,
    /// Least time between two login slots; `None`: logins are not limited.
    pub login_gap: Option<Span>,
    /// Least time between two connections of desktops to its SIP Servers; `None`: they are not limited.
    pub reconnect_gap: Option<Span>,
    /// Agents that it is sized for; changes nothing that happens.
    pub agent_capacity: Option<u32>,
    /// Its registrar.
    pub registrar: Registrar,
    /// REGISTERs per second that it is sized for; changes nothing that happens.
    pub register_capacity: Option<f64>,
}

impl Site {
    /// Whether desktops may have to wait for a login or a connection here.
    #[must_use]
    pub const fn makes_wait(&self) -> bool {
        self.login_gap.is_some() || self.reconnect_gap.is_some()
    }
}

/// What a registrar grants, and what it can take.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Registrar {
    /// `expires-min` and `expires-max`: the bounds of what it grants.
    pub expires: [Option<Span>; 2],
    /// `expires-deviation`: of each expiry granted, a uniform draw from zero to this is taken off.
    pub deviation: Span,
    /// `retry-after`: the least wait after a refusal.
    pub retry_after: Option<Law>,
    /// `capacity` and what goes with it; `None`: unlimited.
    pub limit: Option<Limit>,
}

/// A finite capacity of a registrar: one queue, first come, first served.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// `capacity`: what one message takes.
    pub message: Span,
    /// `service = "exponential"`: that is a mean, drawn again for each message served.
    pub exponential: bool,
    /// `challenge`: a transaction takes two messages, 401 first.
    pub challenge: bool,
    /// `duplicate-cost`: share of a message that a retransmission takes.
    pub duplicate: f64,
    /// `queue-limit`: the most messages that wait.
    pub queue: Option<u32>,
    /// `refreshes = "all"`: each of them is a message; else those of storms.
    pub every_refresh: bool,
    /// `overload = "reject"`: one beyond that is refused; else it is lost.
    pub rejects: bool,
}

impl Limit {
    /// Messages that a transaction costs whose first send is served, for a phone that asks for `asked`.
    #[must_use]
    pub fn messages(&self, registrar: &Registrar, asked: Span) -> u32 {
        let brief = registrar.expires[0].is_some_and(|least| asked < least);
        1 + u32::from(self.challenge) + u32::from(brief)
    }
}

/// A machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Host {
    /// Name.
    pub name: String,
    /// Its site.
    pub site: SiteId,
}

/// One server process of a pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Name of the server object.
    pub name: String,
    /// The machine it runs on.
    pub host: HostId,
}

/// A primary server and its backup, of one kind at one site.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Name: that of the primary server object.
    pub name: String,
    /// Kind.
    pub kind: Kind,
    /// Site.
    pub site: SiteId,
    /// The configured primary.
    pub primary: Member,
    /// The configured backup, if there is one.
    pub backup: Option<Member>,
    /// Reconnect Timeout of the primary server object: the pause between two rounds of a desktop
    /// at this pair; `None`: the desktop's `warm-standby.retry-delay`.
    pub reconnect: Option<Span>,
    /// `backup-delay` of the backup server object: in the first round after a loss, the pause
    /// between the two attempts.
    pub backup_delay: Span,
    /// How a lost primary is replaced.
    pub failover: Failover,
    /// How the configured primary takes the role back; `None`: it stays backup.
    pub preempt: Option<Preempt>,
    /// What its members do when they are separated.
    pub split: Split,
    /// `disaster-recovery.name` (SIP Server pairs; `default` if unset).
    pub dr_name: String,
}

impl Pair {
    /// The members, primary first.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        std::iter::once(&self.primary).chain(&self.backup)
    }
}

/// How the backup takes the primary role.
#[derive(Clone, Debug, PartialEq)]
pub struct Failover {
    /// Failover time after the loss of a process on a live host.
    pub process: Law,
    /// Failover time after the loss of a host or site.
    pub host: Law,
    /// Failover time after a process hangs.
    pub hang: Law,
    /// Probability that a loss is covered, in [0, 1].
    pub coverage: f64,
    /// Manual recovery time after an uncovered loss.
    pub manual: Span,
}

/// The configured primary takes the primary role back from the backup.
#[derive(Clone, Debug, PartialEq)]
pub struct Preempt {
    /// How long it has been up before it does.
    pub delay: Span,
    /// From the breaking of the backup's connections to its own service.
    pub gap: Law,
}

/// What the members of a pair do when they cannot see each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Split {
    /// Nothing: the roles stay as they are.
    #[default]
    None,
    /// The one that does not serve takes the other for lost: after the failover time both serve.
    BothPrimary,
}

/// A place where agents sit.
#[derive(Clone, Debug, PartialEq)]
pub struct Location {
    /// Name.
    pub name: String,
}
