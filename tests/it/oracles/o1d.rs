//! O1d, flapping: how often an outage leads to a switchover, and to one that is regretted.
//!
//! The scenario is that of O1. An outage is regretted here if staying, as the simulator's own
//! counterfactual has it, would have been shorter than the switchover and the restore together.
//! Outages that start as a Poisson process independently of their lengths cannot be said (a fault
//! waits for its repair): failures are so rare instead that the difference is 1/16,000.

use switchover::distribution::Law;
use switchover::model::{Model, Planes};
use switchover::time::Span;
use switchover::trace::{Event, Record};

use crate::builder::{always, at, exponential, s};
use crate::closed_form::{Estimate, golden};

use super::{HOME, apart, downtime_s, failing_paths, of_each_agent, plain, random, switchovers};

fn regretted(records: &[Record]) -> bool {
    let stayed = records.iter().find_map(|record| match record.event {
        Event::IfStayed { downtime } => Some(downtime.as_secs_f64()),
        _ => None,
    });
    stayed.is_some_and(|stayed| stayed < downtime_s(records))
}

/// Agents with one exponential outage each, T = 45 s and c = 25 s.
pub fn scenario(mean: f64, agents: u32) -> Model {
    let mut model = plain();
    model.horizon = at(30_000);
    model.desktop.login = Law::Constant(Span::from_millis(12_500));
    model.profiles[0].dr_timeout = s(45);
    apart(&mut model, agents);
    failing_paths(&mut model, HOME, Planes::Cti, always(15_000), exponential(mean));
    model
}

/// The shares of outages that are switched, and whose switchover is regretted.
pub fn shares(mean: f64, t: f64, c: f64) -> [f64; 2] {
    let switched = f64::exp(-t / mean);
    [switched, switched * (1.0 - f64::exp(-c / mean))]
}

#[test]
fn switched_and_regretted() {
    let mean = 60.0;
    let [switched, regret] = shares(mean, 45.0, 25.0);
    golden(regret, 0.16096333);
    let model = scenario(mean, 20_000);
    let agents = of_each_agent(&model, random(2), |r| (switchovers(r) as f64, regretted(r)));
    Estimate::of(agents.iter().map(|agent| agent.0)).agrees(switched);
    Estimate::of(agents.iter().map(|agent| f64::from(u8::from(agent.1)))).agrees(regret);
}

#[test]
fn switchovers_of_rare_outages_are_a_poisson_process() {
    let (every, mean, t, horizon) = (1e6, 60.0, 45.0_f64, 3e6);
    let expected = horizon / every * f64::exp(-t / mean);
    let mut model = plain();
    model.horizon = at(3_000_000);
    model.profiles[0].dr_timeout = s(45);
    apart(&mut model, 20_000);
    failing_paths(&mut model, HOME, Planes::Cti, exponential(every), exponential(mean));
    let counts = of_each_agent(&model, random(3), |r| switchovers(r) as f64);
    Estimate::of(counts.iter().copied()).agrees(expected);
    Estimate::of(counts.iter().map(|n| (n - expected) * (n - expected))).agrees(expected);
    let none = counts.iter().map(|&n| f64::from(u8::from(n == 0.0)));
    Estimate::of(none).agrees(f64::exp(-expected));
}
