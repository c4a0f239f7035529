//! Several variants against the first, in one table: a row per variant, marked as in a sweep.
//!
//! A difference is never shown without its interval. A few measures only; all of them are in the
//! files.

use crate::experiment::Comparison;
use crate::model::Unit;
use crate::report::advice::SIGN;
use crate::report::layout::{Column, Layout};
use crate::report::numbers::{Scale, value};
use crate::report::tradeoff::Variants;
use crate::statistics::Estimate;

use super::MAIN;

/// The columns behind the difference: the objectives but downtime.
const OTHERS: [(&str, &str); 3] = [
    ("needless switchovers", "needless\nmoves"),
    ("flaps", "flaps"),
    ("peak logins", "peak\nlogins"),
];

/// The names, the sentences and the table.
pub(super) fn text(comparison: &Comparison, width: usize) -> String {
    let names = comparison.names.iter().enumerate();
    let mut out: String =
        names.map(|(variant, name)| format!("{}: {name}\n", letters(variant))).collect();
    let common = comparison.advice.common();
    let name = |variant: usize| {
        let codes = comparison.advice_codes(variant);
        let own: Vec<&str> = codes.into_iter().filter(|code| !common.contains(code)).collect();
        match own.is_empty() {
            true => letters(variant),
            false => format!("{} (warning {})", letters(variant), own.join(" and ")),
        }
    };
    let tradeoff = &comparison.tradeoff;
    out.push('\n');
    let replications = comparison.gathered[0].count();
    out += &Variants { tradeoff, replications, noun: "variant", name: &name }.sentences();
    out.push('\n');
    out += &table(comparison).render(width);
    out.push('\n');
    out + &legend(comparison)
}

/// A, B, ... Z, AA, AB.
pub(in crate::report) fn letters(variant: usize) -> String {
    let last = char::from(b'A' + (variant % 26) as u8);
    match variant / 26 {
        0 => last.to_string(),
        rest => format!("{}{last}", letters(rest - 1)),
    }
}

fn table(comparison: &Comparison) -> Layout {
    let downtimes: Vec<Option<&Estimate>> =
        (0..comparison.names.len()).map(|variant| downtime(comparison, variant)).collect();
    let changes: Vec<Option<&Estimate>> =
        (0..comparison.names.len()).map(|variant| change(comparison, variant)).collect();
    let [scale, change_scale] = [&downtimes, &changes].map(|all| shared(all));
    let head = format!("downtime\nper agent\n({})", scale.unit());
    let change_head = format!("from A\n({})", change_scale.unit());
    let mut columns =
        vec![("", Column::Right), (head.as_str(), Column::Right), (&change_head, Column::Right)];
    columns.extend(OTHERS.map(|(_, heading)| (heading, Column::Right)));
    let mut table = Layout::new(&columns);
    for variant in 0..comparison.names.len() {
        let mut cells = vec![format!("{} {}", marks(comparison, variant), letters(variant))];
        cells[0] = cells[0].trim_start().to_owned();
        cells.push(cell(downtimes[variant], scale));
        cells.push(if variant == 0 { String::new() } else { cell(changes[variant], change_scale) });
        cells.extend(OTHERS.map(|(name, _)| mean(comparison, variant, name)));
        table.row(cells);
    }
    table
}

fn downtime<'a>(comparison: &'a Comparison, variant: usize) -> Option<&'a Estimate> {
    let main = |other: usize| comparison.contrasts.get(other)?.iter().find(|one| one.name == MAIN);
    match variant {
        0 => main(0).map(|contrast| &contrast.a),
        other => main(other - 1).map(|contrast| &contrast.b),
    }
}

fn change<'a>(comparison: &'a Comparison, variant: usize) -> Option<&'a Estimate> {
    let contrasts = comparison.contrasts.get(variant.checked_sub(1)?)?;
    contrasts.iter().find(|one| one.name == MAIN).map(|contrast| &contrast.difference)
}

fn shared(all: &[Option<&Estimate>]) -> Scale {
    let known = all.iter().flatten().filter_map(|one| Some((one.value?, one.half_width())));
    Scale::shared(&known.collect::<Vec<_>>(), Unit::Time)
}

/// A value with its interval below.
fn cell(estimate: Option<&Estimate>, scale: Scale) -> String {
    let Some(estimate) = estimate else { return "-".to_owned() };
    let Some(value) = estimate.value else { return "-".to_owned() };
    match estimate.interval.filter(|found| found.low < found.high) {
        Some(found) => format!("{}\n{}", scale.bare(value), scale.bare_interval(found)),
        None => scale.bare(value),
    }
}

/// The mean of an objective.
fn mean(comparison: &Comparison, variant: usize, name: &str) -> String {
    let objective = comparison.tradeoff.objectives.iter().find(|one| one.name == name);
    objective.map_or_else(|| "-".to_owned(), |one| value(one.means[variant], Unit::Count))
}

/// The letters that a variant is marked with.
fn marks(comparison: &Comparison, variant: usize) -> String {
    let marks = comparison.tradeoff.marks(variant);
    let cautioned = !comparison.advice_codes(variant).is_empty();
    let all = [("L", marks.least), ("P", marks.pareto), (SIGN, cautioned)];
    all.into_iter().filter(|(_, has)| *has).map(|(letter, _)| letter).collect()
}

/// What the marks mean, as far as they are in the table; a line each.
fn legend(comparison: &Comparison) -> String {
    let all: String = (0..comparison.names.len()).map(|one| marks(comparison, one)).collect();
    let meanings = [
        ("L", "may have the least downtime"),
        ("P", "no other variant is as good in everything and better in something (Pareto)"),
        (SIGN, "a warning, see below"),
    ];
    let shown = meanings.into_iter().filter(|(letter, _)| all.contains(letter));
    shown.map(|(letter, meaning)| format!("{letter}  {meaning}\n")).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn variants_have_letters() {
        let all = [0, 1, 25, 26, 27, 52, 701, 702].map(super::letters);
        assert_eq!(all, ["A", "B", "Z", "AA", "AB", "BA", "ZZ", "AAA"]);
    }
}
