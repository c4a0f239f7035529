//! The primary and backup of one server pair: who serves when.
//!
//! ```text
//!                    lost, other up, covered                due
//!   Serving(a) ------------------------------> FailingOver(b) -----> Serving(b)
//!     |   |                                       | b lost               | b backup, preempted
//!     |   | lost, other up, not covered           +--> a up: Serving(a), | (as FailingOver(a))
//!     |   |                                            else Down         +--> Preempted --> Serving(a)
//!     |   +----------> Uncovered --(a repair, or manual recovery)--> Serving
//!     | lost, other not up                  | manual recovery, no member up
//!     +----------> Down <-------------------+
//!                    +--(first repair)--> Serving
//! ```
//!
//! Members that cannot see each other are Apart; split.rs knows what each of them does alone.
//!
//! It knows whether its members and their hosts are up, and nothing of paths, drains or agents.

use crate::model::{Pair, Role};
use crate::random::{Entity, Purpose, RandomNumbers};
use crate::time::{Span, Time};

use super::history::{Loss, LossKind, Means, Outcome, PairHistory, Promotion};
use super::split::Islands;
use super::timeline::Timeline;

/// Changes between two checks whether the run is stopped.
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

/// Where a pair's random numbers come from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chance {
    pub(super) random: RandomNumbers,
    pub(super) pair: Entity,
}

#[derive(Clone, Copy, Debug)]
enum State {
    Serving(Role),
    /// `hung`: the last one hangs since it was lost, and serves on if it is well again before.
    FailingOver {
        last: Role,
        target: Role,
        due: Time,
        means: Means,
        hung: bool,
    },
    Uncovered {
        last: Role,
        manual: Time,
    },
    Down {
        last: Role,
    },
    Apart(Islands),
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
    separations: u32,
    history: PairHistory,
}

/// Simulates all changes of the members and returns who served. Before the start everything is up
/// and the primary serves. `link`: whether the members see each other, if that matters. Checks from
/// time to time whether the run is stopped.
pub(super) fn simulate<E>(
    pair: &Pair,
    chance: Chance,
    (members, link): (&[Condition; 2], Option<&Timeline<bool>>),
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
        separations: 0,
        history: PairHistory {
            serving: Timeline::constant(Some(Role::Primary)),
            split: link.map(|_| Timeline::constant(false)),
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
        let together = link.is_none_or(|link| link.at(now));
        machine.step(now, members.each_ref().map(|member| member.up.at(now)), together);
        // A process may die while it hangs, which is no change of whether it could serve.
        let changes = members
            .each_ref()
            .map(|member| member.up.next_change(now).min(member.alive.next_change(now)));
        let link = link.map_or(Time::NEVER, |link| link.next_change(now));
        now = machine.due().min(changes[0]).min(changes[1]).min(link);
    }
    Ok(machine.history)
}

/// What each member does at the instant from which they cannot see each other.
const fn separated(whole: State) -> Islands {
    match whole {
        State::Serving(role) => Islands::new(role).serves(role),
        State::FailingOver { last, target, due, .. } => Islands::new(last).waits(target, due),
        State::Uncovered { last, .. } | State::Down { last } => Islands::new(last),
        State::Apart(islands) => islands,
    }
}

