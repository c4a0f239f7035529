//! Calls of one run in numbers: by queue and in total, and what the faults cost, against the same callers on the same
//! agents without any.

use schemars::JsonSchema;
use serde::Serialize;

use crate::calls::{Books, Cell, Hours, Tally, serving};
use crate::model::{Calls, Model, Queue, ShareOf};

use crate::time::Span;

use super::quantity::{Ratio, Total};

/// The calls of one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallResults {
    /// By queue and interval.
    pub books: Books,
    /// By queue.
    pub queues: Vec<CallFigures>,
    /// All queues together.
    pub all: CallFigures,
}

/// The outcomes of calls in a whole run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallFigures {
    /// Calls by outcome.
    pub cell: Cell,
    /// The same without faults.
    pub unharmed: Cell,
    /// Calls in time, and the calls of which that is a share, each by the definition of its queue.
    pub in_time: Ratio,
    /// The agents who serve them.
    pub hours: Hours,
    /// Intervals in which the service level was below its target.
    pub below: u64,
    /// The same without faults.
    pub below_unharmed: u64,
}

impl CallResults {
    /// Sums what was counted.
    pub(super) fn new(books: Books, model: &Model) -> Self {
        let calls = &model.calls;
        let each = calls.queues.iter().enumerate();
        let queues: Vec<CallFigures> =
            each.map(|(number, queue)| of_queue(&books, number, queue)).collect();
        let mut all = CallFigures { hours: whole(&books.lived, calls), ..CallFigures::default() };
        for one in &queues {
            all.cell.add(&one.cell);
            all.unharmed.add(&one.unharmed);
            all.in_time.part += one.in_time.part;
            all.in_time.whole += one.in_time.whole;
            all.below += one.below;
            all.below_unharmed += one.below_unharmed;
        }
        Self { books, queues, all }
    }

    /// Number of windows in which calls were simulated, and the time in them; `None`: all were.
    #[must_use]
    pub fn windows(&self) -> Option<(u64, Total)> {
        let windows = self.books.windows.as_ref()?;
        let time = windows.iter().map(|window| window.end - window.start);
        let time = time.fold(Span::ZERO, |sum, length| sum + length);
        Some((windows.len() as u64, time.into()))
    }
}

fn of_queue(books: &Books, number: usize, queue: &Queue) -> CallFigures {
    let cell = books.lived.total(number);
    let below = |tally: &Tally| {
        let cells = tally.cells(number).iter();
        cells.filter(|cell| misses(cell, queue)).count() as u64
    };
    let mut hours = Hours::default();
    books.lived.hours(&queue.groups).into_iter().for_each(|one| hours.add(one));
    let unharmed = books.unharmed.as_ref().unwrap_or(&books.lived);
    CallFigures {
        in_time: in_time(&cell, queue.level.of),
        cell,
        unharmed: unharmed.total(number),
        hours,
        below: below(&books.lived),
        below_unharmed: below(unharmed),
    }
}

/// All agents who serve some queue, each once.
fn whole(tally: &Tally, calls: &Calls) -> Hours {
    let mut hours = Hours::default();
    tally.hours(&serving(calls)).into_iter().for_each(|one| hours.add(one));
    hours
}

/// Calls in time, and the calls of which that is a share.
#[must_use]
pub fn in_time(cell: &Cell, of: ShareOf) -> Ratio {
    let (part, whole) = cell.in_time(of);
    Ratio { part: part.into(), whole: whole.into() }
}

/// Whether calls came, and too few of them were answered in time.
pub(super) fn misses(cell: &Cell, queue: &Queue) -> bool {
    cell.service_level(queue.level.of).is_some_and(|level| level < queue.level.target)
}

/// Busy time as a share of time in service, at most all of it: calls can go on while their agents are out of service.
#[must_use]
pub fn occupancy(hours: &Hours) -> Ratio {
    Ratio { part: hours.busy.min(hours.in_service), whole: hours.in_service }
}

/// Average speed of answer; `None`: no agent took a call.
#[must_use]
pub fn answer_speed(cell: &Cell) -> Option<Total> {
    (cell.taken > 0).then(|| Total(cell.wait_taken / i128::from(cell.taken)))
}

/// Where calls were simulated, if not everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WindowSummary {
    /// Windows around faults and drains in which calls were simulated; figures of calls count no other time.
    pub count: u64,
    /// Time in these windows.
    pub time_s: Total,
}

