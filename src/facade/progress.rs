//! An experiment of the library: nothing is kept, and the caller is notified between waves, where
//! it may end the experiment.

use std::ops::ControlFlow;

use rayon::ThreadPool;

use super::broken::Broken;
use super::error::Error;
use crate::experiment::{EndlessVariant, ReplicationSamples, ReplicationStore};
use crate::limits::Endless;

/// Is called with the number of replications done.
pub(crate) type ProgressListener<'t> = &'t mut (dyn FnMut(u64) -> ControlFlow<()> + Send + Sync);

/// Notifies the caller.
pub(crate) struct Progress<'t> {
    done: u64,
    wave: usize,
    told: ProgressListener<'t>,
}

impl<'t> Progress<'t> {
    pub(crate) fn new(pool: &ThreadPool, told: ProgressListener<'t>) -> Self {
        Self::after(pool, told, 0)
    }

    /// The same where `done` replications were made before.
    pub(crate) fn after(pool: &ThreadPool, told: ProgressListener<'t>, done: u64) -> Self {
        Self { done, wave: 2 * pool.current_num_threads(), told }
    }

    /// How many are done.
    pub(crate) const fn done(&self) -> u64 {
        self.done
    }
}

/// Why an experiment ended too early.
pub(crate) enum Ended {
    /// The caller stopped it.
    Stopped,
    /// In this variant, from 0.
    Endless(usize, Endless),
    /// Parts cannot be put together, in words.
    Broken(String),
}

impl From<Broken> for Ended {
    fn from(why: Broken) -> Self {
        match why {
            Broken::Endless(found) => found.into(),
            other => Self::Broken(other.text()),
        }
    }
}

impl From<EndlessVariant> for Ended {
    fn from(found: EndlessVariant) -> Self {
        Self::Endless(found.variant, found.found)
    }
}

impl ReplicationStore for Progress<'_> {
    type Error = Ended;
    type Line = ();

    fn recall(&mut self, _: u64) -> Result<Option<ReplicationSamples>, Ended> {
        Ok(None)
    }

    fn line(&self, _: &ReplicationSamples) {}

    fn keep(&mut self, (): ()) -> Result<(), Ended> {
        self.done += 1;
        Ok(())
    }

    fn next_wave(&mut self) -> Result<ControlFlow<(), usize>, Ended> {
        match (self.told)(self.done) {
            ControlFlow::Continue(()) => Ok(ControlFlow::Continue(self.wave)),
            ControlFlow::Break(()) => Err(Ended::Stopped),
        }
    }
}

/// The threads; 0: as many as there are.
pub(crate) fn pool(threads: usize) -> Result<ThreadPool, Error> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(|error| Error::Threads(error.to_string()))
}
