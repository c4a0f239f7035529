//! The closed forms that the results themselves name: against the simulated world, against O3, and
//! that none is offered where a condition fails.

use switchover::closed_form::{About, Absent, Forms, in_one_run, over_replications};
use switchover::distribution::{Age, Law};
use switchover::faults::sample;
use switchover::model::{
    Drain, Fault, HostId, Hours, Laws, LocationId, Model, PairId, Planes, Role, Schedule, SiteId,
    Target,
};
use switchover::time::{Span, Time};
use switchover::world::World;

use super::{o3, random};
use crate::builder::{always, at, base, exponential, s};

const PATH: Target = Target::Path(LocationId(0), SiteId(0), Planes::Both);

/// The base model over an hour with faults of these targets and laws.
fn failing(faults: Vec<(&str, Vec<Target>, Law, Law)>) -> Model {
    let mut model = base();
    model.horizon = at(3_600);
    let fault = |(name, targets, failure, repair): (&str, Vec<Target>, Law, Law)| Fault {
        name: name.to_owned(),
        targets,
        schedule: Schedule::random(failure, repair),
        impairment: switchover::model::Impairment::default(),
    };
    model.faults = faults.into_iter().map(fault).collect();
    model
}

/// Incidents of every fault, and seconds down of the path, in a replication.
fn lived(model: &Model, replication: u64) -> (Vec<u64>, f64) {
    let occurrences = sample(model, random(replication));
    let number = |fault: usize| {
        let own = occurrences.iter().filter(|one| {
            matches!(one.source, switchover::faults::Source::Fault(id) if id.index() == fault)
        });
        own.count() as u64
    };
    let world = World::simulate(model, random(replication), &occurrences);
    let path = world.path(LocationId(0), SiteId(0));
    let down = path.cti.spells(model.horizon).filter(|spell| !spell.value);
    let down = down.map(|spell| (spell.to.min(model.horizon) - spell.from).as_secs_f64());
    ((0..model.faults.len()).map(number).collect(), down.sum())
}

fn reason(model: &Model, measure: &str) -> Absent {
    let forms = Forms::of(model);
    assert!(forms.known.iter().all(|form| form.measure != measure), "{measure} has a form");
    forms.absent.iter().find(|(name, _)| name == measure).expect("a reason").1
}

#[test]
fn the_simulated_world_agrees_with_the_forms() {
    let repairs = [
        exponential(20.0),
        always(20),
        Law::Uniform { lowest: s(5), highest: s(35) },
        Law::Gamma { shape: 0.5, mean: s(20) },
        Law::Lognormal { median: s(14), p95: s(60) },
    ];
    for repair in repairs {
        let processes = [Role::Primary, Role::Backup].map(|role| Target::Process(PairId(0), role));
        let crash = ("crash", processes.to_vec(), exponential(600.0), repair.clone());
        let mut model =
            failing(vec![("cut", vec![PATH], exponential(300.0), repair.clone()), crash]);
        model.horizon = at(100_000);
        let runs: Vec<(Vec<u64>, f64)> = (0..100).map(|k| lived(&model, k)).collect();
        let values = |name: &str| match name {
            "faults.cut.incidents" => Some(runs.iter().map(|run| run.0[0] as f64).collect()),
            "faults.crash.incidents" => Some(runs.iter().map(|run| run.0[1] as f64).collect()),
            "paths.l.x.cti.downtime_s" => Some(runs.iter().map(|run| run.1).collect()),
            _ => None,
        };
        let found = over_replications(&Forms::of(&model), values);
        assert_eq!(found.compared.len(), 3, "{found:?}");
        for one in found.compared {
            assert!(one.z.abs() < 4.0 && one.z != 0.0, "{repair:?}: {one:?}");
        }
    }
}

/// The form and its edge hold the exact mean of O3 between them, from short to long runs.
#[test]
fn the_edge_holds_the_exact_mean() {
    for horizon in [30, 100, 1_000, 100_000] {
        let mut model = failing(vec![("cut", vec![PATH], exponential(100.0), exponential(20.0))]);
        model.horizon = at(horizon);
        let forms = Forms::of(&model).known;
        let of = |about| forms.iter().find(|form| form.about == about).unwrap();
        let (incidents, down) = (of(About::Incidents), of(About::TimeDown));
        let exact = o3::mean_downtime(0.01, 0.05, horizon as f64);
        assert!(down.mean - down.edge < exact && exact < down.mean, "{down:?} {exact}");
        let failures = 0.01 * (horizon as f64 - exact);
        let most = incidents.mean + incidents.edge;
        assert!(incidents.mean < failures && failures < most, "{incidents:?} {failures}");
    }
}

