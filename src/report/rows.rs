//! The three files with a row per agent, outage and move, gathered range by range.
//!
//! A million agents are never held: take the bytes of a range and write them, in order.

use crate::measures::{AgentRow, MoveRow, OutageRow, Rows};
use crate::model::{AgentId, Model};

use super::columns::Column;
use super::table::Table;
use super::{agents_csv, moves_csv, outages_csv};

/// Bytes of the three files: the rows of a range of agents, or their headers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowBytes {
    /// For `agents.csv`.
    pub agents: Vec<u8>,
    /// For `outages.csv`.
    pub outages: Vec<u8>,
    /// For `moves.csv`.
    pub moves: Vec<u8>,
}

impl RowBytes {
    /// The header lines, to be written first.
    #[must_use]
    pub fn headers(model: &Model) -> Self {
        let agents: Vec<&str> = agents_csv::COLUMNS.iter().map(|column| column.name).collect();
        let with =
            |columns: &[Column], local| Table::with_columns(columns, local, model).into_bytes();
        Self {
            agents: Table::with_header(&agents).into_bytes(),
            outages: with(&outages_csv::COLUMNS, outages_csv::LOCAL),
            moves: with(&moves_csv::COLUMNS, moves_csv::LOCAL),
        }
    }

    /// The file names with their bytes.
    #[must_use]
    pub fn files(&self) -> [(&'static str, &[u8]); 3] {
        [("agents.csv", &self.agents), ("outages.csv", &self.outages), ("moves.csv", &self.moves)]
    }
}

/// Turns the rows of a range of agents into lines of the three files.
pub struct RowFiles<'m> {
    model: &'m Model,
    agents: Table,
    outages: Table,
    moves: Table,
    /// The agent whose name was asked for last.
    named: Option<(AgentId, String)>,
}

impl<'m> RowFiles<'m> {
    /// No rows yet.
    #[must_use]
    pub fn new(model: &'m Model) -> Self {
        let [agents, outages, moves] = [Table::new(), Table::new(), Table::new()];
        Self { model, agents, outages, moves, named: None }
    }

    /// Takes the lines so far, without headers.
    #[must_use]
    pub fn take(&mut self) -> RowBytes {
        RowBytes {
            agents: self.agents.take(),
            outages: self.outages.take(),
            moves: self.moves.take(),
        }
    }

    fn name(&mut self, agent: AgentId) -> String {
        match self.named.take() {
            Some((known, name)) if known == agent => name,
            _ => self.model.agent_name(agent),
        }
    }
}

impl Rows for RowFiles<'_> {
    fn agent(&mut self, row: &AgentRow) {
        let name = self.name(row.agent);
        agents_csv::row(&mut self.agents, self.model, &name, row);
        self.named = Some((row.agent, name));
    }

    fn outage(&mut self, row: &OutageRow) {
        let name = self.name(row.agent);
        outages_csv::row(&mut self.outages, self.model, &name, row);
        self.named = Some((row.agent, name));
    }

    fn moved(&mut self, row: &MoveRow) {
        let name = self.name(row.agent);
        moves_csv::row(&mut self.moves, self.model, &name, row);
        self.named = Some((row.agent, name));
    }
}
