//! The future event list: what is still to come, in the one lawful order.
//!
//! It does not know what an event means, and it cannot take one back: an event that has become
//! pointless is recognised by its receiver when it falls due.
//!
//! ```text
//!        sudden | near        buckets, each as long as the others        later
//!   -----------[=======][.......][.......][.......] ... [.......] ---------------------->
//!          sorted, or a heap    in no order, each is sorted when its turn comes    in no order
//! ```
//!
//! When the buckets are used up, `later` is spread over new ones that reach as far as half of its
//! events: so each event is moved a few times, from one row of memory to another, whatever the
//! delays. If they all fall into one bucket, what is left is a heap.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use crate::time::Time;

use super::rows::Rows;

/// When an event falls due and its order among those of the same instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Due {
    /// Instant.
    pub at: Time,
    /// Class: lower ones first.
    pub class: u8,
    /// Stable key of the entity: lower ones first.
    pub key: u64,
}

/// A min-queue of events.
///
/// The order is a law: by time, then by class, then by key, then in the order of scheduling. It
/// never depends on the payload, on the capacity or on what was popped before. An event moves a few
/// times before its turn comes: a large payload is better boxed.
#[derive(Clone, Debug)]
pub struct EventList<P> {
    /// The events of the bucket whose turn it is, last first.
    near: Vec<Entry<P>>,
    /// Events that were scheduled before the end of that bucket when its turn had come.
    sudden: BinaryHeap<Reverse<Entry<P>>>,
    buckets: Buckets<P>,
    /// Events after the last bucket.
    later: Vec<Entry<P>>,
    pending: usize,
    scheduled: u64,
}

/// Rows of events, each row of the same length of time.
#[derive(Clone, Debug)]
struct Buckets<P> {
    rows: Rows<Entry<P>>,
    /// Where the first row begins.
    start: Time,
    /// A row is 2^`shift` nanoseconds long.
    shift: u32,
    /// Rows in use; those before `opened` have had their turn.
    used: usize,
    opened: usize,
    /// Memory to find the middle one of some events.
    times: Vec<i64>,
}

/// Most rows: their ends, to which events are added, stay in a core's own memory.
const ROWS: usize = 4096;

/// Events of a row, about; more where there are more than fill all rows.
const ROW: usize = 16;

/// Bits of the number of an event, in the order of scheduling. Above them is its class.
const NUMBER: u32 = 56;

/// An event, in the fewest bytes that it needs: events are moved often.
#[derive(Clone, Debug)]
struct Entry<P> {
    at: Time,
    key: u64,
    class_and_number: u64,
    payload: P,
}

impl<P> Entry<P> {
    fn new(due: Due, number: u64, payload: P) -> Self {
        let class_and_number = u64::from(due.class) << NUMBER | number;
        Self { at: due.at, key: due.key, class_and_number, payload }
    }

    const fn due(&self) -> Due {
        Due { at: self.at, class: (self.class_and_number >> NUMBER) as u8, key: self.key }
    }
}

impl<P> Ord for Entry<P> {
    fn cmp(&self, other: &Self) -> Ordering {
        let rest = |entry: &Self| (entry.due(), entry.class_and_number);
        self.at.cmp(&other.at).then_with(|| rest(self).cmp(&rest(other)))
    }
}

impl<P> PartialOrd for Entry<P> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<P> PartialEq for Entry<P> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<P> Eq for Entry<P> {}

/// Where an instant belongs.
enum Place {
    /// Before the end of the row whose turn it is.
    Sudden,
    /// In a row whose turn is still to come.
    Row(usize),
    /// After the last row.
    Later,
}

impl<P> Buckets<P> {
    const fn new() -> Self {
        Self {
            rows: Rows::new(),
            start: Time(i64::MIN),
            shift: 0,
            used: 0,
            opened: 0,
            times: Vec::new(),
        }
    }

