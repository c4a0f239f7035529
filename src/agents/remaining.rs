//! What it would have cost to stay, instead of a switchover begun in service: it is compared from
//! its start to the end of the restore that it led to, or to the horizon. A switchover begun at the
//! peer site leads to no restore: it is compared to the end of its outage.

use crate::model::Side;
use crate::time::{Span, Time};
use crate::trace::{Event, Sink};

use super::ledger::rank;
use super::life::{Life, Mode, Remaining};

impl<S: Sink> Life<'_, S> {
    /// A switchover begins: of several in one outage only the last is compared.
    pub(super) fn remain(&mut self, compared: bool) {
        if !self.real() {
            return;
        }
        self.remaining.pop_if(|last| last.open);
        if compared {
            let (desk, phone) = (self.desk, self.forked_phone());
            let restored = desk.side() == Side::Peer;
            self.remaining.push(Remaining { desk, phone, open: true, restored });
        }
    }

    /// A restore begins: all that was left open until it is compared at its end.
    pub(super) fn remaining_restored(&mut self) {
        if self.real() {
            self.remaining.iter_mut().for_each(|one| one.restored = true);
        }
    }

    /// In service again: records what staying would have cost where a restore has ended.
    pub(super) fn remaining_settled(&mut self) {
        self.remaining.iter_mut().for_each(|one| one.open = false);
        while let Some(at) = self.remaining.iter().position(|one| one.restored) {
            let one = self.remaining.remove(at);
            self.compare_remaining(one);
        }
    }

    /// The horizon, or the end of the shift: the rest is compared up to it.
    pub(super) fn remaining_closed(&mut self) {
        for one in std::mem::take(&mut self.remaining) {
            self.compare_remaining(one);
        }
    }

    fn compare_remaining(&mut self, one: Remaining) {
        let (begun, end) = (one.desk.now, self.desk.now);
        let missed = std::mem::replace(&mut self.missed, Span::ZERO);
        self.live_on(one.desk, one.phone, Mode::Remain(end));
        let downtime = std::mem::replace(&mut self.missed, missed);
        self.emit_at(end, rank::STATE, Event::IfRemained { begun, downtime });
    }

    /// Nothing happens from now to `until` in such a counterfactual: whether it is over.
    pub(super) fn remains(&mut self, until: Time, end: Time) -> bool {
        if self.desk.cause().is_some() {
            self.missed += until.min(end) - self.desk.now;
        }
        let over = until >= end;
        if over {
            self.desk.now = end;
        }
        over
    }
}
