//! Instants of a run in local time, where its scenario says when it starts; else as times since the start.

use super::found::total;
use super::set::{Csv, Set};
use crate::model::Clock;
use crate::report::columns::LOCAL;
use crate::report::words;
use crate::scenario::calendar;
use crate::time::{Span, Time};

/// No instant is later, in seconds: a file that says more is wrong.
pub(super) const LATEST: f64 = 4e9;

/// Columns of instants, and what the same in local time is called.
const INSTANTS: [(&str, &str); 2] = [("from_s", "from"), ("to_s", "to")];

impl Set<'_> {
    /// The calendar of the run.
    pub(super) fn clock(&self) -> Option<Clock> {
        let text = |name: &str| self.answer[name].as_str();
        if let Some(start) = text("start") {
            let zone = text("time_zone").and_then(|name| calendar::zone(name).ok());
            return calendar::start(start, zone.as_ref()).ok();
        }
        calendar::clock(text("clock")?).ok()
    }

    /// The local time of an instant in seconds of the run.
    pub(super) fn local(&self, seconds: f64) -> Option<String> {
        Some(shown(&self.clock()?, seconds))
    }

    /// An instant in words: `Mon 10:00 (2 h after the start)`, or `2 h` alone.
    pub(super) fn instant(&self, seconds: f64) -> String {
        let since = words::length(total(seconds));
        match self.local(seconds) {
            Some(local) => format!("{local} ({since} after the start)"),
            None => since,
        }
    }

    /// What something did from one instant to another.
    pub(super) fn lasting(&self, name: &str, what: &str, (from, to): (f64, f64)) -> String {
        let [from, to] = [from, to]
            .map(|seconds| self.local(seconds).unwrap_or_else(|| words::length(total(seconds))));
        format!("{name}: {what} from {from} to {to}")
    }

    /// A table of the run with the local time beside each instant.
    pub(super) fn with_local(&self, csv: Csv) -> Csv {
        let Some(clock) = self.clock() else { return csv };
        let name = |column: &str| INSTANTS.into_iter().find(|(own, _)| *own == column);
        let local = |cell: &str| {
            let at = cell.parse().ok().filter(|at: &f64| at.is_finite());
            at.map(|at| shown(&clock, at)).unwrap_or_default()
        };
        let row = |cells: &[String], head: bool| {
            let each = csv.columns.iter().zip(cells).flat_map(|(column, cell)| {
                let beside =
                    |(_, name): (&str, &str)| if head { name.to_owned() } else { local(cell) };
                // Local time of the file itself, which the page says in its own way.
                let own = Some(cell.clone()).filter(|_| !column.ends_with(LOCAL));
                own.into_iter().chain(name(column).map(beside))
            });
            each.collect::<Vec<_>>()
        };
        let rows = csv.rows.iter().map(|cells| row(cells, false)).collect();
        Csv { columns: row(&csv.columns, true), rows }
    }
}

fn shown(clock: &Clock, seconds: f64) -> String {
    clock.at(Time::ZERO + Span::from_secs_f64(seconds.clamp(0.0, LATEST)))
}
