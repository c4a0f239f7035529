//! Word-for-word tests of stories, on traces made by hand: one agent at an office, preferred X,
//! peer Y, as in the worked timelines.

use super::{Story, StoryInput, tell};
use crate::distribution::Law;
use crate::faults;
use crate::measures::{Frame, Kept, Measures};
use crate::model::*;
use crate::random::RandomNumbers;
use crate::time::{Span, Time};
use crate::trace::{Cause, Event, Noticed, Reason, Record, Sink};
use crate::world::World;

pub(super) const X: SiteId = SiteId(0);
pub(super) const Y: SiteId = SiteId(1);

fn pair(name: &str, site: SiteId) -> Pair {
    let member =
        |suffix: &str, host| Member { name: format!("{name}{suffix}"), host: HostId(host) };
    let constant = |secs| Law::Constant(Span::from_secs(secs));
    Pair {
        name: name.to_owned(),
        kind: Kind::Sip,
        site,
        primary: member("", site.0 * 2),
        backup: Some(member("-b", site.0 * 2 + 1)),
        reconnect: None,
        failover: Failover {
            process: constant(5),
            host: constant(20),
            hang: constant(20),
            coverage: 1.0,
            manual: Span::from_secs(1800),
        },
        backup_delay: Span::ZERO,
        preempt: None,
        split: crate::model::Split::None,
        dr_name: "default".to_owned(),
    }
}

fn phone() -> Phone {
    Phone {
        name: "softphone".to_owned(),
        style: Style::Dual,
        desk: false,
        expiry: Span::from_secs(3600),
        refresh: Span::from_secs(3240),
        renewal: crate::model::Renewal::Share,
        transport: Transport::Tcp,
        transaction_timeout: Span::from_secs(4),
        retry: Retry::Fixed(Span::from_secs(30)),
        retry_after_refusal: None,
        retry_limit: None,
        boot: Law::Constant(Span::ZERO),
        start_spread: Span::ZERO,
        first_refresh: [None, None],
    }
}

fn profile() -> Profile {
    let seat = |site: SiteId| Seat { site, sip: PairId(site.0), stat: None, config: None };
    Profile {
        location: LocationId(0),
        preferred: seat(X),
        peer: Some(seat(Y)),
        dr: [true, false, false],
        dr_timeout: Span::from_secs(60),
        phone_timeout: Span::from_secs(30),
        auto_restore: true,
        random_delay_range: Span::ZERO,
        retry_delay: vec![Span::from_secs(10)],
        open_timeout: None,
        phone: 0,
    }
}

fn cohort() -> Cohort {
    let (person, shifts) = (Some("anna".to_owned()), vec![]);
    let (first, group, profile) = (AgentId(0), GroupId(0), ProfileId(0));
    Cohort { first, count: 1, group, index: 0, profile, person, shifts }
}

fn policy() -> Policy {
    Policy {
        dr_timer_starts: DrTimerStarts::PairLost,
        phone_nowhere: PhoneNowhere::Stay,
        restore_needs_phone: true,
        restore_when: RestoreWhen::Idle,
        stat_loss: OtherLoss::MoveConnection,
        config_loss: OtherLoss::MoveConnection,
        keep_bindings: true,
        login_needs_config: false,
        login_wait: Span::from_secs(60),
        round_order: crate::model::RoundOrder::Configured,
        phone_unknown: crate::model::PhoneUnknown::Switch,
    }
}

fn desktop() -> Desktop {
    Desktop {
        detection: Law::Constant(Span::from_secs(15)),
        keep_alive: None,
        connect_timeout: Span::from_secs(5),
        login: Law::Constant(Span::from_secs(8)),
        ready: Law::Constant(Span::ZERO),
        boot: Law::Constant(Span::ZERO),
        probe_interval: None,
    }
}

