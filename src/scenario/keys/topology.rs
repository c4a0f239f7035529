//! Keys of sites, hosts, server objects, switches and Places. It holds no value.

use super::Absent::{Default, Means, Required};
use super::Shape::{
    Choice, Count, Dns, Duration, DurationOrZero, Flag, Fraction, Law, Name, Rate, Table, Tables,
    Text, Texts, VendorSeconds,
};
use super::{Key, Named, REGISTRAR, TableDef, key};

/// `[site.NAME]`.
pub static SITE: TableDef = TableDef {
    header: "[site.NAME]",
    name: "site",
    doc: "A site. One without any SIP Server object gets an implicit pair `NAME-sip-1` and \
          `NAME-sip-2`, each on a host of its own of the same name, with `disaster-recovery.site` \
          = `NAME`; likewise `NAME-stat-1` ... and `NAME-config-1` ... on request.",
    keys: &[
        key(
            "login-capacity",
            Rate,
            Means("unlimited"),
            "Logins that the site can begin per unit of time, first come, first served.",
        ),
        key(
            "reconnect-capacity",
            Rate,
            Means("unlimited"),
            "Connections of desktops that the site's SIP Servers can take per unit of time, first come, first served.",
        ),
        key("stat", Flag, Default("false"), "Whether the site has an implicit Stat Server pair."),
        key(
            "config",
            Flag,
            Default("false"),
            "Whether the site has an implicit Configuration Server Proxy pair.",
        ),
        key(
            "agent-capacity",
            Count(1, 1 << 30),
            Means("not checked"),
            "Agents that the site is sized for. Changes nothing that happens; check V40 and every answer say where it is exceeded.",
        ),
        key(
            "register-capacity",
            Rate,
            Means("not checked"),
            "REGISTERs that the site is sized for. Changes nothing that happens; check V40 and every answer say where it is exceeded.",
        ),
        key(
            "eservices",
            Flag,
            Default("false"),
            "Whether Interaction Server and UCS are at this site; used by check V43 only.",
        ),
        key("registrar", Table(&REGISTRAR), Means("it grants what is asked"), "Its registrar."),
        key("failover", Table(&SITE_FAILOVER), Means("as `[failover]`"), "Failover at this site."),
    ],
    vendor: false,
};

/// `[failover]`.
pub static FAILOVER: TableDef = TableDef {
    header: "[failover]",
    name: "failover",
    doc: "How the backup takes the primary role inside a pair. A site and a primary server object \
          may each have a `failover` of their own; the more specific key wins.",
    keys: FAILOVER_KEYS,
    vendor: false,
};

/// `[site.NAME.failover]`.
pub static SITE_FAILOVER: TableDef = TableDef {
    header: "[site.NAME.failover]",
    name: "site-failover",
    doc: "As `[failover]`, for the pairs of one site.",
    keys: FAILOVER_KEYS,
    vendor: false,
};

/// `[server.NAME.failover]`.
pub static SERVER_FAILOVER: TableDef = TableDef {
    header: "[server.NAME.failover]",
    name: "server-failover",
    doc: "As `[failover]`, for the pair of one primary server object.",
    keys: FAILOVER_KEYS,
    vendor: false,
};

const FAILOVER_KEYS: &[Key] = &[
    key(
        "process",
        Law,
        Default("{ lognormal = { median = \"5s\", p95 = \"10s\" } }"),
        "Failover time after the loss of a process on a live host.",
    ),
    key(
        "host",
        Law,
        Default("{ lognormal = { median = \"20s\", p95 = \"30s\" } }"),
        "Failover time after the loss of a host or a site.",
    ),
    key("hang", Law, Means("as `host`"), "Failover time after a process begins to hang."),
    key("coverage", Fraction, Default("\"100%\""), "Probability that a failover works."),
    key(
        "manual-recovery",
        Duration,
        Default("\"30m\""),
        "Time from an uncovered loss until an administrator promotes a member that is up, if no repair \
         comes first.",
    ),
    key(
        "preempt",
        Flag,
        Default("false"),
        "Whether the configured primary takes the role back once it is up again: the backup's \
         connections break, and agents reconnect.",
    ),
    key(
        "preempt-delay",
        DurationOrZero,
        Default("\"0s\""),
        "How long the configured primary has been up before it takes the role back.",
    ),
    key(
        "preempt-gap",
        Law,
        Default("\"0s\""),
        "From the end of the backup's service to the beginning of the primary's when the role goes back.",
    ),
    key(
        "split",
        Choice(SPLITS),
        Default("\"none\""),
        "What the members of a pair at two sites do when a fault on its `ha-link` separates them.",
    ),
];

