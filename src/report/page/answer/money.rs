//! Money in the answer: what the outages cost at the prices that the scenario names.

use super::{Sentence, level};
use crate::measures::Amount;
use crate::model::{BILLION, Unit};
use crate::report::ASSUMPTIONS_FILE;
use crate::report::money_sentence::{head, said};
use crate::report::page::found::Found;
use crate::report::page::parts::chosen;
use crate::report::page::set::Set;

/// No amount is larger: a file that says more is wrong.
const MOST: f64 = 1e18;

/// The table that shows the amounts.
const TABLE: (&str, &str) = ("measures", "All measures");

/// What the outages of a run cost; nothing where the scenario names no price.
pub(super) fn of_run(set: &Set<'_>) -> Option<Sentence> {
    let money = &set.answer["money"];
    let amount = |key: &str| {
        let amount = money[key].as_f64()?.clamp(-MOST, MOST);
        Some(Amount(libm::round(amount * BILLION as f64) as i128))
    };
    let part = |key: &str, price: &str| {
        amount(key).filter(|amount| amount.0 != 0 || written(set, price).is_some())
    };
    let parts = [part("agents", "cost-per-agent-hour"), part("calls", "cost-per-lost-call")];
    let currency = chosen(money["currency"].as_str().unwrap_or_default());
    let text = said(amount("total")?, parts, &currency);
    Some(Sentence::with(text, TABLE.0, TABLE.1))
}

/// What they cost in an experiment, with its interval.
pub(super) fn of_experiment(set: &Set<'_>) -> Option<Sentence> {
    let found = Found::of(&set.answer["estimates"]["money.total"]);
    let found = found.with_interval(Unit::Count, &level(set))?;
    let text = format!("{}: {found}.", head(&currency(set)));
    Some(Sentence::with(text, TABLE.0, TABLE.1))
}

/// The currency of the prices; empty where none is named.
pub(super) fn currency(set: &Set<'_>) -> String {
    chosen(&written(set, "currency").unwrap_or_default())
}

/// What the scenario writes for a key of its prices.
fn written(set: &Set<'_>, key: &str) -> Option<String> {
    let csv = set.csv(ASSUMPTIONS_FILE).ok()??;
    let own = |row: &&Vec<String>| csv.cell(row, "kind") == "price" && csv.cell(row, "name") == key;
    csv.rows.iter().find(own).map(|row| csv.cell(row, "value").to_owned())
}
