//! Registrars with a capacity: each a queue of messages and one that serves them, one after the other.

use std::cell::RefCell;
use std::collections::VecDeque;

use switchover::distribution::Law;
use switchover::model::{Limit, Model, Side};
use switchover::random::{Entity, Luck, Purpose};
use switchover::time::{Span, Time};

use super::world::State;

/// A message that waits.
#[derive(Clone, Copy, Debug)]
pub struct Message {
    pub agent: usize,
    pub chain: usize,
    /// When its transaction started.
    pub started: Time,
    /// How much it costs, in messages.
    pub cost: f64,
}

/// What becomes of a message that comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coming {
    Served,
    Waits,
    Refused,
    Lost,
}

/// One registrar.
struct Registrar {
    limit: Limit,
    entity: Entity,
    busy_until: Option<Time>,
    waiting: VecDeque<Message>,
    served: u32,
    /// Times that it has forgotten everything.
    stops: u32,
}

/// A transaction: agent, chain, side, start.
type Transaction = (usize, usize, Side, Time);

/// All registrars, by pair.
pub struct Registrars {
    luck: Luck,
    pairs: Vec<Option<Registrar>>,
    /// When each transaction was answered, or refused because too many waited.
    answers: Vec<(Transaction, Time, Coming)>,
}

impl Registrars {
    pub fn new(model: &Model, luck: Luck) -> RefCell<Self> {
        let registrar = |(ordinal, pair): (u32, &switchover::model::Pair)| {
            let limit = model.sites[pair.site.index()].registrar.limit.clone()?;
            Some(Registrar {
                limit,
                entity: Entity::pair(ordinal),
                busy_until: None,
                waiting: VecDeque::new(),
                served: 0,
                stops: 0,
            })
        };
        let pairs = (0..).zip(&model.pairs).map(registrar).collect();
        RefCell::new(Self { luck, pairs, answers: Vec::new() })
    }

    pub fn note(&mut self, transaction: Transaction, at: Time, how: Coming) {
        self.answers.push((transaction, at, how));
    }

    /// How a transaction ended, in the run itself.
    pub fn answer(&self, transaction: Transaction) -> Option<(Time, Coming)> {
        let own = self.answers.iter().find(|(known, ..)| *known == transaction)?;
        Some((own.1, own.2))
    }

    pub fn limit(&self, pair: usize) -> Option<Limit> {
        self.pairs[pair].as_ref().map(|registrar| registrar.limit.clone())
    }

    /// A registrar that takes nothing forgets what waits.
    pub fn world_changes(&mut self, model: &Model, world: &State) {
        for (index, registrar) in self.pairs.iter_mut().enumerate() {
            let site = model.pairs[index].site.index();
            let takes = world.serves[index].contains(&true)
                && !world.drained[site]
                && world.ailing[site].is_none();
            if let Some(registrar) = registrar.as_mut().filter(|_| !takes) {
                registrar.waiting.clear();
                registrar.busy_until = None;
                registrar.stops += 1;
            }
        }
    }

    /// The next message whose service begins at an instant.
    pub fn next_served(&mut self, t: Time) -> Option<Message> {
        let luck = self.luck;
        let free = |it: &&mut Registrar| it.is_idle(t) && !it.waiting.is_empty();
        let registrar = self.pairs.iter_mut().flatten().find(free)?;
        let message = registrar.waiting.pop_front()?;
        registrar.serve(luck, t, message.cost);
        Some(message)
    }

    /// When the service of some message begins.
    pub fn next_due(&self) -> Time {
        let waiting = self.pairs.iter().flatten().filter(|it| !it.waiting.is_empty());
        waiting.filter_map(|it| it.busy_until).min().unwrap_or(Time::NEVER)
    }

    /// Times that a registrar has forgotten everything.
    pub fn stops(&self, pair: usize) -> u32 {
        self.pairs[pair].as_ref().map_or(0, |it| it.stops)
    }

    pub fn is_idle(&self, pair: usize, t: Time) -> bool {
        self.pairs[pair].as_ref().is_none_or(|it| it.is_idle(t))
    }

    /// A message comes.
    pub fn comes(&mut self, pair: usize, t: Time, message: Message) -> Coming {
        let luck = self.luck;
        let Some(registrar) = &mut self.pairs[pair] else { return Coming::Served };
        if registrar.is_idle(t) {
            registrar.serve(luck, t, message.cost);
            return Coming::Served;
        }
        let most = registrar.limit.queue;
        if most.is_some_and(|most| registrar.waiting.len() >= most as usize) {
            return if registrar.limit.rejects { Coming::Refused } else { Coming::Lost };
        }
        registrar.waiting.push_back(message);
        Coming::Waits
    }
}

impl Registrar {
    fn is_idle(&self, t: Time) -> bool {
        self.busy_until.is_none_or(|until| until <= t)
    }

    fn serve(&mut self, luck: Luck, t: Time, cost: f64) {
        let mean = Span((self.limit.message.0 as f64 * cost).round() as i64);
        let mut takes = mean;
        if self.limit.exponential && mean > Span::ZERO {
            let draw = &mut luck.draw(self.entity, Purpose::RegisterService, self.served);
            takes = Law::Exponential { mean }.sample(draw);
        }
        self.served += 1;
        self.busy_until = Some(t + takes);
    }
}
