//! The outcome of a call, and who is notified of it. Every call has exactly one outcome.

use crate::time::Time;

/// The outcome of a call.
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
    /// How often it rang at a dead contact, where it is not answered.
    pub rings: u32,
    /// When it ended; the horizon, if it went on.
    pub ended: Time,
    /// Its outcome.
    pub fate: Fate,
}

/// Is notified of what happens to calls.
pub trait CallObserver {
    /// A call is over, or the run is.
    fn call(&mut self, outcome: &Outcome);

    /// An agent was busy with a call of a queue, the work after it included, from one instant to another.
    fn busy(&mut self, _agent: u32, _queue: u32, _from: Time, _to: Time) {}

    /// A call of a queue, reported as abandoned before, would have been taken within the threshold
    /// of the service level had the caller waited for ever. Called for queues whose service level
    /// is [`crate::model::ShareOf::Virtual`].
    fn in_time_after_all(&mut self, _queue: u32, _offered: Time) {}
}

/// An observer that may be missing.
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
