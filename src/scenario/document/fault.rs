//! Faults and drains as written: targets by name or by class, not yet expanded.

use super::Spanned;
use crate::diagnostic::TextSpan;
use crate::distribution::Law;
use crate::model::{Kind, Laws, Planes};
use crate::time::Span;

/// What a fault hits: `"host h1"`, `{ path = { from = "hq", to = "X" } }`, `"every host at X"`.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A server's process.
    Process(String),
    /// A host.
    Host(String),
    /// A site.
    Site(String),
    /// A path.
    Path {
        /// Location.
        from: String,
        /// Site.
        to: String,
        /// Planes.
        planes: Planes,
    },
    /// A location's paths.
    Location(String, Planes),
    /// The link between two sites.
    Link(String, String),
    /// A whole class, in the order of declaration.
    Every(Pattern),
}

/// A class of targets.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// Of what.
    pub kind: PatternKind,
    /// Of this site only.
    pub at: Option<String>,
}

/// What a class is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatternKind {
    /// Processes, of one kind of server or all.
    Process(Option<Kind>),
    /// Hosts.
    Host,
    /// Sites.
    Site,
    /// Paths of all locations to all sites.
    Path(Planes),
    /// Locations.
    Location(Planes),
    /// Links between any two sites.
    Link,
}

/// When a fault holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Schedule {
    /// `at`, `for`, or `at`, `times`, `down`, `up`.
    Scripted {
        /// Start.
        at: Span,
        /// Length of a spell.
        down: Span,
        /// Between two spells.
        up: Span,
        /// Number of spells.
        times: u32,
    },
    /// `failure` and `repair`, or `mtbf` and `mttr`.
    Random {
        /// Time to failure.
        failure: Law,
        /// Time to repair.
        repair: Law,
        /// `uncertainty`: sets of laws, one per replication in turn; empty without.
        sets: Vec<Laws>,
    },
}

/// `[[fault]]`.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Name, if written.
    pub name: Option<Spanned<String>>,
    /// What it hits.
    pub targets: Vec<Spanned<Target>>,
    /// When; `None` after a mistake.
    pub schedule: Option<Schedule>,
    /// The file of sets of laws, if written.
    pub uncertainty: Option<Spanned<String>>,
    /// The header.
    pub span: TextSpan,
}

/// `[[drain]]`.
#[derive(Clone, Debug)]
pub struct Drain {
    /// Name, if written.
    pub name: Option<Spanned<String>>,
    /// The site.
    pub site: Option<Spanned<String>>,
    /// Start.
    pub at: Option<Spanned<Span>>,
    /// From the order to the stop.
    pub grace: Option<Spanned<Span>>,
    /// `for`: from the order to the return.
    pub lasts: Option<Spanned<Span>>,
    /// The header.
    pub span: TextSpan,
}
