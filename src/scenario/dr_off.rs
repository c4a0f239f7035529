//! For whom the product leaves disaster recovery off because of an error in its configuration. It
//! is found by the checks and applied when the model is resolved.

use std::collections::BTreeSet;

use crate::model::Kind;

/// Agents and connections without disaster recovery. Agents are classes, by their position in
/// [`super::Document::classes`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DrOff {
    /// Classes of agents without it.
    pub agents: BTreeSet<usize>,
    /// Classes of agents without it on one connection.
    pub connections: BTreeSet<(usize, Kind)>,
}

impl DrOff {
    /// Whether disaster recovery is off for all connections of that kind in this class.
    #[must_use]
    pub fn holds(&self, class: usize, kind: Kind) -> bool {
        self.agents.contains(&class) || self.connections.contains(&(class, kind))
    }
}
