//! A day of calls with the loss of a site: what the agents' part costs, what the calls cost by themselves, and both
//! together. 5,000 agents at twenty sites; 100,000 calls of six minutes come within ten hours.

use criterion::{BenchmarkId, Criterion, Throughput};
use switchover::calls::{self, Draws, Staff, Tally};
use switchover::distribution::Law;
use switchover::model::{
    Arrivals, AtLoss, Fault, GroupId, Impairment, Model, Patience, Piece, Queue, Schedule,
    ServiceLevel, SiteId, Target,
};
use switchover::simulation::{self, Simulation};
use switchover::time::{Span, Time};

use super::fleet::{LUCK, RECORD, Size, model};

const DAY: Time = Time::from_secs(86_400);

/// A day on which the first site is lost at ten for an hour.
fn day() -> Model {
    let mut model = model(Size { agents: 5_000, horizon: DAY, faults: 0, ..RECORD });
    let (at, hour) = (Time::from_secs(36_000), Span::from_secs(3600));
    model.faults.push(Fault {
        name: "loss".into(),
        targets: vec![Target::Site(SiteId(0))],
        schedule: Schedule::Scripted { at, down: hour, up: Span(1), times: 1 },
        impairment: Impairment::default(),
    });
    model
}

/// So many calls, from eight to six, by all sites and for all groups.
fn queue(model: &Model, calls: u32) -> Queue {
    let piece = |hours: i64, per_hour| Piece { lasts: Span::from_secs(hours * 3600), per_hour };
    let pieces = vec![piece(8, 0.0), piece(10, f64::from(calls) / 10.0), piece(6, 0.0)];
    let sites = model.sites.len();
    Queue {
        name: "q".into(),
        arrivals: Arrivals { pieces, repeats: true, phase: Span::ZERO },
        day_factor: None,
        handling: Law::Exponential { mean: Span::from_secs(360) },
        after_call: Law::Exponential { mean: Span::from_secs(30) },
        patience: Patience {
            never: 0.02,
            law: Some(Law::Exponential { mean: Span::from_secs(150) }),
        },
        groups: (0..model.groups.len() as u32).map(GroupId).collect(),
        redial: None,
        waiting_places: None,
        pooled: true,
        entry: vec![1.0 / sites as f64; sites],
        at_loss: AtLoss::Lost,
        ring_timeout: Span::from_secs(10),
        gateway_lag: Span::from_secs(32),
        level: ServiceLevel::default(),
    }
}

fn staff(model: &Model) -> Staff {
    let simulation = Simulation::new(model, LUCK).unwrap();
    simulation::staff(model, &simulation).unwrap()
}

fn lived(queues: &[Queue], staff: &Staff) -> u64 {
    let within = vec![Span::from_secs(20); queues.len()];
    let tally = Tally::new(within, staff, Span::from_secs(900), DAY);
    let draws = Draws::new(queues, LUCK, DAY);
    calls::Day::new(queues, staff, (draws, tally), DAY).live().0.total(0).answered
}

/// The agents alone, the calls alone, both; and four times as many calls.
pub fn measure(criterion: &mut Criterion) {
    let model = day();
    let seen = staff(&model);
    let mut group = criterion.benchmark_group("calls");
    group.bench_function("agents-seen", |bench| bench.iter(|| staff(&model).changes.len()));
    for calls in [100_000, 400_000] {
        let queues = [queue(&model, calls)];
        group.throughput(Throughput::Elements(u64::from(calls)));
        group.bench_function(BenchmarkId::new("day", calls), |bench| {
            bench.iter(|| lived(&queues, &seen));
        });
    }
    let queues = [queue(&model, 100_000)];
    group.bench_function("whole", |bench| bench.iter(|| lived(&queues, &staff(&model))));
    group.finish();
}
