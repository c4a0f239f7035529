//! Keys of queues of calls, and of the tables within them. It holds no value.

use super::Absent::{Default, Means, Required};
use super::Shape::{
    Arrivals, Choice, Count, Duration, DurationOrZero, Entry, Flag, Fraction, FractionAboveZero,
    Law, Name, Names, Number, Percentage, Rate, Text, Weekly,
};
use super::{Named, TableDef, key, listed};
use crate::options::calls::{AT_LOSS, CALL_AT_LOSS, GATEWAY_LAG, RING_TIMEOUT};

/// `[[calls]]`.
pub static CALLS: TableDef = TableDef {
    header: "[[calls]]",
    name: "calls",
    doc: "A queue of calls: when they come, what they need, who serves them. Agents in service are the \
          servers; a call and the work after it delay a restore (`restore-when = \"idle\"`), the order to leave a drained site, and the \
          end of a shift. What is simulated is in \
          [model.md](model.md#calls).",
    keys: &[
        key("name", Text, Required, "Name of the queue."),
        key(
            "arrivals",
            Arrivals,
            Required,
            "When calls come: a Poisson process with a rate (`\"120/h\"`), with the rates of a profile \
             (`[{ when = \"Mon-Fri 08:00-18:00\", rate = \"120/h\" }, ...]`; the first window that is open counts, outside all of \
             them nobody calls), or with the numbers of calls of a CSV file.",
        ),
        key(
            "day-factor",
            Number,
            Means("days differ by chance alone"),
            "The rate of each day is multiplied by a draw from a gamma law with this shape and mean 1. A day has 24 hours from \
             the midnight before the start.",
        ),
        key("handling", Law, Required, "How long agent and caller talk; longer than nothing."),
        key(
            "after-call",
            Law,
            Default("\"0s\""),
            "Work of the agent after the call, before it takes the next one.",
        ),
        key("patience", Law, Means("for ever"), "How long a caller waits."),
        key(
            "never-waits",
            Fraction,
            Default("\"0%\""),
            "Share of the callers that hang up at once unless an agent is idle.",
        ),
        key(
            "groups",
            Names(Named::AgentGroup),
            Means("all, in the order of declaration"),
            "Who serves: a call takes the agent that is idle longest, of the first of these groups that has an idle one.",
        ),
        key(
            "redial",
            FractionAboveZero,
            Means("nobody calls again"),
            "Share of the callers who gave up or whose call was lost that call again, once for each such call.",
        ),
        key(
            "redial-delay",
            Law,
            Means("no redials"),
            "Time until they call again. Needed by `redial`.",
        ),
        key(
            "waiting-places",
            Count(0, 1_000_000),
            Means("no limit"),
            "Maximum number of calls that wait; one more is blocked.",
        ),
        key(
            "pooled",
            Flag,
            Default("true"),
            "Agents of every site serve calls of every site that serves, while the link between the two is up. If `false`, and \
             while the link is down, agents serve calls of their own site.",
        ),
        key(
            "entry",
            Entry,
            Means("as the agents of its groups by preferred site"),
            "At which site calls come in, in shares that add up to 100%: `[{ site = \"X\", share = \"60%\" }, ...]`.",
        ),
        listed(&CALL_AT_LOSS, Choice(AT_LOSS), Default("\"lost\"")),
        listed(&RING_TIMEOUT, Duration, Default("\"10s\"")),
        listed(&GATEWAY_LAG, DurationOrZero, Default("\"32s\"")),
        key(
            "answer-within",
            Duration,
            Default("\"20s\""),
            "A call is answered in time if an agent takes it after a wait of at most this.",
        ),
        key(
            "service-level",
            Choice(SHARES),
            Default("\"offered\""),
            "What the service level is a share of, and which calls are in time.",
        ),
        key(
            "service-level-target",
            Percentage(0, 100),
            Default("\"80%\""),
            "The service level that is wanted: a line in charts, and what *agents needed* keeps.",
        ),
    ],
    vendor: false,
};

/// What a service level is a share of.
const SHARES: &[(&str, &str)] = &[
    ("offered", "all calls offered"),
    ("answered", "calls that an agent took"),
    ("offered-less-quick", "calls offered, without those that gave up within `answer-within`"),
    (
        "virtual",
        "all calls offered, those included that gave up and would have been answered within `answer-within` had they waited",
    ),
];

/// An item of `arrivals = [{ ... }, ...]`.
pub static PROFILE: TableDef = TableDef {
    header: "arrivals = [{ ... }, ...]",
    name: "arrival-window",
    doc: "The rate of calls in some hours of the week. Needs a calendar (`start` or `clock`).",
    keys: &[
        key("when", Weekly, Required, "The hours."),
        key("rate", Rate, Required, "Calls per time in these hours."),
    ],
    vendor: false,
};

/// `arrivals = { file = ... }`.
pub static COUNTS: TableDef = TableDef {
    header: "arrivals = { ... }",
    name: "arrival-counts",
    doc: "Numbers of calls by interval: two columns of a CSV file with a header, as workforce tools export it. The number is \
          the mean of a Poisson law.",
    keys: &[
        key("file", Text, Required, "The file, relative to the scenario."),
        key(
            "interval",
            Text,
            Default("\"interval\""),
            "The column with the start of each interval: a date with a time (`2027-01-04 08:00`); a weekday with a time \
             (`Mon 08:00`), for every week; a time of day (`08:00`), for every day; or a time since the start of the run (`90m`). All \
             rows are of one kind. Dates before the start of the run are left out; where the file has no row nobody calls (S026).",
        ),
        key(
            "count",
            Text,
            Default("\"calls\""),
            "The column with the number of calls, which may be a decimal number.",
        ),
        key(
            "length",
            Duration,
            Means("as the first two rows are apart"),
            "Length of an interval. Between intervals nobody calls.",
        ),
    ],
    vendor: false,
};

/// An item of `entry = [{ ... }, ...]`.
pub static ENTRY: TableDef = TableDef {
    header: "entry = [{ ... }, ...]",
    name: "entry-share",
    doc: "The share of the calls of a queue that come in at a site.",
    keys: &[
        key("site", Name(Named::Site), Required, "The site."),
        key("share", FractionAboveZero, Required, "Its share."),
    ],
    vendor: false,
};

/// Which calls are simulated.
pub(super) const SIMULATED: &[(&str, &str)] = &[
    ("full", "all"),
    (
        "windows",
        "those that come while faults and drains make a difference, and until they make none any more. Figures of calls count \
         these windows only; what faults and drains cost is that of the whole run",
    ),
];

/// Lengths of the intervals by which calls are counted.
pub(super) const INTERVALS: &[(&str, &str)] =
    &[("15m", "a quarter of an hour"), ("30m", "half an hour"), ("60m", "an hour")];
