//! The planner's table of an experiment against those of its replications, each made by itself.

use std::collections::BTreeMap;
use std::fs;

use super::near;
use crate::cli::program::Place;

/// Two sites, three causes; with calls. The second fault strikes in some replications only.
const SCENARIO: &str = r#"
horizon = "4h"
seed = 5
call-interval = "15m"

[application.interaction-workspace]
disaster-recovery.enabled = true
disaster-recovery.preferred-site = "X"
disaster-recovery.peer-site = "Y"

[site.X]
login-capacity = "1/s"
[site.Y]
registrar.capacity = "5/s"

[agent-group.first]
agents = 12
[agent-group.second]
agents = 8
[agent-group.second.interaction-workspace]
disaster-recovery.preferred-site = "Y"
disaster-recovery.peer-site = "X"

[[fault]]
name = "X lost"
target = "site X"
at = "3h15m"
for = "45m"

[[fault]]
name = "Y fails"
target = "site Y"
failure = { exponential = "6h" }
repair = { exponential = "20m" }

[[drain]]
name = "update"
site = "Y"
at = "2h30m"
grace = "5m"
for = "20m"

[[calls]]
name = "a"
arrivals = "110/h"
handling = { exponential = "5m" }
patience = { exponential = "2m" }
redial = "30%"
redial-delay = "3m"
"#;

const REPLICATIONS: usize = 12;

type Key = (String, String);

/// The cells of a table by fault and site, in their order.
struct Planned {
    columns: Vec<String>,
    rows: BTreeMap<Key, Vec<Vec<String>>>,
}

fn planned(text: &str) -> Planned {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let mut rows: BTreeMap<Key, Vec<Vec<String>>> = BTreeMap::new();
    for row in reader.records() {
        let row: Vec<String> = row.unwrap().iter().map(str::to_owned).collect();
        rows.entry((row[0].clone(), row[1].clone())).or_default().push(row);
    }
    Planned { columns, rows }
}

impl Planned {
    fn cell(&self, key: &Key, row: usize, column: &str) -> Option<f64> {
        let at = self.columns.iter().position(|name| name == column).expect(column);
        self.rows[key][row][at].parse().ok()
    }
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Replications in which a target was not met again.
fn open(single: &[Planned], key: &Key) -> usize {
    let each = single.iter().filter_map(|one| one.cell(key, 0, "not_met_again"));
    each.filter(|one| *one > 0.0).count()
}

/// Replications in which fewer than 95 % of the agents that a fault hit were back.
fn out(place: &Place, fault: &str) -> usize {
    let each = (0..REPLICATIONS).filter(|number| {
        let text = place.read(&format!("{number}/summary.json"));
        let summary: serde_json::Value = serde_json::from_str(&text).unwrap();
        let mut own = summary["faults"].as_array().unwrap().iter();
        let own = own.find(|one| one["name"] == fault).unwrap();
        own["agents_hit"].as_u64() > Some(0) && own["most_back_s"].is_null()
    });
    each.count()
}

#[test]
fn an_experiment_puts_the_tables_of_its_replications_together() {
    let place = Place::new();
    place.write("s.toml", SCENARIO);
    let number = REPLICATIONS.to_string();
    let run = ["run", "s.toml", "--replications", &number, "--quiet", "--out", "all"];
    place.run(&run).expect(0);
    let all = planned(&place.read("all/planner.csv"));
    let single = (0..REPLICATIONS).map(|number| {
        let number = number.to_string();
        let replay = ["replay", "s.toml", "--replication", &number, "--quiet", "--no-rows"];
        place.run(&[&replay[..], &["--out", &number]].concat()).expect(0);
        planned(&place.read(&format!("{number}/planner.csv")))
    });
    let single: Vec<Planned> = single.collect();
    let (mut told, mut never) = (0, 0);
    assert_eq!(all.rows.keys().collect::<Vec<_>>(), single[0].rows.keys().collect::<Vec<_>>());
    for key in all.rows.keys() {
        assert_eq!(all.rows[key].len(), 5, "{key:?}: mean, low, high, p95, most");
        for column in &single[0].columns[2..] {
            // The longest of all faults is no measure.
            if column == "most_back_s" && key.0.is_empty() {
                continue;
            }
            let values = single.iter().filter_map(|one| one.cell(key, 0, column));
            let mut values: Vec<f64> = values.collect();
            let is_cost = column.starts_with("calls_") || column == "not_met_again";
            if is_cost && key.1.is_empty() {
                // What never struck cost nothing.
                values.resize(REPLICATIONS, 0.0);
            }
            let of = |row| all.cell(key, row, column);
            let what = format!("{key:?} {column} {values:?}");
            near(of(0), mean(&values), &what);
            told += values.len();
            values.sort_by(f64::total_cmp);
            if column == "service_level_worst" {
                values.reverse();
            }
            let open = match column.as_str() {
                "met_again_s" => open(&single, key),
                "most_back_s" => out(&place, &key.0),
                _ => 0,
            };
            never += open;
            let rank = ((values.len() + open) * 95).div_ceil(100);
            let p95 = rank.checked_sub(1).and_then(|rank| values.get(rank).copied());
            near(of(3), p95.filter(|_| !values.is_empty()), &what);
            near(of(4), values.last().copied().filter(|_| open == 0), &what);
        }
    }
    assert!(told > 500 && never > 0, "{told} {never}");
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(place.path().join("all/experiment.json")).unwrap())
            .unwrap();
    assert_eq!(json["planner"].as_array().map(Vec::len), Some(12));
}

