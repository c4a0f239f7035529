//! REGISTERs at registrars with a capacity: what came, what was served, what was sent again (above),
//! and the queue (below).
//!
//! Lines show the busiest second within a step, so that a short storm is seen.

use crate::measures::{Results, Window};
use crate::model::{Model, Unit};
use crate::report::charts::axis::Axis;
use crate::report::charts::palette::{self, Colour, Dash};
use crate::report::charts::plot::Entry;
use crate::report::charts::record::Keep;
use crate::report::charts::{ticks, titles};
use crate::report::numbers::value;
use crate::simulation::traffic::{Messages, Second};
use crate::time::NANOS;

use super::sheet::Sheet;
use super::sites::Drawn;
use super::track::{Limit, Line, Track, largest};

/// What the upper plot shows.
type Shown = (&'static str, Colour, Dash, fn(&Second) -> u64);
const SHOWN: [Shown; 3] = [
    ("came", palette::BLUE, Dash::Solid, |second| second.offered),
    ("served", palette::GREEN, Dash::Long, |second| second.served),
    ("sent again", palette::VERMILION, Dash::Short, |second| second.again),
];

/// The chart.
pub(in crate::report::charts) fn draw(results: &Results, model: &Model) -> String {
    let busy: Vec<&Messages> =
        results.traffic.registrars.iter().filter(|it| !it.seconds.is_empty()).collect();
    let windows = results.windows.shown.iter();
    let tracks = windows.map(|window| tracks(model, window, &busy)).collect();
    let legend = SHOWN.iter().map(|(name, colour, dash, _)| Entry::dashed(*name, *colour, *dash));
    Sheet {
        results,
        model,
        title: titles::queues(results),
        note: "REGISTER messages per second, in the busiest second of each step; undisturbed \
               refreshes aside."
            .to_owned(),
        legend: legend.collect(),
        tracks,
        drawn: Drawn::new(results),
    }
    .draw()
}

fn tracks(model: &Model, window: &Window, busy: &[&Messages]) -> Vec<Track> {
    if busy.is_empty() {
        let nothing = track("REGISTERs per second".to_owned(), Vec::new(), Vec::new());
        return vec![Track { nothing: Some("None."), ..nothing }];
    }
    let both = busy.iter().flat_map(|messages| {
        let name = &model.pairs[messages.pair.index()].name;
        let rates = SHOWN.iter().map(|(name, colour, dash, what)| Line {
            name: (*name).to_owned(),
            colour: *colour,
            dash: *dash,
            values: steps(window, messages, *what),
            keep: Keep::Most,
            shade: None,
        });
        let queue = Line {
            name: "waiting".to_owned(),
            colour: palette::INK,
            dash: Dash::Solid,
            values: waiting(window, messages),
            keep: Keep::Most,
            shade: None,
        };
        [
            track(format!("{name}: per second"), rates.collect(), limit(model, messages)),
            track(format!("{name}: messages waiting"), vec![queue], Vec::new()),
        ]
    });
    both.collect()
}

fn track(label: String, lines: Vec<Line>, limits: Vec<Limit>) -> Track {
    let most = largest(lines.iter().flat_map(|line| line.values.iter().copied()));
    let near = |limit: &Limit| most > 0.0 && limit.at <= 4.0 * most;
    let (limits, far): (Vec<Limit>, Vec<Limit>) = limits.into_iter().partition(near);
    let aside: String = far.iter().map(|limit| format!("; {}", limit.label)).collect();
    let top = largest(limits.iter().map(|limit| limit.at * 1.1)).max(most).max(1.0);
    let ticks = ticks::counts(top, 4, true);
    Track {
        label: format!("{label}{aside}"),
        height: 140,
        y: Axis::linear(0.0, ticks.last().map_or(1.0, |tick| tick.0), ticks),
        lines,
        bars: Vec::new(),
        limits,
        nothing: None,
    }
}

/// The most in one second, per step of a window.
fn steps(window: &Window, messages: &Messages, what: fn(&Second) -> u64) -> Vec<f64> {
    let number = ((window.to - window.from).0 + window.step.0 - 1) / window.step.0.max(1);
    let mut values = vec![0.0; number.max(0) as usize];
    let step =
        |second: i64| (second.saturating_mul(NANOS) - window.from.0).div_euclid(window.step.0);
    for second in &messages.seconds {
        let at = usize::try_from(step(second.number)).ok();
        if let Some(value) = at.and_then(|at| values.get_mut(at)) {
            *value = f64::max(*value, what(second) as f64);
        }
    }
    values
}

/// The most that waited, per step of a window: between two seconds in which anything came or was
/// served, what was left waits.
fn waiting(window: &Window, messages: &Messages) -> Vec<f64> {
    let mut values = steps(window, messages, |second| second.waiting);
    for pair in messages.seconds.windows(2) {
        let between = pair[0].number + 1..pair[1].number;
        for number in between.take_while(|_| pair[0].left > 0) {
            let at = (number * NANOS - window.from.0).div_euclid(window.step.0);
            let at = usize::try_from(at).ok();
            if let Some(value) = at.and_then(|at| values.get_mut(at)) {
                *value = f64::max(*value, pair[0].left as f64);
            }
        }
    }
    values
}

/// What the registrar serves at most, in transactions of one message after its challenge.
fn limit(model: &Model, messages: &Messages) -> Vec<Limit> {
    let site = &model.sites[model.pairs[messages.pair.index()].site.index()];
    let Some(limit) = &site.registrar.limit else { return Vec::new() };
    let at = 1.0 / (limit.message.as_secs_f64() * f64::from(1 + u32::from(limit.challenge)));
    let challenge = if limit.challenge { ", after a challenge" } else { "" };
    // A time of whole nanoseconds is not quite the rate that was written.
    let rate = if libm::fabs(at - libm::rint(at)) < 1e-3 { libm::rint(at) } else { at };
    let label = format!("capacity {}/s{challenge}", value(rate, Unit::Count));
    vec![Limit { at, label, colour: palette::INK }]
}
