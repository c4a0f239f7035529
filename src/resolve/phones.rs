//! Phones as meant: what the type says, else for a softphone the agent's vendor options, else the
//! defaults.

use crate::diagnostic::Diagnostic;
use crate::distribution::Law;
use crate::model::{Failback, Phone, Renewal, Retry, Style, Transport};
use crate::options::Value;
use crate::scenario::document::{
    self as written, Class, PhoneKind, PhoneMode, RefreshOf, Spanned, TransportKind,
};
use crate::scenario::units::{self, Fraction};
use crate::time::{Span, Time};

use super::settings::{given, instant};

const EXPIRY: Span = Span::from_secs(1800);
const T1: Span = Span::from_millis(500);
const T2: Span = Span::from_secs(4);
const LEAST_T1: Span = Span::from_millis(1);
const TRANSACTION_TIMEOUT: Span = Span::from_secs(32);
const RETRY: Span = Span::from_secs(30);
const BASE_NONE: Span = Span::from_secs(30);
const BASE_SOME: Span = Span::from_secs(90);
const CAP: Span = Span::from_secs(1800);

/// By which rule a phone refreshes where it is granted something else than it asked for.
fn renewal(written: Option<&written::Phone>, before: Option<Span>) -> Renewal {
    if written.and_then(|phone| given(&phone.refresh_of)) == Some(RefreshOf::Asked) {
        return Renewal::Asked;
    }
    before.map_or(Renewal::Share, Renewal::Before)
}

/// The vendor options that speak for a softphone.
pub const VENDOR: [&str; 4] =
    ["reg_timeout", "reg_interval", "sip_transaction_timeout", "sipendpoint.transport-protocol"];

/// The phone of some agents.
pub(super) fn phone(class: &Class<'_>) -> (Phone, Vec<Diagnostic>) {
    let written = class.phone();
    let desk = written.and_then(|phone| given(&phone.kind)) == Some(PhoneKind::Desk);
    let vendor = Vendor { class, desk };
    let expiry = written.and_then(|p| given(&p.expiry)).or(vendor.length(VENDOR[0]));
    let expiry = expiry.unwrap_or(EXPIRY);
    let fraction = written.and_then(|phone| phone.refresh.as_ref());
    let before = written.and_then(|phone| given(&phone.refresh_before));
    let refresh = match before {
        Some(time) => expiry - time,
        None => fraction.map_or_else(|| refresh_of(expiry), |f| f.value.of(expiry)),
    };
    let timeout = written.and_then(|p| given(&p.transaction_timeout)).or(vendor.length(VENDOR[2]));
    let found = written.map_or(Vec::new(), |phone| faults(phone, refresh));
    let first = |side: usize| written.and_then(|p| given(&p.first_refresh[side])).map(instant);
    let phone = Phone {
        name: written.map_or_else(|| "softphone".to_owned(), |phone| phone.name.value.clone()),
        style: style(written),
        desk,
        expiry,
        // Nine tenths of one nanosecond are none, and a grid needs a step.
        refresh: refresh.max(Span(1)),
        renewal: renewal(written, before),
        transport: transport(written, &vendor),
        transaction_timeout: timeout.unwrap_or(TRANSACTION_TIMEOUT),
        retry: retry(written, &vendor),
        retry_after_refusal: written.and_then(|phone| given(&phone.retry_after_refusal)),
        retry_limit: written.and_then(|phone| given(&phone.retry_limit)),
        boot: written.and_then(|phone| given(&phone.boot)).unwrap_or(Law::Constant(Span::ZERO)),
        start_spread: written.and_then(|phone| given(&phone.start_spread)).unwrap_or(Span::ZERO),
        first_refresh: [first(0), first(1)] as [Option<Time>; 2],
    };
    (phone, found)
}

/// The default share of the expiry.
fn refresh_of(expiry: Span) -> Span {
    units::fraction("90%").map_or(expiry, |share: Fraction| share.of(expiry))
}

