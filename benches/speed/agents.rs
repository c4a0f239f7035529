//! The agents' lives in a world that is already simulated: what their cost grows with, and what it
//! does not. Records are counted and dropped.

use criterion::{BenchmarkId, Criterion, Throughput};
use switchover::simulation::Simulation;
use switchover::time::{Span, Time};
use switchover::trace::{Record, Sink};

use super::fleet::{LUCK, RECORD, Size, model};

/// Takes records and keeps their number.
#[derive(Default)]
pub struct Counter(pub u64);

impl Sink for Counter {
    fn record(&mut self, _: Record) {
        self.0 += 1;
    }
}

fn lives(criterion: &mut Criterion, name: &str, value: impl std::fmt::Display, size: Size) {
    let model = model(size);
    let simulation = Simulation::new(&model, LUCK);
    let mut group = criterion.benchmark_group("agents");
    group.throughput(Throughput::Elements(u64::from(size.agents)));
    group.bench_function(BenchmarkId::new(name, value), |bench| {
        bench.iter(|| {
            let mut counter = Counter::default();
            simulation.agents(0..size.agents, &mut counter);
            counter.0
        });
    });
    group.finish();
}

/// Ten thousand agents, one quantity changed at a time.
pub fn measure(criterion: &mut Criterion) {
    let few = Size { agents: 10_000, ..RECORD };
    for agents in [1_000, 10_000, 100_000] {
        lives(criterion, "agents", agents, Size { agents, ..RECORD });
    }
    for faults in [20, 200, 2_000] {
        lives(criterion, "faults", faults, Size { faults, ..few });
    }
    for days in [30, 365, 3_650] {
        let horizon = Time::from_secs(days * 86_400);
        lives(criterion, "horizon-days", days, Size { horizon, ..few });
    }
    for refresh in [54, 540, 1_620, 16_200] {
        let span = Span::from_secs(refresh);
        lives(criterion, "refresh-s", refresh, Size { refresh: span, ..few });
    }
}
