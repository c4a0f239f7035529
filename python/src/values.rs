//! Values of the library as Python objects, not through text.

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use serde_json::Value;
use switchover::Finding;
use switchover::diagnostic::Severity;

/// A finding as the class of the package.
pub(crate) fn finding<'py>(py: Python<'py>, found: &Finding) -> PyResult<Bound<'py, PyAny>> {
    let severity = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let class = py.import("switchover._findings")?.getattr("Finding")?;
    let (message, help) = (&found.message, &found.help);
    let (file, line, column) = (&found.file, found.line, found.column);
    class.call1((found.code, severity, message, file, line, column, help, found.to_string()))
}

/// All of them.
pub(crate) fn findings<'py>(py: Python<'py>, found: &[Finding]) -> PyResult<Bound<'py, PyList>> {
    let all: PyResult<Vec<_>> = found.iter().map(|found| finding(py, found)).collect();
    PyList::new(py, all?)
}

/// Objects are dictionaries in the order of the files, numbers are `int` or `float`, null is `None`.
pub(crate) fn plain<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    match value {
        Value::Null => Ok(py.None().into_bound(py)),
        Value::Bool(value) => value.into_bound_py_any(py),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(whole), _) => whole.into_bound_py_any(py),
            (_, Some(whole)) => whole.into_bound_py_any(py),
            _ => number.as_f64().into_bound_py_any(py),
        },
        Value::String(text) => text.into_bound_py_any(py),
        Value::Array(values) => {
            let values: PyResult<Vec<_>> = values.iter().map(|value| plain(py, value)).collect();
            Ok(PyList::new(py, values?)?.into_any())
        }
        Value::Object(entries) => {
            let object = PyDict::new(py);
            for (key, value) in entries {
                object.set_item(key, plain(py, value)?)?;
            }
            Ok(object.into_any())
        }
    }
}
