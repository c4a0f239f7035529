//! The pair machine as a table: what breaks, and who serves when.

use switchover::faults::sample;
use switchover::model::{Drain, HostId, Model, PairId, Preempt, Role, SiteId, Split, Target};
use switchover::random::RandomNumbers;
use switchover::time::{NANOS, Span};
use switchover::world::{LossKind, Means, Outcome, World};

use crate::builder::{self, always, at, down, s};

const LUCK: RandomNumbers = RandomNumbers { seed: 1, replication: 0 };

/// Which machine a spell takes down. The failover takes 5 s after a process, 20 s after a host.
const A: Target = Target::Process(PairId(0), Role::Primary);
const B: Target = Target::Process(PairId(0), Role::Backup);
const HANG_A: Target = Target::Hang(PairId(0), Role::Primary);
const HANG_B: Target = Target::Hang(PairId(0), Role::Backup);
const HOST_A: Target = Target::Host(HostId(0));
const HOST_B: Target = Target::Host(HostId(1));
const SITE: Target = Target::Site(SiteId(0));

fn covered() -> Model {
    builder::base()
}

/// No failover ever works; manual recovery takes 1800 s.
fn uncovered() -> Model {
    let mut model = builder::base();
    model.pairs[0].failover.coverage = 0.0;
    model
}

fn alone() -> Model {
    let mut model = builder::base();
    model.pairs[0].backup = None;
    model
}

/// Who serves from which second on: `a`, `b` or nobody (`-`).
fn serving(world: &World) -> String {
    let changes = world.pair(PairId(0)).serving.changes().iter().map(|&(at, role)| {
        let who = match role {
            Some(Role::Primary) => 'a',
            Some(Role::Backup) => 'b',
            None => '-',
        };
        format!("{who}{}", at.0 / NANOS)
    });
    changes.collect::<Vec<_>>().join(" ")
}

fn world(model: &Model) -> World {
    World::simulate(model, LUCK, &sample(model, LUCK))
}

#[track_caller]
fn check(mut model: Model, spells: &[(Target, i64, i64)], expected: &str) -> World {
    for &(target, from, to) in spells {
        down(&mut model, target, from, to);
    }
    let world = world(&model);
    assert_eq!(serving(&world), expected, "{spells:?}");
    world
}

#[test]
fn covered_losses() {
    check(covered(), &[], "a0");
    check(covered(), &[(A, 100, 200)], "a0 -100 b105");
    check(covered(), &[(HOST_A, 100, 200)], "a0 -100 b120");
    // The repair of the lost member does not shorten the failover.
    check(covered(), &[(A, 100, 102)], "a0 -100 b105");
    // The roles stay swapped until the next loss.
    check(covered(), &[(A, 100, 200), (B, 300, 400)], "a0 -100 b105 -300 a305");
    // A process on a host that goes with it is a host's loss.
    check(covered(), &[(A, 100, 200), (HOST_A, 100, 200)], "a0 -100 b120");
    check(covered(), &[(A, 0, 200)], "-0 b5");
    check(covered(), &[(A, 9_999, 20_000)], "a0 -9999");
    check(covered(), &[(A, 10_000, 20_000)], "a0");
}

/// The members of the pair at two sites, which are separated by a fault on their link.
fn stretched() -> Model {
    let mut model = builder::base();
    model.hosts[1].site = SiteId(1);
    model.pairs[0].split = Split::BothPrimary;
    model
}

/// From when to when both members serve.
fn split(world: &World) -> Vec<(i64, i64)> {
    let split = world.pair(PairId(0)).split.as_ref().expect("they are separated once");
    let spells = split.spells(at(10_000)).filter(|spell| spell.value);
    spells.map(|spell| (spell.from.0 / NANOS, spell.to.0 / NANOS)).collect()
}

const LINK: Target = Target::HaLink(PairId(0));

