//! The telling: headers that others rely on, charts that are well-formed and never change by
//! themselves, sentences that people read.

mod charts;
mod files;
mod text;

use std::sync::Arc;

use switchover::measures::{Durations, Frame, Measures, Results};
use switchover::model::{LocationId, Model, Planes, SiteId, Target};
use switchover::random::Luck;
use switchover::report::{RowBytes, RowFiles};
use switchover::simulation::Simulation;
use switchover::statistics::Sketch;

use crate::builder::{at, base, down, populate};

const LUCK: Luck = Luck { seed: 1, replication: 0 };

/// Simulates and measures a model.
fn run(model: &Model) -> (Results, RowBytes) {
    let run = Simulation::new(model, LUCK);
    let frame = Frame::new(model, run.occurrences());
    let mut measures = Measures::new(&frame, RowFiles::new(model));
    run.agents(0..model.agents(), &mut measures);
    let (totals, mut rows) = measures.into_parts();
    (Results::new(totals, &frame, run.world()), rows.take())
}

/// The same results as if there had been too many outages, restores and agents hit for exact lists.
fn sketched(results: &Results) -> Results {
    let sketch = |durations: &Durations| {
        let mut nanos: Vec<i64> = Vec::new();
        for (span, number) in durations.steps() {
            nanos.resize(number as usize, span.0);
        }
        Durations::from(Sketch::from_sorted(&nanos))
    };
    let mut other = results.clone();
    other.outages = sketch(&results.outages);
    other.restore_times = sketch(&results.restore_times);
    let impacts = other.impacts.iter_mut().map(|impact| &mut impact.recovery);
    for recovery in impacts.chain(&mut other.faults) {
        recovery.back = Arc::new(sketch(&recovery.back));
    }
    other
}

/// Agents of the base model whose path to their preferred site is cut from 600 to 900 s.
fn cut(agents: u32) -> Model {
    let mut model = base();
    populate(&mut model, agents);
    down(&mut model, Target::Path(LocationId(0), SiteId(0), Planes::Both), 600, 900);
    model
}

/// Models from the smallest to the busiest: nothing happens, one agent, a minute, a year full of
/// faults, more sites than colours, names that need escaping.
fn gallery() -> Vec<(&'static str, Model)> {
    let mut minute = cut(3);
    minute.horizon = at(60);
    let mut year = cut(5);
    year.horizon = at(365 * 86_400);
    let schedule = switchover::model::Schedule::random(
        crate::builder::exponential(40_000.0),
        crate::builder::exponential(300.0),
    );
    let target = Target::Path(LocationId(0), SiteId(0), Planes::Both);
    crate::builder::fault(&mut year, target, schedule);
    let mut many = cut(2);
    for number in 0..9 {
        let name = format!("<site> & \"{number}\"");
        many.sites.push(switchover::model::Site { name, login_gap: None, register_capacity: None });
    }
    many.sites[0].name = "a <b> & \"c\"".into();
    many.faults[0].name = "a fault, <quoted> & \"long\"".into();
    let mut nobody = cut(1);
    nobody.cohorts.clear();
    vec![
        ("nothing happens", base()),
        ("nobody", nobody),
        ("one agent", cut(1)),
        ("a minute", minute),
        ("a year", year),
        ("many sites", many),
    ]
}
