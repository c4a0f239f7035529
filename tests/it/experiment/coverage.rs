//! Whether intervals hold the truth as often as they say, through the whole engine: many
//! experiments of oracle O3 under different seeds.

use switchover::model::Model;

use crate::oracles::o3;

use super::{answered, renewals, replicated};

/// The share of so many experiments of `replications` each whose 95 % interval of the downtime
/// holds the truth.
fn covered(experiments: u64, replications: u32) -> f64 {
    let truth = o3::mean_downtime(1.0 / 1000.0, 1.0 / 50.0, 2000.0);
    let model = replicated(renewals(1000.0, 50.0, 2000, 1), replications, 0.95);
    let holds = |seed: u64| {
        let model = Model { seed, ..model.clone() };
        answered(&model, |answer| {
            let estimate = answer.line("downtime_s.total").unwrap().estimate;
            assert_eq!(estimate.count, u64::from(replications));
            estimate.interval.unwrap().contains(truth)
        })
    };
    (0..experiments).filter(|seed| holds(*seed)).count() as f64 / experiments as f64
}

/// Four standard errors of a share of 200 around the 95 % are 6 %.
#[test]
fn two_hundred_experiments() {
    let share = covered(200, 30);
    assert!((0.89..=0.995).contains(&share), "{share}");
}

#[test]
#[ignore = "takes minutes; prints the share that is quoted"]
fn two_thousand_experiments() {
    let share = covered(2000, 100);
    println!("2,000 experiments of 100 replications: {share} of the 95 % intervals hold the truth");
    // One standard error of the share is 0.5 %.
    assert!((0.94..=0.96).contains(&share), "{share}");
}
