//! The telling: headers that others rely on, charts that are well-formed and never change by
//! themselves, sentences that people read.

mod charts;
mod files;
pub mod page;
mod pictures;
mod planned;
pub mod svg;
mod text;

use std::sync::Arc;

use switchover::measures::{Durations, Frame, Measures, Results};
use switchover::model::{
    AgentId, Cohort, Kind, LocationId, Model, PairId, Planes, Profile, ProfileId, Seat, Site,
    SiteId, Target,
};
use switchover::random::RandomNumbers;
use switchover::report::{RowBytes, RowFiles};
use switchover::simulation::Simulation;
use switchover::statistics::Sketch;
use switchover::time::Span;

use crate::builder::{at, base, down, populate};

const LUCK: RandomNumbers = RandomNumbers { seed: 1, replication: 0 };

/// Simulates and measures a model.
fn run(model: &Model) -> (Results, RowBytes) {
    let run = Simulation::new(model, LUCK).unwrap();
    let frame = Frame::new(model, run.occurrences());
    let mut measures = Measures::new(&frame, RowFiles::new(model));
    run.agents(0..model.agents(), &mut measures).unwrap();
    let (totals, mut rows) = measures.into_parts();
    (Results::new(totals, &frame, (run.world(), run.traffic())), rows.take())
}

/// The same results as if there had been too many outages, restores and agents hit for exact lists.
fn sketched(results: &Results) -> Results {
    let sketch = |durations: &Durations| {
        let mut nanos: Vec<i64> = Vec::new();
        for (span, number) in durations.steps() {
            nanos.resize(number as usize, span.0);
        }
        Durations::from(Sketch::from_sorted(&nanos))
    };
    let mut other = results.clone();
    other.outages = sketch(&results.outages);
    other.service_lost = sketch(&results.service_lost);
    other.trips_home = sketch(&results.trips_home);
    other.restore_times = sketch(&results.restore_times);
    let impacts = other.impacts.iter_mut().map(|impact| &mut impact.recovery);
    for recovery in impacts.chain(&mut other.faults) {
        recovery.back = Arc::new(sketch(&recovery.back));
    }
    other
}

/// Agents of the base model whose path to their preferred site is cut from 600 to 900 s.
fn cut(agents: u32) -> Model {
    let mut model = base();
    populate(&mut model, agents);
    down(&mut model, Target::Path(LocationId(0), SiteId(0), Planes::Both), 600, 900);
    model
}

/// A centre of sites in a ring, each with two agents whose peer is the next site. The sites in `hit`
/// are lost for five minutes, one minute after the other.
pub fn centre(sites: u32, hit: &[u32]) -> Model {
    let mut model = base();
    let (profile, cohort) = (model.profiles[0].clone(), model.cohorts[0].clone());
    model.profiles.clear();
    model.cohorts.clear();
    model.sites.clear();
    model.pairs.clear();
    model.hosts.clear();
    model.groups[0].size = 2 * sites;
    for number in 0..sites {
        let name = format!("site-{number}");
        model.sites.push(Site {
            registrar: switchover::model::Registrar::default(),
            name,
            login_gap: None,
            reconnect_gap: None,
            agent_capacity: None,
            register_capacity: None,
        });
        crate::builder::add_pair(&mut model, Kind::Sip, SiteId(number), true);
    }
    for number in 0..sites {
        let seat = |site| Seat { site: SiteId(site), sip: PairId(site), stat: None, config: None };
        let (preferred, peer) = (seat(number), Some(seat((number + 1) % sites)));
        model.profiles.push(Profile { preferred, peer, ..profile.clone() });
        let (index, profile) = (2 * number, ProfileId(number));
        model.cohorts.push(Cohort {
            first: AgentId(index),
            count: 2,
            index,
            profile,
            ..cohort.clone()
        });
    }
    for (minute, site) in (10..).zip(hit) {
        down(&mut model, Target::Site(SiteId(*site)), 60 * minute, 60 * (minute + 5));
    }
    model
}

/// Agents whose path is cut for longer than their phones' expiry, at a site that takes one connection and so
/// many REGISTERs a second.
fn queues(agents: u32, per_second: u32) -> Model {
    let mut model = crate::cases::lasting(
        "1h",
        &format!(
            "phone = \"p\"\n[agent-group.b]\nagents = {agents}\nphone = \"p\"\n\
             [phone.p]\ntransaction-timeout = \"20s\"\nexpiry = \"240s\"\n\
             [site.X.registrar]\ncapacity = \"{per_second}/s\"\n\
             [[fault]]\nname = \"cut\"\ntarget = \"path office-X\"\nat = \"10m\"\nfor = \"250s\"\n"
        ),
    );
    model.sites[0].reconnect_gap = Some(Span::from_secs(1));
    model
}

/// Six sites that are all lost; their names and those of the faults have more than sixty letters, some
/// of which XML reserves and some are written from right to left.
fn long_names() -> Model {
    let mut model = centre(6, &[0, 1, 2, 3, 4, 5]);
    for (number, site) in model.sites.iter_mut().enumerate() {
        let right_to_left = "\u{5e6}\u{5e4}\u{5d5}\u{5df}";
        let many = "a site whose name has more than sixty letters";
        site.name = format!("{many}, <{number}> & \"{right_to_left}\" and so on");
    }
    for fault in &mut model.faults {
        fault.name =
            format!("{} is a fault whose name has more than sixty letters & so on", fault.name);
    }
    model
}

/// Models from the smallest to the busiest: nothing happens, one agent, a minute, a year full of
/// faults, more sites than colours, names that need escaping.
pub fn gallery() -> Vec<(&'static str, Model)> {
    let mut minute = cut(3);
    minute.horizon = at(60);
    let mut year = cut(5);
    year.horizon = at(365 * 86_400);
    let schedule = switchover::model::Schedule::random(
        crate::builder::exponential(40_000.0),
        crate::builder::exponential(300.0),
    );
    let target = Target::Path(LocationId(0), SiteId(0), Planes::Both);
    crate::builder::fault(&mut year, target, schedule);
    let mut many = cut(2);
    for number in 0..9 {
        let name = format!("<site> & \"{number}\"");
        many.sites.push(switchover::model::Site {
            registrar: switchover::model::Registrar::default(),
            name,
            login_gap: None,
            reconnect_gap: None,
            agent_capacity: None,
            register_capacity: None,
        });
    }
    many.sites[0].name = "a <b> & \"c\"".into();
    many.faults[0].name = "a fault, <quoted> & \"long\"".into();
    let mut spread = centre(40, &[]);
    spread.horizon = at(365 * 86_400);
    for site in 0..20 {
        let day = 86_400 * i64::from(site * 17 + 3);
        down(&mut spread, Target::Site(SiteId(2 * site)), day, day + 300);
    }
    let mut nobody = cut(1);
    nobody.cohorts.clear();
    vec![
        ("nothing happens", base()),
        ("nobody", nobody),
        ("one agent", cut(1)),
        ("a minute", minute),
        ("a year", year),
        ("many sites", many),
        ("two sites lost of four", centre(4, &[0, 2])),
        ("twelve sites lost", centre(12, &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])),
        ("forty sites in a year", spread),
        ("a queue that is never long", queues(1, 300)),
        ("long queues", queues(300, 20)),
    ]
}
