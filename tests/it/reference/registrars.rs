//! Registrars with a capacity: each a queue of messages and one that serves them, one after the other.

use std::cell::RefCell;
use std::collections::VecDeque;

use switchover::distribution::Law;
use switchover::model::{Limit, Model, Side};
use switchover::random::{Entity, Purpose, RandomNumbers};
use switchover::time::{Span, Time};

use super::world::State;

/// A message that waits.
#[derive(Clone, Copy, Debug)]
pub struct Message {
    pub agent: usize,
    pub chain: usize,
    /// Where its transaction goes, and when it started.
    pub side: Side,
    pub started: Time,
    /// When it was sent.
    pub at: Time,
    /// How much it costs, in messages.
    pub cost: f64,
    /// How late its answer comes; none: it is lost.
    pub late: Option<Span>,
}

impl Message {
    fn transaction(&self) -> Transaction {
        (self.agent, self.chain, self.side, self.started)
    }
}

/// What becomes of a message that comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coming {
    Served,
    Waits,
    Refused,
    Lost,
}

/// A message that a phone sent, in the run itself.
struct Sent {
    pair: usize,
    transaction: Transaction,
    at: Time,
    late: Option<Span>,
    coming: Coming,
    /// When its service began and ended.
    served: Option<(Time, Time)>,
    /// When the registrar stopped while it waited or was served.
    forgotten: Time,
    /// It took no service.
    free: bool,
}

/// One registrar.
struct Registrar {
    limit: Limit,
    entity: Entity,
    busy_until: Option<Time>,
    waiting: VecDeque<Message>,
    served: u32,
    /// Times that it has forgotten everything, and how many messages had come by then.
    stops: u32,
    forgot: usize,
}

/// A transaction: agent, chain, side, start.
type Transaction = (usize, usize, Side, Time);

/// All registrars, by pair.
pub struct Registrars {
    random: RandomNumbers,
    pairs: Vec<Option<Registrar>>,
    /// When each transaction was answered, and whether it was refused.
    answers: Vec<(Transaction, Time, bool)>,
    /// Every message that came.
    sent: Vec<Sent>,
    /// By agent: when its phone followed its desktop, and where.
    moves: Vec<Vec<(Time, Side)>>,
}

impl Registrars {
    pub fn new(model: &Model, random: RandomNumbers) -> RefCell<Self> {
        let registrar = |(ordinal, pair): (u32, &switchover::model::Pair)| {
            let limit = model.sites[pair.site.index()].registrar.limit.clone()?;
            Some(Registrar {
                limit,
                entity: Entity::pair(ordinal),
                busy_until: None,
                waiting: VecDeque::new(),
                served: 0,
                stops: 0,
                forgot: 0,
            })
        };
        let pairs = (0..).zip(&model.pairs).map(registrar).collect();
        let moves = vec![Vec::new(); model.agents() as usize];
        RefCell::new(Self { random, pairs, answers: Vec::new(), sent: Vec::new(), moves })
    }

    pub fn note(&mut self, transaction: Transaction, at: Time, refused: bool) {
        self.answers.push((transaction, at, refused));
    }

    /// When a transaction was answered in the run itself, and whether it was refused.
    pub fn answer(&self, transaction: Transaction) -> Option<(Time, bool)> {
        let own = self.answers.iter().find(|(known, ..)| *known == transaction)?;
        Some((own.1, own.2))
    }

    pub fn limit(&self, pair: usize) -> Option<Limit> {
        self.pairs[pair].as_ref().map(|registrar| registrar.limit.clone())
    }

    /// A registrar that takes nothing forgets what waits.
    pub fn world_changes(&mut self, model: &Model, (t, world): (Time, &State)) {
        for (index, registrar) in self.pairs.iter_mut().enumerate() {
            let site = model.pairs[index].site.index();
            let takes = world.serves[index].contains(&true)
                && !world.drained[site]
                && world.ailing[site].is_none();
            if let Some(registrar) = registrar.as_mut().filter(|_| !takes) {
                registrar.waiting.clear();
                registrar.busy_until = None;
                registrar.stops += 1;
                let here = self.sent[registrar.forgot..].iter_mut().filter(|it| it.pair == index);
                for sent in here.filter(|sent| sent.served.is_none_or(|(_, ends)| ends > t)) {
                    sent.forgotten = t;
                }
                registrar.forgot = self.sent.len();
            }
        }
    }

