//! One sentence for one record. Which record belongs to which episode is not decided here.

use crate::model::{Kind, Role, SiteId};
use crate::time::{Span, Time};
use crate::trace::{Cause, Event, Noticed, Reason};

use super::agent::{StoryAgent, server};
use super::clock::{length, since_start};

/// The sentence for an event at an instant; `None` for what is reported elsewhere.
pub(super) fn sentence(agent: &StoryAgent<'_>, at: Time, event: &Event) -> Option<String> {
    connection(agent, at, event)
        .or_else(|| timer(at, event))
        .or_else(|| phone(agent, event))
        .or_else(|| moving(agent, at, event))
        .or_else(|| power(agent, event))
        .or_else(|| shift(event))
        .or_else(|| shadow(agent, event))
}

/// Breaks, losses and warm standby.
fn connection(agent: &StoryAgent<'_>, at: Time, event: &Event) -> Option<String> {
    Some(match *event {
        Event::Broken { kind, site, member } => format!(
            "The {} connection to {} at {} breaks.",
            server(kind),
            agent.member(kind, site, member),
            agent.site(site)
        ),
        Event::Survived { kind } => format!(
            "The server answers again before the loss was noticed: the {} connection has survived.",
            server(kind)
        ),
        Event::LossNoticed { kind, since, how, .. } => noticed(kind, at - since, how),
        Event::PairLost { kind } => {
            format!(
                "The first round has failed at every member: the {} pair is lost.",
                server(kind)
            )
        }
        Event::Reconnected { kind, member, rounds } => {
            let role = super::agent::role_name(member);
            let server = server(kind);
            format!("Round {rounds} finds the {role}: the {server} connection is back.")
        }
        Event::ConnectionMoved { kind, to, rounds: 0 } => {
            format!(
                "A probe finds it: the {} connection moves back to {}.",
                server(kind),
                agent.site(to)
            )
        }
        Event::ConnectionMoved { kind, to, rounds } => {
            let (server, site) = (server(kind), agent.site(to));
            format!("The {server} connection alone moves to {site}, in round {rounds}.")
        }
        _ => return None,
    })
}

/// A member hangs, with its sockets open.
pub(super) fn falls_silent(
    agent: &StoryAgent<'_>,
    (kind, site, member): (Kind, SiteId, Role),
) -> String {
    format!(
        "The {} connection to {} at {} stays open, but nothing is answered there any more.",
        server(kind),
        agent.member(kind, site, member),
        agent.site(site)
    )
}

fn noticed(kind: Kind, delay: Span, how: Noticed) -> String {
    let how = match how {
        Noticed::Reset => "the host answers that the connection is gone",
        Noticed::KeepAlive => "keep-alives went unanswered",
    };
    if delay == Span::ZERO {
        format!("The desktop notices the loss of {} at once: {how}.", server(kind))
    } else {
        format!("The desktop notices the loss of {} after {}: {how}.", server(kind), length(delay))
    }
}

/// The DR timers and the phone timer.
fn timer(at: Time, event: &Event) -> Option<String> {
    let due = |fires: Time| format!("due at {} (in {})", since_start(fires), length(fires - at));
    Some(match *event {
        Event::DrTimerStarted { kind, fires } => {
            format!("The DR timer of {} starts, {}.", server(kind), due(fires))
        }
        Event::DrTimerCancelled { kind } => {
            format!("The DR timer of {} is cancelled.", server(kind))
        }
        Event::DrTimerFired { kind, rounds } => {
            format!("The DR timer of {} fires, {}.", server(kind), after_rounds(rounds))
        }
        Event::Capped { until } => format!(
            "The cap on switchovers per hour holds the agent back until {}.",
            since_start(until)
        ),
        Event::PhoneTimerStarted { fires } => format!("The phone timer starts, {}.", due(fires)),
        Event::PhoneTimerCancelled => "The phone timer is cancelled.".to_owned(),
        Event::PhoneTimerFired { elsewhere: true } => {
            "The phone timer fires; the phone is registered at the other site.".to_owned()
        }
        Event::PhoneTimerFired { elsewhere: false } => {
            "The phone timer fires, but the phone is not registered at the other site either."
                .to_owned()
        }
        _ => return None,
    })
}

fn after_rounds(rounds: u32) -> String {
    match rounds {
        0 => "before any round".to_owned(),
        1 => "after 1 round".to_owned(),
        more => format!("after {more} rounds"),
    }
}

/// What the phone and the registrars do.
fn phone(agent: &StoryAgent<'_>, event: &Event) -> Option<String> {
    Some(match *event {
        Event::RegistrationFailed { site, refused } => format!(
            "A REGISTER at {0} {1}: the phone knows that it is no longer registered at {0}.",
            agent.site(site),
            if refused { "is refused" } else { "times out" }
        ),
        Event::Registered { site } => format!("The phone registers at {}.", agent.site(site)),
        Event::BindingEnded { site } => {
            format!("The registrar of {} no longer holds the phone's binding.", agent.site(site))
        }
        Event::PhoneSeenLost { site, since } => seen_lost(agent.site(site), since),
        Event::PhoneSeenBack { site } => {
            format!("The desktop sees its phone registered at {} again.", agent.site(site))
        }
        _ => return None,
    })
}

fn seen_lost(site: &str, since: Option<Time>) -> String {
    let truth = match since {
        Some(since) => format!("it has really been out of use since {}", since_start(since)),
        None => "it is still usable".to_owned(),
    };
    format!("The desktop sees its phone unregistered at {site}; {truth}.")
}

