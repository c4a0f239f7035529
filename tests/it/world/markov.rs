//! Random faults of the world against closed forms: an alternating renewal process (oracle O3)
//! and server pairs as Markov chains (O4), without any agent.
//!
//! One unit of time of the formulas is one second here. A repair crew shared by two members
//! cannot be expressed (every target keeps its own clock), nor a cold backup (a backup fails as
//! its primary does). The formulas stand with the oracles.

use switchover::distribution::Law;
use switchover::faults::sample;
use switchover::model::{Model, PairId, Role, Schedule, Target};
use switchover::random::RandomNumbers;
use switchover::time::{NANOS, Span, Time};
use switchover::world::World;

use crate::builder::{base, exponential, fault};
use crate::closed_form::Estimate;
use crate::oracles::{o3, o4};

/// The members of pair 0 fail by themselves; nothing else does.
fn failing(members: &[Role], up_s: f64, down_s: f64, horizon_s: i64) -> Model {
    let mut model = base();
    model.horizon = Time::from_secs(horizon_s);
    for &role in members {
        let (failure, repair) = (exponential(up_s), exponential(down_s));
        let target = Target::Process(PairId(0), role);
        fault(&mut model, target, Schedule::random(failure, repair));
    }
    model
}

/// Replications 0 to `count - 1`.
fn worlds(model: &Model, count: u64) -> impl Iterator<Item = World> + '_ {
    (0..count).map(move |replication| {
        let random = RandomNumbers { seed: 42, replication };
        World::simulate(model, random, &sample(model, random))
    })
}

fn downtime_s(model: &Model, world: &World) -> f64 {
    let none = |role: Option<Role>| role.is_none();
    world.pair(PairId(0)).serving.total(model.horizon, none).as_secs_f64()
}

#[test]
fn o3_alternating_renewal() {
    let (l, m, t) = (1.0 / 1000.0, 1.0 / 50.0, 2000.0);
    let mut model = failing(&[Role::Primary], 1000.0, 50.0, 2000);
    model.pairs[0].backup = None;
    let downs: Vec<f64> = worlds(&model, 8000).map(|w| downtime_s(&model, &w)).collect();
    let share = |hit: fn(f64) -> bool| downs.iter().map(move |&x| f64::from(u8::from(hit(x))));
    Estimate::of(downs.iter().copied()).agrees(o3::mean_downtime(l, m, t));
    Estimate::of(share(|x| x <= 100.0)).agrees(o3::at_most(l, m, t, 100.0));
    Estimate::of(share(|x| x == 0.0)).agrees(f64::exp(-l * t));
}

#[test]
fn o3_long_run_variance() {
    let (horizon, n) = (200_000, 2000);
    let mut model = failing(&[Role::Primary], 1000.0, 50.0, horizon);
    model.pairs[0].backup = None;
    let downs: Vec<f64> = worlds(&model, n).map(|w| downtime_s(&model, &w)).collect();
    let mean = downs.iter().sum::<f64>() / downs.len() as f64;
    let squares = downs.iter().map(|x| (x - mean) * (x - mean) / horizon as f64);
    Estimate::of(squares).agrees(o3::variance_rate(1.0 / 1000.0, 1.0 / 50.0));
}

#[test]
fn o4_both_members_down() {
    let (l, m) = (1.0 / 2000.0, 1.0 / 8.0);
    let model = failing(&Role::BOTH, 2000.0, 8.0, 3_000_000);
    let worlds: Vec<World> = worlds(&model, 300).collect();
    let both_down = worlds.iter().map(|world| {
        let up = &world.pair(PairId(0)).up;
        up[0].zip(&up[1], |a, b| !a && !b)
    });
    let lines: Vec<_> = both_down.collect();
    let share = |line: &switchover::world::Timeline<bool>| {
        line.total(model.horizon, |down| down).as_secs_f64() / 3e6
    };
    Estimate::of(lines.iter().map(share)).agrees(o4::hot_two_crews(l / m));
    let first = lines.iter().filter_map(|line| line.first(Time::ZERO, |down| down));
    let times: Vec<f64> = first.map(|at| at.0 as f64 / NANOS as f64).collect();
    // The horizon is twelve mean times: hardly a run may be without.
    assert!(times.len() == lines.len());
    Estimate::of(times).agrees(o4::hot_mean_time(l, m));
}

/// The formula lets recovery from an uncovered loss take 1/beta on average; ours ends at the
/// manual recovery or at the repair, whichever is first, so the former is lengthened to match.
#[test]
fn o4_active_and_standby() {
    let (l, m, delta, beta, k) = (1.0 / 2000.0, 1.0 / 8.0, 360.0, 12.0, 0.97);
    let mut model = failing(&Role::BOTH, 2000.0, 8.0, 3_000_000);
    let failover = &mut model.pairs[0].failover;
    failover.process = exponential(1.0 / delta);
    failover.coverage = k;
    failover.manual = o4::manual(m, beta);
    let shares = worlds(&model, 300).map(|world| downtime_s(&model, &world) / 3e6);
    Estimate::of(shares).agrees(o4::unavailability(l, m, delta, beta, k, 2.0));
}

/// Of the states in which somebody serves, both up has weight 1 and one down 2r: a loss finds
/// somebody to promote with probability 1/(1 + 2r), and 20 ms are too short to lose them again.
#[test]
fn o4_failovers_per_loss() {
    let mut model = failing(&Role::BOTH, 1000.0, 50.0, 1_000_000);
    model.pairs[0].failover.process = Law::Constant(Span::from_millis(20));
    let histories = worlds(&model, 10).map(|world| world.pair(PairId(0)).clone());
    let counts = histories.map(|pair| (pair.losses.len() as f64, pair.failovers() as f64));
    let (lost, done) = counts.fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1));
    let share = 1.0 / 1.1;
    let error = f64::sqrt(lost * share * (1.0 - share));
    assert!(((done - lost * share) / error).abs() < 4.0, "{done} of {lost}");
}