#[test]
fn members_that_cannot_see_each_other() {
    // The failover time of a host, then two islands; the one that served before stays.
    let world = check(stretched(), &[(LINK, 100, 400)], "a0");
    assert_eq!(split(&world), [(120, 400)]);
    assert_eq!(world.pair(PairId(0)).promotions[0].means, Means::Separation);
    assert_eq!(world.pair(PairId(0)).failovers(), 0);
    // They see each other again before.
    assert_eq!(split(&check(stretched(), &[(LINK, 100, 120)], "a0")), []);
    // The one that served before is lost meanwhile: the other one goes on, the repaired one waits.
    let world = check(stretched(), &[(LINK, 100, 400), (A, 200, 390)], "a0 b200");
    assert_eq!(split(&world), [(120, 200)]);
    let world = check(stretched(), &[(LINK, 100, 400), (A, 200, 300)], "a0 b200 a320");
    assert_eq!(split(&world), [(120, 200), (320, 400)]);
    // Lost before the other one serves: nobody knows that it is lost.
    check(stretched(), &[(LINK, 100, 400), (A, 105, 500)], "a0 -105 b120");
    // A failover that is under way keeps its time.
    check(stretched(), &[(A, 100, 500), (LINK, 103, 400)], "a0 -100 b105");
    // Whole again, with nobody serving: the first to wait goes on waiting.
    check(stretched(), &[(LINK, 100, 110), (A, 105, 500)], "a0 -105 b120");
    // With the policy `none`, and within one site, nothing happens.
    let mut model = stretched();
    model.pairs[0].split = Split::None;
    assert!(check(model, &[(LINK, 100, 400)], "a0").pair(PairId(0)).split.is_none());
}

#[test]
fn losses_of_the_backup() {
    // Alone it is never a failover.
    let world = check(covered(), &[(B, 100, 200)], "a0");
    assert!(world.pair(PairId(0)).losses.is_empty());
    // While the primary is down.
    check(covered(), &[(A, 100, 200), (B, 103, 400)], "a0 -100 a200");
    check(covered(), &[(A, 100, 500), (B, 103, 400)], "a0 -100 b400");
    // After the primary came back during the failover: it serves again at once.
    let world = check(covered(), &[(A, 100, 102), (B, 103, 400)], "a0 -100 a103");
    assert_eq!(world.pair(PairId(0)).promotions[0].means, Means::Return);
    check(covered(), &[(A, 100, 103), (B, 103, 400)], "a0 -100 a103");
    // At the instant of its promotion the fault comes first.
    check(covered(), &[(A, 100, 300), (B, 105, 400)], "a0 -100 a300");
    // A promoted backup that is lost in turn.
    check(covered(), &[(A, 100, 300), (B, 106, 400)], "a0 -100 b105 -106 a300");
}

#[test]
fn nothing_to_promote() {
    check(alone(), &[(A, 100, 200)], "a0 -100 a200");
    check(alone(), &[(A, 100, 110), (A, 110, 120)], "a0 -100 a120");
    check(alone(), &[(A, 100, 115), (A, 110, 112)], "a0 -100 a115");
    check(alone(), &[(A, 100, 110), (HOST_A, 110, 130)], "a0 -100 a130");
    check(covered(), &[(SITE, 100, 200)], "a0 -100 a200");
    // The first repaired serves; of several at once, the one that served last.
    check(covered(), &[(B, 50, 200), (A, 100, 300)], "a0 -100 b200");
    check(covered(), &[(B, 50, 300), (A, 100, 300)], "a0 -100 a300");
    let last_b = [(A, 10, 20), (HOST_B, 100, 300), (A, 50, 300)];
    check(covered(), &last_b, "a0 -10 b15 -100 b300");
    let world = check(covered(), &[(A, 100, 300), (B, 100, 300)], "a0 -100 a300");
    assert_eq!(world.pair(PairId(0)).losses[0].outcome, Outcome::NothingToPromote);
}

#[test]
fn uncovered_losses() {
    check(uncovered(), &[(A, 100, 200)], "a0 -100 a200");
    let world = check(uncovered(), &[(A, 100, 5000)], "a0 -100 b1900");
    assert_eq!(world.pair(PairId(0)).promotions[0].means, Means::Manual);
    assert_eq!(world.pair(PairId(0)).uncovered(), 1);
    assert_eq!(world.pair(PairId(0)).failovers(), 0);
    // The backup's own repair counts too.
    check(uncovered(), &[(A, 100, 5000), (B, 150, 160)], "a0 -100 b160");
    // Manual recovery finds nobody up: it is spent, and the first repaired serves.
    check(uncovered(), &[(A, 100, 5000), (B, 1800, 2000)], "a0 -100 b2000");
    // A repair at the instant of manual recovery comes first.
    check(uncovered(), &[(A, 100, 1900)], "a0 -100 a1900");
    // A fault too: the backup is lost at the instant of its promotion.
    check(uncovered(), &[(A, 100, 5000), (B, 1900, 6000)], "a0 -100 a5000");
}

