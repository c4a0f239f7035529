//! Calls and agents in one order of time, where agents wait for the end of a call before they leave.
//!
//! An agent is simulated ahead up to its next question: until when a call holds it, or for a slot.
//! The question is answered when the calls have come to that instant. A call that holds an agent
//! can only end earlier than planned, or without the work after it: then the agent is simulated
//! again with the other answer, which changes nothing up to that instant.
//!
//! Whether a slot is used may depend on later answers: they are predicted. Where a prediction turns
//! out wrong, the whole simulation starts again, with what is known now. The slots of other agents
//! that change because of it are later, so up to there everything is the same.

mod person;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use crate::agents::Context;
use crate::agents::{Buffers, Request};
use crate::calls::{Change, Course, Day, Draws, Staff, StaffEvent, Tally, blank, surroundings};
use crate::limits::Unfinished;
use crate::limits::{Bounds, Endless, EndlessTurns};
use crate::model::{AgentId, Cohort, Model};
use crate::phones::{Answers, Follows, Registers};
use crate::random::RandomNumbers;
use crate::slots::{Slots, Wanted};
use crate::time::{Span, Time};
use crate::world::World;

use super::admission::{Counters, matters};
use super::staffed::groups;
use person::{Ask, Person};

/// Steps and prepared agents between two checks whether the run is stopped.
const LOOK: u64 = 1 << 12;

/// The simulated calls.
pub(super) type Lived = (Tally, Course);

/// Answers that were found before the simulation started again, by agent and number of its
/// question.
type Known = BTreeMap<(u32, usize), Earlier>;

/// An answer that was found before the simulation started again.
#[derive(Clone, Copy)]
struct Earlier {
    /// When the agent asked.
    asked: Time,
    answer: Time,
    /// When the simulation started again: what comes from then on may change the answer.
    known_at: Time,
}

/// Why it stops.
enum Halt {
    Unfinished(Unfinished),
    /// The simulation starts again, because of what this agent does from now on.
    Again(AgentId, Time),
}

impl From<Unfinished> for Halt {
    fn from(unfinished: Unfinished) -> Self {
        Self::Unfinished(unfinished)
    }
}

/// Answers every question of every agent, and computes where desktops move phones to registrars
/// with a capacity.
///
/// # Errors
/// If an agent takes too many steps, or the run is stopped.
pub(super) fn answer_all(
    (model, world, random): (&Model, &World, RandomNumbers),
    answers: &Answers,
    bounds: Bounds<'_>,
) -> Result<(Slots, Follows, Option<Lived>), Unfinished> {
    let context = |cohort| {
        let shared = (cohort, Registers::Known(answers), bounds);
        Context::new(model, world, random, shared)
    };
    let contexts: Vec<Context> = model.cohorts.iter().map(context).collect();
    let staff = Staff { sites: model.sites.len(), groups: groups(model), changes: Vec::new() };
    let mut around = surroundings(model, world);
    around.sort_unstable();
    let mut known = Known::new();
    let (mut turns, mut again) = (0, 0);
    loop {
        let mut joint = Joint::new((model, world, random), (&staff, &around), &mut known);
        let (agent, at) = match joint.run(&contexts, bounds) {
            Ok(asked) => return Ok(joint.settled(asked)),
            Err(Halt::Again(agent, at)) => (agent, at),
            Err(Halt::Unfinished(unfinished)) => return Err(unfinished),
        };
        (turns, again) = (turns + 1, again + joint.steps);
        if again > bounds.again {
            let (replication, most) = (random.replication, bounds.again);
            let endless = EndlessTurns { replication, turns, most, agent, at };
            return Err(Unfinished::Endless(Endless::Calls(endless)));
        }
    }
}

