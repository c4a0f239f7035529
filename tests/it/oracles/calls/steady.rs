//! T1 to T3, T6 and T7: queues in the steady state. They start empty; what is counted begins when that is
//! forgotten.

use switchover::distribution::Law;
use switchover::model::{Queue, ServiceLevel, ShareOf};
use switchover::time::Span;

use super::{Count, agents, markov, per_call, per_second, steady};
use crate::builder::{exponential, s};

/// A wait of any caller that one in ten exceeds.
fn one_in_ten(count: &Count, p90_s: f64) -> Count {
    Count { longer_than: Span::from_secs_f64(p90_s), ..count.clone() }
}

/// The example of Garnett, Mandelbaum and Reiman: calls per minute, and what theory says: mean wait, its p90,
/// mean queue, occupancy, probability of waiting.
fn t1(per_minute: f64, patience: Option<Law>, exact: [f64; 5]) -> Vec<Count> {
    let [wait_s, p90_s, queue, occupancy, waits] = exact;
    let count = one_in_ten(&Count::new(crate::builder::at(0), crate::builder::at(0)), p90_s);
    let lot = markov(per_minute * 60.0, 60.0, patience);
    let counts = steady(&lot, &agents(50), (24_000, 60_000), &count, 24);
    per_call(&counts, |it| it.wait_s, wait_s);
    per_call(&counts, |it| it.long, 0.1);
    per_second(&counts, |it| it.wait_s, queue);
    per_second(&counts, |it| it.busy_s / 50.0, occupancy);
    per_call(&counts, |it| it.waited, waits);
    counts
}

#[test]
fn t1_erlang_c_and_erlang_a() {
    t1(48.0, None, [20.833668, 58.138742, 16.666935, 0.96, 0.694455611]);
    let exact = [3.709470, 12.444648, 2.967575920, 0.930324241, 0.467774069];
    let counts = t1(48.0, Some(exponential(120.0)), exact);
    per_call(&counts, |it| it.abandoned, 0.030912249);
    t1(46.512, None, [8.813062, 28.104426, 6.831885, 0.93024, 0.512332653]);
}

fn t2_t3(count: u32, patience: Option<Law>) -> Vec<Count> {
    let start = Count::new(crate::builder::at(0), crate::builder::at(0));
    steady(&markov(200.0, 180.0, patience), &agents(count), (36_000, 900_000), &start, 16)
}

#[test]
fn t2_erlang_c() {
    let counts = t2_t3(14, None);
    per_call(&counts, |it| it.in_time, 0.888_350_019_179_466_9);
    per_second(&counts, |it| it.busy_s / 14.0, 0.714_285_714_285_714_2);
    per_call(&counts, |it| it.waited, 0.174_131_933_595_049_8);
    per_call(&counts, |it| it.wait_s, 7.835937);
}

#[test]
fn t3_erlang_a() {
    let counts = t2_t3(13, Some(exponential(300.0)));
    per_call(&counts, |it| it.in_time, 0.8581777000);
    per_second(&counts, |it| it.busy_s / 13.0, 0.7500282280);
    per_call(&counts, |it| it.abandoned, 0.0249633036);
    per_call(&counts, |it| it.waited, 0.2257970840);
    per_call(&counts, |it| it.wait_s, 0.1248165182 * 60.0);
    let counts = t2_t3(12, Some(exponential(300.0)));
    per_call(&counts, |it| it.in_time, 0.7722793);
}

/// The wait that callers would have had who gave up: exact by the number of calls that a caller finds.
#[test]
fn the_virtual_wait_of_erlang_a() {
    let start = Count::new(crate::builder::at(0), crate::builder::at(0));
    let virtually = ServiceLevel { within: s(20), of: ShareOf::Virtual, target: 0.8 };
    let queue = Queue { level: virtually, ..markov(200.0, 180.0, Some(exponential(300.0))) };
    let counts = steady(&queue, &agents(12), (36_000, 900_000), &start, 16);
    per_call(&counts, |it| it.in_time, 0.7722793);
    per_call(&counts, |it| it.in_time + it.missed, 0.775_633_478_146_132);
}

/// Handling of 100 s, 102 calls in that time, 100 agents, room for 100 who wait.
fn t6(theta: f64, [waits, abandons, queue]: [f64; 3]) -> Vec<Count> {
    let start = Count::new(crate::builder::at(0), crate::builder::at(0));
    let lot = markov(102.0 * 36.0, 100.0, Some(exponential(100.0 / theta)));
    let lot = Queue { waiting_places: Some(100), ..lot };
    let counts = steady(&lot, &agents(100), (3_000, 40_000), &start, 16);
    per_call(&counts, |it| it.waited, waits);
    per_call(&counts, |it| it.abandoned, abandons);
    per_second(&counts, |it| it.wait_s, queue);
    counts
}

#[test]
fn t6_many_agents() {
    let counts = t6(1.0, [0.591718635, 0.049917976, 5.091633552]);
    per_second(&counts, |it| it.busy_s / 100.0, 0.969083664);
    t6(0.5, [0.6863398, 0.0428935, 8.7502659]);
    t6(2.0, [0.4964380, 0.0569915, 2.9065642]);
}

#[test]
fn t6_overload_is_a_fluid() {
    let start = Count::new(crate::builder::at(0), crate::builder::at(0));
    let laws =
        [exponential(100.0), Law::Constant(s(120)), Law::Uniform { lowest: s(0), highest: s(300) }];
    for law in laws {
        let lot = markov(400.0 * 36.0, 100.0, Some(law));
        let counts = steady(&lot, &agents(200), (2_000, 10_000), &start, 3);
        let sum = |what: fn(&Count) -> f64| counts.iter().map(what).sum::<f64>();
        let share = sum(|it| it.abandoned) / sum(|it| it.offered);
        assert!((share - 0.5).abs() < 0.006, "{share}");
    }
}

#[test]
fn t7_erlang_b() {
    let start = Count::new(crate::builder::at(0), crate::builder::at(0));
    for (lines, erlangs) in [(10, 4.461177), (20, 12.030615), (50, 37.901398), (100, 84.064159)] {
        let lot = markov(erlangs * 36.0, 100.0, None);
        let lot = Queue { waiting_places: Some(0), ..lot };
        let long = 6_000_000 / i64::from(lines);
        let counts = steady(&lot, &agents(lines), (2_000, long), &start, 8);
        per_call(&counts, |it| it.blocked, 0.01);
    }
}
