//! Whatever the language accepts can be simulated, measured and told without a panic: a small
//! scenario whose lengths of time go, one at a time, to the ends of what may be written. It asks no
//! result. Several at once may take many steps: then the agent that does is named.

use std::sync::atomic::{AtomicU64, Ordering};

use switchover::checks;
use switchover::limits::{Bounds, Endless, STEPS_PER_OUTAGE, Unfinished};
use switchover::measures::names::Names;
use switchover::measures::{Frame, Measures, Results};
use switchover::model::{Model, Schedule};
use switchover::random::RandomNumbers;
use switchover::report::charts::CHARTS;
use switchover::report::{FILES, Provenance, RowFiles, text};
use switchover::scenario::load;
use switchover::simulation::Simulation;
use switchover::time::Time;
use switchover::trace::{Event, Record};

use super::messages::OneFile;

/// Every `@` is a length of time.
const SCENE: &str = r#"
horizon = @
flap-window = @
[application.interaction-workspace]
disaster-recovery.enabled = true
disaster-recovery.preferred-site = "X"
disaster-recovery.peer-site = "Y"
disaster-recovery.timeout = @
disaster-recovery.wait-for-sipphone-timeout = @
warm-standby.reconnection-random-delay-range = @
warm-standby.retry-delay = @
[failover]
process = @
host = { exponential = @ }
manual-recovery = @
coverage = "50%"
[site.X]
stat = true
[site.Y]
stat = true
login-capacity = "1/s"
[agent-group.dual]
agents = 2
phone = "dual"
[agent-group.single]
agents = 2
phone = "single"
[phone.dual]
expiry = @
t1 = @
t2 = @
transaction-timeout = @
retry = @
[phone.single]
mode = "failover"
expiry = @
transport = "tcp"
transaction-timeout = @
retry = { backoff = { none = @, some = @, cap = @ } }
[desktop]
detection = @
connect-timeout = @
login = { exponential = @ }
ready = @
probe-interval = @
[policy]
stat-loss = "move-agent"
[what-if]
hold-down = @
restore-jitter = @
staged-restore = { stages = 2, step = @ }
switchovers-per-hour = 2
[[fault]]
target = "path office-X"
at = @
times = 3
down = @
up = @
[[fault]]
target = "every process"
failure = { lognormal = { median = @, p95 = "100y" } }
repair = @
[[fault]]
target = "host X-sip-1"
at = @
for = @
[[drain]]
site = "Y"
at = @
grace = @
for = "3h"
"#;

/// What a length of time may be.
const LENGTHS: [&str; 12] =
    ["10s", "1m", "4s", "30s", "2h", "1ns", "2ns", "1us", "0s", "100y", "99y", "1d"];

/// The scene with one length in each place.
fn scene(lengths: &[&str]) -> String {
    let mut parts = SCENE.split('@');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (part, length) in parts.zip(lengths) {
        text += &format!("\"{length}\"{part}");
    }
    text
}

/// Random faults that would fill the memory are none of this test's business.
fn moderate(model: &Model) -> bool {
    model.faults.iter().all(|fault| match &fault.schedule {
        Schedule::Scripted { .. } => true,
        Schedule::Random { failure, .. } => {
            (model.horizon - Time::ZERO).as_secs_f64() < 1e4 * failure.mean_s().max(1e-9)
        }
    })
}

/// Simulates, measures and tells.
fn live(model: &Model) {
    let run = Simulation::new(model, RandomNumbers { seed: 1, replication: 0 }).unwrap();
    let frame = Frame::new(model, run.occurrences());
    let mut measures = Measures::new(&frame, RowFiles::new(model));
    run.agents(0..model.agents(), &mut measures).unwrap();
    let (totals, _) = measures.into_parts();
    let results = Results::new(totals, &frame, (run.world(), run.traffic()));
    let _ = text(&results, model, switchover::report::Screen::PLAIN);
    let none = Provenance::default();
    FILES.iter().for_each(|file| drop((file.render)(&results, model, &none)));
    CHARTS.iter().for_each(|chart| drop((chart.draw)(&results, model)));
}

