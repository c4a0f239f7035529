//! An agent that is followed while it is simulated: the records that it has left so far.

use crate::model::{AgentId, Side};
use crate::time::{Span, Time};
use crate::trace::{Event, Record};

use super::context::Context;
use super::life::{Buffers, Life, Mode};
use crate::limits::Unfinished;
use crate::phones::StaleTimes;

impl<'a> Life<'a, Vec<Record>> {
    /// An agent to be followed: without hindsight, and without the records of its phone.
    pub fn watched(cx: &'a Context<'a>, agent: AgentId, buffers: &mut Buffers) -> Option<Self> {
        let mut life = Self::new(cx, agent, Vec::new(), None, buffers)?;
        life.mode = Mode::Watched;
        life.ledger.passes_through();
        Some(life)
    }

    /// Records of the desktop, of ghosts and of stale contacts from an instant on, where the last
    /// call ended, and before another, up to which it has been simulated; in the order of time. A
    /// contact that is stale at the first of the two is reported again: first as ended, then as
    /// begun.
    ///
    /// # Errors
    /// As [`Life::run`].
    pub fn left_between(&mut self, from: Time, to: Time) -> Result<Vec<Record>, Unfinished> {
        if to <= from {
            return Ok(Vec::new());
        }
        self.cx.meter.begin(self.steps);
        self.phone.reach(self.cx, &mut self.draws, to - Span(1));
        self.steps = self.cx.meter.taken();
        self.cx.meter.verdict(self.agent, self.cx.random.replication)?;
        let sides = if self.cx.has_peer() { &Side::BOTH[..] } else { &Side::BOTH[..1] };
        let agent = self.agent;
        let record = |at, event| Record { at, agent, event };
        let told_anew = |side: &Side| record(from, Event::StaleEnded { site: self.site(*side) });
        let mut left: Vec<Record> = sides.iter().map(told_anew).collect();
        let later = |record: &Record| record.at >= to;
        let all = std::mem::take(self.ledger.sink());
        left.extend(all.iter().filter(|it| it.at >= from && !later(it)));
        self.ledger.sink().extend(all.into_iter().filter(later));
        for &side in sides {
            let site = self.site(side);
            for time in StaleTimes::of(&self.phone, self.cx, side, to) {
                if time.end > from {
                    left.push(record(time.start.max(from), Event::StaleBegun { site }));
                    left.push(record(time.end, Event::StaleEnded { site }));
                }
            }
            let ends = self.desk.ghost[side.index()].filter(|lost| (from..to).contains(lost));
            left.extend(ends.map(|lost| record(lost, Event::GhostEnded { site })));
        }
        left.retain(|record| !later(record));
        left.sort_by_key(|record| record.at);
        Ok(left)
    }
}
