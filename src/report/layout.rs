//! Tables on a screen of a given width: columns side by side where they fit, one row below the
//! other where they do not.
//!
//! It knows nothing of what the cells mean. Widths count characters.

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets};

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

/// The least width to which cells of words are broken.
const NARROWEST: usize = 16;

/// Width of the frame, and of the space around a cell.
const FRAME: usize = 2;
const PADDING: usize = 2;

/// How the cells of a column are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// To the left, never broken.
    Left,
    /// To the right, never broken.
    Right,
    /// To the left, broken between words where the screen is narrow.
    Words,
}

/// A table that grows row by row.
pub(super) struct Layout {
    columns: Vec<(String, Column)>,
    rows: Vec<Vec<String>>,
}

impl Layout {
    /// A table without rows.
    pub(super) fn new(columns: &[(&str, Column)]) -> Self {
        let columns = columns.iter().map(|(name, column)| ((*name).to_owned(), *column));
        Self { columns: columns.collect(), rows: Vec::new() }
    }

    /// Adds a row; a cell may have several lines.
    pub(super) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Adds a heading over the rows that follow.
    pub(super) fn heading(&mut self, text: String) {
        let mut cells = vec![String::new(); self.columns.len()];
        cells[0] = text;
        self.rows.push(cells);
    }

    /// The table without a final newline; a `width` too narrow for it stacks the cells of a row.
    pub(super) fn render(&self, width: usize) -> String {
        if self.least() > width { self.stacked() } else { self.side_by_side(width) }
    }

    /// Whether nothing is broken or stacked on a screen of that width.
    pub(super) fn fits(&self, width: usize) -> bool {
        let all = (0..self.columns.len()).map(|column| self.content(column));
        total(all) <= width
    }

    /// The widest line of a column.
    fn content(&self, column: usize) -> usize {
        let heading = self.columns[column].0.as_str();
        let cells = self.rows.iter().map(|row| row[column].as_str()).chain([heading]);
        cells.flat_map(str::lines).map(|line| line.chars().count()).max().unwrap_or(0)
    }

    /// The least width of the table side by side.
    fn least(&self) -> usize {
        total(self.columns.iter().enumerate().map(|(at, (_, column))| match column {
            Column::Words => self.content(at).min(NARROWEST),
            Column::Left | Column::Right => self.content(at),
        }))
    }

    fn side_by_side(&self, width: usize) -> String {
        let mut table = Table::new();
        table.load_style(presets::ASCII_BORDERS_ONLY_CONDENSED);
        table.set_header(self.columns.iter().map(|(name, _)| name));
        self.rows.iter().for_each(|row| {
            table.add_row(row);
        });
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
        for (at, (_, kind)) in self.columns.iter().enumerate() {
            let Some(column) = table.column_mut(at) else { continue };
            let least = u16::try_from(self.content(at).min(NARROWEST) + PADDING).unwrap_or(0);
            match kind {
                Column::Words => {
                    column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
                }
                Column::Left | Column::Right => {
                    column.set_constraint(ColumnConstraint::ContentWidth);
                }
            }
            if *kind == Column::Right {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table.trim_fmt()
    }

    /// A block per row: the first cell, then a line for every other one that is not empty.
    fn stacked(&self) -> String {
        let mut out = String::new();
        for row in &self.rows {
            for line in row[0].lines() {
                out += &format!("{line}\n");
            }
            for ((name, _), cell) in self.columns.iter().zip(row).skip(1) {
                let cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
                if !cell.is_empty() {
                    out += &format!("    {name}: {cell}\n");
                }
            }
        }
        out.trim_end().to_owned()
    }
}

fn total(contents: impl Iterator<Item = usize>) -> usize {
    FRAME + contents.map(|content| content + PADDING).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Layout {
        let columns = [("what", Column::Left), ("s", Column::Right), ("why", Column::Words)];
        let mut table = Layout::new(&columns);
        table.row(vec!["a cut".into(), "1.5".into(), "the path between two sites was down".into()]);
        table.row(vec!["a crash".into(), "12.0".into(), String::new()]);
        table
    }

    #[test]
    fn columns_stand_side_by_side_where_they_fit() {
        let expected = "\
+----------------------------------------------------+
| what         s  why                                |
+====================================================+
| a cut      1.5  the path between two sites was down |
| a crash   12.0                                     |
+----------------------------------------------------+";
        assert_eq!(table().render(80), expected);
    }

    #[test]
    fn words_are_broken_before_rows_are_stacked() {
        let narrow = table().render(40);
        assert!(narrow.lines().all(|line| line.chars().count() <= 40), "{narrow}");
        assert!(narrow.contains("| a crash"), "{narrow}");
        let stacked = "\
a cut
    s: 1.5
    why: the path between two sites was down
a crash
    s: 12.0";
        assert_eq!(table().render(30), stacked);
    }
}
