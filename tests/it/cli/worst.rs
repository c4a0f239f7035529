//! The worst fault is the same on the terminal, on the page and in the title of the chart; and what the page says to do
//! next can be done.

use super::program::Place;

/// The loss of a site hits a few more agents than the path that flaps, some of them for much longer: disaster recovery is
/// off for `old`. The timeout stands at every level.
const LEVELS: &str = r#"title = "Levels"
horizon = "2h"
seed = 3
[site.north]
login-capacity = "10/s"
[site.south]
login-capacity = "10/s"
[application.interaction-workspace]
disaster-recovery.enabled = true
disaster-recovery.preferred-site = "north"
disaster-recovery.peer-site = "south"
disaster-recovery.timeout = 60
sip_transaction_timeout = 4000
reg_interval = 20
[tenant.acme.interaction-workspace]
disaster-recovery.timeout = 45
[agent-group.sales]
agents = 40
[agent-group.sales.interaction-workspace]
disaster-recovery.timeout = 20
[agent-group.care]
agents = 42
[agent-group.care.interaction-workspace]
disaster-recovery.preferred-site = "south"
disaster-recovery.peer-site = "north"
[agent-group.old]
agents = 10
[agent-group.old.interaction-workspace]
disaster-recovery.enabled = false
[person.anna]
agent-group = "sales"
[person.anna.interaction-workspace]
disaster-recovery.timeout = 90
[[fault]]
name = "north lost"
target = "site north"
at = "10m"
for = "15m"
[[fault]]
name = "south flaps"
target = "path office-south"
at = "40m"
times = 4
down = "2m"
up = "4m"
"#;

/// What a run of a scenario prints, and its page.
fn answer(text: &str) -> (Place, String, String) {
    let place = Place::in_memory();
    place.write("s.toml", text);
    let out = place.run(&["run", "s.toml", "--out", "o", "--report"]).expect(0).out;
    let page = place.read("o/report.html").replace("&quot;", "\"").replace('\u{a0}', " ");
    (place, out, page)
}

#[test]
fn the_worst_fault_is_the_one_that_cost_most_agent_time() {
    let (place, out, page) = answer(LEVELS);
    let faults = place.read("o/faults.csv");
    let cost = |name: &str| -> f64 {
        let own = faults.lines().find(|line| line.starts_with(name)).unwrap();
        own.rsplit(',').next().unwrap().parse().unwrap()
    };
    assert!(cost("north lost") > 2.0 * cost("south flaps"), "{faults}");
    let said = "Worst incident: \"north lost\" at 10 min put 51 agents out of service; half were back after ";
    assert!(out.contains(said), "{out}");
    assert!(
        page.contains(
            "The worst fault, \"north lost\", put 51 agents out of service; half were back"
        )
    );
    let first = page.split("Incident: ").nth(1).unwrap();
    assert!(first.starts_with("north lost, T+0 = 10"), "{}", &first[..40]);
    // Other incidents lie in the same window, so the title keeps to this one.
    let chart = place.read("o/agents-in-service.svg");
    let title = chart.split("<title").nth(1).unwrap();
    let title = title.split_once('>').unwrap().1.split('<').next().unwrap();
    assert_eq!(title, "Worst of 5 faults: north lost: 51 agents out, all back after 15 min 7 s");
}

#[test]
fn the_sweep_that_the_page_proposes_can_be_run() {
    let proposed = |page: &str| {
        let rest = page.split_once("Try other timeouts under the same faults: <code>").unwrap().1;
        rest.split_once("</code>").unwrap().0.to_owned()
    };
    let run = |text: &str| {
        let (place, _, page) = answer(text);
        let command = proposed(&page);
        let words = shlex::split(&command).unwrap();
        let words: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
        place
            .run(&[&words[..], &["--replications", "1", "--quiet", "--out", "sweep"]].concat())
            .expect(0);
        command
    };
    // 52 agents have the timeout of their Tenant, 40 that of their group.
    assert_eq!(
        run(LEVELS),
        "switchover sweep s.toml --set 'tenant.acme.interaction-workspace.disaster-recovery.timeout=15..120 step 15'"
    );
    let dotted = LEVELS.replace("agents = 40", "agents = 140").replace(".sales", ".\"of.sales\"");
    assert_eq!(
        run(&dotted.replace("= \"sales\"", "= \"of.sales\"")),
        "switchover sweep s.toml --set \
         'agent-group.\"of.sales\".interaction-workspace.disaster-recovery.timeout=15..120 step 15'"
    );
    let lines = LEVELS.lines().filter(|line| !line.contains("disaster-recovery.timeout"));
    assert_eq!(
        run(&lines.collect::<Vec<_>>().join("\n")),
        "switchover sweep s.toml --set 'application.interaction-workspace.disaster-recovery.timeout=15..120 step 15'"
    );
}

#[test]
fn no_timeout_is_proposed_where_disaster_recovery_is_off() {
    let said = "Disaster recovery is off for the agents with most of the downtime: no timeout changes that.";
    let many = LEVELS.replace("agents = 10\n", "agents = 60\n");
    let all = LEVELS.replace("enabled = true", "enabled = false");
    for text in [many, all] {
        let (_, _, page) = answer(&text);
        assert!(page.contains(said) && !page.contains("Try other timeouts"));
    }
    assert!(!answer(LEVELS).2.contains(said));
}
