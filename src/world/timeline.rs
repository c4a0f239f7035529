//! How one thing changes over time: a sorted list of changes, asked by search. What is asked often
//! is indexed: the time is cut into equal parts, and of each is known where to search.
//!
//! A timeline is complete: every change of [0, horizon) is in it, so the next change can be looked
//! up without stepping. It knows nothing of what its values mean.

use crate::time::{Span, Time};

/// Parts of an index per change: most hold one change at most.
const PARTS: i64 = 1;

/// Most changes of a part that are run through one by one.
const FEW: u32 = 16;

/// A value at every instant. Each value holds on the half-open interval from its change up to
/// the next; before the first change (at [`Time::ZERO`]) the first value holds, after the last
/// change the last one. Equal neighbours are one, and no value holds for zero time.
#[derive(Clone, Debug)]
pub struct Timeline<T> {
    changes: Vec<(Time, T)>,
    /// Per part of 2^`shift` nanoseconds: the position at its start. Nothing but a short cut.
    index: Vec<u32>,
    shift: u32,
    /// No index, or one with too many changes in a part.
    crowded: bool,
}

impl<T: PartialEq> PartialEq for Timeline<T> {
    fn eq(&self, other: &Self) -> bool {
        self.changes == other.changes
    }
}

impl<T: Eq> Eq for Timeline<T> {}

/// A value and the interval [from, to) on which it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spell<T> {
    /// First instant.
    pub from: Time,
    /// End, excluded; [`Time::NEVER`] for the last value.
    pub to: Time,
    /// The value.
    pub value: T,
}

/// The first instant from `from` on, and not after `last`, at which `wanted` holds; the first of
/// the changes holds at `from`.
pub(super) fn found<T: Copy>(
    changes: &[(Time, T)],
    from: Time,
    last: Time,
    wanted: impl Fn(T) -> bool,
) -> Option<(Time, T)> {
    let (here, later) = changes.split_first()?;
    if wanted(here.1) {
        return Some((from, here.1));
    }
    for &(at, value) in later {
        if at > last {
            return None;
        }
        if wanted(value) {
            return Some((at, value));
        }
    }
    None
}

/// Since when `wanted` has held without a break up to the end of these changes.
pub(super) fn held<T: Copy>(changes: &[(Time, T)], wanted: impl Fn(T) -> bool) -> Option<Time> {
    let broken = changes.iter().rposition(|&(_, value)| !wanted(value));
    changes.get(broken.map_or(0, |last| last + 1)).map(|&(at, _)| at)
}

impl<T: Copy + PartialEq> Timeline<T> {
    /// A thing that never changes.
    #[must_use]
    pub fn constant(value: T) -> Self {
        Self { changes: vec![(Time::ZERO, value)], index: Vec::new(), shift: 63, crowded: true }
    }

    /// The same timeline, asked in O(1) where its changes are spread out. It is complete now.
    #[must_use]
    pub(crate) fn indexed(mut self) -> Self {
        let last = self.changes.last().map_or(0, |&(at, _)| at.0);
        let parts = PARTS * self.changes.len() as i64;
        self.shift = (0..63).find(|&shift| last >> shift < parts).unwrap_or(63);
        let parts = (last >> self.shift) as usize + 1;
        self.index.reserve_exact(parts);
        for (before, &(at, _)) in self.changes[1..].iter().enumerate() {
            // The parts that start after the change before and not after this one.
            let passed = ((at.0 - 1) >> self.shift) as usize + 1;
            self.index.resize(passed, before as u32);
        }
        let end = self.changes.len() as u32 - 1;
        self.index.resize(parts, end);
        let ends = self.index[1..].iter().copied().chain([end]);
        self.crowded = self.index.iter().zip(ends).any(|(start, end)| end - start > FEW);
        self
    }

    /// A thing that starts as `initial` and then becomes the value of each change, given in the
    /// order of time. Of several changes at one instant the last counts; changes at or before
    /// [`Time::ZERO`] replace the initial value.
    #[must_use]
    pub fn new(initial: T, changes: impl IntoIterator<Item = (Time, T)>) -> Self {
        let mut timeline = Self::constant(initial);
        for (at, value) in changes {
            timeline.set(at, value);
        }
        timeline
    }

    /// Appends a change, not before the last one. Equal neighbours and intervals of zero length
    /// vanish.
    pub(crate) fn set(&mut self, at: Time, value: T) {
        let last = self.changes.len() - 1;
        debug_assert!(self.index.is_empty(), "an indexed timeline is complete");
        debug_assert!(last == 0 || at >= self.changes[last].0, "changes come in order");
        if at > self.changes[last].0 {
            self.append(at, value);
        } else {
            let at = self.changes[last].0;
            self.changes.pop();
            self.append(at, value);
        }
    }

