//! The positions of ticks on an axis and their labels: round numbers, human times.
//!
//! It knows values, not pixels.

use crate::measures::Total;
use crate::model::{Clock, Unit};
use crate::report::units::one_of;
use crate::report::words;
use crate::time::{NANOS, Span, Time};

/// A tick: its value and its label.
pub(super) type Tick = (f64, String);

/// Steps of time that people count in, in seconds, up to days.
const TIME_STEPS: [f64; 27] = [
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0,
    120.0, 300.0, 600.0, 900.0, 1_800.0, 3_600.0, 7_200.0, 10_800.0, 21_600.0, 43_200.0, 86_400.0,
];

/// Values for a logarithmic axis of time, in seconds.
const LOG_TIMES: [f64; 20] = [
    0.001,
    0.01,
    0.1,
    1.0,
    3.0,
    10.0,
    30.0,
    60.0,
    180.0,
    600.0,
    1_800.0,
    3_600.0,
    10_800.0,
    43_200.0,
    86_400.0,
    259_200.0,
    864_000.0,
    2_592_000.0,
    8_640_000.0,
    31_536_000.0,
];

/// The smallest of 1, 2, 5 x 10^n that is at least `rough` (and at least 1 for whole numbers).
pub(super) fn round_step(rough: f64, whole: bool) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(rough.max(1e-9))));
    let steps = [1.0, 2.0, 5.0, 10.0].map(|step| step * power);
    let step = steps.into_iter().find(|step| *step >= rough * 0.999_999).unwrap_or(10.0 * power);
    if whole { step.max(1.0) } else { step }
}

/// Ticks of a count from 0 to at least `most`, at most `number` steps.
pub(super) fn counts(most: f64, number: u32, whole: bool) -> Vec<Tick> {
    let step = round_step(most / f64::from(number), whole);
    let last = libm::ceil(most / step * 0.999_999).max(1.0) as u32;
    (0..=last).map(|n| (f64::from(n) * step, plain(f64::from(n) * step, step))).collect()
}

/// A number with no more decimals than its step needs.
fn plain(value: f64, step: f64) -> String {
    if step >= 1.0 {
        return words::count(libm::round(value) as u64);
    }
    let decimals = libm::ceil(-libm::log10(step) - 1e-9) as usize;
    format!("{value:.decimals$}")
}

/// The step of a time axis of `length` seconds with at most `number` ticks.
fn time_step(length: f64, number: u32) -> f64 {
    let rough = length / f64::from(number);
    let step = TIME_STEPS.into_iter().find(|step| *step >= rough);
    step.unwrap_or_else(|| round_step(rough / 86_400.0, true) * 86_400.0)
}

/// Ticks of instants between two, in seconds from an origin: "10 min", "3 h", "day 40".
pub(super) fn instants(from: f64, to: f64, number: u32) -> Vec<Tick> {
    let step = time_step(to - from, number);
    let label = |at: f64| {
        if step >= 86_400.0 && at > 0.0 {
            format!("day {}", words::count(libm::round(at / 86_400.0) as u64))
        } else {
            precise(at, step)
        }
    };
    let (first, last) = (libm::ceil(from / step - 1e-6), libm::floor(to / step + 1e-6));
    let steps = libm::fmax(last - first, 0.0) as u32;
    (0..=steps).map(|n| (first + f64::from(n)) * step).map(|at| (at, label(at))).collect()
}

/// Ticks of a whole run in local time, in seconds since its start: dates at midnight, or times of day.
pub(super) fn local(clock: &Clock, horizon: Time, number: u32) -> Vec<Tick> {
    local_between(clock, (Time::ZERO, horizon), number)
}

/// The same of a part of a run.
pub(super) fn local_between(clock: &Clock, (first, last): (Time, Time), number: u32) -> Vec<Tick> {
    let step = time_step((last - first).as_secs_f64(), number);
    let format = if step >= 86_400.0 { "%a %-d %b" } else { "%a %H:%M" };
    let step = Span::from_secs_f64(step).0;
    let mut ticks = Vec::new();
    for stretch in clock.stretches() {
        let (from, to) = (stretch.from.max(first), stretch.to.min(last + Span(1)));
        // Steps count from the midnight before the start.
        let mut wall = stretch.wall(from);
        wall += (-wall).rem_euclid(step);
        while from < to && stretch.instant(wall) < to {
            let at = stretch.instant(wall);
            ticks.push(((at - Time::ZERO).as_secs_f64(), clock.show(at, format)));
            wall += step;
        }
    }
    ticks
}

