//! How good the paths are that are up, and which registrars are slow: the result of overlapping
//! faults.
//!
//! Only what is ever impaired is in here. It does not know what loss and delay do to agents.

use std::collections::BTreeMap;

use crate::faults::{Occurrence, Source};
use crate::model::{
    FaultId, Impairment, LocationId, Model, Planes, RegistrarFault, SiteId, Target,
};
use crate::random::{Entity, Purpose, RandomNumbers};
use crate::time::{Span, Time};

use super::plant::Plane;
use super::timeline::Timeline;

/// How good one plane of a path is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quality {
    /// How long an answer takes.
    pub delay: Span,
    /// Probability that a packet is lost, one way.
    pub loss: f64,
}

impl Quality {
    /// Answers come at once, and nothing is lost.
    pub const GOOD: Self = Self { delay: Span::ZERO, loss: 0.0 };

    fn and(self, other: Self) -> Self {
        let kept = (1.0 - self.loss) * (1.0 - other.loss);
        Self { delay: self.delay + other.delay, loss: 1.0 - kept }
    }
}

/// Faults that make a registrar slow, from each change on.
pub type Slow = Vec<(Time, Vec<FaultId>)>;

/// Everything that is ever impaired.
#[derive(Clone, Debug, Default)]
pub(super) struct Impaired {
    pub(super) paths: BTreeMap<(LocationId, SiteId, Plane), Timeline<Quality>>,
    pub(super) slow: BTreeMap<SiteId, Slow>,
}

/// Intervals of something.
type Spells<T> = Vec<(Time, Time, T)>;

impl Impaired {
    pub(super) fn new(model: &Model, random: RandomNumbers, occurrences: &[Occurrence]) -> Self {
        if model.faults.iter().all(|fault| fault.impairment == Impairment::default()) {
            return Self::default();
        }
        let mut paths: BTreeMap<_, Spells<Quality>> = BTreeMap::new();
        let mut slow: BTreeMap<SiteId, Spells<FaultId>> = BTreeMap::new();
        for spell in occurrences {
            let Source::Fault(fault) = spell.source else { continue };
            let target = model.faults[fault.index()].targets[spell.target as usize];
            if let Target::Registrar(site, RegistrarFault::Slow) = target {
                slow.entry(site).or_default().push((spell.from, spell.to, fault));
            }
            for place in places(model, target) {
                let quality = quality(model, random, spell, fault, place.2);
                paths.entry(place).or_default().push((spell.from, spell.to, quality));
            }
        }
        let all = |(place, spells)| {
            let sets = sets(spells, model.horizon).into_iter();
            let joined =
                sets.map(|(at, set)| (at, set.into_iter().fold(Quality::GOOD, Quality::and)));
            (place, Timeline::new(Quality::GOOD, joined).indexed())
        };
        let by_fault = |(site, spells)| {
            let mut sets = sets(spells, model.horizon);
            sets.iter_mut().for_each(|(_, set)| set.sort_unstable());
            (site, sets)
        };
        Self {
            paths: paths.into_iter().map(all).collect(),
            slow: slow.into_iter().map(by_fault).collect(),
        }
    }
}

/// The planes of paths that a target impairs.
fn places(model: &Model, target: Target) -> Vec<(LocationId, SiteId, Plane)> {
    let sites = (0..model.sites.len() as u32).map(SiteId);
    let (location, sites, planes): (_, Vec<SiteId>, Planes) = match target {
        Target::PoorPath(location, site, planes) => (location, vec![site], planes),
        Target::PoorLocation(location, planes) => (location, sites.collect(), planes),
        _ => return Vec::new(),
    };
    let hit = [(Plane::Cti, planes.cti()), (Plane::Sip, planes.sip())];
    let hit = hit.into_iter().filter(|(_, hit)| *hit);
    hit.flat_map(|(plane, _)| sites.iter().map(move |site| (location, *site, plane))).collect()
}

/// What one interval does to a plane: its delay is drawn once.
fn quality(
    model: &Model,
    random: RandomNumbers,
    spell: &Occurrence,
    fault: FaultId,
    plane: Plane,
) -> Quality {
    let impairment = &model.faults[fault.index()].impairment;
    let entity = Entity::fault(fault.0, spell.target);
    let draw = |law: &crate::distribution::Law| {
        law.sample(&mut random.draw(entity, Purpose::PathDelay, spell.number))
    };
    Quality {
        delay: impairment.delay.as_ref().map_or(Span::ZERO, draw),
        loss: if plane == Plane::Sip { impairment.loss } else { 0.0 },
    }
}

/// Which intervals hold from each change on, in the order of the list.
fn sets<T: Copy>(spells: Spells<T>, horizon: Time) -> Vec<(Time, Vec<T>)> {
    let mut edges: Vec<Time> = spells.iter().flat_map(|spell| [spell.0, spell.1]).collect();
    edges.retain(|edge| *edge < horizon);
    edges.sort_unstable();
    edges.dedup();
    let mut later = spells;
    later.sort_by_key(|spell| spell.0);
    let mut later = later.into_iter().peekable();
    let mut open: Spells<T> = Vec::new();
    let mut sets = Vec::with_capacity(edges.len());
    for edge in edges {
        open.retain(|spell| spell.1 > edge);
        while let Some(spell) = later.next_if(|spell| spell.0 <= edge) {
            open.push(spell);
        }
        sets.push((edge, open.iter().map(|spell| spell.2).collect()));
    }
    sets
}
