//! What was read of a log, and what the fit uses of it. It computes nothing.

use std::fmt::Write;

use super::FitReport;
use super::tables::wrapped;
use crate::fit::{FirstUpTime, Overlaps, Rows};
use crate::report::words;

/// The whole paragraph.
pub(super) fn read(telling: &FitReport<'_>) -> String {
    rows(telling) + &policies(telling) + &window(telling)
}

fn counted(number: usize, one: &str, many: &str) -> String {
    words::counted(number as u64, one, many)
}

/// The rows, the rule that read them, and the columns.
fn rows(telling: &FitReport<'_>) -> String {
    let (observed, log) = (telling.observed, telling.log);
    let components = counted(observed.components.len(), "component", "components");
    let mut out = match log.kind {
        Rows::Outages => {
            let rows = counted(observed.rows(), "row", "rows");
            format!("{}: {rows} of {components}.\n", telling.name)
        }
        _ => format!(
            "{}: {} of {components}, which make {}.\n",
            telling.name,
            counted(log.lines, "row", "rows"),
            counted(observed.outages(), "outage", "outages"),
        ),
    };
    if let Some(rule) = log.kind.rule() {
        let gap = log.gap.map_or(String::new(), |gap| {
            format!(" Half of the rows follow the one before within {}.", words::span(gap))
        });
        let _ = writeln!(out, "{}", wrapped(&format!("{rule}{gap}")));
    }
    let renamed = log.used.iter().filter(|(role, name)| !name.eq_ignore_ascii_case(role));
    let renamed: Vec<String> = renamed.map(|(role, name)| format!("{role} = `{name}`")).collect();
    if !renamed.is_empty() {
        let _ = writeln!(out, "{}", wrapped(&format!("Columns: {}.", renamed.join(", "))));
    }
    if !log.unused.is_empty() {
        let unused = format!("Columns that are not used: {}.", log.unused.join(", "));
        let _ = writeln!(out, "{}", wrapped(&unused));
    }
    if log.unit_assumed {
        let assumed = "Bare numbers of the duration count as seconds; a column such as \
                       duration_minutes names another unit.";
        let _ = writeln!(out, "{}", wrapped(assumed));
    }
    out
}

/// What the policies did.
fn policies(telling: &FitReport<'_>) -> String {
    let observed = telling.observed;
    let mut out = String::new();
    if telling.policies.overlaps == Overlaps::Merge {
        let (rows, outages) = (observed.rows(), observed.outages());
        let became = counted(outages, "outage", "outages");
        let _ = match rows - outages {
            0 => writeln!(out, "Nothing overlaps."),
            _ => writeln!(out, "Merged what overlaps or touches: {rows} rows became {became}."),
        };
    }
    if observed.dropped > 0 {
        let dropped = counted(observed.dropped, "outage has", "outages have");
        let text = format!(
            "{dropped} no end: counted as a failure, its length and the up time after it left out. \
             If long outages are the ones without an end, the repair time is too short."
        );
        let _ = writeln!(out, "{}", wrapped(&text));
    }
    if observed.outside > 0 {
        let rows = counted(observed.outside, "row begins", "rows begin");
        let _ = writeln!(out, "{rows} outside the observation and counted for nothing.");
    }
    if observed.lengthened > 0 {
        let unit = words::span(observed.unit);
        let outages = counted(observed.lengthened, "outage", "outages");
        let _ = writeln!(out, "{outages} without length counted as {unit}.");
    }
    out
}

/// The time that was observed.
fn window(telling: &FitReport<'_>) -> String {
    let observed = telling.observed;
    let mut until = telling.instant(observed.until);
    if let Some(zone) = telling.log.clock.zone() {
        until += &format!(" ({zone})");
    }
    if telling.policies.until.is_none() {
        until += ", the last instant of the log (--until names a later end)";
    }
    let from = observed.from.map(|from| telling.instant(from));
    let window = match (from, telling.policies.first_up_time) {
        (None, _) => format!(
            "Observed until {until}; what was before a component's first row is not known, so it \
             counts for nothing."
        ),
        (Some(from), FirstUpTime::LeaveOut) => format!(
            "Observed from {from} until {until}; a component's time up to its first outage is \
             left out, for nobody saw it begin."
        ),
        (Some(from), FirstUpTime::Whole) => {
            format!("Observed from {from} until {until}; every component went into service then.")
        }
    };
    wrapped(&window) + "\n"
}
