//! O6, registrations: how they come back, run out and are tried again.
//!
//! The scenario: phones with one registration, refresh interval R, phases uniform. An un-replicated
//! failover is a loss of both members for one nanosecond under `bindings-after-pair-loss = lose`.
//! Random refresh intervals cannot be said (the interval is a fraction of the expiry); the law of
//! the time to the next refresh is checked on the renewal process that random faults are made of.

use switchover::distribution::Law;
use switchover::faults::sample;
use switchover::model::{HostId, Model, Planes, Retry, Schedule, SiteId, Target};
use switchover::time::{NANOS, Span, Time};
use switchover::trace::{Event, Record};

use crate::builder::{at, base, down, fault, populate, s};
use crate::closed_form::{Estimate, golden};

use super::{HOME, apart, downtime_s, of_each_agent, plain, random};

/// Phones that register at one site only, every R = 60 s, for E = 120 s.
pub fn phones() -> Model {
    let mut model = plain();
    model.profiles[0].peer = None;
    model.profiles[0].dr = [false; 3];
    (model.phones[0].refresh, model.phones[0].expiry) = (s(60), s(120));
    model
}

fn once(at: Time, down: Span) -> Schedule {
    Schedule::Scripted { at, down, up: s(1), times: 1 }
}

fn first(records: &[Record], wanted: impl Fn(&Event) -> bool) -> Option<Time> {
    records.iter().find(|record| wanted(&record.event)).map(|record| record.at)
}

fn registered(event: &Event) -> bool {
    matches!(event, Event::Registered { .. })
}

/// So many phones, and a failover that loses their registrations at 1000 s.
pub fn lost_bindings(n: u32) -> Model {
    let mut model = phones();
    model.policy.keep_bindings = false;
    populate(&mut model, n);
    fault(&mut model, Target::Site(HOME), once(at(1000), Span(1)));
    model
}

#[test]
fn after_a_failover_that_loses_the_bindings() {
    let (n, r) = (200, 60.0);
    let mean_of = |k: f64| r * k / (f64::from(n) + 1.0);
    golden(mean_of(200.0), 59.701493);
    golden(mean_of(190.0), 56.716418);
    let model = lost_bindings(n);
    let runs = (0..150).map(|replication| {
        let mut backs = of_each_agent(&model, random(replication), downtime_s);
        backs.sort_by(f64::total_cmp);
        backs
    });
    let runs: Vec<Vec<f64>> = runs.collect();
    for (k, published) in [(200, 59.701493), (190, 56.716418), (1, mean_of(1.0))] {
        Estimate::of(runs.iter().map(|backs| backs[k - 1])).agrees(published);
    }
    let lost: Vec<f64> = runs.iter().map(|backs| backs.iter().sum()).collect();
    let (mean, variance) = (f64::from(n) * r / 2.0, f64::from(n) * r * r / 12.0);
    Estimate::of(lost.iter().copied()).agrees(mean);
    Estimate::of(lost.iter().map(|x| (x - mean) * (x - mean))).agrees(variance);
    let by_20 = runs.iter().flatten().map(|&x| f64::from(u8::from(x <= 20.0)));
    Estimate::of(by_20).agrees(20.0 / r);
}

#[test]
fn bindings_that_cannot_be_refreshed_run_out() {
    let (e, r) = (120.0, 60.0);
    let expired = |t: f64| ((t - (e - r)) / r).clamp(0.0, 1.0);
    golden(expired(75.0), 0.25);
    let mut model = phones();
    populate(&mut model, 10_000);
    down(&mut model, Target::Location(switchover::model::LocationId(0), Planes::Sip), 1000, 9999);
    let ended = of_each_agent(&model, random(9), |records| {
        let end = first(records, |event| matches!(event, Event::BindingEnded { .. }));
        (end.unwrap() - at(1000)).as_secs_f64()
    });
    let by = |t: f64| Estimate::of(ended.iter().map(move |&x| f64::from(u8::from(x <= t))));
    by(75.0).agrees(expired(75.0));
    by(100.0).agrees(expired(100.0));
    assert!(ended.iter().all(|x| (e - r..=e).contains(x)));
}

/// RFC 5626 section 4.5: the bound of the k-th wait, k from 1.
fn bound(base: f64, k: i32) -> f64 {
    f64::min(1800.0, base * f64::powi(2.0, k))
}

