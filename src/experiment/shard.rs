//! Makes a shard: the samples of a range, in order, whatever else is made elsewhere.
//!
//! How an experiment is cut is the matter of `cut`; other code decides where a shard is kept.
//!
//! Durations are the largest part of a sample, and estimates need them for groups of replications only. So
//! those of a group are merged within a shard, without loss, and are written with the last replication of the
//! group there.

use std::collections::BTreeMap;

use rayon::ThreadPool;
use rayon::prelude::*;

use super::cut::Items;
use super::gather::BufferPool;
use super::gathered::GROUPS;
use super::part;
use super::sample::Sample;
use super::study::{EndlessVariant, NoSamples, Study};
use crate::statistics::Sketch;

/// Keeps a shard while it is made.
pub trait ShardStore: Sync {
    /// How it can fail.
    type Error: From<EndlessVariant>;

    /// How many samples may be made before it is asked again, at least 1.
    ///
    /// # Errors
    /// Its own; the shard ends with it.
    fn next_wave(&mut self) -> Result<usize, Self::Error>;

    /// Keeps a line of the part; they come in order.
    ///
    /// # Errors
    /// Those of the store.
    fn keep(&mut self, line: &[u8]) -> Result<(), Self::Error>;

    /// Whether unfinished samples are to be stopped; called from all threads, often.
    fn cancelled(&self) -> bool;
}

/// Makes the samples of a shard, and hands over the lines of its part: one per replication.
///
/// # Errors
/// Those of the store; [`EndlessVariant`].
pub fn make<B: ShardStore>(
    study: &Study<'_>,
    items: &Items,
    pool: &ThreadPool,
    store: &mut B,
) -> Result<(), B::Error> {
    let variants = study.models().len() as u128;
    let (mut next, mut line) = (items.start, Vec::new());
    let (spare, mut durations) = (BufferPool::default(), Durations::new(items, variants));
    while next < items.end {
        let size = store.next_wave()?;
        let end = items.end.min(next + size.max(1) as u128);
        for made in wave(study, &(next..end), pool, (store, &spare)) {
            match made {
                Ok(sample) => line.push(part::sample_text(&durations.of_group(next, sample))),
                Err(NoSamples::Stopped) => break,
                Err(NoSamples::Endless(found)) => return Err(found.into()),
            }
            next += 1;
            if next % variants == 0 || next == items.end {
                store.keep(&part::line_of(&line))?;
                line.clear();
            }
        }
    }
    Ok(())
}

/// Whether durations of several replications are merged in a shard of these samples.
#[must_use]
pub fn merges(items: &Items, variants: usize) -> bool {
    items.start + GROUPS as u128 * (variants as u128) < items.end
}

/// The durations of groups whose last replication is still to come.
struct Durations {
    end: u128,
    variants: u128,
    /// By variant and group.
    held: BTreeMap<(u128, u128), Vec<Sketch>>,
}

impl Durations {
    const fn new(items: &Items, variants: u128) -> Self {
        Self { end: items.end, variants, held: BTreeMap::new() }
    }

    /// A sample with the durations of its whole group if it is the last of it, else with none.
    fn of_group(&mut self, item: u128, mut sample: Sample) -> Sample {
        let groups = GROUPS as u128;
        let at = (item % self.variants, item / self.variants % groups);
        let mut pools = std::mem::take(&mut sample.pools);
        let none = vec![Sketch::default(); pools.len()];
        for (own, held) in pools.iter_mut().zip(self.held.remove(&at).unwrap_or_default()) {
            own.merge(&held);
        }
        if item + groups * self.variants < self.end {
            self.held.insert(at, pools);
            pools = none;
        }
        Sample { pools, ..sample }
    }
}

/// Samples made side by side.
fn wave<B: ShardStore>(
    study: &Study<'_>,
    items: &Items,
    pool: &ThreadPool,
    (store, spare): (&B, &BufferPool),
) -> Vec<Result<Sample, NoSamples>> {
    let variants = study.models().len() as u128;
    let one = |number: usize| {
        let item = items.start + number as u128;
        let replication = u64::try_from(item / variants).unwrap_or(u64::MAX);
        let at = (replication, (item % variants) as usize);
        spare.lend(|buffers| study.sample(at, buffers, &|| store.cancelled()))
    };
    let number = usize::try_from(items.end - items.start).unwrap_or(usize::MAX);
    pool.install(|| (0..number).into_par_iter().map(one).collect())
}
