//! One run of a scenario on several threads. The result does not depend on their number: ranges of
//! agents have a fixed size, and are merged in order.

use std::ops::Range;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use rayon::ThreadPool;
use rayon::prelude::*;

use super::asking::Asking;
use super::error::Error;
use super::progress;
use super::understood::Understood;
use crate::limits::{Bounds, Stop, Unfinished};
use crate::measures::{Frame, Measures, Results, Rows, Totals};
use crate::model::Model;
use crate::random::RandomNumbers;
use crate::report::RowsInMemory;
use crate::simulation::{self, Simulation};

/// Agents simulated in one piece. Small enough to keep threads busy, large enough that merging
/// totals costs almost nothing.
const RANGE: u32 = 2048;

/// How long the caller is not asked whether a run is to be stopped.
const LOOK: Duration = Duration::from_millis(20);

/// The ranges of this many agents.
pub fn ranges(agents: u32) -> impl Iterator<Item = Range<u32>> {
    (0..agents.div_ceil(RANGE)).map(move |n| n * RANGE..((n + 1) * RANGE).min(agents))
}

/// Simulates on `threads` threads (0: as many as there are processors) while this one asks whether
/// the run is still wanted. Sequential work is done by this thread itself: memory that other
/// threads allocate costs more.
pub(super) fn simulate(
    understood: &Understood,
    threads: usize,
    wanted: &(dyn Fn() -> bool + Sync),
) -> Result<Results, Error> {
    let asking = Asking::begin(wanted);
    pass(&understood.model, threads, &asking).map_err(|why| why.error(understood))
}

/// Why there are no results.
enum Without {
    Unfinished(Unfinished),
    Threads(Error),
}

impl From<Unfinished> for Without {
    fn from(why: Unfinished) -> Self {
        Self::Unfinished(why)
    }
}

impl Without {
    fn error(self, understood: &Understood) -> Error {
        match self {
            Self::Unfinished(Unfinished::Stopped) => Error::Stopped,
            Self::Unfinished(Unfinished::Endless(found)) => understood.endless(&found),
            Self::Threads(error) => error,
        }
    }
}

fn pass(model: &Model, threads: usize, asking: &Asking<'_>) -> Result<Results, Without> {
    let (here, elsewhere) = (|| asking.looked(), || asking.heard());
    let (simulation, random, bounds) = begun(model, &here, &elsewhere)?;
    let frame = Frame::new(model, simulation.occurrences());
    let mut totals = Totals::new(&frame);
    let merge = |(made, ()): (Totals, ())| totals.merge(made);
    each_range((&simulation, &frame), (threads, asking), || (), merge)?;
    let results = Results::new(totals, &frame, (simulation.world(), simulation.traffic()));
    let results =
        results.with_calls(simulation::books(model, &simulation, (random, bounds, false))?, model);
    Ok(results)
}

/// The rows of a run that was made before: its agents are simulated again.
pub(super) fn rows<'m>(
    model: &'m Model,
    threads: usize,
    wanted: &(dyn Fn() -> bool + Sync),
) -> Result<RowsInMemory<'m>, Error> {
    let asking = Asking::begin(wanted);
    let (here, elsewhere) = (|| asking.looked(), || asking.heard());
    let made = || {
        let (simulation, ..) = begun(model, &here, &elsewhere)?;
        let frame = Frame::new(model, simulation.occurrences());
        let mut all = RowsInMemory::new(model);
        let fresh = || RowsInMemory::new(model);
        let take = |(_, rows)| all.append(rows);
        each_range((&simulation, &frame), (threads, &asking), fresh, take)?;
        Ok(all)
    };
    made().map_err(|why| match why {
        Without::Threads(error) => error,
        // It has ended once, and will end again.
        Without::Unfinished(_) => Error::Stopped,
    })
}

/// The simulation before its agents; `here` says to this thread whether to stop, `elsewhere` to the others.
fn begun<'m>(
    model: &'m Model,
    here: Stop<'m>,
    elsewhere: Stop<'m>,
) -> Result<(Simulation<'m>, RandomNumbers, Bounds<'m>), Unfinished> {
    let random = RandomNumbers { seed: model.seed, replication: 0 };
    let bounds = Bounds { stop: here, ..Bounds::USUAL };
    let simulation = Simulation::within(model, random, bounds)?;
    let is_one = ranges(model.agents()).nth(1).is_none();
    Ok((if is_one { simulation } else { simulation.until(elsewhere) }, random, bounds))
}

/// Simulates and measures all agents; `take` gets the results of the ranges, in order, on this
/// thread.
fn each_range<R: Rows + Send>(
    (simulation, frame): (&Simulation<'_>, &Frame<'_>),
    (threads, asking): (usize, &Asking<'_>),
    fresh: impl Fn() -> R + Sync,
    mut take: impl FnMut((Totals, R)),
) -> Result<(), Without> {
    let range = |range: &Range<u32>| {
        let mut measures = Measures::new(frame, fresh());
        simulation.agents(range.clone(), &mut measures)?;
        Ok(measures.into_parts())
    };
    let all: Vec<Range<u32>> = ranges(frame.model.agents()).collect();
    if let [only] = &all[..] {
        take(range(only)?);
        return Ok(());
    }
    let pool = progress::pool(threads).map_err(Without::Threads)?;
    Ok(in_waves(&pool, &all, range, take, asking)?)
}

/// Makes something of every range on the threads of a pool, and takes it here, in order, while this thread asks.
fn in_waves<T: Send>(
    pool: &ThreadPool,
    all: &[Range<u32>],
    make: impl Fn(&Range<u32>) -> Result<T, Unfinished> + Sync,
    mut take: impl FnMut(T),
    asking: &Asking<'_>,
) -> Result<(), Unfinished> {
    let (done, made) = mpsc::sync_channel(1);
    let wave = 4 * pool.current_num_threads();
    let make = &make;
    pool.in_place_scope(move |scope| {
        scope.spawn(move |_| {
            let waves = all.chunks(wave).map(|wave| wave.par_iter().map(make).collect());
            // The receiver is dropped when one was not finished.
            waves.map(|wave| done.send(wave)).take_while(Result::is_ok).for_each(drop);
        });
        loop {
            match made.recv_timeout(LOOK) {
                Ok(wave) => {
                    let wave: Result<Vec<T>, Unfinished> = wave;
                    wave?.into_iter().for_each(&mut take);
                    asking.ask();
                }
                Err(RecvTimeoutError::Timeout) => {
                    asking.ask();
                }
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_cover_every_agent_once() {
        for agents in [0, 1, RANGE - 1, RANGE, RANGE + 1, 5 * RANGE] {
            let all: Vec<u32> = ranges(agents).flatten().collect();
            assert_eq!(all, (0..agents).collect::<Vec<_>>());
        }
    }
}
