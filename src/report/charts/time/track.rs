//! What is drawn over time in one plot, as data: lines, bars, limits.

use crate::measures::Window;
use crate::report::charts::axis::Axis;
use crate::report::charts::canvas::{Anchor, Canvas, Look, Point, width};
use crate::report::charts::direct::{Area, Label, Named, labels};
use crate::report::charts::palette::{Colour, Dash};
use crate::report::charts::plot::{Plot, fit};
use crate::report::charts::record::{Across, Column, Counts, Keep, Record};
use crate::time::{Span, Time};

/// A value per step of a window.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) name: String,
    pub(super) colour: Colour,
    pub(super) dash: Dash,
    pub(super) values: Vec<f64>,
    /// What a row of several steps keeps.
    pub(super) keep: Keep,
    /// How far the values reach within the step.
    pub(super) shade: Option<Vec<f64>>,
}

/// A bar from zero.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bar {
    /// From and to, in seconds of the run.
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) value: f64,
    pub(super) colour: Colour,
}

/// A level that should not be passed.
#[derive(Clone, Debug)]
pub(super) struct Limit {
    pub(super) at: f64,
    pub(super) label: String,
    pub(super) colour: Colour,
}

/// One plot over time.
#[derive(Clone, Debug)]
pub(super) struct Track {
    /// What the y axis counts; for one site of many its name.
    pub(super) label: String,
    /// Height of the plot in pixels.
    pub(super) height: i32,
    pub(super) y: Axis,
    pub(super) lines: Vec<Line>,
    pub(super) bars: Vec<Bar>,
    /// Low plots have no space for their labels.
    pub(super) limits: Vec<Limit>,
    /// Its lines are levels, which have steps of their own.
    pub(super) levels: bool,
    /// What to say if there is nothing to draw.
    pub(super) nothing: Option<&'static str>,
}

impl Track {
    /// Length of a step.
    fn step(&self, window: &Window) -> Span {
        if self.levels { window.level_step } else { window.step }
    }

    /// The corners of the steps: at each change one point before it and one after.
    fn corners(&self, plot: &Plot, window: &Window, values: &[f64]) -> Vec<Point> {
        let (from, to) = (secs(window.from), secs(window.to));
        let step = self.step(window).as_secs_f64();
        let mut points: Vec<Point> = Vec::new();
        for (number, value) in values.iter().enumerate() {
            let (start, end) = (from + step * number as f64, from + step * (number + 1) as f64);
            let y = plot.y.at(*value);
            push(&mut points, (plot.x.at(start), y));
            push(&mut points, (plot.x.at(end.min(to)), y));
        }
        points
    }

    /// Draws the data; whether names at the lines, if there are to be any, find their places.
    pub(super) fn draw(&self, canvas: &mut Canvas, plot: &Plot, scene: &Scene<'_>) -> bool {
        let window = scene.window;
        let mut parts = vec![Vec::new(); self.lines.len()];
        for (line, parts) in self.lines.iter().zip(&mut parts) {
            if let Some(shade) = &line.shade {
                let mut points = self.corners(plot, window, &line.values);
                points.extend(self.corners(plot, window, shade).into_iter().rev());
                parts.push(canvas.drawn());
                canvas.band(points, line.colour);
            }
        }
        let taken = self.limits(canvas, plot, scene.window);
        let labels = self.names(plot, scene, &taken);
        let fits = labels.is_some();
        let mut labels = labels.into_iter().flatten();
        for (line, parts) in self.lines.iter().zip(&mut parts) {
            parts.push(canvas.drawn());
            canvas.dashed(self.corners(plot, window, &line.values), line.colour, 2, line.dash);
            if scene.names.contains(&line.name) {
                parts.extend(labels.next().map(|label| (canvas.drawn(), label.draw(canvas)).0));
            }
        }
        let bars = canvas.drawn();
        self.bars(canvas, plot);
        plot.outline(canvas);
        match self.bars.is_empty() {
            true => canvas.record(self.record(plot, scene, parts)),
            false => canvas.record(self.record_of_bars(plot, scene, bars)),
        }
        if let Some(nothing) = self.nothing {
            plot.nothing(canvas, nothing);
        }
        fits
    }

