//! V49: a registrar whose phones, once many of them wait, may go on to send more than it serves.
//!
//! Phones that nobody answers in time send again and again. If all of them together send more than
//! the registrar serves, and messages wait longer than phones do, what is served is given up already.

use super::giving_up;
use super::report::Report;
use super::rules::V49;
use super::scene::Scene;
use super::words::plain;
use crate::model::{Limit, Model, Phone, Site, SiteId};
use crate::time::Span;

/// Runs the check.
pub(super) fn check(scene: &Scene, model: &Model, report: &mut Report) {
    for (id, site) in (0..).map(SiteId).zip(&model.sites) {
        let Some(limit) = &site.registrar.limit else { continue };
        let declared = scene.document.sites.iter().find(|one| one.name.value == site.name);
        let capacity = declared.and_then(|one| one.registrar.message.as_ref());
        let Some(capacity) = capacity else { continue };
        let load = Load::of(model, (id, site), limit);
        let serves = 1.0 / limit.message.as_secs_f64();
        if load.rate <= serves || load.phones == 0 {
            continue;
        }
        let message = format!(
            "a storm of REGISTERs at `{}` may never end: {} phones that nobody answers send {:.0} per second, and it \
             serves {serves:.0}",
            site.name, load.phones, load.rate
        );
        let within = load.patience.as_secs_f64() * serves;
        let help = format!(
            "set `queue-limit` to at most {within:.0}, so that what is served is still waited for ({}), or make \
             `capacity` or the phones' `retry` larger",
            plain(load.patience)
        );
        report.add(V49.at(capacity.span, message).help(help));
    }
}

/// What phones send that nobody answers, where messages may wait longer than they do.
#[derive(Default)]
struct Load {
    phones: u64,
    /// What their messages cost, per second.
    rate: f64,
    /// The shortest time that one of them waits for an answer.
    patience: Span,
}

impl Load {
    /// All phones that may come to a site and never give up.
    fn of(model: &Model, (id, site): (SiteId, &Site), limit: &Limit) -> Self {
        let mut load = Self { patience: Span::NEVER, ..Self::default() };
        for cohort in &model.cohorts {
            let profile = &model.profiles[cohort.profile.index()];
            let seats = [Some(&profile.preferred), profile.peer.as_ref()];
            let comes = seats.into_iter().flatten().any(|seat| seat.site == id);
            let phone = &model.phones[profile.phone];
            if comes && phone.retry_limit.is_none() && waits_in_vain(phone, limit) {
                let (sends, _) = phone.transport.sends(phone.transaction_timeout);
                let first = f64::from(limit.messages(&site.registrar, phone.expiry));
                let cost = first + (sends - 1) as f64 * limit.duplicate;
                load.phones += u64::from(cohort.count);
                load.rate += f64::from(cohort.count) * cost / cycle(phone);
                load.patience = load.patience.min(phone.transaction_timeout);
            }
        }
        load
    }
}

/// Whether messages may wait longer than a phone does.
fn waits_in_vain(phone: &Phone, limit: &Limit) -> bool {
    let longest = |queue: u32| f64::from(queue) * limit.message.as_secs_f64();
    limit.queue.is_none_or(|queue| longest(queue) > phone.transaction_timeout.as_secs_f64())
}

/// From the start of such a transaction to that of the next at the same site, in seconds, on average.
fn cycle(phone: &Phone) -> f64 {
    giving_up::busy(phone) + giving_up::wait(&phone.retry, u32::MAX)
}
