//! The three tables with a row per agent, outage and move, gathered range by range: lines of files, or in memory.
//!
//! A million agents are never held in files: take the bytes of a range and write them, in order.

use crate::measures::{AgentRow, MoveRow, OutageRow, Rows};
use crate::model::{AgentId, Model};

use super::cells::Cells;
use super::columns::Column;
use super::table::Table;
use super::typed::TypedTable;
use super::{agents_csv, moves_csv, outages_csv};

/// The columns of the three, and that of local time.
const COLUMNS: [(&[Column], Option<&str>); 3] = [
    (&agents_csv::COLUMNS, None),
    (&outages_csv::COLUMNS, Some(outages_csv::LOCAL)),
    (&moves_csv::COLUMNS, Some(moves_csv::LOCAL)),
];

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
        let [agents, outages, moves] =
            COLUMNS.map(|(columns, local)| Table::with_columns(columns, local, model).into_bytes());
        Self { agents, outages, moves }
    }

    /// The file names with their bytes.
    #[must_use]
    pub fn files(&self) -> [(&'static str, &[u8]); 3] {
        [("agents.csv", &self.agents), ("outages.csv", &self.outages), ("moves.csv", &self.moves)]
    }
}

/// Turns the rows of a range of agents into rows of three tables.
pub(crate) struct RowTables<'m, C> {
    model: &'m Model,
    agents: C,
    outages: C,
    moves: C,
    /// The agent whose name was asked for last.
    named: Option<(AgentId, String)>,
}

/// Keeps the rows of a range of agents in types.
pub(crate) type RowsInMemory<'m> = RowTables<'m, TypedTable>;

impl<'m> RowsInMemory<'m> {
    /// No rows yet.
    pub(crate) fn new(model: &'m Model) -> Self {
        let [agents, outages, moves] =
            COLUMNS.map(|(columns, local)| TypedTable::new(columns, local, model));
        Self { model, agents, outages, moves, named: None }
    }

    /// Takes the rows of the agents behind these.
    pub(crate) fn append(&mut self, more: Self) {
        self.agents.append(more.agents);
        self.outages.append(more.outages);
        self.moves.append(more.moves);
    }

    /// The tables, by the names of their files.
    pub(crate) fn tables(self) -> [(&'static str, TypedTable); 3] {
        [("agents", self.agents), ("outages", self.outages), ("moves", self.moves)]
    }
}

impl<C> RowTables<'_, C> {
    fn name(&mut self, agent: AgentId) -> String {
        match self.named.take() {
            Some((known, name)) if known == agent => name,
            _ => self.model.agent_name(agent),
        }
    }
}

impl<C: Cells> Rows for RowTables<'_, C> {
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

/// Turns the rows of a range of agents into lines of the three files.
pub struct RowFiles<'m>(RowTables<'m, Table>);

impl<'m> RowFiles<'m> {
    /// No rows yet.
    #[must_use]
    pub fn new(model: &'m Model) -> Self {
        let [agents, outages, moves] = [Table::new(), Table::new(), Table::new()];
        Self(RowTables { model, agents, outages, moves, named: None })
    }

    /// Takes the lines so far, without headers.
    #[must_use]
    pub fn take(&mut self) -> RowBytes {
        RowBytes {
            agents: self.0.agents.take(),
            outages: self.0.outages.take(),
            moves: self.0.moves.take(),
        }
    }
}

impl Rows for RowFiles<'_> {
    fn agent(&mut self, row: &AgentRow) {
        self.0.agent(row);
    }

    fn outage(&mut self, row: &OutageRow) {
        self.0.outage(row);
    }

    fn moved(&mut self, row: &MoveRow) {
        self.0.moved(row);
    }
}
