//! `assumptions.csv`: what an answer takes for granted: one row per effective option, setting,
//! policy and key of a fault, with where it was set and how well it is known.

use super::compare::letters;
use super::table::Table;
use crate::report::cells::Cells;

/// The file.
pub const ASSUMPTIONS_FILE: &str = "assumptions.csv";

/// The header.
const COLUMNS: [&str; 7] = ["kind", "where", "name", "value", "set_at", "agents", "evidence"];

/// The column of the variants of a comparison.
pub(super) const VARIANT: &str = "variant";

/// One thing that is taken for granted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assumption {
    /// `option`, `setting`, `policy`, `what-if`, `fault`, `drain` or `price`.
    pub kind: &'static str,
    /// The table of the scenario that holds it; the name of a fault or drain; empty for prices.
    pub place: String,
    /// Its key.
    pub name: String,
    /// The value in force, as written.
    pub value: String,
    /// Where it was set: `default`, or the level and line of the scenario.
    pub set_at: String,
    /// For how many agents the value is in force; `None`: it is no option of agents.
    pub agents: Option<u32>,
    /// How well it is known: `documented`, `recalled`, `assumption`, `not documented` (a policy),
    /// `hypothetical` (a what-if extension), `scenario` (faults, drains, prices).
    pub evidence: &'static str,
}

/// The file.
#[must_use]
pub fn assumptions_csv(all: &[Assumption]) -> Vec<u8> {
    let mut table = Table::with_header(&COLUMNS);
    for one in all {
        one.add(&mut table);
        table.end();
    }
    table.into_bytes()
}

/// The same of the variants of a comparison, the first before the others: the last column is the letter
/// of the variant.
#[must_use]
pub fn assumptions_of_variants(all: &[Vec<Assumption>]) -> Vec<u8> {
    let columns: Vec<&str> = COLUMNS.into_iter().chain([VARIANT]).collect();
    let mut table = Table::with_header(&columns);
    for (at, variant) in all.iter().enumerate() {
        for one in variant {
            one.add(&mut table);
            table.text(&letters(at));
            table.end();
        }
    }
    table.into_bytes()
}

impl Assumption {
    /// Its cells.
    fn add(&self, table: &mut Table) {
        [self.kind, &self.place, &self.name, &self.value, &self.set_at]
            .iter()
            .for_each(|text| table.text(text));
        table.maybe_show(self.agents);
        table.text(self.evidence);
    }
}
