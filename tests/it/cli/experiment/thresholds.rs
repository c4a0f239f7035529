//! Thresholds: what is said of them, in which order, and the exit codes; what is said where there
//! is little to say.

use super::super::program::Ended;
use super::{FILE, RANDOM, place};

fn with(thresholds: &[(&str, &str, &str)]) -> String {
    let one = |(measure, side, bound): &(&str, &str, &str)| {
        format!("[[threshold]]\nmeasure = \"{measure}\"\n{side} = {bound}\n")
    };
    RANDOM.to_owned() + &thresholds.iter().map(one).collect::<String>()
}

fn run(scenario: &str, arguments: &[&str]) -> Ended {
    place(scenario).run(&[&["run", FILE, "--color", "never"], arguments].concat())
}

/// The lines before the first empty one behind the title.
fn ticks(ended: &Ended) -> Vec<&str> {
    let mut lines = ended.out.lines();
    assert_eq!((lines.next(), lines.next()), (Some("Test"), Some("")));
    lines.take_while(|line| !line.is_empty()).collect()
}

#[test]
fn pass_fail_and_inconclusive() {
    let kept = ("availability", "at-least", "\"50%\"");
    let broken = ("downtime_s.total", "at-most", "\"1s\"");
    let ended = run(&with(&[kept]), &["--replications", "30"]).expect(0);
    assert!(
        ticks(&ended)[0].starts_with("PASS          availability at least 50%   "),
        "{ended:?}"
    );
    let ended = run(&with(&[kept, broken]), &["--replications", "30"]).expect(4);
    let all = ticks(&ended);
    assert!(all[0].starts_with("PASS          availability at least 50%     "), "{ended:?}");
    assert_eq!(all[1], "FAIL          downtime_s.total at most 1s", "{ended:?}");
    assert!(all[2].contains(" agent-hours ("), "{ended:?}");
    assert!(
        ended.err.ends_with("\nerror: 1 threshold failed\n")
            || ended.err.ends_with("\n1 threshold failed\n"),
        "{ended:?}"
    );
}

/// A gate does not open because nothing was judged.
#[test]
fn a_single_run_leaves_thresholds_undecided_and_says_so() {
    let kept = ("availability", "at-least", "\"50%\"");
    let one = "error: 1 threshold is undecided: thresholds are judged over replications only (`--replications N`)";
    let two = "error: 2 thresholds are undecided: thresholds are judged over replications only (`--replications N`)";
    for (text, said) in [(with(&[kept]), one), (with(&[kept, kept]), two)] {
        for more in [&[][..], &["--quiet"], &["--quiet", "--format", "json"]] {
            let ended = run(&text, &[&["--replications", "1"], more].concat()).expect(5);
            assert_eq!(ended.err.lines().last(), Some(said), "{ended:?}");
        }
    }
    // The results are there, and a run without `--replications` judges.
    let place = place(&with(&[kept]));
    place.run(&["run", FILE, "--replications", "1"]).expect(5);
    assert!(place.read("results/s/summary.json").contains("availability"));
    place.run(&["run", FILE, "--quiet"]).expect(0);
}

/// The bound of an open threshold: the estimate itself, as an earlier run tells it.
fn estimate() -> String {
    let place = place(RANDOM);
    place.run(&["run", FILE, "--quiet", "--replications", "60"]).expect(0);
    let text = place.read("results/s/estimates.csv");
    let row = text.lines().find(|line| line.starts_with("downtime_s.total,")).unwrap();
    row.split(',').nth(2).unwrap().to_owned()
}

#[test]
fn inconclusive_goes_on_to_the_limit() {
    let bound = format!("\"{}s\"", estimate().split('.').next().unwrap());
    let scenario = with(&[("downtime_s.total", "at-most", &bound)]);
    let ended = run(&scenario, &["--max-replications", "60"]).expect(5);
    assert!(ticks(&ended)[0].starts_with("INCONCLUSIVE  downtime_s.total at most "), "{ended:?}");
    let words = "1 threshold is undecided\n";
    assert!(ended.err.ends_with(words), "{ended:?}");
    let why = "60 replications of 2 d with 30 agents, 95 % intervals in brackets; the maximum was reached before all requested results were precise.";
    assert!(ended.out.contains(why), "{}", ended.out);
    // A bound further away is decided with fewer.
    let far = with(&[("downtime_s.total", "at-most", "\"10000h\"")]);
    let ended = run(&far, &["--max-replications", "60"]).expect(0);
    assert!(ended.out.contains("20 replications of 2 d"), "{}", ended.out);
    assert!(ended.out.contains("; then all requested results were precise."), "{}", ended.out);
}

