//! The books of calls: by hand on a small day, conserved on random ones, and the same callers with and without a fault.

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use switchover::calls::{self, Cell, Draws, Fate, Outcome, ShareOf, Staff, Tally};
use switchover::distribution::Law;
use switchover::model::{Arrivals, Model, Patience, Queue, Redial, ServiceLevel, SiteId, Target};
use switchover::random::RandomNumbers;
use switchover::simulation::{self, Simulation};
use switchover::time::Span;

use super::agree::over_days;
use super::days::{Day, END, Table, queue};
use crate::builder::{at, base, down, exponential, populate, s};

const WITHIN: Span = s(5);
const INTERVAL: Span = s(15);

fn tallied(day: Day) -> (Vec<Outcome>, Tally) {
    let Day { queues, staff, callers } = day;
    let within = vec![WITHIN; queues.len()];
    let tally = Tally::new(within, &staff, INTERVAL, at(END));
    let listed = calls::Day::new(&queues, &staff, (callers.clone(), vec![]), at(END)).live().0;
    (listed, calls::Day::new(&queues, &staff, (callers, tally), at(END)).live().0)
}

fn conserved(cell: &Cell) -> bool {
    let fates = cell.answered + cell.abandoned + cell.lost + cell.blocked + cell.waiting;
    let taken = cell.taken_in_time <= cell.taken && cell.taken <= cell.offered;
    cell.offered == fates && taken && cell.lost_talking <= cell.lost
}

fn balanced(day: Day) -> TestCaseResult {
    let queues = day.queues.clone();
    let (listed, tally) = tallied(day);
    for (number, queue) in queues.iter().enumerate() {
        let own: Vec<&Outcome> = listed.iter().filter(|it| it.queue as usize == number).collect();
        prop_assert!(tally.cells(number).iter().all(conserved));
        let total = tally.total(number);
        prop_assert!(conserved(&total));
        let fates = |fate| own.iter().filter(|it| it.fate == fate).count() as u64;
        prop_assert_eq!(total.offered, own.len() as u64);
        prop_assert_eq!(total.lost, fates(Fate::Lost));
        prop_assert_eq!(total.abandoned, fates(Fate::Abandoned));
        prop_assert_eq!(total.blocked, fates(Fate::Blocked));
        let wait = |it: &&Outcome| (it.answered.unwrap_or(it.ended) - it.offered).0;
        prop_assert_eq!(total.wait, own.iter().map(|it| i128::from(wait(it))).sum::<i128>());
        prop_assert_eq!(total.longest_wait.0, own.iter().map(wait).max().unwrap_or(0));
        let most = i128::from(INTERVAL.0) * 5;
        prop_assert!(
            tally.hours(&queue.groups).iter().all(|it| it.in_service <= most && it.busy <= most)
        );
    }
    Ok(())
}

#[test]
fn books_balance_in_every_interval() {
    over_days(22, 2000, balanced);
}

/// One agent and six callers.
fn a_small_day(queue: &Queue) -> Day {
    use switchover::calls::{CallerTraits, Change, StaffEvent};
    let mind = |handling, after, patience| {
        [CallerTraits { site: 0, handling: s(handling), after: s(after), patience, redial: None };
            3]
    };
    let callers = vec![
        (at(0), mind(10, 5, Span::NEVER)),
        (at(4), mind(20, 0, Span::NEVER)),
        (at(5), mind(10, 0, s(3))),
        (at(16), mind(10, 0, s(12))),
        (at(50), mind(30, 0, Span::NEVER)),
        (at(59), mind(30, 0, Span::NEVER)),
    ];
    let there = |when, site| Change { at: at(when), what: StaffEvent::Agent { agent: 0, site } };
    let changes = vec![there(0, Some(SiteId(0))), there(45, None), there(48, Some(SiteId(0)))];
    let staff = Staff { sites: 1, groups: vec![0], changes };
    Day { queues: vec![queue.clone()], staff, callers: Table::new(vec![callers]) }
}

