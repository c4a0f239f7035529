//! The steps of an agent: how many it may take, and what it does again and again if it takes more.
//!
//! Every loop that steps looks at the meter and ends when it is over, with what it has. No cost of
//! note: a step adds one to a number and compares it.

use std::cell::{Cell, RefCell};
use std::fmt;

use crate::model::{AgentId, PairId};
use crate::time::{Span, Time};

/// Steps that an agent may take in a world where nothing happens.
pub const MOST_STEPS: u64 = 10_000_000;

/// Additional steps that it may take for every outage of a target in the run: an agent that is hit
/// takes about twenty.
pub const STEPS_PER_OUTAGE: u64 = 100;

/// Messages that may wait at a registrar, and transactions that its queue may have held up, together: of
/// 24 bytes at most each.
const MOST_HELD_UP: usize = 30_000_000;

/// REGISTERs that are computed again because desktops have moved their phones, over all iterations,
/// and steps of calls because agents have left otherwise than predicted: a minute or two of work.
const MOST_AGAIN: u64 = 100_000_000;

/// Agents that wait for slots as they are, at about three kilobytes each: 50 MB.
pub const MOST_AWAKE: usize = 1 << 14;

/// Steps between two checks whether the run is stopped.
const LOOK: u64 = 32;

/// Steps beyond the limit, which show what is done again and again.
const CENSUS: u64 = 4_096;

/// Steps that a move takes at most, about.
const MOVE: u64 = 64;

/// Whether a run is stopped; called from all threads, often.
pub type Stop<'s> = &'s (dyn Fn() -> bool + Sync);

/// What bounds a run.
#[derive(Clone, Copy)]
pub struct Bounds<'s> {
    /// The most steps of an agent.
    pub steps: u64,
    /// The most messages that wait at a registrar, and transactions that its queue has held up, together.
    pub held_up: usize,
    /// The most REGISTERs that are computed again because desktops have moved their phones, and the
    /// most steps of calls because agents have left otherwise than predicted.
    pub again: u64,
    /// The most agents that wait for slots as they are; more of them are stored in a few bytes each
    /// in that time. It has no other effect.
    pub awake: usize,
    /// Whether the run is stopped.
    pub stop: Stop<'s>,
}

impl Bounds<'_> {
    /// The usual number of steps; the run is never stopped from outside.
    pub const USUAL: Self = Self {
        steps: MOST_STEPS,
        held_up: MOST_HELD_UP,
        again: MOST_AGAIN,
        awake: MOST_AWAKE,
        stop: &|| false,
    };
}

impl fmt::Debug for Bounds<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Bounds")
            .field("steps", &self.steps)
            .field("held_up", &self.held_up)
            .field("again", &self.again)
            .field("awake", &self.awake)
            .finish_non_exhaustive()
    }
}

/// Why a run did not come to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfinished {
    /// It was stopped.
    Stopped,
    /// It would take too long, or too much memory.
    Endless(Endless),
}

/// What does not end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endless {
    /// An agent.
    Agent(EndlessAgent),
    /// The storm at a registrar with a capacity.
    Storm(EndlessStorm),
    /// Desktops and the registrars to which they move their phones.
    Turns(EndlessTurns),
    /// Calls, and agents that wait for their ends and for slots.
    Calls(EndlessTurns),
}

/// Desktops that move their phones to registrars with a capacity, each because of what the others
/// have met there; or agents that leave after their calls, and wait for slots that others need: it
/// takes too many iterations until it is known who goes where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndlessTurns {
    /// The replication.
    pub replication: u64,
    /// Iterations so far.
    pub turns: u64,
    /// The most REGISTERs, or steps of calls, that may be computed again.
    pub most: u64,
    /// An agent for which it is not yet known where it goes, and from when on.
    pub agent: AgentId,
    /// From when on.
    pub at: Time,
}

/// A storm of REGISTERs at a registrar that serves them too slowly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndlessStorm {
    /// The pair whose registrar it is.
    pub pair: PairId,
    /// The replication.
    pub replication: u64,
    /// The most messages that may wait, and transactions that may have been held up, together.
    pub most: u64,
    /// When there were more.
    pub at: Time,
}