/// Everything that goes on.
struct Joint<'a, 'k> {
    model: &'a Model,
    day: Day<'a, Draws<'a>, Lived>,
    /// When agents came into service and went, so far.
    staffed: Vec<Change>,
    counters: Counters<'a>,
    /// By agent; `None`: it is not coupled to the others.
    people: Vec<Option<Person<'a>>>,
    /// What changes without any agent, from now on.
    around: &'a [Change],
    /// The open question of each agent, and of which version.
    asking: BinaryHeap<Reverse<(Time, u32, u32)>>,
    /// The next change of each agent.
    changing: BinaryHeap<Reverse<(Change, u32, u32)>>,
    known: &'k mut Known,
    /// The last question for a slot that was answered: its instant and its agent.
    served: Option<(Time, u32)>,
    buffers: Buffers,
    /// Taken so far.
    steps: u64,
}

impl<'a, 'k> Joint<'a, 'k> {
    /// Nothing has happened yet.
    fn new(
        (model, world, random): (&'a Model, &'a World, RandomNumbers),
        (staff, around): (&'a Staff, &'a [Change]),
        known: &'k mut Known,
    ) -> Self {
        let queues = &model.calls.queues[..];
        let draws = Draws::new(queues, random, model.horizon);
        Self {
            model,
            day: Day::new(queues, staff, (draws, blank(model, staff)), model.horizon),
            staffed: Vec::new(),
            counters: Counters::new(model, world),
            people: Vec::new(),
            around,
            asking: BinaryHeap::new(),
            changing: BinaryHeap::new(),
            known,
            served: None,
            buffers: Buffers::default(),
            steps: 0,
        }
    }

