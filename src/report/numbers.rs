//! Estimated numbers on their way out: for people in their unit, for programs with nine digits.
//!
//! Estimates are floats, unlike what a run measures; nine significant digits are far more than
//! their intervals allow, and hide the last bits.

use crate::measures::{Ratio, Total};
use crate::model::Unit;
use crate::statistics::Interval;
use crate::statistics::Reached;
use crate::time::NANOS;

use super::words;

/// A float cut to nine significant digits; `None` where it is no number.
pub(super) fn nine(value: f64) -> Option<f64> {
    let text = format!("{value:.8e}");
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

/// A value in its unit, as people read it: `1 min 33 s`, `12.4`, `99.98 %`.
pub(super) fn value(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Time => words::length(Total(libm::round(value * NANOS as f64) as i128)),
        Unit::Count => count(value),
        Unit::Share => {
            let part = libm::round(value * NANOS as f64) as i128;
            words::percent(Ratio { part, whole: NANOS.into() })
        }
    }
}

/// A number with three significant digits, or all digits before the point.
fn count(value: f64) -> String {
    let size = value.abs();
    let sign = if value < 0.0 { "-" } else { "" };
    let digits = match size {
        0.0 => return "0".to_owned(),
        _ if size >= 100.0 || size == libm::rint(size) => {
            return format!("{sign}{}", words::count(libm::round(size) as u64));
        }
        10.0.. => 1,
        1.0.. => 2,
        _ => (2.0 - libm::floor(libm::log10(size))).min(12.0) as usize,
    };
    format!("{sign}{size:.digits$}")
}

/// An interval: `11.9 to 12.9`, `at most 0.3`.
pub(super) fn interval(interval: Interval, unit: Unit) -> String {
    let shown = |end: f64| value(end, unit);
    match (interval.low.is_finite(), interval.high.is_finite()) {
        (true, true) if interval.low == interval.high => "exactly".to_owned(),
        (true, true) => format!("{} to {}", shown(interval.low), shown(interval.high)),
        (true, false) => format!("at least {}", shown(interval.low)),
        (false, true) => format!("at most {}", shown(interval.high)),
        (false, false) => "anything".to_owned(),
    }
}

/// Value and half-width: `12.4 min +/- 54 s`.
pub(super) fn plus_minus(reached: &Reached, unit: Unit) -> Option<String> {
    let (value, half) = (reached.mean?, reached.half_width?);
    Some(format!("{} +/- {}", self::value(value, unit), self::value(half, unit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_digits_that_they_deserve() {
        let cases = [
            (0.0, "0"),
            (3.0, "3"),
            (12.345, "12.3"),
            (1.2345, "1.23"),
            (0.012_345, "0.0123"),
            (1_234.5, "1,235"),
            (-1.5, "-1.50"),
        ];
        for (number, text) in cases {
            assert_eq!(value(number, Unit::Count), text);
        }
        assert_eq!(value(93.0, Unit::Time), "1 min 33 s");
        assert_eq!(value(-93.0, Unit::Time), "-1 min 33 s");
        assert_eq!(value(0.999_5, Unit::Share), "99.950 %");
        assert_eq!(interval(Interval { low: 0.0, high: 2.0 }, Unit::Count), "0 to 2");
    }

    #[test]
    fn nine_digits_hide_the_last_bits() {
        assert_eq!(nine(0.1 + 0.2), Some(0.3));
        assert_eq!(nine(f64::INFINITY), None);
    }
}
