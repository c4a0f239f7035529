//! The scenario of the library behind the one of the package.

use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::PyList;
use switchover::facade::Drawn;
use switchover::{Error, Replications};

use crate::errors::raised;
use crate::values;
use crate::waiting::Waiting;

/// A scenario. Others may use it while it runs: what runs is a copy.
#[pyclass(module = "switchover._engine")]
#[derive(Clone)]
pub(crate) struct Scenario(switchover::Scenario);

/// Name of the file, title, SVG.
type Chart = (String, String, String);

/// Numbers, text, names of the measures in their order, number of replications, confidence level, charts.
type Estimated<'py> = (Bound<'py, PyAny>, String, Vec<String>, usize, f64, Vec<Chart>);

/// Numbers, text, number of replications, confidence level, charts.
type Compared<'py> = (Bound<'py, PyAny>, String, usize, f64, Vec<Chart>);

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

    fn run(&self, py: Python<'_>) -> PyResult<Run> {
        let (scenario, waiting) = (self.0.clone(), Waiting::new());
        let run = py.detach(|| scenario.run_while(&|| waiting.wanted()));
        run.map(Run).map_err(|error| ended(py, &error, &waiting))
    }

    fn experiment<'py>(
        &self,
        py: Python<'py>,
        replications: Option<u64>,
        precision: Option<f64>,
        threads: usize,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Estimated<'py>> {
        let asked = asked(replications, precision).on_threads(threads);
        let (scenario, waiting) = (self.0.clone(), Waiting::new());
        let mut tell = |done| waiting.goes_on(progress.as_ref(), done);
        let made = py.detach(|| scenario.experiment_while(&asked, &mut tell));
        let made = made.map_err(|error| ended(py, &error, &waiting))?;
        let names = made.measures.iter().map(|measured| measured.measure.clone()).collect();
        let (numbers, text) = (values::plain(py, made.json())?, made.text().to_owned());
        Ok((numbers, text, names, made.replications, made.level, drawn(made.charts)))
    }

    fn compare<'py>(
        &self,
        py: Python<'py>,
        others: Vec<(String, Py<Self>)>,
        replications: Option<u64>,
        precision: Option<f64>,
        threads: usize,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Compared<'py>> {
        let asked = asked(replications, precision).on_threads(threads);
        let (scenario, waiting) = (self.0.clone(), Waiting::new());
        let others: Vec<(String, switchover::Scenario)> =
            others.into_iter().map(|(name, other)| (name, other.borrow(py).0.clone())).collect();
        let others: Vec<_> = others.iter().map(|(name, other)| (name.as_str(), other)).collect();
        let mut tell = |done| waiting.goes_on(progress.as_ref(), done);
        let made = py.detach(|| scenario.compare_while(&others, &asked, &mut tell));
        let made = made.map_err(|error| ended(py, &error, &waiting))?;
        let (numbers, text) = (values::plain(py, made.json())?, made.text().to_owned());
        Ok((numbers, text, made.replications, made.level, drawn(made.charts)))
    }
}

/// The results of one run.
#[pyclass(frozen, module = "switchover._engine")]
pub(crate) struct Run(switchover::Run);

#[pymethods]
impl Run {
    /// The numbers, in the order of the file, and the text.
    fn told<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, String)> {
        let summary = serde_json::to_value(self.0.summary()).unwrap_or_default();
        Ok((values::plain(py, &summary)?, self.0.text()))
    }

    fn charts(&self, py: Python<'_>) -> Vec<Chart> {
        drawn(py.detach(|| self.0.charts()))
    }
}

fn asked(replications: Option<u64>, precision: Option<f64>) -> Replications {
    match (replications, precision) {
        (Some(number), _) => Replications::exactly(number),
        (None, Some(share)) => Replications::until_precise(share),
        (None, None) => Replications::of_scenario(),
    }
}

fn drawn(charts: Vec<Drawn>) -> Vec<Chart> {
    charts.into_iter().map(|chart| (chart.file, chart.title, chart.svg)).collect()
}

/// What ended the work: what Python raised meanwhile, or what the library says.
fn ended(py: Python<'_>, error: &Error, waiting: &Waiting) -> PyErr {
    waiting.raised().unwrap_or_else(|| raised(py, error))
}
