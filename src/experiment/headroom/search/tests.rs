//! The search on made-up measures, whose answers are known or found by trying everything.

use std::convert::Infallible;

use super::*;
use crate::experiment::headroom::Measured;
use crate::statistics::{Estimate, Interval, Method};

/// A value with an interval of this width on both sides; 0: there is none.
fn tried(position: u64, value: f64, half: f64) -> Tried {
    let interval = (half > 0.0).then(|| Interval::around(value, half));
    let method = if half > 0.0 { Method::T } else { Method::TooFew };
    let estimate = Estimate { value: Some(value), interval, level: 0.95, count: 9, method };
    Tried { position, measured: Measured::of(estimate), same: false }
}

/// An edge without intervals.
fn edge(side: Side, at: u64) -> Finding {
    Finding::Edge(Edge { side, at, confident: None })
}

/// Searches the measure `of` on 0..count, and says how many values were made.
fn searched(count: u64, (bound, half): (Bound, f64), of: impl Fn(u64) -> f64) -> (Finding, usize) {
    let quarters = [0, 1, 2, 3, 4].map(|quarter| (count - 1) * quarter / 4);
    let mut made = Vec::new();
    let found = search(&quarters, bound, |position| {
        assert!(!made.contains(&position), "{position} is made twice");
        made.push(position);
        Ok::<_, Infallible>(tried(position, of(position), half))
    });
    let Ok((all, finding)) = found;
    assert!(all.is_sorted_by_key(|one| one.position));
    assert_eq!(all.len(), made.len());
    (finding, made.len())
}

#[test]
fn bisection_agrees_with_trying_everything() {
    for count in 2..40_u64 {
        for edge in 0..=count {
            for (side, bound, slope) in [
                (Side::From, Bound::AtMost(0.5), -1.0),
                (Side::UpTo, Bound::AtMost(0.5), 1.0),
                (Side::From, Bound::AtLeast(0.5), 1.0),
                (Side::UpTo, Bound::AtLeast(0.5), -1.0),
            ] {
                // It crosses the bound between `edge - 1` and `edge`.
                let of = |at: u64| 0.5 + slope * (at as f64 - edge as f64 + 0.5);
                let half = 2.2;
                let all: Vec<Tried> = (0..count).map(|at| tried(at, of(at), half)).collect();
                let kept = |test: Question| {
                    let kept = all.iter().filter(|one| test(one, bound)).map(|one| one.position);
                    match side {
                        Side::From => kept.min(),
                        Side::UpTo => kept.max(),
                    }
                };
                let broken = |one: &&Tried| !may_keep(one, bound);
                let breaks = all.iter().filter(broken).map(|one| one.position);
                let breaks = match side {
                    Side::From => breaks.max(),
                    Side::UpTo => breaks.min(),
                };
                let expected = match kept(keeps) {
                    None => Finding::Never,
                    Some(_) if all.iter().all(|one| keeps(one, bound)) => Finding::Always,
                    Some(at) => {
                        let confident = Confident { keeps: kept(surely_keeps), breaks };
                        Finding::Edge(Edge { side, at, confident: Some(confident) })
                    }
                };
                let (found, made) = searched(count, (bound, half), of);
                assert_eq!(found, expected, "{count} values, edge {edge}, {side:?}, {bound:?}");
                assert!(made <= 5 + 3 * 6, "{made} of {count}");
            }
        }
    }
}

#[test]
fn a_long_range_takes_few_values() {
    let (found, made) = searched(1_000_000, (Bound::AtMost(50.0), 0.0), |at| 1e6 / (at + 1) as f64);
    assert_eq!(found, edge(Side::From, 19_999));
    assert!(made <= 5 + 18, "{made}");
}

#[test]
fn a_measure_that_turns_has_no_single_answer() {
    let valley = |at: u64| (at as f64 - 50.0).abs();
    let found = |bound| searched(101, (bound, 0.0), valley).0;
    // Broken at both ends: nothing is safe.
    let turns = || vec![0, 25, 100];
    let nothing = Finding::NotMonotone { turns: turns(), safe: None };
    assert_eq!(found(Bound::AtMost(30.0)), nothing);
    // Kept at both: the upper end is reported, to the value.
    let safe = Some(Edge { side: Side::From, at: 80, confident: None });
    assert_eq!(found(Bound::AtLeast(30.0)), Finding::NotMonotone { turns: turns(), safe });
    assert_eq!(found(Bound::AtMost(60.0)), Finding::Always);
    // A dip that bisection meets on its way: certain beyond the edge, and broken again behind it.
    let dip = |at: u64| {
        if at == 31 {
            9.0
        } else if at >= 30 {
            1.0
        } else {
            5.0
        }
    };
    let met = searched(101, (Bound::AtMost(2.0), 0.0), dip).0;
    assert_eq!(met, edge(Side::From, 32));
}

