//! `planner.csv`: of a run one row per fault and site; of an experiment one more for each statistic.

use std::fmt::Display;

use crate::experiment::Answer;
use crate::measures::{PlannerRow, Results};
use crate::model::Model;
use crate::report::table::Table;

use super::estimates::{STATISTICS, rows};
use super::names;

/// The file of a run.
pub(in crate::report) fn of_run(results: &Results, model: &Model) -> Vec<u8> {
    let header: Vec<&str> = ["fault", "site"].into_iter().chain(names()).collect();
    let mut table = Table::with_header(&header);
    for row in results.planner(model) {
        one(&mut table, &row);
    }
    table.into_bytes()
}

fn one(table: &mut Table, row: &PlannerRow) {
    table.maybe(row.fault.as_deref());
    table.maybe(row.site.as_deref());
    for number in [
        row.in_service_peak,
        row.logins_peak,
        row.recovery_registers_peak,
        row.login_queue_longest,
        row.offered_peak,
        row.register_queue_longest,
    ] {
        maybe(table, number);
    }
    maybe(table, row.most_back_s);
    maybe(table, row.calls_lost);
    maybe(table, row.calls_abandoned);
    maybe(table, row.service_level_worst);
    maybe(table, row.met_again_s);
    table.end();
}

/// A value, or nothing.
fn maybe(table: &mut Table, value: Option<impl Display>) {
    match value {
        Some(value) => table.show(value),
        None => table.empty(),
    }
}

/// The file of an experiment.
pub(in crate::report) fn of_answer(answer: &Answer, model: &Model) -> Vec<u8> {
    let header: Vec<&str> = ["fault", "site", "statistic"].into_iter().chain(names()).collect();
    let mut table = Table::with_header(&header);
    for row in rows(answer, model) {
        for (name, get) in STATISTICS {
            table.maybe(row.fault.as_deref());
            table.maybe(row.site.as_deref());
            table.text(name);
            for figure in row.figures() {
                maybe(&mut table, figure.as_ref().and_then(get));
            }
            table.end();
        }
    }
    table.into_bytes()
}