    /// The next message whose service begins at an instant.
    pub fn next_served(&mut self, t: Time) -> Option<Message> {
        let random = self.random;
        let free = |it: &&mut Registrar| it.is_idle(t) && !it.waiting.is_empty();
        let registrar = self.pairs.iter_mut().flatten().find(free)?;
        let message = registrar.waiting.pop_front()?;
        let ends = registrar.serve(random, t, message.cost);
        let waits =
            |sent: &&mut Sent| sent.transaction == message.transaction() && sent.at == message.at;
        let sent = self.sent.iter_mut().rev().find(waits).expect("it came");
        sent.served = Some((t, ends));
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

    /// A message comes; `free`: it takes no service.
    pub fn comes(&mut self, pair: usize, message: Message, free: bool) -> Coming {
        let (random, t) = (self.random, message.at);
        let Some(registrar) = &mut self.pairs[pair] else { return Coming::Served };
        let mut served = None;
        let most = registrar.limit.queue;
        let coming = if free {
            Coming::Served
        } else if registrar.is_idle(t) {
            served = Some((t, registrar.serve(random, t, message.cost)));
            Coming::Served
        } else if most.is_some_and(|most| registrar.waiting.len() >= most as usize) {
            if registrar.limit.rejects { Coming::Refused } else { Coming::Lost }
        } else {
            registrar.waiting.push_back(message);
            Coming::Waits
        };
        let transaction = message.transaction();
        let forgotten = Time::NEVER;
        let late = message.late;
        self.sent.push(Sent { pair, transaction, at: t, late, coming, served, forgotten, free });
        coming
    }

    /// What a phone would have met that does other things than in the run: while it does the same
    /// (`together`), what it met; then, it waits behind all that had come. When it is served.
    pub fn would_come(
        &self,
        pair: usize,
        (transaction, t): (Transaction, Time),
        together: bool,
    ) -> (Coming, Option<Time>) {
        let sent = self.sent.iter().find(|it| it.transaction == transaction && it.at == t);
        if let Some(sent) = sent.filter(|_| together) {
            return (sent.coming, sent.served.map(|(begins, _)| begins));
        }
        let Some(registrar) = &self.pairs[pair] else { return (Coming::Served, None) };
        let here = self.sent.iter().filter(|it| it.pair == pair && !it.free && it.at <= t);
        let here = here.filter(|it| matches!(it.coming, Coming::Served | Coming::Waits));
        let here: Vec<&Sent> = here.filter(|it| it.forgotten > t).collect();
        let ends = here.iter().filter_map(|it| it.served).map(|(_, ends)| ends).max();
        let begins = ends.filter(|ends| *ends > t).unwrap_or(t);
        let stops = here.iter().map(|it| it.forgotten).min().unwrap_or(Time::NEVER);
        let waiting = here.iter().filter(|it| it.served.is_none_or(|(begins, _)| begins > t));
        let full = registrar.limit.queue.is_some_and(|most| waiting.count() >= most as usize);
        match (begins > t, full) {
            (false, _) => (Coming::Served, Some(t)),
            (true, true) if registrar.limit.rejects => (Coming::Refused, None),
            (true, true) => (Coming::Lost, None),
            (true, false) if stops <= begins => (Coming::Lost, None),
            (true, false) => (Coming::Waits, Some(begins)),
        }
    }

    /// A phone follows its desktop, in the run itself.
    pub fn follows(&mut self, agent: usize, moved: (Time, Side)) {
        self.moves[agent].push(moved);
    }

    /// Whether a phone that has followed its desktop so does the same as in the run up to now.
    pub fn is_together(&self, agent: usize, moves: &[(Time, Side)], t: Time) -> bool {
        let run = &self.moves[agent];
        run.starts_with(moves) && run.get(moves.len()).is_none_or(|next| next.0 >= t)
    }

    /// When messages of a transaction were served in the run, and how late each was answered.
    pub fn services(&self, transaction: Transaction) -> Vec<(Time, Span)> {
        let own = self.sent.iter().filter(|it| it.transaction == transaction);
        own.filter_map(|it| Some((it.served?.0, it.late?))).collect()
    }
}

impl Registrar {
    fn is_idle(&self, t: Time) -> bool {
        self.busy_until.is_none_or(|until| until <= t)
    }

    fn serve(&mut self, random: RandomNumbers, t: Time, cost: f64) -> Time {
        let mean = Span((self.limit.message.0 as f64 * cost).round() as i64);
        let mut takes = mean;
        if self.limit.exponential && mean > Span::ZERO {
            let draw = &mut random.draw(self.entity, Purpose::RegisterService, self.served);
            takes = Law::Exponential { mean }.sample(draw);
        }
        self.served += 1;
        self.busy_until = Some(t + takes);
        t + takes
    }
}
