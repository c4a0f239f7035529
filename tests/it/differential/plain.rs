//! Plain agents against the machine that every agent can be lived by: the same records, though in
//! another order, and the same measures.

use proptest::test_runner::{TestCaseError, TestCaseResult};
use switchover::agents::{Context, Plain};
use switchover::measures::{Frame, Kept, Measures, Results};
use switchover::model::Model;
use switchover::simulation::Simulation;
use switchover::trace::{Record, Sink};

use super::engine::{difference, lines};
use super::over_cases;
use super::sanity::LUCK;

/// Takes records in any order, or only in that of time.
struct Records {
    all: Vec<Record>,
    in_order: bool,
}

impl Sink for Records {
    fn record(&mut self, record: Record) {
        self.all.push(record);
    }

    fn in_order(&self) -> bool {
        self.in_order
    }
}

fn records(simulation: &Simulation, model: &Model, in_order: bool) -> Vec<Record> {
    let mut records = Records { all: Vec::new(), in_order };
    simulation.agents(0..model.agents(), &mut records);
    records.all
}

/// Results and rows; `in_order`: of a trace in order, read by the same measures.
fn measured(simulation: &Simulation, model: &Model, in_order: bool) -> (Results, Kept) {
    let frame = Frame::new(model, simulation.occurrences());
    let mut measures = Measures::new(&frame, Kept::default());
    if in_order {
        let all = records(simulation, model, true);
        all.into_iter().for_each(|record| measures.record(record));
    } else {
        simulation.agents(0..model.agents(), &mut measures);
    }
    let (totals, rows) = measures.into_parts();
    (Results::new(totals, &frame, simulation.world()), rows)
}

/// All cohorts of a model are plain.
fn plain(simulation: &Simulation, model: &Model) -> bool {
    model.cohorts.iter().all(|cohort| {
        let cx = Context::new(model, simulation.world(), LUCK, cohort);
        Plain::new(&cx).is_some()
    })
}

fn agree(model: &Model, simulation: &Simulation) -> TestCaseResult {
    let ways = [false, true].map(|in_order| lines(&records(simulation, model, in_order)));
    if let Some(text) = difference(&ways[0], &ways[1]) {
        return Err(TestCaseError::fail(text));
    }
    let [plain, whole] = [false, true].map(|in_order| measured(simulation, model, in_order));
    proptest::prop_assert_eq!(plain, whole);
    Ok(())
}

#[test]
fn plain_agents_live_the_same_lives() {
    over_cases(20, 4000, |case| {
        let model = case.plain().model();
        let simulation = Simulation::new(&model, LUCK);
        proptest::prop_assert!(plain(&simulation, &model), "not plain");
        agree(&model, &simulation)
    });
}

#[test]
fn plain_agents_beside_others_live_the_same_lives() {
    over_cases(21, 2000, |case| {
        let model = case.model();
        agree(&model, &Simulation::new(&model, LUCK))
    });
}
