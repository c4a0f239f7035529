//! The keys at the top of a scenario file, and the tables there. It holds no value.

use super::Absent::{Default, Means, Required};
use super::Shape::{
    Choice, Clock, Count, Date, Duration, DurationOrZero, List, Table, Tables, Text, Texts,
    TimeZone,
};
use super::{Key, TableDef, key};
use super::{agents, calls, experiment, faults, phones, settings, topology};

/// The whole file.
pub static TOP: TableDef = TableDef {
    header: "",
    name: "scenario",
    doc: "Keys at the top of the file, before the first table.",
    keys: KEYS,
    vendor: false,
};

/// The largest seed that TOML can write.
const SEEDS: u64 = i64::MAX as u64;

const KEYS: &[Key] = &[
    key("title", Text, Means("the scenario's name"), "The question that the scenario asks."),
    key("horizon", Duration, Required, "Length of the run: it covers [0, horizon)."),
    key("seed", Count(0, SEEDS), Default("1"), "Seed of all random values."),
    key(
        "clock",
        Clock,
        Default("\"00:00\""),
        "Local time at the start of the run: a time of day, after the weekday if that is known (`\"Mon 09:30\"`). \
         Where it is written, reports say the local time of each instant. A day has 24 hours. The short form of `start`.",
    ),
    key(
        "start",
        Date,
        Means("`clock`"),
        "Date and local time at the start of the run: `\"2027-01-04T00:00\"`. Where it is written, reports say the date and \
         local time of each instant, tables have them in a column more, and instants may be written as dates.",
    ),
    key(
        "time-zone",
        TimeZone,
        Means("a day has 24 hours"),
        "IANA name of the time zone of `start`: `\"Europe/Berlin\"`. Its rules are part of the program. Lengths of time are \
         not changed by it: a day on which the clocks change has 23 or 25 hours.",
    ),
    key(
        "flap-window",
        DurationOrZero,
        Default("\"15m\""),
        "A switchover within this time after a restore of the same agent is a flap.",
    ),
    key(
        "call-interval",
        Choice(calls::INTERVALS),
        Default("\"30m\""),
        "Length of the intervals by which calls are counted, from the start of the run.",
    ),
    key(
        "calls-simulated",
        Choice(calls::SIMULATED),
        Default("\"full\""),
        "Which calls are simulated. A year of calls with few faults takes a quarter of the time in windows; no departure waits for \
         the end of a call there.",
    ),
    key("application", Table(&agents::APPLICATION), NONE, "The Workspace Application."),
    key("tenant", Tables(&agents::TENANT), NONE, "Tenants."),
    key("failover", Table(&topology::FAILOVER), NONE, "Failover of every pair."),
    key("site", Tables(&topology::SITE), NONE, "Sites."),
    key("host", Tables(&topology::HOST), NONE, "Hosts."),
    key("server", Tables(&topology::SERVER), NONE, "Server objects."),
    key("switch", Tables(&topology::SWITCH), NONE, "Switches and their DNs."),
    key("place", Tables(&topology::PLACE), NONE, "Places."),
    key("location", Tables(&agents::LOCATION), NONE, "Locations."),
    key("agent-group", Tables(&agents::AGENT_GROUP), NONE, "Agent Groups."),
    key("person", Tables(&agents::PERSON), NONE, "Persons."),
    key("phone", Tables(&phones::PHONE), NONE, "Phone types."),
    key(
        "agents-from",
        Text,
        Means("none"),
        "CSV file with a Person in each row, relative to the scenario: see [rosters](#rosters).",
    ),
    key(
        "agents-columns",
        Texts,
        Means("columns have their own names"),
        "Other names of its columns: `[\"name=Login ID\", \"group=Team\"]`.",
    ),
    key(
        "agents-ignored",
        Texts,
        Means("none"),
        "Columns of it that say nothing about agents here.",
    ),
    key("desktop", Table(&settings::DESKTOP), NONE, "The desktop."),
    key("policy", Table(&settings::POLICY), NONE, "Policies."),
    key("what-if", Table(&settings::WHAT_IF), NONE, "What-if extensions."),
    key("prices", Table(&settings::PRICES), NONE, "Prices."),
    key("fault", List(&faults::FAULT), NONE, "Faults."),
    key("drain", List(&faults::DRAIN), NONE, "Graceful migrations."),
    key("calls", List(&calls::CALLS), NONE, "Queues of calls."),
    key("experiment", Table(&experiment::EXPERIMENT), NONE, "Replications."),
    key("threshold", List(&experiment::THRESHOLD), NONE, "Bounds of measures."),
];

const NONE: super::Absent = Means("none");
