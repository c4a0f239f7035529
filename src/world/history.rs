//! The history of one server pair: who served when, what was lost, and what followed. Records only.

use crate::model::Role;
use crate::time::Time;

use super::timeline::Timeline;

/// How the serving member was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LossKind {
    /// Its process, on a live host: sockets are reset.
    Process,
    /// Its host or its site: silent.
    Host,
    /// Its process hangs: silent, its sockets stay open.
    Hang,
}

/// What followed the loss of the serving member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The backup will take over at `due`, if it lasts.
    Covered {
        /// When the promotion is due.
        due: Time,
    },
    /// The failover did not work: down until a repair or manual recovery.
    Uncovered,
    /// The other member was not up, or there is none.
    NothingToPromote,
}

/// The loss of the serving member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// When.
    pub at: Time,
    /// Which member was lost.
    pub role: Role,
    /// How.
    pub kind: LossKind,
    /// What followed.
    pub outcome: Outcome,
}

/// Why a member began to serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Means {
    /// A covered failover was completed.
    Failover,
    /// It was the first member repaired.
    Repair,
    /// The promotion target was lost during the failover while this member was up again.
    Return,
    /// Manual recovery.
    Manual,
    /// The configured primary has taken the role back.
    Preemption,
    /// It could not see the other member.
    Separation,
}

/// A member begins to serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promotion {
    /// When.
    pub at: Time,
    /// Which member.
    pub role: Role,
    /// Why.
    pub means: Means,
}

/// The history of one pair over [0, horizon).
#[derive(Clone, Debug)]
pub struct PairHistory {
    /// The member that serves; of two, the one that served before they were separated.
    pub serving: Timeline<Option<Role>>,
    /// Whether the other one serves as well; `None`: it never does.
    pub split: Option<Timeline<bool>>,
    /// Whether each member is up: process, host and site (a missing backup never is). A process that
    /// hangs is up: it keeps what it knows.
    pub up: [Timeline<bool>; 2],
    /// Whether some member is up.
    pub any_up: Timeline<bool>,
    /// Losses of the serving member, in order.
    pub losses: Vec<Loss>,
    /// Beginnings of service after a loss, in order.
    pub promotions: Vec<Promotion>,
}

impl PairHistory {
    /// Failovers completed: times that the other member took over by itself.
    #[must_use]
    pub fn failovers(&self) -> usize {
        self.promotions.iter().filter(|p| p.means == Means::Failover).count()
    }

    /// Losses that the failover did not cover.
    #[must_use]
    pub fn uncovered(&self) -> usize {
        self.losses.iter().filter(|loss| loss.outcome == Outcome::Uncovered).count()
    }
}
