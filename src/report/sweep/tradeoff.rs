//! The first sentences of a sweep: what its points trade against each other, and which of them the
//! replications do not separate.
//!
//! No single winner is named where the replications do not show one.

use crate::experiment::{Grid, Objective};
use crate::model::Unit;
use crate::report::advice;
use crate::report::numbers::value;
use crate::report::words;

/// More replications than this are not proposed.
const MOST: u64 = 1_000_000;

/// The sentences, each on a line of its own.
pub(super) fn sentences(grid: &Grid) -> String {
    let objectives = &grid.tradeoff.objectives;
    let Some(downtime) = objectives.first() else { return String::new() };
    let varying: Vec<&Objective> = objectives.iter().filter(|one| one.varies()).collect();
    let separated: Vec<&Objective> =
        varying.iter().copied().filter(|one| is_separated(one)).collect();
    let mut all = Vec::new();
    if varying.is_empty() {
        all.push("No difference: every point has the same downtime, needless switchovers, flaps and peak logins.".to_owned());
        return all.join("\n") + "\n";
    }
    let may_be_best = |variant: usize| separated.iter().all(|one| one.least.may_be[variant]);
    let number = grid.tradeoff.pareto.len();
    if separated.is_empty() {
        all.push("The replications do not separate the points in any of downtime, needless switchovers, flaps and peak logins.".to_owned());
    } else if (0..number).any(may_be_best) {
        let best: Vec<usize> = (0..number).filter(|one| may_be_best(*one)).collect();
        all.push(format!(
            "No trade-off seen: {} may be best in {}.",
            list(grid, &best),
            names(&separated)
        ));
    } else {
        all.push(format!(
            "Trade-off: {}.",
            separated.iter().map(|one| best_of(grid, one)).collect::<Vec<_>>().join("; ")
        ));
    }
    all.extend(apart(grid, downtime));
    let pareto: Vec<usize> = (0..number).filter(|one| grid.tradeoff.pareto[*one]).collect();
    all.push(format!("Not dominated (Pareto set): {}.", list(grid, &pareto)));
    all.join("\n") + "\n"
}

/// Whether some variant is shown not to have the least of it.
fn is_separated(objective: &Objective) -> bool {
    objective.least.may_be.iter().any(|may_be| !may_be)
}

fn names(objectives: &[&Objective]) -> String {
    objectives.iter().map(|one| one.name).collect::<Vec<_>>().join(", ")
}

/// The variant with the least of something, and what the others of the trade cost there.
fn best_of(grid: &Grid, objective: &Objective) -> String {
    let best = objective.least.smallest;
    let costs: Vec<String> = grid
        .tradeoff
        .objectives
        .iter()
        .filter(|one| one.varies())
        .map(|one| match one.name {
            "downtime" => format!("{} per agent", value(one.means[best], Unit::Time)),
            name => format!("{} {name}", value(one.means[best], Unit::Count)),
        })
        .collect();
    format!("least {} with {} ({})", objective.name, named(grid, best), costs.join(", "))
}

/// Which variants cannot be told apart in downtime, and what would separate them.
fn apart(grid: &Grid, downtime: &Objective) -> Option<String> {
    if !downtime.varies() {
        return None;
    }
    let number = downtime.means.len();
    let may_be: Vec<usize> = (0..number).filter(|one| downtime.least.may_be[*one]).collect();
    let how = format!(
        "paired differences, Bonferroni over {}",
        words::counted(number.saturating_sub(1) as u64, "comparison", "comparisons")
    );
    if let [only] = may_be[..] {
        return Some(format!(
            "{} has less downtime than every other point ({how}).",
            named(grid, only)
        ));
    }
    let others = may_be.iter().filter(|one| **one != downtime.least.smallest);
    let needed: Option<Vec<u64>> = others.map(|one| downtime.needed[*one]).collect();
    let needed = needed.and_then(|all| all.into_iter().max()).filter(|needed| *needed <= MOST);
    let needed = match needed {
        Some(needed) => {
            format!("About {} replications would separate them.", words::count(needed))
        }
        None => "More replications would hardly separate them.".to_owned(),
    };
    let set = list(grid, &may_be);
    Some(format!("Any of {set} may have the least downtime ({how}). {needed}"))
}

fn list(grid: &Grid, variants: &[usize]) -> String {
    let all: Vec<String> = variants.iter().map(|one| named(grid, *one)).collect();
    match &all[..] {
        [] => "none".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// What a variant is called: the values that are set, whether that is today's scenario, and which checks
/// warn of it.
fn named(grid: &Grid, variant: usize) -> String {
    let point = grid.points.iter().find(|point| point.variant == variant);
    let Some(point) = point else { return "today".to_owned() };
    let values = grid.parameters.iter().zip(&point.at);
    let values: Vec<&str> = values.map(|(one, at)| one.values[*at].as_str()).collect();
    let at = grid.points.iter().position(|other| other.at == point.at);
    let caution = at.and_then(|at| advice::caution(&grid.advice, at));
    let notes = [(variant == 0).then(|| "today".to_owned()), caution];
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    let values = values.join(" with ");
    if notes.is_empty() { values } else { format!("{values} ({})", notes.join(", ")) }
}
