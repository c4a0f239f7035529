//! The library's door: the numbers of the command line, and errors that say what is wrong.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;
use switchover::diagnostic::Severity;
use switchover::{Answer, Error, Finding, Job, Replications, Scenario};

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
    let mut large = shipped("07-site-loss");
    large.set("agent-group.sales.agents", "9000").unwrap();
    let [one, three] = [1, 3].map(|threads| large.run_while(threads, &|| true).unwrap().summary());
    assert_eq!(one, three);
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
    assert_eq!(*compared.json(), committed("results/17-year-with-bounds-compare/compare.json"));
    assert!(compared.text().contains("A: 17-year-with-bounds.toml\n"));
    let Err(Error::Usage(said)) = first.compare(&[], &Replications::exactly(1)) else {
        panic!("there is an answer")
    };
    assert_eq!(said, "there is nothing to compare with");
}

#[test]
fn what_is_set_in_a_variant_is_what_differs_from_the_first() {
    let timeout = "application.interaction-workspace.disaster-recovery.timeout";
    let mut first = shipped("17-year-with-bounds");
    let mut other = first.clone();
    other.set("horizon", "1d").unwrap();
    first.set("horizon", "2d").unwrap();
    first.set("seed", "5").unwrap();
    for value in ["45", "60", "1"] {
        other.set("disaster-recovery.timeout", value).unwrap();
    }
    let others = [("quick", &other), ("another file", &shipped("00-smallest"))];
    let compared = first.compare(&others, &Replications::exactly(2)).unwrap();
    let changes = compared.json()["changes"].as_array().unwrap();
    let told = changes.iter().map(|one| (one["path"].as_str().unwrap(), &one["today"]));
    let told: Vec<_> = told.map(|(path, today)| (path, today[0]["value"].as_str())).collect();
    assert_eq!(told, [("horizon", Some("2d")), (timeout, Some("60"))]);
    let found = compared.json()["findings"].as_array().unwrap();
    let quick = |one: &&Value| one["found_in"] == serde_json::json!(["quick"]);
    assert!(found.iter().any(|one| quick(&one)), "{found:?}");
    assert!(compared.text().contains("Today horizon is 2d (line "), "{}", compared.text());
}

#[test]
fn sweeps_have_the_numbers_of_the_command_line() {
    let range = "disaster-recovery.timeout=15,30,45,60,90,120";
    let swept = shipped("17-year-with-bounds").sweep(&[range], &Replications::exactly(60)).unwrap();
    assert_eq!(*swept.json(), committed("results/17-year-with-bounds-sweep/sweep.json"));
    assert_eq!(swept.parameters[0].values.len(), 6);
    for chart in &swept.charts {
        let path = Path::new("results/17-year-with-bounds-sweep").join(&chart.file);
        let sheet = chart.svg.strip_suffix("></text>\n</svg>\n").unwrap();
        assert!(std::fs::read_to_string(path).unwrap().starts_with(sheet), "{}", chart.file);
    }
    let few = Replications::exactly(2);
    for (ranges, wrong) in [
        (&[][..], "a sweep has one parameter or two"),
        (&["horizon"][..], "there is no `=`; write PATH=VALUE, such as horizon=2h"),
    ] {
        let Err(Error::Usage(said)) = shipped("07-site-loss").sweep(ranges, &few) else {
            panic!("{ranges:?}")
        };
        assert_eq!(said, wrong);
    }
}

#[test]
fn searches_for_a_bound_have_the_numbers_of_the_command_line() {
    let scenario = shipped("27-reconnect-storm");
    let (target, few) = ("outages.duration_s.max=2m", Replications::exactly(5));
    let vary = ["site.X.reconnect-capacity=10/s..200/s step 5/s"];
    let found = scenario.headroom(target, &vary, &[], &few).unwrap();
    let name = "results/27-reconnect-storm-headroom";
    assert_eq!(*found.json(), committed(&format!("{name}/headroom.json")));
    for chart in &found.charts {
        let sheet = chart.svg.strip_suffix("></text>\n</svg>\n").unwrap();
        let path = Path::new(name).join(&chart.file);
        assert!(std::fs::read_to_string(path).unwrap().starts_with(sheet), "{}", chart.file);
    }
    for (target, vary, faults, wrong) in [
        (target, &[][..], &[][..], "nothing is varied"),
        (target, &["horizn"][..], &[], "horizn: "),
        ("outages.duration_s.max", &vary, &[], "target outages.duration_s.max: there is no bound;"),
        (target, &vary, &["none"], "fault none: the scenario has no fault or drain of that name;"),
        (target, &[vary[0], vary[0]], &[], "site.X.reconnect-capacity is varied twice"),
    ] {
        let Err(Error::Usage(said)) = scenario.headroom(target, vary, faults, &few) else {
            panic!("{wrong}")
        };
        assert!(said.starts_with(wrong), "{said}");
    }
}

/// The parts of all shards in files, the last of which is there twice.
fn parts(job: &Job, count: u64, place: &Place) -> Vec<PathBuf> {
    let write = |(name, index)| {
        let path = place.path().join(format!("{name}.part"));
        assert!(!job.holds(&path, (index, count)).unwrap());
        std::fs::write(&path, job.shard((index, count), &|| true).unwrap()).unwrap();
        assert!(job.holds(&path, (index, count)).unwrap());
        path
    };
    (0..count).chain([count]).map(|name| write((name, name.min(count - 1)))).collect()
}

