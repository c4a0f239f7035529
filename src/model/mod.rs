//! The scenario as meant: everything resolved, nothing inherited, names turned into numbers.
//!
//! It does not know how a scenario is written, and nothing in it has happened yet.

mod agents;
mod calls;
mod clock;
mod experiment;
mod fault;
mod hours;
mod ids;
mod phone;
mod policy;
mod prices;
mod shift;
mod topology;

pub use agents::{Cohort, Group, Profile, Seat};
pub use calls::{
    Arrivals, AtLoss, Calls, Patience, Piece, Queue, Redial, ServiceLevel, ShareOf, Simulated,
};
pub use clock::{Change, Clock, DAY, Local, MIDNIGHT, Stretch, Unclear, Zone};
pub use experiment::{Bound, Experiment, Threshold, Unit};
pub use fault::{Drain, Fault, Impairment, Laws, Planes, RegistrarFault, Schedule, Target};
pub use hours::{Hours, Weekly};
pub use ids::{
    AgentId, FaultId, GroupId, HostId, Kind, LocationId, PairId, ProfileId, Role, ShiftId, Side,
    SiteId,
};
pub use phone::{Failback, Phone, Renewal, Retry, Style, Transport};
pub use policy::{
    Desktop, DrTimerStarts, OtherLoss, PhoneNowhere, PhoneUnknown, Policy, RestoreWhen, RoundOrder,
    Stages, WhatIf,
};
pub use prices::{BILLION, Price, Prices};
pub use shift::Shift;
pub use topology::{
    Failover, Host, Limit, Location, Member, Pair, Preempt, Registrar, Site, Split,
};

use crate::random::Entity;
use crate::time::{Span, Time};

/// A resolved scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Short name: the scenario file's stem.
    pub name: String,
    /// The question that the scenario asks.
    pub title: String,
    /// Seed of the random addresses.
    pub seed: u64,
    /// The run covers [0, horizon).
    pub horizon: Time,
    /// The calendar, where the scenario has one; else runs start at midnight.
    pub clock: Option<Clock>,
    /// Window after a restore in which a switchover is a flap.
    pub flap_window: Span,
    /// Sites.
    pub sites: Vec<Site>,
    /// Machines.
    pub hosts: Vec<Host>,
    /// Server pairs.
    pub pairs: Vec<Pair>,
    /// Places where agents sit.
    pub locations: Vec<Location>,
    /// Agent groups.
    pub groups: Vec<Group>,
    /// Shifts; none: all agents are always on duty.
    pub shifts: Vec<Shift>,
    /// Phone types.
    pub phones: Vec<Phone>,
    /// Profiles.
    pub profiles: Vec<Profile>,
    /// Cohorts, in the order of their agents; they cover all agents without gaps.
    pub cohorts: Vec<Cohort>,
    /// Declared faults.
    pub faults: Vec<Fault>,
    /// Graceful migrations.
    pub drains: Vec<Drain>,
    /// Calls.
    pub calls: Calls,
    /// What outages cost.
    pub prices: Prices,
    /// The desktop.
    pub desktop: Desktop,
    /// Policies.
    pub policy: Policy,
    /// What-if extensions.
    pub what_if: WhatIf,
    /// How many replications, and until when.
    pub experiment: Experiment,
    /// Bounds that measures must keep, in the order of declaration.
    pub thresholds: Vec<Threshold>,
}

impl Model {
    /// The question that it asks; its name, if it asks none.
    #[must_use]
    pub fn heading(&self) -> &str {
        if self.title.is_empty() { &self.name } else { &self.title }
    }

    /// Number of agents.
    #[must_use]
    pub fn agents(&self) -> u32 {
        self.cohorts.last().map_or(0, |last| last.first.0 + last.count)
    }

    /// The site of a member of a pair: where its host is.
    #[must_use]
    pub fn member_site(&self, member: &Member) -> SiteId {
        self.hosts[member.host.index()].site
    }

    /// Whether the members of a pair are at two sites.
    #[must_use]
    pub fn is_stretched(&self, pair: &Pair) -> bool {
        pair.members().any(|member| self.member_site(member) != pair.site)
    }

    /// The cohort that an agent belongs to. O(log cohorts).
    #[must_use]
    pub fn cohort(&self, agent: AgentId) -> &Cohort {
        let after = self.cohorts.partition_point(|cohort| cohort.first <= agent);
        &self.cohorts[after - 1]
    }

    /// The shift of an agent; `None`: it is always on duty.
    #[must_use]
    pub fn shift(&self, agent: AgentId) -> Option<&Shift> {
        let shift = self.cohort(agent).shift(agent)?;
        self.shifts.get(shift.index())
    }

    /// An agent's name: the person's, or `group-number` counted from 1.
    #[must_use]
    pub fn agent_name(&self, agent: AgentId) -> String {
        let cohort = self.cohort(agent);
        match &cohort.person {
            Some(name) => name.clone(),
            None => {
                let index = cohort.index + (agent.0 - cohort.first.0);
                format!("{}-{}", self.groups[cohort.group.index()].name, index + 1)
            }
        }
    }

