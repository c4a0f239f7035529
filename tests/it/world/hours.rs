//! `when` of a random fault: the hours of the week laid over a run, and the faults that fall into them.

use jiff::civil::Weekday;
use jiff::tz::TimeZoneDatabase;
use jiff::{SignedDuration, Timestamp};
use switchover::distribution::{Age, Law};
use switchover::faults::sample;
use switchover::model::{Clock, HostId, Hours, MIDNIGHT, Model, Schedule, Target};
use switchover::random::RandomNumbers;
use switchover::scenario::calendar;
use switchover::time::{Span, Time};

use crate::builder::{always, at, base, exponential, fault, s};
use crate::closed_form::Estimate;

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// Local time in Berlin from a start on.
fn berlin(start: &str) -> Clock {
    let zone = calendar::zone("Europe/Berlin").expect("a zone");
    calendar::start(start, Some(&zone)).expect("a start")
}

fn hours(clock: &Clock, windows: &[&str], horizon: i64) -> Hours {
    let windows: Vec<_> = windows.iter().map(|text| calendar::weekly(text).unwrap()).collect();
    Hours::of(clock, &windows, at(horizon))
}

fn in_hours(hours: &Hours) -> Vec<(f64, f64)> {
    let hour = |at: Time| (at - Time::ZERO).as_secs_f64() / HOUR as f64;
    hours.intervals().map(|(from, to)| (hour(from), hour(to))).collect()
}

#[test]
fn windows_open_on_their_days() {
    let monday = calendar::start("2027-01-04T00:00", None).unwrap();
    let of = |windows: &[&str], days: i64| in_hours(&hours(&monday, windows, days * DAY));
    assert_eq!(of(&["Mon,Wed 08:00-18:00"], 7), [(8.0, 18.0), (56.0, 66.0)]);
    assert_eq!(of(&["Sun 22:00-06:00"], 7), [(0.0, 6.0), (166.0, 168.0)]);
    assert_eq!(of(&["22:00-06:00"], 2), [(0.0, 6.0), (22.0, 30.0), (46.0, 48.0)]);
    assert_eq!(of(&["Sat,Sun"], 14), [(120.0, 168.0), (288.0, 336.0)]);
    assert_eq!(of(&["08:00-12:00", "10:00-14:00", "14:00-15:00"], 1), [(8.0, 15.0)]);
    assert_eq!(of(&["Sun"], 3), []);
    // What opened on the eve is open at the start.
    let clock = Clock { weekday: Some(Weekday::Tuesday), time: s(HOUR), ..MIDNIGHT.clone() };
    assert_eq!(in_hours(&hours(&clock, &["Mon 20:00-04:00"], 2 * DAY)), [(0.0, 3.0)]);
}

#[test]
fn a_window_is_open_while_the_clocks_show_a_time_in_it() {
    let spring = berlin("2027-03-28T00:00");
    assert_eq!(in_hours(&hours(&spring, &["02:00-03:00"], DAY)), []);
    assert_eq!(in_hours(&hours(&spring, &["01:00-05:00"], DAY)), [(1.0, 4.0)]);
    assert_eq!(in_hours(&hours(&spring, &["Sun"], 2 * DAY)), [(0.0, 23.0)]);
    let autumn = berlin("2027-10-31T00:00");
    assert_eq!(in_hours(&hours(&autumn, &["02:00-03:00"], DAY)), [(2.0, 4.0)]);
    assert_eq!(in_hours(&hours(&autumn, &["02:30-04:00"], DAY)), [(2.5, 3.0), (3.5, 5.0)]);
    assert_eq!(in_hours(&hours(&autumn, &["Sun"], 2 * DAY)), [(0.0, 25.0)]);
}

/// The hours of a year in three zones, quarter of an hour by quarter of an hour, against the calendar of jiff.
#[test]
fn the_hours_of_a_year_are_those_of_the_calendar() {
    let windows = ["Mon-Fri 08:00-18:15", "Sat 23:30-02:45", "Sun 01:00-24:00"];
    for name in ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"] {
        let zone = TimeZoneDatabase::bundled().get(name).unwrap();
        let clock = calendar::start("2027-01-01T00:30", Some(&zone)).unwrap();
        let start: Timestamp = clock.zone.as_ref().unwrap().start;
        let horizon = 366 * DAY;
        let hours = hours(&clock, &windows, horizon);
        let mut open = 0;
        for quarter in 0..horizon / 900 {
            let local = (start + SignedDuration::from_secs(900 * quarter)).to_zoned(zone.clone());
            let minute = i64::from(local.hour()) * 60 + i64::from(local.minute());
            let day = local.weekday();
            let inside = match day {
                Weekday::Saturday => minute >= 23 * 60 + 30,
                // The night of Saturday, and the day from one o'clock on.
                Weekday::Sunday => true,
                _ => (8 * 60..18 * 60 + 15).contains(&minute),
            };
            let now = at(900 * quarter);
            assert_eq!(hours.after(hours.passed(now)) == now, inside, "{name} {local}");
            assert_eq!(hours.passed(now), s(900 * open), "{name} {local}");
            open += i64::from(inside);
        }
    }
}

