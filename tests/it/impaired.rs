//! Networks that are bad and not down, and registrars that are slow: worked out by hand, and against the
//! closed form of sends that are lost.

use switchover::distribution::Law;
use switchover::limits::Bounds;
use switchover::model::{
    Impairment, Limit, LocationId, Model, Planes, RegistrarFault, SiteId, Target, Transport,
};
use switchover::random::RandomNumbers;
use switchover::simulation::{self, Simulation};
use switchover::time::{NANOS, Span};
use switchover::trace::{Cause, Event, Record};

use crate::builder::{always, at, base, down, impaired, one_message_in, populate, s};

const LUCK: RandomNumbers = RandomNumbers { seed: 1, replication: 0 };
const X: SiteId = SiteId(0);

const fn path(planes: Planes) -> Target {
    Target::PoorPath(LocationId(0), X, planes)
}

fn delayed(seconds: i64) -> Impairment {
    Impairment { loss: 0.0, delay: Some(always(seconds)) }
}

fn losing(loss: f64) -> Impairment {
    Impairment { loss, delay: None }
}

/// One agent; no refresh is due before 9000 s.
fn quiet() -> Model {
    let mut model = base();
    model.phones[0].refresh = s(9500);
    model.phones[0].expiry = s(10_000);
    model.phones[0].first_refresh = [Some(at(9000)), Some(at(9400))];
    model
}

/// One agent whose phone refreshes at X at 630 s; a transaction lasts 4 s: sends at 0, 0.5, 1.5 and 3.5 s.
fn refreshing() -> Model {
    let mut model = quiet();
    model.phones[0].transaction_timeout = s(4);
    model.phones[0].first_refresh[0] = Some(at(630));
    model
}

fn run(model: &Model) -> Vec<Record> {
    simulation::trace(model, LUCK).unwrap()
}

/// Milliseconds at which something happened.
fn times(records: &[Record], wanted: impl Fn(&Event) -> bool) -> Vec<i64> {
    let found = records.iter().filter(|record| wanted(&record.event));
    found.map(|record| record.at.0 / (NANOS / 1000)).collect()
}

/// When the agent was out of service from and back again, in milliseconds.
fn states(records: &[Record]) -> Vec<(i64, Option<Cause>)> {
    let told = records.iter().filter_map(|record| match record.event {
        Event::State { cause, .. } => Some((record.at.0 / (NANOS / 1000), cause)),
        _ => None,
    });
    told.collect()
}

/// Detection takes 15 s, and the delay lasts 20 s: noticed at 615 s, while the agent works. The attempt of 615
/// is answered 12 s later, with the delay that held when it was made.
#[test]
fn keep_alives_that_are_answered_too_late() {
    let mut model = quiet();
    model.desktop.keep_alive = Some(s(9));
    model.desktop.connect_timeout = s(21);
    impaired(&mut model, path(Planes::Cti), (600, 620), delayed(12));
    let records = run(&model);
    let out = Some(Cause::Reconnecting);
    assert_eq!(states(&records), [(0, None), (615_000, out), (627_000, None)]);
    // Answers that come as late as the timeout allows are in time; off, they may take any time.
    for keep_alive in [Some(s(12)), None] {
        model.desktop.keep_alive = keep_alive;
        assert_eq!(states(&run(&model)), [(0, None)]);
    }
}

/// The delay ends before anything is noticed, or exactly then: nobody has lost anything.
#[test]
fn a_delay_that_is_over_before_it_is_noticed() {
    for end in [612, 615] {
        let mut model = quiet();
        impaired(&mut model, path(Planes::Both), (600, end), delayed(12));
        let records = run(&model);
        assert_eq!(states(&records), [(0, None)], "{end}");
        assert_eq!(
            times(&records, |event| matches!(event, Event::Broken { .. })),
            Vec::<i64>::new()
        );
    }
}

/// A connect that takes longer than the open timeout (5 s) fails: rounds at 615 (primary, backup: 625), 635 ...
/// The delay ends at 639, within the first attempt of that round: an attempt that is under way keeps its
/// delay. The pair counts as lost at 625.
#[test]
fn a_connect_that_takes_too_long() {
    let mut model = quiet();
    impaired(&mut model, path(Planes::Cti), (600, 639), delayed(12));
    let records = run(&model);
    let out = Some(Cause::Reconnecting);
    // 635-640: too late; from 639 on the backup refuses at once; the round of 650 finds the primary.
    assert_eq!(states(&records), [(0, None), (615_000, out), (650_000, None)]);
    assert_eq!(times(&records, |event| matches!(event, Event::PairLost { .. })), [625_000]);
}

