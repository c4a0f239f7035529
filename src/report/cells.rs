//! What a row of a run's table is made of, cell by cell; the code that takes the cells makes text
//! of them, or keeps their types.

use std::fmt::Display;

use crate::measures::{Ratio, Total};
use crate::model::Model;
use crate::time::{Span, Time};

/// Takes cells, one after the other.
pub(super) trait Cells {
    /// A text; an empty one is no value.
    fn text(&mut self, text: &str);

    /// How many there are.
    fn count(&mut self, number: impl Display + TryInto<i64>);

    /// Yes or no.
    fn flag(&mut self, is: bool);

    /// A number of billionths: seconds from nanoseconds, shares.
    fn billionths(&mut self, value: i128);

    /// A number of millionths.
    fn millionths(&mut self, value: i128);

    /// There is no value.
    fn empty(&mut self);

    /// Ends the row.
    fn end(&mut self);

    /// A text, or nothing.
    fn maybe(&mut self, text: Option<&str>) {
        self.text(text.unwrap_or_default());
    }

    /// How many there are, or nothing.
    fn maybe_count(&mut self, number: Option<impl Display + TryInto<i64>>) {
        match number {
            Some(number) => self.count(number),
            None => self.empty(),
        }
    }

    /// Billionths, or nothing.
    fn maybe_billionths(&mut self, value: Option<i128>) {
        match value {
            Some(value) => self.billionths(value),
            None => self.empty(),
        }
    }

    /// A length of time.
    fn span(&mut self, span: Span) {
        self.billionths(span.0.into());
    }

    /// A length of time, or nothing.
    fn maybe_span(&mut self, span: Option<Span>) {
        match span {
            Some(span) => self.span(span),
            None => self.empty(),
        }
    }

    /// Time since the start.
    fn time(&mut self, time: Time) {
        self.span(time - Time::ZERO);
    }

    /// Time since the start, or nothing.
    fn maybe_time(&mut self, time: Option<Time>) {
        self.maybe_span(time.map(|time| time - Time::ZERO));
    }

    /// A sum of lengths of time.
    fn total(&mut self, total: Total) {
        self.billionths(total.0);
    }

    /// A share; of nothing there is none.
    fn ratio(&mut self, ratio: Ratio) {
        self.maybe_billionths(ratio.billionths());
    }

    /// Local time, where there is a calendar.
    fn local(&mut self, model: &Model, time: Time) {
        if let Some(clock) = &model.clock {
            self.text(&clock.stamp(time));
        }
    }
}
