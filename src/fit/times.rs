//! Instants and lengths as logs write them. It knows a cell's text, not its place.

use jiff::civil::{DateTime, Time as TimeOfDay};
use jiff::fmt::strtime::{self, BrokenDownTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, Zoned};

use crate::scenario::{calendar, units};
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

/// How the dates of a log are read and shown: a time zone, and perhaps a format.
#[derive(Clone, Debug, PartialEq)]
pub struct Clock {
    zone: TimeZone,
    format: Option<String>,
}

impl Default for Clock {
    fn default() -> Self {
        Self { zone: TimeZone::UTC, format: None }
    }
}

impl Clock {
    /// The clock of an IANA time zone (`None`: UTC) and a format in the manner of strptime (`None`:
    /// ISO 8601). The rules of the zones are part of the program.
    ///
    /// # Errors
    /// What is wrong with the name or the format.
    pub fn new(zone: Option<&str>, format: Option<&str>) -> Result<Self, String> {
        let zone = zone.map_or(Ok(TimeZone::UTC), calendar::zone);
        let zone = zone.map_err(|wrong| wrong.join("; "))?;
        if let Some(format) = format {
            let some = Zoned::new(Timestamp::UNIX_EPOCH, TimeZone::UTC);
            strtime::format(format, &some).map_err(|error| format!("`{format}`: {error}"))?;
        }
        Ok(Self { zone, format: format.map(str::to_owned) })
    }

    /// The same time zone with dates in ISO 8601.
    #[must_use]
    pub fn without_format(&self) -> Self {
        Self { format: None, ..self.clone() }
    }

    /// The name of the time zone, unless it is UTC.
    #[must_use]
    pub fn zone(&self) -> Option<&str> {
        self.zone.iana_name().filter(|_| self.zone != TimeZone::UTC)
    }

    /// The format of dates, unless it is ISO 8601.
    #[must_use]
    pub fn format(&self) -> Option<&str> {
        self.format.as_deref()
    }

    /// Whether a text has the form of a date, even one that the clocks do not show.
    #[must_use]
    pub fn has_form(&self, text: &str) -> bool {
        match &self.format {
            Some(format) => BrokenDownTime::parse(format, text).is_ok(),
            None => text.parse::<DateTime>().is_ok() && !text.contains('['),
        }
    }

    /// An instant in a style.
    #[must_use]
    pub fn show(&self, style: Style, at: Time) -> String {
        let stamp = Timestamp::from_nanosecond(i128::from(at.0));
        match (style, stamp) {
            (Style::Dates, Ok(stamp)) if self.zone == TimeZone::UTC => stamp.to_string(),
            (Style::Dates, Ok(stamp)) => {
                stamp.display_with_offset(self.zone.to_offset(stamp)).to_string()
            }
            _ => {
                let text = at.to_string();
                format!("{} s", text.trim_end_matches('0').trim_end_matches('.'))
            }
        }
    }

    /// An instant, and how it was written. Errors say what is wrong, for a label.
    pub fn instant(&self, text: &str) -> Result<(Time, Style), String> {
        let stamp = match (&self.format, number(text)) {
            (Some(format), _) => self.formatted(format, text)?,
            (None, Some(seconds)) => return seconds_since(seconds),
            (None, None) => self.stamp(text)?,
        };
        let nanos = stamp.as_nanosecond();
        if nanos.unsigned_abs() > LONGEST.0.unsigned_abs().into() {
            return Err("more than 100 years before or after 1970".to_owned());
        }
        Ok((Time(nanos as i64), Style::Dates))
    }

    /// RFC 3339 or ISO 8601; without an offset, in the time zone.
    fn stamp(&self, text: &str) -> Result<Timestamp, String> {
        if let Ok(stamp) = text.parse::<Timestamp>() {
            return Ok(stamp);
        }
        // A time zone's name without an offset would be ignored below.
        let civil = text.parse::<DateTime>().ok().filter(|_| !text.contains('['));
        self.local(civil.ok_or("not a time")?)
    }

    fn formatted(&self, format: &str, text: &str) -> Result<Timestamp, String> {
        let wrong = |_| format!("not a time as \"{format}\"");
        let parts = BrokenDownTime::parse(format, text).map_err(wrong)?;
        if parts.offset().is_some() {
            return parts.to_timestamp().map_err(wrong);
        }
        let midnight = |_| parts.to_date().map(|date| date.to_datetime(TimeOfDay::midnight()));
        match parts.to_datetime().or_else(midnight) {
            Ok(civil) => self.local(civil),
            // Seconds since 1970 need no zone.
            Err(_) => parts.to_timestamp().map_err(wrong),
        }
    }

