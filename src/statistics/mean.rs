//! Means of independent values: streaming moments, and the t interval with its skewness
//! adjustment. Not for rates with a varying denominator (see `ratio`).

use super::estimate::{Estimate, Interval, Method};
use super::laws::Student;

/// Count, mean and central moments of a sequence of finite values, updated one by one (the
/// recurrences of Welford and Terriberry, which do not cancel).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    count: u64,
    mean: f64,
    second: f64,
    third: f64,
}

impl Moments {
    /// Those of no values.
    pub const NONE: Self = Self { count: 0, mean: 0.0, second: 0.0, third: 0.0 };

    /// The moments of some values, taken in their order.
    #[must_use]
    pub fn of(values: &[f64]) -> Self {
        let mut moments = Self::default();
        for &value in values {
            moments.push(value);
        }
        moments
    }

    /// The moments of `count` values about 0, their mean, with these sums of squares and of cubes.
    #[must_use]
    pub(super) const fn from_sums(count: u64, second: f64, third: f64) -> Self {
        Self { count, mean: 0.0, second, third }
    }

    /// Takes the next value.
    pub fn push(&mut self, value: f64) {
        let before = self.count as f64;
        self.count += 1;
        let n = self.count as f64;
        let delta = value - self.mean;
        let step = delta / n;
        let square = delta * step * before;
        self.mean += step;
        self.third += square * step * (n - 2.0) - 3.0 * step * self.second;
        self.second += square;
    }

    /// How many values.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Their mean; `None` of none.
    #[must_use]
    pub fn average(&self) -> Option<f64> {
        (self.count > 0).then_some(self.mean)
    }

    /// The sample variance (divisor n - 1); 0 of fewer than two.
    #[must_use]
    pub fn variance(&self) -> f64 {
        if self.count < 2 { 0.0 } else { self.second / (self.count - 1) as f64 }
    }

    /// The standard error of the mean.
    #[must_use]
    pub fn standard_error(&self) -> f64 {
        if self.count < 2 { 0.0 } else { (self.variance() / self.count as f64).sqrt() }
    }

    /// The sample skewness with the unbiased third moment, n/((n-1)(n-2)) x sum of cubes / s^3;
    /// 0 of fewer than three values, or of equal ones.
    #[must_use]
    pub fn skewness(&self) -> f64 {
        let deviation = self.variance().sqrt();
        if self.count < 3 || deviation == 0.0 {
            return 0.0;
        }
        let n = self.count as f64;
        let scale = n / ((n - 1.0) * (n - 2.0));
        scale * (self.third / deviation / deviation / deviation)
    }

    /// The mean with its two-sided interval at `level`, see [`mean`].
    #[must_use]
    pub fn mean(&self, level: f64) -> Estimate {
        self.mean_with(level, &Student::two_sided(level))
    }

    /// The same with the t quantiles of that level prepared.
    #[must_use]
    pub fn mean_with(&self, level: f64, student: &Student) -> Estimate {
        let (value, count) = (self.average(), self.count);
        let Some(center) = value else { return Estimate::too_few(None, level, 0) };
        if self.second == 0.0 {
            return Estimate::constant(center, level, count);
        }
        let adjusted = count > 2;
        let method = if adjusted { Method::TSkewness } else { Method::T };
        let interval = Some(self.interval(student, adjusted));
        Estimate { value, interval, level, count, method }
    }

    /// The t interval of the mean of at least two values, plain or adjusted for skewness.
    #[must_use]
    pub fn interval(&self, student: &Student, adjusted: bool) -> Interval {
        let t = student.quantile((self.count.max(2) - 1) as f64);
        if adjusted {
            skewed(self.mean, self.standard_error(), t, self.skewness(), self.count)
        } else {
            Interval::around(self.mean, t * self.standard_error())
        }
    }
}

/// The t interval about `center`, the mean (or like a mean) of `count` values with that skewness,
/// adjusted for it: [center - G(t) error, center - G(-t) error].
#[must_use]
pub(super) fn skewed(center: f64, error: f64, t: f64, skewness: f64, count: u64) -> Interval {
    let beta = skewness / (6.0 * (count as f64).sqrt());
    Interval { low: center - willink(t, beta) * error, high: center - willink(-t, beta) * error }
}

/// The inverse of Johnson's modified t variable: what a t quantile `z` becomes when the mean of
/// skewed values is studentised; `beta` = skewness / (6 sqrt n). R. Willink, "A Confidence Interval
/// and Test for the Mean of an Asymmetric Distribution", Communications in Statistics - Theory and
/// Methods 34 (2005), 753-766.
fn willink(z: f64, beta: f64) -> f64 {
    let moved = z - beta;
    let bend = 6.0 * beta * moved;
    if beta == 0.0 || bend == 0.0 {
        moved
    } else if bend.abs() < 0.5 {
        libm::expm1(libm::log1p(bend) / 3.0) / (2.0 * beta)
    } else {
        (libm::cbrt(1.0 + bend) - 1.0) / (2.0 * beta)
    }
}