fn failing(failure: Law, repair: Law, age: Age, when: Hours, horizon: i64) -> Model {
    let mut model = base();
    model.horizon = at(horizon);
    let when = Some(when);
    let schedule = Schedule::Random { failure, repair, sets: vec![], age, when };
    fault(&mut model, Target::Host(HostId(0)), schedule);
    model
}

fn spells(model: &Model, replication: u64) -> Vec<(Time, Time)> {
    sample(model, RandomNumbers { seed: 5, replication })
        .iter()
        .map(|spell| (spell.from, spell.to))
        .collect()
}

#[test]
fn the_clock_of_a_fault_stands_still_outside_its_hours() {
    let open = || Hours::new(vec![(at(10), at(20)), (at(40), at(60)), (at(90), at(95))]);
    let of = |failure, repair, age| {
        spells(&failing(always(failure), always(repair), age, open(), 200), 0)
    };
    // 10 s of the first interval and 2 of the second; then from 47 on, 13 s and 1 of the third.
    assert_eq!(of(12, 5, Age::New), [(at(42), at(47)), (at(59), at(64))]);
    assert_eq!(of(14, 3, Age::New), [(at(44), at(47)), (at(91), at(94))]);
    // What ends just when the hours end begins with the next ones.
    assert_eq!(of(10, 100, Age::New), [(at(40), at(140))]);
    assert_eq!(of(35, 1, Age::New), []);
    // A repair goes on at any hour, and the age is counted in the hours.
    assert_eq!(of(14, 25, Age::Reached(s(9))), [(at(15), at(40)), (at(54), at(79))]);
}

#[test]
fn hours_without_an_end_change_nothing() {
    let law = || Law::Weibull { shape: 0.7, scale: s(50) };
    let always_open = Hours::new(vec![(Time::ZERO, at(10_000))]);
    let shut = failing(law(), exponential(5.0), Age::Equilibrium, always_open, 10_000);
    let mut plain = shut.clone();
    if let Schedule::Random { when, .. } = &mut plain.faults[0].schedule {
        *when = None;
    }
    assert!(spells(&plain, 3).len() > 50);
    assert_eq!(spells(&shut, 3), spells(&plain, 3));
}

/// Failures of an exponential law are a Poisson process of the time open less the time down; with repairs of no length
/// to speak of, their number has the mean and the variance `open / mean`, and none lies outside.
#[test]
fn the_rate_holds_in_the_hours_and_none_outside() {
    let clock = berlin("2027-03-22T00:00");
    let horizon = 21 * DAY;
    let by_day = hours(&clock, &["Mon-Fri 08:00-18:00"], horizon);
    let by_night = hours(&clock, &["Mon-Sun 18:00-08:00", "Sat,Sun 08:00-18:00"], horizon);
    let mut whole = Span::ZERO;
    for (when, mean) in [(by_day, 5.0 * HOUR as f64), (by_night, 40.0 * HOUR as f64)] {
        let open = when.passed(at(horizon));
        whole += open;
        let model =
            failing(exponential(mean), Law::Constant(Span(1)), Age::New, when.clone(), horizon);
        let expected = open.as_secs_f64() / mean;
        let mut counts = Vec::new();
        for replication in 0..4_000 {
            let found = spells(&model, replication);
            assert!(found.iter().all(|(from, _)| when.after(when.passed(*from)) == *from));
            counts.push(found.len() as f64);
        }
        let squares = counts.iter().map(|count| (count - expected) * (count - expected));
        Estimate::of(squares).agrees(expected);
        Estimate::of(counts).agrees(expected);
    }
    // Day and night are the whole time, less the hour that is skipped in spring.
    assert_eq!(whole, s(horizon));
}

/// The first failure of an aged law, in the hours: P(X > x) is the conditional survival at the time open before x.
#[test]
fn an_age_is_counted_in_the_hours() {
    let monday = calendar::start("2027-01-04T00:00", None).unwrap();
    let when = || hours(&monday, &["Mon-Fri 08:00-18:00"], 28 * DAY);
    let law = Law::Weibull { shape: 2.0, scale: s(60 * HOUR) };
    let age = s(30 * HOUR);
    let model = failing(law.clone(), always(40 * DAY), Age::Reached(age), when(), 28 * DAY);
    let firsts: Vec<Time> = (0..4_000)
        .map(|replication| spells(&model, replication).first().map_or(at(28 * DAY), |one| one.0))
        .collect();
    for hour in [12, 24 + 18, 4 * 24 + 9, 6 * 24, 10 * 24 + 15] {
        let truth = law.survival(age + when().passed(at(hour * HOUR))) / law.survival(age);
        let later = firsts.iter().map(|first| f64::from(u8::from(*first > at(hour * HOUR))));
        Estimate::of(later).agrees(truth);
    }
}