/// An agent that takes more steps than it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndlessAgent {
    /// Who: the first in the order in which agents are simulated.
    pub agent: AgentId,
    /// The replication.
    pub replication: u64,
    /// The most steps that it may take.
    pub most: u64,
    /// What it does again and again.
    pub work: Repeated,
    /// From one to the next, on average.
    pub period: Span,
    /// When it was doing so.
    pub at: Time,
}

/// What an agent can do again and again, step by step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeated {
    /// REGISTERs after one that has failed.
    Retry,
    /// Refreshes of a failover phone away from home.
    Away,
    /// Other REGISTERs.
    Register,
    /// Other steps of the desktop: breaks, losses, rounds, logins.
    Connect,
    /// Restore probes that change something.
    Probe,
    /// Moves by the DR timer of the SIP Server connection.
    SipMove,
    /// Moves by the DR timer of another connection.
    OtherMove,
    /// Moves by the phone timer.
    PhoneMove,
}

/// What the phone does.
const PHONE: [Repeated; 3] = [Repeated::Register, Repeated::Away, Repeated::Retry];
/// What makes a desktop move, the most useful to report first.
const MOVES: [Repeated; 4] =
    [Repeated::PhoneMove, Repeated::OtherMove, Repeated::SipMove, Repeated::Probe];
/// Kinds of work.
const COUNT: usize = PHONE.len() + MOVES.len() + 1;

/// How often one kind of work was seen.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    number: u64,
    last: Time,
    /// Sum and number of the times from one to the next. A counterfactual goes back in time.
    length: i64,
    gaps: i64,
}

impl Seen {
    fn add(&mut self, at: Time) {
        if self.number > 0 && at > self.last {
            self.length = self.length.saturating_add((at - self.last).0);
            self.gaps += 1;
        }
        self.number += 1;
        self.last = at;
    }
}

/// What is observed beyond the limit.
#[derive(Clone, Copy, Debug, Default)]
struct Census([Seen; COUNT]);

impl Census {
    fn of(&self, work: Repeated) -> Seen {
        self.0[work as usize]
    }

    fn total(&self, works: &[Repeated]) -> u64 {
        works.iter().map(|work| self.of(*work).number).sum()
    }

    /// What most steps are part of: those of the phone, or what makes the desktop move.
    fn work(&self) -> Repeated {
        let number = |work: &Repeated| self.of(*work).number;
        let (phone, moves) = (self.total(&PHONE), self.total(&MOVES));
        let desktop = moves + number(&Repeated::Connect);
        let found = if phone >= desktop {
            PHONE.iter().max_by_key(|work| number(work))
        } else {
            MOVES.iter().find(|work| number(work) * MOVE >= desktop)
        };
        found.copied().unwrap_or(Repeated::Connect)
    }
}

/// Counts the steps of one agent at a time.
#[derive(Debug)]
pub(crate) struct Meter<'s> {
    bounds: Bounds<'s>,
    taken: Cell<u64>,
    /// The number of steps at which there is something to look at.
    look: Cell<u64>,
    over: Cell<Option<Over>>,
    census: RefCell<Census>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Over {
    Stopped,
    Endless,
}

impl<'s> Meter<'s> {
    /// No step is taken yet.
    pub(crate) fn new(bounds: Bounds<'s>) -> Self {
        Self {
            bounds,
            taken: Cell::new(0),
            look: Cell::new(0),
            over: Cell::new(None),
            census: RefCell::default(),
        }
    }

    /// An agent that has taken some steps begins, or goes on.
    pub(crate) fn begin(&self, taken: u64) {
        self.taken.set(taken);
        self.watch(taken);
    }

    /// Steps taken by the agent.
    pub(crate) fn taken(&self) -> u64 {
        self.taken.get()
    }

    /// The agent takes a step at an instant.
    #[inline(always)]
    pub(crate) fn step(&self, at: Time, work: impl FnOnce() -> Repeated) {
        let taken = self.taken.get() + 1;
        self.taken.set(taken);
        if taken >= self.look.get() {
            self.look(taken, at, work());
        }
    }

