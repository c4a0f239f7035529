//! What registrars with a capacity have answered: the transactions whose outcome their queues have
//! changed.
//!
//! It decides nothing; that is `simulation`'s.

use crate::model::{AgentId, Side};
use crate::time::Time;

/// A transaction that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure {
    /// When.
    pub at: Time,
    /// It was refused; else nobody has answered.
    pub refused: bool,
}

/// When a transaction succeeds, or how it fails.
pub type Outcome = Result<Time, Failure>;

/// How one transaction ended that a queue has delayed, or made fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// When it started.
    pub start: Time,
    /// Where.
    pub side: Side,
    /// By which of the phone's chains.
    pub line: u8,
    /// What became of it.
    pub outcome: Outcome,
}

/// Every such transaction of a run.
#[derive(Clone, Debug, Default)]
pub struct Verdicts {
    /// By agent, each agent's in the order of their starts.
    given: Vec<(AgentId, Verdict)>,
}

/// Those of one agent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    first: u32,
    end: u32,
}

impl Verdicts {
    /// No queue has changed anything.
    pub const NONE: Self = Self { given: Vec::new() };

    /// Puts them in order.
    #[must_use]
    pub fn new(mut given: Vec<(AgentId, Verdict)>) -> Self {
        given.sort_unstable_by_key(|(agent, it)| (*agent, it.start, it.side.index(), it.line));
        Self { given }
    }

    /// Where those of an agent stand. O(log verdicts).
    #[must_use]
    pub fn of(&self, agent: AgentId) -> Range {
        let first = self.given.partition_point(|(who, _)| *who < agent);
        let own = self.given[first..].partition_point(|(who, _)| *who == agent);
        Range { first: first as u32, end: (first + own) as u32 }
    }

    /// What became of the transaction of a chain that started at an instant at a side, if a queue has
    /// changed that.
    #[must_use]
    pub fn outcome(
        &self,
        range: Range,
        line: usize,
        (start, side): (Time, Side),
    ) -> Option<Outcome> {
        let own = self.from(range, start).iter().map(|(_, verdict)| verdict);
        let mut same = own.take_while(|verdict| verdict.start == start);
        let found = same.find(|it| it.side == side && usize::from(it.line) == line)?;
        Some(found.outcome)
    }

    /// Those of an agent that started at an instant or later.
    fn from(&self, range: Range, start: Time) -> &[(AgentId, Verdict)] {
        let own = &self.given[range.first as usize..range.end as usize];
        &own[own.partition_point(|(_, verdict)| verdict.start < start)..]
    }

    /// The first of an agent, at a side or anywhere, that started at an instant or later.
    #[must_use]
    pub fn first(&self, range: Range, side: Option<Side>, from: Time) -> Option<&Verdict> {
        let there = |verdict: &&Verdict| side.is_none_or(|side| verdict.side == side);
        self.from(range, from).iter().map(|(_, verdict)| verdict).find(there)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_agent_finds_its_own() {
        let verdict = |start, side| {
            let outcome = Ok(Time(start));
            Verdict { start: Time(start), side, line: 0, outcome }
        };
        let verdicts = Verdicts::new(vec![
            (AgentId(4), verdict(30, Side::Peer)),
            (AgentId(2), verdict(5, Side::Preferred)),
            (AgentId(4), verdict(10, Side::Preferred)),
        ]);
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