    fn place(&self, at: Time) -> Place {
        if at < self.start {
            return Place::Sudden;
        }
        // The distance of two instants always fits into 64 bits without a sign.
        let row = at.0.wrapping_sub(self.start.0) as u64 >> self.shift;
        match usize::try_from(row) {
            Ok(row) if row < self.opened => Place::Sudden,
            Ok(row) if row < self.used => Place::Row(row),
            _ => Place::Later,
        }
    }

    /// Lays new rows out for events that are in no order: from the first of them to the middle one,
    /// at least.
    fn lay(&mut self, events: &[Entry<P>]) {
        self.times.clear();
        self.times.extend(events.iter().map(|entry| entry.at.0));
        let middle = events.len() / 2;
        let (before, middle, _) = self.times.select_nth_unstable(middle);
        let first = before.iter().copied().min().unwrap_or(*middle);
        let reach = middle.wrapping_sub(first) as u64;
        let most = (events.len() / ROW).clamp(1, ROWS);
        self.shift = (0..63).find(|shift| reach >> shift < most as u64).unwrap_or(63);
        self.start = Time(first);
        self.used = (reach >> self.shift) as usize + 1;
        self.opened = 0;
        self.rows.reserve(self.used);
    }
}

impl<P> Default for EventList<P> {
    fn default() -> Self {
        Self::new()
    }
}

