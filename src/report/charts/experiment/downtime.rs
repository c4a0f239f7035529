//! Downtime of an agent in one run, twice: over the agents of all replications, and over the
//! replications (each one's mean over its agents).
//!
//! The first says what an agent may meet, the second what a year may be like; they are never the
//! same, and only the second shrinks to an interval with more agents.

use crate::experiment::{Answer, survival};
use crate::measures::{DOWNTIME_PER_AGENT, Pool};
use crate::model::Model;
use crate::report::charts::axis::Axis;
use crate::report::charts::canvas::{Canvas, Point};
use crate::report::charts::direct::{Named, labels, or_legend};
use crate::report::charts::palette::{self, Dash};
use crate::report::charts::plot::{Entry, Plot, WIDTH, head};
use crate::report::charts::record::{Column, Counts, Keep, Record};
use crate::report::charts::ticks;
use crate::report::words;
use crate::time::{Span, Time};

const HEIGHT: i32 = 440;

/// The two curves.
const AGENT: &str = "an agent in a replication";
const RUN: &str = "a replication, mean of its agents";

/// The chart.
pub(super) fn draw(answer: &Answer, model: &Model) -> String {
    let agents: Vec<(f64, f64)> = survival(&answer.gathered, Pool::AgentDowntimes, answer.level)
        .iter()
        .map(|point| (point.seconds, 1.0 - point.share))
        .collect();
    let runs = replications(answer);
    let note = note(answer, model);
    or_legend(|direct| drawn((&agents, &runs), &note, direct))
}

/// A distribution: values and the shares of all that are no larger.
type Curve = [(f64, f64)];

/// The chart with names at its curves, and whether they fit; or with a legend.
fn drawn((agents, runs): (&Curve, &Curve), note: &str, direct: bool) -> (String, bool) {
    let mut fits = true;
    let svg = Canvas::render((WIDTH as u32, HEIGHT as u32), |canvas| {
        let legend =
            [Entry::dashed(AGENT, palette::ORANGE, Dash::Long), Entry::line(RUN, palette::BLUE)];
        let legend = if direct { &[][..] } else { &legend[..] };
        let top = head(canvas, &title(agents), note, legend);
        let most = [agents, runs].into_iter().filter_map(|curve| curve.last());
        let most = most.map(|point| point.0).fold(0.0, f64::max);
        let ticks = ticks::lengths(if most > 0.0 { most * 1.02 } else { 60.0 }, 8);
        let x = Axis::linear(0.0, ticks.last().map_or(1.0, |tick| tick.0), ticks);
        let shares = [0, 25, 50, 75, 100].map(|p| (f64::from(p) / 100.0, format!("{p} %")));
        let y = (Axis::linear(0.0, 1.0, shares.to_vec()), "share with no more downtime");
        let plot = Plot::new(canvas, (top, HEIGHT), (x, "downtime per agent"), y);
        if most > 0.0 {
            // With faults that hit all agents alike one lies upon the other.
            let looks = [
                (RUN, runs, (palette::BLUE, 2, Dash::Solid)),
                (AGENT, agents, (palette::ORANGE, 3, Dash::Long)),
            ];
            let points = looks.map(|(_, curve, _)| steps(&plot, curve));
            let named = looks.iter().zip(&points);
            let named = named.map(|((name, _, (colour, ..)), points)| Named {
                name,
                colour: *colour,
                points,
            });
            let placed = labels(&plot, &named.collect::<Vec<_>>(), &[], &[]);
            fits = placed.is_some();
            let mut labels = placed.into_iter().flatten().filter(|_| direct);
            for ((name, curve, (colour, wide, dash)), points) in looks.into_iter().zip(points) {
                let first = canvas.drawn();
                canvas.dashed(points, colour, wide, dash);
                labels.next().into_iter().for_each(|label| label.draw(canvas));
                canvas.record(record(&plot, name, curve, first..canvas.drawn()));
            }
        } else {
            plot.nothing(canvas, "No agent was ever out of service.");
        }
        plot.outline(canvas);
    });
    (svg, fits)
}

/// Where the middle and the far end of the agents lie.
fn title(agents: &[(f64, f64)]) -> String {
    let within = |share: f64| {
        let point = agents.iter().find(|point| point.1 >= share - 1e-9)?;
        Some(words::span(Span::from_secs_f64(point.0)))
    };
    match (within(0.5), within(0.95)) {
        (Some(half), Some(most)) if half == most => {
            format!("Downtime of an agent in one run: at most {most} for 95 %")
        }
        (Some(half), Some(most)) => {
            format!("Downtime of an agent in one run: half at most {half}, 95 % at most {most}")
        }
        _ => "No agent was ever out of service".to_owned(),
    }
}

fn note(answer: &Answer, model: &Model) -> String {
    let runs = words::counted(answer.gathered.count() as u64, "replication", "replications");
    let agents = words::counted(model.agents().into(), "agent", "agents");
    format!("{runs} of {}, {agents} each.", words::span(model.horizon - Time::ZERO))
}

/// The replications' means, as a distribution.
fn replications(answer: &Answer) -> Vec<(f64, f64)> {
    let Some(measure) = answer.gathered.measure_named(DOWNTIME_PER_AGENT) else {
        return Vec::new();
    };
    let mut values: Vec<f64> = answer.gathered.values(measure).into_iter().flatten().collect();
    values.sort_by(f64::total_cmp);
    let count = values.len() as f64;
    values.into_iter().zip(1..).map(|(value, rank)| (value, f64::from(rank) / count)).collect()
}

/// A curve in numbers; `parts`: the elements that show it.
fn record(plot: &Plot, name: &str, curve: &[(f64, f64)], parts: std::ops::Range<usize>) -> Record {
    let rows = curve.iter().map(|(value, share)| vec![Some(*value), Some(*share)]).collect();
    let record = Record {
        title: name.to_owned(),
        first: "downtime per agent".to_owned(),
        counts: Counts::Seconds,
        across: Some(plot.across()),
        columns: vec![Column::new(name, Counts::Share).shown_by(parts)],
        rows,
        ..Record::default()
    };
    record.thinned(&[Keep::Last], 3)
}

/// A step curve that rises from 0 at its first value.
fn steps(plot: &Plot, curve: &[(f64, f64)]) -> Vec<Point> {
    let mut points = vec![(plot.x.pixels().0, plot.y.at(0.0))];
    for (value, share) in curve {
        let x = plot.x.at(*value);
        let before = points.last().map_or(0, |last| last.1);
        points.extend([(x, before), (x, plot.y.at(*share))]);
    }
    points.push((plot.x.pixels().1, plot.y.at(1.0)));
    points.dedup();
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_tells_the_middle_and_the_far_end() {
        let curve = [(0.0, 0.1), (60.0, 0.5), (90.0, 0.9), (600.0, 1.0)];
        assert_eq!(
            title(&curve),
            "Downtime of an agent in one run: half at most 1 min, 95 % at most 10 min"
        );
        assert_eq!(title(&[(5.0, 1.0)]), "Downtime of an agent in one run: at most 5 s for 95 %");
        assert_eq!(title(&[]), "No agent was ever out of service");
    }
}
