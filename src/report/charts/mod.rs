//! The charts: SVG drawn from results, one file of source per chart.
//!
//! No system fonts: texts name the generic sans-serif family, and their widths are estimated.
//! The same results give the same bytes.

mod axis;
mod canvas;
mod causes;
mod direct;
mod distribution;
mod dots;
mod echoes;
mod experiment;
mod fitted;
mod hatch;
mod headroom;
mod headroom_bars;
mod lanes;
mod lettering;
mod nearby;
mod paired;
mod palette;
mod plot;
mod record;
mod scatter;
mod stacks;
mod staff;
mod sweep;
mod ticks;
mod time;
mod titles;
mod variants;

pub use canvas::stamped;
pub(in crate::report) use dots::{Dot, Dots, dots_chart};
pub(crate) use experiment::experiment_charts;
pub use experiment::{EXPERIMENT_CHARTS, ExperimentChart, STAFF_OF_EXPERIMENT};
pub use fitted::FittedChart;
pub use headroom::{HEADROOM_BARS, headroom_chart, headroom_file, is_headroom_file};
pub use headroom_bars::headroom_bars;
pub(in crate::report) use lanes::{Block, Lane, Lanes, State, lanes_chart};
pub use paired::{paired_chart, paired_file};
pub(in crate::report) use palette::dark_rules;
pub(in crate::report) use record::{Across, Column, Counts, Record, series};
pub(in crate::report) use scatter::{Spot, scatter_chart};
pub(in crate::report) use stacks::{Stack, stacks_chart, stacks_title};
pub use staff::STAFF_CHART;
pub use sweep::{HEAT_CHART, SWEEP_CHARTS, sweep_chart};
pub use variants::{VARIANTS_CHART, variants_chart};

use crate::measures::Results;
use crate::model::Model;

/// One chart of a run.
#[derive(Clone, Copy, Debug)]
pub struct Chart {
    /// File name.
    pub file: &'static str,
    /// What it shows.
    pub title: &'static str,
    /// Draws it as SVG; without data, a chart that says so.
    pub draw: fn(&Results, &Model) -> String,
}

/// A chart of queues.
#[derive(Clone, Copy, Debug)]
pub struct QueueChart {
    /// The chart.
    pub chart: Chart,
    /// Whether there is such a queue in a run.
    pub has_queue: fn(&Results) -> bool,
}

/// Whether a run may draw a chart with the name of a file.
#[must_use]
pub fn is_chart_of_run(file: &str) -> bool {
    let queues = QUEUE_CHARTS.iter().map(|one| &one.chart);
    CHARTS.iter().chain(queues).any(|chart| chart.file == file)
}

/// Every chart that a run draws.
pub const CHARTS: [Chart; 6] = [
    Chart {
        file: "agents-in-service.svg",
        title: "Agents in service over time, per site",
        draw: time::in_service,
    },
    Chart { file: "downtime-by-cause.svg", title: "Downtime by cause", draw: causes::draw },
    Chart {
        file: "outage-duration.svg",
        title: "How long outages lasted",
        draw: distribution::outages,
    },
    Chart {
        file: "time-to-restore.svg",
        title: "From \"preferred site available\" to in service there",
        draw: distribution::restores,
    },
    Chart { file: "moves.svg", title: "Switchovers and restores", draw: time::moves },
    Chart {
        file: "registers-and-logins.svg",
        title: "REGISTERs and logins per second, per site",
        draw: time::load,
    },
];

/// The file of the chart of calls.
pub const CALLS_CHART: &str = "calls.svg";

/// The charts of queues: drawn besides where a site has the capacity that makes one.
pub const QUEUE_CHARTS: [QueueChart; 5] = [
    QueueChart {
        chart: Chart {
            file: "register-queues.svg",
            title: "REGISTERs that came, were served and were sent again, and the queue",
            draw: time::queues,
        },
        has_queue: |results| !results.registrars.is_empty(),
    },
    QueueChart {
        chart: Chart {
            file: "register-echoes.svg",
            title: "The largest storm, and the refresh cycles after it",
            draw: echoes::draw,
        },
        has_queue: |results| !results.registrars.is_empty(),
    },
    QueueChart {
        chart: Chart {
            file: "connection-queues.svg",
            title: "Attempts to connect that came, were answered and timed out, and the queue",
            draw: time::connections,
        },
        has_queue: |results| !results.reconnects.is_empty(),
    },
    QueueChart {
        chart: Chart {
            file: CALLS_CHART,
            title: "Calls that wait and are served around the worst fault, and the service level",
            draw: time::calls,
        },
        has_queue: |results| results.calls.is_some(),
    },
    QueueChart {
        chart: Chart {
            file: STAFF_CHART,
            title: "Calls that came, agents in service and agents needed, by interval",
            draw: staff::of_run,
        },
        has_queue: |results| results.calls.is_some(),
    },
];
