//! The future event list: what is still to come, in the one lawful order.
//!
//! It does not know what an event means, and it cannot take one back: an event that has become
//! pointless is recognised by its receiver when it falls due.

use std::cmp::Ordering;

use dary_heap::QuaternaryHeap;

use crate::time::Time;

/// When an event falls due and how it stands among those of the same instant.
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
/// never depends on the payload, on the capacity or on what was popped before.
#[derive(Clone, Debug)]
pub struct EventList<P> {
    heap: QuaternaryHeap<Entry<P>>,
    scheduled: u64,
}

#[derive(Clone, Debug)]
struct Entry<P> {
    due: Due,
    number: u64,
    payload: P,
}

impl<P> Entry<P> {
    const fn rank(&self) -> (Due, u64) {
        (self.due, self.number)
    }
}

/// Reversed, for the heap gives its greatest entry first.
impl<P> Ord for Entry<P> {
    fn cmp(&self, other: &Self) -> Ordering {
        other.rank().cmp(&self.rank())
    }
}

impl<P> PartialOrd for Entry<P> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<P> PartialEq for Entry<P> {
    fn eq(&self, other: &Self) -> bool {
        self.rank() == other.rank()
    }
}

impl<P> Eq for Entry<P> {}

impl<P> Default for EventList<P> {
    fn default() -> Self {
        Self::new()
    }
}

impl<P> EventList<P> {
    /// An empty list.
    #[must_use]
    pub fn new() -> Self {
        Self { heap: QuaternaryHeap::new(), scheduled: 0 }
    }

    /// Schedules an event. O(log pending).
    pub fn push(&mut self, due: Due, payload: P) {
        self.heap.push(Entry { due, number: self.scheduled, payload });
        self.scheduled += 1;
    }

    /// When the first event falls due; `None`: nothing is to come.
    #[must_use]
    pub fn first(&self) -> Option<Due> {
        self.heap.peek().map(|entry| entry.due)
    }

    /// Takes the first event. O(log pending).
    pub fn pop(&mut self) -> Option<(Due, P)> {
        self.heap.pop().map(|entry| (entry.due, entry.payload))
    }

    /// Takes the first event if it falls due before `end`.
    pub fn pop_before(&mut self, end: Time) -> Option<(Due, P)> {
        if self.first()?.at < end { self.pop() } else { None }
    }

    /// Takes the first event and schedules another: cheaper than [`EventList::pop`] and
    /// [`EventList::push`]. On an empty list the event is scheduled and nothing is taken.
    pub fn replace(&mut self, due: Due, payload: P) -> Option<(Due, P)> {
        let entry = Entry { due, number: self.scheduled, payload };
        self.scheduled += 1;
        let Some(mut first) = self.heap.peek_mut() else {
            self.heap.push(entry);
            return None;
        };
        let taken = std::mem::replace(&mut *first, entry);
        Some((taken.due, taken.payload))
    }

    /// Number of pending events.
    #[must_use]
    pub fn len(&self) -> usize {
        self.heap.len()
    }

    /// Whether nothing is to come.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.heap.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn due() -> impl Strategy<Value = Due> {
        (0..6i64, 0..3u8, 0..3u64).prop_map(|(at, class, key)| Due { at: Time(at), class, key })
    }

    proptest! {
        #[test]
        fn events_come_by_time_class_key_and_order_of_scheduling(
            dues in prop::collection::vec(due(), 0..60),
        ) {
            let mut list = EventList::new();
            for (number, &due) in dues.iter().enumerate() {
                list.push(due, number);
            }
            let mut lawful: Vec<_> = dues.iter().copied().zip(0..).collect();
            lawful.sort_by_key(|&(due, number)| (due.at, due.class, due.key, number));
            let came: Vec<_> = std::iter::from_fn(|| list.pop()).collect();
            prop_assert_eq!(came, lawful);
        }

        #[test]
        fn replacing_is_popping_and_pushing(
            start in prop::collection::vec(due(), 0..20),
            later in prop::collection::vec(due(), 0..20),
        ) {
            let (mut one, mut two) = (EventList::new(), EventList::new());
            for &due in &start {
                one.push(due, ());
                two.push(due, ());
            }
            for &due in &later {
                let popped = two.pop();
                two.push(due, ());
                prop_assert_eq!(one.replace(due, ()), popped);
            }
            prop_assert_eq!(one.len(), two.len());
            while let Some(event) = two.pop() {
                prop_assert_eq!(one.pop(), Some(event));
            }
            prop_assert!(one.is_empty());
        }
    }

    #[test]
    fn nothing_is_taken_at_or_after_the_end() {
        let mut list = EventList::new();
        list.push(Due { at: Time(5), class: 0, key: 0 }, 'x');
        assert_eq!(list.pop_before(Time(5)), None);
        assert_eq!(list.pop_before(Time(6)).map(|event| event.1), Some('x'));
        assert_eq!(list.pop_before(Time(6)), None);
    }
}
