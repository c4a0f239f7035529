//! Estimated numbers for output: for people on a scale that suits their error, for programs with
//! nine digits.
//!
//! Estimates are floats, unlike what a run measures; nine significant digits are far more than
//! their intervals allow, and hide the last bits.

use crate::measures::Total;
use crate::model::Unit;
use crate::statistics::{Estimate, Interval, Reached};

use super::units::{AGENT_TIMES, one_of};
use super::words;

/// A float cut to nine significant digits; `None` where it is no number.
pub(super) fn nine(value: f64) -> Option<f64> {
    let text = format!("{value:.8e}");
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

/// The rate that was written where one message or login takes whole nanoseconds: the shortest number whose
/// time is the same to a nanosecond.
pub(super) fn rate(per_second: f64) -> f64 {
    let time = |rate: f64| 1e9 / rate;
    let units = std::iter::successors(Some(1e9), |unit| Some(unit / 10.0)).take(16);
    let mut rounded = units.map(|unit| libm::rint(per_second / unit) * unit);
    let is_same = |rate: &f64| *rate > 0.0 && libm::fabs(time(*rate) - time(per_second)) <= 1.0;
    rounded.find(is_same).unwrap_or(per_second)
}

/// A unit and a number of decimals that several numbers share.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    one: f64,
    suffix: &'static str,
    decimals: usize,
}

impl Scale {
    /// The scale of a value: three significant digits, or two of its error if that is known.
    pub(super) fn of(value: f64, error: Option<f64>, unit: Unit) -> Self {
        Self::beside(value, value, error, unit)
    }

    /// The same in the unit that suits the largest of several values: a chart has one unit.
    pub(super) fn beside(largest: f64, value: f64, error: Option<f64>, unit: Unit) -> Self {
        let (size, (one, suffix)) = (value.abs(), one_of(largest, unit));
        let told = match error.filter(|error| *error > 0.0 && error.is_finite()) {
            Some(error) => 1.0 - magnitude(error / one),
            None if unit == Unit::Share => 3.0,
            None => 2.0 - magnitude(size / one),
        };
        Self { one, suffix, decimals: told.clamp(0.0, 9.0) as usize }
    }

    /// The scale that several values share, each with its error if that is known: two digits of the
    /// smallest value, one of the smallest error and three of the largest value, which has at most four.
    pub(super) fn shared(values: &[(f64, Option<f64>)], unit: Unit) -> Self {
        let largest = values.iter().map(|(value, _)| value.abs()).fold(0.0, f64::max);
        let (one, suffix) = match unit {
            Unit::Count => (1.0, ""),
            Unit::Share => (0.01, " %"),
            Unit::Time => {
                SHARED.into_iter().find(|(one, _)| largest >= 10.0 * one).unwrap_or((1.0, " s"))
            }
            Unit::AgentTime => {
                let fits = |(_, one, _): &(f64, f64, &str)| largest >= *one;
                let found = AGENT_TIMES.into_iter().find(fits).unwrap_or(AGENT_TIMES[2]);
                (found.1, found.2)
            }
        };
        let wanted = values.iter().map(|(value, error)| digits(*value, *error, one, unit));
        let wanted = wanted.fold(0.0, f64::max);
        let whole = values.iter().all(|(value, _)| is_whole(value / one));
        let wanted = match unit {
            Unit::Time | Unit::AgentTime | Unit::Count if !whole => {
                wanted.max(2.0 - magnitude(largest / one))
            }
            _ => wanted,
        };
        let most = if unit == Unit::Share { 7.0 } else { 3.0 - magnitude(largest / one) };
        Self { one, suffix, decimals: wanted.min(most).max(0.0) as usize }
    }

