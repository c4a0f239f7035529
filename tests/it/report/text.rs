//! The summary for a terminal, word for word where a manager reads it.

use switchover::report::{Screen, text};

const COLOURED: Screen = Screen { colour: true, ..Screen::PLAIN };

use super::{cut, gallery, run, sketched};

fn sentences(model: &switchover::model::Model) -> Vec<String> {
    let (results, _) = run(model);
    let text = text(&results, model, Screen::PLAIN);
    text.lines().take_while(|line| !line.starts_with("measure")).map(str::to_owned).collect()
}

#[test]
fn one_agent_is_told_in_the_singular() {
    let mut model = cut(1);
    model.phones[0].first_refresh = [Some(crate::builder::at(3_000)); 2];
    assert_eq!(
        sentences(&model),
        [
            "a test",
            "",
            "Over 2 h 46 min, 1 agent was in service for 98.99 % of the time.",
            "The agent lost service once, for 1 min 33 s.",
            "Going home to the preferred site opened 1 more outage, for 8 s.",
            "Downtime by cause: 69.3 % reconnecting, 14.9 % before the loss was noticed, \
         7.9 % restoring.",
            "Worst incident: \"fault-0\" at 10 min put 1 agent out of service; back after 1 min 33 s.",
            "1 switchover and 1 restore.",
            "",
        ]
    );
}

#[test]
fn a_run_without_faults_says_so() {
    let told = sentences(&crate::builder::base());
    let quiet = "Over 2 h 46 min, 1 agent was in service all the time.";
    let nothing = "Nothing fails in this scenario: it has no fault and no drain.";
    assert_eq!(told, ["a test", "", quiet, nothing, "No agent switched over.", ""]);
}

#[test]
fn colour_is_the_callers_choice_and_lines_do_not_run_wide() {
    for (name, model) in gallery() {
        let (results, _) = run(&model);
        let plain = text(&results, &model, Screen::PLAIN);
        assert!(!plain.contains('\u{1b}'), "{name}");
        assert!(text(&results, &model, COLOURED).contains('\u{1b}'), "{name}");
        let table = plain.lines().skip_while(|line| !line.starts_with("measure"));
        let widest = table.map(str::len).max();
        assert!(widest.is_some_and(|wide| wide <= 80), "{name}: {widest:?}");
    }
}

#[test]
fn the_text_says_where_percentiles_are_not_exact() {
    let model = cut(40);
    let (exact, _) = run(&model);
    let table = |results| text(results, &model, Screen::PLAIN);
    assert!(!table(&exact).contains("within 0.4 %"));
    let told = table(&sketched(&exact));
    for row in [
        "service lost, median",
        "service lost, 95 % within",
        "service lost, 99 % within",
        "trip home, median",
        "restore, 95 % within",
    ] {
        assert!(told.contains(&format!("\n {row} (within 0.4 %) ")), "{row}: {told}");
    }
    for words in ["(within 0.4 %), the longest", "(within 0.4 %), all after"] {
        assert!(told.contains(words), "{words}: {told}");
    }
}
