//! Which equipment is down when: the occurrences sorted by the thing that they take down, merged
//! into one up-or-down timeline per thing.
//!
//! It does not know what a down part means for anything else.

use std::collections::BTreeMap;

use crate::faults::{Occurrence, Source};
use crate::model::{
    Drain, HostId, LocationId, Model, PairId, Planes, RegistrarFault, Role, SiteId, Target,
};
use crate::time::Time;

use super::timeline::Timeline;

/// Occurrences between two checks whether the run is stopped.
const LOOK: usize = 4_096;

/// A part that faults take down by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Process(PairId, Role),
    /// Not down, but "down" while the process hangs.
    Answering(PairId, Role),
    /// What connects the members of a pair.
    HaLink(PairId),
    Host(HostId),
    Site(SiteId),
    /// The server processes of a drained site.
    Processes(SiteId),
    /// Not a machine: "down" while the site is drained.
    Admission(SiteId),
    /// The power of a location.
    Power(LocationId),
    /// Not a machine: "down" while no login is possible at the site.
    Logins(SiteId),
    /// "Down" while the registrar of the site has this.
    Registrar(SiteId, RegistrarFault),
    Path(LocationId, SiteId, Plane),
    Location(LocationId, Plane),
    /// The lower site first.
    InterSite(SiteId, SiteId),
}

/// One plane of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Plane {
    Cti,
    Sip,
}

/// The down times of every part that is ever down.
pub(super) struct DownTimes {
    horizon: Time,
    /// Where the down times of each are.
    places: BTreeMap<Part, usize>,
    /// In the order of their starts.
    downs: Vec<Vec<(Time, Time)>>,
}

/// A target of a fault.
#[derive(Clone, Copy, Default)]
struct HitTarget {
    times: usize,
    /// Where the down times of its parts are, once they were looked for.
    places: Option<[Option<usize>; 2]>,
}

impl DownTimes {
    pub(super) fn new<E>(
        model: &Model,
        occurrences: &[Occurrence],
        wanted: &impl Fn() -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut plant = Self { horizon: model.horizon, places: BTreeMap::new(), downs: Vec::new() };
        let targets =
            model.faults.iter().map(|fault| vec![HitTarget::default(); fault.targets.len()]);
        let mut struck: Vec<Vec<HitTarget>> = targets.collect();
        for spell in occurrences {
            if let Source::Fault(fault) = spell.source {
                struck[fault.index()][spell.target as usize].times += 1;
            }
        }
        for some in occurrences.chunks(LOOK) {
            some.iter().for_each(|spell| plant.take(model, spell, &mut struck));
            wanted()?;
        }
        for downs in &mut plant.downs {
            downs.sort_unstable_by_key(|spell| spell.0);
            wanted()?;
        }
        Ok(plant)
    }

    fn take(&mut self, model: &Model, spell: &Occurrence, struck: &mut [Vec<HitTarget>]) {
        match spell.source {
            Source::Fault(fault) => {
                let HitTarget { times, places } = &mut struck[fault.index()][spell.target as usize];
                let target = || model.faults[fault.index()].targets[spell.target as usize];
                let look = || parts(target()).map(|part| Some(self.place(part?, *times)));
                let places = places.get_or_insert_with(look);
                for place in places.iter().flatten() {
                    self.downs[*place].push((spell.from, spell.to));
                }
            }
            Source::Drain(index) => self.drain(&model.drains[index as usize]),
        }
    }

    /// Where the down times of a part are; its list has capacity for this many.
    fn place(&mut self, part: Part, times: usize) -> usize {
        let place = *self.places.entry(part).or_insert(self.downs.len());
        if place == self.downs.len() {
            self.downs.push(Vec::new());
        }
        self.downs[place].reserve(times);
        place
    }

    fn drain(&mut self, drain: &Drain) {
        let end = drain.at + drain.lasts;
        let starts = [drain.at, drain.at + drain.grace];
        for (part, from) in [Part::Admission, Part::Processes].into_iter().zip(starts) {
            let place = self.place(part(drain.site), 1);
            self.downs[place].push((from, end));
        }
    }

    /// Whether a part is up.
    pub(super) fn up(&self, part: Part) -> Timeline<bool> {
        let downs = self.places.get(&part).map_or(&[][..], |place| &self.downs[*place]);
        Timeline::up_but_for(downs.iter().copied(), self.horizon)
    }

    /// Whether a part is up, if it is ever down.
    pub(super) fn touched(&self, part: Part) -> Option<Timeline<bool>> {
        self.places.contains_key(&part).then(|| self.up(part))
    }

    /// The parts that are ever down, in order.
    pub(super) fn hit(&self) -> impl Iterator<Item = Part> + '_ {
        self.places.keys().copied()
    }
}

/// What a target takes down.
fn parts(target: Target) -> [Option<Part>; 2] {
    let planes = |planes: Planes, part: &dyn Fn(Plane) -> Part| {
        [planes.cti().then(|| part(Plane::Cti)), planes.sip().then(|| part(Plane::Sip))]
    };
    let only = match target {
        Target::Path(location, site, hit) => {
            return planes(hit, &|plane| Part::Path(location, site, plane));
        }
        Target::Location(location, hit) => {
            return planes(hit, &|plane| Part::Location(location, plane));
        }
        Target::Process(pair, role) => Part::Process(pair, role),
        Target::Hang(pair, role) => Part::Answering(pair, role),
        Target::HaLink(pair) => Part::HaLink(pair),
        Target::Host(host) => Part::Host(host),
        Target::Site(site) => Part::Site(site),
        Target::InterSite(a, b) => Part::InterSite(a.min(b), a.max(b)),
        Target::Power(location) => Part::Power(location),
        Target::Logins(site) => Part::Logins(site),
        // They stay up: the effect on messages is in quality.rs.
        Target::Registrar(_, RegistrarFault::Slow)
        | Target::PoorPath(..)
        | Target::PoorLocation(..)
        | Target::PoorLink(..) => return [None; 2],
        Target::Registrar(site, fault) => Part::Registrar(site, fault),
    };
    [Some(only), None]
}
