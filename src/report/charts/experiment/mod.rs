//! The charts of an experiment, one file of source per chart.
//!
//! They draw what is estimated, each with its interval; nothing is computed here.

mod convergence;
mod downtime;
mod survival;

use crate::experiment::Answer;
use crate::model::Model;

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

/// Every chart of an experiment.
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
