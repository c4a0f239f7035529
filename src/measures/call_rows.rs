//! Calls by queue and interval, with the agents that planners' formulas ask for beside those that were there.

use std::collections::BTreeMap;

use crate::calls::{Books, Cell, Hours, Tally};
use crate::closed_form::erlang;
use crate::model::{Calls, Model, Queue};
use crate::time::{Span, Time};

use super::calls::in_time;
use super::on_shift::on_shift;
use super::quantity::Ratio;
use super::results::Results;

/// One queue in one interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallRow {
    /// Number of the queue.
    pub queue: usize,
    /// Start of the interval.
    pub from: Time,
    /// Its end, excluded.
    pub to: Time,
    /// Calls that came in it.
    pub cell: Cell,
    /// Agents of its groups.
    pub hours: Hours,
    /// Agents that Erlang A (or C) asks for, so that the service level is kept; `None`: no number keeps it.
    pub needed: Option<u32>,
    /// Calls abandoned, lost or blocked without the faults; `None`: there are no faults.
    pub failed_without: Option<u64>,
    /// Time of the agents of its groups on shift, in nanoseconds.
    pub on_shift: i128,
}

impl Results {
    /// The calls of each queue by interval, one queue after the other; of windows only, where calls are simulated in some.
    #[must_use]
    pub fn call_rows(&self, model: &Model) -> Vec<CallRow> {
        let Some(calls) = &self.calls else { return Vec::new() };
        let each = model.calls.queues.iter().enumerate();
        each.flat_map(|(number, queue)| of_queue(&calls.books, (number, queue), model)).collect()
    }
}

fn of_queue(books: &Books, (number, queue): (usize, &Queue), model: &Model) -> Vec<CallRow> {
    let interval = books.lived.interval();
    let cells = books.lived.cells(number);
    let without = books.unharmed.as_ref().map(|tally| tally.cells(number));
    let hours = books.lived.hours(&queue.groups);
    let on_shift = on_shift(model, &queue.groups, interval);
    let mut known = BTreeMap::new();
    let each = cells.iter().zip(hours).enumerate();
    let row = each.filter_map(|(at, (cell, hours))| {
        let from = Time(interval.0.saturating_mul(at as i64));
        books.window(from)?;
        let to = Time(interval.0.saturating_mul(at as i64 + 1)).min(model.horizon);
        let length = to - from;
        let key = (cell.offered, length);
        let needed = *known.entry(key).or_insert_with(|| needed(queue, cell.offered, length));
        let failed_without = without.map(|cells| cells[at].failed());
        let on_shift = on_shift.get(at).copied().unwrap_or_default();
        let cell = *cell;
        Some(CallRow { queue: number, from, to, cell, hours, needed, failed_without, on_shift })
    });
    row.collect()
}

/// The agents that a number of calls needs in a time.
fn needed(queue: &Queue, offered: u64, length: Span) -> Option<u32> {
    let asked = erlang::Queue::of(queue, offered as f64 / length.as_secs_f64());
    asked.agents_needed(&queue.level)
}

/// Share of the calls answered in time by interval, all queues together, each by its own definition.
#[must_use]
pub fn service_levels(tally: &Tally, calls: &Calls) -> Vec<Ratio> {
    let mut all: Vec<Ratio> = Vec::new();
    for (number, queue) in calls.queues.iter().enumerate() {
        let cells = tally.cells(number);
        all.resize(cells.len(), Ratio::default());
        for (sum, cell) in all.iter_mut().zip(cells) {
            let own = in_time(cell, queue.level.of);
            *sum = Ratio { part: sum.part + own.part, whole: sum.whole + own.whole };
        }
    }
    all
}
