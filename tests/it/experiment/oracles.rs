//! Every closed form of the oracles again through experiments: one experiment each at a fixed
//! seed, whose interval at 99.99 % must hold the truth. The formulas and the scenarios are those
//! of the oracles.

use switchover::distribution::Law;
use switchover::experiment::Answer;
use switchover::model::{Model, Planes};
use switchover::time::Span;

use crate::builder::{always, at, exponential, s};
use crate::closed_form::{Estimate, golden};
use crate::oracles::{
    AWAY, HOME, apart, failing_paths, o1, o1d, o2, o3, o4, o5, o6, o7, o9, plain,
};

use super::{answered, renewals, replicated};

/// Replicates a model, and expects the truth of every measure in its interval.
#[track_caller]
fn holds(model: Model, replications: u32, truths: &[(&str, f64)]) {
    answered(&replicated(model, replications, 0.9999), |answer| {
        for (name, truth) in truths {
            inside(answer, name, *truth);
        }
    });
}

#[track_caller]
fn inside(answer: &Answer, name: &str, truth: f64) {
    let estimate = answer.line(name).unwrap_or_else(|| panic!("{name}")).estimate;
    let interval = estimate.interval.unwrap_or_else(|| panic!("{name}: {estimate:?}"));
    let rounding = 1e-12 * truth;
    let inside = interval.low <= truth + rounding && truth <= interval.high + rounding;
    assert!(inside, "{name}: {estimate:?}, expected {truth}");
    // An interval that holds everything shows nothing.
    let half = estimate.half_width().unwrap();
    assert!(half <= 0.25 * truth, "{name}: {half} about {truth} is too wide to tell");
}

#[test]
fn o1_downtime_under_a_timeout() {
    let outages =
        [(o1::exponential_outage(300.0, 60.0), 25.0), (o1::weibull(0.5, 120.0, 60.0), 25.0)];
    for (outage, c) in outages {
        let mean = outage.cut_mean + c * outage.beyond;
        let model = o1::scenario(&outage.law, s(60), s(25), 50);
        let moved = 50.0 * outage.beyond;
        holds(model, 60, &[("downtime_s.per_agent.mean", mean), ("switchovers.count", moved)]);
    }
}

#[test]
fn o1d_switched_and_regretted() {
    let [switched, regretted] = o1d::shares(60.0, 45.0, 25.0);
    golden(regretted, 0.16096333);
    let truths =
        [("switchovers.count", 50.0 * switched), ("switchovers.regretted", 50.0 * regretted)];
    holds(o1d::scenario(60.0, 50), 100, &truths);
}

#[test]
fn o2_hold_down() {
    let [unavailability, rate, _] = o2::long_run(1.0 / 7200.0, 1.0 / 300.0, 60.0, 1800.0, 25.0);
    let year = o2::YEAR_S as f64;
    let model = o2::scenario(s(60), s(1800), Span::from_millis(12_500), 1);
    let truths = [
        ("downtime_s.total", unavailability * year),
        ("availability", 1.0 - unavailability),
        ("switchovers.count", rate * year),
    ];
    holds(model, 20, &truths);
}

#[test]
fn o3_alternating_renewal() {
    let (l, m, t) = (1.0 / 1000.0, 1.0 / 50.0, 2000.0);
    let mean = o3::mean_downtime(l, m, t);
    let truths = [("downtime_s.per_agent.mean", mean), ("availability", 1.0 - mean / t)];
    holds(renewals(1000.0, 50.0, 2000, 40), 100, &truths);
    // One agent: the share of replications in which anything happened.
    let model = replicated(renewals(1000.0, 50.0, 2000, 1), 2000, 0.9999);
    answered(&model, |answer| {
        inside(answer, "downtime_s.total", mean);
        let any = answer.line("downtime_s.total").unwrap().any.unwrap();
        assert!(any.interval.unwrap().contains(1.0 - f64::exp(-l * t)), "{any:?}");
    });
}

#[test]
fn o4_a_pair() {
    let (l, m, delta, beta, k) = (1.0 / 2000.0, 1.0 / 8.0, 360.0, 12.0, 0.97);
    let model = o4::scenario(l, m, delta, beta, k);
    let truth = o4::unavailability(l, m, delta, beta, k, 2.0);
    let pair = format!("pairs.{}.downtime_s", model.pairs[0].name);
    let truths = [("downtime_s.total", truth * 3e6), (pair.as_str(), truth * 3e6)];
    holds(model, 100, &truths);
}

#[test]
fn o5_detection() {
    let lost_for_good = o5::cut(o5::pings(10, 3, 2), always(1_000_000), 40);
    answered(&replicated(lost_for_good, 50, 0.9999), |answer| {
        inside(answer, "downtime_s.by_cause.undetected", 40.0 * 27.0);
    });
    let short = o5::cut(o5::pings(10, 3, 0), exponential(40.0), 40);
    let truths = [("connections.sip.losses", 40.0 * 0.53665643), ("connections.sip.broken", 40.0)];
    holds(short, 50, &truths);
}

#[test]
fn o6_registrations_after_a_failover() {
    let n = 200;
    let model = replicated(o6::lost_bindings(n), 150, 0.9999);
    answered(&model, |answer| {
        inside(answer, "downtime_s.total", f64::from(n) * 60.0 / 2.0);
        inside(answer, "downtime_s.per_agent.max", 59.701493);
        // The 190th of 200 in every replication.
        let measure = answer.gathered.measure_named("downtime_s.per_agent.p95").unwrap();
        Estimate::of(answer.gathered.values(measure).into_iter().flatten()).agrees(56.716418);
    });
}

#[test]
fn o7_a_storm_of_logins() {
    let model = o7::scenario(&[at(100); 200]);
    let (n, c) = (200.0, 50.0);
    answered(&replicated(model, 5, 0.9999), |answer| {
        let waited = answer.line("sites.y.login_wait_longest_s").unwrap().estimate;
        golden(waited.value.unwrap(), (n - 1.0) / c);
        assert_eq!(waited.half_width(), Some(0.0), "it is always the same");
        inside(answer, "downtime_s.per_agent.mean", 1.0 + (n + 1.0) / (2.0 * c));
    });
}

/// N arrivals spread at random over J, far faster than they are served: from the first on, which
/// comes after J/(N+1), the site is busy without a break, so that the k-th is done k/C later.
#[test]
fn o7_a_storm_in_any_order() {
    let (n, c, spread) = (1000.0, 50.0, 5.0);
    let mut model = plain();
    model.desktop.login = Law::Constant(o7::GAP);
    model.sites[AWAY.index()].login_gap = Some(o7::GAP);
    model.profiles[0].dr_timeout = s(1);
    apart(&mut model, 1000);
    let arrival = Law::Uniform { lowest: s(100), highest: s(105) };
    failing_paths(&mut model, HOME, Planes::Cti, arrival, always(1_000_000));
    let sojourn = (n + 1.0) / (2.0 * c) + spread / (n + 1.0) - spread / 2.0;
    holds(model, 20, &[("downtime_s.per_agent.mean", 1.0 + sojourn)]);
}

#[test]
fn o9_two_imperfect_sites() {
    let truth = o9::long_run(1.0 / 500.0, 1.0 / 60.0, 45.0).0;
    golden(truth, 0.062679452);
    let downtime = truth * o9::HORIZON_S as f64;
    let truths = [("downtime_s.total", downtime), ("availability", 1.0 - truth)];
    holds(o9::scenario(s(45), 1), 15, &truths);
}
