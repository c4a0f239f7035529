//! Dates, days of the week and times of day as text. It knows neither where a text is nor when a
//! run starts.

use jiff::civil::{DateTime, Weekday};
use jiff::fmt::strtime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, civil};

use super::units::time_of_day;
use crate::diagnostic::did_you_mean;
use crate::model::{Change, Clock, DAY, Local, MIDNIGHT, Unclear, Weekly, Zone};
use crate::time::{LONGEST, NANOS, Span, Time};

/// The first and the last year in which a run may start.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2200;

/// A time zone of the database inside the program. Errors say what is wrong, and what to write.
pub fn zone(name: &str) -> Result<TimeZone, [String; 2]> {
    let database = TimeZoneDatabase::bundled();
    database.get(name).map_err(|_| {
        let names: Vec<String> = database.available().map(|name| name.to_string()).collect();
        let near = did_you_mean(name, names.iter().map(String::as_str));
        let help = near.map_or("write an IANA name such as Europe/Berlin".to_owned(), |near| {
            format!("did you mean {near}?")
        });
        [format!("no time zone `{name}`"), help]
    })
}

/// A time of day, after the weekday (`"Mon 09:30"`, `"Monday 09:30"`) or without one. Errors as those of a time of day.
pub fn clock(text: &str) -> Result<Clock, String> {
    let (weekday, time) = day_and_time(text.trim())?;
    Ok(Clock { weekday, time, ..MIDNIGHT.clone() })
}

fn day_and_time(text: &str) -> Result<(Option<Weekday>, Span), String> {
    match named(text) {
        Some((day, time)) => Ok((Some(weekday(day)?), time_of_day(time)?)),
        None => Ok((None, time_of_day(text)?)),
    }
}

/// The word before a time.
fn named(text: &str) -> Option<(&str, &str)> {
    let parts = text.split_once(char::is_whitespace);
    parts.filter(|(day, _)| day.starts_with(char::is_alphabetic))
}

fn weekday(day: &str) -> Result<Weekday, String> {
    let read = |format| strtime::parse(format, day).ok()?.weekday();
    let weekday = read("%A").or_else(|| read("%a"));
    weekday.ok_or_else(|| format!("`{day}` is no day of the week"))
}

/// The start of a run: a date and a time of day, `"2027-01-04T00:00"`; with a time zone, perhaps with an offset from UTC.
/// Errors say what is wrong, for a label.
pub fn start(text: &str, zone: Option<&TimeZone>) -> Result<Clock, String> {
    let wrong = || if is_other_date(text) { OTHER_DATE } else { "not a date with a time" };
    let (local, stamp) = date(text.trim()).ok_or_else(wrong)?;
    if !YEARS.contains(&local.year()) {
        return Err(format!("it must be from {} to {}", YEARS.start(), YEARS.end()));
    }
    let clock = |local: DateTime, zone| Clock {
        weekday: Some(local.date().weekday()),
        time: Span(local.time().duration_since(civil::Time::midnight()).as_nanos() as i64),
        date: Some(local.date()),
        zone,
    };
    let Some(zone) = zone else {
        return match stamp {
            Some(_) => Err(unclear(Unclear::NoZone, None).to_owned()),
            None => Ok(clock(local, None)),
        };
    };
    let name = zone.iana_name().unwrap_or("UTC").to_owned();
    let ambiguous = zone.to_ambiguous_timestamp(local);
    let start = match (stamp, ambiguous.offset()) {
        (Some(stamp), _) => stamp,
        (None, AmbiguousOffset::Gap { .. }) => return Err(unclear(Unclear::Skipped, Some(&name))),
        (None, AmbiguousOffset::Fold { .. }) => return Err(unclear(Unclear::Twice, Some(&name))),
        (None, AmbiguousOffset::Unambiguous { .. }) => {
            ambiguous.compatible().map_err(|wrong| wrong.to_string())?
        }
    };
    let offset = zone.to_offset(start);
    let changes = changes(zone, start, offset);
    Ok(clock(offset.to_datetime(start), Some(Zone { name, start, offset, changes })))
}