    /// Places for the names of the lines that are to have one.
    fn names(&self, plot: &Plot, scene: &Scene<'_>, taken: &[Area]) -> Option<Vec<Label>> {
        let (named, others): (Vec<&Line>, Vec<&Line>) =
            self.lines.iter().partition(|line| scene.names.contains(&line.name));
        let corners = |line: &&Line| self.corners(plot, scene.window, &line.values);
        let points: Vec<Vec<Point>> = named.iter().map(corners).collect();
        let (left, right) = plot.x.pixels();
        let limits = self.limits.iter().map(|limit| plot.y.at(limit.at));
        let limits = limits.map(|y| vec![(left, y), (right, y)]);
        let others: Vec<Vec<Point>> = others.iter().map(corners).chain(limits).collect();
        let named = named.iter().zip(&points);
        let named =
            named.map(|(line, points)| Named { name: &line.name, colour: line.colour, points });
        labels(plot, &named.collect::<Vec<_>>(), &others, taken)
    }

    /// The lines in numbers; `parts`: the elements that show each.
    fn record(&self, plot: &Plot, scene: &Scene<'_>, parts: Vec<Vec<usize>>) -> Record {
        let window = scene.window;
        let step = self.step(window).as_secs_f64();
        let number = self.lines.iter().map(|line| line.values.len()).max().unwrap_or(0);
        let row = |at: usize| {
            let place = secs(window.from) + step * at as f64 - scene.zero;
            let values = self.lines.iter().map(|line| line.values.get(at).copied());
            std::iter::once(Some(place)).chain(values).collect()
        };
        let columns = self.lines.iter().zip(parts);
        let columns =
            columns.map(|(line, parts)| Column::new(&line.name, Counts::Number).shown_by(parts));
        let keep: Vec<Keep> = self.lines.iter().map(|line| line.keep).collect();
        let record = Record {
            columns: columns.collect(),
            rows: (0..number).map(row).collect(),
            ..scene.record(plot, &self.label)
        };
        record.thinned(&keep, scene.plots)
    }

    /// Bars up and down in numbers; `first`: the first element of the bars.
    fn record_of_bars(&self, plot: &Plot, scene: &Scene<'_>, first: usize) -> Record {
        let pairs = || self.bars.chunks_exact(2);
        let rows = pairs().map(|pair| {
            vec![Some(pair[0].from - scene.zero), Some(pair[0].value), Some(-pair[1].value)]
        });
        // Bars of no height are not drawn.
        let drawn: Vec<&Bar> = self.bars.iter().filter(|bar| bar.value != 0.0).collect();
        let shown = |up: bool| {
            let own = drawn.iter().enumerate().filter(move |(_, bar)| (bar.value > 0.0) == up);
            own.map(move |(at, _)| first + at)
        };
        let columns = [("switchovers", true), ("restores", false)];
        let columns =
            columns.map(|(name, up)| Column::new(name, Counts::Number).shown_by(shown(up)));
        let record = Record {
            columns: columns.to_vec(),
            rows: rows.collect(),
            ..scene.record(plot, &self.label)
        };
        record.thinned(&[Keep::Last; 2], 1)
    }

    fn bars(&self, canvas: &mut Canvas, plot: &Plot) {
        let zero = plot.y.at(0.0);
        for bar in self.bars.iter().filter(|bar| bar.value != 0.0) {
            let (from, to) = (plot.x.at(bar.from), plot.x.at(bar.to));
            let y = plot.y.at(bar.value);
            // The smallest one is seen, too.
            let y = if y == zero { zero - bar.value.signum() as i32 } else { y };
            canvas.rectangle((from, zero), ((to - 1).max(from + 1), y), bar.colour);
        }
        let (left, right) = plot.x.pixels();
        if !self.bars.is_empty() {
            canvas.line(vec![(left, zero), (right, zero)], crate::report::charts::palette::INK, 1);
        }
    }

