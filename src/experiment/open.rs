//! What was still open when a run or the shift of its agent ended: outages, which count with their length so far;
//! restores, which do not count; and replications that ended before something was reached, such as all agents being
//! back. How long it would have lasted is not known.
//!
//! So such a duration has an upper end besides its estimate: what it would be if nothing that was open ever came to its
//! end. With a share s of all open, the p percentile of all is at most the p + s percentile of the recorded lengths of
//! outages, or the p / (1 - s) percentile of the restores that ended; it has no upper end where that is above 100 %. A
//! mean and a maximum have none.

use crate::measures::{How, Pool};
use crate::statistics::{self, Estimate, Interval};

use super::gathered::Gathered;

/// What was still open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// Outages, in all replications together.
    Outages(u64),
    /// Restores, in all replications together.
    Restores(u64),
    /// Replications that ended before what is measured was reached.
    Replications(u64),
}

/// What was open behind a measure, and the upper end that it leaves it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpenEnd {
    /// What.
    pub what: Open,
    /// What the value would be at most; infinite: nothing is known.
    pub value: f64,
    /// What the upper end of its interval would be.
    pub high: f64,
}

impl OpenEnd {
    /// What was open behind a measure; `None`: nothing, or it measures nothing that comes to an end.
    #[must_use]
    pub fn behind(gathered: &Gathered, measure: usize, level: f64) -> Option<Self> {
        let gauge = gathered.measures()[measure].gauge;
        match gauge.pool(gathered.measures()[measure].index) {
            Some(pool) => Self::in_pool(gathered, measure, (pool, level)),
            None => Self::not_reached(gathered, measure, gauge.awaited?),
        }
    }

    fn in_pool(gathered: &Gathered, measure: usize, (pool, level): (Pool, f64)) -> Option<Self> {
        let gauge = gathered.measures()[measure].gauge;
        let count = gathered.open(pool);
        if count == 0 {
            return None;
        }
        let known = match gauge.how {
            How::Pooled(_, percent) => {
                let pooled = statistics::Pool::new(gathered.pool(pool));
                let share = count as f64 / pooled.all().count() as f64;
                let p = f64::from(percent) / 100.0;
                let p = if pool.holds_open() { p + share } else { p * (1.0 + share) };
                (p <= 1.0).then(|| gauge.factor().after_all(pooled.quantile(p, level)))
            }
            _ => None,
        };
        let value = known.and_then(|known| known.value).unwrap_or(f64::INFINITY);
        let high = known.and_then(|known| known.interval).map_or(f64::INFINITY, |found| found.high);
        let what = if pool.holds_open() { Open::Outages(count) } else { Open::Restores(count) };
        Some(Self { what, value, high })
    }

    /// Of a measure that a replication has once something is over: those that count some of `awaited` and have no value.
    fn not_reached(gathered: &Gathered, measure: usize, awaited: &str) -> Option<Self> {
        let all = gathered.measures();
        let same = |other: &crate::measures::Measure| {
            other.gauge.name == awaited && other.index == all[measure].index
        };
        let awaited = all.iter().position(same)?;
        let pairs = gathered.integers(awaited, 0).zip(gathered.integers(measure, 1));
        let count = pairs.filter(|(waited, has)| *waited > 0 && *has == 0).count() as u64;
        let what = Open::Replications(count);
        (count > 0).then_some(Self { what, value: f64::INFINITY, high: f64::INFINITY })
    }

    /// The interval of an estimate with the upper end that it leaves it.
    #[must_use]
    pub fn widen(&self, estimate: &Estimate) -> Estimate {
        let wider = |found: Interval| Interval { high: found.high.max(self.high), ..found };
        Estimate { interval: estimate.interval.map(wider), ..*estimate }
    }
}
