//! V26-V28, V34, V38, V41: timers that do not go together.

use super::report::Report;
use super::rules::{V26, V27, V28, V34, V38, V41};
use super::scene::{Agents, Scene, span_of};
use super::words::plain;
use super::worst_case::p95;
use crate::diagnostic::TextSpan;
use crate::model::{Model, Pair, Phone, Retry};
use crate::scenario::Effective;
use crate::scenario::document::ServerPair;
use crate::time::Span;

/// `disaster-recovery.timeout`.
const TIMEOUT: &str = "disaster-recovery.timeout";
/// `disaster-recovery.wait-for-sipphone-timeout`.
const PHONE_TIMEOUT: &str = "disaster-recovery.wait-for-sipphone-timeout";

/// Below this timeout a restore without a hold-down is taken as a risk (V41).
const SHORT: Span = Span::from_secs(60);

/// The two timers of some agents.
struct Timers<'d> {
    dr: Effective<'d>,
    phone: Effective<'d>,
}

/// Runs the checks of this file.
pub(super) fn check(scene: &Scene, model: &Model, report: &mut Report) {
    for (agents, _) in scene.between_sites() {
        let effective = |name| agents.class.effective(name);
        let timers = Timers { dr: effective(TIMEOUT), phone: effective(PHONE_TIMEOUT) };
        inverted(agents, &timers, report);
        flapping(scene, agents, &timers, report);
        failover(scene, model, agents, &timers, report);
        if let Some(phone) = scene.phone(model, agents).filter(|phone| !phone.desk) {
            registration(agents, &timers, phone, report);
        }
    }
    keep_alive(scene, report);
}

/// Where a timer was written, else where disaster recovery was switched on.
fn place(agents: &Agents, timer: &Effective) -> TextSpan {
    span_of(timer).unwrap_or_else(|| agents.enabled_at())
}

/// A value and whether it is the default, in words.
fn said(timer: &Effective, span: Span) -> String {
    let default = if timer.setting.is_none() || timer.refused { " (the default)" } else { "" };
    format!("{}{default}", plain(span))
}

/// V26: the timer outlives a failover inside the pair.
fn failover(scene: &Scene, model: &Model, agents: &Agents, timers: &Timers, report: &mut Report) {
    let Some(timeout) = timers.dr.length().filter(|timeout| timeout.ends()) else { return };
    let worst = scene.seats(agents).into_iter().flatten();
    let worst = worst.filter_map(|pair| Worst::of(agents, pair, model));
    let Some(worst) = worst.max_by_key(Worst::sum) else { return };
    if timeout > worst.sum() {
        return;
    }
    let message = format!(
        "the DR timeout of {} is not above the {} that a failover of `{}` may take",
        said(&timers.dr, timeout),
        plain(worst.sum()),
        worst.name
    );
    let finding = V26.at(place(agents, &timers.dr), message).label(worst.terms());
    let help = "raise `disaster-recovery.timeout` above the sum, or agents leave a site whose \
                backup is about to serve";
    report.add_for(agents, finding.help(help));
}

/// How long a desktop may be without its pair when only a host of it is lost.
struct Worst {
    name: String,
    failover: Span,
    random_delay: Span,
    retry: Span,
}

impl Worst {
    /// Of a pair with a backup.
    fn of(agents: &Agents, pair: &ServerPair, model: &Model) -> Option<Self> {
        let name = &pair.primary.name.value;
        let pair = model.pairs.iter().find(|own| own.name == *name && own.backup.is_some())?;
        let length = |name: &str| agents.class.effective(name).length().unwrap_or(Span::ZERO);
        Some(Self {
            name: name.clone(),
            failover: p95(&pair.failover.host),
            random_delay: length("warm-standby.reconnection-random-delay-range"),
            retry: retry(pair, length("warm-standby.retry-delay")),
        })
    }

    fn sum(&self) -> Span {
        self.failover + self.random_delay + self.retry
    }

    fn terms(&self) -> String {
        format!(
            "{} = {} failover of a host (95 of 100) + {} random delay + {} retry delay",
            plain(self.sum()),
            plain(self.failover),
            plain(self.random_delay),
            plain(self.retry)
        )
    }
}

