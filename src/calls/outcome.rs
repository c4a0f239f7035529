//! What became of a call, and who wants to know. Every call has one fate and one only.

use crate::time::Time;

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// An agent took it, and it was not lost: it ended, or goes on at the horizon.
    Answered,
    /// The caller gave up.
    Abandoned,
    /// A failure took it: at the gateway, while it waited, or while caller and agent talked.
    Lost,
    /// No waiting place was free.
    Blocked,
    /// It waits at the horizon.
    Waiting,
}

/// One call, from its coming to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Outcome {
    /// Queue, by declaration.
    pub queue: u32,
    /// Number of the caller in the queue, from 0.
    pub caller: u32,
    /// Calls that the caller made before because of the same matter.
    pub attempt: u32,
    /// Number of the site at which it came in.
    pub site: u32,
    /// When it came.
    pub offered: Time,
    /// When an agent took it first.
    pub answered: Option<Time>,
    /// The agent that had it last.
    pub agent: Option<u32>,
    /// How often it rang where nobody answers.
    pub rings: u32,
    /// When it ended; the horizon, if it went on.
    pub ended: Time,
    /// What became of it.
    pub fate: Fate,
}

/// Who is told.
pub trait CallObserver {
    /// A call is over, or the run is.
    fn call(&mut self, outcome: &Outcome);

    /// An agent was busy with a call of a queue, the work after it included, from one instant to another.
    fn busy(&mut self, _agent: u32, _queue: u32, _from: Time, _to: Time) {}

    /// A call of a queue, told as abandoned before, would have been taken within the threshold of the service level had the
    /// caller waited for ever. Told of queues whose service level is [`crate::model::ShareOf::Virtual`].
    fn in_time_after_all(&mut self, _queue: u32, _offered: Time) {}
}

/// Nobody is told, or somebody.
impl<B: CallObserver> CallObserver for Option<B> {
    fn call(&mut self, outcome: &Outcome) {
        if let Some(book) = self {
            book.call(outcome);
        }
    }

    fn busy(&mut self, agent: u32, queue: u32, from: Time, to: Time) {
        if let Some(book) = self {
            book.busy(agent, queue, from, to);
        }
    }

    fn in_time_after_all(&mut self, queue: u32, offered: Time) {
        if let Some(book) = self {
            book.in_time_after_all(queue, offered);
        }
    }
}

impl CallObserver for Vec<Outcome> {
    fn call(&mut self, outcome: &Outcome) {
        self.push(*outcome);
    }
}
