//! REGISTERs at registrars with a capacity: what came, what was served, what was sent again (above),
//! and the queue (below).
//!
//! Lines show the busiest second within a step, so that a short storm is seen.

use crate::measures::{Results, Window};
use crate::model::Model;
use crate::report::charts::titles;
use crate::simulation::traffic::{Messages, Second};
use crate::time::NANOS;

use super::served::{Queue, Served, capacity};
use super::track::Limit;

/// What the upper plot shows.
const RATES: [fn(&Second) -> u64; 3] =
    [|second| second.offered, |second| second.served, |second| second.again];

/// The chart.
pub(in crate::report::charts) fn draw(results: &Results, model: &Model) -> String {
    Served {
        title: titles::queues(results),
        note: "REGISTER messages per second, in the busiest second of each step; undisturbed \
               refreshes, and what a fault hangs or refuses, aside."
            .to_owned(),
        names: ["came", "served", "sent again"],
        per_second: "REGISTERs per second",
        waits: "messages waiting",
    }
    .draw(results, model, |window| {
        let busy = results.traffic.registrars.iter().filter(|it| !it.seconds.is_empty());
        busy.map(|messages| queue(model, window, messages)).collect()
    })
}

fn queue<'a>(model: &'a Model, window: &Window, messages: &Messages) -> Queue<'a> {
    Queue {
        name: &model.pairs[messages.pair.index()].name,
        rates: RATES.map(|what| steps(window, messages, what)),
        waiting: waiting(window, messages),
        limit: limit(model, messages),
    }
}

/// The most in one second, per step of a window.
fn steps(window: &Window, messages: &Messages, what: fn(&Second) -> u64) -> Vec<f64> {
    let number = ((window.to - window.from).0 + window.step.0 - 1) / window.step.0.max(1);
    let mut values = vec![0.0; number.max(0) as usize];
    let step =
        |second: i64| (second.saturating_mul(NANOS) - window.from.0).div_euclid(window.step.0);
    for second in &messages.seconds {
        let at = usize::try_from(step(second.number)).ok();
        if let Some(value) = at.and_then(|at| values.get_mut(at)) {
            *value = f64::max(*value, what(second) as f64);
        }
    }
    values
}

/// The most that waited, per step of a window: between two seconds in which anything came or was
/// served, what was left waits.
fn waiting(window: &Window, messages: &Messages) -> Vec<f64> {
    let mut values = steps(window, messages, |second| second.waiting);
    for pair in messages.seconds.windows(2) {
        let between = pair[0].number + 1..pair[1].number;
        for number in between.take_while(|_| pair[0].left > 0) {
            let at = (number * NANOS - window.from.0).div_euclid(window.step.0);
            let at = usize::try_from(at).ok();
            if let Some(value) = at.and_then(|at| values.get_mut(at)) {
                *value = f64::max(*value, pair[0].left as f64);
            }
        }
    }
    values
}

/// What the registrar serves at most, in transactions of one message after its challenge.
fn limit(model: &Model, messages: &Messages) -> Option<Limit> {
    let site = &model.sites[model.pairs[messages.pair.index()].site.index()];
    let limit = site.registrar.limit.as_ref()?;
    let at = 1.0 / (limit.message.as_secs_f64() * f64::from(1 + u32::from(limit.challenge)));
    Some(capacity(at, if limit.challenge { ", after a challenge" } else { "" }))
}
