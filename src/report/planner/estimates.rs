//! The planner's table of an experiment: the estimates of the measures that it is made from. Nothing is estimated
//! here.

use schemars::JsonSchema;
use serde::Serialize;

use crate::experiment::Answer;
use crate::model::Model;
use crate::report::experiment::between;
use crate::report::numbers::nine;

/// One row: a fault or drain (null: the whole run) at a site (null: all sites together). What there is no figure of is
/// null. Each figure is the largest of one replication, its mean over the replications, and how it is spread.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct PlannerEstimate {
    /// Name of the fault or drain; null: the whole run.
    pub fault: Option<String>,
    /// Name of the site; null: all sites together.
    pub site: Option<String>,
    /// `sites.SITE.in_service_peak`.
    pub in_service_peak: Option<Figure>,
    /// `sites.SITE.logins_peak`.
    pub logins_peak: Option<Figure>,
    /// `sites.SITE.recovery_registers_peak`.
    pub recovery_registers_peak: Option<Figure>,
    /// `sites.SITE.login_queue_longest`.
    pub login_queue_longest: Option<Figure>,
    /// `registrars.SITE.offered_peak`; null: it has no capacity.
    pub offered_peak: Option<Figure>,
    /// `registrars.SITE.queue_longest`; null: it has no capacity.
    pub register_queue_longest: Option<Figure>,
    /// `faults.FAULT.most_back_s`.
    pub most_back_s: Option<Figure>,
    /// `all_calls.cost.lost`.
    pub calls_lost: Option<Figure>,
    /// `all_calls.cost.abandoned`.
    pub calls_abandoned: Option<Figure>,
    /// Known of single runs only.
    pub service_level_worst: Option<Figure>,
    /// Known of single runs only.
    pub met_again_s: Option<Figure>,
}

/// A figure over the replications.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Figure {
    /// Its mean.
    pub mean: Option<f64>,
    /// Lower end of the interval of the mean.
    pub low: Option<f64>,
    /// Upper end of the interval of the mean.
    pub high: Option<f64>,
    /// 95 % of the replications have at most this.
    pub p95: Option<f64>,
    /// The largest of all replications.
    pub most: Option<f64>,
}

/// What is told of a figure.
pub(in crate::report) type Statistic = fn(&Figure) -> Option<f64>;

/// All of them, with their names in `planner.csv`.
pub(in crate::report) const STATISTICS: [(&str, Statistic); 5] = [
    ("mean", |figure| figure.mean),
    ("low", |figure| figure.low),
    ("high", |figure| figure.high),
    ("p95", |figure| figure.p95),
    ("most", |figure| figure.most),
];

impl PlannerEstimate {
    /// Its figures, in the order of the columns.
    pub(super) const fn figures(&self) -> [&Option<Figure>; 11] {
        [
            &self.in_service_peak,
            &self.logins_peak,
            &self.recovery_registers_peak,
            &self.login_queue_longest,
            &self.offered_peak,
            &self.register_queue_longest,
            &self.most_back_s,
            &self.calls_lost,
            &self.calls_abandoned,
            &self.service_level_worst,
            &self.met_again_s,
        ]
    }
}

/// The rows: the whole run, at all sites together and at each; then each fault and each drain. Nothing where nothing
/// can fail.
pub(in crate::report) fn rows(answer: &Answer, model: &Model) -> Vec<PlannerEstimate> {
    if model.strikers().next().is_none() {
        return Vec::new();
    }
    let of = |name: &str| figure(answer, name);
    let whole = PlannerEstimate {
        calls_lost: of("all_calls.cost.lost"),
        calls_abandoned: of("all_calls.cost.abandoned"),
        ..PlannerEstimate::default()
    };
    let sites = model.sites.iter().map(|site| {
        let name = &site.name;
        PlannerEstimate {
            site: Some(name.clone()),
            in_service_peak: of(&format!("sites.{name}.in_service_peak")),
            logins_peak: of(&format!("sites.{name}.logins_peak")),
            recovery_registers_peak: of(&format!("sites.{name}.recovery_registers_peak")),
            login_queue_longest: of(&format!("sites.{name}.login_queue_longest")),
            offered_peak: of(&format!("registrars.{name}.offered_peak")),
            register_queue_longest: of(&format!("registrars.{name}.queue_longest")),
            ..PlannerEstimate::default()
        }
    });
    let faults = model.strikers().map(|name| PlannerEstimate {
        fault: Some(name.to_owned()),
        most_back_s: of(&format!("faults.{name}.most_back_s")),
        ..PlannerEstimate::default()
    });
    std::iter::once(whole).chain(sites).chain(faults).collect()
}

/// The estimate of a measure; `None`: there is no such measure here, or no replication has a value.
fn figure(answer: &Answer, name: &str) -> Option<Figure> {
    let line = answer.line(name)?;
    let own = between(&line.estimate);
    let runs = line.runs.as_ref();
    own.value.map(|mean| Figure {
        mean: Some(mean),
        low: own.low,
        high: own.high,
        p95: runs.and_then(|runs| runs.p95.value).and_then(nine),
        most: runs.and_then(|runs| nine(runs.most)),
    })
}
