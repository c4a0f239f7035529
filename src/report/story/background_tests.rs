//! What fails around an agent, in words: every kind of fault on registrars, logins, processes and networks,
//! and who serves afterwards.

use super::agent::StoryAgent;
use super::background::happenings;
use super::tests::{X, Y, model};
use crate::distribution::Law;
use crate::faults;
use crate::model::{
    AgentId, Drain, Impairment, LocationId, Model, PairId, Planes, Preempt, RegistrarFault, Role,
    Target,
};
use crate::random::RandomNumbers;
use crate::time::{Span, Time};
use crate::world::World;

/// What happens around the agent, a line each.
fn lines(model: &Model) -> Vec<String> {
    let random = RandomNumbers { seed: 1, replication: 0 };
    let occurrences = faults::sample(model, random);
    let world = World::simulate(model, random, &occurrences);
    let all = happenings(&StoryAgent::new(model, AgentId(0)), &occurrences, &world);
    let at = |at: Time| (at - Time::ZERO).as_secs_f64();
    all.into_iter().map(|one| format!("{} {}", at(one.at), one.text)).collect()
}

/// A fault from 600 s on, for 90 s.
fn of(target: Target, impairment: Impairment) -> Vec<String> {
    let mut model = model(target, 600, 90);
    model.faults[0].impairment = impairment;
    lines(&model)
}

fn check(target: Target, impairment: Impairment, what: &str) {
    let begins = format!("600 \"trouble\": {what}, until +11m30s (for 1m30s).");
    let expected = [begins, "690 \"trouble\" is over.".to_owned()];
    assert_eq!(of(target, impairment), expected, "{target:?}");
}

#[test]
fn registrars_and_logins() {
    let none = Impairment::default;
    let slow = |delay| Impairment { loss: 0.0, delay: Some(delay) };
    let registrar = Target::Registrar;
    check(registrar(X, RegistrarFault::Hangs), none(), "the registrar of X answers no REGISTER");
    check(
        registrar(Y, RegistrarFault::Refuses),
        none(),
        "the registrar of Y refuses every REGISTER",
    );
    let exact = Law::Constant(Span::from_secs(3));
    check(registrar(X, RegistrarFault::Slow), slow(exact), "the registrar of X answers after 3s");
    let drawn = Law::Exponential { mean: Span::from_secs(3) };
    check(registrar(X, RegistrarFault::Slow), slow(drawn), "the registrar of X answers late");
    check(Target::Logins(Y), none(), "nobody can log in at Y");
}

#[test]
fn networks_that_are_bad() {
    let bad = |loss, delay: Option<i64>| {
        let delay = delay.map(|secs| Law::Constant(Span::from_secs(secs)));
        Impairment { loss, delay }
    };
    let here = LocationId(0);
    check(
        Target::PoorPath(here, X, Planes::Sip),
        bad(0.2, None),
        "the path from office to X loses 20.0 % of the packets each way for the phone",
    );
    check(
        Target::PoorPath(here, Y, Planes::Both),
        bad(0.125, Some(12)),
        "the path from office to Y loses 12.5 % of the packets each way and answers after 12s",
    );
    check(
        Target::PoorLocation(here, Planes::Cti),
        bad(0.0, Some(2)),
        "each path from office answers after 2s for the desktop",
    );
}

/// A primary that hangs: the backup takes over after the failover time of a hang, and gives the role back.
#[test]
fn a_process_that_hangs_and_a_role_that_is_given_back() {
    let mut model = model(Target::Hang(PairId(0), Role::Primary), 600, 90);
    model.pairs[0].failover.hang = Law::Constant(Span::from_secs(20));
    let gap = Law::Constant(Span::from_secs(2));
    model.pairs[0].preempt = Some(Preempt { delay: Span::from_secs(5), gap });
    assert_eq!(
        lines(&model),
        [
            "600 \"trouble\": the process sip-x hangs, until +11m30s (for 1m30s).",
            "620 sip-x-b (backup) serves now, by failover.",
            "690 \"trouble\" is over.",
            "697 sip-x (primary) serves now, taking the role back.",
        ]
    );
}

#[test]
fn a_site_that_is_drained() {
    let mut model = model(Target::Logins(X), 1_999, 1);
    let (grace, lasts) = (Span::from_secs(60), Span::from_secs(300));
    model.faults.clear();
    model.drains.push(Drain {
        name: "window".to_owned(),
        site: X,
        at: Time::from_secs(600),
        grace,
        lasts,
    });
    let all = lines(&model);
    assert_eq!(all[0], "600 \"window\": X is drained, until +15m00s (for 5m00s).");
    assert!(all.contains(&"900 \"window\" is over.".to_owned()), "{all:?}");
}
