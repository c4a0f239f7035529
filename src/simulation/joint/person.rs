//! An agent that is simulated from question to question, and what calls see of it.

use crate::agents::{Buffers, Context, Life, Request};
use crate::calls::{Change, StaffEvent, Watch};
use crate::limits::Unfinished;
use crate::model::{AgentId, SiteId};
use crate::phones::Followed;
use crate::slots::Wanted;
use crate::time::Time;
use crate::trace::Record;

/// What an agent has asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ask {
    pub(super) at: Time,
    pub(super) wanted: Wanted,
    pub(super) site: SiteId,
    pub(super) answer: Time,
    /// A slot that is used.
    pub(super) spent: bool,
}

impl Ask {
    /// Whether another simulation of the agent asks the same at the same time.
    fn is_same(&self, other: &Self) -> bool {
        (self.at, self.wanted, self.site) == (other.at, other.wanted, other.site)
    }
}

/// An agent, up to its next question.
pub(super) struct Person<'a> {
    cx: &'a Context<'a>,
    agent: AgentId,
    /// `None`: it has been simulated to the end.
    life: Option<Box<Life<'a, Vec<Record>>>>,
    watch: Watch<'a>,
    /// Before this instant all is looked at.
    looked: Time,
    /// All questions; the last may be open.
    pub(super) asks: Vec<Ask>,
    /// The number of them that have their answers.
    pub(super) answered: usize,
    changes: Vec<Change>,
    /// The number of them that calls have seen.
    seen: usize,
    /// How often what is to come has changed.
    pub(super) version: u32,
    pub(super) follows: Vec<Followed>,
}

impl<'a> Person<'a> {
    /// An agent up to its first question.
    pub(super) fn new(
        cx: &'a Context<'a>,
        agent: AgentId,
        buffers: &mut Buffers,
    ) -> Result<Self, Unfinished> {
        let mut person = Self {
            cx,
            agent,
            life: Life::watched(cx, agent, buffers).map(Box::new),
            watch: Watch::new(cx.model),
            looked: Time::ZERO,
            asks: Vec::new(),
            answered: 0,
            changes: Vec::new(),
            seen: 0,
            version: 0,
            follows: Vec::new(),
        };
        let request = match &mut person.life {
            Some(life) => life.run()?,
            None => None,
        };
        person.look(request, buffers)?;
        Ok(person)
    }

    /// Answers its open question, and simulates it up to the next. Returns whether a slot was used
    /// on the way.
    pub(super) fn answer(
        &mut self,
        answer: Time,
        buffers: &mut Buffers,
    ) -> Result<bool, Unfinished> {
        self.asks[self.answered].answer = answer;
        self.answered += 1;
        let Some(life) = &mut self.life else { return Ok(false) };
        let request = life.resume(answer)?;
        let spent = life.slot_spent();
        self.look(request, buffers)?;
        Ok(spent)
    }

    /// Calls see what it did up to its next question.
    fn look(&mut self, request: Option<Request>, buffers: &mut Buffers) -> Result<(), Unfinished> {
        let Some(life) = &mut self.life else { return Ok(()) };
        let to = request.map_or(self.cx.model.horizon, |request| request.at);
        let left = life.left_between(self.looked, to)?;
        self.looked = to;
        self.changes.extend(self.watch.read(&left));
        self.changes[self.seen..].sort_unstable();
        self.version += 1;
        if let Some(request) = request {
            let Request { at, wanted, .. } = request;
            let site = life.site_of(request);
            self.asks.push(Ask { at, wanted, site, answer: at, spent: false });
        } else if let Some(life) = self.life.take() {
            self.follows = life.follows().to_vec();
            life.leave(buffers);
        }
        Ok(())
    }

    /// The open question.
    pub(super) fn open(&self) -> Option<Ask> {
        self.asks.get(self.answered).copied()
    }

    /// The next change that calls have not seen.
    pub(super) fn next_change(&self) -> Option<Change> {
        self.changes.get(self.seen).copied()
    }

    /// Calls have seen the next change.
    pub(super) fn see(&mut self) {
        self.seen += 1;
    }

    /// The same agent, if some of its answers are others, none of them before now: before now it
    /// did the same. It may no longer ask what it asked now. Of the changes of this instant, calls
    /// do not see again what they have seen.
    pub(super) fn with_answers(
        &self,
        (asks, answers): (&[Ask], &[Time]),
        now: Time,
        buffers: &mut Buffers,
    ) -> Result<Self, Unfinished> {
        let mut other = Self::new(self.cx, self.agent, buffers)?;
        for (ask, answer) in asks.iter().zip(answers) {
            if !other.open().is_some_and(|open| open.is_same(ask)) {
                break;
            }
            let number = other.answered;
            other.answer(*answer, buffers)?;
            other.asks[number].spent = ask.spent;
        }
        let seen = self.changes[..self.seen].iter().filter(|change| change.at == now);
        let seen: Vec<Change> = seen.copied().collect();
        other.changes.retain(|change| change.at >= now && !seen.contains(change));
        other.seen = seen.len();
        other.changes.splice(..0, seen);
        other.version = self.version + 1;
        Ok(other)
    }

    /// Whether it still waits for the end of a call, as far as calls will see.
    pub(super) fn waits(&self) -> bool {
        self.changes[self.seen..]
            .iter()
            .any(|change| matches!(change.what, StaffEvent::Left { .. }))
    }

    /// Whether the slot of a question is used, with answers to its first questions, and others to those after them.
    pub(super) fn spends(
        &self,
        (number, answers): (usize, &[Time]),
        others: impl Fn(usize, Request) -> Time,
    ) -> Result<bool, Unfinished> {
        let buffers = &mut Buffers::default();
        let Some(mut life) = Life::watched(self.cx, self.agent, buffers) else { return Ok(false) };
        let mut request = life.run()?;
        let mut count = 0;
        while let Some(asked) = request {
            if count > number && asked.wanted != Wanted::Leave {
                return Ok(false);
            }
            let answer = answers.get(count).copied().unwrap_or_else(|| others(count, asked));
            request = life.resume(answer)?;
            if count >= number && life.slot_spent() {
                return Ok(true);
            }
            count += 1;
        }
        Ok(false)
    }
}
