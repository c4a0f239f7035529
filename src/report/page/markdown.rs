//! The same answer as Markdown: sentences, thresholds, a table of measures, where it comes from. For
//! tickets, wikis and comments on changes.

use std::fmt::Write;

use super::answer::{question, sentences, threshold_cells, thresholds_of};
use super::chapters::headroom_columns;
use super::measures::{cells, lines};
use super::parts::chosen;
use super::set::{Folder, Kind, Refused, Set};
use super::side_by_side::grid;
use crate::report::headroom::HEADROOM_VALUES;

/// The text.
///
/// # Errors
/// [`Refused`] if the directory is no result, or a file in it cannot be understood.
pub fn markdown(folder: &Folder) -> Result<String, Refused> {
    let set = Set::read(folder, String::new())?;
    let mut out = format!("# {}\n", escaped(&question(&set)));
    for sentence in sentences(&set) {
        let _ = write!(out, "\n{}\n", escaped(&sentence.text));
    }
    let thresholds: Vec<_> =
        thresholds_of(&set).iter().map(|one| threshold_cells(&set, one).to_vec()).collect();
    if !thresholds.is_empty() {
        out += &table(&["Verdict", "Threshold", "Found"], &thresholds);
    }
    match set.kind {
        Kind::Run | Kind::Experiment => {
            out += &table(&["Measure", "Value", "Interval", "Key"], &cells(&lines(&set)));
        }
        Kind::Headroom => {
            let csv = headroom_columns(&set.csv(HEADROOM_VALUES)?.unwrap_or_default());
            let head: Vec<&str> = csv.columns.iter().map(String::as_str).collect();
            out += &table(&head, &csv.rows);
        }
        Kind::Compare | Kind::Sweep => {
            let (head, rows) = grid(&set);
            out += &table(&head, &rows);
        }
    }
    let _ = write!(out, "\n{}\n", escaped(&set.stamp()));
    let command = set.provenance("command").as_str().unwrap_or_default();
    if !command.is_empty() {
        // An indented block ends with the line, whatever is in it.
        let _ = write!(out, "\n    {}\n", chosen(command).replace('\n', " "));
    }
    Ok(out)
}

/// A table with an empty line before it.
fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = "\n".to_owned();
    out += &line(head.iter().map(|cell| escaped(cell)).collect());
    out += &line(head.iter().map(|_| "---".to_owned()).collect());
    for row in rows {
        out += &line(row.iter().map(|cell| escaped(cell)).collect());
    }
    out
}

/// A text in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\t' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' => {
                out.push('\\');
                out.push(letter);
            }
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_is_no_markup() {
        let name = "a|b <script> [x](y) *z* `c` #1\n";
        let expected = "a\\|b \\<script\\> \\[x\\](y) \\*z\\* \\`c\\` \\#1 ";
        assert_eq!(super::escaped(name), expected);
    }
}
