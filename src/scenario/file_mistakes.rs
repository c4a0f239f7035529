//! The factory of mistakes in data files and of their columns (S015), with their words. It finds nothing itself.

use super::mistakes::bad_file;
use crate::diagnostic::{Diagnostic, TextSpan, did_you_mean};
use crate::options;

/// S015: a file has no such column. `names`: those that it has; `more`: what else helps.
pub(super) fn no_column(
    whose: &str,
    column: &str,
    span: TextSpan,
    (names, more): (&[&str], &str),
) -> Diagnostic {
    bad_file(format!("{whose} has no column `{column}`"), span, "no such column".to_owned())
        .help(format!("its columns: {}{more}", names.join(", ")))
}

/// S015: a column of a roster that is none. `known`: those that there are.
pub(super) fn unknown_column(name: &str, span: TextSpan, known: &[&str]) -> Diagnostic {
    let options = options::all().filter(|entry| entry.family.is_vendor()).map(|entry| entry.name);
    let near = did_you_mean(name, known.iter().copied().chain(options));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "columns are {}, and options of `interaction-workspace`; `agents-columns` gives one another \
             name, and `agents-ignored` leaves it out",
            known.join(", ")
        ),
    };
    bad_file(format!("a roster has no column `{name}`"), span, "unknown column".to_owned())
        .help(help)
}

/// S015: a quote that is never closed.
pub(super) fn open_quote(span: TextSpan) -> Diagnostic {
    bad_file("a quote is never closed".to_owned(), span, "opened here".to_owned())
}

/// S015: a row with more or fewer cells than its header.
pub(super) fn ragged(span: TextSpan, cells: usize, columns: usize) -> Diagnostic {
    let plural = if cells == 1 { "" } else { "s" };
    let label = format!("{cells} cell{plural}, but there are {columns} columns");
    bad_file("a row does not fit the header".to_owned(), span, label)
}

/// S015: mistakes in a text that are only counted.
pub(super) fn more_in(file: &str, number: usize, end: TextSpan) -> Diagnostic {
    let plural = if number == 1 { "" } else { "s" };
    bad_file(format!("`{file}` has {number} more mistake{plural}"), end, String::new())
        .help("correct those above first")
}
