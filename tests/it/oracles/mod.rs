//! The simulator against closed forms: each file holds the formulas, implemented apart from the
//! simulator and checked in their published digits, and the scenario that they describe.
//!
//! Every comparison runs at a fixed seed and must agree within four standard errors. Unless a file
//! says otherwise, a scenario is brought to its formula like this: losses are noticed at once, no
//! random delay, an attempt waits as long as it takes (so a desktop is back at the nanosecond at
//! which its path is), the DR timer starts with the loss, phones stay registered at both sites.
//! What the scenario language cannot say is named in the file that would need it.

mod calls;
pub mod o1;
pub mod o1d;
pub mod o2;
pub mod o3;
pub mod o4;
pub mod o5;
pub mod o6;
pub mod o7;
pub mod o9;
mod of_scenarios;
mod storms;

use switchover::distribution::Law;
use switchover::model::{
    AgentId, Cohort, DrTimerStarts, Fault, Group, GroupId, Location, LocationId, Model, Planes,
    ProfileId, Schedule, SiteId, Target,
};
use switchover::random::RandomNumbers;
use switchover::simulation::Simulation;
use switchover::time::{Span, Time};
use switchover::trace::{Event, Reason, Record};

use crate::builder::{always, base, s};

/// The preferred site of every agent here.
pub const HOME: SiteId = SiteId(0);
/// Its peer.
pub const AWAY: SiteId = SiteId(1);

const fn random(replication: u64) -> RandomNumbers {
    RandomNumbers { seed: 20_260_401, replication }
}

/// The base model without any delay of its own: what takes time is what a formula names.
pub fn plain() -> Model {
    let mut model = base();
    model.desktop.detection = always(0);
    model.desktop.connect_timeout = s(1_000_000_000);
    model.desktop.login = always(0);
    model.policy.dr_timer_starts = DrTimerStarts::FirstDisconnect;
    model.profiles[0].phone_timeout = Span::NEVER;
    model
}

/// Gives the model `count` agents with profile 0, each at a location of its own.
pub fn apart(model: &mut Model, count: u32) {
    let group = GroupId(0);
    let profile = model.profiles[0].clone();
    model.groups = vec![Group { name: "agents".into(), size: count }];
    (model.locations, model.profiles, model.cohorts) = (vec![], vec![], vec![]);
    for index in 0..count {
        model.locations.push(Location { name: format!("l{index}") });
        let location = LocationId(index);
        model.profiles.push(switchover::model::Profile { location, ..profile.clone() });
        let (first, profile) = (AgentId(index), ProfileId(index));
        let (person, shifts) = (None, vec![]);
        model.cohorts.push(Cohort { first, count: 1, group, index, profile, person, shifts });
    }
}

/// Every location's path to `site` fails by a clock of its own.
pub fn failing_paths(model: &mut Model, site: SiteId, planes: Planes, failure: Law, repair: Law) {
    let locations = 0..model.locations.len() as u32;
    let target = |location| Target::Path(LocationId(location), site, planes);
    let targets = locations.map(target).collect();
    let schedule = Schedule::random(failure, repair);
    model.faults.push(Fault {
        name: "cuts".into(),
        targets,
        schedule,
        impairment: Default::default(),
    });
}

/// What is asked of each agent's records, in the order of agents.
fn of_each_agent<T>(model: &Model, random: RandomNumbers, ask: impl Fn(&[Record]) -> T) -> Vec<T> {
    let simulation = Simulation::new(model, random).unwrap();
    let mut records = Vec::new();
    let agents = 0..model.agents();
    let answers = agents.map(|agent| {
        records.clear();
        simulation.agents(agent..agent + 1, &mut records).unwrap();
        ask(&records)
    });
    answers.collect()
}

/// Seconds in which an agent's state is as wanted: (site, in service).
fn seconds(records: &[Record], wanted: impl Fn(Option<SiteId>, bool) -> bool) -> f64 {
    let mut total = Span::ZERO;
    let mut since: Option<Time> = None;
    for record in records {
        let holds = match record.event {
            Event::State { site, cause } => wanted(site, cause.is_none()),
            Event::Tally { .. } => false,
            _ => continue,
        };
        if let Some(from) = since.take() {
            total += record.at - from;
        }
        since = holds.then_some(record.at);
    }
    total.as_secs_f64()
}

fn downtime_s(records: &[Record]) -> f64 {
    seconds(records, |_, in_service| !in_service)
}

fn count(records: &[Record], wanted: impl Fn(&Event) -> bool) -> usize {
    records.iter().filter(|record| wanted(&record.event)).count()
}

fn switchovers(records: &[Record]) -> usize {
    count(
        records,
        |event| matches!(event, Event::MoveBegun { reason, .. } if *reason != Reason::Restore),
    )
}
