//! Rates of rare events: a count over an exposure (years, agent-years). The events are taken to
//! come independently of each other; for rates that vary between replications see `ratio`.

use super::estimate::{Estimate, Interval, Method};
use super::laws::{gamma_above, gamma_below};

/// The exact interval of the rate of `k` events in `exposure`, from quantiles of the gamma (or
/// chi-square) law: Garwood, "Fiducial Limits for the Poisson Distribution", Biometrika 28
/// (1936). The count is that of events. Nothing without exposure.
#[must_use]
pub fn interval(k: u64, exposure: f64, level: f64) -> Estimate {
    let tail = (1.0 - level) / 2.0;
    let low = if k == 0 { 0.0 } else { gamma_below(k as f64, tail) / exposure };
    let high = gamma_above(k as f64 + 1.0, tail) / exposure;
    found(k, exposure, level, Interval { low, high }, Method::PoissonExact)
}

/// None seen in `exposure`: the one-sided upper bound -ln(1 - level) / exposure, which is
/// 3/exposure or so at 95 %.
#[must_use]
pub fn none_seen(exposure: f64, level: f64) -> Estimate {
    let high = -libm::log(1.0 - level) / exposure;
    found(0, exposure, level, Interval { low: 0.0, high }, Method::NoneSeen)
}

fn found(k: u64, exposure: f64, level: f64, interval: Interval, method: Method) -> Estimate {
    if exposure > 0.0 {
        let value = Some(k as f64 / exposure);
        Estimate { value, interval: Some(interval), level, count: k, method }
    } else {
        Estimate::too_few(None, level, k)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_in_ten_years() {
        let found = interval(4, 10.0, 0.95);
        let limits = found.interval.unwrap();
        assert!((limits.low - 0.10899).abs() < 5e-6, "{limits:?}");
        assert!((limits.high - 1.02416).abs() < 5e-6, "{limits:?}");
        assert_eq!((found.value, found.count), (Some(0.4), 4));
    }

    #[test]
    fn none_in_ten_years() {
        let bound = none_seen(10.0, 0.95).interval.unwrap();
        assert!((bound.high - 0.2995732273553991).abs() < 1e-15);
        let two_sided = interval(0, 10.0, 0.95).interval.unwrap();
        assert!((two_sided.high - 0.3688879454113936).abs() < 1e-12);
        assert_eq!((bound.low, two_sided.low), (0.0, 0.0));
    }

    #[test]
    fn no_exposure_says_nothing() {
        assert_eq!(none_seen(0.0, 0.95), Estimate::too_few(None, 0.95, 0));
        assert_eq!(interval(0, 0.0, 0.95), Estimate::too_few(None, 0.95, 0));
    }
}
