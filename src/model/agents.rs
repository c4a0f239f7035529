//! Who works where: profiles (effective options, resolved) and the cohorts of agents that share them.

use crate::time::Span;

use super::ids::{AgentId, GroupId, Kind, LocationId, PairId, ProfileId, ShiftId, Side, SiteId};

/// One of the two sites of an agent, with the pairs that its Place names there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seat {
    /// The site.
    pub site: SiteId,
    /// SIP Server pair.
    pub sip: PairId,
    /// Stat Server pair; `None`: none is configured, or its loss is ignored.
    pub stat: Option<PairId>,
    /// Configuration Server pair; `None`: none is configured, or its loss is ignored.
    pub config: Option<PairId>,
}

impl Seat {
    /// The pair of one kind.
    #[must_use]
    pub const fn pair(&self, kind: Kind) -> Option<PairId> {
        match kind {
            Kind::Sip => Some(self.sip),
            Kind::Stat => self.stat,
            Kind::Config => self.config,
        }
    }
}

/// Everything that the agents of one cohort have in common: as meant, no "inherit" left.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Profile {
    /// Where the agents sit.
    pub location: LocationId,
    /// The preferred site.
    pub preferred: Seat,
    /// The peer site; `None`: disaster recovery is off for these agents, or there is no usable peer.
    pub peer: Option<Seat>,
    /// Per kind: whether disaster recovery is on for that connection (it has a usable peer and its
    /// server names its site). For SIP equal to `peer.is_some()`.
    pub dr: [bool; 3],
    /// `disaster-recovery.timeout`; [`Span::NEVER`] for the what-if `"never"`.
    pub dr_timeout: Span,
    /// `disaster-recovery.wait-for-sipphone-timeout`; [`Span::NEVER`] for the what-if `"never"`.
    pub phone_timeout: Span,
    /// `disaster-recovery.auto-restore`.
    pub auto_restore: bool,
    /// `warm-standby.reconnection-random-delay-range`.
    pub random_delay_range: Span,
    /// `warm-standby.retry-delay`, where the pair names no Reconnect Timeout of its own: the pauses
    /// between rounds one after the other, the last of them again and again; at least one.
    pub retry_delay: Vec<Span>,
    /// `warm-standby.open-timeout`; `None`: as [`super::Desktop::connect_timeout`].
    pub open_timeout: Option<Span>,
    /// Index into [`super::Model::phones`].
    pub phone: usize,
}

impl Profile {
    /// The seat at one side, if there is one.
    #[must_use]
    pub const fn seat(&self, side: Side) -> Option<&Seat> {
        match side {
            Side::Preferred => Some(&self.preferred),
            Side::Peer => self.peer.as_ref(),
        }
    }
}

/// A run of agents with one profile: numbers `first .. first + count` over all agents.
#[derive(Clone, Debug, PartialEq)]
pub struct Cohort {
    /// First agent.
    pub first: AgentId,
    /// Number of agents, at least 1.
    pub count: u32,
    /// Group they belong to.
    pub group: GroupId,
    /// Index of the first within its group (a Person's own: 2^30 + declaration ordinal).
    pub index: u32,
    /// What they have in common.
    pub profile: ProfileId,
    /// The name of a single, named agent (a Person); else agents are `group-1`, `group-2` ...
    pub person: Option<String>,
    /// The shifts of its agents, one after the other, and again from the first; none: they are always
    /// on duty.
    pub shifts: Vec<ShiftId>,
}

impl Cohort {
    /// The shift of one of its agents.
    #[must_use]
    pub fn shift(&self, agent: AgentId) -> Option<ShiftId> {
        let place = (agent.0 - self.first.0) as usize;
        (!self.shifts.is_empty()).then(|| self.shifts[place % self.shifts.len()])
    }

    /// Its agents by their shifts; `None`: always on duty.
    pub fn by_shift(&self) -> impl Iterator<Item = (Option<ShiftId>, u64)> {
        let (agents, shifts) = (u64::from(self.count), self.shifts.len() as u64);
        let in_turn = (0..).zip(&self.shifts).map(move |(place, shift)| {
            (Some(*shift), agents / shifts + u64::from(place < agents % shifts))
        });
        in_turn.chain((shifts == 0).then_some((None, agents)))
    }
}

/// An agent group.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Name.
    pub name: String,
    /// Number of agents, named persons included.
    pub size: u32,
}