/// The mean of independent finite values with its two-sided interval at `level`: Student's t
/// interval adjusted for skewness (Willink 2005). Three or more equal values are `Constant`; two
/// values have no skewness and get the plain interval; fewer, or two equal ones, are too few.
///
/// The adjustment is always made, not only for few or very skewed values: on the downtime of the
/// alternating renewal process (up 1000 s, down 50 s) it covers at least as well everywhere.
/// Coverage of 95 % intervals in 2,000 experiments, plain and adjusted: over 2000 s, 10
/// replications .928 and .953, 50 .943 and .952, 200 .950 and .954; over 200 s, where four
/// of five replications see nothing, 50 replications .880 and .969. On symmetric values the two
/// hardly differ. A rule that begins at some count would also make the interval jump there.
#[must_use]
pub fn mean(values: &[f64], level: f64) -> Estimate {
    Moments::of(values).mean(level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(value: f64, expected: f64) {
        assert!((value - expected).abs() <= 1e-12 * expected.abs().max(1.0), "{value}, {expected}");
    }

    #[test]
    fn moments_by_hand() {
        let moments = Moments::of(&[1.0, 2.0, 6.0]);
        assert_eq!((moments.count(), moments.average()), (3, Some(3.0)));
        near(moments.variance(), 7.0);
        near(moments.standard_error(), (7.0f64 / 3.0).sqrt());
        // Cubes of -2, -1, 3 sum to 18; n/((n-1)(n-2)) = 1.5.
        near(moments.skewness(), 27.0 / (7.0 * 7.0f64.sqrt()));
        assert_eq!(Moments::default().average(), None);
        assert_eq!(Moments::of(&[5.0]).variance(), 0.0);
    }

    #[test]
    fn moments_far_from_zero_keep_their_digits() {
        let near_zero: Vec<f64> = (0..100).map(|k| f64::from(k * k % 17)).collect();
        let far: Vec<f64> = near_zero.iter().map(|value| value + 1e9).collect();
        let (here, there) = (Moments::of(&near_zero), Moments::of(&far));
        assert!((here.variance() / there.variance() - 1.0).abs() < 1e-7);
        assert!((here.skewness() - there.skewness()).abs() < 1e-6);
    }

    #[test]
    fn symmetric_values_get_the_plain_interval() {
        let found = mean(&[1.0, 2.0, 3.0, 4.0], 0.95);
        let half = 3.182446305283708 * (5.0f64 / 3.0 / 4.0).sqrt();
        assert_eq!((found.value, found.count, found.level), (Some(2.5), 4, 0.95));
        let interval = found.interval.unwrap();
        near(interval.low, 2.5 - half);
        near(interval.high, 2.5 + half);
    }

    #[test]
    fn skewness_moves_the_interval_towards_the_long_tail() {
        let values = [0.0, 0.0, 0.0, 1.0, 1.0, 2.0, 9.0];
        let found = mean(&values, 0.95);
        assert_eq!(found.method, Method::TSkewness);
        let (center, interval) = (found.value.unwrap(), found.interval.unwrap());
        let plain = Moments::of(&values).interval(&Student::two_sided(0.95), false);
        assert!(interval.low > plain.low && interval.high > plain.high);
        assert_eq!(found.half_width(), Some(interval.high - center));
    }

    #[test]
    fn the_adjustment_is_its_own_inverse_formula() {
        // Johnson: t1 = w + beta + (2 beta) w^2 + (4 beta^2 / 3) w^3 undoes G, for either branch.
        for beta in [-0.3, -1e-3, 1e-9, 1e-5, 0.02, 0.2] {
            for z in [-2.5, -0.1, 0.7, 1.96] {
                let w = willink(z, beta);
                let back = w + beta + 2.0 * beta * w * w + 4.0 / 3.0 * beta * beta * w * w * w;
                near(back, z);
            }
        }
        assert_eq!(willink(1.5, 0.0), 1.5);
    }

    #[test]
    fn constant_and_too_few() {
        assert_eq!(mean(&[], 0.95), Estimate::too_few(None, 0.95, 0));
        assert_eq!(mean(&[3.0], 0.95), Estimate::too_few(Some(3.0), 0.95, 1));
        assert_eq!(mean(&[3.0; 2], 0.95), Estimate::too_few(Some(3.0), 0.95, 2));
        assert_eq!(mean(&[0.1; 3], 0.95), Estimate::constant(0.1, 0.95, 3));
        assert_eq!(mean(&[1.0, 3.0], 0.95).method, Method::T);
    }
}
