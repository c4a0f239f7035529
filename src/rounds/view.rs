//! What a desktop sees of one server pair, and how it tries to connect there: what never changes during
//! a run.

use crate::model::{Kind, Model, OtherLoss, Profile, Role, Side};
use crate::time::{Span, Time};
use crate::world::{Outlook, Quality, Timeline, World};

/// What a desktop sees of one pair.
#[derive(Clone, Copy, Debug)]
pub struct View<'w> {
    /// The pair, as seen from the agent's location.
    pub outlook: &'w Timeline<Outlook>,
    /// Whether some member of the pair is up.
    pub any_up: &'w Timeline<bool>,
    /// The pauses after failed rounds there.
    pub retry: &'w [Span],
    /// Whether the pair has a backup.
    pub backup: bool,
    /// The pause between the attempts of the first round after a loss.
    pub backup_delay: Span,
    /// How well the paths to its members carry; `None`: always well.
    pub paths: [Option<&'w Timeline<Quality>>; 2],
    /// An answer to a keep-alive that takes longer counts as none.
    pub keep_alive: Option<Span>,
    /// How long an attempt at a silent member lasts.
    pub timeout: Span,
    /// Whether connections are limited at its site.
    pub limited: bool,
}

impl<'w> View<'w> {
    /// What the desktops of a profile see at a side, if they have anything there.
    pub(crate) fn new(
        model: &'w Model,
        world: &'w World,
        profile: &'w Profile,
        (side, kind): (Side, Kind),
    ) -> Option<Self> {
        if model.loss_policy(kind) == OtherLoss::Ignore {
            return None;
        }
        let id = profile.seat(side)?.pair(kind)?;
        let pair = &model.pairs[id.index()];
        let mut paths = [None; 2];
        for (path, member) in paths.iter_mut().zip(pair.members()) {
            *path = world.cti_quality(profile.location, model.member_site(member));
        }
        Some(Self {
            outlook: world.outlook(profile.location, id),
            any_up: &world.pair(id).any_up,
            retry: model.retry_delays(profile, id),
            backup: pair.backup.is_some(),
            backup_delay: pair.backup_delay,
            paths,
            keep_alive: model.desktop.keep_alive,
            timeout: model.connect_timeout(profile),
            limited: kind == Kind::Sip && model.limits_connections(profile.seat(side)?.site),
        })
    }

    /// The first instant from `t` on at which answers of a member are too late for keep-alives, or are
    /// not.
    #[must_use]
    pub fn late_from(&self, member: Role, t: Time, late: bool) -> Time {
        let (Some(path), Some(limit)) = (self.paths[member.index()], self.keep_alive) else {
            return if late { Time::NEVER } else { t };
        };
        let first = path.first(t, |quality| (quality.delay > limit) == late);
        first.unwrap_or(Time::NEVER)
    }
}