#[test]
fn a_form_needs_failures_without_memory_laws_that_are_known_and_repairs_that_last() {
    let of = |failure, repair| failing(vec![("cut", vec![PATH], failure, repair)]);
    let both = |model: &Model, because| {
        for measure in ["faults.cut.incidents", "paths.l.x.cti.downtime_s"] {
            assert_eq!(reason(model, measure), because, "{measure}");
        }
    };
    let weibull = Law::Weibull { shape: 0.7, scale: s(300) };
    both(&of(weibull, always(20)), Absent::NotExponential);
    both(&of(always(300), always(20)), Absent::NotExponential);
    let mixed = Law::Empirical(vec![s(20), Span::ZERO]);
    both(&of(exponential(300.0), mixed), Absent::NoRepair);
    both(&of(exponential(300.0), always(0)), Absent::NoRepair);
    let mut fitted = of(exponential(300.0), always(20));
    let laws = Laws { failure: exponential(200.0), repair: always(10) };
    fitted.faults[0].schedule = Schedule::Random {
        failure: exponential(300.0),
        repair: always(20),
        sets: vec![laws],
        age: Age::New,
        when: None,
    };
    both(&fitted, Absent::Uncertain);
    let mut by_day = of(exponential(300.0), always(20));
    by_day.faults[0].schedule = Schedule::Random {
        failure: exponential(300.0),
        repair: always(20),
        sets: vec![],
        age: Age::New,
        when: Some(Hours::new(vec![(Time::ZERO, Time::from_secs(600))])),
    };
    both(&by_day, Absent::Hours);
}

#[test]
fn a_time_down_needs_one_fault_alone_and_no_backup() {
    let cut = |name| (name, vec![PATH], exponential(300.0), always(20));
    let path = "paths.l.x.cti.downtime_s";
    assert_eq!(reason(&failing(vec![cut("a"), cut("b")]), path), Absent::Several);
    let mut scripted = failing(vec![cut("a"), cut("b")]);
    scripted.faults[1].schedule = Schedule::Scripted { at: at(10), down: s(5), up: s(0), times: 1 };
    assert_eq!(reason(&scripted, path), Absent::Several);
    let location = Target::Location(LocationId(0), Planes::Cti);
    let both = failing(vec![("a", vec![PATH, location], exponential(300.0), always(20))]);
    assert_eq!(reason(&both, path), Absent::Several);
    // The phone's plane is hit by the path alone.
    let known = Forms::of(&both).known;
    assert!(known.iter().any(|form| form.measure == "paths.l.x.sip.downtime_s"), "{known:?}");

    let host = ("host", vec![Target::Host(HostId(0))], exponential(300.0), always(20));
    let pair = "pairs.sip-0-a.downtime_s";
    let mut model = failing(vec![host]);
    assert_eq!(reason(&model, pair), Absent::Backup);
    model.pairs[0].backup = None;
    let alone = Forms::of(&model);
    assert!(alone.known.iter().any(|form| form.measure == pair), "{alone:?}");
    let drain = Drain { name: "d".into(), site: SiteId(0), at: at(9), grace: s(1), lasts: s(9) };
    model.drains.push(drain);
    assert_eq!(reason(&model, pair), Absent::Several);
}

#[test]
fn no_mean_is_compared_that_is_not_near_a_normal_law_or_cut_at_the_end() {
    let because = |failure: f64, repair: Law, number: u64| {
        let model = failing(vec![("cut", vec![PATH], exponential(failure), repair)]);
        let runs: Vec<f64> = (0..number).map(|k| lived(&model, k).1).collect();
        let found = over_replications(&Forms::of(&model), |name| {
            name.starts_with("paths").then(|| runs.clone())
        });
        let of = |one: &&switchover::closed_form::NotCompared| one.measures[0].starts_with("paths");
        found.not_compared.iter().find(of).map(|one| one.because.clone())
    };
    let few = "fewer than 25 incidents are expected in all replications";
    assert_eq!(because(3_600.0, always(1), 20).as_deref(), Some(few));
    assert_eq!(because(3_600.0, always(1), 60), None);
    let uneven = Law::Lognormal { median: s(1), p95: s(30) };
    let skewed = "few long repairs make up most of the time, so that the mean of these replications is not near a normal law";
    assert_eq!(because(100.0, uneven, 20).as_deref(), Some(skewed));
    let cut = "the cut at the horizon is not small beside the standard error";
    assert_eq!(because(300.0, exponential(600.0), 100).as_deref(), Some(cut));
}

#[test]
fn the_number_of_one_run_is_compared_where_it_is_poisson() {
    let model = failing(vec![("cut", vec![PATH], exponential(900.0), always(1))]);
    let found = in_one_run(&Forms::of(&model), |_| Some(1));
    let one = &found.compared[0];
    // 3600 / 901 = 3.9956; P(N <= 1) = (1 + m) exp(-m) = 0.09190.
    assert!((one.expected - 3.995_560_488).abs() < 1e-8, "{one:?}");
    assert!((one.z + 1.498_612_11).abs() < 1e-8, "{one:?}");
    assert!((one.chance.unwrap() - 0.183_807).abs() < 1e-4, "{one:?}");
    let because = &found.not_compared[0].because;
    assert_eq!(because, "one run has no standard error for a time");
    let long = failing(vec![("cut", vec![PATH], exponential(900.0), always(60))]);
    let found = in_one_run(&Forms::of(&long), |_| Some(1));
    assert!(found.compared.is_empty());
    assert_eq!(
        found.not_compared[0].because,
        "the repairs are too long beside the times to failure for the number in one run to follow Poisson's law"
    );
}