pub(super) fn model(target: Target, at: i64, down: i64) -> Model {
    let at = Time::from_secs(at);
    let schedule = Schedule::Scripted { at, down: Span::from_secs(down), up: Span::ZERO, times: 1 };
    let site = |name: &str| Site {
        registrar: crate::model::Registrar::default(),
        name: name.to_owned(),
        login_gap: None,
        reconnect_gap: None,
        agent_capacity: None,
        register_capacity: None,
    };
    let host = |name: &str, site| Host { name: name.to_owned(), site };
    Model {
        name: "story".to_owned(),
        title: String::new(),
        seed: 1,
        horizon: Time::from_secs(2000),
        clock: None,
        flap_window: Span::from_secs(900),
        sites: vec![site("X"), site("Y")],
        hosts: vec![host("x1", X), host("x2", X), host("y1", Y), host("y2", Y)],
        pairs: vec![pair("sip-x", X), pair("sip-y", Y)],
        locations: vec![Location { name: "office".to_owned() }],
        groups: vec![Group { name: "agents".to_owned(), size: 1 }],
        shifts: vec![],
        phones: vec![phone()],
        profiles: vec![profile()],
        cohorts: vec![cohort()],
        faults: vec![Fault {
            name: "trouble".to_owned(),
            targets: vec![target],
            schedule,
            impairment: crate::model::Impairment::default(),
        }],
        drains: vec![],
        calls: crate::model::Calls::default(),
        desktop: desktop(),
        policy: policy(),
        prices: Default::default(),
        what_if: WhatIf {
            hold_down: Span::ZERO,
            restore_jitter: None,
            stages: None,
            switchovers_per_hour: None,
        },
        experiment: crate::model::Experiment::default(),
        thresholds: vec![],
    }
}

/// The story of a trace. Every trace begins in service at X.
fn story(model: &Model, events: &[(i64, Event)]) -> Story {
    let random = RandomNumbers { seed: 1, replication: 0 };
    let occurrences = faults::sample(model, random);
    let world = World::simulate(model, random, &occurrences);
    let frame = Frame::new(model, &occurrences);
    let first = (0, Event::State { site: Some(X), cause: None });
    let tally = (2000, Event::Tally { registered: 0, failed: 0, probes: 0, rounds: 0 });
    let all = [&[first], events, &[tally]].concat();
    let at = Time::from_secs;
    let record = |(secs, event)| Record { at: at(secs), agent: AgentId(0), event };
    let records: Vec<Record> = all.into_iter().map(record).collect();
    let mut measures = Measures::new(&frame, Kept::default());
    records.iter().for_each(|record| measures.record(*record));
    let (_, kept) = measures.into_parts();
    let (world, kept, occurrences) = (&world, &kept, occurrences.as_slice());
    tell(&StoryInput {
        model,
        occurrences,
        world,
        agent: AgentId(0),
        records: &records,
        phone_records: &[],
        kept,
    })
}

fn check(story: &Story, expected: &str) {
    let told = story.text();
    assert_eq!(told, expected, "told:\n{told}\nexpected:\n{expected}");
}

fn out(site: Option<SiteId>, cause: Cause) -> Event {
    Event::State { site, cause: Some(cause) }
}

fn lost_at(secs: i64, how: Noticed) -> Event {
    Event::LossNoticed {
        kind: Kind::Sip,
        since: Time::from_secs(secs),
        unusable: Some(Time::from_secs(secs)),
        how,
    }
}

fn broken() -> Event {
    Event::Broken { kind: Kind::Sip, site: X, member: Role::Primary }
}

