//! Uncertain laws: the interval about data and chance is wider than that about luck alone, and more
//! replications make the luck smaller and leave the data.

use switchover::distribution::Law;
use switchover::model::{Laws, Model, Schedule};
use switchover::statistics::Split;
use switchover::time::Span;

use super::{answered, renewals, replicated};

/// Oracle O3 with laws from so many sets, as a bootstrap of a log of 25 outages would give them.
fn uncertain(sets: usize) -> Model {
    let mut model = renewals(1000.0, 50.0, 50_000, 1);
    let around = |mean: f64, position: usize| {
        // Evenly spread quantiles of about a normal law with a relative deviation of a fifth.
        let share = (position as f64 + 0.5) / sets as f64;
        let factor = 1.0 + 0.2 * (share / (1.0 - share)).ln() / 1.8;
        Law::Exponential { mean: Span::from_secs_f64(mean * factor.max(0.2)) }
    };
    let laws = |set: usize| Laws {
        failure: around(1000.0, (7 * set + 3) % sets),
        repair: around(50.0, (11 * set + 5) % sets),
    };
    match &mut model.faults[0].schedule {
        Schedule::Random { sets: all, .. } => *all = (0..sets).map(laws).collect(),
        Schedule::Scripted { .. } => panic!("the fault is random"),
    }
    model
}

/// Half-width of the downtime's interval, and its split.
fn downtime(model: Model, replications: u32) -> (f64, Option<Split>) {
    answered(&replicated(model, replications, 0.95), |answer| {
        let line = answer.line("downtime_s.total").unwrap();
        (line.estimate.half_width().unwrap(), line.split)
    })
}

#[test]
fn the_interval_is_wider_than_without() {
    let (known, nothing) = downtime(renewals(1000.0, 50.0, 50_000, 1), 400);
    let (wider, split) = downtime(uncertain(20), 400);
    assert_eq!(nothing, None);
    let split = split.unwrap();
    assert!(wider > 2.0 * known, "{wider} and {known}");
    let (data, luck) = (split.data.unwrap(), split.luck.unwrap());
    let share = split.data_share.unwrap();
    assert!((share - data * data / (data * data + luck * luck)).abs() < 1e-9);
    assert!(share > 0.5, "{split:?}");
}

#[test]
fn more_replications_shrink_the_luck_and_leave_the_data() {
    let split = |replications| downtime(uncertain(20), replications).1.unwrap();
    let (few, many) = (split(200), split(3200));
    let luck = many.luck.unwrap() / few.luck.unwrap();
    // Sixteen times the replications: a quarter of the error.
    assert!((0.2..0.3).contains(&luck), "{luck}");
    let data = many.data.unwrap() / few.data.unwrap();
    assert!((0.6..1.6).contains(&data), "{data}");
    assert!(many.data_share > few.data_share, "{few:?} {many:?}");
}