/// Ticks of lengths of time from 0 to at least `most` seconds.
pub(super) fn lengths(most: f64, number: u32) -> Vec<Tick> {
    let step = time_step(most, number);
    let last = libm::ceil(most / step * 0.999_999).max(1.0) * step;
    multiples(step, last).map(|at| (at, precise(at, step))).collect()
}

/// Ticks of agent time from 0 to at least `most` seconds, at most about `number`, as bare numbers in the unit that
/// suits the largest value of the chart; and that unit, for the label of the axis.
pub(super) fn agent_times(largest: f64, most: f64, number: u32) -> (Vec<Tick>, &'static str) {
    let (one, name) = one_of(largest, Unit::AgentTime);
    let ticks = counts(most / one, number, false).into_iter();
    (ticks.map(|(at, label)| (at * one, label)).collect(), name.trim_start())
}

/// Ticks of values between two bounds, at most about `number` of them, in the unit that suits the larger bound.
pub(super) fn values(least: f64, most: f64, number: u32, unit: Unit) -> Vec<Tick> {
    values_beside(f64::max(least.abs(), most.abs()), (least, most), number, unit)
}

/// The same in the unit that suits the largest value that the chart writes out.
pub(super) fn values_beside(
    largest: f64,
    (least, most): (f64, f64),
    number: u32,
    unit: Unit,
) -> Vec<Tick> {
    let (one, name) = one_of(largest, unit);
    let rough = (most - least) / f64::from(number);
    let step = match unit {
        // 15 or 30 seconds, minutes and hours, too.
        Unit::Time
            if one >= 1.0 && rough >= one && time_step(most - least, number) % one == 0.0 =>
        {
            time_step(most - least, number)
        }
        _ => round_step(rough / one, false) * one,
    };
    let (first, last) = (libm::ceil(least / step - 1e-6), libm::floor(most / step + 1e-6));
    let steps = libm::fmax(last - first, 0.0) as u32;
    let at = |n: u32| (first + f64::from(n)) * step;
    let label = |value: f64| {
        let sign = if value < -step / 2.0 { "-" } else { "" };
        format!("{sign}{}{name}", plain(value.abs() / one, step / one))
    };
    (0..=steps).map(at).map(|value| (value, label(value))).collect()
}

/// Ticks of lengths of time between two bounds above zero, on a logarithmic axis.
pub(super) fn log_lengths(least: f64, most: f64) -> Vec<Tick> {
    let within = LOG_TIMES.into_iter().filter(|at| (least..=most).contains(at));
    within.map(|at| (at, duration(at))).collect()
}

/// The bounds of a logarithmic axis: the listed times around two lengths.
pub(super) fn log_bounds(least: f64, most: f64) -> (f64, f64) {
    let below = LOG_TIMES.into_iter().rev().find(|at| *at <= least).unwrap_or(LOG_TIMES[0]);
    let above = LOG_TIMES.into_iter().find(|at| *at >= most).unwrap_or(most);
    (below, above)
}

fn multiples(step: f64, last: f64) -> impl Iterator<Item = f64> {
    let number = libm::floor(last / step + 1e-6) as u32;
    (0..=number).map(move |n| f64::from(n) * step)
}

/// A length of time with every digit that distinguishes it from its neighbours one step away: `3 h
/// 0 min 30 s` is `3 h 30 s`, and never `3 h`.
fn precise(secs: f64, step: f64) -> String {
    let sign = if secs < -step / 2.0 { "-" } else { "" };
    let mut rest = libm::round(secs.abs() * 1e3) as u64;
    let mut parts = Vec::new();
    for (unit, millis) in [(" d", 86_400_000), (" h", 3_600_000), (" min", 60_000)] {
        if rest >= millis {
            parts.push(format!("{}{unit}", words::count(rest / millis)));
            rest %= millis;
        }
    }
    if rest >= 1_000 && parts.is_empty() || rest > 0 && !parts.is_empty() {
        let text = format!("{}.{:03}", rest / 1_000, rest % 1_000);
        parts.push(format!("{} s", text.trim_end_matches('0').trim_end_matches('.')));
    } else if rest > 0 {
        parts.push(format!("{rest} ms"));
    }
    if parts.is_empty() { "0 s".to_owned() } else { format!("{sign}{}", parts.join(" ")) }
}

