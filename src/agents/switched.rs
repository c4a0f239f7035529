//! What switching over when the desktop first knew would have cost: one round at the other site
//! and the next draws of the agent's own luck.
//!
//! The other comparison, to have stayed, is a life of its own and is not here.

use crate::model::{Kind, Side};
use crate::random::Purpose;
use crate::time::Span;
use crate::world::Cursor;

use super::context::Context;
use super::fortune::Fortune;
use super::state::{Known, Outage};

/// Downtime from the outage's start had the agent switched over when it first knew; `None`: it
/// never knew, a restore opened the outage, or the first round at the other site fails.
pub(super) fn if_switched(cx: &Context, fortune: &mut Fortune, outage: &Outage) -> Option<Span> {
    let known = outage.known.filter(|_| !outage.restore)?;
    let view = cx.view(known.other, Kind::Sip)?;
    let outlook = Cursor::new(view.outlook, known.at);
    let answer = cx.door(view, outlook, Kind::Sip, known.last).round(known.at).ok()?;
    let horizon = cx.model.horizon;
    let back = answer.at + login_and_ready(cx, fortune, &known, 0);
    let returns = known.other == Side::Peer && cx.profile.auto_restore && back < horizon;
    let restore = if returns { login_and_ready(cx, fortune, &known, 1) } else { Span::ZERO };
    Some(back.min(horizon) - outage.start + restore)
}

/// The next login and ready draws but `skip`, as of when the desktop knew.
fn login_and_ready(cx: &Context, fortune: &mut Fortune, known: &Known, skip: u32) -> Span {
    fortune.draw(&cx.laws.login, Purpose::Login, known.logins + skip)
        + fortune.draw(&cx.laws.ready, Purpose::Ready, known.logged_in + skip)
}
