//! What holds of every run, whatever the scenario: asked of the reference.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use switchover::model::AgentId;
use switchover::random::RandomNumbers;
use switchover::time::Time;
use switchover::trace::{Event, Record};

use super::over_cases;
use crate::reference;
use crate::support::trace;

/// The luck that every comparison uses.
pub const LUCK: RandomNumbers = RandomNumbers { seed: 7, replication: 0 };

/// Ordered, inside the run, states alternate, one closing tally, causes add up.
fn check(records: &[Record], agents: u32, horizon: Time) -> TestCaseResult {
    for agent in (0..agents).map(AgentId) {
        let own: Vec<&Record> = records.iter().filter(|record| record.agent == agent).collect();
        prop_assert!(own.is_sorted_by_key(|record| record.at));
        let last = own.last().map(|last| last.event);
        prop_assert!(matches!(last, Some(Event::Tally { .. })), "{last:?}");
        let states = trace::states(records, agent);
        prop_assert_eq!(states.first().map(|(at, _)| *at), Some(Time::ZERO));
        prop_assert!(states.is_sorted_by(|a, b| a.0 < b.0), "one state per instant");
        let down: i64 = trace::downtime(records, agent, horizon).values().sum();
        prop_assert!(down <= horizon.0);
        let late = own.iter().filter(|record| record.at >= horizon).all(|record| {
            use Event::{IfRemained, IfStayed, IfSwitched, Needless, Tally};
            let hindsight = matches!(
                record.event,
                IfStayed { .. } | IfSwitched { .. } | IfRemained { .. } | Needless
            );
            hindsight || matches!(record.event, Tally { .. })
        });
        prop_assert!(late, "nothing happens at or after the horizon");
    }
    Ok(())
}

#[test]
fn every_run_is_well_formed() {
    over_cases(1, 300, |case| {
        let model = case.model();
        let records = reference::run(&model, LUCK).records;
        check(&records, model.agents(), model.horizon)
    });
}

/// The generator is worth nothing if it stays away from the corners.
#[test]
fn every_kind_of_event_is_reached() {
    let seen = std::cell::RefCell::new(BTreeMap::new());
    over_cases(2, 400, |case| {
        for record in reference::run(&case.model(), LUCK).records {
            let text = format!("{:?}", record.event);
            let name = text.split([' ', '(']).next().unwrap_or_default().to_owned();
            *seen.borrow_mut().entry(name).or_insert(0u64) += 1;
        }
        Ok(())
    });
    let seen = seen.into_inner();
    assert_eq!(seen.len(), 49, "{seen:#?}");
}
