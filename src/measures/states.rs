//! When the parts of the world were not as usual: sites lost or drained, logins that were not
//! possible, registrars that did not answer, pairs served by their backup, by both members or by
//! none, processes that hung, paths down, locations without power.
//!
//! Intervals only; what they add up to is in `world`.

use crate::model::{Kind, LocationId, Model, PairId, Role, SiteId};
use crate::simulation::traffic::{Messages, Traffic};
use crate::time::{NANOS, Time};
use crate::world::{Outlook, Timeline, World};

use super::world::Part;

/// A part of the world with a state of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A whole site.
    Site(SiteId),
    /// Logins at a site.
    Logins(SiteId),
    /// The registrar of a site.
    Registrar(SiteId),
    /// A pair, or one plane of a path.
    Part(Part),
    /// A member of a pair.
    Member(PairId, Role),
    /// The power of a location.
    Power(LocationId),
}

/// A state that is not the usual one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// A site is lost, no login is possible, no member of a pair serves, a path carries nothing,
    /// there is no power.
    Down,
    /// The backup of a pair serves.
    Backup,
    /// Both members of a pair serve, separated.
    Split,
    /// A site takes no logins.
    Drained,
    /// A registrar answers nothing, a process hangs.
    Hangs,
    /// A registrar refuses everything.
    Refuses,
    /// A registrar takes its time.
    Slow,
    /// Messages wait at a registrar with a capacity: whole seconds.
    Queue,
}

impl State {
    /// Its name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Down => "down",
            Self::Backup => "backup",
            Self::Split => "split",
            Self::Drained => "drained",
            Self::Hangs => "hangs",
            Self::Refuses => "refuses",
            Self::Slow => "slow",
            Self::Queue => "queue",
        }
    }
}

/// One interval in which a part was not as usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateRow {
    /// The part.
    pub subject: Subject,
    /// Its state.
    pub state: State,
    /// Start.
    pub from: Time,
    /// End, excluded, at most the horizon.
    pub to: Time,
}

/// All intervals: sites, each with its logins and its registrar, then pairs, each with its members, then
/// paths by location and site, then the power of locations; those of each part in the order of time.
pub(super) fn state_rows(model: &Model, world: &World, traffic: &Traffic) -> Vec<StateRow> {
    let mut rows = Vec::new();
    for site in sites(model) {
        of_site(&mut rows, model, world, site);
        of_registrar(&mut rows, model, world, site);
        of_queue(&mut rows, model, traffic, site);
    }
    for pair in (0..model.pairs.len() as u32).map(PairId) {
        of_pair(&mut rows, model, world, pair);
    }
    for location in (0..model.locations.len() as u32).map(LocationId) {
        for site in sites(model) {
            let path = world.path(location, site);
            let planes =
                [(Part::Cti(location, site), &path.cti), (Part::Sip(location, site), &path.sip)];
            for (part, up) in planes {
                let state = up.map(|up| (!up).then_some(State::Down));
                add(&mut rows, model, Subject::Part(part), &state);
            }
        }
    }
    for location in (0..model.locations.len() as u32).map(LocationId) {
        if let Some(power) = world.power(location) {
            let state = power.map(|on| (!on).then_some(State::Down));
            add(&mut rows, model, Subject::Power(location), &state);
        }
    }
    rows
}

fn of_site(rows: &mut Vec<StateRow>, model: &Model, world: &World, site: SiteId) {
    let up = world.site_up(site).zip(world.drained(site), |up, drained| match (up, drained) {
        (false, _) => Some(State::Down),
        (true, true) => Some(State::Drained),
        (true, false) => None,
    });
    add(rows, model, Subject::Site(site), &up);
    let logins = world.logins(site).map(|admits| (!admits).then_some(State::Down));
    add(rows, model, Subject::Logins(site), &logins);
}

/// Whether REGISTERs are answered has nothing to do with which pair of the site is asked.
fn of_registrar(rows: &mut Vec<StateRow>, model: &Model, world: &World, site: SiteId) {
    let own = (0..).map(PairId).zip(&model.pairs);
    let mut own = own.filter(|(_, pair)| pair.site == site && pair.kind == Kind::Sip);
    let Some((pair, _)) = own.next() else { return };
    let mut state = world.nearby(pair).map(|seen: Outlook| match () {
        () if seen.is_mute() => Some(State::Hangs),
        () if seen.refuses_registers() => Some(State::Refuses),
        () => None,
    });
    if let Some(slow) = world.slow(site) {
        let slow = Timeline::new(false, slow.iter().map(|(at, faults)| (*at, !faults.is_empty())));
        state = state.zip(&slow, |state, slow| state.or(slow.then_some(State::Slow)));
    }
    add(rows, model, Subject::Registrar(site), &state);
}

/// The seconds in which messages waited, one after the other as one interval.
fn of_queue(rows: &mut Vec<StateRow>, model: &Model, traffic: &Traffic, site: SiteId) {
    let own = |it: &&Messages| model.pairs[it.pair.index()].site == site;
    let mut seconds: Vec<i64> = traffic
        .registrars
        .iter()
        .filter(own)
        .flat_map(|it| it.seconds.iter().filter(|second| second.waiting > 0))
        .map(|second| second.number)
        .collect();
    seconds.sort_unstable();
    seconds.dedup();
    for run in seconds.chunk_by(|one, next| one + 1 == *next) {
        let [from, to] = [run[0], run[run.len() - 1] + 1].map(|at| Time(at.saturating_mul(NANOS)));
        let to = to.min(model.horizon);
        rows.push(StateRow { subject: Subject::Registrar(site), state: State::Queue, from, to });
    }
}

fn of_pair(rows: &mut Vec<StateRow>, model: &Model, world: &World, pair: PairId) {
    let history = world.pair(pair);
    let mut state = history.serving.map(|member| match member {
        None => Some(State::Down),
        Some(Role::Backup) => Some(State::Backup),
        Some(Role::Primary) => None,
    });
    if let Some(split) = &history.split {
        let both = |state, split: bool| if split { Some(State::Split) } else { state };
        state = state.zip(split, both);
    }
    add(rows, model, Subject::Part(Part::Pair(pair)), &state);
    for role in Role::BOTH {
        let hangs = world.nearby(pair).map(|seen| seen.hangs(role).then_some(State::Hangs));
        add(rows, model, Subject::Member(pair, role), &hangs);
    }
}

fn sites(model: &Model) -> impl Iterator<Item = SiteId> {
    (0..model.sites.len() as u32).map(SiteId)
}

fn add(
    rows: &mut Vec<StateRow>,
    model: &Model,
    subject: Subject,
    states: &Timeline<Option<State>>,
) {
    let unusual = states.spells(model.horizon).filter_map(|spell| {
        let (from, to) = (spell.from, spell.to);
        spell.value.map(|state| StateRow { subject, state, from, to })
    });
    rows.extend(unusual);
}
