//! Logins, queues and REGISTERs per site, from hand-written traces.

use switchover::measures::Results;
use switchover::model::{Failback, SiteId, Style};
use switchover::trace::Event;
use switchover::trace::Reason::SipTimer;

use super::{X, Y, agent, alone, connected, leaves, measure};
use crate::builder::{at, base, populate};

const fn queued(site: SiteId) -> Event {
    Event::LoginQueued { site }
}

const fn login(site: SiteId) -> Event {
    Event::LoginBegun { site, ends: switchover::time::Time::NEVER }
}

#[test]
fn the_queue_is_as_long_as_those_who_wait_at_one_instant() {
    let mut model = base();
    populate(&mut model, 4);
    let left = Event::QueueLeft { site: Y };
    let spells = [
        vec![(10, queued(Y)), (10, login(Y))],
        vec![(10, queued(Y)), (12, login(Y))],
        vec![(11, queued(Y)), (13, left), (13, queued(Y)), (20, login(Y))],
        vec![(12, queued(Y)), (15, leaves(SipTimer, Y, X, false))],
    ];
    let mut records = Vec::new();
    for (number, events) in (0..).zip(&spells) {
        records.extend(agent(&model, number, events));
    }
    let (results, _) = measure(&model, &records);
    let queue = results.sites[1].queue;
    assert_eq!((queue.longest, queue.waits), (2, 5));
    assert_eq!(queue.waited.0, (2 + 2 + 7 + 3) * 1_000_000_000);
    assert_eq!(queue.longest_wait.0, 7_000_000_000);
    assert_eq!(results.sites[1].logins.iter().sum::<u64>(), 3);
    assert_eq!(results.sites[1].peak_logins, 1);
    assert_eq!(results.sites[0].queue.waits, 0);
}

/// At a site with a reconnect capacity: what the trace tells of connections and of those who wait.
#[test]
fn connections_and_those_who_wait_for_one() {
    let mut model = base();
    populate(&mut model, 4);
    model.sites[1].reconnect_gap = Some(crate::builder::s(1));
    let waits = Event::ConnectionQueued { site: Y };
    let fails = Event::ConnectionTimedOut { site: Y };
    let spells = [
        vec![(10, connected(Y))],
        vec![(10, waits), (15, fails), (20, waits), (20, connected(Y))],
        vec![(12, waits), (14, leaves(SipTimer, Y, X, false)), (20, connected(X))],
        vec![(10, waits), (17, fails), (20, connected(Y))],
    ];
    let mut records = Vec::new();
    for (number, events) in (0..).zip(&spells) {
        records.extend(agent(&model, number, events));
    }
    let (results, _) = measure(&model, &records);
    let [found] = &results.reconnects[..] else { panic!("{:?}", results.reconnects) };
    assert_eq!(found.name, model.sites[1].name);
    assert_eq!((found.connections, found.connections_peak), (3, 2));
    assert_eq!((found.waits, found.timed_out, found.queue_longest), (4, 2, 3));
    assert_eq!(found.wait_longest_s.0, 7_000_000_000);
    // The same from second to second.
    let [window] = &results.windows.shown[..] else { panic!("{:?}", results.windows) };
    let [(site, course)] = &window.connections[..] else { panic!("one site has a capacity") };
    assert_eq!((*site, window.step), (Y, crate::builder::s(1)));
    let from = window.from.0 / 1_000_000_000;
    let seconds = |values: &[u64], asked: &[i64]| {
        asked.iter().map(|second| values[(second - from) as usize]).collect::<Vec<_>>()
    };
    let asked = [10, 11, 12, 13, 14, 15, 17, 20];
    // One that has not to wait comes when it connects; the one that waits for no time comes once.
    assert_eq!(seconds(&course.asked, &asked), [3, 0, 1, 0, 0, 0, 0, 2]);
    assert_eq!(seconds(&course.made, &asked), [1, 0, 0, 0, 0, 0, 0, 2]);
    assert_eq!(seconds(&course.timed_out, &asked), [0, 0, 0, 0, 0, 1, 1, 0]);
    // The third gives up at 14 s; at 15 s and 17 s those that time out waited up to then.
    assert_eq!(seconds(&course.waiting, &asked), [2, 2, 3, 3, 2, 1, 0, 0]);
}

#[test]
fn peaks_are_counted_per_second() {
    let register = |secs| (secs, Event::Registered { site: X });
    let (results, _) = alone(&[register(5), register(5), register(6), register(16)]);
    let site = &results.sites[0];
    assert_eq!(site.recovery_registers[..3], [3, 1, 0]);
    assert_eq!(site.peak_registers, 2);
}

/// Undisturbed refreshes over the whole run, in whole numbers, at X and at Y.
fn background(results: &Results) -> [i128; 2] {
    [0, 1].map(|site: usize| {
        results.sites[site].background_registers.iter().sum::<i128>() / 1_000_000
    })
}

#[test]
fn refreshes_are_counted_while_a_registration_is_undisturbed() {
    // One refresh every 50 s; the run lasts 10,000 s.
    let mut model = base();
    model.phones[0].refresh = crate::builder::s(50);
    let failed = (2_000, Event::RegistrationFailed { site: X, refused: false });
    let back = (5_000, Event::Registered { site: X });
    let there = (5_000, Event::Registered { site: Y });
    let moved = (3_000, connected(Y));
    let off = |site| (2_000, Event::PhoneOff { site });
    let cases = [
        (Style::Dual, vec![], [200, 200]),
        (Style::Dual, vec![failed], [40, 200]),
        (Style::Dual, vec![failed, back], [140, 200]),
        // A phone without power refreshes nothing.
        (Style::Dual, vec![off(X), off(Y), back], [140, 40]),
        (Style::Follow, vec![], [200, 0]),
        // It leaves the old site at once, and is registered at the new one later.
        (Style::Follow, vec![moved, there], [60, 100]),
        (Style::Failover { failback: Failback::Refresh }, vec![failed, there], [40, 100]),
        (Style::Failover { failback: Failback::Refresh }, vec![there], [100, 100]),
    ];
    for (style, events, expected) in cases {
        model.phones[0].style = style;
        let (results, _) = measure(&model, &agent(&model, 0, &events));
        let found = background(&results);
        let near = found.iter().zip(expected).all(|(a, b)| (a - b).abs() <= 1);
        assert!(near, "{style:?} {events:?}: {found:?}, not {expected:?}");
    }
}

#[test]
fn connections_are_counted_by_kind() {
    use switchover::model::{Kind, Role};
    let (kind, member) = (Kind::Stat, Role::Backup);
    let (results, _) = alone(&[
        (5, Event::Broken { kind, site: X, member }),
        (6, Event::Survived { kind }),
        (7, Event::Broken { kind, site: X, member }),
        (
            8,
            Event::LossNoticed {
                kind,
                since: at(7),
                unusable: Some(at(7)),
                how: switchover::trace::Noticed::Reset,
            },
        ),
        (9, Event::PairLost { kind }),
        (10, Event::DrTimerFired { kind, rounds: 2 }),
        (11, Event::ConnectionMoved { kind, to: Y, rounds: 1 }),
        (12, Event::Reconnected { kind: Kind::Config, member, rounds: 3 }),
    ]);
    let stat = results.links[1];
    assert_eq!((stat.broken, stat.survived, stat.losses, stat.pairs_lost), (2, 1, 1, 1));
    assert_eq!((stat.timers_fired, stat.moved_alone, stat.reconnects), (1, 1, 0));
    assert_eq!((results.links[2].reconnects, results.links[0]), (1, Default::default()));
}
