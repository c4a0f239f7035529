//! Instants and lengths as logs write them. It knows a cell's text, not its place.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::scenario::units;
use crate::time::{LONGEST, Span, Time};

/// How a log writes its instants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Dates with times of day; counted from 1970-01-01T00:00:00Z here.
    #[default]
    Dates,
    /// Seconds since some moment.
    Seconds,
}

impl Style {
    /// An instant in this style.
    #[must_use]
    pub fn show(self, at: Time) -> String {
        match self {
            Self::Dates => Timestamp::from_nanosecond(i128::from(at.0))
                .map_or_else(|_| at.to_string(), |stamp| stamp.to_string()),
            Self::Seconds => {
                let text = at.to_string();
                format!("{} s", text.trim_end_matches('0').trim_end_matches('.'))
            }
        }
    }
}

/// A number of seconds, if the text is one: digits, perhaps with a sign and a decimal point.
fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let starts = digits.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
    if plain && starts { text.parse().ok() } else { None }
}

/// An instant, and how it was written. Errors say what is wrong, for a label.
pub fn instant(text: &str) -> Result<(Time, Style), String> {
    if let Some(seconds) = number(text) {
        let within = seconds.abs() <= LONGEST.as_secs_f64();
        let nanos = libm::rint(seconds * 1e9) as i64;
        return if within {
            Ok((Time(nanos), Style::Seconds))
        } else {
            Err("more than 100 years of seconds".to_owned())
        };
    }
    let stamp = stamp(text).ok_or("not a time")?;
    let nanos = stamp.as_nanosecond();
    if nanos.unsigned_abs() > LONGEST.0.unsigned_abs().into() {
        return Err("more than 100 years before or after 1970".to_owned());
    }
    Ok((Time(nanos as i64), Style::Dates))
}

/// RFC 3339 or ISO 8601; without an offset, UTC.
fn stamp(text: &str) -> Option<Timestamp> {
    text.parse::<Timestamp>().ok().or_else(|| {
        // A time zone's name without an offset would be ignored below.
        let civil = text.parse::<DateTime>().ok().filter(|_| !text.contains('['))?;
        Some(civil.to_zoned(TimeZone::UTC).ok()?.timestamp())
    })
}

/// A length: a bare number of seconds, or numbers with units. Errors say what is wrong.
pub fn length(text: &str) -> Result<Span, String> {
    match number(text) {
        Some(seconds) if seconds < 0.0 => Err("a duration is not negative".to_owned()),
        Some(seconds) if seconds > LONGEST.as_secs_f64() => Err("longer than 100 years".to_owned()),
        Some(seconds) => Ok(Span::from_secs_f64(seconds)),
        None => units::duration(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants() {
        let secs = |n| Ok((Time::from_secs(n), Style::Dates));
        for text in [
            "2025-01-02T03:04:05Z",
            "2025-01-02T04:04:05+01:00",
            "2025-01-02 03:04:05",
            "2025-01-02T03:04:05",
        ] {
            assert_eq!(instant(text), secs(1_735_787_045), "{text}");
        }
        assert_eq!(instant("2025-01-02"), secs(1_735_776_000));
        assert_eq!(instant("-1.5"), Ok((Time(-1_500_000_000), Style::Seconds)));
        for text in ["", "yesterday", "2025-13-01", "2025-01-02T03:04[Europe/Berlin]", "1e5", "."] {
            assert_eq!(instant(text), Err("not a time".to_owned()), "{text}");
        }
        assert!(instant("9999-01-01").is_err() && instant("99999999999").is_err());
        assert_eq!(Style::Dates.show(Time::from_secs(1_735_787_045)), "2025-01-02T03:04:05Z");
        assert_eq!(Style::Seconds.show(Time(1_500_000_000)), "1.5 s");
    }

    #[test]
    fn lengths() {
        assert_eq!(length("90"), Ok(Span::from_secs(90)));
        assert_eq!(length("2h30m"), Ok(Span::from_secs(9_000)));
        assert!(length("-1").is_err() && length("soon").is_err() && length("").is_err());
    }
}
