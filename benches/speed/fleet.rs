//! The models that are measured: twenty sites with as many locations and agent groups, the default
//! delays, scripted faults of ten minutes. Not a scenario of the tour.

use switchover::distribution::Law;
use switchover::model::{
    AgentId, Cohort, Desktop, DrTimerStarts, Failover, Fault, Group, GroupId, Host, HostId, Kind,
    Limit, Location, LocationId, Member, Model, OtherLoss, Pair, PairId, Phone, PhoneNowhere,
    Planes, Policy, Profile, ProfileId, Registrar, RestoreWhen, Retry, RoundOrder, Schedule, Seat,
    Site, SiteId, Style, Target, Transport, WhatIf,
};
use switchover::random::{Entity, Purpose, RandomNumbers};
use switchover::time::{NANOS, Span, Time};

/// Sites, and as many locations and groups.
const SITES: u32 = 20;
/// A year of 365 days.
pub const YEAR: Time = Time::from_secs(365 * 86_400);
/// The luck of every run here.
pub const LUCK: RandomNumbers = RandomNumbers { seed: 7, replication: 0 };

/// What is measured.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Agents, spread evenly over the locations.
    pub agents: u32,
    /// The run covers [0, horizon).
    pub horizon: Time,
    /// Faults; one in ten hits the whole fleet, the others one site or one location.
    pub faults: u32,
    /// Time from a successful REGISTER to the next.
    pub refresh: Span,
    /// Login slots per second at every site; 0: not limited.
    pub logins: i64,
    /// REGISTERs per second at every registrar; 0: not limited.
    pub registers: i64,
}

/// The benchmark of record.
pub const RECORD: Size = Size {
    agents: 100_000,
    horizon: YEAR,
    faults: 200,
    refresh: Span::from_secs(1620),
    logins: 0,
    registers: 0,
};

/// The model of a size.
pub fn model(size: Size) -> Model {
    let mut model = plant(size);
    for group in 0..SITES {
        let name = format!("group-{group}");
        let first = (u64::from(size.agents) * u64::from(group) / u64::from(SITES)) as u32;
        let end = (u64::from(size.agents) * u64::from(group + 1) / u64::from(SITES)) as u32;
        model.groups.push(Group { name, size: end - first });
        model.profiles.push(profile(group));
        if end > first {
            let (group, profile) = (GroupId(group), ProfileId(group));
            let (first, count) = (AgentId(first), end - first);
            let (person, shifts) = (None, vec![]);
            model.cohorts.push(Cohort { first, count, group, index: 0, profile, person, shifts });
        }
    }
    model.faults = (0..size.faults).map(|number| fault(number, size.horizon)).collect();
    model
}

/// Twenty agents whose connection to their preferred site, not their phone's, is cut for two seconds
/// of every thirty, so many times: each cut heals before anybody has noticed it.
pub fn flapping(times: u32) -> Model {
    let (down, up) = (Span::from_secs(2), Span::from_secs(28));
    let horizon = Time::from_secs(60 + 30 * i64::from(times));
    let mut model = model(Size { agents: SITES, horizon, faults: 0, ..RECORD });
    let path = |site| Target::Path(LocationId(site), SiteId(site), Planes::Cti);
    let schedule = Schedule::Scripted { at: Time::from_secs(60), down, up, times };
    let targets = (0..SITES).map(path).collect();
    model.faults.push(Fault {
        name: "flaps".into(),
        targets,
        schedule,
        impairment: switchover::model::Impairment::default(),
    });
    model
}

/// Fault `number`: at an instant of its own, for ten minutes.
fn fault(number: u32, horizon: Time) -> Fault {
    let law = Law::Uniform { lowest: Span::ZERO, highest: horizon - Time::ZERO };
    let mut draw = LUCK.draw(Entity::fault(number, 0), Purpose::TimeToFailure, 0);
    let at = Time::ZERO + law.sample(&mut draw);
    let schedule = Schedule::Scripted { at, down: Span::from_secs(600), up: Span(1), times: 1 };
    let location = |number| Target::Location(LocationId(number), Planes::Both);
    let targets = match number % 10 {
        0 => (0..SITES).map(location).collect(),
        even if even % 2 == 0 => vec![Target::Site(SiteId(number % SITES))],
        _ => vec![location(number % SITES)],
    };
    let impairment = switchover::model::Impairment::default();
    Fault { name: format!("fault-{number}"), targets, schedule, impairment }
}

