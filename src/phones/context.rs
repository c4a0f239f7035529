//! What the phones of one cohort share: their kind, and what they meet at registrars. Nothing here
//! changes during a run.

use crate::limits::{Bounds, Meter};
use crate::model::{AgentId, Cohort, Model, Phone, Profile, Side, SiteId, Style};
use crate::random::{Entity, RandomNumbers};
use crate::time::{Span, Time};
use crate::world::{Timeline, World};

use super::answers::Registers;
use super::diary::Diary;
use super::impairments::Impairments;
use super::registrar::Registrar;

/// What the phones of one cohort share.
#[derive(Debug)]
pub struct PhoneContext<'w> {
    /// The resolved scenario.
    pub model: &'w Model,
    /// The random numbers of this replication.
    pub random: RandomNumbers,
    /// The cohort.
    pub cohort: &'w Cohort,
    /// Its profile.
    pub profile: &'w Profile,
    /// Its phone.
    pub phone: &'w Phone,
    /// By side; the preferred one twice if there is no peer.
    sites: [SiteId; 2],
    /// What they meet, by side.
    pub(super) registrars: [Registrar; 2],
    /// What can happen to their REGISTERs on the way, by side; `None`: they are neither lost nor
    /// late.
    pub(super) impairments: [Option<Impairments<'w>>; 2],
    /// The expiry that registrars grant, by side.
    pub granted: [Span; 2],
    /// Time from a success to the next refresh, by side.
    pub refresh: [Span; 2],
    /// What is asked of registrars with a capacity.
    pub registers: Registers<'w>,
    /// Whether their refreshes are drawn one by one, or each is a message, by side.
    pub stepped: [bool; 2],
    /// When their location has power; `None`: always.
    pub power: Option<&'w Timeline<bool>>,
    /// Whether nothing but time and the world's answers moves them: neither a desktop nor the loss of
    /// bindings.
    pub unmoved: bool,
    /// Whether they remember how they came to their state: their desktops set them back in time.
    pub rewinds: bool,
    /// Where their transactions are recorded; `None`: they are not recorded.
    pub(super) diary: Option<Diary>,
    /// Counts the steps of the agent that is being simulated.
    pub(crate) meter: Meter<'w>,
}

impl<'w> PhoneContext<'w> {
    /// Looks up what the phones of a cohort share; `bounds`: of each of its agents.
    #[must_use]
    pub fn new(
        model: &'w Model,
        world: &'w World,
        random: RandomNumbers,
        (cohort, registers, bounds): (&'w Cohort, Registers<'w>, Bounds<'w>),
    ) -> Self {
        let profile = &model.profiles[cohort.profile.index()];
        let location = profile.location;
        let phone = &model.phones[profile.phone];
        let lost = !model.policy.keep_bindings;
        let power = world.power(location);
        let sites = Side::BOTH.map(|side| profile.seat(side).unwrap_or(&profile.preferred).site);
        let impairments = Side::BOTH.map(|side| {
            let pair = profile.seat(side)?.sip;
            Impairments::new((model, world, random), (location, pair))
        });
        let registrars = Side::BOTH.map(|side| {
            let Some(seat) = profile.seat(side) else { return Registrar::default() };
            let times = impairments[side.index()].as_ref().map(Impairments::times);
            let outlook = world.outlook(location, seat.sip);
            Registrar::new(outlook, times.as_ref(), (model.horizon, lost))
        });
        Self {
            model,
            random,
            cohort,
            profile,
            phone,
            granted: sites.map(|site| model.granted(phone, site)),
            refresh: sites.map(|site| model.refresh(phone, site)),
            registrars,
            impairments,
            sites,
            power,
            stepped: sites.map(|site| registers.step(&model.sites[site.index()].registrar)),
            unmoved: phone.style == Style::Dual
                && !lost
                && power.is_none()
                && !matches!(registers, Registers::Asked(_)),
            rewinds: phone.style == Style::Follow,
            registers,
            diary: None,
            meter: Meter::new(bounds),
        }
    }

    /// Whether phones follow their desktops.
    #[must_use]
    pub fn follows(&self) -> bool {
        self.phone.style == Style::Follow
    }

    /// Whether a phone registers at both sites.
    #[must_use]
    pub fn dual(&self) -> bool {
        self.phone.style == Style::Dual
    }

    /// Whether the agent has a peer to go to.
    #[must_use]
    pub const fn has_peer(&self) -> bool {
        self.profile.peer.is_some()
    }

    /// The site at one side; the preferred one if there is no peer.
    #[must_use]
    pub const fn site(&self, side: Side) -> SiteId {
        self.sites[side.index()]
    }

    /// The key of an agent's random addresses.
    #[must_use]
    pub fn entity(&self, agent: AgentId) -> Entity {
        let index = self.cohort.index + (agent.0 - self.cohort.first.0);
        Entity::agent(self.cohort.group.0, index)
    }

    /// The last instant of the run.
    #[must_use]
    pub fn last_instant(&self) -> Time {
        self.model.horizon - Span(1)
    }
}
