//! The worked timelines, to the nanosecond: by the engine, and by the reference, which
//! steps through them.

use switchover::model::{AgentId, LocationId, Model, Planes, Renewal, SiteId, Target, Transport};
use switchover::random::RandomNumbers;
use switchover::simulation::{self, Simulation};
use switchover::time::{NANOS, Span, Time};
use switchover::trace::{Cause, Event, Reason, Record};

use crate::builder::{base, down, one_message_in, populate};
use crate::differential::engine::{difference, lines};
use crate::reference;
use crate::support::{trace, worked};

use Cause::{NoSite, Off, Phone, Reconnecting, Restoring, Switching, Undetected};
use Reason::{PhoneTimer, Restore, SipTimer};

const LUCK: RandomNumbers = RandomNumbers { seed: 1, replication: 0 };

/// Downtime in seconds by cause, and moves with their seconds.
type Expected<'a> = (&'a [(Cause, i64)], &'a [(i64, Reason)]);

fn check(model: &Model, (causes, moves): Expected<'_>) -> Vec<Record> {
    let records = simulation::trace(model, LUCK).unwrap();
    assert_eq!(difference(&lines(&records), &lines(&reference::run(model, LUCK).records)), None);
    let expected = causes.iter().map(|(cause, secs)| (*cause, secs * NANOS)).collect();
    assert_eq!(trace::downtime(&records, AgentId(0), model.horizon), expected, "{records:#?}");
    let expected: Vec<_> = moves.iter().map(|(at, why)| (Time::from_secs(*at), *why)).collect();
    assert_eq!(trace::moves(&records), expected, "{records:#?}");
    records
}

fn happened(records: &[Record], at: i64, event: Event) {
    let wanted = records.iter().any(|r| r.at == Time::from_secs(at) && r.event == event);
    assert!(wanted, "no {event:?} at {at} s in {records:#?}");
}

#[test]
fn w1_path_cut_leads_to_a_switchover_and_a_restore() {
    let causes = [(Undetected, 15), (Restoring, 8), (Switching, 8), (Reconnecting, 70)];
    let moves = [(685, SipTimer), (903, Restore)];
    check(&worked::w1(), (&causes, &moves));
}

#[test]
fn w2_failover_inside_the_pair_costs_one_retry_delay() {
    check(&worked::w2(), (&[(Reconnecting, 10)], &[]));
}

#[test]
fn w3_needless_switchover_has_a_regret_of_six_seconds() {
    let causes = [(Undetected, 15), (Restoring, 8), (Switching, 8), (Reconnecting, 70)];
    let moves = [(685, SipTimer), (703, Restore)];
    let records = check(&worked::w3(), (&causes, &moves));
    let downtime = switchover::time::Span::from_secs(95);
    happened(&records, 693, Event::IfStayed { downtime });
    happened(&records, 693, Event::Needless);
}

#[test]
fn w4_both_paths_cut_leaves_no_site() {
    let causes =
        [(Undetected, 15), (NoSite, 110), (Restoring, 8), (Switching, 18), (Reconnecting, 70)];
    check(&worked::w4(), (&causes, &[(685, SipTimer), (903, Restore)]));
}

#[test]
fn w5_phone_only_partition_moves_by_the_phone_timer() {
    let causes = [(Undetected, 34), (Restoring, 8), (Switching, 8), (Phone, 30)];
    check(&worked::w5(), (&causes, &[(664, PhoneTimer), (1212, Restore)]));
}

#[test]
fn w5_flaps_where_a_restore_needs_no_phone() {
    let mut model = worked::w5();
    model.policy.restore_needs_phone = false;
    let records = simulation::trace(&model, LUCK).unwrap();
    let moves = trace::moves(&records);
    assert!(moves.len() > 6, "{moves:?}");
    assert!(moves.iter().zip(1..).all(|((_, why), n)| (*why == Restore) == (n % 2 == 0)));
}

#[test]
fn w6_success_comes_before_the_phone_timer() {
    check(&worked::w6(), (&[(Undetected, 34), (Phone, 6)], &[]));
}

#[test]
fn w8_a_hang_is_noticed_by_keep_alive_only() {
    check(&worked::w8(20), (&[(Undetected, 15), (Reconnecting, 5)], &[]));
    // Two seconds later the backup still refuses in the first round: the next one finds it.
    check(&worked::w8(22), (&[(Undetected, 15), (Reconnecting, 20)], &[]));
}

#[test]
fn w9_a_role_that_is_taken_back_costs_another_retry_delay() {
    check(&worked::w9(), (&[(Reconnecting, 20)], &[]));
}

