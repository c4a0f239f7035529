//! Looking at a trace: downtime by cause, moves, states. It computes no measure of the product.

use std::collections::BTreeMap;

use switchover::model::AgentId;
use switchover::time::Time;
use switchover::trace::{Cause, Event, Reason, Record};

/// One agent's states: from when on, and why out of service.
pub fn states(records: &[Record], agent: AgentId) -> Vec<(Time, Option<Cause>)> {
    let own = records.iter().filter(|record| record.agent == agent);
    own.filter_map(|record| match record.event {
        Event::State { cause, .. } => Some((record.at, cause)),
        _ => None,
    })
    .collect()
}

/// Nanoseconds out of service of one agent, by cause.
pub fn downtime(records: &[Record], agent: AgentId, horizon: Time) -> BTreeMap<Cause, i64> {
    let states = states(records, agent);
    let ends = states.iter().skip(1).map(|(from, _)| *from).chain([horizon]);
    let mut total = BTreeMap::new();
    for ((from, cause), to) in states.iter().zip(ends) {
        if let Some(cause) = cause {
            *total.entry(*cause).or_insert(0) += (to - *from).0;
        }
    }
    total
}

/// When moves began, and why.
pub fn moves(records: &[Record]) -> Vec<(Time, Reason)> {
    records
        .iter()
        .filter_map(|record| match record.event {
            Event::MoveBegun { reason, .. } => Some((record.at, reason)),
            _ => None,
        })
        .collect()
}
