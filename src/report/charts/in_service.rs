//! Agents in service over time, per site, with the faults as bands.
//!
//! Lines are means per bin; the shade below reaches down to the fewest at any whole second (or
//! slot of the fine grid), so that a short dip is seen in a long run.

use crate::measures::{Results, SiteResults};
use crate::model::Model;
use crate::report::words;

use super::axis::Axis;
use super::canvas::Canvas;
use super::palette::{self, Colour};
use super::plot::{Entry, Plot, WIDTH, head};
use super::series::{Steps, band_entry, bands, bin_width, largest, mean_agents, time_axis};
use super::ticks;

const HEIGHT: i32 = 480;

/// What is drawn in one colour.
struct Group {
    name: String,
    colour: Colour,
    mean: Vec<f64>,
    lowest: Vec<f64>,
}

/// The chart.
pub(super) fn draw(results: &Results, model: &Model) -> String {
    let groups = groups(results, model);
    let out = out_of_service(results);
    Canvas::render((WIDTH as u32, HEIGHT as u32), |canvas| {
        let top =
            head(canvas, "Agents in service over time", &note(results), &legend(&groups, results));
        let most = largest(groups.iter().flat_map(|group| group.mean.iter().copied()));
        let most = most.max(largest(out.iter().copied())).max(1.0);
        let ticks = ticks::counts(most, 6, true);
        let end = ticks.last().map_or(1.0, |tick| tick.0);
        let y = Axis::linear(0.0, end, ticks);
        let plot = Plot::new(
            canvas,
            (top, HEIGHT),
            (time_axis(results), "time since the start"),
            (y, "agents"),
        );
        bands(canvas, &plot, results, model);
        series(canvas, &plot, results, groups, out);
        plot.outline(canvas);
        if results.counts.agents == 0 {
            plot.nothing(canvas, "There are no agents in this run.");
        }
    })
}

fn series(canvas: &mut Canvas, plot: &Plot, results: &Results, groups: Vec<Group>, out: Vec<f64>) {
    let out = Steps { results, values: out };
    out.line(canvas, plot, palette::INK);
    for group in groups.into_iter().rev() {
        let mean = Steps { results, values: group.mean };
        let lowest = Steps { results, values: group.lowest };
        mean.between(canvas, plot, &lowest, group.colour);
        mean.line(canvas, plot, group.colour);
    }
}

fn legend(groups: &[Group], results: &Results) -> Vec<Entry> {
    let lines = groups.iter().map(|group| Entry::line(&group.name, group.colour));
    let out = Entry::line("out of service, all sites", palette::INK);
    lines.chain([out]).chain(band_entry(results)).collect()
}

fn note(results: &Results) -> String {
    let agents = words::counted(results.counts.agents, "agent", "agents");
    let bin = bin_width(results.bins.width());
    format!(
        "{agents}. Lines: means over {bin}; shade: down to the fewest at any instant looked at."
    )
}

/// A line per site; with more sites than colours, the rest together.
fn groups(results: &Results, model: &Model) -> Vec<Group> {
    let colours = 5;
    let alone = if model.sites.len() > colours { colours - 1 } else { model.sites.len() };
    let sites = results.sites.iter().zip(&model.sites);
    let mut all: Vec<Group> = sites
        .zip((0..5).map(|n| palette::site(n).0))
        .take(alone)
        .map(|((site, declared), colour)| group(results, &[site], &declared.name, colour))
        .collect();
    let rest: Vec<&SiteResults> = results.sites.iter().skip(alone).collect();
    if !rest.is_empty() {
        let name = format!("{} other sites", rest.len());
        all.push(group(results, &rest, &name, palette::site(colours - 1).0));
    }
    all
}

fn group(results: &Results, sites: &[&SiteResults], name: &str, colour: Colour) -> Group {
    let bins = results.bins.count();
    let (mut mean, mut lowest) = (vec![0.0; bins], vec![0.0; bins]);
    for site in sites {
        let means = mean_agents(results, &site.timeline.in_service);
        mean.iter_mut().zip(means).for_each(|(sum, mean)| *sum += mean);
        let low = lowest.iter_mut().zip(&site.level.lowest);
        low.for_each(|(sum, low)| *sum += (*low).max(0) as f64);
    }
    // A level between two slots of the grid may be lower than at them.
    let both = lowest.iter_mut().zip(&mean);
    both.for_each(|(low, mean)| *low = low.min(*mean));
    Group { name: name.to_owned(), colour, mean, lowest }
}

fn out_of_service(results: &Results) -> Vec<f64> {
    let agents = results.counts.agents as f64;
    let mut all = vec![agents; results.bins.count()];
    for site in &results.sites {
        let means = mean_agents(results, &site.timeline.in_service);
        all.iter_mut().zip(means).for_each(|(out, mean)| *out = (*out - mean).max(0.0));
    }
    all
}
