//! O2, long-run unavailability and switchovers with a timeout T and a hold-down H before the
//! restore: the backup site is perfect, up times are exponential, the restore waits until the
//! preferred site has been up for H without a break.
//!
//! The scenario: every agent's path to its preferred site fails by its own clock. Probes are one
//! millisecond apart, so that "up for H" and "every probe over H succeeded" differ by that much.
//! Two differences stay, each below 3e-4 of the result: the hold-down cannot begin before the login
//! away from home has ended, and an outage may begin during the login at home.

use switchover::distribution::Law;
use switchover::model::{Model, Planes};
use switchover::time::{Span, Time};
use switchover::trace::Record;

use crate::builder::{exponential, s};
use crate::closed_form::{Estimate, golden};

use super::{
    AWAY, HOME, apart, downtime_s, failing_paths, of_each_agent, plain, random, seconds,
    switchovers,
};

/// Unavailability, failovers per second and the share of time on the backup, for exponential
/// outages: rates l and m, timeout t, hold-down h, total cost c of a switchover.
pub fn long_run(l: f64, m: f64, t: f64, h: f64, c: f64) -> [f64; 3] {
    let q = (-m * t).exp();
    let again = (l * h).exp() - 1.0;
    let cycle = (1.0 / l + 1.0 / m) * (1.0 + q * again);
    let rate = q / cycle;
    let away = rate * (1.0 / m + again * (1.0 / l + 1.0 / m));
    [((1.0 - q) / m + c * q) / cycle, rate, away]
}

const DAY: f64 = 86_400.0;
/// The horizon.
pub const YEAR_S: i64 = 31_536_000;

/// The scenario.
pub fn scenario(dr_timeout: Span, hold_down: Span, login: Span, agents: u32) -> Model {
    let mut model = plain();
    model.horizon = Time::from_secs(YEAR_S);
    model.desktop.login = Law::Constant(login);
    model.desktop.probe_interval = Some(Span::from_millis(1));
    model.what_if.hold_down = hold_down;
    model.profiles[0].dr_timeout = dr_timeout;
    apart(&mut model, agents);
    failing_paths(&mut model, HOME, Planes::Cti, exponential(7200.0), exponential(300.0));
    model
}

#[track_caller]
fn agrees(model: &Model, expected: [f64; 3]) {
    let per_second = |total: f64| total / YEAR_S as f64;
    let ask = |r: &[Record]| {
        let away = seconds(r, |site, _| site == Some(AWAY));
        [downtime_s(r), switchovers(r) as f64, away].map(per_second)
    };
    let agents = of_each_agent(model, random(4), ask);
    for (measure, truth) in expected.into_iter().enumerate() {
        if truth > 0.0 {
            Estimate::of(agents.iter().map(|agent| agent[measure])).agrees(truth);
        } else {
            assert!(agents.iter().all(|agent| agent[measure] == 0.0));
        }
    }
}

#[test]
fn with_a_hold_down() {
    let expected = long_run(1.0 / 7200.0, 1.0 / 300.0, 60.0, 1800.0, 25.0);
    golden(expected[0], 0.0080969945);
    golden(expected[1] * DAY, 7.6523080);
    golden(expected[2], 0.21523804);
    agrees(&scenario(s(60), s(1800), Span::from_millis(12_500), 40), expected);
}

#[test]
fn without_a_hold_down() {
    let expected = long_run(1.0 / 7200.0, 1.0 / 300.0, 60.0, 0.0, 25.0);
    let per_outage = 300.0 * (1.0 - f64::exp(-0.2)) + 25.0 * f64::exp(-0.2);
    golden(expected[0], per_outage / 7500.0);
    agrees(&scenario(s(60), s(0), Span::from_millis(12_500), 15), expected);
}

#[test]
fn without_a_timeout() {
    let expected = [300.0 / 7500.0, 0.0, 0.0];
    agrees(&scenario(Span::NEVER, s(0), s(0), 15), expected);
}
