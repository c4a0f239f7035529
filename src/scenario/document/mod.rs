//! The scenario as written: decoded, every value with its place in the text, nothing inherited yet.
//!
//! Names are still names; `complete` says whether they have been found to point at something. It
//! knows no defaults but the server pairs, hosts and the location that are implied by what is
//! written (marked `implicit`).

mod calls;
mod desktop;
mod experiment;
mod fault;
mod holders;
mod levels;
mod lookup;
mod numbering;
mod people;
mod phone;
mod positions;
mod topology;
mod vendor;

pub use calls::{Arrivals, Calls, Dated, EntryShare, Rush};
pub use desktop::{Desktop, Policy, Prices, RestoreWhen, Stages, WhatIf};
pub use experiment::{Experiment, Quantity, Threshold};
pub use fault::{Drain, Effect, Fault, Pattern, PatternKind, Schedule, Target};
pub use levels::{Class, Holder, Level, Setting};
pub(super) use lookup::Index;
pub use lookup::ServerPair;
pub use numbering::{Dn, DnReference, Place, Switch};
pub use people::{AgentGroup, Location, Person, Shift, Tenant};
pub use phone::{Phone, PhoneKind, PhoneMode, RefreshOf, Retry, TransportKind};
pub use topology::{Failover, Host, Registrar, Server, Site};
pub use vendor::{INTERACTION_WORKSPACE, Sections, TSERVER, VendorOption};

use crate::diagnostic::TextSpan;
use crate::model::{Clock, Simulated};
use crate::time::Span;

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub span: TextSpan,
}

/// A decoded scenario. Lists are in the order of declaration.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Short name: the scenario file's stem.
    pub name: String,
    /// Whether no mistake of the language was found (S codes); only then can it be resolved.
    pub complete: bool,
    /// The question that the scenario asks.
    pub title: Option<Spanned<String>>,
    /// Seed of the random addresses.
    pub seed: Option<Spanned<u64>>,
    /// Length of the run.
    pub horizon: Option<Spanned<Span>>,
    /// Time of day at the start.
    pub clock: Option<Spanned<Clock>>,
    /// Window after a restore in which a switchover is a flap.
    pub flap_window: Option<Spanned<Span>>,
    /// Vendor sections of the Workspace Application.
    pub application: Sections,
    /// Tenants.
    pub tenants: Vec<Tenant>,
    /// Failover of every pair that says nothing of its own.
    pub failover: Failover,
    /// Sites.
    pub sites: Vec<Site>,
    /// Hosts; the implicit ones last.
    pub hosts: Vec<Host>,
    /// Server objects, primaries and backups; the implicit ones last.
    pub servers: Vec<Server>,
    /// Switches with their DNs.
    pub switches: Vec<Switch>,
    /// Places.
    pub places: Vec<Place>,
    /// Locations.
    pub locations: Vec<Location>,
    /// Agent Groups.
    pub groups: Vec<AgentGroup>,
    /// Persons: those of the scenario, then those of its roster.
    pub persons: Vec<Person>,
    /// There is a roster that says nothing, so there may be more.
    pub more_persons: bool,
    /// Phone types.
    pub phones: Vec<Phone>,
    /// The desktop.
    pub desktop: Desktop,
    /// Policies.
    pub policy: Policy,
    /// What-if extensions.
    pub what_if: WhatIf,
    /// What outages cost.
    pub prices: Prices,
    /// Faults.
    pub faults: Vec<Fault>,
    /// Graceful migrations.
    pub drains: Vec<Drain>,
    /// Queues of calls.
    pub calls: Vec<Calls>,
    /// Length of the intervals by which calls are counted.
    pub call_interval: Option<Spanned<Span>>,
    /// Which calls are simulated.
    pub calls_simulated: Option<Spanned<Simulated>>,
    /// Replications.
    pub experiment: Experiment,
    /// Bounds of measures.
    pub thresholds: Vec<Threshold>,
    /// The positions of names in these lists.
    pub(super) index: Index,
}
