//! The stretches in which something happened, from hand-written traces.

use switchover::model::{LocationId, Model, Planes, Target};
use switchover::time::Span;
use switchover::trace::Cause::Reconnecting;
use switchover::trace::Event;
use switchover::trace::Reason::SipTimer;

use super::{X, Y, agent, leaves, measure, out, up};
use crate::builder::{at, base, down, populate};

/// Two agents and a fault of 100 s at each of these seconds.
fn faulty(starts: &[i64]) -> Model {
    let mut model = base();
    populate(&mut model, 2);
    model.horizon = at(100_000);
    for start in starts {
        down(&mut model, Target::Path(LocationId(0), X, Planes::Both), *start, start + 100);
    }
    model
}

#[test]
fn a_window_is_what_happened_and_counts_from_its_fault() {
    let model = faulty(&[1_000]);
    let moved = [
        (1_000, out(X, Reconnecting)),
        (1_060, leaves(SipTimer, X, Y, false)),
        (1_060, Event::LoginBegun { site: Y, ends: at(1_070) }),
        (1_070, up(Y)),
    ];
    let stayed = [(1_000, out(X, Reconnecting)), (1_100, up(X))];
    let mut records = agent(&model, 0, &moved);
    records.extend(agent(&model, 1, &stayed));
    let (results, _) = measure(&model, &records);
    assert_eq!((results.windows.number, results.windows.shown.len()), (1, 1));
    let window = &results.windows.shown[0];
    let onset = window.onset.expect("the fault");
    assert_eq!((onset.incident, onset.over, onset.at), (0, false, at(1_000)));
    // Busy from 1,000 to 1,100 s; a margin of a twelfth at each side.
    assert_eq!((window.from, window.to, window.step), (at(992), at(1_109), Span::from_secs(1)));
    assert_eq!(window.lost.0, (70 + 100) * 1_000_000_000);
    // Levels in fifths of a second: 585 of them.
    assert_eq!(window.level_step, Span::from_millis(200));
    let level = |second: usize| window.all.lowest[5 * (second - 992)];
    assert_eq!([999, 1_000, 1_069, 1_070, 1_099, 1_100].map(level), [2, 0, 0, 1, 1, 2]);
    let [x, y] = &window.sites[..] else { panic!("two sites") };
    assert_eq!((x.in_service.before(), x.in_service.least(), x.in_service.most()), (2, 0, 2));
    assert_eq!((y.in_service.before(), y.in_service.most(), y.logins[1_060 - 992]), (0, 1, 1));
    assert_eq!(y.switchovers_to.iter().sum::<u64>(), 1);
    assert!(y.has_load() && !x.has_load());
}

#[test]
fn the_worst_of_each_fault_comes_before_more_of_the_same() {
    let starts = [1_000, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000, 70_000];
    let mut model = faulty(&starts);
    // All but the last, which does least, are the same fault again.
    let times = starts.len() as u32 - 1;
    model.faults.truncate(1);
    model.faults[0].schedule = switchover::model::Schedule::Scripted {
        at: at(1_000),
        down: Span::from_secs(100),
        up: Span::from_secs(8_900),
        times,
    };
    down(&mut model, Target::Path(LocationId(0), Y, Planes::Both), 70_000, 70_001);
    let spells: Vec<(i64, Event)> = (0..i64::from(times))
        .flat_map(|n| [(1_000 + n * 9_000, out(X, Reconnecting)), (1_050 + n * 9_000 + n, up(X))])
        .chain([(70_000, out(X, Reconnecting)), (70_001, up(X))])
        .collect();
    let mut records = agent(&model, 0, &spells);
    records.extend(agent(&model, 1, &[]));
    let (results, _) = measure(&model, &records);
    assert_eq!((results.windows.number, results.windows.shown.len()), (8, 6));
    let onsets = results.windows.shown.iter().map(|window| window.onset.expect("a fault").at);
    let kept = [19_000, 28_000, 37_000, 46_000, 55_000, 70_000].map(at);
    assert!(onsets.eq(kept), "{:?}", results.windows.shown);
}

