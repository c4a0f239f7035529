//! One HA pair: who serves, and what happens when the serving member is lost. It is told which
//! members are up; it does not know why.

use switchover::model::{Pair, Role};
use switchover::random::{Entity, Purpose, RandomNumbers};
use switchover::time::Time;

/// What one pair did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PairHistory {
    /// From when on which member serves; the first entry is at 0.
    pub serving: Vec<(Time, Option<Role>)>,
    /// Covered failovers that were completed.
    pub failovers: u32,
}

/// What the pair is doing.
#[derive(Clone, Copy, Debug)]
enum Phase {
    Serving(Role),
    Promoting {
        target: Role,
        due: Time,
        /// Whether it is a failover.
        counts: bool,
        /// Whether the one that was lost hangs, and has done nothing else since.
        only_hangs: bool,
    },
    /// The backup serves no more, the configured primary not yet.
    HandingBack {
        due: Time,
    },
    Uncovered {
        manual: Time,
    },
    Empty,
    /// The members cannot see each other: what each of them does.
    Apart([Island; 2]),
}

/// A member that cannot see the other one.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Island {
    Dark,
    TakesOver(Time),
    Serves,
}

/// The machine of one pair.
pub struct Machine<'a> {
    pair: &'a Pair,
    entity: Entity,
    random: RandomNumbers,
    phase: Phase,
    served_last: Role,
    losses: u32,
    was_up: [bool; 2],
    primary_up_since: Time,
    hand_backs: u32,
    separations: u32,
    pub history: PairHistory,
}

impl<'a> Machine<'a> {
    pub fn new(pair: &'a Pair, ordinal: u32, random: RandomNumbers) -> Self {
        Self {
            pair,
            entity: Entity::pair(ordinal),
            random,
            phase: Phase::Serving(Role::Primary),
            served_last: Role::Primary,
            losses: 0,
            was_up: [true, pair.backup.is_some()],
            primary_up_since: Time::ZERO,
            hand_backs: 0,
            separations: 0,
            history: PairHistory::default(),
        }
    }

    pub fn serving(&self) -> Option<Role> {
        match self.phase {
            Phase::Serving(role) => Some(role),
            Phase::Apart(islands) => {
                let first = [self.served_last, self.served_last.other()];
                first.into_iter().find(|role| islands[role.index()] == Island::Serves)
            }
            _ => None,
        }
    }

    /// Which members serve.
    pub fn serve_now(&self) -> [bool; 2] {
        match self.phase {
            Phase::Apart(islands) => islands.map(|island| island == Island::Serves),
            _ => Role::BOTH.map(|role| self.serving() == Some(role)),
        }
    }

    /// When the machine moves on by itself.
    pub fn due(&self) -> Time {
        match self.phase {
            Phase::Promoting { due, .. } | Phase::HandingBack { due } => due,
            Phase::Serving(Role::Backup) => self.hands_back_at().unwrap_or(Time::NEVER),
            Phase::Uncovered { manual } => manual,
            Phase::Apart(islands) => {
                let dues = islands.into_iter().filter_map(|island| match island {
                    Island::TakesOver(due) => Some(due),
                    Island::Dark | Island::Serves => None,
                });
                dues.min().unwrap_or(Time::NEVER)
            }
            Phase::Serving(_) | Phase::Empty => Time::NEVER,
        }
    }

    /// The members cannot see each other at `t` (`apart`), or see each other again.
    fn part(&mut self, t: Time, up: [bool; 2], apart: bool) {
        let mut islands = match self.phase {
            Phase::Apart(islands) => islands,
            whole => {
                let mut islands = [Island::Dark; 2];
                match whole {
                    Phase::Serving(role) => islands[role.index()] = Island::Serves,
                    Phase::Promoting { target, due, .. } => {
                        islands[target.index()] = Island::TakesOver(due);
                    }
                    Phase::HandingBack { due } => islands[0] = Island::TakesOver(due),
                    _ => {}
                }
                islands
            }
        };
        for (island, up) in islands.iter_mut().zip(up) {
            if !up {
                *island = Island::Dark;
            } else if *island == Island::Dark {
                let law = &self.pair.failover.host;
                let number = self.separations;
                self.separations += 1;
                let mut draw = self.random.draw(self.entity, Purpose::Separation, number);
                *island = Island::TakesOver(t + law.sample(&mut draw));
            }
            if matches!(*island, Island::TakesOver(due) if apart && due <= t) {
                *island = Island::Serves;
            }
        }
        self.phase = Phase::Apart(islands);
        if !apart {
            self.unite(islands);
        }
    }

    fn unite(&mut self, islands: [Island; 2]) {
        let serving = self.serving();
        let waiting = |role: &Role| match islands[role.index()] {
            Island::TakesOver(due) => Some((*role, due)),
            _ => None,
        };
        let (last, other) = (self.served_last, self.served_last.other());
        let (one, two) = (waiting(&last), waiting(&other));
        let first = match (one, two) {
            (Some(one), Some(two)) => Some(if two.1 < one.1 { two } else { one }),
            (one, two) => one.or(two),
        };
        match (serving, first) {
            (Some(role), _) => self.serve(role),
            (None, Some((target, due))) => {
                self.phase = Phase::Promoting { target, due, counts: false, only_hangs: false };
            }
            (None, None) => self.phase = Phase::Empty,
        }
    }

