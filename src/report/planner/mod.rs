//! The planner's table as a file and for a terminal: one run, or the replications of an experiment.
//!
//! Its rows are defined in the measures; what there is no figure of is an empty cell, on a terminal
//! and on the page `-`.

mod csv;
mod estimates;
mod text;

pub use estimates::{Figure, PlannerEstimate};

pub(super) use csv::{TABLE, of_answer};
pub(super) use estimates::{STATISTICS, rows as estimates};
pub(super) use text::{answer_table, run_table};

use crate::model::Unit;

/// The file.
pub const PLANNER_FILE: &str = "planner.csv";

/// A column of figures.
pub(super) struct Column {
    /// In files.
    pub(super) name: &'static str,
    /// For people, in two lines.
    pub(super) heading: [&'static str; 2],
    pub(super) unit: Unit,
}

const fn column(name: &'static str, heading: [&'static str; 2], unit: Unit) -> Column {
    Column { name, heading, unit }
}

/// The figures, in the order of the columns.
pub(super) const FIGURES: [Column; 12] = [
    column("in_service_peak", ["agents", "at most"], Unit::Count),
    column("logins_peak", ["logins", PER], Unit::Count),
    column("recovery_registers_peak", ["REGISTERs", "answered per WINDOW"], Unit::Count),
    column("login_queue_longest", ["longest", "login queue"], Unit::Count),
    column("offered_peak", ["REGISTERs", "offered per s"], Unit::Count),
    column("register_queue_longest", ["REGISTERs", "waiting"], Unit::Count),
    column("most_back_s", ["95 % back", "after"], Unit::Time),
    column("calls_lost", ["calls", "lost"], Unit::Count),
    column("calls_abandoned", ["calls", "abandoned"], Unit::Count),
    column("service_level_worst", ["worst service", "level"], Unit::Share),
    column("met_again_s", ["target met", "again after"], Unit::Time),
    column("not_met_again", ["not met", "again in"], Unit::Share),
];

/// The text where something had not come by the end of the run.
pub(in crate::report) const NEVER: &str = "not by the end";

/// The text where no target was missed because of a fault; without it, too, one may have been.
pub(in crate::report) const NOT_MISSED: &str = "not missed by it";

/// Whether a figure of an experiment says that no replication missed a target because of a fault.
pub(super) fn is_missed_never(column: usize, mean: Option<f64>, p95: Option<f64>) -> bool {
    FIGURES[column].name == "met_again_s" && mean == Some(0.0) && p95 == Some(0.0)
}

/// The placeholder for the length of the window of peaks.
pub(super) const PER: &str = "per WINDOW";

/// The names of the figures in files.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FIGURES.iter().map(|column| column.name)
}
