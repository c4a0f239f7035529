//! A following phone in a counterfactual, at registrars with a capacity: until its desktop moves it
//! in the run, it meets there what it met in the run; afterwards, it meets what one more message
//! than those of the run would have met.

use std::cell::Cell;

use crate::model::{Side, Transport};
use crate::time::{Span, Time};

use super::chains::Chains;
use super::context::PhoneContext;
use super::line::Step;
use super::past::{Met, Past};
use super::transaction::send_at_or_after;
use super::verdicts::{Outcome, Response};

impl Chains {
    /// After an instant, the phone is not where it was in the run: what it has planned for later is
    /// planned again.
    pub(super) fn live_apart(&mut self, cx: &PhoneContext, from: Time) {
        if !cx.follows_to_queues() {
            return;
        }
        self.apart_from = from;
        let line = self.lines[0];
        match line.step {
            Step::Succeeds | Step::Fails => {
                self.transact(cx, 0, line.start);
                self.lines[0].refreshes = line.refreshes;
            }
            Step::Steady if self.until[line.side.index()] == Time::NEVER => {
                self.lines[0].at = self.steady_until(cx, line.side, line.first);
            }
            Step::Steady | Step::Off | Step::Away | Step::Asks => {}
        }
    }

    /// The outcome of a transaction then; `alone`: the outcome if no other phone used the
    /// registrar, `first`: its first send that is answered, if not lost.
    pub(super) fn answered_apart(&self, cx: &PhoneContext, alone: Outcome, first: Time) -> Outcome {
        let (side, start) = (self.lines[0].side, self.lines[0].start);
        let Some(past) = cx.past(side) else { return alone };
        let verdict = self.verdict(cx, 0).filter(|_| start <= self.apart_from);
        // Without a verdict, its outcome in the run was as if no other phone used the registrar.
        let known = verdict.or((first <= self.apart_from).then_some(alone));
        let response = known.and_then(Response::of);
        match (known, response) {
            (Some(known), Some(response)) if response.at <= self.apart_from => known,
            _ => self.goes_on_apart(cx, past, (side, start, first), response),
        }
    }

    /// The outcome of a transaction that goes on after that instant; `answer`: the response to a
    /// message that was sent up to then.
    fn goes_on_apart(
        &self,
        cx: &PhoneContext,
        past: &Past,
        (side, start, first): (Side, Time, Time),
        mut answer: Option<Response>,
    ) -> Outcome {
        let end = start + cx.phone.transaction_timeout;
        let (registrar, near) = (cx.registrar(side), Cell::new(self.near[side.index()]));
        let (mut send, mut lost) = (first, None);
        loop {
            if registrar.answers(send, &near) == send {
                let way = cx.way(side, (self.who, 0), send, &mut lost);
                let leaves = (send > self.apart_from)
                    .then(|| met(past, send, registrar.refuses(send)))
                    .flatten()
                    .filter(|it| it.refused || it.at <= end && registrar.takes(it.at, &near));
                let comes =
                    |it: Response| Some(Response { at: cx.comes(side, it.at, way, end)?, ..it });
                answer = answer.into_iter().chain(leaves.and_then(comes)).min();
            }
            let Transport::Udp { t1, t2 } = cx.phone.transport else { break };
            send = start + send_at_or_after(send - start + Span(1), t1, t2);
            let over = |answer: Response| answer.at < send || !answer.refused && answer.at == send;
            if send >= end || answer.is_some_and(over) {
                break;
            }
        }
        Response::ends(answer, end)
    }
}

/// What one more message meets: when the response leaves, if one does.
fn met(past: &Past, send: Time, refused: bool) -> Option<Response> {
    let met = if refused { Met::Refused } else { past.meets(send) };
    match met {
        Met::Refused => Some(Response { at: send, refused: true }),
        Met::Served(at) => Some(Response { at, refused: false }),
        Met::Lost => None,
    }
}
