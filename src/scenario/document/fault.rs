//! Faults and drains as written: targets by name or by class, not yet expanded.

use std::fmt;

use super::Spanned;
use crate::diagnostic::TextSpan;
use crate::distribution::{Age, Law};
use crate::model::{Kind, Laws, Planes, Weekly};
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
    /// What connects the members of a pair, by its primary.
    HaLink(String),
    /// The power of a location.
    Power(String),
    /// Logins at a site.
    Logins(String),
    /// The registrar of a site.
    Registrar(String),
    /// A whole class, in the order of declaration.
    Every(Pattern),
}

impl Target {
    /// What may happen to it.
    #[must_use]
    pub const fn effects(&self) -> &'static [Effect] {
        match self {
            Self::Process(_) | Self::Every(Pattern { kind: PatternKind::Process(_), .. }) => {
                &[Effect::Stop, Effect::Hang]
            }
            Self::Registrar(_) | Self::Every(Pattern { kind: PatternKind::Registrar, .. }) => {
                &[Effect::Hang, Effect::Refuse, Effect::Slow]
            }
            _ => &[Effect::Stop],
        }
    }

    /// The planes of a network that may have loss or delay without being down; `None`: it is no
    /// network.
    #[must_use]
    pub const fn carries(&self) -> Option<Planes> {
        match self {
            Self::Path { planes, .. } | Self::Location(_, planes) => Some(*planes),
            Self::Every(Pattern {
                kind: PatternKind::Path(planes) | PatternKind::Location(planes),
                ..
            }) => Some(*planes),
            Self::Link(..) | Self::Every(Pattern { kind: PatternKind::Link, .. }) => {
                Some(Planes::Both)
            }
            _ => None,
        }
    }
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
    /// What connects the members of all pairs.
    HaLink,
    /// The power of all locations.
    Power,
    /// Logins at all sites.
    Logins,
    /// The registrars of all sites.
    Registrar,
}

/// What a fault does to its targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// They are down.
    Stop,
    /// Processes say nothing, their sockets stay open; a registrar answers no REGISTER.
    Hang,
    /// A registrar refuses every REGISTER.
    Refuse,
    /// A registrar takes a time for each answer.
    Slow,
    /// Paths lose packets or answer late; it is not written, but follows from `loss` and `delay`.
    Impair,
}

/// When a fault holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Schedule {
    /// `at`, `for`, or `at`, `times`, `down`, `up`.
    Scripted {
        /// Start.
        at: Span,
        /// Length of an outage.
        down: Span,
        /// Between two outages.
        up: Span,
        /// Number of outages.
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
        /// `age`: how old the targets are at 0.
        age: Age,
        /// `when`: the hours in which the time to failure passes.
        when: Option<Spanned<Vec<Weekly>>>,
    },
}

impl Schedule {
    /// Whether chance decides when the fault holds.
    #[must_use]
    pub const fn is_random(&self) -> bool {
        matches!(self, Self::Random { .. })
    }
}

/// `[[fault]]`.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Name, if written.
    pub name: Option<Spanned<String>>,
    /// What it hits.
    pub targets: Vec<Spanned<Target>>,
    /// `effect`, if written.
    pub effect: Option<Spanned<Effect>>,
    /// `loss`: probability that a packet is lost, one way.
    pub loss: Option<Spanned<f64>>,
    /// `delay`: how long answers take.
    pub delay: Option<Spanned<Law>>,
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

impl Fault {
    /// What it does to its targets.
    #[must_use]
    pub fn effect(&self) -> Effect {
        let impaired = self.loss.is_some() || self.delay.is_some();
        let absent = if impaired { Effect::Impair } else { Effect::Stop };
        self.effect.as_ref().map_or(absent, |effect| effect.value)
    }

    /// The written name, else the targets in words.
    #[must_use]
    pub fn label(&self) -> String {
        let words = || self.targets.iter().map(|target| target.value.to_string());
        let written = self.name.as_ref().map(|name| name.value.clone());
        written.unwrap_or_else(|| words().collect::<Vec<_>>().join(", "))
    }
}

impl Drain {
    /// The written name, else the site in words.
    #[must_use]
    pub fn label(&self) -> String {
        let site = || self.site.as_ref().map_or("", |site| site.value.as_str());
        let written = self.name.as_ref().map(|name| name.value.clone());
        written.unwrap_or_else(|| format!("drain {}", site()))
    }
}

/// In words: `path hq-X cti`.
impl fmt::Display for Target {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Process(name) => write!(out, "process {name}"),
            Self::Host(name) => write!(out, "host {name}"),
            Self::Site(name) => write!(out, "site {name}"),
            Self::Path { from, to, planes } => write!(out, "path {from}-{to}{}", plane(*planes)),
            Self::Location(name, planes) => write!(out, "location {name}{}", plane(*planes)),
            Self::Link(one, other) => write!(out, "link {one}-{other}"),
            Self::HaLink(primary) => write!(out, "ha-link {primary}"),
            Self::Power(location) => write!(out, "power {location}"),
            Self::Logins(site) => write!(out, "logins {site}"),
            Self::Registrar(site) => write!(out, "registrar {site}"),
            Self::Every(Pattern { kind, at }) => {
                write!(out, "every {}", class(*kind))?;
                at.as_ref().map_or(Ok(()), |site| write!(out, " at {site}"))
            }
        }
    }
}

const fn plane(planes: Planes) -> &'static str {
    match planes {
        Planes::Cti => " cti",
        Planes::Sip => " sip",
        Planes::Both => "",
    }
}

fn class(kind: PatternKind) -> String {
    match kind {
        PatternKind::Process(None) => "process".to_owned(),
        PatternKind::Process(Some(kind)) => format!("{} process", kind.name()),
        PatternKind::Host => "host".to_owned(),
        PatternKind::Site => "site".to_owned(),
        PatternKind::Path(planes) => format!("path{}", plane(planes)),
        PatternKind::Location(planes) => format!("location{}", plane(planes)),
        PatternKind::Link => "link".to_owned(),
        PatternKind::HaLink => "ha-link".to_owned(),
        PatternKind::Power => "power".to_owned(),
        PatternKind::Logins => "logins".to_owned(),
        PatternKind::Registrar => "registrar".to_owned(),
    }
}