/// Calls of one queue.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct QueueSummary {
    /// Name of the queue.
    pub name: String,
    /// A call is in time if an agent takes it after a wait of at most this.
    pub answer_within_s: Total,
    /// What the service level is a share of: `offered`, `answered`, `offered-less-quick` or `virtual`.
    pub service_level_of: &'static str,
    /// The target of the service level.
    pub service_level_target: f64,
    /// Their outcomes.
    #[serde(flatten)]
    pub calls: CallSummary,
}

/// The outcomes of calls. Offered calls are answered, abandoned, lost, blocked or waiting: each one
/// of these, exactly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CallSummary {
    /// Calls that came, those that came again included.
    pub offered: u64,
    /// Of them, calls of callers who had called before.
    pub redialled: u64,
    /// An agent took them, and they were not lost.
    pub answered: u64,
    /// The caller gave up.
    pub abandoned: u64,
    /// A failure took them: at the gateway, while they waited, or while caller and agent talked.
    pub lost: u64,
    /// Of them, those that an agent had taken.
    pub lost_talking: u64,
    /// No waiting place was free.
    pub blocked: u64,
    /// They wait at the end of the run.
    pub waiting: u64,
    /// How often a call rang at a dead contact, where it is not answered.
    pub rung_nowhere: u64,
    /// Share of the calls that were answered in time; null: there was no call.
    pub service_level: Ratio,
    /// Intervals in which it was below the target.
    pub intervals_below_target: u64,
    /// Average speed of answer: mean wait of the calls that an agent took; null: there were none.
    pub answer_speed_s: Option<Total>,
    /// The longest wait of any call.
    pub longest_wait_s: Total,
    /// Busy time of the agents who serve these calls, as a share of their time in service.
    pub occupancy: Ratio,
    /// What the faults and drains cost.
    pub cost: CallCost,
}

/// Calls of the run less those of the same callers on the same agents without faults and drains. Below 0 where there were
/// more without.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CallCost {
    /// Calls that failed: abandoned, lost or blocked.
    pub failed: i64,
    /// Calls that the caller gave up.
    pub abandoned: i64,
    /// Calls lost.
    pub lost: i64,
    /// Calls blocked.
    pub blocked: i64,
    /// Callers who were served without the faults, less those who were with them.
    pub callers_not_served: i64,
    /// Intervals in which the service level was below the target.
    pub intervals_below_target: i64,
}

impl CallFigures {
    /// Their summary.
    #[must_use]
    pub fn summary(&self) -> CallSummary {
        let cell = &self.cell;
        CallSummary {
            offered: cell.offered,
            redialled: cell.redialled,
            answered: cell.answered,
            abandoned: cell.abandoned,
            lost: cell.lost,
            lost_talking: cell.lost_talking,
            blocked: cell.blocked,
            waiting: cell.waiting,
            rung_nowhere: cell.rings,
            service_level: self.in_time,
            intervals_below_target: self.below,
            answer_speed_s: answer_speed(cell),
            longest_wait_s: cell.longest_wait.into(),
            occupancy: occupancy(&self.hours),
            cost: self.cost(),
        }
    }

    /// What the faults cost.
    #[must_use]
    pub fn cost(&self) -> CallCost {
        let more = |what: fn(&Cell) -> u64| what(&self.cell) as i64 - what(&self.unharmed) as i64;
        CallCost {
            failed: more(Cell::failed),
            abandoned: more(|cell| cell.abandoned),
            lost: more(|cell| cell.lost),
            blocked: more(|cell| cell.blocked),
            callers_not_served: -more(|cell| cell.answered),
            intervals_below_target: self.below as i64 - self.below_unharmed as i64,
        }
    }
}

/// What a service level is a share of, as a scenario writes it.
#[must_use]
pub const fn share_word(of: ShareOf) -> &'static str {
    match of {
        ShareOf::Offered => "offered",
        ShareOf::Taken => "answered",
        ShareOf::OfferedLessQuick => "offered-less-quick",
        ShareOf::Virtual => "virtual",
    }
}

/// One summary for each queue.
pub(super) fn queues(results: Option<&CallResults>, model: &Model) -> Vec<QueueSummary> {
    let figures = results.into_iter().flat_map(|results| &results.queues);
    let each = model.calls.queues.iter().zip(figures);
    each.map(|(queue, figures)| QueueSummary {
        name: queue.name.clone(),
        answer_within_s: queue.level.within.into(),
        service_level_of: share_word(queue.level.of),
        service_level_target: queue.level.target,
        calls: figures.summary(),
    })
    .collect()
}
