//! A table in memory, its columns in types: what its CSV file says, but not through text.

use std::fmt::Display;

use super::cells::Cells;
use super::columns::{Column, Holds};
use crate::model::Model;

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct TypedTable {
    /// Its columns, all of one length.
    pub columns: Vec<TypedColumn>,
    /// The column of the next cell.
    next: usize,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TypedColumn {
    /// Its name in the CSV file.
    pub name: &'static str,
    /// Its cells.
    pub values: Values,
    /// Whether a cell has a value.
    pub is_there: Vec<bool>,
}

/// The cells of a column. Where there is no value, there is NaN, 0, `false` or an empty text.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Values {
    /// Names, states.
    Texts(Texts),
    /// Seconds, shares, means: the numbers nearest to those of the CSV file.
    Numbers(Vec<f64>),
    /// How many there are.
    Counts(Vec<i64>),
    /// Yes or no.
    Flags(Vec<bool>),
}

/// Texts, one behind the other.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Texts {
    /// The letters of all.
    pub letters: String,
    /// Where each begins in the letters, in bytes, and behind these where the last one ends.
    pub places: Vec<i64>,
}

impl TypedTable {
    /// No rows yet.
    pub(super) fn new(columns: &[Column], local: Option<&'static str>, model: &Model) -> Self {
        let local = local.filter(|_| model.clock.is_some());
        let own = columns.iter().filter(|column| column.is_in(model));
        let own = own.map(|column| TypedColumn::new(column.name, column.holds));
        let columns = own.chain(local.map(|name| TypedColumn::new(name, Holds::Text))).collect();
        Self { columns, next: 0 }
    }

    /// Takes the rows of another one with the same columns.
    pub(crate) fn append(&mut self, more: Self) {
        for (column, more) in self.columns.iter_mut().zip(more.columns) {
            column.append(more);
        }
    }

    fn put(&mut self, cell: Cell<'_>) {
        if let Some(column) = self.columns.get_mut(self.next) {
            column.put(cell);
        }
        self.next += 1;
    }
}

/// A cell on its way into a column.
enum Cell<'t> {
    Text(&'t str),
    Number(f64),
    Count(i64),
    Flag(bool),
}

impl TypedColumn {
    fn new(name: &'static str, holds: Holds) -> Self {
        let values = match holds {
            Holds::Text => Values::Texts(Texts { letters: String::new(), places: vec![0] }),
            Holds::Number => Values::Numbers(Vec::new()),
            Holds::Count => Values::Counts(Vec::new()),
            Holds::Flag => Values::Flags(Vec::new()),
        };
        Self { name, values, is_there: Vec::new() }
    }

    /// What a column does not hold is no value.
    fn put(&mut self, cell: Cell<'_>) {
        let is_there = match (&mut self.values, cell) {
            (Values::Texts(texts), cell) => {
                let text = if let Cell::Text(text) = cell { text } else { "" };
                texts.put(text);
                !text.is_empty()
            }
            (Values::Numbers(all), cell) => {
                let number = match cell {
                    Cell::Number(number) => number,
                    Cell::Count(number) => number as f64,
                    Cell::Text(_) | Cell::Flag(_) => f64::NAN,
                };
                all.push(number);
                !number.is_nan()
            }
            (Values::Counts(all), cell) => {
                let number = if let Cell::Count(number) = cell { Some(number) } else { None };
                all.push(number.unwrap_or_default());
                number.is_some()
            }
            (Values::Flags(all), cell) => {
                let is = if let Cell::Flag(is) = cell { Some(is) } else { None };
                all.push(is.unwrap_or_default());
                is.is_some()
            }
        };
        self.is_there.push(is_there);
    }

    fn append(&mut self, more: Self) {
        self.is_there.extend(more.is_there);
        match (&mut self.values, more.values) {
            (Values::Texts(all), Values::Texts(more)) => all.append(&more),
            (Values::Numbers(all), Values::Numbers(more)) => all.extend(more),
            (Values::Counts(all), Values::Counts(more)) => all.extend(more),
            (Values::Flags(all), Values::Flags(more)) => all.extend(more),
            _ => {}
        }
    }
}

