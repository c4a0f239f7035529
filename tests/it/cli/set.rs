//! `--set`, from the outside: every command that reads a scenario takes it, says what it did to the
//! text, and refuses what leads nowhere.

use super::program::Place;
use crate::cli::texts::recovery;

/// One agent, a path cut of five minutes, nothing to object to.
const TEXT: &str = concat!(
    r#"horizon = "1h"
"#,
    recovery!(),
    r#"reg_interval = 10
sip_transaction_timeout = 4000
[site.X]
[site.Y]
[location.L]
[agent-group.agents]
agents = 1
[desktop]
detection = "15s"
connect-timeout = "5s"
login = "8s"
[[fault]]
name = "the cut"
target = "path L-X"
at = "600s"
for = "300s"
"#
);

fn place() -> Place {
    let place = Place::new();
    place.write("s.toml", TEXT);
    place
}

/// The summary of a run with more arguments, without where it comes from.
fn summary(place: &Place, more: &[&str]) -> String {
    let run = ["run", "s.toml", "--format", "json", "--quiet"];
    let out = place.run(&[&run[..], more].concat()).expect(0).out;
    out[out.find("\"scenario\"").expect("the answer")..].to_owned()
}

#[test]
fn a_run_with_a_setting_is_the_run_of_the_edited_file() {
    let place = place();
    let plain = summary(&place, &[]);
    let set = summary(&place, &["--set", "fault.the cut.for=30s", "--set", "seed=7"]);
    assert_ne!(set, plain);
    assert_eq!(place.read("s.toml"), TEXT, "the file itself is left alone");
    place.write("s.toml", &format!("seed = 7\n{}", TEXT.replace("\"300s\"", "\"30s\"")));
    assert_eq!(summary(&place, &[]), set);
}

#[test]
fn stories_and_settings_take_them_too() {
    let place = place();
    let story = |more: &[&str]| {
        let explain = ["explain", "s.toml", "--agent", "agents-1"];
        place.run(&[&explain[..], more].concat()).expect(0).out
    };
    assert_ne!(story(&["--set", "fault.1.at=900s"]), story(&[]));
    let path = "application.interaction-workspace.disaster-recovery.timeout=90";
    let shown = place.run(&["show", "s.toml", "--set", path]).expect(0).out;
    let line = shown.lines().find(|line| line.contains("disaster-recovery.timeout"));
    let line = line.expect("the option").split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(line, "disaster-recovery.timeout 90 Application, line 6");
}

#[test]
fn findings_are_shown_in_the_changed_text_with_a_note() {
    let place = place();
    let setting = ["--set", "desktop.login=8 parsecs", "--set", "site.X.stat=true"];
    let ended = place.run(&[&["check", "s.toml"], &setting[..]].concat()).expect(1);
    let expected = "\
error[S007]: `login` must be a duration or a law
  --> s.toml (with --set):17:9
   |
17 | login = \"8 parsecs\"
   |         ^^^^^^^^^^^ `parsecs` is no unit of time
   |
   = help: write a number and a unit, such as \"90s\", \"1.5h\" or \"2h30m\"

note: written by --set:
    9 | stat = true
   17 | login = \"8 parsecs\"

s.toml: 1 error
";
    assert_eq!(ended.out, expected);
    let ended = place.run(&[&["run", "s.toml"], &setting[..]].concat()).expect(1);
    assert!(ended.err.contains("note: written by --set:\n    9 | stat = true"), "{}", ended.err);
    let sound = place.run(&["check", "s.toml", "--set", "seed=7"]).expect(0);
    assert_eq!(sound.out, "s.toml: nothing to object to\n");
}

#[test]
fn what_leads_nowhere_is_an_error_of_the_command_line() {
    for (setting, told) in [
        (
            "fault.the cup.for=5m",
            "error: --set fault.the cup.for=5m: there is no fault `the cup`; did you mean `the cut`?\n",
        ),
        (
            "sites.west.login-capacity=5/s",
            "error: --set sites.west.login-capacity=5/s: the scenario has no \
             `sites.west.login-capacity`; did you mean `site`?\n",
        ),
        (
            "site.west.login-capacity=5/s",
            "error: --set site.west.login-capacity=5/s: there is no site `west`; there are: `X`, `Y`\n",
        ),
        ("horizon.x=5", "error: --set horizon.x=5: `horizon` is a value and holds no `x`\n"),
        (
            "horizon",
            "error: invalid value 'horizon' for '--set <PATH=VALUE>': there is no `=`; write \
             PATH=VALUE, such as horizon=2h\n\nFor more information, try '--help'.\n",
        ),
        (
            "=5",
            "error: invalid value '=5' for '--set <PATH=VALUE>': the path is empty; write \
             PATH=VALUE, such as horizon=2h\n\nFor more information, try '--help'.\n",
        ),
    ] {
        for command in [&["check"][..], &["run"], &["show"], &["explain", "--agent", "agents-1"]] {
            let ended = place().run(&[command, &["s.toml", "--set", setting]].concat()).expect(2);
            assert_eq!((ended.err.as_str(), ended.out.as_str()), (told, ""), "{command:?}");
        }
    }
}
