//! The text that findings point into: name, bytes, lines and columns. Not a reader of files.

use serde::{Deserialize, Serialize};

/// A stretch of a source text, in bytes, half-open.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct TextSpan {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl TextSpan {
    /// The stretch from `start` to `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}

impl From<std::ops::Range<usize>> for TextSpan {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

/// A place as people count: from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A text that another one names. Places count on through both: its own begin at `start`, behind the end of
/// that text and of those that were attached before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// Its name.
    pub name: String,
    /// It.
    pub text: String,
    /// Its first byte.
    pub start: usize,
}

/// A named text, and those that it names.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    line_starts: Vec<usize>,
    start: usize,
    /// In the order of their places; they have none of their own.
    attached: Vec<Source>,
}

impl Source {
    /// Names a text.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let (name, text) = (name.into(), text.into());
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        Self { name, text, line_starts, start: 0, attached: Vec::new() }
    }

    /// Names the bytes of a file; what is not UTF-8 is replaced by U+FFFD.
    #[must_use]
    pub fn from_bytes(name: impl Into<String>, bytes: &[u8]) -> Self {
        Self::new(name, String::from_utf8_lossy(bytes))
    }

    /// With the texts that it names.
    #[must_use]
    pub fn with(mut self, attached: &[Attached]) -> Self {
        let own = |one: &Attached| Self { start: one.start, ..Self::new(&one.name, &one.text) };
        self.attached = attached.iter().map(own).collect();
        self
    }

    /// The text that a byte is in: this one, or one that it names.
    #[must_use]
    pub fn part(&self, offset: usize) -> &Self {
        self.attached.iter().rfind(|part| part.start <= offset).unwrap_or(self)
    }

    /// The file, without its directory, that a byte is in, if it is one that this text names.
    #[must_use]
    pub fn other(&self, offset: usize) -> Option<&str> {
        let part = self.part(offset);
        let file = || part.name.rsplit(['/', '\\']).next().unwrap_or(&part.name);
        (!std::ptr::eq(part, self)).then(file)
    }

    /// The name, as given on the command line.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte in the text that it is in; beyond the end: those of the end.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let part = self.part(offset);
        part.place(offset - part.start)
    }

    fn place(&self, offset: usize) -> Position {
        let offset = self.floor(offset);
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self.line_starts[line - 1];
        Position { line, column: self.text[start..offset].chars().count() + 1 }
    }

    /// A line, counted from 1, without its end; empty beyond the last.
    #[must_use]
    pub fn line(&self, line: usize) -> &str {
        let index = line.saturating_sub(1);
        let Some(start) = self.line_starts.get(index) else { return "" };
        let end = self.line_starts.get(index + 1).copied().unwrap_or(self.text.len());
        let line = &self.text[*start..end];
        let line = line.strip_suffix('\n').unwrap_or(line);
        line.strip_suffix('\r').unwrap_or(line)
    }

    /// The nearest range of bytes, counted in the text that its beginning is in, that lies in it
    /// and on character boundaries.
    #[must_use]
    pub fn clamp(&self, span: TextSpan) -> TextSpan {
        let part = self.part(span.start);
        let within = |offset: usize| part.floor(offset.saturating_sub(part.start));
        let start = within(span.start);
        TextSpan { start, end: within(span.end).max(start) }
    }

    /// The whole lines that a stretch lies in, and the one after, where a stretch may end; counted as by
    /// [`Source::clamp`].
    #[must_use]
    pub fn lines_of(&self, span: TextSpan) -> TextSpan {
        let TextSpan { start, end } = self.clamp(span);
        let part = self.part(span.start);
        let start = part.line_starts[part.place(start).line - 1];
        let after = part.line_starts.partition_point(|line| *line <= end) + 1;
        let end = part.line_starts.get(after).copied().unwrap_or(part.text.len());
        TextSpan { start, end }
    }

    fn floor(&self, offset: usize) -> usize {
        self.text.floor_char_boundary(offset.min(self.text.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_on_in_texts_that_are_attached() {
        let attached = |name: &str, text: &str, start| {
            let (name, text) = (name.to_owned(), text.to_owned());
            Attached { name, text, start }
        };
        let others = [attached("b", "x\näy", 4), attached("c", "z", 9)];
        let source = Source::new("a", "1\n2").with(&others);
        let at = |offset| {
            let Position { line, column } = source.position(offset);
            (source.part(offset).name(), line, column)
        };
        let places = [0, 3, 4, 6, 8, 9, 99].map(at);
        let wanted = [
            ("a", 1, 1),
            ("a", 2, 2),
            ("b", 1, 1),
            ("b", 2, 1),
            ("b", 2, 2),
            ("c", 1, 1),
            ("c", 1, 2),
        ];
        assert_eq!(places, wanted);
        assert_eq!(source.clamp(TextSpan::new(6, 8)), TextSpan::new(2, 4));
        assert_eq!(source.lines_of(TextSpan::new(6, 8)), TextSpan::new(2, 5));
    }
}
