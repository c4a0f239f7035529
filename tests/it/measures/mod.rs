//! The measures, against traces written by hand and against the engine's own.

mod downtime;
mod impact;
mod memory;
mod merge;
mod moves;
mod regret;
mod sites;
mod storms;
mod windows;

use switchover::faults;
use switchover::measures::{Frame, Kept, Measures, Results};
use switchover::model::{AgentId, Model, Role, SiteId};
use switchover::random::RandomNumbers;
use switchover::simulation::traffic::Traffic;
use switchover::time::{Span, Time};
use switchover::trace::{Cause, Event, Reason, Record, Sink};
use switchover::world::World;

use crate::builder::{self, at};

const LUCK: RandomNumbers = RandomNumbers { seed: 1, replication: 0 };
/// The preferred site of the base model's agents.
const X: SiteId = SiteId(0);
/// Their peer site.
const Y: SiteId = SiteId(1);

/// Measures records of the agents of a model.
fn measure(model: &Model, records: &[Record]) -> (Results, Kept) {
    let occurrences = faults::sample(model, LUCK);
    let world = World::simulate(model, LUCK, &occurrences);
    let frame = Frame::new(model, &occurrences);
    let mut measures = Measures::new(&frame, Kept::default());
    records.iter().for_each(|record| measures.record(*record));
    let (totals, rows) = measures.into_parts();
    (Results::new(totals, &frame, (&world, &Traffic::default())), rows)
}

/// The records of one agent of the base model, in service at X from the start; the closing record
/// is added.
fn agent(model: &Model, number: u32, events: &[(i64, Event)]) -> Vec<Record> {
    let agent = AgentId(number);
    let first = (0, state(X, None));
    let begins =
        events.first().is_some_and(|(at, event)| *at == 0 && matches!(event, Event::State { .. }));
    let all = (!begins).then_some(first).into_iter().chain(events.iter().copied());
    let mut records: Vec<Record> =
        all.map(|(secs, event)| Record { at: at(secs), agent, event }).collect();
    let event = Event::Tally { registered: 3, failed: 2, probes: 1, rounds: 4 };
    records.push(Record { at: model.horizon, agent, event });
    records
}

/// One agent of the base model (horizon 10,000 s, flap window 900 s).
fn alone(events: &[(i64, Event)]) -> (Results, Kept) {
    let model = builder::base();
    measure(&model, &agent(&model, 0, events))
}

fn secs(span: Span) -> i64 {
    assert_eq!(span.0 % 1_000_000_000, 0);
    span.0 / 1_000_000_000
}

const fn state(site: SiteId, cause: Option<Cause>) -> Event {
    Event::State { site: Some(site), cause }
}

const fn up(site: SiteId) -> Event {
    state(site, None)
}

const fn out(site: SiteId, cause: Cause) -> Event {
    state(site, Some(cause))
}

const fn leaves(reason: Reason, from: SiteId, to: SiteId, in_service: bool) -> Event {
    Event::MoveBegun { reason, from: Some(from), to, in_service, available: None }
}

/// A restore from Y, in service until then; X had been available since `since`.
const fn goes_back(since: i64) -> Event {
    let (from, available) = (Some(Y), Some(Time::from_secs(since)));
    Event::MoveBegun { reason: Reason::Restore, from, to: X, in_service: true, available }
}

const fn connected(site: SiteId) -> Event {
    Event::Connected { site, member: Role::Primary, rounds: 1 }
}

const fn if_stayed(secs: i64) -> Event {
    Event::IfStayed { downtime: Span::from_secs(secs) }
}

const fn if_switched(secs: i64) -> Event {
    Event::IfSwitched { downtime: Some(Span::from_secs(secs)) }
}
