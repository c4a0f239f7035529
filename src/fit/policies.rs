//! How a log is understood where it leaves a question open: named policies. It decides nothing.

use schemars::JsonSchema;
use serde::Serialize;

use crate::time::Time;

/// What outages of one component that overlap or touch are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Overlaps {
    /// A mistake.
    #[default]
    Refuse,
    /// One outage, from the first start to the last end.
    Merge,
}

/// What an outage is that ends when it begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ZeroLengths {
    /// A mistake.
    #[default]
    Refuse,
    /// An outage of the smallest unit that the log writes.
    Smallest,
}

/// What an outage without an end is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Open {
    /// Still down at the end of the observation; a mistake if its component fails again later.
    #[default]
    Censor,
    /// A failure whose repair was not recorded: its length and the up time after it are unknown.
    Drop,
}

/// What the time from the start of the observation to the first outage of a component is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FirstUpTime {
    /// The rest of an up time whose beginning was not observed: left out.
    #[default]
    LeaveOut,
    /// A whole up time: the component went into service at that moment.
    Whole,
}

/// How a log is understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Policies {
    /// Overlapping outages.
    pub overlaps: Overlaps,
    /// Outages without length.
    pub zero_lengths: ZeroLengths,
    /// Outages without an end.
    pub open: Open,
    /// The first up time.
    pub first_up_time: FirstUpTime,
    /// Start of the observation; `None`: nothing is known before a component's first row.
    pub from: Option<Time>,
    /// End of the observation; `None`: the last instant of the log.
    pub until: Option<Time>,
    /// This component only, by its position in the log.
    pub component: Option<usize>,
}
