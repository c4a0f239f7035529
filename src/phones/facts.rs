//! What can be so of a phone's registrations at one instant: a bit for each fact.

use crate::model::Side;

use super::chains::Chains;

/// What can be so of a registration, at a side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fact {
    /// The phone's last transaction there succeeded: what it believes itself.
    Believed(Side),
    /// The registrar there holds a binding, even a stale one.
    Bound(Side),
    /// That binding is where the phone is.
    Own(Side),
}

impl Fact {
    /// Number of facts.
    pub(super) const COUNT: usize = 6;

    pub(super) const fn index(self) -> usize {
        match self {
            Self::Believed(side) => side.index(),
            Self::Bound(side) => 2 + side.index(),
            Self::Own(side) => 4 + side.index(),
        }
    }

    const fn bit(self) -> u8 {
        1 << self.index()
    }
}

/// The phone's registrations at one instant: a bit for each fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Registrations(u8);

impl Registrations {
    /// Nothing is so.
    pub(super) const NONE: Self = Self(0);

    pub(crate) fn of(chains: &Chains) -> Self {
        let bit = |fact: Fact, so: bool| u8::from(so) << fact.index();
        let bits = Side::BOTH.map(|side| {
            let bound = chains.bound(side);
            let own = bound && chains.is_own(side);
            bit(Fact::Believed(side), chains.holds(side))
                | bit(Fact::Bound(side), bound)
                | bit(Fact::Own(side), own)
        });
        Self(bits[0] | bits[1])
    }

    /// All facts as bits, and from them.
    pub(super) const fn bits(self) -> u8 {
        self.0
    }

    /// See above.
    pub(super) const fn of_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// What holds at a side alone.
    pub(crate) const fn at(self, side: Side) -> u8 {
        self.0 & 0b01_0101 << side.index()
    }

    /// Whether something is so.
    pub(super) const fn has(self, fact: Fact) -> bool {
        self.0 & fact.bit() != 0
    }

    /// What is so of one fact alone: the same for as long as that does not change.
    pub(super) const fn alone(self, fact: Fact) -> u8 {
        self.0 & fact.bit()
    }
}
