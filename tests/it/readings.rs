//! Readings of the rules that were once in doubt, each as a small scenario with its right values: what
//! holds at one instant, desk phones that have moved, drains, login slots in hindsight, the horizon.

use switchover::measures::{Frame, Kept, Measures, Results};
use switchover::model::{
    DrTimerStarts, Drain, Failback, Model, PairId, PhoneUnknown, Planes, Role, SiteId, Style,
    Target,
};
use switchover::simulation::Simulation;
use switchover::time::Span;
use switchover::trace::{Cause, Reason};

use crate::builder::{always, at, base, down, populate, s};
use crate::support::worked::path;

const X: u32 = 0;
const Y: u32 = 1;

/// One agent with a dual softphone whose refreshes are not due before 2000 s.
fn quiet() -> Model {
    let mut model = base();
    model.horizon = at(1800);
    let phone = &mut model.phones[0];
    phone.transaction_timeout = s(4);
    phone.first_refresh = [Some(at(2000)), Some(at(2100))];
    model
}

/// The same with a phone that has one registration and tries the other site after a failure.
fn failover(expiry: i64, refresh: i64, due: i64) -> Model {
    let mut model = quiet();
    let phone = &mut model.phones[0];
    phone.style = Style::Failover { failback: Failback::Refresh };
    (phone.expiry, phone.refresh) = (s(expiry), s(refresh));
    phone.first_refresh = [Some(at(due)), Some(at(100))];
    model
}

fn drain(model: &mut Model, from: i64, grace: i64, lasts: i64) {
    let (name, site) = ("drain".into(), SiteId(X));
    model.drains.push(Drain { name, site, at: at(from), grace: s(grace), lasts: s(lasts) });
}

fn run(model: &Model) -> (Results, Kept) {
    let random = switchover::random::RandomNumbers { seed: 1, replication: 0 };
    let simulation = Simulation::new(model, random).unwrap();
    let frame = Frame::new(model, simulation.occurrences());
    let mut measures = Measures::new(&frame, Kept::default());
    simulation.agents(0..model.agents(), &mut measures).unwrap();
    let (totals, rows) = measures.into_parts();
    (Results::new(totals, &frame, (simulation.world(), simulation.traffic())), rows)
}

/// Seconds out of service, over all agents, with one cause.
fn of_cause(results: &Results, cause: Cause) -> i128 {
    results.counts.downtime[cause as usize].0 / 1_000_000_000
}

fn secs(results: &Results) -> i128 {
    results.downtime().0 / 1_000_000_000
}

#[test]
fn a_restore_at_the_instant_at_which_service_would_end_opens_the_outage() {
    // The phone registers at home at 1182, which is also a probe: the agent goes back.
    let mut model = failover(548, 548, 82);
    down(&mut model, path(X, Planes::Sip), 600, 900);
    let (results, rows) = run(&model);
    let back = rows.moves.iter().find(|row| row.is_restore()).expect("it went back");
    assert_eq!((back.begun, back.in_service_before), (at(1182), true));
    let opened: Vec<_> = rows.outages.iter().filter(|row| row.by_restore).collect();
    assert_eq!((opened.len(), opened[0].length()), (1, s(8)));
    assert_eq!(results.trips_home.count(), 1);
    assert_eq!(results.trips_home.sum(), i128::from(s(8).0));
}

#[test]
fn the_regret_counts_a_restore_that_begins_where_service_would_end() {
    let mut model = failover(43, 43, 28);
    model.desktop.probe_interval = Some(s(5));
    down(&mut model, path(X, Planes::Sip), 600, 640);
    let (_, rows) = run(&model);
    // 72 s and the 8 s of the restore that it led to, less 77 s of staying.
    assert_eq!(rows.moves[0].regret, Some(s(3)));
}

#[test]
fn a_desk_phone_that_has_moved_is_seen_at_its_old_site_until_its_binding_expires() {
    let mut model = failover(600, 540, 90);
    model.phones[0].desk = true;
    down(&mut model, path(X, Planes::Sip), 600, 900);
    let (results, _) = run(&model);
    let causes = [Cause::Undetected, Cause::Phone].map(|cause| of_cause(&results, cause));
    assert_eq!(causes, [90, 484]);
}

#[test]
fn what_a_desk_phones_desktop_cannot_know_is_a_policy() {
    for (policy, switchovers) in [(PhoneUnknown::Switch, 1), (PhoneUnknown::Stay, 0)] {
        let mut model = quiet();
        model.policy.phone_unknown = policy;
        let phone = &mut model.phones[0];
        (phone.desk, phone.expiry, phone.refresh) = (true, s(60), s(54));
        phone.first_refresh = [Some(at(54)), Some(at(54))];
        down(&mut model, path(X, Planes::Sip), 600, 1800);
        let (results, _) = run(&model);
        assert_eq!(results.switchovers(), switchovers, "{policy:?}");
    }
}

