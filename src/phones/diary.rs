//! The records of one phone, for the story of its agent: how often it has failed, how long a
//! registrar's queue has made it wait, and when it starts after a power cut. It does not know the
//! chains: they write to it.

use std::cell::RefCell;

use crate::model::Side;
use crate::time::{Span, Time};

use super::line::{Line, Skipped};
use super::transaction::grid_points_before;
use super::verdicts::{Failure, Outcome};

/// Something that a phone did or met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhoneRecord {
    /// When.
    pub at: Time,
    /// What.
    pub what: PhoneAction,
}

/// What a phone did or met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneAction {
    /// It has started.
    Started {
        /// This long after the power was back.
        after: Span,
    },
    /// A REGISTER fails, and the one before did not.
    Fails {
        /// Where.
        side: Side,
        /// It is refused; else no answer came in time.
        refused: bool,
        /// How long it has waited.
        waited: Span,
        /// The registrar's queue is why.
        queued: bool,
        /// The least wait before the next one, as the registrar says that refused (Retry-After).
        least: Span,
    },
    /// The last of the REGISTERs that have failed since then, one after the other.
    FailedAgain {
        /// Where they went, by side.
        sides: [bool; 2],
        /// How many were not answered in time.
        timed_out: u64,
        /// How many were refused.
        refused: u64,
    },
    /// A REGISTER is answered that has waited in the registrar's queue.
    Answered {
        /// Where.
        side: Side,
        /// How long it has waited.
        waited: Span,
    },
    /// A REGISTER is sent that still waits in the registrar's queue at the horizon.
    Waits {
        /// Where.
        side: Side,
    },
}

/// The records of one phone.
#[derive(Debug, Default)]
pub(super) struct Diary(RefCell<Pages>);

#[derive(Debug, Default)]
struct Pages {
    lines: [Page; 2],
    phone_records: Vec<PhoneRecord>,
}

/// Of one registration, or of the chain of a phone with a single one.
#[derive(Clone, Copy, Debug, Default)]
struct Page {
    /// The transaction under way or due.
    last: Option<Try>,
    /// The last one failed.
    failing: bool,
    /// Those that have failed after the first.
    again: Again,
}

/// A transaction.
#[derive(Clone, Copy, Debug)]
pub(super) struct Try {
    pub(super) line: Line,
    pub(super) timeout: Span,
    pub(super) outcome: Outcome,
    /// A queue has delayed it, or made it fail.
    pub(super) queued: bool,
    /// It is no news that it fails: a failover phone away from home tries home.
    pub(super) no_news: bool,
    /// As in [`PhoneAction::Fails`].
    pub(super) least: Span,
}

#[derive(Clone, Copy, Debug, Default)]
struct Again {
    at: Time,
    sides: [bool; 2],
    timed_out: u64,
    refused: u64,
}

impl Again {
    fn add(&mut self, at: Time, side: Side) {
        self.at = self.at.max(at);
        self.sides[side.index()] = true;
    }
}

impl Page {
    /// The outcome of the last transaction up to an instant, included.
    fn turn(&mut self, last_instant: Time, phone_records: &mut Vec<PhoneRecord>) {
        let Some(tried) = self.last.take() else { return };
        self.skipped(&tried, last_instant);
        let Line { side, start, .. } = tried.line;
        match tried.outcome {
            Ok(at) if at <= last_instant => {
                self.close(phone_records);
                if tried.queued && at > start {
                    phone_records.push(PhoneRecord {
                        at,
                        what: PhoneAction::Answered { side, waited: at - start },
                    });
                }
            }
            Err(failure) if failure.at <= last_instant && !tried.no_news => {
                self.fails((side, start), &tried, failure, phone_records);
            }
            Ok(_) | Err(_) => {}
        }
    }

    fn fails(
        &mut self,
        (side, start): (Side, Time),
        &Try { queued, least, .. }: &Try,
        Failure { at, refused }: Failure,
        phone_records: &mut Vec<PhoneRecord>,
    ) {
        if self.failing {
            self.again.add(at, side);
            *(if refused { &mut self.again.refused } else { &mut self.again.timed_out }) += 1;
        } else {
            self.failing = true;
            let waited = at - start;
            phone_records.push(PhoneRecord {
                at,
                what: PhoneAction::Fails { side, refused, waited, queued, least },
            });
        }
    }

    /// Transactions that were passed over because they are known to fail.
    fn skipped(&mut self, tried: &Try, last_instant: Time) {
        let Skipped { cycles, period, sites } = tried.line.skipped;
        if cycles == 0 || tried.no_news {
            return;
        }
        let mut side = tried.line.side;
        for site in 1..=i64::from(sites) {
            let first = tried.line.first + Span(tried.timeout.0 * site);
            let failed = grid_points_before(first, period, cycles, last_instant + Span(1));
            if failed > 0 {
                self.again.add(first + Span((failed as i64 - 1) * period.0), side);
                self.again.timed_out += failed;
            }
            side = side.other();
        }
    }

    /// A row of failures is over.
    fn close(&mut self, phone_records: &mut Vec<PhoneRecord>) {
        let Again { at, sides, timed_out, refused } = std::mem::take(&mut self.again);
        self.failing = false;
        if timed_out + refused > 0 {
            phone_records.push(PhoneRecord {
                at,
                what: PhoneAction::FailedAgain { sides, timed_out, refused },
            });
        }
    }
}

impl Diary {
    /// A line's transaction, with its outcome.
    pub(super) fn tried(&self, index: usize, tried: Try) {
        let mut pages = self.0.borrow_mut();
        let Pages { lines, phone_records } = &mut *pages;
        lines[index].turn(Time::NEVER, phone_records);
        lines[index].last = Some(tried);
    }

    /// The registrar that refuses a line's transaction says how long to wait at least.
    pub(super) fn is_told_to_wait(&self, index: usize, least: Span) {
        if let Some(tried) = &mut self.0.borrow_mut().lines[index].last {
            tried.least = least;
        }
    }

    /// A line's transaction ends at an instant: its later outcome is dropped.
    pub(super) fn cut(&self, index: usize, last_instant: Time) {
        let mut pages = self.0.borrow_mut();
        let Pages { lines, phone_records } = &mut *pages;
        lines[index].turn(last_instant, phone_records);
        lines[index].close(phone_records);
    }

    pub(super) fn cut_off(&self, last_instant: Time) {
        (0..2).for_each(|index| self.cut(index, last_instant));
    }

    pub(super) fn write(&self, at: Time, what: PhoneAction) {
        self.0.borrow_mut().phone_records.push(PhoneRecord { at, what });
    }

    /// What waits in a queue at the horizon.
    pub(super) fn waiting(&self, horizon: Time) {
        let waits = |tried: &Try| {
            let (Ok(end) | Err(Failure { at: end, .. })) = tried.outcome;
            tried.queued && tried.line.start < horizon && end >= horizon
        };
        let lines = self.0.borrow().lines;
        for tried in lines.iter().filter_map(|page| page.last.filter(waits)) {
            self.write(tried.line.start, PhoneAction::Waits { side: tried.line.side });
        }
    }

    /// All of it, in the order of time.
    pub(super) fn into_deeds(self) -> Vec<PhoneRecord> {
        let mut phone_records = self.0.into_inner().phone_records;
        phone_records.sort_by_key(|deed| deed.at);
        phone_records
    }
}
