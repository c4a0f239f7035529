//! What wakes an agent, and in which order within one instant: this order is the one in which
//! [`Slot`] declares its variants.
//!
//! It knows times and ranks, and nothing of what happens at them.

use crate::bits::Bits;
use crate::limits::Repeated;
use crate::model::Kind;
use crate::time::Time;

/// One thing that an agent waits for. Of those that fall on one instant the first declared comes
/// first; what it starts at that instant comes in its own place again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// The power fails, or the desktop has started.
    Power,
    /// The agent's shift begins or ends.
    Shift,
    /// A connection breaks, or its path heals before the desktop has noticed.
    World(Kind),
    /// An attempt that had to wait succeeds.
    Answer(Kind),
    /// The login slot, or the planned end of a login.
    Stage,
    /// A loss is noticed.
    Loss(Kind),
    /// A round fails, or an attempt is answered at once.
    Round(Kind),
    /// Whether calls reach the phone changes, or the agent becomes ready.
    Truth,
    /// What the desktop sees of its phone changes.
    Phone,
    /// The order to leave a drained site.
    Drain,
    /// A DR timer fires.
    DrTimer(Kind),
    /// The phone timer fires or, once it has, the phone registers at the other site.
    PhoneTimer,
    /// A restore probe that changes something.
    Probe,
    /// The probe of a connection that has moved alone succeeds.
    OwnProbe(Kind),
}

/// Number of slots.
const COUNT: usize = 26;

/// Every slot in its order.
const ALL: [Slot; COUNT] = [
    Slot::Power,
    Slot::Shift,
    Slot::World(Kind::Sip),
    Slot::World(Kind::Stat),
    Slot::World(Kind::Config),
    Slot::Answer(Kind::Sip),
    Slot::Answer(Kind::Stat),
    Slot::Answer(Kind::Config),
    Slot::Stage,
    Slot::Loss(Kind::Sip),
    Slot::Loss(Kind::Stat),
    Slot::Loss(Kind::Config),
    Slot::Round(Kind::Sip),
    Slot::Round(Kind::Stat),
    Slot::Round(Kind::Config),
    Slot::Truth,
    Slot::Phone,
    Slot::Drain,
    Slot::DrTimer(Kind::Sip),
    Slot::DrTimer(Kind::Stat),
    Slot::DrTimer(Kind::Config),
    Slot::PhoneTimer,
    Slot::Probe,
    Slot::OwnProbe(Kind::Sip),
    Slot::OwnProbe(Kind::Stat),
    Slot::OwnProbe(Kind::Config),
];

impl Slot {
    /// Its place in the order.
    pub(crate) const fn rank(self) -> usize {
        match self {
            Self::Power => 0,
            Self::Shift => 1,
            Self::World(kind) => 2 + kind.index(),
            Self::Answer(kind) => 5 + kind.index(),
            Self::Stage => 8,
            Self::Loss(kind) => 9 + kind.index(),
            Self::Round(kind) => 12 + kind.index(),
            Self::Truth => 15,
            Self::Phone => 16,
            Self::Drain => 17,
            Self::DrTimer(kind) => 18 + kind.index(),
            Self::PhoneTimer => 21,
            Self::Probe => 22,
            Self::OwnProbe(kind) => 23 + kind.index(),
        }
    }

    /// What a step at it is part of, if an agent takes too many.
    pub(crate) const fn work(self) -> Repeated {
        match self {
            Self::PhoneTimer => Repeated::PhoneMove,
            Self::DrTimer(Kind::Sip) => Repeated::SipMove,
            Self::DrTimer(_) => Repeated::OtherMove,
            Self::Probe | Self::OwnProbe(_) => Repeated::Probe,
            _ => Repeated::Connect,
        }
    }
}

/// When each slot is due.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Agenda {
    at: [Time; COUNT],
    /// The slots that are due at all, as bits.
    armed: u32,
}

impl Agenda {
    /// Nothing to wait for.
    pub(crate) const EMPTY: Self = Self { at: [Time::NEVER; COUNT], armed: 0 };

    /// The slots of a connection, as bits, for [`Kind::Sip`].
    const LINK: u32 = 1 << Slot::World(Kind::Sip).rank()
        | 1 << Slot::Answer(Kind::Sip).rank()
        | 1 << Slot::Loss(Kind::Sip).rank()
        | 1 << Slot::Round(Kind::Sip).rank();

    /// When a slot is due; [`Time::NEVER`]: it is not.
    #[inline]
    pub(crate) const fn get(&self, slot: Slot) -> Time {
        let rank = slot.rank();
        if self.armed & 1 << rank == 0 { Time::NEVER } else { self.at[rank] }
    }

    /// Makes a slot due at an instant; [`Time::NEVER`] clears it.
    #[inline]
    pub(crate) const fn set(&mut self, slot: Slot, at: Time) {
        let rank = slot.rank();
        self.at[rank] = at;
        let bit = 1 << rank;
        self.armed = if at.comes() { self.armed | bit } else { self.armed & !bit };
    }

    /// A slot is no longer due.
    #[inline]
    pub(crate) const fn clear(&mut self, slot: Slot) {
        self.armed &= !(1 << slot.rank());
    }

    /// The next step of a connection: it has one at most.
    #[inline]
    pub(crate) const fn set_link(&mut self, kind: Kind, slot: Slot, at: Time) {
        self.clear_link(kind);
        self.set(slot, at);
    }

    /// A connection has no next step.
    #[inline]
    pub(crate) const fn clear_link(&mut self, kind: Kind) {
        self.armed &= !(Self::LINK << kind.index());
    }

    /// Writes or reads it.
    pub(crate) fn fields(&mut self, bits: &mut impl Bits) {
        self.armed = bits.bits(u64::from(self.armed), COUNT as u32) as u32;
        let armed = |&(rank, _): &(usize, &mut Time)| self.armed & 1 << rank != 0;
        self.at.iter_mut().enumerate().filter(armed).for_each(|(_, at)| bits.time(at));
    }

    /// The earliest slot, the first of those at one instant.
    #[inline]
    pub(crate) fn next(&self) -> (Time, Slot) {
        let (mut next, mut first, mut left) = (Time::NEVER, 0, self.armed);
        while left != 0 {
            let rank = left.trailing_zeros() as usize;
            if self.at[rank] < next {
                (next, first) = (self.at[rank], rank);
            }
            left &= left - 1;
        }
        (next, ALL[first])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_places_in_the_order() {
        for (rank, slot) in ALL.into_iter().enumerate() {
            assert_eq!(slot.rank(), rank, "{slot:?}");
        }
    }

    #[test]
    fn of_one_instant_the_first_declared_comes_first() {
        let mut agenda = Agenda::EMPTY;
        assert_eq!(agenda.next().0, Time::NEVER);
        agenda.set(Slot::Probe, Time(5));
        agenda.set(Slot::Stage, Time(5));
        agenda.set(Slot::Phone, Time(7));
        assert_eq!(agenda.next(), (Time(5), Slot::Stage));
        agenda.clear(Slot::Stage);
        assert_eq!(agenda.next(), (Time(5), Slot::Probe));
        agenda.set(Slot::Probe, Time::NEVER);
        assert_eq!(agenda.next(), (Time(7), Slot::Phone));
        agenda.set_link(Kind::Stat, Slot::Loss(Kind::Stat), Time(6));
        agenda.set_link(Kind::Stat, Slot::Round(Kind::Stat), Time(8));
        assert_eq!(agenda.get(Slot::Loss(Kind::Stat)), Time::NEVER);
        assert_eq!(agenda.next(), (Time(7), Slot::Phone));
    }
}
