//! The world: sites, hosts, server pairs and paths, simulated alone from the faults, before any
//! agent is. It answers: from this location, which member of that pair serves and can be reached,
//! and until when.
//!
//! It does not know agents; its cost grows with the faults and what they touch, not with agents
//! nor with quiet time. Everything is known over [0, horizon): nothing changes at or after it.

mod cursor;
mod history;
mod outlook;
mod pair;
mod plant;
mod quality;
mod split;
mod timeline;

pub use cursor::Cursor;
pub use history::{Loss, LossKind, Means, Outcome, PairHistory, Promotion};
pub use outlook::Outlook;
pub use quality::{Quality, Slow};
pub use timeline::{Spell, Timeline};

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use crate::faults::Occurrence;
use crate::model::{
    HostId, Kind, LocationId, Member, Model, Pair, PairId, RegistrarFault, Role, SiteId, Split,
};
use crate::random::{Entity, RandomNumbers};

use pair::{Chance, Condition};
use plant::{DownTimes, Part, Plane};
use quality::Impaired;

/// The two planes of the path between a location and a site; `true`: up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The desktop's plane.
    pub cti: Timeline<bool>,
    /// The phone's plane.
    pub sip: Timeline<bool>,
}

/// The whole history of the world in one replication.
#[derive(Clone, Debug)]
pub struct World {
    pairs: Vec<PairHistory>,
    /// By location: whether it has power, if that ever fails.
    power: Vec<Option<Timeline<bool>>>,
    /// Per location: what faults of all its paths leave.
    locations: Vec<Path>,
    /// The paths that have faults of their own.
    paths: BTreeMap<(LocationId, SiteId), Path>,
    links: BTreeMap<(SiteId, SiteId), Timeline<bool>>,
    well: Timeline<bool>,
    sites: Vec<Timeline<bool>>,
    drains: Vec<Timeline<bool>>,
    logins: Vec<Timeline<bool>>,
    impaired: Impaired,
    /// First one per pair, as seen over a path that is never down, then those over other paths.
    outlooks: Vec<Timeline<Outlook>>,
    seen: BTreeMap<(LocationId, PairId), usize>,
}

impl World {
    /// Simulates the occurrences (of [`crate::faults::sample`] with the same random numbers). Only
    /// failovers draw: from the addresses of their pairs.
    #[must_use]
    pub fn simulate(model: &Model, random: RandomNumbers, occurrences: &[Occurrence]) -> Self {
        let Ok(world) =
            Self::simulate_while(model, random, occurrences, &|| Ok::<(), Infallible>(()));
        world
    }

    /// The same; checks from time to time whether the run is stopped.
    ///
    /// # Errors
    /// Those of `wanted`.
    pub fn simulate_while<E>(
        model: &Model,
        random: RandomNumbers,
        occurrences: &[Occurrence],
        wanted: &impl Fn() -> Result<(), E>,
    ) -> Result<Self, E> {
        let plant = DownTimes::new(model, occurrences, wanted)?;
        let mut world = Self::without_outlooks(model, random, &plant, wanted)?;
        world.impaired = Impaired::new(model, random, occurrences);
        world.look_around(model, &plant, wanted)?;
        Ok(world)
    }

    fn without_outlooks<E>(
        model: &Model,
        random: RandomNumbers,
        plant: &DownTimes,
        wanted: &impl Fn() -> Result<(), E>,
    ) -> Result<Self, E> {
        let sites = || (0..model.sites.len() as u32).map(SiteId);
        let pairs = (0..).zip(&model.pairs).map(|(ordinal, pair)| {
            let chance = Chance { random, pair: Entity::pair(ordinal) };
            let members = members(model, plant, PairId(ordinal), pair);
            wanted()?;
            let link = ha_link(plant, PairId(ordinal), pair);
            pair::simulate(pair, chance, (&members, link.as_ref()), (model.horizon, wanted))
        });
        let pairs = pairs.collect::<Result<Vec<_>, E>>()?;
        let locations = (0..model.locations.len() as u32).map(LocationId);
        Ok(Self {
            logins: sites().map(|site| logins(model, plant, &pairs, site)).collect(),
            pairs,
            power: locations.clone().map(|it| plant.touched(Part::Power(it))).collect(),
            locations: locations.map(|location| location_path(plant, location)).collect(),
            paths: BTreeMap::new(),
            links: BTreeMap::new(),
            well: Timeline::constant(true),
            sites: sites().map(|site| plant.up(Part::Site(site))).collect(),
            drains: sites().map(|site| plant.up(Part::Admission(site)).map(|up| !up)).collect(),
            impaired: Impaired::default(),
            outlooks: Vec::new(),
            seen: BTreeMap::new(),
        })
    }

