//! Random small scenarios: the engine against the reference, record by record, and what must
//! hold of any run. `SWITCHOVER_CASES` sets the number of cases of each test, `SWITCHOVER_SEED`
//! where they start, and `SWITCHOVER_SHRINK` how long a case that fails is made smaller.

pub mod engine;
mod features;
mod measured;
mod meetings;
pub mod sanity;
mod world;

use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestError, TestRng, TestRunner};

use crate::support::case::Case;
use crate::support::strategy;

fn setting(name: &str, default: u32) -> u32 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Runs a test over random cases; the same ones every time, unless the environment says otherwise.
pub fn over_cases(stream: u8, usual: u32, test: impl Fn(Case) -> TestCaseResult) {
    let mut seed = [stream; 32];
    seed[..4].copy_from_slice(&setting("SWITCHOVER_SEED", 0).to_le_bytes());
    let config = Config {
        cases: setting("SWITCHOVER_CASES", usual),
        max_shrink_iters: setting("SWITCHOVER_SHRINK", 20_000),
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(config, rng);
    match runner.run(&strategy::case(), test) {
        Err(TestError::Fail(reason, case)) => panic!("{reason}\nshrunk to {case:?}"),
        Err(TestError::Abort(reason)) => panic!("{reason}"),
        Ok(()) => {}
    }
}