/// Forty agents of two sites, so few that the target is missed without any fault as well.
const SHORT: &str = r#"
horizon = "4h"
seed = 7

[application.interaction-workspace]
disaster-recovery.enabled = false

[site.north]
[site.south]

[agent-group.north]
agents = 20
[agent-group.north.interaction-workspace]
disaster-recovery.preferred-site = "north"
[agent-group.south]
agents = 20
[agent-group.south.interaction-workspace]
disaster-recovery.preferred-site = "south"

[[calls]]
name = "q"
arrivals = "600/h"
handling = { exponential = "4m" }
patience = { exponential = "3m" }

[[fault]]
name = "north dies"
target = "site north"
at = "1h1m"
for = "1h"
"#;

/// The planner's row of a fault in one run.
fn row(scenario: &str, fault: &str) -> impl Fn(&str) -> Option<f64> {
    let place = Place::new();
    place.write("s.toml", scenario);
    place.run(&["run", "s.toml", "--quiet", "--no-rows", "--out", "out"]).expect(0);
    let table = planned(&place.read("out/planner.csv"));
    let key = (fault.to_owned(), String::new());
    move |column| table.cell(&key, 0, column)
}

/// The fault strikes at 1:01; until 2:30 intervals are below the target and lower than without it.
#[test]
fn a_target_that_is_missed_anyway_is_missed_because_of_a_fault_where_it_is_lower() {
    let short = row(SHORT, "north dies");
    assert!(short("service_level_worst").unwrap() < 0.05);
    let met = short("met_again_s").unwrap();
    assert!((59.0 * 60.0..=119.0 * 60.0).contains(&met), "{met}");
}

/// Nobody works after three o'clock, and nothing is answered: no doing of the fault.
#[test]
fn intervals_that_are_as_without_faults_are_not_its_worst() {
    let shifts = SHORT
        .replace("seed = 7", "seed = 7\nclock = \"Mon 00:00\"")
        .replace("agents = 20", "agents = 40\nshift = \"00:00-03:00\"");
    let worst = row(&shifts, "north dies")("service_level_worst").unwrap();
    assert!((0.05..0.99).contains(&worst), "{worst}");
}

/// A blip during the loss of a site takes over nothing of what the loss does.
#[test]
fn a_blip_during_a_loss_has_no_intervals() {
    let blip =
        "[[fault]]\nname = \"blip\"\ntarget = \"logins south\"\nat = \"1h25m\"\nfor = \"5s\"\n";
    let (alone, both) = (row(SHORT, "north dies"), format!("{SHORT}{blip}"));
    let (loss, blip) = (row(&both, "north dies"), row(&both, "blip"));
    for column in ["calls_lost", "calls_abandoned", "service_level_worst", "met_again_s"] {
        assert_eq!(loss(column), alone(column), "{column}");
    }
    assert_eq!(blip("calls_lost"), Some(0.0));
    assert_eq!(blip("service_level_worst"), None);
}

/// The planner's row of a fault at a site in one run.
fn at_site(scenario: &str, fault: &str, site: &str) -> impl Fn(&str) -> Option<f64> + use<> {
    let place = Place::new();
    place.write("s.toml", scenario);
    place.run(&["run", "s.toml", "--quiet", "--no-rows", "--out", "out"]).expect(0);
    let table = planned(&place.read("out/planner.csv"));
    let key = (fault.to_owned(), site.to_owned());
    move |column| table.cell(&key, 0, column)
}

