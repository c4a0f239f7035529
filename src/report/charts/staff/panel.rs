//! One queue: calls above, agents below, on one time axis.

use crate::report::charts::axis::Axis;
use crate::report::charts::canvas::{Anchor, Canvas, Look, Point, width};
use crate::report::charts::direct::{Area, Named, labels};
use crate::report::charts::palette::{self, Colour, Dash};
use crate::report::charts::plot::{Plot, Room, fault_ground, fit, fit_name, gutter};
use crate::report::charts::record::{Column, Counts, Record};
use crate::report::charts::ticks;
use crate::report::words;
use crate::time::{Span, Time};

use super::{Day, Down, Queue, Slice, Value};

/// Heights of the two plots.
const TALL: [i32; 2] = [110, 180];

/// Height of the label above each plot, between two plots, of the time axis.
const LABEL: i32 = 24;
const GAP: i32 = 10;
const AXIS: i32 = 50;

/// Space above the highest line, as a factor.
const ROOM: f64 = 1.08;

/// Height of the name of a queue.
const NAME: i32 = 22;

/// A line of the lower plot.
#[derive(Clone, Copy)]
pub(super) struct Line {
    pub(super) name: &'static str,
    pub(super) colour: Colour,
    pub(super) dash: Dash,
    get: fn(&Slice) -> Option<f64>,
}

const fn line(
    name: &'static str,
    (colour, dash): (Colour, Dash),
    get: fn(&Slice) -> Option<f64>,
) -> Line {
    Line { name, colour, dash, get }
}

/// The name of the line of agents on shift, who are all agents where none has a shift.
const ON_SHIFT: &str = "on shift";

/// The lines.
pub(super) const LINES: [Line; 3] = [
    line("agents in service", (palette::BLUE, Dash::Solid), |slice| Some(slice.agents.mean)),
    line("agents needed", (palette::VERMILION, Dash::Short), |slice| slice.needed),
    line(ON_SHIFT, (palette::INK, Dash::Dotted), |slice| Some(slice.on_shift)),
];

/// Whether a line is drawn: something is known of it, and some agent has a shift.
pub(super) fn is_drawn(line: &Line, day: &Day<'_>) -> bool {
    let mut slices = day.queues.iter().flat_map(|queue| &queue.slices);
    let is_known = slices.any(|slice| (line.get)(slice).is_some());
    is_known && (line.name != ON_SHIFT || !day.model.shifts.is_empty())
}

/// A queue on its way to the canvas.
pub(super) struct Panel<'a> {
    day: &'a Day<'a>,
    queue: &'a Queue<'a>,
    /// Whether lines have their names beside them.
    direct: bool,
    x: Axis,
    y: [Axis; 2],
}

impl<'a> Panel<'a> {
    pub(super) fn new(day: &'a Day<'a>, queue: &'a Queue<'a>, direct: bool) -> Self {
        let slices = &queue.slices;
        let from = slices.first().map_or(Time::ZERO, |slice| slice.from);
        let to = slices.last().map_or(Time::ZERO + Span::from_secs(1), |slice| slice.to);
        let x_ticks = match &day.model.clock {
            Some(clock) => ticks::local_between(clock, (from, to), 8),
            None => ticks::instants(secs(from), secs(to), 8),
        };
        let offered = slices.iter().map(|slice| slice.offered.high);
        let agents = slices.iter().flat_map(|slice| {
            let drawn = LINES.iter().filter(|line| is_drawn(line, day));
            drawn.filter_map(|line| (line.get)(slice)).chain([slice.agents.high])
        });
        let axis = |most: f64, number: u32| {
            let ticks = ticks::counts(most.max(1.0), number, true);
            Axis::linear(0.0, ticks.last().map_or(1.0, |tick| tick.0), ticks)
        };
        let y = [axis(offered.fold(0.0, f64::max), 3), axis(agents.fold(0.0, f64::max) * ROOM, 4)];
        Self { day, queue, direct, x: Axis::linear(secs(from), secs(to), x_ticks), y }
    }

    pub(super) fn height(&self) -> i32 {
        self.head() + TALL.iter().map(|tall| LABEL + tall + GAP).sum::<i32>() + AXIS
    }

    pub(super) fn gutter(&self) -> i32 {
        self.y.iter().map(gutter).max().unwrap_or(0)
    }

    fn head(&self) -> i32 {
        if self.day.queues.len() > 1 { NAME } else { 0 }
    }

