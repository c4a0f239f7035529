//! Numbers as people read them: `1 min 33 s`, `12,345`, `99.98 %`.
//!
//! Rounded, for sentences, tables and axes; the exact numbers are in the files.

use crate::measures::{Bins, Ratio, Total};
use crate::model::Model;
use crate::time::{NANOS, Span, Time};

/// Units of time with their seconds, longest first.
const UNITS: [(&str, u128); 4] = [("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)];

/// A length of time in its two largest units: `93 s` is `1 min 33 s`; below a minute with up to
/// three digits: `8.31 s`, `250 ms`.
pub(super) fn length(total: Total) -> String {
    let sign = if total.0 < 0 { "-" } else { "" };
    let nanos = total.0.unsigned_abs();
    format!("{sign}{}", if nanos < 60 * NANOS as u128 { short(nanos) } else { long(nanos) })
}

/// Time of several agents added up, in agent-hours: `195 agent-hours`, `12.5 agent-min`. The
/// time of a run's only agent is a length of time like any other.
pub(super) fn agent_time(total: Total, agents: u64) -> String {
    if agents == 1 { length(total) } else { added_up(total) }
}

/// A sum of times of several agents, with three digits.
pub(super) fn added_up(total: Total) -> String {
    let sign = if total.0 < 0 { "-" } else { "" };
    let nanos = total.0.unsigned_abs();
    let units = [("hours", 3_600), ("min", 60), ("s", 1)];
    let unit = units.iter().find(|(_, secs)| nanos >= secs * NANOS as u128).unwrap_or(&units[2]);
    let hundredths = (100 * nanos + unit.1 * NANOS as u128 / 2) / (unit.1 * NANOS as u128);
    let number = match hundredths {
        0..1_000 => decimals(hundredths, 100),
        1_000..10_000 => decimals((hundredths + 5) / 10, 10),
        _ => grouped((hundredths + 50) / 100),
    };
    format!("{sign}{number} agent-{}", unit.0)
}

/// The slot of a grid that something is counted in: `second`, or `10 s`.
pub(super) fn slot(width: Span) -> String {
    if width.0 == NANOS { "second".to_owned() } else { span(width) }
}

/// The window of peaks in a heading: `per s`, `per 10 s`.
pub(super) fn per_window(horizon: Time) -> String {
    let width = Bins::fine(horizon).width();
    if width.0 == NANOS { "per s".to_owned() } else { format!("per {}", span(width)) }
}

/// What availability is a share of; `shifts`: some agent has a shift.
pub(super) const fn of_time(shifts: bool) -> &'static str {
    if shifts { "of the time on duty" } else { "of the time" }
}

/// The length of a span.
pub(super) fn span(span: Span) -> String {
    length(span.into())
}

/// An instant of a run: `Mon 2027-01-04 10:00 (2 h after the start)`; `2 h` alone without a calendar.
pub(super) fn instant(model: &Model, at: Time) -> String {
    let since = span(at - Time::ZERO);
    model.clock.as_ref().map_or_else(
        || since.clone(),
        |clock| format!("{} ({since} after the start)", clock.at(at)),
    )
}

fn short(nanos: u128) -> String {
    let millis = (nanos + 500_000) / 1_000_000;
    match millis {
        _ if nanos == 0 => "0 s".to_owned(),
        _ if nanos < 1_000 => format!("{nanos} ns"),
        0 => micros(nanos),
        1..1_000 => format!("{millis} ms"),
        1_000..10_000 => trimmed(millis / 10, 100),
        _ => trimmed(millis / 100, 10),
    }
}

/// Millionths of a second, with three digits.
fn micros(nanos: u128) -> String {
    let number = match nanos {
        ..10_000 => decimals(nanos / 10, 100),
        10_000..100_000 => decimals(nanos / 100, 10),
        _ => (nanos / 1_000).to_string(),
    };
    format!("{number} \u{b5}s")
}

/// A number of parts of a second without closing zeros.
fn trimmed(parts: u128, one: u128) -> String {
    format!("{} s", decimals(parts, one))
}

/// A number of parts of one without closing zeros.
fn decimals(parts: u128, one: u128) -> String {
    let digits = one.ilog10() as usize;
    let text = format!("{}.{:02$}", parts / one, parts % one, digits);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The two largest units that are not zero, so that `1 h 10 s` is not `1 h`.
fn long(nanos: u128) -> String {
    let secs = (nanos + NANOS as u128 / 2) / NANOS as u128;
    let mut rest = secs;
    let mut parts = Vec::new();
    for (name, unit) in UNITS {
        let whole = rest / unit;
        rest %= unit;
        if whole > 0 && parts.len() < 2 {
            parts.push(format!("{} {name}", grouped(whole)));
        }
    }
    parts.join(" ")
}

/// A count with its thousands apart.
pub(super) fn count(number: u64) -> String {
    grouped(u128::from(number))
}

fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count with its noun: `1 agent`, `5,000 agents`.
pub(super) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// How many agents were not in service again when the run ended.
pub(super) fn not_back(number: u64) -> String {
    format!("{} not back at the end", counted(number, "was", "were"))
}

/// A share in percent, rounded to the digits that distinguish it from all and from none.
pub(super) fn percent(ratio: Ratio) -> String {
    let Some(billionths) = ratio.billionths() else { return "-".to_owned() };
    let missing = i128::from(NANOS) - billionths;
    // Units of 10^-7 percent; a small share keeps one or two digits, a large one all its nines.
    let digits = match (billionths < missing, missing.min(billionths)) {
        (_, 0) if ratio.part == 0 || ratio.part == ratio.whole => 0,
        (true, 10_000_000..) | (false, 20_000_000..) => 1,
        (true, 100_000..) | (false, 1_000_000..) => 2,
        (true, 10_000..) | (false, 100_000..) => 3,
        (_, 10_000..) => 4,
        _ => 5,
    };
    let unit = 10_i128.pow(7 - digits);
    let one = 10_i128.pow(digits);
    let all = 100 * one;
    let most = if ratio.part < ratio.whole { all - 1 } else { all };
    let rounded = ((billionths + unit / 2) / unit).min(most);
    match digits {
        0 => format!("{rounded} %"),
        _ => format!("{}.{:02$} %", rounded / one, rounded % one, digits as usize),
    }
}

/// A confidence level: `95 %`, `99.9 %`.
pub(super) fn level(level: f64) -> String {
    let percent = format!("{:.4}", level * 100.0);
    format!("{} %", percent.trim_end_matches('0').trim_end_matches('.'))
}

/// A part of a count in percent.
pub(super) fn share(part: u64, whole: u64) -> String {
    percent(Ratio { part: part.into(), whole: whole.into() })
}

/// The text behind percentiles: nothing if they are exact.
pub(super) const fn within(exact: bool) -> &'static str {
    if exact { "" } else { " (within 0.4 %)" }
}

/// Words with a capital letter first.
pub(super) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peaks_have_a_window() {
        assert_eq!(per_window(Time::from_secs(4 * 3_600)), "per s");
        assert_eq!(per_window(Time::from_secs(365 * 86_400)), "per 10 s");
        assert_eq!(per_window(Time::from_secs(3_650 * 86_400)), "per 2 min");
    }

    #[test]
    fn lengths_are_read_at_a_glance() {
        let cases = [
            (0, "0 s"),
            (1, "1 ns"),
            (1_370, "1.37 \u{b5}s"),
            (18_246, "18.2 \u{b5}s"),
            (250_400, "250 \u{b5}s"),
            (250_000_000, "250 ms"),
            (8_312_345_678, "8.31 s"),
            (8_000_000_000, "8 s"),
            (59_940_000_000, "59.9 s"),
            (93 * NANOS, "1 min 33 s"),
            (3_600 * NANOS, "1 h"),
            (3_660 * NANOS, "1 h 1 min"),
            (40 * 86_400 * NANOS + 7_199 * NANOS, "40 d 1 h"),
            (1_234 * 86_400 * NANOS, "1,234 d"),
        ];
        for (nanos, words) in cases {
            assert_eq!(length(Total(nanos.into())), words);
        }
    }

    #[test]
    fn times_of_several_agents_are_agent_hours() {
        let cases = [
            (0, "0 agent-s"),
            (12_340_000_000, "12.3 agent-s"),
            (59_999_999_999, "60 agent-s"),
            (90 * NANOS, "1.5 agent-min"),
            (702_000 * NANOS, "195 agent-hours"),
            (-36_720 * NANOS, "-10.2 agent-hours"),
            (4_446_000 * NANOS, "1,235 agent-hours"),
        ];
        for (nanos, words) in cases {
            assert_eq!(agent_time(Total(nanos.into()), 2), words);
        }
        assert_eq!(agent_time(Total(i128::from(90 * NANOS)), 1), "1 min 30 s");
    }

    #[test]
    fn shares_keep_the_digits_that_matter() {
        let cases = [
            (0, 5, "0 %"),
            (5, 5, "100 %"),
            (1, 3, "33.3 %"),
            (98_765, 100_000, "98.77 %"),
            (99_950, 100_000, "99.950 %"),
            (2, 10_000, "0.02 %"),
            (999_999, 1_000_000, "99.99990 %"),
            (0, 0, "-"),
        ];
        for (part, whole, words) in cases {
            assert_eq!(percent(Ratio { part, whole }), words);
        }
        assert_eq!(counted(1, "agent", "agents"), "1 agent");
        assert_eq!(counted(1_234_567, "agent", "agents"), "1,234,567 agents");
    }
}