/// The same centre with disaster recovery.
fn moving() -> String {
    let both = |site: &str, peer: &str| {
        format!("preferred-site = \"{site}\"\ndisaster-recovery.peer-site = \"{peer}\"\n")
    };
    SHORT
        .replace(
            "enabled = false",
            "enabled = true\nreg_interval = 20\nsip_transaction_timeout = 4000",
        )
        .replace("preferred-site = \"north\"\n", &both("north", "south"))
        .replace("preferred-site = \"south\"\n", &both("south", "north"))
        .replace("[site.north]", "[policy]\nrestore-when = \"immediate\"\n\n[site.north]")
}

/// The site is back at 2:01: the logins after that are the loss's, whatever began in between.
#[test]
fn a_blip_takes_over_no_peak_of_a_loss() {
    let blip = |target: &str| {
        format!(
            "{}[[fault]]\nname = \"blip\"\ntarget = \"{target}\"\nat = \"1h25m\"\nfor = \"5s\"\n",
            moving()
        )
    };
    let (small, great) = (blip("logins south"), blip("site south"));
    let loss = |scenario: &str| at_site(scenario, "north dies", "north");
    let alone = loss(&moving());
    assert!(alone("logins_peak").unwrap() >= 2.0);
    for column in ["in_service_peak", "logins_peak", "recovery_registers_peak"] {
        assert_eq!(loss(&small)(column), alone(column), "{column}");
    }
    assert!(loss(&great)("logins_peak").unwrap() >= 2.0);
    // Nobody is hit by the first blip, and everybody by the second.
    assert_eq!(at_site(&small, "blip", "south")("in_service_peak"), None);
    assert_eq!(at_site(&great, "blip", "south")("in_service_peak"), Some(40.0));
    assert_eq!(at_site(&great, "blip", "north")("logins_peak"), Some(0.0));
}

/// A blip in the morning has nothing of what a loss at ten does to calls that came before ten.
#[test]
fn calls_that_a_loss_cuts_off_are_its_own() {
    let at = |at: &str| SHORT.replace("at = \"1h1m\"", &format!("at = \"{at}\""));
    let blip =
        "[[fault]]\nname = \"blip\"\ntarget = \"logins south\"\nat = \"10m\"\nfor = \"5s\"\n";
    let both = format!("{}{blip}", at("2h"));
    assert_eq!(row(&both, "blip")("calls_lost"), Some(0.0));
    assert_eq!(row(&both, "north dies")("calls_lost"), row(&at("2h"), "north dies")("calls_lost"));
}

/// Agents without disaster recovery whose site does not come back, in a run and in replications: the same words on the
/// terminal and on the page.
#[test]
fn what_has_not_come_by_the_end_is_said_everywhere() {
    let place = Place::new();
    place.write("s.toml", &SHORT.replace("for = \"1h\"", "for = \"9h\""));
    for more in [&["--out", "one", "--no-rows"][..], &["--out", "many", "--replications=3"]] {
        let told = place.run(&[&["run", "s.toml", "--report"], more].concat()).expect(0).out;
        assert!(told.contains("not by the end"), "{told}");
        let page = place.read(&format!("{}/report.html", more[1]));
        let key = "data-key=\"faults.north dies.most_back_s\" data-value=\"\">not by the end<";
        assert!(page.contains(key), "{more:?}");
    }
}

/// Where some replications do not come to it, the time that 95 % have at most is "not by the end".
#[test]
fn a_mean_of_those_that_came_back_is_not_all() {
    let place = Place::new();
    let random = "failure = { uniform = [\"0s\", \"4h\"] }\nrepair = \"2h\"";
    let scenario = SHORT.replace("at = \"1h1m\"\nfor = \"1h\"", random);
    place.write("s.toml", &scenario);
    let run = ["run", "s.toml", "--report", "--replications=12", "--out", "out"];
    let told = place.run(&run).expect(0).out;
    assert!(told.contains("p95: not by the end"), "{told}");
    assert!(place.read("out/report.html").contains("<small>95 %: not by the end</small>"));
    let key = ("north dies".to_owned(), String::new());
    let table = planned(&place.read("out/planner.csv"));
    let of = |row| table.cell(&key, row, "most_back_s");
    assert!(of(0).is_some() && of(3).is_none() && of(4).is_none());
}
