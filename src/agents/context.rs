//! What the agents of one cohort share: their profile, what they can see of the world, and how
//! they draw. Nothing here changes during a run.

use std::ops::Deref;

use crate::desktop::Leave;
use crate::distribution::Sampler;
use crate::limits::Bounds;
use crate::model::{
    AgentId, Cohort, Desktop, Kind, Model, PhoneUnknown, RestoreWhen, Role, RoundOrder, Side,
    SiteId,
};
use crate::phones::{PhoneContext, Registers};
use crate::random::RandomNumbers;
use crate::rounds::{Endpoint, View};
use crate::time::{Span, Time};
use crate::world::{Cursor, Outlook, Timeline, World};

/// The laws that every desktop draws from, prepared for sampling.
#[derive(Clone, Copy, Debug)]
pub struct Laws<'a> {
    /// Detection delay.
    pub detection: Sampler<'a>,
    /// Login time.
    pub login: Sampler<'a>,
    /// Ready delay.
    pub ready: Sampler<'a>,
    /// Boot time.
    pub boot: Sampler<'a>,
}

impl<'a> Laws<'a> {
    fn new(desktop: &'a Desktop) -> Self {
        let laws = [&desktop.detection, &desktop.login, &desktop.ready, &desktop.boot];
        let [detection, login, ready, boot] = laws.map(Sampler::new);
        Self { detection, login, ready, boot }
    }
}

