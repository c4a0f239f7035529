//! The agent that a story is about: the names of its sites, pairs and phones.

use crate::model::{AgentId, Kind, Model, Pair, Profile, Role, Seat, Shift, Side, SiteId};

/// The agent, with what its names come from.
#[derive(Clone, Copy, Debug)]
pub(super) struct StoryAgent<'a> {
    pub(super) model: &'a Model,
    pub(super) profile: &'a Profile,
    pub(super) shift: Option<&'a Shift>,
}

impl<'a> StoryAgent<'a> {
    pub(super) fn new(model: &'a Model, agent: AgentId) -> Self {
        let profile = &model.profiles[model.cohort(agent).profile.index()];
        Self { model, profile, shift: model.shift(agent) }
    }

    pub(super) fn site(&self, site: SiteId) -> &'a str {
        &self.model.sites[site.index()].name
    }

    pub(super) fn location(&self) -> &'a str {
        &self.model.locations[self.profile.location.index()].name
    }

    pub(super) fn preferred(&self) -> &'a str {
        self.site(self.profile.preferred.site)
    }

    /// The site of a side; the preferred one if there is no peer.
    pub(super) fn seat_site(&self, side: Side) -> SiteId {
        self.profile.seat(side).unwrap_or(&self.profile.preferred).site
    }

    /// Both seats, or the only one.
    pub(super) fn seats(&self) -> impl Iterator<Item = &'a Seat> {
        let profile = self.profile;
        Side::BOTH.into_iter().filter_map(move |side| profile.seat(side))
    }

    /// Every pair that the agent's Place names, with its kind.
    pub(super) fn pairs(&self) -> impl Iterator<Item = &'a Pair> {
        let model = self.model;
        self.seats()
            .flat_map(|seat| Kind::ALL.into_iter().filter_map(|kind| seat.pair(kind)))
            .map(move |pair| &model.pairs[pair.index()])
    }

    /// A member by its name and role: "sip-x (primary)".
    pub(super) fn member(&self, kind: Kind, site: SiteId, role: Role) -> String {
        let seat = self.seats().find(|seat| seat.site == site);
        let pair = seat.and_then(|seat| seat.pair(kind));
        let named = pair.and_then(|pair| {
            self.model.pairs[pair.index()].members().nth(role.index()).map(|member| &member.name)
        });
        match named {
            Some(name) => format!("{name} ({})", role_name(role)),
            None => format!("the {} {} of {}", role_name(role), server(kind), self.site(site)),
        }
    }
}

/// A role in words.
pub(super) const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Primary => "primary",
        Role::Backup => "backup",
    }
}

/// A kind of server by its product name.
pub(super) const fn server(kind: Kind) -> &'static str {
    match kind {
        Kind::Sip => "SIP Server",
        Kind::Stat => "Stat Server",
        Kind::Config => "Configuration Server",
    }
}
