//! Which part of the plant is down when: the occurrences sorted by the thing that they take
//! down, merged into one up-or-down timeline per thing.
//!
//! It does not know what a down part means for anything else.

use std::collections::BTreeMap;

use crate::faults::{Occurrence, Source};
use crate::model::{
    Ailment, Drain, HostId, LocationId, Model, PairId, Planes, Role, SiteId, Target,
};
use crate::time::Time;

use super::timeline::Timeline;

/// Occurrences between two looks at whether they are still wanted.
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
    /// Not a machine: "down" while nobody can log in at the site.
    Logins(SiteId),
    /// "Down" while the registrar of the site has this.
    Registrar(SiteId, Ailment),
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
pub(super) struct Plant {
    horizon: Time,
    downs: BTreeMap<Part, Vec<(Time, Time)>>,
}

impl Plant {
    pub(super) fn new<E>(
        model: &Model,
        occurrences: &[Occurrence],
        wanted: &impl Fn() -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut plant = Self { horizon: model.horizon, downs: BTreeMap::new() };
        for some in occurrences.chunks(LOOK) {
            some.iter().for_each(|spell| plant.take(model, spell));
            wanted()?;
        }
        for downs in plant.downs.values_mut() {
            downs.sort_unstable();
            wanted()?;
        }
        Ok(plant)
    }

    fn take(&mut self, model: &Model, spell: &Occurrence) {
        match spell.source {
            Source::Fault(fault) => {
                let target = model.faults[fault.index()].targets[spell.target as usize];
                self.fault(target, (spell.from, spell.to));
            }
            Source::Drain(index) => self.drain(&model.drains[index as usize]),
        }
    }

    fn down(&mut self, part: Part, spell: (Time, Time)) {
        self.downs.entry(part).or_default().push(spell);
    }

    fn drain(&mut self, drain: &Drain) {
        let end = drain.at + drain.lasts;
        self.down(Part::Admission(drain.site), (drain.at, end));
        self.down(Part::Processes(drain.site), (drain.at + drain.grace, end));
    }

    fn fault(&mut self, target: Target, spell: (Time, Time)) {
        match target {
            Target::Process(pair, role) => self.down(Part::Process(pair, role), spell),
            Target::Hang(pair, role) => self.down(Part::Answering(pair, role), spell),
            Target::HaLink(pair) => self.down(Part::HaLink(pair), spell),
            Target::Host(host) => self.down(Part::Host(host), spell),
            Target::Site(site) => self.down(Part::Site(site), spell),
            Target::InterSite(a, b) => self.down(Part::InterSite(a.min(b), a.max(b)), spell),
            Target::Power(location) => self.down(Part::Power(location), spell),
            Target::Logins(site) => self.down(Part::Logins(site), spell),
            // They stay up: what becomes of messages is in quality.rs.
            Target::Registrar(_, Ailment::Slow)
            | Target::PoorPath(..)
            | Target::PoorLocation(..)
            | Target::PoorLink(..) => {}
            Target::Registrar(site, ailment) => self.down(Part::Registrar(site, ailment), spell),
            Target::Path(location, site, planes) => {
                self.planes(planes, spell, |plane| Part::Path(location, site, plane));
            }
            Target::Location(location, planes) => {
                self.planes(planes, spell, |plane| Part::Location(location, plane));
            }
        }
    }

    fn planes(&mut self, planes: Planes, spell: (Time, Time), part: impl Fn(Plane) -> Part) {
        if planes.cti() {
            self.down(part(Plane::Cti), spell);
        }
        if planes.sip() {
            self.down(part(Plane::Sip), spell);
        }
    }

    /// Whether a part is up.
    pub(super) fn up(&self, part: Part) -> Timeline<bool> {
        let downs = self.downs.get(&part).map_or(&[][..], Vec::as_slice);
        Timeline::up_but_for(downs.iter().copied(), self.horizon)
    }

    /// Whether a part is up, if it is ever down.
    pub(super) fn touched(&self, part: Part) -> Option<Timeline<bool>> {
        self.downs.contains_key(&part).then(|| self.up(part))
    }

    /// The parts that are ever down, in order.
    pub(super) fn hit(&self) -> impl Iterator<Item = Part> + '_ {
        self.downs.keys().copied()
    }
}
