//! The chapter on trust says which closed forms there are, in exact words.

use serde_json::{Value, json};
use switchover::distribution::Law;
use switchover::model::{LocationId, Planes, Schedule, SiteId, Target};

use super::folders::{committed, json as answer, of_model, only, text};
use crate::builder::{always, at, base, exponential, fault};

/// The text of the part, without its markup.
fn part(page: &str) -> String {
    let from = page.split("Beside closed forms</h").nth(1).expect("the part");
    let part = from.split("</section>").next().unwrap_or_default();
    let mut text = String::new();
    for piece in part[2..].split('<') {
        let words = piece.split_once('>').map_or("", |(_, words)| words);
        if !words.is_empty() {
            text += words;
            text +=
                if words.ends_with([' ', '.', ':']) || piece.starts_with("b") { "" } else { "|" };
        }
    }
    text
}

const AGENTS: &str = "No closed form is known for the downtime of agents: it follows from detection, reconnection, timers, logins and phones together. The tests of the program compare it with closed forms in scenarios that are simple enough to have one.";

#[test]
fn a_scenario_without_random_faults_says_so() {
    let words =
        "No closed form applies to this scenario, because none of its faults comes at random.";
    let page = part(&text(&[committed("07-site-loss")]));
    assert!(page.starts_with(words) && page.contains(AGENTS), "{page}");
}

#[test]
fn the_number_of_faults_in_one_run_is_beside_poissons_law() {
    let mut model = base();
    let path = Target::Path(LocationId(0), SiteId(0), Planes::Both);
    fault(&mut model, path, Schedule::random(exponential(1_000.0), always(1)));
    let aged = Law::Weibull { shape: 0.7, scale: switchover::time::Span::from_secs(900) };
    fault(&mut model, path, Schedule::random(aged, always(1)));
    model.horizon = at(10_010);
    let folder = of_model(&model);
    let found = &answer(&folder, "summary.json")["closed_forms"]["compared"][0];
    let number = found["found"].as_f64().unwrap();
    // 10010 / 1001 = 10: the standard deviation is its root.
    let z = (number - 10.0) / 10_f64.sqrt();
    let mut words = part(&text(std::slice::from_ref(&folder)));
    let chance = found["chance"].as_f64().unwrap();
    let row = format!(
        "incidents of fault-0|1 target x length of the run / (MTBF + MTTR), MTBF 16 min 40 s, MTTR 1 s|10.0|{number}|3.2|{z:+.2}|"
    );
    assert!(words.contains(&row), "{row} in {words}");
    assert!((0.0..=1.0).contains(&chance));
    words = words.replace('|', "");
    for rest in [
        format!("The simulation agrees with them: the largest |z| is {:.2}. z is the difference in standard deviations; beyond 4 it would hardly be chance.", z.abs()).replace('|', ""),
        "They hold because the times to failure are exponential, each target has a clock of its own, and all are up at the start. Repairs that the end of the run cuts change z by at most 0.001. The chance is that of Poisson's law: where it is small, this run had an unusual number of faults.".to_owned(),
        "incidents of fault-1 is not compared, because the times to failure are not exponential.".to_owned(),
        "time down of path l - x - cti is not compared, because more than one fault or target acts on it.".to_owned(),
        AGENTS.to_owned(),
    ] {
        assert!(words.contains(&rest), "{rest} in {words}");
    }
}

