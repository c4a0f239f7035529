//! V50: a `retry-limit` that no phone reaches within the run.

use super::report::Report;
use super::rules::V50;
use super::scene::{Agents, Scene};
use super::words::plain;
use crate::model::{Model, Phone, Retry, Style};
use crate::scenario::document::Spanned;
use crate::time::Span;

/// Runs the check.
pub(super) fn check(scene: &Scene, model: &Model, report: &mut Report) {
    for agents in &scene.agents {
        let limit = agents.class.phone().and_then(|phone| phone.retry_limit.as_ref());
        if let (Some(limit), Some(phone)) = (limit, scene.phone(model, agents)) {
            is_reached(agents, limit, (phone, Span(model.horizon.0)), report);
        }
    }
}

fn is_reached(
    agents: &Agents,
    limit: &Spanned<u32>,
    (phone, horizon): (&Phone, Span),
    report: &mut Report,
) {
    let busy = busy(phone);
    let (mut takes, mut retries) = (busy, 0);
    while retries < limit.value && takes < horizon.as_secs_f64() {
        retries += 1;
        takes += wait(&phone.retry, retries) + busy;
    }
    if takes < horizon.as_secs_f64() {
        return;
    }
    let message = format!(
        "phones `{}` do not give up within the run: {retries} of {} retries take as long as all of its {}",
        phone.name,
        limit.value,
        plain(horizon)
    );
    let help = "a smaller `retry-limit`, shorter waits in `retry`, or a longer `horizon`; without a limit they never \
                give up";
    report.add_for(agents, V50.at(limit.span, message).help(help));
}

/// How long a phone tries without success before it waits, in seconds: a failover phone at both
/// sites.
pub(super) fn busy(phone: &Phone) -> f64 {
    let tries = if matches!(phone.style, Style::Failover { .. }) { 2.0 } else { 1.0 };
    tries * phone.transaction_timeout.as_secs_f64()
}

/// The wait before a retry, in seconds, on average; a large number: when back-off has grown as far as it goes.
pub(super) fn wait(retry: &Retry, number: u32) -> f64 {
    match retry {
        Retry::Fixed(wait) => wait.as_secs_f64(),
        Retry::Drawn(law) => law.mean_s(),
        Retry::Backoff { none, cap, .. } => {
            let doubled = none.as_secs_f64() * libm::ldexp(1.0, number.min(64) as i32);
            0.75 * doubled.min(cap.as_secs_f64())
        }
    }
}
