//! Keys of the four levels of agent options and of locations. It holds no value.

use super::Absent::{Default, Means};
use super::Shape::{Count, Duration, DurationOrZero, Name, Names, Shift, Shifts, Text};
use super::{Named, TableDef, key, listed};
use crate::options::registrar::NAT_TIMEOUT;

/// `[application]`.
pub static APPLICATION: TableDef = TableDef {
    header: "[application]",
    name: "application",
    doc: "The Workspace Application: options that hold for every agent, in vendor sections: \
          `[application.interaction-workspace]`.",
    keys: &[],
    vendor: true,
};

/// `[tenant.NAME]`.
pub static TENANT: TableDef = TableDef {
    header: "[tenant.NAME]",
    name: "tenant",
    doc: "A tenant, in vendor sections: `[tenant.NAME.interaction-workspace]`. If only one is \
          declared, every group belongs to it.",
    keys: &[],
    vendor: true,
};

/// `[location.NAME]`.
pub static LOCATION: TableDef = TableDef {
    header: "[location.NAME]",
    name: "location",
    doc: "A place where agents sit, with a path of two planes (`cti`, `sip`) to every site. If \
          none is declared, there is one, `office`.",
    keys: &[listed(&NAT_TIMEOUT, Duration, Means("no NAT or firewall forgets them"))],
    vendor: false,
};

/// The most agents there may be, so that a Person's index cannot collide with another's.
pub(super) const MOST_AGENTS: u64 = 1 << 30;

/// `[agent-group.NAME]`.
pub static AGENT_GROUP: TableDef = TableDef {
    header: "[agent-group.NAME]",
    name: "agent-group",
    doc: "An Agent Group. Its options are in vendor sections: \
          `[agent-group.NAME.interaction-workspace]`.",
    keys: &[
        key(
            "agents",
            Count(0, MOST_AGENTS),
            Default("0"),
            "Number of agents, beside the Persons that are named in the group.",
        ),
        key("tenant", Name(Named::Tenant), Means("the only one declared, if so"), "Its tenant."),
        key("location", Name(Named::Location), Means("the only one there is"), "Where they sit."),
        key(
            "phone",
            Name(Named::Phone),
            Means(
                "the only type declared; a dual softphone if there is none; with several it is needed",
            ),
            "What they call with.",
        ),
        key(
            "place",
            Name(Named::Place),
            Means("none"),
            "Their Place. All agents of a group may share one Place: it names the SIP Server pair at \
             each site and is checked like any other.",
        ),
        key("shift", Shifts, Means("always on duty"), "When they are on duty; see *Shifts* below."),
        key(
            "arrive-spread",
            DurationOrZero,
            Default("\"0s\""),
            "Each agent comes so much later than its shift begins at most, by a uniform draw for each shift.",
        ),
    ],
    vendor: true,
};

/// `[person.NAME]`.
pub static PERSON: TableDef = TableDef {
    header: "[person.NAME]",
    name: "person",
    doc: "A named agent, in addition to the group's count. Options of its own are in vendor \
          sections: `[person.NAME.interaction-workspace]`.",
    keys: &[
        key(
            "agent-group",
            Name(Named::AgentGroup),
            Means("the only one declared"),
            "The group that the person is counted in.",
        ),
        key(
            "also-in",
            Names(Named::AgentGroup),
            Means("none"),
            "Further groups of the person. Where they say something else than the first, it is \
             ambiguous (V30), and the first wins.",
        ),
        key("location", Name(Named::Location), Means("the group's"), "Where the person sits."),
        key("phone", Name(Named::Phone), Means("the group's"), "What the person calls with."),
        key("place", Name(Named::Place), Means("the group's"), "The person's Place."),
        key(
            "shift",
            Shift,
            Means("the group's; of several, the Persons of the group take one in turn"),
            "When the person is on duty; see *Shifts* below.",
        ),
        key("login", Text, Means("none"), "Agent login ID, on every switch; check V23."),
    ],
    vendor: true,
};
