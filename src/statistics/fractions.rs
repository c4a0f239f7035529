//! The ratio estimator without the values: moments of pairs, updated one by one.

use super::estimate::Estimate;
use super::mean::Moments;
use super::ratio::interval;

/// Central moments of pairs of a part and a whole, up to the third; pairs without a whole (0) are not counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fractions {
    count: u64,
    means: [f64; 2],
    /// Of part and part, part and whole, whole and whole.
    second: [f64; 3],
    /// Of three parts, of two parts and a whole, and so on.
    third: [f64; 4],
    least: f64,
    most: f64,
}

impl Default for Fractions {
    fn default() -> Self {
        let (least, most) = (f64::INFINITY, f64::NEG_INFINITY);
        Self { count: 0, means: [0.0; 2], second: [0.0; 3], third: [0.0; 4], least, most }
    }
}

impl Fractions {
    /// Takes the next pair. Neither is negative.
    pub fn push(&mut self, part: f64, whole: f64) {
        if whole <= 0.0 {
            return;
        }
        self.least = self.least.min(part / whole);
        self.most = self.most.max(part / whole);
        self.count += 1;
        let n = self.count as f64;
        let (p, w) = (part - self.means[0], whole - self.means[1]);
        let [pp, pw, ww] = self.second;
        let cube = (n - 1.0) * (n - 2.0) / (n * n);
        self.third[0] += p * p * p * cube - 3.0 * p * pp / n;
        self.third[1] += p * p * w * cube - (2.0 * p * pw + w * pp) / n;
        self.third[2] += p * w * w * cube - (2.0 * w * pw + p * ww) / n;
        self.third[3] += w * w * w * cube - 3.0 * w * ww / n;
        let square = (n - 1.0) / n;
        self.second = [pp + p * p * square, pw + p * w * square, ww + w * w * square];
        self.means = [self.means[0] + p / n, self.means[1] + w / n];
    }

    /// How many pairs.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// The smallest and the largest fraction; `None`: there is no pair.
    #[must_use]
    pub fn ends(&self) -> Option<(f64, f64)> {
        (self.count > 0).then_some((self.least, self.most))
    }

    /// Sum of parts over sum of wholes with its interval, as of [`ratio`](super::ratio()).
    #[must_use]
    pub fn ratio(&self, level: f64) -> Estimate {
        if self.count == 0 {
            return Estimate::too_few(None, level, 0);
        }
        if self.least == self.most {
            return Estimate::constant(self.least, level, self.count);
        }
        let value = self.means[0] / self.means[1];
        let [pp, pw, ww] = self.second;
        let [ppp, ppw, pww, www] = self.third;
        let second = (pp - 2.0 * value * pw + value * value * ww).max(0.0);
        let third = ppp - 3.0 * value * ppw + value * value * (3.0 * pww - value * www);
        let residuals = Moments::from_sums(self.count, second, third);
        let (interval, method) = interval(value, &residuals, self.means[1], level);
        Estimate { value: Some(value), interval: Some(interval), level, count: self.count, method }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::ratio;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_the_estimator_of_the_values(
            pairs in prop::collection::vec((0.0..500.0_f64, 0..400_u32), 0..60),
        ) {
            let pairs: Vec<_> = pairs.iter().map(|(part, whole)| (*part, f64::from(*whole))).collect();
            let mut moments = Fractions::default();
            pairs.iter().for_each(|(part, whole)| moments.push(*part, *whole));
            let (parts, wholes): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
            let (own, other) = (moments.ratio(0.95), ratio(&parts, &wholes, 0.95));
            prop_assert_eq!((own.count, own.method), (other.count, other.method));
            let near = |one: f64, other: f64| (one - other).abs() <= 1e-7 * (1.0 + other.abs());
            prop_assert_eq!(own.value.is_some(), other.value.is_some());
            prop_assert!(own.value.zip(other.value).is_none_or(|(one, other)| near(one, other)));
            if let (Some(one), Some(other)) = (own.interval, other.interval) {
                prop_assert!(near(one.low, other.low) && near(one.high, other.high), "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn the_smallest_and_the_largest_fraction() {
        let mut moments = Fractions::default();
        assert_eq!(moments.ends(), None);
        for (part, whole) in [(1.0, 4.0), (3.0, 4.0), (1.0, 0.0), (2.0, 4.0)] {
            moments.push(part, whole);
        }
        assert_eq!((moments.ends(), moments.count()), (Some((0.25, 0.75)), 3));
        assert_eq!(moments.ratio(0.95).value, Some(0.5));
    }
}
