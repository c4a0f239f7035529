//! The causes of downtime, and their names in reports. When each holds is not decided here.

use serde::{Deserialize, Serialize};

/// Why an agent is out of service: exactly one at any instant, the first that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// No power, or starting until the first attempt.
    Off,
    /// A logged-in desktop believes all is well.
    Undetected,
    /// From a failed round at the target of a move to the next successful connection.
    NoSite,
    /// A restore is open.
    Restoring,
    /// A switchover is open.
    Switching,
    /// Warm standby: the loss of the connection is noticed.
    Reconnecting,
    /// The phone is not usable, and the desktop knows it.
    Phone,
    /// Everything works, but the agent is not ready yet.
    NotReady,
}

impl Cause {
    /// All causes, in the order in which the first that holds is taken.
    pub const ALL: [Self; 8] = [
        Self::Off,
        Self::Undetected,
        Self::NoSite,
        Self::Restoring,
        Self::Switching,
        Self::Reconnecting,
        Self::Phone,
        Self::NotReady,
    ];

    /// The cause's name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Undetected => "undetected",
            Self::NoSite => "no-site",
            Self::Restoring => "restoring",
            Self::Switching => "switching",
            Self::Reconnecting => "reconnecting",
            Self::Phone => "phone",
            Self::NotReady => "not-ready",
        }
    }
}
