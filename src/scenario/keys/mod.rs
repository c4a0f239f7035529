//! The key table of the scenario language: every table and key, its type, default and meaning.
//!
//! One description serves the decoder (which keys exist), the JSON Schema and the reference page, so
//! they cannot drift apart. It knows no values.

mod agents;
mod calls;
mod experiment;
mod faults;
mod inline;
mod phones;
mod registrar;
mod settings;
mod targets;
mod top;
mod topology;

use crate::options;

pub use agents::{AGENT_GROUP, APPLICATION, LOCATION, PERSON, TENANT};
pub use calls::{CALLS, COUNTS, ENTRY, PROFILE};
pub use experiment::{EXPERIMENT, THRESHOLD};
pub use faults::{DRAIN, FAULT};
pub use inline::{
    BACKOFF, BRANCH, CLASSES, DN_REFERENCE, EMPIRICAL, ENDS, GAMMA, LINK_ENDS, LOGNORMAL, PLANES,
    STAGES, TARGET, WEIBULL, WINDOW,
};
pub use phones::PHONE;
pub use registrar::REGISTRAR;
pub use settings::{DESKTOP, POLICY, PRICES, WHAT_IF};
pub use targets::{TARGETS, TargetWords};
pub use top::TOP;
pub use topology::{
    DN, FAILOVER, HOST, PLACE, SERVER, SERVER_FAILOVER, SITE, SITE_FAILOVER, SWITCH,
};

/// What a key's value looks like.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Any text.
    Text,
    /// A list of texts.
    Texts,
    /// The name of something declared.
    Name(Named),
    /// A list of such names.
    Names(Named),
    /// A whole number in a range, ends included.
    Count(u64, u64),
    /// A bare number without a unit: a shape, from 0.01 to 1000.
    Number,
    /// An amount of money: a bare number from 0 to 1,000,000,000.
    Money,
    /// `true` or `false`.
    Flag,
    /// A duration of at least a nanosecond.
    Duration,
    /// A duration, or none (`"0s"`).
    DurationOrZero,
    /// A duration of at least a nanosecond, or `"off"`.
    DurationOrOff,
    /// `"equilibrium"`, or a duration, or none (`"0s"`).
    Age,
    /// The vendor's whole seconds, or a duration; at least a nanosecond.
    VendorSeconds,
    /// A rate.
    Rate,
    /// A percentage of at least 0.
    Fraction,
    /// A percentage above 0.
    FractionAboveZero,
    /// A percentage between two whole ones, both excluded.
    Percentage(u8, u8),
    /// A duration, a bare number or a percentage, of at least 0.
    Quantity,
    /// A duration, a bare number or a percentage, above 0.
    QuantityAboveZero,
    /// A time of day.
    TimeOfDay,
    /// A time of day, with or without the weekday before it.
    Clock,
    /// A date with a time of day.
    Date,
    /// The name of a time zone.
    TimeZone,
    /// A time since the start, or local time.
    Instant,
    /// A window of the week, or a list of them.
    Weekly,
    /// A shift: windows of the week.
    Shift,
    /// A shift, or a list of them.
    Shifts,
    /// One of a few words, each with its meaning.
    Choice(&'static [(&'static str, &'static str)]),
    /// A law.
    Law,
    /// A law, or a rate of events with exponential gaps.
    LawOrRate,
    /// A duration, another law, or an RFC 5626 back-off.
    Retry,
    /// The name of a phone preset.
    Preset,
    /// `"refresh"`, `"never"`, or a duration of at least a nanosecond.
    Failback,
    /// `"idle"`, `"immediate"` or a daily window.
    RestoreWhen,
    /// Number of stages and the step between them.
    Stages,
    /// One target of a fault, or a list of them.
    Targets,
    /// A list of DNs, each by switch and number.
    Dns,
    /// When calls come: a rate, a profile over the week, or a file of counts.
    Arrivals,
    /// Shares of sites.
    Entry,
    /// One table of that kind.
    Table(&'static TableDef),
    /// Tables by name: `[site.NAME]`.
    Tables(&'static TableDef),
    /// An array of tables: `[[fault]]`.
    List(&'static TableDef),
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// A site.
    Site,
    /// A host.
    Host,
    /// A server object.
    Server,
    /// A switch.
    Switch,
    /// A Place.
    Place,
    /// A location.
    Location,
    /// A tenant.
    Tenant,
    /// An Agent Group.
    AgentGroup,
    /// A phone type.
    Phone,
}

impl Named {
    /// The word for it; also the name of its table.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Host => "host",
            Self::Server => "server",
            Self::Switch => "switch",
            Self::Place => "place",
            Self::Location => "location",
            Self::Tenant => "tenant",
            Self::AgentGroup => "agent-group",
            Self::Phone => "phone",
        }
    }
}

/// One key.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Name.
    pub name: &'static str,
    /// What its value looks like.
    pub shape: Shape,
    /// What holds if it is absent.
    pub absent: Absent,
    /// Meaning, in Markdown.
    pub doc: &'static str,
}

/// What holds if a key is absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// It must be written.
    Required,
    /// This value, as it would be written.
    Default(&'static str),
    /// What this text says.
    Means(&'static str),
}

/// One kind of table.
#[derive(Debug)]
pub struct TableDef {
    /// How its header is written: `[site.NAME]`.
    pub header: &'static str,
    /// Its name in the JSON Schema.
    pub name: &'static str,
    /// Meaning, in Markdown.
    pub doc: &'static str,
    /// Its keys.
    pub keys: &'static [Key],
    /// Whether further tables in it are vendor sections.
    pub vendor: bool,
}

impl TableDef {
    /// The key of that name.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

/// A key of a table.
const fn key(name: &'static str, shape: Shape, absent: Absent, doc: &'static str) -> Key {
    Key { name, shape, absent, doc }
}

/// A key that the option catalogue lists: it has its name and its meaning from there.
const fn listed(entry: &options::Entry, shape: Shape, absent: Absent) -> Key {
    key(entry.name, shape, absent, entry.meaning)
}

/// Tables that are usually written inline.
pub const INLINE: [&TableDef; 15] = [
    &WEIBULL,
    &LOGNORMAL,
    &GAMMA,
    &BRANCH,
    &EMPIRICAL,
    &BACKOFF,
    &WINDOW,
    &STAGES,
    &DN_REFERENCE,
    &PROFILE,
    &COUNTS,
    &ENTRY,
    &TARGET,
    &ENDS,
    &LINK_ENDS,
];

/// Every table that is not inline, in the order of the reference page.
#[must_use]
pub fn tables() -> Vec<&'static TableDef> {
    let mut found: Vec<&'static TableDef> = Vec::new();
    collect(&TOP, &mut found);
    found
}

fn collect(table: &'static TableDef, found: &mut Vec<&'static TableDef>) {
    found.push(table);
    for key in table.keys {
        if let Shape::Table(inner) | Shape::Tables(inner) | Shape::List(inner) = key.shape {
            collect(inner, found);
        }
    }
}
