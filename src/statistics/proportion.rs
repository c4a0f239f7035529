//! Proportions: `k` successes in `n` independent trials. Not for values that are merely between
//! 0 and 1 (their mean is a mean).

use super::estimate::{Estimate, Interval, Method};
use super::laws::{beta_above, beta_below, normal};

/// The exact interval of Clopper and Pearson, "The Use of Confidence or Fiducial Limits", Biometrika
/// 26 (1934): it covers at least at its level. With no success (or no failure) one end is 0 (or
/// 1) and the other still two-sided; [`none_seen`] is the sharper bound then. `k` is at most `n`.
#[must_use]
pub fn clopper_pearson(k: u64, n: u64, level: f64) -> Estimate {
    let tail = (1.0 - level) / 2.0;
    let (successes, failures) = (k as f64, n.saturating_sub(k) as f64);
    let low = if k == 0 { 0.0 } else { beta_below(successes, failures + 1.0, tail) };
    let high = if k >= n { 1.0 } else { beta_above(successes + 1.0, failures, tail) };
    found(k, n, level, Interval { low, high }, Method::ClopperPearson)
}

/// The score interval of Wilson, "Probable Inference", Journal of the American Statistical
/// Association 22 (1927): shorter, and near its level on the average. `k` is at most `n`.
#[must_use]
pub fn wilson(k: u64, n: u64, level: f64) -> Estimate {
    let z = normal(f64::midpoint(1.0, level));
    let (square, trials) = (z * z, n as f64);
    let share = k as f64 / trials;
    let center = (share + square / (2.0 * trials)) / (1.0 + square / trials);
    let spread = share * (1.0 - share) / trials + square / (4.0 * trials * trials);
    let half = z * spread.sqrt() / (1.0 + square / trials);
    let low = if k == 0 { 0.0 } else { (center - half).max(0.0) };
    let high = if k >= n { 1.0 } else { (center + half).min(1.0) };
    found(k, n, level, Interval { low, high }, Method::Wilson)
}

/// None seen in `n` trials: the one-sided upper bound 1 - (1 - level)^(1/n), which is 3/n or so at
/// 95 %.
#[must_use]
pub fn none_seen(n: u64, level: f64) -> Estimate {
    let high = -libm::expm1(libm::log(1.0 - level) / n as f64);
    found(0, n, level, Interval { low: 0.0, high }, Method::NoneSeen)
}

fn found(k: u64, n: u64, level: f64, interval: Interval, method: Method) -> Estimate {
    if n == 0 {
        return Estimate::too_few(None, level, 0);
    }
    let value = Some(k as f64 / n as f64);
    Estimate { value, interval: Some(interval), level, count: n, method }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn limits(found: Estimate, low: f64, high: f64) {
        let interval = found.interval.unwrap();
        assert!((interval.low - low).abs() < 5e-9, "{interval:?}");
        assert!((interval.high - high).abs() < 5e-9, "{interval:?}");
    }

    #[test]
    fn three_of_a_thousand() {
        limits(clopper_pearson(3, 1000, 0.95), 0.00061910, 0.00874202);
        limits(wilson(3, 1000, 0.95), 0.00102078, 0.00878301);
        assert_eq!(wilson(3, 1000, 0.95).value, Some(0.003));
    }

    #[test]
    fn none_of_a_thousand() {
        let bound = none_seen(1000, 0.95).interval.unwrap().high;
        assert!((bound - 0.0029912).abs() < 5e-8, "{bound}");
        let two_sided = clopper_pearson(0, 1000, 0.95).interval.unwrap();
        assert_eq!(two_sided.low, 0.0);
        assert!((two_sided.high - (1.0 - libm::pow(0.025, 1e-3))).abs() < 1e-12);
    }

    #[test]
    fn failures_mirror_successes() {
        for method in [clopper_pearson, wilson] {
            for (k, n) in [(0, 5), (1, 5), (2, 9), (37, 40)] {
                let one = method(k, n, 0.9).interval.unwrap();
                let other = method(n - k, n, 0.9).interval.unwrap();
                assert!((one.low + other.high - 1.0).abs() < 1e-14, "{k}/{n}");
                assert!(one.contains(k as f64 / n as f64));
            }
        }
    }

    #[test]
    fn no_trials_say_nothing() {
        for found in [clopper_pearson(0, 0, 0.95), wilson(0, 0, 0.95), none_seen(0, 0.95)] {
            assert_eq!(found, Estimate::too_few(None, 0.95, 0));
        }
    }
}
