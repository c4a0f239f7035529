//! Switchovers, restores, flaps, premature restores, and the way to service again.

use switchover::model::{Kind, SiteId};
use switchover::time::Span;
use switchover::trace::Cause::{Phone, Restoring, Switching};
use switchover::trace::Reason::{self, PhoneTimer, Restore, SipTimer};
use switchover::trace::{Event, Noticed};

use super::{X, Y, alone, connected, goes_back, leaves, out, up};
use crate::builder::at;

/// At Y from 10 on; a restore from `restore` to 8 s later.
fn there_and_back(restore: i64, then: &[(i64, Event)]) -> Vec<(i64, Event)> {
    let mut events = vec![
        (10, leaves(SipTimer, X, Y, true)),
        (10, connected(Y)),
        (10, up(Y)),
        (restore, goes_back(restore - 3)),
        (restore, connected(X)),
        (restore, out(X, Restoring)),
        (restore + 8, Event::LoggedIn { site: X, ready: at(restore + 8) }),
        (restore + 8, up(X)),
    ];
    events.extend(then);
    events
}

#[test]
fn a_move_has_its_milestones() {
    let (results, rows) = alone(&there_and_back(500, &[]));
    let [switchover, restore] = rows.moves[..] else { panic!("two moves") };
    assert_eq!((switchover.reason, switchover.in_service), (SipTimer, Some((at(10), Y))));
    assert_eq!((restore.reason, restore.is_restore()), (Restore, true));
    assert_eq!(restore.connected, Some((at(500), X)));
    assert_eq!((restore.logged_in, restore.in_service), (Some(at(508)), Some((at(508), X))));
    assert_eq!(results.restore_times, vec![Span::from_secs(11).0].into());
    assert!(rows.outages[0].by_restore);
    let counts = results.counts;
    assert_eq!((counts.switchovers, counts.restores), ([1, 0, 0, 0, 0], 1));
    assert_eq!(results.trips_home, vec![Span::from_secs(8).0].into());
    assert!(results.service_lost.is_empty());
    assert_eq!((counts.agents_hit, counts.agents_lost, counts.agents_home), (1, 0, 1));
}

/// It connects at X, where it cannot log in, and ends at Y: the next one comes home, 20 s after X was there.
#[test]
fn a_restore_that_ends_at_the_peer_is_not_completed() {
    let (results, rows) = alone(&[
        (10, leaves(SipTimer, X, Y, true)),
        (10, connected(Y)),
        (10, up(Y)),
        (500, goes_back(490)),
        (500, connected(X)),
        (500, out(X, Restoring)),
        (600, connected(Y)),
        (600, out(Y, Restoring)),
        (608, Event::LoggedIn { site: Y, ready: at(608) }),
        (608, up(Y)),
        (700, goes_back(688)),
        (700, connected(X)),
        (700, out(X, Restoring)),
        (708, Event::LoggedIn { site: X, ready: at(708) }),
        (708, up(X)),
    ]);
    assert_eq!(rows.moves[1].in_service, Some((at(608), Y)));
    assert_eq!(results.counts.restores, 2);
    assert_eq!(results.restore_times, vec![Span::from_secs(20).0].into());
}

#[test]
fn a_restore_that_another_move_ends_has_no_time() {
    let (results, rows) = alone(&[
        (10, leaves(SipTimer, X, Y, true)),
        (10, connected(Y)),
        (10, up(Y)),
        (500, goes_back(490)),
        (500, connected(X)),
        (500, out(X, Restoring)),
        (505, leaves(Reason::Drain, X, Y, false)),
        (505, connected(Y)),
        (505, out(Y, Switching)),
        (513, up(Y)),
    ]);
    assert!(results.restore_times.is_empty());
    assert_eq!(rows.moves[1].in_service, None);
    assert_eq!(rows.moves[2].in_service, Some((at(513), Y)));
    assert!(rows.outages[0].by_restore);
    assert_eq!((rows.outages[0].switchovers, rows.agents[0].flaps), (1, 1));
}

