//! What registrars with a capacity have answered: the transactions whose outcome their queues have
//! changed.
//!
//! It decides nothing; the room `simulation` does.

use crate::model::{AgentId, Side};
use crate::time::Time;

/// A transaction that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure {
    /// When.
    pub at: Time,
    /// It was refused; else there was no answer.
    pub refused: bool,
}

/// When a transaction succeeds, or how it fails.
pub type Outcome = Result<Time, Failure>;

/// A response to a REGISTER; of two, the less is the one that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Response {
    /// When it comes.
    pub at: Time,
    /// It is a refusal.
    pub refused: bool,
}

impl Response {
    /// The outcome of a transaction by the response that comes first; `end`: when it times out.
    pub fn ends(first: Option<Self>, end: Time) -> Outcome {
        match first {
            Some(Self { at, refused: false }) => Ok(at),
            Some(Self { at, refused: true }) => Err(Failure { at, refused: true }),
            None => Err(Failure { at: end, refused: false }),
        }
    }

    /// The response that has ended a transaction, if one has.
    #[must_use]
    pub fn of(outcome: Outcome) -> Option<Self> {
        match outcome {
            Ok(at) => Some(Self { at, refused: false }),
            Err(Failure { at, refused }) => refused.then_some(Self { at, refused }),
        }
    }
}

/// How one transaction ended that a queue has delayed, or made fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// When it started.
    pub start: Time,
    /// Where.
    pub side: Side,
    /// By which of the phone's chains.
    pub line: u8,
    /// Its outcome.
    pub outcome: Outcome,
}

/// Every such transaction of a run.
#[derive(Clone, Debug, Default)]
pub struct Verdicts {
    /// By agent, each agent's in the order of their starts.
    given: Vec<PackedVerdict>,
}

/// A verdict in as few bytes as possible: a storm has millions of them.
#[derive(Clone, Copy, Debug)]
struct PackedVerdict {
    agent: AgentId,
    side: Side,
    line: u8,
    ended: Ended,
    start: Time,
    at: Time,
}

/// How a transaction ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    Succeeded,
    Refused,
    TimedOut,
}

impl PackedVerdict {
    fn new(agent: AgentId, Verdict { start, side, line, outcome }: Verdict) -> Self {
        let (ended, at) = match outcome {
            Ok(at) => (Ended::Succeeded, at),
            Err(Failure { at, refused: true }) => (Ended::Refused, at),
            Err(Failure { at, refused: false }) => (Ended::TimedOut, at),
        };
        Self { agent, side, line, ended, start, at }
    }

    const fn verdict(&self) -> Verdict {
        let Self { side, line, ended, start, at, .. } = *self;
        let outcome = match ended {
            Ended::Succeeded => Ok(at),
            Ended::Refused => Err(Failure { at, refused: true }),
            Ended::TimedOut => Err(Failure { at, refused: false }),
        };
        Verdict { start, side, line, outcome }
    }
}

/// Those of one agent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    first: u32,
    end: u32,
}

impl Verdicts {
    /// Adds a verdict, in any order.
    pub fn give(&mut self, agent: AgentId, verdict: Verdict) {
        self.given.push(PackedVerdict::new(agent, verdict));
    }

    /// How many there are.
    #[must_use]
    pub fn number(&self) -> usize {
        self.given.len()
    }

    /// All are given: puts them in order.
    pub fn settle(&mut self) {
        let key = |it: &PackedVerdict| (it.agent, it.start, it.side.index(), it.line);
        self.given.sort_unstable_by_key(key);
        self.given.shrink_to_fit();
    }

    /// The verdicts of an agent. O(log verdicts).
    #[must_use]
    pub fn of(&self, agent: AgentId) -> Range {
        let first = self.given.partition_point(|given| given.agent < agent);
        let own = self.given[first..].partition_point(|given| given.agent == agent);
        Range { first: first as u32, end: (first + own) as u32 }
    }

    /// The outcome of the transaction of a chain that started at an instant at a side, if a queue
    /// has changed it.
    #[must_use]
    pub fn outcome(
        &self,
        range: Range,
        line: usize,
        (start, side): (Time, Side),
    ) -> Option<Outcome> {
        let mut same = self.from(range, start).iter().take_while(|it| it.start == start);
        let found = same.find(|it| it.side == side && usize::from(it.line) == line)?;
        Some(found.verdict().outcome)
    }

    /// Those of an agent that started at an instant or later.
    fn from(&self, range: Range, start: Time) -> &[PackedVerdict] {
        let own = &self.given[range.first as usize..range.end as usize];
        &own[own.partition_point(|given| given.start < start)..]
    }

    /// The first of an agent, at a side or anywhere, that started at an instant or later.
    #[must_use]
    pub fn first(&self, range: Range, side: Option<Side>, from: Time) -> Option<Verdict> {
        let there = |given: &&PackedVerdict| side.is_none_or(|side| given.side == side);
        self.from(range, from).iter().find(there).map(PackedVerdict::verdict)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_bytes_hold_every_outcome() {
        let failed = |refused| Err(Failure { at: Time(9), refused });
        for outcome in [Ok(Time(8)), failed(true), failed(false)] {
            let verdict = Verdict { start: Time(7), side: Side::Peer, line: 1, outcome };
            assert_eq!(PackedVerdict::new(AgentId(1), verdict).verdict(), verdict);
        }
        assert_eq!(size_of::<PackedVerdict>(), 24);
    }

    #[test]
    fn each_agent_finds_its_own() {
        let verdict = |start, side| {
            let outcome = Ok(Time(start));
            Verdict { start: Time(start), side, line: 0, outcome }
        };
        let mut verdicts = Verdicts::default();
        verdicts.give(AgentId(4), verdict(30, Side::Peer));
        verdicts.give(AgentId(2), verdict(5, Side::Preferred));
        verdicts.give(AgentId(4), verdict(10, Side::Preferred));
        verdicts.settle();
        let first = |agent, side, from| {
            let range = verdicts.of(AgentId(agent));
            verdicts.first(range, side, Time(from)).map(|verdict| verdict.start.0)
        };
        assert_eq!(first(4, None, 0), Some(10));
        assert_eq!(first(4, Some(Side::Peer), 0), Some(30));
        assert_eq!(first(4, None, 31), None);
        assert_eq!(first(3, None, 0), None);
        assert_eq!(first(2, None, 5), Some(5));
        let outcome = |agent, line, start, side| {
            verdicts.outcome(verdicts.of(AgentId(agent)), line, (Time(start), side))
        };
        assert_eq!(outcome(4, 0, 10, Side::Preferred), Some(Ok(Time(10))));
        assert_eq!(outcome(4, 1, 10, Side::Preferred), None);
        assert_eq!(outcome(4, 0, 10, Side::Peer), None);
        assert_eq!(outcome(4, 0, 9, Side::Preferred), None);
    }
}
