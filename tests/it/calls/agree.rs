//! The simulator and the stepping reference agree, call by call, on thousands of random small days; a day on which
//! they do not is made smaller first.

use proptest::test_runner::{
    Config, RngAlgorithm, TestCaseError, TestCaseResult, TestError, TestRng, TestRunner,
};
use switchover::calls::{self, CallObserver, Outcome};
use switchover::time::Time;

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

/// What became of calls, and who would have been taken in time.
#[derive(Default)]
struct Lived {
    calls: Vec<Outcome>,
    missed: Vec<(u32, Time)>,
}

impl CallObserver for Lived {
    fn call(&mut self, outcome: &Outcome) {
        self.calls.push(*outcome);
    }

    fn in_time_after_all(&mut self, queue: u32, offered: Time) {
        self.missed.push((queue, offered));
    }
}

fn agree(day: Day) -> TestCaseResult {
    let Day { queues, staff, callers } = day;
    let day = calls::Day::new(&queues, &staff, (callers.clone(), Lived::default()), at(END));
    let (Lived { calls: mut simulated, mut missed }, _) = day.live();
    let (mut stepped, late) = reference::outcomes_and_missed(&queues, &staff, callers, at(END));
    simulated.sort();
    stepped.sort();
    let differ = simulated.iter().zip(&stepped).find(|(one, other)| one != other);
    if let Some((one, other)) = differ {
        return Err(TestCaseError::fail(format!("simulator {one:#?}\nreference {other:#?}")));
    }
    proptest::prop_assert_eq!(simulated.len(), stepped.len());
    let in_time = late.into_iter().filter(|(queue, _, _, offered, free)| {
        *free - *offered <= queues[*queue as usize].level.within
    });
    let mut in_time: Vec<(u32, Time)> = in_time.map(|it| (it.0, it.3)).collect();
    missed.sort();
    in_time.sort();
    proptest::prop_assert_eq!(missed, in_time);
    Ok(())
}

#[test]
fn simulator_and_reference_agree_on_every_call() {
    over_days(20, 6000, agree);
}
