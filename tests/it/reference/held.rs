//! Calls that hold agents: an agent that wants to leave asks until when. Nothing is known here of calls: the answers are
//! given beforehand, in the order in which an agent asks.

use switchover::model::RestoreWhen;
use switchover::time::Time;
use switchover::trace::Event;

use super::agent::{Agent, Now};

/// One question.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    pub asked: Time,
    pub answer: Time,
    /// It would be another life already had no timer moved the agent.
    parted: bool,
}

/// Answers, and who has asked.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// By agent.
    answers: Vec<Vec<Time>>,
    asked: Vec<usize>,
    /// What each agent has asked.
    pub told: Vec<Vec<Told>>,
    /// The first question that has no answer, and whose it is: a call holds who asks it for ever.
    pub open: Option<(Time, usize)>,
}

impl Held {
    pub fn new(answers: Vec<Vec<Time>>) -> Self {
        let told = vec![Vec::new(); answers.len()];
        Self { asked: vec![0; answers.len()], told, answers, open: None }
    }

    fn ask(&mut self, agent: usize, now: Time, parted: bool) -> Time {
        let Some(answers) = self.answers.get(agent) else { return now };
        let answer = answers.get(self.asked[agent]);
        self.asked[agent] += 1;
        if answer.is_none() {
            let open = (now, agent);
            self.open = Some(self.open.map_or(open, |earlier| earlier.min(open)));
        }
        let answer = answer.copied().unwrap_or(Time::NEVER);
        self.told[agent].push(Told { asked: now, answer, parted });
        answer
    }

    /// What the agent was told at an instant of the run, when its counterfactual was still the same life.
    fn told(&self, agent: usize, at: Time) -> Option<Time> {
        let told = self.told.get(agent)?.iter().find(|told| told.asked == at && !told.parted)?;
        Some(told.answer)
    }
}

impl<'a> Agent<'a> {
    /// Until when a call holds an agent that wants to go home.
    pub fn is_held_away(&mut self, now: Now<'a>) -> Option<Time> {
        let idle = self.me.model.policy.restore_when == RestoreWhen::Idle;
        if idle { self.is_held(now) } else { None }
    }

    /// Until when a call holds an agent that wants to leave; of a counterfactual, from where it is another life,
    /// the last answer before that is all that is known.
    pub fn is_held(&mut self, now: Now<'a>) -> Option<Time> {
        let group = self.me.model.cohort(self.me.id).group;
        let mut queues = self.me.model.calls.queues.iter();
        let holds = queues.any(|queue| queue.groups.contains(&group));
        if !holds || self.free_at == Some(now.t) {
            return None;
        }
        let agent = self.me.id.index();
        let until = if now.timers {
            let parted = self.books.parts.is_some();
            self.me.held.borrow_mut().ask(agent, now.t, parted)
        } else {
            let same = Some(now.t).filter(|t| *t <= self.same_until);
            let told = same.and_then(|t| self.me.held.borrow().told(agent, t));
            match told {
                Some(until) => until,
                None => return self.free_at.filter(|until| *until > now.t),
            }
        };
        let until = until.max(now.t);
        let known = self.free_at.replace(until);
        if until == now.t {
            return None;
        }
        if known != Some(until) {
            self.tell(now, Event::HeldByCall { until });
        }
        Some(until)
    }
}
