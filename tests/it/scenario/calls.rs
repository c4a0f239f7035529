//! Queues of calls in scenarios: messages word for word, and what is resolved of them.

use std::fmt::Write;

use switchover::diagnostic::Source;
use switchover::distribution::Law;
use switchover::model::{Arrivals, AtLoss, GroupId, Model, Piece, ShareOf};
use switchover::resolve::resolve;
use switchover::scenario::{DrOff, Files, load};
use switchover::time::Span;

use super::messages::{SOUND, said};
use crate::bless::differs;

/// A queue with what it needs, but for one key.
fn queue_but_for(key: &str) -> String {
    let needed = [("name", "\"q\""), ("arrivals", "\"60/h\""), ("handling", "\"3m\"")];
    let lines = needed.iter().filter(|(name, _)| *name != key);
    lines.fold("[[calls]]\n".to_owned(), |text, (name, value)| text + name + " = " + value + "\n")
}

/// Each key with values of a wrong type and out of range.
const KEYS: [(&str, &[&str]); 19] = [
    ("name", &["1", "\"\""]),
    (
        "arrivals",
        &[
            "60",
            "\"60\"",
            "\"0/h\"",
            "[]",
            "[\"60/h\"]",
            "[{ when = \"08:00-18:00\" }]",
            "[{ when = \"08:00-18:00\", rate = \"60/h\" }]",
            "{ file = \"none.csv\" }",
            "{ file = \"times.csv\" }",
            "{ fle = \"times.csv\" }",
        ],
    ),
    ("day-factor", &["\"10\"", "0"]),
    ("handling", &["180", "\"0s\"", "{ normal = \"3m\" }"]),
    ("after-call", &["30", "\"-1s\""]),
    ("patience", &["120", "{ exponential = \"0s\" }"]),
    ("never-waits", &["0.1", "\"110%\""]),
    ("groups", &["\"sales\"", "[]", "[\"salse\"]", "[\"sales\", \"sales\"]"]),
    ("redial", &["0.5", "\"0%\"", "\"50%\""]),
    ("redial-delay", &["300", "\"5m\""]),
    ("waiting-places", &["\"ten\"", "-1"]),
    ("pooled", &["\"yes\""]),
    (
        "entry",
        &[
            "\"X\"",
            "[\"X\"]",
            "[{ site = \"X\" }]",
            "[{ site = \"X\", share = \"60%\" }]",
            "[{ site = \"X\", share = \"60%\" }, { site = \"X\", share = \"40%\" }]",
            "[{ site = \"Z\", share = \"100%\" }]",
        ],
    ),
    ("call-at-loss", &["true", "\"dropped\""]),
    ("ring-timeout", &["10", "\"0s\""]),
    ("gateway-lag", &["32", "\"-1s\""]),
    ("answer-within", &["20", "\"0s\""]),
    ("service-level", &["\"80%\"", "\"waited\""]),
    ("service-level-target", &["0.8", "\"100%\"", "\"0%\""]),
];

fn tell(out: &mut String, key: &str, line: &str) {
    let found = said(&format!("{SOUND}{}{line}\n", queue_but_for(key)));
    assert!(!found.is_empty(), "nothing is wrong with `{line}`");
    writeln!(out, "{line}\n    {}", found.replace('\n', "\n    ")).expect("text");
}

#[test]
fn every_key_says_what_is_wrong_with_it() {
    let mut out = String::new();
    for (key, values) in KEYS {
        tell(&mut out, key, &format!("{} = 1", &key[..key.len() - 1]));
        for value in values {
            tell(&mut out, key, &format!("{key} = {value}"));
        }
    }
    if let Some(differs) = differs("tests/it/scenario/calls_messages.txt", &out) {
        panic!("{differs}");
    }
}

#[track_caller]
fn check(top: &str, below: &str, expected: &str) {
    assert_eq!(said(&format!("{top}{SOUND}{}{below}", queue_but_for(""))), expected);
}

