//! What a run costs, counted in instants lived through and never in seconds: it grows with faults
//! and the agents they hit, not with quiet time nor with the intervals of refreshes, retries and
//! probes.

use switchover::model::{LocationId, Model, Planes, Retry, SiteId, Style, Target};
use switchover::random::Luck;
use switchover::simulation::Simulation;
use switchover::time::Span;
use switchover::trace::{Record, Sink};

use crate::builder::{at, base, down, populate, s};

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

/// Nobody reads; whether the records must come in order decides which machine lives the agents.
struct Nobody {
    in_order: bool,
}

impl Sink for Nobody {
    fn record(&mut self, _: Record) {}

    fn in_order(&self) -> bool {
        self.in_order
    }
}

/// Instants lived through by all agents, counterfactuals included: of the machine for all agents,
/// and of that for plain ones where it can be used.
fn instants(model: &Model) -> [u64; 2] {
    let run = Simulation::new(model, Luck { seed: 3, replication: 0 });
    [true, false].map(|in_order| run.agents(0..model.agents(), &mut Nobody { in_order }))
}

/// What it costs with an interval changed to each of some values, in seconds.
fn costs(intervals: &[i64], change: impl Fn(&mut Model, Span)) -> Vec<[u64; 2]> {
    let cost = |seconds: &i64| {
        let mut model = model(10);
        change(&mut model, s(*seconds));
        instants(&model)
    };
    intervals.iter().map(cost).collect()
}

#[test]
fn quiet_time_costs_nothing() {
    let short = model(10);
    let mut long = short.clone();
    long.horizon = at(30_000 * DAY);
    assert_eq!(instants(&short), instants(&long));
}

#[test]
fn faults_cost_in_proportion() {
    let costs = [0, 10, 40].map(|faults| instants(&model(faults)));
    for machine in 0..2 {
        let [none, ten, forty] = costs.map(|cost| cost[machine]);
        assert!(none <= 20 * 3, "{none} instants of agents that nothing happens to");
        let ratio = (forty - none) as f64 / (ten - none) as f64;
        assert!((3.8..4.2).contains(&ratio), "{none}, {ten}, {forty}");
    }
}

#[test]
fn plain_agents_cost_less() {
    let [whole, plain] = instants(&model(10));
    assert!(plain < whole, "{plain} instants, {whole} by the machine for all agents");
}

#[test]
fn agents_cost_in_proportion() {
    let mut more = model(10);
    populate(&mut more, 80);
    for (more, few) in instants(&more).into_iter().zip(instants(&model(10))) {
        let ratio = more as f64 / few as f64;
        assert!((3.8..4.2).contains(&ratio), "{ratio}");
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
        ("refreshes of a failover phone", refreshes(Style::Failover { failback: true })),
        (
            "REGISTER retries",
            costs(&[1, 10, 100, 1_000], |model, span| {
                model.phones[0].retry = Retry::Fixed(span);
            }),
        ),
        (
            "rounds",
            costs(&[1, 10, 100, 1_000], |model, span| {
                model.profiles[0].retry_delay = span;
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
        for machine in 0..2 {
            let cheap = |cost: &[u64; 2]| cost[machine] <= 2 * longest[machine];
            assert!(costs.iter().all(cheap), "{what}: {costs:?} instants");
        }
    }
}