#[test]
fn who_reconnects_at_a_drained_site_gets_the_order_to_leave_at_once() {
    let mut model = quiet();
    down(&mut model, path(X, Planes::Both), 590, 640);
    drain(&mut model, 600, 120, 300);
    let (_, rows) = run(&model);
    assert_eq!(rows.outages[0].length(), s(63));
    let first = &rows.moves[0];
    assert_eq!((first.reason, first.begun, first.needless), (Reason::Drain, at(645), false));
}

#[test]
fn who_has_no_peer_stays_at_a_drained_site_until_it_stops() {
    let mut model = quiet();
    (model.profiles[0].peer, model.profiles[0].dr) = (None, [false; 3]);
    down(&mut model, path(X, Planes::Both), 590, 640);
    drain(&mut model, 600, 120, 300);
    assert_eq!(secs(&run(&model).0), 235);
}

#[test]
fn who_stays_takes_the_first_login_slot_beside_those_of_the_others() {
    let mut model = quiet();
    populate(&mut model, 2);
    model.sites[X as usize].login_gap = Some(s(20));
    model.profiles[0].dr_timeout = s(30);
    model.desktop.detection = always(5);
    model.policy.dr_timer_starts = DrTimerStarts::FirstDisconnect;
    down(&mut model, path(X, Planes::Cti), 600, 640);
    down(&mut model, path(X, Planes::Cti), 663, 700);
    let (results, rows) = run(&model);
    // The second agent goes back at 653, when the first takes the slot, and loses the site at 663. Had
    // it stayed: reconnected at 708, when a slot is free, and logged in at 716.
    let second = rows.moves.iter().filter(|row| row.agent.0 == 1 && !row.is_restore());
    let second: Vec<_> = second.map(|row| (row.begun, row.if_stayed, row.regret)).collect();
    assert_eq!(second, [(at(635), Some(s(45)), Some(s(51))), (at(698), Some(s(63)), Some(s(18)))]);
    assert_eq!(results.counts.switchover_regret.0, i128::from(s(81).0));
}

#[test]
fn a_switchover_that_never_brought_service_is_needless_if_the_old_site_was_back() {
    let mut model = quiet();
    (model.profiles[0].phone_timeout, model.profiles[0].auto_restore) = (Span::NEVER, false);
    down(&mut model, path(X, Planes::Both), 600, 800);
    down(&mut model, path(Y, Planes::Sip), 1, 1800);
    let (results, rows) = run(&model);
    assert_eq!((results.counts.needless, rows.moves[0].needless), (1, true));
    assert_eq!(rows.moves[0].regret, Some(s(1000)));
}

#[test]
fn a_login_of_no_time_leaves_the_comparison_with_staying_there() {
    let mut model = quiet();
    model.profiles[0].auto_restore = false;
    model.desktop.login = always(0);
    down(&mut model, path(X, Planes::Both), 600, 900);
    assert_eq!(run(&model).1.moves[0].if_stayed, Some(s(300)));
}

#[test]
fn switching_at_the_noticing_ends_at_the_horizon_in_both_its_parts() {
    // Noticed at 590, back at 598; the login of the way back would end at 606.
    let mut model = quiet();
    (model.horizon, model.desktop.detection) = (at(600), always(15));
    model.profiles[0].dr_timeout = Span::NEVER;
    down(&mut model, path(X, Planes::Both), 575, 700);
    assert_eq!(run(&model).1.outages[0].if_switched, Some(s(25)));
}

#[test]
fn a_restore_after_an_earlier_move_is_not_counted_twice() {
    let mut model = quiet();
    drain(&mut model, 600, 60, 300);
    down(&mut model, path(Y, Planes::Both), 620, 720);
    let (_, rows) = run(&model);
    let regret = rows.moves.iter().filter_map(|row| row.regret).max();
    assert_eq!(regret, Some(s(13)));
}

#[test]
fn a_failover_of_no_time_makes_no_restore_premature() {
    let mut model = quiet();
    model.pairs[0].failover.process = always(0);
    down(&mut model, path(X, Planes::Both), 600, 900);
    down(&mut model, Target::Process(PairId(0), Role::Primary), 1000, 1800);
    let (results, _) = run(&model);
    assert_eq!((results.counts.restores, results.counts.premature), (1, 0));
}
