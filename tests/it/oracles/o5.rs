//! O5, how long a silent loss goes unnoticed: pings every K, n misses in a row, reply timeout tau.
//!
//! The scenario names the law of the delay, V + (n-1)K + tau with V uniform on [0, K] (pings on a
//! clock), as its detection law; the simulator sends no pings. So lost pings cannot be said: the
//! false alarms are checked as a chain of their own. Nor can a reply timeout that runs on after the
//! path has healed: where outages end, tau is 0.

use switchover::distribution::Law;
use switchover::model::{Model, Planes};
use switchover::time::Span;
use switchover::trace::{Event, Record};

use crate::builder::{always, at, exponential, s};
use crate::closed_form::{Estimate, golden};

use super::{HOME, apart, count, failing_paths, of_each_agent, plain, random};

/// The law of the delay, in whole seconds: ping interval, misses, reply timeout.
pub const fn pings(k: i64, n: i64, tau: i64) -> Law {
    Law::Uniform { lowest: s((n - 1) * k + tau), highest: s(n * k + tau) }
}

/// Every agent's path is cut once.
pub fn cut(detection: Law, repair: Law, agents: u32) -> Model {
    let mut model = plain();
    model.horizon = at(30_000);
    model.desktop.detection = detection;
    model.profiles[0].dr_timeout = Span::NEVER;
    apart(&mut model, agents);
    failing_paths(&mut model, HOME, Planes::Cti, always(15_000), repair);
    model
}

/// The delay of the one loss that an agent notices.
fn delay_s(records: &[Record]) -> Option<f64> {
    records.iter().find_map(|record| match record.event {
        Event::LossNoticed { since, .. } => Some((record.at - since).as_secs_f64()),
        _ => None,
    })
}

#[test]
fn mean_and_variance_of_the_delay() {
    let (k, n, tau) = (10.0, 3.0, 2.0);
    let (mean, variance) = ((n - 0.5) * k + tau, k * k / 12.0);
    golden(mean, 27.0);
    let agents =
        of_each_agent(&cut(pings(10, 3, 2), always(1_000_000), 10_000), random(6), delay_s);
    let delays: Vec<f64> = agents.into_iter().map(Option::unwrap).collect();
    assert!(delays.iter().all(|d| ((n - 1.0) * k + tau..=n * k + tau).contains(d)));
    Estimate::of(delays.iter().copied()).agrees(mean);
    Estimate::of(delays.iter().map(|d| (d - mean) * (d - mean))).agrees(variance);
}

fn noticed(repair: Law, agents: u32) -> Estimate {
    let agents = of_each_agent(&cut(pings(10, 3, 0), repair, agents), random(7), |records| {
        let broken = count(records, |event| matches!(event, Event::Broken { .. }));
        let survived = count(records, |event| matches!(event, Event::Survived { .. }));
        let noticed = delay_s(records).is_some();
        assert!(broken == 1 && survived == usize::from(!noticed));
        f64::from(u8::from(noticed))
    });
    Estimate::of(agents)
}

#[test]
fn outages_that_are_noticed() {
    let share = |d: f64| ((d - 20.0) / 10.0).clamp(0.0, 1.0);
    for d in [19, 20, 30, 45] {
        assert_eq!(noticed(always(d), 200).mean, share(d as f64), "d = {d}");
    }
    noticed(always(23), 10_000).agrees(share(23.0));
    let (k, n, m) = (10.0, 3.0, 1.0 / 40.0);
    let exponential_share = f64::exp(-m * (n - 1.0) * k) * (1.0 - f64::exp(-m * k)) / (m * k);
    golden(exponential_share, 0.53665643);
    noticed(exponential(40.0), 10_000).agrees(exponential_share);
}

/// Expected pings until n in a row are lost, each with probability p, from the chain's own
/// equations: with j misses, e(j) = 1 + p e(j + 1) + (1 - p) e(0), e(n) = 0.
fn pings_to_false_alarm(p: f64, n: u32) -> f64 {
    // e(j) = a + b e(0), backwards from e(n).
    let (a, b) = (0..n).fold((0.0, 0.0), |(a, b), _| (1.0 + p * a, p * b + 1.0 - p));
    a / (1.0 - b)
}

#[test]
fn false_alarms_as_a_chain() {
    golden(pings_to_false_alarm(0.05, 3), 8420.0);
    for (p, n) in [(0.05, 3), (0.2, 2), (0.5, 5), (0.01, 1)] {
        golden(pings_to_false_alarm(p, n), (f64::powi(p, -(n as i32)) - 1.0) / (1.0 - p));
    }
}