fn profile(number: u32) -> Profile {
    let seat = |site| Seat { site: SiteId(site), sip: PairId(site), stat: None, config: None };
    Profile {
        location: LocationId(number),
        preferred: seat(number),
        peer: Some(seat(number ^ 1)),
        dr: [true, false, false],
        dr_timeout: Span::from_secs(60),
        phone_timeout: Span::from_secs(30),
        auto_restore: true,
        random_delay_range: Span::from_secs(2),
        retry_delay: vec![Span::from_secs(10)],
        open_timeout: None,
        phone: 0,
    }
}

fn lognormal(median: i64, p95: i64) -> Law {
    Law::Lognormal { median: Span::from_secs(median), p95: Span::from_secs(p95) }
}

fn pair(number: u32) -> Pair {
    let member = |letter, host| Member { name: format!("sip-{number}-{letter}"), host };
    Pair {
        name: format!("sip-{number}-a"),
        kind: Kind::Sip,
        site: SiteId(number),
        primary: member('a', HostId(2 * number)),
        backup: Some(member('b', HostId(2 * number + 1))),
        reconnect: None,
        failover: Failover {
            process: lognormal(5, 10),
            host: lognormal(20, 30),
            hang: lognormal(20, 30),
            coverage: 1.0,
            manual: Span::from_secs(1800),
        },
        backup_delay: Span::ZERO,
        preempt: None,
        split: switchover::model::Split::None,
        dr_name: "default".into(),
    }
}

fn plant(size: Size) -> Model {
    let gap = (size.logins > 0).then(|| Span(NANOS / size.logins));
    let host = |number| Host { name: format!("host-{number}"), site: SiteId(number / 2) };
    Model {
        name: "fleet".into(),
        title: "how fast is it".into(),
        seed: LUCK.seed,
        horizon: size.horizon,
        clock: None,
        flap_window: Span::from_secs(900),
        sites: (0..SITES)
            .map(|n| Site {
                name: format!("site-{n}"),
                login_gap: gap,
                reconnect_gap: None,
                agent_capacity: None,
                register_capacity: None,
                registrar: registrar(size.registers),
            })
            .collect(),
        hosts: (0..2 * SITES).map(host).collect(),
        pairs: (0..SITES).map(pair).collect(),
        locations: (0..SITES).map(|n| Location { name: format!("location-{n}") }).collect(),
        groups: vec![],
        shifts: vec![],
        phones: vec![phone(size.refresh)],
        profiles: vec![],
        cohorts: vec![],
        faults: vec![],
        drains: vec![],
        calls: switchover::model::Calls::default(),
        desktop: desktop(),
        policy: POLICY,
        prices: Default::default(),
        what_if: WhatIf {
            hold_down: Span::ZERO,
            restore_jitter: None,
            stages: None,
            switchovers_per_hour: None,
        },
        experiment: switchover::model::Experiment::default(),
        thresholds: vec![],
    }
}

fn registrar(registers: i64) -> Registrar {
    let limit = (registers > 0).then(|| Limit {
        message: Span(NANOS / registers),
        exponential: false,
        challenge: false,
        duplicate: 1.0,
        queue: None,
        every_refresh: false,
        rejects: false,
    });
    Registrar { limit, ..Registrar::default() }
}

fn phone(refresh: Span) -> Phone {
    Phone {
        name: "softphone".into(),
        style: Style::Dual,
        desk: false,
        expiry: Span(refresh.0 / 9 * 10),
        refresh,
        renewal: switchover::model::Renewal::Share,
        transport: Transport::Udp { t1: Span::from_millis(500), t2: Span::from_secs(4) },
        transaction_timeout: Span::from_secs(32),
        retry_after_refusal: None,
        retry_limit: None,
        boot: Law::Constant(Span::ZERO),
        start_spread: Span::ZERO,
        retry: Retry::Fixed(Span::from_secs(30)),
        first_refresh: [None, None],
    }
}

fn desktop() -> Desktop {
    Desktop {
        keep_alive: Some(Span::from_secs(10)),
        detection: Law::Uniform { lowest: Span::from_secs(10), highest: Span::from_secs(20) },
        connect_timeout: Span::from_secs(21),
        login: lognormal(8, 20),
        ready: Law::Constant(Span::ZERO),
        boot: Law::Constant(Span::ZERO),
        probe_interval: None,
    }
}

const POLICY: Policy = Policy {
    login_needs_config: false,
    login_wait: Span::from_secs(60),
    round_order: RoundOrder::Configured,
    dr_timer_starts: DrTimerStarts::PairLost,
    phone_nowhere: PhoneNowhere::Stay,
    restore_needs_phone: true,
    restore_when: RestoreWhen::Idle,
    stat_loss: OtherLoss::MoveConnection,
    config_loss: OtherLoss::MoveConnection,
    keep_bindings: true,
    phone_unknown: switchover::model::PhoneUnknown::Switch,
};
