//! Small numbers that identify entities: declaration ordinals, the keys of every tie-break.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// The position in the model's table.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id!(/// A site.
    SiteId);
id!(/// A host (a machine that server processes run on).
    HostId);
id!(/// A server pair of one kind at one site.
    PairId);
id!(/// A place where agents sit, with one path to every site.
    LocationId);
id!(/// An agent group.
    GroupId);
id!(/// A profile: everything that the agents of one cohort have in common.
    ProfileId);
id!(/// An agent: its position in the order of declaration, over all groups.
    AgentId);
id!(/// A declared fault.
    FaultId);
id!(/// A shift.
    ShiftId);

/// The kind of a server pair, in the order in which simultaneous events of an agent's
/// connections are handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// SIP Server (voice).
    Sip,
    /// Stat Server.
    Stat,
    /// Configuration Server, or its proxy.
    Config,
}

impl Kind {
    /// All kinds, in tie order.
    pub const ALL: [Self; 3] = [Self::Sip, Self::Stat, Self::Config];

    /// The kind's position in [`Kind::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The kind's name in scenario files and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sip => "sip",
            Self::Stat => "stat",
            Self::Config => "config",
        }
    }
}

/// One of an agent's two sites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The preferred site.
    Preferred,
    /// The peer site.
    Peer,
}

impl Side {
    /// Both sides, preferred first.
    pub const BOTH: [Self; 2] = [Self::Preferred, Self::Peer];

    /// 0 for the preferred site, 1 for the peer.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The other side.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Preferred => Self::Peer,
            Self::Peer => Self::Preferred,
        }
    }
}

/// One of the two members of a pair: the configured primary (0) or the backup (1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The member configured as primary.
    Primary,
    /// The member configured as backup.
    Backup,
}

impl Role {
    /// Both roles, primary first.
    pub const BOTH: [Self; 2] = [Self::Primary, Self::Backup];

    /// 0 for the primary, 1 for the backup.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The other member.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Primary => Self::Backup,
            Self::Backup => Self::Primary,
        }
    }
}
