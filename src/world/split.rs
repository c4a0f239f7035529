//! The members of a pair that cannot see each other: what each of them does alone.
//!
//! ```text
//! Down --up again--> Waits --its time has come--> Serves
//!   ^------ lost ------+--------------------------+
//! ```
//!
//! It knows no links and draws nothing.

use crate::model::Role;
use crate::time::Time;

/// What a member does alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Alone {
    /// It is not up.
    Down,
    /// It takes the other for lost, and will serve at this instant.
    Waits(Time),
    /// It serves those who reach it.
    Serves,
}

/// Both members, each alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Islands {
    /// The one that served last while they saw each other.
    pub(super) last: Role,
    members: [Alone; 2],
}

impl Islands {
    /// Neither serves nor waits.
    pub(super) const fn new(last: Role) -> Self {
        Self { last, members: [Alone::Down; 2] }
    }

    /// This member serves.
    pub(super) const fn serves(mut self, role: Role) -> Self {
        self.members[role.index()] = Alone::Serves;
        self
    }

    /// This member waits until an instant.
    pub(super) const fn waits(mut self, role: Role, until: Time) -> Self {
        self.members[role.index()] = Alone::Waits(until);
        self
    }

    /// This member is lost.
    pub(super) const fn without(mut self, role: Role) -> Self {
        self.members[role.index()] = Alone::Down;
        self
    }

    /// Whether this member is down, as far as is known here.
    pub(super) fn is_down(&self, role: Role) -> bool {
        self.members[role.index()] == Alone::Down
    }

    /// The members in the order of their right to serve.
    const fn order(&self) -> [Role; 2] {
        [self.last, self.last.other()]
    }

    /// The member that serves; of two, the one that served last before.
    pub(super) fn serving(&self) -> Option<Role> {
        self.order().into_iter().find(|role| self.members[role.index()] == Alone::Serves)
    }

    /// Whether both serve.
    pub(super) fn both(&self) -> bool {
        self.members == [Alone::Serves; 2]
    }

    /// The member that waits, and until when; of two, the one whose time comes first.
    pub(super) fn next(&self) -> Option<(Role, Time)> {
        let waits = |role: Role| match self.members[role.index()] {
            Alone::Waits(until) => Some((role, until)),
            Alone::Down | Alone::Serves => None,
        };
        self.order().into_iter().filter_map(waits).min_by_key(|&(_, until)| until)
    }
}
