//! One phone is simulated again, alone, with everything else known, and writes its records. Phones
//! without a story write none.

use crate::model::{AgentId, Style};
use crate::time::{Span, Time};

use super::answers::Followed;
use super::chains::{Chains, Work};
use super::context::PhoneContext;
use super::diary::{Diary, PhoneAction, PhoneRecord, Try};
use super::draws::AgentDraws;
use super::line::Through;
use super::verdicts::{Failure, Outcome};

impl Chains {
    /// Records a line's transaction, with its outcome, if records are kept.
    pub(super) fn write(&self, cx: &PhoneContext, index: usize, outcome: Outcome) {
        let Some(diary) = cx.diary.as_ref().filter(|_| index == 0 || cx.dual()) else { return };
        let line = self.lines[index];
        let refuses = |at| cx.registrar(line.side).refuses(at);
        let own_refusal = matches!(outcome, Err(Failure { at, refused: true }) if refuses(at));
        let queued = self.verdict(cx, index).is_some() && !own_refusal;
        let away = matches!(cx.phone.style, Style::Failover { .. });
        let no_news = away && self.holds(line.side.other());
        let timeout = cx.phone.transaction_timeout;
        let least = Span::ZERO;
        diary.tried(index, Try { line, timeout, outcome, queued, no_news, least });
    }
}

/// What the phone of an agent did, in the order of time; `follows`: where its desktop moved it.
#[must_use]
pub fn phone_records(
    mut cx: PhoneContext,
    agent: AgentId,
    follows: &[Followed],
) -> Vec<PhoneRecord> {
    cx.diary = Some(Diary::default());
    live(&cx, agent, follows);
    cx.diary.take().map_or(Vec::new(), Diary::into_deeds)
}

fn live(cx: &PhoneContext, agent: AgentId, follows: &[Followed]) {
    let Some(diary) = &cx.diary else { return };
    cx.meter.begin(0);
    let mut draws = AgentDraws::new(cx.random, cx.entity(agent));
    let mut chains = Chains::new(cx, &mut draws, agent);
    let mut follows = follows.iter().copied().peekable();
    let mut off = Time::ZERO;
    loop {
        let now = follows.peek().map_or(Time::NEVER, |next| next.at).min(chains.next());
        if now >= cx.model.horizon || cx.meter.is_over() {
            break;
        }
        cx.meter.step(now, || chains.work(cx));
        let turns = chains.edge == now;
        let follow = follows.next_if(|next| next.at == now);
        let through = follow.map_or(Through::End, |next| next.through);
        let mut notes = Vec::new();
        let mut work = Work { cx, draws: &mut draws, notes: &mut notes, after: None };
        chains.instant(now, through, &mut work);
        if turns && chains.off {
            off = now;
            diary.cut_off(now - Span(1));
        } else if turns {
            let after = now - cx.power_returns(off).unwrap_or(now);
            diary.write(now, PhoneAction::Started { after });
        }
        if let Some(next) = follow {
            diary.cut(0, now);
            chains.follow(cx, next.side, now, next.through);
        }
        chains.close(&mut notes);
    }
    diary.waiting(cx.model.horizon);
    diary.cut_off(cx.last_instant());
}
