//! A following phone in a counterfactual, at registrars with a capacity: until its desktop takes it
//! elsewhere in the run, it meets there what it met in the run; afterwards, what one message more than those of the
//! run would have met.

use std::cell::Cell;

use crate::model::{Side, Transport};
use crate::time::{Span, Time};

use super::chains::Chains;
use super::context::Context;
use super::line::Step;
use super::past::{Met, Past};
use super::transaction::send_at_or_after;
use super::verdicts::{Failure, Outcome};

impl Chains {
    /// From an instant on, it excluded, the phone is not where it was in the run: what it has planned
    /// beyond is planned anew.
    pub fn live_apart(&mut self, cx: &Context, from: Time) {
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

    /// What becomes of a transaction then; `alone`: were nobody else there.
    pub(super) fn answered_apart(&self, cx: &Context, alone: Outcome) -> Outcome {
        let (side, start) = (self.lines[0].side, self.lines[0].start);
        let (Ok(first), Some(past)) = (alone, cx.past(side)) else { return alone };
        let known = self.verdict(cx, 0).filter(|_| start <= self.apart_from);
        let served = match known {
            Some(Err(Failure { refused: true, .. })) => return known.unwrap_or(alone),
            Some(Ok(at)) if at <= self.apart_from => return Ok(at),
            None if first <= self.apart_from => return alone,
            _ => known.and_then(Result::ok),
        };
        self.goes_on_apart(cx, past, (side, start, first), served)
    }

    /// What becomes of a transaction that goes on after that instant; `answer`: when a message of
    /// before is served.
    fn goes_on_apart(
        &self,
        cx: &Context,
        past: &Past,
        (side, start, first): (Side, Time, Time),
        mut answer: Option<Time>,
    ) -> Outcome {
        let end = start + cx.phone.transaction_timeout;
        let (registrar, near) = (cx.registrar(side), Cell::new(self.near[side.index()]));
        let takes = |t| registrar.answers(t, &near) == t;
        let mut send = first;
        loop {
            if send > self.apart_from && takes(send) {
                let met =
                    if registrar.refuses(send, &near) { Met::Refused } else { past.meets(send) };
                match met {
                    Met::Refused => return Err(Failure { at: send, refused: true }),
                    Met::Served(at) if at <= end && takes(at) && !registrar.refuses(at, &near) => {
                        answer = answer.or(Some(at));
                    }
                    Met::Served(_) | Met::Lost => {}
                }
            }
            let Transport::Udp { t1, t2 } = cx.phone.transport else { break };
            send = start + send_at_or_after(send - start + Span(1), t1, t2);
            if send >= answer.unwrap_or(end) {
                break;
            }
        }
        answer.ok_or(Failure { at: end, refused: false })
    }
}
