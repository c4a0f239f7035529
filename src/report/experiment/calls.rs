//! Calls by queue and interval over the replications: `calls.csv` of an experiment, and the same in `experiment.json`.
//! Nothing is estimated here.

use schemars::JsonSchema;
use serde::ser::Error;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::experiment::{Answer, CallCell, CallFigure, Comparison};
use crate::measures::Total;
use crate::model::Model;
use crate::report::calls_csv::FIGURES;
use crate::report::cells::Cells;
use crate::report::numbers::nine;
use crate::report::table::Table;
use crate::time::Time;

/// One queue in one interval, in one line. What is 0 in every replication is left out, and what there is no figure of.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct CallEstimate {
    /// Name of the queue.
    queue: String,
    /// Start of the interval.
    from_s: Total,
    /// Its end, excluded.
    to_s: Total,
    /// Calls that came.
    #[serde(skip_serializing_if = "Option::is_none")]
    offered: Option<CallSpread>,
    /// Of them, calls of callers who had called before.
    #[serde(skip_serializing_if = "Option::is_none")]
    redialled: Option<CallSpread>,
    /// Calls that an agent took and that were not lost.
    #[serde(skip_serializing_if = "Option::is_none")]
    answered: Option<CallSpread>,
    /// Calls that the caller gave up.
    #[serde(skip_serializing_if = "Option::is_none")]
    abandoned: Option<CallSpread>,
    /// Calls that a failure took.
    #[serde(skip_serializing_if = "Option::is_none")]
    lost: Option<CallSpread>,
    /// Calls that found no waiting place.
    #[serde(skip_serializing_if = "Option::is_none")]
    blocked: Option<CallSpread>,
    /// Calls that wait at the end of the run.
    #[serde(skip_serializing_if = "Option::is_none")]
    waiting: Option<CallSpread>,
    /// How often a call rang at a dead contact, where it is not answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    rung_nowhere: Option<CallSpread>,
    /// Share of the calls that were answered in time.
    #[serde(skip_serializing_if = "Option::is_none")]
    service_level: Option<CallSpread>,
    /// Average speed of answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer_speed_s: Option<CallSpread>,
    /// The longest wait of any call.
    #[serde(skip_serializing_if = "Option::is_none")]
    longest_wait_s: Option<CallSpread>,
    /// Agents of the groups of the queue in service, mean over the interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    agents: Option<CallSpread>,
    /// Their busy time as a share of their time in service.
    #[serde(skip_serializing_if = "Option::is_none")]
    occupancy: Option<CallSpread>,
    /// Agents that Erlang A (or C) asks for with the mean of `offered`, and with the ends of its interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    agents_needed: Option<CallSpread>,
    /// Calls abandoned, lost or blocked without the faults.
    #[serde(skip_serializing_if = "Option::is_none")]
    failed_without_faults: Option<CallSpread>,
    /// Agents of the groups of the queue on shift, mean over the interval; the same in every replication.
    #[serde(skip_serializing_if = "Option::is_none")]
    agents_on_shift: Option<CallSpread>,
}

/// A figure over the replications.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct CallSpread {
    /// Its mean; of a share or a mean, that of the calls or agents of all replications.
    mean: Option<f64>,
    /// Lower end of the interval of the mean.
    low: Option<f64>,
    /// Upper end of the interval of the mean.
    high: Option<f64>,
}

impl CallSpread {
    fn of(figure: &CallFigure) -> Option<Self> {
        let [mean, low, high, _, most] = STATISTICS.map(|(_, get)| get(figure));
        let is_there = mean.is_some() && most != Some(0.0);
        is_there.then_some(Self { mean, low, high })
    }
}

/// A value that is one line in an indented file.
#[derive(Clone, Debug)]
pub(super) struct OneLine<T>(T);

impl<T: Serialize> Serialize for OneLine<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = serde_json::to_string(&self.0).map_err(S::Error::custom)?;
        RawValue::from_string(text).map_err(S::Error::custom)?.serialize(serializer)
    }
}

impl<T: JsonSchema> JsonSchema for OneLine<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::json_schema(generator)
    }
}

/// A statistic of a figure, with nine digits.
type Statistic = fn(&CallFigure) -> Option<f64>;

/// All of them, with their names in `calls.csv`.
const STATISTICS: [(&str, Statistic); 5] = [
    ("mean", |figure| figure.mean.and_then(nine)),
    ("low", |figure| figure.interval.and_then(|found| nine(found.low))),
    ("high", |figure| figure.interval.and_then(|found| nine(found.high))),
    ("least", |figure| figure.least.and_then(nine)),
    ("most", |figure| figure.most.and_then(nine)),
];

