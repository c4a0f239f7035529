//! An estimate: a value with its interval, level, count and method, always together.
//!
//! It computes none of them; the files beside it do.

/// An interval of the real line; either end may be infinite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end, at least the lower.
    pub high: f64,
}

impl Interval {
    /// From `center - half` to `center + half`.
    #[must_use]
    pub fn around(center: f64, half: f64) -> Self {
        Self { low: center - half, high: center + half }
    }

    /// The interval that holds one value only.
    #[must_use]
    pub fn point(value: f64) -> Self {
        Self { low: value, high: value }
    }

    /// The distance from `value` to the end that is farther away.
    #[must_use]
    pub fn half_width(&self, value: f64) -> f64 {
        f64::max(value - self.low, self.high - value)
    }

    /// Whether a value lies in it, ends included.
    #[must_use]
    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

/// How an interval was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// Student's t interval of a mean.
    T,
    /// The t interval of a mean, moved for skewness.
    TSkewness,
    /// The ratio estimator with a t interval.
    Ratio,
    /// The ratio estimator with a t interval moved for skewness.
    RatioSkewness,
    /// Two ranks of independent values.
    OrderStatistics,
    /// Two ranks of values that depend on each other within groups.
    OrderStatisticsClustered,
    /// Exact binomial limits.
    ClopperPearson,
    /// Wilson's score limits of a proportion.
    Wilson,
    /// Exact limits of a Poisson rate.
    PoissonExact,
    /// Nothing was seen: a one-sided upper bound.
    NoneSeen,
    /// Data and sampling error, each by itself: a t interval about both.
    DataAndLuck,
    /// Percentiles of a statistic over resamples of groups of replications.
    Bootstrap,
    /// All values are the same.
    Constant,
    /// There is no interval: too few observations for one.
    TooFew,
}

impl Method {
    /// The name in tables and files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::T => "t",
            Self::TSkewness => "t, skewness-adjusted",
            Self::Ratio => "ratio",
            Self::RatioSkewness => "ratio, skewness-adjusted",
            Self::OrderStatistics => "order statistics",
            Self::OrderStatisticsClustered => "order statistics, clustered",
            Self::ClopperPearson => "Clopper-Pearson",
            Self::Wilson => "Wilson",
            Self::PoissonExact => "Poisson, exact",
            Self::NoneSeen => "none seen",
            Self::DataAndLuck => "data and chance",
            Self::Bootstrap => "paired bootstrap",
            Self::Constant => "constant",
            Self::TooFew => "too few",
        }
    }
}

/// Fewest equal observations that are called constant.
const CONSTANT_FROM: u64 = 3;

/// A value that never travels alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The value, in the unit of what was averaged; `None` when there was nothing.
    pub value: Option<f64>,
    /// Where the truth is, at the level; `None` when there were too few to say.
    pub interval: Option<Interval>,
    /// Confidence level, between 0 and 1.
    pub level: f64,
    /// How many observations (replications, values, trials or events) it rests on.
    pub count: u64,
    /// How the interval was found.
    pub method: Method,
}

impl Estimate {
    /// Too few observations for an interval, and perhaps for a value.
    #[must_use]
    pub fn too_few(value: Option<f64>, level: f64, count: u64) -> Self {
        Self { value, interval: None, level, count, method: Method::TooFew }
    }

    /// All `count` observations have the same value: three or more are called constant, fewer
    /// may be so by chance.
    #[must_use]
    pub fn constant(value: f64, level: f64, count: u64) -> Self {
        if count < CONSTANT_FROM {
            return Self::too_few(Some(value), level, count);
        }
        let interval = Some(Interval::point(value));
        Self { value: Some(value), interval, level, count, method: Method::Constant }
    }

    /// The distance from the value to the farther end of its interval, if it has both.
    #[must_use]
    pub fn half_width(&self) -> Option<f64> {
        Some(self.interval?.half_width(self.value?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_width_is_the_larger_distance() {
        let interval = Interval { low: 1.0, high: 4.0 };
        assert_eq!(interval.half_width(2.0), 2.0);
        assert_eq!(interval.half_width(3.5), 2.5);
        assert_eq!(Interval { low: 0.0, high: f64::INFINITY }.half_width(1.0), f64::INFINITY);
        assert!(interval.contains(1.0) && interval.contains(4.0) && !interval.contains(4.5));
        assert_eq!(Interval::around(3.0, 1.0), Interval { low: 2.0, high: 4.0 });
    }

    #[test]
    fn an_estimate_without_interval_has_no_half_width() {
        assert_eq!(Estimate::too_few(Some(1.0), 0.95, 1).half_width(), None);
        assert_eq!(Estimate::constant(1.0, 0.95, 3).half_width(), Some(0.0));
        assert_eq!(Estimate::constant(1.0, 0.95, 2), Estimate::too_few(Some(1.0), 0.95, 2));
    }
}