#[test]
fn what_never_changes_is_no_edge() {
    let same = |value: f64| searched(101, (Bound::AtMost(2.0), 0.0), |_| value).0;
    assert_eq!(same(1.0), Finding::Unaffected(true));
    assert_eq!(same(3.0), Finding::Unaffected(false));
    let none = Estimate::too_few(None, 0.95, 9);
    let unmeasured = |position| {
        let known = tried(position, 1.0, 0.0);
        let measured = if position > 60 { Measured::of(none) } else { known.measured };
        Ok::<_, Infallible>(Tried { measured, ..known })
    };
    let Ok((_, found)) = search(&[0, 50, 100], Bound::AtMost(2.0), unmeasured);
    assert_eq!(found, Finding::Unmeasured(100));
}

#[test]
fn a_scenario_that_is_the_same_at_both_ends_is_tried_no_further() {
    let mut made = 0;
    let same = |position| {
        made += 1;
        Ok::<_, Infallible>(Tried { same: true, ..tried(position, 1.0, 0.0) })
    };
    let Ok((_, found)) = search(&[0, 50, 100], Bound::AtMost(2.0), same);
    assert_eq!((found, made), (Finding::Unaffected(true), 2));
}

/// A hump: the bound is broken from `from` up to `to`, and kept on both sides of it; the search meets it, for
/// one of the values that are tried first lies in it.
#[test]
fn a_hump_has_a_safe_side() {
    for count in 6..60_u64 {
        for from in 1..count - 1 {
            for to in from..count - 1 {
                let hump = |at: u64| if (from..=to).contains(&at) { 9.0 } else { 1.0 };
                let first = [0, 1, 2, 3, 4].map(|quarter| (count - 1) * quarter / 4);
                let (found, made) = searched(count, (Bound::AtMost(2.0), 0.0), hump);
                let Some(met) = first.into_iter().find(|at| (from..=to).contains(at)) else {
                    assert_eq!(found, Finding::Unaffected(true), "{from} to {to} of {count}");
                    continue;
                };
                let behind = first.into_iter().find(|at| *at > to).unwrap();
                let safe = Some(Edge { side: Side::From, at: to + 1, confident: None });
                let turns = vec![0, met, behind];
                let expected = Finding::NotMonotone { turns, safe };
                assert_eq!(found, expected, "{from} to {to} of {count}");
                assert!(made <= 5 + 6, "{made} of {count}");
            }
        }
    }
}

/// Kept at the lower end only, and once more further up: safe is what goes on from that end.
#[test]
fn the_lower_end_is_safe_where_the_upper_one_is_not() {
    let of = |at: u64| if at < 12 || (40..60).contains(&at) { 1.0 } else { 9.0 };
    let safe = Some(Edge { side: Side::UpTo, at: 11, confident: None });
    let expected = Finding::NotMonotone { turns: vec![0, 25, 50, 75], safe };
    assert_eq!(searched(101, (Bound::AtMost(2.0), 0.0), of).0, expected);
}

/// Whatever is made for the questions of the interval has to agree with the answer of the estimate.
#[test]
fn no_value_beyond_the_answer_breaks_the_bound() {
    // It falls, and jumps up at every seventh value.
    let of = |at: u64| 100.0 - at as f64 + if at % 7 == 3 { 5.0 } else { 0.0 };
    for bound in 3..97 {
        let bound = Bound::AtMost(f64::from(bound));
        let mut all = Vec::new();
        let found = search(&[0, 25, 50, 75, 100], bound, |position| {
            all.push(tried(position, of(position), 8.0));
            Ok::<_, Infallible>(tried(position, of(position), 8.0))
        });
        let Ok((_, found)) = found;
        let at = found.edge().unwrap().at;
        for one in all {
            assert!(one.position < at || keeps(&one, bound), "{bound:?}: {one:?}, {at}");
        }
    }
}

/// A run without end keeps neither kind of bound, and the search goes on.
#[test]
fn a_value_without_end_breaks_the_bound() {
    for edge_at in 1..=100_u64 {
        for bound in [Bound::AtMost(2.0), Bound::AtLeast(0.5)] {
            let of = |position| {
                let one = tried(position, 1.0, 0.0);
                let endless = Measured::endless(0.95);
                let measured = if position < edge_at { endless } else { one.measured };
                Ok::<_, Infallible>(Tried { measured, ..one })
            };
            let Ok((all, found)) = search(&[0, 25, 50, 75, 100], bound, of);
            assert_eq!(found, edge(Side::From, edge_at), "{bound:?}");
            assert_eq!(all[0].judged(bound), Outcome::Fail);
        }
    }
    // Everywhere: broken, and not the same, for nothing was measured.
    let nowhere = |position| {
        let one = tried(position, 1.0, 0.0);
        Ok::<_, Infallible>(Tried { measured: Measured::endless(0.95), ..one })
    };
    let Ok((_, found)) = search(&[0, 50, 100], Bound::AtMost(2.0), nowhere);
    assert_eq!(found, Finding::Never);
}
