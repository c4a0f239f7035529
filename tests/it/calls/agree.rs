//! The simulator and the stepping reference agree, call by call, on thousands of random small days; a day on which
//! they do not is made smaller first.

use proptest::test_runner::{
    Config, RngAlgorithm, TestCaseError, TestCaseResult, TestError, TestRng, TestRunner,
};
use switchover::calls;

use super::days::{Day, END, day};
use super::reference;
use crate::builder::at;

/// Runs a test over random days; the same ones every time, unless the environment says otherwise.
pub fn over_days(stream: u8, usual: u32, test: impl Fn(Day) -> TestCaseResult) {
    let setting = |name: &str, default: u32| {
        std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    let mut seed = [stream; 32];
    seed[..4].copy_from_slice(&setting("SWITCHOVER_SEED", 0).to_le_bytes());
    let config = Config {
        cases: setting("SWITCHOVER_CASES", usual),
        max_shrink_iters: setting("SWITCHOVER_SHRINK", 20_000),
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    match TestRunner::new_with_rng(config, rng).run(&day(), test) {
        Err(TestError::Fail(reason, day)) => panic!("{reason}\nshrunk to {day:#?}"),
        Err(TestError::Abort(reason)) => panic!("{reason}"),
        Ok(()) => {}
    }
}

fn agree(day: Day) -> TestCaseResult {
    let Day { queues, staff, callers } = day;
    let simulated = calls::Day::new(&queues, &staff, (callers.clone(), Vec::new()), at(END));
    let (mut simulated, _) = simulated.live();
    let mut stepped = reference::outcomes(&queues, &staff, callers, at(END));
    simulated.sort();
    stepped.sort();
    let differ = simulated.iter().zip(&stepped).find(|(one, other)| one != other);
    if let Some((one, other)) = differ {
        return Err(TestCaseError::fail(format!("simulator {one:#?}\nreference {other:#?}")));
    }
    proptest::prop_assert_eq!(simulated.len(), stepped.len());
    Ok(())
}

#[test]
fn simulator_and_reference_agree_on_every_call() {
    over_days(20, 6000, agree);
}