    /// When the backup is to hand the role back to the configured primary, which is up.
    fn hands_back_at(&self) -> Option<Time> {
        let preempt = self.pair.preempt.as_ref().filter(|_| self.was_up[0])?;
        Some(self.primary_up_since + preempt.delay)
    }

    /// The instant `t`, all of its repairs and faults applied; `hang`: which members hang; `apart`:
    /// whether they cannot see each other.
    pub fn step(
        &mut self,
        t: Time,
        up: [bool; 2],
        (host_up, hang): ([bool; 2], [bool; 2]),
        apart: bool,
    ) {
        let repaired = [0, 1].map(|i| up[i] && !self.was_up[i]);
        self.was_up = up;
        if repaired[0] {
            self.primary_up_since = t;
        }
        let was_apart = matches!(self.phase, Phase::Apart(_));
        match self.phase {
            _ if apart || was_apart => self.part(t, up, apart),
            Phase::Serving(role) if !up[role.index()] => self.lost(t, role, up, (host_up, hang)),
            Phase::HandingBack { .. } if !up[0] => self.serve_or_wait(Role::Backup, up),
            Phase::Promoting { target, only_hangs: true, .. } if up[target.other().index()] => {
                self.serve(target.other());
            }
            Phase::Promoting { target, .. } if !up[target.index()] => {
                self.serve_or_wait(target.other(), up);
            }
            Phase::Uncovered { .. } | Phase::Empty => self.repaired(repaired),
            Phase::Serving(_)
            | Phase::Promoting { .. }
            | Phase::HandingBack { .. }
            | Phase::Apart(_) => {}
        }
        if let Phase::Promoting { target, only_hangs, .. } = &mut self.phase {
            *only_hangs &= hang[target.other().index()];
        }
        self.fall_due(t, up);
        self.hand_back(t);
        if self.history.serving.last().is_none_or(|(_, who)| *who != self.serving()) {
            self.history.serving.push((t, self.serving()));
        }
    }

    fn hand_back(&mut self, t: Time) {
        let backup = matches!(self.phase, Phase::Serving(Role::Backup));
        if backup && self.hands_back_at().is_some_and(|at| at <= t) {
            let law = &self.pair.preempt.as_ref().expect("it hands back").gap;
            let mut draw = self.random.draw(self.entity, Purpose::Preemption, self.hand_backs);
            self.hand_backs += 1;
            self.phase = Phase::HandingBack { due: t + law.sample(&mut draw) };
        }
        if let Phase::HandingBack { due } = self.phase
            && due <= t
        {
            self.serve(Role::Primary);
        }
    }

    fn lost(
        &mut self,
        t: Time,
        role: Role,
        up: [bool; 2],
        (host_up, hang): ([bool; 2], [bool; 2]),
    ) {
        let number = self.losses;
        self.losses += 1;
        let target = role.other();
        if !up[target.index()] {
            self.phase = Phase::Empty;
            return;
        }
        let failover = &self.pair.failover;
        let chance = self.random.draw(self.entity, Purpose::Coverage, number).uniform();
        if chance >= failover.coverage {
            self.phase = Phase::Uncovered { manual: t + failover.manual };
            return;
        }
        let law = if !host_up[role.index()] {
            &failover.host
        } else if hang[role.index()] {
            &failover.hang
        } else {
            &failover.process
        };
        let time = law.sample(&mut self.random.draw(self.entity, Purpose::Failover, number));
        let only_hangs = host_up[role.index()] && hang[role.index()];
        self.phase = Phase::Promoting { target, due: t + time, counts: true, only_hangs };
    }

    fn serve_or_wait(&mut self, role: Role, up: [bool; 2]) {
        if up[role.index()] {
            self.serve(role);
        } else {
            self.phase = Phase::Empty;
        }
    }

    fn repaired(&mut self, repaired: [bool; 2]) {
        let first = [self.served_last, self.served_last.other()];
        if let Some(role) = first.into_iter().find(|role| repaired[role.index()]) {
            self.serve(role);
        }
    }

    fn fall_due(&mut self, t: Time, up: [bool; 2]) {
        match self.phase {
            Phase::Promoting { target, due, counts, .. } if due <= t => {
                self.history.failovers += u32::from(counts);
                self.serve(target);
            }
            Phase::Uncovered { manual } if manual <= t => {
                let last = self.served_last;
                let role = if up[last.index()] { last } else { last.other() };
                self.serve_or_wait(role, up);
            }
            _ => {}
        }
    }

    fn serve(&mut self, role: Role) {
        self.phase = Phase::Serving(role);
        self.served_last = role;
    }
}
