//! The planner's table on a terminal: what each site must be sized for, then what each fault did.

use crate::experiment::Answer;
use crate::measures::{Bins, PlannerRow, Results};
use crate::model::{Model, Unit};
use crate::report::call_sentences::more_or_fewer;
use crate::report::layout::{Column, Layout};
use crate::report::numbers::{Scale, value};
use crate::report::words;
use crate::statistics::Interval;
use crate::time::Span;

use super::estimates::{Figure, PlannerEstimate, rows};
use super::{FIGURES, NEVER, NOT_MISSED, PLANNER_FILE, is_missed_never};

/// Most rows; the others are in the file.
const ROWS: usize = 24;

/// The text where there is no figure.
const NONE: &str = "-";

/// A row as texts: its name, its figures.
struct Row {
    fault: Option<String>,
    site: Option<String>,
    cells: [String; 12],
}

/// The tables of a run, with a final newline: the most at each site, then what the faults did; empty where nothing
/// can fail.
pub(in crate::report) fn run_table(results: &Results, model: &Model, width: usize) -> String {
    let rows = results.planner(model);
    let all = rows.iter().map(|row| of_run(row, are_out(results, model, row)));
    let all: Vec<Row> = all.collect();
    laid_out(&all, results.grid.width(), "", width)
}

/// Whether, of a fault or of any, fewer than 95 % of the agents hit were back by the end.
fn are_out(results: &Results, model: &Model, row: &PlannerRow) -> bool {
    let mut own = model.strikers().zip(&results.faults).filter(|(name, _)| {
        row.site.is_none() && row.fault.as_deref().is_none_or(|fault| fault == *name)
    });
    own.any(|(_, fault)| fault.hit > 0 && fault.until(95).is_none())
}

/// `are_out`: of the agents hit.
fn of_run(row: &PlannerRow, are_out: bool) -> Row {
    let [agents, logins, registers, queue, offered, waiting] =
        row.counts().map(|number| number.map_or_else(|| NONE.to_owned(), words::count));
    let more = |number: Option<i64>| number.map_or_else(|| NONE.to_owned(), more_or_fewer);
    let met = match (row.met_again_s, row.calls_lost) {
        (Some(met), _) if met.0 == 0 => NOT_MISSED.to_owned(),
        (Some(met), _) => words::length(met),
        (None, Some(_)) => NEVER.to_owned(),
        (None, None) => NONE.to_owned(),
    };
    let cells = [
        agents,
        logins,
        registers,
        queue,
        offered,
        waiting,
        match row.most_back_s {
            Some(back) => words::length(back),
            None if are_out => NEVER.to_owned(),
            None => NONE.to_owned(),
        },
        more(row.calls_lost),
        more(row.calls_abandoned),
        row.service_level_worst.map_or_else(|| NONE.to_owned(), words::percent),
        met,
        NONE.to_owned(),
    ];
    Row { fault: row.fault.clone(), site: row.site.clone(), cells }
}

/// The tables of an experiment: below each mean its interval, and what 95 % of the replications have at most.
pub(in crate::report) fn answer_table(answer: &Answer, model: &Model, width: usize) -> String {
    let below = format!("\n(with {} intervals)", words::level(answer.level));
    let window = Bins::fine(model.horizon).width();
    let all: Vec<Row> = rows(answer, model).iter().map(of_answer).collect();
    laid_out(&all, window, &below, width)
}

fn of_answer(row: &PlannerEstimate) -> Row {
    let figures = row.figures();
    let cells = std::array::from_fn(|at| match figures[at].as_ref() {
        Some(figure) if is_missed_never(at, figure.mean, figure.p95) => NOT_MISSED.to_owned(),
        figure => cell(figure, FIGURES[at].unit),
    });
    Row { fault: row.fault.clone(), site: row.site.clone(), cells }
}

