//! Who was hit by a fault, how long until they were back, and what it left behind.

use switchover::measures::PlannerRow;
use switchover::model::{Drain, LocationId, Model, Planes, Target};
use switchover::time::Span;
use switchover::trace::Cause::{Switching, Undetected};
use switchover::trace::Event;

use super::{X, Y, agent, measure, out, up};
use crate::builder::{at, base, down, populate, s};

fn path(site: switchover::model::SiteId) -> Target {
    Target::Path(LocationId(0), site, Planes::Both)
}

/// Twenty agents; the path to X down at 100 s.
fn cut() -> Model {
    let mut model = base();
    populate(&mut model, 20);
    down(&mut model, path(X), 100, 400);
    model
}

#[test]
fn hit_is_who_was_in_service_until_the_start_and_not_from_it() {
    let model = cut();
    let mut records = Vec::new();
    for number in 0..20 {
        let events = match number {
            // Out before, out a second later, never out.
            0 => vec![(99, out(X, Undetected)), (150, up(X))],
            1 => vec![(101, out(X, Undetected)), (150, up(X))],
            2 => vec![],
            // Never back.
            3 => vec![(100, out(X, Undetected))],
            _ => vec![(100, out(X, Undetected)), (110 + i64::from(number), up(X))],
        };
        records.extend(agent(&model, number, &events));
    }
    let (results, _) = measure(&model, &records);
    let recovery = &results.impacts[0].recovery;
    assert_eq!((recovery.hit, recovery.missing()), (17, 1));
    // Of 17: the 9th back, the 17th never; they are back 14, 15, ... 29 s after the start.
    let until = [50, 90, 95, 100].map(|percent| recovery.until(percent));
    assert_eq!(until, [Some(s(22)), Some(s(29)), None, None]);
    assert_eq!(results.faults[0], *recovery);
}

/// A drain of X from 700 s on, for a minute, and a fault elsewhere that begins in it.
#[test]
fn a_drain_hits_who_goes_out_of_service_at_its_site_while_it_lasts() {
    let mut model = base();
    populate(&mut model, 6);
    let grace = Span::from_secs(20);
    model.drains.push(Drain { name: "d".into(), site: X, at: at(700), grace, lasts: s(60) });
    down(&mut model, path(X), 730, 740);
    let mut records = Vec::new();
    // At the order; after a call; at the stop; with the other fault; when it is over; before it.
    for (number, from) in (0..).zip([700, 711, 720, 730, 760, 699]) {
        let events = [(from, out(X, Switching)), (from + 8, up(Y))];
        records.extend(agent(&model, number, &events));
    }
    let (results, _) = measure(&model, &records);
    let [drain, other] = &results.impacts[..] else { panic!("two incidents") };
    assert_eq!((drain.recovery.hit, other.recovery.hit), (3, 1));
    assert_eq!(drain.recovery.until(100), Some(s(8)));
}

#[test]
fn targets_that_go_down_together_are_one_incident_and_equal_starts_share_their_hits() {
    let mut model = cut();
    populate(&mut model, 1);
    model.faults[0].targets.push(path(Y));
    down(&mut model, path(Y), 100, 200);
    let grace = Span::from_secs(5);
    model.drains.push(Drain { name: "d".into(), site: Y, at: at(700), grace, lasts: s(60) });
    let events = [(100, out(X, Undetected)), (130, up(X)), (700, out(X, Switching)), (720, up(X))];
    let (results, _) = measure(&model, &agent(&model, 0, &events));
    let found: Vec<_> = results
        .impacts
        .iter()
        .map(|i| (i.incident.name(&model), i.incident.from, i.recovery.until(100)))
        .collect();
    assert_eq!(
        found,
        [
            ("fault-0", at(100), Some(s(30))),
            ("fault-1", at(100), Some(s(30))),
            ("d", at(700), Some(s(20))),
        ]
    );
    assert_eq!(results.faults.len(), 3);
}

