//! Occurrences: their order, their numbers, and that each target keeps a clock of its own.

use switchover::distribution::Law;
use switchover::faults::{Occurrence, Source, sample};
use switchover::model::{Drain, Fault, FaultId, HostId, Schedule, SiteId, Target};
use switchover::random::RandomNumbers;
use switchover::time::{Span, Time};

use crate::builder::{always, at, base, exponential, fault, s};

const LUCK: RandomNumbers = RandomNumbers { seed: 5, replication: 3 };

fn host(number: u32) -> Target {
    Target::Host(HostId(number))
}

fn of_fault(all: &[Occurrence], ordinal: u32) -> Vec<Occurrence> {
    let source = Source::Fault(FaultId(ordinal));
    all.iter().copied().filter(|spell| spell.source == source).collect()
}

#[test]
fn a_flap_repeats_until_its_number_or_the_horizon() {
    let mut model = base();
    model.horizon = at(100);
    fault(&mut model, host(0), Schedule::Scripted { at: at(10), down: s(5), up: s(15), times: 3 });
    fault(&mut model, host(1), Schedule::Scripted { at: at(90), down: s(5), up: s(5), times: 9 });
    let all = sample(&model, LUCK);
    let spells: Vec<_> = all.iter().map(|o| (o.from.0 / 1_000_000_000, o.to, o.number)).collect();
    assert_eq!(spells, [(10, at(15), 0), (30, at(35), 1), (50, at(55), 2), (90, at(95), 0)]);
}

#[test]
fn ties_go_by_declaration_then_target() {
    let mut model = base();
    let (name, targets) = ("both".to_owned(), vec![host(1), host(0)]);
    let schedule = Schedule::Scripted { at: at(7), down: s(1), up: s(1), times: 1 };
    model.faults.push(Fault {
        name,
        targets,
        schedule: schedule.clone(),
        impairment: switchover::model::Impairment::default(),
    });
    fault(&mut model, host(2), schedule);
    let (site, name) = (SiteId(0), "drain".to_owned());
    model.drains.push(Drain { name, site, at: at(7), grace: s(1), lasts: s(2) });
    let order: Vec<_> = sample(&model, LUCK).iter().map(|o| (o.source, o.target)).collect();
    let fault = |ordinal| Source::Fault(FaultId(ordinal));
    assert_eq!(order, [(fault(0), 0), (fault(0), 1), (fault(1), 0), (Source::Drain(0), 0)]);
}

#[test]
fn the_clock_of_a_random_fault_runs_from_its_repair() {
    let mut model = base();
    model.horizon = at(100);
    fault(&mut model, host(0), Schedule::random(always(30), always(4)));
    let spells: Vec<_> = sample(&model, LUCK).iter().map(|o| (o.from, o.to)).collect();
    assert_eq!(spells, [(at(30), at(34)), (at(64), at(68)), (at(98), at(102))]);
}

#[test]
fn spells_of_no_length_are_dropped_but_numbered() {
    let mut model = base();
    let repair = Law::Empirical(vec![Span::ZERO, s(1)]);
    fault(&mut model, host(0), Schedule::random(always(10), repair));
    let all = sample(&model, LUCK);
    assert!(all.iter().all(|spell| spell.from < spell.to));
    let last = all[all.len() - 1].number as usize;
    assert!((300..700).contains(&all.len()) && (800..1000).contains(&last));
}

#[test]
fn laws_without_any_time_in_them_end() {
    let mut model = base();
    fault(&mut model, host(0), Schedule::random(always(0), always(0)));
    assert_eq!(sample(&model, LUCK), []);
}

#[test]
fn a_fault_has_its_own_luck() {
    let random = || Schedule::random(exponential(50.0), exponential(5.0));
    let mut model = base();
    fault(&mut model, host(0), random());
    let alone = sample(&model, LUCK);
    fault(&mut model, host(0), random());
    model.faults[1].targets.push(host(1));
    let both = sample(&model, LUCK);
    assert_eq!(of_fault(&both, 0), alone);
    let of = |target| {
        let spells = of_fault(&both, 1).into_iter().filter(move |spell| spell.target == target);
        spells.map(|spell| (spell.from, spell.to)).collect::<Vec<(Time, Time)>>()
    };
    assert_ne!(of(0), of(1));
    assert_ne!(of(0), alone.iter().map(|spell| (spell.from, spell.to)).collect::<Vec<_>>());
    let other = RandomNumbers { replication: 4, ..LUCK };
    assert_ne!(sample(&model, other), both);
}
