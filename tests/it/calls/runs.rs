//! Calls that a scenario asks for: whole runs against the stepping reference, conservation to the call, and a closed form,
//! all through the language.

use switchover::calls::{self, Cell, Course, Draws, Outcome, Tally};
use switchover::checks;
use switchover::experiment::{Buffers, Layout, replicate};
use switchover::measures::measures;
use switchover::measures::names::Names;
use switchover::model::Model;
use switchover::random::RandomNumbers;
use switchover::scenario::{self, NoFiles};
use switchover::simulation::{self, Simulation};
use switchover::time::Time;

use super::reference;
use crate::bless::root;
use crate::builder::at;
use crate::closed_form::Estimate;

/// Two sites with agents of two groups at each; calls and faults are the case.
pub(super) fn model(rest: &str) -> Model {
    let text = format!(
        "horizon = \"3h\"\n\
         clock = \"Mon 08:00\"\n\
         call-interval = \"15m\"\n\
         [application.interaction-workspace]\n\
         disaster-recovery.enabled = true\n\
         disaster-recovery.preferred-site = \"X\"\n\
         disaster-recovery.peer-site = \"Y\"\n\
         [site.X]\n[site.Y]\n\
         [agent-group.first]\nagents = 5\n\
         [agent-group.second]\nagents = 4\n\
         [agent-group.second.interaction-workspace]\n\
         disaster-recovery.preferred-site = \"Y\"\n\
         disaster-recovery.peer-site = \"X\"\n{rest}"
    );
    let loaded = scenario::load("case.toml", text.as_bytes(), &NoFiles);
    let examined = checks::examine(&loaded, &Names);
    assert!(!examined.has_errors(), "{:?}\n{text}", examined.diagnostics);
    examined.resolved.expect("it is resolved").model
}

pub(super) const FAULTS: [&str; 4] = [
    "[[fault]]\ntarget = \"site X\"\nat = \"09:00\"\nfor = \"40m\"\n",
    "[[fault]]\ntarget = \"path office-X\"\nat = \"50m\"\ntimes = 3\ndown = \"8m\"\nup = \"20m\"\n\
     [[fault]]\ntarget = \"link X-Y\"\nat = \"55m\"\nfor = \"30m\"\n",
    "[[fault]]\ntarget = \"every process\"\nfailure = { exponential = \"1h\" }\nrepair = { exponential = \"10m\" }\n",
    "[[drain]]\nsite = \"Y\"\nat = \"1h\"\ngrace = \"5m\"\nfor = \"45m\"\n\
     [[fault]]\ntarget = \"power office\"\nat = \"2h20m\"\nfor = \"10m\"\n",
];

pub(super) const QUEUES: [&str; 3] = [
    "[[calls]]\nname = \"a\"\narrivals = \"120/h\"\nhandling = { exponential = \"3m\" }\nafter-call = \"20s\"\n\
     patience = { exponential = \"90s\" }\nredial = \"50%\"\nredial-delay = { exponential = \"2m\" }\n",
    "[[calls]]\nname = \"a\"\narrivals = [{ when = \"08:30-10:00\", rate = \"90/h\" }, { when = \"08:00-12:00\", rate = \"60/h\" }]\n\
     handling = { lognormal = { median = \"2m\", p95 = \"8m\" } }\nnever-waits = \"10%\"\nwaiting-places = 3\n\
     groups = [\"second\", \"first\"]\ncall-at-loss = \"kept\"\n\
     [[calls]]\nname = \"b\"\narrivals = \"40/h\"\nday-factor = 5\nhandling = \"4m\"\npatience = \"1m\"\ngroups = [\"first\"]\n\
     pooled = false\nentry = [{ site = \"X\", share = \"50%\" }, { site = \"Y\", share = \"50%\" }]\n",
    "[[calls]]\nname = \"a\"\narrivals = \"150/h\"\nhandling = { exponential = \"3m\" }\ncall-at-loss = \"requeued\"\n\
     patience = { exponential = \"3m\" }\nring-timeout = \"7s\"\ngateway-lag = \"0s\"\n",
];

/// Each combination, a few times.
fn each(test: impl Fn(&Model, RandomNumbers)) {
    for (one, faults) in FAULTS.iter().enumerate() {
        for (other, queues) in QUEUES.iter().enumerate() {
            let model = model(&format!("{faults}{queues}"));
            for replication in 0..3 {
                test(&model, RandomNumbers { seed: 7 + (one * 10 + other) as u64, replication });
            }
        }
    }
}

