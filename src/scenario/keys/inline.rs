//! Keys of the tables that are usually written inline: laws, targets, windows. It holds no value.

use super::Absent::{Default, Means, Required};
use super::Shape::{
    Choice, Count, Duration, DurationOrZero, FractionAboveZero, Name, Number, Table, Text,
    TimeOfDay,
};
use super::{Named, TableDef, key};

/// `{ weibull = { ... } }`.
pub static WEIBULL: TableDef = TableDef {
    header: "{ weibull = { ... } }",
    name: "weibull",
    doc: "Weibull by shape and scale.",
    keys: &[
        key("shape", Number, Required, "Shape; below 1 the hazard decreases."),
        key("scale", Duration, Required, "Scale."),
    ],
    vendor: false,
};

/// `{ lognormal = { ... } }`.
pub static LOGNORMAL: TableDef = TableDef {
    header: "{ lognormal = { ... } }",
    name: "lognormal",
    doc: "Lognormal by its median and its 95th percentile.",
    keys: &[
        key("median", Duration, Required, "Median."),
        key("p95", Duration, Required, "95th percentile, at least the median."),
    ],
    vendor: false,
};

/// `{ gamma = { ... } }`.
pub static GAMMA: TableDef = TableDef {
    header: "{ gamma = { ... } }",
    name: "gamma",
    doc: "Gamma by shape and mean.",
    keys: &[key("shape", Number, Required, "Shape."), key("mean", Duration, Required, "Mean.")],
    vendor: false,
};

/// One branch of `{ hyperexponential = [ ... ] }`.
pub static BRANCH: TableDef = TableDef {
    header: "{ hyperexponential = [{ ... }, ...] }",
    name: "branch",
    doc: "One branch of a mixture of exponentials; the probabilities add up to 100%.",
    keys: &[
        key("p", FractionAboveZero, Required, "Probability of this branch."),
        key("mean", Duration, Required, "Mean of this branch."),
    ],
    vendor: false,
};

/// `{ empirical = { ... } }`.
pub static EMPIRICAL: TableDef = TableDef {
    header: "{ empirical = { ... } }",
    name: "empirical",
    doc: "Observed values, each as likely as any other: a column of a CSV file with a header.",
    keys: &[
        key("file", Text, Required, "The file, relative to the scenario."),
        key("column", Text, Required, "The column; bare numbers are seconds."),
    ],
    vendor: false,
};

/// `{ backoff = { ... } }`.
pub static BACKOFF: TableDef = TableDef {
    header: "{ backoff = { ... } }",
    name: "backoff",
    doc: "RFC 5626: uniform on [50%, 100%] of min(cap, base x 2^k), k failures in a row from 1.",
    keys: &[
        key("none", Duration, Default("\"30s\""), "Base if the phone holds no registration."),
        key("some", Duration, Default("\"90s\""), "Base if it holds another."),
        key("cap", Duration, Default("\"1800s\""), "Upper bound before the jitter."),
    ],
    vendor: false,
};

/// `restore-when = { ... }`.
pub static WINDOW: TableDef = TableDef {
    header: "restore-when = { ... }",
    name: "window",
    doc: "A daily window; one that ends before it begins runs over midnight.",
    keys: &[
        key("from", TimeOfDay, Required, "Start of the window."),
        key("to", TimeOfDay, Required, "End of the window, not included."),
    ],
    vendor: false,
};

/// `staged-restore = { ... }`.
pub static STAGES: TableDef = TableDef {
    header: "staged-restore = { ... }",
    name: "stages",
    doc: "Stage i of n adds i steps to the hold-down of its agents.",
    keys: &[
        key("stages", Count(1, 1_000_000), Required, "Number of stages."),
        key("step", DurationOrZero, Required, "Time between two stages."),
    ],
    vendor: false,
};

/// One DN of a Place.
pub static DN_REFERENCE: TableDef = TableDef {
    header: "dns = [{ ... }, ...]",
    name: "dn-reference",
    doc: "A DN, by switch and number.",
    keys: &[
        key("switch", Name(Named::Switch), Required, "The switch."),
        key("number", Text, Required, "The number."),
    ],
    vendor: false,
};

/// A target of a fault, as a table: exactly one of the first eleven keys.
pub static TARGET: TableDef = TableDef {
    header: "target = { ... }",
    name: "target",
    doc: "A target of a fault, as a table: exactly one of `process`, `host`, `site`, `path`, \
          `location`, `link`, `ha-link`, `power`, `logins`, `registrar`, `every`.",
    keys: &[
        key("process", Name(Named::Server), Means("another key"), "A server's process."),
        key("host", Name(Named::Host), Means("another key"), "A host."),
        key("site", Name(Named::Site), Means("another key"), "Every host of a site."),
        key("path", Table(&ENDS), Means("another key"), "The path from a location to a site."),
        key("location", Name(Named::Location), Means("another key"), "All paths of a location."),
        key("link", Table(&LINK_ENDS), Means("another key"), "The link between two sites."),
        key(
            "ha-link",
            Name(Named::Server),
            Means("another key"),
            "What connects the members of a pair, by its primary.",
        ),
        key("power", Name(Named::Location), Means("another key"), "The power of a location."),
        key("logins", Name(Named::Site), Means("another key"), "Logins at a site."),
        key("registrar", Name(Named::Site), Means("another key"), "The registrar of a site."),
        key("every", Choice(CLASSES), Means("another key"), "A class, in order of declaration."),
        key("at", Name(Named::Site), Means("at every site"), "Of a class: at this site only."),
        key("plane", Choice(PLANES), Means("both"), "Plane of a path or location."),
    ],
    vendor: false,
};

/// The ends of a path.
pub static ENDS: TableDef = TableDef {
    header: "path = { ... }",
    name: "path-ends",
    doc: "The two ends of a path.",
    keys: &[
        key("from", Name(Named::Location), Required, "The location."),
        key("to", Name(Named::Site), Required, "The site."),
    ],
    vendor: false,
};

/// The ends of an inter-site link.
pub static LINK_ENDS: TableDef = TableDef {
    header: "link = { ... }",
    name: "link-ends",
    doc: "The two ends of an inter-site link.",
    keys: &[
        key("from", Name(Named::Site), Required, "One site."),
        key("to", Name(Named::Site), Required, "The other."),
    ],
    vendor: false,
};

/// Planes of a path.
pub const PLANES: &[(&str, &str)] =
    &[("cti", "the desktop's plane"), ("sip", "the phone's plane"), ("both", "both planes")];

/// Classes of targets.
pub const CLASSES: &[(&str, &str)] = &[
    ("process", "every server process"),
    ("sip process", "every SIP Server process"),
    ("stat process", "every Stat Server process"),
    ("config process", "every Configuration Server process"),
    ("host", "every host"),
    ("site", "every site"),
    ("path", "every path from a location to a site"),
    ("location", "every location"),
    ("link", "every inter-site link"),
    ("ha-link", "what connects the members of every pair"),
    ("power", "the power of every location"),
    ("logins", "logins at every site"),
    ("registrar", "the registrar of every site"),
];
