//! Agents between their requests: as they are, or asleep (stored in few bytes).

use crate::agents::{Asleep, Buffers, Context, Life};
use crate::model::AgentId;
use crate::phones::Followed;
use crate::time::Time;
use crate::trace::{Record, Sink};

/// A rehearsal leaves no record.
#[derive(Debug)]
pub(super) struct Nowhere;

impl Sink for Nowhere {
    fn record(&mut self, _: Record) {}
}

/// By agent; `None`: it waits for nothing.
enum Lives<'a> {
    Awake(Vec<Option<Box<Life<'a, Nowhere>>>>),
    Asleep(Vec<Option<Asleep>>),
}

/// The agents that wait.
pub(super) struct Waiting<'a> {
    /// In the order of their agents.
    contexts: &'a [Context<'a>],
    lives: Lives<'a>,
}

impl<'a> Waiting<'a> {
    /// No agent waits yet; `sleep`: agents that wait are stored in few bytes.
    pub(super) fn new(contexts: &'a [Context<'a>], agents: u32, sleep: bool) -> Self {
        fn nobody<T>(agents: u32) -> Vec<Option<T>> {
            std::iter::repeat_with(|| None).take(agents as usize).collect()
        }
        let lives =
            if sleep { Lives::Asleep(nobody(agents)) } else { Lives::Awake(nobody(agents)) };
        Self { contexts, lives }
    }

    /// An agent waits from now on. Returns where its desktop has moved its phone, if the stored
    /// agent does not keep that.
    pub(super) fn put(
        &mut self,
        agent: AgentId,
        life: Box<Life<'a, Nowhere>>,
        buffers: &mut Buffers,
    ) -> Vec<Followed> {
        match &mut self.lives {
            Lives::Awake(lives) => {
                lives[agent.index()] = Some(life);
                Vec::new()
            }
            Lives::Asleep(lives) => {
                let follows = life.follows().to_vec();
                lives[agent.index()] = Some(life.falls_asleep(buffers));
                follows
            }
        }
    }

    /// An agent that waits for what it asked for at an instant waits no more.
    pub(super) fn take(
        &mut self,
        agent: AgentId,
        at: Time,
        buffers: &mut Buffers,
    ) -> Option<Box<Life<'a, Nowhere>>> {
        match &mut self.lives {
            Lives::Awake(lives) => lives[agent.index()].take(),
            Lives::Asleep(lives) => {
                let asleep = lives[agent.index()].take()?;
                let later = self.contexts.partition_point(|cx| cx.cohort.first <= agent);
                let cx = self.contexts.get(later.checked_sub(1)?)?;
                Life::wakes(cx, (agent, at), &asleep, (Nowhere, buffers)).map(Box::new)
            }
        }
    }
}
