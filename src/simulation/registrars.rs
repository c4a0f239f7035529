//! The queues of registrars with a capacity: they couple the phones that ask there.
//!
//! Only what disturbs is lived through, message by message: transactions that are no undisturbed
//! refresh, the refreshes of phones that are in step after them, and whatever falls due while a
//! registrar is busy. What comes out is a list of the transactions that a queue has delayed, or made
//! fail; the run proper looks them up.

mod group;
mod quiet;
mod sends;

use crate::agents::{
    Bounds, Call, Endless, EndlessStorm, Failure, Follows, Outcome, Past, Response, Unfinished,
    Verdict, Verdicts, Way,
};
use crate::engine::{Due, EventList};
use crate::faults::Occurrence;
use crate::model::{Kind, Model, PairId, Profile, Side, Style};
use crate::random::{Entity, Luck};
use crate::time::Time;
use crate::world::{Outlook, World};

use super::queue::{Joined, Queue};
use super::traffic::{self, Edge, Fate, Messages, Part, Traffic};
use group::{Asked, Group};
use sends::{Sends, UnderWay};

/// What a phone does at one instant, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    /// Refreshes start that are messages.
    Starts,
    /// Messages come to registrars.
    Sends,
    /// Transactions succeed.
    Succeeds,
    /// Transactions fail, and others start.
    Ends,
}

/// A registration of a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Who {
    group: u32,
    phone: u32,
    line: u8,
}

/// What falls due.
#[derive(Clone, Copy, Debug)]
enum Event {
    /// A phone does something that asks nobody: what succeeds, or all of it.
    Alone { whole: bool },
    /// A phone starts a refresh.
    Start,
    /// A message of a transaction that is under way comes to its registrar.
    Message(u32),
    /// An undisturbed refresh, while the registrar may be busy.
    Refresh(Side),
}

