//! Capacities that a run exceeded, in a sentence.

use crate::measures::{Capacity, Overload};
use crate::model::Unit;

use super::numbers::value;
use super::words;

/// What came and what the site is sized for: ``more than `south` is sized for: 2,148 ...``.
#[must_use]
pub fn finding(overload: &Overload) -> String {
    let (site, peak) = (&overload.site, words::count(overload.peak));
    let (key, sized_for) = (overload.capacity.key(), value(overload.sized_for, Unit::Count));
    match overload.capacity {
        Capacity::AgentCapacity => {
            format!("more than `{site}` is sized for: {peak} agents in service ({key} {sized_for})")
        }
        Capacity::RegisterCapacity => {
            let window = words::span(overload.window);
            format!(
                "more than `{site}` is sized for: {peak} recovery REGISTERs within {window} \
                 ({key} {sized_for}/s)"
            )
        }
    }
}

/// What that means for the numbers.
pub const MEANING: &str = "a real site would be slower: the downtime here is too low";
