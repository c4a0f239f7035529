//! V48: a NAT or firewall between a location and its sites that forgets UDP sessions sooner than phones send.
//!
//! Whether a phone can be called through it is not simulated.

use super::report::Report;
use super::rules::V48;
use super::scene::{Agents, Scene, site_named};
use super::words::plain;
use crate::model::{Model, Phone, Transport};
use crate::scenario::document::Spanned;
use crate::time::Span;

/// Runs the checks of this file.
pub(super) fn check(scene: &Scene, model: &Model, report: &mut Report) {
    for agents in &scene.agents {
        let timeout = agents.class.location().and_then(|location| location.nat_timeout.as_ref());
        if let (Some(timeout), Some(phone)) = (timeout, scene.phone(model, agents)) {
            let home = agents.preferred_site().and_then(|name| site_named(model, name));
            let refresh = home.map_or(phone.refresh, |(home, _)| model.refresh(phone, home));
            forgets(agents, timeout, (phone, refresh), report);
        }
    }
}

/// A phone sends at each refresh and each keep-alive.
fn forgets(
    agents: &Agents,
    timeout: &Spanned<Span>,
    (phone, refresh): (&Phone, Span),
    report: &mut Report,
) {
    if phone.transport == Transport::Tcp {
        return;
    }
    let keep_alive = agents.class.phone().and_then(|phone| phone.keep_alive.as_ref());
    let sends = keep_alive.map_or(refresh, |sent| sent.value.min(refresh));
    if sends <= timeout.value {
        return;
    }
    let share = 100.0 * timeout.value.0 as f64 / sends.0 as f64;
    let message = format!(
        "phones `{}` can be called for {share:.1} % of the time: their NAT forgets them after {}, and they \
         send every {}",
        phone.name,
        plain(timeout.value),
        plain(sends)
    );
    let help = format!(
        "set `keep-alive` of the phone type to at most {}; this is not simulated",
        plain(timeout.value)
    );
    report.add_for(agents, V48.at(timeout.span, message).help(help));
}
