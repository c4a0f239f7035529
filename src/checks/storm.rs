//! V49: a registrar whose phones, once many of them wait, may go on to send more than it serves.
//!
//! Phones that are not answered in time send again and again. If all of them together send more
//! than the registrar serves, and messages wait long, most of what is served is given up already.

use std::collections::BTreeSet;

use super::giving_up;
use super::report::Report;
use super::rules::V49;
use super::scene::Scene;
use super::words::plain;
use crate::diagnostic::{Diagnostic, TextSpan};
use crate::model::{Limit, Model, PairId, Phone, Site, SiteId};
use crate::time::Span;

/// Runs the check.
pub(super) fn check(scene: &Scene, model: &Model, report: &mut Report) {
    for (id, site) in (0..).map(SiteId).zip(&model.sites) {
        let Some(limit) = &site.registrar.limit else { continue };
        let Some(capacity) = scene.capacity(&site.name) else { continue };
        let pairs = pairs(model, id);
        for &pair in &pairs {
            let load = Load::of(model, (pair, site), limit);
            let serves = 1.0 / limit.message.as_secs_f64();
            if load.rate > serves && load.phones > 0 {
                let name = match pairs[..] {
                    [_] => format!("`{}`", site.name),
                    _ => format!("`{}` (`{}`)", model.pairs[pair.index()].name, site.name),
                };
                report.add(found(&name, &load, serves, capacity.span));
            }
        }
    }
}

/// The SIP Server pairs of a site that agents have; each has a registrar of its own.
fn pairs(model: &Model, site: SiteId) -> Vec<PairId> {
    let profiles = model.cohorts.iter().map(|cohort| &model.profiles[cohort.profile.index()]);
    let seats = profiles.flat_map(|it| [Some(&it.preferred), it.peer.as_ref()]).flatten();
    let own: BTreeSet<PairId> =
        seats.filter(|seat| seat.site == site).map(|seat| seat.sip).collect();
    own.into_iter().collect()
}

fn found(name: &str, load: &Load, serves: f64, span: TextSpan) -> Diagnostic {
    let sent = told(load.sent, serves);
    let cost = (load.sent.round() != load.rate.round())
        .then(|| format!(", as much work as {}", told(load.rate, serves)));
    let message = format!(
        "a storm of REGISTERs at {name} may never end: {} phones that nobody answers send {sent}{}, and it serves {}",
        load.phones,
        cost.unwrap_or_default(),
        per(serves)
    );
    let (most, patience) = (Span(load.patience.0 / PART), plain(load.patience));
    let within = most.as_secs_f64() * serves;
    let help = if within < 1.0 {
        format!(
            "make `capacity` larger: it serves hardly a message while a phone waits ({patience})"
        )
    } else {
        format!(
            "set `queue-limit` to at most {within:.0}: what waits longer than {}, an eighth of the time in which a phone waits \
             ({patience}), is mostly served in vain; or make `capacity` or the phones' `retry` larger",
            plain(most)
        )
    };
    V49.at(span, message).help(help)
}

/// A share of the time in which a phone waits for an answer: the last of its messages still have a quarter of what is left
/// then.
const PART: i64 = 8;

/// A rate beside another one that it is above: with decimals where they would look the same.
fn told(rate: f64, other: f64) -> String {
    if per(rate) == per(other) { format!("{rate:.2} per second") } else { per(rate) }
}

/// A number of messages per second, or in the unit in which it is at least one.
fn per(per_second: f64) -> String {
    let units = [(60.0, "minute"), (3_600.0, "hour"), (86_400.0, "day"), (31_536_000.0, "year")];
    if per_second >= 0.95 {
        return format!("{per_second:.0} per second");
    }
    let (length, unit) =
        units.into_iter().find(|(length, _)| per_second * length >= 0.95).unwrap_or(units[3]);
    format!("{:.0} per {unit}", per_second * length)
}

/// What phones send that is not answered, where messages may wait longer than they do.
#[derive(Default)]
struct Load {
    phones: u64,
    /// Messages per second.
    sent: f64,
    /// What they cost, per second, were they served.
    rate: f64,
    /// The shortest time that one of them waits for an answer.
    patience: Span,
}

impl Load {
    /// All phones that may come to a pair and never give up.
    fn of(model: &Model, (pair, site): (PairId, &Site), limit: &Limit) -> Self {
        let mut load = Self { patience: Span::NEVER, ..Self::default() };
        for cohort in &model.cohorts {
            let profile = &model.profiles[cohort.profile.index()];
            let seats = [Some(&profile.preferred), profile.peer.as_ref()];
            let comes = seats.into_iter().flatten().any(|seat| seat.sip == pair);
            let phone = &model.phones[profile.phone];
            if comes && phone.retry_limit.is_none() && waits_in_vain(phone, limit) {
                let (sends, _) = phone.transport.sends(phone.transaction_timeout);
                let first = f64::from(limit.messages(&site.registrar, phone.expiry));
                let cost = first + (sends - 1) as f64 * limit.duplicate;
                let each = f64::from(cohort.count) / cycle(phone);
                load.phones += u64::from(cohort.count);
                load.sent += each * sends as f64;
                load.rate += each * cost;
                load.patience = load.patience.min(phone.transaction_timeout);
            }
        }
        load
    }
}

/// Whether messages may wait so long that what is served is mostly given up, or answered already.
fn waits_in_vain(phone: &Phone, limit: &Limit) -> bool {
    let longest = |queue: u32| f64::from(queue) * limit.message.as_secs_f64();
    let part = Span(phone.transaction_timeout.0 / PART);
    limit.queue.is_none_or(|queue| longest(queue) > part.as_secs_f64())
}

/// From the start of such a transaction to that of the next at the same site, in seconds, on average.
fn cycle(phone: &Phone) -> f64 {
    giving_up::busy(phone) + giving_up::wait(&phone.retry, u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_served_slowly_has_another_unit() {
        let year = 31_536_000.0;
        let table = [
            (600.0, "600 per second"),
            (0.5, "30 per minute"),
            (1.0 / 7200.0, "12 per day"),
            (1.0 / year, "1 per year"),
        ];
        for (per_second, expected) in table {
            assert_eq!(per(per_second), expected);
        }
    }
}
