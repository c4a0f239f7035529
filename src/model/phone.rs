//! The phone of an agent: how it registers, refreshes and tries again.

use crate::distribution::Law;
use crate::time::{Span, Time};

/// How many registrations a phone holds, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// One registration at each of the agent's two sites.
    Dual,
    /// One registration, at the site that the desktop is connected to.
    Follow,
    /// One registration; after a failed transaction the other site is tried.
    Failover {
        /// How it comes home.
        failback: Failback,
    },
}

/// How a `failover` phone that is away from home comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failback {
    /// A refresh away from home tries the preferred site first.
    Refresh,
    /// Not by itself: it stays until a transaction fails there.
    Never,
    /// A transaction at the preferred site that often, from the success away from home on.
    Every(Span),
}

/// When the messages of one REGISTER transaction are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// UDP: at 0, T1, 3 T1, 7 T1 ..., the interval doubling up to T2 (RFC 3261, Timer E).
    Udp {
        /// T1.
        t1: Span,
        /// T2.
        t2: Span,
    },
    /// TCP or TLS: the moment it becomes possible.
    Tcp,
}

impl Transport {
    /// Of a transaction that is not answered: how many messages it sends, and when the last one is
    /// sent after its start. The sends are not simulated one by one once their interval is T2.
    #[must_use]
    pub fn sends(self, timeout: Span) -> (u64, Span) {
        let Self::Udp { t1, t2 } = self else { return (1, Span::ZERO) };
        let (mut number, mut last, mut gap) = (1, Span::ZERO, t1);
        while last + gap < timeout {
            if gap == t2 {
                let more = (timeout - last - Span(1)).0 / t2.0;
                return (number + more as u64, last + Span(more * t2.0));
            }
            number += 1;
            last += gap;
            gap = t2.min(gap + gap);
        }
        (number, last)
    }
}

/// The wait after a failed transaction.
#[derive(Clone, Debug, PartialEq)]
pub enum Retry {
    /// A fixed interval from the failure.
    Fixed(Span),
    /// An interval from the failure that is drawn again each time.
    Drawn(Law),
    /// RFC 5626 section 4.5: uniform on [1/2, 1] x min(cap, base x 2^k), k failures in a row from 1.
    Backoff {
        /// Base if the phone holds no registration at the failure.
        none: Span,
        /// Base if it holds another.
        some: Span,
        /// Upper bound before the jitter.
        cap: Span,
    },
}

/// When a registration is refreshed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Renewal {
    /// After a share of the granted expiry.
    #[default]
    Share,
    /// This long before the granted expiry ends; of one that is not longer than that, after half of
    /// it.
    Before(Span),
    /// As if what was asked were granted: the binding may end before.
    Asked,
}

/// Everything about one kind of phone.
#[derive(Clone, Debug, PartialEq)]
pub struct Phone {
    /// Name of the phone type.
    pub name: String,
    /// How many registrations, and where.
    pub style: Style,
    /// A desk phone is seen through the SIP Server only; the desktop sees a softphone directly.
    pub desk: bool,
    /// Requested expiry E of a binding.
    pub expiry: Span,
    /// Time from a success to the next refresh where the registrar grants what is asked: f x E, rounded
    /// down, or E less the time before its end.
    pub refresh: Span,
    /// By which rule, where it grants something else.
    pub renewal: Renewal,
    /// Transport.
    pub transport: Transport,
    /// A transaction fails this long after its start.
    pub transaction_timeout: Span,
    /// The wait after a failed transaction.
    pub retry: Retry,
    /// The wait after one that was refused (503); `None`: as after any other.
    pub retry_after_refusal: Option<Law>,
    /// After this many failed retries in a row the phone gives up; `None`: never.
    pub retry_limit: Option<u32>,
    /// From the return of the power to its start.
    pub boot: Law,
    /// Its first REGISTER after a start comes after a delay uniform on [0, this].
    pub start_spread: Span,
    /// Scripted instant of the first refresh at the preferred and the peer site, in (0, refresh];
    /// `None`: drawn.
    pub first_refresh: [Option<Time>; 2],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sends_of_a_transaction_that_nobody_answers() {
        let millis = Span::from_millis;
        let udp = |t1, t2| Transport::Udp { t1: millis(t1), t2: millis(t2) };
        // 0, 0.5, 1.5, 3.5, 7.5, 11.5 ... 31.5 s; the end itself is no send.
        assert_eq!(udp(500, 4_000).sends(millis(32_000)), (11, millis(31_500)));
        assert_eq!(udp(500, 4_000).sends(millis(31_500)), (10, millis(27_500)));
        assert_eq!(udp(500, 4_000).sends(millis(4_000)), (4, millis(3_500)));
        assert_eq!(udp(500, 4_000).sends(millis(500)), (1, Span::ZERO));
        assert_eq!(Transport::Tcp.sends(millis(32_000)), (1, Span::ZERO));
        // As many as there are nanoseconds, at once.
        let shortest = Transport::Udp { t1: Span(1), t2: Span(1) };
        assert_eq!(shortest.sends(millis(1_000)), (1_000_000_000, Span(999_999_999)));
    }
}
