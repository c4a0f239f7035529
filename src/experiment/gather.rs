//! Many replications on several threads, handed over one by one in the order of their index.
//!
//! Waves of replications are simulated side by side; within a wave nothing is handed over before
//! all are there. What is handed over depends neither on the number of threads nor on the size of
//! the waves.

use std::ops::{ControlFlow, Range};
use std::sync::{Mutex, PoisonError};

use rayon::ThreadPool;
use rayon::prelude::*;

use super::gathered::Gathered;
use super::sample::{Buffers, ReplicationSamples};
use super::study::{EndlessVariant, NoSamples, Study};
use super::watch::Watch;

/// Stores replications: returns those that are known already, and is notified of new ones.
pub trait ReplicationStore: Sync {
    /// How it can fail; an experiment also fails where an agent takes too many steps.
    type Error: From<EndlessVariant>;
    /// What it keeps of a replication.
    type Line: Send;

    /// The samples of a replication that an earlier, interrupted experiment left.
    ///
    /// # Errors
    /// Those of the store.
    fn recall(&mut self, replication: u64) -> Result<Option<ReplicationSamples>, Self::Error>;

    /// What is kept of a new replication; called from all threads.
    fn line(&self, samples: &ReplicationSamples) -> Self::Line;

    /// Keeps a new replication; they come in order.
    ///
    /// # Errors
    /// Those of the store.
    fn keep(&mut self, line: Self::Line) -> Result<(), Self::Error>;

    /// Called between waves: how many replications the next one may have (at least 1), or a break:
    /// no more time.
    ///
    /// # Errors
    /// Those of the store; the experiment ends with it, and everything handed over was kept.
    fn next_wave(&mut self) -> Result<ControlFlow<(), usize>, Self::Error>;

    /// Called after every replication counted.
    fn progressed(&mut self, _: &Watch, _: &Gathered) {}

    /// Called after every replication of several variants.
    fn compared(&mut self, _: &[Gathered]) {}

    /// Whether unfinished replications are to be stopped; called from all threads, often.
    fn cancelled(&self) -> bool {
        false
    }
}

/// The buffers that replications have left, at most one per thread. No result depends on which one
/// a replication gets.
#[derive(Debug, Default)]
pub(super) struct BufferPool(Mutex<Vec<Buffers>>);

impl BufferPool {
    pub(super) fn lend<T>(&self, work: impl FnOnce(&mut Buffers) -> T) -> T {
        let free = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut buffers = free().pop().unwrap_or_default();
        let done = work(&mut buffers);
        free().push(buffers);
        done
    }
}

/// Hands over the replications of a range, until `take` breaks or there is no more time. Returns
/// what `take` broke with.
///
/// # Errors
/// Those of the store.
pub(super) fn in_order<K: ReplicationStore, B>(
    study: &Study,
    range: Range<u64>,
    pool: &ThreadPool,
    store: &mut K,
    mut take: impl FnMut(ReplicationSamples, &mut K) -> ControlFlow<B>,
) -> Result<Option<B>, K::Error> {
    let mut next = range.start;
    let spare = BufferPool::default();
    while next < range.end {
        if let Some(samples) = store.recall(next)? {
            next += 1;
            if let ControlFlow::Break(reason) = take(samples, store) {
                return Ok(Some(reason));
            }
            continue;
        }
        let ControlFlow::Continue(size) = store.next_wave()? else { return Ok(None) };
        let end = range.end.min(next.saturating_add(size.max(1) as u64));
        for done in wave(study, next..end, pool, (store, &spare)) {
            let (samples, line) = match done {
                Ok(done) => done,
                Err(NoSamples::Stopped) => break,
                Err(NoSamples::Endless(found)) => return Err(found.into()),
            };
            next += 1;
            store.keep(line)?;
            if let ControlFlow::Break(reason) = take(samples, store) {
                return Ok(Some(reason));
            }
        }
    }
    Ok(None)
}

/// Simulates the replications of a range side by side; what comes after one that was not finished
/// is not usable.
fn wave<K: ReplicationStore>(
    study: &Study,
    range: Range<u64>,
    pool: &ThreadPool,
    (store, spare): (&K, &BufferPool),
) -> Vec<Result<(ReplicationSamples, K::Line), NoSamples>> {
    let one = |replication| {
        let samples =
            spare.lend(|buffers| study.samples(replication, buffers, &|| store.cancelled()))?;
        let line = store.line(&samples);
        Ok((samples, line))
    };
    pool.install(|| range.into_par_iter().map(one).collect())
}
