//! A whole chart over time: one window over the full width, or a strip of the run and its panels
//! in two columns.

use crate::measures::Results;
use crate::model::Model;
use crate::report::charts::canvas::Canvas;
use crate::report::charts::direct::or_legend;
use crate::report::charts::plot::{Entry, LEFT, Room, WIDTH, gutter, head, head_height};
use crate::report::words;

use super::overview;
use super::panel::{self, Panel};
use super::sites::Drawn;
use super::track::Track;

/// Between two columns.
const BETWEEN: i32 = 36;

/// Margin to the right.
const RIGHT: i32 = 28;

/// What a chart over time says and shows.
pub(super) struct Sheet<'a> {
    pub(super) results: &'a Results,
    pub(super) model: &'a Model,
    pub(super) drawn: Drawn,
    pub(super) title: String,
    pub(super) note: String,
    pub(super) legend: Vec<Entry>,
    /// Per window.
    pub(super) tracks: Vec<Vec<Track>>,
}

impl Sheet<'_> {
    /// The chart as SVG: with names at its lines, or with a legend.
    pub(super) fn draw(self) -> String {
        or_legend(|direct| self.drawn(direct))
    }

    /// The chart, and whether names at the lines find their places.
    fn drawn(&self, direct: bool) -> (String, bool) {
        let names: Vec<String> = match direct {
            true => self.legend.iter().map(|entry| entry.label().to_owned()).collect(),
            false => Vec::new(),
        };
        let series = if direct { &[][..] } else { &self.legend[..] };
        let faults =
            fault_entry(self.results).filter(|_| !(direct && self.results.impacts.len() == 1));
        let legend: Vec<Entry> = series.iter().cloned().chain(faults).collect();
        // What no line is called has to be said in the legend.
        let is_line = |name: &String| {
            self.tracks
                .iter()
                .flatten()
                .flat_map(|track| &track.lines)
                .any(|line| line.name == *name)
        };
        let mut fits = true;
        let all_lines = names.iter().all(is_line);
        let several = self.tracks.len() > 1;
        let note = format!("{}{}", self.note, self.zoomed());
        let rows: Vec<i32> = self
            .tracks
            .chunks(if several { 2 } else { 1 })
            .map(|row| row.iter().map(|tracks| panel::height(tracks)).max().unwrap_or(0))
            .collect();
        let strip = if several { overview::height(&self.drawn) } else { 0 };
        let head_room = head_height(&legend) + 14;
        let height = head_room + strip + rows.iter().sum::<i32>();
        let svg = Canvas::render((WIDTH as u32, height as u32), |canvas| {
            let top = head(canvas, &self.title, &note, &legend) + 14;
            if several {
                overview::draw(canvas, self.results, self.model, &self.drawn, top);
            }
            fits = self.panels(canvas, top + strip, &rows, &names);
        });
        (svg, fits && all_lines)
    }

    fn panels(&self, canvas: &mut Canvas, mut top: i32, rows: &[i32], names: &[String]) -> bool {
        let mut fits = true;
        let several = self.tracks.len() > 1;
        let axes = self.tracks.iter().flatten().map(|track| gutter(&track.y));
        let gutter = axes.max().unwrap_or(0).max(40);
        let columns = if several { 2 } else { 1 };
        let wide = (WIDTH - LEFT - RIGHT - (columns - 1) * BETWEEN) / columns;
        let plots = self.tracks.iter().flatten().count();
        let windows = self.results.windows.shown.iter().zip(&self.tracks);
        for (number, (window, tracks)) in windows.enumerate() {
            let column = number as i32 % columns;
            let from = LEFT + column * (wide + BETWEEN);
            let row = rows[number / columns as usize];
            let room =
                Room { from, left: from + gutter, right: from + wide, top, bottom: top + row };
            let (results, model) = (self.results, self.model);
            let number = several.then_some(number + 1);
            let panel = Panel { results, model, window, tracks, number, plots, names };
            fits &= panel.draw(canvas, room);
            if column == columns - 1 {
                top += row;
            }
        }
        fits
    }

    /// A sentence on what is not shown, if anything.
    fn zoomed(&self) -> String {
        let windows = &self.results.windows;
        let shown = windows.shown.len();
        if windows.number > shown {
            let all = words::count(windows.number as u64);
            format!(" Drawn are {shown} telling stretches of {all}.")
        } else {
            String::new()
        }
    }
}

/// The legend's entry for the bands.
fn fault_entry(results: &Results) -> Option<Entry> {
    let label = match results.impacts.len() {
        0 => return None,
        1 => "fault".to_owned(),
        many => format!("{} faults", words::count(many as u64)),
    };
    Some(Entry::fault(label))
}
