//! What calls see of a simulation: the outage of a site, its dead contacts and its links, and what that does to
//! calls that are there.

use switchover::calls::{self, CallerTraits, Change, Fate, Outcome, Staff, StaffEvent};
use switchover::model::{AtLoss, LocationId, Model, Planes, Queue, SiteId, Target};
use switchover::random::RandomNumbers;
use switchover::simulation::{self, Simulation};
use switchover::time::{Span, Time};

use super::days::{Table, queue};
use crate::builder::{at, base, down, s};

const LUCK: RandomNumbers = RandomNumbers { seed: 5, replication: 0 };
const X: SiteId = SiteId(0);
const Y: SiteId = SiteId(1);

fn staff_of(model: &Model) -> Staff {
    let simulation = Simulation::new(model, LUCK).unwrap();
    simulation::staff(model, &simulation).unwrap()
}

fn of_agents(staff: &Staff) -> Vec<Change> {
    let of_agents = |change: &&Change| {
        matches!(
            change.what,
            StaffEvent::Agent { .. } | StaffEvent::Severed { .. } | StaffEvent::Phantom { .. }
        )
    };
    staff.changes.iter().filter(of_agents).copied().collect()
}

fn agent(seconds: i64, site: Option<SiteId>) -> Change {
    Change { at: at(seconds), what: StaffEvent::Agent { agent: 0, site } }
}

fn severed(seconds: i64, site: SiteId) -> Change {
    Change { at: at(seconds), what: StaffEvent::Severed { agent: 0, site } }
}

fn ghost(seconds: i64, on: bool) -> Change {
    Change { at: at(seconds), what: StaffEvent::Phantom { agent: 0, side: 0, site: X, on } }
}

/// One caller of one queue, for each of these seconds; talks for 100 s, and waits for ever.
fn callers(times: &[i64]) -> Table {
    let mind = CallerTraits {
        site: 0,
        handling: s(100),
        after: s(0),
        patience: Span::NEVER,
        redial: None,
    };
    Table::new(vec![times.iter().map(|time| (at(*time), [mind; 3])).collect()])
}

fn lived(queue: Queue, staff: &Staff, times: &[i64]) -> Vec<Outcome> {
    let queues = [Queue { entry: vec![1.0, 0.0], ..queue }];
    let mut calls = calls::Day::new(&queues, staff, (callers(times), vec![]), at(3000)).live().0;
    calls.sort();
    calls
}

/// When calls were answered and ended, how often they rang in vain, and their fates.
fn told(calls: &[Outcome]) -> Vec<(Option<Time>, Time, u32, Fate)> {
    calls.iter().map(|it| (it.answered, it.ended, it.rings, it.fate)).collect()
}

#[test]
fn an_agent_of_a_lost_site_is_seen_at_its_peer() {
    let mut model = base();
    down(&mut model, Target::Site(X), 600, 1200);
    let staff = staff_of(&model);
    assert_eq!(
        of_agents(&staff),
        [
            agent(0, Some(X)),
            agent(600, None),
            severed(600, X),
            agent(693, Some(Y)),
            agent(1223, None),
            agent(1231, Some(X)),
        ]
    );
    // One talks and one waits when the site dies; gateways offer a third to it, and a fourth to the peer.
    let calls = lived(queue("q"), &staff, &[550, 580, 620, 640, 1180]);
    assert_eq!(
        told(&calls),
        [
            (Some(at(550)), at(600), 0, Fate::Lost),
            (None, at(600), 0, Fate::Lost),
            (None, at(620), 0, Fate::Lost),
            (Some(at(693)), at(793), 0, Fate::Answered),
            // It goes on while the agent goes home.
            (Some(at(1180)), at(1280), 0, Fate::Answered),
        ]
    );
    assert_eq!(calls[3].site, Y.0);
}

#[test]
fn a_call_rings_a_ghost_and_comes_back() {
    let mut model = base();
    down(&mut model, Target::Path(LocationId(0), X, Planes::Cti), 600, 1200);
    let staff = staff_of(&model);
    assert_eq!(
        of_agents(&staff),
        [
            agent(0, Some(X)),
            agent(600, None),
            ghost(685, true),
            agent(693, Some(Y)),
            agent(1203, None),
            agent(1211, Some(X)),
            ghost(1211, false),
        ]
    );
    let calls = lived(queue("q"), &staff, &[550, 700, 1195]);
    assert_eq!(
        told(&calls),
        [
            // The phone and its path are there: only the desktop is cut off.
            (Some(at(550)), at(650), 0, Fate::Answered),
            // The ghost is idle for longer than the agent.
            (Some(at(710)), at(810), 1, Fate::Answered),
            // It rings the ghost twice, until the agent is back in its place.
            (Some(at(1211)), at(1311), 2, Fate::Answered),
        ]
    );
}

#[test]
fn sites_serve_their_own_calls_while_the_link_is_down() {
    let mut model = base();
    down(&mut model, Target::InterSite(X, Y), 600, 1200);
    down(&mut model, Target::Path(LocationId(0), X, Planes::Both), 100, 1300);
    let staff = staff_of(&model);
    // The agent is at the peer from 193 on, and a ghost at X; calls come in at X.
    let at_loss = |at_loss| Queue { at_loss, ..queue("q") };
    let calls = lived(at_loss(AtLoss::Lost), &staff, &[200, 550, 700]);
    assert_eq!(
        told(&calls),
        [
            (Some(at(210)), at(310), 1, Fate::Answered),
            (Some(at(560)), at(600), 1, Fate::Lost),
            (Some(at(1200)), at(1300), 50, Fate::Answered),
        ]
    );
    let kept = lived(at_loss(AtLoss::Kept), &staff, &[200, 550, 700]);
    assert_eq!(told(&kept)[1], (Some(at(560)), at(660), 1, Fate::Answered));
    let own = lived(Queue { pooled: false, ..queue("q") }, &staff, &[200, 1250]);
    assert!(own.iter().all(|call| call.answered.is_none_or(|when| when >= at(1300))));
}
