//! The world without agents: one plain picture of everything for every instant at which
//! something changes.

use switchover::model::{
    HostId, Kind, LocationId, Model, PairId, Planes, RegistrarFault, Role, SiteId, Split, Target,
};
use switchover::random::RandomNumbers;
use switchover::time::{Span, Time};

use super::pairs::{Machine, PairHistory};
use super::spells::{self, Held, Spell};

/// The world at one instant.
#[derive(Clone, Debug)]
pub struct State {
    /// By location, then site: whether the desktop's plane is up.
    pub cti: Vec<Vec<bool>>,
    /// By location, then site: whether the phone's plane is up.
    pub sip: Vec<Vec<bool>>,
    /// By location, then site: how long answers to the desktop and to the phone take.
    pub delay: Vec<Vec<[Span; 2]>>,
    /// By location, then site: the probability that a packet of the phone is lost, one way.
    pub loss: Vec<Vec<f64>>,
    /// By site: the faults that make the registrar slow.
    pub slow: Vec<Vec<usize>>,
    /// By pair and role: whether the member's host and its site are up.
    pub host_up: Vec<[bool; 2]>,
    /// By pair and role: whether the member is up, be it that it hangs.
    pub up: Vec<[bool; 2]>,
    /// By pair and role: whether the member is up and its process hangs.
    pub hangs: Vec<[bool; 2]>,
    /// By pair and role: whether the member serves.
    pub serves: Vec<[bool; 2]>,
    /// By site: whether it refuses logins and REGISTERs.
    pub drained: Vec<bool>,
    /// By location: whether it has power.
    pub power: Vec<bool>,
    /// By site: whether nobody can log in, who gets there or not.
    pub barred: Vec<bool>,
    /// By site: what is wrong with the registrar.
    pub ailing: Vec<Option<RegistrarFault>>,
}

/// The world of a run: each state holds from its instant to the next one's.
pub struct World {
    steps: Vec<(Time, State)>,
}

impl World {
    pub fn into_steps(self) -> Vec<(Time, State)> {
        self.steps
    }

    /// The state at `t`.
    pub fn at(&self, t: Time) -> &State {
        &self.steps[self.steps.partition_point(|(from, _)| *from <= t) - 1].1
    }

    /// The first change after `t`.
    pub fn next_after(&self, t: Time) -> Time {
        let after = self.steps.partition_point(|(from, _)| *from <= t);
        self.steps.get(after).map_or(Time::NEVER, |(from, _)| *from)
    }

    /// Whether something may change at `t`; the start counts.
    pub fn changes_at(&self, t: Time) -> bool {
        self.steps.binary_search_by_key(&t, |(from, _)| *from).is_ok()
    }
}

/// Steps the world from 0 to the horizon.
pub fn build(model: &Model, random: RandomNumbers) -> (World, Vec<PairHistory>) {
    let spells = spells::all(model, random);
    let mut machines: Vec<Machine<'_>> = (0u32..)
        .zip(&model.pairs)
        .map(|(ordinal, pair)| Machine::new(pair, ordinal, random))
        .collect();
    let mut steps = Vec::new();
    let mut t = Time::ZERO;
    while t < model.horizon {
        let mut state = picture(model, &spells, t);
        for (index, machine) in machines.iter_mut().enumerate() {
            let hangs = state.hangs[index];
            let able = [0, 1].map(|role| state.up[index][role] && !hangs[role]);
            let id = PairId(index as u32);
            let cut = |spell: &Spell| spell.held == Held::Target(Target::HaLink(id));
            let apart = spells.iter().any(|spell| cut(spell) && spell.holds(t));
            let pair = &model.pairs[index];
            let splits = pair.split == Split::BothPrimary && pair.backup.is_some();
            machine.step(t, able, (state.host_up[index], hangs), apart && splits);
            state.serves.push(machine.serve_now());
        }
        bar_without_config(model, &mut state);
        steps.push((t, state));
        let edges = spells.iter().flat_map(|spell| [spell.from, spell.to]);
        let dues = machines.iter().map(Machine::due);
        t = edges.chain(dues).filter(|edge| *edge > t).min().unwrap_or(Time::NEVER);
    }
    (World { steps }, machines.into_iter().map(|machine| machine.history).collect())
}