    /// A local time that happens exactly once.
    fn local(&self, civil: DateTime) -> Result<Timestamp, String> {
        let ambiguous = self.zone.to_ambiguous_timestamp(civil);
        let name = self.zone().unwrap_or("UTC");
        match ambiguous.offset() {
            AmbiguousOffset::Unambiguous { .. } => {
                ambiguous.compatible().map_err(|e| e.to_string())
            }
            AmbiguousOffset::Gap { .. } => {
                Err(format!("the clocks of {name} skip this time in spring"))
            }
            AmbiguousOffset::Fold { .. } => {
                Err(format!("the clocks of {name} show this time twice; write an offset from UTC"))
            }
        }
    }
}

/// What `--date-format` could be for a text that looks like a date.
#[must_use]
pub(super) fn proposed_format(text: &str) -> Option<&'static str> {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()) && !part.is_empty();
    let (date, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let separator =
        ['.', '/'].into_iter().find(|separator| date.matches(*separator).count() == 2)?;
    if !date.split(separator).all(digits) {
        return None;
    }
    let colons = time.matches(':').count().min(2);
    let day_first = matches!(decided(text), Some((First::Day, _)));
    let halves = time.ends_with("AM") || time.ends_with("PM");
    let formats: [&'static str; 3] = match (separator, day_first) {
        ('.', _) => ["%d.%m.%Y", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S"],
        (_, true) => ["%d/%m/%Y", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S"],
        _ if halves => ["%m/%d/%Y", "%m/%d/%Y %I:%M %p", "%m/%d/%Y %I:%M:%S %p"],
        _ => ["%m/%d/%Y", "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S"],
    };
    Some(formats[colons])
}

/// What comes first in a date with slashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum First {
    Month,
    Day,
}

/// What comes first in a date with slashes, and the number that can only be the day; `None`: either may be the day.
pub(super) fn decided(text: &str) -> Option<(First, u32)> {
    let mut parts = text.split('/');
    let mut number = || parts.next()?.parse::<u32>().ok();
    match (number()?, number()?) {
        (day @ 13..=31, 1..=12) => Some((First::Day, day)),
        (1..=12, day @ 13..=31) => Some((First::Month, day)),
        _ => None,
    }
}

/// A number of seconds, if the text is one: digits, perhaps with a sign and a decimal point.
fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let starts = digits.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
    if plain && starts { text.parse().ok() } else { None }
}

fn seconds_since(seconds: f64) -> Result<(Time, Style), String> {
    if seconds.abs() > LONGEST.as_secs_f64() {
        return Err("more than 100 years of seconds".to_owned());
    }
    Ok((Time(libm::rint(seconds * 1e9) as i64), Style::Seconds))
}

/// A number with a decimal comma that can be nothing else: `1,234` may be a thousand.
fn with_comma(text: &str) -> Option<f64> {
    let (whole, part) = text.split_once(',')?;
    let grouped = part.len() == 3 && whole.trim_start_matches(['-', '+']) != "0";
    let digits = part.bytes().all(|byte| byte.is_ascii_digit()) && !part.is_empty();
    if grouped || !digits || whole.contains('.') {
        return None;
    }
    number(&format!("{whole}.{part}"))
}

