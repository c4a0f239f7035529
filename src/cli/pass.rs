//! One pass over all agents of a run: ranges of agents on several threads, gathered in order.
//!
//! What is gathered does not depend on the number of threads: ranges have a fixed size, and each
//! is handed over, and its totals merged, in the order of its agents.

use std::ops::Range;

use rayon::prelude::*;

use super::failure::{Failure, Outcome};
use super::interrupt;
use super::progress::Progress;
use crate::facade::once::ranges;
use crate::limits::Unfinished;
use crate::measures::{Frame, Measures, Rows, Totals};
use crate::simulation::Simulation;
use crate::trace::{Record, Sink};

/// What one range of agents left behind.
#[derive(Debug)]
pub(super) struct Part<R, T> {
    /// Where its rows went.
    pub rows: R,
    /// Where its trace went.
    pub trace: T,
}

/// How a pass is made.
#[derive(Debug)]
pub(super) struct Pass<'a> {
    /// What is simulated.
    pub simulation: &'a Simulation<'a>,
    /// What it is measured against.
    pub frame: &'a Frame<'a>,
    /// Number of threads; 0: as many as the machine has.
    pub threads: usize,
    /// Is notified of every range done.
    pub progress: &'a Progress,
}

impl Pass<'_> {
    /// Simulates and measures every agent; `fresh` makes the place for the rows and the trace of a
    /// range, `take` gets them back in order.
    ///
    /// # Errors
    /// The first failure of `take`, [`Failure::Interrupted`], [`Failure::Endless`], or [`Failure::World`] if threads
    /// cannot be had.
    pub(super) fn run<R, T>(
        &self,
        fresh: impl Fn() -> Part<R, T> + Sync,
        mut take: impl FnMut(Part<R, T>) -> Outcome,
    ) -> Result<Totals, Failure>
    where
        R: Rows + Send,
        T: Sink + Send,
    {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.threads).build();
        let pool =
            pool.map_err(|error| Failure::World(format!("cannot start threads: {error}")))?;
        let ranges: Vec<Range<u32>> = ranges(self.frame.model.agents()).collect();
        let mut totals = Totals::new(self.frame);
        for wave in ranges.chunks(4 * pool.current_num_threads()) {
            let one = |range: &Range<u32>| self.range(range.clone(), fresh());
            let done: Vec<_> = pool.install(|| wave.par_iter().map(one).collect());
            for range in done {
                // What was finished before an interruption is not needed any more.
                interrupt::check()?;
                let (part_totals, part) = range?;
                totals.merge(part_totals);
                take(part)?;
            }
            interrupt::check()?;
        }
        Ok(totals)
    }

    fn range<R: Rows, T: Sink>(
        &self,
        range: Range<u32>,
        part: Part<R, T>,
    ) -> Result<(Totals, Part<R, T>), Unfinished> {
        let agents = range.len() as u32;
        let measures = Measures::new(self.frame, part.rows);
        let mut both = Both { measures, trace: part.trace };
        self.simulation.agents(range, &mut both)?;
        let (totals, rows) = both.measures.into_parts();
        self.progress.advance(agents);
        Ok((totals, Part { rows, trace: both.trace }))
    }
}

/// Every record goes to the measures and to the trace.
struct Both<'a, R, T> {
    measures: Measures<'a, R>,
    trace: T,
}

impl<R: Rows, T: Sink> Sink for Both<'_, R, T> {
    #[inline(always)]
    fn record(&mut self, record: Record) {
        self.trace.record(record);
        self.measures.record(record);
    }

    #[inline(always)]
    fn more(&mut self, record: Record) {
        self.trace.more(record);
        self.measures.more(record);
    }

    fn in_order(&self) -> bool {
        self.trace.in_order() || self.measures.in_order()
    }
}
