//! The primary and backup of one server pair: who serves when.
//!
//! ```text
//!                    lost, other up, covered                due
//!   Serving(a) ------------------------------> FailingOver(b) -----> Serving(b)
//!     |   |                                       | b lost               | b backup, preempted
//!     |   | lost, other up, not covered           +--> a up: Serving(a), | (as FailingOver(a))
//!     |   |                                            else Down         +--> Preempted --> Serving(a)
//!     |   +----------> Uncovered --(a repair, or manual recovery)--> Serving
//!     | lost, other not up                  | manual recovery with nobody up
//!     +----------> Down <-------------------+
//!                    +--(first repair)--> Serving
//! ```
//!
//! It knows whether its members and their hosts are up, and nothing of paths, drains or agents.

use crate::model::{Pair, Role};
use crate::random::{Entity, Luck, Purpose};
use crate::time::Time;

use super::timeline::Timeline;

/// Changes between two looks at whether the pair is still wanted.
const LOOK: u64 = 4_096;

/// In what condition a member of a pair is.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    /// Process, host and site up, and the process does not hang.
    pub(super) up: Timeline<bool>,
    /// Process, host and site up.
    pub(super) alive: Timeline<bool>,
    /// Host and site up.
    pub(super) host: Timeline<bool>,
}

impl Condition {
    /// That of a backup that does not exist: never up.
    pub(super) fn missing() -> Self {
        let never = || Timeline::constant(false);
        Self { up: never(), alive: never(), host: never() }
    }
}

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
    /// The member that serves.
    pub serving: Timeline<Option<Role>>,
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

/// Where a pair's addressed luck comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chance {
    pub(super) luck: Luck,
    pub(super) pair: Entity,
}

#[derive(Clone, Copy, Debug)]
enum State {
    Serving(Role),
    FailingOver { target: Role, due: Time, means: Means },
    Uncovered { last: Role, manual: Time },
    Down { last: Role },
}

struct Machine<'a> {
    pair: &'a Pair,
    chance: Chance,
    state: State,
    up: [bool; 2],
    alive: [bool; 2],
    host: [bool; 2],
    /// When each member came up last.
    since: [Time; 2],
    preemptions: u32,
    history: PairHistory,
}

/// Lives through all changes of the members and tells who served. Before the start everything
/// is up and the primary serves. Asks every now and then whether that is still wanted.
pub(super) fn simulate<E>(
    pair: &Pair,
    chance: Chance,
    members: &[Condition; 2],
    (horizon, wanted): (Time, &impl Fn() -> Result<(), E>),
) -> Result<PairHistory, E> {
    let [primary, backup] = members;
    let both = [true, pair.backup.is_some()];
    let mut machine = Machine {
        pair,
        chance,
        state: State::Serving(Role::Primary),
        up: both,
        alive: both,
        host: both,
        since: [Time::ZERO; 2],
        preemptions: 0,
        history: PairHistory {
            serving: Timeline::constant(Some(Role::Primary)),
            any_up: primary.alive.zip(&backup.alive, |one, other| one || other).indexed(),
            up: [primary.alive.clone(), backup.alive.clone()],
            losses: Vec::new(),
            promotions: Vec::new(),
        },
    };
    let mut now = Time::ZERO;
    for step in 1_u64.. {
        if now >= horizon {
            break;
        }
        if step % LOOK == 0 {
            wanted()?;
        }
        machine.host = members.each_ref().map(|member| member.host.at(now));
        machine.alive = members.each_ref().map(|member| member.alive.at(now));
        machine.step(now, members.each_ref().map(|member| member.up.at(now)));
        let changes = members.each_ref().map(|member| member.up.next_change(now));
        now = machine.due().min(changes[0]).min(changes[1]);
    }
    Ok(machine.history)
}

