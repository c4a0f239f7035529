//! Files that a command writes among its results if they are asked for, the same for all commands that
//! simulate.

use clap::Args;

/// What to write beside the results.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct Extras {
    /// Also write report.html: one page with answer, charts, tables and assumptions
    #[arg(long)]
    pub report: bool,
    /// Also write tables.xlsx: all tables as sheets of one workbook
    #[arg(long)]
    pub xlsx: bool,
    /// Also write the large tables as Parquet files: outages.parquet, replications.parquet, ...
    #[arg(long)]
    pub parquet: bool,
}
