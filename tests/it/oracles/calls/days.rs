//! T4: days of eight hours that start empty and serve out their queue, against exact figures and against the published
//! results of another simulator (1000 days); and a day of changing staff.

use switchover::calls::{Change, Staff};
use switchover::model::{Arrivals, Patience, Piece, Queue};
use switchover::time::{Span, Time};

use super::{Count, agents, change, live, markov};
use crate::builder::{at, exponential, s};
use crate::closed_form::Estimate;

const HOUR: i64 = 3600;

fn hours(rates: &[f64]) -> Arrivals {
    let piece = |per_hour: &f64| Piece { lasts: s(HOUR), per_hour: *per_hour };
    let pieces = rates.iter().map(piece).collect();
    Arrivals { pieces, repeats: false, phase: Span::ZERO }
}

fn days(queue: &Queue, staff: &Staff, n: u64) -> Vec<Count> {
    let horizon = at(24 * HOUR);
    let count = Count::new(Time::ZERO, horizon);
    (0..n).map(|day| live(queue, staff, count.clone(), day, horizon)).collect()
}

fn of(days: &[Count], what: fn(&Count) -> f64) -> Estimate {
    Estimate::of(days.iter().map(what))
}

/// Fails unless two estimates, each with its own error, are within four of their standard errors.
#[track_caller]
fn alike(ours: Estimate, published: f64, error: f64) {
    let z = (ours.mean - published) / ours.error.hypot(error);
    assert!(z.abs() < 4.0, "{ours:?}, published {published} +/- {error}: z = {z}");
}

fn eight_hours() -> Queue {
    Queue { arrivals: hours(&[252.0; 8]), ..markov(0.0, 120.0, None) }
}

/// The standard error of a mean of 1000 days.
fn of_1000(sd: f64) -> f64 {
    sd / f64::sqrt(1000.0)
}

#[test]
fn t4_a_day_without_and_with_patience() {
    let patient = days(&eight_hours(), &agents(12), 300);
    alike(of(&patient, |it| it.in_time), 1816.158, of_1000(57.043));
    let asa = patient.iter().map(|it| (it.wait_s / 60.0 - 0.100681 * it.offered) / 2016.0);
    Estimate::of(asa).agrees(0.0);
    alike(of(&patient, |it| it.busy_s / 12.0 / 28_800.0), 0.695, 0.0012);
    let law = Some(exponential(60.0));
    let queue = Queue { patience: Patience { never: 0.0, law }, ..eight_hours() };
    let impatient = days(&queue, &agents(12), 300);
    of(&impatient, |it| it.abandoned).agrees(59.263218);
    alike(of(&impatient, |it| it.abandoned), 58.609, of_1000(15.295));
    alike(of(&impatient, |it| it.in_time), 1906.008, of_1000(35.828));
}

#[test]
fn t4_a_day_with_five_waiting_places() {
    let queue = Queue { waiting_places: Some(5), ..eight_hours() };
    let days = days(&queue, &agents(12), 300);
    of(&days, |it| it.blocked).agrees(18.863314);
    alike(of(&days, |it| it.blocked), 18.655, of_1000(9.831));
}

#[test]
fn t4_a_day_of_changing_staff_and_a_day_factor() {
    let staff = [4, 6, 8, 8, 8, 7, 8, 8, 6, 6, 4, 4, 4];
    let rates = [100., 150., 150., 180., 200., 150., 150., 150., 120., 100., 80., 70., 60.];
    let mut changes: Vec<Change> = vec![];
    let mut here = 0;
    for (hour, there) in (0..).zip(staff) {
        let when = at(hour * HOUR);
        changes.extend((here..there).map(|agent| change(when, agent, true)));
        changes.extend((there..here).map(|agent| change(when, agent, false)));
        here = there;
    }
    let staff = Staff { sites: 1, groups: vec![0; 8], changes };
    let queue = Queue {
        arrivals: hours(&rates),
        day_factor: Some(10.0),
        patience: Patience { never: 0.1, law: Some(exponential(1000.0)) },
        ..markov(0.0, 100.0, None)
    };
    let days = days(&queue, &staff, 1000);
    of(&days, |it| it.offered).agrees(1660.0);
    alike(of(&days, |it| it.offered), 1639.507, of_1000(513.189));
    alike(of(&days, |it| it.wait_s / 1660.0), 11.834, (13.608 - 10.060) / 2.0 / 1.645);
    alike(of(&days, |it| it.in_time / 1660.0), 0.853, (0.862 - 0.844) / 2.0 / 1.645);
    alike(of(&days, |it| it.abandoned / 1660.0), 0.0342, (0.0374 - 0.0311) / 2.0 / 1.645);
}
