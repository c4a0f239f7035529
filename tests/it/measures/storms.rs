//! Storms at a registrar with a capacity: what one fault has set off, worked out by hand; and when parts of the
//! world are not as usual.

use switchover::measures::{Frame, Results, State, StateRow, Subject, Totals};
use switchover::model::{Impairment, Model, PairId, RegistrarFault, Role, Target};
use switchover::simulation::Simulation;
use switchover::time::Span;

use super::{LUCK, X, measure};
use crate::builder::{at, base, down, s};

/// The results of a run, as far as they are about the world and what came to registrars.
fn results(model: &Model) -> Results {
    let simulation = Simulation::new(model, LUCK).unwrap();
    let frame = Frame::new(model, simulation.occurrences());
    Results::new(Totals::new(&frame), &frame, (simulation.world(), simulation.traffic()))
}

/// Ten phones whose refresh at X is due at 610, while the path is cut from 600 to 700. Over TCP a transaction lasts
/// 4 s and the wait after it 10 s, so all ask at 610 + 14 k: at 708 again. X serves one a second: those whose
/// turn comes up to 712 are answered, the other five time out, and their messages are served all the same, until
/// 718. They ask again at 722, and are answered from 722 to 726.
fn ten_at_once() -> Model {
    crate::cases::lasting(
        "1h",
        "phone = \"p\"\n[agent-group.b]\nagents = 9\nphone = \"p\"\n\
         [phone.p]\ntransport = \"tcp\"\nexpiry = \"3600s\"\ntransaction-timeout = \"4s\"\n\
         retry = \"10s\"\nfirst-refresh-preferred = \"610s\"\nfirst-refresh-peer = \"3000s\"\n\
         [site.X.registrar]\ncapacity = \"1/s\"\n\
         [[fault]]\nname = \"cut\"\ntarget = \"path office-X sip\"\nat = \"10m\"\nfor = \"100s\"\n\
         [[fault]]\nname = \"elsewhere\"\ntarget = \"path office-Y sip\"\nat = \"50m\"\nfor = \"10s\"\n",
    )
}

#[test]
fn what_one_fault_has_set_off() {
    let results = results(&ten_at_once());
    let [cut, elsewhere] = &results.storms[..] else { panic!("{:?}", results.storms) };
    assert_eq!((cut.name.as_str(), elsewhere.name.as_str()), ("cut", "elsewhere"));
    assert_eq!((cut.offered, cut.retransmitted, cut.served), (15, 0, 15));
    assert_eq!((cut.refused, cut.lost, cut.cut_off, cut.timed_out), (0, 0, 0, 5));
    assert_eq!((cut.served_peak, cut.retransmitted_peak, cut.refused_peak), (1, 0, 0));
    assert_eq!((cut.offered_peak, cut.queue_longest, cut.echo_peak), (10, 9, 0));
    let second = 1_000_000_000;
    assert_eq!((cut.wait_longest_s.0, cut.busy_longest_s.0), (9 * second, 10 * second));
    // From 708 to 727, with a break from 718 to 722.
    assert_eq!(cut.idle_after_longest_s.0, 19 * second);
    // Nobody registers at Y in that time, and Y has no capacity.
    assert_eq!((elsewhere.offered, elsewhere.busy_longest_s.0), (0, 0));
    let [own] = &results.registrars[..] else { panic!("{:?}", results.registrars) };
    assert_eq!((own.name.as_str(), own.offered, own.timed_out), ("X", 15, 5));
    assert_eq!((own.offered_peak, own.queue_longest), (10, 9));
}

/// The ten are refreshed again an interval after they were answered, one a second, each as the registrar is done
/// with the one before: it is busy for as long as it was, without a break.
#[test]
fn an_echo_that_keeps_the_registrar_busy() {
    let mut model = ten_at_once();
    model.horizon = at(7_200);
    let simulation = Simulation::new(&model, LUCK).unwrap();
    let storm = &simulation.traffic().registrars[0].storms[0];
    let [first, echo, ..] = &storm.waves[..] else { panic!("{storm:?}") };
    assert_eq!((first.busy, first.idle_after()), (s(10), s(19)));
    assert_eq!((echo.offered.total, echo.waiting, echo.wait), (10, 0, Span::ZERO));
    assert_eq!((echo.busy, echo.idle_after()), (s(5), s(19)));
}

/// Phones whose first refresh is scripted are in step from the start: ten at one instant are ten messages, also at a
/// registrar that is idle, and so are those of the next nine times; if their first refreshes are drawn, none is.
#[test]
fn scripted_refreshes_come_together() {
    let mut model = ten_at_once();
    model.faults.clear();
    model.phones.iter_mut().for_each(|phone| phone.transaction_timeout = s(32));
    model.horizon = at(36_000);
    let offered = |model: &Model| {
        let simulation = Simulation::new(model, LUCK).unwrap();
        let seconds = &simulation.traffic().registrars[0].seconds;
        (
            seconds.iter().map(|second| second.offered).sum::<u64>(),
            seconds.first().map(|it| it.waiting),
        )
    };
    assert_eq!(offered(&model), (100, Some(9)));
    model.phones.iter_mut().for_each(|phone| phone.first_refresh = [None; 2]);
    assert_eq!(offered(&model), (0, None));
}