    /// Reserves memory for changes to come.
    pub(crate) fn reserve(&mut self, changes: usize) {
        self.changes.reserve(changes);
    }

    fn append(&mut self, at: Time, value: T) {
        if self.changes.last().is_none_or(|&(_, before)| before != value) {
            self.changes.push((at, value));
        }
    }

    /// All changes in order; the first is the initial value at [`Time::ZERO`].
    #[must_use]
    pub fn changes(&self) -> &[(Time, T)] {
        &self.changes
    }

    /// Position in [`Timeline::changes`] of the change that holds at `t`. O(log changes), or O(1)
    /// if indexed.
    #[must_use]
    pub fn position(&self, t: Time) -> usize {
        let part = (t.0.max(0) >> self.shift) as usize;
        if self.crowded {
            return self.changes.partition_point(|&(at, _)| at <= t).saturating_sub(1);
        }
        let Some(&start) = self.index.get(part) else { return self.changes.len() - 1 };
        let later = self.changes[start as usize + 1..].iter();
        start as usize + later.take_while(|&&(at, _)| at <= t).count()
    }

    /// As [`Timeline::position`], searched from an earlier answer: O(1) for instants near it.
    /// Any `hint` gives the right answer.
    #[must_use]
    pub fn position_near(&self, t: Time, hint: usize) -> usize {
        let mut here = hint.min(self.changes.len() - 1);
        while here > 0 && self.changes[here].0 > t {
            here -= 1;
        }
        while self.changes.get(here + 1).is_some_and(|&(at, _)| at <= t) {
            here += 1;
        }
        here
    }

    /// The value at `t`. O(log changes).
    #[must_use]
    pub fn at(&self, t: Time) -> T {
        self.changes[self.position(t)].1
    }

    /// The first change strictly after `t`; [`Time::NEVER`] if there is none.
    #[must_use]
    pub fn next_change(&self, t: Time) -> Time {
        self.changes.get(self.position(t) + 1).map_or(Time::NEVER, |&(at, _)| at)
    }

    /// The interval around `t` and the value that holds on it.
    #[must_use]
    pub fn spell(&self, t: Time) -> Spell<T> {
        self.spell_at(self.position(t))
    }

    /// The interval that the change at a position begins.
    #[must_use]
    pub fn spell_at(&self, position: usize) -> Spell<T> {
        let (from, value) = self.changes[position];
        let to = self.changes.get(position + 1).map_or(Time::NEVER, |&(at, _)| at);
        Spell { from, to, value }
    }

    /// The first instant at or after `from` at which `wanted` holds; `None` if it never does.
    #[must_use]
    pub fn first(&self, from: Time, wanted: impl Fn(T) -> bool) -> Option<Time> {
        self.first_until(from, Time::NEVER, wanted)
    }

    /// As [`Timeline::first`], but not after `last` (included).
    #[must_use]
    pub fn first_until(&self, from: Time, last: Time, wanted: impl Fn(T) -> bool) -> Option<Time> {
        self.find(from, last, wanted).map(|(at, _)| at)
    }

    /// As [`Timeline::first_until`], with the value that holds there.
    #[must_use]
    pub fn find(&self, from: Time, last: Time, wanted: impl Fn(T) -> bool) -> Option<(Time, T)> {
        if from > last {
            return None;
        }
        found(&self.changes[self.position(from)..], from, last, wanted)
    }

    /// The start of the unbroken time up to and with `t` in which `wanted` holds; `None` if it
    /// does not hold at `t`.
    #[must_use]
    pub fn since(&self, t: Time, wanted: impl Fn(T) -> bool) -> Option<Time> {
        held(&self.changes[..=self.position(t)], wanted)
    }

    /// Whether `wanted` holds at some instant of the closed interval [from, last].
    #[must_use]
    pub fn ever(&self, from: Time, last: Time, wanted: impl Fn(T) -> bool) -> bool {
        self.first_until(from, last, wanted).is_some()
    }

