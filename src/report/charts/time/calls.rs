//! Calls around the worst fault: in the system, waiting and being served, with the agents (above), and the service level
//! by interval with its target (below).

use crate::calls::{Books, CallLevels, Course};
use crate::measures::{CallResults, Onset, Results, Window, service_levels};
use crate::model::Model;
use crate::report::charts::axis::Axis;
use crate::report::charts::canvas::Canvas;
use crate::report::charts::palette::{self, Colour, Dash};
use crate::report::charts::plot::{Entry, LEFT, Room, WIDTH, gutter, head, head_height};
use crate::report::charts::record::Keep;
use crate::report::charts::{ticks, titles};
use crate::report::numbers::percent;
use crate::report::text::worst_impact;
use crate::report::words;
use crate::time::{Span, Time};

use super::panel::{self, Panel};
use super::track::{Limit, Line, Track, largest};

/// Margin to the right.
const RIGHT: i32 = 28;

/// About as many steps as the picture has columns.
const STEPS: i64 = 900;

/// The least that is shown before a fault, and behind it twice.
const AROUND: Span = Span::from_secs(1800);

/// What is shown where nothing fails.
const DAY: Span = Span::from_secs(86_400);

/// The chart.
pub(in crate::report::charts) fn draw(results: &Results, model: &Model) -> String {
    let title = titles::calls(results);
    let Some(calls) = &results.calls else { return String::new() };
    let window = window(results, model, &calls.books);
    let tracks = [levels(calls, &window), share(calls, model, &window)];
    let dotted = if calls.books.unharmed.is_some() { " Dotted: without the faults." } else { "" };
    let late = calls.books.course.as_ref().map(Course::slot).filter(|slot| *slot > window.step);
    let late =
        late.map_or_else(String::new, |slot| format!(" Levels up to {} late.", words::span(slot)));
    let note = format!(
        "All queues together.{late} Share answered in time of the calls that came in the same {}.{dotted}",
        words::span(model.calls.interval)
    );
    let mut legend: Vec<Entry> = Vec::new();
    for line in tracks.iter().flat_map(|track| &track.lines) {
        if line.name != ANSWERED && line.name != WITHOUT {
            legend.push(Entry::dashed(line.name.clone(), line.colour, line.dash));
        }
    }
    legend.extend((!results.impacts.is_empty()).then(|| Entry::fault("fault".to_owned())));
    let head_room = head_height(&legend) + 14;
    let height = head_room + panel::height(&tracks);
    Canvas::render((WIDTH as u32, height as u32), |canvas| {
        let top = head(canvas, &title, &note, &legend) + 14;
        let axes = tracks.iter().map(|track| gutter(&track.y)).max().unwrap_or(0).max(40);
        let right = WIDTH - RIGHT;
        let room = Room { from: LEFT, left: LEFT + axes, right, top, bottom: height };
        let plots = tracks.len();
        let (window, tracks) = (&window, &tracks[..]);
        let panel = Panel { results, model, window, tracks, number: None, plots, names: &[] };
        let _ = panel.draw(canvas, room);
    })
}

/// The stretch that is shown: around the worst fault, or the first day.
fn window(results: &Results, model: &Model, books: &Books) -> Window {
    let worst = worst_impact(results).or_else(|| results.impacts.first());
    let onset = worst.and_then(|worst| {
        let incident = results.impacts.iter().position(|one| std::ptr::eq(one, worst))?;
        Some(Onset { incident, over: false, at: worst.incident.from })
    });
    let (from, to) = match worst {
        None => (Time::ZERO, Time::ZERO + DAY),
        Some(worst) => {
            let worst = worst.incident;
            let around = (worst.to.min(model.horizon) - worst.from).max(AROUND);
            let before = Time((worst.from.0 - around.0).max(0));
            (before, worst.to.min(model.horizon) + around + around)
        }
    };
    // Outside of windows no call is simulated.
    let within = worst.and_then(|worst| books.window(worst.incident.from));
    let within = within.unwrap_or(Time::ZERO..Time::NEVER);
    let (from, to) = (from.max(within.start), to.min(within.end).min(model.horizon));
    let step = Span(((to - from).0 / STEPS).max(Span::from_secs(1).0));
    Window { from, to, step, onset, ..Window::default() }
}