#[test]
fn the_stretch_with_the_most_logins_is_shown_though_least_is_lost_in_it() {
    let starts: Vec<i64> = (0..8).map(|n| 1_000 + n * 9_000).collect();
    let mut model = faulty(&[]);
    for start in &starts {
        down(&mut model, Target::Path(LocationId(0), X, Planes::Both), *start, start + 100);
    }
    // Both agents log in at once after the fourth, shortest of all.
    let spells = |n: i64| if n == 3 { 1 } else { 50 + n };
    let story = |both: bool| -> Vec<(i64, Event)> {
        let faults = (0..).zip(&starts).filter(|(n, _)| both || *n == 3);
        let each = faults.flat_map(|(n, start)| {
            let back = start + spells(n);
            let login = Event::LoginBegun { site: X, ends: at(back) };
            [(*start, out(X, Reconnecting)), (*start, login), (back, up(X))]
        });
        each.collect()
    };
    let mut records = agent(&model, 0, &story(true));
    records.extend(agent(&model, 1, &story(false)));
    let (results, _) = measure(&model, &records);
    assert_eq!((results.windows.number, results.windows.shown.len()), (8, 6));
    let onsets = results.windows.shown.iter().map(|window| window.onset.expect("a fault").at);
    let kept = [starts[2], starts[3], starts[4], starts[5], starts[6], starts[7]].map(at);
    assert!(onsets.eq(kept), "{:?}", results.windows.shown);
    let most = results.windows.shown.iter().flat_map(|window| &window.sites[0].logins).max();
    assert_eq!(most, Some(&2));
}

#[test]
fn a_run_in_which_nothing_happened_is_one_window() {
    let model = faulty(&[]);
    let mut records = agent(&model, 0, &[]);
    records.extend(agent(&model, 1, &[]));
    let (results, _) = measure(&model, &records);
    assert_eq!(results.windows.number, 0);
    let window = &results.windows.shown[0];
    assert_eq!((window.from, window.to, window.onset), (at(0), model.horizon, None));
    assert!(!window.all.is_stirred() && window.all.least() == 2);
}

/// In a run of ten years a slot of the grid is two minutes, which no picture may be late by.
#[test]
fn in_a_run_of_years_a_level_changes_when_the_agent_does() {
    let mut model = faulty(&[1_376_534]);
    model.horizon = at(3_650 * 86_400);
    let moved = [(1_376_534, out(X, Reconnecting)), (1_376_684, up(X))];
    let mut records = agent(&model, 0, &moved);
    records.extend(agent(&model, 1, &[]));
    let (results, _) = measure(&model, &records);
    assert_eq!(results.grid.width(), Span::from_secs(120));
    let window = &results.windows.shown[0];
    // Nine slots in steps of two seconds; 1,376,534 is 14 s behind the begin of a slot.
    assert_eq!((window.from, window.level_step), (at(11_468 * 120), Span::from_secs(2)));
    let level = |second: usize| window.all.lowest[(second - 11_468 * 120) / 2];
    let levels = [1_376_533, 1_376_534, 1_376_683, 1_376_684].map(level);
    assert_eq!(levels, [2, 1, 1, 2]);
}

/// Nobody comes back: the picture goes on to the end of the run, which is near.
#[test]
fn a_loss_that_stays_is_shown_to_the_end_of_its_fault() {
    let mut model = faulty(&[]);
    model.horizon = at(60);
    down(&mut model, Target::Path(LocationId(0), X, Planes::Both), 10, 100);
    let mut records = agent(&model, 0, &[(10, out(X, Reconnecting))]);
    records.extend(agent(&model, 1, &[]));
    let (results, _) = measure(&model, &records);
    let window = &results.windows.shown[0];
    assert_eq!((window.from, window.to), (at(7), at(60)));
}
