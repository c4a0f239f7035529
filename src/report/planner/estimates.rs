//! The planner's table of an experiment: the estimates of the measures that it is made from. Nothing is estimated
//! here.

use schemars::JsonSchema;
use serde::Serialize;

use crate::experiment::{Answer, PeakFigure, SiteFigures};
use crate::model::Model;
use crate::report::between::between;
use crate::report::numbers::nine;
use crate::statistics::nearest_rank;

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
    /// `faults.FAULT.most_back_s`: the mean and its interval are of the replications in which they were back; in `p95` and
    /// `most` the others count as longer than any, so they can be null.
    pub most_back_s: Option<Figure>,
    /// `all_calls.cost.lost`, `faults.FAULT.calls.lost`.
    pub calls_lost: Option<Figure>,
    /// `all_calls.cost.abandoned`, `faults.FAULT.calls.abandoned`.
    pub calls_abandoned: Option<Figure>,
    /// `all_calls.faults.service_level_worst`, `faults.FAULT.calls.service_level_worst`.
    pub service_level_worst: Option<Figure>,
    /// `all_calls.faults.met_again_s`, `faults.FAULT.calls.met_again_s`: the mean and its interval are of the replications
    /// in which they were met again; in `p95` and `most` the others count as longer than any, so they can be null.
    pub met_again_s: Option<Figure>,
    /// `all_calls.faults.not_met_again`, `faults.FAULT.calls.not_met_again`: of single replications it is 0 or 1.
    pub not_met_again: Option<Figure>,
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
    /// 95 % of the replications have at most this; of `service_level_worst`, where less is worse, at least this.
    pub p95: Option<f64>,
    /// The largest of all replications; of `service_level_worst` the smallest.
    pub most: Option<f64>,
}

/// A statistic of a figure.
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
    pub(super) const fn figures(&self) -> [&Option<Figure>; 12] {
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
            &self.not_met_again,
        ]
    }
}