/// The changes of a zone's clocks in the longest run.
fn changes(zone: &TimeZone, start: Timestamp, offset: Offset) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    for transition in zone.following(start) {
        let at = transition.timestamp().duration_since(start).as_nanos();
        if at > i128::from(LONGEST.0) {
            break;
        }
        let shift = i64::from(transition.offset().seconds()) - i64::from(offset.seconds());
        let shift = Span(shift * NANOS);
        let before = changes.last().map_or(Span::ZERO, |last| last.shift);
        if shift != before {
            changes.push(Change { at: Time(at as i64), shift });
        }
    }
    changes
}

/// A date with a time or alone, and the instant if it has an offset from UTC.
fn date(text: &str) -> Option<(DateTime, Option<Timestamp>)> {
    // Names of zones in brackets and weeks of the year are not read.
    if !text.starts_with(|first: char| first.is_ascii_digit()) || text.contains(['[', 'W']) {
        return None;
    }
    let stamp = text.parse::<Timestamp>().ok();
    let civil = text.strip_suffix(['Z', 'z']).filter(|_| stamp.is_some()).unwrap_or(text);
    Some((civil.parse::<DateTime>().ok()?, stamp))
}

/// Local time as it is written: `"10:00"`, `"Mon 10:00"`, `"2027-01-04T10:00"`. Errors say what is
/// wrong, for a label.
pub fn local(text: &str) -> Result<Local, String> {
    let text = text.trim();
    let (day, rest) = named(text).map_or((None, text), |(day, rest)| (Some(day), rest.trim()));
    let Some((local, stamp)) = date(rest) else {
        if is_other_date(rest) {
            return Err(OTHER_DATE.to_owned());
        }
        let (weekday, time) = day_and_time(text)?;
        return Ok(Local::Time(weekday, time));
    };
    let own = local.date().weekday();
    if day.map(weekday).transpose()?.is_some_and(|named| named != own) {
        return Err(format!("{} is a {}", local.date(), local.strftime("%A")));
    }
    Ok(stamp.map_or(Local::Date(local), Local::Stamp))
}

/// Whether a text is local time rather than a length of time.
#[must_use]
pub fn is_local(text: &str) -> bool {
    let text = text.trim();
    text.contains(':')
        || text.starts_with(char::is_alphabetic)
        || date(text).is_some()
        || is_other_date(text)
}

/// What is wrong with a date in another order.
const OTHER_DATE: &str = "a date is written year-month-day: `2027-01-04`";

/// Whether a text begins with a date as people write it, which is read in two ways: `04.01.2027`, `1/4/2027`.
fn is_other_date(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_number =
        |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    ['.', '/'].iter().any(|between| {
        let parts: Vec<&str> = first.split(*between).collect();
        parts.len() == 3 && parts.iter().all(is_number) && parts.iter().any(|part| part.len() == 4)
    })
}

/// The instant that a text names, as local time of a run. Errors say what is wrong, for a label.
pub fn instant(text: &str, clock: &Clock) -> Result<Time, String> {
    let zone = clock.zone.as_ref().map(|zone| zone.name.as_str());
    clock.instant(local(text)?).map_err(|wrong| unclear(wrong, zone))
}

/// As [`instant`]; `None`: it is before the start of the run.
pub fn from_start(text: &str, clock: &Clock) -> Result<Option<Time>, String> {
    let zone = clock.zone.as_ref().map(|zone| zone.name.as_str());
    match clock.instant(local(text)?) {
        Err(Unclear::Before) => Ok(None),
        found => found.map(Some).map_err(|wrong| unclear(wrong, zone)),
    }
}

fn unclear(wrong: Unclear, zone: Option<&str>) -> String {
    let zone = zone.unwrap_or("UTC");
    match wrong {
        Unclear::NoWeekday => {
            "the scenario does not say on which day of the week it starts".to_owned()
        }
        Unclear::NoDate => "the scenario does not say on which date it starts".to_owned(),
        Unclear::NoZone => "an offset from UTC needs `time-zone`".to_owned(),
        Unclear::Before => "before the start of the run".to_owned(),
        Unclear::Never => "more than 100 years after the start".to_owned(),
        Unclear::Skipped => format!("the clocks of {zone} skip this time"),
        Unclear::Twice => {
            format!("the clocks of {zone} show this time twice; write an offset from UTC behind it")
        }
    }
}

