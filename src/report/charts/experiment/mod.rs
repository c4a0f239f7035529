//! The charts of an experiment, one file of source per chart.
//!
//! They draw what is estimated, each with its interval; nothing is computed here.

mod convergence;
mod downtime;
mod survival;

use crate::experiment::Answer;
use crate::model::Model;
use crate::report::charts::staff;

/// One chart of an experiment.
#[derive(Clone, Copy, Debug)]
pub struct ExperimentChart {
    /// File name.
    pub file: &'static str,
    /// What it shows.
    pub title: &'static str,
    /// Draws it as SVG; without data, a chart that says so.
    pub draw: fn(&Answer, &Model) -> String,
}

/// The chart that an experiment has besides where there are queues of calls.
pub const STAFF_OF_EXPERIMENT: ExperimentChart = ExperimentChart {
    file: staff::STAFF_CHART,
    title: "Calls that came, agents in service and agents needed, by interval",
    draw: staff::of_answer,
};

/// The charts of an experiment: those of every one, and that of calls where there are queues.
pub(crate) fn experiment_charts(model: &Model) -> impl Iterator<Item = &'static ExperimentChart> {
    let calls = (!model.calls.queues.is_empty()).then_some(&STAFF_OF_EXPERIMENT);
    EXPERIMENT_CHARTS.iter().chain(calls)
}

/// The charts of every experiment.
pub const EXPERIMENT_CHARTS: [ExperimentChart; 3] = [
    ExperimentChart {
        file: "downtime-distribution.svg",
        title: "Downtime per agent: agents and replications",
        draw: downtime::draw,
    },
    ExperimentChart {
        file: "convergence.svg",
        title: "The estimate after each number of replications",
        draw: convergence::draw,
    },
    ExperimentChart {
        file: "outage-survival.svg",
        title: "Outages that last longer",
        draw: survival::draw,
    },
];