/// W3 of the model: the path is cut at 600 s for 90 s, just too long.
fn short_cut() -> (Model, Vec<(i64, Event)>) {
    let model = model(Target::Path(LocationId(0), X, Planes::Both), 600, 90);
    let primary = Role::Primary;
    let fires = Time::from_secs(685);
    let kind = Kind::Sip;
    let away = Event::MoveBegun {
        reason: Reason::SipTimer,
        from: Some(X),
        to: Y,
        in_service: false,
        available: None,
    };
    let home = Event::MoveBegun {
        reason: Reason::Restore,
        from: Some(Y),
        to: X,
        in_service: true,
        available: Some(Time::from_secs(693)),
    };
    let events = vec![
        (600, broken()),
        (600, out(Some(X), Cause::Undetected)),
        (615, lost_at(600, Noticed::KeepAlive)),
        (615, out(Some(X), Cause::Reconnecting)),
        (625, Event::PairLost { kind }),
        (625, Event::DrTimerStarted { kind, fires }),
        (685, Event::DrTimerFired { kind, rounds: 4 }),
        (685, away),
        (685, Event::Connected { site: Y, member: primary, rounds: 1 }),
        (685, Event::LoginBegun { site: Y, ends: Time::from_secs(693) }),
        (685, out(Some(Y), Cause::Switching)),
        (693, Event::LoggedIn { site: Y, ready: Time::from_secs(693) }),
        (693, Event::State { site: Some(Y), cause: None }),
        (693, Event::Needless),
        (693, Event::IfStayed { downtime: Span::from_secs(95) }),
        (703, Event::PreferredFound),
        (703, home),
        (703, Event::Connected { site: X, member: primary, rounds: 0 }),
        (703, Event::LoginBegun { site: X, ends: Time::from_secs(711) }),
        (703, out(Some(X), Cause::Restoring)),
        (711, Event::LoggedIn { site: X, ready: Time::from_secs(711) }),
        (711, Event::State { site: Some(X), cause: None }),
        (711, Event::IfSwitched { downtime: None }),
    ];
    (model, events)
}

#[test]
fn a_needless_switchover_and_the_way_back() {
    let (model, events) = short_cut();
    check(
        &story(&model, &events),
        r#"anna sits at office, preferred site X, peer Y.

Outage 1, switchover to Y (+10m00s to +11m33s)
  +10m00s  600 s  "trouble": the path from office to X is cut, until +11m30s (for 1m30s).
                  The SIP Server connection to sip-x (primary) at X breaks.
                  Out of service, and unaware of it.
  +10m15s  615 s  The desktop notices the loss of SIP Server after 15s: keep-alives went unanswered.
  +10m25s  625 s  The first round has failed at every member: the SIP Server pair is lost.
                  The DR timer of SIP Server starts, due at +11m25s (in 1m00s).
  +11m25s  685 s  The DR timer of SIP Server fires, after 4 rounds.
                  Switchover to Y begins: the SIP Server pair stayed lost for the DR timeout.
                  Connected to sip-y (primary) at Y in round 1.
                  Login at Y begins and takes 8s.
  +11m30s  690 s  "trouble" is over.
  +11m33s  693 s  Logged in at Y.
                  In service again at Y, after 1m33s.
                  Before that, the old site had become usable again: the switchover was needless.
  -> Out of service for 1m33s: not yet noticed 15s, switching over 8s, reconnecting 1m10s.
  -> Staying would have cost 1m35s; switching over cost 1m33s, and going back another 8s: 6s more than staying.

Outage 2, restore to X (+11m43s to +11m51s)
  +11m43s  703 s  A probe finds X available.
                  Restore: the desktop returns to X, available since +11m33s (for 10s).
                  Connected to sip-x (primary) at X.
                  Login at X begins and takes 8s.
                  Out of service.
  +11m51s  711 s  Logged in at X.
                  In service again at X, after 8s.
  -> Out of service for 8s: restoring 8s.
  -> Why then: X had been available since +11m33s; the desktop probes it every 10s from +11m33s; this probe was the first to find it.

In all: 1m41s out of service in 2 outages, 1 switchover (1 needless), 1 restore, 0 flaps.
"#,
    );
}

