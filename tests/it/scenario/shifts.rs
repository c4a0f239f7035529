//! Shifts in scenarios: when they are on, who takes which, and messages word for word.

use switchover::model::Model;
use switchover::resolve::resolve;
use switchover::scenario::{DrOff, Files, load};

use super::messages::{SOUND, said};

const BERLIN: &str = "start = \"2027-03-26T00:00\"\ntime-zone = \"Europe/Berlin\"\n";

const HELP: &str = "write days and times, such as \"Mon-Fri 08:00-17:00\" or \"Mon-Fri 08:00-12:00 + Sat 09:00-13:00\"";

struct Roster;

impl Files for Roster {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        let rows = "name,shift\nben,\"Sat 10:00-12:00 + Sun 10:00-12:00\"\ncleo,\ndan,\n";
        Ok(rows.as_bytes().to_vec())
    }
}

/// A scenario of four days with this at its top and below.
fn text(top: &str, below: &str) -> String {
    format!("{top}{}{below}", SOUND.replace("\"1h\"", "\"4d\""))
}

fn model(top: &str, below: &str) -> Model {
    model_from(BERLIN, top, below)
}

fn model_from(start: &str, top: &str, below: &str) -> Model {
    let text = text(&format!("{start}{top}"), below);
    let loaded = load("t.toml", text.as_bytes(), &Roster);
    assert_eq!(loaded.diagnostics, [], "{text}");
    resolve(&loaded.document.unwrap(), &DrOff::default()).0.unwrap().model
}

/// The hours of a shift, in hours since the start.
fn hours(model: &Model, agent: u32) -> Vec<(f64, f64)> {
    let shift = model.shift(switchover::model::AgentId(agent)).unwrap();
    let secs = |at: switchover::time::Time| (at - switchover::time::Time::ZERO).as_secs_f64();
    shift.hours.intervals().map(|(from, to)| (secs(from) / 3600.0, secs(to) / 3600.0)).collect()
}

/// The clocks go forward in the night to Sunday, the third day: it has 23 hours.
#[test]
fn shifts_are_in_local_time() {
    let model = model("", "shift = \"Fri,Mon 08:00-17:00 + Sat-Sun 22:00-06:00\"\n");
    assert_eq!(hours(&model, 0), [(8.0, 17.0), (46.0, 53.0), (69.0, 77.0), (79.0, 88.0)]);
}

/// The clocks go back in the night to Sunday, the third day: it has 25 hours, and half past two comes twice; the first
/// counts.
#[test]
fn a_shift_over_the_end_of_summer_time_is_an_hour_longer() {
    let autumn = BERLIN.replace("2027-03-26", "2027-10-29");
    let hours_of = |shift: &str| hours(&model_from(&autumn, "", shift), 0);
    let week = "shift = \"Fri,Mon 08:00-17:00 + Sat-Sun 22:00-06:00\"\n";
    assert_eq!(hours_of(week), [(8.0, 17.0), (46.0, 55.0), (71.0, 79.0), (81.0, 90.0)]);
    assert_eq!(hours_of("shift = \"Sun 02:30-03:30\"\n"), [(50.5, 52.5)]);
}

#[test]
fn each_agent_takes_a_shift_in_turn_or_by_shares() {
    let names = |model: &Model| {
        let agents = (0..model.agents()).map(switchover::model::AgentId);
        agents.map(|agent| model.shift(agent).unwrap().text.clone()).collect::<Vec<_>>()
    };
    let two =
        model("", "shift = [\"Fri 08:00-17:00\", \"Fri 12:00-21:00\"]\narrive-spread = \"5m\"\n");
    assert_eq!(names(&two), ["Fri 08:00-17:00", "Fri 12:00-21:00", "Fri 08:00-17:00"]);
    assert_eq!(two.shifts.len(), 2);
    assert_eq!(two.shifts[0].spread, switchover::time::Span::from_secs(300));
    let shared = model("", "shift = [\"25% Fri 08:00-17:00\", \"75% Fri 12:00-21:00\"]\n");
    assert_eq!(names(&shared), ["Fri 12:00-21:00", "Fri 08:00-17:00", "Fri 12:00-21:00"]);
}

