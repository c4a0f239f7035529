//! Reports: results as files, text and charts. One file of source per format.
//!
//! It computes nothing that the measures could, touches no disk and no terminal: everything here
//! returns bytes, or writes to whatever it is given.
//!
//! | file | from |
//! |---|---|
//! | `summary.json`, `timeline.csv`, `world.csv`, `states.csv`, `downtime.csv`, `groups.csv`, `faults.csv`, `planner.csv` | [`FILES`] |
//! | `registers.csv`, `storms.csv`, where a registrar has a capacity | [`REGISTRAR_FILES`] |
//! | `calls.csv`, where there are queues of calls | [`CALLS_FILE`] |
//! | `assumptions.csv` | [`assumptions_csv()`] |
//! | `agents.csv`, `outages.csv`, `moves.csv` | [`RowFiles`], one per range of agents, in order after [`RowBytes::headers`] |
//! | `trace.csv` | [`TraceCsv`], a sink |
//! | the tables of a run in memory | [`TypedTable`] |
//! | `provenance.json` | [`Provenance`] |
//! | `*.svg` | [`charts::CHARTS`] |
//! | the summary on a terminal | [`text()`] |
//! | the local page of `serve` | [`explorer`] |
//! | the story of one agent | [`story`] |
//! | a fit: `fit.json`, `fit.csv`, `bootstrap.csv`, its text | [`fit`]; its charts: [`charts::FittedChart`] |

pub mod catalogue;
pub mod charts;
pub mod compare;
pub mod experiment;
pub mod explorer;
pub mod fit;
pub mod headroom;
pub mod page;
pub mod story;
pub mod sweep;

mod advice;
mod agents_csv;
mod assumptions_csv;
mod between;
mod call_sentences;
mod calls_csv;
mod cells;
mod columns;
mod downtime_csv;
mod faults_csv;
mod groups_csv;
mod large_tables;
mod layout;
mod marks;
mod measure_words;
mod money_sentence;
mod moves_csv;
mod numbers;
mod outages_csv;
mod overload;
#[cfg(feature = "parquet")]
mod parquet;
mod planner;
mod provenance;
mod registrars_csv;
mod rows;
mod run_table;
mod shown;
mod states_csv;
mod still_open;
mod summary_json;
mod table;
mod text;
mod text_table;
mod timeline_csv;
mod trace_csv;
mod trace_fields;
mod tradeoff;
mod unlike;
mod typed;
mod units;
mod words;
mod world_csv;
mod xlsx;

pub use assumptions_csv::{ASSUMPTIONS_FILE, Assumption, assumptions_csv, assumptions_of_variants};
pub use columns::Holds;
pub use large_tables::{LARGE_TABLES, LargeTable};
pub use layout::{Screen, list};
pub use overload::{MEANING as OVERLOAD_MEANING, finding as overload_finding};
#[cfg(feature = "parquet")]
pub use parquet::{NoParquet, Parquet};
pub use planner::{Figure, PLANNER_FILE, PlannerEstimate};
pub use provenance::{Data, Input, PROVENANCE_FILE, Provenance, Replicated, Stamped, digest};
use provenance::{FORMAT_VERSION, schema};
pub(crate) use rows::RowsInMemory;
pub use rows::{RowBytes, RowFiles};
use run_table::RunTable;
pub use summary_json::summary_schema;
pub use text::text;
pub use trace_csv::TraceCsv;
pub use typed::{Texts, TypedColumn, TypedTable, Values};
pub use xlsx::{NoWorkbook, XLSX_FILE, workbook};

use crate::measures::Results;
use crate::model::Model;

/// The tables that are made of the results of a run, by the names of their files; those of registrars and calls
/// where there are such.
pub(crate) fn typed_tables(results: &Results) -> Vec<(&'static str, RunTable)> {
    let mut all = vec![
        ("timeline", timeline_csv::TABLE),
        ("world", world_csv::TABLE),
        ("states", states_csv::TABLE),
        ("downtime", downtime_csv::TABLE),
        ("groups", groups_csv::TABLE),
        ("faults", faults_csv::TABLE),
        ("planner", planner::TABLE),
    ];
    if !results.registrars.is_empty() {
        all.push(("registers", registrars_csv::SECONDS_TABLE));
        all.push(("storms", registrars_csv::STORMS_TABLE));
    }
    if results.calls.is_some() {
        all.push(("calls", calls_csv::TABLE));
    }
    all
}

/// A length of time in its two largest units, as people read it.
#[must_use]
pub fn length_in_words(span: crate::time::Span) -> String {
    words::span(span)
}

/// A file made from the results of one run.
#[derive(Clone, Copy, Debug)]
pub struct OutputFile {
    /// File name.
    pub name: &'static str,
    /// Its contents.
    pub render: fn(&Results, &Model, &Provenance) -> Vec<u8>,
}

/// The file that a run writes besides where there are queues of calls.
pub const CALLS_FILE: OutputFile = OutputFile {
    name: "calls.csv",
    render: |results, model, _| calls_csv::TABLE.csv(results, model),
};

/// The files that a run writes besides where a registrar has a capacity.
pub const REGISTRAR_FILES: [OutputFile; 2] = [
    OutputFile {
        name: "registers.csv",
        render: |results, model, _| registrars_csv::SECONDS_TABLE.csv(results, model),
    },
    OutputFile {
        name: "storms.csv",
        render: |results, model, _| registrars_csv::STORMS_TABLE.csv(results, model),
    },
];

/// The files that every run writes beside the rows and the charts.
pub const FILES: [OutputFile; 8] = [
    OutputFile { name: "summary.json", render: summary_json::render },
    OutputFile {
        name: "timeline.csv",
        render: |results, model, _| timeline_csv::TABLE.csv(results, model),
    },
    OutputFile {
        name: "world.csv",
        render: |results, model, _| world_csv::TABLE.csv(results, model),
    },
    OutputFile {
        name: "states.csv",
        render: |results, model, _| states_csv::TABLE.csv(results, model),
    },
    OutputFile {
        name: "downtime.csv",
        render: |results, model, _| downtime_csv::TABLE.csv(results, model),
    },
    OutputFile {
        name: "groups.csv",
        render: |results, model, _| groups_csv::TABLE.csv(results, model),
    },
    OutputFile {
        name: "faults.csv",
        render: |results, model, _| faults_csv::TABLE.csv(results, model),
    },
    OutputFile {
        name: PLANNER_FILE,
        render: |results, model, _| planner::TABLE.csv(results, model),
    },
];
