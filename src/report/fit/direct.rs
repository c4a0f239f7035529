//! The answer of a fit in plain words: mean times, availability, downtime per year, one year. It
//! computes nothing.

use super::FitReport;
use super::tables::{length, plain, wrapped};
use crate::fit::{Direct, Figure, Spread};
use crate::report::words;

/// Where the laws are off by more than this share, their own figures are printed.
const OFF: f64 = 0.02;

/// The table of figures and what to know about them.
pub(super) fn answer(telling: &FitReport<'_>) -> String {
    let direct = telling.direct;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut row = |name: &str, figure: Option<Figure>, show: &dyn Fn(f64) -> String| {
        let Some(figure) = figure else { return };
        let interval = figure
            .interval
            .map_or("-".to_owned(), |one| format!("{} to {}", show(one.low), show(one.high)));
        rows.push(vec![name.to_owned(), show(figure.value), interval]);
    };
    let digits = direct.both.map_or(1, |both| nines(both.availability.value));
    row("mean time between failures", direct.between_s, &length);
    row("mean time to repair", direct.repair_s, &length);
    row("availability", direct.both.map(|both| both.availability), &|share| {
        format!("{:.digits$} %", 100.0 * share)
    });
    row("outages per year", direct.both.map(|both| both.outages), &count);
    row("downtime per year", direct.both.map(|both| both.downtime_s), &length);
    let number = telling.observed.components.len();
    let of = match (number, &telling.observed.components[..]) {
        (1, [one]) if one.name.is_empty() => String::new(),
        (1, [one]) => format!(" for {}", one.name),
        _ => format!(" for one component of {number}"),
    };
    if rows.is_empty() {
        return format!("The answer{of}: none, for no length was seen to its end.\n");
    }
    let table = plain(&["", "estimate", "95 % interval"], rows, 1);
    let mut out = format!("The answer{of} (between failures: from repair to failure):\n{table}\n");
    out += &one_year(direct);
    out += &all_together(direct, number);
    out + &by_laws(direct)
}

/// Decimals of a share in per cent that show two digits behind its nines.
fn nines(share: f64) -> usize {
    let away = 100.0 * (1.0 - share).max(1e-9);
    (1.0 - libm::floor(libm::log10(away))).clamp(1.0, 7.0) as usize
}

/// A number of events: three digits.
fn count(number: f64) -> String {
    match number {
        0.0 => "0".to_owned(),
        ..0.1 => format!("{number:.3}"),
        ..10.0 => format!("{number:.2}"),
        ..100.0 => format!("{number:.1}"),
        _ => format!("{number:.0}"),
    }
}

fn one_year(direct: &Direct) -> String {
    let Some(both) = direct.both else { return String::new() };
    let Some(years) = both.years else {
        return String::new();
    };
    let range = |spread: Spread, show: &dyn Fn(f64) -> String| {
        let Spread { median, range } = spread;
        format!("{} to {} (median {})", show(range.low), show(range.high), show(median))
    };
    wrapped(&format!(
        "A single year has, with a probability of 95 %, {} outages and {} of downtime. Chance and \
         what the log leaves open are both in it ({} years drawn).",
        range(years.outages, &|number| format!("{number:.0}")),
        range(years.downtime_s, &length),
        words::count(years.drawn),
    )) + "\n"
}

/// The figures of all components of the log together.
fn all_together(direct: &Direct, number: usize) -> String {
    match direct.both {
        Some(both) if number > 1 => format!(
            "All {number} together: {} outages and {} of downtime per year, on average.\n",
            count(number as f64 * both.outages.value),
            length(number as f64 * both.downtime_s.value),
        ),
        _ => String::new(),
    }
}

/// The figures of the laws of the fault, where they differ from the log.
fn by_laws(direct: &Direct) -> String {
    let Some(both) = direct.both else { return String::new() };
    let [outages, downtime_s] = both.by_laws;
    let off = |law: f64, own: f64| (law / own - 1.0).abs() > OFF;
    if !off(outages, both.outages.value) && !off(downtime_s, both.downtime_s.value) {
        return String::new();
    }
    wrapped(&format!(
        "The table is made of the sums of the log. The laws below are smooth: in the long run they \
         give {} outages and {} of downtime per year.",
        count(outages),
        length(downtime_s),
    )) + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_availability_shows_its_nines() {
        assert_eq!([0.5, 0.985, 0.999_71, 1.0].map(nines), [1, 1, 3, 7]);
        assert_eq!([0.012, 0.5, 12.34, 250.4].map(count), ["0.012", "0.50", "12.3", "250"]);
    }
}
