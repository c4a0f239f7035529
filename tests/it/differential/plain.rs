//! Plain agents against the machine that every agent can be lived by: the same records, though in
//! another order, and the same measures.

use proptest::test_runner::{TestCaseError, TestCaseResult};
use switchover::agents::{Context, Plain};
use switchover::distribution::Law;
use switchover::measures::{Frame, Kept, Measures, Results, Totals};
use switchover::model::{
    Drain, Kind, Model, Pair, PairId, RestoreWhen, Retry, SiteId, Stages, Style,
};
use switchover::simulation::Simulation;
use switchover::time::{Span, Time};
use switchover::trace::{Event, Record, Sink};

use super::engine::{difference, lines};
use super::over_cases;
use super::sanity::LUCK;
use crate::builder::base;

/// Takes records in any order, or only in that of time.
struct Records {
    all: Vec<Record>,
    in_order: bool,
}

impl Sink for Records {
    fn record(&mut self, record: Record) {
        self.all.push(record);
    }

    fn in_order(&self) -> bool {
        self.in_order
    }
}

fn records(simulation: &Simulation, model: &Model, in_order: bool) -> Vec<Record> {
    let mut records = Records { all: Vec::new(), in_order };
    simulation.agents(0..model.agents(), &mut records);
    records.all
}

/// Results and rows; `in_order`: of a trace in order, read by the same measures.
fn measured(simulation: &Simulation, model: &Model, in_order: bool) -> (Results, Kept) {
    let frame = Frame::new(model, simulation.occurrences());
    let mut measures = Measures::new(&frame, Kept::default());
    if in_order {
        let all = records(simulation, model, true);
        all.into_iter().for_each(|record| measures.record(record));
    } else {
        simulation.agents(0..model.agents(), &mut measures);
    }
    let (totals, rows) = measures.into_parts();
    (Results::new(totals, &frame, simulation.world()), rows)
}

/// All cohorts of a model are plain.
fn plain(simulation: &Simulation, model: &Model) -> bool {
    model.cohorts.iter().all(|cohort| {
        let cx = Context::new(model, simulation.world(), LUCK, cohort);
        Plain::new(&cx).is_some()
    })
}

/// The measures of agents before `cut` and of those from it on, put together.
fn in_two(simulation: &Simulation, model: &Model, cut: u32) -> Results {
    let frame = Frame::new(model, simulation.occurrences());
    let mut whole = Totals::new(&frame);
    for range in [0..cut, cut..model.agents()] {
        let mut measures = Measures::new(&frame, ());
        simulation.agents(range, &mut measures);
        whole.merge(measures.into_parts().0);
    }
    Results::new(whole, &frame, simulation.world())
}

/// What [`Sink::in_order`] promises to those who can do without: records of phones first, by
/// registration and time, then the others by time but for the ends of ghosts.
fn lawfully_out_of_order(records: &[Record]) -> bool {
    let phone = |record: &Record| match record.event {
        Event::RegistrationFailed { site }
        | Event::Registered { site }
        | Event::BindingEnded { site } => Some((site, false)),
        Event::StaleBegun { site } | Event::StaleEnded { site } => Some((site, true)),
        _ => None,
    };
    let by_agent = |one: &Record, other: &Record| one.agent == other.agent;
    records.chunk_by(by_agent).all(|all| {
        let first = all.iter().take_while(|record| phone(record).is_some()).count();
        let (phones, desktop) = all.split_at(first);
        let alike = |one: &Record, other: &Record| phone(one) == phone(other);
        let by_time = |records: &[&Record]| records.is_sorted_by_key(|record| record.at);
        let ghost = |record: &&Record| matches!(record.event, Event::GhostEnded { .. });
        let rest: Vec<_> = desktop.iter().filter(|record| !ghost(record)).collect();
        let runs = || phones.chunk_by(alike).map(|run| run.iter().collect::<Vec<_>>());
        rest.iter().all(|record| phone(record).is_none())
            && runs().count() <= 4
            && runs().all(|run| by_time(&run))
            && by_time(&rest)
    })
}

fn agree(model: &Model, simulation: &Simulation) -> TestCaseResult {
    let ways = [false, true].map(|in_order| lines(&records(simulation, model, in_order)));
    if let Some(text) = difference(&ways[0], &ways[1]) {
        return Err(TestCaseError::fail(text));
    }
    let [plain, whole] = [false, true].map(|in_order| measured(simulation, model, in_order));
    proptest::prop_assert_eq!(&plain, &whole);
    for cut in 0..=model.agents() {
        proptest::prop_assert_eq!(&in_two(simulation, model, cut), &whole.0, "cut at {}", cut);
    }
    Ok(())
}

#[test]
fn plain_agents_live_the_same_lives() {
    over_cases(20, 4000, |case| {
        let model = case.plain().model();
        let simulation = Simulation::new(&model, LUCK);
        proptest::prop_assert!(plain(&simulation, &model), "not plain");
        proptest::prop_assert!(lawfully_out_of_order(&records(&simulation, &model, false)));
        agree(&model, &simulation)
    });
}

#[test]
fn plain_agents_beside_others_live_the_same_lives() {
    over_cases(21, 2000, |case| {
        let model = case.model();
        agree(&model, &Simulation::new(&model, LUCK))
    });
}

/// One change to a model of plain agents, and what it is.
type Change = (&'static str, fn(&mut Model));

#[test]
fn what_agents_must_not_have_to_be_plain() {
    let changes: [Change; 16] = [
        ("a desk phone", |model| model.phones[0].desk = true),
        ("a phone that follows", |model| model.phones[0].style = Style::Follow),
        ("back-off", |model| {
            let second = Span::from_secs(1);
            model.phones[0].retry = Retry::Backoff { none: second, some: second, cap: second };
        }),
        ("bindings that go with the pair", |model| model.policy.keep_bindings = false),
        ("a login capacity at home", |model| model.sites[0].login_gap = Some(Span(1))),
        ("a login capacity at the peer", |model| model.sites[1].login_gap = Some(Span(1))),
        ("no peer", |model| model.profiles[0].peer = None),
        ("a DR timer of no length", |model| model.profiles[0].dr_timeout = Span::ZERO),
        ("a phone timer of no length", |model| model.profiles[0].phone_timeout = Span::ZERO),
        ("a hold-down", |model| model.what_if.hold_down = Span(1)),
        ("restore jitter", |model| {
            model.what_if.restore_jitter = Some(Law::Constant(Span(1)));
        }),
        ("stages", |model| model.what_if.stages = Some(Stages { count: 2, step: Span(1) })),
        ("a cap", |model| model.what_if.switchovers_per_hour = Some(1)),
        ("a window", |model| {
            model.policy.restore_when = RestoreWhen::Window { from: Span(1), to: Span(2) };
        }),
        ("a Stat Server connection", |model| {
            let pair = Pair { kind: Kind::Stat, ..model.pairs[0].clone() };
            model.profiles[0].preferred.stat = Some(PairId(model.pairs.len() as u32));
            model.pairs.push(pair);
        }),
        ("a drain", |model| {
            let (at, hour) = (Time::from_secs(60), Span::from_secs(3_600));
            let name = "drain".into();
            model.drains.push(Drain { name, site: SiteId(0), at, grace: hour, lasts: hour });
        }),
    ];
    let is_plain = |model: &Model| plain(&Simulation::new(model, LUCK), model);
    assert!(is_plain(&base()));
    for (what, change) in changes {
        let mut model = base();
        change(&mut model);
        assert!(!is_plain(&model), "{what}");
    }
}
