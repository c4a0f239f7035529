//! What a change of the scenario must do to the trace: nothing, or something exactly known.

mod capacity;
mod scale;

use proptest::prelude::*;
use switchover::model::{AgentId, Model};
use switchover::simulation::{self, Simulation};
use switchover::time::Span;
use switchover::trace::{Event, Record};

use crate::differential::over_cases;
use crate::differential::sanity::LUCK;
use crate::support::case::{Case, TargetCase};
use crate::support::trace;

fn run(model: &Model) -> Vec<Record> {
    simulation::trace(model, LUCK).unwrap()
}

#[test]
fn names_change_nothing() {
    over_cases(20, 300, |case| {
        let model = case.model();
        let mut renamed = model.clone();
        rename(&mut renamed);
        prop_assert_eq!(run(&model), run(&renamed));
        Ok(())
    });
}

/// New names in the opposite order of the alphabet.
fn rename(model: &mut Model) {
    let other = |old: &str| old.chars().rev().collect::<String>() + "-renamed";
    let sites = model.sites.iter_mut().map(|site| &mut site.name);
    let hosts = model.hosts.iter_mut().map(|host| &mut host.name);
    let pairs = model.pairs.iter_mut().map(|pair| &mut pair.name);
    let groups = model.groups.iter_mut().map(|group| &mut group.name);
    for name in sites.chain(hosts).chain(pairs).chain(groups) {
        *name = other(name);
    }
}

#[test]
fn without_timers_drains_power_cuts_and_shifts_nobody_moves() {
    over_cases(21, 300, |mut case| {
        case.drains.clear();
        case.faults.iter_mut().for_each(|(targets, ..)| {
            targets.retain(|target| !matches!(target, TargetCase::Power(_)));
        });
        for agents in &mut case.agents {
            agents.dr_timeout = Span::NEVER;
            agents.phone_timeout = Span::NEVER;
            agents.shifts.clear();
        }
        prop_assert_eq!(trace::moves(&run(&case.model())), vec![]);
        Ok(())
    });
}

/// Appends a cohort of another case.
fn with_one_more(case: &Case, other: Case) -> Case {
    let mut more = case.clone();
    more.agents.extend(other.agents.into_iter().take(1));
    more
}

#[test]
fn without_queues_an_agent_more_disturbs_nobody() {
    let others = std::cell::Cell::new(None);
    over_cases(22, 300, |mut case| {
        for site in &mut case.sites {
            (site.login_gap, site.reconnect_gap) = (None, None);
            site.registrar.limit = None;
        }
        let other = others.replace(Some(case.clone())).unwrap_or_else(|| case.clone());
        let model = case.model();
        let more = with_one_more(&case, other).model();
        prop_assert!(more.agents() > model.agents());
        let alone = run(&model);
        let together = run(&more);
        let old = |record: &&Record| record.agent < AgentId(model.agents());
        prop_assert_eq!(alone, together.iter().filter(old).copied().collect::<Vec<_>>());
        Ok(())
    });
}

#[test]
fn agents_may_be_simulated_apart_and_in_any_order() {
    over_cases(23, 300, |case| {
        let model = case.model();
        let simulation = Simulation::new(&model, LUCK).unwrap();
        let mut records = Vec::new();
        for agent in (0..model.agents()).rev() {
            let mut own = Vec::new();
            simulation.agents(agent..agent + 1, &mut own).unwrap();
            own.append(&mut records);
            records = own;
        }
        prop_assert_eq!(records, run(&model));
        Ok(())
    });
}

/// Downtime counted from the changes of service alone is the sum over the causes; and each
/// outage has its one verdict, unless its last switchover was a drain's; a move that begins in service has its own.
#[test]
fn causes_add_up_to_downtime() {
    over_cases(24, 300, |case| {
        let model = case.model();
        let records = run(&model);
        for agent in (0..model.agents()).map(AgentId) {
            let own: Vec<Record> = records.iter().filter(|r| r.agent == agent).copied().collect();
            let outages = outages(&own, model.horizon);
            let total: i64 = outages.iter().map(|length| length.0).sum();
            let causes = trace::downtime(&own, agent, model.horizon);
            prop_assert_eq!(causes.values().sum::<i64>(), total);
            let verdict =
                |r: &&Record| matches!(r.event, Event::IfStayed { .. } | Event::IfSwitched { .. });
            prop_assert!(own.iter().filter(verdict).count() <= outages.len());
            // A move that begins in service and takes no time is no outage, and is compared all the same.
            let compared = |r: &&Record| matches!(r.event, Event::IfRemained { .. });
            let moves = |r: &&Record| matches!(r.event, Event::MoveBegun { in_service: true, .. });
            let moved = own.iter().filter(moves).count();
            prop_assert!(own.iter().filter(compared).count() <= moved);
        }
        Ok(())
    });
}

/// Lengths of the intervals between leaving service and coming back.
fn outages(own: &[Record], horizon: switchover::time::Time) -> Vec<Span> {
    let mut lengths = Vec::new();
    let mut down_since = None;
    for record in own {
        match record.event {
            Event::State { cause: Some(_), .. } => {
                down_since.get_or_insert(record.at);
            }
            Event::State { cause: None, .. } => {
                lengths.extend(down_since.take().map(|since| record.at - since));
            }
            _ => {}
        }
    }
    lengths.extend(down_since.map(|since| horizon - since));
    lengths
}
