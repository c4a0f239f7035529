//! Every sentence of the answer is made again from the numbers in the files, in another way.

use proptest::prelude::*;
use serde_json::{Value, json};

use switchover::report::page::Folder;

use super::folders::{committed, facts, is_near, json as read, only, text};

/// A length of at least a minute in whole seconds, in its two largest units.
fn length(seconds: u64) -> String {
    let parts = [(seconds / 86_400, "d"), (seconds / 3_600 % 24, "h"), (seconds / 60 % 60, "min")];
    let parts = parts.into_iter().chain([(seconds % 60, "s")]).filter(|(number, _)| *number > 0);
    let parts: Vec<String> =
        parts.take(2).map(|(number, unit)| format!("{number} {unit}")).collect();
    parts.join(" ")
}

fn grouped(number: u64) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{},{:03}", grouped(number / 1_000), number % 1_000),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn a_run_is_summed_up_by_its_own_numbers(
        agents in 2_u64..900_000,
        horizon in 60_u64..3_000_000,
        thousandths in 101_u64..980,
        hours in 100_u64..10_000_000,
        lost in 1_u64..900_000,
        more in 1_u64..900_000,
        half in 60_u64..100_000,
        longest in 0_u64..100_000,
        hit in 1_u64..900_000,
        all in 0_u64..100_000,
        missing in 0_u64..2,
    ) {
        let lost = lost.min(agents - 1);
        let mut summary = read(&committed("07-site-loss"), "summary.json");
        summary["agents"] = json!(agents);
        summary["horizon_s"] = json!(horizon);
        summary["availability"] = json!(thousandths as f64 / 1_000.0);
        summary["downtime_s"]["total"] = json!(hours * 3_600);
        let outages = &mut summary["outages"]["service_lost"];
        outages["count"] = json!(lost + more);
        outages["agents"] = json!(lost);
        outages["duration_s"]["p50"] = json!(half);
        outages["duration_s"]["max"] = json!(half + longest);
        let fault = &mut summary["faults"][0];
        fault["agents_hit"] = json!(hit);
        fault["agents_not_back"] = json!(missing);
        fault["half_back_s"] = json!(half);
        fault["all_back_s"] = if missing > 0 { Value::Null } else { json!(half + all) };
        let facts = facts(&text(&[only("summary.json", &summary)]));

        let share = thousandths / 10;
        prop_assert_eq!(&facts[0], &format!(
            "Over {} from Mon 09:00, {} agents were in service for {share}.{} % of the time: {} agent-hours are lost.",
            length(horizon), grouped(agents), thousandths % 10, grouped(hours)
        ));
        let who = if lost == 1 { "1 agent (".to_owned() } else { format!("{} agents (", grouped(lost)) };
        prop_assert!(facts[1].starts_with(&who), "{}", facts[1]);
        let rest = format!(
            "%) lost service {} times; half of these outages lasted at most {}, the longest {}.",
            grouped(lost + more), length(half), length(half + longest)
        );
        prop_assert!(facts[1].ends_with(&rest), "{} {rest}", facts[1]);
        let whom = if hit == 1 { "1 agent".to_owned() } else { format!("{} agents", grouped(hit)) };
        let end = if missing > 0 { "some never".to_owned() } else { format!("all after {}", length(half + all)) };
        prop_assert_eq!(&facts[2], &format!(
            "The worst fault, \"north lost\", put {whom} out of service; half were back after {}, {end}.",
            length(half)
        ));
        prop_assert_eq!(facts.len(), 3);
    }

    #[test]
    fn an_estimate_is_said_with_its_own_interval(
        value in 0.01_f64..5e6,
        below in 0.001_f64..0.9,
        above in 0.001_f64..3.0,
    ) {
        let (low, high) = (value * (1.0 - below), value * (1.0 + above));
        let mut answer = read(&committed("17-year-with-bounds"), "experiment.json");
        for key in ["downtime_s.per_agent.mean", "outages.service_lost.duration_s.p95"] {
            let estimate = &mut answer["estimates"][key];
            estimate["runs"]["p95"] = json!({ "value": value, "low": low, "high": high });
            estimate["value"] = json!(value);
            estimate["low"] = json!(low);
            estimate["high"] = json!(high);
        }
        let facts = facts(&text(&[only("experiment.json", &answer)]));
        let heads = [
            (0, "In 365 d an agent is out of service for "),
            (1, "One replication in twenty has more downtime per agent than "),
            (3, "Of the losses of service, 95 % are over within "),
        ];
        for (at, head) in heads {
            let rest = facts[at].strip_prefix(head);
            prop_assert!(rest.is_some(), "{}", facts[at]);
            let (shown, interval) = rest.unwrap().split_once(" (95 % interval ").unwrap();
            let (from, to) = interval.split_once(')').unwrap().0.split_once(" to ").unwrap();
            let unit = shown.rsplit_once(' ').unwrap().1;
            prop_assert!(is_near(shown, "", value), "{shown} {value}");
            prop_assert!(is_near(from, unit, low), "{from} {unit} {low}");
            prop_assert!(is_near(to, "", high), "{to} {high}");
        }
        let many = format!(" on average, in {} replications.", answer["replications"]["count"]);
        prop_assert!(facts[0].ends_with(&many), "{}", facts[0]);
    }
}

