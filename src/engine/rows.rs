//! Rows of anything, in pieces of memory of one size: what one row has left, any other takes.
//!
//! Rows that grew on their own would each keep the most that they ever held, and leave gaps of every
//! size behind.

/// Items in a piece.
const PIECE: usize = 16;

/// One row: pieces that are full, and the one that is filled.
#[derive(Clone, Debug)]
struct Row<T> {
    full: Vec<Vec<T>>,
    last: Vec<T>,
}

impl<T> Row<T> {
    const EMPTY: Self = Self { full: Vec::new(), last: Vec::new() };
}

/// Rows that share their memory.
#[derive(Clone, Debug)]
pub(super) struct Rows<T> {
    rows: Vec<Row<T>>,
    spare: Vec<Vec<T>>,
}

impl<T> Rows<T> {
    /// No row.
    pub(super) const fn new() -> Self {
        Self { rows: Vec::new(), spare: Vec::new() }
    }

    /// At least this many rows; new ones are empty.
    pub(super) fn reserve(&mut self, rows: usize) {
        if self.rows.len() < rows {
            self.rows.resize_with(rows, || Row::EMPTY);
        }
    }

    /// Adds to a row. O(1).
    pub(super) fn push(&mut self, row: usize, item: T) {
        let row = &mut self.rows[row];
        if row.last.len() == row.last.capacity() {
            let piece = self.spare.pop().unwrap_or_else(|| Vec::with_capacity(PIECE));
            let filled = std::mem::replace(&mut row.last, piece);
            if !filled.is_empty() {
                row.full.push(filled);
            }
        }
        row.last.push(item);
    }

    /// All that the rows hold, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.rows.iter().flat_map(|row| row.full.iter().flatten().chain(&row.last))
    }

    /// Moves all that a row holds to the end of `to`, in no order.
    pub(super) fn take(&mut self, row: usize, to: &mut Vec<T>) {
        let row = &mut self.rows[row];
        for mut piece in row.full.drain(..) {
            to.append(&mut piece);
            self.spare.push(piece);
        }
        if row.last.capacity() > 0 {
            to.append(&mut row.last);
            self.spare.push(std::mem::take(&mut row.last));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_takes_the_pieces_that_another_has_left() {
        let mut rows = Rows::new();
        rows.reserve(3);
        let mut taken = Vec::new();
        for row in [2, 0, 1, 2] {
            let items = 5 * PIECE as u32 + 3;
            (0..items).for_each(|item| rows.push(row, item));
            rows.take(row, &mut taken);
            taken.sort_unstable();
            assert!(taken.drain(..).eq(0..items));
            assert_eq!(rows.spare.len(), 6);
        }
        rows.take(1, &mut taken);
        assert!(taken.is_empty());
    }
}