    /// Whether no more steps may be taken: everything ends now, with whatever it has.
    #[inline(always)]
    pub(crate) fn is_over(&self) -> bool {
        self.over.get().is_some()
    }

    #[cold]
    fn look(&self, taken: u64, at: Time, work: Repeated) {
        let most = self.bounds.steps;
        if taken > most {
            self.census.borrow_mut().0[work as usize].add(at);
            if taken > most.saturating_add(CENSUS) {
                self.over.set(self.over.get().or(Some(Over::Endless)));
            }
        }
        self.watch(taken);
    }

    fn watch(&self, taken: u64) {
        let most = self.bounds.steps;
        self.look.set(if taken >= most { 0 } else { (taken + LOOK).min(most.saturating_add(1)) });
        if !self.is_over() && (self.bounds.stop)() {
            self.over.set(Some(Over::Stopped));
        }
    }

    /// How the steps of an agent have ended.
    ///
    /// # Errors
    /// Why it took no more of them.
    pub(crate) fn verdict(&self, agent: AgentId, replication: u64) -> Result<(), Unfinished> {
        let over = match self.over.get() {
            None => return Ok(()),
            Some(Over::Stopped) => return Err(Unfinished::Stopped),
            Some(Over::Endless) => self.census.borrow(),
        };
        let work = over.work();
        let Seen { last, length, gaps, .. } = over.of(work);
        let period = Span(length / gaps.max(1));
        let most = self.bounds.steps;
        let found = EndlessAgent { agent, replication, most, work, period, at: last };
        Err(Unfinished::Endless(Endless::Agent(found)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANN: AgentId = AgentId(7);

    /// A meter whose agent takes steps of some kinds in turn, a microsecond apart, until it is over.
    fn taken(steps: u64, works: &[Repeated]) -> (u64, Result<(), Unfinished>) {
        let meter = Meter::new(Bounds { steps, ..Bounds::USUAL });
        meter.begin(0);
        let mut now = Time::ZERO;
        for work in works.iter().cycle().take(20_000) {
            if meter.is_over() {
                break;
            }
            now += Span(1_000);
            meter.step(now, || *work);
        }
        (meter.taken(), meter.verdict(ANN, 3))
    }

    #[test]
    fn the_limit_and_what_is_seen_beyond_it() {
        assert_eq!(taken(20_000, &[Repeated::Retry]), (20_000, Ok(())));
        let (steps, found) = taken(1_000, &[Repeated::Retry]);
        assert_eq!(steps, 1_000 + CENSUS + 1);
        let expected = EndlessAgent {
            agent: ANN,
            replication: 3,
            most: 1_000,
            work: Repeated::Retry,
            period: Span(1_000),
            at: Time(5_097 * 1_000),
        };
        assert_eq!(found, Err(Unfinished::Endless(Endless::Agent(expected))));
    }

    #[test]
    fn what_most_steps_are_part_of() {
        let of = |works: &[Repeated]| match taken(100, works).1 {
            Err(Unfinished::Endless(Endless::Agent(found))) => (found.work, found.period.0),
            other => panic!("{other:?}"),
        };
        let mut moves = vec![Repeated::Connect; 10];
        moves.extend([Repeated::PhoneMove, Repeated::Probe]);
        assert_eq!(of(&moves), (Repeated::PhoneMove, 12_000));
        // A move that is judged by what the phone would have done otherwise.
        moves.extend([Repeated::Retry; 13]);
        assert_eq!(of(&moves).0, Repeated::Retry);
        assert_eq!(of(&[Repeated::Connect]).0, Repeated::Connect);
    }

    #[test]
    fn a_run_that_is_not_wanted_ends_within_some_steps() {
        let asked = std::sync::atomic::AtomicU64::new(0);
        let stop = || asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed) >= 10;
        let meter = Meter::new(Bounds { stop: &stop, ..Bounds::USUAL });
        meter.begin(0);
        while !meter.is_over() {
            meter.step(Time::ZERO, || Repeated::Connect);
        }
        assert_eq!((meter.taken(), meter.verdict(ANN, 0)), (320, Err(Unfinished::Stopped)));
    }
}
