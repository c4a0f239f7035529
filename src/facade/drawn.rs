//! Charts as plain values: what the program writes to files, without where it comes from.

use crate::experiment::{Answer, Comparison, Grid, Headroom, Parameter, short};
use crate::measures::Results;
use crate::model::Model;
use crate::report::charts::{
    CHARTS, HEADROOM_BARS, QUEUE_CHARTS, VARIANTS_CHART, experiment_charts, headroom_bars,
    headroom_chart, headroom_file, paired_chart, paired_file, sweep_chart, variants_chart,
};

/// A chart.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Drawn {
    /// What the program calls its file, such as `agents-in-service.svg`.
    pub file: String,
    /// What it shows.
    pub title: String,
    /// The chart as SVG.
    pub svg: String,
}

impl Drawn {
    fn new(file: &str, title: &str, svg: String) -> Self {
        Self { file: file.to_owned(), title: title.to_owned(), svg }
    }
}

/// The charts of a run, those of queues where there are any.
pub(crate) fn of_run(results: &Results, model: &Model) -> Vec<Drawn> {
    let queues = QUEUE_CHARTS.iter().filter(|one| (one.has_queue)(results));
    let all = CHARTS.iter().chain(queues.map(|one| &one.chart));
    all.map(|chart| Drawn::new(chart.file, chart.title, (chart.draw)(results, model))).collect()
}

/// The charts of an experiment.
pub(crate) fn of_experiment(answer: &Answer<'_>, model: &Model) -> Vec<Drawn> {
    let all = experiment_charts(model);
    all.map(|chart| Drawn::new(chart.file, chart.title, (chart.draw)(answer, model))).collect()
}

/// The charts of a search: one for each setting; of several one of all.
pub(crate) fn of_headroom(found: &Headroom) -> Vec<Drawn> {
    let each = found.answers.iter().enumerate();
    let drawn = each.map(|(number, answer)| {
        let title = format!("{} over {}", found.target.measure, short(&answer.path));
        Drawn::new(&headroom_file(number), &title, headroom_chart(found, answer))
    });
    let bars =
        headroom_bars(found).map(|svg| Drawn::new(HEADROOM_BARS, "The settings side by side", svg));
    drawn.chain(bars).collect()
}

/// The chart of a sweep.
pub(crate) fn of_sweep(grid: &Grid) -> Vec<Drawn> {
    let (file, svg) = sweep_chart(grid);
    let names: Vec<String> = grid.parameters.iter().map(Parameter::short).collect();
    vec![Drawn::new(file, &format!("Over {}", names.join(" and ")), svg)]
}

/// How the downtime of each other variant differs from that of the first; then, of more than two, all of them.
pub(crate) fn of_comparison(comparison: &Comparison<'_>) -> Vec<Drawn> {
    let paired = |other: usize| {
        let title = format!("Difference of downtime: {}", comparison.names[other]);
        Drawn::new(&paired_file(other), &title, paired_chart(comparison, other))
    };
    let all = variants_chart(comparison)
        .map(|svg| Drawn::new(VARIANTS_CHART, "The variants side by side", svg));
    (1..comparison.names.len()).map(paired).chain(all).collect()
}
