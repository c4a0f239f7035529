//! Measuring ranges of agents apart is measuring them together; and what is told twice agrees.

use proptest::prelude::*;
use switchover::measures::{Frame, Kept, Measures, Results, Totals};
use switchover::model::{AgentId, Model};
use switchover::report::{RowBytes, RowFiles};
use switchover::simulation::Simulation;
use switchover::time::Time;

use super::LUCK;
use crate::support::strategy::case;

/// Totals and row bytes of one range.
fn range(frame: &Frame, run: &Simulation, agents: std::ops::Range<u32>) -> (Totals, RowBytes) {
    let mut measures = Measures::new(frame, RowFiles::new(frame.model));
    run.agents(agents, &mut measures).unwrap();
    let (totals, mut rows) = measures.into_parts();
    (totals, rows.take())
}

fn joined(all: &[RowBytes]) -> RowBytes {
    let pick = |which: fn(&RowBytes) -> &Vec<u8>| all.iter().flat_map(which).copied().collect();
    RowBytes {
        agents: pick(|bytes| &bytes.agents),
        outages: pick(|bytes| &bytes.outages),
        moves: pick(|bytes| &bytes.moves),
    }
}

fn whole(results: &Results, rows: &Kept) {
    let horizon = i128::from(results.horizon.0);
    let down: i128 = rows.agents.iter().map(|row| i128::from(row.downtime.0)).sum();
    assert_eq!(down, results.downtime().0);
    let outages: i128 = rows.outages.iter().map(|row| i128::from(row.length().0)).sum();
    assert_eq!(outages, down, "the outages are the downtime");
    opened(results, rows);
    let in_service: i128 = results.sites.iter().flat_map(|s| &s.timeline.in_service).sum();
    let staffed: i128 = rows.agents.iter().map(|row| i128::from(row.staffed.0)).sum();
    assert_eq!((in_service + down, results.counts.staffed.0), (staffed, staffed));
    let absent: i128 = results.not_staffed.iter().sum();
    assert_eq!(staffed + absent, horizon * rows.agents.len() as i128);
    for row in &rows.agents {
        let causes: i64 = row.by_cause.iter().map(|span| span.0).sum();
        assert_eq!(causes, row.downtime.0, "the causes are the downtime of {:?}", row.agent);
    }
    for bin in 0..results.bins.count() {
        let sites = results.sites.iter().map(|site| &site.timeline);
        let all = sites.chain([&results.nowhere]);
        let sum: i128 = all.map(|t| t.in_service[bin] + t.switching[bin] + t.out[bin]).sum();
        let length = i128::from(results.bins.length(bin).0);
        let all = length * rows.agents.len() as i128;
        assert_eq!(sum + results.not_staffed[bin], all, "bin {bin}");
    }
    let moves = rows.moves.len() as u64;
    assert_eq!(moves, results.switchovers() + results.counts.restores);
}

/// Of each group, the most that are out of service in a step are so by the outages.
fn grouped(results: &Results, rows: &Kept, model: &Model) {
    assert_eq!(results.groups.len(), model.groups.len());
    for (number, (group, steps)) in model.groups.iter().zip(&results.groups).enumerate() {
        let ends: Vec<_> = steps.iter().map(|step| step.to).collect();
        assert_eq!((steps[0].from, ends[ends.len() - 1]), (Time::ZERO, results.horizon));
        let looks = looks(results, rows, |agent| model.cohort(agent).group.index() == number);
        for (at, step) in steps.iter().enumerate() {
            assert!(at == 0 || ends[at - 1] == step.from, "no gaps");
            let within = results.grid.next(step.from)..results.grid.next(step.to);
            let most = looks[within].iter().copied().max();
            assert_eq!(Some(step.out), most, "at {:?}", step.from);
            let size = i64::from(group.size);
            assert!((0..=size).contains(&step.out) && (0..=size).contains(&step.away), "{step:?}");
        }
    }
}

/// Agents out of service at each look, by their outages.
fn looks(results: &Results, rows: &Kept, counts: impl Fn(AgentId) -> bool) -> Vec<i64> {
    let mut changes = vec![0; results.grid.count() + 1];
    for row in rows.outages.iter().filter(|row| counts(row.agent)) {
        changes[results.grid.next(row.from)] += 1;
        changes[results.grid.next(row.to)] -= 1;
    }
    let mut out = 0;
    let levels = changes.iter().map(|by| {
        out += by;
        out
    });
    levels.collect()
}

/// Losses of service and trips home are all outages, and their agents are agents with outages.
fn opened(results: &Results, rows: &Kept) {
    let (lost, home) = (&results.service_lost, &results.trips_home);
    assert_eq!(lost.count() + home.count(), results.outages.count());
    assert_eq!(lost.sum() + home.sum(), results.downtime().0);
    let restored = rows.outages.iter().filter(|row| row.by_restore);
    assert_eq!(restored.map(|row| i128::from(row.length().0)).sum::<i128>(), home.sum());
    let counts = &results.counts;
    let either = counts.agents_lost.max(counts.agents_home);
    assert!((either..=counts.agents_lost + counts.agents_home).contains(&counts.agents_hit));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn two_ranges_merged_are_one(case in case(), cut in 0.0..1.0_f64) {
        let model = case.model();
        let run = Simulation::new(&model, LUCK).unwrap();
        let frame = Frame::new(&model, run.occurrences());
        let (agents, middle) = (model.agents(), (f64::from(model.agents()) * cut) as u32);
        let (together, bytes) = range(&frame, &run, 0..agents);
        let (mut first, first_bytes) = range(&frame, &run, 0..middle);
        let (second, second_bytes) = range(&frame, &run, middle..agents);
        first.merge(second);
        let results = |totals| Results::new(totals, &frame, (run.world(), run.traffic()));
        prop_assert_eq!(results(together), results(first));
        prop_assert_eq!(bytes, joined(&[first_bytes, second_bytes]));
    }

    #[test]
    fn what_is_told_twice_agrees(case in case()) {
        let model = case.model();
        prop_assume!(model.horizon > Time::ZERO);
        let run = Simulation::new(&model, LUCK).unwrap();
        let frame = Frame::new(&model, run.occurrences());
        let mut measures = Measures::new(&frame, Kept::default());
        run.agents(0..model.agents(), &mut measures).unwrap();
        let (totals, rows) = measures.into_parts();
        let results = Results::new(totals, &frame, (run.world(), run.traffic()));
        whole(&results, &rows);
        grouped(&results, &rows, &model);
    }
}
