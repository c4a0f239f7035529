//! A large table as a Parquet file: the rows of its CSV file in typed columns, where they come from in its
//! metadata. It takes rows as they come and holds one group of them.

use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use super::columns::Holds;
use super::large_tables::LargeTable;
use super::table::unguarded;

/// Rows of a group.
const GROUP: usize = 1 << 17;

/// The name under which the contents of `provenance.json` are in the metadata.
const PROVENANCE: &str = "switchover.provenance";

/// Why there is no Parquet file.
#[derive(Debug, thiserror::Error)]
pub enum NoParquet {
    /// The library refuses.
    #[error("the Parquet file cannot be made: {0}")]
    Parquet(#[from] ParquetError),
    /// A cell is not what its column holds.
    #[error("`{cell}` is in column {column} of {file}, which holds {wanted:?}")]
    Cell {
        /// The CSV file.
        file: &'static str,
        /// The column.
        column: String,
        /// What is there.
        cell: String,
        /// What should be there.
        wanted: Holds,
    },
}

/// The cells of a column that have a value, in the rows of a group.
#[derive(Debug)]
enum Cells {
    Texts(Vec<ByteArray>),
    Numbers(Vec<f64>),
    Counts(Vec<i64>),
    Flags(Vec<bool>),
}

/// A column in the rows of a group.
#[derive(Debug)]
struct Filled {
    name: String,
    cells: Cells,
    /// Per row: 1 if there is a value, 0 if there is none.
    levels: Vec<i16>,
}

/// A Parquet file that grows in memory.
pub struct Parquet {
    table: LargeTable,
    writer: SerializedFileWriter<Vec<u8>>,
    columns: Vec<Filled>,
    rows: usize,
}

impl Parquet {
    /// Begins a file; `header`: the names of the columns, `provenance`: the contents of
    /// `provenance.json`.
    ///
    /// # Errors
    /// [`NoParquet`].
    pub fn new<'n>(
        table: LargeTable,
        header: impl Iterator<Item = &'n str>,
        provenance: &str,
    ) -> Result<Self, NoParquet> {
        let mut columns: Vec<Filled> = Vec::new();
        for name in header {
            let own = unique(name, &columns);
            columns.push(Filled::new(own, table.holds(name)));
        }
        let fields = columns.iter().map(Filled::field).collect::<Result<Vec<_>, _>>()?;
        let schema = Type::group_type_builder("table").with_fields(fields).build()?;
        let origin = KeyValue::new(PROVENANCE.to_owned(), provenance.to_owned());
        let properties = WriterProperties::builder()
            .set_created_by(concat!("switchover version ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_compression(Compression::SNAPPY)
            .set_key_value_metadata(Some(vec![origin]))
            .build();
        let writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
        Ok(Self { table, writer, columns, rows: 0 })
    }

    /// Takes the next row.
    ///
    /// # Errors
    /// [`NoParquet`].
    pub fn row<'c>(&mut self, cells: impl Iterator<Item = &'c str>) -> Result<(), NoParquet> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.push(cell, self.table.csv)?;
        }
        self.rows += 1;
        if self.rows == GROUP { self.group() } else { Ok(()) }
    }

    /// Takes the bytes that were made since the last time.
    #[must_use]
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(self.writer.inner_mut())
    }

    /// Ends the file, and gives the bytes that were made since the last time.
    ///
    /// # Errors
    /// [`NoParquet`].
    pub fn finish(mut self) -> Result<Vec<u8>, NoParquet> {
        if self.rows > 0 {
            self.group()?;
        }
        Ok(self.writer.into_inner()?)
    }

    /// Writes the rows so far as a group.
    fn group(&mut self) -> Result<(), NoParquet> {
        let mut group = self.writer.next_row_group()?;
        for column in &mut self.columns {
            let Some(writer) = group.next_column()? else { break };
            column.write(writer)?;
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }
}

impl Filled {
    fn new(name: String, holds: Holds) -> Self {
        let cells = match holds {
            Holds::Text => Cells::Texts(Vec::new()),
            Holds::Number => Cells::Numbers(Vec::new()),
            Holds::Count => Cells::Counts(Vec::new()),
            Holds::Flag => Cells::Flags(Vec::new()),
        };
        Self { name, cells, levels: Vec::new() }
    }

    fn field(&self) -> Result<TypePtr, ParquetError> {
        let (physical, logical) = match self.cells {
            Cells::Texts(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Cells::Numbers(_) => (Physical::DOUBLE, None),
            Cells::Counts(_) => (Physical::INT64, None),
            Cells::Flags(_) => (Physical::BOOLEAN, None),
        };
        let field = Type::primitive_type_builder(&self.name, physical);
        let field = field.with_repetition(Repetition::OPTIONAL).with_logical_type(logical);
        field.build().map(Arc::new)
    }

    fn push(&mut self, cell: &str, file: &'static str) -> Result<(), NoParquet> {
        self.levels.push(i16::from(!cell.is_empty()));
        if cell.is_empty() {
            return Ok(());
        }
        let (known, wanted) = match &mut self.cells {
            Cells::Texts(all) => {
                all.push(ByteArray::from(unguarded(cell).as_bytes().to_vec()));
                (true, Holds::Text)
            }
            Cells::Numbers(all) => (keep(all, cell), Holds::Number),
            Cells::Counts(all) => (keep(all, cell), Holds::Count),
            Cells::Flags(all) => (keep(all, cell), Holds::Flag),
        };
        let wrong =
            || NoParquet::Cell { file, column: self.name.clone(), cell: cell.to_owned(), wanted };
        if known { Ok(()) } else { Err(wrong()) }
    }

    /// Writes the cells, and goes on without any.
    fn write(&mut self, mut to: SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let levels = Some(self.levels.as_slice());
        match &mut self.cells {
            Cells::Texts(all) => {
                to.typed::<ByteArrayType>().write_batch(all, levels, None)?;
                all.clear();
            }
            Cells::Numbers(all) => {
                to.typed::<DoubleType>().write_batch(all, levels, None)?;
                all.clear();
            }
            Cells::Counts(all) => {
                to.typed::<Int64Type>().write_batch(all, levels, None)?;
                all.clear();
            }
            Cells::Flags(all) => {
                to.typed::<BoolType>().write_batch(all, levels, None)?;
                all.clear();
            }
        }
        self.levels.clear();
        to.close()
    }
}

/// A name that no column has yet. Faults of one name have measures of one name; CSV can take that, Parquet
/// cannot. The second is called as pandas calls it when it reads the CSV file.
fn unique(name: &str, taken: &[Filled]) -> String {
    let is_free = |own: &String| taken.iter().all(|other| other.name != *own);
    let first = Some(name.to_owned()).into_iter();
    let names = first.chain((1_u64..).map(|number| format!("{name}.{number}")));
    names.into_iter().find(is_free).unwrap_or_default()
}

/// Keeps a cell as what its column holds, if it is that.
fn keep<T: std::str::FromStr>(all: &mut Vec<T>, cell: &str) -> bool {
    let value = cell.parse();
    let known = value.is_ok();
    all.extend(value);
    known
}
