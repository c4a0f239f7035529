//! The agents' lives in a world that is already simulated: what their cost grows with, and what it
//! does not. Records are counted and dropped.

use criterion::{BenchmarkId, Criterion, Throughput};
use switchover::model::Model;
use switchover::simulation::Simulation;
use switchover::time::{Span, Time};
use switchover::trace::{Record, Sink};

use super::fleet::{LUCK, RECORD, Size, flapping, model};

/// Takes records in any order and keeps their number.
#[derive(Default)]
pub struct Counter {
    pub records: u64,
}

impl Sink for Counter {
    fn record(&mut self, _: Record) {
        self.records += 1;
    }

    fn in_order(&self) -> bool {
        false
    }
}

/// The lives of all agents.
fn lives(criterion: &mut Criterion, name: &str, value: impl std::fmt::Display, model: &Model) {
    let simulation = Simulation::new(model, LUCK).unwrap();
    let mut group = criterion.benchmark_group("agents");
    group.throughput(Throughput::Elements(u64::from(model.agents())));
    group.bench_function(BenchmarkId::new(name, &value), |bench| {
        bench.iter(|| {
            let mut counter = Counter::default();
            simulation.agents(0..model.agents(), &mut counter).unwrap();
            counter.records
        });
    });
    group.finish();
}

/// Ten thousand agents, one quantity changed at a time.
pub fn measure(criterion: &mut Criterion) {
    let few = Size { agents: 10_000, ..RECORD };
    for agents in [1_000, 10_000, 100_000] {
        lives(criterion, "agents", agents, &model(Size { agents, ..RECORD }));
    }
    for faults in [20, 200, 2_000] {
        lives(criterion, "faults", faults, &model(Size { faults, ..few }));
    }
    for days in [30, 365, 3_650] {
        let horizon = Time::from_secs(days * 86_400);
        lives(criterion, "horizon-days", days, &model(Size { horizon, ..few }));
    }
    for refresh in [54, 540, 1_620, 16_200] {
        let span = Span::from_secs(refresh);
        lives(criterion, "refresh-s", refresh, &model(Size { refresh: span, ..few }));
    }
    for times in [2_000, 8_000, 32_000] {
        lives(criterion, "flaps", times, &flapping(times));
    }
}
