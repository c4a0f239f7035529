//! One window: its faults as bands behind a plot per track, all on one time axis that counts from
//! the fault.

use crate::measures::{Results, Window};
use crate::model::Model;
use crate::report::charts::axis::Axis;
use crate::report::charts::canvas::{Anchor, Canvas, Look, width};
use crate::report::charts::palette;
use crate::report::charts::plot::{Plot, Room, cut_fault_ground, fit, fit_name};
use crate::report::charts::ticks;
use crate::report::words;
use crate::time::Time;

use super::track::{Scene, Track, secs};

/// Height of a line of names of faults.
const LANE: i32 = 15;

/// Most lines of names of faults.
const LANES: usize = 2;

/// Height of the label above each plot.
const LABEL: i32 = 24;

/// Between two plots.
const GAP: i32 = 10;

/// Space for the labels of the time axis.
const AXIS: i32 = 44;

/// What a heading leaves of a name at the least.
const NAME: i32 = 60;

/// How a heading is written.
const HEADING: Look = Look { bold: true, ..Look::PLAIN };

/// Height of a panel, its heading included.
pub(super) fn height(tracks: &[Track]) -> i32 {
    let plots: i32 = tracks.iter().map(|track| LABEL + track.height + GAP).sum();
    LANE * LANES as i32 + 26 + plots + AXIS
}

/// What is drawn where.
pub(super) struct Panel<'a> {
    pub(super) results: &'a Results,
    pub(super) model: &'a Model,
    pub(super) window: &'a Window,
    pub(super) tracks: &'a [Track],
    /// Its number among the panels, if there are several.
    pub(super) number: Option<usize>,
    /// Plots of the chart.
    pub(super) plots: usize,
    /// The lines that have their name beside them.
    pub(super) names: &'a [String],
}