/// A window of the week: `"Mon-Fri 08:00-18:00"`, `"Sat,Sun"`, `"22:00-06:00"`. Errors say what is wrong, for a label.
pub fn weekly(text: &str) -> Result<Weekly, String> {
    let text = text.trim();
    let is_named = text.starts_with(char::is_alphabetic);
    let (days, times) = match text.split_once(char::is_whitespace) {
        _ if !is_named => (None, Some(text)),
        Some((days, times)) => (Some(days), Some(times.trim())),
        None => (Some(text), None),
    };
    let days = days.map_or(Ok([true; 7]), self::days)?;
    let Some(times) = times else {
        return Ok(Weekly { days, from: Span::ZERO, to: Span(DAY) });
    };
    let (from, to) = times.split_once('-').ok_or("not a window")?;
    let (from, to) = (time_of_day(from)?, end_of_day(to)?);
    if from == to {
        return Err("the window is empty".to_owned());
    }
    Ok(Weekly { days, from, to })
}

fn end_of_day(text: &str) -> Result<Span, String> {
    match text.trim() {
        "24:00" => Ok(Span(DAY)),
        text => time_of_day(text),
    }
}

/// `"Mon-Fri"`, `"Mon,Wed"`, `"Fri-Mon,Wed"`.
fn days(text: &str) -> Result<[bool; 7], String> {
    let mut days = [false; 7];
    let number = |day: &str| Ok::<_, String>(weekday(day)?.to_monday_zero_offset() as usize);
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (number(first)?, number(last)?);
        let length = (last + 7 - first) % 7;
        (0..=length).for_each(|day| days[(first + day) % 7] = true);
    }
    Ok(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_may_have_a_weekday() {
        let read = |text: &str| clock(text).map(|clock| clock.to_string());
        for (text, said) in [
            ("09:30", Ok("09:30")),
            ("Mon 09:30", Ok("Mon 09:30")),
            (" saturday  22:00:05 ", Ok("Sat 22:00:05")),
            ("Mo 09:30", Err("`Mo` is no day of the week")),
            ("Mon", Err("not a time of day")),
            ("9 am", Err("not a time of day")),
            ("Mon 9:30", Err("not a time of day")),
        ] {
            assert_eq!(read(text), said.map(str::to_owned).map_err(str::to_owned), "{text}");
        }
    }

    /// Berlin from a local time on.
    fn berlin(from: &str) -> Clock {
        start(from, Some(&zone("Europe/Berlin").expect("a zone"))).expect("a start")
    }

    fn hours(clock: &Clock, text: &str) -> Result<f64, String> {
        instant(text, clock).map(|at| (at - Time::ZERO).as_secs_f64() / 3_600.0)
    }

    #[test]
    fn a_day_of_spring_has_23_hours() {
        let clock = berlin("2027-03-27T12:00");
        for (text, after) in [
            ("12:00", 0.0),
            ("Sun 01:59", 13.0 + 59.0 / 60.0),
            ("Sun 03:00", 14.0),
            ("Sun 12:00", 23.0),
            ("Mon 12:00", 47.0),
            ("2027-03-28", 12.0),
            ("2027-03-28T12:00", 23.0),
            ("2027-03-28 12:00+02:00", 23.0),
            ("Sun 2027-03-28 12:00", 23.0),
            // The clocks skip it on Sunday: the next one is on Monday.
            ("02:30", 37.5),
        ] {
            assert_eq!(hours(&clock, text), Ok(after), "{text}");
            let at = Time::ZERO + Span::from_secs_f64(after * 3_600.0);
            assert!(clock.at(at).ends_with(&text[text.len() - 5..]) || text.len() > 9, "{text}");
        }
        let said = |secs: i64| clock.at(Time::from_secs(secs));
        assert_eq!(said(14 * 3_600 - 1), "Sun 2027-03-28 01:59:59");
        assert_eq!(said(14 * 3_600), "Sun 2027-03-28 03:00");
        assert_eq!(clock.stamp(Time(1)), "2027-03-27T12:00:00.000000001+01:00");
        let skipped = "the clocks of Europe/Berlin skip this time";
        assert_eq!(hours(&clock, "2027-03-28T02:30"), Err(skipped.to_owned()));
    }

    #[test]
    fn a_day_of_autumn_has_25_hours() {
        let clock = berlin("2027-10-30T12:00");
        for (text, after) in [
            ("Sun 12:00", 25.0),
            // The first of the two.
            ("02:30", 14.5),
            ("2027-10-31T02:30+02:00", 14.5),
            ("2027-10-31T02:30+01:00", 15.5),
            ("2027-10-31T01:30Z", 15.5),
            ("2027-10-31T03:00", 16.0),
        ] {
            assert_eq!(hours(&clock, text), Ok(after), "{text}");
        }
        let said = |minutes: i64| clock.at(Time::from_secs(minutes * 60));
        assert_eq!(said(14 * 60 - 1), "Sun 2027-10-31 01:59");
        assert_eq!(said(14 * 60 + 30), "Sun 2027-10-31 02:30+02:00");
        assert_eq!(said(15 * 60 + 30), "Sun 2027-10-31 02:30+01:00");
        assert_eq!(said(16 * 60), "Sun 2027-10-31 03:00");
        let again = berlin("2027-10-31T02:30+01:00");
        assert_eq!(hours(&again, "03:00"), Ok(0.5));
        assert_eq!(again.start().as_deref(), Some("2027-10-31T02:30:00+01:00"));
        let twice =
            "the clocks of Europe/Berlin show this time twice; write an offset from UTC behind it";
        assert_eq!(hours(&clock, "2027-10-31T02:30"), Err(twice.to_owned()));
    }

    #[test]
    fn dates_in_another_order_are_not_guessed() {
        for text in
            ["04.01.2027", "04.01.2027 08:00", "1/4/2027 8:00", "2027/01/04", "Mon 4.1.2027 8:00"]
        {
            assert!(is_local(text), "{text}");
            assert_eq!(local(text), Err(OTHER_DATE.to_owned()), "{text}");
        }
        assert_eq!(start("4.1.2027", None).err().as_deref(), Some(OTHER_DATE));
        assert_eq!(local("10.30.00").err().as_deref(), Some("not a time of day"));
    }

    #[test]
    fn local_time_needs_what_it_counts_from() {
        let plain = clock("09:30").expect("a clock");
        let named = clock("Fri 09:30").expect("a clock");
        assert_eq!(hours(&plain, "10:00"), Ok(0.5));
        assert_eq!(hours(&plain, "09:00"), Ok(23.5));
        assert_eq!(hours(&named, "Mon 10:00"), Ok(72.5));
        let wrong = |clock: &Clock, text: &str| hours(clock, text).expect_err(text);
        assert_eq!(
            wrong(&plain, "Mon 10:00"),
            "the scenario does not say on which day of the week it starts"
        );
        assert_eq!(
            wrong(&named, "2027-01-04"),
            "the scenario does not say on which date it starts"
        );
        let dated = start("2027-01-04", None).expect("a start");
        assert_eq!(wrong(&dated, "2027-01-03T10:00"), "before the start of the run");
        assert_eq!(wrong(&dated, "2027-01-04T10:00Z"), "an offset from UTC needs `time-zone`");
        assert_eq!(wrong(&dated, "Tue 2027-01-04 10:00"), "2027-01-04 is a Monday");
        assert_eq!(wrong(&dated, "9 am"), "not a time of day");
        assert_eq!(start("soon", None).expect_err("a word"), "not a date with a time");
        assert_eq!(start("9999-01-01", None).expect_err("late"), "it must be from 1970 to 2200");
    }

    #[test]
    fn windows_of_the_week() {
        let days = |text: &str| weekly(text).map(|one| one.days.map(u8::from));
        assert_eq!(days("Mon-Fri 08:00-18:00"), Ok([1, 1, 1, 1, 1, 0, 0]));
        assert_eq!(days("Sat-Mon,Wed"), Ok([1, 0, 1, 0, 0, 1, 1]));
        assert_eq!(days("22:00-06:00"), Ok([1; 7]));
        for (text, wrong) in [
            ("Mon-Fry 08:00-18:00", "`Fry` is no day of the week"),
            ("08:00", "not a window"),
            ("08:00-08:00", "the window is empty"),
            ("24:00-08:00", "not a time of day"),
            ("Mon 8-18", "not a time of day"),
        ] {
            assert_eq!(weekly(text), Err(wrong.to_owned()), "{text}");
        }
        assert_eq!(weekly("Sat 18:00-24:00").map(|one| one.to), Ok(Span(DAY)));
    }
}
