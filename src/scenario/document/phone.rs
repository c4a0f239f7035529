//! Phone types as written: no default is filled in, and no vendor option looked at yet.

use super::Spanned;
use crate::diagnostic::TextSpan;
use crate::distribution::Law;
use crate::model::Failback;
use crate::scenario::units::Fraction;
use crate::time::Span;

/// `mode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneMode {
    /// A registration at each site.
    Dual,
    /// One, at the desktop's site.
    Follow,
    /// One; after a failed transaction at the other site.
    Failover,
}

/// `kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneKind {
    /// Its desktop knows its registration from the phone itself.
    Softphone,
    /// Seen through the SIP Server only.
    Desk,
}

/// `refresh-of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefreshOf {
    /// The expiry that was granted.
    Granted,
    /// The expiry that was asked for.
    Asked,
}

/// `transport`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportKind {
    /// UDP.
    Udp,
    /// TCP.
    Tcp,
    /// TLS; as TCP.
    Tls,
}

/// `retry`.
#[derive(Clone, Debug, PartialEq)]
pub enum Retry {
    /// `"30s"`.
    Fixed(Span),
    /// Any other law.
    Drawn(Law),
    /// `{ backoff = { ... } }`, RFC 5626; `None`: its default.
    Backoff {
        /// Base without a registration.
        none: Option<Span>,
        /// Base with another registration.
        some: Option<Span>,
        /// Cap.
        cap: Option<Span>,
    },
}

/// `[phone.NAME]`.
#[derive(Clone, Debug)]
pub struct Phone {
    /// Name.
    pub name: Spanned<String>,
    /// Where it names a preset: the preset's keys are taken as written there.
    pub preset: Option<TextSpan>,
    /// Kind.
    pub kind: Option<Spanned<PhoneKind>>,
    /// Mode.
    pub mode: Option<Spanned<PhoneMode>>,
    /// Requested expiry.
    pub expiry: Option<Spanned<Span>>,
    /// Fraction of the expiry after which it refreshes, in (0, 1].
    pub refresh: Option<Spanned<Fraction>>,
    /// Time before the end of the expiry at which it refreshes, instead.
    pub refresh_before: Option<Spanned<Span>>,
    /// Which expiry counts for that.
    pub refresh_of: Option<Spanned<RefreshOf>>,
    /// Transport.
    pub transport: Option<Spanned<TransportKind>>,
    /// SIP timer T1.
    pub t1: Option<Spanned<Span>>,
    /// SIP timer T2.
    pub t2: Option<Spanned<Span>>,
    /// Timer F of the REGISTER transaction.
    pub transaction_timeout: Option<Spanned<Span>>,
    /// The wait after a failure.
    pub retry: Option<Spanned<Retry>>,
    /// The wait after a refusal.
    pub retry_after_refusal: Option<Spanned<Law>>,
    /// Failed retries in a row after which it gives up.
    pub retry_limit: Option<Spanned<u32>>,
    /// `keep-alive`: how often it sends something (check V48 only).
    pub keep_alive: Option<Spanned<Span>>,
    /// Boot time.
    pub boot: Option<Spanned<Law>>,
    /// Spread of the first REGISTER after a start.
    pub start_spread: Option<Spanned<Span>>,
    /// How a `failover` phone comes home.
    pub failback: Option<Spanned<Failback>>,
    /// Scripted first refresh at the preferred and at the peer site.
    pub first_refresh: [Option<Spanned<Span>>; 2],
}