fn cell(figure: Option<&Figure>, unit: Unit) -> String {
    let Some(figure) = figure else { return NONE.to_owned() };
    let Some(mean) = figure.mean else { return NEVER.to_owned() };
    let interval = figure.low.zip(figure.high).map(|(low, high)| Interval { low, high });
    let interval = interval.map(|found| (found, found.half_width(mean)));
    let (shown, worth) = match interval {
        Some((found, error)) if error > 0.0 => {
            let scale = Scale::of(mean, Some(error), unit);
            (scale.full(mean), scale.interval(found))
        }
        Some(_) => (value(mean, unit), "always".to_owned()),
        None => (value(mean, unit), "too few replications".to_owned()),
    };
    let most = match figure.p95 {
        Some(most) => format!("\np95: {}", value(most, unit)),
        None if unit == Unit::Time => format!("\np95: {NEVER}"),
        None => String::new(),
    };
    format!("{shown}\n({worth}){most}")
}

/// The most at each site, by fault where there are several; below it what the faults did.
fn laid_out(rows: &[Row], window: Span, below: &str, width: usize) -> String {
    let mut faults = rows.iter().filter(|row| row.fault.is_some() && row.site.is_none());
    let only = faults.next().filter(|_| faults.next().is_none());
    // With one fault the sites have the figures of the whole run again, and mostly it has those of the run.
    let told = |row: &&Row| match (only, &row.fault, &row.site) {
        (Some(only), None, None) => row.cells != only.cells,
        (Some(_), Some(_), Some(_)) => false,
        _ => true,
    };
    let (sites, together): (Vec<&Row>, Vec<&Row>) =
        rows.iter().filter(told).partition(|row| row.site.is_some());
    let tables = [
        table(&sites, ("most at each site", below), window, width),
        table(&together, ("what faults did", below), window, width),
    ];
    let tables: Vec<String> = tables.into_iter().flatten().collect();
    tables.join("\n")
}

/// A table without columns in which there is nothing; `None`: there is no column.
fn table(rows: &[&Row], (name, below): (&str, &str), window: Span, width: usize) -> Option<String> {
    let has_any = |at: &usize| rows.iter().any(|row| row.cells[*at] != NONE);
    let kept: Vec<usize> = (0..FIGURES.len()).filter(has_any).collect();
    let per = format!("per {}", words::slot(window));
    let heading = |at: &usize| {
        let [first, second] = FIGURES[*at].heading;
        format!("{first}\n{}", second.replace(super::PER, &per))
    };
    let headings: Vec<String> = kept.iter().map(heading).collect();
    let first = format!("{name}{below}");
    let columns = headings.iter().map(|heading| (heading.as_str(), Column::Right));
    let columns: Vec<_> = std::iter::once((first.as_str(), Column::Left)).chain(columns).collect();
    let mut table = Layout::new(&columns);
    let mut fault = None;
    for row in rows.iter().take(ROWS) {
        let of = row.fault.as_deref().unwrap_or("whole run");
        if row.site.is_some() && rows[0].fault != rows[rows.len() - 1].fault && fault != Some(of) {
            table.heading(of.to_owned());
        }
        fault = Some(of);
        let cells = kept.iter().map(|at| row.cells[*at].clone());
        let name = format!(" {}", row.site.as_deref().unwrap_or(of));
        table.row(std::iter::once(name).chain(cells).collect());
    }
    let rest = rows.len().saturating_sub(ROWS) as u64;
    let rest = match rest {
        0 => String::new(),
        rest => {
            let rest = words::counted(rest, "further row is", "further rows are");
            format!("{rest} in {PLANNER_FILE}.\n")
        }
    };
    (!kept.is_empty()).then(|| format!("{}\n{rest}", table.render(width)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cells of a row whose targets were met again after this time in the mean, in 95 % of the
    /// replications.
    fn met_again(mean: f64, p95: Option<f64>) -> String {
        let ends = (Some(mean), Some(mean));
        let figure = Figure { mean: Some(mean), low: ends.0, high: ends.1, p95, most: p95 };
        let row = PlannerEstimate { met_again_s: Some(figure), ..PlannerEstimate::default() };
        let cells = of_answer(&row).cells;
        cells[FIGURES.iter().position(|one| one.name == "met_again_s").unwrap()].clone()
    }

    #[test]
    fn a_target_that_no_replication_missed_because_of_the_fault_is_said_to_be_so() {
        assert_eq!(met_again(0.0, Some(0.0)), "not missed by it");
        assert!(met_again(0.0, None).ends_with("\n(always)\np95: not by the end"));
        assert_eq!(met_again(45.0, Some(45.0)), "45.0 s\n(always)\np95: 45.0 s");
    }
}
