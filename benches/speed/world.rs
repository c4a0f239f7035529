//! Faults and the world alone: what their cost grows with. No agents live in it.

use criterion::{BenchmarkId, Criterion, Throughput};
use switchover::distribution::Law;
use switchover::faults::sample;
use switchover::model::{Location, LocationId, Model, Planes, Profile, Schedule, SiteId, Target};
use switchover::time::Span;
use switchover::world::World;

use super::fleet::{LUCK, RECORD, Size, YEAR, model};

/// Scripted faults over the twenty sites and locations.
fn scripted(faults: u32) -> Model {
    model(Size { faults, ..RECORD })
}

/// A thousand locations, each seeing two sites over paths that fail ten times a year on average.
fn many_locations() -> Model {
    let mut model = model(Size { faults: 0, ..RECORD });
    let profiles = model.profiles.clone();
    model.locations = (0..1000).map(|n| Location { name: format!("l{n}") }).collect();
    let at = |n: u32| Profile { location: LocationId(n), ..profiles[n as usize % 20].clone() };
    model.profiles = (0..1000).map(at).collect();
    let paths = (0..1000u32).map(|n| Target::Path(LocationId(n), SiteId(n % 20), Planes::Both));
    let mean = Span((YEAR - switchover::time::Time::ZERO).0 / 10);
    let failure = Law::Exponential { mean };
    let repair = Law::Exponential { mean: Span::from_secs(600) };
    let schedule = Schedule::random(failure, repair);
    let (name, targets) = ("cuts".into(), paths.collect());
    model.faults.push(switchover::model::Fault {
        name,
        targets,
        schedule,
        impairment: switchover::model::Impairment::default(),
    });
    model
}

/// Scaling in the number of faults, and many locations.
pub fn measure(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("world");
    for faults in [100, 1_000, 10_000] {
        let model = scripted(faults);
        let occurrences = sample(&model, LUCK);
        group.throughput(Throughput::Elements(occurrences.len() as u64));
        group.bench_function(BenchmarkId::new("faults", faults), |bench| {
            bench.iter(|| World::simulate(&model, LUCK, &occurrences));
        });
    }
    let model = many_locations();
    let occurrences = sample(&model, LUCK);
    group.throughput(Throughput::Elements(occurrences.len() as u64));
    group.bench_function("sample/1000-locations", |bench| bench.iter(|| sample(&model, LUCK)));
    group.bench_function("simulate/1000-locations", |bench| {
        bench.iter(|| World::simulate(&model, LUCK, &occurrences));
    });
    group.finish();
}