/// Lives through a scene, its errors allowed, if there is a model of it.
fn survive(text: &str) -> bool {
    let loaded = load("t.toml", text.as_bytes(), &OneFile);
    let resolved = checks::examine(&loaded, &Names).resolved;
    let model = resolved.map(|resolved| resolved.model).filter(moderate);
    model.as_ref().map(live).is_some()
}

#[test]
fn one_length_at_an_end_and_the_others_ordinary() {
    let places = SCENE.matches('@').count();
    let mut lived = 0;
    for place in 0..places {
        for length in LENGTHS {
            let mut lengths = vec!["10s"; places];
            (lengths[0], lengths[place]) = ("2h", length);
            lived += usize::from(survive(&scene(&lengths)));
        }
    }
    assert!(lived > 300, "{lived} of {} were accepted", places * LENGTHS.len());
}

/// Lengths of all kinds, one for each place: a counter, scrambled (xorshift).
fn lengths(case: u64, places: usize) -> Vec<&'static str> {
    let mut x = (case + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut lengths = vec!["2h"];
    while lengths.len() < places {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        let all = ["20ms", "20ms", "20ms", "20ms", "10s", "10s", "10m", "10m", "3h", "1m"];
        lengths.push(all[(x >> 32) as usize % all.len()]);
    }
    lengths
}

/// Steps of an agent, beside those that every outage allows.
const STEPS: u64 = 3_000;

/// Whether all agents end within the bounds; one that does not is the first of those, and is the
/// same when it is simulated alone.
fn ends(model: &Model, text: &str) -> bool {
    let bounds = Bounds { steps: STEPS, ..Bounds::USUAL };
    let random = RandomNumbers { seed: 1, replication: 0 };
    let mut records: Vec<Record> = Vec::new();
    let run = match Simulation::within(model, random, bounds) {
        Ok(run) => run,
        Err(Unfinished::Endless(Endless::Storm(_) | Endless::Turns(_) | Endless::Calls(_))) => {
            panic!("no capacity:\n{text}")
        }
        Err(Unfinished::Endless(Endless::Agent(found))) => {
            assert!(found.agent.0 < model.agents(), "{text}");
            return false;
        }
        Err(Unfinished::Stopped) => panic!("nobody stops it:\n{text}"),
    };
    let most = STEPS + STEPS_PER_OUTAGE * run.occurrences().len() as u64;
    let all = run.agents(0..model.agents(), &mut records);
    for agent in 0..model.agents() {
        match run.agents(agent..agent + 1, &mut records) {
            // A little more is seen before it is over.
            Ok(steps) => assert!(steps <= most + 5_000, "{steps} steps, not {most}:\n{text}"),
            Err(alone) => {
                assert_eq!(all, Err(alone), "{text}");
                let Unfinished::Endless(Endless::Agent(found)) = alone else {
                    panic!("nobody stops it:\n{text}")
                };
                assert_eq!((found.agent.0, found.most), (agent, most), "{text}");
                return false;
            }
        }
    }
    assert!(all.is_ok(), "{text}");
    true
}

#[test]
fn agents_end_or_are_named() {
    let places = SCENE.matches('@').count();
    let changes = [
        ("", ""),
        ("[policy]", "[policy]\nphone-nowhere = \"switch\""),
        ("[policy]", "[policy]\nrestore-needs-phone = false\nconfig-loss = \"move-agent\""),
    ];
    let (mut ended, mut endless) = (0, 0);
    for case in 0..1_500 {
        let (from, to) = changes[case as usize % changes.len()];
        let text = scene(&lengths(case, places)).replace("switchovers-per-hour = 2\n", "");
        let text = text.replace("path office-X", "path office-X sip").replacen(from, to, 1);
        let loaded = load("t.toml", text.as_bytes(), &OneFile);
        let Some(resolved) = checks::examine(&loaded, &Names).resolved else { continue };
        let Some(model) = Some(resolved.model).filter(moderate) else { continue };
        let counter = if ends(&model, &text) { &mut ended } else { &mut endless };
        *counter += 1;
    }
    println!("{ended} ended, {endless} are named");
    assert!(ended > 50 && endless > 50, "{ended} ended, {endless} are named");
}

