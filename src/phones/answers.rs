//! The outcomes of all REGISTERs at registrars with a capacity, and where desktops move their
//! phones: all that one agent's simulation must know of the other agents there.
//!
//! It decides nothing; the room `simulation` does.

use crate::model::{AgentId, Limit, PairId, Registrar, Side};
use crate::time::{Span, Time};

use super::line::Through;
use super::past::Past;
use super::verdicts::Verdicts;

/// Where the desktop of an agent moves its phone, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Followed {
    /// When.
    pub at: Time,
    /// Where.
    pub side: Side,
    /// How much of the instant has happened to the phone before.
    pub through: Through,
}

/// Every time that a phone follows its desktop, of those that ask registrars with a capacity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Follows(Vec<(AgentId, Followed)>);

impl Follows {
    /// Puts them in order; `made`: each agent's in the order of time.
    #[must_use]
    pub fn new(mut made: Vec<(AgentId, Followed)>) -> Self {
        made.sort_by_key(|(agent, _)| *agent);
        Self(made)
    }

    /// The first move, by time, that is not the same in both, and its agent.
    #[must_use]
    pub fn first_difference(&self, other: &Self) -> Option<(Time, AgentId)> {
        let in_order = |follows: &Self| {
            let mut moves: Vec<_> = follows.0.iter().map(|(who, it)| (it.at, *who, *it)).collect();
            moves.sort_by_key(|(at, who, _)| (*at, *who));
            moves
        };
        let (one, two) = (in_order(self), in_order(other));
        let first = one.iter().zip(&two).position(|(one, two)| one != two);
        let first = first.unwrap_or(one.len().min(two.len()));
        let here = one.get(first).into_iter().chain(two.get(first));
        here.map(|(at, who, _)| (*at, *who)).min()
    }

    /// The move of an agent after a number of moves, if there is one. O(log of all).
    #[must_use]
    pub fn after(&self, agent: AgentId, moves: usize) -> Option<Followed> {
        let first = self.0.partition_point(|(who, _)| *who < agent);
        let (who, followed) = self.0.get(first + moves)?;
        (*who == agent).then_some(*followed)
    }
}

/// The outcomes of REGISTERs at registrars with a capacity, in one run.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// The transactions that their queues have changed.
    pub verdicts: Verdicts,
    /// Where desktops move phones to them.
    pub follows: Follows,
    /// What came to the registrars that such phones use.
    pub pasts: Vec<Past>,
}

impl Answers {
    /// What came to the registrar of a pair, if that is known.
    #[must_use]
    pub fn past(&self, pair: PairId) -> Option<&Past> {
        self.pasts.iter().find(|past| past.pair == pair)
    }
}

/// How transactions at registrars with a capacity end.
#[derive(Clone, Copy, Debug)]
pub enum Registers<'w> {
    /// It is being computed: the phones wait for the outcome. Desktops move phones as given.
    Asked(&'w Follows),
    /// It is known.
    Known(&'w Answers),
}

impl Registers<'_> {
    /// Whether each refresh at a registrar is simulated as a step of its own.
    pub(super) fn step(self, registrar: &Registrar) -> bool {
        let asked = matches!(self, Self::Asked(_));
        let all = |limit: &Limit| limit.every_refresh;
        registrar.deviation > Span::ZERO || asked && registrar.limit.as_ref().is_some_and(all)
    }
}
