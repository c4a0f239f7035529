//! An agent in rehearsal that has asked for a slot, in the fewest bits that it needs to go on when
//! it has its answer: many agents wait at a time.
//!
//! What can be looked up again is not kept, and nothing that only records need: in rehearsal there
//! are none. No result depends on whether an agent was stored this way.

use crate::model::{AgentId, Role, Side};
use crate::time::{Span, Time};
use crate::trace::{Noticed, Sink};

use super::break_outcome::BreakOutcome;
use super::context::Context;
use super::desktop::{DesktopState, Link, Phase, Probing, Stage, Wait};
use super::leave::{Hold, Leave};
use super::life::{Buffers, Life, Mode};
use super::rounds::{Answer, Attempt, Search};
use crate::bits::{Bits, Reader, Writer};
use crate::phones::AgentDraws;
use crate::phones::Phone;

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
    desk(bits, cx, of);
    *rank = bits.bits(u64::from(*rank), 7) as u8;
    bits.number(steps);
}

const STAGES: [Stage; 9] = [
    Stage::AwaitingSlot,
    Stage::Seeking,
    Stage::LoggedIn,
    Stage::Absent,
    Stage::Off,
    Stage::Queued,
    Stage::HeldUp,
    Stage::LoggingIn,
    Stage::Held,
];

fn desk(bits: &mut impl Bits, cx: &Context, desk: &mut DesktopState) {
    let DesktopState {
        agenda,
        links,
        stage,
        dark,
        duty,
        phone_lost,
        expired,
        seen,
        probing,
        hold,
        logins,
        login_ends,
        logged_in,
        starts,
        decisions,
        switchovers,
        // It is known.
        now: _,
        // Whether the agent is in service, and why not, is not needed; nor is what is counted.
        signs_in: _,
        open: _,
        ready: _,
        usable: _,
        outage: _,
        watch: _,
        ghost: _,
        told: _,
        rounds: _,
        probes: _,
    } = desk;
    agenda.fields(bits);
    cx.kinds().iter().for_each(|kind| link(bits, &mut links[kind.index()]));
    bits.one_of(stage, &STAGES);
    for flag in [dark, phone_lost, expired] {
        bits.flag(flag);
    }
    bits.flags(seen);
    probes(bits, probing);
    let Hold { asks, until } = hold;
    bits.one_of(asks, &[None, Some(Leave::Restore), Some(Leave::Drain), Some(Leave::Shift)]);
    bits.time(until);
    for number in [duty, logins, logged_in, starts, decisions] {
        bits.count(number);
    }
    if matches!(stage, Stage::LoggingIn | Stage::Held) {
        bits.time(login_ends);
    }
    switchovers[..cx.cap().unwrap_or(0)].iter_mut().for_each(|at| bits.time(at));
}

fn probes(bits: &mut impl Bits, probing: &mut Probing) {
    let Probing { origin, counted, found, delayed } = probing;
    bits.time(origin);
    if origin.comes() {
        bits.time(counted);
        bits.maybe(found, Time::ZERO, Bits::time);
        bits.flag(delayed);
    }
}

const PHASES: [Phase; 8] = [
    Phase::Live,
    Phase::Off,
    Phase::Silent,
    Phase::Broken,
    Phase::First,
    Phase::Rounds,
    Phase::Target,
    Phase::Cycle,
];

const FATES: [BreakOutcome; 3] = [
    BreakOutcome::Survives,
    BreakOutcome::Noticed(Noticed::Reset),
    BreakOutcome::Noticed(Noticed::KeepAlive),
];

const ROLES: [Role; 2] = [Role::Primary, Role::Backup];

fn link(bits: &mut impl Bits, link: &mut Link) {
    let Link {
        phase,
        fate,
        side,
        member,
        last,
        answer,
        turn,
        notice,
        origin,
        search,
        begun,
        breaks,
        losses,
        alone,
        // Since when it is broken, and why, is only recorded.
        since: _,
        unusable: _,
    } = link;
    bits.one_of(phase, &PHASES);
    bits.one_of(side, &Side::BOTH);
    bits.one_of(member, &ROLES);
    last.iter_mut().for_each(|role| bits.one_of(role, &ROLES));
    bits.count(breaks);
    bits.count(losses);
    bits.time(alone);
    attempt(bits, turn);
    match phase {
        Phase::Off | Phase::Live => {}
        Phase::Silent => bits.time(notice),
        Phase::Broken => bits.one_of(fate, &FATES),
        Phase::First | Phase::Rounds | Phase::Target | Phase::Cycle => {
            let blank = Answer { at: Time::ZERO, role: Role::Primary, pending: false };
            bits.maybe(answer, blank, |bits, Answer { at, role, pending }| {
                bits.time(at);
                bits.one_of(role, &ROLES);
                bits.flag(pending);
            });
            bits.time(origin);
        }
    }
    if matches!(phase, Phase::Rounds | Phase::Cycle) {
        let Search { next, rounds, turn } = search;
        bits.time(next);
        bits.number(rounds);
        *turn = bits.bits(u64::from(*turn), 1) as u8;
        // Where it was before is only used to count rounds.
        *begun = *search;
    }
}

fn attempt(bits: &mut impl Bits, attempt: &mut Option<(Attempt, Wait)>) {
    const WAITS: [Wait; 5] = [
        Wait::Asks,
        Wait::Comes,
        Wait::Queued,
        Wait::Fails { queued: false },
        Wait::Fails { queued: true },
    ];
    let blank = Attempt {
        at: Time::ZERO,
        role: Role::Primary,
        pending: false,
        until: Time::ZERO,
        delay: Span::ZERO,
        last: false,
    };
    bits.maybe(attempt, (blank, Wait::Asks), |bits, (turn, wait)| {
        let Attempt { at, role, pending, until, delay, last } = turn;
        bits.time(at);
        bits.one_of(role, &ROLES);
        bits.flag(pending);
        bits.time(until);
        bits.span(delay);
        bits.flag(last);
        bits.one_of(wait, &WAITS);
    });
}
