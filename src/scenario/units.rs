//! Quantities with a unit, as text: durations, rates, fractions, times of day.
//!
//! Everything is exact: a decimal fraction is kept as a ratio of integers, never as a float. It
//! knows neither where a text is nor which values a key allows.

use crate::model::Unit;
use crate::time::{LONGEST, NANOS, Span};

/// A decimal number, exactly: `digits / scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Decimal {
    digits: i128,
    scale: i128,
}

/// A share of the whole, exactly: `parts / whole`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    parts: i128,
    whole: i128,
}

/// A number per unit of time, exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    count: Decimal,
    unit: i128,
}

/// Units of time in nanoseconds, with their spellings. A year is 365 days.
const UNITS: [(&str, &[&str]); 9] = [
    ("ns", &["nanosecond", "nanoseconds"]),
    ("us", &["µs", "microsecond", "microseconds"]),
    ("ms", &["millisecond", "milliseconds"]),
    ("s", &["sec", "secs", "second", "seconds"]),
    ("m", &["min", "mins", "minute", "minutes"]),
    ("h", &["hr", "hrs", "hour", "hours"]),
    ("d", &["day", "days"]),
    ("w", &["week", "weeks"]),
    ("y", &["year", "years"]),
];

const SIZES: [i128; 9] = {
    let second = NANOS as i128;
    let day = 86_400 * second;
    [1, 1_000, 1_000_000, second, 60 * second, 3_600 * second, day, 7 * day, 365 * day]
};

/// What a duration looks like, for messages.
pub const DURATION_HELP: &str = "write a number and a unit, such as \"90s\", \"1.5h\" or \"2h30m\"";

/// What is wrong with a duration beyond the longest.
pub const TOO_LONG: &str = "longer than 100 years";
/// What is wrong with a share of more than the whole.
pub const TOO_MUCH: &str = "more than 100%";

/// Length of a unit of time in nanoseconds.
fn unit(name: &str) -> Option<i128> {
    let known = |(short, long): &(&str, &[&str])| *short == name || long.contains(&name);
    UNITS.iter().position(known).map(|index| SIZES[index])
}

/// The decimal at the front of a text, and the rest. At most 18 digits.
fn decimal(text: &str) -> Option<(Decimal, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let digits = format!("{whole}{part}");
    let written = !whole.is_empty() && (number.len() == whole.len() || !part.is_empty());
    if !written || digits.len() > 18 {
        return None;
    }
    let scale = (0..part.len()).fold(1, |scale, _| scale * 10);
    Some((Decimal { digits: digits.parse().ok()?, scale }, rest))
}

/// A duration: numbers with units, added up. Errors say what is wrong, for a label.
pub fn duration(text: &str) -> Result<Span, String> {
    let mut rest = text.trim();
    let mut total: i128 = 0;
    if rest.is_empty() {
        return Err("a duration is missing".to_owned());
    }
    while !rest.is_empty() {
        let (length, after) = term(rest)?;
        total += length;
        rest = after.trim_start();
        if total > i128::from(LONGEST.0) {
            return Err(TOO_LONG.to_owned());
        }
    }
    Ok(Span(total as i64))
}

/// What a measure is compared with, where it is no bare number: a percentage or a duration, in base
/// units. Errors say what is wrong, for a label.
pub fn quantity(text: &str) -> Result<(f64, Unit), String> {
    if text.trim_end().ends_with('%') {
        return Ok((fraction(text)?.as_f64(), Unit::Share));
    }
    Ok((duration(text)?.as_secs_f64(), Unit::Time))
}

/// The finest unit of time named in a duration: its short name and its length in nanoseconds.
pub fn finest(text: &str) -> Option<(&'static str, i128)> {
    let names = text.split(|c: char| !c.is_alphabetic()).filter(|name| !name.is_empty());
    let known = |name: &str| {
        let size = unit(name)?;
        SIZES.iter().position(|other| *other == size).map(|index| (UNITS[index].0, size))
    };
    names.filter_map(known).min_by_key(|(_, size)| *size)
}

/// The first number and unit of a duration, in nanoseconds, and the rest.
fn term(text: &str) -> Result<(i128, &str), String> {
    if text.starts_with('-') {
        return Err("a duration is not negative".to_owned());
    }
    let (number, rest) = decimal(text).ok_or("not a duration")?;
    let rest = rest.trim_start();
    let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let (name, rest) = rest.split_at(end);
    if name.is_empty() {
        return Err("the unit is missing".to_owned());
    }
    let size = unit(name).ok_or_else(|| format!("`{name}` is no unit of time"))?;
    let scaled = number.digits * size;
    if scaled % number.scale != 0 {
        return Err("finer than a nanosecond".to_owned());
    }
    Ok((scaled / number.scale, rest))
}

/// A rate: `"20/s"`, `"4/year"`. Errors say what is wrong, for a label.
pub fn rate(text: &str) -> Result<Rate, String> {
    let (number, per) = text.split_once('/').ok_or("not a rate")?;
    let (count, rest) = decimal(number.trim()).ok_or("not a rate")?;
    if !rest.trim().is_empty() {
        return Err("not a rate".to_owned());
    }
    let per = per.trim();
    let unit = unit(per).ok_or_else(|| format!("`{per}` is no unit of time"))?;
    Ok(Rate { count, unit })
}

impl Rate {
    /// The time between two, rounded down to a nanosecond; `None` if there is no next one within
    /// 100 years.
    #[must_use]
    pub fn gap(self) -> Option<Span> {
        let count = self.count.digits;
        let gap = (self.unit * self.count.scale).checked_div(count)?;
        (gap <= i128::from(LONGEST.0)).then_some(Span(gap as i64))
    }