#[test]
fn where_both_decisions_cost_the_same_neither_paid_off() {
    let (model, mut events) = short_cut();
    for (stay, verdict) in [(101, "it makes no difference"), (102, "it paid off")] {
        for (_, event) in &mut events {
            if let Event::IfStayed { downtime } = event {
                *downtime = Span::from_secs(stay);
            }
        }
        let told = story(&model, &events).text();
        let expected = format!("going back another 8s: {verdict}.");
        assert!(told.contains(&expected), "{stay}: {told}");
    }
    let outage = |switched| {
        let lost = out(Some(X), Cause::Reconnecting);
        let back = Event::State { site: Some(X), cause: None };
        let switched = Event::IfSwitched { downtime: Some(Span::from_secs(switched)) };
        story(&model, &[(100, broken()), (100, lost), (110, back), (110, switched)]).text()
    };
    assert!(outage(10).contains("would have cost 10s: it makes no difference."));
    assert!(outage(11).contains("would have cost 11s: staying was right."));
}

#[test]
fn only_the_trouble_around_an_instant() {
    let (model, events) = short_cut();
    let story = story(&model, &events);
    for (secs, title) in [
        (0, "Outage 1, switchover to Y"),
        (650, "Outage 1, switchover to Y"),
        (697, "Outage 1, switchover to Y"),
        (699, "Outage 2, restore to X"),
        (1999, "Outage 2, restore to X"),
    ] {
        let around = story.clone().around(Time::from_secs(secs));
        assert_eq!(around.episodes.len(), 1);
        assert_eq!(around.episodes[0].title, title, "at {secs} s");
    }
}

/// W2 of the model: the primary's process crashes at 100 s and is repaired 300 s later.
#[test]
fn a_failover_inside_the_pair() {
    let model = model(Target::Process(PairId(0), Role::Primary), 100, 300);
    let kind = Kind::Sip;
    let story = story(
        &model,
        &[
            (100, broken()),
            (100, lost_at(100, Noticed::Reset)),
            (100, Event::PairLost { kind }),
            (100, Event::DrTimerStarted { kind, fires: Time::from_secs(160) }),
            (100, out(Some(X), Cause::Reconnecting)),
            (110, Event::Reconnected { kind, member: Role::Backup, rounds: 2 }),
            (110, Event::DrTimerCancelled { kind }),
            (110, Event::State { site: Some(X), cause: None }),
            (110, Event::IfSwitched { downtime: Some(Span::from_secs(16)) }),
        ],
    );
    check(
        &story,
        r#"anna sits at office, preferred site X, peer Y.

Outage 1 (+1m40s to +1m50s)
  +1m40s  100 s  "trouble": the process sip-x stops, until +6m40s (for 5m00s).
                 The SIP Server connection to sip-x (primary) at X breaks.
                 The desktop notices the loss of SIP Server at once: the host answers that the connection is gone.
                 The first round has failed at every member: the SIP Server pair is lost.
                 The DR timer of SIP Server starts, due at +2m40s (in 1m00s).
                 Out of service.
  +1m45s  105 s  sip-x-b (backup) serves now, by failover.
  +1m50s  110 s  Round 2 finds the backup: the SIP Server connection is back.
                 The DR timer of SIP Server is cancelled.
                 In service again at X, after 10s.
  -> Out of service for 10s: reconnecting 10s.
  -> Switching over when the loss was noticed, with a phone that works there and one restore that succeeds, would have cost 16s: staying was right.

Meanwhile (+6m40s)
  +6m40s  400 s  "trouble" is over.

In all: 10s out of service in 1 outage, 0 switchovers (0 needless), 0 restores, 0 flaps.
"#,
    );
}

#[test]
fn an_agent_that_nothing_touched() {
    let model = model(Target::InterSite(X, Y), 100, 300);
    check(
        &story(&model, &[]),
        r#"anna sits at office, preferred site X, peer Y.

Nothing in this run affected this agent.
"#,
    );
}
