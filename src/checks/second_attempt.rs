//! V27, V38: the phone timer leaves time for a second REGISTER. It starts when the desktop sees the
//! phone unregistered, so when the first transaction has failed.

use super::report::Report;
use super::rules::{V27, V38};
use super::scene::{Agents, span_of};
use super::words::{plain, said};
use crate::model::{Model, Phone, PhoneNowhere, Retry, Style, Transport};
use crate::time::Span;

/// `disaster-recovery.wait-for-sipphone-timeout`.
pub(super) const PHONE_TIMEOUT: &str = "disaster-recovery.wait-for-sipphone-timeout";

/// Whether the phone timer moves agents with this phone: it is registered at the other site too, or
/// that does not matter.
pub(super) fn leaves_for_phone(model: &Model, phone: &Phone) -> bool {
    phone.style != Style::Follow || model.policy.phone_nowhere == PhoneNowhere::Switch
}

/// Runs the checks of this file. A desk phone is seen through its server, and a `failover` phone is at
/// the other site before the timer starts: neither has a second attempt to wait for.
pub(super) fn check(model: &Model, agents: &Agents, phone: Option<&Phone>, report: &mut Report) {
    let Some(phone) = phone.filter(|phone| !phone.desk && leaves_for_phone(model, phone)) else {
        return;
    };
    let timer = agents.class.effective(PHONE_TIMEOUT);
    let Some(wait) = timer.length().filter(|wait| wait.ends()) else { return };
    let pause = longest_pause(phone);
    let needed = pause + last_chance(phone);
    if matches!(phone.style, Style::Failover { .. }) || wait >= needed {
        return;
    }
    let transaction = phone.transaction_timeout;
    let told = said(&timer, wait);
    let (rule, message) = if transaction > wait {
        let first = format!("one REGISTER transaction may take {}, longer", plain(transaction));
        (V38, format!("{first} than the phone timeout of {told}"))
    } else {
        let until = plain(needed);
        let second = format!("the {until} until a second REGISTER is over");
        (V27, format!("the phone timeout of {told} is shorter than {second}"))
    };
    let terms = format!(
        "{} = {} from a failed REGISTER to the next + {} in which that one may succeed",
        plain(needed),
        plain(pause),
        plain(last_chance(phone))
    );
    let help = format!(
        "raise `{PHONE_TIMEOUT}` to at least {}, or lower {}",
        plain(needed),
        deciding(agents)
    );
    let place = span_of(&timer).unwrap_or_else(|| agents.enabled_at());
    report.add_for(agents, rule.at(place, message).label(terms).help(help));
}

/// The keys that decide how long a transaction and the wait after it last: those of the phone type
/// before those of the endpoint.
fn deciding(agents: &Agents) -> String {
    let phone = agents.class.phone();
    let own = |key: &str, vendor: &str, written: bool| match phone.filter(|_| written) {
        Some(phone) => format!("`{key}` of [phone.{}]", phone.name.value),
        None => format!("`{vendor}`"),
    };
    let transaction = own(
        "transaction-timeout",
        "sip_transaction_timeout",
        phone.is_some_and(|phone| phone.transaction_timeout.is_some()),
    );
    let retry = own("retry", "reg_interval", phone.is_some_and(|phone| phone.retry.is_some()));
    format!("{transaction} (the vendor recommends 4000 ms) or {retry}")
}

/// From the start of a transaction to the last instant at which it may still succeed.
fn last_chance(phone: &Phone) -> Span {
    match phone.transport {
        Transport::Udp { .. } => phone.transport.sends(phone.transaction_timeout).1,
        Transport::Tcp => phone.transaction_timeout,
    }
}

/// The longest wait after the first failed transaction of a phone that the timer can move, of a law its
/// mean: a dual one holds another registration, another one does not.
fn longest_pause(phone: &Phone) -> Span {
    match &phone.retry {
        Retry::Fixed(span) => *span,
        Retry::Drawn(law) => Span::from_secs_f64(law.mean_s()),
        &Retry::Backoff { none, some, cap } => {
            let base = if phone.style == Style::Dual { some } else { none };
            (base + base).min(cap)
        }
    }
}
