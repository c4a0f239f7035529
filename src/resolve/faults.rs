//! Faults and drains: names become targets, classes are expanded in the order of declaration.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, TextSpan};
use crate::model::{self, HostId, Kind, LocationId, PairId, Role, SiteId};
use crate::scenario::document::{
    Document, Effect, Pattern, PatternKind, Schedule, Spanned, Target,
};

use super::index::Index;
use super::settings::{given, instant};
use super::topology::Plant;

/// The faults as meant.
pub fn faults(document: &Document, plant: &Plant) -> (Vec<model::Fault>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut faults = Vec::new();
    for fault in &document.faults {
        let Some(schedule) = &fault.schedule else { continue };
        let (mut targets, mut known) = (Vec::new(), BTreeSet::new());
        for target in &fault.targets {
            let expanded = expand(plant, &target.value);
            if expanded.is_empty() {
                found.push(nothing(target));
            }
            targets.extend(expanded.into_iter().filter(|one| known.insert(*one)));
        }
        if fault.effect.as_ref().is_some_and(|effect| effect.value == Effect::Hang) {
            targets.iter_mut().for_each(hang);
        }
        faults.push(model::Fault { name: fault.label(), targets, schedule: meant(schedule) });
    }
    (faults, found)
}

/// A process that hangs, instead of one that stops.
fn hang(target: &mut model::Target) {
    if let model::Target::Process(pair, role) = *target {
        *target = model::Target::Hang(pair, role);
    }
}

fn nothing(target: &Spanned<Target>) -> Diagnostic {
    let label = match target.value {
        Target::Process(_) => "this server object is no member of a pair",
        _ => "the class is empty",
    };
    Diagnostic::error("S013", "the target names nothing", target.span).label(label)
}

fn meant(schedule: &Schedule) -> model::Schedule {
    match schedule {
        Schedule::Scripted { at, down, up, times } => {
            model::Schedule::Scripted { at: instant(*at), down: *down, up: *up, times: *times }
        }
        Schedule::Random { failure, repair, sets, age } => model::Schedule::Random {
            failure: failure.clone(),
            repair: repair.clone(),
            sets: sets.clone(),
            age: *age,
        },
    }
}

fn expand(plant: &Plant, target: &Target) -> Vec<model::Target> {
    let one = match target {
        Target::Process(name) => {
            let members = plant.members(name).into_iter();
            return members.map(|(pair, role)| model::Target::Process(pair, role)).collect();
        }
        Target::Every(pattern) => return every(plant, pattern),
        Target::Host(name) => plant.index.host(name).map(model::Target::Host),
        Target::Site(name) => plant.index.site(name).map(model::Target::Site),
        Target::Logins(name) => plant.index.site(name).map(model::Target::Logins),
        Target::Path { from, to, planes } => {
            let ends = plant.index.location(from).zip(plant.index.site(to));
            ends.map(|(from, to)| model::Target::Path(from, to, *planes))
        }
        Target::Location(name, planes) => {
            plant.index.location(name).map(|location| model::Target::Location(location, *planes))
        }
        Target::Link(one, other) => plant
            .index
            .site(one)
            .zip(plant.index.site(other))
            .map(|(one, other)| model::Target::InterSite(one, other)),
    };
    one.into_iter().collect()
}

fn every(plant: &Plant, pattern: &Pattern) -> Vec<model::Target> {
    let at = pattern.at.as_ref().and_then(|site| plant.index.site(site));
    let here = |site: SiteId| at.is_none_or(|at| at == site);
    let sites = (0..plant.sites.len() as u32).map(SiteId);
    let locations = (0..plant.locations.len() as u32).map(LocationId);
    match pattern.kind {
        PatternKind::Process(kind) => processes(plant, kind, here),
        PatternKind::Host => {
            let hosts = plant.hosts.iter().enumerate().filter(|(_, host)| here(host.site));
            hosts.map(|(index, _)| model::Target::Host(HostId(index as u32))).collect()
        }
        PatternKind::Logins => {
            sites.filter(|site| here(*site)).map(model::Target::Logins).collect()
        }
        PatternKind::Site => sites.filter(|site| here(*site)).map(model::Target::Site).collect(),
        PatternKind::Location(planes) => {
            locations.map(|location| model::Target::Location(location, planes)).collect()
        }
        PatternKind::Path(planes) => {
            let ends = locations.flat_map(|from| sites.clone().map(move |to| (from, to)));
            let ends = ends.filter(|(_, to)| here(*to));
            ends.map(|(from, to)| model::Target::Path(from, to, planes)).collect()
        }
        PatternKind::Link => {
            let pairs = sites.clone().flat_map(|a| sites.clone().map(move |b| (a, b)));
            let links = pairs.filter(|(a, b)| a < b && (here(*a) || here(*b)));
            links.map(|(a, b)| model::Target::InterSite(a, b)).collect()
        }
    }
}

fn processes(
    plant: &Plant,
    kind: Option<Kind>,
    here: impl Fn(SiteId) -> bool,
) -> Vec<model::Target> {
    let mut targets = Vec::new();
    for (index, pair) in plant.pairs.iter().enumerate() {
        if kind.is_none_or(|kind| kind == pair.kind) && here(pair.site) {
            let roles = Role::BOTH.into_iter().zip(pair.members());
            let id = PairId(index as u32);
            targets.extend(roles.map(|(role, _)| model::Target::Process(id, role)));
        }
    }
    targets
}

/// The drains as meant.
pub fn drains(document: &Document, index: &Index) -> Vec<model::Drain> {
    let drains = document.drains.iter().filter_map(|drain| {
        let site = drain.site.as_ref()?;
        Some(model::Drain {
            name: drain.label(),
            site: index.site(&site.value)?,
            at: instant(given(&drain.at)?),
            grace: given(&drain.grace)?,
            lasts: given(&drain.lasts)?,
        })
    });
    drains.collect()
}

/// Where each fault was written.
pub fn headers(document: &Document) -> Vec<TextSpan> {
    let written = document.faults.iter().filter(|fault| fault.schedule.is_some());
    written.map(|fault| fault.span).collect()
}
