//! Limits that only the resolved model shows: how many spells the faults may have, and how many
//! steps an agent. What is above them would not come to an end in any time that anybody has.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, TextSpan};
use crate::model::{Cohort, Model};
use crate::scenario::Document;
use crate::time::Span;

use super::faults::headers;
use super::people::PERSONS;
use super::treadmills::{Downs, Treadmill, spells, treadmills};

/// The most spells that the faults of a scenario may be expected to have together.
const MOST_SPELLS: f64 = 20_000_000.0;

/// The most steps that one agent may be expected to take while something is down: some minutes.
const MOST_STEPS: f64 = 1e9;

/// The code of all of them.
const CODE: &str = "S021";

/// Everything of a scenario that would not come to an end.
pub fn check(document: &Document, model: &Model) -> Vec<Diagnostic> {
    let mut found = too_often(document, model);
    let downs = Downs::new(model);
    let mut told = BTreeSet::new();
    for cohort in &model.cohorts {
        let profile = &model.profiles[cohort.profile.index()];
        // The first is told alone: what comes after it mostly follows from the same values.
        let mills = treadmills(model, profile, &downs);
        let endless = mills.iter().find_map(|mill| endless(document, model, cohort, mill));
        // Agents with the same values are told once.
        found.extend(endless.filter(|own| told.insert(own.primary.text.clone())));
    }
    found
}

/// Faults that would never come to an end of failing.
fn too_often(document: &Document, model: &Model) -> Vec<Diagnostic> {
    let horizon = Span(model.horizon.0).as_secs_f64();
    let number = model.faults.iter().map(|fault| {
        let spells = spells(&fault.schedule, horizon).0 * fault.targets.len() as f64;
        if spells.is_nan() { f64::INFINITY } else { spells }
    });
    let number: Vec<f64> = number.collect();
    // Where no fault has too many by itself, but all together do, the worst is blamed.
    let headers = headers(document);
    let together = number.iter().sum::<f64>() > MOST_SPELLS;
    let most = number.iter().copied().fold(0.0, f64::max).min(MOST_SPELLS);
    let blamed = number.iter().enumerate().filter(|(_, own)| together && **own >= most);
    blamed
        .map(|(index, own)| {
            let others = if *own > MOST_SPELLS { "" } else { "with the other faults, " };
            Diagnostic::error(CODE, "the fault happens too often", headers[index])
                .label(format!("{others}more than 20 million outages within the horizon"))
                .help("make the time to failure longer, or the horizon shorter")
        })
        .collect()
}

/// Agents that would never come to an end of stepping.
fn endless(
    document: &Document,
    model: &Model,
    cohort: &Cohort,
    mill: &Treadmill,
) -> Option<Diagnostic> {
    let steps = mill.total();
    if steps.is_nan() || steps <= MOST_STEPS {
        return None;
    }
    let (span, who) = named(document, model, cohort);
    let message = format!("{who} would take more than 10^{} steps", power(steps));
    let (period, time) = (rough(mill.period_s), rough(mill.time_s));
    let each = match mill.stayed {
        1.0.. => format!(", and to have stayed takes {:.0} steps each time", mill.stayed),
        _ => String::new(),
    };
    let label = format!("{} come every {period}, for up to {time}{each}", mill.what);
    let help = format!("{}, or `horizon` shorter", mill.mend);
    Some(Diagnostic::error(CODE, message, span).label(label).help(help))
}

/// The power of ten at or below a number.
fn power(number: f64) -> i32 {
    libm::floor(libm::log10(number.min(1e30))) as i32
}

/// A length of time to one decimal, as the language writes it.
fn rough(seconds: f64) -> String {
    let units = [
        (31_536_000.0, "y"),
        (86_400.0, "d"),
        (3_600.0, "h"),
        (60.0, "m"),
        (1.0, "s"),
        (1e-3, "ms"),
        (1e-6, "us"),
        (1e-9, "ns"),
    ];
    let fits = units.iter().find(|(unit, _)| seconds >= *unit);
    let (unit, name) = fits.unwrap_or(&(1e-9, "ns"));
    format!("{:.1}", seconds / unit).trim_end_matches(".0").to_owned() + name
}

/// Where some agents are declared, and what they are called.
fn named(document: &Document, model: &Model, cohort: &Cohort) -> (TextSpan, String) {
    if let Some(name) = &cohort.person {
        let ordinal = cohort.index.saturating_sub(PERSONS) as usize;
        return (
            document.persons.get(ordinal).map(|p| p.name.span).unwrap_or_default(),
            format!("agent `{name}`"),
        );
    }
    let name = &model.groups[cohort.group.index()].name;
    let group = document.groups.iter().find(|group| group.name.value == *name);
    let span = group.map(|group| group.name.span).unwrap_or_default();
    (span, format!("each agent of `{name}`"))
}
