//! Named policies: what the simulator does where the product's behaviour is undocumented.

use crate::distribution::Law;
use crate::time::Span;

/// When the DR timer of a noticed loss starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DrTimerStarts {
    /// When the first round has failed at both members.
    #[default]
    PairLost,
    /// When the loss is noticed.
    FirstDisconnect,
}

/// In which order the members of a pair are tried in rounds that are not the first after a loss.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RoundOrder {
    /// The primary, then the backup.
    #[default]
    Configured,
    /// The member last used, then the other.
    LastUsed,
}

/// What an expired phone timer does when the phone is registered nowhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PhoneNowhere {
    /// Stay, and move at the first instant at which the phone is registered at the other site.
    #[default]
    Stay,
    /// Switch over anyway.
    Switch,
}

/// What an expired phone timer does when the desktop of a desk phone with a registration at each site
/// has never been at the other one, so that it cannot know of that registration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PhoneUnknown {
    /// Switch over: the vendor's text makes no condition of it.
    #[default]
    Switch,
    /// Stay, as if it were not registered there.
    Stay,
}

/// What the loss of a Stat Server or Configuration Server pair does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OtherLoss {
    /// Only that connection moves.
    #[default]
    MoveConnection,
    /// The agent moves with all its connections.
    MoveAgent,
    /// Nothing: the connection is not simulated.
    Ignore,
}

/// When an agent that may go back does so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RestoreWhen {
    /// When the agent is idle (without calls: at once).
    #[default]
    Idle,
    /// At once, calls or not.
    Immediate,
    /// Only at probes whose time of day lies in [from, to); `from > to` runs over midnight.
    Window {
        /// Start of the window, from midnight.
        from: Span,
        /// End of the window, from midnight.
        to: Span,
    },
}

/// Policies that hold for every agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// `dr-timer-starts`.
    pub dr_timer_starts: DrTimerStarts,
    /// `round-order`.
    pub round_order: RoundOrder,
    /// `phone-nowhere`.
    pub phone_nowhere: PhoneNowhere,
    /// `restore-needs-phone`.
    pub restore_needs_phone: bool,
    /// `restore-when`.
    pub restore_when: RestoreWhen,
    /// `stat-loss`.
    pub stat_loss: OtherLoss,
    /// `config-loss`.
    pub config_loss: OtherLoss,
    /// `bindings-after-pair-loss`: whether bindings survive the loss of both members.
    pub keep_bindings: bool,
    /// `phone-unknown`.
    pub phone_unknown: PhoneUnknown,
    /// `login-needs`: whether a login also needs a Configuration Server pair of the site to serve,
    /// if it has one.
    pub login_needs_config: bool,
    /// `login-wait`: a login that cannot begin or go on for this long is given up; [`Span::NEVER`]:
    /// never.
    pub login_wait: Span,
}

/// What-if extensions, off by default: no product behaviour.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatIf {
    /// How long every probe must have found the preferred site available before a restore.
    pub hold_down: Span,
    /// Delay drawn before a restore; the site is probed again at its end.
    pub restore_jitter: Option<Law>,
    /// Staged restore: stage i of n adds i x step to the hold-down of its agents.
    pub stages: Option<Stages>,
    /// Most switchovers of one agent that its timers may begin in a sliding hour (1 to 8).
    pub switchovers_per_hour: Option<u8>,
}

/// A staged restore.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stages {
    /// Number of stages, at least 1: agent j of a group of n is in stage j x stages / n.
    pub count: u32,
    /// Time between two stages.
    pub step: Span,
}

/// Behaviour of the desktop that is no vendor option.
#[derive(Clone, Debug, PartialEq)]
pub struct Desktop {
    /// Delay from a silent loss to its noticing.
    pub detection: Law,
    /// An answer to a keep-alive that takes longer counts as none; `None`: it may take any time.
    pub keep_alive: Option<Span>,
    /// How long an attempt at a silent member lasts, where the profile names no other time.
    pub connect_timeout: Span,
    /// Login time, from the login slot.
    pub login: Law,
    /// From the end of login to ready.
    pub ready: Law,
    /// Restore-probe interval; `None`: the retry delay at the preferred site.
    pub probe_interval: Option<Span>,
    /// From the return of the power to its first attempt.
    pub boot: Law,
}
