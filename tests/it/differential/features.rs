//! How often the random scenarios have each feature of the model, and how often it matters. A
//! comparison says nothing about what its cases never contain.

use std::cell::RefCell;
use std::collections::BTreeMap;

use switchover::distribution::Law;
use switchover::faults::{self, Source};
use switchover::model::{
    DrTimerStarts, Failback, Fault, Model, OtherLoss, PhoneNowhere, PhoneUnknown, RegistrarFault,
    Renewal, RestoreWhen, Retry, RoundOrder, Schedule, Split, Style, Target, Transport,
};
use switchover::simulation::traffic::{Edge, Second};
use switchover::simulation::{self, Simulation};
use switchover::time::Span;
use switchover::trace::{Event, Record};
use switchover::world::{Timeline, World};

use super::meetings::meetings;
use super::sanity::LUCK;
use super::{over_cases, setting};
use crate::support::case::{AgentsCase, Case, TargetCase};

/// Cases in which something occurs, by name.
type Tally = BTreeMap<String, u32>;

/// The first word of a value's debug form: the variant of an enum.
fn variant(value: &impl std::fmt::Debug) -> String {
    let text = format!("{value:?}");
    text.split([' ', '(', '{']).next().unwrap_or_default().to_owned()
}

fn of_agents(agents: &AgentsCase) -> Vec<String> {
    let phone = &agents.phone;
    let flags = [
        ("no peer", agents.peer.is_none()),
        ("DR timer never", !agents.dr_timeout.ends()),
        ("phone timer never", !agents.phone_timeout.ends()),
        ("no restore", !agents.auto_restore),
        ("several pauses", agents.retry_delay.len() > 1),
        ("open timeout", agents.open_timeout.is_some()),
        ("random delay", agents.random_delay_range > Span::ZERO),
        ("no DR of other kinds", !agents.other_dr),
        ("person", agents.person),
        ("desk phone", phone.desk),
        ("failover phone stays", phone.style == Style::Failover { failback: Failback::Never }),
        (
            "failover phone probes home",
            matches!(phone.style, Style::Failover { failback: Failback::Every(_) }),
        ),
        ("TCP", phone.transport == Transport::Tcp),
        ("back-off", matches!(phone.retry, Retry::Backoff { .. })),
        ("refresh before the end", matches!(phone.renewal, Renewal::Before(_))),
        ("refresh of the asked expiry", phone.renewal == Renewal::Asked),
        ("retry drawn", matches!(phone.retry, Retry::Drawn(_))),
        ("wait after a refusal", phone.retry_after_refusal.is_some()),
        ("gives up", phone.retry_limit.is_some()),
        ("phone boots", phone.boot != Law::Constant(Span::ZERO)),
        ("start spread", phone.start_spread > Span::ZERO),
        ("first refresh drawn", phone.first_refresh.contains(&None)),
        ("refresh at expiry", phone.refresh == phone.expiry),
        ("shift", !agents.shifts.is_empty()),
        ("several shifts", agents.shifts.len() > 1),
        ("arrive spread", agents.shifts.iter().any(|shift| shift.spread > Span::ZERO)),
        ("several times on duty", agents.shifts.iter().any(|it| it.hours.interval(1).is_some())),
    ];
    let style = format!("phone {}", variant(&phone.style));
    named(&flags).chain([style]).collect()
}

