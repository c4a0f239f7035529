//! The properties of one call: a function of the queue, the caller's number and the attempt,
//! independent of agents, timeouts and other callers.

use crate::distribution::Law;
use crate::model::Queue;
use crate::random::{Entity, Four, Purpose, RandomNumbers};
use crate::time::{Span, Time};

use super::arrivals::ArrivalStream;

/// The properties of one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallerTraits {
    /// Number of the site at which the call comes in.
    pub site: u32,
    /// How long the agent talks.
    pub handling: Span,
    /// Work after the call.
    pub after: Span,
    /// How long the caller waits; [`Span::NEVER`]: for ever.
    pub patience: Span,
    /// When the caller calls again after giving up or being lost; `None`: not at all.
    pub redial: Option<Span>,
}

/// Where calls come from.
pub trait Callers {
    /// When the next caller of a queue calls first; `None`: no more come.
    fn next(&mut self, queue: u32) -> Option<Time>;

    /// The properties of the call that a caller (counted from 0 in a queue) makes at an attempt
    /// (the first is 0).
    fn mind(&mut self, queue: u32, caller: u32, attempt: u32) -> CallerTraits;
}

/// Calls by address.
#[derive(Clone, Debug)]
pub struct Draws<'q> {
    random: RandomNumbers,
    sources: Vec<Source<'q>>,
}

#[derive(Clone, Debug)]
struct Source<'q> {
    queue: &'q Queue,
    comings: ArrivalStream<'q>,
    /// By [`MEMORIES`].
    memories: [Four; MEMORIES.len()],
}

/// First uniforms of first attempts are drawn four at a time.
const MEMORIES: [Purpose; 7] = [
    Purpose::CallEntry,
    Purpose::Handling,
    Purpose::AfterCall,
    Purpose::Patience,
    Purpose::NeverWaits,
    Purpose::Redials,
    Purpose::RedialDelay,
];

impl<'q> Draws<'q> {
    /// The calls of a replication, before the horizon.
    #[must_use]
    pub fn new(queues: &'q [Queue], random: RandomNumbers, horizon: Time) -> Self {
        let source = |(ordinal, queue)| Source {
            queue,
            comings: ArrivalStream::new(queue, ordinal, random, horizon),
            memories: [Four::NONE; MEMORIES.len()],
        };
        Self { random, sources: (0..).zip(queues).map(source).collect() }
    }
}

impl Draws<'_> {
    /// Passes over all first calls before an instant.
    pub(super) fn pass(&mut self, until: Time) {
        self.sources.iter_mut().for_each(|source| source.comings.pass(until));
    }

    /// Callers of a queue taken or passed over so far.
    pub(super) fn came(&self, queue: usize) -> u32 {
        self.sources[queue].comings.came()
    }
}

/// One call's address.
struct Address<'a> {
    random: RandomNumbers,
    entity: Entity,
    caller: u32,
    memories: Option<&'a mut [Four; MEMORIES.len()]>,
}

impl Address<'_> {
    fn uniform(&mut self, purpose: Purpose) -> f64 {
        let place = MEMORIES.iter().position(|it| *it == purpose);
        match self.memories.as_mut().zip(place) {
            Some((memories, place)) => {
                memories[place].uniform(&self.random, self.entity, purpose, self.caller)
            }
            None => self.random.draw(self.entity, purpose, self.caller).uniform(),
        }
    }

    fn span(&mut self, law: &Law, purpose: Purpose) -> Span {
        if let Some(constant) = law.constant() {
            return constant;
        }
        if matches!(law, Law::Gamma { .. }) {
            return law.sample(&mut self.random.draw(self.entity, purpose, self.caller));
        }
        law.at(self.uniform(purpose)).unwrap_or_default()
    }

    fn happens(&mut self, share: f64, purpose: Purpose) -> bool {
        share > 0.0 && (share >= 1.0 || self.uniform(purpose) < share)
    }

    fn site(&mut self, shares: &[f64]) -> u32 {
        if let Some(only) = shares.iter().position(|share| *share >= 1.0) {
            return only as u32;
        }
        let mut left = self.uniform(Purpose::CallEntry);
        for (site, share) in shares.iter().enumerate() {
            left -= share;
            if left < 0.0 {
                return site as u32;
            }
        }
        shares.iter().rposition(|share| *share > 0.0).unwrap_or(0) as u32
    }
}

impl Callers for Draws<'_> {
    fn next(&mut self, queue: u32) -> Option<Time> {
        self.sources[queue as usize].comings.next()
    }

    fn mind(&mut self, queue: u32, caller: u32, attempt: u32) -> CallerTraits {
        let source = &mut self.sources[queue as usize];
        let memories = (attempt == 0).then_some(&mut source.memories);
        let entity = Entity::callers(queue, attempt);
        let mut address = Address { random: self.random, entity, caller, memories };
        let queue = source.queue;
        let patience = match &queue.patience {
            it if address.happens(it.never, Purpose::NeverWaits) => Span::ZERO,
            it => it.law.as_ref().map_or(Span::NEVER, |it| address.span(it, Purpose::Patience)),
        };
        let redial = queue.redial.as_ref();
        let redial = redial.filter(|it| address.happens(it.share, Purpose::Redials));
        let redial = redial.map(|it| address.span(&it.delay, Purpose::RedialDelay));
        CallerTraits {
            site: address.site(&queue.entry),
            handling: address.span(&queue.handling, Purpose::Handling),
            after: address.span(&queue.after_call, Purpose::AfterCall),
            patience,
            redial,
        }
    }
}
