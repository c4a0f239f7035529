//! Lengths of time and instants in messages. It knows nothing of checks.

use crate::model::Model;
use crate::scenario::Effective;
use crate::time::{NANOS, Span, Time};

/// A length in seconds without needless zeros: `90 s`, `0.5 s`; `never` if it does not end.
pub(super) fn plain(span: Span) -> String {
    if !span.ends() {
        return "never".to_owned();
    }
    let whole = span.0 / NANOS;
    let part = format!("{:09}", (span.0 % NANOS).abs());
    match part.trim_end_matches('0') {
        "" => format!("{whole} s"),
        part => format!("{whole}.{part} s"),
    }
}

/// An instant of the run, by the clock where there is one.
pub(super) fn moment(model: &Model, instant: Time) -> String {
    match &model.clock {
        Some(clock) => clock.at(instant),
        None => format!("{} after the start", plain(instant - Time::ZERO)),
    }
}

/// A value and whether it is the default, in words.
pub(super) fn said(timer: &Effective, span: Span) -> String {
    let default = if timer.setting.is_none() || timer.refused { " (the default)" } else { "" };
    format!("{}{default}", plain(span))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_needless_zeros() {
        let table = [(Span::from_secs(90), "90 s"), (Span::from_millis(500), "0.5 s")];
        for (span, expected) in table {
            assert_eq!(plain(span), expected);
        }
        assert_eq!(plain(Span::NEVER), "never");
    }
}
