//! The tables that grow with agents, faults, time or replications: their files, and what their columns hold.

use super::columns::{Column, Holds, LOCAL, count, text};
use super::{
    agents_csv, groups_csv, moves_csv, outages_csv, registrars_csv, states_csv, timeline_csv,
    trace_csv,
};

/// A table with a row per agent, outage, move, state, step of a group, record, bin, second or replication.
#[derive(Clone, Copy, Debug)]
pub struct LargeTable {
    /// The CSV file.
    pub csv: &'static str,
    /// The Parquet file.
    pub parquet: &'static str,
    columns: &'static [Column],
}

/// The large tables.
pub const LARGE_TABLES: [LargeTable; 10] = [
    table("agents.csv", "agents.parquet", &agents_csv::COLUMNS),
    table("outages.csv", "outages.parquet", &outages_csv::COLUMNS),
    table("moves.csv", "moves.parquet", &moves_csv::COLUMNS),
    table("timeline.csv", "timeline.parquet", &timeline_csv::COLUMNS),
    table("groups.csv", "groups.parquet", &groups_csv::COLUMNS),
    table("states.csv", "states.parquet", &states_csv::COLUMNS),
    table("registers.csv", "registers.parquet", &registrars_csv::SECONDS),
    table("trace.csv", "trace.parquet", &trace_csv::COLUMNS),
    table("replications.csv", "replications.parquet", &[count("replication")]),
    table("differences.csv", "differences.parquet", &[text("variant"), count("replication")]),
];

const fn table(csv: &'static str, parquet: &'static str, columns: &'static [Column]) -> LargeTable {
    LargeTable { csv, parquet, columns }
}

impl LargeTable {
    /// What the column of that name holds; measures are numbers.
    #[must_use]
    pub fn holds(&self, name: &str) -> Holds {
        let known = self.columns.iter().find(|column| column.name == name);
        let absent = if name.ends_with(LOCAL) { Holds::Text } else { Holds::Number };
        known.map_or(absent, |column| column.holds)
    }
}

/// What a column of a CSV file holds, if that is a large table.
#[must_use]
pub(super) fn holds(csv: &str, name: &str) -> Option<Holds> {
    LARGE_TABLES.iter().find(|table| table.csv == csv).map(|table| table.holds(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_like_seconds_holds_numbers() {
        let columns = LARGE_TABLES.iter().flat_map(|table| table.columns);
        let seconds: Vec<&Column> = columns.filter(|column| column.name.ends_with("_s")).collect();
        assert!(seconds.len() > 30, "{seconds:?}");
        assert!(seconds.iter().all(|column| column.holds == Holds::Number), "{seconds:?}");
    }
}
