//! The table of measures under the sentences: in groups that share a unit, each measure with its
//! name for people and its key.

use crate::measures::{Gauge, How, Measure, Pool, Results, Spread, measures};
use crate::model::Model;

use super::layout::{Column, Layout};
use super::numbers::Scale;
use super::shown::{self, Group, Shown};
use super::words;

/// The table, without a final newline.
pub(super) fn table(results: &Results, model: &Model, width: usize) -> String {
    let lines = lines(results, model);
    let wide = laid_out(&lines, true);
    if wide.fits(width) { wide.render(width) } else { laid_out(&lines, false).render(width) }
}

/// A measure with its value in seconds, as a number or as a share.
struct Line {
    shown: &'static Shown,
    label: String,
    key: String,
    value: f64,
}

fn lines(results: &Results, model: &Model) -> Vec<Line> {
    let all = measures(model).into_iter().filter_map(|measure| {
        let shown = shown::find(&measure.name).filter(|shown| shown.is_for_one_run())?;
        let value = value(&measure, results, model)?;
        let label = format!("{}{}", shown.label(&measure.name), precision(measure.gauge, results));
        let kept = value != 0.0 || !shown.is_optional();
        kept.then_some(Line { shown, label, key: measure.name, value })
    });
    all.collect()
}

/// The value of a measure in one run; `None`: it has none.
fn value(measure: &Measure, results: &Results, model: &Model) -> Option<f64> {
    let integer = match measure.gauge.how {
        How::Each(get) => get(results, model, measure.index),
        How::IfAny(get) => get(results, model, measure.index)?,
        How::Ratio(get, factor) => {
            let [part, whole] = get(results, model, measure.index);
            return (whole != 0).then(|| factor.of_ratio([part, whole]));
        }
        How::Pooled(pool, percent) => results.percentile(pool(measure.index), percent)?.0.into(),
    };
    Some(measure.gauge.factor().of(integer as f64))
}

/// Where a percentile is not exact, how near it is.
fn precision(gauge: &Gauge, results: &Results) -> String {
    let durations = match gauge.how {
        How::Pooled(pool, _) => match pool(0) {
            Pool::Outages => &results.outages,
            Pool::ServiceLost => &results.service_lost,
            Pool::TripsHome => &results.trips_home,
            Pool::RestoreTimes => &results.restore_times,
            Pool::AgentDowntimes | Pool::OutagesBy(_) => return String::new(),
        },
        _ => return String::new(),
    };
    Spread::of(durations).map_or_else(String::new, |spread| words::within(spread.exact).to_owned())
}

/// Side by side: name, key, value. Else the key is below the name.
fn laid_out(lines: &[Line], side_by_side: bool) -> Layout {
    let (left, right) = (Column::Left, Column::Right);
    let mut table = if side_by_side {
        Layout::new(&[("measure", left), ("key", left), ("value", right)])
    } else {
        Layout::new(&[("measure\n  key", left), ("value", right)])
    };
    for group in Group::ALL {
        let here: Vec<&Line> = lines.iter().filter(|line| line.shown.group == group).collect();
        if here.is_empty() {
            continue;
        }
        let values: Vec<_> = here.iter().map(|line| (line.value, None)).collect();
        let scale = Scale::shared(&values, group.unit());
        table.heading(group.heading(scale));
        for Line { label, key, value, .. } in here {
            table.row(match side_by_side {
                true => vec![format!(" {label}"), key.clone(), scale.bare(*value)],
                false => vec![format!(" {label}\n  {key}"), scale.bare(*value)],
            });
        }
    }
    table
}
