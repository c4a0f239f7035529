//! The messages of one transaction, one after the other.

use crate::model::{Phone, Transport};
use crate::phones::{Lost, Outcome, QueuedRegister, Response};
use crate::time::{Span, Time};

/// The state of a transaction when one of its messages comes to the registrar, or is lost on the
/// way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sends {
    /// The transaction.
    pub register: QueuedRegister,
    /// When it is given up.
    pub end: Time,
    /// From this message to the next; zero: there is none.
    interval: Span,
    /// Until when the registrar knows that a message of it has come.
    pub known: Time,
    /// This message is not the first that was sent.
    again: bool,
    /// The response that comes first, if one does.
    pub answer: Option<Response>,
    /// Messages that are lost in a row.
    pub lost: Option<Lost>,
}

/// All transactions that are under way; an event in the list is small without them.
#[derive(Debug, Default)]
pub(super) struct UnderWay {
    places: Vec<Sends>,
    free: Vec<u32>,
}

impl UnderWay {
    /// A transaction waits for its next message; returns its position.
    pub(super) fn begin(&mut self, sends: Sends) -> u32 {
        if let Some(place) = self.free.pop() {
            self.places[place as usize] = sends;
            return place;
        }
        self.places.push(sends);
        (self.places.len() - 1) as u32
    }

    /// Its time has come.
    pub(super) fn end(&mut self, place: u32) -> Sends {
        self.free.push(place);
        self.places[place as usize]
    }
}

impl Sends {
    /// A transaction that begins.
    pub(super) fn new(phone: &Phone, register: &QueuedRegister) -> Self {
        let end = register.start + phone.transaction_timeout;
        let again = register.first > register.start;
        let mut sends = Self {
            register: *register,
            end,
            interval: Span::ZERO,
            known: Time(i64::MIN),
            again,
            answer: None,
            lost: None,
        };
        if let Transport::Udp { t1, t2 } = phone.transport {
            let mut send = register.start;
            sends.interval = t1;
            while send < register.first {
                send += sends.interval;
                sends.interval = t2.min(sends.interval + sends.interval);
            }
        }
        sends
    }

    /// When the next message is sent, if the answer is not there before and time is not up.
    pub(super) fn next(&mut self, now: Time, phone: &Phone) -> Option<Time> {
        let Transport::Udp { t2, .. } = phone.transport else { return None };
        let next = now + self.interval;
        self.again = true;
        self.interval = t2.min(self.interval + self.interval);
        // What is sent at the instant of a refusal comes before it, and may still be answered.
        let sent = |answer: Response| next < answer.at || answer.refused && next == answer.at;
        self.answer.map_or(next < self.end, sent).then_some(next)
    }

    /// Whether a message of it has been sent before this one.
    pub(super) const fn again(&self) -> bool {
        self.again
    }

    /// Its outcome if nothing else comes.
    pub(super) fn outcome(&self) -> Outcome {
        Response::ends(self.answer, self.end)
    }

    /// Whether the answer came before a second message was due.
    pub(super) fn at_once(&self, phone: &Phone) -> bool {
        let second = match phone.transport {
            Transport::Udp { t1, .. } => self.register.start + t1,
            Transport::Tcp => self.end,
        };
        !self.again && self.answer.is_some_and(|answer| !answer.refused && answer.at <= second)
    }
}