#[test]
fn what_does_not_go_together() {
    check("", "", "");
    check("", &queue_but_for(""), "S011 15:8 two queues of calls have the name `q` | again");
    check(
        "",
        "never-waits = \"100%\"\npatience = \"2m\"\n",
        "S012 15:12 `patience` does nothing with `never-waits = \"100%\"` | has no effect | remove one of the two",
    );
    check("", "[policy]\nrestore-when = \"idle\"\n", "");
    check(
        "calls-simulated = \"windows\"\n",
        "[policy]\nrestore-when = \"idle\"\n",
        "S012 16:16 `restore-when = \"idle\"` does not wait for calls that are simulated in windows | \
         outside of windows calls are not known | simulate all calls (`calls-simulated = \"full\"`), or write \
         \"immediate\" or a window: a call goes on while its agent goes back",
    );
    check("call-interval = \"15m\"\n", "", "");
    check(
        "call-interval = \"20m\"\n",
        "",
        "S009 1:17 `call-interval` cannot be \"20m\" | not one of \"15m\", \"30m\", \"60m\" | did you \
         mean \"30m\"?",
    );
    assert_eq!(
        said(&format!("call-interval = \"15m\"\n{SOUND}")),
        "S012 1:17 `call-interval` does nothing without `[[calls]]` | has no effect | add `[[calls]]`, or leave \
         `call-interval` out"
    );
    check("calls-simulated = \"full\"\n", "", "");
    check(
        "calls-simulated = \"window\"\n",
        "",
        "S009 1:19 `calls-simulated` cannot be \"window\" | not one of \"full\", \"windows\" | did you mean \"windows\"?",
    );
    assert_eq!(
        said(&format!("calls-simulated = \"windows\"\n{SOUND}")),
        "S012 1:19 `calls-simulated` does nothing without `[[calls]]` | has no effect | add `[[calls]]`, or leave \
         `calls-simulated` out"
    );
    let often = queue_but_for("arrivals") + "arrivals = \"40000/s\"\n";
    assert_eq!(
        said(&format!("{SOUND}{often}")),
        "S021 13:12 the calls come too often | more than 100 million calls within the horizon | make the rate lower, or \
         the horizon shorter"
    );
}

/// Files by name.
struct Named<'f>(&'f [(&'f str, &'f str)]);

impl Files for Named<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let found = self.0.iter().find(|(name, _)| *name == path);
        found.map(|(_, text)| text.as_bytes().to_vec()).ok_or_else(|| "no such file".to_owned())
    }
}

/// What a text is resolved to, or what is said about it.
fn resolved(text: &str, file: &str) -> Result<Model, String> {
    let loaded = load("t.toml", text.as_bytes(), &Named(&[("calls.csv", file)]));
    let source = Source::from_bytes("t.toml", text.as_bytes()).with(&loaded.attached);
    let mut found = loaded.diagnostics;
    let (resolved, more) = resolve(&loaded.document.expect("TOML"), &DrOff::default());
    found.extend(more);
    let line = |d: &switchover::diagnostic::Diagnostic| {
        let help = d.help.as_ref().map_or(String::new(), |help| format!(" | {help}"));
        let (at, start) = (source.position(d.primary.span.start), d.primary.span.start);
        let file = source.other(start).map_or(String::new(), |file| format!("{file}:"));
        let place = format!("{file}{}:{}", at.line, at.column);
        format!("{} {place} {} | {}{help}", d.code, d.message, d.primary.text)
    };
    match resolved {
        Some(resolved) if found.is_empty() => Ok(resolved.model),
        _ => Err(found.iter().map(line).collect::<Vec<_>>().join("\n")),
    }
}

/// The arrivals of a queue in a run of so many hours, and what was said instead.
fn arrivals(top: &str, hours: u32, arrivals: &str, file: &str) -> Result<Arrivals, String> {
    let sound = SOUND.replace("\"1h\"", &format!("\"{hours}h\""));
    let text = format!("{top}{sound}{}arrivals = {arrivals}\n", queue_but_for("arrivals"));
    resolved(&text, file).map(|mut model| model.calls.queues.remove(0).arrivals)
}

