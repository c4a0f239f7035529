//! What the first page says besides downtime: money, thresholds in words, how sure counts are, what to look at.

use serde_json::json;

use switchover::report::page::Folder;

use super::folders::{committed, facts, json as read, text};

/// What a comparison counts is said with the paired difference and its interval, money in its currency.
#[test]
fn a_comparison_says_how_sure_its_counts_are() {
    let mut folder = committed("17-year-with-bounds-compare");
    let mut answer = read(&folder, "compare.json");
    let measures = answer["against"][0]["measures"].as_array_mut().unwrap();
    measures.retain(|one| one["measure"] != "money.total");
    let number = |value: f64, half: f64| json!({ "value": value, "low": value - half, "high": value + half });
    let one = |measure: &str, half: f64| {
        json!({ "measure": measure, "first": number(900.0, 60.0), "this": number(860.0, 60.0),
                "difference": number(-40.0, half) })
    };
    measures.retain(|one| one["measure"] != "switchovers.needless");
    measures.push(one("switchovers.needless", 12.0));
    measures.push(one("money.total", 0.0));
    folder.files.insert("compare.json".to_owned(), answer.to_string().into_bytes());
    let mut rows = folder.files["assumptions.csv"].clone();
    rows.extend(b"price,,currency,EUR,line 9,,scenario,A\n");
    folder.files.insert("assumptions.csv".to_owned(), rows);
    let facts = facts(&text(&[folder]));
    assert_eq!(
        facts[1..],
        [
            "Needless switchovers in a replication: 900 in A, 860 in B; B - A is -40 (95 % interval -52 to -28).",
            "What the outages cost in a replication, in EUR: 900 in A, 860 in B; B - A is -40 in every replication.",
        ]
    );
}

/// A comparison proposes a look at the best of the variants that are shown to be better, and says if there is none.
#[test]
fn a_comparison_says_what_to_look_at() {
    let folder = committed("17-year-with-bounds-compare");
    let said = |value: f64, half: f64| {
        let mut answer = read(&folder, "compare.json");
        let measures = answer["against"][0]["measures"].as_array_mut().unwrap();
        let mean = measures.iter_mut().find(|one| one["measure"] == "downtime_s.per_agent.mean");
        mean.unwrap()["difference"] =
            json!({ "value": value, "low": value - half, "high": value + half });
        let mut folder = folder.clone();
        folder.files.insert("compare.json".to_owned(), answer.to_string().into_bytes());
        text(&[folder])
    };
    let look = "Look at B from close by: <code>switchover run 17-year-with-bounds.toml --set \
                'application.interaction-workspace.disaster-recovery.timeout=45' --report</code>.";
    assert!(said(-40.0, 5.0).contains(look));
    assert!(said(40.0, 5.0).contains("No variant has less downtime than A."));
    assert!(
        said(1.0, 5.0).contains("Where no difference is shown, more replications may show one")
    );
}

/// What outages cost is said where the scenario names prices, with the currency, each part that has a price, and of an
/// experiment the interval.
#[test]
fn money_is_part_of_the_answer() {
    let mut folder = committed("31-monday-at-ten");
    let mut summary = read(&folder, "summary.json");
    let of = |folder: &Folder| {
        let facts = facts(&text(std::slice::from_ref(folder)));
        facts.into_iter().find(|fact| fact.starts_with("The outages cost"))
    };
    assert_eq!(of(&folder), None);
    summary["money"] =
        json!({ "currency": "EUR", "agents": 810.3, "calls": 3425.0, "total": 4235.3 });
    folder.files.insert("summary.json".to_owned(), summary.to_string().into_bytes());
    let words = "The outages cost 4,235 EUR: 810 for agents out of service, 3,425 for calls that failed because of the faults.";
    assert_eq!(of(&folder).as_deref(), Some(words));
    summary["money"] = json!({ "currency": "", "agents": 4235.3, "calls": 0.0, "total": 4235.3 });
    folder.files.insert("summary.json".to_owned(), summary.to_string().into_bytes());
    let words = "The outages cost 4,235: 4,235 for agents out of service.";
    assert_eq!(of(&folder).as_deref(), Some(words), "no price of calls");

    let mut folder = committed("17-year-with-bounds");
    let mut answer = read(&folder, "experiment.json");
    answer["estimates"]["money.total"] =
        json!({ "unit": "1", "value": 4256.9, "low": 3727.0, "high": 4783.7, "runs": null });
    folder.files.insert("experiment.json".to_owned(), answer.to_string().into_bytes());
    let mut rows = folder.files["assumptions.csv"].clone();
    rows.extend(b"price,,currency,EUR,line 9,,scenario\n");
    folder.files.insert("assumptions.csv".to_owned(), rows);
    let words = "The outages cost, in EUR: 4,257 (95 % interval 3,727 to 4,784).";
    assert_eq!(of(&folder).as_deref(), Some(words));
    assert!(text(&[folder]).contains("Prices"), "an assumption");
}

/// Thresholds are said in words, with the key beside them; what is chance and what is data is said, too.
#[test]
fn thresholds_and_trust_are_in_words() {
    let folder = committed("17-year-with-bounds");
    let page = text(std::slice::from_ref(&folder)).replace('\u{a0}', " ");
    for words in [
        "title=\"downtime_s.per_agent_year\">Downtime per agent and year: at most 15 min</th>",
        "title=\"availability\">Agents in service: at least 99.99 %</th>",
        "title=\"outages.service_lost.duration_s.p95\">Service lost, 95 % within: at most 2 min</th>",
        "How far a single replication is from the mean is chance: half of them have at most 9 min 47 s of downtime per agent, 95 % at most 18 min 29 s, the \
         worst 27 min 29 s.",
        "The intervals are due to chance alone.",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let page = text(&[committed("31-monday-at-ten")]);
    let group = "Agent group north-old has 94.0 % of the downtime: <a href=\"#by-group\">";
    assert!(page.contains(group), "who waits for the site has no other");
    assert!(!text(&[committed("07-site-loss")]).contains("<li>Agent group "));
    let words = "other random draws of timers, phones and logins, and of callers;";
    assert!(page.contains(words) && page.contains("--replications 100</code> gives every number"));
}