/// From the first failed transaction to the start of the one that succeeds, when the path is back
/// `heals` seconds after that failure; transactions take one second to fail.
fn comes_back(peer: bool, heals: f64) -> Vec<f64> {
    let mut model = if peer { plain() } else { phones() };
    let phone = &mut model.phones[0];
    phone.retry = Retry::Backoff { none: s(30), some: s(90), cap: s(1800) };
    phone.transaction_timeout = s(1);
    (phone.expiry, phone.refresh) = (s(20_000), s(18_000));
    phone.first_refresh = [Some(at(100)), None];
    model.horizon = at(10_000);
    apart(&mut model, 1);
    populate(&mut model, 4000);
    let target = Target::Path(switchover::model::LocationId(0), HOME, Planes::Sip);
    fault(&mut model, target, once(at(99), Span::from_secs_f64(2.0 + heals)));
    of_each_agent(&model, random(10), |records| {
        let back = first(records, registered).unwrap();
        (back - at(101)).as_secs_f64()
    })
}

#[test]
fn back_off_of_a_lost_phone() {
    let published = [45.0, 90.0, 180.0, 360.0, 720.0, 1350.0];
    for (k, mean) in (1..).zip(published) {
        golden(0.75 * bound(30.0, k), mean);
    }
    // Before the sixth wait the earliest k-th retry comes after the latest failure before it.
    for k in 1..=5 {
        let before: f64 = (1..k).map(|i| bound(30.0, i)).sum();
        let heals = before + f64::from(k - 1) + 5.0;
        let expected: f64 = published[..k as usize].iter().sum();
        let retries = comes_back(false, heals);
        Estimate::of(retries.iter().map(|x| x - f64::from(k - 1))).agrees(expected);
    }
}

#[test]
fn back_off_of_a_phone_that_is_registered_elsewhere() {
    let waits = comes_back(true, 5.0);
    assert!(waits.iter().all(|wait| (90.0..=180.0).contains(wait)));
    Estimate::of(waits).agrees(0.75 * bound(90.0, 1));
}

/// Send times of one REGISTER over UDP in milliseconds, by RFC 3261's Timers E and F.
fn transmissions() -> Vec<i64> {
    let (mut sends, mut interval) = (vec![0], 500);
    loop {
        let next = sends[sends.len() - 1] + interval;
        if next >= 32_000 {
            return sends;
        }
        sends.push(next);
        interval = (2 * interval).min(4000);
    }
}

#[test]
fn eleven_transmissions_before_timer_f() {
    let sends = transmissions();
    assert_eq!(sends.len(), 11);
    let mut model = phones();
    model.phones[0].expiry = s(9000);
    model.phones[0].refresh = s(8000);
    model.phones[0].first_refresh = [Some(at(100)), None];
    apart(&mut model, 12);
    // Location i is cut until just after send i - 1, so that send i is the first to arrive.
    for (location, &send) in (1..).zip(&sends) {
        let location = switchover::model::LocationId(location);
        let target = Target::Path(location, HOME, Planes::Sip);
        fault(&mut model, target, once(at(99), Span::from_millis(1000 + send + 1)));
    }
    let outcomes = of_each_agent(&model, random(11), |records| {
        let failed = first(records, |event| matches!(event, Event::RegistrationFailed { .. }));
        (first(records, registered), failed)
    });
    assert_eq!(outcomes[0], (None, None), "an undisturbed refresh is not recorded");
    for (outcome, &send) in outcomes[1..].iter().zip(&sends[1..]) {
        assert_eq!(*outcome, (Some(at(100) + Span::from_millis(send)), None));
    }
    assert_eq!(outcomes[11].1, Some(at(132)));
}

#[test]
fn residual_of_random_intervals() {
    let (low, high) = (60.0, 120.0);
    let square = (low * low + low * high + high * high) / 3.0;
    let mean = square / (low + high);
    golden(mean, 46.666667);
    let mut model = base();
    model.horizon = at(20_000);
    let failure = Law::Uniform { lowest: s(60), highest: s(120) };
    let schedule = Schedule::random(failure, Law::Constant(Span(1)));
    let target = Target::Host(HostId(model.hosts.len() as u32 - 1));
    fault(&mut model, target, schedule);
    assert_eq!(model.hosts[model.hosts.len() - 1].site, SiteId(1));
    let residuals = (0..4000).filter_map(|replication| {
        let spells = sample(&model, random(replication));
        let next = spells.iter().find(|spell| spell.from >= at(10_000))?;
        Some((next.from - at(10_000)).0 as f64 / NANOS as f64)
    });
    Estimate::of(residuals).agrees(mean);
}
