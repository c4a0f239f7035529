//! switchover-scenario(5), the page of the scenario language: its reference in Markdown, set for
//! `man`. It knows the Markdown of that reference and no more.

use std::iter::Peekable;
use std::str::Lines;

use crate::scenario::reference;

use super::roff::{OPENING, escaped, section, verbatim};

/// The page.
pub(super) fn page() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let mut out = format!(".TH switchover\\-scenario 5 \"\" \"switchover {version}\"\n{OPENING}");
    out += &section("Name", "switchover\\-scenario \\- the language of scenario files\n");
    out += &section("Description", "");
    let text = reference();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        out += &block(line, &mut lines);
    }
    let known =
        "\\fBswitchover\\fR(1),\n\\fBswitchover\\-check\\fR(1),\n\\fBswitchover\\-options\\fR(1)\n";
    out + &section("See also", known)
}

/// What begins with this line.
fn block(line: &str, lines: &mut Peekable<Lines<'_>>) -> String {
    if let Some(heading) = line.strip_prefix("### ") {
        return format!(".SS {}\n", styled(heading));
    }
    if let Some(heading) = line.strip_prefix("## ") {
        return format!(".SH {}\n", in_capitals(heading));
    }
    match line {
        _ if line.starts_with("# ") || line.is_empty() => String::new(),
        _ if line.starts_with("```") => {
            let code: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            verbatim(code.into_iter())
        }
        _ if line.starts_with('|') => table(line, lines),
        _ => paragraph(line, lines),
    }
}

/// A heading in words in capitals; one that is code stays as it is.
fn in_capitals(heading: &str) -> String {
    if heading.starts_with('`') { styled(heading) } else { styled(&heading.to_uppercase()) }
}

/// A paragraph, or an item of a list, up to an empty line or the next item.
fn paragraph(line: &str, lines: &mut Peekable<Lines<'_>>) -> String {
    let (mark, first) = item(line).unwrap_or(("", line));
    let mut text = first.to_owned();
    while let Some(next) = lines.next_if(|next| !next.is_empty() && item(next).is_none()) {
        text.push(' ');
        text.push_str(next.trim());
    }
    match mark {
        "" => format!(".PP\n{}\n", styled(&text)),
        "-" => format!(".IP \\(bu 2\n{}\n", styled(&text)),
        number => format!(".IP {number} 4\n{}\n", styled(&text)),
    }
}

/// The mark of an item of a list, and its text.
fn item(line: &str) -> Option<(&str, &str)> {
    let (mark, text) = line.split_once(' ')?;
    let number = mark.strip_suffix('.').is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
    (mark == "-" || number).then_some((mark, text))
}

/// A table as entries: the first cell is the name; the last says what it means; those between are
/// below it behind their headings.
fn table(head: &str, lines: &mut Peekable<Lines<'_>>) -> String {
    let headings = cells(head);
    let mut out = String::new();
    while let Some(row) = lines.next_if(|line| line.starts_with('|')) {
        let row = cells(row);
        let [name, between @ .., meaning] = row.as_slice() else { continue };
        if name.starts_with("---") {
            continue;
        }
        out += &format!(".TP\n{}\n{}\n", styled(name), styled(meaning));
        for (heading, cell) in headings.iter().skip(1).zip(between) {
            out += &format!(".br\n{}: {}\n", escaped(heading), styled(cell));
        }
    }
    out
}

fn cells(row: &str) -> Vec<&str> {
    row.trim_matches('|').split('|').map(str::trim).collect()
}

/// Text with code and emphasis in bold, and links without their targets.
fn styled(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(['`', '*', '[']) {
        let (before, from) = rest.split_at(at);
        out += &escaped(before);
        let (styled, after) = mark(from);
        out += &styled;
        rest = after;
    }
    let out = out + &escaped(rest);
    if out.starts_with(['.', '\'']) { format!("\\&{out}") } else { out }
}

/// The marked text at the beginning, and what follows it.
fn mark(text: &str) -> (String, &str) {
    let within = |open: &str, close: &str| {
        let inner = text.strip_prefix(open)?;
        let end = inner.find(close)?;
        Some((&inner[..end], &inner[end + close.len()..]))
    };
    let bold = |(inner, rest)| (format!("\\fB{}\\fR", escaped(inner)), rest);
    if let Some(found) = within("`", "`").or_else(|| within("**", "**")) {
        return bold(found);
    }
    let link = within("[", "](").and_then(|(name, rest)| Some((name, rest.split_once(')')?.1)));
    match link.filter(|(name, _)| !name.contains(']')) {
        Some((name, rest)) => (escaped(name), rest),
        None => (escaped(&text[..1]), &text[1..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_roff() {
        for (markdown, roff) in [
            ("a `b-c` **d**", "a \\fBb\\-c\\fR \\fBd\\fR"),
            ("see [page](x.md), [0, 1)", "see page, [0, 1)"),
            ("`.x`", "\\fB\\&.x\\fR"),
        ] {
            assert_eq!(styled(markdown), roff);
        }
        let mut rows = "|---|---|---|\n| `seed` | number | The seed. |\n".lines().peekable();
        let expected = ".TP\n\\fBseed\\fR\nThe seed.\n.br\nvalue: number\n";
        assert_eq!(table("| key | value | meaning |", &mut rows), expected);
    }
}
