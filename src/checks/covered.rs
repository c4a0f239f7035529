//! S026: files of arrivals that leave a part of the run out. A queue that gets no calls at all is
//! another finding (S018).

use super::report::Report;
use super::scene::Scene;
use super::words::moment;
use crate::diagnostic::{Diagnostic, TextSpan};
use crate::model::{DAY, Hours, MIDNIGHT, Model, Schedule, Weekly};
use crate::scenario::document::{Arrivals, Dated, Rush};
use crate::time::{Span, Time};

/// What is shorter and has calls before and after it is no closing time.
const CLOSED: Span = Span::from_secs(4 * 3600);

/// The days on which most centres are open.
const WORKDAYS: [&str; 5] = ["Mon", "Tue", "Wed", "Thu", "Fri"];

/// Runs the check.
pub(super) fn check(scene: &Scene, model: &Model, report: &mut Report) {
    for written in &scene.document.calls {
        let (Some(name), Some(arrivals)) = (&written.name, &written.arrivals) else { continue };
        let file = File { name: &name.value, scene, model };
        match &arrivals.value {
            Arrivals::Dated(dated) => file.dated(dated, report),
            Arrivals::Rows(rows) => file.weekly(rows, arrivals.span, report),
            Arrivals::Constant(_) | Arrivals::Weekly(_) => {}
        }
    }
}

/// The file of a queue.
struct File<'a> {
    /// Name of the queue.
    name: &'a str,
    scene: &'a Scene<'a>,
    model: &'a Model,
}

impl File<'_> {
    /// Intervals of the run: it begins with the first and ends with the last of them, and none is missing between.
    fn dated(&self, dated: &Dated, report: &mut Report) {
        let horizon = self.model.horizon;
        let in_run = dated.rates.iter().zip(&dated.rows).filter(|((from, ..), _)| *from < horizon);
        let in_run: Vec<_> = in_run.map(|(&rate, &row)| (rate, row)).collect();
        let calls = in_run.iter().any(|((.., per_hour), _)| *per_hour > 0.0);
        let (Some(&((first, ..), first_row)), Some(&((_, last, _), last_row)), true) =
            (in_run.first(), in_run.last(), calls)
        else {
            return;
        };
        if first > Time::ZERO {
            let message = format!(
                "nobody calls `{}` before {}: its file begins then",
                self.name,
                moment(self.model, first)
            );
            let help = "add the rows that are missing; if nobody calls then, one of 0 calls at the start of the run";
            let found = left_out(message, first_row, "the first interval of the run");
            report.add(self.with_fault(found, (Time::ZERO, first)).help(help));
        }
        if last < horizon {
            let message = format!(
                "nobody calls `{}` from {} on: its file ends then",
                self.name,
                moment(self.model, last)
            );
            let help = "add the rows that are missing; if nobody calls then, one of 0 calls in the last interval of the run";
            let found = left_out(message, last_row, "the last interval of the run");
            report.add(self.with_fault(found, (last, horizon)).help(help));
        }
        self.holes(&in_run, report);
    }

    /// Times between two rows with calls in which there are none.
    fn holes(&self, in_run: &[((Time, Time, f64), TextSpan)], report: &mut Report) {
        let hole = |pair: &&[((Time, Time, f64), TextSpan)]| {
            let [((_, from, before), _), ((to, _, after), _)] = pair else { return false };
            (1..CLOSED.0).contains(&(*to - *from).0) && *before > 0.0 && *after > 0.0
        };
        let mut holes = in_run.windows(2).filter(hole);
        let Some([((_, from, _), _), ((to, ..), row)]) = holes.next() else { return };
        let more = match holes.count() {
            0 => String::new(),
            1 => ", and 1 more time".to_owned(),
            more => format!(", and {more} more times"),
        };
        let (name, from_text, to_text) =
            (self.name, moment(self.model, *from), moment(self.model, *to));
        let message = format!(
            "nobody calls `{name}` from {from_text} to {to_text}{more}: its file has no row there"
        );
        let help = "add the rows that are missing; if nobody calls then, with 0 calls";
        let found = left_out(message, *row, "the next interval");
        report.add(self.with_fault(found, (*from, *to)).help(help));
    }

    /// Intervals of a week: all working days of the run have some.
    fn weekly(&self, rows: &[Rush], span: TextSpan, report: &mut Report) {
        let clock = self.model.clock.as_ref().unwrap_or(&MIDNIGHT);
        let missing = (0..WORKDAYS.len()).filter(|&day| {
            let days = std::array::from_fn(|other| other == day);
            let whole = Weekly { days, from: Span::ZERO, to: Span(DAY) };
            let in_run = !Hours::of(clock, &[whole], self.model.horizon).is_empty();
            in_run && rows.iter().flat_map(|row| &row.when).all(|when| !when.days[day])
        });
        let missing: Vec<&str> = missing.map(|day| WORKDAYS[day]).collect();
        let has_calls = rows.iter().any(|row| row.per_hour > 0.0);
        if missing.is_empty() || !has_calls || missing.len() == WORKDAYS.len() {
            return;
        }
        let (name, days) = (self.name, missing.join(", "));
        let message =
            format!("nobody calls `{name}` on {days}: its file has no row for these days");
        let help = "add the days that are missing; if nobody calls then, a row of 0 calls for each";
        report.add(left_out(message, span, "each row is for every week").help(help));
    }

    /// With the first scripted fault that begins in a time without calls.
    fn with_fault(&self, found: Diagnostic, (from, to): (Time, Time)) -> Diagnostic {
        let faults = self.scene.document.faults.iter().zip(&self.model.faults);
        let mut starts = faults.filter_map(|(written, fault)| match fault.schedule {
            Schedule::Scripted { at, .. } => Some((at, written.span)),
            Schedule::Random { .. } => None,
        });
        match starts.find(|(at, _)| (from..to).contains(at)) {
            Some((_, span)) => found.also(span, "this fault begins then"),
            None => found,
        }
    }
}

fn left_out(message: String, span: TextSpan, label: &str) -> Diagnostic {
    Diagnostic::warning("S026", message, span).label(label)
}
