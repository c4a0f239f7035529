//! A table whose columns other libraries take as they are: by the Arrow C stream interface, or as arrays of numpy.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, Float64Array, Int64Array, RecordBatch, RecordBatchIterator, StringArray,
};
use arrow_buffer::NullBuffer;
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};
use serde_json::Value;

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

    fn names(&self) -> Vec<String> {
        self.0.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// A column as a list; `None` is no value.
    fn cells<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyList>> {
        let column = self.column(name)?;
        if let Some(texts) = column.as_string_opt::<i32>() {
            PyList::new(py, texts.iter().collect::<Vec<_>>())
        } else if let Some(numbers) = column.as_primitive_opt::<Int64Type>() {
            PyList::new(py, numbers.iter().collect::<Vec<_>>())
        } else {
            PyList::new(py, column.as_primitive::<Float64Type>().iter().collect::<Vec<_>>())
        }
    }

    /// A column as what numpy makes an array of; `None`: it holds text.
    fn numbers(&self, name: &str) -> PyResult<Option<Numbers>> {
        let column = self.column(name)?;
        Ok(Some(Numbers(column.clone())).filter(|own| own.0.data_type().is_numeric()))
    }
}

impl Table {
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
