//! `planner.csv`: of a run one row per fault and site; of an experiment one more for each statistic.

use crate::experiment::Answer;
use crate::measures::{PlannerRow, Ratio, Results};
use crate::model::{Model, Unit};
use crate::report::cells::Cells;
use crate::report::columns::{Column, count, number, text};
use crate::report::run_table::RunTable;
use crate::report::table::Table;

use crate::time::NANOS;

use super::estimates::{STATISTICS, rows};
use super::{FIGURES, names};

/// The header of the file of a run.
const COLUMNS: [Column; FIGURES.len() + 2] = {
    let mut all = [text("fault"); FIGURES.len() + 2];
    all[1] = text("site");
    let mut at = 0;
    while at < FIGURES.len() {
        let name = FIGURES[at].name;
        all[at + 2] = match FIGURES[at].unit {
            Unit::Count => count(name),
            _ => number(name),
        };
        at += 1;
    }
    all
};

/// The table of a run.
pub(in crate::report) const TABLE: RunTable =
    RunTable { columns: &COLUMNS, local: None, told: fill, kept: fill };

fn fill(table: &mut impl Cells, results: &Results, model: &Model) {
    for row in results.planner(model) {
        one(table, &row);
    }
}

fn one(table: &mut impl Cells, row: &PlannerRow) {
    table.maybe(row.fault.as_deref());
    table.maybe(row.site.as_deref());
    for number in row.counts() {
        table.maybe_count(number);
    }
    table.maybe_billionths(row.most_back_s.map(|total| total.0));
    table.maybe_count(row.calls_lost);
    table.maybe_count(row.calls_abandoned);
    table.maybe_billionths(row.service_level_worst.and_then(Ratio::billionths));
    table.maybe_billionths(row.met_again_s.map(|total| total.0));
    table.maybe_billionths(row.not_met_again.map(|one| i128::from(one) * i128::from(NANOS)));
    table.end();
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
                table.maybe_show(figure.as_ref().and_then(get));
            }
            table.end();
        }
    }
    table.into_bytes()
}