impl Texts {
    /// Every text.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.places.windows(2).map(|ends| &self.letters[ends[0] as usize..ends[1] as usize])
    }

    fn put(&mut self, text: &str) {
        self.letters.push_str(text);
        self.places.push(self.letters.len() as i64);
    }

    fn append(&mut self, more: &Self) {
        let before = self.letters.len() as i64;
        self.letters.push_str(&more.letters);
        self.places.extend(more.places[1..].iter().map(|place| before + place));
    }
}

impl Cells for TypedTable {
    fn text(&mut self, text: &str) {
        self.put(Cell::Text(text));
    }

    fn count(&mut self, number: impl Display + TryInto<i64>) {
        // No run counts as far as that.
        self.put(Cell::Count(number.try_into().unwrap_or(i64::MAX)));
    }

    fn flag(&mut self, is: bool) {
        self.put(Cell::Flag(is));
    }

    fn billionths(&mut self, value: i128) {
        self.put(Cell::Number(parts::<1_000_000_000>(value)));
    }

    fn millionths(&mut self, value: i128) {
        self.put(Cell::Number(parts::<1_000_000>(value)));
    }

    fn empty(&mut self) {
        self.put(Cell::Text(""));
    }

    fn end(&mut self) {
        debug_assert_eq!(self.next, self.columns.len(), "a row has a cell for each column");
        self.next = 0;
    }
}

/// The number nearest to this many parts of a whole.
fn parts<const WHOLE: i128>(value: i128) -> f64 {
    /// Whole numbers up to here are exact.
    const EXACT: i128 = 1 << 53;
    if (-EXACT..=EXACT).contains(&value) {
        // Both are exact, so that dividing rounds once.
        return value as f64 / WHOLE as f64;
    }
    // The rest is small beside the whole, and so is what was lost of it: rounding the sum is as good as rounding once.
    let (whole, rest) = (value / WHOLE, value % WHOLE);
    whole as f64 + rest as f64 / WHOLE as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::columns::{count, flag, number, text};

    #[test]
    fn a_number_is_the_nearest_one() {
        let mut value: i128 = 1;
        for step in 0..4000_i128 {
            // All sizes that a run has, with digits of all kinds.
            value = (value * 7 + step * 1_234_567_891) % (1 << 72);
            for value in [value, -value, value >> 20, value >> 40] {
                let (sign, size) = (if value < 0 { "-" } else { "" }, value.unsigned_abs());
                let text = format!("{sign}{}.{:09}", size / 1_000_000_000, size % 1_000_000_000);
                assert_eq!(Ok(parts::<1_000_000_000>(value)), text.parse::<f64>(), "{text}");
                let text = format!("{sign}{}.{:06}", size / 1_000_000, size % 1_000_000);
                assert_eq!(Ok(parts::<1_000_000>(value)), text.parse::<f64>(), "{text}");
            }
        }
    }

    #[test]
    fn rows_are_cells_of_columns() {
        let columns = [text("name"), number("s"), count("often"), flag("is")];
        let columns = columns.map(|own| TypedColumn::new(own.name, own.holds));
        let mut table = TypedTable { columns: columns.into(), next: 0 };
        let mut more = table.clone();
        table.text("=é");
        table.billionths(1_500_000_000);
        table.count(3_u32);
        table.flag(true);
        table.end();
        (0..4).for_each(|_| more.empty());
        more.end();
        more.text("b");
        table.append(more);
        let [name, seconds, often, is] = &table.columns[..] else { panic!("four") };
        let Values::Texts(texts) = &name.values else { panic!("texts") };
        assert_eq!(texts.iter().collect::<Vec<_>>(), ["=é", "", "b"]);
        assert_eq!(name.is_there, [true, false, true]);
        let Values::Numbers(numbers) = &seconds.values else { panic!("numbers") };
        assert!(numbers[0] == 1.5 && numbers[1].is_nan());
        assert_eq!(
            (&often.values, &is.values),
            (&Values::Counts(vec![3, 0]), &Values::Flags(vec![true, false]),)
        );
        assert_eq!(is.is_there, [true, false]);
    }
}
