//! The table of a comparison on a terminal: both variants and their difference, in groups that share
//! a unit, each measure with its name for people and its key. All measures are in the files.

use crate::experiment::Contrast;
use crate::measures::Better;
use crate::model::Unit;
use crate::report::layout::{Column, Layout};
use crate::report::numbers::{Scale, percent};
use crate::report::shown::{self, Group, Shown};
use crate::report::words;
use crate::statistics::Estimate;

/// The table, without a final newline. `long`: runs are long enough for rates per year.
pub(super) fn table(contrasts: &[Contrast], level: f64, long: bool, width: usize) -> String {
    let all: Vec<_> = contrasts.iter().filter_map(|contrast| row(contrast, long)).collect();
    let level = format!("{} interval", words::level(level));
    let wide = laid_out(&all, &level, true);
    if wide.fits(width) { wide.render(width) } else { laid_out(&all, &level, false).render(width) }
}

type Row<'a> = (&'static Shown, &'a Contrast);

/// How a measure is shown, if it is and there is anything to see.
fn row(contrast: &Contrast, long: bool) -> Option<Row<'_>> {
    let shown = shown::find(&contrast.name).filter(|shown| shown.is_for(long))?;
    let nothing = |estimate: &Estimate| estimate.value.is_none_or(|value| value == 0.0);
    (!(nothing(&contrast.a) && nothing(&contrast.b))).then_some((shown, contrast))
}

/// Side by side; else the key is below the name and the interval below the difference.
fn laid_out(rows: &[Row<'_>], level: &str, side_by_side: bool) -> Layout {
    let below = format!("B - A\n{level}");
    let (left, right) = (Column::Left, Column::Right);
    let mut table = if side_by_side {
        Layout::new(&[
            ("measure", left),
            ("key", left),
            ("A", right),
            ("B", right),
            ("B - A", right),
            (level, left),
            ("B better", right),
            ("factor", right),
        ])
    } else {
        Layout::new(&[("measure\n  key", left), ("A", right), ("B", right), (&below, right)])
    };
    for group in Group::ALL {
        let here: Vec<&Row<'_>> = rows.iter().filter(|row| row.0.group == group).collect();
        if here.is_empty() {
            continue;
        }
        let values: Vec<_> = here.iter().flat_map(|row| values(row.1)).collect();
        let scale = Scale::shared(&values, group.unit());
        table.heading(group.heading(scale));
        here.iter().for_each(|row| table.row(cells(row, scale, side_by_side)));
    }
    table
}

/// Both values; they need the digits in which their difference can be seen.
fn values(contrast: &Contrast) -> Vec<(f64, Option<f64>)> {
    let half = contrast.difference.half_width().filter(|_| contrast.unit == Unit::Share);
    let known = [&contrast.a, &contrast.b].into_iter().filter_map(|estimate| estimate.value);
    known.map(|value| (value, half.or_else(|| contrast.difference.half_width()))).collect()
}

fn cells((shown, contrast): &Row<'_>, scale: Scale, side_by_side: bool) -> Vec<String> {
    let bare = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |v| scale.bare(v));
    let label = shown.label(&contrast.name);
    let [a, b, difference] =
        [&contrast.a, &contrast.b, &contrast.difference].map(|estimate| bare(estimate.value));
    let interval = interval(contrast, scale);
    if !side_by_side {
        let name = format!(" {label}\n  {}", contrast.name);
        return vec![name, a, b, format!("{difference}\n{interval}")];
    }
    let factor = contrast.paired.as_ref().and_then(|paired| paired.variance_reduction);
    let factor =
        factor.map_or_else(String::new, |factor| Scale::of(factor, None, Unit::Count).full(factor));
    let name = format!(" {label}");
    vec![name, contrast.name.clone(), a, b, difference, interval, better(contrast), factor]
}

fn interval(contrast: &Contrast, scale: Scale) -> String {
    match contrast.difference.interval {
        Some(found) if found.low == 0.0 && found.high == 0.0 => "always the same".to_owned(),
        Some(found) if found.low == found.high => "always".to_owned(),
        Some(found) => scale.bare_interval(found),
        None => "too few runs".to_owned(),
    }
}

/// The share of replications in which B is better.
fn better(contrast: &Contrast) -> String {
    let paired = contrast.paired.as_ref().filter(|_| contrast.better != Better::Neither);
    let share = paired.and_then(|paired| {
        let pairs = paired.better + paired.ties + paired.worse;
        (paired.ties < pairs).then(|| percent(paired.better as f64 / pairs as f64))
    });
    share.unwrap_or_default()
}
