//! Agents that a queue needs by the formulas that planners use: Erlang C, and Erlang A where callers give up.
//!
//! The queue M/M/n+M: calls come at a rate l, are handled at a rate m by each of n agents, and callers wait for an
//! exponential time of rate t; a share of them never waits. The wait that a caller who waits for ever would be offered is 0 or
//! has the density
//!
//! ```text
//! v(x) = l p exp(l' (1 - exp(-t x)) / t - n m x),     l' = l (1 - share that never waits)
//! ```
//!
//! (p: the probability that n - 1 agents are busy; Baccelli and Hebuterne 1981). Without patience the first term in the exponent is
//! l' x, which is Erlang C. Both are steady states: nothing here knows a course over time, sites or redials.

use crate::model::{self, ServiceLevel, ShareOf};

/// The most agents that are looked for.
const MOST: u32 = 1 << 20;

/// Steps of an integral.
const STEPS: usize = 2_000;

/// A queue in steady state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Queue {
    /// Calls per second.
    pub calls: f64,
    /// Mean time that a call keeps an agent, work after it included, in seconds.
    pub busy_s: f64,
    /// Mean time that a caller waits, in seconds; `None`: for ever.
    pub patience_s: Option<f64>,
    /// Share of the callers that never wait.
    pub never: f64,
}

/// Integrals over the offered wait, all to one scale.
struct Waits {
    /// No caller waits: an agent is idle.
    none: f64,
    /// The offered wait is above 0.
    some: f64,
    /// ... and the caller is patient enough.
    served: f64,
    /// ... and that within the threshold.
    in_time: f64,
    /// The offered wait is above 0 and within the threshold, whatever the patience.
    near: f64,
    /// The caller gives up within the threshold.
    quick: f64,
}

impl Queue {
    /// A queue of a scenario with this many calls per second.
    #[must_use]
    pub fn of(queue: &model::Queue, calls: f64) -> Self {
        Self {
            calls,
            busy_s: queue.handling.mean_s() + queue.after_call.mean_s(),
            patience_s: queue.patience.law.as_ref().map(|law| law.mean_s().max(1e-9)),
            never: queue.patience.never,
        }
    }

    /// The least number of agents that keeps a service level; `None`: no number does, or there are too many.
    #[must_use]
    pub fn agents_needed(&self, level: &ServiceLevel) -> Option<u32> {
        if self.calls <= 0.0 {
            return Some(0);
        }
        let keeps = |agents: u32| self.service_level(agents, level) >= level.target;
        // Most often some agents more than are busy on average.
        let load = self.calls * self.busy_s;
        let near = (load + libm::sqrt(load)).clamp(1.0, f64::from(MOST)) as u32;
        let (mut low, mut high, mut step) = (near, near, 1);
        while low > 0 && keeps(low) {
            (low, high) = (low.saturating_sub(step), low);
            step *= 2;
        }
        while !keeps(high) {
            if high == MOST {
                return None;
            }
            (low, high) = (high, high.saturating_add(step).min(MOST));
            step *= 2;
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if keeps(middle) { high = middle } else { low = middle }
        }
        Some(high)
    }

    /// The service level with a number of agents, at least 1.
    #[must_use]
    pub fn service_level(&self, agents: u32, level: &ServiceLevel) -> f64 {
        let within = level.within.as_secs_f64();
        let Some(waits) = self.waits(f64::from(agents), within) else { return 0.0 };
        let all = waits.none + waits.some;
        let answered = waits.none + waits.in_time;
        let (in_time, of) = match level.of {
            ShareOf::Offered => (answered, all),
            ShareOf::Taken => (answered, waits.none + waits.served),
            ShareOf::OfferedLessQuick => (answered, all - waits.quick),
            ShareOf::Virtual => (waits.none + waits.near, all),
        };
        in_time / of
    }

    /// `None`: without patience and with too few agents the queue grows for ever.
    fn waits(&self, agents: f64, within: f64) -> Option<Waits> {
        let capacity = agents / self.busy_s;
        let stays = self.calls * (1.0 - self.never);
        let leaves = self.patience_s.map_or(0.0, |mean| 1.0 / mean);
        if leaves == 0.0 && stays >= capacity {
            return None;
        }
        let exponent = |x: f64| {
            let gone = if leaves > 0.0 { -libm::expm1(-leaves * x) / leaves } else { x };
            stays * gone - capacity * x
        };
        let peak = if leaves > 0.0 && stays > capacity {
            libm::log(stays / capacity) / leaves
        } else {
            0.0
        };
        let top = exponent(peak);
        let density = |x: f64| self.calls * libm::exp(exponent(x) - top);
        let patient = |x: f64| (1.0 - self.never) * libm::exp(-leaves * x);
        let [low, high] = [-1.0, 1.0].map(|sign| end(&exponent, peak, sign));
        let split = within.clamp(low, high);
        let both = |what: &dyn Fn(f64) -> f64| {
            let near = simpson(low, split, what);
            [near, near + simpson(split, high, what)]
        };
        let [in_time, served] = both(&|x| density(x) * patient(x));
        let [near, some] = both(&density);
        // A caller who gives up within the threshold is offered a longer wait than the patience.
        let quick = (near - in_time) + (some - near) * (1.0 - patient(within));
        let none = self.idle(agents) * libm::exp(-top);
        Some(Waits { none, some, served, in_time, near, quick })
    }

