//! What comes to registrars: messages, their answers, and the outcomes that phones get.

use crate::phones::{Delivery, Failure, Outcome, QueuedRegister, Response, Verdict};
use crate::time::Time;

use super::sends::Sends;
use super::{Event, Storm, Who};
use crate::simulation::queue::Joined;
use crate::simulation::traffic::{MessageFate, Part};

impl Storm<'_> {
    /// A message comes to its registrar, or would, were the path up.
    pub(super) fn message(&mut self, who: Who, mut sends: Sends, now: Time) {
        let (group, side) = (&self.groups[who.group as usize], sends.register.side);
        if !group.is_in(who, &sends) {
            // The phone has dropped it: every answer to it comes too late.
            if now > sends.register.first {
                self.note(who, &sends, sends.outcome());
            }
            return;
        }
        let Some((queue, cost)) = group.message(&sends, now) else { return };
        let (taken, refused) = (group.is_served(side, now), group.is_refused(side, now));
        let way = if taken || refused { group.way(who, &mut sends, now) } else { Delivery::GOOD };
        if matches!(way, Delivery::LostThere | Delivery::LostBack) {
            self.group(who).disturbed(who);
        }
        let mut answer = refused.then_some(Response { at: now, refused });
        if taken && way != Delivery::LostThere {
            answer = match self.join(queue, cost, (&sends, now, who)) {
                Joined::Refused => Some(Response { at: now, refused: true }),
                Joined::Served(begins, known) => {
                    sends.known = known;
                    let leaves = begins <= sends.end && self.group(who).is_served(side, begins);
                    leaves.then_some(Response { at: begins, refused })
                }
                Joined::Lost | Joined::CutOff => None,
            };
            self.wake(queue, now, who);
        }
        if let Some(answer) = answer {
            self.is_answered(who, &mut sends, now, (answer, way));
        }
        match sends.next(now, self.group(who).phone()) {
            Some(next) => self.sends(who, next, sends),
            None => self.ends(who, now, &sends),
        }
    }

    /// A message joins the queue, unless it takes nothing.
    fn join(&mut self, index: usize, cost: f64, (sends, now, who): (&Sends, Time, Who)) -> Joined {
        let takes_nothing = self.group(who).takes_nothing(sends, now);
        self.last = index;
        if takes_nothing && self.queues[index].1.busy(now).is_none() {
            return Joined::Served(now, now);
        }
        self.comes(index, cost, (now, sends.again(), who))
    }

    /// A message comes that takes what it costs.
    pub(super) fn comes(
        &mut self,
        index: usize,
        cost: f64,
        (now, again, who): (Time, bool, Who),
    ) -> Joined {
        let queue = &mut self.queues[index].1;
        let joined = queue.join(now, cost);
        let (waiting, idle) = (queue.waiting(), queue.free());
        let fate = match joined {
            Joined::Served(begins, _) => MessageFate::Served(begins, idle),
            Joined::Refused => MessageFate::Refused,
            Joined::Lost => MessageFate::Lost,
            Joined::CutOff => MessageFate::CutOff,
        };
        let part = self.part(index, who, now);
        self.traffic.registrars[index].came(part, (now, again), fate, waiting);
        joined
    }

    /// The wave that a message belongs to, if it belongs to a storm.
    fn part(&mut self, queue: usize, who: Who, now: Time) -> Option<Part> {
        while self.edges.get(self.edge).is_some_and(|edge| edge.at <= now) {
            self.edge += 1;
        }
        let edge = self.edge.checked_sub(1).map(|last| self.edges[last]);
        let messages = &mut self.traffic.registrars[queue];
        let group = &mut self.groups[who.group as usize];
        group.part(who, messages.is_stormy(now), |scripted| {
            messages.storm_of(edge.filter(|_| !scripted))
        })
    }

    /// A response leaves: the first that comes ends the transaction.
    fn is_answered(
        &mut self,
        who: Who,
        sends: &mut Sends,
        now: Time,
        (leaves, way): (Response, Delivery),
    ) {
        let Some(at) = self.group(who).comes(sends, leaves.at, way) else { return };
        let answer = Response { at, ..leaves };
        if sends.answer.is_none_or(|first| answer < first) {
            sends.answer = Some(answer);
            let at_once = sends.at_once(self.group(who).phone());
            self.hears(who, now, sends.outcome(), at_once);
        }
    }

    /// A phone gets the outcome of a transaction, and does what is due at this instant.
    fn hears(&mut self, who: Who, now: Time, outcome: Outcome, at_once: bool) {
        self.group(who).hear(who, outcome, at_once);
        self.look(who, now);
        if outcome.unwrap_or_else(|failure| failure.at) == now {
            self.push(now, who, Event::Alone { whole: outcome.is_err() });
        }
    }

    /// The last message of a transaction is sent.
    fn ends(&mut self, who: Who, now: Time, sends: &Sends) {
        let outcome = sends.outcome();
        if let Err(Failure { at, refused: false }) = outcome {
            let times_out = self.group(who).times_out(now, at);
            let queue = self.group(who).queue(sends.register.side).filter(|_| times_out);
            if let Some(queue) = queue {
                let part = self.part(queue, who, sends.register.first);
                self.traffic.registrars[queue].timed_out(part, at);
            }
            self.hears(who, now, outcome, false);
        }
        self.note(who, sends, outcome);
    }

    /// Records what a queue has done to a transaction, if it has done anything.
    pub(super) fn note(&mut self, who: Who, sends: &Sends, outcome: Outcome) {
        if outcome != self.group(who).alone(who, &sends.register) {
            let QueuedRegister { start, side, .. } = sends.register;
            let agent = self.group(who).agent(who);
            self.verdicts.give(agent, Verdict { start, side, line: who.line, outcome });
        }
    }
}