    /// The scale that estimates share.
    pub(super) fn of_estimates<'e>(all: impl Iterator<Item = &'e Estimate>, unit: Unit) -> Self {
        let known = all.filter_map(|one| Some((one.value?, one.half_width())));
        Self::shared(&known.collect::<Vec<_>>(), unit)
    }

    /// A value with its interval below it, if it has one that is more than a point.
    pub(super) fn stacked(self, value: f64, interval: Option<Interval>) -> String {
        match interval.filter(|found| found.low < found.high) {
            Some(found) => format!("{}\n{}", self.bare(value), self.bare_interval(found)),
            None => self.bare(value),
        }
    }

    /// The unit alone; empty: a number.
    pub(super) fn unit(self) -> &'static str {
        self.suffix.trim_start()
    }

    /// The scale of an estimate.
    pub(super) fn of_estimate(estimate: &Estimate, unit: Unit) -> Self {
        Self::of(estimate.value.unwrap_or(0.0), estimate.half_width(), unit)
    }

    /// The scale of a difference, which may be far smaller than its error.
    pub(super) fn of_difference(estimate: &Estimate, unit: Unit) -> Self {
        let (value, error) = (estimate.value.unwrap_or(0.0), estimate.half_width());
        Self::of(value.abs().max(error.unwrap_or(0.0)), error, unit)
    }

    /// A number without its unit.
    pub(super) fn bare(self, value: f64) -> String {
        let text = format!("{:.*}", self.decimals, value.abs() / self.one);
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let whole = whole.parse().map_or_else(|_| whole.to_owned(), words::count);
        let nothing = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
        let sign = if value < 0.0 && !nothing { "-" } else { "" };
        if fraction.is_empty() {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{fraction}")
        }
    }

    /// A number with its unit.
    pub(super) fn full(self, value: f64) -> String {
        format!("{}{}", self.bare(value), self.suffix)
    }

    /// A number that is an upper bound, without its unit: never rounded down to nothing.
    pub(super) fn bare_up(self, value: f64) -> String {
        let shown = self.bare(value);
        let nothing = shown.bytes().all(|byte| matches!(byte, b'0' | b'.'));
        if nothing && value > 0.0 { self.precise(value).bare(value) } else { shown }
    }

    /// The same unit with two digits of a value that would be rounded to nothing.
    fn precise(self, value: f64) -> Self {
        let decimals = 1.0 - magnitude(value / self.one);
        Self { decimals: decimals.clamp(0.0, 9.0) as usize, ..self }
    }

    /// An interval without its unit: `11.9 to 12.9`, `at most 0.3`.
    pub(super) fn bare_interval(self, interval: Interval) -> String {
        Self { suffix: "", ..self }.interval(interval)
    }

    /// An interval: `11.9 to 12.9 min`, `at most 0.3`.
    pub(super) fn interval(self, interval: Interval) -> String {
        match (interval.low.is_finite(), interval.high.is_finite()) {
            (true, true) => format!("{} to {}", self.bare(interval.low), self.full(interval.high)),
            (true, false) => format!("at least {}", self.full(interval.low)),
            (false, true) => format!("at most {}", self.full(interval.high)),
            (false, false) => "anything".to_owned(),
        }
    }
}

/// Decimals of a value that is far smaller than the largest beside it.
const SMALL: usize = 3;

/// A value in the unit that suits the largest of several: `52.1 agent-min`, and beside 20 agent-hours `0.868 agent-hours`;
/// what is too small for it is below its last digit: `< 0.001 agent-hours`.
pub(super) fn value_beside(largest: f64, value: f64, error: Option<f64>, unit: Unit) -> String {
    let scale = Scale::beside(largest, value, error, unit);
    if value == 0.0 || scale.decimals <= SMALL || value.abs() / scale.one >= 0.1 {
        let decimals = if value == 0.0 { 0 } else { scale.decimals };
        return Scale { decimals, ..scale }.full(value);
    }
    let short = Scale { decimals: SMALL, ..scale };
    let least = 0.001 * scale.one;
    if value.abs() < least { format!("< {}", short.full(least)) } else { short.full(value) }
}

/// Time of several agents added up beside the largest such time; of a run's only agent a length like any other.
pub(super) fn agent_time_beside(largest: Total, total: Total, agents: u64) -> String {
    match agents {
        1 => words::length(total),
        _ => value_beside(largest.as_secs_f64(), total.as_secs_f64(), None, Unit::AgentTime),
    }
}

/// Units of time of a column in seconds, largest first, each from ten of it on.
const SHARED: [(f64, &str); 3] = [(86_400.0, " d"), (3_600.0, " h"), (60.0, " min")];

