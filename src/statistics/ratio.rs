//! The ratio estimator: a rate whose denominator varies from replication to replication, such as
//! downtime per time logged in. Not a mean of ratios, which would be biased.

use super::estimate::{Estimate, Interval, Method};
use super::laws::Student;
use super::mean::{Moments, skewed};

/// Sum of parts over sum of wholes, with a two-sided interval at `level`.
///
/// With r the ratio and e = part - r whole, the standard error is s_e / (mean whole x sqrt n) (the
/// delta method; Cochran, "Sampling Techniques", 1977, section 6.4), and the t interval with n - 1
/// degrees of freedom is adjusted for the skewness of e as that of a mean is. Where all wholes
/// are equal it is the interval of the mean of parts over that whole.
///
/// Replications without a whole (0) say nothing and are not counted; wholes are not negative.
/// There is no value when all wholes are 0.
#[must_use]
pub fn ratio(parts: &[f64], wholes: &[f64], level: f64) -> Estimate {
    let pairs = || parts.iter().zip(wholes).filter(|(_, whole)| **whole > 0.0);
    let (mut part_sum, mut whole_sum, mut count) = (0.0, 0.0, 0u64);
    for (part, whole) in pairs() {
        part_sum += part;
        whole_sum += whole;
        count += 1;
    }
    if count == 0 {
        return Estimate::too_few(None, level, 0);
    }
    let value = part_sum / whole_sum;
    let mut residuals = Moments::default();
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    for (part, whole) in pairs() {
        residuals.push(part - value * whole);
        least = least.min(part / whole);
        most = most.max(part / whole);
    }
    if least == most {
        return Estimate::constant(least, level, count);
    }
    let (interval, method) = interval(value, &residuals, whole_sum / count as f64, level);
    Estimate { value: Some(value), interval: Some(interval), level, count, method }
}

/// The t interval about a ratio from its residuals, of which there are at least two.
pub(super) fn interval(
    ratio: f64,
    residuals: &Moments,
    mean_whole: f64,
    level: f64,
) -> (Interval, Method) {
    let count = residuals.count();
    let error = residuals.standard_error() / mean_whole;
    let t = Student::two_sided(level).quantile((count - 1) as f64);
    if count == 2 {
        (Interval::around(ratio, t * error), Method::Ratio)
    } else {
        (skewed(ratio, error, t, residuals.skewness(), count), Method::RatioSkewness)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::mean::mean;

    const PARTS: [f64; 6] = [0.0, 12.0, 3.5, 40.0, 7.0, 0.0];

    #[test]
    fn equal_wholes_give_the_interval_of_the_mean() {
        let found = ratio(&PARTS, &[8.0; 6], 0.95);
        let shares: Vec<f64> = PARTS.iter().map(|part| part / 8.0).collect();
        let expected = mean(&shares, 0.95);
        let (own, other) = (found.interval.unwrap(), expected.interval.unwrap());
        assert!((found.value.unwrap() - expected.value.unwrap()).abs() < 1e-14);
        assert!((own.low - other.low).abs() < 1e-13 && (own.high - other.high).abs() < 1e-13);
        assert_eq!((found.count, found.method), (6, Method::RatioSkewness));
    }

    #[test]
    fn by_hand() {
        // r = 6/4; residuals 1 - 1.5, 5 - 4.5: +-0.5, s = sqrt .5, error = .5 / 2.
        let found = ratio(&[1.0, 5.0], &[1.0, 3.0], 0.95);
        let half = 12.706204736174694 * 0.25;
        assert_eq!((found.value, found.method), (Some(1.5), Method::Ratio));
        assert!((found.half_width().unwrap() - half).abs() < 1e-10);
    }

    #[test]
    fn replications_without_a_whole_do_not_count() {
        let without = ratio(&PARTS, &[1.0, 2.0, 1.5, 3.0, 1.0, 2.0], 0.9);
        let parts: Vec<f64> = PARTS.iter().copied().chain([0.0, 0.0]).collect();
        let with = ratio(&parts, &[1.0, 2.0, 1.5, 3.0, 1.0, 2.0, 0.0, 0.0], 0.9);
        assert_eq!(with, without);
    }

    #[test]
    fn nothing_few_and_constant() {
        assert_eq!(ratio(&[0.0; 4], &[0.0; 4], 0.95), Estimate::too_few(None, 0.95, 0));
        assert_eq!(ratio(&[1.0], &[4.0], 0.95), Estimate::too_few(Some(0.25), 0.95, 1));
        let same = ratio(&[1.0, 2.0, 4.0], &[4.0, 8.0, 16.0], 0.95);
        assert_eq!(same, Estimate::constant(0.25, 0.95, 3));
        assert_eq!(ratio(&[1.0, 2.0], &[4.0, 8.0], 0.95).method, Method::TooFew);
    }
}
