//! What a phone does whose binding is gone without its knowledge: with both members of a pair (policy
//! `bindings-after-pair-loss = lose`).

use crate::model::Side;

use super::chains::Chains;
use super::context::PhoneContext;
use super::line::Step;
use super::transaction::grid_at_or_after;

impl Chains {
    /// The registrar at a side has lost its bindings (policy `bindings-after-pair-loss = lose`).
    pub(super) fn binding_lost(&mut self, cx: &PhoneContext, side: Side) {
        if !self.bound(side) {
            return;
        }
        for index in 0..2 {
            let line = self.lines[index];
            if line.side == side && matches!(line.step, Step::Steady | Step::Away) {
                self.settle(cx, index, self.now);
                self.refresh_alone(cx, index);
            }
        }
        self.ends(side.index());
    }

    /// The next refresh of a line whose binding is gone is an event of its own.
    fn refresh_alone(&mut self, cx: &PhoneContext, index: usize) {
        let line = &mut self.lines[index];
        if line.step == Step::Away {
            let period = cx.refresh[1] + cx.phone.transaction_timeout;
            let due = grid_at_or_after(line.first, period, self.now);
            (line.first, line.start, line.at) = (due, due, due);
        } else {
            let due = grid_at_or_after(line.first, cx.refresh[line.side.index()], self.now);
            self.transact(cx, index, due);
            self.lines[index].refreshes = true;
        }
    }
}