/// A length: a bare number of `unit` seconds, or numbers with units. Errors say what is wrong.
pub(super) fn length(text: &str, unit: f64) -> Result<Span, String> {
    match number(text).or_else(|| with_comma(text)).map(|number| number * unit) {
        Some(seconds) if seconds < 0.0 => Err("a duration is not negative".to_owned()),
        Some(seconds) if seconds > LONGEST.as_secs_f64() => Err("longer than 100 years".to_owned()),
        Some(seconds) => Ok(Span::from_secs_f64(seconds)),
        None if text.contains(',') => Err("a comma that may stand for thousands".to_owned()),
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
            assert_eq!(Clock::default().instant(text), secs(1_735_787_045), "{text}");
        }
        assert_eq!(Clock::default().instant("2025-01-02"), secs(1_735_776_000));
        assert_eq!(Clock::default().instant("-1.5"), Ok((Time(-1_500_000_000), Style::Seconds)));
        for text in ["", "yesterday", "2025-13-01", "2025-01-02T03:04[Europe/Berlin]", "1e5", "."] {
            assert_eq!(Clock::default().instant(text), Err("not a time".to_owned()), "{text}");
        }
        let instant = |text| Clock::default().instant(text);
        assert!(instant("9999-01-01").is_err() && instant("99999999999").is_err());
        assert_eq!(
            Clock::default().show(Style::Dates, Time::from_secs(1_735_787_045)),
            "2025-01-02T03:04:05Z"
        );
        assert_eq!(Clock::default().show(Style::Seconds, Time(1_500_000_000)), "1.5 s");
    }

    #[test]
    fn lengths() {
        assert_eq!(length("90", 1.0), Ok(Span::from_secs(90)));
        assert_eq!(length("2h30m", 1.0), Ok(Span::from_secs(9_000)));
        assert_eq!(length("1.5", 60.0), Ok(Span::from_secs(90)));
        assert_eq!(length("2m", 3_600.0), Ok(Span::from_secs(120)), "its own unit wins");
        // A decimal comma; with three digits behind it, it may be one of thousands.
        assert_eq!(length("0,5", 3_600.0), Ok(Span::from_secs(1_800)));
        assert_eq!(length("0,125", 3_600.0), Ok(Span::from_secs(450)));
        assert_eq!(length("12,25", 60.0), Ok(Span::from_secs(735)));
        for text in ["1,234", "1,234,567", "1.234,5", "1,5h", ","] {
            let wrong = "a comma that may stand for thousands";
            assert_eq!(length(text, 1.0), Err(wrong.to_owned()), "{text}");
        }
        for text in ["-1", "soon", ""] {
            assert!(length(text, 1.0).is_err(), "{text}");
        }
    }

    #[test]
    fn local_times_know_their_zone() {
        let berlin = Clock::new(Some("Europe/Berlin"), None).expect("a zone");
        let at = |text: &str| berlin.instant(text).map(|(at, _)| at.0 / 1_000_000_000);
        // One hour ahead in winter, two in summer; an offset in the text wins.
        assert_eq!(at("2025-01-02T04:04:05"), Ok(1_735_787_045));
        assert_eq!(at("2025-01-02T03:04:05Z"), Ok(1_735_787_045));
        assert_eq!(at("2025-07-01T02:00"), Ok(1_751_328_000));
        let gap = "the clocks of Europe/Berlin skip this time in spring";
        assert_eq!(at("2025-03-30T02:30"), Err(gap.to_owned()));
        let fold = "the clocks of Europe/Berlin show this time twice; write an offset from UTC";
        assert_eq!(at("2025-10-26T02:30"), Err(fold.to_owned()));
        assert_eq!(at("2025-10-26T02:30+01:00"), Ok(1_761_442_200));
        let shown = berlin.show(Style::Dates, Time::from_secs(1_735_787_045));
        assert_eq!(shown, "2025-01-02T04:04:05+01:00");
        let wrong = Clock::new(Some("Europe/Berlni"), None).expect_err("no zone");
        assert_eq!(wrong, "no time zone `Europe/Berlni`; did you mean Europe/Berlin?");
    }

    #[test]
    fn dates_have_a_format() {
        let clock = |format| Clock::new(None, Some(format)).expect("a format");
        let at =
            |format, text: &str| clock(format).instant(text).map(|(at, _)| at.0 / 1_000_000_000);
        assert_eq!(at("%d.%m.%Y %H:%M:%S", "02.01.2025 03:04:05"), Ok(1_735_787_045));
        assert_eq!(at("%m/%d/%Y", "01/02/2025"), Ok(1_735_776_000));
        assert_eq!(at("%d/%m/%Y %H:%M %z", "02/01/2025 04:04 +0100"), Ok(1_735_787_040));
        assert_eq!(at("%s", "1735787045"), Ok(1_735_787_045));
        let wrong = "not a time as \"%d.%m.%Y\"";
        assert_eq!(at("%d.%m.%Y", "2025-01-02"), Err(wrong.to_owned()));
        assert!(Clock::new(None, Some("%Y-%!")).is_err());
        assert_eq!(proposed_format("01.03.2024 08:00"), Some("%d.%m.%Y %H:%M"));
        assert_eq!(proposed_format("3/1/2024 08:00:30"), Some("%m/%d/%Y %H:%M:%S"));
        assert_eq!(at("%m/%d/%Y %I:%M %p", "01/02/2025 03:04 PM"), Ok(1_735_830_240));
        assert_eq!(proposed_format("05/23/2026 10:00 AM"), Some("%m/%d/%Y %I:%M %p"));
        assert_eq!(proposed_format("02/13/2026"), Some("%m/%d/%Y"));
        assert_eq!(proposed_format("13/02/2026 08:00"), Some("%d/%m/%Y %H:%M"));
        assert_eq!(decided("02/13/2026"), Some((First::Month, 13)));
        assert_eq!(decided("02/03/2026"), None);
        assert_eq!(proposed_format("soon"), None);
    }
}
