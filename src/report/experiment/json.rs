//! `experiment.json`: every estimate with its interval, and its JSON Schema.
//!
//! Numbers have nine significant digits; what is not known is null, never 0.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::closed_form::ClosedForms;
use crate::experiment::{
    Answer, Ended, Exceeded, Line, Notable, Open, Verdict, closed_forms, exceeded,
};
use crate::measures::Total;
use crate::model::{Bound, Model};
use crate::report::between::{Between, between, unit_name};
use crate::report::numbers::nine;
use crate::report::{PlannerEstimate, Provenance, planner, schema};
use crate::time::Time;

use super::calls::{self, CallEstimate, OneLine};

/// Every measure of an experiment.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct ExperimentSummary {
    /// Name of the scenario.
    pub scenario: String,
    /// The question it asks.
    pub title: String,
    /// Number of agents.
    pub agents: u64,
    /// Every replication covered [0, horizon).
    pub horizon_s: Total,
    /// Seed of all randomness.
    pub seed: u64,
    /// How many replications there were.
    pub replications: Replications,
    /// Confidence level of all intervals.
    pub confidence: f64,
    /// The thresholds of the scenario, judged.
    pub thresholds: Vec<JudgedThreshold>,
    /// Notable replications: `switchover replay FILE --replication K`.
    pub notable: Vec<NotableReplication>,
    /// Number of sets of laws that replications took in turn, where the faults carry the
    /// uncertainty of a fit.
    pub input_sets: Option<usize>,
    /// Capacities that sites are declared with and that replications exceeded. They slow nothing
    /// down.
    pub overloads: Vec<Exceeded>,
    /// What theory says of the random faults and of what they stop; left out where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_forms: Option<ClosedForms>,
    /// What each site must be sized for, and what each fault did; left out where nothing can fail.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub planner: Vec<PlannerEstimate>,
    /// Calls by queue and interval; left out where there are no queues.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<OneLine<CallEstimate>>,
    /// Every measure by its name in `summary.json`.
    pub estimates: Estimates,
}

/// How many replications there were.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct Replications {
    /// Their number.
    pub count: usize,
    /// Index of the first.
    pub first: u64,
    /// Why there are not more: `complete`, `decided`, `at-most`, `out-of-time`.
    pub ended: &'static str,
}

/// A threshold, judged by its interval.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct JudgedThreshold {
    /// The measure.
    pub measure: String,
    /// `at-most` or `at-least`.
    pub bound: &'static str,
    /// The limit in the measure's unit.
    pub limit: Option<f64>,
    /// The limit as written.
    pub written: String,
    /// `PASS`, `FAIL` or `INCONCLUSIVE`.
    pub outcome: &'static str,
    /// The estimate.
    pub value: Option<f64>,
    /// Lower end of its interval.
    pub low: Option<f64>,
    /// Upper end of its interval.
    pub high: Option<f64>,
    /// Outages that were still open at the end, where they are the reason why it is undecided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_outages: Option<u64>,
    /// Restores that were still under way at the end, where they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_restores: Option<u64>,
    /// Replications that ended before it was reached, where they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_replications: Option<u64>,
}

/// A notable replication.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct NotableReplication {
    /// What makes it notable: `median downtime`, `longest outage`.
    pub reason: &'static str,
    /// Its index.
    pub replication: u64,
    /// The measure by which it was found.
    pub measure: String,
    /// Its value.
    pub value: Option<f64>,
}

/// Estimates by the name of the measure.
#[derive(Clone, Debug)]
pub(super) struct Estimates(Vec<(String, MeasureEstimate)>);

impl Serialize for Estimates {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, estimate)| (name, estimate)))
    }
}

impl JsonSchema for Estimates {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Estimates".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let each = generator.subschema_for::<MeasureEstimate>();
        schemars::json_schema!({ "type": "object", "additionalProperties": each })
    }
}

/// One measure.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct MeasureEstimate {
    /// `s`, `1` or `share`.
    pub unit: &'static str,
    /// The value; null if no replication has one.
    pub value: Option<f64>,
    /// Lower end of the interval; null if there are too few replications for one.
    pub low: Option<f64>,
    /// Upper end of the interval; null if there are too few replications, or nothing bounds it.
    pub high: Option<f64>,
    /// How many observations it rests on.
    pub count: u64,
    /// How the interval was found.
    pub method: &'static str,
    /// Single replications.
    pub runs: Option<SingleRuns>,
    /// Share of the replications in which it was not 0, if it was 0 in some.
    pub any: Option<Between>,
    /// Shares of the interval's squared width due to data and to chance, if both were considered.
    pub due_to: Option<DueTo>,
}

