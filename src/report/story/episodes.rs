//! Cuts the records of one agent into episodes: stretches of trouble between stretches of calm.
//!
//! Calm is: in service, every connection up, the phone seen registered, no move and no restore
//! under way. What is recorded while all is calm (a registration coming back at the other site)
//! is a meanwhile, not an episode of its own.

use std::ops::Range;

use crate::trace::{Event, Record};

/// A run of records that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The records.
    pub(super) records: Range<usize>,
    /// Nothing happened in it that concerned the agent's work.
    pub(super) calm: bool,
}

/// The stretches, in order. The first state and the closing tally belong to none.
pub(super) fn cut(records: &[Record]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut trouble = Trouble::default();
    let mut joined = false;
    let mut start = 0;
    for instant in records.chunk_by(|a, b| a.at == b.at) {
        let end = start + instant.len();
        let before = trouble;
        let told = instant.iter().enumerate().filter(|(offset, record)| {
            trouble.take(&record.event);
            !(start + offset == 0 || matches!(record.event, Event::Tally { .. }))
        });
        let told = told.count() > 0;
        let calm = before.is_calm() && trouble.is_calm() && !instant.iter().any(is_trouble);
        if told {
            match stretches.last_mut() {
                Some(last) if last.calm == calm && (calm || joined) => last.records.end = end,
                _ => stretches.push(Stretch { records: start..end, calm }),
            }
            joined = !trouble.is_calm();
        }
        start = end;
    }
    stretches
}

/// Whether a record is trouble even if all is calm again within its instant.
fn is_trouble(record: &Record) -> bool {
    matches!(
        record.event,
        Event::Broken { .. } | Event::LossNoticed { .. } | Event::MoveBegun { .. }
    )
}

/// What keeps an agent from being calm.
#[derive(Clone, Copy, Debug, Default)]
struct Trouble {
    out: bool,
    links: [bool; 3],
    phone: bool,
    moving: bool,
    found: bool,
}

impl Trouble {
    fn is_calm(self) -> bool {
        !(self.out || self.links.contains(&true) || self.phone || self.moving || self.found)
    }

    fn take(&mut self, event: &Event) {
        match *event {
            Event::State { cause, .. } => self.out = cause.is_some(),
            Event::Broken { kind, .. } => self.links[kind.index()] = true,
            Event::Survived { kind }
            | Event::Reconnected { kind, .. }
            | Event::ConnectionMoved { kind, .. } => self.links[kind.index()] = false,
            Event::PhoneSeenLost { .. } => self.phone = true,
            Event::PhoneSeenBack { .. } => self.phone = false,
            Event::PreferredFound => self.found = true,
            Event::PreferredLostAgain => self.found = false,
            Event::MoveBegun { .. } => {
                *self = Self { out: self.out, moving: true, ..Self::default() }
            }
            Event::LoggedIn { .. } => self.moving = false,
            Event::ShiftEnded => *self = Self { out: self.out, ..Self::default() },
            _ => {}
        }
    }
}
