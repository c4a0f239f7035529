//! O3, an alternating renewal process: something that has no backup is up and down by turns.
//!
//! The scenario: every agent has one site only and a path of its own to it; it is back at the
//! instant at which the path is, so its downtime is that of the path.

use switchover::model::Planes;

use crate::builder::{at, exponential};
use crate::closed_form::{Estimate, golden};

use super::{HOME, apart, downtime_s, failing_paths, of_each_agent, plain, random};

/// Mean downtime in [0, t): rates l of failure and m of repair, up at 0.
pub fn mean_downtime(l: f64, m: f64, t: f64) -> f64 {
    let sum = l + m;
    l * t / sum - l / (sum * sum) * (1.0 - (-sum * t).exp())
}

/// P(downtime in [0, t) <= x), x < t: a Poisson sum of Erlang laws.
pub fn at_most(l: f64, m: f64, t: f64, x: f64) -> f64 {
    let poisson = |rate: f64, n: i32| (f64::from(n) * rate.ln() - rate - ln_factorial(n)).exp();
    let erlang = |n: i32| 1.0 - (0..n).map(|k| poisson(m * x, k)).sum::<f64>();
    (0..200).map(|n| poisson(l * (t - x), n) * erlang(n)).sum()
}

fn ln_factorial(n: i32) -> f64 {
    (1..=n).map(|k| f64::from(k).ln()).sum()
}

/// Asymptotic variance of the downtime per unit of time.
pub fn variance_rate(l: f64, m: f64) -> f64 {
    2.0 * l * m / (l + m).powi(3)
}

#[test]
fn the_formulas_give_their_published_values() {
    let (l, m, t) = (1.0 / 1000.0, 1.0 / 50.0, 2000.0);
    golden(mean_downtime(l, m, t), 92.970522);
    golden(at_most(l, m, t, 100.0), 0.62433677);
    golden(f64::exp(-l * t), 0.13533528);
    golden(variance_rate(l, m), 4.319188);
}

#[test]
fn agents_without_a_peer() {
    let (l, m, t) = (1.0 / 1000.0, 1.0 / 50.0, 2000.0);
    let mut model = plain();
    model.horizon = at(2000);
    model.profiles[0].peer = None;
    model.profiles[0].dr = [false; 3];
    apart(&mut model, 10_000);
    failing_paths(&mut model, HOME, Planes::Cti, exponential(1000.0), exponential(50.0));
    let downs = of_each_agent(&model, random(5), downtime_s);
    let share = |hit: fn(f64) -> bool| downs.iter().map(move |&x| f64::from(u8::from(hit(x))));
    Estimate::of(downs.iter().copied()).agrees(mean_downtime(l, m, t));
    Estimate::of(share(|x| x <= 100.0)).agrees(at_most(l, m, t, 100.0));
    Estimate::of(share(|x| x == 0.0)).agrees(f64::exp(-l * t));
}
