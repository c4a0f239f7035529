//! O4, a server pair as a Markov chain.
//!
//! The scenario: one agent with one site, whose two SIP Servers fail by their own clocks; a dead
//! process refuses at once and the retry delay is one nanosecond, so the agent is back when the
//! pair is. One unit of time of the formulas is one second. What cannot be said: a repair crew
//! shared by two members (every target keeps its own clock) and a cold backup (a backup fails as
//! its primary does); those formulas are checked in their published digits only. The world's side
//! of the same chain is tested beside the world.

use switchover::model::{Model, PairId, Role, Schedule, Target};
use switchover::time::{Span, Time};

use crate::builder::{exponential, fault};
use crate::closed_form::{Estimate, golden};

use super::{downtime_s, of_each_agent, plain, random};

/// Both members down; r = failure rate / repair rate.
pub fn hot_one_crew(r: f64) -> f64 {
    2.0 * r * r / (1.0 + 2.0 * r + 2.0 * r * r)
}

/// Both members down, each repaired on its own.
pub fn hot_two_crews(r: f64) -> f64 {
    (r / (1.0 + r)) * (r / (1.0 + r))
}

fn cold_one_crew(r: f64) -> f64 {
    r * r / (1.0 + r + r * r)
}

fn cold_two_crews(r: f64) -> f64 {
    (r * r / 2.0) / (1.0 + r + r * r / 2.0)
}

/// Mean time until both members of a hot pair are down at once.
pub fn hot_mean_time(l: f64, m: f64) -> f64 {
    (3.0 * l + m) / (2.0 * l * l)
}

fn cold_mean_time(l: f64, m: f64) -> f64 {
    (2.0 * l + m) / (l * l)
}

/// Active and standby: switching takes 1/delta and is covered with probability k, else recovery
/// takes 1/beta; `crews` repair two members that are both down.
pub fn unavailability(l: f64, m: f64, delta: f64, beta: f64, k: f64, crews: f64) -> f64 {
    let both = 2.0 * l * l / (m * m) / crews;
    let switching = l * k / delta + l * (1.0 - k) / beta;
    (both + switching) / (1.0 + 2.0 * l / m + both + switching)
}

/// Manual recovery time for which an uncovered loss lasts 1/beta on average, though a repair
/// (rate m) may end it before.
pub fn manual(m: f64, beta: f64) -> Span {
    Span::from_secs_f64(-f64::ln(1.0 - m / beta) / m)
}

/// Both processes of pair 0 fail, each by its own clock.
pub fn failing_members(model: &mut Model, up_s: f64, down_s: f64) {
    for role in Role::BOTH {
        let (failure, repair) = (exponential(up_s), exponential(down_s));
        let target = Target::Process(PairId(0), role);
        fault(model, target, Schedule::random(failure, repair));
    }
}

#[test]
fn the_formulas_give_their_published_values() {
    let (l, m) = (1.0 / 2000.0, 1.0 / 8.0);
    golden(hot_one_crew(l / m), 3.1745024e-5);
    golden(hot_two_crews(l / m), 1.5872764e-5);
    golden(cold_one_crew(l / m), 1.5936001e-5);
    golden(cold_two_crews(l / m), 7.968_064_0e-6);
    golden(hot_mean_time(l, m), 253_000.0);
    golden(cold_mean_time(l, m), 504_000.0);
    golden(unavailability(l, m, 360.0, 12.0, 0.97, 1.0), 3.432_146_31e-5);
}

/// One agent at such a pair, for 3,000,000 s.
pub fn scenario(l: f64, m: f64, delta: f64, beta: f64, k: f64) -> Model {
    let mut model = plain();
    model.horizon = Time::from_secs(3_000_000);
    model.profiles[0].peer = None;
    model.profiles[0].dr = [false; 3];
    model.profiles[0].retry_delay = vec![Span(1)];
    failing_members(&mut model, 1.0 / l, 1.0 / m);
    model.pairs[0].failover.process = exponential(1.0 / delta);
    model.pairs[0].failover.coverage = k;
    model.pairs[0].failover.manual = manual(m, beta);
    model
}

#[test]
fn an_agent_at_a_pair() {
    let (l, m, delta, beta, k) = (1.0 / 2000.0, 1.0 / 8.0, 360.0, 12.0, 0.97);
    let model = scenario(l, m, delta, beta, k);
    let shares = (0..200).map(|replication| {
        let downs = of_each_agent(&model, random(replication), downtime_s);
        downs[0] / 3e6
    });
    Estimate::of(shares).agrees(unavailability(l, m, delta, beta, k, 2.0));
}
