//! Faults and drains: names become targets, classes are expanded in the order of declaration.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, TextSpan};
use crate::model::{
    self, HostId, Hours, Impairment, Kind, LocationId, MIDNIGHT, PairId, Planes, RegistrarFault,
    Role, SiteId, Weekly,
};
use crate::scenario::document::{
    Document, Effect, Pattern, PatternKind, Schedule, Spanned, Target,
};

use crate::time::Span;

use super::index::Index;
use super::settings::{given, instant};
use super::topology::Equipment;

/// The faults as meant.
pub(super) fn faults(
    document: &Document,
    plant: &Equipment,
) -> (Vec<model::Fault>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut faults = Vec::new();
    for fault in &document.faults {
        let Some(schedule) = &fault.schedule else { continue };
        let (mut targets, mut known) = (Vec::new(), BTreeSet::new());
        for target in &fault.targets {
            let expanded = expand(plant, &target.value, fault.effect());
            if expanded.is_empty() {
                found.push(nothing(target));
            }
            targets.extend(expanded.into_iter().filter(|one| known.insert(*one)));
        }
        let impairment =
            Impairment { loss: given(&fault.loss).unwrap_or(0.0), delay: given(&fault.delay) };
        let schedule = meant(schedule, document);
        faults.push(model::Fault { name: fault.label(), targets, schedule, impairment });
    }
    (faults, found)
}

fn nothing(target: &Spanned<Target>) -> Diagnostic {
    let label = match target.value {
        Target::Process(_) => "this server object is no member of a pair",
        Target::HaLink(_) => "this server object is no primary with a backup",
        _ => "the class is empty",
    };
    Diagnostic::error("S013", "the target names nothing", target.span).label(label)
}

fn meant(schedule: &Schedule, document: &Document) -> model::Schedule {
    match schedule {
        Schedule::Scripted { at, down, up, times } => {
            model::Schedule::Scripted { at: instant(*at), down: *down, up: *up, times: *times }
        }
        Schedule::Random { failure, repair, sets, age, when } => model::Schedule::Random {
            failure: failure.clone(),
            repair: repair.clone(),
            sets: sets.clone(),
            age: *age,
            when: when.as_ref().map(|when| hours(&when.value, document)),
        },
    }
}

/// The hours of a fault in this run.
fn hours(windows: &[Weekly], document: &Document) -> Hours {
    let horizon = document.horizon.as_ref().map_or(Span::ZERO, |horizon| horizon.value);
    let clock = document.clock.as_ref().map_or(&MIDNIGHT, |clock| &clock.value);
    Hours::of(clock, windows, instant(horizon))
}

fn expand(plant: &Equipment, target: &Target, effect: Effect) -> Vec<model::Target> {
    let one = match target {
        Target::Process(name) => {
            let members = plant.members(name).into_iter();
            return members.map(|(pair, role)| process(pair, role, effect)).collect();
        }
        Target::Every(pattern) => return every(plant, pattern, effect),
        Target::Registrar(name) => plant
            .index
            .site(name)
            .map(|site| model::Target::Registrar(site, registrar_fault(effect))),
        Target::Host(name) => plant.index.host(name).map(model::Target::Host),
        Target::Site(name) => plant.index.site(name).map(model::Target::Site),
        Target::HaLink(name) => {
            let of_primary = |pair: &model::Pair| pair.primary.name == *name;
            return ha_links(plant, of_primary).collect();
        }
        Target::Power(name) => plant.index.location(name).map(model::Target::Power),
        Target::Logins(name) => plant.index.site(name).map(model::Target::Logins),
        Target::Path { from, to, planes } => {
            let ends = plant.index.location(from).zip(plant.index.site(to));
            ends.map(|(from, to)| path((from, to), *planes, effect))
        }
        Target::Location(name, planes) => {
            plant.index.location(name).map(|from| location(from, *planes, effect))
        }
        Target::Link(one, other) => plant
            .index
            .site(one)
            .zip(plant.index.site(other))
            .map(|(one, other)| link(one, other, effect)),
    };
    one.into_iter().collect()
}

const fn path((from, to): (LocationId, SiteId), planes: Planes, effect: Effect) -> model::Target {
    match effect {
        Effect::Impair => model::Target::PoorPath(from, to, planes),
        _ => model::Target::Path(from, to, planes),
    }
}