    /// The probability of an idle agent over that of exactly one.
    fn idle(&self, agents: f64) -> f64 {
        let load = self.calls * self.busy_s;
        let (mut sum, mut busy) = (1.0, 1.0);
        while busy < agents {
            sum = 1.0 + sum * busy / load;
            busy += 1.0;
        }
        sum
    }
}

/// Where, to one side of the peak of a density and not below 0, it is next to nothing.
fn end(exponent: &dyn Fn(f64) -> f64, peak: f64, sign: f64) -> f64 {
    let (mut step, mut at) = (1e-6, peak);
    while at > 0.0 && sign < 0.0 || sign > 0.0 {
        if exponent(at) < exponent(peak) - 40.0 {
            break;
        }
        step *= 1.5;
        at = peak + sign * step;
    }
    at.max(0.0)
}

/// Simpson's rule.
fn simpson(from: f64, to: f64, what: &dyn Fn(f64) -> f64) -> f64 {
    let width = (to - from) / STEPS as f64;
    let inner = (1..STEPS).map(|step| {
        let weight = if step % 2 == 1 { 4.0 } else { 2.0 };
        weight * what(from + width * step as f64)
    });
    (what(from) + inner.sum::<f64>() + what(to)) * width / 3.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;

    fn level(within_s: i64, target: f64) -> ServiceLevel {
        ServiceLevel { within: Span::from_secs(within_s), of: ShareOf::Offered, target }
    }

    /// 100 calls in half an hour of three minutes.
    fn queue(patience_s: Option<f64>) -> Queue {
        Queue { calls: 100.0 / 1800.0, busy_s: 180.0, patience_s, never: 0.0 }
    }

    #[track_caller]
    fn near(value: f64, expected: f64) {
        assert!((value - expected).abs() < 1e-8, "{value}, expected {expected}");
    }

    #[test]
    fn the_published_examples() {
        let (patient, impatient) = (queue(None), queue(Some(300.0)));
        near(patient.service_level(14, &level(20, 0.8)), 0.888_350_019_179_466_9);
        near(impatient.service_level(13, &level(20, 0.8)), 0.858_177_7);
        assert!((impatient.service_level(12, &level(20, 0.8)) - 0.772_279_3).abs() < 1e-7);
        assert_eq!(patient.agents_needed(&level(20, 0.8)), Some(14));
        assert_eq!(impatient.agents_needed(&level(20, 0.8)), Some(13));
        // A vendor's table: 2000 calls per hour of 150 s, 90 % within 30 s.
        let vendor = Queue { calls: 2000.0 / 3600.0, busy_s: 150.0, patience_s: None, never: 0.0 };
        assert_eq!(vendor.agents_needed(&level(30, 0.9)), Some(90));
        assert!((vendor.service_level(89, &level(30, 0.9)) - 0.8605).abs() < 5e-5);
        assert_eq!(patient.service_level(10, &level(20, 0.8)), 0.0, "the queue grows for ever");
    }

    #[test]
    fn shares_of_other_calls_and_callers_that_never_wait() {
        let of = |of| ServiceLevel { of, ..level(20, 0.8) };
        let queue = queue(Some(300.0));
        let offered = queue.service_level(12, &of(ShareOf::Offered));
        let taken = queue.service_level(12, &of(ShareOf::Taken));
        let less = queue.service_level(12, &of(ShareOf::OfferedLessQuick));
        let virtually = queue.service_level(12, &of(ShareOf::Virtual));
        assert!(offered < virtually, "{offered} {virtually}");
        near(virtually, 0.775_633_478_146_132);
        assert!(offered < less && less < taken, "{offered} {less} {taken}");
        // If no caller waits, it is Erlang B: 20 lines block 1 % of 12.030615 E.
        let lines = Queue { calls: 12.030_615, busy_s: 1.0, patience_s: Some(1.0), never: 1.0 };
        assert!((lines.service_level(20, &level(20, 0.8)) - 0.99).abs() < 1e-7);
        assert_eq!(Queue { calls: 0.0, ..lines }.agents_needed(&level(20, 0.8)), Some(0));
    }

    #[test]
    fn an_overload_loses_what_it_cannot_serve() {
        let queue = Queue { calls: 50.0, busy_s: 180.0, patience_s: Some(300.0), never: 0.0 };
        let served = ServiceLevel { within: Span::from_secs(100_000), ..level(20, 0.5) };
        near(queue.service_level(4500, &served) * 100.0, 50.0);
    }
}
