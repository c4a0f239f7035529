//! The rule that ends an experiment, against a slow implementation of Hoad, Robinson and Davies
//! (2010) that looks at all rows again after every replication, and knows no running sums.

use statrs::distribution::{ContinuousCDF, StudentsT};
use switchover::experiment::{Buffers, Ended, Gathered, Plan, Study};
use switchover::model::{Experiment, Model};

use super::{answered, renewals};

/// What is asked of the downtime: a relative or an absolute half-width.
#[derive(Clone, Copy, Debug)]
enum Goal {
    Relative(f64),
    Absolute(f64),
}

/// Half the width of the interval of a mean, towards its farther end: Student's, adjusted for
/// skewness (Willink 2005).
fn half_width(values: &[f64], mean: f64, level: f64) -> f64 {
    let n = values.len() as f64;
    let sum = |power: i32| values.iter().map(|value| (value - mean).powi(power)).sum::<f64>();
    let deviation = (sum(2) / (n - 1.0)).sqrt();
    if deviation == 0.0 {
        return 0.0;
    }
    let skewness = n / ((n - 1.0) * (n - 2.0)) * sum(3) / deviation.powi(3);
    let beta = skewness / (6.0 * n.sqrt());
    let t = StudentsT::new(0.0, 1.0, n - 1.0).unwrap().inverse_cdf(0.5 + level / 2.0);
    let bent = |z: f64| match beta.abs() < 1e-9 {
        true => z,
        false => ((1.0 + 6.0 * beta * (z - beta)).cbrt() - 1.0) / (2.0 * beta),
    };
    f64::max(bent(t).abs(), bent(-t).abs()) * deviation / n.sqrt()
}

/// Whether the mean of some values is precise.
fn precise(values: &[f64], goal: Goal, level: f64) -> bool {
    if values.len() < 3 {
        return false;
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let half = half_width(values, mean, level);
    match goal {
        Goal::Relative(share) => mean != 0.0 && half / mean.abs() <= share,
        Goal::Absolute(width) => half <= width,
    }
}

/// The number of replications that are made: the first n that is precise and stays so for the
/// next 5 (beyond 100: 5 n / 100), and those; `None`: more than there are values.
fn slow(values: &[f64], goal: Goal, level: f64) -> Option<usize> {
    let all: Vec<bool> = (0..=values.len()).map(|n| precise(&values[..n], goal, level)).collect();
    (3..=values.len()).find_map(|n| {
        let patience = if n <= 100 { 5 } else { 5 * n / 100 };
        let lasts = all.get(n..=n + patience)?.iter().all(|precise| *precise);
        lasts.then_some(n + patience)
    })
}

fn asked(goal: Goal, seed: u64) -> Model {
    let (precision, absolute) = match goal {
        Goal::Relative(share) => (Some(share), None),
        Goal::Absolute(width) => (None, Some(width)),
    };
    let experiment =
        Experiment { precision, absolute, max_replications: 800, ..Experiment::default() };
    Model { seed, experiment, ..renewals(1000.0, 50.0, 20_000, 2) }
}

fn downtimes(gathered: &Gathered) -> Vec<f64> {
    let measure = gathered.measure_named("downtime_s.total").unwrap();
    gathered.values(measure).into_iter().flatten().collect()
}

#[test]
fn experiments_end_where_the_slow_rule_ends() {
    let (mut ends, mut allowed) = (Vec::new(), 0);
    for goal in
        [0.04, 0.07, 0.1, 0.2].map(Goal::Relative).into_iter().chain([Goal::Absolute(150.0)])
    {
        for seed in 0..4 {
            let model = asked(goal, seed);
            let (made, ended) =
                answered(&model, |answer| (downtimes(&answer.gathered), answer.ended));
            match slow(&made, goal, 0.95) {
                Some(end) => assert_eq!((made.len(), ended), (end, Ended::Decided), "{goal:?}"),
                None => assert_eq!((made.len(), ended), (800, Ended::AtMost), "{goal:?}"),
            }
            allowed += usize::from(ended == Ended::AtMost);
            ends.push(made.len());
        }
    }
    assert!(ends.iter().any(|end| *end > 110) && ends.iter().any(|end| *end < 50), "{ends:?}");
    assert!(allowed < ends.len());
}

/// Values whose half-widths were worked out once, with t quantiles from a book.
#[test]
fn a_table_by_hand() {
    let values = [10.0, 10.2, 9.8, 10.0, 10.1, 9.9, 13.0, 10.0, 10.0, 10.0, 10.0, 10.0];
    let goal = Goal::Relative(0.05);
    let table: Vec<bool> = (3..=12).map(|n| precise(&values[..n], goal, 0.95)).collect();
    // Without the skewness, which is 0 at n = 3 and makes the others wider: n = 3: s = 0.2, 4.303 x 0.2/sqrt(3) = 0.497 of 10.0: 4.97 %.
    // n = 7: s = 1.141, 2.447 x 1.141/sqrt(7) = 1.055 of 10.43: 10.1 %.
    // n = 12: s = 0.870, 2.201 x 0.870/sqrt(12) = 0.553 of 10.25: 5.4 %.
    assert_eq!(table[..5], [true, true, true, true, false]);
    assert_eq!(table[5..], [false; 5]);
    assert_eq!(slow(&values, goal, 0.95), None);
    assert_eq!(slow(&[10.0, 10.2, 9.8, 10.0, 10.1, 9.9, 10.0, 10.0], goal, 0.95), Some(8));
}

/// The same values, fed by hand to the watch of a plan.
#[test]
fn the_watch_alone() {
    let model = asked(Goal::Relative(0.1), 2);
    let study = Study::new(vec![&model], model.seed);
    let plan = Plan::new(&model.experiment, &[], None);
    let mut gathered = Gathered::new(study.measures(0), &study.layouts()[0], 0);
    let mut watch = plan.watch(&gathered, None);
    let mut decided = None;
    for replication in 0..200 {
        let turn = study.samples(replication, &mut Buffers::default(), &|| false).unwrap();
        turn.into_iter().for_each(|sample| gathered.push(sample));
        if watch.push(&gathered) && decided.is_none() {
            decided = Some(gathered.count());
        }
    }
    assert_eq!(decided, slow(&downtimes(&gathered), Goal::Relative(0.1), 0.95));
    assert!(decided.is_some());
}
