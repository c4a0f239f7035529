//! Agents in service over time, per site.
//!
//! Lines show the fewest within a step, so that a short dip is seen; the shaded area reaches up to
//! the most.

use crate::measures::{Levels, Results, Window};
use crate::model::Model;
use crate::report::charts::axis::Axis;
use crate::report::charts::palette::{self, Dash};
use crate::report::charts::plot::Entry;
use crate::report::charts::record::Keep;
use crate::report::charts::{ticks, titles};
use crate::report::words;

use super::sheet::Sheet;
use super::sites::{Drawn, name};
use super::track::{Line, Track, largest};

/// The label of the line of those who are out of service.
const OUT: &str = "out of service, all sites";

/// The chart.
pub(in crate::report::charts) fn draw(results: &Results, model: &Model) -> String {
    let drawn = Drawn::new(results);
    let windows = results.windows.shown.iter();
    let tracks = windows.map(|window| tracks(results, model, window, &drawn)).collect();
    let agents = words::counted(results.counts.agents, "agent", "agents");
    let legend = if drawn.are_together() { legend(model, &drawn) } else { Vec::new() };
    let note = format!("Agents in service per site, {agents} in all.{}", drawn.note());
    let title = titles::in_service(results, model);
    Sheet { results, model, title, note, legend, tracks, drawn }.draw()
}

fn legend(model: &Model, drawn: &Drawn) -> Vec<Entry> {
    let entry = |site: &usize| {
        let (colour, dash) = palette::site(*site);
        Entry::dashed(name(model, *site), colour, dash)
    };
    let sites = drawn.sites.iter().map(entry);
    sites.chain([Entry::dashed(OUT, palette::INK, Dash::Dotted)]).collect()
}

fn tracks(results: &Results, model: &Model, window: &Window, drawn: &Drawn) -> Vec<Track> {
    let several = results.windows.shown.len() > 1;
    let out = out_of_service(results, window);
    let site = |site: usize| {
        let (colour, dash) = palette::site(site);
        line(name(model, site), &window.sites[site].in_service, colour, dash)
    };
    if drawn.are_together() {
        let mut lines: Vec<Line> = drawn.sites.iter().map(|n| site(*n)).collect();
        lines.push(out);
        let height = if several { 150 } else { 320 };
        return vec![track(
            "agents",
            height,
            lines,
            (results.counts.agents == 0).then_some("There are no agents in this run."),
        )];
    }
    let height = if several { 36 } else { 44 };
    let out = track(OUT, height, vec![out], None);
    let stirred =
        drawn.sites.iter().filter(|n| window.sites[**n].in_service.is_stirred() || !several);
    let sites = stirred.map(|n| track(name(model, *n), height, vec![site(*n)], None));
    [out].into_iter().chain(sites).collect()
}

fn track(label: &str, height: i32, lines: Vec<Line>, nothing: Option<&'static str>) -> Track {
    let most = largest(
        lines
            .iter()
            .flat_map(|line| line.values.iter().chain(line.shade.iter().flatten()).copied()),
    );
    let number = if height < 60 { 1 } else { 6 };
    let ticks = ticks::counts(most.max(1.0), number.min(height as u32 / 30), true);
    let end = ticks.last().map_or(1.0, |tick| tick.0);
    let y = Axis::linear(0.0, end, ticks);
    Track {
        label: label.to_owned(),
        height,
        y,
        lines,
        bars: Vec::new(),
        limits: Vec::new(),
        levels: true,
        nothing,
    }
}

fn line(name: &str, levels: &Levels, colour: palette::Colour, dash: Dash) -> Line {
    let values = |levels: &[i64]| levels.iter().map(|level| (*level).max(0) as f64).collect();
    let shade = (levels.lowest != levels.highest).then(|| values(&levels.highest));
    let name = name.to_owned();
    Line { name, colour, dash, values: values(&levels.lowest), keep: Keep::Least, shade }
}

/// Those of all sites who are out of service: the most within a step.
fn out_of_service(results: &Results, window: &Window) -> Line {
    let agents = results.counts.agents as i64;
    let values =
        |levels: &[i64]| levels.iter().map(|level| (agents - level).max(0) as f64).collect();
    Line {
        name: OUT.to_owned(),
        colour: palette::INK,
        dash: Dash::Dotted,
        values: values(&window.all.lowest),
        keep: Keep::Most,
        shade: None,
    }
}
