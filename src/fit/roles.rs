//! What the columns of a log can mean, the names that say so, and what a row of a log is. It sees no
//! log.

/// What a row of a log is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rows {
    /// One outage, with a start and an end or a duration.
    #[default]
    Outages,
    /// One change of state: down, or up again.
    Transitions,
    /// One look at the state: down or up at that moment.
    Samples,
}

/// What a column means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// What went down.
    Component,
    /// When it went down.
    Start,
    /// When it came back.
    End,
    /// How long it was down.
    Duration,
    /// When the state changed, or was looked at.
    Time,
    /// The state, of a transition.
    State,
    /// Whether it was up, of a sample.
    Up,
}

/// A role with its name, the names of columns that are read as it, and words that only point to it.
pub(super) struct Words {
    /// The role.
    pub role: Role,
    /// Its name.
    pub name: &'static str,
    /// Names of columns that are read as it.
    pub read: &'static [&'static str],
    /// Words of names that only point to it.
    pub hints: &'static [&'static str],
}

/// All roles, in the order of [`Role`].
pub(super) const WORDS: [Words; 7] = [
    Words {
        role: Role::Component,
        name: "component",
        read: &["component", "link", "device", "host", "node", "circuit", "element", "interface"],
        hints: &["site", "name", "server", "line", "port", "trunk", "asset", "object", "ci"],
    },
    Words {
        role: Role::Start,
        name: "start",
        read: &["start", "start_time", "started_at"],
        hints: &[
            "started", "begin", "began", "from", "down_at", "opened", "failed", "onset", "since",
        ],
    },
    Words {
        role: Role::End,
        name: "end",
        read: &["end", "end_time", "ended_at"],
        hints: &[
            "ended",
            "finish",
            "finished",
            "until",
            "to",
            "up_at",
            "restored",
            "resolved",
            "closed",
            "recovered",
            "cleared",
            "repaired",
            "stop",
        ],
    },
    Words {
        role: Role::Duration,
        name: "duration",
        read: &["duration"],
        hints: &["length", "lasted", "downtime", "outage", "elapsed"],
    },
    Words {
        role: Role::Time,
        name: "time",
        read: &["time", "timestamp"],
        hints: &["when", "at", "date", "datetime", "ts"],
    },
    Words {
        role: Role::State,
        name: "state",
        read: &["state", "status"],
        hints: &["event", "change"],
    },
    Words {
        role: Role::Up,
        name: "up",
        read: &["up", "is_up"],
        hints: &["alive", "reachable", "online", "available"],
    },
];

/// Units in the names of columns, in seconds.
const UNITS: [(&[&str], f64); 5] = [
    (&["ms", "milliseconds"], 1e-3),
    (&["s", "sec", "secs", "second", "seconds"], 1.0),
    (&["m", "min", "mins", "minute", "minutes"], 60.0),
    (&["h", "hr", "hrs", "hour", "hours"], 3_600.0),
    (&["d", "day", "days"], 86_400.0),
];

impl Role {
    /// The name by which `--columns` and the page call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        WORDS[self as usize].name
    }

    /// The role of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        WORDS.iter().find(|words| words.name == name).map(|words| words.role)
    }

    /// The names of all roles.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        WORDS.iter().map(|words| words.name).collect()
    }
}

impl Rows {
    /// The rule by which rows of this kind become outages; `None` where a row is one.
    #[must_use]
    pub const fn rule(self) -> Option<&'static str> {
        match self {
            Self::Outages => None,
            Self::Transitions => Some(
                "Read as transitions (a row is a change of state): an outage lasts from a row \
                 \"down\" to the next row \"up\" of the same component; a row that repeats the \
                 state changes nothing.",
            ),
            Self::Samples => Some(
                "Read as samples (a row is a look at the state): an outage lasts from the first \
                 look that finds a component down to the next look that finds it up; what is \
                 shorter than the gap between two looks can be missed.",
            ),
        }
    }
}

/// A name without case, with `_` between its words and no unit in brackets around them.
pub(super) fn plain(name: &str) -> String {
    let mapped = |c: char| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    let text: String = name.trim().chars().map(mapped).collect();
    text.split('_').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_")
}

/// The unit at the end of a name, and the name without it.
pub(super) fn unit(plain: &str) -> (&str, Option<f64>) {
    let Some((rest, last)) = plain.rsplit_once('_') else { return (plain, None) };
    let found = UNITS.iter().find(|(names, _)| names.contains(&last));
    found.map_or((plain, None), |(_, secs)| (rest, Some(*secs)))
}

/// Whether a column of that name is read as a role.
pub(super) fn is_read(words: &Words, name: &str) -> bool {
    let name = plain(name);
    let name = if words.role == Role::Duration { unit(&name).0 } else { &name };
    words.read.contains(&name)
}

/// Whether a word of the name points to a role.
pub(super) fn hints(words: &Words, name: &str) -> bool {
    let name = plain(name);
    words.hints.iter().any(|hint| name == *hint || name.split('_').any(|part| part == *hint))
}

/// Whether a name of a column could name components.
#[must_use]
pub fn could_be_component(name: &str) -> bool {
    is_read(&WORDS[0], name) || hints(&WORDS[0], name)
}