/// Noticed at 3615; rounds fail from 3625 on; at 3685 the timer fires and y answers, but nobody can log
/// in there: given up at 3745. Then 90 s each: x is tried in vain for 10 s, y answers 10 s later, and the
/// login waits for 60 s; the thirteenth one is given up at 4825. X is back since 4800 and answers at
/// 4835; the login ends at 4843.
#[test]
fn w10_a_login_that_nobody_can_make_is_given_up() {
    let causes = [(Undetected, 15), (NoSite, 370), (Switching, 788), (Reconnecting, 70)];
    let records = check(&worked::w10(), (&causes, &[(3685, SipTimer)]));
    let site = SiteId(1);
    happened(&records, 3685, Event::LoginHeldUp { site });
    happened(&records, 3745, Event::LoginGivenUp { site });
    happened(&records, 3775, Event::LoginHeldUp { site });
    happened(&records, 4825, Event::LoginGivenUp { site });
    let given_up = records.iter().filter(|r| r.event == Event::LoginGivenUp { site });
    assert_eq!(given_up.count(), 13);
}

/// Whoever never gives up is in service again when y's logins are back, and goes home later.
#[test]
fn w10_without_giving_up() {
    let mut model = worked::w10();
    model.policy.login_wait = Span::NEVER;
    let causes = [(Undetected, 15), (Restoring, 8), (Switching, 12_703), (Reconnecting, 70)];
    check(&model, (&causes, &[(3685, SipTimer), (16_398, Restore)]));
}

/// A login under way when logins fail begins anew when they are back, with a time of its own.
#[test]
fn a_login_under_way_begins_anew() {
    let mut model = worked::w1();
    down(&mut model, Target::Logins(SiteId(1)), 690, 700);
    let causes = [(Undetected, 15), (Restoring, 8), (Switching, 23), (Reconnecting, 70)];
    let records = check(&model, (&causes, &[(685, SipTimer), (908, Restore)]));
    happened(&records, 690, Event::LoginHeldUp { site: SiteId(1) });
    // At the instant at which it ends, or at which it would begin, nothing is held up.
    for (from, to) in [(693, 720), (600, 685)] {
        let mut model = worked::w1();
        down(&mut model, Target::Logins(SiteId(1)), from, to);
        let causes = [(Undetected, 15), (Restoring, 8), (Switching, 8), (Reconnecting, 70)];
        check(&model, (&causes, &[(685, SipTimer), (903, Restore)]));
    }
}

/// W7: the desktop sees its phone lost although calls still reach it. Staying would have cost the time
/// from the end of the binding, 810 s, to the first success, 1208 s: nothing to regret.
#[test]
fn w7_a_registrar_that_hangs_is_left_in_service() {
    let causes = [(Restoring, 8), (Switching, 8)];
    let records = check(&worked::w7(), (&causes, &[(664, PhoneTimer), (1212, Restore)]));
    let (begun, downtime) = (Time::from_secs(664), Span::from_secs(398));
    happened(&records, 1220, Event::IfRemained { begun, downtime });
    happened(&records, 1208, Event::Registered { site: SiteId(0) });
}

/// The registrar of x grants 120 s instead of 3600: refreshes at 60, 168, 276 s; with the `sip` plane cut at
/// 200 s the binding of 168 ends at 288 s. Refreshed 20 s before the end: 60, 160, and it ends at 280 s.
#[test]
fn a_registrar_that_grants_less_is_asked_more_often() {
    for (renewal, ends) in [(Renewal::Share, 288), (Renewal::Before(Span::from_secs(20)), 280)] {
        let mut model = base();
        model.sites[0].registrar.expires = [None, Some(Span::from_secs(120))];
        model.phones[0].renewal = renewal;
        model.phones[0].first_refresh = [Some(Time::from_secs(60)), Some(Time::from_secs(3000))];
        down(&mut model, worked::path(0, Planes::Sip), 200, 700);
        let records = simulation::trace(&model, LUCK).unwrap();
        let reference = reference::run(&model, LUCK).records;
        assert_eq!(difference(&lines(&records), &lines(&reference)), None);
        happened(&records, ends, Event::BindingEnded { site: SiteId(0) });
    }
}

/// The same registrar grants 1800 s, and the phone refreshes every 3240 s by what it asked for: registered at 60 s, it
/// cannot be called from 1860 to 3300, from 5100 to 6540 and from 8340 to 9780 s; nor before 60 s, for its binding of
/// -3180 s had ended. A softphone knows nothing of it.
#[test]
fn a_phone_that_refreshes_by_what_it_asked_for_is_away_in_each_cycle() {
    let mut model = base();
    model.sites[0].registrar.expires = [None, Some(Span::from_secs(1800))];
    model.phones[0].renewal = Renewal::Asked;
    model.phones[0].first_refresh = [Some(Time::from_secs(60)), Some(Time::from_secs(3000))];
    let records = check(&model, (&[(Undetected, 60 + 3 * 1440)], &[]));
    let ended = |record: &&Record| record.event == Event::BindingEnded { site: SiteId(0) };
    let ended = records.iter().filter(ended).map(|record| record.at);
    assert_eq!(ended.collect::<Vec<_>>(), [1860, 5100, 8340].map(Time::from_secs));
    // The desktop of a desk phone sees it, and moves after 30 s; y grants what is asked for.
    model.phones[0].desk = true;
    let records = simulation::trace(&model, LUCK).unwrap();
    let reference = reference::run(&model, LUCK).records;
    assert_eq!(difference(&lines(&records), &lines(&reference)), None);
    let moves = trace::moves(&records);
    assert_eq!(moves.first(), Some(&(Time::from_secs(30), PhoneTimer)));
}

