//! What one phone does at one instant: its events there follow each other at once, so they need not
//! go through the list of all events.

use crate::time::Time;

use super::{Event, Who};

/// What is still to be done.
#[derive(Debug)]
pub(super) struct OwnTurn {
    at: Time,
    /// The phone that is being simulated.
    who: Who,
    /// By registration: the message that comes.
    messages: [Option<u32>; 2],
    succeeds: bool,
    ends: bool,
}

impl Default for OwnTurn {
    /// No phone.
    fn default() -> Self {
        let who = Who { group: 0, phone: 0, line: 0 };
        Self { at: Time::NEVER, who, messages: [None; 2], succeeds: false, ends: false }
    }
}

impl OwnTurn {
    /// When it is.
    pub(super) const fn at(&self) -> Time {
        self.at
    }

    /// A phone is simulated from now on, or further.
    pub(super) fn begin(&mut self, at: Time, who: Who) {
        (self.at, self.who) = (at, Who { line: 0, ..who });
    }

    /// Whether an event belongs here; it is kept if it does.
    pub(super) fn push(&mut self, at: Time, who: Who, event: Event) -> bool {
        if at != self.at || (Who { line: 0, ..who }) != self.who {
            return false;
        }
        match event {
            Event::Alone { whole: true } => self.ends = true,
            Event::Alone { whole: false } => self.succeeds = true,
            Event::Message(place) => {
                let message = &mut self.messages[usize::from(who.line)];
                if message.is_some() {
                    return false;
                }
                *message = Some(place);
            }
            Event::Start | Event::Refresh(_) => return false,
        }
        true
    }

    /// What comes first.
    pub(super) fn first(&self) -> Option<(Who, Event)> {
        let message = |line: usize| {
            let who = Who { line: line as u8, ..self.who };
            self.messages[line].map(|place| (who, Event::Message(place)))
        };
        let alone = |due: bool, whole| due.then_some((self.who, Event::Alone { whole }));
        (message(0).or_else(|| message(1)))
            .or_else(|| alone(self.succeeds, false))
            .or_else(|| alone(self.ends, true))
    }

    /// Whether nothing is left to be done.
    pub(super) fn is_over(&self) -> bool {
        self.first().is_none()
    }

    /// Takes it.
    pub(super) fn take(&mut self) -> Option<(Who, Event)> {
        let (who, event) = self.first()?;
        match event {
            Event::Message(_) => self.messages[usize::from(who.line)] = None,
            Event::Alone { whole } => {
                *if whole { &mut self.ends } else { &mut self.succeeds } = false
            }
            Event::Start | Event::Refresh(_) => {}
        }
        Some((who, event))
    }
}
