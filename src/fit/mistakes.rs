//! The factory of mistakes in a log: codes L001 ... with their words. It finds nothing itself.

use crate::diagnostic::{Diagnostic, TextSpan, did_you_mean};

/// Most mistakes that are kept; the others are counted.
const MOST: usize = 50;

/// The mistakes of one log.
#[derive(Clone, Debug, Default)]
pub struct Mistakes {
    /// The first ones, in the order of the text.
    pub found: Vec<Diagnostic>,
    /// How many more there are.
    pub more: usize,
}

impl Mistakes {
    /// Notes a mistake.
    pub fn push(&mut self, mistake: Diagnostic) {
        if self.found.len() < MOST {
            self.found.push(mistake);
        } else {
            self.more += 1;
        }
    }

    /// Puts them in the order of the text.
    pub fn sort(&mut self) {
        self.found.sort_by_key(|mistake| mistake.primary.span.start);
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}

impl From<Diagnostic> for Mistakes {
    fn from(mistake: Diagnostic) -> Self {
        Self { found: vec![mistake], more: 0 }
    }
}

/// L001: the bytes are no text.
pub(super) fn not_utf8(at: usize) -> Diagnostic {
    Diagnostic::error("L001", "the log is not UTF-8 text", TextSpan::new(at, at + 1))
        .label("the first byte that is no part of a character")
        .help("save the log with the encoding UTF-8")
}

/// L002: a quote that is never closed.
pub(super) fn open_quote(span: TextSpan) -> Diagnostic {
    Diagnostic::error("L002", "a quote is never closed", span)
        .label("opened here")
        .help("close it before the end of the cell; a quote inside quotes is written twice")
}

/// L003: nothing to read.
pub(super) fn no_rows(span: TextSpan) -> Diagnostic {
    Diagnostic::error("L003", "the log has no outages", span)
        .help("write a header such as `component,start,end`, and a row per outage")
}

/// L004: a column is missing. The proposal is what `--columns` could say.
pub(super) fn missing_column(
    what: &str,
    header: TextSpan,
    names: &[&str],
    proposal: &[(&str, String)],
) -> Diagnostic {
    let pairs: Vec<String> = proposal.iter().map(|(role, name)| format!("{role}={name}")).collect();
    let help = if pairs.is_empty() {
        let role = what.split(' ').next().unwrap_or(what);
        format!("the columns are: {}; `--columns {role}=NAME` names it", names.join(", "))
    } else {
        format!("`--columns {}` would read it", quoted(&pairs.join(",")))
    };
    Diagnostic::error("L004", format!("the log has no column {what}"), header)
        .label("the header")
        .help(help)
}

/// An argument as a shell takes it.
fn quoted(text: &str) -> String {
    if text.contains([' ', '(', ')', '&', ';']) { format!("\"{text}\"") } else { text.to_owned() }
}

/// L004: rows of another kind.
pub(super) fn other_rows(header: TextSpan, transitions: bool) -> Diagnostic {
    let kind = if transitions { "transitions" } else { "samples" };
    let message = format!(
        "a row is one outage, with a start and an end or a duration; this looks like {kind}"
    );
    Diagnostic::error("L004", message, header)
        .label("the header")
        .help(format!("leave `--rows` away, or write --rows {kind}"))
}

/// L004: `--columns` names a column that the log does not have.
pub(super) fn no_such_column(
    role: &str,
    name: &str,
    header: TextSpan,
    names: &[&str],
) -> Diagnostic {
    let help = match did_you_mean(name, names.iter().copied()) {
        Some(near) => format!("did you mean `--columns {role}={near}`?"),
        None => format!("the columns are: {}", names.join(", ")),
    };
    Diagnostic::error("L004", format!("the log has no column `{name}`"), header)
        .label("the header")
        .help(help)
}

/// L005: two columns say the same thing.
pub(super) fn column_twice(
    role: &str,
    first: (&str, TextSpan),
    second: (&str, TextSpan),
) -> Diagnostic {
    let (message, help) = if first.0.eq_ignore_ascii_case(second.0) {
        let message = format!("there are two columns `{}`", first.0);
        (message, "keep one of the two, or rename the other".to_owned())
    } else {
        let message = format!("`{}` and `{}` say the same thing", first.0, second.0);
        let mapped = quoted(&format!("{role}={}", first.0));
        (message, format!("keep one of the two, or say which holds: --columns {mapped}"))
    };
    Diagnostic::error("L005", message, second.1).label("again").also(first.1, "first").help(help)
}

/// L006: a row with more or fewer cells than the header.
pub(super) fn ragged(span: TextSpan, cells: usize, columns: usize) -> Diagnostic {
    let plural = if cells == 1 { "" } else { "s" };
    Diagnostic::error("L006", "the row does not fit the header", span)
        .label(format!("{cells} cell{plural}, but there are {columns} columns"))
        .help("put a cell that contains the separator in quotes")
}

/// What is known of the form of a cell that is no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form<'f> {
    /// The cell is empty.
    Empty,
    /// It is right, but the clocks do not show this time, or show it twice.
    Right,
    /// This `--date-format` would read it.
    Other(&'static str),
    /// The same of a date with slashes, of which this number can only be the day.
    Decided(&'static str, u32),
    /// It is not that of this `--date-format`, which is given.
    Given(&'f str),
    /// No `--date-format` is given, and none is known that would read it.
    Unknown,
}

/// L007: a cell that is no time.
pub(super) fn bad_time(column: &str, span: TextSpan, wrong: &str, form: Form<'_>) -> Diagnostic {
    let help = match form {
        Form::Empty => "write the time, or remove the row; an empty `end`: still down".to_owned(),
        Form::Right => {
            "write the time that was meant; with an offset from UTC (in ISO 8601, or as %z \
                        of --date-format) every time is clear"
                .to_owned()
        }
        Form::Other(format) if format.contains("%m/%d") => format!(
            "--date-format \"{format}\" reads it if the month comes first; swap %m and %d if the \
             day does"
        ),
        Form::Other(format) => format!("--date-format \"{format}\" would read it"),
        Form::Decided(format, day) => {
            format!("--date-format \"{format}\" would read it: {day} can only be the day")
        }
        Form::Given(format) => format!(
            "--date-format \"{format}\" is for all times of the log: write this one like the others"
        ),
        Form::Unknown => "write a date with a time, such as 2025-03-01T14:30:00Z, or seconds; \
                          --date-format reads other dates; an empty `end`: still down"
            .to_owned(),
    };
    Diagnostic::error("L007", format!("`{column}` cannot be read"), span).label(wrong).help(help)
}

/// L007: a cell that is no length of time; `unit`: that of bare numbers, if the header names one.
pub(super) fn bad_length(span: TextSpan, wrong: &str, unit: Option<f64>) -> Diagnostic {
    let (bare, example) = match unit {
        None => ("seconds", ""),
        Some(secs) if secs < 1.0 => ("numbers in the unit of the header", "1500"),
        Some(secs) if secs < 60.0 => ("seconds, the unit of the header", "90"),
        Some(secs) if secs < 3_600.0 => ("minutes, the unit of the header", "1.5"),
        Some(secs) if secs < 86_400.0 => ("hours, the unit of the header", "1.5"),
        Some(_) => ("days, the unit of the header", "1.5"),
    };
    let example = if unit.is_some() { format!(", such as {example}") } else { String::new() };
    Diagnostic::error("L007", "`duration` cannot be read", span).label(wrong).help(format!(
        "write {bare}{example}, or numbers with units, such as \"2h30m\"; empty: still down"
    ))
}

/// L008: dates and bare seconds in one log.
pub(super) fn mixed_times(span: TextSpan, first: TextSpan) -> Diagnostic {
    Diagnostic::error("L008", "the log writes its times in two ways", span)
        .label("another way than before")
        .also(first, "the first time of the log")
        .help("write dates everywhere, or seconds everywhere")
}

/// L009: an outage that ends before it begins.
pub(super) fn backwards(start: TextSpan, end: TextSpan) -> Diagnostic {
    Diagnostic::error("L009", "the outage ends before it begins", end)
        .label("earlier than its start")
        .also(start, "the start")
        .help("correct the row; a time without an offset is UTC, or local with --time-zone NAME")
}

/// L010: outages without length.
pub(super) fn no_length(spans: &[TextSpan], unit: &str) -> Diagnostic {
    let message = match spans.len() {
        1 => "an outage has no length".to_owned(),
        many => format!("{many} outages have no length"),
    };
    let first = spans.first().copied().unwrap_or_default();
    let found = Diagnostic::error("L010", message, first).label("ends when it begins");
    let found = spans.iter().skip(1).take(2).fold(found, |f, span| f.also(*span, "and this"));
    found.help(format!(
        "correct or remove them; --zero-lengths smallest counts each as {unit}, the smallest unit \
         that the log writes"
    ))
}

/// L011: an outage that never ended, though its component failed again.
pub(super) fn open_inside(open: TextSpan, next: TextSpan) -> Diagnostic {
    Diagnostic::error("L011", "an outage without an end is followed by another", open)
        .label("still down, says the log")
        .also(next, "the same component goes down again")
        .help(
            "write its end (only the last outage of a component may be open); or --open drop counts \
             the failure and leaves the unknown length out",
        )
}

/// L012: outages of one component overlap.
pub(super) fn overlaps(
    pairs: &[(TextSpan, TextSpan)],
    components: usize,
    rows: usize,
    left: usize,
) -> Diagnostic {
    let (many, several) = (pairs.len(), components);
    let plural = |number, one: &'static str, more| if number == 1 { one } else { more };
    let message = format!(
        "{many} {} of {several} {} {} before an earlier one is over",
        plural(many, "outage", "outages"),
        plural(several, "component", "components"),
        plural(many, "begins", "begin"),
    );
    let (first, earlier) = pairs.first().copied().unwrap_or_default();
    let found = Diagnostic::error("L012", message, first)
        .label("begins while the component is down, or at the moment of its return")
        .also(earlier, "still down from here on");
    let found = pairs.iter().skip(1).take(2).fold(found, |f, (row, _)| f.also(*row, "and this"));
    found.help(format!(
        "if these are several things under one name, give each its own name (--columns \
         component=NAME); if they are one thing, --overlaps merge counts outages that overlap or \
         touch as one, from the first start to the last end: {rows} rows become {left} outages"
    ))
}

/// L013: a cell that is no state.
pub(super) fn bad_state(column: &str, span: TextSpan) -> Diagnostic {
    Diagnostic::error("L013", format!("`{column}` cannot be read"), span)
        .label("neither down nor up")
        .help("write down or up, 0 or 1, false or true")
}
