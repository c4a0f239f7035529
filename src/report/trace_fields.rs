//! Which columns of `trace.csv` each event fills.
//!
//! Every event and every field has its place here.

use crate::model::{Kind, Role, SiteId};
use crate::time::{Span, Time};
use crate::trace::{Cause, Event, Noticed};

/// The columns that an event fills; the rest stay empty.
#[derive(Clone, Copy, Default)]
pub(super) struct Fields {
    pub(super) kind: Option<Kind>,
    pub(super) site: Option<SiteId>,
    pub(super) member: Option<&'static str>,
    /// Cause, reason, how it was noticed, or why it failed.
    pub(super) reason: &'static str,
    pub(super) from: Option<SiteId>,
    pub(super) to: Option<SiteId>,
    /// Of a move: whether the agent was in service when it began.
    pub(super) in_service_before: Option<bool>,
    /// Of the phone timer: whether the phone was registered at another site when it fired.
    pub(super) registered_elsewhere: Option<bool>,
    /// When the reported condition began.
    pub(super) since: Option<Time>,
    /// When what began with the event will end, or when the timer will fire.
    pub(super) until: Option<Time>,
    pub(super) downtime: Option<Span>,
    pub(super) rounds: Option<u32>,
    /// REGISTERs that succeeded and failed, probes, rounds.
    pub(super) tally: Option<[u64; 4]>,
}

impl Fields {
    fn kind(kind: Kind) -> Self {
        Self { kind: Some(kind), ..Self::default() }
    }

    fn site(site: SiteId) -> Self {
        Self { site: Some(site), ..Self::default() }
    }

    fn until(until: Time) -> Self {
        Self { until: Some(until), ..Self::default() }
    }

    fn member(self, role: Role) -> Self {
        let member = match role {
            Role::Primary => "primary",
            Role::Backup => "backup",
        };
        Self { member: Some(member), ..self }
    }

    fn rounds(self, rounds: u32) -> Self {
        Self { rounds: Some(rounds), ..self }
    }
}

/// The event's name and columns.
pub(super) fn fields(event: Event) -> (&'static str, Fields) {
    let none = Fields::default();
    match event {
        Event::State { site, cause } => {
            let service = if site.is_some() { "in-service" } else { "not-staffed" };
            ("state", Fields { site, reason: cause.map_or(service, Cause::name), ..none })
        }
        Event::MoveBegun { reason, from, to, in_service, available } => {
            let fields = Fields { reason: reason.name(), from, to: Some(to), ..none };
            (
                "move-begun",
                Fields { in_service_before: Some(in_service), since: available, ..fields },
            )
        }
        Event::NoSite => ("no-site", none),
        Event::Connected { site, member, rounds } => {
            ("connected", Fields::site(site).member(member).rounds(rounds))
        }
        Event::ConnectionQueued { site } => ("connection-queued", Fields::site(site)),
        Event::ConnectionTimedOut { site } => ("connection-timed-out", Fields::site(site)),
        Event::LoginQueued { site } => ("login-queued", Fields::site(site)),
        Event::QueueLeft { site } => ("queue-left", Fields::site(site)),
        Event::LoginHeldUp { site } => ("login-held-up", Fields::site(site)),
        Event::LoginGivenUp { site } => ("login-given-up", Fields::site(site)),
        Event::LoginBegun { site, ends } => {
            ("login-begun", Fields { until: Some(ends), ..Fields::site(site) })
        }
        Event::LoggedIn { site, ready } => {
            ("logged-in", Fields { until: Some(ready), ..Fields::site(site) })
        }
        Event::ShiftBegun => ("shift-begun", none),
        Event::ShiftEnded => ("shift-ended", none),
        Event::PowerLost => ("power-lost", none),
        Event::Started => ("started", none),
        Event::PhoneGivesUp { site } => ("phone-gives-up", Fields::site(site)),
        Event::PhoneOff { site } => ("phone-off", Fields::site(site)),
        Event::OrderedToLeave { site } => ("ordered-to-leave", Fields::site(site)),
        Event::PreferredFound => ("preferred-found", none),
        Event::PreferredLostAgain => ("preferred-lost-again", none),
        Event::RestoreDelayed { until } => ("restore-delayed", Fields::until(until)),
        Event::HeldByCall { until } => ("held-by-call", Fields::until(until)),
        Event::Capped { until } => ("capped", Fields::until(until)),
        Event::Tally { registered, failed, probes, rounds } => {
            ("tally", Fields { tally: Some([registered, failed, probes, rounds]), ..none })
        }
        _ => link(event),
    }
}