#[test]
fn a_small_day_by_hand() {
    let queue = queue("q");
    let (_, tally) = tallied(a_small_day(&queue));
    // 0 is taken at once; 4 waits until 15; 5 gives up at 8; 16 gives up at 28; 50 is taken at once; 59 waits.
    let total = tally.total(0);
    let expected = Cell {
        offered: 6,
        answered: 3,
        abandoned: 2,
        waiting: 1,
        taken: 3,
        taken_in_time: 2,
        abandoned_in_time: 1,
        wait_taken: i128::from(s(11).0),
        wait: i128::from(s(11 + 3 + 12 + 1).0),
        longest_wait: s(12),
        ..Cell::default()
    };
    assert_eq!(total, expected);
    let offered: Vec<u64> = tally.cells(0).iter().map(|cell| cell.offered).collect();
    assert_eq!(offered, [3, 1, 0, 2]);
    let level = |of| total.service_level(of).unwrap();
    let of = [ShareOf::Offered, ShareOf::Taken, ShareOf::OfferedLessQuick, ShareOf::Virtual];
    assert_eq!(of.map(level), [2.0 / 6.0, 2.0 / 3.0, 2.0 / 5.0, 2.0 / 6.0]);
    assert_eq!(total.answer_speed_s(), Some(11.0 / 3.0));
    let hours = tally.hours(&queue.groups);
    let seconds = |nanoseconds: i128| (nanoseconds / 1_000_000_000) as i64;
    let hours: Vec<(i64, i64)> =
        hours.iter().map(|it| (seconds(it.in_service), seconds(it.busy))).collect();
    assert_eq!(hours, [(15, 15), (15, 15), (15, 5), (12, 10)]);
    assert_eq!(Cell::default().service_level(ShareOf::Offered), None);
    assert_eq!(Cell::default().answer_speed_s(), None);
}

/// The agent is free for who came at 5 and at 16 at 35, when the call that came at 4 is over.
#[test]
fn who_gave_up_and_would_have_been_taken_in_time() {
    for (within, missed, level) in [(18, 0, 3.0), (19, 1, 4.0), (29, 1, 4.0), (30, 2, 5.0)] {
        let level_of = ServiceLevel { within: s(within), of: ShareOf::Virtual, target: 0.8 };
        let Day { queues, staff, callers } = a_small_day(&Queue { level: level_of, ..queue("q") });
        let tally = Tally::new(vec![s(within)], &staff, s(15), at(END));
        let (tally, _) = calls::Day::new(&queues, &staff, (callers, tally), at(END)).live();
        let total = tally.total(0);
        assert_eq!(total.missed_in_time, missed, "{within}");
        assert_eq!(total.service_level(ShareOf::Virtual), Some(level / 6.0));
        let came: Vec<u64> = tally.cells(0).iter().map(|cell| cell.missed_in_time).collect();
        assert_eq!(came[..2], [missed / 2, u64::from(missed > 0)]);
    }
}

/// Forty agents at home at site X, and 20 calls per minute of three minutes, two thirds of them from there.
fn centre(outage: bool) -> Model {
    let mut model = base();
    populate(&mut model, 80);
    model.horizon = at(7200);
    if outage {
        down(&mut model, Target::Site(SiteId(0)), 3600, 5400);
    }
    model
}

fn run(model: &Model, random: RandomNumbers) -> (Vec<Outcome>, Cell) {
    let queues = [Queue {
        arrivals: Arrivals::constant(1200.0),
        handling: exponential(180.0),
        after_call: Law::Constant(s(20)),
        patience: Patience { never: 0.05, law: Some(exponential(120.0)) },
        redial: Some(Redial { share: 0.5, delay: exponential(300.0) }),
        entry: vec![2.0 / 3.0, 1.0 / 3.0],
        ..queue("q")
    }];
    let simulation = Simulation::new(model, random).unwrap();
    let staff = simulation::staff(model, &simulation).unwrap();
    let draws = || Draws::new(&queues, random, model.horizon);
    let listed = calls::Day::new(&queues, &staff, (draws(), vec![]), model.horizon).live().0;
    let tally = Tally::new(vec![s(20)], &staff, s(900), model.horizon);
    let tally = calls::Day::new(&queues, &staff, (draws(), tally), model.horizon).live().0;
    (listed, tally.total(0))
}

#[test]
fn an_outage_costs_calls_of_the_same_callers() {
    for replication in 0..5 {
        let random = RandomNumbers { seed: 3, replication };
        let [(with, total), (without, usual)] =
            [true, false].map(|outage| run(&centre(outage), random));
        let first = |calls: &[Outcome]| {
            let first = calls.iter().filter(|it| it.attempt == 0);
            let mut first: Vec<_> = first.map(|it| (it.caller, it.offered)).collect();
            first.sort();
            first
        };
        assert_eq!(first(&with), first(&without));
        let before = |calls: &[Outcome]| {
            let mut before: Vec<Outcome> =
                calls.iter().filter(|it| it.ended < at(3600)).copied().collect();
            before.sort();
            before
        };
        assert_eq!(before(&with), before(&without));
        assert_eq!(usual.lost, 0);
        // About sixty talk at once; who calls at the dead site within 32 s is lost too.
        assert!(total.lost_talking > 40 && total.lost > total.lost_talking, "{total:?}");
        assert!(total.redialled > usual.redialled + 20);
        assert!(total.abandoned > usual.abandoned);
    }
}
