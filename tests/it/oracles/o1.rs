//! O1, the downtime of one outage under a timeout T: W = min(D, T) + c 1{D > T}.
//!
//! The scenario: every agent's path to its preferred site is cut once, for D; the DR timeout is T;
//! logging in takes c/2, once away and once back. A move goes on when the old site returns
//! meanwhile, as the formula wants ("committed"). The abortable switch cannot be said: instead of
//! it, a timer longer by the switch time s and a login that takes no time have the same downtime,
//! min(D, T + s).

use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::gamma::gamma_li;
use switchover::distribution::{Branch, Law, Z95};
use switchover::model::{Model, Planes};
use switchover::time::Span;

use crate::builder::{always, at, exponential, s};
use crate::closed_form::{Estimate, golden};

use super::{HOME, apart, downtime_s, failing_paths, of_each_agent, plain, random, switchovers};

/// A law of the outage, and what it means for a timeout.
pub struct Outage {
    /// Its law.
    pub law: Law,
    /// Mean of min(D, T).
    pub cut_mean: f64,
    /// P(D > T).
    pub beyond: f64,
}

/// Exponential outages.
pub fn exponential_outage(mean: f64, t: f64) -> Outage {
    let beyond = (-t / mean).exp();
    Outage { law: exponential(mean), cut_mean: mean * (1.0 - beyond), beyond }
}

/// Weibull outages.
pub fn weibull(shape: f64, scale: f64, t: f64) -> Outage {
    let x = (t / scale).powf(shape);
    let cut_mean = scale / shape * gamma_li(1.0 / shape, x);
    let law = Law::Weibull { shape, scale: Span::from_secs_f64(scale) };
    Outage { law, cut_mean, beyond: (-x).exp() }
}

fn lognormal(median: f64, sigma: f64, t: f64) -> Outage {
    let normal = Normal::new(0.0, 1.0).unwrap();
    let z = (t / median).ln() / sigma;
    let beyond = 1.0 - normal.cdf(z);
    let cut_mean = median * (sigma * sigma / 2.0).exp() * normal.cdf(z - sigma) + t * beyond;
    let [median, p95] = [median, median * (sigma * Z95).exp()].map(Span::from_secs_f64);
    Outage { law: Law::Lognormal { median, p95 }, cut_mean, beyond }
}

fn hyperexponential(branches: &[(f64, f64)], t: f64) -> Outage {
    let parts = branches.iter().map(|&(p, mean)| {
        let part = exponential_outage(mean, t);
        (p * part.cut_mean, p * part.beyond)
    });
    let (cut_mean, beyond) = parts.fold((0.0, 0.0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
    let branch = |&(probability, mean)| Branch { probability, mean: Span::from_secs_f64(mean) };
    let law = Law::Hyperexponential(branches.iter().map(branch).collect());
    Outage { law, cut_mean, beyond }
}

/// Agents with one outage each, DR timeout `t` and login time `c` / 2.
pub fn scenario(law: &Law, t: Span, c: Span, agents: u32) -> Model {
    let mut model = plain();
    model.horizon = at(300_000);
    model.desktop.login = Law::Constant(Span(c.0 / 2));
    model.profiles[0].dr_timeout = t;
    apart(&mut model, agents);
    failing_paths(&mut model, HOME, Planes::Cti, always(150_000), law.clone());
    model
}

/// The downtime of each of some agents.
fn simulated(law: &Law, t: Span, c: Span, agents: u32) -> Vec<f64> {
    of_each_agent(&scenario(law, t, c, agents), random(1), |records| {
        assert!(switchovers(records) <= 1);
        downtime_s(records)
    })
}

#[track_caller]
fn mean_agrees(outage: &Outage, t: Span, c: Span) -> Vec<f64> {
    let downs = simulated(&outage.law, t, c, 20_000);
    let mean = outage.cut_mean + c.as_secs_f64() * outage.beyond;
    Estimate::of(downs.iter().copied()).agrees(mean);
    downs
}

#[test]
/// Exponential outages.
pub fn exponential_outages() {
    let (m, t, c) = (1.0 / 300.0, 60.0, 25.0);
    let outage = exponential_outage(1.0 / m, t);
    let mean = outage.cut_mean + c * outage.beyond;
    golden(mean, 74.849043);
    let beyond = (-m * t).exp();
    let square = 2.0 / (m * m) * (1.0 - beyond * (1.0 + m * t)) + (2.0 * t * c + c * c) * beyond;
    golden(square - mean * mean, 519.67709);
    let downs = mean_agrees(&outage, s(60), s(25));
    Estimate::of(downs.iter().map(|w| (w - mean) * (w - mean))).agrees(519.67709);
}

#[test]
fn an_abortable_switch_is_a_longer_timer() {
    let outage = exponential_outage(300.0, 85.0);
    golden(outage.cut_mean, 74.019403);
    mean_agrees(&outage, s(85), s(0));
}

#[test]
fn other_laws() {
    let outages = [
        (weibull(0.5, 120.0, 60.0), 37.986982),
        (lognormal(60.0, 1.2, 60.0), 44.184177),
        (hyperexponential(&[(0.9, 20.0), (0.1, 900.0)], 60.0), 22.908204),
    ];
    for (outage, published) in outages {
        golden(outage.cut_mean, published);
        mean_agrees(&outage, s(60), s(25));
    }
}

#[test]
fn constant_outages() {
    for (d, t, expected) in [(40, 60, 40.0), (61, 60, 85.0), (60, 60, 60.0)] {
        let downs = simulated(&always(d), s(t), s(25), 10);
        assert!(downs.iter().all(|&down| down == expected), "D = {d}");
    }
}
