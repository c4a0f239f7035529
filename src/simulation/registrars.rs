//! The queues of registrars with a capacity: they couple the phones that use them.
//!
//! Only what a queue can disturb is simulated, message by message: transactions that are not
//! undisturbed refreshes, the refreshes of phones that are in step after them, and everything that
//! falls due while a registrar is busy. The result is a list of the transactions that a queue has
//! delayed, or made fail; the run itself looks them up.

mod group;
mod messages;
mod own_turn;
mod quiet;
mod sends;

use crate::engine::{Due, EventList};
use crate::faults::Occurrence;
use crate::limits::{Bounds, Endless, EndlessStorm, Unfinished};
use crate::model::{Kind, Model, PairId, Profile, Side, Style};
use crate::phones::{Follows, Past, Verdicts};
use crate::random::{Entity, RandomNumbers};
use crate::time::Time;
use crate::world::{Outlook, World};

use super::queue::Queue;
use super::traffic::{self, Edge, Messages, Traffic};
use group::{Asked, Group};
use own_turn::OwnTurn;
use sends::{Sends, UnderWay};

/// What a phone does at one instant, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum InstantStep {
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
    /// A phone does something that needs no answer of a queue: what succeeds, or all of it.
    Alone { whole: bool },
    /// A phone starts a refresh.
    Start,
    /// A message of a transaction that is under way comes to its registrar.
    Message(u32),
    /// An undisturbed refresh, while the registrar may be busy.
    Refresh(Side),
}

impl Event {
    const fn turn(self) -> InstantStep {
        match self {
            Self::Start => InstantStep::Starts,
            Self::Alone { whole: false } => InstantStep::Succeeds,
            Self::Alone { whole: true } => InstantStep::Ends,
            Self::Message(_) | Self::Refresh(_) => InstantStep::Sends,
        }
    }
}

/// Computes what the queues of all registrars with a capacity do to the transactions of phones.
///
/// # Errors
/// If a phone takes too many steps, or the run is stopped.
pub(super) fn ask(
    (model, world, random): (&Model, &World, RandomNumbers),
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
        own_turn: OwnTurn::default(),
        verdicts: Verdicts::default(),
        under_way: UnderWay::default(),
        last: 0,
        replication: random.replication,
        held_up: bounds.held_up,
    };
    for cohort in &model.cohorts {
        let profile = &model.profiles[cohort.profile.index()];
        let sides = Side::BOTH.map(|side| storm.asked(model, (world, random), profile, side));
        if sides.iter().any(Option::is_some) {
            let group = Group::new(model, world, random, (cohort, sides), (follows, bounds));
            storm.groups.push(group);
        }
    }
    storm.run(model.horizon)
}

/// All phones that use these registrars, and all queues.
struct Storm<'a> {
    /// What sets off storms, and the number of them that lie in the past.
    edges: Vec<Edge>,
    edge: usize,
    /// What came to the registrar of each queue.
    traffic: Traffic,
    /// By the pair of the registrar.
    queues: Vec<(PairId, Queue<'a>)>,
    /// The groups that use each of them, and at which of their sides.
    askers: Vec<Vec<(u32, Side)>>,
    groups: Vec<Group<'a>>,
    pending: EventList<(Who, Event)>,
    /// What the phone that is being simulated still does at its instant.
    own_turn: OwnTurn,
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
        (world, random): (&World, RandomNumbers),
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
            self.queues.push((pair, Queue::new(limit, (random, entity), open)));
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
        while let Some((now, who, event)) = self.next(horizon) {
            match event {
                Event::Start => self.start(who, now)?,
                Event::Alone { whole } => self.alone(who, now, whole)?,
                Event::Message(place) => {
                    let sends = self.under_way.end(place);
                    self.message(who, sends, now);
                    self.goes_on(now)?;
                }
                Event::Refresh(side) => self.refresh(who, side, now),
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

    /// What happens next, before the horizon.
    fn next(&mut self, horizon: Time) -> Option<(Time, Who, Event)> {
        let first = self.pending.first();
        let own =
            self.own_turn.first().map(|(who, event)| self.due(self.own_turn.at(), who, event));
        if own.is_some_and(|own| first.is_none_or(|first| own < first)) {
            let (who, event) = self.own_turn.take()?;
            return Some((self.own_turn.at(), who, event));
        }
        let (due, (who, event)) =
            first.filter(|due| due.at < horizon).and_then(|_| self.pending.pop())?;
        self.own_turn.begin(due.at, who);
        Some((due.at, who, event))
    }

    /// Fails if more transactions wait or are held up than the bound allows: such a storm may never
    /// end.
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
        if at.comes() && !self.own_turn.push(at, who, event) {
            self.pending.push(self.due(at, who, event), (who, event));
        }
    }

    fn due(&self, at: Time, who: Who, event: Event) -> Due {
        let key = self.groups[who.group as usize].key(who, event.turn());
        Due { at, class: 0, key }
    }

    /// The next message of a transaction comes at an instant.
    fn sends(&mut self, who: Who, at: Time, sends: Sends) {
        if at.comes() {
            let place = self.under_way.begin(sends);
            self.push(at, who, Event::Message(place));
        }
    }

    /// A phone starts what it has to start, and does what else is due.
    fn start(&mut self, who: Who, now: Time) -> Result<(), Unfinished> {
        if self.refreshes_at_once(who, now)? {
            return Ok(());
        }
        if self.group(who).starts_at(who, now) {
            self.group(who).start(who, now);
            self.look(who, now);
        }
        self.push(now, who, Event::Alone { whole: false });
        Ok(())
    }

    /// Most refreshes of phones in step find the registrar idle and change nothing but the time:
    /// what otherwise takes five events is done here at once, with the same result.
    fn refreshes_at_once(&mut self, who: Who, now: Time) -> Result<bool, Unfinished> {
        if !self.own_turn.is_over() {
            return Ok(false);
        }
        let only = self.group(who).only_refresh(who, now);
        let Some((line, side, queue)) = only else { return Ok(false) };
        if self.queues[queue].1.busy(now).is_some() {
            return Ok(false);
        }
        self.group(who).refresh_begins(line, side);
        let cost = self.group(who).first_message(side);
        self.comes(queue, cost, (now, false, line));
        if self.group(who).refreshed(line, now)? {
            self.plan(who, now);
        } else {
            self.look(who, now);
        }
        self.wake(queue, now, who);
        Ok(true)
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

    /// Looks at a phone that has done something: what it sends, and what it waits for.
    fn look(&mut self, who: Who, now: Time) {
        for line in 0..2 {
            let who = Who { line, ..who };
            if let Some(sends) = self.group(who).asks(who) {
                self.sends(who, sends.register.first, sends);
            }
        }
        self.plan(who, now);
    }

    /// What a phone waits for.
    fn plan(&mut self, who: Who, now: Time) {
        let who = Who { line: 0, ..who };
        let group = self.group(who);
        let next = group.next(who);
        let starts = next > now && group.starts_at(who, next);
        // What is in the list already for that instant need not be there twice.
        if next == now || group.plans(who, next, starts) {
            let event = if starts { Event::Start } else { Event::Alone { whole: next == now } };
            self.push(next, who, event);
        }
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

    /// A registrar may be busy: the next undisturbed refresh that falls due in that time is looked
    /// at.
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