    fn look_around<E>(
        &mut self,
        model: &Model,
        plant: &DownTimes,
        wanted: &impl Fn() -> Result<(), E>,
    ) -> Result<(), E> {
        for part in plant.hit() {
            match part {
                Part::Path(location, site, _) if !self.paths.contains_key(&(location, site)) => {
                    let path = own_path(plant, location, site, self.path(location, site));
                    self.paths.insert((location, site), path);
                }
                Part::InterSite(a, b) => {
                    self.links.insert((a, b), plant.up(part));
                }
                _ => {}
            }
            wanted()?;
        }
        for (ordinal, pair) in (0..).zip(&model.pairs) {
            let near = self.near(model, plant, PairId(ordinal), pair);
            self.outlooks.push(near);
            wanted()?;
        }
        for (location, pair) in combinations(model) {
            let position = self.see(model, location, pair);
            self.seen.insert((location, pair), position);
            wanted()?;
        }
        let outlooks = std::mem::take(&mut self.outlooks).into_iter();
        let indexed = outlooks.map(|outlook| wanted().map(|()| outlook.indexed()));
        self.outlooks = indexed.collect::<Result<_, E>>()?;
        Ok(())
    }

    /// A pair as seen over a path that is never down.
    fn near(&self, model: &Model, plant: &DownTimes, id: PairId, pair: &Pair) -> Timeline<Outlook> {
        let history = self.pair(id);
        let mut outlook = Timeline::constant(Outlook::all_well(pair.backup.is_some()));
        for (role, member) in Role::BOTH.into_iter().zip(pair.members()) {
            let host = host_up(model, plant, member.host);
            outlook = outlook.zip(&host, |seen, up| seen.with_host(role, up));
            outlook = outlook.zip(&history.up[role.index()], |seen, up| seen.with_up(role, up));
            if let Some(answers) = plant.touched(Part::Answering(id, role)) {
                let hangs = |seen: Outlook, answers: bool| !answers && seen.up(role);
                outlook = outlook.zip(&answers, |seen, up| seen.with_hang(role, hangs(seen, up)));
            }
        }
        for fault in [RegistrarFault::Hangs, RegistrarFault::Refuses] {
            let well = plant.touched(Part::Registrar(pair.site, fault));
            if let Some(well) = well.filter(|_| pair.kind == Kind::Sip) {
                outlook = outlook.zip(&well, |seen, well| seen.with_registrar(fault, !well));
            }
        }
        let mut outlook = outlook.zip(&history.serving, Outlook::with_serving);
        if let Some(split) = &history.split {
            outlook = outlook.zip(split, Outlook::with_split);
        }
        outlook.zip(self.drained(pair.site), Outlook::with_drain)
    }

    /// Where the outlook of a pair from a location is kept; made unless the paths to its members are
    /// never down.
    fn see(&mut self, model: &Model, location: LocationId, id: PairId) -> usize {
        let pair = &model.pairs[id.index()];
        let near = &self.outlooks[id.index()];
        let mut far: Option<Timeline<Outlook>> = None;
        let stretched = model.is_stretched(pair);
        for (role, member) in Role::BOTH.into_iter().zip(pair.members()) {
            let path = self.path(location, model.member_site(member));
            let well = path.cti == self.well && path.sip == self.well;
            if well || (role == Role::Backup && !stretched) {
                continue;
            }
            let over = |seen: Outlook, cti, sip| {
                if stretched { seen.with_path_to(role, cti, sip) } else { seen.with_path(cti, sip) }
            };
            let seen = far.as_ref().unwrap_or(near);
            far = Some(if path.cti == path.sip {
                seen.zip(&path.cti, |seen, up| over(seen, up, up))
            } else {
                let planes = path.cti.zip(&path.sip, |cti, sip| (cti, sip));
                seen.zip(&planes, |seen, (cti, sip)| over(seen, cti, sip))
            });
        }
        let Some(far) = far else { return id.index() };
        self.outlooks.push(far);
        self.outlooks.len() - 1
    }

    /// What agents at a location see of a pair.
    ///
    /// # Panics
    /// If no profile at that location has a seat at that pair.
    #[must_use]
    pub fn outlook(&self, location: LocationId, pair: PairId) -> &Timeline<Outlook> {
        &self.outlooks[self.seen[&(location, pair)]]
    }

    /// A pair as it is seen over a path that is never down.
    #[must_use]
    pub fn nearby(&self, pair: PairId) -> &Timeline<Outlook> {
        &self.outlooks[pair.index()]
    }

    /// The history of one pair.
    #[must_use]
    pub fn pair(&self, pair: PairId) -> &PairHistory {
        &self.pairs[pair.index()]
    }

    /// The path between a location and a site.
    #[must_use]
    pub fn path(&self, location: LocationId, site: SiteId) -> &Path {
        self.paths.get(&(location, site)).unwrap_or(&self.locations[location.index()])
    }

    /// How good the desktop's plane of a path is; `None`: always good.
    #[must_use]
    pub fn cti_quality(&self, location: LocationId, site: SiteId) -> Option<&Timeline<Quality>> {
        self.impaired.paths.get(&(location, site, Plane::Cti))
    }