/// Hours and calls per hour, one after the other.
fn pieces(arrivals: Result<Arrivals, String>) -> Vec<(f64, f64)> {
    let arrivals = arrivals.expect("a sound scenario");
    assert!(!arrivals.repeats);
    let hours = |piece: &Piece| piece.lasts.as_secs_f64() / 3600.0;
    arrivals.pieces.iter().map(|piece| (hours(piece), piece.per_hour)).collect()
}

const MONDAY: &str = "clock = \"Mon 06:00\"\n";

#[test]
fn a_rate_is_constant() {
    let found = arrivals("", 1, "\"2/m\"", "").unwrap();
    assert_eq!(found, Arrivals::constant(120.0));
    let found = arrivals(MONDAY, 1, "\"120/h\"", "").unwrap();
    assert_eq!(found, Arrivals { phase: Span::from_secs(6 * 3600), ..Arrivals::constant(120.0) });
}

#[test]
fn of_windows_that_are_open_the_first_counts() {
    let profile = "[{ when = \"Mon 10:00-12:00\", rate = \"90/h\" }, { when = \"Mon-Fri 08:00-18:00\", rate = \"60/h\" }]";
    let found = arrivals(MONDAY, 48, profile, "");
    let expected = [(8.0, 0.0), (2.0, 60.0), (2.0, 90.0), (6.0, 60.0), (14.0, 0.0), (10.0, 60.0)];
    assert_eq!(pieces(found), expected);
}

#[test]
fn a_profile_follows_the_clocks() {
    let berlin = "start = \"2027-03-28T00:00\"\ntime-zone = \"Europe/Berlin\"\n";
    let found = arrivals(berlin, 24, "[{ when = \"08:00-10:00\", rate = \"60/h\" }]", "");
    assert_eq!(pieces(found), [(7.0, 0.0), (2.0, 60.0)], "a day of 23 hours");
}

#[test]
fn counts_come_by_day_by_week_by_date_or_since_the_start() {
    let file = "{ file = \"calls.csv\" }";
    let daily = arrivals(MONDAY, 30, file, "interval,calls\n08:00,30\n08:30,15.5\n09:00,0\n");
    assert_eq!(
        pieces(daily),
        [(8.0, 0.0), (0.5, 60.0), (0.5, 31.0), (23.0, 0.0), (0.5, 60.0), (0.5, 31.0), (0.5, 0.0)]
    );
    let weekly =
        arrivals(MONDAY, 30, file, "interval,calls\nSun 23:30,9\nMon 00:00,1\nMon 08:00,5\n");
    assert_eq!(pieces(weekly), [(8.0, 0.0), (0.5, 10.0)]);
    let columns = "{ file = \"calls.csv\", interval = \"Start\", count = \"Offered\" }";
    let dated = arrivals(
        "start = \"2027-01-04T08:00\"\n",
        2,
        columns,
        "Start,Queue,Offered\n2027-01-04 07:30,a,5\n2027-01-04 08:00,a,10\n2027-01-04 08:30,a,20\n",
    );
    assert_eq!(pieces(dated), [(8.0, 0.0), (0.5, 20.0), (0.5, 40.0)]);
    let since =
        arrivals("", 2, "{ file = \"calls.csv\", length = \"10m\" }", "interval,calls\n30m,5\n");
    let since = pieces(since);
    assert_eq!(since.len(), 2);
    assert_eq!(since[0], (0.5, 0.0));
    assert!((since[1].1 - 30.0).abs() < 1e-9);
}

const NUMBERS: &str = "write a number from 0 to 1000000000 such as `1234.5`: a point before decimals, and nothing between \
                       thousands";
const FORMS: &str = "write its start as `2027-01-04 08:00`, `Mon 08:00` (every week), `08:00` (every day), or `90m` since the \
                     start of the run";

