//! What a run costs, counted in steps of its agents and never in seconds: it grows with faults
//! and the agents they hit, not with quiet time nor with the intervals of refreshes, retries and
//! probes.

use switchover::model::{Failback, LocationId, Model, Planes, Retry, SiteId, Style, Target};
use switchover::random::RandomNumbers;
use switchover::simulation::Simulation;
use switchover::time::Span;
use switchover::trace::{Record, Sink};

use crate::builder::{at, base, down, one_message_in, populate, s};

const DAY: i64 = 86_400;

/// Twenty agents and `faults` cuts of the path home, ten minutes each, one a day.
fn model(faults: i64) -> Model {
    let mut model = base();
    populate(&mut model, 20);
    model.horizon = at(100 * DAY);
    for day in 0..faults {
        let start = day * DAY + 3_600;
        let target = Target::Path(LocationId(0), SiteId(0), Planes::Both);
        down(&mut model, target, start, start + 600);
    }
    model
}

/// Nobody reads.
struct Nobody;

impl Sink for Nobody {
    fn record(&mut self, _: Record) {}
}

/// Steps taken by all agents, counterfactuals included.
fn steps(model: &Model) -> u64 {
    let run = Simulation::new(model, RandomNumbers { seed: 3, replication: 0 }).unwrap();
    run.agents(0..model.agents(), &mut Nobody).unwrap()
}

/// What it costs with an interval changed to each of some values, in seconds.
fn costs(intervals: &[i64], change: impl Fn(&mut Model, Span)) -> Vec<u64> {
    let cost = |seconds: &i64| {
        let mut model = model(10);
        change(&mut model, s(*seconds));
        steps(&model)
    };
    intervals.iter().map(cost).collect()
}

#[test]
fn quiet_time_costs_nothing() {
    let short = model(10);
    let mut long = short.clone();
    long.horizon = at(30_000 * DAY);
    assert_eq!(steps(&short), steps(&long));
}

#[test]
fn faults_cost_in_proportion() {
    let [none, ten, forty] = [0, 10, 40].map(|faults| steps(&model(faults)));
    assert!(none <= 20 * 3, "{none} steps of agents that nothing happens to");
    let ratio = (forty - none) as f64 / (ten - none) as f64;
    assert!((3.8..4.2).contains(&ratio), "{none}, {ten}, {forty}");
}

#[test]
fn agents_cost_in_proportion() {
    let mut more = model(10);
    populate(&mut more, 80);
    let ratio = steps(&more) as f64 / steps(&model(10)) as f64;
    assert!((3.8..4.2).contains(&ratio), "{ratio}");
}

/// REGISTERs that come to registrars with a capacity, of phones whose bindings last so many seconds: each takes
/// its place in the list of events.
fn registers(mut model: Model, expiry: i64) -> u64 {
    for site in &mut model.sites {
        site.registrar.limit = Some(one_message_in(Span::from_millis(20)));
    }
    let phone = &mut model.phones[0];
    (phone.expiry, phone.refresh) = (s(expiry), Span(s(expiry).0 / 10 * 9));
    phone.first_refresh = [None; 2];
    let run = Simulation::new(&model, RandomNumbers { seed: 3, replication: 0 }).unwrap();
    let seconds = run.traffic().registrars.iter().flat_map(|registrar| &registrar.seconds);
    seconds.map(|second| second.offered).sum()
}

#[test]
fn beside_a_capacity_too_only_faults_cost() {
    let mut long = model(10);
    long.horizon = at(30_000 * DAY);
    let [none, ten, forty] = [0, 10, 40].map(|faults| registers(model(faults), 240));
    assert_eq!((none, registers(long, 240)), (0, ten));
    // Twenty phones, ten faults: the first message after each, and the next ten refreshes.
    assert!((20 * 10 * 11..20 * 10 * 13).contains(&ten), "{ten}");
    let ratio = forty as f64 / ten as f64;
    assert!((3.9..4.1).contains(&ratio), "{ten}, {forty}");
    for expiry in [60, 120, 480] {
        let other = registers(model(10), expiry);
        assert!((0.8..1.3).contains(&(other as f64 / ten as f64)), "{expiry} s: {other}, {ten}");
    }
}

#[test]
fn intervals_a_thousand_times_shorter_do_not_cost_more() {
    let refreshes = |style| {
        costs(&[2, 8, 32, 128], |model, span| {
            let phone = &mut model.phones[0];
            (phone.style, phone.expiry, phone.refresh) = (style, span, Span(span.0 / 10 * 9));
            phone.first_refresh = [None; 2];
            // A binding that outlives a failed transaction: else its gaps are seen, and cost.
            phone.transaction_timeout = Span(span.0 / 20);
        })
    };
    let all = [
        ("refreshes of a dual phone", refreshes(Style::Dual)),
        (
            "refreshes of a failover phone",
            refreshes(Style::Failover { failback: Failback::Refresh }),
        ),
        (
            "probes home of a failover phone",
            costs(&[1, 10, 100, 1_000], |model, span| {
                model.phones[0].style = Style::Failover { failback: Failback::Every(span) };
            }),
        ),
        (
            "REGISTER retries",
            costs(&[1, 10, 100, 1_000], |model, span| {
                model.phones[0].retry = Retry::Fixed(span);
            }),
        ),
        (
            "rounds",
            costs(&[1, 10, 100, 1_000], |model, span| {
                model.profiles[0].retry_delay = vec![span];
                model.desktop.probe_interval = Some(s(10));
            }),
        ),
        (
            "restore probes",
            costs(&[1, 10, 100, 1_000], |model, span| {
                model.desktop.probe_interval = Some(span);
            }),
        ),
    ];
    for (what, costs) in all {
        let longest = costs.last().copied().unwrap_or_default();
        assert!(costs.iter().all(|cost| *cost <= 2 * longest), "{what}: {costs:?} steps");
    }
}
