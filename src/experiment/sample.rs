//! One replication, and what is kept of it: a row of integers and a few sketches.
//!
//! Neither grows with the number of agents. Nothing is estimated here.

use serde::{Deserialize, Serialize};

use crate::agents;
use crate::limits::{Bounds, Stop, Unfinished};
use crate::measures::{self, CallGrid, Frame, How, Measure, Measures, OPEN_LISTS, Results};
use crate::model::Model;
use crate::random::RandomNumbers;
use crate::simulation::{self, Simulation};
use crate::statistics::Sketch;

use super::fault_peaks;

/// What is kept of one replication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// Its index, from 0.
    #[serde(rename = "k")]
    pub replication: u64,
    /// The integers of all measures, laid out as [`Layout`] says.
    pub row: Vec<i128>,
    /// One sketch per list of durations, as [`measures::LISTS`] says.
    pub pools: Vec<Sketch>,
    /// Of each list of outages, and of restores, how many were still open at the end; empty where none was.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "super::zeros")]
    pub open: Vec<i64>,
    /// Calls by queue and interval, as [`CallGrid::integers`] lays them out; empty where there are
    /// no calls, or they are not needed.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "super::zeros")]
    pub calls: Vec<i64>,
    /// The most at each site by fault, one more than each; empty where nothing can fail, or they
    /// are not needed.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "super::zeros")]
    pub peaks: Vec<i64>,
}

/// Most cells of calls by queue and interval of all variants of a comparison.
const MOST_COMPARED: usize = 8_000;

/// What is kept of a replication in addition to its measures.
#[derive(Clone, Debug, Default)]
pub(super) struct SampleExtras {
    /// Calls by these intervals.
    pub(super) calls: Option<CallGrid>,
    /// The most at each site by fault: the number of integers.
    pub(super) peaks: usize,
}

impl SampleExtras {
    /// Everything that a scenario has.
    pub(super) fn of(model: &Model) -> Self {
        Self { calls: CallGrid::of(model), peaks: fault_peaks::length(model) }
    }

    /// Calls alone, of one of several variants.
    pub(super) fn of_calls(model: &Model, variants: usize) -> Self {
        Self { calls: CallGrid::within(model, MOST_COMPARED / variants.max(1)), peaks: 0 }
    }

    /// Whether a sample has all of that; what is not needed may be there.
    pub(super) fn fits(&self, sample: &Sample) -> bool {
        let calls = self.calls.as_ref().map_or(0, CallGrid::length);
        let fits = |wanted: usize, own: usize| wanted == 0 || wanted == own;
        fits(calls, sample.calls.len())
            && fits(self.peaks, sample.peaks.len())
            && [0, OPEN_LISTS].contains(&sample.open.len())
    }
}

/// The samples of one replication, one per variant.
pub type ReplicationSamples = Vec<Sample>;

/// The positions of the integers of each measure in a row.
#[derive(Clone, Debug)]
pub struct Layout {
    /// First slot of each measure.
    first: Vec<usize>,
    /// Length of a row.
    length: usize,
}

impl Layout {
    /// The layout of the rows of these measures.
    #[must_use]
    pub fn new(measures: &[Measure]) -> Self {
        let mut length = 0;
        let first = measures.iter().map(|measure| {
            let slot = length;
            length += slots(&measure.gauge.how);
            slot
        });
        Self { first: first.collect(), length }
    }

    /// Length of a row.
    #[must_use]
    pub const fn length(&self) -> usize {
        self.length
    }

    /// First slot of a measure, by its number.
    #[must_use]
    pub fn slot(&self, measure: usize) -> usize {
        self.first[measure]
    }
}

/// Integers that a gauge takes in a row.
const fn slots(how: &How) -> usize {
    match how {
        How::Each(_) => 1,
        How::IfAny(_) | How::Ratio(..) | How::Pooled(..) => 2,
    }
}

/// What one replication leaves to the next one on the same thread: the memory of its lists.
#[derive(Debug, Default)]
pub struct Buffers {
    lives: agents::Buffers,
    reader: measures::Buffers,
}

/// Simulates and measures one replication, in buffers that another has left. Costs what a run
/// costs, on one thread; holds the run's totals while it is being measured.
///
/// # Errors
/// If an agent takes too many steps, or `stop` says that the replication is to be stopped.
pub fn replicate(
    model: &Model,
    measures: &[Measure],
    random: RandomNumbers,
    at: (&mut Buffers, Stop<'_>),
) -> Result<Sample, Unfinished> {
    with_besides(model, (measures, &SampleExtras::default()), random, at)
}

/// The same with the additions that are needed.
pub(super) fn with_besides(
    model: &Model,
    (measures, besides): (&[Measure], &SampleExtras),
    random: RandomNumbers,
    (buffers, stop): (&mut Buffers, Stop<'_>),
) -> Result<Sample, Unfinished> {
    let bounds = Bounds { stop, ..Bounds::USUAL };
    let simulation = Simulation::within(model, random, bounds)?;
    let frame = Frame::of_one_of_many(model, simulation.occurrences());
    let frame = frame.with_peaks(besides.peaks > 0);
    let mut reader = Measures::in_buffers(&frame, (), std::mem::take(&mut buffers.reader));
    simulation.agents_in(0..model.agents(), &mut reader, &mut buffers.lives)?;
    buffers.reader = reader.leave_buffers();
    let (mut totals, ()) = reader.into_parts();
    let (pools, open) = (totals.sketches(), totals.open());
    let results = Results::new(totals, &frame, (simulation.world(), simulation.traffic()));
    let results =
        results.with_calls(simulation::books(model, &simulation, (random, bounds, true))?, model);
    let calls = besides.calls.as_ref().map(|grid| grid.integers(&results, model));
    let peaks = (besides.peaks > 0).then(|| fault_peaks::integers(&results, model));
    Ok(Sample {
        replication: random.replication,
        row: row(&results, model, measures),
        pools,
        open,
        calls: calls.unwrap_or_default(),
        peaks: peaks.unwrap_or_default(),
    })
}

/// The row of one run.
#[must_use]
pub fn row(results: &Results, model: &Model, measures: &[Measure]) -> Vec<i128> {
    let mut row = Vec::with_capacity(Layout::new(measures).length());
    for Measure { gauge, index, .. } in measures {
        match gauge.how {
            How::Each(get) => row.push(get(results, model, *index)),
            How::IfAny(get) => row.extend(maybe(get(results, model, *index))),
            How::Ratio(get, _) => row.extend(get(results, model, *index)),
            How::Pooled(pool, percent) => {
                let own = results.percentile(pool(*index), percent);
                row.extend(maybe(own.map(|span| span.0.into())));
            }
        }
    }
    row
}

/// A value and whether it is one.
fn maybe(value: Option<i128>) -> [i128; 2] {
    [value.unwrap_or(0), i128::from(value.is_some())]
}
