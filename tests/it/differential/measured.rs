//! Measures told by the agents themselves against measures read from their saved trace, over whole runs
//! and over runs in two ranges of agents.

use proptest::test_runner::TestCaseResult;
use switchover::measures::{Frame, Kept, Measures, Results, Totals};
use switchover::model::Model;
use switchover::simulation::{self, Simulation};
use switchover::trace::Sink;

use super::over_cases;
use super::sanity::LUCK;

/// Results and rows of a run; `saved`: of its trace, in the order of time.
fn measured(simulation: &Simulation, model: &Model, saved: bool) -> (Results, Kept) {
    let frame = Frame::new(model, simulation.occurrences());
    let mut measures = Measures::new(&frame, Kept::default());
    if saved {
        simulation::trace(model, LUCK)
            .unwrap()
            .into_iter()
            .for_each(|record| measures.record(record));
    } else {
        simulation.agents(0..model.agents(), &mut measures).unwrap();
    }
    let (totals, rows) = measures.into_parts();
    (Results::new(totals, &frame, (simulation.world(), simulation.traffic())), rows)
}

/// The measures of agents before `cut` and of those from it on, put together.
fn in_two(simulation: &Simulation, model: &Model, cut: u32) -> Results {
    let frame = Frame::new(model, simulation.occurrences());
    let mut whole = Totals::new(&frame);
    for range in [0..cut, cut..model.agents()] {
        let mut measures = Measures::new(&frame, ());
        simulation.agents(range, &mut measures).unwrap();
        whole.merge(measures.into_parts().0);
    }
    Results::new(whole, &frame, (simulation.world(), simulation.traffic()))
}

fn agree(model: &Model) -> TestCaseResult {
    let simulation = Simulation::new(model, LUCK).unwrap();
    let [told, saved] = [false, true].map(|saved| measured(&simulation, model, saved));
    proptest::prop_assert_eq!(&told, &saved);
    for cut in 0..=model.agents() {
        proptest::prop_assert_eq!(&in_two(&simulation, model, cut), &told.0, "cut at {}", cut);
    }
    Ok(())
}

#[test]
fn a_saved_trace_has_the_same_measures() {
    over_cases(21, 2000, |case| agree(&case.model()));
}

#[test]
fn a_saved_trace_of_the_commonest_agents_has_the_same_measures() {
    over_cases(20, 2000, |case| agree(&case.commonest().model()));
}
