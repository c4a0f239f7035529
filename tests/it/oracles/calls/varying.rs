//! T5: if callers are as patient as calls are long, the number in the system knows nothing of the agents: it is
//! Poisson, with the mean of a system of as many agents as calls. So it stays through outages of agents, as long as their
//! calls go back to the queue; and where they are lost, it starts anew.

use std::f64::consts::PI;

use switchover::calls::{CallObserver, Change, Outcome, Staff, StaffEvent};
use switchover::model::{Arrivals, Piece, Queue, SiteId};
use switchover::time::{Span, Time};

use super::{change, live, markov};
use crate::builder::exponential;
use crate::closed_form::{Estimate, golden};

/// One unit of time of the formulas, in seconds.
const UNIT_S: f64 = 1000.0;

/// Rounds in which the rate goes up and down; the first two are not counted.
const ROUNDS: u32 = 7;

fn instant(units: f64) -> Time {
    Time::ZERO + Span::from_secs_f64(units * UNIT_S)
}

/// The numbers in the system at some instants.
#[derive(Clone, Debug)]
struct There {
    instants: Vec<Time>,
    counts: Vec<u32>,
}

impl There {
    fn new(instants: Vec<Time>) -> Self {
        Self { counts: vec![0; instants.len()], instants }
    }
}

impl CallObserver for There {
    fn call(&mut self, call: &Outcome) {
        for (count, at) in self.counts.iter_mut().zip(&self.instants) {
            *count += u32::from(call.offered <= *at && *at < call.ended);
        }
    }
}

/// 100 + 20 sin t calls per unit, in short pieces.
fn waves() -> Queue {
    let pieces = 1000;
    let length = 2.0 * PI / f64::from(pieces);
    let piece = |number: i32| {
        let t = (f64::from(number) + 0.5) * length;
        let per_unit = 100.0 + 20.0 * t.sin();
        Piece { lasts: instant(length) - Time::ZERO, per_hour: per_unit / UNIT_S * 3600.0 }
    };
    let pieces = (0..pieces).map(piece).collect();
    let arrivals = Arrivals { pieces, repeats: true, phase: Span::ZERO };
    Queue { arrivals, ..markov(0.0, UNIT_S, Some(exponential(UNIT_S))) }
}

/// Agents that vanish with their calls: half of them twice in each round, all of them once.
fn vanishing(count: u32) -> Staff {
    let mut changes: Vec<Change> = (0..count).map(|it| change(Time::ZERO, it, true)).collect();
    for round in 0..ROUNDS {
        let start = f64::from(round) * 2.0 * PI;
        for (from, to, gone) in [(0.3, 1.5, count / 2), (2.2, 2.3, count), (3.0, 5.4, count / 2)] {
            for agent in 0..gone {
                let (from, to) = (instant(start + from), instant(start + to));
                changes.push(change(from, agent, false));
                changes.push(Change {
                    at: from,
                    what: StaffEvent::Severed { agent, site: SiteId(0) },
                });
                changes.push(change(to, agent, true));
            }
        }
    }
    changes.sort();
    Staff { sites: 1, groups: vec![0; count as usize], changes }
}

#[test]
fn t5_calls_in_the_system_are_poisson_through_outages() {
    let table = [
        (0.0, 90.0, 100, 0.158220989),
        (PI / 2.0, 110.0, 121, 0.158298854),
        (PI, 110.0, 121, 0.158298854),
        (3.0 * PI / 4.0, 114.142135624, 125, 0.165836046),
        (7.0 * PI / 4.0, 85.857864376, 96, 0.149247207),
    ];
    let (queue, staff) = (waves(), vanishing(60));
    for (t, mean, least, tail) in table {
        golden(100.0 + 10.0 * (t.sin() - t.cos()), mean);
        let rounds = 2..ROUNDS - 1;
        let instants = rounds.map(|round| instant(f64::from(round) * 2.0 * PI + t)).collect();
        let there = There::new(instants);
        let horizon = instant(f64::from(ROUNDS) * 2.0 * PI);
        let runs = (0..60).map(|run| live(&queue, &staff, there.clone(), run, horizon).counts);
        let counts: Vec<u32> = runs.flatten().collect();
        Estimate::of(counts.iter().map(|it| f64::from(*it))).agrees(mean);
        let square = |it: &u32| (f64::from(*it) - mean) * (f64::from(*it) - mean);
        Estimate::of(counts.iter().map(square)).agrees(mean);
        let reached = counts.iter().map(|it| f64::from(u8::from(*it >= least)));
        Estimate::of(reached).agrees(tail);
    }
}

#[test]
fn t5_calls_that_are_lost_at_an_outage_come_again_as_poisson() {
    let lost = 6.0;
    let queue = Queue {
        arrivals: Arrivals::constant(100.0 / UNIT_S * 3600.0),
        gateway_lag: Span::ZERO,
        entry: vec![1.0, 0.0],
        ..markov(0.0, UNIT_S, Some(exponential(UNIT_S)))
    };
    let mut changes: Vec<Change> = (0..90).map(|it| change(Time::ZERO, it, true)).collect();
    let site = StaffEvent::Site { site: SiteId(0), serves: false, lives: false };
    changes.push(Change { at: instant(lost), what: site });
    changes.extend((0..90).map(|it| change(instant(lost), it, false)));
    let staff = Staff { sites: 2, groups: vec![0; 90], changes };
    let after = [0.0, 0.5, 1.0, 2.0];
    let there = There::new(after.iter().map(|t| instant(lost + t)).collect());
    let run = |run| live(&queue, &staff, there.clone(), run, instant(lost + 2.5)).counts;
    let runs: Vec<Vec<u32>> = (0..400).map(run).collect();
    assert!(runs.iter().all(|counts| counts[0] <= 1));
    for (number, t) in after.iter().enumerate().skip(1) {
        let mean = 100.0 * (1.0 - (-t).exp());
        let counts = || runs.iter().map(|counts| f64::from(counts[number]));
        Estimate::of(counts()).agrees(mean);
        Estimate::of(counts().map(|it| (it - mean) * (it - mean))).agrees(mean);
    }
}