    /// The intervals of [0, until), cut there, in order.
    pub fn spells(&self, until: Time) -> impl Iterator<Item = Spell<T>> + '_ {
        (0..self.changes.len())
            .map(|position| self.spell_at(position))
            .take_while(move |spell| spell.from < until)
            .map(move |spell| Spell { to: spell.to.min(until), ..spell })
    }

    /// Total time in [0, until) for which `wanted` holds.
    #[must_use]
    pub fn total(&self, until: Time, wanted: impl Fn(T) -> bool) -> Span {
        self.spells(until)
            .filter(|spell| wanted(spell.value))
            .fold(Span::ZERO, |sum, spell| sum + (spell.to - spell.from))
    }

    /// The timeline of `join(self, other)` at every instant. O(changes of both).
    #[must_use]
    pub fn zip<U, V>(&self, other: &Timeline<U>, join: impl Fn(T, U) -> V) -> Timeline<V>
    where
        U: Copy + PartialEq,
        V: Copy + PartialEq,
    {
        if let [(_, theirs)] = other.changes[..] {
            return self.map(|mine| join(mine, theirs));
        }
        if let [(_, mine)] = self.changes[..] {
            return other.map(|theirs| join(mine, theirs));
        }
        let (mut mine, mut theirs) = (0, 0);
        let mut joined = Timeline::constant(join(self.changes[0].1, other.changes[0].1));
        joined.changes.reserve(self.changes.len() + other.changes.len());
        loop {
            let next_mine = self.changes.get(mine + 1).map_or(Time::NEVER, |c| c.0);
            let next_theirs = other.changes.get(theirs + 1).map_or(Time::NEVER, |c| c.0);
            let at = next_mine.min(next_theirs);
            if !at.comes() {
                return joined;
            }
            mine += usize::from(next_mine == at);
            theirs += usize::from(next_theirs == at);
            joined.append(at, join(self.changes[mine].1, other.changes[theirs].1));
        }
    }

    /// The timeline of `change(self)` at every instant.
    #[must_use]
    pub fn map<V: Copy + PartialEq>(&self, change: impl Fn(T) -> V) -> Timeline<V> {
        let mut mapped = Timeline::constant(change(self.changes[0].1));
        mapped.changes.reserve(self.changes.len());
        self.changes[1..].iter().for_each(|&(at, value)| mapped.append(at, change(value)));
        mapped
    }
}

impl Timeline<bool> {
    /// A thing that is up (`true`) but for the given down times, which may overlap or adjoin and
    /// come in the order of their starts. What lies at or after `horizon` is left out.
    #[must_use]
    pub fn up_but_for(downs: impl IntoIterator<Item = (Time, Time)>, horizon: Time) -> Self {
        let mut timeline = Self::constant(true);
        let downs = downs.into_iter();
        timeline.reserve(2 * downs.size_hint().0);
        let mut downs = downs.filter(|&(from, to)| from.max(Time::ZERO) < to && from < horizon);
        let Some(mut open) = downs.next() else { return timeline };
        for (from, to) in downs {
            if from <= open.1 {
                open.1 = open.1.max(to);
            } else {
                timeline.cut_out(open, horizon);
                open = (from, to);
            }
        }
        timeline.cut_out(open, horizon);
        timeline
    }

    /// Down from one instant to another, apart from all down times before.
    fn cut_out(&mut self, (from, to): (Time, Time), horizon: Time) {
        if from > Time::ZERO {
            self.changes.push((from, false));
        } else {
            self.changes[0].1 = false;
        }
        if to < horizon {
            self.changes.push((to, true));
        }
    }

    /// Up while both are.
    #[must_use]
    pub(super) fn and(self, other: &Self) -> Self {
        match (&self.changes[..], &other.changes[..]) {
            (_, [(_, true)]) => self,
            ([(_, true)], _) => other.clone(),
            _ => self.zip(other, |one, other| one && other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An index changes no answer, whether it is used or too crowded to be.
    fn check(changes: &[i64], crowded: bool) {
        let values = changes.iter().enumerate().map(|(value, &at)| (Time(at), value + 1));
        let plain = Timeline::new(0, values);
        let indexed = plain.clone().indexed();
        assert_eq!((indexed.crowded, &indexed), (crowded, &plain));
        let near = changes.iter().flat_map(|&at| [at - 1, at, at + 1]);
        for t in near.chain([i64::MIN, -1, 0, 1, i64::MAX - 1, i64::MAX]).map(Time) {
            assert_eq!(indexed.position(t), plain.position(t), "at {t:?}");
        }
    }

    #[test]
    fn an_index_changes_no_answer() {
        check(&[], false);
        check(&[0], false);
        check(&[1], false);
        check(&[1_000, 1_600, 50_000, 50_600, 1 << 40, i64::MAX - 1], false);
        check(&(1..100).map(|n| n * 1_000).collect::<Vec<_>>(), false);
        let early: Vec<i64> = (1..60).chain([1 << 50]).collect();
        check(&early, true);
        let late: Vec<i64> = (1..60).map(|n| (1 << 50) + n).collect();
        check(&late, true);
    }
}
