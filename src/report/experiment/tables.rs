//! `estimates.csv`, one row per measure, and `replications.csv`, one row per replication.
//!
//! The second is exact where a run's own numbers are; ratios have nine digits.

use crate::experiment::{Answer, Gathered};
use crate::measures::How;
use crate::model::Model;
use crate::report::between::{between, unit_name};
use crate::report::cells::Cells;
use crate::report::numbers::nine;
use crate::report::table::Table;

/// The header of `estimates.csv`.
const COLUMNS: [&str; 18] = [
    "measure",
    "unit",
    "value",
    "low",
    "high",
    "level",
    "count",
    "method",
    "run_min",
    "run_p50",
    "run_p50_low",
    "run_p50_high",
    "run_p95",
    "run_p95_low",
    "run_p95_high",
    "run_max",
    "share_of_replications",
    "meaning",
];

/// `estimates.csv`.
pub(super) fn estimates(answer: &Answer, _: &Model) -> Vec<u8> {
    let mut table = Table::with_header(&COLUMNS);
    for line in &answer.lines {
        let measure = &answer.gathered.measures()[line.measure];
        table.text(&measure.name);
        table.text(unit_name(measure.gauge.unit));
        let own = between(&line.estimate);
        [own.value, own.low, own.high].iter().for_each(|value| table.maybe_show(*value));
        table.show(answer.level);
        table.show(line.estimate.count);
        table.text(line.estimate.method.name());
        let runs = line.runs.as_ref();
        table.maybe_show(runs.and_then(|runs| nine(runs.least)));
        for percentile in [runs.map(|runs| &runs.p50), runs.map(|runs| &runs.p95)] {
            let own = percentile.map(between);
            let ends = own.map_or([None; 3], |own| [own.value, own.low, own.high]);
            ends.iter().for_each(|value| table.maybe_show(*value));
        }
        table.maybe_show(runs.and_then(|runs| nine(runs.most)));
        table.maybe_show(line.any.as_ref().and_then(|any| any.value).and_then(nine));
        table.text(measure.gauge.doc);
        table.end();
    }
    table.into_bytes()
}

/// `replications.csv`.
pub(super) fn replications(answer: &Answer, _: &Model) -> Vec<u8> {
    let gathered = &answer.gathered;
    let mut table = Table::new();
    table.text("replication");
    gathered.measures().iter().for_each(|measure| table.text(&measure.name));
    table.end();
    for (position, replication) in gathered.replications().enumerate() {
        table.show(replication);
        for measure in 0..gathered.measures().len() {
            cell(&mut table, gathered, measure, position);
        }
        table.end();
    }
    table.into_bytes()
}

fn cell(table: &mut Table, gathered: &Gathered, measure: usize, position: usize) {
    let gauge = gathered.measures()[measure].gauge;
    let part = gathered.integer(measure, 0, position);
    let any = match gauge.how {
        How::Each(_) => true,
        _ => gathered.integer(measure, 1, position) != 0,
    };
    match gauge.how {
        _ if !any => table.empty(),
        How::Ratio(_, factor) => {
            let whole = gathered.integer(measure, 1, position);
            table.maybe_show(nine(factor.of_ratio([part, whole])));
        }
        _ if gauge.unit.is_time() => table.billionths(part),
        _ => match u64::try_from(part) {
            Ok(part) => table.show(part),
            Err(_) => table.show(part),
        },
    }
}
