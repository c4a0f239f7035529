//! The exact law of the downtime in oracle O3 against the downtimes of single replications.

use crate::oracles::o3;

use super::{answered, renewals, replicated};

/// The largest distance between the law of `values` (sorted) and `law`, both continuous above 0
/// with an atom at 0: there both jump, and the distance is taken behind the jump only.
fn distance(values: &[f64], law: impl Fn(f64) -> f64) -> f64 {
    let count = values.len() as f64;
    let zeros = values.partition_point(|value| *value <= 0.0);
    let at_zero = (zeros as f64 / count - law(0.0)).abs();
    let beyond = values.iter().enumerate().skip(zeros).map(|(before, value)| {
        let exact = law(*value);
        f64::max((exact - before as f64 / count).abs(), ((before + 1) as f64 / count - exact).abs())
    });
    beyond.fold(at_zero, f64::max)
}

/// P(downtime <= x), x < t, as [`o3::at_most`] has it, term after term: fast enough for every
/// value of a sample. At 0 it is the atom, no fault at all.
fn at_most(l: f64, m: f64, t: f64, x: f64) -> f64 {
    let (failures, repairs) = (l * (t - x), m * x);
    // Poisson weights of n failures, and P(n repairs last at most x) = 1 - P(fewer than n by x).
    let (mut weight, mut erlang, mut term) = (f64::exp(-failures), 1.0, f64::exp(-repairs));
    let mut sum = 0.0;
    for n in 1..=80 {
        sum += weight * erlang;
        weight *= failures / f64::from(n);
        erlang -= term;
        term *= repairs / f64::from(n);
    }
    sum
}

#[test]
fn the_fast_law_is_the_exact_one() {
    for x in [1e-3, 1.0, 50.0, 100.0, 400.0, 900.0] {
        let exact = o3::at_most(1.0 / 1000.0, 1.0 / 50.0, 2000.0, x);
        let fast = at_most(1.0 / 1000.0, 1.0 / 50.0, 2000.0, x);
        assert!((exact - fast).abs() < 1e-10, "{x}: {exact} {fast}");
    }
    let atom = at_most(1e-3, 0.02, 2000.0, 0.0);
    assert!((atom - f64::exp(-2.0)).abs() < 1e-15, "{atom}");
}

/// Kolmogorov's limit at level 0.001: 1.95/sqrt(n). With an atom the distance can only be smaller,
/// so that the level is kept.
#[test]
fn downtimes_of_replications_follow_the_exact_law() {
    let (l, m, t) = (1.0 / 1000.0, 1.0 / 50.0, 2000.0);
    let model = replicated(renewals(1000.0, 50.0, 2000, 1), 4000, 0.95);
    let downs = answered(&model, |answer| {
        let measure = answer.gathered.measure_named("downtime_s.total").unwrap();
        let mut downs: Vec<f64> = answer.gathered.values(measure).into_iter().flatten().collect();
        downs.sort_by(f64::total_cmp);
        downs
    });
    assert_eq!(downs.len(), 4000);
    let law = |m: f64| move |x: f64| at_most(l, m, t, x);
    let found = distance(&downs, law(m));
    assert!(found < 1.95 / 4000.0_f64.sqrt(), "{found}");
    // The test can tell: a law with repairs 15 % longer is far away.
    let other = distance(&downs, law(m / 1.15));
    assert!(other > 1.95 / 4000.0_f64.sqrt(), "{other}");
}