/// Persons of a roster have a shift of their own, or take those of the group in turn.
#[test]
fn rosters_have_shifts() {
    let shifts = "shift = [\"Fri 08:00-17:00\", \"Fri 12:00-21:00\"]\n";
    let model = model("agents-from = \"r.csv\"\n", shifts);
    assert_eq!(hours(&model, 3), [(34.0, 36.0), (57.0, 59.0)]);
    assert_eq!((hours(&model, 4), hours(&model, 5)), (vec![(8.0, 17.0)], vec![(12.0, 21.0)]));
}

#[track_caller]
fn check(top: &str, below: &str, expected: &str) {
    assert_eq!(said(&text(top, below)), expected);
}

#[test]
fn messages_word_for_word() {
    let help = HELP;
    let wrong = |shift: &str, label: &str| {
        let expected =
            format!("S007 12:9 `shift` must be a shift or a list of shifts | {label} | {help}");
        check(BERLIN, &format!("shift = {shift}\n"), &expected);
    };
    wrong("\"Mon-Fry 08:00-17:00\"", "`Fry` is no day of the week");
    wrong("\"Mon 08:00-12:00 + 13-17\"", "not a time of day");
    wrong("\"x% Mon 08:00-12:00\"", "not a percentage");
    check(
        BERLIN,
        "shift = 8\n",
        "S006 12:9 `shift` must be a shift or a list of shifts | this is an integer | write `shift = \"Mon-Fri 08:00-17:00\"`",
    );
    let range = |shift: &str, rule: &str| {
        let expected = format!("S008 12:9 `shift` is out of range | {rule}");
        check(BERLIN, &format!("shift = {shift}\n"), &expected);
    };
    range("[]", "it must name at least one shift");
    range("[\"60% Fri\", \"Sat\"]", "either each shift has a share, or none has");
    range("[\"60% Fri\", \"30% Sat\"]", "the shares do not add up to 100%");
}

#[test]
fn what_shifts_need_and_what_they_are_worth() {
    let help = HELP;
    check(
        "",
        "shift = \"08:00-17:00\"\n",
        "S012 10:9 `shift` needs a calendar | the scenario does not say when it starts | \
         write `start = \"2027-01-04T00:00\"`, or at least `clock = \"Mon 00:00\"`, at the top of the file",
    );
    check(
        "clock = \"00:00\"\n",
        "shift = \"Mon 08:00-17:00\"\n",
        "S012 11:9 days of the week need a calendar that knows them | \
         the scenario does not say on which day of the week it starts | \
         write the weekday before the time of `clock`: `clock = \"Mon 00:00\"`",
    );
    check(
        BERLIN,
        "shifts = \"Mon 08:00-17:00\"\n",
        "S004 12:1 [agent-group.NAME] has no key `shifts` | unknown key | did you mean `shift`?",
    );
    check(
        BERLIN,
        "arrive-spread = \"5m\"\n",
        "S012 12:17 `arrive-spread` does nothing without `shift` | has no effect | add `shift`, or leave `arrive-spread` out",
    );
    check(
        BERLIN,
        "shift = \"Fri 08:00-09:00\"\narrive-spread = \"60m\"\n",
        "S008 13:17 `arrive-spread` is out of range | it must be shorter than each shift",
    );
    check(
        BERLIN,
        "shift = \"Wed 08:00-09:00\"\n",
        "S018 12:9 this shift never comes in the run | its agents are never there",
    );
    check(
        BERLIN,
        "[person.zoe]\nshift = \"50% Fri 08:00-09:00\"\n",
        &format!(
            "S007 13:9 `shift` must be a shift | a share is for the shifts of a group | {help}"
        ),
    );
    check(
        BERLIN,
        "[person.zoe]\nshift = [\"Fri 08:00-09:00\"]\n",
        "S006 13:9 `shift` must be a shift | this is an array | write `shift = \"Mon-Fri 08:00-17:00\"`",
    );
}
