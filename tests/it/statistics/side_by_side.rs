//! Policies on the same luck: coverage of differences of percentiles, how often the best policy
//! is among those that may be, and the Pareto set against a reference of its own.
//!
//! `cargo test --release --test it side_by_side -- --ignored --nocapture` prints the coverage.

use proptest::prelude::*;
use switchover::random::{Draw, Entity, Purpose, RandomNumbers};
use switchover::statistics::laws::normal;
use switchover::statistics::{Resamples, Sketch, least, paired_quantiles, pareto};

use super::coverage::{LEVEL, draw};

/// Groups of replications that sketches are kept for.
const GROUPS: u64 = 64;

fn resamples(groups: u64) -> Resamples {
    Resamples::new(groups as usize, 1_000, |number| {
        let luck = RandomNumbers { seed: 0, replication: number as u64 };
        luck.uniforms::<{ GROUPS as usize }>(Entity::agent(0, 0), Purpose::Resample, 0).to_vec()
    })
}

/// An exponential value of mean 60 s in A and 5 s more than one of mean 40 s in B, in
/// milliseconds. Normal scores that correlate with 0.9 make them alike; a part of the luck belongs
/// to the replication.
fn pair(shared: f64, draw: &mut Draw) -> (i64, i64) {
    let mut gauss = || normal(draw.uniform());
    let of_a = 0.5_f64.sqrt() * shared + 0.5_f64.sqrt() * gauss();
    let of_b = 0.9 * of_a + (1.0 - 0.81_f64).sqrt() * gauss();
    let exponential = |z: f64| -(0.5 * libm::erfc(z * std::f64::consts::FRAC_1_SQRT_2)).ln();
    ((60_000.0 * exponential(of_a)) as i64, 5_000 + (40_000.0 * exponential(of_b)) as i64)
}

/// Shares of `experiments` that give an interval, and of these that hold the truth.
fn covered(experiments: u64, replications: u64, each: u32, p: f64) -> (f64, f64) {
    let truth = -5.0 + 20.0 * -(1.0 - p).ln();
    let resamples = resamples(GROUPS.min(replications));
    let (mut told, mut held) = (0, 0);
    for experiment in 0..experiments {
        let mut groups = vec![(Vec::new(), Vec::new()); GROUPS.min(replications) as usize];
        for replication in 0..replications {
            let mut draw = draw(77, experiment * replications + replication);
            let shared = normal(draw.uniform());
            let group = &mut groups[(replication % GROUPS) as usize];
            for _ in 0..each {
                let (a, b) = pair(shared, &mut draw);
                group.0.push(a);
                group.1.push(b);
            }
        }
        let sketch = |mut values: Vec<i64>| {
            values.sort_unstable();
            Sketch::from_sorted(&values)
        };
        let (a, b): (Vec<_>, Vec<_>) =
            groups.into_iter().map(|(a, b)| (sketch(a), sketch(b))).unzip();
        let found = paired_quantiles((&a, &b), p, LEVEL, &resamples);
        if let Some(interval) = found.interval {
            told += 1;
            held += u64::from(interval.low <= -truth * 1e3 && -truth * 1e3 <= interval.high);
        }
    }
    (told as f64 / experiments as f64, held as f64 / f64::max(1.0, told as f64))
}

/// Three standard errors of a share of 150 about 95 % are 5.3 %.
#[test]
fn differences_of_percentiles_cover_or_are_refused() {
    for (replications, each, p) in [(100, 1, 0.5), (600, 1, 0.95), (100, 19, 0.95)] {
        let (told, held) = covered(150, replications, each, p);
        assert!(told > 0.5 && held >= 0.897, "{replications} of {each}, {p}: {told} {held}");
    }
    for (replications, each, p) in [(100, 1, 0.95), (100, 1, 0.99), (100, 19, 0.99)] {
        let told = covered(20, replications, each, p).0;
        assert_eq!(told, 0.0, "fewer than twenty values lie beyond {p}");
    }
}

#[test]
#[ignore = "prints a table; takes minutes"]
fn coverage_of_differences_of_percentiles() {
    let mut outside = Vec::new();
    for (replications, each) in [(100, 19), (100, 1), (600, 1)] {
        for p in [0.99, 0.95, 0.5] {
            let (told, held) = covered(2_000, replications, each, p);
            let line = format!(
                "{replications} replications of {each}, p = {p}: {told:.4} have an interval, {held:.4} of these hold the truth"
            );
            println!("{line}");
            // One standard error of the share is 0.5 %.
            if told > 0.0 && !(0.93..=0.97).contains(&held) {
                outside.push(line);
            }
        }
    }
    assert!(outside.is_empty(), "{outside:#?}");
}

/// Means 0, 0.1, 0.2, 0.3 and 2 with a chance that all share: the first must stay, the last must go.
#[test]
fn the_best_is_among_those_that_may_be() {
    let (mut kept, mut gone) = (0, 0);
    for experiment in 0..400 {
        let mut samples = vec![Vec::new(); 5];
        for replication in 0..30 {
            let mut draw = draw(78, experiment * 30 + replication);
            let shared = 3.0 * normal(draw.uniform());
            for (own, mean) in samples.iter_mut().zip([0.0, 0.1, 0.2, 0.3, 2.0]) {
                own.push(mean + shared + normal(draw.uniform()));
            }
        }
        let found = least(&samples, LEVEL).expect("samples");
        kept += u64::from(found.may_be[0]);
        gone += u64::from(!found.may_be[4]);
    }
    assert!(kept >= 380, "kept in {kept} of 400");
    assert!(gone >= 396, "left out in {gone} of 400");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Values that never vary are told apart surely: the set is the classical one.
    #[test]
    fn the_pareto_set_is_that_of_a_plain_search(
        means in prop::collection::vec((0..4u8, 0..4u8, 0..4u8), 2..12),
    ) {
        let of = |get: fn(&(u8, u8, u8)) -> u8| -> Vec<Vec<f64>> {
            means.iter().map(|mean| vec![f64::from(get(mean)); 5]).collect()
        };
        let found = pareto(&[of(|m| m.0), of(|m| m.1), of(|m| m.2)], LEVEL);
        for (at, own) in means.iter().enumerate() {
            let dominated = means
                .iter()
                .any(|o| o.0 <= own.0 && o.1 <= own.1 && o.2 <= own.2 && o != own);
            prop_assert_eq!(found[at], !dominated);
        }
    }
}