#[test]
fn whole_runs_agree_with_the_reference_on_every_call() {
    each(|model, random| {
        let queues = &model.calls.queues[..];
        let simulation = Simulation::new(model, random).unwrap();
        let staff = simulation::staff(model, &simulation).unwrap();
        let draws = || Draws::new(queues, random, model.horizon);
        let day = calls::Day::new(queues, &staff, (draws(), Vec::new()), model.horizon);
        let mut simulated = day.live().0;
        let mut stepped = reference::outcomes(queues, &staff, draws(), model.horizon);
        simulated.sort();
        stepped.sort();
        assert!(simulated.len() > 100);
        for (one, other) in simulated.iter().zip(&stepped) {
            assert_eq!(one, other, "{random:?}");
        }
        assert_eq!(simulated.len(), stepped.len());
    });
}

fn conserved(cell: &Cell) {
    let ends = cell.answered + cell.abandoned + cell.lost + cell.blocked + cell.waiting;
    assert_eq!(cell.offered, ends, "{cell:?}");
}

fn books_balance(tally: &Tally, model: &Model) {
    for queue in 0..model.calls.queues.len() {
        assert_eq!(tally.cells(queue).len(), 12);
        tally.cells(queue).iter().for_each(conserved);
        conserved(&tally.total(queue));
    }
}

#[test]
fn whole_runs_conserve_calls_in_every_interval() {
    each(|model, random| {
        let simulation = Simulation::new(model, random).unwrap();
        let bounds = switchover::limits::Bounds::USUAL;
        let books = simulation::books(model, &simulation, (random, bounds, true)).unwrap().unwrap();
        books_balance(&books.lived, model);
        let unharmed = books.unharmed.expect("there are faults");
        books_balance(&unharmed, model);
        for queue in 0..model.calls.queues.len() {
            let (with, without) = (books.lived.total(queue), unharmed.total(queue));
            assert_eq!(with.offered - with.redialled, without.offered - without.redialled);
            assert_eq!(without.lost, 0);
        }
    });
}

/// The integers of a measure in replications of a scenario.
fn integers(model: &Model, replications: u64, names: &[&str]) -> Vec<Vec<[f64; 2]>> {
    let measures = measures(model);
    let layout = Layout::new(&measures);
    let slots = names.iter().map(|name| {
        let at = measures.iter().position(|one| one.name == *name).expect(name);
        layout.slot(at)
    });
    let slots: Vec<usize> = slots.collect();
    let room = &mut Buffers::default();
    let samples = (0..replications).map(|replication| {
        let random = RandomNumbers { seed: 1, replication };
        let sample = replicate(model, &measures, random, (room, &|| false)).unwrap();
        let pair = |slot: &usize| {
            [0, 1].map(|next| sample.row[(slot + next).min(sample.row.len() - 1)] as f64)
        };
        slots.iter().map(pair).collect()
    });
    samples.collect()
}

#[test]
fn a_lost_site_costs_calls_in_every_replication() {
    let model = model(&format!("{}{}", FAULTS[0], QUEUES[0]));
    let names =
        ["calls.a.cost.failed", "all_calls.cost.failed", "calls.a.lost", "calls.a.cost.lost"];
    for found in integers(&model, 5, &names) {
        let [failed, all, lost, cost] = [0, 1, 2, 3].map(|at| found[at][0]);
        assert!(failed > 0.0 && failed == all && lost > 0.0 && lost == cost, "{found:?}");
    }
}

/// The levels over time are those of the list of calls, at the start of each second.
#[test]
fn the_course_is_that_of_the_calls() {
    each(|model, random| {
        let queues = &model.calls.queues[..];
        let simulation = Simulation::new(model, random).unwrap();
        let staff = simulation::staff(model, &simulation).unwrap();
        let draws = || Draws::new(queues, random, model.horizon);
        let course = Course::new(&staff, &calls::serving(&model.calls), model.horizon);
        let day = calls::Day::new(queues, &staff, (draws(), (Vec::new(), course)), model.horizon);
        let (listed, course): (Vec<Outcome>, Course) = day.live().0;
        let instants: Vec<Time> = (0..10_800).step_by(97).map(at).collect();
        for (now, level) in instants.iter().zip(course.at(instants.iter().copied())) {
            let open = |call: &&Outcome| call.offered <= *now && call.ended > *now;
            let served =
                listed.iter().filter(open).filter(|it| it.answered.is_some_and(|at| at <= *now));
            let served = served.count() as i32;
            let waiting = listed.iter().filter(open).count() as i32 - served;
            assert_eq!((level.waiting, level.served), (waiting, served), "{now:?}");
            assert!((0..=9).contains(&level.agents), "{level:?}");
        }
    });
}

