//! Local time in scenarios: which instants are meant, and messages word for word.

use switchover::model::Schedule;
use switchover::resolve::resolve;
use switchover::scenario::{DrOff, NoFiles, load};
use switchover::time::Time;

use super::messages::{SOUND, said};

const BERLIN: &str = "start = \"2027-03-27T12:00\"\ntime-zone = \"Europe/Berlin\"\n";

/// A scenario of four weeks with this at its top and below.
fn text(top: &str, below: &str) -> String {
    format!("{top}{}{below}", SOUND.replace("\"1h\"", "\"4w\""))
}

fn fault(at: &str) -> String {
    format!("[[fault]]\ntarget = \"site X\"\nat = {at}\nfor = \"1h\"\n")
}

/// When the fault begins, in hours.
fn begins(top: &str, at: &str) -> f64 {
    let text = text(top, &fault(at));
    assert_eq!(said(&text), "", "{text}");
    let document = load("t.toml", text.as_bytes(), &NoFiles).document.unwrap();
    let model = resolve(&document, &DrOff::default()).0.unwrap().model;
    let Schedule::Scripted { at, .. } = model.faults[0].schedule else { panic!("{text}") };
    (at - Time::ZERO).as_secs_f64() / 3_600.0
}

#[test]
fn instants_are_written_as_people_say_them() {
    for (at, hours) in [
        ("\"90m\"", 1.5),
        ("\"13:30\"", 1.5),
        ("\"Mon 10:00\"", 45.0),
        ("\"Monday 10:00\"", 45.0),
        ("\"2027-03-29T10:00\"", 45.0),
        ("\"2027-03-29 10:00:00\"", 45.0),
        ("\"Mon 2027-03-29 10:00\"", 45.0),
        ("2027-03-29T10:00:00", 45.0),
        ("2027-03-29", 35.0),
        ("13:30:00", 1.5),
    ] {
        assert_eq!(begins(BERLIN, at), hours, "{at}");
    }
    assert_eq!(begins("start = 2027-03-27T12:00:00\n", "\"Mon 10:00\""), 46.0);
    assert_eq!(begins("clock = \"Sat 12:00\"\n", "\"Mon 10:00\""), 46.0);
    assert_eq!(begins("clock = \"12:00\"\n", "\"10:00\""), 22.0);
}

#[track_caller]
fn check(top: &str, below: &str, expected: &str) {
    assert_eq!(said(&text(top, below)), expected);
}

#[test]
fn the_start_is_a_date_in_a_zone() {
    check(
        "start = \"2027-01-04T00:00\"\ntime-zone = \"Europe/Berlni\"\n",
        "",
        "S010 2:13 no time zone `Europe/Berlni` | not in the time zone database of this program | did you mean Europe/Berlin?",
    );
    check(
        "start = \"2027-13-04T00:00\"\n",
        &fault("\"Mon 10:00\""),
        "S007 1:9 `start` must be a date with a time of day | not a date with a time | write date and time, such as \"2027-01-04T00:00\"",
    );
    check(
        "start = \"2027-03-28T02:30\"\ntime-zone = \"Europe/Berlin\"\n",
        "",
        "S007 1:9 `start` must be a date with a time of day | the clocks of Europe/Berlin skip this time | write date and time, such as \"2027-01-04T00:00\"",
    );
    check(
        "time-zone = \"Europe/Berlin\"\n",
        "",
        "S012 1:13 `time-zone` does nothing without `start` | has no effect | add `start`, or leave `time-zone` out",
    );
    check(
        "clock = \"Mon 00:00\"\nstart = \"2027-01-04T00:00\"\n",
        "",
        "S012 2:9 `clock` and `start` say the same thing | too much | keep one of the two",
    );
}

#[test]
fn local_time_that_is_no_instant() {
    let wrong = |top: &str, at: &str, label: &str| {
        let help = "write a time since the start (\"90s\", \"2h30m\"), or local time: \"10:00\", \"Mon 10:00\", \"2027-01-04T10:00\"";
        let line = top.lines().count() + 12;
        let expected =
            format!("S007 {line}:6 `at` must be a duration or local time | {label} | {help}");
        check(top, &fault(at), &expected);
    };
    wrong(BERLIN, "\"2027-03-28T02:30\"", "the clocks of Europe/Berlin skip this time");
    wrong(BERLIN, "\"2027-03-27T11:00\"", "before the start of the run");
    wrong(BERLIN, "\"25:00\"", "not a time of day");
    wrong(BERLIN, "\"soon\"", "not a time of day");
    wrong("", "\"soon\"", "not a duration");
    wrong(
        "clock = \"00:00\"\n",
        "\"Mon 10:00\"",
        "the scenario does not say on which day of the week it starts",
    );
    wrong(
        "clock = \"Mon 00:00\"\n",
        "\"2027-01-04\"",
        "the scenario does not say on which date it starts",
    );
    check(
        "",
        &fault("\"10:00\""),
        "S012 12:6 local time needs a calendar | the scenario does not say when it starts | \
         write `start = \"2027-01-04T00:00\"`, or at least `clock = \"Mon 00:00\"`, at the top of the file",
    );
    check(
        BERLIN,
        &fault("\"2027-06-01T10:00\""),
        "S018 12:1 this begins after the end of the run | never happens",
    );
}

#[test]
fn hours_need_a_calendar_and_a_random_fault() {
    let random = |when: &str| {
        format!("[[fault]]\ntarget = \"site X\"\nmtbf = \"1d\"\nmttr = \"1h\"\nwhen = {when}\n")
    };
    let day = "\"Mon-Fri 08:00-18:00\"";
    check(BERLIN, &random(day), "");
    check(BERLIN, &random("[\"Mon-Fri 18:00-08:00\", \"Sat,Sun\"]"), "");
    check("clock = \"00:00\"\n", &random("\"08:00-18:00\""), "");
    check(
        "",
        &random(day),
        "S012 14:8 `when` needs a calendar | the scenario does not say when it starts | \
         write `start = \"2027-01-04T00:00\"`, or at least `clock = \"Mon 00:00\"`, at the top of the file",
    );
    check(
        "clock = \"00:00\"\n",
        &random(day),
        "S012 15:8 days of the week need a calendar that knows them | \
         the scenario does not say on which day of the week it starts | \
         write the weekday before the time of `clock`: `clock = \"Mon 00:00\"`",
    );
    check(
        BERLIN,
        &random("\"Mon-Fry 08:00-18:00\""),
        "S007 16:8 `when` must be a window of the week or a list of them | `Fry` is no day of the week | \
         write days and times, such as \"Mon-Fri 08:00-18:00\", \"Sat,Sun\" or \"22:00-06:00\"",
    );
    check(
        BERLIN,
        &random("[]"),
        "S008 16:8 `when` is out of range | it must name at least one window",
    );
    check(
        BERLIN,
        &format!("{}when = {day}\n", fault("\"10m\"")),
        "S012 16:8 a scripted fault has no hours | for random faults only | remove `when`, or write `failure` and `repair`",
    );
    let short = text(BERLIN, &random(day)).replace("\"4w\"", "\"1d\"");
    assert_eq!(said(&short), "S018 16:8 these hours never come in the run | never happens");
}