/// Finds out what the queues of all registrars with a capacity do to the transactions of phones.
///
/// # Errors
/// If a phone takes too many steps, or the run is not wanted any more.
pub fn ask(
    (model, world, luck): (&Model, &World, Luck),
    occurrences: &[Occurrence],
    (follows, bounds): (&Follows, Bounds<'_>),
) -> Result<(Verdicts, Vec<Past>, Traffic), Unfinished> {
    if model.sites.iter().all(|site| site.registrar.limit.is_none()) {
        return Ok(Default::default());
    }
    let mut storm = Storm {
        edges: traffic::edges(occurrences),
        edge: 0,
        traffic: Traffic::default(),
        queues: Vec::new(),
        askers: Vec::new(),
        groups: Vec::new(),
        pending: EventList::new(),
        verdicts: Verdicts::default(),
        under_way: UnderWay::default(),
        last: 0,
        replication: luck.replication,
        held_up: bounds.held_up,
    };
    for cohort in &model.cohorts {
        let profile = &model.profiles[cohort.profile.index()];
        let sides = Side::BOTH.map(|side| storm.asked(model, (world, luck), profile, side));
        if sides.iter().any(Option::is_some) {
            let group = Group::new(model, world, luck, (cohort, sides), (follows, bounds));
            storm.groups.push(group);
        }
    }
    storm.run(model.horizon)
}

/// All phones that ask, and all queues.
struct Storm<'a> {
    /// What sets off storms, and how many of them lie in the past.
    edges: Vec<Edge>,
    edge: usize,
    /// What came to the registrar of each queue.
    traffic: Traffic,
    /// By the pair whose registrar it is.
    queues: Vec<(PairId, Queue<'a>)>,
    /// The groups that ask each of them, and at which side of theirs.
    askers: Vec<Vec<(u32, Side)>>,
    groups: Vec<Group<'a>>,
    pending: EventList<(Who, Event)>,
    verdicts: Verdicts,
    under_way: UnderWay,
    /// The queue that a message has joined last.
    last: usize,
    replication: u64,
    /// The most that wait, or are held up, together.
    held_up: usize,
}

impl<'a> Storm<'a> {
    /// What the phones of a profile ask at a side, if its registrar has a capacity.
    fn asked(
        &mut self,
        model: &'a Model,
        (world, luck): (&World, Luck),
        profile: &Profile,
        side: Side,
    ) -> Option<Asked> {
        let seat = profile.seat(side)?;
        let pair = seat.pair(Kind::Sip)?;
        let limit = model.sites[seat.site.index()].registrar.limit.as_ref()?;
        let known = self.queues.iter().position(|(known, _)| *known == pair);
        let queue = known.unwrap_or_else(|| {
            let open = world.outlook(profile.location, pair).map(Outlook::takes_registers);
            let open = open.spells(Time::NEVER).filter(|spell| spell.value);
            let open = open.map(|spell| (spell.from, spell.to)).collect();
            let entity = Entity::pair(pair.0);
            self.queues.push((pair, Queue::new(limit, (luck, entity), open)));
            self.askers.push(Vec::new());
            self.traffic.registrars.push(Messages::new(pair, model.horizon));
            self.queues.len() - 1
        });
        self.askers[queue].push((self.groups.len() as u32, side));
        if model.phones[profile.phone].style == Style::Follow {
            self.queues[queue].1.remember(pair);
        }
        Some(Asked::new(queue, (model, limit), &model.phones[profile.phone], seat.site))
    }

    fn run(mut self, horizon: Time) -> Result<(Verdicts, Vec<Past>, Traffic), Unfinished> {
        for group in 0..self.groups.len() as u32 {
            for phone in 0..self.groups[group as usize].phones() {
                self.look(Who { group, phone, line: 0 }, Time(-1));
            }
        }
        while let Some((due, (who, event))) = self.pending.pop_before(horizon) {
            match event {
                Event::Start => self.start(who, due.at),
                Event::Alone { whole } => self.alone(who, due.at, whole)?,
                Event::Message(place) => {
                    let sends = self.under_way.end(place);
                    self.message(who, sends, due.at);
                    self.goes_on(due.at)?;
                }
                Event::Refresh(side) => self.refresh(who, side, due.at),
            }
        }
        while let Some((_, (who, event))) = self.pending.pop() {
            if let Event::Message(place) = event {
                let sends = self.under_way.end(place);
                self.note(who, &sends, sends.outcome());
            }
        }
        self.traffic.registrars.iter_mut().for_each(Messages::settle);
        let pasts = self.queues.into_iter().filter_map(|(_, queue)| queue.into_past());
        let pasts = pasts.collect();
        self.verdicts.settle();
        Ok((self.verdicts, pasts, self.traffic))
    }

    /// Whether it may come to an end.
    fn goes_on(&self, now: Time) -> Result<(), Unfinished> {
        let queue = &self.queues[self.last];
        if self.verdicts.number() + queue.1.waiting() <= self.held_up {
            return Ok(());
        }
        let (pair, replication) = (queue.0, self.replication);
        let found = EndlessStorm { pair, replication, most: self.held_up as u64, at: now };
        Err(Unfinished::Endless(Endless::Storm(found)))
    }

    fn group(&mut self, who: Who) -> &mut Group<'a> {
        &mut self.groups[who.group as usize]
    }

    fn push(&mut self, at: Time, who: Who, event: Event) {
        if at.comes() {
            let turn = match event {
                Event::Start => Turn::Starts,
                Event::Alone { whole: false } => Turn::Succeeds,
                Event::Alone { whole: true } => Turn::Ends,
                Event::Message(_) | Event::Refresh(_) => Turn::Sends,
            };
            let key = self.group(who).key(who, turn);
            self.pending.push(Due { at, class: 0, key }, (who, event));
        }
    }

    /// The next message of a transaction comes at an instant.
    fn sends(&mut self, who: Who, at: Time, sends: Sends) {
        if at.comes() {
            let place = self.under_way.begin(sends);
            self.push(at, who, Event::Message(place));
        }
    }

    /// A phone starts what is to start, and does what else is due.
    fn start(&mut self, who: Who, now: Time) {
        if self.group(who).starts_at(who, now) {
            self.group(who).start(who, now);
            self.look(who, now);
        }
        self.push(now, who, Event::Alone { whole: false });
    }

    /// A phone does what is due, if it still is.
    fn alone(&mut self, who: Who, at: Time, whole: bool) -> Result<(), Unfinished> {
        if !self.group(who).happen(who, at, whole)? {
            return Ok(());
        }
        self.look(who, at);
        // It may be out of step from now on.
        for side in Side::BOTH {
            if let Some(queue) = self.group(who).queue(side) {
                self.wake(queue, at, who);
            }
        }
        Ok(())
    }

    /// Looks at a phone that has done something: what it asks, and what it waits for.
    fn look(&mut self, who: Who, now: Time) {
        for line in 0..2 {
            let who = Who { line, ..who };
            if let Some(sends) = self.group(who).asks(who) {
                self.sends(who, sends.call.first, sends);
            }
        }
        let who = Who { line: 0, ..who };
        let next = self.group(who).next(who);
        let starts = next > now && self.group(who).starts_at(who, next);
        let event = if starts { Event::Start } else { Event::Alone { whole: next == now } };
        self.push(next, who, event);
    }

    /// An undisturbed refresh falls due: it is a message if the registrar is busy.
    fn refresh(&mut self, who: Who, side: Side, now: Time) {
        let Some(queue) = self.group(who).sleeps(who, side, now) else { return };
        if self.queues[queue].1.busy(now).is_none() {
            return;
        }
        if self.group(who).refreshes(who, side, now) {
            self.look(who, now);
        } else {
            self.wake(queue, now, who);
        }
    }

    /// A message comes to its registrar, or would, were the path up.
    fn message(&mut self, who: Who, mut sends: Sends, now: Time) {
        let (group, side) = (&self.groups[who.group as usize], sends.call.side);
        if !group.is_in(who, &sends) {
            // The phone has dropped it: whatever comes of it comes too late.
            if now > sends.call.first {
                self.note(who, &sends, sends.outcome());
            }
            return;
        }
        let Some((queue, cost)) = group.message(&sends, now) else { return };
        let (taken, refused) = (group.is_served(side, now), group.is_refused(side, now));
        let way = if taken || refused { group.way(who, &mut sends, now) } else { Way::GOOD };
        let mut answer = refused.then_some(Response { at: now, refused });
        if taken && way != Way::LostThere {
            answer = match self.join(queue, cost, (&sends, now, who)) {
                Joined::Refused => Some(Response { at: now, refused: true }),
                Joined::Served(begins, known) => {
                    sends.known = known;
                    let leaves = begins <= sends.end && self.group(who).is_served(side, begins);
                    leaves.then_some(Response { at: begins, refused })
                }
                Joined::Lost => None,
            };
            self.wake(queue, now, who);
        }
        if let Some(answer) = answer {
            self.is_answered(who, &mut sends, now, (answer, way));
        }
        match sends.next(now, self.group(who).phone()) {
            Some(next) => self.sends(who, next, sends),
            None => self.ends(who, now, &sends),
        }
    }

    /// A message joins the queue, unless it takes nothing.
    fn join(&mut self, index: usize, cost: f64, (sends, now, who): (&Sends, Time, Who)) -> Joined {
        let takes_nothing = self.group(who).takes_nothing(sends, now);
        self.last = index;
        let queue = &mut self.queues[index].1;
        if takes_nothing && queue.busy(now).is_none() {
            return Joined::Served(now, now);
        }
        let joined = queue.join(now, cost);
        let (waiting, idle) = (queue.waiting(), queue.free());
        let fate = match joined {
            Joined::Served(begins, _) => Fate::Served(begins, idle),
            Joined::Refused => Fate::Refused,
            Joined::Lost => Fate::Lost,
        };
        let part = self.part(index, who, now);
        self.traffic.registrars[index].came(part, (now, sends.again()), fate, waiting);
        joined
    }

    /// The wave that a message belongs to.
    fn part(&mut self, queue: usize, who: Who, now: Time) -> Part {
        while self.edges.get(self.edge).is_some_and(|edge| edge.at <= now) {
            self.edge += 1;
        }
        let edge = self.edge.checked_sub(1).map(|last| self.edges[last]);
        let messages = &mut self.traffic.registrars[queue];
        let group = &mut self.groups[who.group as usize];
        group.part(who, || messages.storm_of(edge))
    }

    /// A response leaves: the first that comes ends the transaction.
    fn is_answered(
        &mut self,
        who: Who,
        sends: &mut Sends,
        now: Time,
        (leaves, way): (Response, Way),
    ) {
        let Some(at) = self.group(who).comes(sends, leaves.at, way) else { return };
        let answer = Response { at, ..leaves };
        if sends.answer.is_none_or(|first| answer < first) {
            sends.answer = Some(answer);
            let at_once = sends.at_once(self.group(who).phone());
            self.hears(who, now, sends.outcome(), at_once);
        }
    }

    /// A phone hears what becomes of a transaction, and does what is due at this instant.
    fn hears(&mut self, who: Who, now: Time, outcome: Outcome, at_once: bool) {
        self.group(who).hear(who, outcome, at_once);
        self.look(who, now);
        if outcome.unwrap_or_else(|failure| failure.at) == now {
            self.push(now, who, Event::Alone { whole: outcome.is_err() });
        }
    }

    /// The last message of a transaction is sent.
    fn ends(&mut self, who: Who, now: Time, sends: &Sends) {
        let outcome = sends.outcome();
        if let Err(Failure { at, refused: false }) = outcome {
            let times_out = self.group(who).times_out(now, at);
            let queue = self.group(who).queue(sends.call.side).filter(|_| times_out);
            if let Some(queue) = queue {
                let part = self.part(queue, who, sends.call.first);
                self.traffic.registrars[queue].timed_out(part, at);
            }
            self.hears(who, now, outcome, false);
        }
        self.note(who, sends, outcome);
    }

    /// Notes what a queue has done to a transaction, if it has done anything.
    fn note(&mut self, who: Who, sends: &Sends, outcome: Outcome) {
        if outcome != self.group(who).alone(who, &sends.call) {
            let Call { start, side, .. } = sends.call;
            let agent = self.group(who).agent(who);
            self.verdicts.give(agent, Verdict { start, side, line: who.line, outcome });
        }
    }

    /// A registrar may be busy: the next undisturbed refresh that falls due meanwhile is looked at.
    fn wake(&mut self, queue: usize, now: Time, who: Who) {
        let Some(until) = self.queues[queue].1.busy(now) else { return };
        let after = (now, self.group(who).agent(who));
        for index in 0..self.askers[queue].len() {
            let (group, side) = self.askers[queue][index];
            let next = self.groups[group as usize].wakes(side, until, after);
            if let Some((at, phone, line)) = next {
                self.push(at, Who { group, phone, line }, Event::Refresh(side));
            }
        }
    }
}
