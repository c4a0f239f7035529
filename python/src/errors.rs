//! Errors of the library as exceptions of the package.

use pyo3::prelude::*;
use pyo3::types::PyList;
use switchover::Error;

use crate::values;
use crate::waiting::Waiting;

/// The exception for an error.
pub(crate) fn raised(py: Python<'_>, error: &Error) -> PyErr {
    exception(py, error).unwrap_or_else(|other| other)
}

/// What ended the work: what Python raised meanwhile, or what the library says.
pub(crate) fn ended(py: Python<'_>, error: &Error, waiting: &Waiting) -> PyErr {
    waiting.raised().unwrap_or_else(|| raised(py, error))
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