#[test]
fn what_is_scripted_is_not_extrapolated_to_a_year() {
    let long = RANDOM.replace("\"2d\"", "\"60d\"");
    let random = run(&long, &["--replications", "2"]).expect(0).out;
    assert!(random.contains("Downtime per agent and year: "), "{random}");
    assert!(random.contains("outages.service_lost.per_agent_year"), "{random}");
    let scripted = long.split("[[fault]]").next().unwrap().to_owned()
        + "[[fault]]\ntarget = \"path L-X\"\nat = \"1h\"\nfor = \"10m\"\n"
        + "[desktop]\ndetection = \"15s\"\nconnect-timeout = \"5s\"\nlogin = \"8s\"\n"
        + "[[threshold]]\nmeasure = \"downtime_s.total\"\nat-most = \"1000h\"\n";
    let ended = run(&scripted, &["--replications", "2"]).expect(0);
    assert!(ticks(&ended)[1].contains(" agent-min ("), "{ended:?}");
    assert!(ended.out.contains("Downtime per agent: "), "{ended:?}");
    let why = "No fault is random, so nothing is given per year: what is scripted happens once.";
    assert!(ended.out.contains(why), "{ended:?}");
    assert!(!ended.out.contains("agent_year"), "{ended:?}");
    let bound = "[[threshold]]\nmeasure = \"flaps.per_agent_year\"\nat-most = 1\n";
    let refused = run(&(scripted.clone() + bound), &[]).expect(1).err;
    let why = "no fault of the scenario is random, so there is no rate per year: what is scripted happens once";
    let finding = format!(
        "error[S019]: there is no measure `flaps.per_agent_year`\n  --> s.toml:29:11\n   |\n\
         29 | measure = \"flaps.per_agent_year\"\n   |           ^^^^^^^^^^^^^^^^^^^^^^ no measure of this name\n   |\n   = help: {why}\n"
    );
    assert!(refused.contains(&finding), "{refused}");
    let asked = ["--precision", "5%", "--measure", "flaps.per_agent_year"];
    let refused = run(&scripted, &asked).expect(2).err;
    assert_eq!(
        refused,
        format!("error: --measure flaps.per_agent_year: there is no such measure; {why}\n")
    );
}

#[test]
fn thresholds_of_a_scenario_that_never_varies() {
    let scripted = RANDOM.split("[[fault]]").next().unwrap().to_owned()
        + "[[fault]]\ntarget = \"path L-X\"\nat = \"1h\"\nfor = \"10m\"\n"
        + "[desktop]\ndetection = \"15s\"\nconnect-timeout = \"5s\"\nlogin = \"8s\"\n";
    let bound = |side: &str, bound: &str| {
        format!("{scripted}[[threshold]]\nmeasure = \"connections.sip.losses\"\n{side} = {bound}\n")
    };
    let ended = run(&bound("at-most", "30"), &[]).expect(0);
    assert!(ticks(&ended)[0].ends_with("30 (always the same)"), "{ended:?}");
    let ended = run(&bound("at-most", "29"), &[]).expect(4);
    assert!(ticks(&ended)[0].starts_with("FAIL"), "{ended:?}");
    run(&bound("at-least", "30"), &[]).expect(0);
    run(&bound("at-least", "31"), &[]).expect(4);
}

/// The line above the key of a measure: its name and its numbers.
fn row_of<'a>(out: &'a str, key: &str) -> &'a str {
    let lines: Vec<&str> = out.lines().collect();
    let at = lines.iter().position(|line| line.starts_with(&format!("  {key}"))).unwrap();
    lines[at - 1]
}

#[test]
fn little_to_say() {
    let quiet = RANDOM.replace("mtbf = \"3h\"", "mtbf = \"900d\"");
    let quiet = quiet.replace("mtbf = \"6h\"", "mtbf = \"900d\"");
    let ended = run(&quiet, &["--replications", "20"]).expect(0);
    // -ln(0.05)/20 = 0.1498.
    let row = row_of(&ended.out, "flaps.count");
    assert!(row.contains("none seen in 20: at most 0.15"), "{row}");
    let few = RANDOM.replace("mtbf = \"3h\"", "mtbf = \"1d\"").replace("\"2d\"", "\"1d\"");
    let ended = run(&few, &["--replications", "2"]).expect(0);
    let row = row_of(&ended.out, "outages.service_lost.duration_s.p99");
    assert!(row.contains("not enough replications for p99"), "{row}");
}

#[test]
fn no_more_time() {
    let long = RANDOM.replace("\"2d\"", "\"200d\"");
    for more in [&["--replications", "100000"][..], &["--precision", "0.01%"]] {
        let ended = run(&long, &[&["--max-time", "1ms"], more].concat()).expect(0);
        let why = "; the time limit was reached before all requested results were precise.";
        assert!(ended.out.contains(why), "{}", ended.out);
    }
}