#[test]
fn a_switchover_within_the_window_after_a_restore_is_a_flap() {
    // The window of 900 s runs from the start of the restore and includes its end.
    for (begun, flaps) in [(509, 1), (1_400, 1), (1_401, 0)] {
        let events = there_and_back(
            500,
            &[(begun, leaves(PhoneTimer, X, Y, true)), (begun, out(Y, Switching))],
        );
        let (results, rows) = alone(&events);
        assert_eq!((results.counts.flaps, rows.agents[0].flaps), (flaps, flaps as u32), "{begun}");
        assert_eq!(rows.moves[2].flap, flaps == 1);
    }
}

/// A loss that was noticed, of a pair that was out of reach from the break on.
fn loss(kind: Kind, since: i64, how: Noticed) -> Event {
    Event::LossNoticed { kind, since: at(since), unusable: Some(at(since)), how }
}

fn loses_sip(site: SiteId, since: i64) -> Vec<(i64, Event)> {
    let (kind, member) = (Kind::Sip, switchover::model::Role::Primary);
    let noticed = loss(kind, since, Noticed::KeepAlive);
    vec![(since, Event::Broken { kind, site, member }), (since + 15, noticed)]
}

#[test]
fn a_restore_is_premature_if_the_site_is_lost_in_the_window_and_that_is_noticed() {
    let phone = |site, since| vec![(2_000, Event::PhoneSeenLost { site, since })];
    let stat = |since| {
        let (kind, how) = (Kind::Stat, Noticed::Reset);
        vec![(since, loss(kind, since, how))]
    };
    let broken_only = vec![loses_sip(X, 600)[0]];
    let cases = [
        ("in the window", loses_sip(X, 600), 1),
        ("at its end, noticed later", loses_sip(X, 1_400), 1),
        ("after it", loses_sip(X, 1_401), 0),
        ("before the restore", phone(X, Some(at(499))), 0),
        ("elsewhere", loses_sip(Y, 600), 0),
        ("not noticed", broken_only, 0),
        ("the phone", phone(X, Some(at(700))), 1),
        ("the phone, though it is usable", phone(X, None), 0),
        ("a connection without which service goes on", stat(600), 0),
    ];
    for (name, events, premature) in cases {
        let (results, rows) = alone(&there_and_back(500, &events));
        assert_eq!(results.counts.premature, premature, "{name}");
        assert_eq!(rows.moves[1].premature, premature == 1, "{name}");
    }
}

#[test]
fn two_losses_make_one_premature_restore() {
    let events: Vec<_> = loses_sip(X, 600).into_iter().chain(loses_sip(X, 700)).collect();
    let (results, _) = alone(&there_and_back(500, &events));
    assert_eq!(results.counts.premature, 1);
    assert_eq!(results.links[0].losses, 2);
}

#[test]
fn every_restore_whose_window_holds_a_loss_is_premature() {
    let away_again = vec![
        (520, leaves(PhoneTimer, X, Y, true)),
        (520, connected(Y)),
        (520, up(Y)),
        (540, goes_back(530)),
        (540, connected(X)),
        (540, up(X)),
    ];
    let events: Vec<_> = away_again.into_iter().chain(loses_sip(X, 600)).collect();
    let (results, rows) = alone(&there_and_back(500, &events));
    assert_eq!(results.counts.premature, 2);
    assert_eq!(rows.moves.iter().filter(|row| row.premature).count(), 2);
}

#[test]
fn a_loss_of_no_length_makes_no_restore_premature() {
    let mut events = loses_sip(X, 600);
    if let (_, Event::LossNoticed { unusable, .. }) = &mut events[1] {
        *unusable = None;
    }
    let (results, _) = alone(&there_and_back(500, &events));
    assert_eq!((results.counts.premature, results.links[0].losses), (0, 1));
}

#[test]
fn a_needless_switchover_is_the_one_that_was_under_way() {
    let (results, rows) = alone(&[
        (100, out(X, Phone)),
        (130, leaves(PhoneTimer, X, Y, false)),
        (130, connected(Y)),
        (130, out(Y, Switching)),
        // The next move begins at the instant at which the first is found needless.
        (135, leaves(Reason::Drain, Y, X, false)),
        (135, Event::Needless),
        (135, connected(X)),
        (143, up(X)),
    ]);
    assert_eq!(rows.moves.iter().map(|row| row.needless).collect::<Vec<_>>(), [true, false]);
    assert_eq!((results.counts.needless, rows.agents[0].needless), (1, 1));
}
