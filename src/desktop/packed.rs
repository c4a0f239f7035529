//! The state of a desktop that waits, in the fewest bits that it needs to go on: written and read by the same words.
//!
//! What can be looked up again is not kept, and nothing that only records need: while it waits there are none.

use crate::bits::Bits;
use crate::model::{Kind, Role, Side};
use crate::rounds::{Answer, Attempt, BreakOutcome, Search};
use crate::time::{Span, Time};
use crate::trace::Noticed;

use super::hold::{Hold, Leave};
use super::link::{Link, Phase, Wait};
use super::state::{DesktopState, Probing, Stage};

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

impl DesktopState {
    /// Writes or reads it: its connections of these kinds, and as many of its latest switchovers as the cap needs.
    pub(crate) fn fields(&mut self, bits: &mut impl Bits, (kinds, cap): (&[Kind], usize)) {
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
        } = self;
        agenda.fields(bits);
        kinds.iter().for_each(|kind| link(bits, &mut links[kind.index()]));
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
        switchovers[..cap].iter_mut().for_each(|at| bits.time(at));
    }
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
