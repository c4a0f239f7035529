//! The event list under the hold model: as many pending events as given, each step takes the first
//! and schedules another after a delay from it. Not a simulation of anything.
//!
//! The standard library's heap does the same twice: with all that the event list orders and carries,
//! and with a time and a key alone, the least that orders anything.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use criterion::{BenchmarkId, Criterion, Throughput};
use switchover::engine::{Due, EventList};
use switchover::time::{Span, Time};

/// Steps measured in one go.
const STEPS: usize = 100_000;
/// Mean delay, ns.
const MEAN: f64 = 1e12;

/// Delays, drawn before anything is timed.
struct Delays {
    all: Vec<i64>,
    next: usize,
}

impl Delays {
    /// Delays of a law, given by the inverse of its distribution function.
    fn new(inverse: fn(f64) -> f64) -> Self {
        let drawn = |counter| (MEAN * inverse(uniform(counter))) as i64;
        Self { all: (0..1 << 16).map(drawn).collect(), next: 0 }
    }

    fn draw(&mut self) -> Span {
        self.next = (self.next + 1) % self.all.len();
        Span(self.all[self.next])
    }
}

/// A number in (0, 1) without memory of the one before: a counter, scrambled (SplitMix64).
fn uniform(counter: u64) -> f64 {
    let mut x = (counter + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((x ^ (x >> 31)) >> 11) as f64 / (1u64 << 53) as f64 + 1e-17
}

/// A law by its name and the inverse of its distribution function; the mean is 1.
type Law = (&'static str, fn(f64) -> f64);

/// The laws of the delays.
const LAWS: [Law; 2] = [("exponential", |u| -libm::log(u)), ("uniform", |u| 2.0 * u)];

const fn due(at: Time, key: u64) -> Due {
    Due { at, class: 0, key }
}

fn event_list(list: &mut EventList<u32>, delays: &mut Delays) {
    for _ in 0..STEPS {
        if let Some((first, payload)) = list.pop() {
            list.push(due(first.at + delays.draw(), first.key), payload);
        }
    }
}

/// What the event list orders and carries.
type Whole = (Due, u64, u32);

fn standard(heap: &mut BinaryHeap<Reverse<Whole>>, scheduled: &mut u64, delays: &mut Delays) {
    for _ in 0..STEPS {
        if let Some(mut first) = heap.peek_mut() {
            let (taken, _, payload) = first.0;
            *first = Reverse((due(taken.at + delays.draw(), taken.key), *scheduled, payload));
            *scheduled += 1;
        }
    }
}

fn bare(heap: &mut BinaryHeap<Reverse<(Time, u64)>>, delays: &mut Delays) {
    for _ in 0..STEPS {
        if let Some(mut first) = heap.peek_mut() {
            first.0.0 += delays.draw();
        }
    }
}

/// Pending events: a thousand, a hundred thousand, a million.
pub fn measure(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("event-list");
    group.throughput(Throughput::Elements(STEPS as u64));
    for pending in [1_000, 100_000, 1_000_000] {
        for (law, inverse) in LAWS {
            let mut delays = Delays::new(inverse);
            let start: Vec<Due> =
                (0..pending).map(|key| due(Time::ZERO + delays.draw(), key)).collect();
            let mut case = |name: &str, run: &mut dyn FnMut(&mut Delays)| {
                let id = BenchmarkId::new(format!("{law}/{name}"), pending);
                group.bench_function(id, |bench| bench.iter(|| run(&mut delays)));
            };
            let mut list = EventList::new();
            start.iter().for_each(|&due| list.push(due, due.key as u32));
            case("event-list", &mut |delays| event_list(&mut list, delays));
            let whole = start.iter().map(|&due| Reverse((due, due.key, due.key as u32)));
            let (mut heap, mut scheduled) = (whole.collect::<BinaryHeap<_>>(), pending);
            case("standard", &mut |delays| standard(&mut heap, &mut scheduled, delays));
            let mut heap: BinaryHeap<_> = start.iter().map(|d| Reverse((d.at, d.key))).collect();
            case("standard-bare", &mut |delays| bare(&mut heap, delays));
        }
    }
    group.finish();
}