#[test]
fn jobs_put_together_from_shards_have_the_bytes_of_one_piece() {
    let first = shipped("17-year-with-bounds");
    let mut other = first.clone();
    other.set("disaster-recovery.timeout", "90").unwrap();
    let others = [("90 s", &other)];
    let range = ["disaster-recovery.timeout=30,60"];
    let few = Replications::exactly(5);
    let of_experiment = Job::experiment(&first, &Replications::exactly(70)).unwrap();
    let whole = told(Answer::Estimates(first.experiment(&Replications::exactly(70)).unwrap()));
    let compared = Answer::Compared(first.compare(&others, &few).unwrap());
    let swept = Answer::Swept(first.sweep(&range, &few).unwrap());
    for (job, shards, whole) in [
        (of_experiment, 1, whole.clone()),
        (Job::experiment(&first, &Replications::exactly(70)).unwrap(), 7, whole),
        (Job::comparison(&first, &others, &few).unwrap(), 3, told(compared)),
        (Job::sweep(&first, &range, &few).unwrap(), 4, told(swept)),
    ] {
        let place = Place::new();
        let mut parts = parts(&job, shards, &place);
        assert_eq!(told(job.merge(&parts, shards).unwrap()), whole);
        if shards > 1 {
            parts.remove(1);
            let Err(Error::Parts(said)) = job.merge(&parts, shards) else { panic!("a gap") };
            let end = format!("run shard 1 again, of {shards} and counted from 0");
            assert!(said.ends_with(&end), "{said}");
        }
    }
}

/// Numbers, text and charts of an answer.
fn told(answer: Answer) -> (Value, String, Vec<String>) {
    let (json, text, charts) = match answer {
        Answer::Estimates(it) => (it.json().clone(), it.text().to_owned(), it.charts),
        Answer::Compared(it) => (it.json().clone(), it.text().to_owned(), it.charts),
        Answer::Swept(it) => (it.json().clone(), it.text().to_owned(), it.charts),
        _ => panic!("another answer"),
    };
    (json, text, charts.into_iter().map(|chart| chart.svg).collect())
}

#[test]
fn jobs_refuse_what_cannot_be_cut_and_parts_of_others() {
    let scenario = shipped("11-random-year");
    let Err(Error::Usage(said)) = Job::experiment(&scenario, &Replications::until_precise(0.1))
    else {
        panic!("its number is not known")
    };
    assert_eq!(said, "shards need to know how many replications there are");
    let job = Job::experiment(&scenario, &Replications::exactly(3)).unwrap();
    assert_eq!((job.samples(), job.variants()), (3, 1));
    for shard in [(1, 1), (0, 0), (0, 4)] {
        assert!(matches!(job.shard(shard, &|| true), Err(Error::Usage(_))));
    }
    assert!(matches!(job.shard((0, 1), &|| false), Err(Error::Stopped)));
    let place = Place::new();
    let path = place.path().join("it.part");
    std::fs::write(&path, job.shard((0, 1), &|| true).unwrap()).unwrap();
    let other =
        Job::experiment(&shipped("17-year-with-bounds"), &Replications::exactly(3)).unwrap();
    let Err(Error::Parts(said)) = other.holds(&path, (0, 1)) else { panic!("it is of another") };
    assert!(said.starts_with(&format!("cannot use {}: it was made with seed", path.display())));
    assert!(matches!(job.holds(&path, (0, 2)), Err(Error::Parts(_))));
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
    // The door packs the same bytes.
    let bytes = std::fs::read(place.path().join("it.pack")).unwrap();
    assert_eq!(shipped("18-fitted-faults").pack().unwrap(), bytes);
    let mut changed = Scenario::unpack(&bytes).unwrap();
    changed.set("seed", "5").unwrap();
    let again = Scenario::unpack(&changed.pack().unwrap()).unwrap();
    let [one, other] = [changed, again].map(|it| it.experiment(&few).unwrap().json().clone());
    assert_eq!(one, other);
    let Err(Error::Usage(said)) = Scenario::unpack(b"seed = 1") else { panic!("it is a pack") };
    assert_eq!(said, "it is a broken pack: it does not begin like one");
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
    assert!(matches!(scenario.run_while(1, &|| false), Err(Error::Stopped)));
    let mut long = scenario.clone();
    long.set("horizon", "100y").unwrap();
    let mut large = shipped("07-site-loss");
    large.set("agent-group.sales.agents", "900000").unwrap();
    for (scenario, threads) in [(&long, 1), (&long, 2), (&large, 2)] {
        let asked = AtomicU32::new(0);
        let here = std::thread::current().id();
        let wanted = || {
            assert_eq!(std::thread::current().id(), here);
            asked.fetch_add(1, Ordering::Relaxed) < 3
        };
        assert!(matches!(scenario.run_while(threads, &wanted), Err(Error::Stopped)));
        assert_eq!(asked.into_inner(), 4);
    }
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