/// The statistics of a difference.
const DIFFERENCES: [(&str, Statistic); 3] = [
    ("difference", |figure| figure.mean.and_then(nine)),
    ("difference_low", |figure| figure.interval.and_then(|found| nine(found.low))),
    ("difference_high", |figure| figure.interval.and_then(|found| nine(found.high))),
];

/// Those of an experiment.
pub(super) fn estimates(answer: &Answer, model: &Model) -> Vec<OneLine<CallEstimate>> {
    answer.calls(model).iter().map(|cell| OneLine(estimate(cell, model))).collect()
}

fn estimate(cell: &CallCell, model: &Model) -> CallEstimate {
    let figure = |name: &str| {
        let at = FIGURES.iter().position(|column| column.name == name);
        CallSpread::of(&at.map(|at| cell.figures[at]).unwrap_or_default())
    };
    CallEstimate {
        queue: model.calls.queues[cell.queue].name.clone(),
        from_s: (cell.from - Time::ZERO).into(),
        to_s: (cell.to - Time::ZERO).into(),
        offered: figure("offered"),
        redialled: figure("redialled"),
        answered: figure("answered"),
        abandoned: figure("abandoned"),
        lost: figure("lost"),
        blocked: figure("blocked"),
        waiting: figure("waiting"),
        rung_nowhere: figure("rung_nowhere"),
        service_level: figure("service_level"),
        answer_speed_s: figure("answer_speed_s"),
        longest_wait_s: figure("longest_wait_s"),
        agents: figure("agents"),
        occupancy: figure("occupancy"),
        agents_needed: figure("agents_needed"),
        failed_without_faults: figure("failed_without_faults"),
        agents_on_shift: figure("agents_on_shift"),
    }
}

/// `calls.csv`: of each queue and interval one row per statistic.
pub(super) fn table(answer: &Answer, model: &Model) -> Vec<u8> {
    let mut table = Table::with_header(&header(&[], model.clock.is_some()));
    for (cell, statistic) in rows(answer.calls(model), &STATISTICS) {
        row(&mut table, cell, model, statistic);
        table.local(model, cell.from);
        table.end();
    }
    table.into_bytes()
}

/// The names of the columns; `local`: the start of each interval has local time.
fn header(first: &[&'static str], local: bool) -> Vec<&'static str> {
    let names = FIGURES.iter().map(|column| column.name);
    let own = ["from_s", "to_s", "queue", "statistic"].into_iter().chain(names);
    first.iter().copied().chain(own).chain(local.then_some("from_local")).collect()
}

fn row(table: &mut Table, cell: &CallCell, model: &Model, (name, get): (&str, Statistic)) {
    table.time(cell.from);
    table.time(cell.to);
    table.text(&model.calls.queues[cell.queue].name);
    table.text(name);
    cell.figures.iter().for_each(|figure| table.maybe_show(get(figure)));
}

/// `calls.csv` of several variants: the same of each, of each other one also the differences from
/// the first; `None`: there are no calls in any.
pub(in crate::report) fn compared(comparison: &Comparison, models: &[&Model]) -> Option<Vec<u8>> {
    let local = models.iter().any(|model| model.clock.is_some());
    let mut table = Table::with_header(&header(&["variant"], local));
    let calls = &comparison.calls;
    let less = std::iter::once(&[][..]).chain(calls.differences.iter().map(Vec::as_slice));
    let named = comparison.names.iter().zip(models);
    for ((name, model), (own, less)) in named.zip(calls.variants.iter().zip(less)) {
        for (cell, statistic) in rows(own, &STATISTICS).chain(rows(less, &DIFFERENCES)) {
            table.text(name);
            row(&mut table, cell, model, statistic);
            match model.clock {
                None if local => table.maybe(None),
                _ => table.local(model, cell.from),
            }
            table.end();
        }
    }
    calls.variants.iter().any(|cells| !cells.is_empty()).then(|| table.into_bytes())
}

/// Each cell with each statistic.
fn rows<'c>(
    cells: &'c [CallCell],
    statistics: &'c [(&'static str, Statistic)],
) -> impl Iterator<Item = (&'c CallCell, (&'static str, Statistic))> {
    cells.iter().flat_map(move |cell| statistics.iter().map(move |one| (cell, *one)))
}