impl Panel<'_> {
    /// Draws it between `from` and `right`, with the y axes at `left`, from `top` on; whether names at lines
    /// find their places.
    pub(super) fn draw(&self, canvas: &mut Canvas, room: Room) -> bool {
        let mut fits = true;
        let wide = room.right - room.from;
        let scene = self.scene(wide);
        let heading = fit(&scene.heading, HEADING, wide);
        canvas.text(&heading, (room.from, room.top + 8), Anchor::Left, HEADING);
        let x = self.axis().over(room.left, room.right);
        let mut top = room.top + 26 + LANE * LANES as i32;
        self.names(canvas, &x, top);
        for (number, track) in self.tracks.iter().enumerate() {
            let (from, to) = (top + LABEL, top + LABEL + track.height);
            let plot = Plot { x: x.clone(), y: track.y.clone().over(to, from) };
            self.faults(canvas, &plot);
            let label = fit(&track.label, Look::NOTE, room.right - room.from);
            canvas.text(&label, (room.from, top + 8), Anchor::Left, Look::NOTE);
            plot.horizontal(canvas);
            if number + 1 == self.tracks.len() {
                plot.vertical(canvas);
            } else {
                plot.uprights(canvas);
            }
            fits &= track.draw(canvas, &plot, &scene);
            top = to + GAP;
        }
        let foot = (room.right, top - GAP + 34);
        canvas.text(
            &fit(&self.counted_from(), Look::NOTE, room.right - room.from),
            foot,
            Anchor::Right,
            Look::NOTE,
        );
        fits
    }

    /// What the window is about: the fault and when it begins or is over.
    fn heading(&self, wide: i32) -> String {
        let number = self.number.map_or_else(String::new, |number| format!("{number}. "));
        let Some(onset) = self.window.onset else {
            let at = words::instant(self.model, self.window.from);
            return if self.window.from == Time::ZERO {
                format!("{number}The run")
            } else {
                format!("{number}At {at}")
            };
        };
        let whole_name = self.results.impacts[onset.incident].incident.name(self.model);
        let name = fit_name(whole_name, Look::PLAIN, 240);
        let end = if onset.over { "end of " } else { "" };
        let what = format!("{number}T+0: {end}");
        let whole = format!("{what}{name}, {}", self.moment(onset.at));
        if width(&whole, HEADING) <= wide {
            return whole;
        }
        // The local time alone where both do not fit; the name gives way to it.
        let at = match &self.model.clock {
            Some(clock) => clock.at(onset.at),
            None => self.moment(onset.at),
        };
        let room = wide - width(&format!("{what}, {at}"), HEADING);
        format!("{what}{}, {at}", fit_name(&name, HEADING, room.max(NAME)))
    }

    /// When it is: its local time, where the scenario says it, and how long after the start.
    fn moment(&self, at: Time) -> String {
        match &self.model.clock {
            Some(_) => words::instant(self.model, at),
            None => moment(at),
        }
    }

    fn counted_from(&self) -> String {
        match self.window.onset {
            Some(onset) if onset.over => "time since the end of the fault".to_owned(),
            Some(_) => "time since the fault".to_owned(),
            None => "time since the start".to_owned(),
        }
    }

    fn scene(&self, wide: i32) -> Scene<'_> {
        Scene {
            window: self.window,
            heading: self.heading(wide),
            counted_from: self.counted_from(),
            zero: self.window.onset.map_or(0.0, |onset| secs(onset.at)),
            plots: self.plots,
            names: self.names,
        }
    }

    /// The time axis: its values are seconds of the run, its labels count from the fault.
    fn axis(&self) -> Axis {
        let origin = self.window.onset.map_or(0.0, |onset| secs(onset.at));
        let (from, to) = (secs(self.window.from), secs(self.window.to));
        let number = if self.number.is_some() { 5 } else { 10 };
        let ticks = ticks::instants(from - origin, to - origin, number);
        let ticks = ticks.into_iter().map(|(at, label)| (at + origin, label));
        Axis::linear(from, to, ticks.collect())
    }

    /// The incidents within the window, as columns of pixels.
    fn within(&self, x: &Axis) -> impl Iterator<Item = ((i32, i32), &str)> {
        let (from, to) = (self.window.from, self.window.to);
        let x = x.clone();
        let touched = self.results.impacts.iter().map(|impact| impact.incident);
        let touched = touched.filter(move |found| found.from < to && found.to > from);
        touched.map(move |incident| {
            let ends = [incident.from.max(from), incident.to.min(to)].map(|at| x.at(secs(at)));
            ((ends[0], ends[1].max(ends[0] + 1)), incident.name(self.model))
        })
    }

    /// The grounds of the faults; those that overlap are one.
    fn faults(&self, canvas: &mut Canvas, plot: &Plot) {
        let (bottom, top) = plot.y.pixels();
        let (left, right) = plot.x.pixels();
        let (first, last) = (self.window.from, self.window.to);
        let shown = self.results.impacts.iter().map(|impact| impact.incident);
        let shown = shown.filter(|found| found.from < last && found.to > first);
        let (mut begun, mut goes_on) = (false, false);
        shown.for_each(|found| {
            (begun, goes_on) = (begun || found.from < first, goes_on || found.to > last)
        });
        let mut open: Option<(i32, i32)> = None;
        let mut merged = Vec::new();
        for ((from, to), _) in self.within(&plot.x) {
            match &mut open {
                Some((_, end)) if from <= *end => *end = to.max(*end),
                _ => merged.extend(open.replace((from, to))),
            }
        }
        merged.extend(open);
        for ends in merged {
            let is_cut = [begun && ends.0 <= left, goes_on && ends.1 >= right];
            cut_fault_ground(canvas, ends, is_cut, (top, bottom));
        }
    }

    /// The names of the faults above the plots, each where it touches no other.
    fn names(&self, canvas: &mut Canvas, x: &Axis, foot: i32) {
        let right = x.pixels().1;
        let look = Look { colour: palette::FAULT_EDGE, ..Look::NOTE };
        let mut free = [i32::MIN; LANES];
        let mut left_out = 0;
        let rest_room = width("+ 99 more", look) + 12;
        for ((from, _), name) in self.within(x) {
            let name = fit_name(name, look, 260);
            let wide = width(&name, look);
            let lane = (0..LANES).find(|lane| {
                let right = if *lane + 1 == LANES { right - rest_room } else { right };
                free[*lane] <= from.min(right - wide)
            });
            let Some(lane) = lane else {
                left_out += 1;
                continue;
            };
            let right = if lane + 1 == LANES { right - rest_room } else { right };
            let at = from.min(right - wide);
            canvas.text(&name, (at, foot - 6 - LANE * lane as i32), Anchor::Left, look);
            free[lane] = at + wide + 10;
        }
        if left_out > 0 {
            let text = format!("+ {left_out} more");
            let y = foot - 6 - LANE * (LANES as i32 - 1);
            canvas.text(&text, (right, y), Anchor::Right, look);
        }
    }
}

/// When in the run, to the second: `at 10 min`, `on day 57, 3 h 12 min 40 s`.
fn moment(at: Time) -> String {
    let secs = libm::round(secs(at)) as u64;
    let (day, secs) = (secs / 86_400, secs % 86_400);
    let parts = [(secs / 3_600, "h"), (secs / 60 % 60, "min"), (secs % 60, "s")];
    let parts: Vec<String> =
        parts.iter().filter(|(n, _)| *n > 0).map(|(n, unit)| format!("{n} {unit}")).collect();
    match (day, parts.is_empty()) {
        (0, true) => "at the start".to_owned(),
        (0, false) => format!("at {}", parts.join(" ")),
        (day, true) => format!("on day {day}"),
        (day, false) => format!("on day {day}, {}", parts.join(" ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_to_the_second() {
        let at = |secs| moment(Time::from_secs(secs));
        assert_eq!(at(0), "at the start");
        assert_eq!(at(600), "at 10 min");
        assert_eq!(at(57 * 86_400 + 3 * 3_600 + 40), "on day 57, 3 h 40 s");
        assert_eq!(at(86_400), "on day 1");
    }
}
