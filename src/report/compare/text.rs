//! A comparison for a terminal: a verdict in sentences, then the measures side by side.
//!
//! A difference is never shown without its interval.

use comfy_table::{CellAlignment, Table, presets};

use crate::experiment::{Comparison, Contrast, Ended};
use crate::measures::Better;
use crate::model::Unit;
use crate::report::experiment::is_shown;
use crate::report::numbers::{Scale, percent, value};
use crate::report::words;
use crate::statistics::{Estimate, Paired};

/// The measure of the verdict.
const MAIN: &str = "downtime_s.per_agent.mean";

/// The whole text; with `colour`, headings are bold (ANSI). `long`: runs are long enough for rates
/// per year.
#[must_use]
pub fn text(comparison: &Comparison, long: bool, colour: bool) -> String {
    let bold = |text: &str| {
        if colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    };
    let mut out = String::new();
    for (other, contrasts) in comparison.contrasts.iter().enumerate() {
        let (a, b) = (&comparison.names[0], &comparison.names[other + 1]);
        out += &format!("{}\n\n", bold(&format!("A: {a}\nB: {b}")));
        for sentence in sentences(comparison, contrasts) {
            out += &sentence;
            out.push('\n');
        }
        out.push('\n');
        out += &table(contrasts, comparison.level, long);
        out.push('\n');
    }
    out
}

fn sentences(comparison: &Comparison, contrasts: &[Contrast]) -> Vec<String> {
    let number = comparison.gathered[0].count() as u64;
    let pairs = words::counted(number, "replication", "replications");
    let level = words::level(comparison.level);
    let why = match comparison.ended {
        Ended::Complete => "",
        Ended::Decided => "; then the differences were known as well as asked",
        Ended::AtMost => {
            "; no more were allowed, and the differences are not known as well as asked"
        }
        Ended::OutOfTime => "; there was no more time, and not all that was asked for was done",
    };
    let mut all = vec![format!(
        "{pairs} of both on the same faults and the same luck, {level} intervals{why}."
    )];
    let main = contrasts.iter().find(|contrast| contrast.name == MAIN);
    all.extend(main.map(verdict));
    all.extend(main.and_then(|contrast| wins(contrast.paired.as_ref()?)));
    all
}

/// Which of the two has less downtime, as far as can be said.
fn verdict(contrast: &Contrast) -> String {
    let (Some(difference), Some(interval)) =
        (contrast.difference.value, contrast.difference.interval)
    else {
        return "There are not enough replications to tell the two apart.".to_owned();
    };
    let scale = Scale::of_difference(&contrast.difference, contrast.unit);
    let told = match interval {
        _ if interval.low == 0.0 && interval.high == 0.0 => {
            return "Downtime is the same in both, always.".to_owned();
        }
        i if i.high < 0.0 => "B has less downtime than A",
        i if i.low > 0.0 => "B has more downtime than A",
        _ => "Neither has less downtime for certain",
    };
    let ends = scale.interval(interval);
    format!("{told}: B - A is {} per agent ({ends}).", scale.full(difference))
}

fn wins(paired: &Paired) -> Option<String> {
    let pairs = paired.better + paired.ties + paired.worse;
    let share = |number: u64| percent(number as f64 / pairs.max(1) as f64);
    let ties = match paired.ties {
        0 => String::new(),
        ties => format!(", the same in {}", share(ties)),
    };
    let factor = paired.variance_reduction?;
    Some(format!(
        "B is better in {} of the replications, worse in {}{ties}. On independent luck the same interval \
         would need {} times as many.",
        share(paired.better),
        share(paired.worse),
        value(libm::round(factor * 10.0) / 10.0, Unit::Count)
    ))
}

fn table(contrasts: &[Contrast], level: f64, long: bool) -> String {
    let mut table = Table::new();
    table.load_style(presets::ASCII_BORDERS_ONLY_CONDENSED);
    let interval = format!("{} interval", words::level(level));
    table.set_header(vec!["measure", "A", "B", "B - A", &interval, "B better", "factor"]);
    for contrast in contrasts {
        let nothing = |estimate: &Estimate| estimate.value.is_none_or(|value| value == 0.0);
        let boring = nothing(&contrast.a) && nothing(&contrast.b);
        if is_shown(&contrast.name, long) && !boring {
            table.add_row(row(contrast).to_vec());
        }
    }
    for column in 1..4 {
        if let Some(values) = table.column_mut(column) {
            values.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.trim_fmt()
}

fn row(contrast: &Contrast) -> [String; 7] {
    let unit = contrast.unit;
    let half = contrast.difference.half_width();
    // Shares are told so finely that their difference can be seen.
    let shown = |estimate: &Estimate| match (estimate.value, half) {
        (None, _) => "-".to_owned(),
        (Some(v), Some(half)) if unit == Unit::Share && v > 0.0 && half > 0.0 => {
            Scale::of(v, Some(half), unit).full(v)
        }
        (Some(v), _) => value(v, unit),
    };
    let scale = Scale::of_difference(&contrast.difference, unit);
    let interval = match contrast.difference.interval {
        Some(found) if found.low == 0.0 && found.high == 0.0 => "always the same".to_owned(),
        Some(found) if found.low == found.high => "in every replication".to_owned(),
        Some(found) => scale.interval(found),
        None => "not enough replications".to_owned(),
    };
    let paired = contrast.paired.as_ref();
    let better = paired.filter(|_| contrast.better != Better::Neither).and_then(|paired| {
        let pairs = paired.better + paired.ties + paired.worse;
        (paired.ties < pairs).then(|| percent(paired.better as f64 / pairs as f64))
    });
    let factor = paired.and_then(|paired| paired.variance_reduction);
    [
        contrast.name.clone(),
        shown(&contrast.a),
        shown(&contrast.b),
        contrast.difference.value.map_or_else(
            || "-".to_owned(),
            |found| match found {
                0.0 => value(found, unit),
                _ => scale.full(found),
            },
        ),
        interval,
        better.unwrap_or_default(),
        factor.map_or_else(String::new, |factor| Scale::of(factor, None, Unit::Count).full(factor)),
    ]
}
