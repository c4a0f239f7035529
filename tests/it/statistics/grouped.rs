//! Coverage of the intervals for grouped values: ratios, pooled quantiles, data and chance.
//!
//! `cargo test --release --test it grouped -- --ignored --nocapture` prints the whole table.

use switchover::random::Draw;
use switchover::statistics::laws::normal;
use switchover::statistics::{Estimate, Sketch, Split, input_uncertainty, pooled_quantile, ratio};

use super::coverage::{LEVEL, draw, exponential};

/// Downtime over length of `n` regeneration cycles (one up time, one outage): truth 50/1050.
fn cycles(seed: u64, macro_experiment: u64, n: u64) -> Estimate {
    let cycle = |index| {
        let mut draw = draw(seed, macro_experiment * n + index);
        let (up, down) = (exponential(1000.0, &mut draw), exponential(50.0, &mut draw));
        (down, up + down)
    };
    let (parts, wholes): (Vec<f64>, Vec<f64>) = (0..n).map(cycle).unzip();
    ratio(&parts, &wholes, LEVEL)
}

/// One replication's outages, in milliseconds: 1 to 20 exponential ones whose mean (10 s or 60 s,
/// as likely) belongs to the replication.
fn outages(draw: &mut Draw) -> Sketch {
    let mean = if draw.uniform() < 0.5 { 10_000.0 } else { 60_000.0 };
    let count = (draw.uniform() * 20.0) as usize + 1;
    let mut values: Vec<i64> = (0..count).map(|_| exponential(mean, draw) as i64).collect();
    values.sort_unstable();
    Sketch::from_sorted(&values)
}

/// The true quantile of [`outages`], by bisection.
fn outage_quantile(p: f64) -> f64 {
    let share = |x: f64| 1.0 - f64::midpoint((-x / 1e4).exp(), (-x / 6e4).exp());
    let (mut low, mut high) = (0.0, 1e6);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if share(middle) < p { low = middle } else { high = middle }
    }
    low
}

fn pooled(seed: u64, macro_experiment: u64, groups: u64, p: f64) -> Estimate {
    let start = macro_experiment * groups;
    let groups: Vec<Sketch> =
        (start..start + groups).map(|index| outages(&mut draw(seed, index))).collect();
    pooled_quantile(&groups, p, LEVEL)
}

/// A log whose fit errs by N(0, 1) about the truth 0, `sets` resamples that err as much about the
/// fit, and `each` replications of each with luck N(0, luck^2).
fn fitted(seed: u64, macro_experiment: u64, sets: usize, each: usize, luck: f64) -> Split {
    let mut draw = draw(seed, macro_experiment);
    let mut gauss = || normal(draw.uniform());
    let fit = gauss();
    let truths: Vec<f64> = (0..sets).map(|_| fit + gauss()).collect();
    let values: Vec<f64> = (0..sets * each).map(|k| truths[k % sets] + luck * gauss()).collect();
    input_uncertainty(&values, sets, LEVEL)
}

/// Share of the estimates with an interval whose interval holds the truth, and how many have one.
fn share_covered(estimates: impl Iterator<Item = Estimate>, truth: f64) -> (f64, usize) {
    let intervals: Vec<_> = estimates.filter_map(|estimate| estimate.interval).collect();
    let covered = intervals.iter().filter(|interval| interval.contains(truth)).count();
    (covered as f64 / intervals.len() as f64, intervals.len())
}

#[test]
fn grouped_intervals_cover() {
    let truth = 50.0 / 1050.0;
    let (share, _) = share_covered((0..500).map(|index| cycles(1, index, 50)), truth);
    assert!((share - LEVEL).abs() < 0.04, "ratio: {share}");
    let truth = outage_quantile(0.9);
    let (share, all) = share_covered((0..500).map(|index| pooled(2, index, 100, 0.9)), truth);
    assert!((0.92..=0.99).contains(&share) && all == 500, "pooled: {share} of {all}");
    let splits = (0..500).map(|index| fitted(3, index, 20, 5, 2.0).combined);
    let (share, _) = share_covered(splits, 0.0);
    assert!((share - LEVEL).abs() < 0.04, "data and chance: {share}");
}

#[test]
#[ignore = "prints a table; takes a minute in debug"]
fn coverage_table() {
    for n in [5, 10, 30, 50, 200] {
        let estimates = (0..2000).map(|index| cycles(n, index, n));
        let (share, _) = share_covered(estimates, 50.0 / 1050.0);
        println!("ratio of {n:3} cycles: {share:.4}");
    }
    for (p, groups) in [(0.5, 10), (0.5, 30), (0.5, 100), (0.9, 50), (0.9, 200), (0.95, 300)] {
        let estimates = (0..2000).map(|index| pooled(groups, index, groups, p));
        let (share, all) = share_covered(estimates, outage_quantile(p));
        println!("pooled {p} quantile, {groups:3} replications: {share:.4} of {all}");
    }
    for (sets, each, luck) in
        [(5, 4, 1.0), (10, 10, 1.0), (20, 5, 2.0), (20, 50, 10.0), (50, 20, 1.0)]
    {
        let estimates = (0..2000).map(|index| fitted(7, index, sets, each, luck).combined);
        let (share, _) = share_covered(estimates, 0.0);
        println!("{sets} sets of {each}, luck {luck}: {share:.4}");
    }
}
