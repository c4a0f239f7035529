//! Downtime, its causes, outages and their spread.

use switchover::trace::Cause::{NotReady, Phone, Reconnecting, Switching, Undetected};
use switchover::trace::Event;

use super::{X, Y, alone, out, secs, up};

#[test]
fn an_agent_that_nothing_touches_has_nothing_to_tell() {
    let (results, rows) = alone(&[]);
    assert_eq!(results.downtime().0, 0);
    assert_eq!(results.availability().to_string(), "1.000000000");
    assert!(results.outages.is_empty() && rows.outages.is_empty() && rows.moves.is_empty());
    assert_eq!(rows.agents.len(), 1);
    let counts = results.counts;
    let tally = (counts.registered, counts.failed, counts.probes, counts.rounds);
    assert_eq!(tally, (3, 2, 1, 4));
}

#[test]
fn every_second_has_its_cause() {
    let (results, rows) = alone(&[
        (100, out(X, Undetected)),
        (115, out(X, Reconnecting)),
        (175, Event::State { site: None, cause: Some(Switching) }),
        (180, out(Y, Switching)),
        (188, out(Y, NotReady)),
        (190, up(Y)),
        (300, up(X)),
    ]);
    let row = rows.agents[0];
    assert_eq!(row.by_cause.map(secs), [0, 15, 0, 0, 13, 60, 0, 2]);
    assert_eq!((secs(row.downtime), row.outages, secs(row.longest)), (90, 1, 90));
    assert_eq!(results.downtime().to_string(), "90.000000000");
    assert_eq!(results.availability().to_string(), "0.991000000");
    // Not at the preferred site from 175 to 300.
    assert_eq!(secs(row.away), 125);
    assert_eq!(rows.outages[0].cause, Reconnecting);
    assert_eq!(rows.outages[0].site, Some(X));
}

#[test]
fn the_largest_share_names_an_outage_and_the_first_of_equals_wins() {
    let cases = [
        ([(10, Undetected), (20, Phone), (30, Switching)], Undetected),
        ([(10, Phone), (20, Undetected), (31, Switching)], Undetected),
        ([(10, Undetected), (19, Phone), (30, Switching)], Phone),
    ];
    for ([a, b, c], cause) in cases {
        let events = [a, b, c].map(|(at, cause)| (at, out(X, cause)));
        let (results, rows) = alone(&[events[0], events[1], events[2], (35, up(X))]);
        assert_eq!(rows.outages[0].cause, cause);
        let spread = results.outages_by_cause[cause as usize].expect("one outage");
        assert_eq!((spread.count, secs(spread.max)), (1, 25));
    }
}

#[test]
fn an_open_outage_is_cut_counted_and_marked() {
    let (results, rows) = alone(&[(100, out(X, Phone)), (110, up(X)), (9_990, out(X, Phone))]);
    let lengths: Vec<_> =
        rows.outages.iter().map(|row| (secs(row.length()), row.censored)).collect();
    assert_eq!(lengths, [(10, false), (10, true)]);
    assert_eq!((results.counts.censored, results.outages.count()), (1, 2));
}

#[test]
fn an_agent_may_be_out_of_service_from_the_start() {
    let (results, rows) = alone(&[(0, out(X, Undetected)), (7, up(X))]);
    assert_eq!((rows.outages[0].site, secs(rows.outages[0].length())), (None, 7));
    assert_eq!(results.counts.agents_hit, 1);
}

#[test]
fn agents_on_the_timeline_add_up() {
    let (results, _) = alone(&[
        (3, out(X, Undetected)),
        (25, Event::State { site: None, cause: Some(Switching) }),
        (37, out(Y, Switching)),
        (41, up(Y)),
    ]);
    // Bins of 15 s.
    let at = |totals: &[i128], bin: usize| totals[bin] / 1_000_000_000;
    let four = |totals: &[i128]| [0, 1, 2, 3].map(|bin| at(totals, bin));
    let (x, y) = (&results.sites[0], &results.sites[1]);
    assert_eq!(four(&x.timeline.in_service), [3, 0, 0, 0]);
    assert_eq!(four(&x.timeline.out), [12, 10, 0, 0]);
    assert_eq!(four(&results.nowhere.switching), [0, 5, 7, 0]);
    assert_eq!(four(&y.timeline.switching), [0, 0, 4, 0]);
    assert_eq!(four(&y.timeline.in_service), [0, 0, 4, 15]);
    assert_eq!(y.level.lowest[..4], [0, 0, 0, 1]);
    assert_eq!((x.level.least, x.level.most), (0, 1));
}
