//! No call is lost from the books: each caller's call has one fate, per interval and in total, and an agent talks
//! to one caller at a time.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use switchover::calls::{self, CallObserver, Fate, Outcome};
use switchover::time::Time;

use super::agree::over_days;
use super::days::{Day, END};
use crate::builder::at;

/// Everything that is told.
#[derive(Default)]
struct Told {
    calls: Vec<Outcome>,
    busy: Vec<(u32, Time, Time)>,
}

impl CallObserver for Told {
    fn call(&mut self, outcome: &Outcome) {
        self.calls.push(*outcome);
    }

    fn busy(&mut self, agent: u32, _queue: u32, from: Time, to: Time) {
        self.busy.push((agent, from, to));
    }
}

/// Seconds of an interval.
const INTERVAL: i64 = 15;

fn conserved(day: Day) -> TestCaseResult {
    let Day { queues, staff, callers } = day;
    let known = callers.queues.clone();
    let day = calls::Day::new(&queues, &staff, (callers, Told::default()), at(END));
    let (mut told, _) = day.live();
    let mut offered: BTreeMap<(u32, i64), usize> = BTreeMap::new();
    for (queue, callers) in (0..).zip(&known) {
        for (when, _) in callers {
            *offered.entry((queue, when.0 / at(INTERVAL).0)).or_default() += 1;
        }
    }
    let again = told.calls.iter().filter(|call| call.attempt > 0);
    for call in again {
        *offered.entry((call.queue, call.offered.0 / at(INTERVAL).0)).or_default() += 1;
    }
    let mut ended: BTreeMap<(u32, i64), usize> = BTreeMap::new();
    for call in &told.calls {
        *ended.entry((call.queue, call.offered.0 / at(INTERVAL).0)).or_default() += 1;
        prop_assert!(call.offered <= call.ended && call.ended <= at(END));
        prop_assert!(call.fate != Fate::Answered || call.answered.is_some());
        prop_assert!(call.answered.is_none_or(|it| call.offered <= it && it <= call.ended));
        let earlier = |it: &&Outcome| {
            (it.queue, it.caller, it.attempt + 1) == (call.queue, call.caller, call.attempt)
        };
        let before = told.calls.iter().find(earlier);
        prop_assert!(call.attempt == 0 || before.is_some_and(|it| it.ended <= call.offered));
    }
    prop_assert_eq!(offered, ended);
    told.busy.sort();
    for pair in told.busy.windows(2) {
        prop_assert!(pair[0].0 != pair[1].0 || pair[0].2 <= pair[1].1);
    }
    Ok(())
}

#[test]
fn every_call_has_one_fate() {
    over_days(21, 3000, conserved);
}