fn duration(secs: f64) -> String {
    words::length(Total(libm::round(secs * NANOS as f64) as i128))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::calendar;

    #[test]
    fn ticks_are_round_and_named_as_people_do() {
        let labels = |ticks: Vec<Tick>| ticks.into_iter().map(|tick| tick.1).collect::<Vec<_>>();
        assert_eq!(labels(counts(1.0, 5, true)), ["0", "1"]);
        assert_eq!(labels(counts(5_000.0, 5, true)).last().map(String::as_str), Some("5,000"));
        assert_eq!(labels(counts(0.13, 3, false)), ["0.00", "0.05", "0.10", "0.15"]);
        assert_eq!(labels(instants(0.0, 60.0, 6))[..3], ["0 s", "10 s", "20 s"]);
        assert_eq!(labels(instants(0.0, 3_600.0, 8))[1], "10 min");
        assert_eq!(labels(instants(0.0, 86_400.0, 8))[1], "3 h");
        assert_eq!(labels(instants(0.0, 31_536_000.0, 8))[..2], ["0 s", "day 50"]);
        assert_eq!(labels(instants(-12.0, 31.0, 4)), ["0 s", "15 s", "30 s"]);
        assert_eq!(labels(instants(-65.0, 0.0, 2)), ["-1 min", "0 s"]);
        assert_eq!(labels(log_lengths(1.0, 60.0)), ["1 s", "3 s", "10 s", "30 s", "1 min"]);
    }

    /// The night in which the clocks of Berlin go from 02:00 to 03:00.
    #[test]
    fn local_ticks_follow_the_clocks() {
        let zone = calendar::zone("Europe/Berlin").expect("a zone");
        let clock = calendar::start("2027-03-27T12:00", Some(&zone)).expect("a start");
        let hours = |from: i64| Time::from_secs(from * 3_600);
        let shown = |horizon, number| {
            let ticks = local(&clock, hours(horizon), number).into_iter();
            ticks.map(|(at, label)| format!("{} {label}", at / 3_600.0)).collect::<Vec<_>>()
        };
        assert_eq!(
            shown(23, 4),
            ["0 Sat 12:00", "6 Sat 18:00", "12 Sun 00:00", "17 Sun 06:00", "23 Sun 12:00"]
        );
        assert_eq!(shown(72, 4), ["12 Sun 28 Mar", "35 Mon 29 Mar", "59 Tue 30 Mar"]);
    }

    #[test]
    fn labels_keep_the_digits_that_differ() {
        let labels = |ticks: Vec<Tick>| ticks.into_iter().map(|tick| tick.1).collect::<Vec<_>>();
        let far = 2.0 * 86_400.0 + 3.0 * 3_600.0;
        assert_eq!(
            labels(instants(far, far + 30.0, 2)),
            ["2 d 3 h", "2 d 3 h 15 s", "2 d 3 h 30 s"]
        );
        let close = values(7_200.0, 7_230.0, 3, Unit::Time);
        assert_eq!(labels(close), ["120.0 min", "120.2 min", "120.4 min"]);
        assert_eq!(labels(values(-1.0, 1.0, 4, Unit::Time))[..2], ["-1.0 s", "-0.5 s"]);
        assert_eq!(labels(values(60.5, 61.0, 1, Unit::Time)), ["60.5 s", "61.0 s"]);
        assert_eq!(labels(values(0.0, 7_200.0, 5, Unit::Time))[..3], ["0 min", "30 min", "60 min"]);
        assert_eq!(
            labels(values(0.0, 3_000.0, 4, Unit::AgentTime))[..2],
            ["0 agent-min", "20 agent-min"]
        );
    }
}
