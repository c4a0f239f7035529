//! The type of one catalogue entry and the words it is described in; the tables are in other files.

use super::sources::Source;

/// What an entry belongs to; the catalogue is listed in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// `disaster-recovery.*`.
    DisasterRecovery,
    /// `warm-standby.*`.
    WarmStandby,
    /// The Workspace SIP Endpoint and its SDK.
    SipEndpoint,
    /// Connection keep-alive and server objects.
    Connection,
    /// SIP Server, SIP Proxy and Configuration Server.
    Server,
    /// A default of ours where the vendor documents none.
    Assumption,
    /// A named policy of ours where the product's behaviour is not documented.
    Policy,
    /// An extension that no product has.
    WhatIf,
}

impl Family {
    /// All families, in the order of the catalogue.
    pub const ALL: [Self; 8] = [
        Self::DisasterRecovery,
        Self::WarmStandby,
        Self::SipEndpoint,
        Self::Connection,
        Self::Server,
        Self::Assumption,
        Self::Policy,
        Self::WhatIf,
    ];

    /// Whether the entries are options of the vendor's product.
    #[must_use]
    pub const fn is_vendor(self) -> bool {
        !matches!(self, Self::Assumption | Self::Policy | Self::WhatIf)
    }

    /// The heading of the family.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::DisasterRecovery => "disaster-recovery.*",
            Self::WarmStandby => "warm-standby.*",
            Self::SipEndpoint => "Workspace SIP Endpoint",
            Self::Connection => "keep-alive and server objects",
            Self::Server => "SIP Server, SIP Proxy, Configuration Server",
            Self::Assumption => "assumptions (the vendor documents no value)",
            Self::Policy => "policies (the product's behaviour is not documented)",
            Self::WhatIf => "what-if extensions (no product has them)",
        }
    }
}

/// Where an option may be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The Workspace Application object: the least specific level.
    Application,
    /// A Tenant.
    Tenant,
    /// An Agent Group.
    AgentGroup,
    /// A Person: the most specific level.
    Person,
    /// A SIP Server Application.
    SipServer,
    /// A Stat Server Application.
    StatServer,
    /// A Configuration Server or Configuration Server Proxy Application.
    ConfigServer,
    /// A SIP Proxy Application.
    SipProxy,
    /// The Server Info of any server Application.
    ServerInfo,
    /// The properties of a connection, or a Host object.
    Connection,
    /// A DN.
    Dn,
    /// A Trunk DN.
    TrunkDn,
    /// The scenario file only: the product has no such setting.
    Scenario,
}

impl Place {
    /// The place's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Application => "Application",
            Self::Tenant => "Tenant",
            Self::AgentGroup => "Agent Group",
            Self::Person => "Person",
            Self::SipServer => "SIP Server Application",
            Self::StatServer => "Stat Server Application",
            Self::ConfigServer => "Configuration Server Application",
            Self::SipProxy => "SIP Proxy Application",
            Self::ServerInfo => "Server Info of a server Application",
            Self::Connection => "connection or Host",
            Self::Dn => "DN",
            Self::TrunkDn => "Trunk DN",
            Self::Scenario => "scenario",
        }
    }
}

/// The type of a value and the values that are valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `true` or `false`.
    Boolean,
    /// A whole number in a closed range, in the option's unit.
    Integer {
        /// Least value.
        least: i64,
        /// Greatest value; `i64::MAX`: no bound.
        most: i64,
    },
    /// A whole number above 0, or several of them with commas between.
    Pauses,
    /// Any text.
    Text,
    /// The name of a site: letters, digits, `_`, `@` and space as far as is known; others are let
    /// pass.
    SiteName,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// One of these words of the scenario language, each with its meaning.
    Explained(&'static [(&'static str, &'static str)]),
    /// The address of a host, with or without a DNS SRV domain.
    Address,
    /// A value of the scenario language, described in words.
    Ours(&'static str),
}

impl Kind {
    /// A whole number above 0.
    pub const POSITIVE: Self = Self::Integer { least: 1, most: i64::MAX };
    /// A whole number, 0 included.
    pub const NATURAL: Self = Self::Integer { least: 0, most: i64::MAX };

    /// The name of the type.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer { .. } => "integer",
            Self::Pauses => "integers",
            Self::Text | Self::SiteName | Self::Address => "string",
            Self::OneOf(_) | Self::Explained(_) => "word",
            Self::Ours(_) => "scenario value",
        }
    }

    /// The valid values, in words.
    #[must_use]
    pub fn valid(self) -> String {
        match self {
            Self::Boolean => "true, false".into(),
            Self::Integer { least: 1, most: i64::MAX } => "a positive integer".into(),
            Self::Integer { least, most: i64::MAX } => format!("an integer from {least}"),
            Self::Integer { least, most } => format!("an integer from {least} to {most}"),
            Self::Pauses => PAUSES.into(),
            Self::Text => "any text".into(),
            Self::SiteName => "letters, digits, _, @ and space".into(),
            Self::OneOf(words) => words.join(", "),
            Self::Explained(words) => {
                let each = words.iter().map(|(word, means)| format!("{word} ({means})"));
                each.collect::<Vec<_>>().join(", ")
            }
            Self::Address => "a host, or a DNS SRV domain".into(),
            Self::Ours(words) => words.into(),
        }
    }
}