    /// Whether any agent has asked for anything.
    fn run(&mut self, contexts: &'a [Context<'a>], bounds: Bounds<'_>) -> Result<bool, Halt> {
        self.people.resize_with(self.model.agents() as usize, || None);
        for cx in contexts.iter().filter(|cx| concerns(self.model, &self.counters, cx.cohort)) {
            let first = cx.cohort.first.0;
            for agent in first..first + cx.cohort.count {
                if u64::from(agent).is_multiple_of(LOOK) && (bounds.stop)() {
                    return Err(Unfinished::Stopped.into());
                }
                let person = Person::new(cx, AgentId(agent), &mut self.buffers)?;
                self.people[agent as usize] = Some(person);
            }
        }
        (0..self.model.agents()).for_each(|agent| self.expect(agent));
        if self.asking.is_empty() {
            return Ok(false);
        }
        self.day.begin();
        while self.step()? {
            self.steps += 1;
            if self.steps.is_multiple_of(LOOK) && (bounds.stop)() {
                return Err(Unfinished::Stopped.into());
            }
        }
        Ok(true)
    }

    /// Does what comes first: of one instant questions, then changes, then what happens to calls.
    /// `false`: the run is over.
    fn step(&mut self) -> Result<bool, Halt> {
        let (ask, change) = (self.next_ask(), self.next_change());
        let asked = ask.map_or(Time::NEVER, |it| it.0);
        let changed = change.map_or(Time::NEVER, |it| it.0.at);
        let due = self.day.due();
        if asked.min(changed).min(due) >= self.model.horizon {
            return Ok(false);
        }
        if let Some((_, agent)) = ask.filter(|_| asked <= changed && asked <= due) {
            self.answer(agent)?;
        } else if let Some((change, of)) = change.filter(|_| changed <= due) {
            self.change(change, of);
            for agent in self.day.touched() {
                self.look_again(agent, change)?;
            }
        } else {
            self.day.step();
        }
        Ok(true)
    }

    fn is_latest(&self, agent: u32, version: u32) -> bool {
        self.people[agent as usize].as_ref().is_some_and(|person| person.version == version)
    }

    fn next_ask(&mut self) -> Option<(Time, u32)> {
        while let Some(&Reverse((at, agent, version))) = self.asking.peek() {
            if self.is_latest(agent, version) {
                return Some((at, agent));
            }
            self.asking.pop();
        }
        None
    }

    /// The next change, and its agent.
    fn next_change(&mut self) -> Option<(Change, Option<u32>)> {
        let around = self.around.first().map(|change| (*change, None));
        while let Some(&Reverse((change, agent, version))) = self.changing.peek() {
            if self.is_latest(agent, version) {
                return around.filter(|around| around.0 <= change).or(Some((change, Some(agent))));
            }
            self.changing.pop();
        }
        around
    }

    fn change(&mut self, change: Change, of: Option<u32>) {
        self.day.change(change);
        let Some(agent) = of else {
            self.around = &self.around[1..];
            return;
        };
        self.changing.pop();
        if matches!(change.what, StaffEvent::Agent { .. }) {
            self.staffed.push(change);
        }
        if let Some(person) = &mut self.people[agent as usize] {
            person.see();
            let next = person.next_change().map(|change| (change, agent, person.version));
            self.changing.extend(next.map(Reverse));
        }
    }

    /// What an agent will do has changed.
    fn expect(&mut self, agent: u32) {
        let Some(person) = &self.people[agent as usize] else { return };
        let (change, ask) = (person.next_change(), person.open());
        self.changing.extend(change.map(|change| Reverse((change, agent, person.version))));
        self.asking.extend(ask.map(|ask| Reverse((ask.at, agent, person.version))));
    }

    /// Answers the open question of an agent.
    fn answer(&mut self, agent: u32) -> Result<(), Halt> {
        let Some(person) = &self.people[agent as usize] else { return Ok(()) };
        let Some(Ask { at, wanted, site, .. }) = person.open() else { return Ok(()) };
        let number = person.answered;
        let answer = match wanted {
            Wanted::Leave => self.held_until(agent, number, at),
            slot => {
                self.served = self.served.max(Some((at, agent)));
                self.counters.slot(slot, site, at)
            }
        };
        let Some(person) = &mut self.people[agent as usize] else { return Ok(()) };
        let spent = person.answer(answer, &mut self.buffers)?;
        let leaves = person.open().is_some_and(|next| next.at <= answer);
        if wanted == Wanted::Leave {
            self.check_slots(agent, at)?;
        } else if spent || leaves && self.spends(agent, number)? {
            self.counters.spend(wanted, site, answer);
            if let Some(person) = &mut self.people[agent as usize] {
                person.asks[number].spent = true;
            }
        }
        self.expect(agent);
        Ok(())
    }

    /// Until when a call holds an agent that asks at an instant, as far as is known.
    fn held_until(&self, agent: u32, number: usize, at: Time) -> Time {
        let earlier = self.known.get(&(agent, number)).filter(|it| it.asked == at);
        let held = || self.day.held_until(agent).map_or(at, |until| until.max(at));
        earlier.map_or_else(held, |it| it.answer)
    }

    /// Whether an agent will use the slot that it has got, as far as is known.
    fn spends(&self, agent: u32, number: usize) -> Result<bool, Unfinished> {
        let Some(person) = &self.people[agent as usize] else { return Ok(false) };
        let answers: Vec<Time> =
            person.asks[..person.answered].iter().map(|ask| ask.answer).collect();
        let others = |count: usize, asked: Request| self.held_until(agent, count, asked.at);
        person.spends((number, &answers), others)
    }

    /// Whether slots that are still to come are used as was predicted; otherwise the simulation
    /// starts again.
    fn check_slots(&mut self, agent: u32, now: Time) -> Result<(), Halt> {
        let Some(person) = &self.people[agent as usize] else { return Ok(()) };
        let asks = (0..).zip(&person.asks[..person.answered]);
        let to_come = asks.filter(|(_, it)| it.wanted != Wanted::Leave && it.answer >= now);
        let to_come: Vec<(usize, bool)> = to_come.map(|(number, it)| (number, it.spent)).collect();
        for (number, spent) in to_come {
            if self.spends(agent, number)? != spent {
                return Err(self.again(agent, now));
            }
        }
        Ok(())
    }

    /// Checks whether the call that holds an agent ends when it was expected to, now that something
    /// has changed.
    fn look_again(&mut self, agent: u32, change: Change) -> Result<(), Halt> {
        let now = change.at;
        // What ends its work by what it does cannot be undone by leaving before it.
        let own = matches!(change.what, StaffEvent::Agent { agent: who, .. } if who == agent);
        let over = if own { now + Span(1) } else { now };
        let until = self.day.held_until(agent).unwrap_or(over);
        let Some(person) = &mut self.people[agent as usize] else { return Ok(()) };
        let waits = |ask: &Ask| ask.wanted == Wanted::Leave && ask.answer > now;
        let other = |ask: &Ask| waits(ask) && ask.answer != until;
        let asks = &person.asks[..person.answered];
        let Some(first) = asks.iter().position(other) else { return Ok(()) };
        // An answer from the run before is right up to where that run ended, though calls do not show it yet.
        let earlier = self.known.get(&(agent, first)).filter(|it| it.asked == asks[first].at);
        let known = until > now && earlier.is_some_and(|it| now < it.known_at);
        if known || !self.day.is_leaving(agent) {
            return Ok(());
        }
        let asked = asks.iter().filter(|ask| ask.at <= now);
        let answers: Vec<Time> =
            asked.map(|ask| if other(ask) { until } else { ask.answer }).collect();
        let before = std::mem::take(&mut person.asks);
        *person = person.with_answers((&before, &answers), now, &mut self.buffers)?;
        if !person.waits() {
            // It need not wait any more.
            self.day.change(Change { at: now, what: StaffEvent::Left { agent } });
        }
        let kept = person.answered;
        if before[..answers.len()].iter().skip(kept).any(|ask| ask.spent) || self.comes_late(agent)
        {
            return Err(self.again(agent, now));
        }
        self.check_slots(agent, now)?;
        self.expect(agent);
        Ok(())
    }

    /// Whether an agent asks for a slot now that another who comes after it has asked for now, and got.
    fn comes_late(&self, agent: u32) -> bool {
        let open = self.people[agent as usize].as_ref().and_then(Person::open);
        let slot = open.filter(|ask| ask.wanted != Wanted::Leave);
        slot.is_some_and(|ask| self.served.is_some_and(|served| served > (ask.at, agent)))
    }

    /// The simulation starts again: the answer that an agent gets now is known from the beginning.
    fn again(&mut self, agent: u32, now: Time) -> Halt {
        let asks = self.people[agent as usize].iter().flat_map(|it| &it.asks[..it.answered]);
        let leaves = (0..).zip(asks).filter(|(_, ask)| ask.wanted == Wanted::Leave);
        let earlier = |ask: &Ask| Earlier { asked: ask.at, answer: ask.answer, known_at: now };
        self.known.extend(leaves.map(|(number, ask)| ((agent, number), earlier(ask))));
        Halt::Again(AgentId(agent), now)
    }

    /// Everything is answered; calls were simulated only if there was a question.
    fn settled(self, asked: bool) -> (Slots, Follows, Option<Lived>) {
        let (mut slots, mut follows) = (Slots::new(self.model), Vec::new());
        let people = (0..).map(AgentId).zip(&self.people);
        for (agent, person) in people.filter_map(|(agent, it)| Some((agent, it.as_ref()?))) {
            for ask in &person.asks {
                slots.give((ask.wanted, ask.site), agent, ask.answer, ask.spent);
            }
            if matters((self.model, self.counters.world), self.model.cohort(agent)) {
                follows.extend(person.follows.iter().map(|followed| (agent, *followed)));
            }
        }
        slots.settle();
        let lived = asked.then(|| {
            let (mut tally, mut course) = self.day.end();
            tally.staffed(&self.staffed);
            course.staffed(&self.staffed);
            (tally, course)
        });
        (slots, Follows::new(follows), lived)
    }
}

/// Whether agents of a cohort take calls, or slots from agents that do.
fn concerns(model: &Model, counters: &Counters<'_>, cohort: &Cohort) -> bool {
    model.takes_calls(cohort) || matters((model, counters.world), cohort)
}
