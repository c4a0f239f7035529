//! Small models for tests, made in code: a base with every delay constant, and ways to change it.
//! Not a scenario language: what differs from the base is set on the model's own fields.

use switchover::distribution::Law;
use switchover::model::{
    AgentId, Cohort, Desktop, Failover, Fault, Group, GroupId, Host, HostId, Impairment, Kind,
    Limit, Location, LocationId, Member, Model, OtherLoss, Pair, PairId, Phone, Policy, Profile,
    ProfileId, RestoreWhen, Retry, Schedule, Seat, Site, SiteId, Style, Target, Transport, WhatIf,
};
use switchover::time::{Span, Time};

/// Seconds as a length of time.
pub const fn s(seconds: i64) -> Span {
    Span::from_secs(seconds)
}

/// Seconds since the start.
pub const fn at(seconds: i64) -> Time {
    Time::from_secs(seconds)
}

/// A law that always gives the same number of seconds.
pub const fn always(seconds: i64) -> Law {
    Law::Constant(s(seconds))
}

/// An exponential law.
pub fn exponential(mean_s: f64) -> Law {
    Law::Exponential { mean: Span::from_secs_f64(mean_s) }
}

/// A registrar for one message in this time, and nothing else about it.
pub fn one_message_in(message: Span) -> Limit {
    Limit {
        message,
        exponential: false,
        challenge: false,
        duplicate: 1.0,
        queue: None,
        every_refresh: false,
        rejects: false,
    }
}

/// A server pair of one kind at a site, on hosts of its own that are added to the model.
pub fn add_pair(model: &mut Model, kind: Kind, site: SiteId, backup: bool) -> PairId {
    let number = model.pairs.len();
    let primary = member(model, site, format!("{}-{number}-a", kind.name()));
    let backup = backup.then(|| member(model, site, format!("{}-{number}-b", kind.name())));
    model.pairs.push(Pair {
        name: primary.name.clone(),
        kind,
        site,
        primary,
        backup,
        reconnect: None,
        failover: Failover {
            process: always(5),
            host: always(20),
            hang: always(20),
            coverage: 1.0,
            manual: s(1800),
        },
        backup_delay: Span::ZERO,
        preempt: None,
        split: switchover::model::Split::None,
        dr_name: "default".into(),
    });
    PairId(number as u32)
}

fn member(model: &mut Model, site: SiteId, name: String) -> Member {
    let host = HostId(model.hosts.len() as u32);
    model.hosts.push(Host { name: format!("host-of-{name}"), site });
    Member { name, host }
}

/// Two sites with one SIP Server pair each (with a backup), one location, one agent with a dual
/// softphone at home at site 0; the delays of the worked timelines; nothing ever breaks.
pub fn base() -> Model {
    let mut model = empty();
    for name in ["x", "y"] {
        let site = SiteId(model.sites.len() as u32);
        model.sites.push(Site {
            name: name.into(),
            login_gap: None,
            reconnect_gap: None,
            agent_capacity: None,
            register_capacity: None,
            registrar: switchover::model::Registrar::default(),
        });
        add_pair(&mut model, Kind::Sip, site, true);
    }
    model.phones.push(softphone());
    let seat = |site| Seat { site: SiteId(site), sip: PairId(site), stat: None, config: None };
    model.profiles.push(Profile {
        location: LocationId(0),
        preferred: seat(0),
        peer: Some(seat(1)),
        dr: [true, false, false],
        dr_timeout: s(60),
        phone_timeout: s(30),
        auto_restore: true,
        random_delay_range: Span::ZERO,
        retry_delay: vec![s(10)],
        open_timeout: None,
        phone: 0,
    });
    populate(&mut model, 1);
    model
}

/// Replaces all agents by one group of `count` agents with profile 0.
pub fn populate(model: &mut Model, count: u32) {
    let group = GroupId(0);
    model.groups = vec![Group { name: "agents".into(), size: count }];
    let profile = ProfileId(0);
    model.cohorts = vec![Cohort {
        first: AgentId(0),
        count,
        group,
        index: 0,
        profile,
        person: None,
        shifts: vec![],
    }];
}

/// Declares a fault of one target.
pub fn fault(model: &mut Model, target: Target, schedule: Schedule) {
    let name = format!("fault-{}", model.faults.len());
    let impairment = Impairment::default();
    model.faults.push(Fault { name, targets: vec![target], schedule, impairment });
}

/// Declares one scripted spell, from one second to another.
pub fn down(model: &mut Model, target: Target, from: i64, to: i64) {
    let schedule = Schedule::Scripted { at: at(from), down: s(to - from), up: s(1), times: 1 };
    fault(model, target, schedule);
}

/// Declares one scripted spell in which a target stays up and carries badly.
pub fn impaired(model: &mut Model, target: Target, (from, to): (i64, i64), how: Impairment) {
    down(model, target, from, to);
    model.faults.last_mut().expect("it is declared").impairment = how;
}

/// A dual softphone over UDP.
pub fn softphone() -> Phone {
    Phone {
        name: "softphone".into(),
        style: Style::Dual,
        desk: false,
        expiry: s(3600),
        refresh: s(3240),
        renewal: switchover::model::Renewal::Share,
        transport: Transport::Udp { t1: Span::from_millis(500), t2: s(4) },
        transaction_timeout: s(32),
        retry: Retry::Fixed(s(30)),
        retry_after_refusal: None,
        retry_limit: None,
        boot: Law::Constant(Span::ZERO),
        start_spread: Span::ZERO,
        first_refresh: [None, None],
    }
}

fn empty() -> Model {
    Model {
        name: "test".into(),
        title: "a test".into(),
        seed: 1,
        horizon: at(10_000),
        clock: None,
        flap_window: s(900),
        sites: vec![],
        hosts: vec![],
        pairs: vec![],
        locations: vec![Location { name: "l".into() }],
        groups: vec![],
        shifts: vec![],
        phones: vec![],
        profiles: vec![],
        cohorts: vec![],
        faults: vec![],
        drains: vec![],
        calls: switchover::model::Calls::default(),
        desktop: Desktop {
            detection: always(15),
            keep_alive: Some(s(10)),
            connect_timeout: s(5),
            login: always(8),
            ready: always(0),
            boot: always(0),
            probe_interval: None,
        },
        policy: policy(),
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

fn policy() -> Policy {
    Policy {
        dr_timer_starts: switchover::model::DrTimerStarts::PairLost,
        phone_nowhere: switchover::model::PhoneNowhere::Stay,
        restore_needs_phone: true,
        restore_when: RestoreWhen::Idle,
        stat_loss: OtherLoss::MoveConnection,
        config_loss: OtherLoss::MoveConnection,
        keep_bindings: true,
        login_needs_config: false,
        login_wait: s(60),
        round_order: switchover::model::RoundOrder::Configured,
        phone_unknown: switchover::model::PhoneUnknown::Switch,
    }
}
