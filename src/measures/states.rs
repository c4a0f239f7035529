//! When the parts of the world were not as usual: sites lost or drained, pairs served by their backup,
//! by both members or by nobody, paths down, locations without power.
//!
//! Intervals only; what they add up to is in `world`.

use crate::model::{LocationId, Model, PairId, Role, SiteId};
use crate::time::Time;
use crate::world::{Timeline, World};

use super::world::Part;

/// A part of the world with a state of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A whole site.
    Site(SiteId),
    /// A pair, or one plane of a path.
    Part(Part),
    /// The power of a location.
    Power(LocationId),
}

/// A state that is not the usual one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// A site is lost, no member of a pair serves, a path carries nothing, there is no power.
    Down,
    /// The backup of a pair serves.
    Backup,
    /// Both members of a pair serve, separated.
    Split,
    /// A site takes no logins.
    Drained,
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

/// All intervals: sites, then pairs, then paths by location and site, then the power of locations; each
/// part's in the order of time.
pub(super) fn state_rows(model: &Model, world: &World) -> Vec<StateRow> {
    let mut rows = Vec::new();
    for site in sites(model) {
        let up = world.site_up(site).zip(world.drained(site), |up, drained| match (up, drained) {
            (false, _) => Some(State::Down),
            (true, true) => Some(State::Drained),
            (true, false) => None,
        });
        add(&mut rows, model, Subject::Site(site), &up);
    }
    for pair in (0..model.pairs.len() as u32).map(PairId) {
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
        add(&mut rows, model, Subject::Part(Part::Pair(pair)), &state);
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