/// W11: off until the desktop has started, at 960 s; x answers at once, and the login takes 8 s. The phone is
/// registered since 920 s. Nobody has moved.
#[test]
fn w11_who_starts_searches_a_site_and_logs_in() {
    let records = check(&worked::w11(), (&[(Off, 360), (Switching, 8)], &[]));
    let site = SiteId(0);
    happened(&records, 600, Event::PhoneOff { site });
    happened(&records, 600, Event::StaleBegun { site });
    happened(&records, 600, Event::GhostBegun { site });
    happened(&records, 920, Event::Registered { site });
    happened(&records, 920, Event::Registered { site: SiteId(1) });
    happened(&records, 960, Event::Started);
    happened(&records, 968, Event::GhostEnded { site });
}

/// The path to x is cut from 850 to 1100 s: both members of x are tried in vain from 960 to 970, y answers at
/// 980. The phone's transactions at x start at 920 + 62 k; that of 1106 succeeds, and the probe of 988 + 120
/// finds it.
#[test]
fn w11_with_home_out_of_reach() {
    let mut model = worked::w11();
    down(&mut model, worked::path(0, Planes::Both), 850, 1100);
    let causes = [(Off, 360), (NoSite, 20), (Switching, 8), (Restoring, 8)];
    let records = check(&model, (&causes, &[(1108, Restore)]));
    happened(&records, 920, Event::Registered { site: SiteId(1) });
    happened(&records, 1106, Event::Registered { site: SiteId(0) });
}

/// The power fails again at 930 s for 70 s: the desktop had not started yet, the phone is registered at 920 s
/// and again at 1020 s.
#[test]
fn w11_with_another_cut_before_the_desktop_has_started() {
    let mut model = worked::w11();
    down(&mut model, Target::Power(LocationId(0)), 930, 1000);
    let records = check(&model, (&[(Off, 460), (Switching, 8)], &[]));
    let times = |event: Event| {
        let found = records.iter().filter(move |record| record.event == event);
        found.map(|record| record.at).collect::<Vec<_>>()
    };
    let site = SiteId(0);
    assert_eq!(times(Event::PowerLost), [600].map(Time::from_secs));
    assert_eq!(times(Event::PhoneOff { site }), [600, 930].map(Time::from_secs));
    assert_eq!(times(Event::Registered { site }), [920, 1020].map(Time::from_secs));
}

/// Three phones start at 920 s, and the registrar of x takes a second for a message. The first is answered at once,
/// the second after a second, having sent again at 920.5; the third after two, having sent again at 920.5 and
/// 921.5: six messages, served one after the other until 926.
#[test]
fn phones_that_start_together_wait_for_each_other() {
    let mut model = worked::w11();
    populate(&mut model, 3);
    model.sites[0].registrar.limit = Some(one_message_in(Span::from_secs(1)));
    let records = simulation::trace(&model, LUCK).unwrap();
    let reference = reference::run(&model, LUCK).records;
    assert_eq!(difference(&lines(&records), &lines(&reference)), None);
    for (agent, at) in (0..3).zip(920..) {
        let site = SiteId(0);
        let found = records.iter().find(|record| {
            record.agent == AgentId(agent) && record.event == Event::Registered { site }
        });
        assert_eq!(found.map(|record| record.at), Some(Time::from_secs(at)));
    }
    let run = Simulation::new(&model, LUCK).unwrap();
    let storm = run.traffic().registrars[0].storms[0].waves[0];
    let totals = [storm.offered, storm.again, storm.served].map(|flow| flow.total);
    let peaks = [storm.offered, storm.again, storm.served].map(|flow| flow.peak);
    assert_eq!((totals, peaks, storm.waiting), ([6, 3, 6], [5, 2, 1], 4));
    assert_eq!((storm.busy, storm.wait), (Span::from_secs(6), Span::from_millis(3500)));
    assert_eq!((storm.from, storm.idle), (Time::from_secs(920), Time::from_secs(926)));
}

/// Two phones start at 920 s over TCP, and the registrar of x takes 100 s for a message. The second gives up
/// after 32 s, unless its power fails before: a transaction that is cut off has not timed out.
#[test]
fn who_is_off_does_not_time_out() {
    let timed_out = |cut: bool| {
        let mut model = worked::w11();
        model.horizon = Time::from_secs(970);
        populate(&mut model, 2);
        model.phones[0].transport = Transport::Tcp;
        model.sites[0].registrar.limit = Some(one_message_in(Span::from_secs(100)));
        if cut {
            down(&mut model, Target::Power(LocationId(0)), 940, 1000);
        }
        let run = Simulation::new(&model, LUCK).unwrap();
        run.traffic().registrars[0].storms[0].waves[0].timed_out
    };
    assert_eq!([false, true].map(timed_out), [1, 0]);
}
