//! The state of an agent at the start of a run. It plays nothing: connections and registrations
//! begin in the files that know them.

use crate::model::Side;
use crate::time::Time;
use crate::world::Outlook;

use super::context::Context;
use super::state::{Counts, Line, Link, Outage, PhoneTimer, Probing, Stage, State, UNBOUND, alarm};

impl State {
    /// Logged in, connected and ready at the preferred site; registrations and what the world
    /// holds follow.
    pub(super) fn new(cx: &Context) -> Self {
        let sight = Side::BOTH
            .map(|side| cx.sip(side).map_or(Outlook::default(), |outlook| outlook.at(Time::ZERO)));
        Self {
            alarms: [Time::NEVER; alarm::COUNT],
            armed: 0,
            sight,
            position: [0; 2],
            links: [Link::new(); 3],
            lines: Side::BOTH.map(Line::off),
            bound: [UNBOUND; 2],
            registered: [false; 2],
            latest: Side::Preferred,
            seen: [false; 2],
            unusable: [None; 2],
            site: Some(Side::Preferred),
            stage: Stage::LoggedIn,
            open: None,
            no_site: false,
            ready: Time::ZERO,
            phone_lost: false,
            phone_timer: PhoneTimer::Off,
            probing: Probing::OFF,
            logins: 0,
            logged_in: 0,
            decisions: 0,
            switchovers: [Time(i64::MIN); 8],
            ghost: [false; 2],
            stale: [false; 2],
            watch: None,
            outage: Outage::NONE,
            told: None,
            counts: Counts::default(),
        }
    }
}
