//! Storms of REGISTERs at a registrar with a capacity.
//!
//! The scenario: each phone has a first refresh of its own, after which it rests, and every refresh is
//! a message. Answers leave when service begins; the published table counts them when it ends, and so
//! has one success less where the last one is served at the timeout.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use switchover::limits::{Bounds, Endless, Unfinished};
use switchover::model::{
    AgentId, Cohort, Group, GroupId, Limit, Location, LocationId, Model, Phone, Planes, Profile,
    ProfileId, RegistrarFault, Retry, Schedule, Target, Transport,
};
use switchover::simulation::traffic::{Messages, Wave};
use switchover::simulation::{self, Simulation};
use switchover::time::{NANOS, Span, Time};
use switchover::trace::{Event, Record};

use crate::builder::{at, fault, one_message_in, s, softphone};

use super::{HOME, apart, of_each_agent, plain, random};

/// SIP timer F: a transaction is given up after 32 s.
const TIMEOUT: Span = s(32);

fn limit(per_second: i64, duplicate: f64) -> Limit {
    Limit { duplicate, every_refresh: true, ..one_message_in(Span(NANOS / per_second)) }
}

/// Phones that refresh first at these times, and then rest.
fn scenario(starts: &[Time], limit: Limit) -> Model {
    let mut model = plain();
    model.horizon = at(2_000);
    model.sites[HOME.index()].registrar.limit = Some(limit);
    apart(&mut model, starts.len() as u32);
    let rest = s(100_000);
    let phone = |start: &Time| Phone {
        expiry: rest + rest,
        refresh: rest,
        retry: Retry::Fixed(rest),
        first_refresh: [Some(*start), Some(Time::ZERO + rest)],
        ..softphone()
    };
    model.phones = starts.iter().map(phone).collect();
    (0..).zip(&mut model.profiles).for_each(|(phone, profile)| profile.phone = phone);
    model
}

/// What the slow queue makes of a storm: when each phone is answered, and when all is served.
struct Storm {
    answers: Vec<Option<Time>>,
    idle: Time,
}

/// One message after the other. `done`: an answer leaves when service ends, and must come before the
/// timeout.
fn slow_queue(starts: &[Time], limit: &Limit, done: bool) -> Storm {
    let mut sends = BinaryHeap::new();
    for (phone, start) in starts.iter().enumerate() {
        sends.push(Reverse((*start, phone, Span::from_millis(500))));
    }
    let mut idle = Time::ZERO;
    let mut answers: Vec<Option<Time>> = vec![None; starts.len()];
    let mut known = vec![false; starts.len()];
    while let Some(Reverse((now, phone, interval))) = sends.pop() {
        let end = starts[phone] + TIMEOUT;
        if answers[phone].is_some_and(|answer| answer <= now) {
            continue;
        }
        let begins = idle.max(now);
        let share = if known[phone] { limit.duplicate } else { 1.0 };
        idle = begins + Span((limit.message.0 as f64 * share) as i64);
        let answer = if done { idle } else { begins };
        if !std::mem::replace(&mut known[phone], true) && (answer < end || !done && answer == end) {
            answers[phone] = Some(answer);
        }
        if now + interval < end {
            sends.push(Reverse((now + interval, phone, s(4).min(interval + interval))));
        }
    }
    Storm { answers, idle }
}

/// Uniform over a spread, in no order.
fn spread(number: usize, over: Span, replication: u64) -> Vec<Time> {
    let draws = (0..number as u32).map(|index| {
        let who = switchover::random::Entity::agent(0, index);
        let [share] = random(replication).uniforms::<1>(who, switchover::random::Purpose::Ready, 0);
        at(1) + Span((over.0 as f64 * share) as i64)
    });
    draws.collect()
}

fn messages(model: &Model, replication: u64) -> Messages {
    Simulation::new(model, random(replication)).unwrap().traffic().registrars[0].clone()
}

