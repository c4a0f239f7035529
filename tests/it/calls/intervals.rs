//! Calls by interval over replications: the figures of a whole run are its measures, and those of the intervals add up.

use std::fs;

use switchover::experiment::{Answer, Buffers, CallCell, CallFigure, replicate};
use switchover::measures::{CallGrid, measures};
use switchover::model::Model;
use switchover::random::RandomNumbers;
use switchover::statistics::Estimate;

use super::near;
use super::runs::{FAULTS, QUEUES, model};
use crate::bless::root;
use crate::builder::{at, s};
use crate::cli::program::Place;
use crate::experiment::{answered, replicated};

/// Measures of a queue, in the order of the figures; the mean of agents and their need are none.
const MEASURES: [&str; 13] = [
    "offered",
    "redialled",
    "answered",
    "abandoned",
    "lost",
    "blocked",
    "waiting",
    "rung_nowhere",
    "service_level",
    "answer_speed_s",
    "longest_wait_s",
    "",
    "occupancy",
];

fn with(answer: impl Fn(&Answer, &Model), interval: i64, cases: &[(usize, usize)]) {
    for (faults, queues) in cases {
        let mut model = model(&format!("{}{}", FAULTS[*faults], QUEUES[*queues]));
        model.calls.interval = s(interval);
        let model = replicated(model, 30, 0.9);
        answered(&model, |made| answer(made, &model));
    }
}

fn same(figure: &CallFigure, estimate: &Estimate, what: &str) {
    near(figure.mean, estimate.value, what);
    let (own, other) = (figure.interval, estimate.interval);
    near(own.map(|found| found.low), other.map(|found| found.low), what);
    near(own.map(|found| found.high), other.map(|found| found.high), what);
}

/// Where one interval is the whole run, every figure is the estimate of the measure, its interval as well.
#[test]
fn one_interval_has_the_estimates_of_the_measures() {
    let answer = |answer: &Answer, model: &Model| {
        let cells = answer.calls(model);
        assert_eq!(cells.len(), model.calls.queues.len());
        for cell in cells {
            let queue = &model.calls.queues[cell.queue].name;
            for (figure, name) in cell.figures.iter().zip(MEASURES) {
                let name = format!("calls.{queue}.{name}");
                let Some(line) = answer.line(&name) else { continue };
                same(figure, &line.estimate, &name);
                let Some(runs) = &line.runs else { continue };
                near(figure.least, Some(runs.least), &name);
                near(figure.most, Some(runs.most), &name);
            }
        }
    };
    with(answer, 4 * 3600, &[(0, 0), (1, 1), (2, 2), (3, 0), (3, 1)]);
}

/// Calls of all intervals together are those of the run; agents are there to be needed.
#[test]
fn intervals_add_up() {
    let answer = |answer: &Answer, model: &Model| {
        let cells = answer.calls(model);
        assert_eq!(cells.len(), 9 * model.calls.queues.len());
        for (number, queue) in model.calls.queues.iter().enumerate() {
            let own: Vec<&CallCell> = cells.iter().filter(|cell| cell.queue == number).collect();
            assert_eq!((own[0].from, own[8].from, own[8].to), (at(0), at(9_600), at(10_800)));
            for (figure, name) in MEASURES.iter().enumerate().take(8) {
                let sum: f64 = own.iter().filter_map(|cell| cell.figures[figure].mean).sum();
                let line = answer.line(&format!("calls.{}.{name}", queue.name)).unwrap();
                assert!((sum - line.estimate.value.unwrap()).abs() < 1e-9, "{name}: {sum}");
            }
            for cell in own {
                let [agents, needed] = [11, 13].map(|at| cell.figures[at].mean.unwrap());
                assert!(agents > 0.0 && agents <= 9.0 && needed >= 1.0, "{cell:?}");
            }
        }
    };
    with(answer, 1_200, &[(0, 0), (2, 1)]);
}

/// Of a long run several intervals are one; nothing is lost by that.
#[test]
fn a_long_run_has_a_bounded_number_of_intervals() {
    let mut model = model(&format!("{}{}", FAULTS[0], QUEUES[1]));
    model.calls.interval = s(1);
    let grid = CallGrid::of(&model).unwrap();
    assert!(
        !grid.is_whole()
            && grid.intervals() == 1_350
            && grid.length() == 2 * 1_350 * CallGrid::FIGURES
    );
    assert_eq!(grid.span(1_349), (at(10_792), at(10_800)));
    let year = Model { horizon: at(365 * 86_400), ..model.clone() };
    assert!(CallGrid::of(&year).unwrap().length() <= 4_000 * CallGrid::FIGURES);
    let model = replicated(model, 3, 0.95);
    answered(&model, |answer| {
        let cells = answer.calls(&model);
        assert_eq!(cells.len(), 2 * 1_350);
        let offered: f64 = cells[..1_350].iter().filter_map(|cell| cell.figures[0].mean).sum();
        let line = answer.line("calls.a.offered").unwrap();
        assert!((offered - line.estimate.value.unwrap()).abs() < 1e-9);
        assert!(cells.iter().all(|cell| cell.figures[13].mean.is_none()));
    });
}

/// What a measure keeps of a replication has no calls by interval, unless they are wanted.
#[test]
fn a_sample_of_its_own_has_no_intervals() {
    let model = model(&format!("{}{}", FAULTS[0], QUEUES[0]));
    let random = RandomNumbers { seed: 1, replication: 0 };
    let room = &mut Buffers::default();
    let sample = replicate(&model, &measures(&model), random, (room, &|| false)).unwrap();
    assert!(sample.calls.is_empty());
}

/// The same bytes on any number of threads, in shards, and after an interruption.
#[test]
fn shards_come_to_the_same_table() {
    let place = Place::new();
    let file = root("scenarios/31-monday-at-ten.toml").to_string_lossy().into_owned();
    let run = ["run", &file, "--replications=9", "--quiet"];
    place.run(&[&run[..], &["--out", "whole", "--threads=1"]].concat()).expect(0);
    for which in ["2/4", "0/4", "3/4", "1/4"] {
        place.run(&[&run[..], &["--shard", which, "--parts", "parts"]].concat()).expect(0);
    }
    place.run(&["merge", "parts", "--quiet", "--out", "merged"]).expect(0);
    for name in ["calls.csv", "experiment.json"] {
        let [one, other] =
            ["whole", "merged"].map(|out| fs::read(place.path().join(out).join(name)).unwrap());
        assert!(one == other, "{name}");
    }
    let text = fs::read_to_string(place.path().join("whole/calls.csv")).unwrap();
    let rows: Vec<&str> = text.lines().collect();
    assert_eq!(rows.len(), 1 + 5 * 20);
    assert!(rows[1].starts_with("0.000000000,1800.000000000,sales,mean,"), "{}", rows[1]);
    assert!(rows[1].ends_with("2027-01-04T08:00:00+01:00"), "{}", rows[1]);
}