fn named(flags: &[(&'static str, bool)]) -> impl Iterator<Item = String> {
    flags.iter().filter(|flag| flag.1).map(|flag| flag.0.to_owned())
}

fn of_windows(case: &Case) -> [(&'static str, bool); 3] {
    let RestoreWhen::Window { from, to } = case.policy.restore_when else {
        return [("", false); 3];
    };
    [
        ("restore window", true),
        ("restore window over midnight", from > to),
        ("restore window, clocks change", case.start.is_some()),
    ]
}

fn of_rules(case: &Case) -> Vec<String> {
    let (policy, what_if) = (&case.policy, &case.what_if);
    let registrars = || case.sites.iter().map(|site| &site.registrar);
    let limits = || registrars().filter_map(|it| it.limit.as_ref());
    let follows = case.agents.iter().any(|agents| agents.phone.style == Style::Follow);
    let flags = [
        ("first-disconnect", policy.dr_timer_starts == DrTimerStarts::FirstDisconnect),
        ("phone nowhere: switch", policy.phone_nowhere == PhoneNowhere::Switch),
        ("restore without phone", !policy.restore_needs_phone),
        ("restore immediate", policy.restore_when == RestoreWhen::Immediate),
        ("phone unknown: stay", policy.phone_unknown == PhoneUnknown::Stay),
        ("bindings lost", !policy.keep_bindings),
        ("hold-down", what_if.hold_down > Span::ZERO),
        ("restore jitter", what_if.restore_jitter.is_some()),
        ("stages", what_if.stages.is_some_and(|stages| stages.count > 1)),
        ("cap", what_if.switchovers_per_hour.is_some()),
        ("probe interval", case.desktop.probe_interval.is_some()),
        ("ready delay", case.desktop.ready != Law::Constant(Span::ZERO)),
        ("desktop boots", case.desktop.boot != Law::Constant(Span::ZERO)),
        ("coverage below 1", case.failover.coverage < 1.0),
        ("granted less", registrars().any(|it| it.expires[1].is_some())),
        ("granted more", registrars().any(|it| it.expires[0].is_some())),
        ("granted at random", registrars().any(|it| it.deviation > Span::ZERO)),
        ("retry after", registrars().any(|it| it.retry_after.is_some())),
        ("register capacity", limits().next().is_some()),
        ("register capacity, follow", limits().next().is_some() && follows),
        ("random service", limits().any(|limit| limit.exponential)),
        ("challenge", limits().any(|limit| limit.challenge)),
        ("cheap duplicates", limits().any(|limit| limit.duplicate < 1.0)),
        ("overload lost", limits().any(|limit| limit.queue.is_some() && !limit.rejects)),
        ("overload refused", limits().any(|limit| limit.queue.is_some() && limit.rejects)),
        ("every refresh a message", limits().any(|limit| limit.every_refresh)),
        ("backup delay", case.sites.iter().any(|site| site.backup_delay > Span::ZERO)),
        ("login needs config", policy.login_needs_config),
        ("login never given up", !policy.login_wait.ends()),
        ("rounds by use", policy.round_order == RoundOrder::LastUsed),
        ("preempts", case.preempt.is_some()),
        ("stretched", case.sites.iter().any(|site| site.stretched)),
        ("split", case.split == Split::BothPrimary),
        ("shared hosts", case.shared_hosts),
        ("three sites", case.sites.len() == 3),
        ("drain", !case.drains.is_empty()),
        ("two drains", case.drains.len() > 1),
        ("login capacity", case.sites.iter().any(|site| site.login_gap.is_some())),
        ("reconnect capacity", case.sites.iter().any(|site| site.reconnect_gap.is_some())),
        ("pair without backup", case.sites.iter().any(|site| site.sip.contains(&false))),
        ("two SIP pairs", case.sites.iter().any(|site| site.sip.len() > 1)),
        ("reconnect timeout", case.sites.iter().any(|site| site.reconnect.is_some())),
        ("stat moves agent", policy.stat_loss == OtherLoss::MoveAgent),
        ("config moves agent", policy.config_loss == OtherLoss::MoveAgent),
        ("stat ignored", policy.stat_loss == OtherLoss::Ignore),
    ];
    let laws = [&case.desktop.detection, &case.desktop.login, &case.failover.process];
    let windows = of_windows(case);
    named(&flags)
        .chain(named(&windows))
        .chain(laws.map(|law| format!("delay {}", variant(law))))
        .collect()
}

fn of_faults(case: &Case) -> Vec<String> {
    let mut found = Vec::new();
    for (targets, schedule, impairment) in &case.faults {
        found.extend(targets.iter().map(|target| match target {
            TargetCase::Path(_, _, planes) => format!("path {planes:?}"),
            TargetCase::PoorPath(_, _, planes) => format!("poor path {planes:?}"),
            TargetCase::Registrar(_, ailment) => format!("registrar {ailment:?}"),
            other => variant(other),
        }));
        let impaired = targets.iter().any(|target| matches!(target, TargetCase::PoorPath(..)));
        let flags = [
            ("loses", impaired && impairment.loss > 0.0),
            ("delays", impaired && impairment.delay.is_some()),
        ];
        found.extend(named(&flags));
        match schedule {
            Schedule::Scripted { times: 1, .. } => {}
            Schedule::Scripted { .. } => found.push("flapping".into()),
            Schedule::Random { failure, repair, age, when, .. } => {
                found.extend(when.as_ref().map(|_| "hours".into()));
                found.push(format!("age {}", variant(age)));
                found.push(format!("failure {}", variant(failure)));
                found.push(format!("repair {}", variant(repair)));
            }
        }
    }
    found
}

/// What happened to somebody.
fn of_run(case: &Case) -> Vec<String> {
    let model = case.model();
    let world = World::simulate(&model, LUCK, &faults::sample(&model, LUCK));
    let pairs = (0..model.pairs.len() as u32).map(switchover::model::PairId);
    let (failovers, uncovered) = pairs.fold((0, 0), |(failovers, uncovered), pair| {
        let history = world.pair(pair);
        (failovers + history.failovers(), uncovered + history.uncovered())
    });
    let pairs = (0..model.pairs.len() as u32).map(switchover::model::PairId);
    let is_split = |split: &Timeline<bool>| split.changes().len() > 1;
    let both = |pair| world.pair(pair).split.as_ref().is_some_and(is_split);
    let flags = [
        ("a failover", failovers > 0),
        ("an uncovered loss", uncovered > 0),
        ("both members serve", { pairs }.any(both)),
        ("phones that start wait in a queue", starts_wait(&model)),
        ("a binding ends before its refresh", bindings_end(&model)),
    ];
    let records = simulation::trace(&model, LUCK).unwrap();
    let beside = beside_a_capacity(&model, &records);
    let met = meetings(&model, &records);
    let told = records.into_iter().map(|record| match record.event {
        Event::MoveBegun { reason, .. } => format!("move {reason:?}"),
        Event::State { cause: Some(cause), .. } => format!("cause {cause:?}"),
        other => format!("event {}", variant(&other)),
    });
    named(&flags).chain(beside).chain(told).chain(met).collect()
}

/// What came to registrars with a capacity, and what of the network and of slow answers changed the run
/// beside them.
fn beside_a_capacity(model: &Model, records: &[Record]) -> Vec<String> {
    if model.sites.iter().all(|site| site.registrar.limit.is_none()) {
        return Vec::new();
    }
    let without = |cure: fn(&mut Fault)| {
        let mut other = model.clone();
        other.faults.iter_mut().for_each(cure);
        other.faults != model.faults && simulation::trace(&other, LUCK).unwrap() != records
    };
    let run = Simulation::new(model, LUCK).unwrap();
    let any = |what: fn(&Second) -> u64| {
        let seconds = run.traffic().registrars.iter().flat_map(|registrar| &registrar.seconds);
        seconds.map(what).any(|messages| messages > 0)
    };
    let flags = [
        ("REGISTERs wait", any(|second| second.waiting)),
        ("REGISTERs sent again", any(|second| second.again)),
        ("REGISTERs refused at the queue", any(|second| second.refused)),
        ("REGISTERs lost at the queue", any(|second| second.lost)),
        ("REGISTERs cut off", any(|second| second.cut_off)),
        ("loss beside a register capacity", without(|fault| fault.impairment.loss = 0.0)),
        (
            "delay beside a register capacity",
            without(|fault| {
                if !is_slow(fault) {
                    fault.impairment.delay = None;
                }
            }),
        ),
        (
            "slow answers beside a register capacity",
            without(|fault| {
                if is_slow(fault) {
                    fault.impairment.delay = None;
                }
            }),
        ),
    ];
    named(&flags).collect()
}

/// Whether registrars answer slowly.
fn is_slow(fault: &Fault) -> bool {
    fault.targets.iter().any(|target| matches!(target, Target::Registrar(_, RegistrarFault::Slow)))
}

/// Whether power that is back sets off a storm in which messages wait.
fn starts_wait(model: &Model) -> bool {
    let run = Simulation::new(model, LUCK).unwrap();
    let has_power = |target: &Target| matches!(target, Target::Power(_));
    let power = |edge: &Edge| match edge.source {
        Source::Fault(fault) => model.faults[fault.index()].targets.iter().any(has_power),
        Source::Drain(_) => false,
    };
    let storms = run.traffic().registrars.iter().flat_map(|registrar| &registrar.storms);
    let mut after_power =
        storms.filter(|storm| storm.edge.as_ref().is_some_and(|edge| edge.ends && power(edge)));
    after_power.any(|storm| storm.waves[0].waiting > 0)
}

/// Whether a registrar grants less than the time between two refreshes.
fn bindings_end(model: &Model) -> bool {
    model.profiles.iter().any(|profile| {
        let (phone, site) = (&model.phones[profile.phone], profile.preferred.site);
        model.granted(phone, site) < model.refresh(phone, site)
    })
}

fn take(tally: &mut Tally, mut found: Vec<String>) {
    found.sort_unstable();
    found.dedup();
    found.into_iter().for_each(|name| *tally.entry(name).or_default() += 1);
}

#[test]
fn every_feature_occurs_often_enough() {
    let tally = RefCell::new(Tally::new());
    let usual = 2000;
    over_cases(5, usual, |case| {
        let mut found = of_rules(&case);
        found.extend(case.agents.iter().flat_map(of_agents));
        found.extend(of_faults(&case));
        found.extend(of_run(&case));
        take(&mut tally.borrow_mut(), found);
        Ok(())
    });
    let tally = tally.into_inner();
    let least = setting("SWITCHOVER_CASES", usual) / 100;
    let rare: Vec<_> = tally.iter().filter(|(_, cases)| **cases < least).collect();
    assert!(rare.is_empty(), "in fewer than one case of 100: {rare:?}\nof {tally:#?}");
    assert_eq!(tally.len(), 209, "a feature has come or gone: {tally:#?}");
}
