//! Text as roff: what `man` formats. Only what the pages need.
//!
//! Hyphens, quotes and the like are written so that a terminal shows what a shell needs.

/// Begins a page: no hyphenation, no filling up of lines with spaces.
pub(super) const OPENING: &str = ".nh\n.ad l\n";

/// A line of text, so that nothing of it is read as a request.
pub(super) fn escaped(line: &str) -> String {
    let mut out = String::new();
    if line.starts_with(['.', '\'']) {
        out.push_str("\\&");
    }
    for letter in line.chars() {
        match letter {
            '\\' => out.push_str("\\e"),
            '-' => out.push_str("\\-"),
            '\'' => out.push_str("\\(aq"),
            '`' => out.push_str("\\(ga"),
            '^' => out.push_str("\\(ha"),
            '~' => out.push_str("\\(ti"),
            '"' => out.push_str("\\(dq"),
            letter => out.push(letter),
        }
    }
    out
}

/// A section with its heading.
pub(super) fn section(heading: &str, body: &str) -> String {
    format!(".SH {}\n{body}", escaped(&heading.to_uppercase()))
}

/// Lines that stay as they are, further to the left than text, so that 78 characters fit.
pub(super) fn verbatim<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let lines: Vec<String> = lines.map(escaped).collect();
    format!(".PP\n.RS -5\n.nf\n{}\n.fi\n.RE\n", lines.join("\n"))
}

/// A name in bold and its explanation, indented.
pub(super) fn entry(name: &str, explanation: &str) -> String {
    format!(".TP\n\\fB{}\\fR\n{explanation}\n", escaped(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_shell_needs_survives() {
        assert_eq!(escaped("--set 'a=\"b\"' \\"), "\\-\\-set \\(aqa=\\(dqb\\(dq\\(aq \\e");
        assert_eq!(escaped(".hidden"), "\\&.hidden");
    }
}