/// Where every refresh is a message, those of quiet time, and those beyond the tenth echo, belong to no storm.
#[test]
fn usual_refreshes_are_no_part_of_a_storm() {
    let mut model = ten_at_once();
    model.sites[0].registrar.limit.as_mut().unwrap().every_refresh = true;
    model.horizon = at(200_000);
    let simulation = Simulation::new(&model, LUCK).unwrap();
    let own = &simulation.traffic().registrars[0];
    let [storm] = &own.storms[..] else { panic!("{:?}", own.storms) };
    assert_eq!(storm.waves.len(), 11);
    assert_eq!(storm.waves[0].offered.total, 15);
    assert!(storm.waves[1..].iter().all(|wave| wave.offered.total == 10), "{storm:?}");
    let in_storms: u64 = storm.waves.iter().map(|wave| wave.offered.total).sum();
    let all: u64 = own.seconds.iter().map(|second| second.offered).sum();
    assert!(all > in_storms + 400, "{all} {in_storms}");
    // In the numbers of the site they all are.
    assert_eq!(results(&model).registrars[0].offered, all);
}

/// With three places to wait in, one is served at once, three wait, and six are refused or lost in the same second.
/// Where X hangs from 710 to 720, two are served before and those that wait are cut off.
#[test]
fn what_is_refused_lost_and_cut_off() {
    let with = |change: &dyn Fn(&mut Model)| {
        let mut model = ten_at_once();
        model.horizon = at(717);
        change(&mut model);
        results(&model).registrars[0].clone()
    };
    let most = |model: &mut Model, rejects| {
        let limit = model.sites[0].registrar.limit.as_mut().unwrap();
        (limit.queue, limit.rejects) = (Some(3), rejects);
    };
    let refused = with(&|model: &mut Model| most(model, true));
    assert_eq!((refused.served, refused.refused, refused.refused_peak), (4, 6, 6));
    let lost = with(&|model: &mut Model| most(model, false));
    assert_eq!((lost.served, lost.lost, lost.lost_peak, lost.cut_off), (4, 6, 6, 0));
    let stopped = with(&|model: &mut Model| {
        down(model, Target::Registrar(X, RegistrarFault::Hangs), 710, 720)
    });
    assert_eq!((stopped.served, stopped.lost, stopped.cut_off), (2, 0, 8));
}

/// The run ends at 711, when three are served: the others have waited for 3 s, and nobody has timed out.
#[test]
fn a_storm_that_goes_on_at_the_horizon() {
    let mut model = ten_at_once();
    model.horizon = at(711);
    let results = results(&model);
    let cut = &results.storms[0];
    assert_eq!((cut.offered, cut.served, cut.timed_out, cut.queue_longest), (10, 3, 0, 9));
    let second = 1_000_000_000;
    assert_eq!((cut.wait_longest_s.0, cut.busy_longest_s.0), (3 * second, 3 * second));
    let simulation = Simulation::new(&model, LUCK).unwrap();
    let seconds = &simulation.traffic().registrars[0].seconds;
    let last = seconds.last().unwrap();
    assert_eq!((last.number, last.served, last.left), (710, 1, 7));
}

/// The last message of each of the two waves is served as the second begins that still counts.
#[test]
fn seconds_in_which_messages_wait() {
    let results = results(&ten_at_once());
    let queue = |from, to| StateRow {
        subject: Subject::Registrar(X),
        state: State::Queue,
        from: at(from),
        to: at(to),
    };
    let own = results.states.iter().filter(|row| row.state == State::Queue);
    assert_eq!(own.copied().collect::<Vec<_>>(), [queue(708, 718), queue(722, 727)]);
}

#[test]
fn parts_that_do_not_answer() {
    let mut model = base();
    let hangs = Target::Hang(PairId(0), Role::Primary);
    down(&mut model, hangs, 100, 200);
    down(&mut model, Target::Logins(X), 300, 400);
    down(&mut model, Target::Registrar(X, RegistrarFault::Hangs), 500, 600);
    down(&mut model, Target::Registrar(X, RegistrarFault::Refuses), 550, 700);
    down(&mut model, Target::Registrar(X, RegistrarFault::Slow), 650, 800);
    let delay = Some(switchover::distribution::Law::Constant(Span::from_secs(1)));
    model.faults.last_mut().unwrap().impairment = Impairment { loss: 0.0, delay };
    let row = |subject, state, from, to| StateRow { subject, state, from: at(from), to: at(to) };
    let (results, _) = measure(&model, &[]);
    let wanted = |row: &&StateRow| {
        matches!(row.subject, Subject::Logins(_) | Subject::Registrar(_) | Subject::Member(..))
    };
    let found: Vec<StateRow> = results.states.iter().filter(wanted).copied().collect();
    let registrar = Subject::Registrar(X);
    assert_eq!(
        found,
        [
            row(Subject::Logins(X), State::Down, 300, 400),
            row(registrar, State::Hangs, 500, 600),
            row(registrar, State::Refuses, 600, 700),
            row(registrar, State::Slow, 700, 800),
            row(Subject::Member(PairId(0), Role::Primary), State::Hangs, 100, 200),
        ]
    );
}
