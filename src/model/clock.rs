//! The calendar of a run: local time at its start, what it makes of an instant, and when it shows a time. It knows no
//! database of time zones: the changes of a zone are given to it.

use std::fmt;

use jiff::civil::{Date, DateTime, Weekday, date};
use jiff::{SignedDuration, Timestamp, tz};

use crate::time::{NANOS, Span, Time};

/// Local time at the start of a run, and how it goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The day of the week at the start, if it is known.
    pub weekday: Option<Weekday>,
    /// The time of day at the start, from midnight.
    pub time: Span,
    /// The date at the start, if it is known.
    pub date: Option<Date>,
    /// The time zone, if there is one; else a day has 24 hours.
    pub zone: Option<Zone>,
}

/// A time zone as a run meets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// Its IANA name.
    pub name: String,
    /// The start of the run.
    pub start: Timestamp,
    /// Its offset from UTC at the start.
    pub offset: tz::Offset,
    /// When its offset changes, in order.
    pub changes: Vec<Change>,
}

/// A change of the clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// When.
    pub at: Time,
    /// How far the clocks are ahead of what they would show without any change since the start.
    pub shift: Span,
}

/// A local time that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Local {
    /// A time of day, of any day or of one day of the week.
    Time(Option<Weekday>, Span),
    /// A date and time.
    Date(DateTime),
    /// A date and time with its offset from UTC.
    Stamp(Timestamp),
}

/// Why local time is no instant of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// The run knows no day of the week at its start.
    NoWeekday,
    /// The run knows no date at its start.
    NoDate,
    /// The run knows no time zone.
    NoZone,
    /// It is before the start.
    Before,
    /// The clocks skip it.
    Skipped,
    /// The clocks show it twice.
    Twice,
    /// It never comes within 100 years.
    Never,
}

/// The clock of a scenario that says nothing: midnight.
pub static MIDNIGHT: Clock = Clock { weekday: None, time: Span::ZERO, date: None, zone: None };

/// Days of a week.
const WEEK: i64 = 7;

/// Nanoseconds of a day.
pub const DAY: i64 = 86_400 * NANOS;

/// A time in which the clocks do not change.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    /// First instant.
    pub from: Time,
    /// End, excluded.
    pub to: Time,
    /// What the clocks show at the start of the run, and how far they are ahead.
    ahead: Span,
}

impl Stretch {
    /// What the clocks show at an instant: nanoseconds since the midnight before the start.
    #[must_use]
    pub fn wall(&self, at: Time) -> i64 {
        (at + self.ahead).0
    }

    /// The instant at which they would show it.
    #[must_use]
    pub fn instant(&self, wall: i64) -> Time {
        Time(wall) - self.ahead
    }

    fn holds(&self, at: Time) -> bool {
        self.from <= at && at < self.to
    }
}

impl Clock {
    fn changes(&self) -> &[Change] {
        self.zone.as_ref().map_or(&[], |zone| &zone.changes)
    }

    /// The stretch that an instant lies in. O(log changes).
    #[must_use]
    pub fn stretch(&self, at: Time) -> Stretch {
        let after = self.changes().partition_point(|change| change.at <= at);
        self.numbered(after)
    }

    fn numbered(&self, after: usize) -> Stretch {
        let changes = self.changes();
        let last = after.checked_sub(1).map(|last| changes[last]);
        Stretch {
            from: last.map_or(Time(i64::MIN), |change| change.at),
            to: changes.get(after).map_or(Time::NEVER, |change| change.at),
            ahead: self.time + last.map_or(Span::ZERO, |change| change.shift),
        }
    }

    /// All stretches, in order.
    pub fn stretches(&self) -> impl Iterator<Item = Stretch> {
        (0..=self.changes().len()).map(|after| self.numbered(after))
    }

    /// The midnight before the start, in days since a Monday.
    #[must_use]
    pub fn monday(&self) -> i64 {
        self.weekday.map_or(0, |weekday| i64::from(weekday.to_monday_zero_offset()))
    }

    /// The instant that is meant: of a time of day the first one at or after the start.
    ///
    /// # Errors
    /// Why there is none, or more than one.
    pub fn instant(&self, local: Local) -> Result<Time, Unclear> {
        match local {
            Local::Time(None, time) => self.first(time.0, DAY),
            Local::Time(Some(weekday), time) => {
                self.weekday.ok_or(Unclear::NoWeekday)?;
                let days = i64::from(weekday.to_monday_zero_offset()) - self.monday();
                self.first(days * DAY + time.0, WEEK * DAY)
            }
            Local::Date(local) => self.dated(local),
            Local::Stamp(stamp) => {
                let zone = self.zone.as_ref().ok_or(Unclear::NoZone)?;
                not_before(since(zone.start.duration_until(stamp)).map(|since| Time::ZERO + since))
            }
        }
    }

    /// The first instant from 0 on at which the clocks show a time, give or take whole periods.
    fn first(&self, wall: i64, period: i64) -> Result<Time, Unclear> {
        let found = self.stretches().find_map(|stretch| {
            let from = stretch.from.max(Time::ZERO);
            let wait = (wall - stretch.wall(from)).rem_euclid(period);
            Some(from + Span(wait)).filter(|at| stretch.holds(*at))
        });
        found.ok_or(Unclear::Never)
    }