    /// How good the phone's plane of a path is; `None`: always good.
    #[must_use]
    pub fn sip_quality(&self, location: LocationId, site: SiteId) -> Option<&Timeline<Quality>> {
        self.impaired.paths.get(&(location, site, Plane::Sip))
    }

    /// The faults that make the registrar of a site slow, from each change on; `None`: it never is.
    #[must_use]
    pub fn slow(&self, site: SiteId) -> Option<&Slow> {
        self.impaired.slow.get(&site)
    }

    /// When a location has power; `None`: always.
    #[must_use]
    pub fn power(&self, location: LocationId) -> Option<&Timeline<bool>> {
        self.power[location.index()].as_ref()
    }

    /// The link between two sites, in either order; `true`: up.
    #[must_use]
    pub fn link(&self, a: SiteId, b: SiteId) -> &Timeline<bool> {
        self.links.get(&(a.min(b), a.max(b))).unwrap_or(&self.well)
    }

    /// The links between two sites that are ever down, the lower site first, in order.
    pub fn broken_links(&self) -> impl Iterator<Item = (SiteId, SiteId)> + '_ {
        self.links.keys().copied()
    }

    /// Whether a site is spared by faults of the whole site.
    #[must_use]
    pub fn site_up(&self, site: SiteId) -> &Timeline<bool> {
        &self.sites[site.index()]
    }

    /// Whether logins can be made at a site, whether it is reached or not.
    #[must_use]
    pub fn logins(&self, site: SiteId) -> &Timeline<bool> {
        &self.logins[site.index()]
    }

    /// Whether a site is drained.
    #[must_use]
    pub fn drained(&self, site: SiteId) -> &Timeline<bool> {
        &self.drains[site.index()]
    }
}

/// The locations and pairs for which some profile has a seat.
fn combinations(model: &Model) -> BTreeSet<(LocationId, PairId)> {
    let seats = model.profiles.iter().flat_map(|profile| {
        let seats = std::iter::once(&profile.preferred).chain(&profile.peer);
        seats.map(move |seat| (profile.location, seat))
    });
    seats
        .flat_map(|(location, seat)| {
            let pairs = Kind::ALL.into_iter().filter_map(|kind| seat.pair(kind));
            pairs.map(move |pair| (location, pair))
        })
        .collect()
}

fn host_up(model: &Model, plant: &DownTimes, host: HostId) -> Timeline<bool> {
    let site = plant.up(Part::Site(model.hosts[host.index()].site));
    plant.up(Part::Host(host)).and(&site)
}

fn members(model: &Model, plant: &DownTimes, id: PairId, pair: &Pair) -> [Condition; 2] {
    let condition = |member: &Member, role| {
        let stopped = plant.up(Part::Processes(model.member_site(member)));
        let host = host_up(model, plant, member.host);
        let process = plant.up(Part::Process(id, role)).and(&stopped);
        let alive = process.and(&host);
        let up = plant.up(Part::Answering(id, role)).and(&alive);
        Condition { up, alive, host }
    };
    let backup = pair.backup.as_ref().map(|member| condition(member, Role::Backup));
    [condition(&pair.primary, Role::Primary), backup.unwrap_or_else(Condition::missing)]
}

/// Whether the members of a pair see each other, if it is not the same to them.
fn ha_link(plant: &DownTimes, id: PairId, pair: &Pair) -> Option<Timeline<bool>> {
    let split = pair.split == Split::BothPrimary && pair.backup.is_some();
    plant.touched(Part::HaLink(id)).filter(|_| split)
}

/// When logins can be made at a site: no fault forbids them and, with that policy, one of the
/// Configuration Server pairs of the site serves.
fn logins(model: &Model, plant: &DownTimes, pairs: &[PairHistory], site: SiteId) -> Timeline<bool> {
    let allowed = plant.up(Part::Logins(site));
    if !model.policy.login_needs_config {
        return allowed.indexed();
    }
    let here = model.pairs.iter().zip(pairs);
    let here = here.filter(|(pair, _)| pair.kind == Kind::Config && pair.site == site);
    let serving = here.map(|(_, history)| history.serving.map(|role| role.is_some()));
    let serving = serving.reduce(|one, other| one.zip(&other, |one, other| one || other));
    serving.map_or(allowed.clone(), |serving| allowed.and(&serving)).indexed()
}

fn location_path(plant: &DownTimes, location: LocationId) -> Path {
    let plane = |plane| plant.up(Part::Location(location, plane));
    Path { cti: plane(Plane::Cti), sip: plane(Plane::Sip) }
}

fn own_path(plant: &DownTimes, location: LocationId, site: SiteId, all: &Path) -> Path {
    let own = |plane| plant.up(Part::Path(location, site, plane));
    Path { cti: own(Plane::Cti).and(&all.cti), sip: own(Plane::Sip).and(&all.sip) }
}