impl Machine<'_> {
    /// One instant: repairs and faults first, then what falls due.
    fn step(&mut self, now: Time, up: [bool; 2]) {
        let before = std::mem::replace(&mut self.up, up);
        for role in Role::BOTH {
            if self.is_up(role) && !before[role.index()] {
                self.since[role.index()] = now;
            }
        }
        self.state = self.changed(now, before);
        while self.due() <= now {
            self.state = self.fallen_due(now);
        }
    }

    fn changed(&mut self, now: Time, before: [bool; 2]) -> State {
        match self.state {
            State::Serving(role) if !self.is_up(role) => self.lose(now, role),
            State::FailingOver { target, .. } if !self.is_up(target) => {
                let old = target.other();
                if self.is_up(old) {
                    self.serve(now, old, Means::Return)
                } else {
                    State::Down { last: old }
                }
            }
            State::Uncovered { last, .. } | State::Down { last } => {
                let repaired = |role: &Role| self.is_up(*role) && !before[role.index()];
                match [last, last.other()].into_iter().find(repaired) {
                    Some(role) => self.serve(now, role, Means::Repair),
                    None => self.state,
                }
            }
            unmoved => unmoved,
        }
    }

    fn fallen_due(&mut self, now: Time) -> State {
        match self.state {
            State::FailingOver { target, means, .. } => self.serve(now, target, means),
            State::Uncovered { last, .. } => {
                match [last, last.other()].into_iter().find(|&role| self.is_up(role)) {
                    Some(role) => self.serve(now, role, Means::Manual),
                    None => State::Down { last },
                }
            }
            State::Serving(_) => self.preempted(now),
            down @ State::Down { .. } => down,
        }
    }

    /// The configured primary takes the role back: the backup serves no more.
    fn preempted(&mut self, now: Time) -> State {
        let Some(preempt) = &self.pair.preempt else { return self.state };
        let Chance { luck, pair } = self.chance;
        let gap = preempt.gap.sample(&mut luck.draw(pair, Purpose::Preemption, self.preemptions));
        self.preemptions += 1;
        self.history.serving.set(now, None);
        State::FailingOver { target: Role::Primary, due: now + gap, means: Means::Preemption }
    }

    fn is_up(&self, role: Role) -> bool {
        self.up[role.index()]
    }

    /// When something falls due by itself.
    fn due(&self) -> Time {
        match self.state {
            State::FailingOver { due, .. } => due,
            State::Uncovered { manual, .. } => manual,
            State::Serving(Role::Backup) if self.is_up(Role::Primary) => {
                let up = self.since[Role::Primary.index()];
                self.pair.preempt.as_ref().map_or(Time::NEVER, |preempt| up + preempt.delay)
            }
            State::Serving(_) | State::Down { .. } => Time::NEVER,
        }
    }

    fn serve(&mut self, at: Time, role: Role, means: Means) -> State {
        self.history.serving.set(at, Some(role));
        self.history.promotions.push(Promotion { at, role, means });
        State::Serving(role)
    }

    fn lose(&mut self, at: Time, role: Role) -> State {
        self.history.serving.set(at, None);
        let kind = match (self.host[role.index()], self.alive[role.index()]) {
            (false, _) => LossKind::Host,
            (true, false) => LossKind::Process,
            (true, true) => LossKind::Hang,
        };
        let outcome = self.outcome(at, role, kind);
        self.history.losses.push(Loss { at, role, kind, outcome });
        match outcome {
            Outcome::Covered { due } => {
                State::FailingOver { target: role.other(), due, means: Means::Failover }
            }
            Outcome::Uncovered => {
                State::Uncovered { last: role, manual: at + self.pair.failover.manual }
            }
            Outcome::NothingToPromote => State::Down { last: role },
        }
    }

    fn outcome(&self, at: Time, lost: Role, kind: LossKind) -> Outcome {
        if !self.is_up(lost.other()) {
            return Outcome::NothingToPromote;
        }
        let number = self.history.losses.len() as u32;
        let failover = &self.pair.failover;
        let Chance { luck, pair } = self.chance;
        if luck.draw(pair, Purpose::Coverage, number).uniform() >= failover.coverage {
            return Outcome::Uncovered;
        }
        let law = match kind {
            LossKind::Process => &failover.process,
            LossKind::Host => &failover.host,
            LossKind::Hang => &failover.hang,
        };
        let time = law.sample(&mut luck.draw(pair, Purpose::Failover, number));
        Outcome::Covered { due: at + time }
    }
}