/// What is valid for [`Kind::Pauses`].
pub(super) const PAUSES: &str = "a positive integer, or several with commas between";

/// The unit of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// None.
    None,
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Milliseconds,
}

impl Unit {
    /// The unit's symbol; empty if there is none.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Seconds => "s",
            Self::Milliseconds => "ms",
        }
    }
}

/// When a changed value takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// When the desktop is started again.
    DesktopRestart,
    /// When the server is started again.
    ServerRestart,
    /// At once.
    AtOnce,
    /// Not stated.
    NotStated,
    /// From the start of the run.
    Run,
}

impl Effect {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::DesktopRestart => "when the desktop is restarted",
            Self::ServerRestart => "when the server is restarted",
            Self::AtOnce => "immediately",
            Self::NotStated => "not stated",
            Self::Run => "for the whole run",
        }
    }
}

/// How well a statement is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The text was read.
    Documented(&'static Source),
    /// Recalled from vendor documentation; the text itself was not read.
    Recalled,
    /// A modelling choice.
    Assumption,
}

impl Evidence {
    /// `documented`, `recalled` or `assumption`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Documented(_) => "documented",
            Self::Recalled => "recalled",
            Self::Assumption => "assumption",
        }
    }

    /// The source, if a text was read.
    #[must_use]
    pub const fn source(self) -> Option<&'static Source> {
        match self {
            Self::Documented(source) => Some(source),
            Self::Recalled | Self::Assumption => None,
        }
    }
}

/// One option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Exact name.
    pub name: &'static str,
    /// Section of the vendor's object, or table of the scenario file.
    pub section: &'static str,
    /// What it belongs to.
    pub family: Family,
    /// Where it may be set.
    pub places: &'static [Place],
    /// Type and valid values.
    pub kind: Kind,
    /// Unit of a bare number.
    pub unit: Unit,
    /// Default as the vendor writes it; empty: none.
    pub default: &'static str,
    /// How well the default is known.
    pub default_evidence: Evidence,
    /// When a change takes effect.
    pub effect: Effect,
    /// How well that is known.
    pub effect_evidence: Evidence,
    /// Meaning.
    pub meaning: &'static str,
    /// How well the meaning is known.
    pub evidence: Evidence,
    /// What in the model it drives; `None`: it is not modelled.
    pub drives: Option<&'static str>,
}

impl Entry {
    /// What the scenario language has beside the vendor's options: type, default, meaning, what it drives.
    pub(super) const fn of_scenario(
        section: &'static str,
        name: &'static str,
        (kind, default): (Kind, &'static str),
        (meaning, evidence): (&'static str, Evidence),
        drives: &'static str,
    ) -> Self {
        Self::new(Family::Assumption, section, &[Place::Scenario], name)
            .takes(kind, Unit::None)
            .default(default, Evidence::Assumption)
            .effect(Effect::Run, Evidence::Assumption)
            .means(meaning, evidence)
            .drives(drives)
    }

    /// An entry of any text, without default, evidence unknown; the methods below fill it in.
    pub(super) const fn new(
        family: Family,
        section: &'static str,
        places: &'static [Place],
        name: &'static str,
    ) -> Self {
        Self {
            name,
            section,
            family,
            places,
            kind: Kind::Text,
            unit: Unit::None,
            default: "",
            default_evidence: Evidence::Assumption,
            effect: Effect::NotStated,
            effect_evidence: Evidence::Assumption,
            meaning: "",
            evidence: Evidence::Assumption,
            drives: None,
        }
    }

    /// Type and unit.
    pub(super) const fn takes(self, kind: Kind, unit: Unit) -> Self {
        Self { kind, unit, ..self }
    }

    /// Default, and how well it is known.
    pub(super) const fn default(self, default: &'static str, evidence: Evidence) -> Self {
        Self { default, default_evidence: evidence, ..self }
    }

    /// When a change takes effect, and how well that is known.
    pub(super) const fn effect(self, effect: Effect, effect_evidence: Evidence) -> Self {
        Self { effect, effect_evidence, ..self }
    }

    /// Meaning, and how well it is known.
    pub(super) const fn means(self, meaning: &'static str, evidence: Evidence) -> Self {
        Self { meaning, evidence, ..self }
    }

    /// What it drives in the model.
    pub(super) const fn drives(self, what: &'static str) -> Self {
        Self { drives: Some(what), ..self }
    }
}