    /// Draws it; whether names at lines find their places.
    pub(super) fn draw(&self, canvas: &mut Canvas, room: Room) -> bool {
        if self.head() > 0 {
            let look = Look { bold: true, ..Look::PLAIN };
            let name = fit(self.queue.name, look, room.right - room.from);
            canvas.text(&name, (room.from, room.top + 8), Anchor::Left, look);
        }
        let x = self.x.clone().over(room.left, room.right);
        let top = room.top + self.head();
        let second = top + LABEL + TALL[0] + GAP;
        let plots = [(top, TALL[0]), (second, TALL[1])].map(|(top, tall)| {
            let ends = (top + LABEL + tall, top + LABEL);
            (top, ends)
        });
        let [above, below] = [0, 1].map(|at| {
            let (bottom, top) = plots[at].1;
            Plot { x: x.clone(), y: self.y[at].clone().over(bottom, top) }
        });
        let interval = self.queue.slices.first().map_or(Span(0), |slice| slice.to - slice.from);
        let calls = format!("calls that came, per {}", words::span(interval));
        let label = (room.from, plots[0].0 + 8);
        canvas.text(&calls, label, Anchor::Left, Look::NOTE);
        self.names(canvas, &above, (label.0 + width(&calls, Look::NOTE) + 12, label.1));
        let agents = "agents, mean over the interval";
        canvas.text(agents, (room.from, plots[1].0 + 8), Anchor::Left, Look::NOTE);
        for plot in [&above, &below] {
            self.faults(canvas, plot);
            plot.horizontal(canvas);
        }
        above.uprights(canvas);
        below.vertical(canvas);
        self.calls(canvas, &above);
        let fits = self.agents(canvas, &below);
        let time =
            if self.day.model.clock.is_some() { "local time" } else { "time since the start" };
        let foot = (room.right, plots[1].1.0 + 36);
        canvas.text(time, foot, Anchor::Right, Look::NOTE);
        fits
    }

    /// The grounds of the faults; those that overlap are one.
    fn faults(&self, canvas: &mut Canvas, plot: &Plot) {
        let (bottom, top) = plot.y.pixels();
        let mut merged: Vec<(i32, i32)> = Vec::new();
        for (ends, _) in self.down(plot) {
            match merged.last_mut().filter(|last| ends.0 <= last.1) {
                Some(last) => last.1 = last.1.max(ends.1),
                None => merged.push(ends),
            }
        }
        merged.into_iter().for_each(|ends| fault_ground(canvas, ends, (top, bottom)));
    }

    /// Names of faults at the head of the upper plot, behind `from`, each where it touches no other.
    fn names(&self, canvas: &mut Canvas, plot: &Plot, (from, y): Point) {
        let look = Look { colour: palette::FAULT_EDGE, ..Look::NOTE };
        let (mut free, right) = (from, plot.x.pixels().1);
        for ((start, _), name) in self.down(plot) {
            let name = fit_name(name, look, 200);
            let at = start.min(right - width(&name, look));
            if at >= free {
                canvas.text(&name, (at, y), Anchor::Left, look);
                free = at + width(&name, look) + 12;
            }
        }
    }

    /// What is down where the plot shows it.
    fn down(&self, plot: &Plot) -> Vec<((i32, i32), &str)> {
        let [from, to] = self.x.ends().0;
        let seen = self.day.faults.iter().filter(|it| secs(it.from) < to && secs(it.to) > from);
        let ends = |at: &Down| {
            let start = plot.x.at(secs(at.from));
            (start, plot.x.at(secs(at.to)).max(start + 1))
        };
        seen.map(|at| (ends(at), at.name.as_str())).collect()
    }

    /// A bar per interval, with a whisker where the mean has an interval.
    fn calls(&self, canvas: &mut Canvas, plot: &Plot) {
        let mut parts = Vec::new();
        let foot = plot.y.at(0.0);
        for slice in self.queue.slices.iter().filter(|slice| slice.offered.mean > 0.0) {
            let (left, right) = self.ends(plot, slice);
            let right = if right - left > 3 { right - 1 } else { right.max(left + 1) };
            parts.push(canvas.drawn());
            canvas.rectangle((left, foot), (right, plot.y.at(slice.offered.mean)), palette::SKY);
        }
        for slice in self.queue.slices.iter().filter(|slice| slice.offered.low < slice.offered.high)
        {
            let (left, right) = self.ends(plot, slice);
            let x = i32::midpoint(left, right);
            let ends = [slice.offered.low, slice.offered.high].map(|end| (x, plot.y.at(end)));
            parts.push(canvas.drawn());
            canvas.line(ends.to_vec(), palette::INK, 1);
        }
        if parts.is_empty() {
            plot.nothing(canvas, "Nobody calls.");
        }
        plot.outline(canvas);
        let mut columns = vec![Column::new("calls that came", Counts::Number).shown_by(parts)];
        let is_mean = self.day.replications.is_some();
        if is_mean {
            columns.extend(["from", "to"].map(|name| Column::new(name, Counts::Number)));
        }
        self.record(canvas, plot, columns, |slice| {
            let Value { mean, low, high } = slice.offered;
            if is_mean { vec![Some(mean), Some(low), Some(high)] } else { vec![Some(mean)] }
        });
    }