/// How the values of single replications are spread.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct SingleRuns {
    /// Replications that have a value.
    pub count: u64,
    /// The smallest.
    pub min: Option<f64>,
    /// The median.
    pub p50: Between,
    /// The 95th percentile.
    pub p95: Between,
    /// The largest.
    pub max: Option<f64>,
}

/// What an interval is due to.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct DueTo {
    /// Too little data behind the laws of the faults: more replications do not help.
    pub data: Option<f64>,
    /// Too few replications.
    pub luck: Option<f64>,
}

/// The file: indented, with a final newline.
pub(super) fn render(answer: &Answer, model: &Model, provenance: &Provenance) -> Vec<u8> {
    provenance.file(&summary(answer, model))
}

/// The JSON Schema of `experiment.json`.
#[must_use]
pub fn experiment_schema() -> serde_json::Value {
    schema::<ExperimentSummary>()
}

/// What `experiment.json` holds.
#[must_use]
pub(super) fn summary(answer: &Answer, model: &Model) -> ExperimentSummary {
    let gathered = &answer.gathered;
    let name = |measure: usize| gathered.measures()[measure].name.clone();
    ExperimentSummary {
        scenario: model.name.clone(),
        title: model.title.clone(),
        agents: model.agents().into(),
        horizon_s: Total::from(model.horizon - Time::ZERO),
        seed: model.seed,
        replications: Replications {
            count: gathered.count(),
            first: gathered.replications().next().unwrap_or(0),
            ended: ended(answer.ended),
        },
        confidence: answer.level,
        thresholds: answer.verdicts.iter().map(threshold).collect(),
        notable: answer.notable.iter().map(|found| notable(found, name(found.measure))).collect(),
        input_sets: answer.sets,
        overloads: exceeded(gathered, model),
        closed_forms: closed_forms(gathered, model),
        planner: planner::estimates(answer, model),
        calls: calls::estimates(answer, model),
        estimates: Estimates(
            answer.lines.iter().map(|line| (name(line.measure), estimate(answer, line))).collect(),
        ),
    }
}

pub(in crate::report) const fn ended(ended: Ended) -> &'static str {
    match ended {
        Ended::Complete => "complete",
        Ended::Decided => "decided",
        Ended::AtMost => "at-most",
        Ended::OutOfTime => "out-of-time",
    }
}

fn threshold(verdict: &Verdict) -> JudgedThreshold {
    let (bound, limit) = match verdict.threshold.bound {
        Bound::AtMost(limit) => ("at-most", limit),
        Bound::AtLeast(limit) => ("at-least", limit),
    };
    let Between { value, low, high } = between(&verdict.estimate);
    let [open_outages, open_restores, open_replications] = match verdict.open {
        None => [None; 3],
        Some(Open::Outages(count)) => [Some(count), None, None],
        Some(Open::Restores(count)) => [None, Some(count), None],
        Some(Open::Replications(count)) => [None, None, Some(count)],
    };
    JudgedThreshold {
        measure: verdict.threshold.measure.clone(),
        bound,
        limit: nine(limit),
        written: verdict.threshold.written.clone(),
        outcome: verdict.outcome.name(),
        value,
        low,
        high,
        open_outages,
        open_restores,
        open_replications,
    }
}

fn notable(found: &Notable, measure: String) -> NotableReplication {
    NotableReplication {
        reason: found.why,
        replication: found.replication,
        measure,
        value: nine(found.value),
    }
}

fn estimate(answer: &Answer, line: &Line) -> MeasureEstimate {
    let unit = answer.gathered.measures()[line.measure].gauge.unit;
    let Between { value, low, high } = between(&line.estimate);
    MeasureEstimate {
        unit: unit_name(unit),
        value,
        low,
        high,
        count: line.estimate.count,
        method: line.estimate.method.name(),
        runs: line.runs.as_ref().map(|runs| SingleRuns {
            count: runs.count,
            min: nine(runs.least),
            p50: between(&runs.p50),
            p95: between(&runs.p95),
            max: nine(runs.most),
        }),
        any: line.any.as_ref().map(between),
        due_to: line
            .split
            .as_ref()
            .and_then(|split| split.data_share)
            .map(|data| DueTo { data: nine(data), luck: nine(1.0 - data) }),
    }
}