/// When each phone's first refresh was answered: at once (no record says so), or late.
fn answered(model: &Model, starts: &[Time]) -> Vec<Option<Time>> {
    let late = of_each_agent(model, random(0), |records| {
        let failed = records.iter().any(|it| matches!(it.event, Event::RegistrationFailed { .. }));
        let late = records.iter().find(|it| matches!(it.event, Event::Registered { .. }));
        (failed, late.map(|record| record.at))
    });
    late.into_iter()
        .zip(starts)
        .map(|((failed, late), start)| if failed { None } else { late.or(Some(*start)) })
        .collect()
}

#[test]
fn the_engine_is_the_slow_queue_to_the_nanosecond() {
    for (number, capacity, over) in [(1000, 100, 2), (1500, 40, 0), (2000, 50, 12), (2000, 100, 21)]
    {
        for duplicate in [0.0, 1.0, 0.4] {
            the_same(number, s(over), limit(capacity, duplicate), 3);
        }
    }
}

/// The engine's answers and end of the storm are those of the slow queue.
fn the_same(number: usize, over: Span, limit: Limit, draw: u64) {
    let starts = spread(number, over, draw);
    let slow = slow_queue(&starts, &limit, false);
    let model = scenario(&starts, limit);
    assert_eq!(answered(&model, &starts), slow.answers, "{number} {over:?}");
    assert_eq!(messages(&model, 0).idle, slow.idle, "{number} {over:?}");
}

/// Phones, capacity, spread; then successes and when 99 of 100 are answered, counted from the start, of
/// retransmissions that cost nothing; and successes and when all is served, of those that cost as much as any
/// message.
type Row = (usize, i64, i64, [(usize, f64); 2]);
const TABLE: [Row; 11] = [
    (1000, 100, 2, [(1000, 9.9), (1000, 39.9)]),
    (1000, 100, 10, [(1000, 10.2), (1000, 10.3)]),
    (5000, 300, 2, [(5000, 16.5), (5000, 91.0)]),
    (5000, 300, 10, [(5000, 16.5), (4297, 103.0)]),
    (5000, 300, 30, [(5000, 29.7), (5000, 30.0)]),
    (5000, 100, 0, [(3199, 31.7), (3199, 408.0)]),
    (5000, 100, 2, [(3333, 33.0), (2304, 432.0)]),
    (5000, 100, 30, [(5000, 49.5), (1418, 471.0)]),
    (5000, 100, 60, [(5000, 59.5), (5000, 60.0)]),
    (10_000, 300, 2, [(10_000, 33.0), (6324, 259.0)]),
    (10_000, 300, 60, [(10_000, 59.4), (10_000, 60.0)]),
];

/// Where phones start differs from one draw to the next, so a row is compared with the spread of
/// eight draws: four standard deviations, and what the table has rounded: one success, a tenth of a second, or a
/// second where it has whole ones.
#[test]
fn every_row_of_the_published_table_comes_out() {
    let rows = |done, rounded| {
        for (number, capacity, over, expected) in TABLE {
            for (duplicate, (successes, time)) in [0.0, 1.0].into_iter().zip(expected) {
                let draws = (0..8).map(|draw| {
                    let starts = spread(number, s(over), draw);
                    let storm = slow_queue(&starts, &limit(capacity, duplicate), done);
                    let ok = storm.answers.iter().flatten().count() as f64;
                    let end = if duplicate > 0.0 { storm.idle } else { most_answered(&storm) };
                    (ok, (end - at(1)).as_secs_f64())
                });
                let (ok, times): (Vec<f64>, Vec<f64>) = draws.unzip();
                let row = format!("{number} {capacity} {over} {duplicate}: {ok:?} {times:?}");
                assert!(is_among(&ok, successes as f64, rounded), "{row}");
                let digit = if time >= 100.0 { 1.0 } else { 0.1 };
                assert!(is_among(&times, time, digit), "{row}");
            }
        }
    };
    rows(true, 1.0);
    // The engine's queue: one success more where the last is served at the timeout.
    rows(false, 2.0);
}

/// When 99 of 100 of those that are answered have been.
fn most_answered(storm: &Storm) -> Time {
    let mut answers: Vec<Time> = storm.answers.iter().copied().flatten().collect();
    answers.sort_unstable();
    answers[(answers.len() * 99).div_ceil(100) - 1]
}