impl<P> EventList<P> {
    /// An empty list.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            near: Vec::new(),
            sudden: BinaryHeap::new(),
            buckets: Buckets::new(),
            later: Vec::new(),
            pending: 0,
            scheduled: 0,
        }
    }

    /// Schedules an event. O(1), but for those that fall due almost at once.
    pub fn push(&mut self, due: Due, payload: P) {
        let entry = Entry::new(due, self.scheduled, payload);
        self.scheduled += 1;
        self.pending += 1;
        match self.buckets.place(entry.at) {
            Place::Sudden => self.sudden.push(Reverse(entry)),
            Place::Row(row) => self.buckets.rows.push(row, entry),
            Place::Later => self.later.push(entry),
        }
    }

    /// When the first event falls due; `None`: nothing is to come. It may have to be brought near
    /// first.
    pub fn first(&mut self) -> Option<Due> {
        if self.near.is_empty() && self.sudden.is_empty() {
            self.bring_near();
        }
        let sudden = self.sudden.peek().map(|Reverse(entry)| entry);
        self.near.last().into_iter().chain(sudden).min().map(Entry::due)
    }

    /// Takes the first event. O(log n) for n events of its bucket, amortized over many.
    pub fn pop(&mut self) -> Option<(Due, P)> {
        if self.near.is_empty() && self.sudden.is_empty() {
            self.bring_near();
        }
        let sudden = match (self.near.last(), self.sudden.peek()) {
            (Some(near), Some(Reverse(sudden))) => sudden < near,
            (near, _) => near.is_none(),
        };
        let taken = if sudden { self.sudden.pop().map(|entry| entry.0) } else { self.near.pop() };
        self.pending -= usize::from(taken.is_some());
        taken.map(|entry| (entry.due(), entry.payload))
    }

    /// All events that are to come, in no order. O(n), and O(rows).
    pub fn iter(&self) -> impl Iterator<Item = (Due, &P)> {
        let sudden = self.sudden.iter().map(|Reverse(entry)| entry);
        let far = self.buckets.rows.iter().chain(&self.later);
        self.near.iter().chain(sudden).chain(far).map(|entry| (entry.due(), &entry.payload))
    }

    /// The next bucket that holds anything is sorted; nothing is before it.
    fn bring_near(&mut self) {
        loop {
            while self.buckets.opened < self.buckets.used {
                let row = self.buckets.opened;
                self.buckets.opened += 1;
                self.buckets.rows.take(row, &mut self.near);
                if !self.near.is_empty() {
                    return self.near.sort_unstable_by(|one, other| other.cmp(one));
                }
            }
            if self.later.is_empty() {
                return;
            }
            self.buckets.lay(&self.later);
            self.spread();
        }
    }

    /// Moves the events of `later` that the rows reach into them. In place: fresh memory is slow.
    fn spread(&mut self) {
        let mut next = 0;
        while let Some(entry) = self.later.get(next) {
            match self.buckets.place(entry.at) {
                Place::Row(row) => {
                    self.buckets.rows.push(row, self.later.swap_remove(next));
                }
                Place::Sudden | Place::Later => next += 1,
            }
        }
    }

    /// Number of pending events.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.pending
    }

    /// Whether nothing is to come.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.pending == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Dues with ties at every level, near each other or as far apart as instants can be.
    fn due() -> impl Strategy<Value = Due> {
        let at = prop_oneof![
            4 => 0..6i64,
            2 => -5_000..5_000i64,
            1 => any::<i64>(),
            1 => Just(i64::MAX),
        ];
        (at, 0..3u8, 0..3u64).prop_map(|(at, class, key)| Due { at: Time(at), class, key })
    }

    /// A list that holds everything in one sorted row: the law itself.
    #[derive(Default)]
    struct Lawful(std::collections::BTreeSet<(Due, usize)>);

    impl Lawful {
        fn pop(&mut self) -> Option<(Due, usize)> {
            self.0.pop_first()
        }
    }

    proptest! {
        #[test]
        fn events_come_by_time_class_key_and_order_of_scheduling(
            dues in prop::collection::vec(due(), 0..400),
        ) {
            let mut list = EventList::new();
            let mut lawful = Lawful::default();
            for (number, &due) in dues.iter().enumerate() {
                list.push(due, number);
                lawful.0.insert((due, number));
            }
            prop_assert_eq!(list.len(), dues.len());
            while let Some(event) = lawful.pop() {
                prop_assert_eq!(list.first(), Some(event.0));
                prop_assert_eq!(list.pop(), Some(event));
            }
            prop_assert!(list.is_empty() && list.pop().is_none());
        }

        #[test]
        fn what_was_popped_before_changes_nothing(
            steps in prop::collection::vec((due(), 0..3u8), 0..1_500),
            whole in any::<bool>(),
        ) {
            let mut list = EventList::new();
            let mut lawful = Lawful::default();
            let mut now = 0;
            for (number, &(mut due, pops)) in steps.iter().enumerate() {
                // Events after the one popped last, as in a simulation, or at any time.
                if whole {
                    due.at = Time(due.at.0.saturating_add(now));
                }
                list.push(due, number);
                lawful.0.insert((due, number));
                for _ in 0..pops.saturating_sub(1) + u8::from(number % 3 == 0) {
                    let event = lawful.pop();
                    now = event.map_or(now, |(due, _)| due.at.0);
                    prop_assert_eq!(list.pop(), event);
                }
                prop_assert_eq!(list.len(), lawful.0.len());
            }
            while let Some(event) = lawful.pop() {
                prop_assert_eq!(list.pop(), Some(event));
            }
            prop_assert!(list.is_empty());
        }
    }

    #[test]
    fn many_events_come_in_order_while_others_are_scheduled() {
        let mut list = EventList::new();
        let mut lawful = Lawful::default();
        let mut scrambled = 1u64;
        let mut delay = || {
            scrambled ^= scrambled << 13;
            scrambled ^= scrambled >> 7;
            scrambled ^= scrambled << 17;
            // Lengths from nothing to hours, as many of each power of two.
            (scrambled >> 8 >> (scrambled % 50 + 6)) as i64
        };
        let mut schedule = |list: &mut EventList<usize>, lawful: &mut Lawful, from: Time| {
            let at = from + crate::time::Span(delay());
            let due = Due { at, class: (at.0 % 3) as u8, key: at.0 as u64 % 7 };
            let number = list.scheduled as usize;
            list.push(due, number);
            lawful.0.insert((due, number));
        };
        (0..50_000).for_each(|_| schedule(&mut list, &mut lawful, Time::ZERO));
        for _ in 0..200_000 {
            let event = list.pop();
            assert_eq!(event, lawful.pop());
            schedule(&mut list, &mut lawful, event.map_or(Time::ZERO, |(due, _)| due.at));
        }
        while let Some(event) = lawful.pop() {
            assert_eq!(list.pop(), Some(event));
        }
    }
}