    fn dated(&self, local: DateTime) -> Result<Time, Unclear> {
        let midnight = self.date.ok_or(Unclear::NoDate)?.at(0, 0, 0, 0);
        let Some(Span(wall)) = since(midnight.duration_until(local)) else {
            return Err(Unclear::Never);
        };
        let shown = |stretch: Stretch| Some(stretch.instant(wall)).filter(|at| stretch.holds(*at));
        let mut found = self.stretches().filter_map(shown);
        match (found.next(), found.next()) {
            (None, _) => Err(Unclear::Skipped),
            (Some(at), None) => not_before(Some(at)),
            (Some(_), Some(_)) => Err(Unclear::Twice),
        }
    }

    /// Local time of an instant: `Mon 2027-01-04 10:00`; `Mon 10:00` or `10:00` where date or weekday are not known. Days
    /// are numbered from 1 where that alone says too little. Parts of a second are cut. What the clocks show twice has its
    /// offset from UTC behind it.
    #[must_use]
    pub fn at(&self, instant: Time) -> String {
        let wall = self.stretch(instant).wall(instant);
        let day = wall.div_euclid(DAY);
        let (name, most) = match (self.date, self.weekday) {
            (Some(_), _) => ("%a %Y-%m-%d ", i64::MAX),
            (None, Some(_)) => ("%a ", WEEK),
            (None, None) => ("", 1),
        };
        let seconds = if wall.div_euclid(NANOS) % 60 == 0 { "" } else { ":%S" };
        let number = if day < most { String::new() } else { format!("day {}, ", day + 1) };
        let local = self.calendar(wall).strftime(&format!("{name}%H:%M{seconds}")).to_string();
        let twice = self.is_shown_twice((instant, wall)).then(|| self.offset(instant)).flatten();
        number + &local + &twice.unwrap_or_default()
    }

    /// Local time of an instant in a format of strftime.
    #[must_use]
    pub fn show(&self, instant: Time, format: &str) -> String {
        self.calendar(self.stretch(instant).wall(instant)).strftime(format).to_string()
    }

    /// An instant for a table: date and time in ISO 8601 with nanoseconds where they are needed, and with the offset from
    /// UTC where there is a time zone; without a date as [`Self::at`].
    #[must_use]
    pub fn stamp(&self, instant: Time) -> String {
        if self.date.is_none() {
            return self.at(instant);
        }
        let local = self.calendar(self.stretch(instant).wall(instant)).to_string();
        local + &self.offset(instant).unwrap_or_default()
    }

    /// The offset from UTC at an instant, as it is written: `+01:00`.
    fn offset(&self, instant: Time) -> Option<String> {
        let zone = self.zone.as_ref()?;
        let ahead = self.stretch(instant).ahead - self.time;
        let minutes = (i64::from(zone.offset.seconds()) + ahead.0 / NANOS) / 60;
        let sign = if minutes < 0 { '-' } else { '+' };
        Some(format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60))
    }

    /// Whether the clocks show the time of an instant again, before or after a change.
    fn is_shown_twice(&self, (instant, wall): (Time, i64)) -> bool {
        let shows = |after: usize| {
            let stretch = self.numbered(after);
            stretch.holds(stretch.instant(wall))
        };
        let last = self.changes().len();
        let after = self.changes().partition_point(|change| change.at <= instant);
        after > 0 && shows(after - 1) || after < last && shows(after + 1)
    }

    /// A date and time of the right weekday, this long after the midnight before the start.
    fn calendar(&self, since: i64) -> DateTime {
        let monday =
            date(2024, 1, 1).saturating_add(SignedDuration::from_hours(24 * self.monday()));
        let midnight = self.date.unwrap_or(monday).at(0, 0, 0, 0);
        midnight.saturating_add(SignedDuration::from_nanos(since))
    }

    /// The start as a scenario writes it, where it has a date: `2027-01-04T00:00:00`.
    #[must_use]
    pub fn start(&self) -> Option<String> {
        self.date.map(|_| self.stamp(Time::ZERO))
    }
}

fn since(length: SignedDuration) -> Option<Span> {
    i64::try_from(length.as_nanos()).ok().map(Span)
}

fn not_before(at: Option<Time>) -> Result<Time, Unclear> {
    let at = at.ok_or(Unclear::Never)?;
    if at < Time::ZERO { Err(Unclear::Before) } else { Ok(at) }
}

/// As it is written: `Mon 09:30`.
impl fmt::Display for Clock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.at(Time::ZERO))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_said_as_a_clock_on_the_wall_shows_them() {
        let time = Span::from_secs(10 * 3_600 - 600);
        let named = Clock { weekday: Some(Weekday::Sunday), time, ..MIDNIGHT.clone() };
        let plain = Clock { time, ..MIDNIGHT.clone() };
        for (secs, with, without) in [
            (0, "Sun 09:50", "09:50"),
            (600, "Sun 10:00", "10:00"),
            (607, "Sun 10:00:07", "10:00:07"),
            (86_400, "Mon 09:50", "day 2, 09:50"),
            (7 * 86_400, "day 8, Sun 09:50", "day 8, 09:50"),
            (36_500 * 86_400, "day 36501, Tue 09:50", "day 36501, 09:50"),
        ] {
            assert_eq!(
                [&named, &plain].map(|clock| clock.at(Time::from_secs(secs))),
                [with, without]
            );
        }
        assert_eq!(named.to_string(), "Sun 09:50");
    }
}
