//! A text of comma-separated values cut into cells that know where they are (RFC 4180, with `;` or
//! tabs as well). It does not know what a cell means.

use super::TextSpan;

/// One cell: its content without quotes and surrounding spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Content.
    pub text: String,
    /// Where it is, quotes included.
    pub span: TextSpan,
}

/// The cells of one record.
pub type Record = Vec<Cell>;

/// The place of a whole row.
pub fn row_span(record: &Record) -> TextSpan {
    let start = record.first().map_or(0, |cell| cell.span.start);
    TextSpan::new(start, record.last().map_or(start, |cell| cell.span.end))
}

/// The records of a text, or the place of a quote that is never closed. Blank lines and lines that
/// begin with `#` are left out.
pub fn records(text: &str) -> Result<Vec<Record>, TextSpan> {
    let mut records = Vec::new();
    let mut delimiter = None;
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    while at < text.len() {
        let line = &text[at..];
        let line = &line[..line.find('\n').map_or(line.len(), |end| end + 1)];
        if line.trim().is_empty() || line.starts_with('#') {
            at += line.len();
            continue;
        }
        let delimiter = *delimiter.get_or_insert_with(|| delimiter_of(line));
        let (record, end) = record(text, at, delimiter)?;
        records.push(record);
        at = end;
    }
    Ok(records)
}

/// What separates the cells: the first of `,`, `;` and the tab that the header contains.
fn delimiter_of(header: &str) -> u8 {
    [b',', b';', b'\t'].into_iter().find(|byte| header.as_bytes().contains(byte)).unwrap_or(b',')
}

/// The record that begins at a byte, and where the next one begins.
fn record(text: &str, start: usize, delimiter: u8) -> Result<(Record, usize), TextSpan> {
    let bytes = text.as_bytes();
    let mut record = Vec::new();
    let mut at = start;
    loop {
        let end = end_of_cell(bytes, at, delimiter)?;
        record.push(cell(text, at, end));
        match bytes.get(end) {
            Some(byte) if *byte == delimiter => at = end + 1,
            Some(_) => return Ok((record, end + 1)),
            None => return Ok((record, end)),
        }
    }
}

/// The byte of the delimiter or line break that ends a cell, or the end of the text.
fn end_of_cell(bytes: &[u8], start: usize, delimiter: u8) -> Result<usize, TextSpan> {
    let blank = |byte: &u8| *byte == b' ' && *byte != delimiter;
    let first = start + bytes[start..].iter().take_while(|byte| blank(byte)).count();
    let ends = |byte: &u8| *byte == delimiter || *byte == b'\n';
    if bytes.get(first) != Some(&b'"') {
        return Ok(bytes[start..].iter().position(ends).map_or(bytes.len(), |end| start + end));
    }
    let mut inside = true;
    for (at, byte) in bytes.iter().enumerate().skip(first + 1) {
        if *byte == b'"' {
            inside = !inside;
        } else if !inside && ends(byte) {
            return Ok(at);
        }
    }
    if inside { Err(TextSpan::new(first, first + 1)) } else { Ok(bytes.len()) }
}

fn cell(text: &str, start: usize, end: usize) -> Cell {
    let raw = &text[start..end];
    let trimmed = raw.trim();
    let from = start + (raw.len() - raw.trim_start().len());
    let span = TextSpan::new(from, from + trimmed.len());
    let quoted = trimmed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let content = quoted.map_or_else(|| trimmed.to_owned(), |inner| inner.replace("\"\"", "\""));
    Cell { text: content.trim().to_owned(), span }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<Vec<(String, &str)>> {
        let records = records(text).unwrap();
        let shown = |cell: &Cell| (cell.text.clone(), &text[cell.span.start..cell.span.end]);
        records.iter().map(|record| record.iter().map(shown).collect()).collect()
    }

    #[test]
    fn cells_know_their_places() {
        let own = |text: &'static str| (text.to_owned(), text);
        assert_eq!(
            cut("a, b ,c\r\n1,,3"),
            [vec![own("a"), own("b"), own("c")], vec![own("1"), own(""), own("3")]]
        );
        assert_eq!(
            cut("# a note\n\na;b\n1;2,5\n"),
            [vec![own("a"), own("b")], vec![own("1"), own("2,5")]]
        );
        let quoted = ("x, \"y\"\nz".to_owned(), "\"x, \"\"y\"\"\nz\"");
        assert_eq!(cut("a,\"x, \"\"y\"\"\nz\",b"), [vec![own("a"), quoted, own("b")]]);
        assert_eq!(records("a,b\n1,\"2\n3"), Err(TextSpan::new(6, 7)));
        assert_eq!(cut("\u{feff}a,"), [vec![own("a"), own("")]]);
    }
}
