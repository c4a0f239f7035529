//! A table that is made of the results of a run: its CSV file, and the same rows in memory.

use super::columns::Column;
use super::table::Table;
use super::typed::TypedTable;
use crate::measures::Results;
use crate::model::Model;

/// A table that is made of the results of a run.
#[derive(Clone, Copy)]
pub(crate) struct RunTable {
    /// Its columns.
    pub(super) columns: &'static [Column],
    /// The column of local time behind them, where there is a calendar.
    pub(super) local: Option<&'static str>,
    /// Its rows as text.
    pub(super) told: fn(&mut Table, &Results, &Model),
    /// The same rows in types.
    pub(super) kept: fn(&mut TypedTable, &Results, &Model),
}

impl RunTable {
    /// The CSV file.
    pub(super) fn csv(&self, results: &Results, model: &Model) -> Vec<u8> {
        let mut table = Table::with_columns(self.columns, self.local, model);
        (self.told)(&mut table, results, model);
        table.into_bytes()
    }

    /// The table in memory.
    pub(crate) fn typed(&self, results: &Results, model: &Model) -> TypedTable {
        let mut table = TypedTable::new(self.columns, self.local, model);
        (self.kept)(&mut table, results, model);
        table
    }
}
