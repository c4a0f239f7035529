//! O7, a storm of logins at a site that takes C of them per second.
//!
//! The scenario: every agent's path to its preferred site is cut one second before it is to arrive
//! at the peer; the peer's login slots are 1/C apart, and a login takes 1/C, so that it ends where
//! the service of the formula ends. Login slots are deterministic: of the two single-server queues
//! M/D/1 can be said, M/M/1 (twice its wait) cannot.

use switchover::distribution::Law;
use switchover::model::{LocationId, Model, Planes, Schedule, Target};
use switchover::random::{Entity, Purpose};
use switchover::time::{Span, Time};
use switchover::trace::{Event, Record};

use crate::builder::{at, exponential, fault, s};
use crate::closed_form::{Estimate, golden};

use super::{AWAY, HOME, apart, of_each_agent, plain, random};

/// C = 50 logins per second.
pub const GAP: Span = Span::from_millis(20);

/// One login: when it was asked for, when it began and when it ended.
#[derive(Clone, Copy, Debug)]
struct Login {
    asked: Time,
    began: Time,
    ended: Time,
}

impl Login {
    fn wait_s(&self) -> f64 {
        (self.began - self.asked).as_secs_f64()
    }
}

/// Agents that arrive at the peer at these times.
pub fn scenario(arrivals: &[Time]) -> Model {
    let mut model = plain();
    model.desktop.login = Law::Constant(GAP);
    model.sites[AWAY.index()].login_gap = Some(GAP);
    model.profiles[0].dr_timeout = s(1);
    apart(&mut model, arrivals.len() as u32);
    for (location, &arrival) in (0..).map(LocationId).zip(arrivals) {
        let target = Target::Path(location, HOME, Planes::Cti);
        let (at, down, up) = (arrival - s(1), s(1_000_000), s(1));
        fault(&mut model, target, Schedule::Scripted { at, down, up, times: 1 });
    }
    model
}

fn login(records: &[Record]) -> Login {
    let when = |wanted: fn(&Event) -> bool| {
        records.iter().find(|record| wanted(&record.event)).map_or(Time::NEVER, |record| record.at)
    };
    Login {
        asked: when(|event| matches!(event, Event::LoginQueued { .. })),
        began: when(|event| matches!(event, Event::LoginBegun { .. })),
        ended: when(|event| matches!(event, Event::LoggedIn { .. })),
    }
}

/// All logins, in the order in which they begin.
fn logins(arrivals: &[Time]) -> Vec<Login> {
    let mut logins = of_each_agent(&scenario(arrivals), random(0), login);
    logins.sort_by_key(|login| login.began);
    logins
}

/// A Poisson process on [from, to).
fn poisson(rate: f64, from: Time, to: Time, replication: u64) -> Vec<Time> {
    let mut now = from;
    let gaps = (0..).map(|number| {
        let mut draw = random(replication).draw(Entity::pair(u32::MAX), Purpose::Login, number);
        exponential(1.0 / rate).sample(&mut draw)
    });
    let arrivals = gaps.map(|gap| {
        now += gap;
        now
    });
    arrivals.take_while(|&at| at < to).collect()
}

#[test]
fn a_storm_alone_is_served_in_order() {
    let n = 1000;
    let logins = logins(&[at(100); 1000]);
    for (k, login) in (1..).zip(&logins) {
        assert_eq!(login.ended, at(100) + Span(GAP.0 * k));
    }
    let total: f64 = logins.iter().map(|login| (login.ended - at(100)).as_secs_f64()).sum();
    let mean = f64::from(n + 1) / (2.0 * 50.0);
    golden(total / f64::from(n), mean);
}

/// The end of the first busy period: the first login slot that is not taken.
fn drained_s(logins: &[Login]) -> f64 {
    let idle = logins.windows(2).find(|pair| pair[1].began > pair[0].began + GAP);
    let last = idle.map_or(logins[logins.len() - 1], |pair| pair[0]);
    (last.ended - at(100)).as_secs_f64()
}

#[test]
fn a_storm_on_top_of_other_logins() {
    let (n, c, b) = (1000.0, 50.0, 20.0);
    let (service, load) = (1.0 / c, b / c);
    let mean = n / (c - b);
    let variance = n * load * service * service / f64::powi(1.0 - load, 3);
    golden(mean, 33.333333);
    golden(variance, 0.74074074);
    let drains = (0..60).map(|replication| {
        let mut arrivals = vec![at(100); 1000];
        arrivals.extend(poisson(b, at(100), at(150), replication));
        drained_s(&logins(&arrivals))
    });
    let drains: Vec<f64> = drains.collect();
    Estimate::of(drains.iter().copied()).agrees(mean);
    Estimate::of(drains.iter().map(|x| (x - mean) * (x - mean))).agrees(variance);
}

#[test]
fn other_logins_alone_are_a_queue() {
    let (c, b) = (50.0, 20.0);
    let md1 = b / c / (c - b) / 2.0;
    let means = (0..12).map(|replication| {
        let arrivals = poisson(b, at(100), at(300), replication);
        let logins = logins(&arrivals);
        logins.iter().map(Login::wait_s).sum::<f64>() / logins.len() as f64
    });
    Estimate::of(means).agrees(md1);
}

/// The longest wait of a thousand arrivals spread evenly over `spread`.
fn longest_wait(spread: Span) -> (f64, Time) {
    let arrivals: Vec<Time> = (0..1000).map(|i| at(100) + Span(spread.0 * i / 1000)).collect();
    let logins = logins(&arrivals);
    let longest = logins.iter().map(Login::wait_s).fold(0.0, f64::max);
    (longest, logins[999].ended)
}

#[test]
fn spreading_the_storm() {
    let (n, c, timer_f) = (1000.0, 50.0, 8.0);
    // N/J <= C: nobody waits.
    assert_eq!(longest_wait(s(20)).0, 0.0);
    assert_eq!(longest_wait(s(25)).0, 0.0);
    // Else the last is done at N/C and waits N/C - J, but for its own share of one in N.
    for spread in [1, 5, 12] {
        let (longest, last) = longest_wait(s(spread));
        golden(longest, (n / c - spread as f64) * (n - 1.0) / n);
        assert_eq!(last, at(100) + s(20));
    }
    // The least spread that keeps every wait under Timer F.
    let least = n / c - timer_f;
    assert!(longest_wait(Span::from_secs_f64(least)).0 <= timer_f);
    assert!(longest_wait(Span::from_secs_f64(least - 0.1)).0 > timer_f);
}
