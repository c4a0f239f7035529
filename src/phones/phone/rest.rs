//! A phone whose agent waits, in the fewest bits that it needs to go on: its state just before that
//! instant, with what is known of later. Nothing that only records need.

use crate::model::{AgentId, Side};
use crate::random::Entity;
use crate::time::{Span, Time};

use super::{KnownFact, Lists, Phone};
use crate::bits::Bits;
use crate::phones::chains::Chains;
use crate::phones::context::PhoneContext;
use crate::phones::draws::AgentDraws;
use crate::phones::facts::{Fact, Registrations};
use crate::phones::line::{Line, Step};

const STEPS: [Step; 6] =
    [Step::Off, Step::Steady, Step::Away, Step::Succeeds, Step::Fails, Step::Asks];

impl Phone {
    /// Drops what was computed from an instant on, and writes what it needs to go on from there.
    pub(crate) fn write(
        &mut self,
        cx: &PhoneContext,
        draws: &mut AgentDraws,
        (now, bits): (Time, &mut impl Bits),
    ) {
        let known = self.known;
        self.take_back(now);
        while self.due < now && self.make(cx, draws) {}
        self.known = known;
        self.fields(cx, now, bits);
    }

    /// Reads what was written of a phone; `lists` are those of an earlier phone, whose memory it
    /// reuses.
    pub(crate) fn read(
        cx: &PhoneContext,
        (agent, who): (AgentId, Entity),
        (now, bits): (Time, &mut impl Bits),
        lists: Lists,
    ) -> Self {
        let mut phone = Self::with(Chains::blank(cx, who, agent), agent, lists);
        phone.fields(cx, now, bits);
        phone.look_ahead();
        phone
    }

    fn fields(&mut self, cx: &PhoneContext, now: Time, bits: &mut impl Bits) {
        chains(bits, cx, now, &mut self.chains);
        let (_, before) = self.lists.history.last().copied().unwrap_or((now, Registrations::NONE));
        let before = bits.bits(u64::from(before.bits()), Fact::COUNT as u32) as u8;
        self.lists.history.clear();
        self.lists.history.push((now - Span(1), Registrations::of_bits(before)));
        // It follows at this instant, if at any that goes on.
        let mut rank = self.followed.map(|(_, rank)| u32::from(rank));
        bits.maybe(&mut rank, 0, |bits, rank| bits.count(rank));
        self.followed = rank.map(|rank| (now, rank as u8));
        let mut ahead = self.counted - self.made;
        bits.number(&mut ahead);
        (self.made, self.counted) = (0, ahead);
        for known in &mut self.known {
            let mut covers = known.covers(now);
            bits.flag(&mut covers);
            if covers {
                bits.flag(&mut known.so);
                bits.time(&mut known.to);
            }
            *known = if covers { KnownFact { from: now, ..*known } } else { KnownFact::NONE };
        }
    }
}

/// The chains just before an instant, or in it, if the desktop has moved the phone.
fn chains(bits: &mut impl Bits, cx: &PhoneContext, now: Time, chains: &mut Chains) {
    let Chains {
        lines,
        until,
        loses,
        holds,
        own,
        ended,
        off,
        edge,
        starts,
        led,
        near,
        now: instant,
        // The agent is known; the others count what has happened, or belong to counterfactuals.
        who: _,
        verdicts: _,
        registered: _,
        failed: _,
        apart_from: _,
    } = chains;
    lines.iter_mut().for_each(|it| line(bits, it));
    bits.times(until);
    bits.flags(holds);
    bits.flags(own);
    bits.flags(ended);
    bits.flag(off);
    bits.time(edge);
    bits.count(starts);
    bits.flag(led);
    for side in Side::BOTH {
        let registrar = cx.registrar(side);
        let mut now_lost = loses[side.index()] == now;
        bits.flag(&mut now_lost);
        loses[side.index()] = if now_lost { now } else { registrar.loses(now) };
        near[side.index()] = registrar.near(now);
    }
    *instant = now;
}

fn line(bits: &mut impl Bits, line: &mut Line) {
    let Line {
        step,
        at,
        side,
        first,
        start,
        // Only counts how many have failed.
        skipped: _,
        refused,
        failures,
        waits,
        second,
        refreshes,
        in_step,
        grants,
        refusals,
    } = line;
    bits.one_of(step, &STEPS);
    bits.one_of(side, &Side::BOTH);
    for number in [failures, waits, grants, refusals] {
        bits.count(number);
    }
    let mut messages = u32::from(*in_step);
    bits.count(&mut messages);
    *in_step = messages as u8;
    bits.flag(second);
    match step {
        Step::Off => *at = Time::NEVER,
        Step::Steady => {
            bits.time(first);
            bits.time(at);
        }
        Step::Away => {
            bits.time(first);
            bits.time(at);
            *start = *at;
        }
        Step::Succeeds | Step::Fails | Step::Asks => {
            bits.time(start);
            bits.time(at);
            bits.flag(refused);
            bits.flag(refreshes);
        }
    }
}
