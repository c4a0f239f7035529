//! Outages that were still open when a run or the shift of their agent ended. They count with their length so
//! far; how long they would have lasted is not known.
//!
//! So a duration of outages has an upper end besides its estimate: what it would be if no open outage ever
//! ended. With a share s of all outages open, the p percentile is at most the p + s percentile of the recorded
//! lengths, and has no upper end where p + s is above 100 %; nor have a mean and a maximum.

use crate::measures::How;
use crate::statistics::{self, Estimate, Interval};

use super::gathered::Gathered;

/// Open outages behind a measure, and the upper end that they leave it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpenOutages {
    /// How many, in all replications together.
    pub count: u64,
    /// What the value would be at most; infinite: nothing is known.
    pub value: f64,
    /// What the upper end of its interval would be.
    pub high: f64,
}

impl OpenOutages {
    /// Those behind a measure; `None`: there are none, or it is no duration of outages.
    #[must_use]
    pub fn behind(gathered: &Gathered, measure: usize, level: f64) -> Option<Self> {
        let measure = &gathered.measures()[measure];
        let pool = measure.gauge.pool(measure.index)?;
        let count = gathered.open(pool);
        if count == 0 {
            return None;
        }
        let known = match measure.gauge.how {
            How::Pooled(_, percent) => {
                let pooled = statistics::Pool::new(gathered.pool(pool));
                let share = count as f64 / pooled.all().count() as f64;
                let p = f64::from(percent) / 100.0 + share;
                (p <= 1.0).then(|| measure.gauge.factor().after_all(pooled.quantile(p, level)))
            }
            _ => None,
        };
        let value = known.and_then(|known| known.value).unwrap_or(f64::INFINITY);
        let high = known.and_then(|known| known.interval).map_or(f64::INFINITY, |found| found.high);
        Some(Self { count, value, high })
    }

    /// The interval of an estimate with the upper end that they leave it.
    #[must_use]
    pub fn widen(&self, estimate: &Estimate) -> Estimate {
        let wider = |found: Interval| Interval { high: found.high.max(self.high), ..found };
        Estimate { interval: estimate.interval.map(wider), ..*estimate }
    }
}
