//! A vendor's worked example: 2000 calls per hour of 150 s, 90 % within 30 s, patience 150 s. The formulas
//! of Erlang give the table to its printed digits; the simulator agrees with them.

use super::{Count, agents, markov, per_call, steady};
use crate::builder::{exponential, s};
use crate::closed_form::golden;

/// Offered load.
const LOAD: f64 = 2000.0 * 150.0 / 3600.0;
const HANDLING_S: f64 = 150.0;

/// Fails unless a value is what is printed, to the digits that are printed.
#[track_caller]
fn printed(value: f64, text: &str) {
    let digits = text.split('.').nth(1).map_or(0, str::len);
    assert_eq!(format!("{value:.digits$}"), text);
}

/// Probability that all of `n` agents are busy if nobody waits.
fn erlang_b(n: u32) -> f64 {
    (1..=n).fold(1.0, |blocked, k| LOAD * blocked / (f64::from(k) + LOAD * blocked))
}

/// Probability of waiting, share within 30 s and mean wait in seconds, if everybody waits.
fn erlang_c(n: u32) -> [f64; 3] {
    let (blocked, spare) = (erlang_b(n), f64::from(n) - LOAD);
    let waits = blocked * f64::from(n) / (spare + LOAD * blocked);
    let within = 1.0 - waits * (-spare * 30.0 / HANDLING_S).exp();
    [waits, within, waits * HANDLING_S / spare]
}

/// Share that gives up, and mean wait in seconds, if patience is exponential with the mean of handling: the number in the
/// system is Poisson.
fn erlang_a(n: u32) -> [f64; 2] {
    let (mut state, mut waiting) = ((-LOAD).exp(), 0.0);
    for k in 1..1000 {
        state *= LOAD / f64::from(k);
        waiting += state * f64::from(k).max(f64::from(n)) - state * f64::from(n);
    }
    [waiting / LOAD, waiting / LOAD * HANDLING_S]
}

#[test]
fn the_table_to_its_printed_digits() {
    let [waits, within, speed] = erlang_c(90);
    printed(waits, "0.3673");
    printed(within, "0.9032");
    printed(speed, "8.3");
    printed(erlang_c(89)[1], "0.8605");
    printed(erlang_a(90)[1], "2.29");
    printed(erlang_a(45)[1], "69.0");
    for (n, share) in
        [(90, "0.0153"), (85, "0.0345"), (80, "0.0663"), (60, "0.2801"), (45, "0.4600")]
    {
        printed(erlang_a(n)[0], share);
    }
    golden(erlang_b(0), 1.0);
}

#[test]
fn the_simulator_agrees_with_the_table() {
    let count = Count { within: s(30), ..Count::new(crate::builder::at(0), crate::builder::at(0)) };
    let times = (9_000, 150_000);
    let counts = steady(&markov(2000.0, HANDLING_S, None), &agents(90), times, &count, 16);
    let [waits, within, speed] = erlang_c(90);
    per_call(&counts, |it| it.waited, waits);
    per_call(&counts, |it| it.in_time, within);
    per_call(&counts, |it| it.wait_s, speed);
    for n in [90, 80, 45] {
        let lot = markov(2000.0, HANDLING_S, Some(exponential(HANDLING_S)));
        let counts = steady(&lot, &agents(n), (3_000, 40_000), &count, 12);
        let [gives_up, wait_s] = erlang_a(n);
        per_call(&counts, |it| it.abandoned, gives_up);
        per_call(&counts, |it| it.wait_s, wait_s);
    }
}