/// A Stat Server connection that has moved alone to the other site is lost there, and home is back
/// before its DR timer; `PROBE` is the time between two probes.
const ALONE: &str = r#"
horizon = "1d"
[site.X]
[site.Y]
[application.interaction-workspace]
disaster-recovery.enabled = true
disaster-recovery.preferred-site = "X"
disaster-recovery.peer-site = "Y"
[desktop]
probe-interval = "PROBE"
[agent-group.sales]
agents = 1
[server.s]
kind = "stat"
site = "X"
interaction-workspace.disaster-recovery.site = "X"
[server.t]
kind = "stat"
site = "Y"
interaction-workspace.disaster-recovery.site = "Y"
[[fault]]
target = "process s"
at = "1h"
for = "140s"
[[fault]]
target = "process t"
at = "3700s"
for = "20m"
"#;

fn model(text: &str) -> Model {
    let loaded = load("t.toml", text.as_bytes(), &OneFile);
    let resolved = checks::examine(&loaded, &Names).resolved;
    resolved.map(|resolved| resolved.model).unwrap()
}

#[test]
fn probes_of_a_connection_that_is_lost_are_not_lived_through() {
    let steps = |probe| {
        let model = model(&ALONE.replace("PROBE", probe));
        let run = Simulation::new(&model, RandomNumbers { seed: 1, replication: 0 }).unwrap();
        let mut records: Vec<Record> = Vec::new();
        let steps = run.agents(0..1, &mut records).unwrap();
        let moved = |r: &&Record| matches!(r.event, Event::ConnectionMoved { .. });
        (steps, records.iter().filter(moved).count())
    };
    let (steps, moves): (Vec<_>, Vec<_>) = ["1ns", "1us", "1s"].into_iter().map(steps).unzip();
    assert_eq!(moves, [2; 3], "to the other site, and home");
    assert!(steps.iter().all(|steps| *steps < 100), "{steps:?}");
}

/// Agents that step for a century, each in another loop; and one that queues while it does.
fn endless() -> Vec<String> {
    let cut =
        |target: &str| format!("[[fault]]\ntarget = \"{target}\"\nat = \"1h\"\nfor = \"2h\"\n");
    let moves = "[desktop]\nlogin = \"2ns\"\n[policy]\nphone-nowhere = \"switch\"\n\
                 [agent-group.sales.interaction-workspace]\n\
                 disaster-recovery.wait-for-sipphone-timeout = \"2ns\"\n";
    let phone = "[phone.p]\nexpiry = \"2ns\"\ntransaction-timeout = \"2ns\"\n";
    let back_off = "retry = { backoff = { none = \"2ns\", some = \"2ns\", cap = \"2ns\" } }\n";
    let head = ALONE.split("[desktop]").next().unwrap();
    let group = "[agent-group.sales]\nagents = 3\n";
    let all = [
        cut("path office-X sip") + phone + back_off,
        cut("path office-X sip") + phone + back_off + "mode = \"follow\"\n",
        cut("path office-X sip") + phone + "mode = \"failover\"\n",
        cut("every path sip") + moves,
    ];
    let mut all: Vec<String> = all.map(|added| format!("{head}{group}{added}")).to_vec();
    let queue = "[site.X]\nlogin-capacity = \"1000000/s\"\n";
    all.push(all[3].replace("[site.X]\n", queue));
    all
}

#[test]
fn a_run_that_is_not_wanted_ends_in_every_loop() {
    for text in endless() {
        let model = model(&text);
        let asked = AtomicU64::new(0);
        let stop = || asked.fetch_add(1, Ordering::Relaxed) >= 1_000;
        let bounds = Bounds { steps: u64::MAX, stop: &stop, ..Bounds::USUAL };
        let random = RandomNumbers { seed: 1, replication: 0 };
        let mut records: Vec<Record> = Vec::new();
        let run = Simulation::within(&model, random, bounds);
        let ended = run.and_then(|run| run.agents(0..model.agents(), &mut records));
        assert_eq!(ended, Err(Unfinished::Stopped), "{text}");
        // It is asked every few steps; nobody goes on after a yes.
        assert_eq!(asked.load(Ordering::Relaxed), 1_001, "{text}");
    }
}