/// The path is cut within the delay: one silence, one detection delay. It heals while answers are still late,
/// which does not end the silence.
#[test]
fn a_cut_within_a_delay_is_one_silence() {
    let mut model = quiet();
    impaired(&mut model, path(Planes::Cti), (600, 700), delayed(12));
    down(&mut model, Target::Path(LocationId(0), X, Planes::Cti), 605, 608);
    model.desktop.connect_timeout = s(12);
    let records = run(&model);
    let noticed = times(&records, |event| matches!(event, Event::LossNoticed { .. }));
    assert_eq!(noticed[0], 615_000);
    assert_eq!(
        states(&records)[1..4],
        [(605_000, Some(Cause::Undetected)), (608_000, None), (615_000, Some(Cause::Reconnecting)),]
    );
    // Answered after 12 s exactly, which is not too late; then silent again.
    assert_eq!(states(&records)[4], (627_000, None));
    assert_eq!(noticed[1], 642_000);
}

/// Answers to REGISTERs are late: in time, or not before the end of the transaction.
#[test]
fn a_register_that_is_answered_late() {
    let registered = |how: Impairment, target: Target| {
        let mut model = refreshing();
        impaired(&mut model, target, (600, 631), how);
        let records = run(&model);
        times(&records, |event| *event == Event::Registered { site: X })
    };
    for target in [path(Planes::Sip), Target::Registrar(X, RegistrarFault::Slow)] {
        assert_eq!(registered(delayed(1), target), [631_000]);
        // The send of 631.5 s finds no delay.
        assert_eq!(registered(delayed(3), target), [631_500]);
    }
    // Both together.
    let mut model = refreshing();
    impaired(&mut model, path(Planes::Sip), (600, 700), delayed(1));
    impaired(&mut model, Target::Registrar(X, RegistrarFault::Slow), (600, 700), delayed(2));
    let records = run(&model);
    assert_eq!(times(&records, |event| *event == Event::Registered { site: X }), [633_000]);
    // The first answer comes with the end: too late.
    impaired(&mut model, Target::Registrar(X, RegistrarFault::Slow), (600, 700), delayed(1));
    let failed = times(&run(&model), |event| {
        *event == Event::RegistrationFailed { site: X, refused: false }
    });
    assert_eq!(failed, [634_000]);
}

/// Over TCP there is one message: nothing is lost, and its answer is as late as it was when it was sent.
#[test]
fn over_tcp_nothing_is_lost() {
    let mut model = refreshing();
    model.phones[0].transport = Transport::Tcp;
    let how = Impairment { loss: 0.9, delay: Some(always(3)) };
    impaired(&mut model, path(Planes::Both), (600, 631), how);
    let records = run(&model);
    assert_eq!(times(&records, |event| *event == Event::Registered { site: X }), [633_000]);
}

/// Each of the four sends gets through with (1 - p)^2: the transaction fails with (1 - (1 - p)^2)^4, and what
/// succeeds does so at the k-th send with a geometric law.
#[test]
fn sends_that_are_lost() {
    const AGENTS: u32 = 4000;
    for loss in [0.2, 0.5] {
        let mut model = refreshing();
        populate(&mut model, AGENTS);
        impaired(&mut model, path(Planes::Both), (600, 700), losing(loss));
        model.horizon = at(640);
        let records = run(&model);
        let through = (1.0 - loss) * (1.0 - loss);
        let late = times(&records, |event| *event == Event::Registered { site: X });
        let failed = times(&records, |event| {
            *event == Event::RegistrationFailed { site: X, refused: false }
        });
        assert!(failed.iter().all(|at| *at == 634_000));
        for (send, at) in [(2, 630_500), (3, 631_500), (4, 633_500)] {
            let seen = late.iter().filter(|time| **time == at).count();
            agrees(seen, (1.0_f64 - through).powi(send - 1) * through, AGENTS);
        }
        agrees(failed.len(), (1.0 - through).powi(4), AGENTS);
        assert_eq!(times(&records, |event| matches!(event, Event::State { .. })), vec![0; 4000]);
    }
}

