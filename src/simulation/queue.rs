//! The queue of one registrar with a capacity: messages in the order of their arrival.
//!
//! When a message joins, everything before it is decided, so the instant at which its service begins
//! is known at once. An answer leaves when its service begins: a registrar that is idle answers at
//! once, and is busy afterwards. It knows no phones.

use std::collections::VecDeque;

use crate::distribution::{Law, Sampler};
use crate::model::{Limit, PairId};
use crate::phones::Past;
use crate::random::{Entity, Purpose, RandomNumbers};
use crate::time::{Span, Time};

/// The outcome of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joined {
    /// Its service begins at this instant; until another one the registrar knows that it came.
    Served(Time, Time),
    /// It is refused at once.
    Refused,
    /// It is lost: the queue is full.
    Lost,
    /// The registrar stops before its service begins.
    CutOff,
}

/// The queue.
#[derive(Debug)]
pub(super) struct Queue<'m> {
    limit: &'m Limit,
    random: RandomNumbers,
    entity: Entity,
    /// When the registrar takes REGISTERs, in order.
    open: Vec<(Time, Time)>,
    /// The interval of `open` around the last message, or the next.
    here: usize,
    /// When all that has joined is served.
    free: Time,
    /// When the service of each message that waits begins.
    waiting: VecDeque<Time>,
    /// Messages served so far.
    served: u32,
    /// All that has come, where that is asked for later.
    past: Option<Past>,
}

impl<'m> Queue<'m> {
    /// An empty queue of a registrar that takes REGISTERs at these times.
    pub(super) fn new(
        limit: &'m Limit,
        (random, entity): (RandomNumbers, Entity),
        open: Vec<(Time, Time)>,
    ) -> Self {
        let (free, waiting) = (Time(i64::MIN), VecDeque::new());
        Self { limit, random, entity, open, here: 0, free, waiting, served: 0, past: None }
    }

    /// Keeps all that comes from now on.
    pub(super) fn remember(&mut self, pair: PairId) {
        let new = || Past::new(pair, self.limit, self.open.clone());
        self.past.get_or_insert_with(new);
    }

    /// All that has come, where it was kept.
    pub(super) fn into_past(self) -> Option<Past> {
        self.past
    }

    /// Until when it is busy, as far as is known at an instant; `None`: it is idle.
    pub(super) fn busy(&mut self, now: Time) -> Option<Time> {
        self.come_to(now);
        (self.free > now).then(|| self.free.min(self.closes()))
    }

    /// Messages that wait.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// When all that has joined is served.
    pub(super) const fn free(&self) -> Time {
        self.free
    }

    /// A message joins; `messages`: what it costs.
    pub(super) fn join(&mut self, now: Time, messages: f64) -> Joined {
        self.come_to(now);
        let waits = self.free > now;
        if waits && self.limit.queue.is_some_and(|most| self.waiting.len() >= most as usize) {
            return if self.limit.rejects { Joined::Refused } else { Joined::Lost };
        }
        let begins = self.free.max(now);
        if waits {
            self.waiting.push_back(begins);
        }
        let served = begins < self.closes();
        if served {
            self.free = begins + self.service(messages);
        }
        if let Some(past) = &mut self.past {
            past.came(now, begins, self.free);
        }
        if served { Joined::Served(begins, self.closes()) } else { Joined::CutOff }
    }

    /// How long a message takes.
    fn service(&mut self, messages: f64) -> Span {
        let number = self.served;
        self.served = self.served.wrapping_add(1);
        let mean = Span((self.limit.message.0 as f64 * messages).round() as i64);
        if !self.limit.exponential || mean == Span::ZERO {
            return mean;
        }
        let law = Law::Exponential { mean };
        let draw = || self.random.draw(self.entity, Purpose::RegisterService, number);
        Sampler::new(&law).draw(|| draw().uniform(), draw)
    }