#[test]
fn files_of_counts_that_cannot_be_used() {
    let file = "{ file = \"calls.csv\" }";
    let wrong = |rows: &str| {
        let text = format!("interval,calls\n{rows}");
        arrivals(MONDAY, 1, file, &text).expect_err(rows)
    };
    let bad = "S015 14:21 the file `calls.csv`";
    assert_eq!(wrong(""), format!("{bad} has no rows | "));
    assert_eq!(
        wrong("08:00,5\n"),
        format!(
            "{bad} has one row | the length of its interval is not known | write `length = \"30m\"`"
        )
    );
    let cell = |place: &str, column: &str, label: &str| {
        format!("S015 calls.csv:{place} a bad value in the column `{column}` | {label}")
    };
    assert_eq!(
        wrong("08:00,5\n08:30,many\n09:00,-1\n8 o'clock,5\n08:45\n"),
        [
            &cell("3:7", "calls", &format!("not a number of calls | {NUMBERS}")),
            &cell("4:7", "calls", &format!("it must be from 0 to 1000000000 | {NUMBERS}")),
            &cell("5:1", "interval", &format!("`o` is no unit of time | {FORMS}")),
            "S015 calls.csv:6:1 a row does not fit the header | 1 cell, but there are 2 columns",
        ]
        .join("\n")
    );
    assert_eq!(
        wrong("08:00,5\nMon 08:30,1\n"),
        cell("3:1", "interval", "this is a weekday with a time, the first row is a time of day")
    );
    let order = "it begins before the row before it ends, or ends after the first begins";
    assert_eq!(wrong("08:00,5\n08:30,1\n08:45,1\n"), cell("4:1", "interval", order));
    assert_eq!(
        wrong("08:00,5\n08:00,1\n"),
        cell("3:1", "interval", "the interval of the row before")
    );
    let twice = "interval,calls,calls\n08:00,5,6\n08:30,1,2\n";
    assert_eq!(
        arrivals(MONDAY, 1, file, twice).expect_err("two columns"),
        "S011 calls.csv:1:16 two columns have the name `calls` | again"
    );
    assert_eq!(wrong("08:00,\"5\n"), "S015 calls.csv:2:7 a quote is never closed | opened here");
    assert_eq!(
        arrivals("", 1, file, "interval,calls\n08:00,5\n08:30,1\n").expect_err("no calendar"),
        "S012 13:12 local time needs a calendar | the scenario does not say when it starts | write `start = \
         \"2027-01-04T00:00\"`, or at least `clock = \"Mon 00:00\"`, at the top of the file"
    );
    let long = "{ file = \"calls.csv\", length = \"2d\" }";
    assert_eq!(
        arrivals(MONDAY, 1, long, "interval,calls\nMon 00:00,5\n").expect_err("long"),
        "S008 14:43 `length` is out of range | an interval of a day or a week is at most `1d` long"
    );
    assert_eq!(
        arrivals(MONDAY, 1, file, "interval,calls\n08:00,5\n08:30,1\n").expect_err("too early"),
        "S018 14:12 nobody ever calls this queue | no call comes in the run"
    );
}

#[test]
fn defaults_are_filled_in() {
    let model = resolved(&format!("{SOUND}{}", queue_but_for("")), "").unwrap();
    let queue = &model.calls.queues[0];
    assert_eq!(model.calls.interval, Span::from_secs(1800));
    assert_eq!(queue.groups, [GroupId(0)]);
    assert_eq!(queue.entry, [1.0, 0.0], "all prefer X");
    assert_eq!(queue.after_call, Law::Constant(Span::ZERO));
    assert!(queue.pooled && queue.at_loss == AtLoss::Lost && queue.redial.is_none());
    assert_eq!([queue.ring_timeout, queue.gateway_lag], [10, 32].map(Span::from_secs));
    assert_eq!((queue.level.within, queue.level.of), (Span::from_secs(20), ShareOf::Offered));
    let entry = "entry = [{ site = \"Y\", share = \"40%\" }, { site = \"X\", share = \"60%\" }]\n";
    let model = resolved(&format!("{SOUND}{}{entry}", queue_but_for("")), "").unwrap();
    assert_eq!(model.calls.queues[0].entry, [0.6, 0.4]);
}
