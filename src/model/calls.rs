//! Queues of calls as meant: when calls come, what they need, who serves them. Time counts from the start of the run.

use crate::distribution::Law;
use crate::time::Span;

use super::ids::GroupId;
use super::{Cohort, Model, RestoreWhen};

/// The calls of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Calls {
    /// Queues, in the order of declaration; none: there are no calls.
    pub queues: Vec<Queue>,
    /// Length of the intervals by which calls are counted; longer than zero.
    pub interval: Span,
    /// Which of them are simulated.
    pub simulated: Simulated,
}

impl Calls {
    /// Whether there are calls, and not all of them are simulated.
    #[must_use]
    pub fn in_windows(&self) -> bool {
        !self.queues.is_empty() && self.simulated == Simulated::Windows
    }
}

impl Model {
    /// Whether agents of a cohort take calls.
    #[must_use]
    pub fn takes_calls(&self, cohort: &Cohort) -> bool {
        self.calls.queues.iter().any(|queue| queue.groups.contains(&cohort.group))
    }

    /// Whether agents that take calls may restore when idle, be ordered to leave, or end a shift.
    #[must_use]
    pub fn calls_meet_departures(&self) -> bool {
        let idle = self.policy.restore_when == RestoreWhen::Idle;
        let leaves = |cohort: &Cohort| {
            let profile = &self.profiles[cohort.profile.index()];
            let moves = !self.drains.is_empty() || idle && profile.auto_restore;
            !cohort.shifts.is_empty() || profile.peer.is_some() && moves
        };
        self.cohorts.iter().any(|cohort| self.takes_calls(cohort) && leaves(cohort))
    }

    /// Whether agents may have to wait for the end of a call before they leave: not in windows, outside of which calls are
    /// not known.
    #[must_use]
    pub fn calls_hold_agents(&self) -> bool {
        !self.calls.in_windows() && self.calls_meet_departures()
    }
}

impl Default for Calls {
    fn default() -> Self {
        let simulated = Simulated::default();
        Self { queues: Vec::new(), interval: Span::from_secs(30 * 60), simulated }
    }
}

/// Which calls of a run are simulated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Simulated {
    /// All.
    #[default]
    Full,
    /// Those that come while faults and drains make a difference.
    Windows,
}

/// Calls of one kind, and who serves them.
#[derive(Clone, Debug, PartialEq)]
pub struct Queue {
    /// Name.
    pub name: String,
    /// When calls come.
    pub arrivals: Arrivals,
    /// Each day's arrivals are multiplied by a draw from a gamma law with this shape and mean 1;
    /// `None`: days differ by chance alone.
    pub day_factor: Option<f64>,
    /// How long an agent talks.
    pub handling: Law,
    /// Work after the call, before the agent takes the next one.
    pub after_call: Law,
    /// How long a caller waits.
    pub patience: Patience,
    /// Who serves, in order: a call takes an idle agent of the first group that has one.
    pub groups: Vec<GroupId>,
    /// Who calls again; `None`: no caller does.
    pub redial: Option<Redial>,
    /// The most calls that wait; one more is blocked. `None`: no limit.
    pub waiting_places: Option<u32>,
    /// Whether agents of every site serve calls of every site, as long as both serve and the link
    /// between them is up; else agents serve calls of their own site.
    pub pooled: bool,
    /// Per site: the share of calls that come in there; they sum to 1.
    pub entry: Vec<f64>,
    /// What happens to a call whose agent loses its SIP Server pair, path or power.
    pub at_loss: AtLoss,
    /// How long a call rings a contact where it is not answered; longer than zero.
    pub ring_timeout: Span,
    /// How long gateways offer calls to a dead site.
    pub gateway_lag: Span,
    /// What counts as good service.
    pub level: ServiceLevel,
}

/// What a service level is, and what it should be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServiceLevel {
    /// A call is answered in time if an agent takes it after a wait of at most this.
    pub within: Span,
    /// What it is a share of.
    pub of: ShareOf,
    /// The target share, in (0, 1).
    pub target: f64,
}

/// What a service level is a share of. The calls in time are those that an agent took after a wait of at most the threshold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ShareOf {
    /// All calls offered.
    #[default]
    Offered,
    /// Calls that an agent took.
    Taken,
    /// Calls offered but for those abandoned within the threshold.
    OfferedLessQuick,
    /// All calls offered; in time are those, too, that an agent would have taken in time had the caller waited for ever.
    Virtual,
}

impl Default for ServiceLevel {
    fn default() -> Self {
        Self { within: Span::from_secs(20), of: ShareOf::default(), target: 0.8 }
    }
}

/// Calls come as a Poisson process whose rate is constant in pieces.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrivals {
    /// One after the other; each lasts longer than zero.
    pub pieces: Vec<Piece>,
    /// Whether the first follows the last; else no call comes after the last.
    pub repeats: bool,
    /// How far into the pieces the run starts.
    pub phase: Span,
}

/// A constant rate for a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// How long.
    pub lasts: Span,
    /// Calls per hour.
    pub per_hour: f64,
}

impl Arrivals {
    /// Always the same number of calls per hour.
    #[must_use]
    pub fn constant(per_hour: f64) -> Self {
        let pieces = vec![Piece { lasts: Span::from_secs(86_400), per_hour }];
        Self { pieces, repeats: true, phase: Span::ZERO }
    }
}

/// How long callers wait.
#[derive(Clone, Debug, PartialEq)]
pub struct Patience {
    /// Share of callers that never wait: they hang up unless an agent is idle.
    pub never: f64,
    /// How long the others wait; `None`: for ever.
    pub law: Option<Law>,
}

/// Callers that call again.
#[derive(Clone, Debug, PartialEq)]
pub struct Redial {
    /// Share of those who gave up or were lost.
    pub share: f64,
    /// From then to the next call.
    pub delay: Law,
}

/// What happens to a call whose agent loses its SIP Server pair, path or power. A call that came in
/// at a dead site, or whose agent is at one, is lost in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AtLoss {
    /// It is lost.
    #[default]
    Lost,
    /// Caller and agent talk to the end; the agent takes no next call.
    Kept,
    /// It goes back to the head of the queue, for the rest of its handling (what-if).
    Requeued,
}
