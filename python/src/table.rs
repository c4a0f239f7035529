//! A table whose columns other libraries take as they are: by the Arrow C stream interface, or as arrays of numpy.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Float64Array, Int64Array, LargeStringArray, RecordBatch,
    RecordBatchIterator, StringArray,
};
use arrow_buffer::{Buffer, NullBuffer, OffsetBuffer};
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};
use serde_json::Value;
use switchover::facade::{TypedColumn, TypedTable, Values};

/// What is in a column.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Text,
    Real,
    Whole,
}

/// A column of values of one kind; what is of no such kind is null.
pub(crate) fn column<'v>(kind: Kind, cells: impl Iterator<Item = &'v Value>) -> ArrayRef {
    match kind {
        Kind::Text => Arc::new(cells.map(Value::as_str).collect::<StringArray>()),
        Kind::Whole => Arc::new(cells.map(Value::as_i64).collect::<Int64Array>()),
        Kind::Real => real(cells.map(Value::as_f64)),
    }
}

/// A column of numbers. The place of a null holds NaN, which is what those see who know no nulls.
pub(crate) fn real(cells: impl Iterator<Item = Option<f64>>) -> ArrayRef {
    let cells: Vec<Option<f64>> = cells.collect();
    let nulls: NullBuffer = cells.iter().map(Option::is_some).collect();
    let values: Vec<f64> = cells.into_iter().map(|cell| cell.unwrap_or(f64::NAN)).collect();
    Arc::new(Float64Array::new(values.into(), Some(nulls)))
}

/// A column of the library. Its numbers and letters stay where they are.
fn taken(column: TypedColumn) -> Result<ArrayRef, String> {
    let nulls = Some(NullBuffer::from(column.is_there)).filter(|known| known.null_count() > 0);
    Ok(match column.values {
        Values::Texts(texts) => {
            let places = OffsetBuffer::new(texts.places.into());
            let letters = Buffer::from_vec(texts.letters.into_bytes());
            let texts = LargeStringArray::try_new(places, letters, nulls);
            Arc::new(texts.map_err(|error| error.to_string())?)
        }
        Values::Numbers(numbers) => Arc::new(Float64Array::new(numbers.into(), nulls)),
        Values::Counts(numbers) => Arc::new(Int64Array::new(numbers.into(), nulls)),
        Values::Flags(flags) => Arc::new(BooleanArray::new(flags.into(), nulls)),
        _ => return Err(format!("{} holds what this package does not know", column.name)),
    })
}

/// A table.
#[pyclass(frozen, module = "switchover._engine")]
pub(crate) struct Table(pub RecordBatch);

#[pymethods]
impl Table {
    /// The columns; a schema that is asked for is a wish, and Arrow lets it be one.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batches = RecordBatchIterator::new([Ok(self.0.clone())], self.0.schema());
        let stream = FFI_ArrowArrayStream::new(Box::new(batches));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    #[getter]
    fn rows(&self) -> usize {
        self.0.num_rows()
    }

    fn names(&self) -> Vec<String> {
        self.0.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// A column as a list; `None` is no value.
    fn cells<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyList>> {
        let column = self.column(name)?;
        if let Some(texts) = column.as_string_opt::<i32>() {
            PyList::new(py, texts.iter().collect::<Vec<_>>())
        } else if let Some(texts) = column.as_string_opt::<i64>() {
            PyList::new(py, texts.iter().collect::<Vec<_>>())
        } else if let Some(flags) = column.as_boolean_opt() {
            PyList::new(py, flags.iter().collect::<Vec<_>>())
        } else if let Some(numbers) = column.as_primitive_opt::<Int64Type>() {
            PyList::new(py, numbers.iter().collect::<Vec<_>>())
        } else {
            PyList::new(py, column.as_primitive::<Float64Type>().iter().collect::<Vec<_>>())
        }
    }

    /// A column as what numpy makes an array of; `None`: it holds no numbers. Where a whole number is missing, all
    /// become real ones, so that there is a NaN.
    fn numbers(&self, name: &str) -> PyResult<Option<Numbers>> {
        let column = self.column(name)?;
        if column.null_count() > 0
            && let Some(whole) = column.as_primitive_opt::<Int64Type>()
        {
            return Ok(Some(Numbers(real(whole.iter().map(|cell| cell.map(|cell| cell as f64))))));
        }
        Ok(Some(Numbers(column.clone())).filter(|own| own.0.data_type().is_numeric()))
    }
}

impl Table {
    /// A table of the library.
    pub(crate) fn of(table: TypedTable) -> PyResult<Self> {
        let columns = table.columns.into_iter();
        let columns = columns.map(|column| Ok((column.name, taken(column)?, true)));
        let columns: Result<Vec<_>, String> = columns.collect();
        let columns = columns.map_err(PyValueError::new_err)?;
        let batch = RecordBatch::try_from_iter_with_nullable(columns);
        batch.map(Self).map_err(|error| PyValueError::new_err(error.to_string()))
    }

    fn column(&self, name: &str) -> PyResult<&ArrayRef> {
        self.0.column_by_name(name).ok_or_else(|| PyKeyError::new_err(name.to_owned()))
    }
}

/// A column of numbers in memory that numpy reads and does not copy.
#[pyclass(frozen, module = "switchover._engine")]
pub(crate) struct Numbers(ArrayRef);

#[pymethods]
impl Numbers {
    /// Where the numbers are, in the terms of numpy.
    #[getter]
    fn __array_interface__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let order = if cfg!(target_endian = "big") { '>' } else { '<' };
        let (kind, place) = match self.0.as_primitive_opt::<Int64Type>() {
            Some(whole) => ('i', whole.values().as_ptr() as usize),
            None => ('f', self.0.as_primitive::<Float64Type>().values().as_ptr() as usize),
        };
        let interface = PyDict::new(py);
        interface.set_item("version", 3)?;
        interface.set_item("shape", (self.0.len(),))?;
        interface.set_item("typestr", format!("{order}{kind}8"))?;
        // It may be read only.
        interface.set_item("data", (place, true))?;
        Ok(interface)
    }
}