/// Decisions, moves, queues and logins.
fn moving(agent: &StoryAgent<'_>, at: Time, event: &Event) -> Option<String> {
    Some(match *event {
        Event::MoveBegun { reason, to, available, .. } => begun(agent, at, reason, to, available),
        Event::NoSite => format!(
            "The agent has no site now: it tries {} and the other in turn.",
            agent.preferred()
        ),
        Event::Connected { site, member, rounds } => {
            let member = agent.member(Kind::Sip, site, member);
            let round = if rounds > 0 { format!(" in round {rounds}") } else { String::new() };
            format!("Connected to {member} at {}{round}.", agent.site(site))
        }
        Event::ConnectionQueued { site } => {
            format!("Waits for its turn to connect to a SIP Server at {}.", agent.site(site))
        }
        Event::ConnectionTimedOut { site } => format!(
            "No answer from {} within the connect timeout: its turn has not come.",
            agent.site(site)
        ),
        Event::LoginQueued { site } => format!("Waits for a login slot at {}.", agent.site(site)),
        Event::QueueLeft { site } => format!("Leaves the login queue of {}.", agent.site(site)),
        Event::LoginHeldUp { site } => {
            format!("Nobody can log in at {} now: the login waits.", agent.site(site))
        }
        Event::LoginGivenUp { site } => format!("Gives up the login at {}.", agent.site(site)),
        Event::LoginBegun { site, ends } => {
            format!("Login at {} begins and takes {}.", agent.site(site), length(ends - at))
        }
        Event::LoggedIn { site, ready } if ready > at => {
            format!("Logged in at {}; ready at {}.", agent.site(site), since_start(ready))
        }
        Event::LoggedIn { site, .. } => format!("Logged in at {}.", agent.site(site)),
        Event::OrderedToLeave { site } => {
            format!(
                "{} is being drained: the order to leave reaches the desktop.",
                agent.site(site)
            )
        }
        Event::PreferredFound => format!("A probe finds {} available.", agent.preferred()),
        Event::PreferredLostAgain => {
            format!("A probe no longer finds {} available.", agent.preferred())
        }
        Event::RestoreDelayed { until } => {
            let (site, until) = (agent.preferred(), since_start(until));
            format!("The restore waits for a random delay: {site} is probed again at {until}.")
        }
        _ => return None,
    })
}

fn begun(
    agent: &StoryAgent<'_>,
    at: Time,
    reason: Reason,
    to: SiteId,
    available: Option<Time>,
) -> String {
    let to = agent.site(to);
    let why = match reason {
        Reason::SipTimer => "the SIP Server pair stayed lost for the DR timeout",
        Reason::StatTimer => "the Stat Server pair stayed lost for the DR timeout",
        Reason::ConfigTimer => "the Configuration Server pair stayed lost for the DR timeout",
        Reason::PhoneTimer => "the phone stayed away and is registered there",
        Reason::Drain => "ordered to leave",
        Reason::Restore => {
            let since = available.map_or(String::new(), |since| {
                format!(", available since {} (for {})", since_start(since), length(at - since))
            });
            return format!("Restore: the desktop returns to {to}{since}.");
        }
    };
    format!("Switchover to {to} begins: {why}.")
}

/// Power cuts, and a phone that gives up.
fn power(agent: &StoryAgent<'_>, event: &Event) -> Option<String> {
    Some(match *event {
        Event::PowerLost => {
            format!("The power fails at {}: desktop and phone are off.", agent.location())
        }
        Event::Started => "The desktop has started, and looks for a site.".to_owned(),
        Event::PhoneGivesUp { site } => {
            format!("The phone gives up after its last try at {}.", agent.site(site))
        }
        Event::PhoneOff { site } => {
            format!(
                "The phone is off; its registration at {} stays until it expires.",
                agent.site(site)
            )
        }
        _ => return None,
    })
}

/// Coming and going.
fn shift(event: &Event) -> Option<String> {
    Some(match *event {
        Event::ShiftBegun => "Comes for the shift.".to_owned(),
        Event::ShiftEnded => "The shift is over: logs out and goes.".to_owned(),
        Event::HeldByCall { until } => {
            let until = since_start(until);
            format!(
                "The agent would leave; it waits for the end of its call and the work after it, at {until}."
            )
        }
        _ => return None,
    })
}

/// What remains at a site that was left, and what hindsight says.
fn shadow(agent: &StoryAgent<'_>, event: &Event) -> Option<String> {
    Some(match *event {
        Event::GhostBegun { site } => format!(
            "No logout reached {0}: the site still counts the agent as logged in (a ghost).",
            agent.site(site)
        ),
        Event::GhostEnded { site } => format!("The ghost at {} is gone.", agent.site(site)),
        Event::StaleBegun { site } => {
            format!("Calls through {} would now ring a dead contact.", agent.site(site))
        }
        Event::StaleEnded { site } => {
            format!("Calls through {} would no longer ring a dead contact.", agent.site(site))
        }
        Event::Needless => {
            "Before that, the old site had become usable again: the switchover was needless."
                .to_owned()
        }
        _ => return None,
    })
}

/// A cause in words that fit "out of service: ...".
pub(super) const fn cause_words(cause: Cause) -> &'static str {
    match cause {
        Cause::Off => "no power, or starting",
        Cause::Undetected => "not yet noticed",
        Cause::NoSite => "no site available",
        Cause::Restoring => "restoring",
        Cause::Switching => "switching over",
        Cause::Reconnecting => "reconnecting",
        Cause::Phone => "phone not usable",
        Cause::NotReady => "not ready yet",
    }
}
