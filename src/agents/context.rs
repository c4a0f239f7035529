//! What the agents of one cohort share: their profile, what they can see of the world, and how
//! they draw. Nothing here changes during a run.

use crate::distribution::Sampler;
use crate::model::{
    AgentId, Cohort, Desktop, Kind, Model, Phone, PhoneUnknown, Profile, RestoreWhen, Role,
    RoundOrder, Side, SiteId, Style,
};
use crate::random::{Entity, Luck};
use crate::time::{Span, Time};
use crate::world::{Cursor, Outlook, Timeline, World};

use super::answers::Registers;
use super::diary::Diary;
use super::leave::Leave;
use super::meter::{Bounds, Meter};
use super::registrar::Registrar;
use super::rounds::Door;
use super::trouble::Trouble;
use super::view::View;

/// The laws that every desktop draws from, made ready.
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

/// What the agents of one cohort share.
#[derive(Debug)]
pub struct Context<'w> {
    /// The resolved scenario.
    pub model: &'w Model,
    /// The luck of this replication.
    pub luck: Luck,
    /// The cohort.
    pub cohort: &'w Cohort,
    /// Its profile.
    pub profile: &'w Profile,
    /// Its phone.
    pub phone: &'w Phone,
    /// By side; the preferred one twice if there is no peer.
    sites: [SiteId; 2],
    /// By side and kind.
    views: [[Option<View<'w>>; 3]; 2],
    /// What its desktops draw from.
    pub laws: Laws<'w>,
    /// What its phones meet, by side.
    pub(super) registrars: [Registrar; 2],
    /// What becomes of their REGISTERs, by side; `None`: they are neither lost nor late.
    pub(super) troubles: [Option<Trouble<'w>>; 2],
    /// The expiry that registrars grant, by side.
    pub granted: [Span; 2],
    /// Time from a success to the next refresh, by side.
    pub refresh: [Span; 2],
    /// What is asked of registrars with a capacity.
    pub registers: Registers<'w>,
    /// Whether its phones' refreshes are drawn one by one, or each is a message, by side.
    pub stepped: [bool; 2],
    /// When logins can be made, by side; `None`: always.
    logins: [Option<&'w Timeline<bool>>; 2],
    /// When its location has power; `None`: always.
    pub power: Option<&'w Timeline<bool>>,
    /// The restore-probe interval.
    pub probe_interval: Span,
    /// Whether logins or connections are limited at one of the two sites.
    pub queues: bool,
    /// Whether a drain touches one of the two sites.
    pub drained: bool,
    /// Whether nothing but time and the world's answers moves its phones: neither a desktop nor the
    /// loss of bindings.
    pub phone_alone: bool,
    /// Whether phones remember how they have come to where they are: they are taken back.
    pub rewinds: bool,
    /// The kinds of connections that its desktops have somewhere, SIP first.
    kinds: Vec<Kind>,
    /// Where the tries of its phone are written down; `None`: nobody tells its story.
    pub(super) diary: Option<Diary>,
    /// Counts the steps of the agent that is being simulated.
    pub(super) meter: Meter<'w>,
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
        luck: Luck,
        (cohort, registers, bounds): (&'w Cohort, Registers<'w>, Bounds<'w>),
    ) -> Self {
        let profile = &model.profiles[cohort.profile.index()];
        let view = |side, kind| View::new(model, world, profile, (side, kind));
        let views = Side::BOTH.map(|side| Kind::ALL.map(|kind| view(side, kind)));
        let outlooks = views.iter().filter_map(|kinds| kinds[0].as_ref().map(|view| view.outlook));
        let drained = outlooks.clone().any(|it| it.changes().iter().any(|c| c.1.drained()));
        let lost = !model.policy.keep_bindings;
        let has = |kind: &Kind| views.iter().any(|kinds| kinds[kind.index()].is_some());
        let phone = &model.phones[profile.phone];
        let power = world.power(profile.location);
        let sites = Side::BOTH.map(|side| profile.seat(side).unwrap_or(&profile.preferred).site);
        let troubles = Side::BOTH.map(|side| {
            let pair = profile.seat(side)?.sip;
            Trouble::new((model, world, luck), (profile.location, pair))
        });
        let registrar = |(it, trouble): (_, &Option<Trouble<'_>>)| {
            let times = trouble.as_ref().map(Trouble::times);
            Registrar::new(it, times.as_ref(), (model.horizon, lost))
        };
        let mut registrars = outlooks.zip(&troubles).map(registrar);
        Self {
            model,
            luck,
            cohort,
            profile,
            phone,
            granted: sites.map(|site| model.granted(phone, site)),
            refresh: sites.map(|site| model.refresh(phone, site)),
            registrars: std::array::from_fn(|_| registrars.next().unwrap_or_default()),
            troubles,
            sites,
            logins: sites.map(|site| logins(world, site)),
            power,
            kinds: Kind::ALL.into_iter().filter(has).collect(),
            views,
            laws: Laws::new(&model.desktop),
            probe_interval: model.probe_interval(profile),
            queues: Side::BOTH
                .into_iter()
                .filter_map(|side| profile.seat(side))
                .any(|seat| model.sites[seat.site.index()].makes_wait()),
            drained,
            stepped: sites.map(|site| registers.step(&model.sites[site.index()].registrar)),
            phone_alone: phone.style == Style::Dual
                && !lost
                && power.is_none()
                && !matches!(registers, Registers::Asked(_)),
            rewinds: phone.style == Style::Follow,
            registers,
            diary: None,
            meter: Meter::new(bounds),
        }
    }

    /// The kinds of connections that its desktops have at one site or the other, SIP first.
    #[must_use]
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// Whether its phones follow their desktops.
    #[must_use]
    pub fn follows(&self) -> bool {
        self.phone.style == Style::Follow
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

    /// Whether the agent has a peer to go to.
    #[must_use]
    pub const fn has_peer(&self) -> bool {
        self.profile.peer.is_some()
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

    /// The site at one side; the preferred one if there is no peer.
    #[must_use]
    pub const fn site(&self, side: Side) -> SiteId {
        self.sites[side.index()]
    }

    /// What a desktop takes a desk phone's registration for at a site where it has never been.
    #[must_use]
    pub fn seen_unvisited(&self) -> bool {
        let unknown = self.model.policy.phone_unknown == PhoneUnknown::Switch;
        self.dual() && self.has_peer() && unknown
    }

    /// Whether the phone registers at both sites.
    #[must_use]
    pub fn dual(&self) -> bool {
        self.phone.style == Style::Dual
    }

    /// Rounds at a pair whose member used last is `last`; `outlook` is what is seen of it, around the
    /// instants that matter. Those of a search: the first round after a loss is another one.
    #[must_use]
    #[inline]
    pub fn door<'v>(
        &self,
        view: &'v View<'w>,
        outlook: Cursor<'w, Outlook>,
        login: bool,
        last: Role,
    ) -> Door<'v> {
        let by_use = view.backup && self.model.policy.round_order == RoundOrder::LastUsed;
        let first = if by_use { last } else { Role::Primary };
        Door { outlook, view, login, limited: false, first, between: Span::ZERO }
    }

    /// Whether its agents wait for the end of a call before they leave for a reason.
    #[must_use]
    pub(super) fn waits_to(&self, leave: Leave) -> bool {
        let idle = self.model.policy.restore_when == RestoreWhen::Idle;
        (leave != Leave::Restore || idle)
            && !self.model.calls.in_windows()
            && self.model.takes_calls(self.cohort)
    }

    /// The key of an agent's random addresses.
    #[must_use]
    pub fn entity(&self, agent: AgentId) -> Entity {
        let index = self.cohort.index + (agent.0 - self.cohort.first.0);
        Entity::agent(self.cohort.group.0, index)
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

    /// The last instant of the run.
    #[must_use]
    pub fn last_instant(&self) -> Time {
        self.model.horizon - Span(1)
    }
}
