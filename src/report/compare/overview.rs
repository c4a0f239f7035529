//! Several variants against the first, in one table: a row per variant, marked as in a sweep.
//!
//! A difference is never shown without its interval. A few measures only; all of them are in the
//! files.

use crate::experiment::{Comparison, Goal, contrast_of};
use crate::measures::DOWNTIME_PER_AGENT;
use crate::model::{Model, Unit};
use crate::report::advice;
use crate::report::layout::{Column, Layout};
use crate::report::marks::{self, Marked};
use crate::report::numbers::{Scale, value};
use crate::report::tradeoff::Variants;
use crate::report::words;
use crate::statistics::Estimate;

/// The columns behind the difference: the goals but downtime.
const OTHERS: [(Goal, &str); 6] = [
    (Goal::NeedlessSwitchovers, "needless\nmoves"),
    (Goal::Flaps, "flaps"),
    (Goal::PeakLogins, ""),
    (Goal::FailedCalls, "failed\ncalls"),
    (Goal::LateCalls, "not in\ntime"),
    (Goal::CallsOfFaults, "failed by\nfaults"),
];

/// The names, the sentences and the table.
pub(super) fn text(comparison: &Comparison, first: &Model, width: usize) -> String {
    let names = comparison.names.iter().enumerate();
    let mut out: String =
        names.map(|(variant, name)| format!("{}: {name}\n", letters(variant))).collect();
    let name = |variant: usize| {
        let caution = advice::caution(&comparison.advice, variant.checked_sub(1));
        letters(variant) + &caution.map_or_else(String::new, |caution| format!(" ({caution})"))
    };
    let tradeoff = &comparison.tradeoff;
    out.push('\n');
    let replications = comparison.gathered[0].count();
    out += &Variants { tradeoff, replications, noun: "variant", name: &name }.sentences();
    out.push('\n');
    out += &table(comparison, first).render(width);
    out.push('\n');
    let marks = (0..comparison.names.len()).map(|variant| marked(comparison, variant));
    out + &marks::legend(marks, "variant")
}

/// A, B, ... Z, AA, AB.
pub(in crate::report) fn letters(variant: usize) -> String {
    let last = char::from(b'A' + (variant % 26) as u8);
    match variant / 26 {
        0 => last.to_string(),
        rest => format!("{}{last}", letters(rest - 1)),
    }
}

fn table(comparison: &Comparison, first: &Model) -> Layout {
    let peak = format!("peak\nlogins\n{}", words::per_window(first.horizon));
    let all = 0..comparison.names.len();
    let of = |get: Get| all.clone().map(|variant| get(comparison, variant)).collect::<Vec<_>>();
    let columns = [(downtime as Get, "downtime\nper agent"), (change, "from A")];
    let columns = columns.map(|(get, heading)| {
        let estimates = of(get);
        let scale = Scale::of_estimates(estimates.iter().copied().flatten(), Unit::Time);
        (format!("{heading}\n({})", scale.unit()), scale, estimates)
    });
    let mut heads = vec![("", Column::Right)];
    heads.extend(columns.iter().map(|(heading, ..)| (heading.as_str(), Column::Right)));
    let has = |goal: Goal| comparison.tradeoff.has(goal);
    let others: Vec<_> = OTHERS.into_iter().filter(|(goal, _)| has(*goal)).collect();
    heads.extend(others.iter().map(|(goal, heading)| match goal {
        Goal::PeakLogins => (peak.as_str(), Column::Right),
        _ => (*heading, Column::Right),
    }));
    let mut table = Layout::new(&heads);
    for variant in all.clone() {
        let mut cells = vec![marked(comparison, variant).before(&letters(variant))];
        let estimates =
            columns.iter().map(|(_, scale, estimates)| cell(estimates[variant], *scale));
        cells.extend(estimates);
        if variant == 0 {
            cells[2].clear();
        }
        cells.extend(others.iter().map(|(goal, _)| mean(comparison, variant, *goal)));
        table.row(cells);
    }
    table
}

/// An estimate of a variant.
type Get = for<'c> fn(&'c Comparison<'_>, usize) -> Option<&'c Estimate>;

/// Its downtime per agent.
fn downtime<'c>(comparison: &'c Comparison<'_>, variant: usize) -> Option<&'c Estimate> {
    let contrasts = comparison.contrasts.get(variant.saturating_sub(1))?;
    let contrast = contrast_of(contrasts, DOWNTIME_PER_AGENT)?;
    Some(if variant == 0 { &contrast.a } else { &contrast.b })
}

/// What it changes of the downtime per agent.
fn change<'c>(comparison: &'c Comparison<'_>, variant: usize) -> Option<&'c Estimate> {
    let contrasts = comparison.contrasts.get(variant.checked_sub(1)?)?;
    contrast_of(contrasts, DOWNTIME_PER_AGENT).map(|contrast| &contrast.difference)
}

/// A value with its interval below.
fn cell(estimate: Option<&Estimate>, scale: Scale) -> String {
    let found = estimate.and_then(|estimate| Some((estimate.value?, estimate.interval)));
    found.map_or_else(|| "-".to_owned(), |(value, interval)| scale.stacked(value, interval))
}

/// The mean of a goal.
fn mean(comparison: &Comparison, variant: usize, goal: Goal) -> String {
    let mean = comparison.tradeoff.mean(goal, variant);
    let unit = if goal == Goal::LateCalls { Unit::Share } else { Unit::Count };
    mean.map_or_else(|| "-".to_owned(), |mean| value(mean, unit))
}

/// What a variant is marked with.
fn marked(comparison: &Comparison, variant: usize) -> Marked {
    let warned = !comparison.advice.codes_at(variant.checked_sub(1)).is_empty();
    Marked::new(false, comparison.tradeoff.marks(variant), warned)
}

#[cfg(test)]
mod tests {
    #[test]
    fn variants_have_letters() {
        let all = [0, 1, 25, 26, 27, 52, 701, 702].map(super::letters);
        assert_eq!(all, ["A", "B", "Z", "AA", "AB", "BA", "ZZ", "AAA"]);
    }
}
