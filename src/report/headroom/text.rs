//! Head-room for a terminal: what was asked, a table of the answers where there are several, then every
//! answer with the values that were tried.

use super::json::parts;
use super::sentences;
use crate::experiment::{Answered, Finding, Headroom, short};
use crate::model::Bound;
use crate::report::layout::{Column, Layout, Screen};
use crate::report::numbers::Scale;
use crate::report::words;

/// The whole text; laid out for a screen.
#[must_use]
pub fn text(found: &Headroom, title: &str, screen: Screen) -> String {
    let mut out = format!("{}\n\n", screen.bold(title));
    out += &lines(&sentences::question(found));
    if found.answers.len() > 1 {
        out += &format!("\n{}\n", overview(found).render(screen.width));
    }
    for answer in &found.answers {
        out += &format!("\n{}\n", screen.bold(&answer.path));
        out += &lines(&sentences::answer(found, answer));
        out += &format!("\n{}\n", values(found, answer).render(screen.width));
        let remarks = sentences::findings(answer);
        if !remarks.is_empty() {
            out += &format!("\n{}", lines(&remarks));
        }
    }
    out
}

fn lines(sentences: &[String]) -> String {
    sentences.iter().map(|sentence| format!("{sentence}\n")).collect()
}

/// A row per setting.
fn overview(found: &Headroom) -> Layout {
    let level = words::level(found.level);
    let (keeps, breaks) = (format!("kept\n{level}"), format!("broken\n{level}"));
    let mut columns =
        vec![("varied", Column::Left), ("today", Column::Right), ("kept", Column::Right)];
    if found.is_uncertain() {
        columns.extend([(keeps.as_str(), Column::Right), (breaks.as_str(), Column::Right)]);
    }
    let mut table = Layout::new(&columns);
    for answer in &found.answers {
        let today: Vec<&str> =
            answer.change.in_force.iter().map(|one| one.value.as_str()).collect();
        let parts = parts(answer);
        let kept = match (&answer.finding, parts.answer) {
            (_, Some(answer)) => format!("{}{answer}", side(parts.side)),
            (Finding::Always | Finding::Unaffected(true), None) => "always".to_owned(),
            (Finding::Never | Finding::Unaffected(false), None) => "never".to_owned(),
            _ => "no answer".to_owned(),
        };
        let or_none = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
        let name = titled(answer);
        let today = if today.is_empty() { "-".to_owned() } else { today.join(", ") };
        let cells = vec![name, today, kept, or_none(parts.keeps), or_none(parts.breaks)];
        table.row(cells.into_iter().take(columns.len()).collect());
    }
    table
}

fn side(side: Option<&'static str>) -> &'static str {
    match side {
        Some("smallest") => "from ",
        Some(_) => "up to ",
        None => "",
    }
}

/// The short name with the unit of bare numbers: `disaster-recovery.timeout (s)`.
fn titled(answer: &Answered) -> String {
    let name = short(&answer.path);
    if answer.unit.is_empty() { name } else { format!("{name} ({})", answer.unit) }
}

/// A row per value that was tried.
fn values(found: &Headroom, answer: &Answered) -> Layout {
    let name = titled(answer);
    let scale = scale(found, answer);
    let mut table = Layout::new(&[
        (&name, Column::Left),
        (&found.target.measure, Column::Left),
        ("bound", Column::Left),
        ("", Column::Left),
    ]);
    for point in &answer.tried {
        let today = if point.today { "today" } else { "" };
        let measured = sentences::on(scale, &point.tried.measured);
        let verdict = sentences::verdict(found, point).to_owned();
        table.row(vec![point.text.clone(), measured, verdict, today.to_owned()]);
    }
    table
}

/// The scale of the values near the bound: of a value far beyond it the last digit is not needed,
/// and on the scale of that value the others could not be read.
fn scale(found: &Headroom, answer: &Answered) -> Scale {
    let (Bound::AtMost(bound) | Bound::AtLeast(bound)) = found.target.bound;
    let estimates = answer.tried.iter().map(|point| &point.tried.measured.estimate);
    let shown = estimates.filter_map(|one| Some((one.value?, sentences::telling(found, one))));
    let mut shown: Vec<_> = shown.collect();
    if shown.iter().any(|(value, _)| *value != 0.0 && value.abs() <= NEAR * bound) {
        shown.retain(|(value, _)| value.abs() <= NEAR * bound);
    }
    Scale::shared(&shown, found.target.unit)
}

/// A value is near the bound up to this multiple of it.
const NEAR: f64 = 20.0;
