//! Coverage: how often intervals at 95 % hold the truth, over many macro-experiments on the
//! alternating renewal process O3, sampled here directly, and on a few other laws.
//!
//! `cargo test --release --test it coverage -- --ignored --nocapture` prints the whole table.

use switchover::random::{Draw, Entity, Purpose, RandomNumbers};
use switchover::statistics::{Moments, Student};

/// The level of every interval here.
pub const LEVEL: f64 = 0.95;

/// The draw of one replication of one macro-experiment.
pub fn draw(seed: u64, replication: u64) -> Draw {
    RandomNumbers { seed, replication }.draw(Entity::agent(0, 0), Purpose::TimeToFailure, 0)
}

/// An exponential value.
pub fn exponential(mean: f64, draw: &mut Draw) -> f64 {
    -mean * draw.uniform().ln()
}

/// Downtime until `horizon` of a component that is up at first.
fn downtime(up: f64, down: f64, horizon: f64, draw: &mut Draw) -> f64 {
    let (mut now, mut total) = (0.0, 0.0);
    loop {
        now += exponential(up, draw);
        if now >= horizon {
            return total;
        }
        let outage = exponential(down, draw).min(horizon - now);
        total += outage;
        now += outage;
    }
}

/// Its mean, O3.
fn mean_downtime(up: f64, down: f64, horizon: f64) -> f64 {
    let (l, mu) = (1.0 / up, 1.0 / down);
    let sum = l + mu;
    l * horizon / sum - l / (sum * sum) * (1.0 - (-sum * horizon).exp())
}

/// A law whose mean is known.
struct Case {
    name: &'static str,
    truth: f64,
    sample: fn(&mut Draw) -> f64,
}

fn cases() -> [Case; 6] {
    [
        Case {
            name: "O3, t = 2000 s",
            truth: mean_downtime(1000.0, 50.0, 2000.0),
            sample: |draw| downtime(1000.0, 50.0, 2000.0, draw),
        },
        Case {
            name: "O3, t = 200 s (rare)",
            truth: mean_downtime(1000.0, 50.0, 200.0),
            sample: |draw| downtime(1000.0, 50.0, 200.0, draw),
        },
        Case {
            name: "O3, t = 40000 s (many)",
            truth: mean_downtime(1000.0, 50.0, 40_000.0),
            sample: |draw| downtime(1000.0, 50.0, 40_000.0, draw),
        },
        Case { name: "uniform (symmetric)", truth: 0.5, sample: |draw| draw.uniform() },
        Case { name: "exponential", truth: 1.0, sample: |draw| exponential(1.0, draw) },
        Case {
            name: "exponential squared",
            truth: 2.0,
            sample: |draw| exponential(1.0, draw).powi(2),
        },
    ]
}

/// How many of the macro-experiments of `n` replications cover: plain t, always adjusted for
/// skewness (what `Moments::mean` does), adjusted only below 30 replications or beyond skewness 2.
fn covered(case: &Case, seed: u64, macros: u64, n: u64) -> [u64; 3] {
    let student = Student::two_sided(LEVEL);
    let mut covered = [0; 3];
    for experiment in 0..macros {
        let mut moments = Moments::default();
        for replication in 0..n {
            moments.push((case.sample)(&mut draw(seed, experiment * n + replication)));
        }
        let [plain, adjusted] =
            [false, true].map(|how| moments.interval(&student, how).contains(case.truth));
        let sometimes = if n < 30 || moments.skewness().abs() > 2.0 { adjusted } else { plain };
        for (count, covers) in covered.iter_mut().zip([plain, adjusted, sometimes]) {
            *count += u64::from(covers);
        }
    }
    covered
}

#[test]
fn intervals_of_o3_cover_at_their_level() {
    let [case, ..] = &cases();
    assert!((case.truth - 92.970522).abs() < 1e-6);
    // Four standard errors of a share of 600 about 95 %.
    for (n, seed) in [(50, 11), (200, 12)] {
        for count in covered(case, seed, 600, n) {
            let share = count as f64 / 600.0;
            assert!((share - LEVEL).abs() < 0.036, "n = {n}: {share}");
        }
    }
}

#[test]
#[ignore = "prints a table; takes a minute in debug"]
fn coverage_table() {
    println!(
        "{:24} {:>4}  plain t   adjusted  n < 30 or skewness > 2",
        "2,000 macro-experiments", "n"
    );
    for case in cases() {
        for n in [3, 5, 10, 20, 30, 50, 100, 200] {
            let shares = covered(&case, n, 2000, n).map(|count| count as f64 / 2000.0);
            println!(
                "{:24} {n:4}  {:.4}    {:.4}    {:.4}",
                case.name, shares[0], shares[1], shares[2]
            );
        }
    }
}
