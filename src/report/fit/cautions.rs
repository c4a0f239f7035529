//! What to know before the answer of a fit is used. It computes nothing.

use super::FitReport;
use super::tables::wrapped;
use crate::fit::{Verdict, could_be_component};
use crate::report::words;

/// Fewer lengths than this say little about the shape of a law.
pub(super) const FEW: usize = 20;

/// From this share of rows on, what merging did to the counts is a warning.
const MUCH: f64 = 0.1;

/// The warnings, a paragraph each.
pub(super) fn cautions(telling: &FitReport<'_>) -> String {
    let found = of_laws(telling).into_iter().chain(of_counts(telling)).chain(of_component(telling));
    found.map(|one| wrapped(&format!("Careful: {one}")) + "\n").collect()
}

fn counted(number: usize, one: &str, many: &str) -> String {
    words::counted(number as u64, one, many)
}

/// Laws that the log hardly knows, or that do not fit it.
fn of_laws(telling: &FitReport<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for kind in telling.kinds() {
        let Ok(side) = kind.side else { continue };
        let exact = side.sample.exact.len();
        if exact < FEW {
            found.push(format!(
                "{} seen whole: too few to know the law. Laws are ranked by AICc, which prefers simple \
                 ones then; intervals from this few are too narrow.",
                counted(exact, kind.one, kind.many),
            ));
        }
        if side.chosen().verdict == Verdict::Bad {
            let law = side.chosen().law.family().name();
            found.push(format!("The {law} law fits the {} badly; see below.", kind.many));
        }
    }
    found
}

/// What merging did, and components that count for nothing.
fn of_counts(telling: &FitReport<'_>) -> Vec<String> {
    let observed = telling.observed;
    let mut found = Vec::new();
    let merged = observed.rows() - observed.outages();
    if merged as f64 >= MUCH * observed.rows() as f64 && merged > 0 {
        found.push(format!(
            "{} became {}, the largest of {}: \"down\" here means that at least one of the things \
             behind a name is down, and \"up\" that all of them are. Outages are then longer, and \
             their number smaller, than those of one thing. If the rows are of several things (cells, \
             circuits, ports), give each its own name with --columns component=NAME and fit again; \
             if they are repeated reports of one thing, the figures are right.",
            counted(observed.rows(), "row", "rows"),
            counted(observed.outages(), "outage", "outages"),
            counted(observed.most_rows, "row", "rows"),
        ));
    }
    let never = observed.never_failed;
    if never > 0 && telling.policies.component.is_none() {
        found.push(format!(
            "{} never failed in the log and {} for nothing: the others fail more often than all of \
             them together.",
            counted(never, "component", "components"),
            if never == 1 { "counts" } else { "count" },
        ));
    }
    found
}

/// A column that could name components, where none does.
fn of_component(telling: &FitReport<'_>) -> Option<String> {
    let other = telling.log.unused.iter().find(|name| could_be_component(name));
    let named = telling.log.used.iter().any(|(role, _)| *role == "component");
    let other = other.filter(|_| !named)?;
    Some(format!(
        "All rows count as one component, but the column `{other}` could name several: --columns \
         component={other}.",
    ))
}