    /// Number per hour.
    #[must_use]
    pub fn per_hour(self) -> f64 {
        let hour = 3_600.0 * NANOS as f64;
        self.count.digits as f64 * hour / (self.count.scale as f64 * self.unit as f64)
    }

    /// The number per second.
    #[must_use]
    pub fn per_second(self) -> f64 {
        let count = self.count.digits as f64 / self.count.scale as f64;
        count * NANOS as f64 / self.unit as f64
    }
}

/// A fraction in per cent: `"99.9%"`. Errors say what is wrong, for a label.
pub fn fraction(text: &str) -> Result<Fraction, String> {
    let text = text.trim();
    let number = text.strip_suffix('%').ok_or("the unit is missing")?.trim();
    match decimal(number) {
        Some((number, "")) if number.digits <= 100 * number.scale => {
            Ok(Fraction { parts: number.digits, whole: 100 * number.scale })
        }
        Some((_, "")) => Err(TOO_MUCH.to_owned()),
        _ => Err("not a percentage".to_owned()),
    }
}

impl Fraction {
    /// 0%.
    pub const NOTHING: Self = Self { parts: 0, whole: 1 };

    /// This share of a length, rounded down to a nanosecond.
    #[must_use]
    pub fn of(self, span: Span) -> Span {
        // Both factors are below 2^63, so the product fits.
        Span((i128::from(span.0) * self.parts / self.whole) as i64)
    }

    /// The nearest float.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        self.parts as f64 / self.whole as f64
    }

    /// The exact sum of two, as parts of a common whole; `None` beyond 128 bits.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let left = self.parts.checked_mul(other.whole)?;
        let right = other.parts.checked_mul(self.whole)?;
        let (parts, whole) = (left.checked_add(right)?, self.whole.checked_mul(other.whole)?);
        let divisor = greatest_common_divisor(parts, whole);
        Some(Self { parts: parts / divisor, whole: whole / divisor })
    }

    /// Whether this lies between two percentages, both excluded.
    #[must_use]
    pub fn is_between(self, above: u8, below: u8) -> bool {
        let parts = self.parts * 100;
        i128::from(above) * self.whole < parts && parts < i128::from(below) * self.whole
    }

    /// Whether this is all of it.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.parts == self.whole
    }
}

fn greatest_common_divisor(a: i128, b: i128) -> i128 {
    if b == 0 { a.max(1) } else { greatest_common_divisor(b, a % b) }
}

/// A time of day: `"09:00"`, `"22:30:15"`. Errors say what is wrong, for a label.
pub fn time_of_day(text: &str) -> Result<Span, String> {
    let parts: Vec<&str> = text.trim().split(':').collect();
    let number = |text: &str, below: i64| -> Option<i64> {
        let plain = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|number| plain && *number < below)
    };
    let read = || {
        let hour = number(parts.first()?, 24)?;
        let minute = number(parts.get(1)?, 60)?;
        let second = parts.get(2).map_or(Some(0), |second| number(second, 60))?;
        (parts.len() <= 3).then_some(Span::from_secs(hour * 3_600 + minute * 60 + second))
    };
    read().ok_or_else(|| "not a time of day".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        let hour = 3_600 * NANOS;
        for (text, nanos) in [
            ("90s", 90 * NANOS),
            ("1.5h", hour * 3 / 2),
            ("2h30m", 2 * hour + hour / 2),
            ("2 h 30 min", 2 * hour + hour / 2),
            ("0s", 0),
            ("250ms", NANOS / 4),
            ("0.000000001s", 1),
            ("1y", 365 * 24 * hour),
        ] {
            assert_eq!(duration(text), Ok(Span(nanos)), "{text}");
        }
        for (text, wrong) in [
            ("", "a duration is missing"),
            ("90", "the unit is missing"),
            ("s", "not a duration"),
            ("1.s", "not a duration"),
            ("-5s", "a duration is not negative"),
            ("5 parsecs", "`parsecs` is no unit of time"),
            ("0.5ns", "finer than a nanosecond"),
            ("101y", "longer than 100 years"),
            ("99999999999999999999s", "not a duration"),
        ] {
            assert_eq!(duration(text), Err(wrong.to_owned()), "{text}");
        }
    }

    #[test]
    fn rates_fractions_and_times_of_day() {
        assert_eq!(rate("20/s").map(Rate::gap), Ok(Some(Span::from_millis(50))));
        assert_eq!(rate("3/s").map(Rate::gap), Ok(Some(Span(333_333_333))));
        assert_eq!(rate("4/year").map(Rate::gap), Ok(Some(Span::from_secs(7_884_000))));
        assert_eq!(rate("0/s").map(Rate::gap), Ok(None));
        assert!(rate("20").is_err() && rate("20/fortnight").is_err() && rate("x/s").is_err());
        let share = |text| fraction(text).map(Fraction::as_f64);
        assert_eq!(share("99.9%"), Ok(0.999));
        assert!(share("101%").is_err() && share("0.9").is_err() && share("-1%").is_err());
        let of_hour = |text| fraction(text).map(|f| f.of(Span::from_secs(3_600)));
        assert_eq!(of_hour("70%"), Ok(Span::from_secs(2_520)));
        assert_eq!(time_of_day("09:30"), Ok(Span::from_secs(34_200)));
        assert!(time_of_day("24:00").is_err() && time_of_day("9:30").is_err());
    }
}
