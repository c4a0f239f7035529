//! A REGISTER transaction of a line: when it succeeds, how it fails, or that a registrar with a
//! capacity must decide that.

use std::cell::Cell;

use crate::model::{Phone as Kind, Side};
use crate::time::Time;

use super::chains::Chains;
use super::context::PhoneContext;
use super::line::{Line, Step};
use super::transaction::transaction;
use super::verdicts::{Outcome, Response};

impl Chains {
    /// When a REGISTER is answered at a side, from an instant on.
    pub(super) fn answers(&self, cx: &PhoneContext, side: Side, t: Time) -> Time {
        cx.registrar(side).answers(t, &Cell::new(self.near[side.index()]))
    }

    /// Starts a transaction of a line.
    pub(super) fn transact(&mut self, cx: &PhoneContext, index: usize, start: Time) {
        let Kind { transport, transaction_timeout: timeout, .. } = *cx.phone;
        let line = &mut self.lines[index];
        let (registrar, near) = (cx.registrar(line.side), &mut self.near[line.side.index()]);
        let place = Cell::new(*near);
        let answers = |t| registrar.answers(t, &place);
        let refuses = |t| registrar.refuses(t);
        let plain = transaction(answers, refuses, start, (transport, timeout));
        *near = place.get();
        (line.start, line.refreshes) = (start, false);
        let Some(Response { at: first, .. }) = Response::of(plain) else {
            return self.ends_so(cx, index, plain);
        };
        if cx.asks(line.side) && (plain.is_ok() || cx.impairments(line.side).is_some()) {
            // Where messages may be lost or late, a refusal is an answer like others.
            (line.step, line.at) = (Step::Asks, first);
            return;
        }
        let outcome = if self.apart_from == Time::NEVER {
            self.verdict(cx, index).unwrap_or_else(|| self.alone(cx, index, plain))
        } else {
            self.answered_apart(cx, self.alone(cx, index, plain), first)
        };
        self.ends_so(cx, index, outcome);
    }

    fn ends_so(&mut self, cx: &PhoneContext, index: usize, outcome: Outcome) {
        self.write(cx, index, outcome);
        self.ends_with(index, outcome);
    }

    /// Its outcome if no other phone used the registrar; `plain`: the outcome if nothing were lost
    /// or late either.
    fn alone(&self, cx: &PhoneContext, index: usize, plain: Outcome) -> Outcome {
        let Line { side, start, .. } = self.lines[index];
        let near = Cell::new(self.near[side.index()]);
        cx.alone(side, (self.who, index), (start, plain), &near)
    }

    /// The outcome of the transaction of a line.
    pub(super) fn ends_with(&mut self, index: usize, outcome: Outcome) {
        let line = &mut self.lines[index];
        (line.step, line.at, line.refused) = match outcome {
            Ok(at) => (Step::Succeeds, at, false),
            Err(failure) => (Step::Fails, failure.at, failure.refused),
        };
    }
}