/// What the type says that cannot be.
fn faults(phone: &written::Phone, refresh: Span) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let share = phone.refresh.as_ref().map(|share| ("refresh", share.span));
    let before = phone.refresh_before.as_ref().map(|before| ("refresh-before", before.span));
    if refresh <= Span::ZERO
        && let Some((name, span)) = before.or(share)
    {
        let message = format!("`{name}` is out of range");
        let label = "it leaves no time between two refreshes";
        found.push(Diagnostic::error("S008", message, span).label(label));
    }
    let short = |timer: &&Spanned<Span>| timer.value < LEAST_T1;
    for timer in phone.t1.iter().chain(&phone.t2).filter(short) {
        let message = "`t1` or `t2` is out of range";
        let label = "it must be at least 1 ms: nobody sends again before an answer can be there";
        found.push(Diagnostic::error("S008", message, timer.span).label(label));
    }
    if refresh <= Span::ZERO {
        return found;
    }
    let late = |first: &&Spanned<Span>| first.value > refresh;
    for first in phone.first_refresh.iter().flatten().filter(late) {
        let message = "the first refresh is out of range";
        let apart = refresh.as_secs_f64();
        let label = format!("refreshes are {apart} s apart: the first comes within that time");
        found.push(Diagnostic::error("S008", message, first.span).label(label));
    }
    found
}

fn style(phone: Option<&written::Phone>) -> Style {
    match phone.and_then(|phone| given(&phone.mode)) {
        None | Some(PhoneMode::Dual) => Style::Dual,
        Some(PhoneMode::Follow) => Style::Follow,
        Some(PhoneMode::Failover) => {
            let failback = phone.and_then(|phone| given(&phone.failback));
            Style::Failover { failback: failback.unwrap_or(Failback::Refresh) }
        }
    }
}

fn transport(phone: Option<&written::Phone>, vendor: &Vendor<'_, '_>) -> Transport {
    let udp = match phone.and_then(|phone| given(&phone.transport)) {
        Some(kind) => kind == TransportKind::Udp,
        None => vendor.text(VENDOR[3]).is_none_or(|word| word.eq_ignore_ascii_case("udp")),
    };
    if !udp {
        return Transport::Tcp;
    }
    let t1 = phone.and_then(|phone| given(&phone.t1)).unwrap_or(T1);
    let t2 = phone.and_then(|phone| given(&phone.t2)).unwrap_or(T2);
    Transport::Udp { t1, t2: t2.max(t1) }
}

fn retry(phone: Option<&written::Phone>, vendor: &Vendor<'_, '_>) -> Retry {
    match phone.and_then(|phone| given(&phone.retry)) {
        Some(written::Retry::Fixed(span)) => Retry::Fixed(span),
        Some(written::Retry::Drawn(law)) => Retry::Drawn(law),
        Some(written::Retry::Backoff { none, some, cap }) => Retry::Backoff {
            none: none.unwrap_or(BASE_NONE),
            some: some.unwrap_or(BASE_SOME),
            cap: cap.unwrap_or(CAP),
        },
        // 0 lets the endpoint give up (check V39); it is taken as the default here.
        None => Retry::Fixed(vendor.length(VENDOR[1]).unwrap_or(RETRY)),
    }
}

/// The vendor options of a softphone; a desk phone has none.
struct Vendor<'c, 'd> {
    class: &'c Class<'d>,
    desk: bool,
}

impl Vendor<'_, '_> {
    fn length(&self, name: &str) -> Option<Span> {
        let written = self.class.setting(name).is_some() && !self.desk;
        let length = written.then(|| self.class.effective(name).length()).flatten();
        length.filter(|span| *span > Span::ZERO && span.ends())
    }

    fn text(&self, name: &str) -> Option<String> {
        let written = self.class.setting(name).is_some() && !self.desk;
        match self.class.effective(name).value {
            Some(Value::Text(text)) if written => Some(text),
            _ => None,
        }
    }
}
