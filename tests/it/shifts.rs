//! Shifts worked out by hand, to the nanosecond: by the engine, by the reference, and in the measures.

use switchover::measures::{Frame, Kept, Measures, Results};
use switchover::model::{
    AgentId, Hours, LocationId, Model, Planes, Shift, ShiftId, SiteId, Target,
};
use switchover::random::RandomNumbers;
use switchover::simulation::{self, Simulation};
use switchover::time::{NANOS, Span};
use switchover::trace::{Cause, Event, Record};

use crate::builder::{at, base, down, populate, s};
use crate::differential::engine::{difference, lines};
use crate::reference;
use crate::support::trace;

use Cause::{NoSite, NotReady, Off, Reconnecting, Restoring, Switching, Undetected};

const LUCK: RandomNumbers = RandomNumbers { seed: 1, replication: 0 };

/// Agents of the worked timelines, on duty from one second to another; no refresh is due.
fn on_duty(agents: u32, shifts: &[(i64, i64)], spread: i64) -> Model {
    let mut model = base();
    populate(&mut model, agents);
    model.horizon = at(2000);
    model.phones[0].first_refresh = [Some(at(2000)), Some(at(2500))];
    let hours = Hours::new(shifts.iter().map(|(from, to)| (at(*from), at(*to))).collect());
    model.shifts = vec![Shift { text: String::new(), hours, spread: s(spread) }];
    model.cohorts[0].shifts = vec![ShiftId(0)];
    model
}

fn cut(model: &mut Model, site: u32, from: i64, to: i64) {
    down(model, Target::Path(LocationId(0), SiteId(site), Planes::Both), from, to);
}

fn lived(model: &Model) -> Vec<Record> {
    let records = simulation::trace(model, LUCK).unwrap();
    assert_eq!(difference(&lines(&records), &lines(&reference::run(model, LUCK).records)), None);
    records
}

/// Downtime of an agent by cause, in seconds.
#[track_caller]
fn costs(model: &Model, agent: u32, expected: &[(Cause, i64)]) -> Vec<Record> {
    let records = lived(model);
    let expected = expected.iter().map(|(cause, secs)| (*cause, secs * NANOS)).collect();
    let found = trace::downtime(&records, AgentId(agent), model.horizon);
    assert_eq!(found, expected, "{records:#?}");
    records
}

fn measured(model: &Model) -> (Results, Kept) {
    let simulation = Simulation::new(model, LUCK).unwrap();
    let frame = Frame::new(model, simulation.occurrences());
    let mut measures = Measures::new(&frame, Kept::default());
    simulation.agents(0..model.agents(), &mut measures).unwrap();
    let (totals, rows) = measures.into_parts();
    (Results::new(totals, &frame, (simulation.world(), simulation.traffic())), rows)
}

/// Comes at 100, logs in until 108, goes at 1000. Nothing of it is downtime, and 892 s are staffed.
#[test]
fn who_comes_and_goes_undisturbed_has_no_downtime() {
    let model = on_duty(1, &[(100, 1000)], 0);
    let records = costs(&model, 0, &[]);
    let states: Vec<_> = records
        .iter()
        .filter_map(|record| match record.event {
            Event::State { site, cause: None } => Some((record.at, site)),
            _ => None,
        })
        .collect();
    assert_eq!(states, [(at(0), None), (at(108), Some(SiteId(0))), (at(1000), None)]);
    let (results, rows) = measured(&model);
    assert_eq!((rows.agents[0].staffed, rows.agents[0].downtime), (s(892), Span::ZERO));
    assert_eq!(
        (results.availability().part, results.availability().whole),
        (892 * 1_000_000_000, 892 * 1_000_000_000)
    );
    assert_eq!((results.outages.count(), results.most_staffed), (0, 1));
    assert_eq!(results.not_staffed.iter().sum::<i128>(), 1108 * 1_000_000_000);
    assert_eq!(results.nowhere.in_service.iter().sum::<i128>(), 0);
    assert_eq!(results.sites[0].timeline.in_service.iter().sum::<i128>(), 892 * 1_000_000_000);
    assert_eq!((rows.agents[0].away, results.sites[0].peak_logins), (Span::ZERO, 1));
}

/// Three agents come at 100, are logged in at 108 and go at 1000. Those who are not staffed are in service nowhere.
#[test]
fn groups_count_those_who_are_not_staffed_apart() {
    let model = on_duty(3, &[(100, 1000)], 0);
    let steps = |model: &Model| -> Vec<_> {
        let (results, _) = measured(model);
        let each = results.groups[0].iter();
        each.map(|step| ((step.from - at(0)).0 / NANOS, step.out, step.away, step.not_staffed))
            .collect()
    };
    assert_eq!(steps(&model), [(0, 0, 0, 3), (108, 0, 0, 0), (1000, 0, 0, 3)]);
    // Out of reach from 990 on: noticed 15 s later, but out of service at once, until the shift ends.
    let mut lost = model;
    cut(&mut lost, 0, 990, 1200);
    assert_eq!(steps(&lost), [(0, 0, 0, 3), (108, 0, 0, 0), (990, 3, 0, 0), (1000, 0, 0, 3)]);
}