    /// The lines, and a hatched area where there are too few; whether their names find their places.
    fn agents(&self, canvas: &mut Canvas, plot: &Plot) -> bool {
        let taken = self.missing(canvas, plot);
        let band = |end: fn(&Slice) -> f64| self.steps(plot, |slice| Some(end(slice)));
        let upper = band(|slice| slice.agents.high).into_iter();
        let shades = band(|slice| slice.agents.low).into_iter().zip(upper).map(|(low, high)| {
            low.into_iter().chain(high.into_iter().rev()).collect::<Vec<Point>>()
        });
        let shades: Vec<Vec<Point>> = shades.collect();
        let is_uncertain = self.queue.slices.iter().any(|it| it.agents.low < it.agents.high);
        let mut columns = Vec::new();
        let drawn: Vec<Line> = LINES.into_iter().filter(|line| is_drawn(line, self.day)).collect();
        let stretches: Vec<Vec<Vec<Point>>> =
            drawn.iter().map(|line| self.steps(plot, line.get)).collect();
        for (number, (line, points)) in drawn.iter().zip(&stretches).enumerate() {
            let mut parts = Vec::new();
            if number == 0 && is_uncertain {
                for shade in &shades {
                    parts.push(canvas.drawn());
                    canvas.band(shade.clone(), line.colour);
                }
            }
            for points in points {
                parts.push(canvas.drawn());
                canvas.dashed(points.clone(), line.colour, 2, line.dash);
            }
            columns.push(Column::new(line.name, Counts::Number).shown_by(parts));
        }
        // A line has its name at its longest stretch.
        let longest = |stretches: &[Vec<Point>]| {
            let wide =
                |points: &&Vec<Point>| points.last().zip(points.first()).map(|(a, b)| a.0 - b.0);
            stretches.iter().max_by_key(wide).cloned().unwrap_or_default()
        };
        let points: Vec<Vec<Point>> = stretches.iter().map(|own| longest(own)).collect();
        let lines = drawn.iter().zip(&points);
        let named =
            lines.map(|(line, points)| Named { name: line.name, colour: line.colour, points });
        let named: Vec<Named<'_>> = named.collect();
        let places = if self.direct { labels(plot, &named, &[], &taken) } else { Some(Vec::new()) };
        let fits = places.is_some();
        places.into_iter().flatten().for_each(|label| label.draw(canvas));
        plot.outline(canvas);
        self.record(canvas, plot, columns, |slice| {
            drawn.iter().map(|line| (line.get)(slice)).collect()
        });
        fits
    }

    /// Hatched where fewer agents are in service than are needed; what that covers.
    fn missing(&self, canvas: &mut Canvas, plot: &Plot) -> Vec<Area> {
        let mut covered = Vec::new();
        for slice in self.queue.slices.iter().filter(|slice| slice.missing() > Some(0.0)) {
            let Some(needed) = slice.needed else { continue };
            let (left, right) = self.ends(plot, slice);
            let (top, bottom) = (plot.y.at(needed), plot.y.at(slice.agents.mean));
            let corners = vec![(left, top), (right, top), (right, bottom), (left, bottom)];
            canvas.band(corners, palette::VERMILION);
            let mut x = left + 3;
            while x < right {
                canvas.line(vec![(x, bottom), (x, top)], palette::VERMILION, 1);
                x += 6;
            }
            covered.push([left, right, top, bottom]);
        }
        covered
    }

    fn ends(&self, plot: &Plot, slice: &Slice) -> (i32, i32) {
        (plot.x.at(secs(slice.from)), plot.x.at(secs(slice.to)))
    }

    /// The corners of a line of steps, a list for each stretch in which the value is known.
    fn steps(&self, plot: &Plot, get: impl Fn(&Slice) -> Option<f64>) -> Vec<Vec<Point>> {
        let mut all: Vec<Vec<Point>> = Vec::new();
        let mut end = None;
        for slice in &self.queue.slices {
            let Some(value) = get(slice) else { continue };
            let (left, right) = self.ends(plot, slice);
            let y = plot.y.at(value);
            if end != Some(slice.from) {
                all.push(Vec::new());
            }
            end = Some(slice.to);
            let Some(points) = all.last_mut() else { continue };
            match points.last_mut().filter(|last| last.1 == y) {
                Some(last) => *last = (right, y),
                None => points.extend([(left, y), (right, y)]),
            }
        }
        all
    }

    fn record(
        &self,
        canvas: &mut Canvas,
        plot: &Plot,
        columns: Vec<Column>,
        row: impl Fn(&Slice) -> Vec<Option<f64>>,
    ) {
        let time = |slice: &Slice| std::iter::once(Some(secs(slice.from)));
        let rows = self.queue.slices.iter().map(|slice| time(slice).chain(row(slice)).collect());
        canvas.record(Record {
            title: self.queue.name.to_owned(),
            first: "from".to_owned(),
            counts: Counts::Moment,
            across: Some(plot.across()),
            columns,
            rows: rows.collect(),
            ..Record::default()
        });
    }
}

fn secs(at: Time) -> f64 {
    (at - Time::ZERO).as_secs_f64()
}
