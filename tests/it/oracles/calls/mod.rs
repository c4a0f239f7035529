//! Calls against the theory of queues: T1 to T7. Agents are in service from the start or by a list of changes; nothing is
//! simulated of sites and desktops here, which is the scenario that the formulas assume.

mod cisco;
mod days;
mod steady;
mod varying;

use switchover::calls::{self, CallObserver, Change, Draws, Fate, Outcome, Staff, StaffEvent};
use switchover::distribution::Law;
use switchover::model::{Arrivals, AtLoss, GroupId, Patience, Queue, ServiceLevel, SiteId};
use switchover::random::RandomNumbers;
use switchover::time::{Span, Time};

use crate::builder::{at, exponential, s};
use crate::closed_form::Estimate;

/// A queue of one site and one group: Poisson calls, exponential handling.
fn markov(per_hour: f64, handling_s: f64, patience: Option<Law>) -> Queue {
    Queue {
        name: "q".into(),
        arrivals: Arrivals::constant(per_hour),
        day_factor: None,
        handling: exponential(handling_s),
        after_call: Law::Constant(Span::ZERO),
        patience: Patience { never: 0.0, law: patience },
        groups: vec![GroupId(0)],
        redial: None,
        waiting_places: None,
        pooled: true,
        entry: vec![1.0],
        at_loss: AtLoss::Requeued,
        ring_timeout: s(10),
        gateway_lag: s(32),
        level: ServiceLevel::default(),
    }
}

/// Agent `agent` comes into service, or goes.
fn change(at: Time, agent: u32, there: bool) -> Change {
    Change { at, what: StaffEvent::Agent { agent, site: there.then_some(SiteId(0)) } }
}

/// So many agents at one site, all the time.
fn agents(count: u32) -> Staff {
    let changes = (0..count).map(|agent| change(Time::ZERO, agent, true)).collect();
    Staff { sites: 1, groups: vec![0; count as usize], changes }
}

/// What is counted of the calls that come in a window; waits count as long as they last, be it beyond it.
#[derive(Clone, Debug)]
struct Count {
    from: Time,
    to: Time,
    within: Span,
    offered: f64,
    abandoned: f64,
    blocked: f64,
    /// Taken by an agent within some time.
    in_time: f64,
    /// Given up, and an agent would have been free in time.
    missed: f64,
    waited: f64,
    /// Those who waited longer than some time.
    long: f64,
    longer_than: Span,
    wait_s: f64,
    busy_s: f64,
}

impl Count {
    fn new(from: Time, to: Time) -> Self {
        Self {
            from,
            to,
            within: s(20),
            offered: 0.0,
            abandoned: 0.0,
            blocked: 0.0,
            in_time: 0.0,
            missed: 0.0,
            waited: 0.0,
            long: 0.0,
            longer_than: Span::NEVER,
            wait_s: 0.0,
            busy_s: 0.0,
        }
    }
}

impl CallObserver for Count {
    fn call(&mut self, call: &Outcome) {
        if call.offered < self.from || call.offered >= self.to {
            return;
        }
        let one = |counts: bool| f64::from(u8::from(counts));
        let wait = call.answered.unwrap_or(call.ended) - call.offered;
        self.offered += 1.0;
        self.abandoned += one(call.fate == Fate::Abandoned);
        self.blocked += one(call.fate == Fate::Blocked);
        self.in_time += one(call.answered.is_some() && wait <= self.within);
        self.waited += one(wait > Span::ZERO);
        self.long += one(wait > self.longer_than);
        self.wait_s += wait.as_secs_f64();
    }

    fn busy(&mut self, _agent: u32, _queue: u32, from: Time, to: Time) {
        let (from, to) = (from.max(self.from), to.min(self.to));
        self.busy_s += (to - from).as_secs_f64().max(0.0);
    }

    fn in_time_after_all(&mut self, _queue: u32, offered: Time) {
        self.missed += f64::from(u8::from(offered >= self.from && offered < self.to));
    }
}

fn live<B: CallObserver>(
    queue: &Queue,
    staff: &Staff,
    book: B,
    replication: u64,
    horizon: Time,
) -> B {
    let queues = std::slice::from_ref(queue);
    let draws = Draws::new(queues, RandomNumbers { seed: 20_260_601, replication }, horizon);
    calls::Day::new(queues, staff, (draws, book), horizon).live().0
}

/// Replications of a queue that starts empty, each counted after its first part.
fn steady(
    queue: &Queue,
    staff: &Staff,
    (warm, long): (i64, i64),
    start: &Count,
    n: u64,
) -> Vec<Count> {
    let count = Count { from: at(warm), to: at(warm + long), ..start.clone() };
    let horizon = at(warm + long) + s(36_000);
    (0..n).map(|replication| live(queue, staff, count.clone(), replication, horizon)).collect()
}

/// Fails unless a share of the calls offered (or any ratio to them) is within four standard errors.
#[track_caller]
fn per_call(counts: &[Count], what: impl Fn(&Count) -> f64, truth: f64) {
    let mean = counts.iter().map(|it| it.offered).sum::<f64>() / counts.len() as f64;
    let excess = counts.iter().map(|it| truth + (what(it) - truth * it.offered) / mean);
    Estimate::of(excess).agrees(truth);
}

/// The same of what goes on at a time, per second of the window.
#[track_caller]
fn per_second(counts: &[Count], what: impl Fn(&Count) -> f64, truth: f64) {
    let rates = counts.iter().map(|it| what(it) / (it.to - it.from).as_secs_f64());
    Estimate::of(rates).agrees(truth);
}