/// The engine in every row of the table: phone by phone what the slow queue says, to the nanosecond.
#[test]
fn the_engine_is_the_slow_queue_in_every_row_of_the_published_table() {
    for (number, capacity, over, _) in TABLE {
        for duplicate in [0.0, 1.0] {
            the_same(number, s(over), limit(capacity, duplicate), 0);
        }
    }
}

/// Phones of one type that start at one instant: those that are answered in time are the first of the
/// scenario.
#[test]
fn of_phones_that_start_together_the_first_are_answered() {
    let starts = vec![at(1); 1500];
    let answered = answered(&scenario(&starts, limit(40, 1.0)), &starts);
    let first = answered.iter().take_while(|answer| answer.is_some()).count();
    assert_eq!(answered.iter().flatten().count(), first);
    assert!(first > 40 && first < 1500, "{first}");
}

fn is_among(draws: &[f64], expected: f64, rounded: f64) -> bool {
    let number = draws.len() as f64;
    let mean = draws.iter().sum::<f64>() / number;
    let variance = draws.iter().map(|draw| (draw - mean).powi(2)).sum::<f64>() / (number - 1.0);
    (mean - expected).abs() <= 4.0 * variance.sqrt() + rounded
}

/// All at once with free duplicates: the k-th is answered k - 1 services later, so those succeed whose
/// turn comes within the timeout. With a spread of N/C - F nobody fails, with two seconds less somebody.
#[test]
fn the_least_spread_is_the_work_less_the_timeout() {
    let failed = |over: i64| {
        let starts: Vec<Time> = (0..1000).map(|k| at(1) + Span(over * NANOS / 1000 * k)).collect();
        let model = scenario(&starts, limit(20, 0.0));
        answered(&model, &starts).iter().filter(|answer| answer.is_none()).count()
    };
    assert_eq!(failed(0), 1000 - 32 * 20 - 1);
    assert!(failed(16) > 0);
    assert_eq!(failed(18), 0);
}

/// The work of N phones at once, with Poisson load b beside them: mean N/(C - b), variance
/// N r s^2/(1 - r)^3 (N = 1000, C = 50, b = 20). The load are refreshes of 40,000 phones out of step, messages
/// only while the registrar is busy: it is idle for the first time when the storm is over.
#[test]
fn a_storm_beside_the_usual_load() {
    let model = beside_the_usual_load();
    let wave = |replication| messages(&model, replication).storms[0].waves[0];
    let drained = |wave: Wave| (wave.idle - wave.from).as_secs_f64();
    let times: Vec<f64> = (0..60).map(|replication| drained(wave(replication))).collect();
    let number = times.len() as f64;
    let mean = times.iter().sum::<f64>() / number;
    let variance = times.iter().map(|time| (time - mean).powi(2)).sum::<f64>() / (number - 1.0);
    let (expected, spread) = (33.333_333, 0.740_740_74);
    let z = (mean - expected) / f64::sqrt(spread / number);
    assert!(z.abs() < 4.0, "mean {mean}: z {z}");
    let z = (variance / spread - 1.0) / f64::sqrt(2.0 / (number - 1.0));
    assert!(z.abs() < 4.0, "variance {variance}: z {z}");
}

