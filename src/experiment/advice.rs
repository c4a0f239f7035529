//! What has to be known about variants before their numbers are read: what `check` finds in them,
//! which values are in force today, and settings that change nothing.
//!
//! Data only; the code that makes the variants fills it in.

use crate::diagnostic::Severity;

/// A finding, and the variants in which it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Its code.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The cause, as it was said of the first of the variants.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Whether it was found in the scenario as it is today.
    pub today: bool,
    /// The points, or other variants, by position.
    pub points: Vec<usize>,
}

/// A value that is in force today.
#[derive(Clone, Debug, PartialEq)]
pub struct InForce {
    /// As written, or the default.
    pub value: String,
    /// For how many agents; `None`: it is no option of agents.
    pub agents: Option<u32>,
    /// Where it comes from: `default`, `Agent Group sales, line 25`.
    pub from: String,
}

/// What a setting changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// What is set: the full path.
    pub path: String,
    /// The values in force today.
    pub in_force: Vec<InForce>,
    /// Agents that take the option from this setting, and all agents; `None`: it is no option of
    /// agents.
    pub reach: Option<(u32, u32)>,
    /// Why it changes nothing, or nothing for some agents; empty: it has an effect for all.
    pub instead: String,
    /// Whether it changes nothing for any agent.
    pub idle: bool,
}

/// What has to be known about variants.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Advice {
    /// Findings, each once.
    pub remarks: Vec<Remark>,
    /// What is set.
    pub changes: Vec<Change>,
    /// What the points have different values of; empty: they are variants with names.
    pub what: String,
    /// What each point is called.
    pub labels: Vec<String>,
}

impl Advice {
    /// Whether nothing that is set changes anything for any agent.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        !self.changes.is_empty() && self.changes.iter().all(|change| change.idle)
    }

    /// The codes of what was found at a point.
    pub fn codes(&self, point: usize) -> impl Iterator<Item = &'static str> {
        let here = self.remarks.iter().filter(move |remark| remark.points.contains(&point));
        here.map(|remark| remark.code)
    }

    /// The codes of what was found at a point; `None`: today, or in the first variant.
    #[must_use]
    pub fn codes_at(&self, at: Option<usize>) -> Vec<&'static str> {
        let today = || self.remarks.iter().filter(|remark| remark.today);
        at.map_or_else(
            || today().map(|remark| remark.code).collect(),
            |at| self.codes(at).collect(),
        )
    }

    /// The codes of what was found in every variant, which does not distinguish them.
    #[must_use]
    pub fn common(&self) -> Vec<&'static str> {
        let everywhere =
            |remark: &&Remark| remark.today && remark.points.len() == self.labels.len();
        self.remarks.iter().filter(everywhere).map(|remark| remark.code).collect()
    }

    /// Where a finding was made, in words: `at disaster-recovery.timeout = 15, 30`.
    #[must_use]
    pub fn place(&self, remark: &Remark) -> String {
        let labels: Vec<&str> = remark.points.iter().map(|at| self.labels[*at].as_str()).collect();
        let all = labels.len() == self.labels.len();
        let (first, every, but) = if self.what.is_empty() {
            ("in the first", "in every variant", "in every variant but the first")
        } else {
            ("today", "at every point", "at every point, not today")
        };
        let list = labels.join(", ");
        let places = match (all, labels.is_empty()) {
            (true, _) if remark.today => return every.to_owned(),
            (true, _) => return but.to_owned(),
            (_, true) => return format!("{first} only"),
            _ if self.what.is_empty() => format!("in {list}"),
            _ => format!("at {} = {list}", self.what),
        };
        if remark.today { format!("{first} and {places}") } else { places }
    }
}
