//! One registration of a phone, or the chain of transactions of a phone with a single one, and what an
//! instant does to it: plain data.

use crate::model::{Failback, Side, Style};
use crate::time::{Span, Time};

/// A phone whose refreshes away from home try the preferred site first.
pub(super) const TRIES_HOME_FIRST: Style = Style::Failover { failback: Failback::Refresh };

/// Refreshes of a phone that are messages, after its last transaction that was no refresh or took
/// more than its first send, or from a scripted first one on.
pub(super) const IN_STEP: u8 = 10;

/// What a success brings.
#[derive(Clone, Copy, Debug)]
pub(super) struct Granted {
    /// How long the binding lasts.
    pub expiry: Span,
    /// When it is refreshed.
    pub refresh: Span,
}

/// What a chain does next, at [`Line::at`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Nothing: there is no such registration, or the phone has given up.
    Off,
    /// Refreshes undisturbed, until the first refresh that will not succeed at once.
    Steady,
    /// A failover phone away from home, refreshed there after each failed attempt at home, until
    /// the first such cycle that may end otherwise.
    Away,
    /// The transaction under way, or due, will succeed.
    Succeeds,
    /// The transaction under way, or due, will fail.
    Fails,
    /// The registrar has a capacity: the first message comes there at [`Line::at`], and the outcome
    /// is not known yet.
    Asks,
}

/// One registration, or the chain of transactions of a phone with a single one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// What comes next.
    pub step: Step,
    /// When.
    pub at: Time,
    /// Where the transaction goes.
    pub side: Side,
    /// First refresh of a steady interval, or first of the transactions known to fail.
    pub first: Time,
    /// Start of the transaction under way or due.
    pub start: Time,
    /// Transactions known to fail, and not stepped through, between `first` and `start`.
    pub skipped: Skipped,
    /// The transaction that fails is refused.
    pub refused: bool,
    /// Consecutive failures.
    pub failures: u32,
    /// Waits so far.
    pub waits: u32,
    /// Failover phone: the other site has been tried in this sequence.
    pub second: bool,
    /// The transaction under way, or due, is a refresh; else a retry, or at a new site.
    pub refreshes: bool,
    /// Refreshes still to come that are messages to a registrar with a capacity.
    pub in_step: u8,
    /// Successes so far, and refusals: what is drawn for each has their number.
    pub grants: u32,
    /// See `grants`.
    pub refusals: u32,
}

/// Transactions known to fail, in cycles of one or two each.
#[derive(Clone, Copy, Debug)]
pub(super) struct Skipped {
    /// Number of cycles.
    pub cycles: i64,
    /// Length of a cycle.
    pub period: Span,
    /// Transactions in a cycle, one after the other.
    pub sites: u8,
}

impl Skipped {
    /// None.
    pub(super) const NONE: Self = Self { cycles: 0, period: Span::ZERO, sites: 1 };
}

impl Line {
    /// Whether the last transaction failed.
    pub(super) const fn fails(&self) -> bool {
        self.failures > 0
    }

    /// A registration that does not exist.
    pub(super) const fn off(side: Side) -> Self {
        Self {
            step: Step::Off,
            at: Time::NEVER,
            side,
            first: Time::NEVER,
            start: Time::NEVER,
            skipped: Skipped::NONE,
            refused: false,
            failures: 0,
            waits: 0,
            second: false,
            refreshes: false,
            in_step: 0,
            grants: 0,
            refusals: 0,
        }
    }

    /// When it matters to its phone next.
    pub(super) fn due(&self) -> Time {
        if self.step == Step::Asks { Time::NEVER } else { self.at }
    }

    /// Whether it refreshes undisturbed, and none of its refreshes is a message.
    pub(super) fn is_quiet(&self) -> bool {
        self.step == Step::Steady && self.in_step == 0
    }
}

/// What an instant does to a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RegistrationChange {
    /// A REGISTER succeeds after a failure, late, or at a new site.
    Registered,
    /// A transaction fails, and the phone knows that it is not registered.
    Failed {
        /// By a refusal; else no answer came in time.
        refused: bool,
    },
    /// It has failed too often in a row: the phone does not try again.
    GivesUp,
    /// The phone goes off.
    Off,
    /// The binding ends without a successor.
    Ended,
}

/// How much of an instant happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Through {
    /// Successes only: a desktop that connects at the same instant prevents what would follow.
    Successes,
    /// All of it.
    End,
}

/// What happened to a registration, for the trace and the measures.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Note {
    /// When.
    pub at: Time,
    /// Where.
    pub side: Side,
    /// What.
    pub change: RegistrationChange,
    /// How much had happened at that instant when the desktop made the phone follow, if it did.
    pub after: Option<u8>,
}
