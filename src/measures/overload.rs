//! Sites that took more in a run than they are declared to be sized for.
//!
//! Nothing slows down in the run: `agent-capacity` and `register-capacity` change nothing that
//! happens. So the run is too good where one is exceeded, and that has to be said.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Model, Site};
use crate::time::Span;

use super::frame::Bins;
use super::quantity::Total;
use super::results::Results;

/// What a site is sized for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Capacity {
    /// `agent-capacity`: agents in service.
    AgentCapacity,
    /// `register-capacity`: REGISTERs per second, here those of a recovery alone.
    RegisterCapacity,
}

impl Capacity {
    const ALL: [Self; 2] = [Self::AgentCapacity, Self::RegisterCapacity];

    /// What a site is sized for; `None`: it is not said.
    fn of(self, site: &Site) -> Option<f64> {
        match self {
            Self::AgentCapacity => site.agent_capacity.map(f64::from),
            Self::RegisterCapacity => site.register_capacity,
        }
    }

    /// The gauge of the site that holds the most that came.
    #[must_use]
    pub const fn gauge(self) -> &'static str {
        match self {
            Self::AgentCapacity => "in_service_peak",
            Self::RegisterCapacity => "recovery_registers_peak",
        }
    }

    /// The key in the scenario.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::AgentCapacity => "agent-capacity",
            Self::RegisterCapacity => "register-capacity",
        }
    }
}

/// A capacity that was exceeded.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Overload {
    /// Name of the site.
    pub site: String,
    /// What is too small.
    pub capacity: Capacity,
    /// What the site is sized for: agents, or REGISTERs per second.
    pub sized_for: f64,
    /// The most that came: agents, or REGISTERs in one window.
    pub peak: u64,
    /// Length of the window that the peak is counted in.
    #[serde(rename = "window_s", serialize_with = "seconds")]
    #[schemars(with = "Total")]
    pub window: Span,
}

impl Overload {
    /// Whether another peak, in a window as long, is more than the site is sized for.
    #[must_use]
    pub fn is_exceeded_by(&self, peak: u64) -> bool {
        let windows = match self.capacity {
            Capacity::AgentCapacity => 1.0,
            Capacity::RegisterCapacity => self.window.as_secs_f64(),
        };
        peak as f64 > self.sized_for * windows
    }
}

fn seconds<S: serde::Serializer>(span: &Span, serializer: S) -> Result<S::Ok, S::Error> {
    Total::from(*span).serialize(serializer)
}

/// The capacities that are exceeded by peaks, given by position of the site.
#[must_use]
pub fn overloads(model: &Model, peak: impl Fn(usize, Capacity) -> u64) -> Vec<Overload> {
    let window = Bins::fine(model.horizon).width();
    let mut found = Vec::new();
    for (position, site) in model.sites.iter().enumerate() {
        for capacity in Capacity::ALL {
            let Some(sized_for) = capacity.of(site) else { continue };
            let (site, peak) = (site.name.clone(), peak(position, capacity));
            let overload = Overload { site, capacity, sized_for, peak, window };
            found.extend(overload.is_exceeded_by(peak).then_some(overload));
        }
    }
    found
}

impl Results {
    /// The capacities that this run exceeded.
    #[must_use]
    pub fn overloads(&self, model: &Model) -> Vec<Overload> {
        overloads(model, |site, capacity| match capacity {
            Capacity::AgentCapacity => self.sites[site].level.most.max(0).unsigned_abs(),
            Capacity::RegisterCapacity => self.sites[site].peak_registers,
        })
    }
}