/// Decimals that a value of a column asks for.
fn digits(value: f64, error: Option<f64>, one: f64, unit: Unit) -> f64 {
    let scaled = value.abs() / one;
    let error = error.filter(|error| *error > 0.0 && error.is_finite());
    match (unit, error) {
        _ if value == 0.0 => 0.0,
        (_, None) if is_whole(scaled) => 0.0,
        (Unit::Share, Some(error)) => 1.0 - magnitude(error / one),
        (Unit::Share, None) => 2.0 - magnitude(scaled.min(100.0 - scaled)),
        (_, Some(error)) => f64::max(1.0 - magnitude(scaled), -magnitude(error / one)),
        (_, None) => 1.0 - magnitude(scaled),
    }
}

fn is_whole(value: f64) -> bool {
    (value - libm::rint(value)).abs() < 1e-9
}

/// The power of ten of a positive number; 0 for 0.
fn magnitude(size: f64) -> f64 {
    if size > 0.0 { libm::floor(libm::log10(size) + 1e-9) } else { 0.0 }
}

/// A value in its unit with three significant digits: `1.55 min`, `12.4`, `99.950 %`.
pub(super) fn value(value: f64, unit: Unit) -> String {
    let whole = unit == Unit::Count && (value == libm::rint(value) || value.abs() >= 1_000.0);
    if value == 0.0 || whole {
        let scale = Scale::of(value, None, unit);
        return Scale { decimals: 0, ..scale }.full(value);
    }
    Scale::of(value, None, unit).full(value)
}

/// A value with its interval, cut to what a measure can be: `12.43 +/- 0.90 min`, and where its ends are not equally far away
/// `12.43 (11.60 to 13.33 min)`.
pub(super) fn with_interval(reached: &Reached, unit: Unit) -> Option<String> {
    let (value, half, found) = (reached.mean?, reached.half_width?, reached.interval?);
    let most = if unit == Unit::Share { 1.0 } else { f64::INFINITY };
    let interval = Interval { low: found.low.max(0.0), high: found.high.min(most) };
    let scale = Scale::of(value, Some(half), unit);
    let shown = scale.bare(value);
    // Ends that look equally far away, by their last digit.
    let nearer = f64::min(value - interval.low, interval.high - value);
    if scale.bare(nearer) == scale.bare(half) {
        return Some(format!("{shown} +/- {}", scale.full(half)));
    }
    Some(format!("{shown} ({})", scale.interval(interval)))
}