#[test]
fn a_failover_in_no_time_leaves_no_gap() {
    let mut model = covered();
    model.pairs[0].failover.process = always(0);
    check(model, &[(A, 100, 200)], "a0 b100");
    let mut model = uncovered();
    model.pairs[0].failover.manual = Span::ZERO;
    check(model, &[(A, 100, 200)], "a0 b100");
}

#[test]
fn a_process_that_hangs_is_replaced_after_a_time_of_its_own() {
    let hangs = || {
        let mut model = covered();
        model.pairs[0].failover.hang = always(22);
        model
    };
    let world = check(hangs(), &[(HANG_A, 100, 1100)], "a0 -100 b122");
    assert_eq!(world.pair(PairId(0)).losses[0].kind, LossKind::Hang);
    // Well again before that, it serves on; unless it has died meanwhile.
    check(hangs(), &[(HANG_A, 100, 110)], "a0 -100 a110");
    check(hangs(), &[(HANG_A, 100, 122)], "a0 -100 a122");
    check(hangs(), &[(HANG_A, 100, 118), (A, 105, 110)], "a0 -100 b122");
    // A host that goes too decides; a process that dies as well.
    check(hangs(), &[(HANG_A, 100, 200), (HOST_A, 100, 200)], "a0 -100 b120");
    check(hangs(), &[(HANG_A, 100, 200), (A, 100, 150)], "a0 -100 b105");
    // A backup that hangs is not promoted, and what it knows is not lost.
    let world = check(hangs(), &[(HANG_B, 50, 300), (A, 100, 400)], "a0 -100 b300");
    assert!(world.pair(PairId(0)).any_up.at(at(200)));
    check(alone(), &[(HANG_A, 100, 200)], "a0 -100 a200");
}

/// The configured primary takes the role back.
fn preempts(delay: i64, gap: i64) -> Model {
    let mut model = covered();
    model.pairs[0].preempt = Some(Preempt { delay: s(delay), gap: always(gap) });
    model
}

#[test]
fn the_configured_primary_takes_the_role_back() {
    let world = check(preempts(0, 2), &[(A, 100, 160)], "a0 -100 b105 -160 a162");
    assert_eq!(world.pair(PairId(0)).promotions[1].means, Means::Preemption);
    assert_eq!(world.pair(PairId(0)).losses.len(), 1);
    check(preempts(30, 2), &[(A, 100, 160)], "a0 -100 b105 -190 a192");
    check(preempts(0, 0), &[(A, 100, 160)], "a0 -100 b105 a160");
    // Up again before the failover was over: the backup hands the role back when it gets it.
    check(preempts(0, 2), &[(A, 100, 102)], "a0 -100 a107");
    check(preempts(10, 2), &[(A, 100, 102)], "a0 -100 b105 -112 a114");
    // Lost again before the delay is over, the delay begins anew.
    check(preempts(30, 2), &[(A, 100, 160), (A, 170, 180)], "a0 -100 b105 -210 a212");
    // Lost while it takes the role: the backup serves again at once.
    check(preempts(0, 5), &[(A, 100, 160), (A, 162, 200)], "a0 -100 b105 -160 b162 -200 a205");
    // The backup lost meanwhile changes nothing; both lost: the first one repaired.
    check(preempts(0, 5), &[(A, 100, 160), (B, 162, 200)], "a0 -100 b105 -160 a165");
    let both = [(A, 100, 160), (B, 161, 180), (A, 162, 200)];
    check(preempts(0, 5), &both, "a0 -100 b105 -160 b180 -200 a205");
    // A primary that served last is nobody to take the role back from.
    check(preempts(0, 2), &[(B, 100, 160)], "a0");
}

#[test]
fn a_drain_stops_every_process_after_its_grace() {
    let mut model = covered();
    let (site, name) = (SiteId(0), "move out".to_owned());
    model.drains.push(Drain { name, site, at: at(100), grace: s(50), lasts: s(200) });
    let world = world(&model);
    assert_eq!(serving(&world), "a0 -150 a300");
    assert_eq!(world.drained(site).changes(), [(at(0), false), (at(100), true), (at(300), false)]);
    assert_eq!(world.pair(PairId(1)).serving.changes().len(), 1);
}