/// The pause between two rounds at a pair.
fn retry(pair: &Pair, own: Span) -> Span {
    pair.reconnect.unwrap_or(own)
}

/// V27, V38: the phone timer leaves time for a registration.
fn registration(agents: &Agents, timers: &Timers, phone: &Phone, report: &mut Report) {
    let Some(wait) = timers.phone.length().filter(|wait| wait.ends()) else { return };
    let transaction = phone.transaction_timeout;
    let place = place(agents, &timers.phone);
    if transaction > wait {
        let message = format!(
            "one REGISTER transaction may take {}, longer than the phone timeout of {}",
            plain(transaction),
            said(&timers.phone, wait)
        );
        let help = "lower `sip_transaction_timeout` (the vendor recommends 4000 ms), or raise \
                    `disaster-recovery.wait-for-sipphone-timeout`";
        return report.add_for(agents, V38.at(place, message).help(help));
    }
    let pause = longest_pause(phone.retry);
    let cycle = transaction + pause;
    if wait < cycle {
        let message = format!(
            "the phone timeout of {} is shorter than the {} of one registration cycle",
            said(&timers.phone, wait),
            plain(cycle)
        );
        let terms = format!(
            "{} = {} transaction + {} until the next",
            plain(cycle),
            plain(transaction),
            plain(pause)
        );
        let help = "raise `disaster-recovery.wait-for-sipphone-timeout`, or lower \
                    `sip_transaction_timeout` or `reg_interval`: now a phone has no second attempt";
        report.add_for(agents, V27.at(place, message).label(terms).help(help));
    }
}

/// The longest first wait after a failed transaction.
fn longest_pause(retry: Retry) -> Span {
    match retry {
        Retry::Fixed(span) => span,
        Retry::Backoff { none, cap, .. } => (none + none).min(cap),
    }
}

/// V28: the phone timer is the longer one.
fn inverted(agents: &Agents, timers: &Timers, report: &mut Report) {
    let (Some(dr), Some(phone)) = (timers.dr.length(), timers.phone.length()) else { return };
    if phone <= dr || !phone.ends() {
        return;
    }
    let message = format!(
        "the phone timeout of {} is longer than the DR timeout of {}",
        said(&timers.phone, phone),
        said(&timers.dr, dr)
    );
    let help = "a lost phone keeps agents at their site for longer than a lost server does; \
                usually it is the other way round";
    let place = span_of(&timers.phone).unwrap_or_else(|| place(agents, &timers.dr));
    report.note_for(agents, V28.at(place, message).help(help));
}

/// V41: a short timer, and back as soon as possible.
fn flapping(scene: &Scene, agents: &Agents, timers: &Timers, report: &mut Report) {
    let Some(timeout) = timers.dr.length().filter(|timeout| *timeout < SHORT) else { return };
    let restore = agents.class.effective("disaster-recovery.auto-restore");
    let held = scene.document.what_if.hold_down.as_ref().is_some_and(|h| h.value > Span::ZERO);
    if !restore.is_true() || held {
        return;
    }
    let message = format!(
        "a DR timeout of {} with automatic restore and no hold-down lets agents flap",
        plain(timeout)
    );
    let help = "half of all network outages are over within a minute: raise \
                `disaster-recovery.timeout`, switch `disaster-recovery.auto-restore` off, or try \
                `hold-down` in [what-if]";
    report.add_for(agents, V41.at(place(agents, &timers.dr), message).help(help));
}

/// V34: ADDP is on.
fn keep_alive(scene: &Scene, report: &mut Report) {
    let desktop = &scene.document.desktop;
    let Some(addp) = desktop.addp_timeout.as_ref().filter(|addp| !addp.value.ends()) else {
        return;
    };
    if desktop.detection.is_some() || scene.covered().next().is_none() {
        return;
    }
    let message = "without ADDP a silent loss is found by TCP only";
    let help = "set `addp-timeout` to some seconds: TCP needs about 15 minutes to give up on a \
                silent peer";
    report.add(V34.at(addp.span, message).help(help));
}
