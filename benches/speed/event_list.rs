//! The event list under the hold model: as many pending events as given, each step takes the first
//! and schedules another. Not a simulation of anything.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use criterion::{BenchmarkId, Criterion, Throughput};
use switchover::engine::{Due, EventList};
use switchover::time::Time;

/// Steps measured in one go.
const STEPS: u64 = 100_000;
/// Longest delay, ns.
const DELAY: u64 = 2_000_000_000_000;

/// Delays without memory of each other: a counter, scrambled (SplitMix64).
fn delay(counter: u64) -> i64 {
    let mut x = counter.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((x ^ (x >> 31)) % DELAY) as i64
}

const fn due(at: i64, key: u64) -> Due {
    Due { at: Time(at), class: 0, key }
}

fn filled(pending: u64) -> EventList<u32> {
    let mut list = EventList::new();
    for key in 0..pending {
        list.push(due(delay(key), key), key as u32);
    }
    list
}

fn pop_push(list: &mut EventList<u32>, counter: &mut u64) {
    for _ in 0..STEPS {
        *counter += 1;
        if let Some((first, payload)) = list.pop() {
            list.push(due(first.at.0 + delay(*counter), first.key), payload);
        }
    }
}

fn replace(list: &mut EventList<u32>, counter: &mut u64) {
    for _ in 0..STEPS {
        *counter += 1;
        if let Some(first) = list.first() {
            list.replace(due(first.at.0 + delay(*counter), first.key), first.key as u32);
        }
    }
}

/// The standard library's heap with the same keys, to compare with.
fn standard(heap: &mut BinaryHeap<Reverse<(i64, u64)>>, counter: &mut u64) {
    for _ in 0..STEPS {
        *counter += 1;
        if let Some(Reverse((at, key))) = heap.pop() {
            heap.push(Reverse((at + delay(*counter), key)));
        }
    }
}

/// Pending events: a thousand, a hundred thousand, a million.
pub fn measure(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("event-list");
    group.throughput(Throughput::Elements(STEPS));
    for pending in [1_000, 100_000, 1_000_000] {
        let mut counter = pending;
        let mut list = filled(pending);
        group.bench_function(BenchmarkId::new("pop-push", pending), |bench| {
            bench.iter(|| pop_push(&mut list, &mut counter));
        });
        group.bench_function(BenchmarkId::new("replace", pending), |bench| {
            bench.iter(|| replace(&mut list, &mut counter));
        });
        let mut heap: BinaryHeap<_> = (0..pending).map(|key| Reverse((delay(key), key))).collect();
        group.bench_function(BenchmarkId::new("standard-heap", pending), |bench| {
            bench.iter(|| standard(&mut heap, &mut counter));
        });
    }
    group.finish();
}
