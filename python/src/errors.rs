//! Errors of the library as exceptions of the package.

use pyo3::prelude::*;
use pyo3::types::PyList;
use switchover::Error;

use crate::values;

/// The exception for an error.
pub(crate) fn raised(py: Python<'_>, error: &Error) -> PyErr {
    exception(py, error).unwrap_or_else(|other| other)
}

fn exception(py: Python<'_>, error: &Error) -> PyResult<PyErr> {
    let (class, found) = match error {
        Error::Read { .. } => ("ReadError", &[][..]),
        Error::Usage(_) => ("UsageError", &[][..]),
        Error::Findings(found) => ("ScenarioError", &found[..]),
        Error::Endless(found) => ("EndlessError", std::slice::from_ref(&**found)),
        _ => ("SwitchoverError", &[][..]),
    };
    let found: Bound<'_, PyList> = values::findings(py, found)?;
    let class = py.import("switchover._errors")?.getattr(class)?;
    Ok(PyErr::from_value(class.call1((error.to_string(), found))?))
}