#[test]
fn a_fault_at_the_very_start_hits_those_out_from_the_start() {
    let mut model = base();
    down(&mut model, path(X), 0, 50);
    let events = [(0, out(X, Undetected)), (50, up(X))];
    let (results, _) = measure(&model, &agent(&model, 0, &events));
    assert_eq!(results.impacts[0].recovery.until(100), Some(s(50)));
}

#[test]
fn stale_and_ghost_time_belong_to_the_fault_before_them_and_end_with_the_run() {
    let mut model = cut();
    populate(&mut model, 1);
    down(&mut model, path(Y), 5_000, 5_100);
    let events = [
        (50, Event::StaleBegun { site: Y }),
        (60, Event::StaleEnded { site: Y }),
        (100, Event::StaleBegun { site: X }),
        (400, Event::StaleEnded { site: X }),
        (185, Event::GhostBegun { site: X }),
        (411, Event::GhostEnded { site: X }),
        (9_000, Event::GhostBegun { site: X }),
    ];
    let (results, _) = measure(&model, &agent(&model, 0, &events));
    let whole = |total: switchover::measures::Total| total.0 / 1_000_000_000;
    let of = |impact: &switchover::measures::Impact| (whole(impact.stale), whole(impact.ghost));
    assert_eq!(results.impacts.iter().map(of).collect::<Vec<_>>(), [(300, 226), (0, 1_000)]);
    let sites: Vec<_> = results.sites.iter().map(|s| (whole(s.stale), whole(s.ghost))).collect();
    assert_eq!(sites, [(300, 1_226), (10, 0)]);
}

#[test]
fn the_world_is_told_without_any_agent() {
    let mut model = cut();
    down(&mut model, path(X), 300, 500);
    let (results, _) = measure(&model, &[]);
    let row = results.world.iter().find(|row| row.outages > 0).expect("the path was down");
    assert_eq!((row.downtime, row.outages, row.longest), (s(400), 1, s(400)));
    assert_eq!(row.availability().to_string(), "0.960000000");
    // Two pairs, and two planes of two paths.
    assert_eq!(results.world.len(), 6);
    assert_eq!(results.availability().to_string(), "");
}

#[test]
fn the_planner_sees_the_most_at_each_site_in_the_time_of_each_fault() {
    let mut model = cut();
    down(&mut model, path(Y), 1_500, 1_600);
    let mut records = Vec::new();
    for number in 0..20 {
        let mut events = vec![(100, out(X, Undetected))];
        if number < 12 {
            events.extend([(150, up(Y)), (1_500, out(Y, Undetected)), (1_550, up(X))]);
        }
        records.extend(agent(&model, number, &events));
    }
    let (results, _) = measure(&model, &records);
    let found = results.planner(&model);
    let row = |row: &PlannerRow| (row.fault.clone(), row.site.clone(), row.in_service_peak);
    let expected = [
        (None, None, None),
        (None, Some("x"), Some(20)),
        (None, Some("y"), Some(12)),
        (Some("fault-0"), None, None),
        (Some("fault-0"), Some("x"), Some(0)),
        (Some("fault-0"), Some("y"), Some(12)),
        (Some("fault-1"), None, None),
        (Some("fault-1"), Some("x"), Some(12)),
        (Some("fault-1"), Some("y"), Some(0)),
    ];
    let owned = |name: Option<&str>| name.map(str::to_owned);
    let expected = expected.map(|(fault, site, peak)| (owned(fault), owned(site), peak));
    assert_eq!(found.iter().map(row).collect::<Vec<_>>(), expected);
    // Of twenty that the first hit twelve came back; of twelve that the second hit all.
    let back: Vec<_> = found.iter().map(|row| row.most_back_s).collect();
    let back = [back[0], back[3], back[6]];
    assert_eq!(back, [None, None, Some(s(50).into())]);
    assert!(found.iter().all(|row| row.calls_lost.is_none() && row.met_again_s.is_none()));
}