#[track_caller]
fn agrees(seen: usize, chance: f64, of: u32) {
    let (mean, of) = (chance * f64::from(of), f64::from(of));
    let z = (seen as f64 - mean) / (of * chance * (1.0 - chance)).sqrt();
    assert!(z.abs() < 4.0, "{seen} of {of}, expected {mean}: z = {z}");
}

/// A draw belongs to the instant of its send: more agents, other timeouts and other detection change it for
/// nobody.
#[test]
fn nobody_elses_luck_changes() {
    let mut model = refreshing();
    populate(&mut model, 50);
    impaired(&mut model, path(Planes::Both), (600, 700), losing(0.4));
    let slow = Impairment { loss: 0.0, delay: Some(Law::Exponential { mean: s(2) }) };
    impaired(&mut model, Target::Registrar(X, RegistrarFault::Slow), (600, 700), slow);
    let of_first_fifty = |model: &Model| {
        let mut records = run(model);
        records.retain(|record| record.agent.0 < 50);
        records.retain(|it| {
            matches!(it.event, Event::Registered { .. } | Event::RegistrationFailed { .. })
        });
        records
    };
    let before = of_first_fifty(&model);
    assert!(before.len() > 40, "{}", before.len());
    let mut more = model.clone();
    populate(&mut more, 80);
    assert_eq!(of_first_fifty(&more), before);
    let mut other = model;
    other.profiles[0].dr_timeout = s(90);
    other.desktop.detection = always(3);
    other.desktop.connect_timeout = s(2);
    assert_eq!(of_first_fifty(&other), before);
}

/// A registrar for one message in so long, and every refresh is one.
fn limited(model: &mut Model, message: Span) {
    let limit = Limit { every_refresh: true, ..one_message_in(message) };
    model.sites[X.index()].registrar.limit = Some(limit);
}

/// Messages that have come to the registrar of X.
fn came(model: &Model) -> u64 {
    let run = Simulation::new(model, LUCK).unwrap();
    run.traffic().registrars[0].seconds.iter().map(|second| second.offered).sum()
}

/// Three phones at a registrar that serves one message per second: at 630, 631 and 632 s, and each answer
/// takes one second more. Sends at 0, 0.5 and 1.5 s: two, three and three of them until the answer is there.
#[test]
fn a_registrar_with_a_capacity_that_is_answered_late() {
    for target in [path(Planes::Sip), Target::Registrar(X, RegistrarFault::Slow)] {
        let mut model = refreshing();
        populate(&mut model, 3);
        limited(&mut model, s(1));
        impaired(&mut model, target, (600, 700), delayed(1));
        let registered = times(&run(&model), |event| *event == Event::Registered { site: X });
        assert_eq!(registered, [631_000, 632_000, 633_000]);
        model.horizon = at(640);
        assert_eq!(came(&model), 8);
    }
}

/// A send comes with 1 - p, and the transaction ends with the first that is answered too: 1 / (1 - p)
/// messages of each phone.
#[test]
fn messages_whose_answer_is_lost_are_served() {
    const PHONES: u32 = 4000;
    let loss = 0.2;
    let mut model = refreshing();
    model.phones[0].transaction_timeout = s(32);
    populate(&mut model, PHONES);
    limited(&mut model, Span(1));
    impaired(&mut model, path(Planes::Both), (600, 700), losing(loss));
    model.horizon = at(665);
    let through = (1.0 - loss) * (1.0 - loss);
    // Of a geometric number of sends that fail, each has come with this chance.
    let (failed, spread) = ((1.0 - through) / through, (1.0 - through) / (through * through));
    let share = 1.0 - 1.0 / (2.0 - loss);
    let variance = share * share * spread + share * (1.0 - share) * failed;
    let mean = f64::from(PHONES) / (1.0 - loss);
    let z = (came(&model) as f64 - mean) / (f64::from(PHONES) * variance).sqrt();
    assert!(z.abs() < 4.0, "{z}");
}

/// Losses alone hold nobody up in a queue: the bound on storms does not count them.
#[test]
fn losses_at_a_registrar_that_is_idle_are_no_storm() {
    let mut model = refreshing();
    populate(&mut model, 500);
    limited(&mut model, Span::ZERO);
    impaired(&mut model, path(Planes::Both), (600, 700), losing(0.5));
    let bounds = Bounds { held_up: 0, ..Bounds::USUAL };
    assert!(Simulation::within(&model, LUCK, bounds).is_ok());
    limited(&mut model, s(1));
    assert!(Simulation::within(&model, LUCK, bounds).is_err());
}
