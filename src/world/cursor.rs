//! A timeline with a position: for an agent that asks around one instant, which moves forward.
//!
//! The position only speeds up the search: every cursor of a timeline gives the answers of the
//! timeline.

use crate::time::Time;

use super::timeline::{Spell, Timeline, found, held};

/// Changes that a cursor runs through one by one before it searches.
const NEAR: usize = 8;

/// A timeline that is asked around one instant: answers are sought from the change that holds
/// there, which costs less than a search. It gives the same answers anywhere.
#[derive(Debug)]
pub struct Cursor<'w, T> {
    timeline: &'w Timeline<T>,
    here: usize,
    spell: Spell<T>,
}

impl<T: Copy> Clone for Cursor<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Copy> Copy for Cursor<'_, T> {}

impl<'w, T: Copy + PartialEq> Cursor<'w, T> {
    /// A cursor at an instant.
    #[must_use]
    pub fn new(timeline: &'w Timeline<T>, t: Time) -> Self {
        let here = timeline.position(t);
        Self { timeline, here, spell: timeline.spell_at(here) }
    }

    /// Moves to an instant.
    pub fn move_to(&mut self, t: Time) {
        if !self.covers(t) {
            self.here = self.sought(t);
            self.spell = self.timeline.spell_at(self.here);
        }
    }

    /// Whether the change that holds at `t` is the cursor's own.
    fn covers(&self, t: Time) -> bool {
        self.spell.from <= t && t < self.spell.to
    }

    fn position(&self, t: Time) -> usize {
        if self.covers(t) { self.here } else { self.sought(t) }
    }

    /// The position of an instant that lies elsewhere.
    fn sought(&self, t: Time) -> usize {
        if !self.spell.to.comes() && self.spell.from <= t {
            return self.here;
        }
        let changes = self.timeline.changes();
        let later = t >= self.spell.to;
        for steps in 1..=NEAR {
            if later {
                let here = self.here + steps;
                if changes.get(here + 1).is_none_or(|&(at, _)| at > t) {
                    return here;
                }
            } else {
                let here = self.here.saturating_sub(steps);
                if here == 0 || changes[here].0 <= t {
                    return here;
                }
            }
        }
        self.timeline.position(t)
    }

    /// As [`Timeline::at`].
    #[must_use]
    pub fn at(&self, t: Time) -> T {
        if self.covers(t) { self.spell.value } else { self.timeline.changes()[self.sought(t)].1 }
    }

    /// As [`Timeline::spell`].
    #[must_use]
    pub fn spell(&self, t: Time) -> Spell<T> {
        if self.covers(t) { self.spell } else { self.timeline.spell_at(self.sought(t)) }
    }

    /// As [`Timeline::first`].
    #[must_use]
    pub fn first(&self, from: Time, wanted: impl Fn(T) -> bool) -> Option<Time> {
        self.find(from, Time::NEVER, wanted).map(|(at, _)| at)
    }

    /// As [`Timeline::find`].
    #[must_use]
    pub fn find(&self, from: Time, last: Time, wanted: impl Fn(T) -> bool) -> Option<(Time, T)> {
        if from > last {
            return None;
        }
        found(&self.timeline.changes()[self.position(from)..], from, last, wanted)
    }

    /// As [`Timeline::since`].
    #[must_use]
    pub fn since(&self, t: Time, wanted: impl Fn(T) -> bool) -> Option<Time> {
        held(&self.timeline.changes()[..=self.position(t)], wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn instant() -> impl Strategy<Value = Time> {
        prop_oneof![9 => (-5_i64..300).prop_map(Time), 1 => Just(Time::NEVER)]
    }

    proptest! {
        #[test]
        fn a_cursor_anywhere_gives_the_answers_of_its_timeline(
            gaps in prop::collection::vec(1_i64..9, 0..60),
            t in instant(),
            last in instant(),
            around in instant(),
        ) {
            let mut at = 0;
            let changes = gaps.iter().enumerate().map(|(number, gap)| {
                at += gap;
                (Time(at), number % 3)
            });
            let timeline = Timeline::new(9, changes.collect::<Vec<_>>());
            let mut cursor = Cursor::new(&timeline, around);
            let one = |value: usize| value == 1;
            prop_assert_eq!(cursor.at(t), timeline.at(t));
            prop_assert_eq!(cursor.spell(t), timeline.spell(t));
            prop_assert_eq!(cursor.first(t, one), timeline.first(t, one));
            prop_assert_eq!(cursor.find(t, last, one), timeline.find(t, last, one));
            prop_assert_eq!(cursor.since(t, one), timeline.since(t, one));
            cursor.move_to(t);
            prop_assert_eq!(cursor.at(last), timeline.at(last));
        }
    }
}