/// The instants of a window, a step apart.
fn instants(window: &Window) -> impl Iterator<Item = Time> + use<> {
    let (from, to, step) = (window.from, window.to, window.step);
    (0..).map(move |number: i64| Time(from.0 + step.0 * number)).take_while(move |at| *at < to)
}

fn line(name: &str, (colour, dash): (Colour, Dash), values: Vec<f64>, keep: Keep) -> Line {
    Line { name: name.to_owned(), colour, dash, values, keep, shade: None }
}

/// What the lines of the lower plot are called.
const ANSWERED: &str = "answered in time, %";
const WITHOUT: &str = "the same without the faults, %";

fn levels(calls: &CallResults, window: &Window) -> Track {
    let at = |course: &Option<Course>| {
        course.as_ref().map_or_else(Vec::new, |course| course.at(instants(window)))
    };
    let (lived, unharmed) = (at(&calls.books.course), at(&calls.books.unharmed_course));
    let values = |levels: &[CallLevels], what: fn(&CallLevels) -> i32| {
        levels.iter().map(|level| f64::from(what(level))).collect::<Vec<f64>>()
    };
    let in_system: fn(&CallLevels) -> i32 = |level| level.waiting + level.served;
    let mut lines = vec![
        line(
            "agents in service",
            (palette::INK, Dash::Long),
            values(&lived, |it| it.agents),
            Keep::Last,
        ),
        line(
            "calls in the system",
            (palette::BLUE, Dash::Solid),
            values(&lived, in_system),
            Keep::Most,
        ),
        line(
            "talking with an agent",
            (palette::GREEN, Dash::Long),
            values(&lived, |it| it.served),
            Keep::Last,
        ),
        line(
            "waiting",
            (palette::VERMILION, Dash::Short),
            values(&lived, |it| it.waiting),
            Keep::Most,
        ),
    ];
    if !unharmed.is_empty() {
        let look = (palette::BLUE, Dash::Dotted);
        lines.push(line(
            "in the system without the faults",
            look,
            values(&unharmed, in_system),
            Keep::Most,
        ));
    }
    let top = largest(lines.iter().flat_map(|line| line.values.iter().copied())).max(1.0);
    let ticks = ticks::counts(top, 4, true);
    track("calls, and agents in service", 200, ticks, lines, None)
}

fn track(
    label: &str,
    height: i32,
    ticks: Vec<(f64, String)>,
    lines: Vec<Line>,
    limit: Option<Limit>,
) -> Track {
    Track {
        label: label.to_owned(),
        height,
        y: Axis::linear(0.0, ticks.last().map_or(1.0, |tick| tick.0), ticks),
        lines,
        bars: Vec::new(),
        limits: limit.into_iter().collect(),
        levels: false,
        nothing: None,
    }
}

fn share(calls: &CallResults, model: &Model, window: &Window) -> Track {
    let interval = model.calls.interval;
    let of = |tally| {
        let shares = service_levels(tally, &model.calls);
        let mut last = 1.0;
        let value = |at: Time| {
            let here = shares.get((at.0 / interval.0) as usize).and_then(|share| share.as_f64());
            // Where there are no calls, the service level stays as it was.
            last = here.unwrap_or(last);
            last * 100.0
        };
        instants(window).map(value).collect::<Vec<f64>>()
    };
    let lived = of(&calls.books.lived);
    let mut lines = vec![line(ANSWERED, (palette::BLUE, Dash::Solid), lived, Keep::Last)];
    if let Some(unharmed) = &calls.books.unharmed {
        lines.push(line(WITHOUT, (palette::BLUE, Dash::Dotted), of(unharmed), Keep::Last));
    }
    let ticks = [0, 25, 50, 75, 100].map(|tick| (f64::from(tick), tick.to_string())).to_vec();
    track("answered in time, % of the calls that came", 120, ticks, lines, target(model))
}

/// The target, where all queues have the same.
fn target(model: &Model) -> Option<Limit> {
    let mut targets = model.calls.queues.iter().map(|queue| queue.level.target);
    let first = targets.next()?;
    targets.all(|other| other == first).then(|| Limit {
        at: first * 100.0,
        label: format!("target {}", percent(first)),
        colour: palette::INK,
    })
}
