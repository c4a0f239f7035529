//! Queues of calls as written. Groups and sites are names here.

use super::Spanned;
use crate::diagnostic::TextSpan;
use crate::distribution::Law;
use crate::model::{AtLoss, ShareOf, Weekly};
use crate::scenario::units::Fraction;
use crate::time::{Span, Time};

/// `[[calls]]`.
#[derive(Clone, Debug)]
pub struct Calls {
    /// Name.
    pub name: Option<Spanned<String>>,
    /// `arrivals`.
    pub arrivals: Option<Spanned<Arrivals>>,
    /// `day-factor`.
    pub day_factor: Option<Spanned<f64>>,
    /// `handling`.
    pub handling: Option<Spanned<Law>>,
    /// `after-call`.
    pub after_call: Option<Spanned<Law>>,
    /// `patience`.
    pub patience: Option<Spanned<Law>>,
    /// `never-waits`.
    pub never_waits: Option<Spanned<Fraction>>,
    /// `groups`.
    pub groups: Option<Spanned<Vec<Spanned<String>>>>,
    /// `redial`.
    pub redial: Option<Spanned<Fraction>>,
    /// `redial-delay`.
    pub redial_delay: Option<Spanned<Law>>,
    /// `waiting-places`.
    pub waiting_places: Option<Spanned<u32>>,
    /// `pooled`.
    pub pooled: Option<Spanned<bool>>,
    /// `entry`.
    pub entry: Option<Spanned<Vec<EntryShare>>>,
    /// `call-at-loss`.
    pub at_loss: Option<Spanned<AtLoss>>,
    /// `ring-timeout`.
    pub ring_timeout: Option<Spanned<Span>>,
    /// `gateway-lag`.
    pub gateway_lag: Option<Spanned<Span>>,
    /// `answer-within`.
    pub within: Option<Spanned<Span>>,
    /// `service-level`.
    pub share_of: Option<Spanned<ShareOf>>,
    /// `service-level-target`.
    pub target: Option<Spanned<Fraction>>,
    /// The header.
    pub span: TextSpan,
}

/// When calls come.
#[derive(Clone, Debug, PartialEq)]
pub enum Arrivals {
    /// Always this many per hour.
    Constant(f64),
    /// By hours of the week; the first that is open counts.
    Weekly(Vec<Rush>),
    /// The same from a file whose rows are intervals of a day or of a week.
    Rows(Vec<Rush>),
    /// By intervals of the run, from a file.
    Dated(Dated),
}

/// Calls by intervals of the run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dated {
    /// In order: [from, to) with a number of calls per hour.
    pub rates: Vec<(Time, Time, f64)>,
    /// The row of each, where its interval is written.
    pub rows: Vec<TextSpan>,
    /// Rows left out, because they begin before the run.
    pub before: usize,
}

/// Calls in some hours of the week.
#[derive(Clone, Debug, PartialEq)]
pub struct Rush {
    /// The hours.
    pub when: Vec<Weekly>,
    /// Calls per hour.
    pub per_hour: f64,
}

/// A share of the calls that comes in at a site.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryShare {
    /// The site.
    pub site: Spanned<String>,
    /// The share.
    pub share: Spanned<Fraction>,
}