/// The rows: the whole run, at all sites together and at each; then each fault and each drain, likewise. Nothing where
/// nothing can fail.
pub(in crate::report) fn rows(answer: &Answer, model: &Model) -> Vec<PlannerEstimate> {
    if model.strikers().next().is_none() {
        return Vec::new();
    }
    let of = |name: &str| figure(answer, name);
    let whole = PlannerEstimate {
        calls_lost: of("all_calls.cost.lost"),
        calls_abandoned: of("all_calls.cost.abandoned"),
        ..levels(answer, "all_calls.faults")
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
    let peaks = answer.peaks(model);
    let faults = model.strikers().enumerate().flat_map(|(at, name)| {
        let own = peaks.get(at).map_or(&[][..], Vec::as_slice);
        std::iter::once(of_fault(answer, name)).chain(of_sites(name, model, own))
    });
    std::iter::once(whole).chain(sites).chain(faults).collect()
}

/// What a fault did, all sites together.
fn of_fault(answer: &Answer, name: &str) -> PlannerEstimate {
    let of = |own: &str| figure(answer, &format!("faults.{name}.{own}"));
    PlannerEstimate {
        fault: Some(name.to_owned()),
        most_back_s: beyond(answer, of("most_back_s"), most_back(answer, name)),
        calls_lost: of("calls.lost"),
        calls_abandoned: of("calls.abandoned"),
        ..levels(answer, &format!("faults.{name}.calls"))
    }
}

/// The most at each site because of a fault.
fn of_sites(fault: &str, model: &Model, sites: &[SiteFigures]) -> Vec<PlannerEstimate> {
    let each = model.sites.iter().zip(sites).map(|(site, figures)| {
        let [agents, logins, registers, queue, offered, waiting] = figures.each_ref().map(counted);
        PlannerEstimate {
            fault: Some(fault.to_owned()),
            site: Some(site.name.clone()),
            in_service_peak: agents,
            logins_peak: logins,
            recovery_registers_peak: registers,
            login_queue_longest: queue,
            offered_peak: offered,
            register_queue_longest: waiting,
            ..PlannerEstimate::default()
        }
    });
    each.collect()
}

fn counted(peak: &PeakFigure) -> Option<Figure> {
    let interval = peak.interval;
    peak.mean.map(|mean| Figure {
        mean: nine(mean),
        low: interval.and_then(|found| nine(found.low)),
        high: interval.and_then(|found| nine(found.high)),
        p95: peak.p95.and_then(nine),
        most: peak.most.and_then(nine),
    })
}

/// The figures of service levels: of the measures below this name.
fn levels(answer: &Answer, below: &str) -> PlannerEstimate {
    let of = |own: &str| figure(answer, &format!("{below}.{own}"));
    let worst = format!("{below}.service_level_worst");
    let least = answer.gathered.measure_named(&worst).map(|at| from_the_top(answer, at));
    let not_met = of("not_met_again");
    let met_again = beyond(answer, of("met_again_s"), met_again(answer, below));
    let [p95, most] = least.unwrap_or_default();
    PlannerEstimate {
        service_level_worst: of("service_level_worst").map(|own| Figure { p95, most, ..own }),
        met_again_s: met_again,
        not_met_again: not_met,
        ..PlannerEstimate::default()
    }
}

/// What 95 % of the replications have at least, and the smallest.
fn from_the_top(answer: &Answer, measure: usize) -> [Option<f64>; 2] {
    let mut values: Vec<f64> = answer.gathered.values(measure).into_iter().flatten().collect();
    values.sort_by(|one, other| other.total_cmp(one));
    [at(&values, values.len()), values.last().copied().and_then(nine)]
}

/// The values of a time that some replications do not reach, and how many do not.
type Waits = (Vec<f64>, usize);

/// Until the targets of a fault, or of any, were met again.
fn met_again(answer: &Answer, below: &str) -> Waits {
    let of = |own: &str| values(answer, &format!("{below}.{own}"));
    let never = of("not_met_again").into_iter().flatten().filter(|share| *share > 0.0).count();
    (of("met_again_s").into_iter().flatten().collect(), never)
}

/// Until most of the agents that a fault hit were back.
fn most_back(answer: &Answer, fault: &str) -> Waits {
    let of = |own: &str| values(answer, &format!("faults.{fault}.{own}"));
    let each: Vec<_> = of("most_back_s").into_iter().zip(of("agents_hit")).collect();
    let is_hit = |hit: Option<f64>| hit.is_some_and(|hit| hit > 0.0);
    let never = each.iter().filter(|(back, hit)| back.is_none() && is_hit(*hit)).count();
    (each.into_iter().filter_map(|(back, _)| back).collect(), never)
}

/// A measure in every replication.
fn values(answer: &Answer, name: &str) -> Vec<Option<f64>> {
    let measure = answer.gathered.measure_named(name);
    measure.map(|measure| answer.gathered.values(measure)).unwrap_or_default()
}

/// The figure of a time that some replications do not reach: these count as longer than any. One
/// without a mean where none does.
fn beyond(answer: &Answer, figure: Option<Figure>, (mut waits, never): Waits) -> Option<Figure> {
    if answer.gathered.count() == 0 || figure.is_none() && never == 0 {
        return None;
    }
    waits.sort_by(f64::total_cmp);
    let most = waits.last().copied().filter(|_| never == 0).and_then(nine);
    Some(Figure { p95: at(&waits, waits.len() + never), most, ..figure.unwrap_or_default() })
}

/// The value that 95 % of `number` values do not exceed; `None`: it is none of `values`, which are
/// in order.
fn at(values: &[f64], number: usize) -> Option<f64> {
    let rank = nearest_rank(number as u64, 0.95) as usize;
    values.get(rank.checked_sub(1)?).copied().and_then(nine)
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
