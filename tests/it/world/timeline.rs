//! Timelines against a list of the values at every instant.

use proptest::prelude::*;
use switchover::time::{Span, Time};
use switchover::world::Timeline;

/// Instants 0 to 39 are looked at.
const END: i64 = 40;

fn changes() -> impl Strategy<Value = Vec<(Time, u8)>> {
    prop::collection::vec((0..END, 0..3u8), 0..12).prop_map(|mut changes| {
        changes.sort_by_key(|change| change.0);
        changes.into_iter().map(|(at, value)| (Time(at), value)).collect()
    })
}

/// The value at every instant, by walking.
fn walk(initial: u8, changes: &[(Time, u8)]) -> Vec<u8> {
    let at = |t| changes.iter().rev().find(|(at, _)| at.0 <= t).map_or(initial, |c| c.1);
    (0..END).map(at).collect()
}

proptest! {
    #[test]
    fn questions_agree_with_walking(initial in 0..3u8, changes in changes(), last in 0..END) {
        let (timeline, values) = (Timeline::new(initial, changes.clone()), walk(initial, &changes));
        let lawful = timeline.changes().windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 != w[1].1);
        prop_assert!(lawful);
        for t in 0..END {
            let here = t as usize;
            let now = values[here];
            prop_assert_eq!(timeline.at(Time(t)), now);
            let next = (t..END).find(|&u| values[u as usize] != now).map_or(Time::NEVER, Time);
            prop_assert_eq!(timeline.next_change(Time(t)), next);
            let first = (t..END).find(|&u| values[u as usize] == 2).map(Time);
            prop_assert_eq!(timeline.first(Time(t), |v| v == 2), first);
            let until = first.filter(|f| f.0 <= last);
            prop_assert_eq!(timeline.first_until(Time(t), Time(last), |v| v == 2), until);
            let broken = (0..=t).rev().find(|&u| values[u as usize] == 2);
            let since = (broken != Some(t)).then_some(Time(broken.map_or(0, |u| u + 1)));
            prop_assert_eq!(timeline.since(Time(t), |v| v != 2), since);
        }
        let twos = values[..last as usize].iter().filter(|&&v| v == 2).count();
        prop_assert_eq!(timeline.total(Time(last), |v| v == 2), Span(twos as i64));
    }

    #[test]
    fn joining_joins_every_instant(
        (a, b) in (0..3u8, 0..3u8),
        (mine, theirs) in (changes(), changes()),
    ) {
        let joined = Timeline::new(a, mine.clone())
            .zip(&Timeline::new(b, theirs.clone()), |x, y| x.max(y));
        let values = walk(a, &mine).into_iter().zip(walk(b, &theirs)).map(|(x, y)| x.max(y));
        for (t, value) in (0..).zip(values) {
            prop_assert_eq!(joined.at(Time(t)), value);
        }
        prop_assert!(joined.changes().windows(2).all(|w| w[0].1 != w[1].1));
    }

    #[test]
    fn down_times_overlap_and_adjoin(
        mut downs in prop::collection::vec((0..END, 0..10i64), 0..8),
        horizon in 1..END,
    ) {
        downs.sort_unstable();
        let spells = downs.iter().map(|&(from, long)| (Time(from), Time(from + long)));
        let timeline = Timeline::up_but_for(spells, Time(horizon));
        for t in 0..horizon {
            let down = downs.iter().any(|&(from, long)| (from..from + long).contains(&t));
            prop_assert_eq!(timeline.at(Time(t)), !down);
        }
        prop_assert!(timeline.changes().iter().all(|change| change.0 < Time(horizon)));
    }
}