/// Who is on duty at the start is logged in, be it that the shift begins then.
#[test]
fn a_shift_that_holds_the_start_is_under_way() {
    let records = costs(&on_duty(1, &[(0, 500)], 60), 0, &[]);
    assert!(!records.iter().any(|record| record.event == Event::ShiftBegun), "{records:#?}");
    assert!(records.iter().any(|r| (r.at, r.event) == (at(500), Event::ShiftEnded)));
}

/// x is out of reach from 50 to 300: both members are tried in vain from 100 to 110, y answers at 120, login until
/// 128. The probe of 308 restores, login until 316.
#[test]
fn who_comes_while_home_is_lost_finds_the_peer() {
    let mut model = on_duty(1, &[(100, 1000)], 0);
    cut(&mut model, 0, 50, 300);
    costs(&model, 0, &[(NoSite, 20), (Switching, 8), (Restoring, 8)]);
    let (results, rows) = measured(&model);
    assert_eq!(rows.agents[0].staffed, s(900));
    // Nobody was there when the path was cut.
    assert_eq!(results.impacts[0].recovery.hit, 0);
    assert_eq!((rows.outages[0].from, rows.outages[0].site), (at(100), None));
    assert_eq!(rows.moves.len(), 1, "to have come to the peer is no move");
}

/// A login per second: the first goes straight on, the second waits from 100 to 101, the third to 102.
#[test]
fn who_waits_for_a_login_slot_is_out_of_service_from_there() {
    let mut model = on_duty(3, &[(100, 1000)], 0);
    model.sites[0].login_gap = Some(s(1));
    costs(&model, 0, &[]);
    costs(&model, 1, &[(Switching, 9)]);
    costs(&model, 2, &[(Switching, 10)]);
    let (results, rows) = measured(&model);
    assert_eq!(results.sites[0].queue.longest_wait, s(2));
    let staffed: Vec<_> = rows.agents.iter().map(|row| row.staffed).collect();
    assert_eq!(staffed, [s(892), s(900), s(900)]);
}

/// The path to x is cut from 900 to 1200, and the shift ends at 950: 15 s undetected, 35 s of rounds. The outage is
/// cut there; the logout reaches nobody. At 1500 the agent comes again.
#[test]
fn the_end_of_the_shift_ends_an_outage() {
    let mut model = on_duty(1, &[(100, 950), (1500, 1900)], 0);
    cut(&mut model, 0, 900, 1200);
    let records = costs(&model, 0, &[(Undetected, 15), (Reconnecting, 35)]);
    let site = SiteId(0);
    assert!(records.iter().any(|r| (r.at, r.event) == (at(950), Event::GhostBegun { site })));
    assert!(records.iter().any(|r| (r.at, r.event) == (at(1508), Event::GhostEnded { site })));
    let (results, rows) = measured(&model);
    assert_eq!((rows.outages[0].to, rows.outages[0].censored), (at(950), true));
    assert_eq!(results.impacts[0].recovery.hit, 1);
    assert_eq!(results.impacts[0].recovery.until(100), Some(s(50)));
    assert_eq!(rows.agents[0].staffed, s(842 + 392));
}

/// The power fails while nobody is there, and is back at 150: the desktop starts at 190.
#[test]
fn who_comes_without_power_waits_for_it() {
    let mut model = on_duty(1, &[(100, 1000)], 0);
    model.desktop.boot = crate::builder::always(40);
    down(&mut model, Target::Power(LocationId(0)), 50, 150);
    costs(&model, 0, &[(Off, 90), (Switching, 8)]);
    down(&mut model, Target::Power(LocationId(0)), 1200, 1300);
    costs(&model, 0, &[(Off, 90), (Switching, 8)]);
}

/// Not ready for 20 s after the login: part of signing in. After a loss it is not.
#[test]
fn the_first_ready_delay_is_part_of_signing_in() {
    let mut model = on_duty(1, &[(100, 1000)], 0);
    model.desktop.ready = crate::builder::always(20);
    costs(&model, 0, &[]);
    assert_eq!(measured(&model).1.agents[0].staffed, s(872));
    cut(&mut model, 0, 50, 300);
    let causes = [(NoSite, 20), (Switching, 8), (NotReady, 40), (Restoring, 8)];
    costs(&model, 0, &causes);
}

/// Arrivals lie within the spread, and each shift has draws of its own.
#[test]
fn arrivals_are_spread() {
    let model = on_duty(200, &[(100, 500), (1000, 1500)], 60);
    let records = lived(&model);
    let came = |from: i64, to: i64| {
        let begun = records.iter().filter(|record| record.event == Event::ShiftBegun);
        let within = begun.filter(|record| at(from) <= record.at && record.at < at(to));
        within.map(|record| record.at - at(from)).collect::<Vec<_>>()
    };
    let [first, second] = [came(100, 160), came(1000, 1060)];
    assert_eq!((first.len(), second.len()), (200, 200));
    assert_ne!(first, second);
    let mean = first.iter().chain(&second).map(|span| span.as_secs_f64()).sum::<f64>() / 400.0;
    assert!((mean - 30.0).abs() < 4.0 * 60.0 / (12.0f64 * 400.0).sqrt(), "{mean}");
}