impl Machine<'_> {
    /// One instant: repairs and faults first, then what falls due.
    fn step(&mut self, now: Time, up: [bool; 2], together: bool) {
        let before = std::mem::replace(&mut self.up, up);
        for role in Role::BOTH {
            if self.is_up(role) && !before[role.index()] {
                self.since[role.index()] = now;
            }
        }
        self.state = match (self.state, together) {
            (State::Apart(islands), _) => self.alone(now, islands, together),
            (whole, false) => self.alone(now, separated(whole), false),
            (_, true) => self.changed(now, before),
        };
        while self.due() <= now {
            self.state = self.fallen_due(now);
        }
    }

    fn changed(&mut self, now: Time, before: [bool; 2]) -> State {
        match self.state {
            State::Serving(role) if !self.is_up(role) => self.lose(now, role),
            State::FailingOver { last, hung: true, .. } if self.is_up(last) => {
                self.serve(now, last, Means::Return)
            }
            State::FailingOver { last, target, .. } if !self.is_up(target) => {
                let old = target.other();
                if self.is_up(old) {
                    self.serve(now, old, Means::Return)
                } else {
                    State::Down { last }
                }
            }
            State::Uncovered { last, .. } | State::Down { last } => {
                let repaired = |role: &Role| self.is_up(*role) && !before[role.index()];
                match [last, last.other()].into_iter().find(repaired) {
                    Some(role) => self.serve(now, role, Means::Repair),
                    None => self.state,
                }
            }
            State::FailingOver { last, target, due, means, hung } => {
                let hung = hung && self.alive[last.index()];
                State::FailingOver { last, target, due, means, hung }
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
            State::Apart(islands) => self.waited(now, islands),
            down @ State::Down { .. } => down,
        }
    }

    /// The configured primary takes the role back: the backup serves no more.
    fn preempted(&mut self, now: Time) -> State {
        let Some(preempt) = &self.pair.preempt else { return self.state };
        let Chance { random, pair } = self.chance;
        let gap = preempt.gap.sample(&mut random.draw(pair, Purpose::Preemption, self.preemptions));
        self.preemptions += 1;
        self.history.serving.set(now, None);
        State::FailingOver {
            last: Role::Backup,
            target: Role::Primary,
            due: now + gap,
            means: Means::Preemption,
            hung: false,
        }
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
            State::Apart(islands) => islands.next().map_or(Time::NEVER, |(_, due)| due),
            State::Serving(_) | State::Down { .. } => Time::NEVER,
        }
    }

    /// The members cannot see each other, or could not up to now: one that is up and does not serve
    /// takes the other for lost.
    fn alone(&mut self, now: Time, mut islands: Islands, together: bool) -> State {
        for role in Role::BOTH {
            if !self.is_up(role) {
                islands = islands.without(role);
            } else if islands.is_down(role) {
                islands = islands.waits(role, now + self.failover_time());
            }
        }
        self.tell(now, islands, together);
        if !together {
            return State::Apart(islands);
        }
        match (islands.serving(), islands.next()) {
            (Some(role), _) => State::Serving(role),
            (None, Some((target, due))) => {
                let means = Means::Separation;
                State::FailingOver { last: islands.last, target, due, means, hung: false }
            }
            (None, None) => State::Down { last: islands.last },
        }
    }

    /// Records who serves from now on.
    fn tell(&mut self, now: Time, islands: Islands, together: bool) {
        self.history.serving.set(now, islands.serving());
        if let Some(split) = &mut self.history.split {
            split.set(now, islands.both() && !together);
        }
    }

    /// The failover time of a member that cannot see the other.
    fn failover_time(&mut self) -> Span {
        let Chance { random, pair } = self.chance;
        let number = self.separations;
        self.separations += 1;
        self.pair.failover.host.sample(&mut random.draw(pair, Purpose::Separation, number))
    }

    /// A member has waited long enough for the other one.
    fn waited(&mut self, now: Time, islands: Islands) -> State {
        let Some((role, _)) = islands.next() else { return State::Apart(islands) };
        let islands = islands.serves(role);
        self.tell(now, islands, false);
        self.history.promotions.push(Promotion { at: now, role, means: Means::Separation });
        State::Apart(islands)
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
                let (target, means) = (role.other(), Means::Failover);
                State::FailingOver { last: role, target, due, means, hung: kind == LossKind::Hang }
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
        let Chance { random, pair } = self.chance;
        if random.draw(pair, Purpose::Coverage, number).uniform() >= failover.coverage {
            return Outcome::Uncovered;
        }
        let law = match kind {
            LossKind::Process => &failover.process,
            LossKind::Host => &failover.host,
            LossKind::Hang => &failover.hang,
        };
        let time = law.sample(&mut random.draw(pair, Purpose::Failover, number));
        Outcome::Covered { due: at + time }
    }
}
