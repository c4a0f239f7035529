//! Desktop, policies and what-if extensions, with the defaults that no vendor documents.

use crate::diagnostic::plain;
use crate::distribution::Law;
use crate::model;
use crate::scenario::document::{Desktop, Policy, Prices, RestoreWhen, Spanned, WhatIf};
use crate::time::{Span, Time};

/// Seed of a scenario that names none.
pub(super) const SEED: u64 = 1;
/// Flap window of a scenario that names none.
pub(super) const FLAP_WINDOW: Span = Span::from_secs(15 * 60);

const ADDP: Span = Span::from_secs(10);
const TCP_GIVE_UP: Span = Span::from_secs(924);
const CONNECT_TIMEOUT: Span = Span::from_secs(21);
const LOGIN_WAIT: Span = Span::from_secs(60);
const LOGIN: Law = Law::Lognormal { median: Span::from_secs(8), p95: Span::from_secs(20) };

/// A written value without its place.
pub(super) fn given<T: Clone>(value: &Option<Spanned<T>>) -> Option<T> {
    value.as_ref().map(|value| value.value.clone())
}

/// The instant this long after the start.
pub(super) const fn instant(span: Span) -> Time {
    Time(span.0)
}

/// The desktop as meant.
pub(super) fn desktop(desktop: &Desktop) -> model::Desktop {
    model::Desktop {
        detection: given(&desktop.detection).unwrap_or_else(|| keep_alive(desktop)),
        keep_alive: Some(given(&desktop.addp_timeout).unwrap_or(ADDP)).filter(|addp| addp.ends()),
        connect_timeout: given(&desktop.connect_timeout).unwrap_or(CONNECT_TIMEOUT),
        login: given(&desktop.login).unwrap_or(LOGIN),
        ready: given(&desktop.ready).unwrap_or(Law::Constant(Span::ZERO)),
        boot: given(&desktop.boot).unwrap_or(Law::Constant(Span::ZERO)),
        probe_interval: given(&desktop.probe_interval),
    }
}

/// ADDP: uniform between one and two timeouts; off: TCP's patience.
fn keep_alive(desktop: &Desktop) -> Law {
    let addp = given(&desktop.addp_timeout).unwrap_or(ADDP);
    if addp.ends() {
        Law::Uniform { lowest: addp, highest: addp + addp }
    } else {
        Law::Constant(given(&desktop.tcp_give_up).unwrap_or(TCP_GIVE_UP))
    }
}

/// The policies as meant.
pub(super) fn policy(policy: &Policy) -> model::Policy {
    model::Policy {
        dr_timer_starts: given(&policy.dr_timer_starts).unwrap_or_default(),
        round_order: given(&policy.round_order).unwrap_or_default(),
        phone_nowhere: given(&policy.phone_nowhere).unwrap_or_default(),
        restore_needs_phone: given(&policy.restore_needs_phone).unwrap_or(true),
        restore_when: match given(&policy.restore_when) {
            None | Some(RestoreWhen::Idle) => model::RestoreWhen::Idle,
            Some(RestoreWhen::Immediate) => model::RestoreWhen::Immediate,
            Some(RestoreWhen::Window { from, to }) => model::RestoreWhen::Window { from, to },
        },
        stat_loss: given(&policy.stat_loss).unwrap_or_default(),
        config_loss: given(&policy.config_loss).unwrap_or_default(),
        keep_bindings: given(&policy.keep_bindings).unwrap_or(true),
        phone_unknown: given(&policy.phone_unknown).unwrap_or_default(),
        login_needs_config: given(&policy.login_needs_config).unwrap_or(false),
        login_wait: given(&policy.login_wait).unwrap_or(LOGIN_WAIT),
    }
}

/// The what-if extensions as meant.
/// What outages cost.
pub(super) fn prices(prices: &Prices) -> model::Prices {
    let currency = prices.currency.as_ref();
    model::Prices {
        currency: currency.map_or_else(String::new, |name| plain(&name.value).into_owned()),
        agent_hour: given(&prices.agent_hour),
        lost_call: given(&prices.lost_call),
    }
}

pub(super) fn what_if(what_if: &WhatIf) -> model::WhatIf {
    let stages = given(&what_if.stages);
    model::WhatIf {
        hold_down: given(&what_if.hold_down).unwrap_or_default(),
        restore_jitter: given(&what_if.restore_jitter),
        stages: stages.map(|stages| model::Stages { count: stages.count, step: stages.step }),
        switchovers_per_hour: given(&what_if.switchovers_per_hour),
    }
}