    /// Limits as lines with their labels: each where it touches no other, and no line if it can.
    /// What the labels cover.
    fn limits(&self, canvas: &mut Canvas, plot: &Plot, window: &Window) -> Vec<Area> {
        let mut taken = Vec::new();
        let (left, right) = plot.x.pixels();
        let mut free = [i32::MAX; 2];
        let mut limits: Vec<&Limit> = self.limits.iter().collect();
        limits.sort_by(|a, b| a.at.total_cmp(&b.at));
        let lines: Vec<Vec<Point>> =
            self.lines.iter().map(|line| self.corners(plot, window, &line.values)).collect();
        for limit in limits {
            let y = plot.y.at(limit.at);
            canvas.dashed(vec![(left, y), (right, y)], limit.colour, 1, Dash::Mixed);
            if self.height < 60 {
                continue;
            }
            let look = Look { colour: limit.colour, ..Look::NOTE };
            let label = fit(&limit.label, look, right - left - 12);
            let wide = width(&label, look);
            let room = [right - 4 - wide, left + 6];
            let is_crossed = room.map(|from| crossed(&lines, (from, from + wide), (y - 16, y - 2)));
            let sides = if is_crossed == [true, false] { [1, 0] } else { [0, 1] };
            let both_fit = 2 * wide < right - left - 24;
            let sides = if both_fit { &sides[..] } else { &[0][..] };
            if let Some(&side) = sides.iter().find(|side| y <= free[**side]) {
                let (at, anchor) = [(right - 4, Anchor::Right), (room[1], Anchor::Left)][side];
                canvas.text(&label, (at, y - 9), anchor, look);
                free[side] = y - 16;
                taken.push([room[side], room[side] + wide, y - 16, y - 2]);
            }
        }
        taken
    }
}

/// Whether a line that is made of level and upright parts crosses a box.
fn crossed(lines: &[Vec<Point>], (left, right): (i32, i32), (top, bottom): (i32, i32)) -> bool {
    let crosses = |part: &[Point]| {
        let ends = |pick: fn(&Point) -> i32| {
            let (a, b) = (pick(&part[0]), pick(&part[1]));
            (a.min(b), a.max(b))
        };
        let ((x, to_x), (y, to_y)) = (ends(|point| point.0), ends(|point| point.1));
        x <= right && to_x >= left && y <= bottom && to_y >= top
    };
    lines.iter().any(|line| line.windows(2).any(crosses))
}

/// What a track is drawn in.
pub(super) struct Scene<'w> {
    pub(super) window: &'w Window,
    /// What the window is called; empty: it is the whole chart.
    pub(super) heading: String,
    /// What the time axis counts from, in words.
    pub(super) counted_from: String,
    /// The instant that it calls 0, in seconds of the run.
    pub(super) zero: f64,
    /// Plots of the chart.
    pub(super) plots: usize,
    /// The lines that have their name beside them.
    pub(super) names: &'w [String],
}

impl Scene<'_> {
    /// A record without its columns and rows.
    fn record(&self, plot: &Plot, label: &str) -> Record {
        let across = plot.across();
        let ends = across.ends.map(|end| end - self.zero);
        Record {
            title: format!("{}: {label}", self.heading),
            first: self.counted_from.clone(),
            counts: Counts::Moment,
            across: Some(Across { ends, zero: self.zero, ..across }),
            ..Record::default()
        }
    }
}

/// Seconds of an instant.
pub(super) fn secs(at: Time) -> f64 {
    (at - Time::ZERO).as_secs_f64()
}

/// The largest of some values, 0 of none.
pub(super) fn largest(values: impl IntoIterator<Item = f64>) -> f64 {
    values.into_iter().fold(0.0, f64::max)
}

/// Adds a point unless it repeats or only prolongs what is there.
fn push(points: &mut Vec<Point>, point: Point) {
    if points.last() == Some(&point) {
        return;
    }
    if let [.., before, last] = points[..] {
        let straight =
            |pick: fn(&Point) -> i32| pick(&before) == pick(&last) && pick(&last) == pick(&point);
        if straight(|p| p.1)
            || (straight(|p| p.0) && (last.1 - before.1).signum() == (point.1 - last.1).signum())
        {
            points.pop();
        }
    }
    points.push(point);
}