/// Everything but who serves.
fn picture(model: &Model, spells: &[Spell], t: Time) -> State {
    let held = |what: &dyn Fn(Held) -> bool| spells.iter().any(|s| s.holds(t) && what(s.held));
    let path = |plane: fn(Planes) -> bool, location: usize, site: usize| {
        !held(&|it| cuts(it, LocationId(location as u32), SiteId(site as u32), plane))
    };
    let paths = |plane: fn(Planes) -> bool| {
        let row =
            |location| (0..model.sites.len()).map(|site| path(plane, location, site)).collect();
        (0..model.locations.len()).map(row).collect()
    };
    let host = |host: HostId| {
        let site = model.hosts[host.index()].site;
        !held(&|it| {
            it == Held::Target(Target::Host(host)) || it == Held::Target(Target::Site(site))
        })
    };
    let host_up = model.pairs.iter().map(|pair| {
        [host(pair.primary.host), pair.backup.as_ref().is_some_and(|backup| host(backup.host))]
    });
    let host_up: Vec<[bool; 2]> = host_up.collect();
    let up = (0..model.pairs.len()).map(|pair| {
        let process = |role: Role| {
            let id = PairId(pair as u32);
            let members = [Some(&model.pairs[pair].primary), model.pairs[pair].backup.as_ref()];
            let host = members[role.index()].map(|member| &model.hosts[member.host.index()]);
            host.is_some_and(|host| !held(&|it| stops(it, id, role, host.site)))
        };
        Role::BOTH.map(|role| host_up[pair][role.index()] && process(role))
    });
    let up: Vec<[bool; 2]> = up.collect();
    let hangs = up.iter().enumerate().map(|(pair, up)| {
        let hang = |role| Held::Target(Target::Hang(PairId(pair as u32), role));
        Role::BOTH.map(|role| up[role.index()] && held(&|it| it == hang(role)))
    });
    let all_sites = || (0..model.sites.len() as u32).map(SiteId);
    let bad = quality(model, spells, t);
    State {
        delay: bad.0,
        loss: bad.1,
        slow: all_sites().map(|site| slow(spells, t, site)).collect(),
        cti: paths(Planes::cti),
        sip: paths(Planes::sip),
        hangs: hangs.collect(),
        up,
        host_up,
        serves: Vec::new(),
        ailing: all_sites().map(|site| ailing((spells, t), site)).collect(),
        power: (0..model.locations.len())
            .map(|l| !held(&|it| it == Held::Target(Target::Power(LocationId(l as u32)))))
            .collect(),
        barred: all_sites()
            .map(|site| held(&|it| it == Held::Target(Target::Logins(site))))
            .collect(),
        drained: all_sites().map(|site| held(&|it| it == Held::Refusing(site))).collect(),
    }
}

/// What is wrong with the registrar of a site: silence before refusals.
fn ailing((spells, t): (&[Spell], Time), site: SiteId) -> Option<RegistrarFault> {
    let has = |ailment: &RegistrarFault| {
        let target = Held::Target(Target::Registrar(site, *ailment));
        spells.iter().any(|spell| spell.holds(t) && spell.held == target)
    };
    [RegistrarFault::Hangs, RegistrarFault::Refuses].into_iter().find(has)
}

/// With that policy nobody can log in at a site that has Configuration Server pairs, none of which
/// serves.
fn bar_without_config(model: &Model, state: &mut State) {
    if !model.policy.login_needs_config {
        return;
    }
    for (index, barred) in state.barred.iter_mut().enumerate() {
        let config = |pair: &&(usize, &switchover::model::Pair)| {
            pair.1.kind == Kind::Config && pair.1.site.index() == index
        };
        let pairs: Vec<_> = model.pairs.iter().enumerate().filter(|pair| config(&pair)).collect();
        let dead = pairs.iter().all(|(pair, _)| state.serves[*pair] == [false; 2]);
        *barred |= !pairs.is_empty() && dead;
    }
}

fn cuts(held: Held, location: LocationId, site: SiteId, plane: fn(Planes) -> bool) -> bool {
    match held {
        Held::Target(Target::Path(l, s, planes)) => l == location && s == site && plane(planes),
        Held::Target(Target::Location(l, planes)) => l == location && plane(planes),
        _ => false,
    }
}

/// By location, then site: how long answers take, and the probability of loss.
fn quality(model: &Model, spells: &[Spell], t: Time) -> (Vec<Vec<[Span; 2]>>, Vec<Vec<f64>>) {
    let sites = || (0..model.sites.len() as u32).map(SiteId);
    let row = |location| {
        let late = sites().map(|site| delays(spells, t, location, site)).collect();
        (late, sites().map(|site| loss(model, spells, t, (location, site))).collect())
    };
    (0..model.locations.len() as u32).map(LocationId).map(row).unzip()
}

/// Whether a spell makes a plane of a path carry badly.
fn spoils(spell: &Spell, t: Time, (location, site): (LocationId, SiteId)) -> Option<Planes> {
    match spell.held {
        _ if !spell.holds(t) => None,
        Held::Target(Target::PoorPath(l, s, planes)) => {
            (l == location && s == site).then_some(planes)
        }
        Held::Target(Target::PoorLocation(l, planes)) => (l == location).then_some(planes),
        _ => None,
    }
}

fn delays(spells: &[Spell], t: Time, location: LocationId, site: SiteId) -> [Span; 2] {
    let mut delays = [Span::ZERO; 2];
    for spell in spells {
        let Some(planes) = spoils(spell, t, (location, site)) else { continue };
        for (delay, hit) in delays.iter_mut().zip([planes.cti(), planes.sip()]) {
            *delay += if hit { spell.delay } else { Span::ZERO };
        }
    }
    delays
}

fn loss(model: &Model, spells: &[Spell], t: Time, path: (LocationId, SiteId)) -> f64 {
    let hit = spells.iter().filter(|it| spoils(it, t, path).is_some_and(|planes| planes.sip()));
    1.0 - hit.map(|spell| 1.0 - model.faults[spell.fault].impairment.loss).product::<f64>()
}

fn slow(spells: &[Spell], t: Time, site: SiteId) -> Vec<usize> {
    let target = Held::Target(Target::Registrar(site, RegistrarFault::Slow));
    let held = spells.iter().filter(|spell| spell.holds(t) && spell.held == target);
    held.map(|spell| spell.fault).collect()
}

fn stops(held: Held, pair: PairId, role: Role, site: SiteId) -> bool {
    held == Held::Target(Target::Process(pair, role)) || held == Held::Stopped(site)
}