/// What is left out where quiet refreshes take nothing: at the start of a storm the registrar may still be busy
/// with one. With every refresh a message the storm waits for that work, and no longer: mean r s/(2(1 - r)) and
/// variance E W^2 = 2 (E W)^2 + r s^2/(3(1 - r)) of an M/D/1 queue (r = 0.4, s = 20 ms).
#[test]
fn a_storm_waits_for_the_quiet_refresh_under_way_and_no_longer() {
    let [mut quiet, mut all] = [false, true].map(|every_refresh| {
        let mut model = cut_beside_the_usual_load();
        let limit = model.sites[HOME.index()].registrar.limit.as_mut().unwrap();
        limit.every_refresh = every_refresh;
        model
    });
    let last = |model: &mut Model, replication| {
        let storm = |record: &Record| record.agent.0 >= USUAL && record.at > at(90);
        let records = simulation::trace(model, random(replication)).unwrap();
        let registered = records.iter().filter(|it| matches!(it.event, Event::Registered { .. }));
        registered.filter(|it| storm(it)).map(|it| it.at).max().unwrap()
    };
    let (load, service) = (0.4, 0.02);
    let waits: Vec<f64> = (0..60)
        .map(|replication| {
            let alone = last(&mut quiet, replication);
            assert_eq!(alone, at(100) + Span(999 * NANOS / 50));
            (last(&mut all, replication) - alone).as_secs_f64()
        })
        .collect();
    assert!(waits.iter().all(|wait| *wait >= 0.0));
    let mean = load * service / (2.0 * (1.0 - load));
    let variance = mean * mean + load * service * service / (3.0 * (1.0 - load));
    let number = waits.len() as f64;
    let z = (waits.iter().sum::<f64>() / number - mean) / f64::sqrt(variance / number);
    assert!(z.abs() < 4.0, "{z}: {waits:?}");
}

/// Phones that refresh out of step.
const USUAL: u32 = 4_000;

/// The same load of phones that refresh every 200 s; a thousand others wait for their path until 100 s.
fn cut_beside_the_usual_load() -> Model {
    let mut model = plain();
    model.horizon = at(150);
    model.sites[HOME.index()].registrar.limit = Some(limit(50, 0.0));
    model.locations.push(Location { name: "cut".into() });
    let target = Target::Path(LocationId(1), HOME, Planes::Sip);
    fault(&mut model, target, Schedule::Scripted { at: at(50), down: s(50), up: s(1), times: 1 });
    let patient = Phone { transaction_timeout: s(600), ..softphone() };
    let usual = Phone { expiry: s(400), refresh: s(200), ..patient.clone() };
    let storm = Phone {
        expiry: s(400),
        refresh: s(200),
        transport: Transport::Tcp,
        first_refresh: [Some(at(60)), Some(at(140))],
        ..patient
    };
    model.phones = vec![usual, storm];
    let location = LocationId(1);
    model.profiles.push(Profile { phone: 1, location, ..model.profiles[0].clone() });
    two_cohorts(&mut model, USUAL, 1_000);
    model
}

/// So many agents with the first profile, and so many with the second.
fn two_cohorts(model: &mut Model, usual: u32, storm: u32) {
    let group = GroupId(0);
    model.groups = vec![Group { name: "agents".into(), size: usual + storm }];
    let cohort = |(first, count, profile)| {
        let (first, profile) = (AgentId(first), ProfileId(profile));
        let (person, shifts) = (None, vec![]);
        Cohort { first, count, group, index: first.0, profile, person, shifts }
    };
    model.cohorts = [(0, usual, 0), (usual, storm, 1)].map(cohort).to_vec();
}

fn beside_the_usual_load() -> Model {
    let mut model = plain();
    model.horizon = at(1_000);
    let limit = Limit { every_refresh: false, ..limit(50, 0.0) };
    model.sites[HOME.index()].registrar.limit = Some(limit);
    // Nobody gives up in the storm.
    let patient = Phone { transaction_timeout: s(600), ..softphone() };
    let (period, rest) = (s(2_000), s(100_000));
    let usual = Phone { expiry: period + period, refresh: period, ..patient.clone() };
    // The registrar hangs for a millisecond, so that these refreshes are disturbed.
    let (hang, short) = (at(100) - Span::from_millis(1), Span::from_millis(1));
    let target = Target::Registrar(HOME, RegistrarFault::Hangs);
    fault(&mut model, target, Schedule::Scripted { at: hang, down: short, up: s(1), times: 1 });
    let first_refresh = [Some(hang + Span(short.0 / 2)), Some(Time::ZERO + rest)];
    let storm = Phone { expiry: rest + rest, refresh: rest, first_refresh, ..patient };
    model.phones = vec![usual, storm];
    model.profiles.push(Profile { phone: 1, ..model.profiles[0].clone() });
    two_cohorts(&mut model, 40_000, 1_000);
    model
}