/// Of a comparison: more, less, the same or not shown, as the interval of the difference says.
#[test]
fn a_difference_is_called_what_its_interval_shows() {
    let cases = [
        (
            -46.9,
            -52.6,
            -41.7,
            "has less downtime than A: B - A is -46.9 s (95 % interval -52.6 to -41.7 s) per agent.",
        ),
        (
            46.9,
            41.7,
            52.6,
            "has more downtime than A: B - A is 46.9 s (95 % interval 41.7 to 52.6 s) per agent.",
        ),
        (
            1.0,
            -2.0,
            4.0,
            "is not shown to differ from A in downtime: B - A is 1.0 s (95 % interval -2.0 to 4.0 s) per agent.",
        ),
        (0.0, 0.0, 0.0, "has the same downtime as A in every replication."),
    ];
    let answer = read(&committed("17-year-with-bounds-compare"), "compare.json");
    for (value, low, high, words) in cases {
        let mut answer = answer.clone();
        let measures = answer["against"][0]["measures"].as_array_mut().unwrap();
        let mean = measures.iter_mut().find(|one| one["measure"] == "downtime_s.per_agent.mean");
        mean.unwrap()["difference"] = json!({ "value": value, "low": low, "high": high });
        let facts = facts(&text(&[only("compare.json", &answer)]));
        let better = if low == high { "" } else { " It is better in 96 % of 100 replications." };
        let expected = format!("B (disaster-recovery.timeout=45) {words}{better}");
        assert_eq!(facts[0], expected);
    }
}

/// Of a sweep: one point has the least, or some cannot be separated.
#[test]
fn points_that_cannot_be_separated_are_named_together() {
    let mut answer = read(&committed("17-year-with-bounds-sweep"), "sweep.json");
    let one = facts(&text(&[only("sweep.json", &answer)]));
    assert_eq!(
        one[..2],
        [
            "disaster-recovery.timeout = 15 has less downtime than every other point: 8.00 min (95 % interval 7.21 to 9.00 min) per agent.",
            "Compared with today, disaster-recovery.timeout = 15 changes the downtime per agent by -144 s (95 % interval -169 to -124 s).",
        ]
    );
    for point in [1, 2] {
        answer["points"][point]["may_have_least_downtime"] = true.into();
    }
    let some = facts(&text(&[only("sweep.json", &answer)]));
    assert_eq!(
        some[0],
        "Any of 15, 30, 45 for disaster-recovery.timeout may have the least downtime: 60 replications do not separate them."
    );
}

/// What to do next of a run: the way home and the queue for a login, if there were any, and no timeouts
/// where nothing failed.
#[test]
fn a_run_says_what_else_took_long() {
    let mut folder = committed("07-site-loss");
    let page = text(std::slice::from_ref(&folder));
    let home =
        "Going home to the preferred site opened 3,000 more outages, the longest 2 min 23 s: ";
    let queue = "Agents waited up to 1 min 44 s for a login at site south: see what another \
                 <code>login-capacity</code> there changes.";
    assert!(page.contains(home) && page.contains(queue));
    assert!(!page.contains("Nothing failed in this run"));

    let mut summary = read(&folder, "summary.json");
    summary["faults"] = json!([]);
    summary["outages"]["trips_home"]["count"] = json!(0);
    for site in summary["sites"].as_array_mut().unwrap() {
        site["login_wait_longest_s"] = json!(9.9);
    }
    folder.files.insert("summary.json".to_owned(), summary.to_string().into_bytes());
    let page = text(&[folder]);
    assert!(!page.contains("Going home to") && !page.contains("Agents waited up to"));
    assert!(page.contains("Nothing failed in this run") && !page.contains("Try other timeouts"));
}

/// The timeout to try is that of the phone where most of the downtime is spent waiting for it.
#[test]
fn the_timeout_to_try_is_the_one_that_matters() {
    let tried = |name| {
        let page = text(&[committed(name)]);
        let found = page.split_once("Try other timeouts under the same faults: ").unwrap().1;
        let range = found.split_once("disaster-recovery.").unwrap().1;
        range.split_once('=').unwrap().0.to_owned()
    };
    assert_eq!(tried("10-phone-partition"), "wait-for-sipphone-timeout");
    assert_eq!(tried("07-site-loss"), "timeout");
}

