//! Distributions over all replications as curves: the share of values beyond each length, with an
//! interval that knows that the values of one replication depend on each other.
//!
//! For pictures; percentiles are estimated elsewhere.

use crate::measures::Pool;
use crate::statistics;
use crate::statistics::proportion;

use super::gathered::Gathered;

/// Most points of a curve.
const POINTS: usize = 160;

/// One point of a survival curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beyond {
    /// A length of time in seconds.
    pub seconds: f64,
    /// The share of all values that are longer.
    pub share: f64,
    /// Lower end of its interval; with fewer than two replications 0.
    pub low: f64,
    /// Upper end of its interval; with fewer than two replications 1.
    pub high: f64,
}

/// The survival curve of a pool, from its smallest value to its largest; empty without values.
///
/// The interval at each point (not of the curve as a whole) is Wilson's at the number of
/// independent values that all values are worth there (Korn and Graubard 1998).
#[must_use]
pub fn survival(gathered: &Gathered, pool: Pool, level: f64) -> Vec<Beyond> {
    let pooled = statistics::Pool::new(gathered.pool(pool));
    let all = pooled.all();
    let count = all.count() as f64;
    let every = all.bins().len().div_ceil(POINTS).max(1);
    let (mut up_to, mut points) = (0, Vec::new());
    for (position, bin) in all.bins().iter().enumerate() {
        up_to += bin.count;
        let last = position + 1 == all.bins().len();
        if position % every == 0 || last {
            let share = 1.0 - up_to as f64 / count;
            let worth = pooled.effective_count(level, bin.max).unwrap_or(0);
            let (low, high) = ends(share, worth, level);
            let seconds = bin.max as f64 / crate::time::NANOS as f64;
            points.push(Beyond { seconds, share, low, high });
        }
    }
    points
}

/// Wilson's limits of a share of `worth` independent values.
fn ends(share: f64, worth: u64, level: f64) -> (f64, f64) {
    let hits = libm::round(share * worth as f64) as u64;
    match proportion::wilson(hits.min(worth), worth, level).interval {
        Some(interval) => (interval.low.min(share), interval.high.max(share)),
        None => (0.0, 1.0),
    }
}
