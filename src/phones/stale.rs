//! When calls would ring a dead contact: the pair serves and holds a binding, and the phone is elsewhere or
//! cannot be reached.

use std::ops::Range;

use crate::model::Side;
use crate::time::Time;
use crate::world::Spell;

use super::context::PhoneContext;
use super::facts::{Fact, Registrations};
use super::phone::Phone;
use super::registrar::{Registrar, Spells};

/// These times at one side, in order and apart from each other.
pub(crate) struct StaleTimes<'p> {
    phone: &'p Phone,
    registrar: &'p Registrar,
    side: Side,
    end: Time,
    /// Position in the history of the phone.
    here: usize,
    /// Where such times of the registrar begin that end after what was passed: of bindings that are the
    /// phone's own, and of others.
    places: [usize; 2],
    /// What the phone holds there now, the times that matter to it, and the next of them.
    open: Option<(Spell<Registrations>, &'p Spells, usize)>,
    /// The last time found: a time that follows without a break is joined to it.
    last: Option<Range<Time>>,
}

impl<'p> StaleTimes<'p> {
    /// Those of a phone before an end, up to which it is made.
    pub(crate) fn of(phone: &'p Phone, cx: &'p PhoneContext<'_>, side: Side, end: Time) -> Self {
        let registrar = cx.registrar(side);
        let places = [0; 2];
        Self { phone, registrar, side, end, here: 0, places, open: None, last: None }
    }

    /// The next time within one state of the phone.
    fn piece(&mut self) -> Option<Range<Time>> {
        loop {
            if let Some((spell, times, place)) = &mut self.open {
                if let Some(&(begins, ends)) = times.get(*place).filter(|time| time.0 < spell.to) {
                    *place += 1;
                    return Some(begins.max(spell.from)..ends.min(spell.to));
                }
                self.open = None;
            }
            let (spell, next) = self.phone.spell(self.side, self.here, self.end)?;
            self.here = next;
            if spell.value.has(Fact::Bound(self.side)) {
                self.open = Some(self.opened(spell));
            }
        }
    }

    fn opened(&mut self, spell: Spell<Registrations>) -> (Spell<Registrations>, &'p Spells, usize) {
        let (times, place) = match spell.value.has(Fact::Own(self.side)) {
            true => (&self.registrar.deaf, &mut self.places[0]),
            false => (&self.registrar.serving, &mut self.places[1]),
        };
        while times.get(*place).is_some_and(|time| time.1 <= spell.from) {
            *place += 1;
        }
        (spell, times, *place)
    }
}

impl Iterator for StaleTimes<'_> {
    type Item = Range<Time>;

    fn next(&mut self) -> Option<Range<Time>> {
        while let Some(piece) = self.piece() {
            match &mut self.last {
                Some(last) if last.end == piece.start => last.end = piece.end,
                last => {
                    if let Some(whole) = last.replace(piece) {
                        return Some(whole);
                    }
                }
            }
        }
        self.last.take()
    }
}
