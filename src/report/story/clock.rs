//! Times as people say them: `+10m15s` since the start, `1m33s` long, `634.5` seconds.
//!
//! Words are cut at the millisecond; the seconds beside them are exact.

use crate::time::{NANOS, Span, Time, seconds};

/// An instant as a length since the start: `+10m15s`, `+2d03h00m00s`.
pub(super) fn since_start(at: Time) -> String {
    format!("+{}", length(at - Time::ZERO))
}

/// A length: `15s`, `1m33s`, `2h00m05s`, `8.312s`; the smaller parts keep two digits.
pub(super) fn length(span: Span) -> String {
    let total = span.0.max(0) / NANOS;
    let millis = span.0.max(0) % NANOS / 1_000_000;
    let (days, hours) = (total / 86_400, total / 3_600 % 24);
    let (minutes, secs) = (total / 60 % 60, total % 60);
    let fraction = if millis > 0 { format!(".{millis:03}") } else { String::new() };
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{secs}{fraction}s"),
        (0, 0, _) => format!("{minutes}m{secs:02}{fraction}s"),
        (0, _, _) => format!("{hours}h{minutes:02}m{secs:02}{fraction}s"),
        _ => format!("{days}d{hours:02}h{minutes:02}m{secs:02}{fraction}s"),
    }
}

/// Seconds since the start, exactly, without closing zeros: `634.5`.
pub(super) fn exact(at: Time) -> String {
    let digits = seconds(i128::from(at.0));
    digits.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A time of day.
pub(super) fn time_of_day(since_midnight: Span) -> String {
    let seconds = since_midnight.0 / NANOS;
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    let exact = if seconds > 0 { format!(":{seconds:02}") } else { String::new() };
    format!("{:02}:{:02}{exact}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_have_seconds_only_where_they_matter() {
        let at = |seconds| time_of_day(Span::from_secs(seconds));
        assert_eq!([0, 7_200, 12_605].map(at), ["00:00", "02:00", "03:30:05"]);
    }

    #[test]
    fn times_read_as_people_say_them() {
        let cases = [
            (0, "0s", "0"),
            (15 * NANOS, "15s", "15"),
            (93 * NANOS, "1m33s", "93"),
            (8_312_900_000, "8.312s", "8.3129"),
            (615_000_000_001, "10m15s", "615.000000001"),
            (3_605 * NANOS, "1h00m05s", "3605"),
            (90_061 * NANOS, "1d01h01m01s", "90061"),
            (100 * NANOS, "1m40s", "100"),
        ];
        for (nanos, words, secs) in cases {
            assert_eq!(length(Span(nanos)), words);
            assert_eq!(since_start(Time(nanos)), format!("+{words}"));
            assert_eq!(exact(Time(nanos)), secs);
        }
    }
}
