//! The answer of many replications behind the classes of the package. What Python does not ask for is not made.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use switchover::facade::Drawn;
use switchover::{Answer, Compared, Estimates, Searched, Swept};

use crate::table::Table;
use crate::tables::{Numbers, Question};
use crate::values;

/// Name of the file, title, SVG.
pub(crate) type Chart = (String, String, String);

/// An answer: its numbers as the file has them, and what stands beside them.
#[pyclass(frozen, module = "switchover._engine")]
#[derive(Serialize, Deserialize)]
pub(crate) struct Made {
    answer: Numbers,
    text: String,
    replications: usize,
    level: f64,
    charts: Vec<Chart>,
}

#[pymethods]
impl Made {
    /// From its state.
    #[new]
    fn new(state: &[u8]) -> PyResult<Self> {
        serde_json::from_slice(state).map_err(|error| PyValueError::new_err(error.to_string()))
    }

    /// Its state, for pickle.
    fn __getnewargs__<'py>(&self, py: Python<'py>) -> (Bound<'py, PyBytes>,) {
        // Texts and numbers: nothing in it could fail to serialise.
        (PyBytes::new(py, &serde_json::to_vec(self).unwrap_or_default()),)
    }

    #[getter]
    const fn replications(&self) -> usize {
        self.replications
    }

    #[getter]
    const fn level(&self) -> f64 {
        self.level
    }

    fn summary<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        values::plain(py, &self.answer.numbers)
    }

    fn text(&self) -> &str {
        &self.text
    }

    /// Names of the measures of an experiment, in their order.
    fn measures(&self) -> Vec<String> {
        self.answer.measures.clone()
    }

    fn charts(&self) -> Vec<Chart> {
        self.charts.clone()
    }

    fn table(&self) -> PyResult<Table> {
        self.answer.table()
    }
}

impl Made {
    fn alone(
        question: Question,
        (numbers, text): (&Value, &str),
        replications: usize,
        level: f64,
    ) -> Self {
        Self {
            answer: Numbers {
                question,
                numbers: numbers.clone(),
                measures: Vec::new(),
                parameters: Vec::new(),
            },
            text: text.to_owned(),
            replications,
            level,
            charts: Vec::new(),
        }
    }
}

impl From<Estimates> for Made {
    fn from(made: Estimates) -> Self {
        let told = (made.json(), made.text());
        let mut own = Self::alone(Question::Experiment, told, made.replications, made.level);
        own.answer.measures = made.measures.into_iter().map(|one| one.measure).collect();
        Self { charts: drawn(made.charts), ..own }
    }
}

impl From<Compared> for Made {
    fn from(made: Compared) -> Self {
        let told = (made.json(), made.text());
        let own = Self::alone(Question::Comparison, told, made.replications, made.level);
        Self { charts: drawn(made.charts), ..own }
    }
}

impl From<Swept> for Made {
    fn from(made: Swept) -> Self {
        let told = (made.json(), made.text());
        let mut own = Self::alone(Question::Sweep, told, made.replications, made.level);
        own.answer.parameters = made.parameters.into_iter().map(|one| one.numbers).collect();
        Self { charts: drawn(made.charts), ..own }
    }
}

impl From<Searched> for Made {
    fn from(made: Searched) -> Self {
        let told = (made.json(), made.text());
        let own = Self::alone(Question::Search, told, made.replications, made.level);
        Self { charts: drawn(made.charts), ..own }
    }
}

/// Whichever it is; `None`: one that this version of the package does not know.
pub(crate) fn answered(answer: Answer) -> Option<Made> {
    match answer {
        Answer::Estimates(made) => Some(made.into()),
        Answer::Compared(made) => Some(made.into()),
        Answer::Swept(made) => Some(made.into()),
        _ => None,
    }
}

pub(crate) fn drawn(charts: Vec<Drawn>) -> Vec<Chart> {
    charts.into_iter().map(|chart| (chart.file, chart.title, chart.svg)).collect()
}