/// What separated members do.
const SPLITS: &[(&str, &str)] = &[
    ("none", "nothing, the roles stay as they are"),
    (
        "both-primary",
        "each takes the other for lost: after the failover time (`host`) both serve, each those who \
         reach it; when they see each other again, the one that served before stays",
    ),
];

/// `[host.NAME]`.
pub static HOST: TableDef = TableDef {
    header: "[host.NAME]",
    name: "host",
    doc: "A machine.",
    keys: &[
        key("site", Name(Named::Site), Required, "The site where it is."),
        key("address", Text, Means("none"), "What a trunk's `contact` may name; check V31."),
    ],
    vendor: false,
};

/// The kinds of server.
const KINDS: &[(&str, &str)] = &[
    ("sip", "SIP Server"),
    ("stat", "Stat Server"),
    ("config", "Configuration Server or its proxy"),
];

/// `[server.NAME]`.
pub static SERVER: TableDef = TableDef {
    header: "[server.NAME]",
    name: "server",
    doc: "A server object. One that another names as its `backup` is a backup, any other is a \
          primary. The annex is the section `[server.NAME.interaction-workspace]` \
          (`disaster-recovery.site`, `disaster-recovery.name`), SIP Server's own options are in \
          `[server.NAME.TServer]` (`dr-peer-trunk`, `dr-forward`).",
    keys: &[
        key("kind", Choice(KINDS), Required, "What it is."),
        key(
            "site",
            Name(Named::Site),
            Means("its host's"),
            "The site where it is; needed if there is no `host`.",
        ),
        key("host", Name(Named::Host), Means("a host of its own, of the same name"), "Its host."),
        key("backup", Name(Named::Server), Means("none"), "The server object that backs it up."),
        key(
            "reconnect-timeout",
            VendorSeconds,
            Means("the agent's `warm-standby.retry-delay`"),
            "Reconnect Timeout of the primary: the pause of a desktop between two rounds.",
        ),
        key("address", Text, Means("none"), "What a trunk's `contact` may name; check V31."),
        key("failover", Table(&SERVER_FAILOVER), Means("as its site's"), "Failover of its pair."),
    ],
    vendor: true,
};

/// `[switch.NAME]`.
pub static SWITCH: TableDef = TableDef {
    header: "[switch.NAME]",
    name: "switch",
    doc: "A switch with its DNs. Switches, DNs and Places are optional: what is not declared is \
          taken as consistent.",
    keys: &[
        key("server", Name(Named::Server), Required, "The primary SIP Server that controls it."),
        key("agent-logins", Texts, Means("not checked"), "Agent login IDs; check V23."),
        key("dn", Tables(&DN), Means("none"), "DNs by number."),
    ],
    vendor: false,
};

/// `[switch.NAME.dn.NUMBER]`.
pub static DN: TableDef = TableDef {
    header: "[switch.NAME.dn.NUMBER]",
    name: "dn",
    doc: "A DN of a switch. Its own vendor options are in `[switch.NAME.dn.NUMBER.TServer]`.",
    keys: &[
        key("type", Text, Default("\"extension\""), "`extension`, `acd-position`, `trunk` ..."),
        key("dr-number", Text, Means("none"), "DR number: the same on both switches; check V20."),
        key("media", Texts, Means("voice"), "Media of the DN; check V22."),
        key("contact", Text, Means("none"), "A trunk's contact: an address; check V31."),
    ],
    vendor: true,
};

/// `[place.NAME]`.
pub static PLACE: TableDef = TableDef {
    header: "[place.NAME]",
    name: "place",
    doc: "A Place: the DNs that its agents use. With several SIP Server pairs at a site, the switch \
          of the DN names the pair.",
    keys: &[key(
        "dns",
        Dns,
        Required,
        "Its DNs: `[{ switch = \"sw-x\", number = \"7001\" }, { switch = \"sw-y\", number = \
         \"7001\" }]`.",
    )],
    vendor: false,
};