/// A share in percent with two significant digits: `7.1 %`, `5 %`.
pub(super) fn percent(share: f64) -> String {
    let text = format!("{:.1}", share * 100.0);
    format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
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
            (1_234.5, "1,234"),
            (-1.5, "-1.50"),
        ];
        for (number, text) in cases {
            assert_eq!(value(number, Unit::Count), text);
        }
        let times = [(93.0, "93.0 s"), (744.0, "12.4 min"), (0.25, "250 ms"), (0.0, "0 s")];
        for (seconds, text) in times {
            assert_eq!(value(seconds, Unit::Time), text);
        }
        assert_eq!(value(-9_300.0, Unit::Time), "-155 min");
        for (seconds, text) in [
            (702_000.0, "195 agent-hours"),
            (5_400_000.0, "1,500 agent-hours"),
            (90.0, "1.50 agent-min"),
            (0.0, "0 agent-s"),
        ] {
            assert_eq!(value(seconds, Unit::AgentTime), text);
        }
        assert_eq!(value(0.999_5, Unit::Share), "99.950 %");
        assert_eq!(percent(0.05), "5 %");
    }

    #[test]
    fn values_beside_each_other_have_one_unit() {
        let largest = 20.0 * 3_600.0;
        for (seconds, text) in [
            (largest, "20.0 agent-hours"),
            (3_126.0, "0.868 agent-hours"),
            (11.4, "0.003 agent-hours"),
            (1.0, "< 0.001 agent-hours"),
            (0.0, "0 agent-hours"),
        ] {
            assert_eq!(value_beside(largest, seconds, None, Unit::AgentTime), text);
        }
        assert_eq!(value_beside(744.0, 93.0, None, Unit::Time), "1.55 min");
        assert_eq!(value_beside(744.0, 744.0, Some(54.0), Unit::Time), "12.40 min");
    }

    #[test]
    fn an_interval_is_told_on_the_scale_of_its_value() {
        let scale = Scale::of(744.0, Some(54.0), Unit::Time);
        assert_eq!(scale.interval(Interval { low: 690.0, high: 798.0 }), "11.50 to 13.30 min");
        let scale = Scale::of(0.999_977, Some(0.000_001_2), Unit::Share);
        assert_eq!(scale.full(0.999_977), "99.99770 %");
        assert_eq!(
            Scale::of(1.0, None, Unit::Count).interval(Interval { low: 0.0, high: 2.5 }),
            "0.00 to 2.50"
        );
    }

    #[test]
    fn a_difference_is_told_on_the_scale_of_its_error() {
        let interval = Some(Interval { low: -7.356, high: 2.136 });
        let value = Some(-0.528);
        let method = crate::statistics::Method::T;
        let found = Estimate { value, interval, level: 0.95, count: 30, method };
        let scale = Scale::of_difference(&found, Unit::Time);
        assert_eq!(scale.interval(found.interval.unwrap()), "-7.4 to 2.1 s");
    }

    #[test]
    fn a_column_shares_its_unit_and_its_decimals() {
        let column = |values: &[(f64, Option<f64>)], unit: Unit| -> Vec<String> {
            let scale = Scale::shared(values, unit);
            values.iter().map(|(value, _)| scale.full(*value)).collect()
        };
        let exact = |values: &[f64]| values.iter().map(|value| (*value, None)).collect::<Vec<_>>();
        assert_eq!(column(&exact(&[221.0, 15.0, 8.0]), Unit::Time), ["221 s", "15 s", "8 s"]);
        assert_eq!(column(&exact(&[25_200.0, 8.9]), Unit::Time), ["420.0 min", "0.1 min"]);
        assert_eq!(column(&[(10.5 * 60.0, Some(234.0))], Unit::Time), ["10.5 min"]);
        assert_eq!(column(&exact(&[3_566.0, 28.5]), Unit::Count), ["3,566", "28"]);
        assert_eq!(
            column(&[(131.0, Some(1.2)), (14.09, Some(0.47))], Unit::Time),
            ["131.0 s", "14.1 s"]
        );
        assert_eq!(
            column(&[(0.999_98, Some(0.000_005_7)), (1.0, None)], Unit::Share),
            ["99.99800 %", "100.00000 %"]
        );
    }

    #[test]
    fn plus_minus_is_for_intervals_that_are_symmetric_and_not_cut() {
        let reached = |low: f64, high: f64| {
            let estimate = Estimate {
                value: Some(744.0),
                interval: Some(Interval { low, high }),
                level: 0.95,
                count: 30,
                method: crate::statistics::Method::T,
            };
            with_interval(&Reached::of(&estimate), Unit::Time).unwrap()
        };
        assert_eq!(reached(690.0, 798.0), "12.40 +/- 0.90 min");
        assert_eq!(reached(714.0, 798.0), "12.40 (11.90 to 13.30 min)");
        assert_eq!(reached(-312.0, 1800.0), "12 (0 to 30 min)");
        assert_eq!(reached(0.0, 1800.0), "12 (0 to 30 min)");
        assert_eq!(reached(744.0, f64::INFINITY), "12.4 (at least 12.4 min)");
    }

    #[test]
    fn a_rate_is_the_one_that_was_written() {
        for written in [300.0, 90_000.0, 2.5, 1.0 / 60.0, 33.3] {
            let gap = libm::rint(1e9 / written);
            let found = rate(1e9 / gap);
            assert!(
                (found - written).abs() < 1e-9 * written || written < 1.0,
                "{written}: {found}"
            );
        }
        // Two messages of whole nanoseconds each, after a challenge.
        assert!((rate(1e9 / (2.0 * 3_333_333.0)) - 150.0).abs() < 1e-6);
    }

    #[test]
    fn nine_digits_hide_the_last_bits() {
        assert_eq!(nine(0.1 + 0.2), Some(0.3));
        assert_eq!(nine(f64::INFINITY), None);
    }
}