#[test]
fn phones_in_step_come_back_in_waves_that_a_random_expiry_flattens() {
    let (number, period) = (20_000, 1000.0);
    for share in [0.05, 0.10] {
        let off = share * period;
        let mut model = plain();
        model.horizon = at(4_000);
        let registrar = &mut model.sites[HOME.index()].registrar;
        registrar.limit = Some(Limit { message: Span(1), ..limit(1, 1.0) });
        registrar.deviation = Span::from_secs((2.0 * off) as i64);
        let longest = Span::from_secs((period + off) as i64);
        model.phones[0] = Phone {
            expiry: longest + s(1),
            refresh: longest,
            renewal: switchover::model::Renewal::Before(s(1)),
            first_refresh: [Some(at(10)), Some(at(100_000))],
            ..softphone()
        };
        crate::builder::populate(&mut model, number);
        let messages = messages(&model, 0);
        let r = {
            let x = std::f64::consts::TAU * share;
            x.sin() / x
        };
        for cycle in 1..=2 {
            let echo = Echo::around(&messages, period * f64::from(cycle), period);
            assert!(echo.ripple_z(r.powi(cycle)).abs() < 4.0, "{share} {cycle}");
            let expected = f64::from(number) * share_within(off, 0.2 * off, cycle);
            let z = (echo.within(0.2 * off) - expected) / expected.sqrt();
            assert!(z.abs() < 4.0, "{share} {cycle}: {z}");
        }
    }
}

/// The share of phones whose refresh of a cycle falls within a window of this width around its middle:
/// the height of the density there is 1/(2d) in the first cycle, and in the second a triangle of the same
/// height.
fn share_within(off: f64, width: f64, cycle: i32) -> f64 {
    let flat = width / (2.0 * off);
    if cycle == 1 { flat } else { flat - width * width / (16.0 * off * off) }
}

/// The messages of one period, counted by second.
struct Echo {
    middle: f64,
    period: f64,
    seconds: Vec<(f64, f64)>,
}

impl Echo {
    fn around(messages: &Messages, middle: f64, period: f64) -> Self {
        let middle = middle + 10.0;
        let near = |second: &(f64, f64)| (second.0 - middle).abs() < period / 2.0;
        let seconds = messages.seconds.iter().map(|it| (it.number as f64 + 0.5, it.offered as f64));
        Self { middle, period, seconds: seconds.filter(near).collect() }
    }

    fn within(&self, width: f64) -> f64 {
        let near = self.seconds.iter().filter(|it| (it.0 - self.middle).abs() < width / 2.0);
        near.map(|it| it.1).sum()
    }

    /// How far the mean cosine of the phase is from what it should be, in standard errors.
    fn ripple_z(&self, expected: f64) -> f64 {
        let number: f64 = self.seconds.iter().map(|it| it.1).sum();
        let phase = |it: &(f64, f64)| std::f64::consts::TAU * (it.0 - self.middle) / self.period;
        let mean = |of: &dyn Fn(f64) -> f64| {
            self.seconds.iter().map(|it| it.1 * of(phase(it).cos())).sum::<f64>() / number
        };
        let (cosine, square) = (mean(&|c| c), mean(&|c| c * c));
        (cosine - expected) / ((square - cosine * cosine) / number).sqrt()
    }
}

/// 200 phones that come at once to a registrar for one message per second: at 0.5 s all have sent a second
/// message but the one that is served, so 398 wait.
#[test]
fn a_storm_with_more_messages_than_the_bound_is_not_gone_on_with() {
    let model = scenario(&[at(10); 200], limit(1, 1.0));
    let found = |held_up| {
        let bounds = Bounds { held_up, ..Bounds::USUAL };
        match Simulation::within(&model, random(0), bounds).err()? {
            Unfinished::Endless(Endless::Storm(found)) => Some((found.most, found.at)),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(found(198), Some((198, at(10))));
    assert_eq!(found(199), Some((199, at(10) + Span(NANOS / 2))));
    assert_eq!(found(100_000), None);
}