const fn location(from: LocationId, planes: Planes, effect: Effect) -> model::Target {
    match effect {
        Effect::Impair => model::Target::PoorLocation(from, planes),
        _ => model::Target::Location(from, planes),
    }
}

const fn link(one: SiteId, other: SiteId, effect: Effect) -> model::Target {
    match effect {
        Effect::Impair => model::Target::PoorLink(one, other),
        _ => model::Target::InterSite(one, other),
    }
}

const fn process(pair: PairId, role: Role, effect: Effect) -> model::Target {
    match effect {
        Effect::Hang => model::Target::Hang(pair, role),
        _ => model::Target::Process(pair, role),
    }
}

/// A registrar that neither refuses nor is slow hangs: it has no other effect.
const fn registrar_fault(effect: Effect) -> RegistrarFault {
    match effect {
        Effect::Refuse => RegistrarFault::Refuses,
        Effect::Slow => RegistrarFault::Slow,
        Effect::Stop | Effect::Hang | Effect::Impair => RegistrarFault::Hangs,
    }
}

fn every(plant: &Equipment, pattern: &Pattern, effect: Effect) -> Vec<model::Target> {
    let at = pattern.at.as_ref().and_then(|site| plant.index.site(site));
    let here = |site: SiteId| at.is_none_or(|at| at == site);
    let sites = (0..plant.sites.len() as u32).map(SiteId);
    let of_sites = |target: &dyn Fn(SiteId) -> model::Target| {
        sites.clone().filter(|site| here(*site)).map(target).collect()
    };
    let locations = (0..plant.locations.len() as u32).map(LocationId);
    match pattern.kind {
        PatternKind::Process(kind) => processes(plant, (kind, effect), here),
        PatternKind::Registrar => {
            of_sites(&|site| model::Target::Registrar(site, registrar_fault(effect)))
        }
        PatternKind::Host => {
            let hosts = plant.hosts.iter().enumerate().filter(|(_, host)| here(host.site));
            hosts.map(|(index, _)| model::Target::Host(HostId(index as u32))).collect()
        }
        PatternKind::HaLink => ha_links(plant, |pair| here(pair.site)).collect(),
        PatternKind::Power => locations.map(model::Target::Power).collect(),
        PatternKind::Logins => of_sites(&model::Target::Logins),
        PatternKind::Site => of_sites(&model::Target::Site),
        PatternKind::Location(planes) => {
            locations.map(|from| location(from, planes, effect)).collect()
        }
        PatternKind::Path(planes) => {
            let ends = locations.flat_map(|from| sites.clone().map(move |to| (from, to)));
            let ends = ends.filter(|(_, to)| here(*to));
            ends.map(|ends| path(ends, planes, effect)).collect()
        }
        PatternKind::Link => {
            let pairs = sites.clone().flat_map(|a| sites.clone().map(move |b| (a, b)));
            let links = pairs.filter(|(a, b)| a < b && (here(*a) || here(*b)));
            links.map(|(a, b)| link(a, b, effect)).collect()
        }
    }
}

fn processes(
    plant: &Equipment,
    (kind, effect): (Option<Kind>, Effect),
    here: impl Fn(SiteId) -> bool,
) -> Vec<model::Target> {
    let mut targets = Vec::new();
    for (index, pair) in plant.pairs.iter().enumerate() {
        if kind.is_none_or(|kind| kind == pair.kind) && here(pair.site) {
            let roles = Role::BOTH.into_iter().zip(pair.members());
            let id = PairId(index as u32);
            targets.extend(roles.map(|(role, _)| process(id, role, effect)));
        }
    }
    targets
}

/// What connects the members of some pairs.
fn ha_links(
    plant: &Equipment,
    wanted: impl Fn(&model::Pair) -> bool,
) -> impl Iterator<Item = model::Target> {
    let pairs = (0..).map(PairId).zip(&plant.pairs);
    let wanted = pairs.filter(move |(_, pair)| pair.backup.is_some() && wanted(pair));
    wanted.map(|(id, _)| model::Target::HaLink(id))
}

/// The drains as meant.
pub(super) fn drains(document: &Document, index: &Index) -> Vec<model::Drain> {
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
pub(super) fn headers(document: &Document) -> Vec<TextSpan> {
    let written = document.faults.iter().filter(|fault| fault.schedule.is_some());
    written.map(|fault| fault.span).collect()
}
