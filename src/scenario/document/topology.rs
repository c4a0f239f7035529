//! Sites, hosts and server objects as written.

use super::{Sections, Spanned};
use crate::distribution::Law;
use crate::model::{Kind, Split};
use crate::time::Span;

/// `[site.NAME]`.
#[derive(Clone, Debug)]
pub struct Site {
    /// Name.
    pub name: Spanned<String>,
    /// Least time between two login slots, from `login-capacity = "20/s"`.
    pub login_gap: Option<Spanned<Span>>,
    /// Least time between two connections of desktops to its SIP Servers, from `reconnect-capacity`.
    pub reconnect_gap: Option<Spanned<Span>>,
    /// `agent-capacity`: agents that the site is sized for (check V40, and what answers say).
    pub agent_capacity: Option<Spanned<u32>>,
    /// `register-capacity`: REGISTERs per second that it is sized for (check V40, and what answers say).
    pub register_capacity: Option<Spanned<f64>>,
    /// `eservices`: whether Interaction Server and UCS are at this site (check V43 only).
    pub eservices: Option<Spanned<bool>>,
    /// `stat = true`: an implicit Stat Server pair.
    pub stat: Option<Spanned<bool>>,
    /// `config = true`: an implicit Configuration Server Proxy pair.
    pub config: Option<Spanned<bool>>,
    /// Its registrar.
    pub registrar: Registrar,
    /// Failover of this site's pairs.
    pub failover: Failover,
}

/// `[site.NAME.registrar]`.
#[derive(Clone, Debug, Default)]
pub struct Registrar {
    /// `expires-min` and `expires-max`.
    pub expires: [Option<Spanned<Span>>; 2],
    /// `expires-deviation`.
    pub deviation: Option<Spanned<Span>>,
    /// `capacity`: what one message takes, from `"300/s"`.
    pub message: Option<Spanned<Span>>,
    /// `service`: whether it is exponential.
    pub exponential: Option<Spanned<bool>>,
    /// `challenge`.
    pub challenge: Option<Spanned<bool>>,
    /// `duplicate-cost`.
    pub duplicate: Option<Spanned<f64>>,
    /// `queue-limit`.
    pub queue: Option<Spanned<u32>>,
    /// `overload`: whether it rejects.
    pub rejects: Option<Spanned<bool>>,
    /// `refreshes`: whether each of them is a message.
    pub every_refresh: Option<Spanned<bool>>,
    /// `retry-after`.
    pub retry_after: Option<Spanned<Law>>,
}

/// `[host.NAME]`.
#[derive(Clone, Debug)]
pub struct Host {
    /// Name.
    pub name: Spanned<String>,
    /// Its site.
    pub site: Option<Spanned<String>>,
    /// `address`: what a trunk's contact may name.
    pub address: Option<Spanned<String>>,
    /// Implied by a server without a `host`.
    pub implicit: bool,
}

/// `[server.NAME]`: a server object.
#[derive(Clone, Debug)]
pub struct Server {
    /// Name.
    pub name: Spanned<String>,
    /// Kind.
    pub kind: Option<Spanned<Kind>>,
    /// Its site; a `host` says it too.
    pub site: Option<Spanned<String>>,
    /// The machine it runs on (filled in with an implicit one of the server's name).
    pub host: Option<Spanned<String>>,
    /// The server object that backs it up.
    pub backup: Option<Spanned<String>>,
    /// Reconnect Timeout.
    pub reconnect_timeout: Option<Spanned<Span>>,
    /// `address`: what a trunk's contact may name (the virtual IP).
    pub address: Option<Spanned<String>>,
    /// How its pair fails over.
    pub failover: Failover,
    /// Its vendor sections: the annex and its own options.
    pub sections: Sections,
    /// Implied by a site without such a server.
    pub implicit: bool,
}

/// How a pair fails over: `[failover]`, `[site.NAME.failover]`, `[server.NAME.failover]`.
#[derive(Clone, Debug, Default)]
pub struct Failover {
    /// Failover time after the loss of a process.
    pub process: Option<Spanned<Law>>,
    /// Failover time after the loss of a host or site.
    pub host: Option<Spanned<Law>>,
    /// Failover time after a process begins to hang.
    pub hang: Option<Spanned<Law>>,
    /// Probability that a loss is covered.
    pub coverage: Option<Spanned<f64>>,
    /// Manual recovery time.
    pub manual_recovery: Option<Spanned<Span>>,
    /// Whether the configured primary takes the role back.
    pub preempt: Option<Spanned<bool>>,
    /// `preempt-delay`: how long it has been up before it does.
    pub preempt_delay: Option<Spanned<Span>>,
    /// `preempt-gap`: how long no member serves then.
    pub preempt_gap: Option<Spanned<Law>>,
    /// What members do that cannot see each other.
    pub split: Option<Spanned<Split>>,
}
