//! Answers of the library as plain values, which the classes of the package are made of.

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use switchover::facade::Drawn;
use switchover::{Answer, Compared, Estimates, Searched, Swept};

use crate::values;

/// Name of the file, title, SVG.
pub(crate) type Chart = (String, String, String);

/// Numbers, text, names of the measures in their order, number of replications, confidence level, charts.
pub(crate) type Estimated<'py> = (Bound<'py, PyAny>, String, Vec<String>, usize, f64, Vec<Chart>);

/// Numbers, text, number of replications, confidence level, charts.
pub(crate) type SideBySide<'py> = (Bound<'py, PyAny>, String, usize, f64, Vec<Chart>);

/// The same, and of each parameter its values as numbers, if all of them are numbers.
pub(crate) type Over<'py> =
    (Bound<'py, PyAny>, String, usize, f64, Vec<Chart>, Vec<Option<Vec<f64>>>);

pub(crate) fn estimated<'py>(py: Python<'py>, made: Estimates) -> PyResult<Estimated<'py>> {
    let names = made.measures.iter().map(|measured| measured.measure.clone()).collect();
    let (numbers, text) = (values::plain(py, made.json())?, made.text().to_owned());
    Ok((numbers, text, names, made.replications, made.level, drawn(made.charts)))
}

pub(crate) fn compared<'py>(py: Python<'py>, made: Compared) -> PyResult<SideBySide<'py>> {
    let (numbers, text) = (values::plain(py, made.json())?, made.text().to_owned());
    Ok((numbers, text, made.replications, made.level, drawn(made.charts)))
}

pub(crate) fn swept<'py>(py: Python<'py>, made: Swept) -> PyResult<Over<'py>> {
    let (numbers, text) = (values::plain(py, made.json())?, made.text().to_owned());
    let parameters = made.parameters.into_iter().map(|parameter| parameter.numbers).collect();
    Ok((numbers, text, made.replications, made.level, drawn(made.charts), parameters))
}

pub(crate) fn searched<'py>(py: Python<'py>, made: Searched) -> PyResult<SideBySide<'py>> {
    let (numbers, text) = (values::plain(py, made.json())?, made.text().to_owned());
    Ok((numbers, text, made.replications, made.level, drawn(made.charts)))
}

/// Whichever it is.
pub(crate) fn answered<'py>(py: Python<'py>, answer: Answer) -> PyResult<Bound<'py, PyAny>> {
    match answer {
        Answer::Estimates(made) => estimated(py, made)?.into_bound_py_any(py),
        Answer::Compared(made) => compared(py, made)?.into_bound_py_any(py),
        Answer::Swept(made) => swept(py, made)?.into_bound_py_any(py),
        _ => Ok(py.None().into_bound(py)),
    }
}

pub(crate) fn drawn(charts: Vec<Drawn>) -> Vec<Chart> {
    charts.into_iter().map(|chart| (chart.file, chart.title, chart.svg)).collect()
}