/// Events of one connection.
fn link(event: Event) -> (&'static str, Fields) {
    match event {
        Event::Broken { kind, site, member } => {
            ("broken", Fields { site: Some(site), ..Fields::kind(kind) }.member(member))
        }
        Event::Survived { kind } => ("survived", Fields::kind(kind)),
        Event::LossNoticed { kind, since, how, .. } => {
            let reason = match how {
                Noticed::Reset => "reset",
                Noticed::KeepAlive => "keep-alive",
            };
            ("loss-noticed", Fields { since: Some(since), reason, ..Fields::kind(kind) })
        }
        Event::PairLost { kind } => ("pair-lost", Fields::kind(kind)),
        Event::Reconnected { kind, member, rounds } => {
            ("reconnected", Fields::kind(kind).member(member).rounds(rounds))
        }
        Event::DrTimerStarted { kind, fires } => {
            ("dr-timer-started", Fields { until: Some(fires), ..Fields::kind(kind) })
        }
        Event::DrTimerCancelled { kind } => ("dr-timer-cancelled", Fields::kind(kind)),
        Event::DrTimerFired { kind, rounds } => {
            ("dr-timer-fired", Fields::kind(kind).rounds(rounds))
        }
        Event::ConnectionMoved { kind, to, rounds } => {
            ("connection-moved", Fields { to: Some(to), ..Fields::kind(kind) }.rounds(rounds))
        }
        _ => phone(event),
    }
}

/// Events of the phone, and what was measured beside the path taken.
fn phone(event: Event) -> (&'static str, Fields) {
    let none = Fields::default();
    match event {
        Event::RegistrationFailed { site, refused } => {
            let reason = if refused { "refused" } else { "no-answer" };
            ("registration-failed", Fields { reason, ..Fields::site(site) })
        }
        Event::Registered { site } => ("registered", Fields::site(site)),
        Event::BindingEnded { site } => ("binding-ended", Fields::site(site)),
        Event::PhoneSeenLost { site, since } => {
            ("phone-seen-lost", Fields { since, ..Fields::site(site) })
        }
        Event::PhoneSeenBack { site } => ("phone-seen-back", Fields::site(site)),
        Event::PhoneTimerStarted { fires } => ("phone-timer-started", Fields::until(fires)),
        Event::PhoneTimerCancelled => ("phone-timer-cancelled", none),
        Event::PhoneTimerFired { elsewhere } => {
            ("phone-timer-fired", Fields { registered_elsewhere: Some(elsewhere), ..none })
        }
        Event::IfRemained { begun, downtime } => {
            ("if-remained", Fields { since: Some(begun), downtime: Some(downtime), ..none })
        }
        Event::IfStayed { downtime } => ("if-stayed", Fields { downtime: Some(downtime), ..none }),
        Event::IfSwitched { downtime } => ("if-switched", Fields { downtime, ..none }),
        Event::Needless => ("needless", none),
        Event::GhostBegun { site } => ("ghost-begun", Fields::site(site)),
        Event::GhostEnded { site } => ("ghost-ended", Fields::site(site)),
        Event::StaleBegun { site } => ("stale-begun", Fields::site(site)),
        Event::StaleEnded { site } => ("stale-ended", Fields::site(site)),
        _ => ("", none),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Time = Time(7_000_000_000);

    #[test]
    fn instants_stand_in_the_column_of_their_side() {
        let site = SiteId(0);
        for (event, name, since, until) in [
            (Event::LoginBegun { site, ends: AT }, "login-begun", None, Some(AT)),
            (Event::RestoreDelayed { until: AT }, "restore-delayed", None, Some(AT)),
            (Event::HeldByCall { until: AT }, "held-by-call", None, Some(AT)),
            (Event::PhoneTimerStarted { fires: AT }, "phone-timer-started", None, Some(AT)),
            (Event::PhoneSeenLost { site, since: Some(AT) }, "phone-seen-lost", Some(AT), None),
        ] {
            let (found, fields) = fields(event);
            assert_eq!((found, fields.since, fields.until), (name, since, until));
        }
    }

    #[test]
    fn each_answer_has_a_column_of_its_own() {
        let (_, fired) = fields(Event::PhoneTimerFired { elsewhere: true });
        assert_eq!((fired.in_service_before, fired.registered_elsewhere), (None, Some(true)));
    }
}