/// What the agents of one cohort share. What holds for their phones holds for their desktops as
/// well: its fields can be read as fields of this type.
#[derive(Debug)]
pub struct Context<'w> {
    /// What their phones share.
    phones: PhoneContext<'w>,
    /// By side and kind.
    views: [[Option<View<'w>>; 3]; 2],
    /// What its desktops draw from.
    pub laws: Laws<'w>,
    /// When logins can be made, by side; `None`: always.
    logins: [Option<&'w Timeline<bool>>; 2],
    /// The restore-probe interval.
    pub probe_interval: Span,
    /// Whether logins or connections are limited at one of the two sites.
    pub queues: bool,
    /// Whether a drain touches one of the two sites.
    pub drained: bool,
    /// The kinds of connections that its desktops have somewhere, SIP first.
    kinds: Vec<Kind>,
}

impl<'w> Deref for Context<'w> {
    type Target = PhoneContext<'w>;

    fn deref(&self) -> &PhoneContext<'w> {
        &self.phones
    }
}

/// When logins can be made at a site; `None`: always.
fn logins(world: &World, site: SiteId) -> Option<&Timeline<bool>> {
    let logins = world.logins(site);
    (logins.changes() != [(Time::ZERO, true)]).then_some(logins)
}

impl<'w> Context<'w> {
    /// Looks up what a cohort shares; `bounds`: of each of its agents.
    #[must_use]
    pub fn new(
        model: &'w Model,
        world: &'w World,
        random: RandomNumbers,
        (cohort, registers, bounds): (&'w Cohort, Registers<'w>, Bounds<'w>),
    ) -> Self {
        let phones = PhoneContext::new(model, world, random, (cohort, registers, bounds));
        let profile = phones.profile;
        let view = |side, kind| View::new(model, world, profile, (side, kind));
        let views = Side::BOTH.map(|side| Kind::ALL.map(|kind| view(side, kind)));
        let mut outlooks = views.iter().filter_map(|kinds| kinds[0].as_ref().map(|it| it.outlook));
        let has = |kind: &Kind| views.iter().any(|kinds| kinds[kind.index()].is_some());
        Self {
            logins: Side::BOTH.map(|side| logins(world, phones.site(side))),
            kinds: Kind::ALL.into_iter().filter(has).collect(),
            drained: outlooks.any(|it| it.changes().iter().any(|change| change.1.drained())),
            views,
            laws: Laws::new(&model.desktop),
            probe_interval: model.probe_interval(profile),
            queues: Side::BOTH
                .into_iter()
                .filter_map(|side| profile.seat(side))
                .any(|seat| model.sites[seat.site.index()].makes_wait()),
            phones,
        }
    }

    /// What its phones share, without their desktops.
    #[must_use]
    pub fn into_phones(self) -> PhoneContext<'w> {
        self.phones
    }

    /// Its phones remember how they came to their state, so that they can be set back.
    pub fn rewind_phones(&mut self) {
        self.phones.rewinds = true;
    }

    /// The kinds of connections that its desktops have at one site or the other, SIP first.
    #[must_use]
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// What the desktop sees of its pair of one kind at one side, if it has one there.
    #[must_use]
    pub fn view(&self, side: Side, kind: Kind) -> Option<&View<'w>> {
        self.views[side.index()][kind.index()].as_ref()
    }

    /// What the desktop sees of its SIP Server pair at one side. Only the peer side of an agent
    /// without a peer has none.
    #[must_use]
    pub fn sip(&self, side: Side) -> Option<&'w Timeline<Outlook>> {
        self.views[side.index()][Kind::Sip.index()].map(|view| view.outlook)
    }

    /// When logins can be made at a side; `None`: always.
    #[must_use]
    pub const fn logins(&self, side: Side) -> Option<&'w Timeline<bool>> {
        self.logins[side.index()]
    }

    /// Whether connections to SIP Servers at a side are limited.
    #[must_use]
    pub fn limits_connections(&self, side: Side) -> bool {
        self.model.limits_connections(self.site(side))
    }

    /// The first instant from `t` on at which a login can be made at a side; [`Time::NEVER`]: none.
    #[must_use]
    pub fn admitted_from(&self, side: Side, t: Time) -> Time {
        let first = |logins: &Timeline<bool>| logins.first(t, |admits| admits);
        self.logins(side).map_or(t, |logins| first(logins).unwrap_or(Time::NEVER))
    }

    /// Whether a desktop assumes that a desk phone is registered at a site where it has never been.
    #[must_use]
    pub fn seen_unvisited(&self) -> bool {
        let unknown = self.model.policy.phone_unknown == PhoneUnknown::Switch;
        self.dual() && self.has_peer() && unknown
    }

    /// Rounds at a pair whose member used last is `last`; `outlook` is what is seen of it, around the
    /// instants that matter. Those of a search: the first round after a loss is another one.
    #[must_use]
    #[inline]
    pub fn endpoint<'v>(
        &self,
        view: &'v View<'w>,
        outlook: Cursor<'w, Outlook>,
        login: bool,
        last: Role,
    ) -> Endpoint<'v> {
        let by_use = view.backup && self.model.policy.round_order == RoundOrder::LastUsed;
        let first = if by_use { last } else { Role::Primary };
        Endpoint { outlook, view, login, limited: false, first, between: Span::ZERO }
    }

    /// Whether its agents wait for the end of a call before they leave for a reason.
    #[must_use]
    pub(super) fn waits_to(&self, leave: Leave) -> bool {
        let idle = self.model.policy.restore_when == RestoreWhen::Idle;
        (leave != Leave::Restore || idle)
            && !self.model.calls.in_windows()
            && self.model.takes_calls(self.cohort)
    }

    /// The most switchovers in an hour, as many as a desktop remembers at most; `None`: they are not capped.
    #[must_use]
    pub(super) fn cap(&self) -> Option<usize> {
        self.model.what_if.switchovers_per_hour.map(|cap| usize::from(cap).clamp(1, 8))
    }

    /// The hold-down of one agent, its stage of a staged restore included.
    #[must_use]
    pub fn hold_down(&self, agent: AgentId) -> Span {
        self.model.what_if.hold_down + self.stage(agent)
    }

    /// How much later than the first an agent's stage of a staged restore comes.
    #[must_use]
    pub fn stage(&self, agent: AgentId) -> Span {
        self.model.what_if.stages.map_or(Span::ZERO, |stages| {
            let group = self.cohort.group;
            let first = self.model.cohorts.iter().find(|cohort| cohort.group == group);
            let index = u64::from(agent.0 - first.map_or(agent.0, |cohort| cohort.first.0));
            let size = u64::from(self.model.groups[group.index()].size.max(1));
            let stage = index * u64::from(stages.count) / size;
            Span(stages.step.0.saturating_mul(stage as i64))
        })
    }
}
