//! Whole runs, as the command line makes them on one thread but for the files: faults, world,
//! login slots, agents and measures. No trace is kept.

use criterion::{BenchmarkId, Criterion, Throughput};
use switchover::measures::{Frame, Measures, Results};
use switchover::model::Model;
use switchover::simulation::Simulation;

use super::agents::Counter;
use super::fleet::{LUCK, RECORD, Size, model};

/// A run without measures: the number of records that were dropped.
fn bare(model: &Model) -> u64 {
    let mut counter = Counter::default();
    Simulation::new(model, LUCK).unwrap().agents(0..model.agents(), &mut counter).unwrap();
    counter.records
}

/// A run with all its measures: the number of switchovers.
fn measured(model: &Model) -> u64 {
    let simulation = Simulation::new(model, LUCK).unwrap();
    let frame = Frame::new(model, simulation.occurrences());
    let mut measures = Measures::new(&frame, ());
    simulation.agents(0..model.agents(), &mut measures).unwrap();
    let (totals, ()) = measures.into_parts();
    Results::new(totals, &frame, (simulation.world(), simulation.traffic())).switchovers()
}

/// The benchmark of record, and the same with a login or a REGISTER capacity at every site.
pub fn measure(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("runs");
    let small = Size { agents: 10_000, ..RECORD };
    let sizes = [
        ("record", RECORD),
        ("10000-agents", small),
        ("10000-agents-50-logins-per-second", Size { logins: 50, ..small }),
        ("10000-agents-50-registers-per-second", Size { registers: 50, ..small }),
    ];
    for (name, size) in sizes {
        let model = model(size);
        group.throughput(Throughput::Elements(u64::from(size.agents)));
        group.bench_function(BenchmarkId::new(name, "agents-only"), |bench| {
            bench.iter(|| bare(&model));
        });
        group.bench_function(BenchmarkId::new(name, "measured"), |bench| {
            bench.iter(|| measured(&model));
        });
    }
    group.finish();
}
