//! Regret: what the other decision would have saved.

use switchover::time::{Span, Time};
use switchover::trace::Cause::{Reconnecting, Restoring, Switching};
use switchover::trace::Event;
use switchover::trace::Reason::{Drain, PhoneTimer, Restore, SipTimer};

use super::{X, Y, alone, connected, goes_back, if_stayed, if_switched, leaves, out, up};

/// Out from 600, switchover at 685, in service at 693: W1 and W3.
fn switched(stayed: i64) -> Vec<(i64, Event)> {
    vec![
        (600, out(X, Reconnecting)),
        (685, leaves(SipTimer, X, Y, false)),
        (685, connected(Y)),
        (685, out(Y, Switching)),
        (693, up(Y)),
        (693, if_stayed(stayed)),
    ]
}

fn restored(at: i64) -> Vec<(i64, Event)> {
    vec![(at, goes_back(at - 3)), (at, connected(X)), (at, out(X, Restoring)), (at + 8, up(X))]
}

/// The sum of all regrets in seconds, and the regret of every move.
fn regret(parts: &[Vec<(i64, Event)>]) -> (i128, Vec<Option<Span>>) {
    let (results, rows) = alone(&parts.concat());
    let each = rows.moves.iter().map(|row| row.regret).collect();
    (results.counts.switchover_regret.0 / 1_000_000_000, each)
}

const fn s(secs: i64) -> Option<Span> {
    Some(Span::from_secs(secs))
}

#[test]
fn of_switching_with_the_restore_that_it_led_to() {
    let away = vec![(750, leaves(PhoneTimer, Y, X, true)), (750, up(X))];
    let cases = [
        (
            "W1: staying would have been worse",
            vec![switched(300), restored(903)],
            (0, vec![s(0), None]),
        ),
        ("W3: 93 + 8 - 95", vec![switched(95), restored(703)], (6, vec![s(6), None])),
        ("no restore until the end", vec![switched(90)], (3, vec![s(3)])),
        ("never restored, but moved again", vec![switched(90), away], (3, vec![s(3), None])),
    ];
    for (name, parts, expected) in cases {
        assert_eq!(regret(&parts), expected, "{name}");
    }
}

#[test]
fn a_restore_that_opened_no_outage_costs_nothing() {
    let quick = vec![(703, goes_back(700)), (703, connected(X)), (703, up(X))];
    assert_eq!(regret(&[switched(90), quick]).0, 3);
    // Begun out of service: the outage had begun before.
    let within = vec![
        (703, out(Y, switchover::trace::Cause::Phone)),
        (710, leaves(Restore, Y, X, false)),
        (710, connected(X)),
        (718, up(X)),
    ];
    assert_eq!(regret(&[switched(90), within]).0, 3);
}

#[test]
fn begun_in_service_it_is_compared_up_to_the_end_of_the_restore() {
    for (stayed, regretted) in [(0, 16), (10, 6), (398, 0)] {
        let events = vec![
            (685, leaves(SipTimer, X, Y, true)),
            (685, connected(Y)),
            (685, out(Y, Switching)),
            (693, up(Y)),
        ];
        let (begun, downtime) = (Time::from_secs(685), Span::from_secs(stayed));
        let compared = vec![(711, Event::IfRemained { begun, downtime })];
        let found = regret(&[events, restored(703), compared]);
        assert_eq!(found, (i128::from(regretted), vec![s(regretted), None]), "{stayed} s");
    }
}

#[test]
fn of_several_switchovers_in_an_outage_only_the_last_has_regret() {
    let events = vec![
        (600, out(X, Reconnecting)),
        (685, leaves(SipTimer, X, Y, false)),
        (700, leaves(SipTimer, Y, X, false)),
        (700, connected(X)),
        (710, up(X)),
        (710, if_stayed(100)),
    ];
    assert_eq!(regret(&[events]), (10, vec![None, s(10)]));
}

#[test]
fn a_drained_agent_has_no_regret() {
    let events = vec![(600, leaves(Drain, X, Y, true)), (600, out(Y, Switching)), (608, up(Y))];
    assert_eq!(regret(&[events]), (0, vec![None]));
}

#[test]
fn an_outage_cut_at_the_horizon_counts_as_long_as_it_is() {
    let events = vec![
        (9_900, out(X, Reconnecting)),
        (9_985, leaves(SipTimer, X, Y, false)),
        (10_000, if_stayed(60)),
    ];
    assert_eq!(regret(&[events]), (40, vec![s(40)]));
}

#[test]
fn of_staying_wherever_the_comparison_stands_in_its_instant() {
    let (open, back) = ((600, out(X, Reconnecting)), (700, up(X)));
    let cases = [
        (vec![open, back, (700, if_switched(30))], 70, 1),
        (vec![open, (700, if_switched(30)), back], 70, 1),
        (vec![open, back, (700, if_switched(130))], 0, 1),
        (vec![open, back, (700, Event::IfSwitched { downtime: None })], 0, 0),
        (vec![open, (10_000, if_switched(30))], 9_370, 1),
    ];
    for (events, regret, compared) in cases {
        let (results, rows) = alone(&events);
        let counts = results.counts;
        let found = (counts.stay_regret.0 / 1_000_000_000, counts.stays_compared);
        assert_eq!(found, (regret, compared), "{events:?}");
        assert_eq!(rows.outages[0].regret.is_some(), compared == 1);
        assert_eq!(counts.stays_regretted, u64::from(regret > 0));
    }
}
