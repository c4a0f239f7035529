//! One queue in front of a server: what came, what was served and what failed per second with the
//! capacity (above), and what waited (below).

use crate::measures::{Results, Window};
use crate::model::Unit;
use crate::report::charts::axis::Axis;
use crate::report::charts::palette::{self, Colour, Dash};
use crate::report::charts::plot::Entry;
use crate::report::charts::record::Keep;
use crate::report::charts::ticks;
use crate::report::numbers::{rate, value};

use super::sheet::Sheet;
use super::sites::Drawn;
use super::track::{Limit, Line, Track, largest};

/// How the lines of the upper plot look.
const LOOKS: [(Colour, Dash); 3] =
    [(palette::BLUE, Dash::Solid), (palette::GREEN, Dash::Long), (palette::VERMILION, Dash::Short)];

/// From this many times the busiest second on, a capacity is only mentioned.
const FAR: f64 = 4.0;

/// Where more than this many times the capacity comes, what is served has a plot of its own: beside what
/// came it could not be read.
const LOW: f64 = 10.0;

/// What all queues of a chart have in common.
pub(super) struct Served {
    pub(super) title: String,
    pub(super) note: String,
    /// What the lines of the upper plot are called: what came, what was served, what failed.
    pub(super) names: [&'static str; 3],
    /// What comes and what waits, with the unit: `REGISTERs per second`.
    pub(super) per_second: &'static str,
    pub(super) waits: &'static str,
}

/// One queue in one window, a value per step.
pub(super) struct Queue<'a> {
    /// Whose queue it is.
    pub(super) name: &'a str,
    /// Per second, in the order of the names.
    pub(super) rates: [Vec<f64>; 3],
    pub(super) waiting: Vec<f64>,
    pub(super) limit: Option<Limit>,
}

impl Served {
    /// The chart; `queues`: those of a window.
    pub(super) fn draw<'a>(
        self,
        results: &'a Results,
        model: &'a crate::model::Model,
        queues: impl Fn(&'a Window) -> Vec<Queue<'a>>,
    ) -> String {
        let tracks = |window| {
            let all: Vec<Track> =
                queues(window).into_iter().flat_map(|queue| self.tracks(queue)).collect();
            if all.is_empty() { vec![self.nothing()] } else { all }
        };
        let tracks = results.windows.shown.iter().map(tracks).collect();
        let legend = self.names.iter().zip(LOOKS);
        let legend = legend.map(|(name, (colour, dash))| Entry::dashed(*name, colour, dash));
        let (legend, drawn) = (legend.collect(), Drawn::new(results));
        let Self { title, note, .. } = self;
        Sheet { results, model, title, note, legend, tracks, drawn }.draw()
    }

    fn tracks(&self, queue: Queue<'_>) -> Vec<Track> {
        let Queue { name, rates, waiting, limit } = queue;
        let line = |(name, (colour, dash)): (&str, (Colour, Dash)), values| Line {
            name: name.to_owned(),
            colour,
            dash,
            values,
            keep: Keep::Most,
            shade: None,
        };
        let most = largest(rates.iter().flatten().copied());
        let lines = self.names.into_iter().zip(LOOKS).zip(rates);
        let mut lines: Vec<Line> = lines.map(|(look, values)| line(look, values)).collect();
        let is_low = limit.as_ref().is_some_and(|limit| limit.at * LOW < most);
        let served = is_low.then(|| lines.remove(1));
        let waiting = line(("waiting", (palette::INK, Dash::Solid)), waiting);
        let waits = track(format!("{name}: {}", self.waits), vec![waiting], None);
        let label = format!("{name}: {}", self.per_second);
        match served {
            None => vec![track(label, lines, limit), waits],
            Some(served) => {
                let own = format!("{name}: {} per second", served.name);
                vec![track(label, lines, None), track(own, vec![served], limit), waits]
            }
        }
    }

    /// What is drawn where there is no queue.
    fn nothing(&self) -> Track {
        Track { nothing: Some("None."), ..track(self.per_second.to_owned(), Vec::new(), None) }
    }
}

fn track(label: String, lines: Vec<Line>, limit: Option<Limit>) -> Track {
    let most = largest(lines.iter().flat_map(|line| line.values.iter().copied()));
    let near = |limit: &Limit| most > 0.0 && limit.at <= FAR * most;
    let (limits, far): (Vec<Limit>, Vec<Limit>) = limit.into_iter().partition(near);
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
        levels: false,
        nothing: None,
    }
}

/// A rate that is not passed, with what is said of it.
pub(super) fn capacity(at: f64, aside: &str) -> Limit {
    let label = format!("capacity {}/s{aside}", value(rate(at), Unit::Count));
    Limit { at, label, colour: palette::INK }
}
