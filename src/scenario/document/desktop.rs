//! The desktop, the policies and the what-if extensions as written.

use super::Spanned;
use crate::distribution::Law;
use crate::model::{DrTimerStarts, OtherLoss, PhoneNowhere, PhoneUnknown, Price, RoundOrder};
use crate::time::Span;

/// `[desktop]`.
#[derive(Clone, Debug, Default)]
pub struct Desktop {
    /// ADDP timeout; [`Span::NEVER`] for `"off"`.
    pub addp_timeout: Option<Spanned<Span>>,
    /// TCP give-up time.
    pub tcp_give_up: Option<Spanned<Span>>,
    /// Detection delay, instead of ADDP.
    pub detection: Option<Spanned<Law>>,
    /// Connect timeout.
    pub connect_timeout: Option<Spanned<Span>>,
    /// Login time.
    pub login: Option<Spanned<Law>>,
    /// Ready delay.
    pub ready: Option<Spanned<Law>>,
    /// Boot time.
    pub boot: Option<Spanned<Law>>,
    /// Restore-probe interval.
    pub probe_interval: Option<Spanned<Span>>,
}

/// `restore-when`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestoreWhen {
    /// `"idle"`.
    Idle,
    /// `"immediate"`.
    Immediate,
    /// `{ from = "22:00", to = "06:00" }`, from midnight.
    Window {
        /// Start.
        from: Span,
        /// End.
        to: Span,
    },
}

/// `[policy]`.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// `dr-timer-starts`.
    pub dr_timer_starts: Option<Spanned<DrTimerStarts>>,
    /// `round-order`.
    pub round_order: Option<Spanned<RoundOrder>>,
    /// `phone-nowhere`.
    pub phone_nowhere: Option<Spanned<PhoneNowhere>>,
    /// `restore-needs-phone`.
    pub restore_needs_phone: Option<Spanned<bool>>,
    /// `restore-when`.
    pub restore_when: Option<Spanned<RestoreWhen>>,
    /// `stat-loss`.
    pub stat_loss: Option<Spanned<OtherLoss>>,
    /// `config-loss`.
    pub config_loss: Option<Spanned<OtherLoss>>,
    /// `bindings-after-pair-loss = "keep"` (true) or `"lose"`.
    pub keep_bindings: Option<Spanned<bool>>,
    /// `phone-unknown`.
    pub phone_unknown: Option<Spanned<PhoneUnknown>>,
    /// `login-needs`: whether `config` is among them.
    pub login_needs_config: Option<Spanned<bool>>,
    /// `login-wait`; [`Span::NEVER`] for `"off"`.
    pub login_wait: Option<Spanned<Span>>,
}

/// `staged-restore`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stages {
    /// Number of stages.
    pub count: u32,
    /// Time between two.
    pub step: Span,
}

/// `[prices]`.
#[derive(Clone, Debug, Default)]
pub struct Prices {
    /// `currency`.
    pub currency: Option<Spanned<String>>,
    /// `cost-per-agent-hour`.
    pub agent_hour: Option<Spanned<Price>>,
    /// `cost-per-lost-call`.
    pub lost_call: Option<Spanned<Price>>,
}

impl Prices {
    /// Whether any is written.
    #[must_use]
    pub const fn any(&self) -> bool {
        self.agent_hour.is_some() || self.lost_call.is_some()
    }
}

/// `[what-if]`.
#[derive(Clone, Debug, Default)]
pub struct WhatIf {
    /// `hold-down`.
    pub hold_down: Option<Spanned<Span>>,
    /// `restore-jitter`.
    pub restore_jitter: Option<Spanned<Law>>,
    /// `staged-restore`.
    pub stages: Option<Spanned<Stages>>,
    /// `switchovers-per-hour`, 1 to 8.
    pub switchovers_per_hour: Option<Spanned<u8>>,
}
