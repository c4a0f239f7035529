//! The worked timelines, to the nanosecond: by the engine, and by the reference, which
//! steps through them.

use switchover::model::{AgentId, Model};
use switchover::random::Luck;
use switchover::simulation;
use switchover::time::{NANOS, Time};
use switchover::trace::{Cause, Event, Reason, Record};

use crate::differential::engine::{difference, lines};
use crate::reference;
use crate::support::{trace, worked};

use Cause::{NoSite, Phone, Reconnecting, Restoring, Switching, Undetected};
use Reason::{PhoneTimer, Restore, SipTimer};

const LUCK: Luck = Luck { seed: 1, replication: 0 };

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
