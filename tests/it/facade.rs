//! The library's door: the numbers of the command line, and errors that say what is wrong.

use std::ops::ControlFlow;
use std::path::Path;

use serde_json::Value;
use switchover::diagnostic::Severity;
use switchover::{Error, Finding, Replications, Scenario};

use crate::cli::endless::back_off;
use crate::cli::program::Place;

fn shipped(name: &str) -> Scenario {
    Scenario::read(Path::new("scenarios").join(name).with_extension("toml")).unwrap()
}

/// What a committed answer holds beside where it comes from.
fn committed(path: &str) -> Value {
    let mut json: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let own = ["format_version", "provenance"].map(|key| json.as_object_mut().unwrap().remove(key));
    assert!(own.iter().all(Option::is_some));
    json
}

/// The errors that forbid to simulate.
fn errors(failed: Result<impl Sized, Error>) -> Vec<Finding> {
    match failed {
        Err(Error::Findings(found)) => found,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("there is an answer"),
    }
}

#[test]
fn runs_and_experiments_have_the_numbers_of_the_command_line() {
    let run = shipped("07-site-loss").run().unwrap();
    let summary = serde_json::to_value(run.summary()).unwrap();
    assert_eq!(summary, committed("results/07-site-loss/summary.json"));
    assert!(run.text().contains("agents"));
    let name = "17-year-with-bounds";
    let estimates = shipped(name).experiment(&Replications::of_scenario().on_threads(2)).unwrap();
    assert_eq!(*estimates.json(), committed(&format!("results/{name}/experiment.json")));
    let availability = estimates.named("availability").unwrap();
    let told = &estimates.json()["estimates"]["availability"];
    let [value, low] = ["value", "low"].map(|key| told[key].as_f64().unwrap());
    // Numbers in JSON are cut to nine digits.
    assert!((availability.value.unwrap() - value).abs() < 1e-8);
    assert!((availability.interval.unwrap().0 - low).abs() < 1e-8);
}

#[test]
fn comparisons_have_the_numbers_of_the_command_line() {
    let first = shipped("17-year-with-bounds");
    let mut quicker = first.clone();
    let timeout = "application.interaction-workspace.disaster-recovery.timeout";
    quicker.set(timeout, "45").unwrap();
    let name = format!("17-year-with-bounds.toml with {timeout}=45");
    let others = [(name.as_str(), &quicker)];
    let compared = first.compare(&others, &Replications::exactly(100)).unwrap();
    let mut known = committed("results/17-year-with-bounds-compare/compare.json");
    for left_out in ["changes", "findings"] {
        known.as_object_mut().unwrap().remove(left_out).unwrap();
    }
    assert_eq!(*compared.json(), known);
    assert!(compared.text().contains("A: 17-year-with-bounds.toml\n"));
    let Err(Error::Usage(said)) = first.compare(&[], &Replications::exactly(1)) else {
        panic!("there is an answer")
    };
    assert_eq!(said, "there is nothing to compare with");
}

#[test]
fn charts_are_those_of_the_command_line() {
    for chart in shipped("07-site-loss").run().unwrap().charts() {
        let path = Path::new("results/07-site-loss").join(&chart.file);
        // The program adds where it comes from.
        let sheet = chart.svg.strip_suffix("></text>\n</svg>\n").unwrap();
        assert!(std::fs::read_to_string(path).unwrap().starts_with(sheet), "{}", chart.file);
    }
}

#[test]
fn a_pack_needs_no_directory() {
    let place = Place::new();
    let scenario = std::fs::canonicalize("scenarios/18-fitted-faults.toml").unwrap();
    let pack = ["pack", scenario.to_str().unwrap(), "--out", "it.pack"];
    place.run(&pack).expect(0);
    let packed = Scenario::read(place.path().join("it.pack")).unwrap();
    let few = Replications::exactly(2);
    let [one, other] =
        [packed, shipped("18-fitted-faults")].map(|it| it.experiment(&few).unwrap().json().clone());
    assert_eq!(one, other);
}

#[test]
fn settings_count_and_wrong_ones_change_nothing() {
    let mut scenario = shipped("07-site-loss");
    let before = scenario.run().unwrap().summary();
    for (path, wrong) in [
        ("disaster-recovery.timout", "did you mean"),
        ("site.west.login-capacity", "there is no site `west`"),
    ] {
        let Err(Error::Usage(said)) = scenario.set(path, "5") else { panic!("{path} is taken") };
        assert!(said.contains(wrong), "{said}");
    }
    assert_eq!(scenario.run().unwrap().summary(), before);
    scenario.set("disaster-recovery.timeout", "120").unwrap();
    let after = scenario.run().unwrap().summary();
    assert!(after.downtime_s.total.0 > before.downtime_s.total.0);
}

#[test]
fn findings_tell_where_and_what_helps() {
    let mut scenario = shipped("07-site-loss");
    scenario.set("seed", "soon").unwrap();
    let [found] = &errors(scenario.run())[..] else { panic!("one finding") };
    assert_eq!((found.code, found.severity), ("S006", Severity::Error));
    let text = found.to_string();
    assert!(text.contains(&format!(":{}:{}", found.line, found.column)), "{text}");
    assert!(text.starts_with("error[S006]: "), "{text}");
    assert_eq!(scenario.check().unwrap().iter().filter(|all| *all == found).count(), 1);
    let nothing = Scenario::parse("empty", "");
    assert!(!errors(nothing.run()).is_empty());
    assert!(matches!(Scenario::read("no/such/file"), Err(Error::Read { .. })));
}

#[test]
fn whatever_does_not_end_is_a_finding() {
    let found = Scenario::parse("s.toml", &back_off("2us")).run();
    let Err(Error::Endless(found)) = found else { panic!("it ends") };
    assert_eq!(found.code, "S021");
}

#[test]
fn what_is_not_wanted_any_more_stops() {
    let scenario = shipped("11-random-year");
    assert!(matches!(scenario.run_while(&|| false), Err(Error::Stopped)));
    let mut seen = Vec::new();
    let ended =
        scenario.experiment_while(&Replications::exactly(1000).on_threads(1), &mut |done| {
            seen.push(done);
            if done < 4 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
    assert!(matches!(ended, Err(Error::Stopped)));
    assert_eq!(seen, [0, 2, 4]);
}

#[test]
fn numbers_of_replications_that_are_none_are_said() {
    let scenario = shipped("11-random-year");
    for (asked, wrong) in [
        (Replications::range(3..3), "there is no replication in an empty range"),
        (Replications::until_precise(0.0), "the precision 0 is not above 0 and below 1"),
        (
            Replications::exactly(1).watching(["availabilty"]),
            "there is no measure availabilty; did you mean availability?",
        ),
    ] {
        let Err(Error::Usage(said)) = scenario.experiment(&asked) else { panic!("{asked:?}") };
        assert_eq!(said, wrong);
    }
}
