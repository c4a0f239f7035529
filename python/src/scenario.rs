//! The scenario of the library behind the one of the package.

use std::ops::ControlFlow;
use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::PyList;
use switchover::{Error, Replications};

use crate::errors::raised;
use crate::values;
use crate::waiting::Waiting;

/// A scenario. Others may use it while it runs: what runs is a copy.
#[pyclass(module = "switchover._engine")]
#[derive(Clone)]
pub(crate) struct Scenario(switchover::Scenario);

/// What there is of a result: numbers in the order of the file, and text.
type Told<'py> = (Bound<'py, PyAny>, String);

/// Numbers, text, names of the measures in their order, number of replications, confidence level.
type Estimated<'py> = (Bound<'py, PyAny>, String, Vec<String>, usize, f64);

#[pymethods]
impl Scenario {
    #[staticmethod]
    fn read(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let read = py.detach(|| switchover::Scenario::read(path));
        read.map(Self).map_err(|error| raised(py, &error))
    }

    #[staticmethod]
    fn parse(name: &str, text: &str) -> Self {
        Self(switchover::Scenario::parse(name, text))
    }

    fn copy(&self) -> Self {
        self.clone()
    }

    fn set(&mut self, py: Python<'_>, path: &str, value: &str) -> PyResult<()> {
        self.0.set(path, value).map_err(|error| raised(py, &error))
    }

    fn check<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let scenario = self.0.clone();
        let found = py.detach(|| scenario.check()).map_err(|error| raised(py, &error))?;
        values::findings(py, &found)
    }

    fn run<'py>(&self, py: Python<'py>) -> PyResult<Told<'py>> {
        let (scenario, waiting) = (self.0.clone(), Waiting::new());
        let run = py.detach(|| {
            let run = scenario.run_while(&|| waiting.wanted())?;
            Ok((serde_json::to_value(run.summary()).unwrap_or_default(), run.text()))
        });
        let (summary, text) = run.map_err(|error| ended(py, &error, &waiting))?;
        Ok((values::plain(py, &summary)?, text))
    }

    #[pyo3(signature = (replications, precision, threads, progress))]
    fn experiment<'py>(
        &self,
        py: Python<'py>,
        replications: Option<u64>,
        precision: Option<f64>,
        threads: usize,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Estimated<'py>> {
        let asked = match (replications, precision) {
            (Some(number), _) => Replications::exactly(number),
            (None, Some(share)) => Replications::until_precise(share),
            (None, None) => Replications::of_scenario(),
        };
        let (scenario, waiting) = (self.0.clone(), Waiting::new());
        let mut tell = |done: u64| {
            let wanted = waiting.told(|py| match &progress {
                Some(progress) => progress.call1(py, (done,)).map(|_| ()),
                None => Ok(()),
            });
            if wanted { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        let made = py.detach(|| scenario.experiment_while(&asked.on_threads(threads), &mut tell));
        let made = made.map_err(|error| ended(py, &error, &waiting))?;
        let names = made.measures.iter().map(|measured| measured.measure.clone()).collect();
        let numbers = values::plain(py, made.json())?;
        Ok((numbers, made.text().to_owned(), names, made.replications, made.level))
    }
}

/// What ended the work: what Python raised meanwhile, or what the library says.
fn ended(py: Python<'_>, error: &Error, waiting: &Waiting) -> PyErr {
    waiting.raised().unwrap_or_else(|| raised(py, error))
}