/// What to do next where desktops or phones waited: the site where most was in vain, and nothing where nobody
/// waited long.
#[test]
fn a_run_says_where_connections_and_registers_waited() {
    let mut folder = committed("27-reconnect-storm");
    let page = text(std::slice::from_ref(&folder));
    let queue = "At site X 13,649 attempts of desktops to connect had to wait, for up to 5 s, up to 1,440 at once, 11,805 \
                 attempts timed out: see what another <code>reconnect-capacity</code> there changes, or a longer \
                 <code>warm-standby.reconnection-random-delay-range</code>: \
                 <a href=\"#connection-queues\">Attempts to connect</a>.";
    assert!(page.contains(queue));
    assert!(page.contains("id=\"connection-queues\""));
    let mut summary = read(&folder, "summary.json");
    for site in summary["reconnects"].as_array_mut().unwrap() {
        site["timed_out"] = json!(0);
        site["wait_longest_s"] = json!(9.9);
    }
    folder.files.insert("summary.json".to_owned(), summary.to_string().into_bytes());
    assert!(!text(&[folder]).contains("had to wait"));

    // No link to a chart that is not there.
    let mut folder = committed("27-reconnect-storm");
    folder.files.remove("connection-queues.svg");
    let page = text(&[folder]);
    assert!(page.contains("<code>warm-standby.reconnection-random-delay-range</code>.</li>"));
    assert!(!page.contains("#connection-queues"));

    let page = text(&[committed("24-register-storm")]);
    let queue = "At the registrar of site ten REGISTERs waited for up to 1 min 8 s, up to 20,285 at once, 1,848 transactions \
                 timed out: see what another <code>capacity</code> or <code>queue-limit</code> of it changes, or \
                 phones that come back one after the other: <a href=\"#register-queues\">REGISTERs and the queue</a>.";
    assert!(page.contains(queue));
}

/// Counts of variants with other numbers of agents are not put side by side without them.
#[test]
fn a_comparison_says_of_how_many_agents_its_counts_are() {
    let mut folder = committed("17-year-with-bounds-compare");
    let needless = |folder: &Folder| {
        facts(&text(std::slice::from_ref(folder)))
            .into_iter()
            .find(|fact| fact.starts_with("Needless"))
    };
    let fact = needless(&folder).unwrap();
    assert!(!fact.contains("agents"), "{fact}");
    let rows = String::from_utf8(folder.files["assumptions.csv"].clone()).unwrap();
    let more = |row: &str| match row.contains("disaster-recovery.enabled") && row.ends_with(",B") {
        true => row.replace(",40,", ",1000,"),
        false => row.to_owned(),
    };
    let rows: Vec<String> = rows.lines().map(more).collect();
    folder.files.insert("assumptions.csv".to_owned(), rows.join("\n").into_bytes());
    let fact = needless(&folder).unwrap();
    let (a, b) = fact.split_once(", ").unwrap();
    assert!(a.ends_with(" in A (40 agents)") && b.ends_with(" in B (1,000 agents)."), "{fact}");
}

/// What became of calls, and what the faults cost, is said with the numbers of the summary.
#[test]
fn calls_are_part_of_the_answer() {
    let mut summary = read(&committed("31-monday-at-ten"), "summary.json");
    let all = &mut summary["all_calls"];
    for (key, number) in [
        ("offered", 12_345),
        ("answered", 11_000),
        ("abandoned", 1_200),
        ("lost", 145),
        ("blocked", 0),
        ("waiting", 0),
    ] {
        all[key] = json!(number);
    }
    all["service_level"] = json!(0.875);
    all["cost"] = json!({ "failed": 1_300, "lost": 145, "abandoned": 1_160, "blocked": -5 });
    let of = |summary: &Value| facts(&text(&[only("summary.json", summary)]));
    let found = of(&summary);
    assert_eq!(
        found[3..],
        [
            "12,345 calls: 11,000 answered, 1,200 abandoned, 145 lost; service level 87.5 % (within 20 s).",
            "The faults cost 1,300 calls, against the same callers without faults: 145 lost, 1,160 abandoned, 5 fewer blocked.",
        ]
    );
    summary["all_calls"]["cost"]["failed"] = json!(0);
    assert_eq!(
        of(&summary)[4],
        "The faults cost no call: 1,345 calls failed, as many as without them."
    );
    summary["faults"] = json!([]);
    assert_eq!(of(&summary).len(), 3, "{:?}", of(&summary));
}
