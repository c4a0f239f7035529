//! The local time at which a run starts, and what it makes of an instant. It knows no time zone: a day has 24 hours.

use std::fmt;

use jiff::SignedDuration;
use jiff::civil::{DateTime, Weekday, date};

use crate::time::{NANOS, Span, Time};

/// Local time at the start of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The day of the week, if it is known.
    pub weekday: Option<Weekday>,
    /// The time of day, from midnight.
    pub time: Span,
}

/// Days of a week.
const WEEK: i64 = 7;

/// Nanoseconds of a day.
const DAY: i64 = 86_400 * NANOS;

impl Clock {
    /// Local time of an instant: `Mon 10:00`; `10:00` if the weekday is not known. Days are numbered from 1 where
    /// that alone says too little. Parts of a second are cut.
    #[must_use]
    pub fn at(self, instant: Time) -> String {
        let since = (self.time + (instant - Time::ZERO)).0;
        let day = since.div_euclid(DAY);
        let (name, most) = if self.weekday.is_some() { ("%a ", WEEK) } else { ("", 1) };
        let seconds = if since.div_euclid(NANOS) % 60 == 0 { "" } else { ":%S" };
        let number = if day < most { String::new() } else { format!("day {}, ", day + 1) };
        let local = self.calendar(since).strftime(&format!("{name}%H:%M{seconds}")).to_string();
        number + &local
    }

    /// A date and time of the right weekday, so long after the midnight before the start.
    fn calendar(self, since: i64) -> DateTime {
        let monday = date(2024, 1, 1).at(0, 0, 0, 0);
        let days = self.weekday.map_or(0, |weekday| i64::from(weekday.to_monday_zero_offset()));
        let since = SignedDuration::from_hours(24 * days) + SignedDuration::from_nanos(since);
        monday.saturating_add(since)
    }
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
        let named = Clock { weekday: Some(Weekday::Sunday), time };
        let plain = Clock { weekday: None, time };
        for (secs, with, without) in [
            (0, "Sun 09:50", "09:50"),
            (600, "Sun 10:00", "10:00"),
            (607, "Sun 10:00:07", "10:00:07"),
            (86_400, "Mon 09:50", "day 2, 09:50"),
            (7 * 86_400, "day 8, Sun 09:50", "day 8, 09:50"),
            (36_500 * 86_400, "day 36501, Tue 09:50", "day 36501, 09:50"),
        ] {
            assert_eq!(
                [named, plain].map(|clock| clock.at(Time::from_secs(secs))),
                [with, without]
            );
        }
        assert_eq!(named.to_string(), "Sun 09:50");
    }
}
