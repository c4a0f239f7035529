//! Which findings are shown where there are too many to read: the worst, in the order of the
//! text. It finds nothing and writes nothing.

use crate::diagnostic::{Diagnostic, Severity};

/// Most findings that are shown; the others are counted.
pub const MOST: usize = 50;

/// The findings that are shown.
#[derive(Debug)]
pub struct Shown<'f> {
    /// The worst of them, in the order of the text.
    pub findings: Vec<&'f Diagnostic>,
    /// How many are left out.
    pub left_out: usize,
}

impl<'f> Shown<'f> {
    /// Of those that are as bad as `mildest` or worse, as many as people read.
    #[must_use]
    pub fn of(findings: &'f [Diagnostic], mildest: Severity) -> Self {
        let wanted = findings.iter().enumerate().filter(|(_, one)| one.severity <= mildest);
        let mut wanted: Vec<(usize, &Diagnostic)> = wanted.collect();
        wanted.sort_by_key(|(_, one)| one.severity);
        let left_out = wanted.len().saturating_sub(MOST);
        wanted.truncate(MOST);
        wanted.sort_by_key(|(place, _)| *place);
        Self { findings: wanted.into_iter().map(|(_, one)| one).collect(), left_out }
    }

    /// `, 12 not shown`; nothing if all are shown.
    #[must_use]
    pub fn rest(&self) -> String {
        if self.left_out == 0 { String::new() } else { format!(", {} not shown", self.left_out) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::TextSpan;

    #[test]
    fn the_worst_are_shown_in_the_order_of_the_text() {
        let at = |place| TextSpan::new(place, place);
        let mut all: Vec<_> = (0..60).map(|n| Diagnostic::warning("S018", "late", at(n))).collect();
        all.push(Diagnostic::error("S004", "unknown", at(60)));
        all.push(Diagnostic::info("V44", "one way", at(61)));
        let shown = Shown::of(&all, Severity::Info);
        assert_eq!((shown.findings.len(), shown.left_out), (MOST, 12));
        assert_eq!(shown.findings.last().unwrap().code, "S004", "the error is not left out");
        assert_eq!(shown.findings[48].primary.span.start, 48);
        assert_eq!(shown.rest(), ", 12 not shown");

        let few = Shown::of(&all[58..], Severity::Warning);
        assert_eq!((few.findings.len(), few.left_out, few.rest()), (3, 0, String::new()));
    }
}