    /// When the registrar stops next: what waits then is dropped.
    fn closes(&self) -> Time {
        self.open.get(self.here).map_or(Time::NEVER, |spell| spell.1)
    }

    fn come_to(&mut self, now: Time) {
        if self.closes() <= now {
            while self.closes() <= now {
                self.here += 1;
            }
            self.free = now;
            self.waiting.clear();
        }
        while self.waiting.front().is_some_and(|begins| *begins <= now) {
            self.waiting.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::phones::Met;

    const END: Time = Time(1000);

    fn limit(queue: Option<u32>, rejects: bool) -> Limit {
        Limit {
            message: Span(10),
            exponential: false,
            challenge: false,
            duplicate: 1.0,
            queue,
            every_refresh: true,
            rejects,
        }
    }

    fn joined(limit: &Limit, open: &[(i64, i64)], at: &[i64]) -> Vec<Joined> {
        let random = (RandomNumbers { seed: 1, replication: 0 }, Entity::pair(0));
        let open = open.iter().map(|&(from, to)| (Time(from), Time(to))).collect();
        let mut queue = Queue::new(limit, random, open);
        at.iter().map(|&at| queue.join(Time(at), 1.0)).collect()
    }

    #[test]
    fn messages_are_served_in_turn() {
        let served = [0, 10, 20, 45].map(|at| Joined::Served(Time(at), END));
        assert_eq!(joined(&limit(None, false), &[(0, 1000)], &[0, 1, 2, 45]), served);
    }

    #[test]
    fn what_waits_when_the_registrar_stops_is_forgotten() {
        let [first, second] = [0, 10].map(|at| Joined::Served(Time(at), Time(15)));
        let after = Joined::Served(Time(50), Time(99));
        let joined = joined(&limit(None, false), &[(0, 15), (50, 99)], &[0, 1, 2, 50]);
        assert_eq!(joined, [first, second, Joined::CutOff, after]);
    }

    #[test]
    fn a_full_queue_takes_no_more() {
        let [first, second, last] = [0, 10, 20].map(|at| Joined::Served(Time(at), END));
        for (rejects, full) in [(true, Joined::Refused), (false, Joined::Lost)] {
            let joined = joined(&limit(Some(1), rejects), &[(0, 1000)], &[0, 1, 2, 11]);
            assert_eq!(joined, [first, second, full, last]);
        }
    }

    proptest! {
        /// What one more message would have met is what it meets if it is there.
        #[test]
        fn a_queue_that_is_over_tells_what_one_message_more_meets(
            gaps in vec(0..12_i64, 1..60),
            shut in 20..300_i64,
            break_lasts in 1..60_i64,
            most in proptest::option::of(0..4_u32),
            rejects in any::<bool>(),
            asked in vec(0..500_i64, 20),
        ) {
            let again = shut + break_lasts;
            let is_open = |t: i64| !(shut..again).contains(&t);
            let open = [(0, shut), (again, 1000)];
            let came: Vec<i64> = gaps.iter().scan(0, |t, gap| { *t += gap; Some(*t) })
                .filter(|&t| is_open(t))
                .collect();
            let limit = limit(most, rejects);
            let random = (RandomNumbers { seed: 1, replication: 0 }, Entity::pair(0));
            let spells = open.map(|(from, to)| (Time(from), Time(to))).to_vec();
            let mut queue = Queue::new(&limit, random, spells);
            queue.remember(PairId(0));
            for &at in &came {
                queue.join(Time(at), 1.0);
            }
            let past = queue.into_past().unwrap();
            for t in asked.into_iter().filter(|&t| is_open(t)) {
                let mut with: Vec<i64> = came.iter().copied().filter(|&at| at <= t).collect();
                with.push(t);
                let met = match joined(&limit, &open, &with).pop() {
                    Some(Joined::Served(begins, _)) => Met::Served(begins),
                    Some(Joined::Refused) => Met::Refused,
                    _ => Met::Lost,
                };
                prop_assert_eq!(past.meets(Time(t)), met);
            }
        }
    }
}
