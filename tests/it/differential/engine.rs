//! The engine against the reference: the same records of every agent, one by one.

use std::fmt::Write;

use proptest::test_runner::{TestCaseError, TestCaseResult};
use switchover::limits::Bounds;
use switchover::model::{Model, Site};
use switchover::simulation::{self, Simulation};
use switchover::trace::Record;

use super::sanity::LUCK;
use super::{over_cases, setting};
use crate::reference;
use crate::support::case::Case;

/// Lines shown on either side of the first difference, unless `SWITCHOVER_AROUND` says otherwise.
const AROUND: u32 = 8;

/// Records by agent and instant; the order within an instant is not compared.
pub fn lines(records: &[Record]) -> Vec<String> {
    let mut records = records.to_vec();
    records.sort_by_cached_key(|r| (r.agent, r.at, format!("{:?}", r.event)));
    let line = |r: &Record| format!("agent {} at {}: {:?}", r.agent.0, r.at, r.event);
    records.iter().map(line).collect()
}

/// The first line that differs, with its neighbours.
pub fn difference(engine: &[String], reference: &[String]) -> Option<String> {
    let first =
        (0..engine.len().max(reference.len())).find(|n| engine.get(*n) != reference.get(*n))?;
    let around = setting("SWITCHOVER_AROUND", AROUND) as usize;
    let mut text = format!("records differ from number {first} on\n");
    for (name, lines) in [("engine", engine), ("reference", reference)] {
        let _ = writeln!(text, "-- {name}:");
        let from = first.saturating_sub(around);
        for (n, line) in lines.iter().enumerate().skip(from).take(2 * around + 1) {
            let _ = writeln!(text, "{} {line}", if n == first { ">>" } else { "  " });
        }
    }
    Some(text)
}

fn compare(model: &Model) -> Option<String> {
    let engine = simulation::trace(model, LUCK).unwrap();
    let reference = reference::run(model, LUCK).records;
    difference(&lines(&engine), &lines(&reference)).or_else(|| compare_asleep(model, &engine))
}

/// Agents that wait for slots may sleep meanwhile: record by record, nothing else comes of it.
fn compare_asleep(model: &Model, awake: &[Record]) -> Option<String> {
    let limited = |site: &Site| site.makes_wait() || site.registrar.limit.is_some();
    if !model.sites.iter().any(limited) {
        return None;
    }
    let bounds = Bounds { awake: 0, ..Bounds::USUAL };
    let mut asleep = Vec::new();
    let run = Simulation::within(model, LUCK, bounds).unwrap();
    run.agents(0..model.agents(), &mut asleep).unwrap();
    (asleep != awake).then(|| {
        let text = difference(&lines(&asleep), &lines(awake));
        format!("asleep, not awake: {}", text.unwrap_or_else(|| "in another order".into()))
    })
}

fn agree(case: Case) -> TestCaseResult {
    compare(&case.model()).map_or(Ok(()), |text| Err(TestCaseError::fail(text)))
}

#[test]
fn engine_and_reference_agree() {
    over_cases(10, 4000, agree);
}

#[test]
fn engine_and_reference_agree_on_other_cases() {
    over_cases(11, 4000, agree);
}

#[test]
fn engine_and_reference_agree_on_the_commonest_agents() {
    over_cases(12, 2000, |case| agree(case.commonest()));
}
