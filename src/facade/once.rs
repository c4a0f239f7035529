//! One run of a scenario on several threads. What comes out does not depend on their number: ranges of agents
//! have a fixed size, and are merged in order.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use rayon::prelude::*;

use super::error::Error;
use super::progress;
use super::understood::Understood;
use crate::agents::{Bounds, Unfinished};
use crate::calls;
use crate::measures::{Frame, Measures, Results, Totals};
use crate::model::Model;
use crate::random::Luck;
use crate::simulation::Simulation;

/// Agents simulated in one piece. Small enough to keep threads busy, large enough that merging
/// totals costs nothing beside it.
const RANGE: u32 = 2048;

/// How long nobody asks whether a run is wanted.
const LOOK: Duration = Duration::from_millis(20);

/// The ranges of so many agents.
pub fn ranges(agents: u32) -> impl Iterator<Item = Range<u32>> {
    (0..agents.div_ceil(RANGE)).map(move |n| n * RANGE..((n + 1) * RANGE).min(agents))
}

/// Simulates on so many threads (0: as many as there are) while this one asks whether it is still wanted. What is
/// done one after the other is done by this thread itself: memory that others take is dearer.
pub(super) fn simulate(
    understood: &Understood,
    threads: usize,
    wanted: &(dyn Fn() -> bool + Sync),
) -> Result<Results, Error> {
    let (here, unwanted) = (thread::current().id(), AtomicBool::new(!wanted()));
    let stop = || {
        // Nobody is asked again who has said no.
        let no = unwanted.load(Ordering::Relaxed);
        if no || thread::current().id() != here || wanted() {
            return no;
        }
        unwanted.store(true, Ordering::Relaxed);
        true
    };
    pass(&understood.model, threads, &stop).map_err(|why| why.error(understood))
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

fn pass(
    model: &Model,
    threads: usize,
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<Results, Without> {
    let luck = Luck { seed: model.seed, replication: 0 };
    let bounds = Bounds { stop, ..Bounds::USUAL };
    let simulation = Simulation::within(model, luck, bounds)?;
    let frame = Frame::new(model, simulation.occurrences());
    let range = |range: &Range<u32>| {
        let mut measures = Measures::new(&frame, ());
        simulation.agents(range.clone(), &mut measures)?;
        Ok::<Totals, Unfinished>(measures.into_parts().0)
    };
    let all: Vec<Range<u32>> = ranges(model.agents()).collect();
    let mut totals = Totals::new(&frame);
    if let [only] = &all[..] {
        totals.merge(range(only)?);
    } else {
        let pool = progress::pool(threads).map_err(Without::Threads)?;
        let waves = || {
            for wave in all.chunks(4 * pool.current_num_threads()) {
                let made: Vec<_> = pool.install(|| wave.par_iter().map(range).collect());
                for made in made {
                    totals.merge(made?);
                }
            }
            Ok(())
        };
        elsewhere(waves, stop)?;
    }
    let results = Results::new(totals, &frame, (simulation.world(), simulation.traffic()));
    Ok(results.with_calls(calls::books(model, &simulation, (luck, bounds, false))?, model))
}

/// Works on another thread, while this one asks.
fn elsewhere(
    work: impl FnOnce() -> Result<(), Unfinished> + Send,
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<(), Unfinished> {
    let (done, ended) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(move || {
            // Whoever asks is there until the answer is.
            let _ = done.send(work());
        });
        loop {
            match ended.recv_timeout(LOOK) {
                Ok(made) => return made,
                Err(RecvTimeoutError::Timeout) => {
                    stop();
                }
                Err(RecvTimeoutError::Disconnected) => return Err(Unfinished::Stopped),
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
