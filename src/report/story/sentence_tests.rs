//! Every kind of record in words: a table of events and their sentences.

use super::agent::StoryAgent;
use super::sentences::sentence;
use super::tests::{X, Y, model};
use crate::model::{AgentId, Kind, LocationId, Planes, Role, Target};
use crate::time::{Span, Time};
use crate::trace::{Event, Noticed, Reason};

/// The sentence for an event of the agent at 100 s.
fn told(event: Event) -> String {
    let model = model(Target::Path(LocationId(0), X, Planes::Both), 600, 90);
    let agent = StoryAgent::new(&model, AgentId(0));
    sentence(&agent, Time::from_secs(100), &event).unwrap_or_default()
}

fn check(cases: &[(Event, &str)]) {
    for (event, words) in cases {
        assert_eq!(told(*event), *words, "{event:?}");
    }
}

#[test]
fn connections() {
    let (kind, member, since) = (Kind::Sip, Role::Backup, Time::from_secs(90));
    let stat = Kind::Stat;
    check(&[
        (
            Event::Broken { kind, site: Y, member },
            "The SIP Server connection to sip-y-b (backup) at Y breaks.",
        ),
        (
            Event::Broken { kind: stat, site: Y, member },
            "The Stat Server connection to the backup Stat Server of Y at Y breaks.",
        ),
        (
            Event::Survived { kind },
            "The server answers again before the loss was noticed: the SIP Server connection has survived.",
        ),
        (
            Event::LossNoticed { kind, since, unusable: None, how: Noticed::Reset },
            "The desktop notices the loss of SIP Server after 10s: the host answers that the \
             connection is gone.",
        ),
        (
            Event::Reconnected { kind, member, rounds: 3 },
            "Round 3 finds the backup: the SIP Server connection is back.",
        ),
        (
            Event::ConnectionMoved { kind: stat, to: Y, rounds: 2 },
            "The Stat Server connection alone moves to Y, in round 2.",
        ),
        (
            Event::ConnectionMoved { kind: Kind::Config, to: X, rounds: 0 },
            "A probe finds it: the Configuration Server connection moves back to X.",
        ),
    ]);
}

#[test]
fn timers() {
    let fires = Time::from_secs(160);
    let kind = Kind::Sip;
    check(&[
        (
            Event::DrTimerStarted { kind, fires },
            "The DR timer of SIP Server starts, due at +2m40s (in 1m00s).",
        ),
        (
            Event::DrTimerFired { kind, rounds: 1 },
            "The DR timer of SIP Server fires, after 1 round.",
        ),
        (
            Event::DrTimerFired { kind, rounds: 0 },
            "The DR timer of SIP Server fires, before any round.",
        ),
        (
            Event::Capped { until: fires },
            "The cap on switchovers per hour holds the agent back until +2m40s.",
        ),
        (Event::PhoneTimerStarted { fires }, "The phone timer starts, due at +2m40s (in 1m00s)."),
        (Event::PhoneTimerCancelled, "The phone timer is cancelled."),
        (
            Event::PhoneTimerFired { elsewhere: false },
            "The phone timer fires, but the phone is not registered at the other site either.",
        ),
    ]);
}

#[test]
fn phones() {
    check(&[
        (
            Event::RegistrationFailed { site: X, refused: false },
            "A REGISTER at X times out: the phone knows that it is no longer registered at X.",
        ),
        (
            Event::RegistrationFailed { site: X, refused: true },
            "A REGISTER at X is refused: the phone knows that it is no longer registered at X.",
        ),
        (Event::Registered { site: Y }, "The phone registers at Y."),
        (
            Event::BindingEnded { site: X },
            "The registrar of X no longer holds the phone's binding.",
        ),
        (Event::PhoneGivesUp { site: X }, "The phone gives up after its last try at X."),
        (
            Event::PhoneOff { site: X },
            "The phone is off; its registration at X stays until it expires.",
        ),
        (
            Event::PhoneSeenLost { site: X, since: Some(Time::from_secs(60)) },
            "The desktop sees its phone unregistered at X; it has really been out of use since \
             +1m00s.",
        ),
        (
            Event::PhoneSeenLost { site: X, since: None },
            "The desktop sees its phone unregistered at X; it is still usable.",
        ),
        (Event::PhoneSeenBack { site: X }, "The desktop sees its phone registered at X again."),
    ]);
}

fn begun(reason: Reason, available: Option<Time>) -> Event {
    Event::MoveBegun { reason, from: None, to: Y, in_service: false, available }
}

#[test]
fn moves() {
    check(&[
        (begun(Reason::Drain, None), "Switchover to Y begins: ordered to leave."),
        (
            begun(Reason::StatTimer, None),
            "Switchover to Y begins: the Stat Server pair stayed lost for the DR timeout.",
        ),
        (
            begun(Reason::Restore, Some(Time::from_secs(98))),
            "Restore: the desktop returns to Y, available since +1m38s (for 2s).",
        ),
        (Event::NoSite, "The agent has no site now: it tries X and the other in turn."),
        (
            Event::ConnectionQueued { site: Y },
            "Waits for its turn to connect to a SIP Server at Y.",
        ),
        (
            Event::ConnectionTimedOut { site: Y },
            "No answer from Y within the connect timeout: its turn has not come.",
        ),
        (Event::LoginQueued { site: Y }, "Waits for a login slot at Y."),
        (Event::QueueLeft { site: Y }, "Leaves the login queue of Y."),
        (Event::LoginHeldUp { site: Y }, "Nobody can log in at Y now: the login waits."),
        (Event::LoginGivenUp { site: Y }, "Gives up the login at Y."),
        (
            Event::LoginBegun { site: Y, ends: Time::ZERO + Span::from_millis(108_250) },
            "Login at Y begins and takes 8.250s.",
        ),
        (
            Event::LoggedIn { site: Y, ready: Time::from_secs(130) },
            "Logged in at Y; ready at +2m10s.",
        ),
        (
            Event::OrderedToLeave { site: X },
            "X is being drained: the order to leave reaches the desktop.",
        ),
        (Event::ShiftBegun, "Comes for the shift."),
        (Event::ShiftEnded, "The shift is over: logs out and goes."),
        (Event::PowerLost, "The power fails at office: desktop and phone are off."),
        (Event::Started, "The desktop has started, and looks for a site."),
        (Event::PreferredLostAgain, "A probe no longer finds X available."),
        (
            Event::RestoreDelayed { until: Time::from_secs(120) },
            "The restore waits for a random delay: X is probed again at +2m00s.",
        ),
        (
            Event::HeldByCall { until: Time::from_secs(120) },
            "The agent would leave; it waits for the end of its call and the work after it, at +2m00s.",
        ),
    ]);
}

#[test]
fn shadows() {
    check(&[
        (
            Event::GhostBegun { site: X },
            "No logout reached X: the site still counts the agent as logged in (a ghost).",
        ),
        (Event::StaleBegun { site: X }, "Calls through X would now ring a dead contact."),
        (
            Event::Needless,
            "Before that, the old site had become usable again: the switchover was needless.",
        ),
    ]);
}
