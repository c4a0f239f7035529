//! Makes a shard: the samples of a range, in order, whatever else is made elsewhere.
//!
//! How an experiment is cut is told by `cut`; where a shard is kept is somebody else's matter.

use rayon::ThreadPool;
use rayon::prelude::*;

use super::cut::Items;
use super::gather::Rooms;
use super::part;
use super::study::{EndlessVariant, NoTurn, Study};

/// Who keeps a shard while it is made.
pub trait Bench: Sync {
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
    /// Its own.
    fn keep(&mut self, line: &[u8]) -> Result<(), Self::Error>;

    /// Whether samples that are not finished are not wanted; asked from all threads, often.
    fn cancelled(&self) -> bool;
}

/// Makes the samples of a shard, and hands over the lines of its part: one per replication.
///
/// # Errors
/// Those of the bench; [`EndlessVariant`].
pub fn make<B: Bench>(
    study: &Study<'_>,
    items: &Items,
    pool: &ThreadPool,
    bench: &mut B,
) -> Result<(), B::Error> {
    let variants = study.models().len() as u128;
    let (mut next, mut line) = (items.start, Vec::new());
    let rooms = Rooms::default();
    while next < items.end {
        let size = bench.next_wave()?;
        let end = items.end.min(next + size.max(1) as u128);
        for made in wave(study, &(next..end), pool, (bench, &rooms)) {
            match made {
                Ok(sample) => line.push(sample),
                Err(NoTurn::Stopped) => break,
                Err(NoTurn::Endless(found)) => return Err(found.into()),
            }
            next += 1;
            if next % variants == 0 || next == items.end {
                bench.keep(&part::line_of(&line))?;
                line.clear();
            }
        }
    }
    Ok(())
}

/// The texts of samples, made side by side.
fn wave<B: Bench>(
    study: &Study<'_>,
    items: &Items,
    pool: &ThreadPool,
    (bench, rooms): (&B, &Rooms),
) -> Vec<Result<Vec<u8>, NoTurn>> {
    let variants = study.models().len() as u128;
    let one = |number: usize| {
        let item = items.start + number as u128;
        let replication = u64::try_from(item / variants).unwrap_or(u64::MAX);
        let at = (replication, (item % variants) as usize);
        let sample = rooms.lend(|room| study.sample(at, room, &|| bench.cancelled()))?;
        Ok(part::sample_text(&sample))
    };
    let number = usize::try_from(items.end - items.start).unwrap_or(usize::MAX);
    pool.install(|| (0..number).into_par_iter().map(one).collect())
}