#[test]
fn the_means_of_replications_are_beside_their_forms() {
    let mut experiment = answer(&committed("17-year-with-bounds"), "experiment.json");
    let compared = |measure: &str, about: &str, found: f64, error: f64| {
        json!({ "measure": measure, "about": about, "targets": 4, "mtbf_s": 7_200, "mttr_s": 120,
            "expected": 100, "edge": 0.004, "found": found, "standard_error": error,
            "z": (found - 100.0) / error, "chance": null })
    };
    let skipped = json!({ "because": "it is so", "measures": ["a", "b", "c", "d", "e", "f"] });
    experiment["closed_forms"] = json!({
        "compared": [compared("faults.cut.incidents", "incidents", 101.0, 2.0), compared("paths.a.b.cti.downtime_s", "time-down", 90.0, 2.0)],
        "not_compared": [skipped],
    });
    let words = part(&text(&[only("experiment.json", &experiment)]));
    for rest in [
        "incidents of cut|4 targets x length of the run / (MTBF + MTTR), MTBF 2 h, MTTR 2 min|100.0|101.0|2.0|+0.50|faults.cut.incidents|",
        "time down of path a - b - cti|length of the run x MTTR / (MTBF + MTTR), MTBF 2 h, MTTR 2 min|100.0 s|90.0 s|2.0 s|-5.00|paths.a.b.cti.downtime_s|",
        "The simulation does not agree with them: the largest |z| is 5.00.",
        "; a time down has a form only where one fault alone acts on the part. Repairs that the end of the run cuts change z by at most 0.002.",
        "a, b, c, d and 2 more are not compared, because it is so.",
    ] {
        assert!(words.contains(rest), "{rest} in {words}");
    }
    experiment["closed_forms"]["compared"] = json!([]);
    let none = part(&text(&[only("experiment.json", &experiment)]));
    assert!(none.starts_with("No closed form applies to this scenario:"), "{none}");
    experiment["closed_forms"] = Value::Null;
    let old = part(&text(&[only("experiment.json", &experiment)]));
    assert!(
        old.starts_with("Closed forms are not in this directory: it was made by an older version.")
    );
}

#[test]
fn a_search_for_headroom_is_beside_the_forms_of_the_scenario_as_it_is() {
    let folder = committed("27-reconnect-storm-headroom");
    let none = part(&text(std::slice::from_ref(&folder)));
    let because =
        "No closed form applies to this scenario, because none of its faults comes at random.";
    assert!(none.starts_with(because) && none.contains(AGENTS), "{none}");
    let sweep = answer(&committed("17-year-with-bounds-sweep"), "sweep.json");
    let mut random = answer(&folder, "headroom.json");
    random["closed_forms"] = sweep["closed_forms"].clone();
    let page = part(&text(&[only("headroom.json", &random)]));
    assert!(page.starts_with("Of the scenario as it is today:"), "{page}");
    for one in random["closed_forms"]["compared"].as_array().expect("forms") {
        let (measure, z) = (one["measure"].as_str().unwrap(), one["z"].as_f64().unwrap());
        assert!(page.contains(&format!("{measure}|")) && page.contains(&format!("|{z:+.2}|")));
    }
}

#[test]
fn variants_of_a_comparison_are_beside_their_own_forms() {
    let folder = committed("17-year-with-bounds-compare");
    let written = answer(&folder, "compare.json");
    let all = written["closed_forms"].as_array().expect("random faults");
    assert_eq!(all.len(), 2, "both variants");
    let page = part(&text(&[folder]));
    // Another timeout changes no fault: what is the same of both is said once.
    let [first, second] = [&all[0], &all[1]].map(|one| one["name"].as_str().unwrap());
    assert!(page.starts_with(&format!("Of {first}, {second}:")), "{page}");
    assert_eq!(page.matches("The simulation agrees with them").count(), 1, "{page}");
    let z = format!("|{:+.2}|", all[0]["compared"][0]["z"].as_f64().unwrap());
    assert!(page.contains(&z) && page.contains(AGENTS), "{z} in {page}");

    let mut other = written.clone();
    other["closed_forms"][1]["compared"][0]["found"] = json!(1.5);
    let page = part(&text(&[only("compare.json", &other)]));
    assert!(page.contains(&format!("Of {first}:")) && page.contains(&format!("Of {second}:")));
    other["closed_forms"].take();
    let page = part(&text(&[only("compare.json", &other)]));
    assert!(page.starts_with("Closed forms are not in this directory"), "{page}");
}

#[test]
fn a_sweep_is_beside_the_forms_of_the_scenario_as_it_is() {
    let folder = committed("17-year-with-bounds-sweep");
    let forms = answer(&folder, "sweep.json")["closed_forms"].clone();
    let page = part(&text(&[folder]));
    assert!(page.starts_with("Of the scenario as it is today:"), "{page}");
    for one in forms["compared"].as_array().expect("forms") {
        let (measure, z) = (one["measure"].as_str().unwrap(), one["z"].as_f64().unwrap());
        assert!(page.contains(&format!("{measure}|")) && page.contains(&format!("|{z:+.2}|")));
    }
}
