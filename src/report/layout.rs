//! Tables on a screen of a given width: columns side by side where they fit, one row below the
//! other where they do not.
//!
//! It does not know what the cells mean. Widths count characters.

/// What a text is laid out for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Whether headings and verdicts are coloured (ANSI).
    pub colour: bool,
    /// Characters in a line.
    pub width: usize,
}

impl Screen {
    /// No colours, 80 characters.
    pub const PLAIN: Self = Self { colour: false, width: 80 };

    /// A text in bold, where there are colours.
    pub(super) fn bold(self, text: &str) -> String {
        self.styled(text, "1")
    }

    /// A text in an ANSI style, where there are colours.
    pub(super) fn styled(self, text: &str, code: &str) -> String {
        if self.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// Space between two columns.
const GAP: usize = 2;

/// On which side the cells of a column begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Texts.
    Left,
    /// Numbers.
    Right,
}

/// A table that grows row by row.
pub(super) struct Layout {
    columns: Vec<Column>,
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Layout {
    /// A table without rows.
    pub(super) fn new(columns: &[(&str, Column)]) -> Self {
        Self {
            columns: columns.iter().map(|(_, column)| *column).collect(),
            headings: columns.iter().map(|(name, _)| (*name).to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row; a cell may have several lines.
    pub(super) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Adds a heading over the rows that follow.
    pub(super) fn heading(&mut self, text: String) {
        let mut cells = vec![String::new(); self.columns.len()];
        cells[0] = format!("\n{text}");
        self.rows.push(cells);
    }

    /// The table without a final newline; a `width` too narrow for it stacks the cells of a row.
    pub(super) fn render(&self, width: usize) -> String {
        if self.fits(width) { self.side_by_side() } else { self.stacked() }
    }

    /// Whether all columns fit side by side on a screen of that width.
    pub(super) fn fits(&self, width: usize) -> bool {
        total(&self.widths()) <= width
    }

    /// Every line of the table as cells, the headings first.
    fn lines(&self) -> Vec<Vec<&str>> {
        let mut lines = Vec::new();
        for row in std::iter::once(&self.headings).chain(&self.rows) {
            let height = row.iter().map(|cell| cell.lines().count()).max().unwrap_or(0);
            let line = |at| row.iter().map(|cell| cell.lines().nth(at).unwrap_or("")).collect();
            lines.extend((0..height).map(line));
        }
        lines
    }

    /// The widths of the columns. A text of the first column that has nothing beside it may run on
    /// over the columns to its right, so it does not make the first column wider.
    fn widths(&self) -> Vec<usize> {
        let lines = self.lines();
        let mut widths = vec![0; self.columns.len()];
        for line in &lines {
            let runs_on = line.get(1).is_none_or(|cell| cell.is_empty());
            for (at, cell) in line.iter().enumerate().skip(usize::from(runs_on)) {
                widths[at] = widths[at].max(wide(cell));
            }
        }
        for line in &lines {
            let next = line.iter().skip(1).position(|cell| !cell.is_empty()).map(|at| at + 1);
            let room: usize = match next {
                Some(next) => widths[..next].iter().map(|width| width + GAP).sum::<usize>() - GAP,
                None => total(&widths),
            };
            widths[0] += wide(line[0]).saturating_sub(room);
        }
        widths
    }

    fn side_by_side(&self) -> String {
        let widths = self.widths();
        let rule = "-".repeat(total(&widths));
        let height = self.headings.iter().map(|heading| heading.lines().count()).max();
        let mut out = Vec::new();
        for (at, line) in self.lines().iter().enumerate() {
            if Some(at) == height {
                out.push(rule.clone());
            }
            out.push(self.line(line, &widths));
        }
        out.join("\n")
    }

    /// The cells of one line at their places.
    fn line(&self, cells: &[&str], widths: &[usize]) -> String {
        let (mut out, mut start) = (String::new(), 0);
        for ((cell, width), column) in cells.iter().zip(widths).zip(&self.columns) {
            let pushed = if *column == Column::Right { width - wide(cell) } else { 0 };
            if !cell.is_empty() {
                let missing = (start + pushed).saturating_sub(wide(&out));
                out.extend(std::iter::repeat_n(' ', missing));
                out.push_str(cell);
            }
            start += width + GAP;
        }
        out
    }

    /// A block per row: the first cell, then every other one behind its heading.
    fn stacked(&self) -> String {
        let mut out: Vec<String> = Vec::new();
        for row in &self.rows {
            out.extend(row[0].lines().map(str::to_owned));
            for (heading, cell) in self.headings.iter().zip(row).skip(1) {
                out.extend(behind(heading, cell));
            }
        }
        out.join("\n")
    }
}

/// Rows without headings, each with a final newline: side by side where all of them fit, else the
/// first cell of a row and the others below it.
#[must_use]
pub fn list<const COLUMNS: usize>(
    rows: &[[String; COLUMNS]],
    indent: usize,
    width: usize,
) -> String {
    let widths: Vec<usize> =
        (0..COLUMNS).map(|at| rows.iter().map(|row| wide(&row[at])).max().unwrap_or(0)).collect();
    let fits = indent + total(&widths) <= width;
    let margin = " ".repeat(indent);
    let line = |row: &[String; COLUMNS]| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        format!("{margin}{}\n", cells.collect::<Vec<_>>().join(&" ".repeat(GAP)).trim_end())
    };
    let stack = |row: &[String; COLUMNS]| {
        let below = row.iter().skip(1).filter(|cell| !cell.is_empty());
        let below: String = below.map(|cell| format!("{margin}    {cell}\n")).collect();
        format!("{margin}{}\n{below}", row[0])
    };
    rows.iter().map(|row| if fits { line(row) } else { stack(row) }).collect()
}

/// A cell behind its heading; several lines of both belong together one by one.
fn behind(heading: &str, cell: &str) -> Vec<String> {
    let (names, lines): (Vec<&str>, Vec<&str>) =
        (heading.lines().collect(), cell.lines().collect());
    if lines.len() > 1 && lines.len() == names.len() {
        let each = names.iter().zip(lines);
        return each.map(|(name, line)| format!("    {name}: {line}")).collect();
    }
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = words(cell);
    if text.is_empty() { Vec::new() } else { vec![format!("    {}: {text}", words(heading))] }
}

fn wide(text: &str) -> usize {
    text.chars().count()
}

fn total(widths: &[usize]) -> usize {
    widths.iter().map(|width| width + GAP).sum::<usize>().saturating_sub(GAP)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Layout {
        let columns = [("what\n  key", Column::Left), ("s", Column::Right), ("why", Column::Left)];
        let mut table = Layout::new(&columns);
        table.heading("Faults, by their target".into());
        table.row(vec![" cut\n  faults.the cut".into(), "1.5".into(), "path down".into()]);
        table.row(vec![" crash".into(), "12.0".into(), String::new()]);
        table
    }

    #[test]
    fn columns_stand_side_by_side_and_lone_texts_run_on() {
        let expected = "\
what       s  why
  key
-----------------------

Faults, by their target
 cut     1.5  path down
  faults.the cut
 crash  12.0";
        assert_eq!(table().render(80), expected);
    }

    #[test]
    fn rows_are_stacked_where_columns_do_not_fit() {
        let stacked = "
Faults, by their target
 cut
  faults.the cut
    s: 1.5
    why: path down
 crash
    s: 12.0";
        assert_eq!(table().render(20), stacked);
    }
}