#[test]
fn a_long_day_can_be_stopped() {
    let model = model(
        "[[calls]]\nname = \"a\"\narrivals = \"10/s\"\nhandling = \"1s\"\nwaiting-places = 0\n",
    );
    let queues = &model.calls.queues[..];
    let random = RandomNumbers { seed: 1, replication: 0 };
    let staff = simulation::staff(&model, &Simulation::new(&model, random).unwrap()).unwrap();
    let day = |stop: &(dyn Fn() -> bool + Sync)| {
        let callers = Draws::new(queues, random, model.horizon);
        let day = calls::Day::new(queues, &staff, (callers, Vec::new()), model.horizon);
        day.live_while(stop).is_ok()
    };
    assert!(day(&|| false) && !day(&|| true));
}

/// The committed table adds up to the committed summary.
#[test]
fn the_table_by_interval_adds_up_to_the_summary() {
    let folder = root("results/31-monday-at-ten");
    let mut table = csv::Reader::from_path(folder.join("calls.csv")).expect("a table");
    let names: Vec<String> = table.headers().expect("a header").iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = table.records().map(|row| row.expect("a row")).collect();
    let summary = std::fs::read(folder.join("summary.json")).expect("a summary");
    let summary: serde_json::Value = serde_json::from_slice(&summary).expect("JSON");
    assert_eq!(rows.len(), 20);
    let column = |name: &str| names.iter().position(|known| known == name).expect(name);
    let sum = |name: &str| {
        rows.iter().map(|row| row[column(name)].parse::<u64>().expect("a number")).sum::<u64>()
    };
    for name in [
        "offered",
        "redialled",
        "answered",
        "abandoned",
        "lost",
        "blocked",
        "waiting",
        "rung_nowhere",
    ] {
        assert_eq!(summary["calls"][0][name], sum(name), "{name}");
        assert_eq!(summary["all_calls"][name], sum(name), "{name}");
    }
    let ends = ["answered", "abandoned", "lost", "blocked", "waiting"];
    assert_eq!(sum("offered"), ends.iter().map(|end| sum(end)).sum::<u64>());
    let failed = ["abandoned", "lost", "blocked"].iter().map(|end| sum(end)).sum::<u64>();
    let cost = summary["all_calls"]["cost"]["failed"].as_i64().expect("a number");
    assert_eq!(cost, failed as i64 - sum("failed_without_faults") as i64);
}

/// T3: 100 calls in half an hour of 3 minutes, patience 5 minutes, 13 agents.
#[test]
fn a_scenario_without_faults_is_erlang_a() {
    let text = "horizon = \"100h\"\n[site.X]\n[agent-group.all]\nagents = 13\n\
                [application.interaction-workspace]\ndisaster-recovery.preferred-site = \"X\"\n\
                [[calls]]\nname = \"a\"\narrivals = \"200/h\"\nhandling = { exponential = \"3m\" }\n\
                patience = { exponential = \"5m\" }\n";
    let loaded = scenario::load("case.toml", text.as_bytes(), &NoFiles);
    let examined = checks::examine(&loaded, &Names);
    let model = examined.resolved.expect("it is resolved").model;
    let names =
        ["calls.a.service_level", "calls.a.occupancy", "calls.a.abandoned", "calls.a.offered"];
    let found = integers(&model, 40, &names);
    let share = |at: usize| found.iter().map(move |one| one[at][0] / one[at][1]);
    Estimate::of(share(0)).agrees(0.858_177_700_0);
    Estimate::of(share(1)).agrees(0.750_028_228_0);
    let abandoned = found.iter().map(|one| one[2][0] / one[3][0]);
    Estimate::of(abandoned).agrees(0.024_963_303_6);
}
