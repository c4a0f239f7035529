//! An agent in rehearsal that has asked for a slot, in the fewest bits that it needs to go on when
//! it has its answer: many agents wait at a time.
//!
//! What can be looked up again is not kept, and nothing that only records need: in rehearsal there
//! are none. No result depends on whether an agent was stored this way.

use crate::bits::{Bits, Reader, Writer};
use crate::desktop::DesktopState;
use crate::model::AgentId;
use crate::phones::AgentDraws;
use crate::phones::Phone;
use crate::time::Time;
use crate::trace::Sink;

use super::context::Context;
use super::life::{Buffers, Life, Mode};

/// An agent that waits, stored in few bytes.
#[derive(Clone, Debug)]
pub struct Asleep(Box<[u8]>);

impl Asleep {
    /// The bytes that it takes.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.0.len()
    }
}

impl<'a, S: Sink> Life<'a, S> {
    /// Stores the agent after it has asked for a slot, and leaves its buffers. Where it has moved
    /// its phone is not kept.
    #[must_use]
    pub fn falls_asleep(mut self, buffers: &mut Buffers) -> Asleep {
        let (cx, now) = (self.cx, self.desk.now);
        let mut writer = Writer::new(now, std::mem::take(&mut buffers.bytes));
        own(&mut writer, cx, (&mut self.desk, &mut self.rank, &mut self.steps));
        self.phone.write(cx, &mut self.draws, (now, &mut writer));
        let bytes = writer.into_bytes();
        let asleep = Asleep(bytes.as_slice().into());
        self.leave(buffers);
        buffers.bytes = bytes;
        asleep
    }

    /// Restores an agent that was stored at an instant; `buffers` holds the buffers of an earlier
    /// agent.
    pub fn wakes(
        cx: &'a Context<'a>,
        (agent, at): (AgentId, Time),
        asleep: &Asleep,
        (sink, buffers): (S, &mut Buffers),
    ) -> Option<Self> {
        let mut reader = Reader::new(at, &asleep.0);
        let draws = AgentDraws::new(cx.random, cx.entity(agent));
        let mut desk = DesktopState { now: at, ..DesktopState::START };
        let (mut rank, mut steps) = (0, 0);
        own(&mut reader, cx, (&mut desk, &mut rank, &mut steps));
        let whose = (agent, draws.who());
        let phone = Phone::read(cx, whose, (at, &mut reader), std::mem::take(&mut buffers.phone));
        let kept = std::mem::take(&mut buffers.kept);
        let mut life = Self::with(cx, agent, (draws, desk, phone), (sink, None, kept))?;
        (life.mode, life.rank, life.steps) = (Mode::Rehearsal, rank, steps);
        Some(life)
    }
}

fn own(
    bits: &mut impl Bits,
    cx: &Context,
    (of, rank, steps): (&mut DesktopState, &mut u8, &mut u64),
) {
    of.fields(bits, (cx.kinds(), cx.cap().unwrap_or(0)));
    *rank = bits.bits(u64::from(*rank), 7) as u8;
    bits.number(steps);
}
