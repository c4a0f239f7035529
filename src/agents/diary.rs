//! The diary of one phone, for those who tell its story: how often it has tried in vain, what a registrar's queue
//! has made it wait, and when it starts after a power cut.
//!
//! The phone lives once more, alone, with everything else known. Nothing is written of phones whose story nobody tells.

use std::cell::RefCell;

use crate::model::{AgentId, Side, Style};
use crate::time::{Span, Time};

use super::answers::Followed;
use super::chains::{Chains, Work};
use super::context::Context;
use super::fortune::Fortune;
use super::line::{Line, Skipped, Through};
use super::transaction::grid_points_before;
use super::verdicts::{Failure, Outcome};

/// Something that a phone did or met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deed {
    /// When.
    pub at: Time,
    /// What.
    pub what: Doing,
}

/// What a phone did or met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// It has started.
    Started {
        /// So long after the power was back.
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

/// What is written of one phone.
#[derive(Debug, Default)]
pub(super) struct Diary(RefCell<Pages>);

#[derive(Debug, Default)]
struct Pages {
    lines: [Page; 2],
    deeds: Vec<Deed>,
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

#[derive(Clone, Copy, Debug)]
struct Try {
    line: Line,
    timeout: Span,
    outcome: Outcome,
    queued: bool,
    /// It is no news that it fails: a failover phone away from home tries home.
    no_news: bool,
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
    /// What became of the last transaction up to an instant, included.
    fn turn(&mut self, last_instant: Time, deeds: &mut Vec<Deed>) {
        let Some(tried) = self.last.take() else { return };
        self.skipped(&tried, last_instant);
        let Line { side, start, .. } = tried.line;
        match tried.outcome {
            Ok(at) if at <= last_instant => {
                self.close(deeds);
                if tried.queued && at > start {
                    deeds.push(Deed { at, what: Doing::Answered { side, waited: at - start } });
                }
            }
            Err(failure) if failure.at <= last_instant && !tried.no_news => {
                self.fails((side, start, tried.queued), failure, deeds);
            }
            Ok(_) | Err(_) => {}
        }
    }

    fn fails(
        &mut self,
        (side, start, queued): (Side, Time, bool),
        Failure { at, refused }: Failure,
        deeds: &mut Vec<Deed>,
    ) {
        if self.failing {
            self.again.add(at, side);
            *(if refused { &mut self.again.refused } else { &mut self.again.timed_out }) += 1;
        } else {
            self.failing = true;
            let waited = at - start;
            deeds.push(Deed { at, what: Doing::Fails { side, refused, waited, queued } });
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
    fn close(&mut self, deeds: &mut Vec<Deed>) {
        let Again { at, sides, timed_out, refused } = std::mem::take(&mut self.again);
        self.failing = false;
        if timed_out + refused > 0 {
            deeds.push(Deed { at, what: Doing::FailedAgain { sides, timed_out, refused } });
        }
    }
}

impl Diary {
    /// A line's transaction, with its outcome.
    pub(super) fn tried(&self, cx: &Context, chains: &Chains, index: usize, outcome: Outcome) {
        if index > 0 && !cx.dual() {
            return;
        }
        let line = chains.lines[index];
        let refuses = |at| cx.registrar(line.side).refuses(at);
        let own_refusal = matches!(outcome, Err(Failure { at, refused: true }) if refuses(at));
        let queued = chains.verdict(cx, index).is_some() && !own_refusal;
        let away = matches!(cx.phone.style, Style::Failover { .. });
        let no_news = away && chains.holds(line.side.other());
        let timeout = cx.phone.transaction_timeout;
        let mut pages = self.0.borrow_mut();
        let Pages { lines, deeds } = &mut *pages;
        lines[index].turn(Time::NEVER, deeds);
        lines[index].last = Some(Try { line, timeout, outcome, queued, no_news });
    }

    /// Nothing more comes of a line's transaction after an instant.
    fn cut(&self, index: usize, last_instant: Time) {
        let mut pages = self.0.borrow_mut();
        let Pages { lines, deeds } = &mut *pages;
        lines[index].turn(last_instant, deeds);
        lines[index].close(deeds);
    }

    fn cut_off(&self, last_instant: Time) {
        (0..2).for_each(|index| self.cut(index, last_instant));
    }

    fn write(&self, at: Time, what: Doing) {
        self.0.borrow_mut().deeds.push(Deed { at, what });
    }

    /// What waits in a queue at the horizon.
    fn waiting(&self, horizon: Time) {
        let waits = |tried: &Try| {
            let (Ok(end) | Err(Failure { at: end, .. })) = tried.outcome;
            tried.queued && tried.line.start < horizon && end >= horizon
        };
        let lines = self.0.borrow().lines;
        for tried in lines.iter().filter_map(|page| page.last.filter(waits)) {
            self.write(tried.line.start, Doing::Waits { side: tried.line.side });
        }
    }
}

/// What the phone of an agent did, in the order of time; `follows`: where its desktop took it.
#[must_use]
pub fn deeds(mut cx: Context, agent: AgentId, follows: &[Followed]) -> Vec<Deed> {
    cx.diary = Some(Diary::default());
    live(&cx, agent, follows);
    let mut deeds = cx.diary.take().map_or(Vec::new(), |diary| diary.0.into_inner().deeds);
    deeds.sort_by_key(|deed| deed.at);
    deeds
}

fn live(cx: &Context, agent: AgentId, follows: &[Followed]) {
    let Some(diary) = &cx.diary else { return };
    cx.meter.begin(0);
    let mut fortune = Fortune::new(cx.luck, cx.entity(agent));
    let mut chains = Chains::new(cx, &mut fortune, agent);
    let mut follows = follows.iter().copied().peekable();
    let mut off = Time::ZERO;
    loop {
        let now = follows.peek().map_or(Time::NEVER, |next| next.at).min(chains.next());
        if now >= cx.model.horizon || cx.meter.is_over() {
            break;
        }
        cx.meter.step(now, || chains.work(cx));
        let turns = chains.edge == now;
        let follow = follows.next_if(|next| next.at == now);
        let through = follow.map_or(Through::End, |next| next.through);
        let mut notes = Vec::new();
        let mut work = Work { cx, fortune: &mut fortune, notes: &mut notes, after: None };
        chains.instant(now, through, &mut work);
        if turns && chains.off {
            off = now;
            diary.cut_off(now - Span(1));
        } else if turns {
            let after = now - cx.power_returns(off).unwrap_or(now);
            diary.write(now, Doing::Started { after });
        }
        if let Some(next) = follow {
            diary.cut(0, now);
            chains.follow(cx, next.side, now, next.through);
        }
        chains.close(&mut notes);
    }
    diary.waiting(cx.model.horizon);
    diary.cut_off(cx.last_instant());
}