    /// The agent of that name, if there is one.
    #[must_use]
    pub fn agent_named(&self, name: &str) -> Option<AgentId> {
        let person = self.cohorts.iter().find(|c| c.person.as_deref() == Some(name));
        person.map(|cohort| cohort.first).or_else(|| {
            let (group, number) = name.rsplit_once('-')?;
            let index = number.parse::<u32>().ok()?.checked_sub(1)?;
            let cohort = self.cohorts.iter().find(|c| {
                c.person.is_none()
                    && self.groups[c.group.index()].name == group
                    && (c.index..c.index + c.count).contains(&index)
            })?;
            Some(AgentId(cohort.first.0 + (index - cohort.index)))
        })
    }

    /// The key of an agent's random addresses.
    #[must_use]
    pub fn agent_entity(&self, agent: AgentId) -> Entity {
        let cohort = self.cohort(agent);
        Entity::agent(cohort.group.0, cohort.index + (agent.0 - cohort.first.0))
    }

    /// The names of each fault, then of each drain.
    pub fn strikers(&self) -> impl Iterator<Item = &str> {
        let faults = self.faults.iter().map(|fault| fault.name.as_str());
        faults.chain(self.drains.iter().map(|drain| drain.name.as_str()))
    }

    /// Whether chance decides when a fault holds.
    #[must_use]
    pub fn has_random_faults(&self) -> bool {
        self.faults.iter().any(|fault| matches!(fault.schedule, Schedule::Random { .. }))
    }

    /// The number of sets of laws that the faults with uncertain laws have: one number for all of
    /// them (a check sees to it). `None`: all laws are known.
    #[must_use]
    pub fn input_sets(&self) -> Option<usize> {
        let mut sets = self.faults.iter().map(|fault| fault.schedule.sets()).filter(|n| *n > 0);
        let first = sets.next()?;
        sets.all(|other| other == first).then_some(first)
    }

    /// The pauses of an agent of `profile` between rounds at a pair, one after the other; the last
    /// one again and again.
    #[must_use]
    pub fn retry_delays<'m>(&'m self, profile: &'m Profile, pair: PairId) -> &'m [Span] {
        let reconnect = self.pairs[pair.index()].reconnect.as_ref();
        reconnect.map_or(&profile.retry_delay[..], std::slice::from_ref)
    }

    /// The first of these pauses.
    #[must_use]
    pub fn retry_delay(&self, profile: &Profile, pair: PairId) -> Span {
        self.retry_delays(profile, pair).first().copied().unwrap_or_default()
    }

    /// The expiry that the registrar of a site grants a phone: what is asked, within its bounds.
    #[must_use]
    pub fn granted(&self, phone: &Phone, site: SiteId) -> Span {
        let [least, most] = self.sites[site.index()].registrar.expires;
        phone.expiry.max(least.unwrap_or(Span::ZERO)).min(most.unwrap_or(Span::NEVER))
    }

    /// The time from a success of a phone at a site to its next refresh there.
    #[must_use]
    pub fn refresh(&self, phone: &Phone, site: SiteId) -> Span {
        Self::refresh_of(phone, self.granted(phone, site))
    }

    /// The same after a success that granted an expiry.
    #[must_use]
    pub fn refresh_of(phone: &Phone, granted: Span) -> Span {
        if granted == phone.expiry {
            return phone.refresh;
        }
        let refresh = match phone.renewal {
            Renewal::Share => {
                let scaled = i128::from(granted.0) * i128::from(phone.refresh.0);
                Span((scaled / i128::from(phone.expiry.0.max(1))) as i64)
            }
            Renewal::Before(time) if time < granted => granted - time,
            Renewal::Before(_) => Span(granted.0 / 2),
            Renewal::Asked => phone.refresh,
        };
        refresh.max(Span(1))
    }

    /// How long an attempt of an agent of `profile` at a silent member lasts.
    #[must_use]
    pub fn connect_timeout(&self, profile: &Profile) -> Span {
        profile.open_timeout.unwrap_or(self.desktop.connect_timeout)
    }

    /// Whether connections to the SIP Servers of a site are limited.
    #[must_use]
    pub fn limits_connections(&self, site: SiteId) -> bool {
        self.sites[site.index()].reconnect_gap.is_some()
    }

    /// What the loss of a pair of this kind does (SIP: moves the agent).
    #[must_use]
    pub const fn loss_policy(&self, kind: Kind) -> OtherLoss {
        match kind {
            Kind::Sip => OtherLoss::MoveAgent,
            Kind::Stat => self.policy.stat_loss,
            Kind::Config => self.policy.config_loss,
        }
    }

    /// The time from the end of login to the first restore probe, and between two probes.
    #[must_use]
    pub fn probe_interval(&self, profile: &Profile) -> Span {
        let own = self.retry_delay(profile, profile.preferred.sip);
        self.desktop.probe_interval.unwrap_or(own)
    }
}
