//! The scenario of the library behind the one of the package.

use std::ops::ControlFlow;
use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList};
use switchover::Replications;

use crate::errors::{ended, raised};
use crate::made::{Chart, Made, drawn};
use crate::table::Table;
use crate::values;
use crate::waiting::Waiting;

/// A scenario. Others may use it while it runs: what runs is a copy.
#[pyclass(module = "switchover._engine")]
#[derive(Clone)]
pub(crate) struct Scenario(switchover::Scenario);

impl Scenario {
    pub(crate) const fn inner(&self) -> &switchover::Scenario {
        &self.0
    }
}

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

    #[staticmethod]
    fn unpack(py: Python<'_>, pack: &[u8]) -> PyResult<Self> {
        switchover::Scenario::unpack(pack).map(Self).map_err(|error| raised(py, &error))
    }

    fn pack<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let pack = self.0.pack().map_err(|error| raised(py, &error))?;
        Ok(PyBytes::new(py, &pack))
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

    fn run(&self, py: Python<'_>, threads: usize) -> PyResult<Run> {
        let (scenario, waiting) = (self.0.clone(), Waiting::new());
        let run = py.detach(|| scenario.run_while(threads, &|| waiting.is_wanted()));
        run.map(Run).map_err(|error| ended(py, &error, &waiting))
    }

    fn experiment(
        &self,
        py: Python<'_>,
        replications: Option<u64>,
        precision: Option<f64>,
        threads: usize,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Made> {
        let asked = asked(replications, precision).on_threads(threads);
        let scenario = self.0.clone();
        waited(py, progress, |told| scenario.experiment_while(&asked, told))
    }

    fn compare(
        &self,
        py: Python<'_>,
        others: Vec<(String, Py<Self>)>,
        replications: Option<u64>,
        precision: Option<f64>,
        threads: usize,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Made> {
        let asked = asked(replications, precision).on_threads(threads);
        let scenario = self.0.clone();
        let others = cloned(py, others);
        let others: Vec<_> = others.iter().map(|(name, other)| (name.as_str(), other)).collect();
        waited(py, progress, |told| scenario.compare_while(&others, &asked, told))
    }

    fn sweep(
        &self,
        py: Python<'_>,
        ranges: Vec<String>,
        replications: Option<u64>,
        precision: Option<f64>,
        threads: usize,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Made> {
        let asked = asked(replications, precision).on_threads(threads);
        let scenario = self.0.clone();
        let ranges: Vec<&str> = ranges.iter().map(String::as_str).collect();
        waited(py, progress, |told| scenario.sweep_while(&ranges, &asked, told))
    }

    #[pyo3(signature = (question, replications, precision, threads, progress))]
    fn headroom(
        &self,
        py: Python<'_>,
        question: (String, Vec<String>, Vec<String>),
        replications: Option<u64>,
        precision: Option<f64>,
        threads: usize,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Made> {
        let asked = asked(replications, precision).on_threads(threads);
        let scenario = self.0.clone();
        let (target, vary, faults) = &question;
        let [vary, faults]: [Vec<&str>; 2] =
            [vary, faults].map(|all| all.iter().map(String::as_str).collect());
        waited(py, progress, |told| scenario.headroom_while(target, &vary, &faults, (&asked, told)))
    }
}

/// The results of one run.
#[pyclass(frozen, module = "switchover._engine")]
pub(crate) struct Run(switchover::Run);

#[pymethods]
impl Run {
    /// The numbers, in the order of the file.
    fn summary<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let summary = serde_json::to_value(self.0.summary()).unwrap_or_default();
        values::plain(py, &summary)
    }

    fn text(&self) -> String {
        self.0.text()
    }

    fn charts(&self, py: Python<'_>) -> Vec<Chart> {
        drawn(py.detach(|| self.0.charts()))
    }

    fn table_names(&self) -> Vec<&'static str> {
        self.0.table_names()
    }

    /// A table; `None`: it is one of `rows`, or none.
    fn table(&self, py: Python<'_>, name: &str) -> PyResult<Option<Table>> {
        py.detach(|| self.0.table(name)).map(Table::of).transpose()
    }

    /// The tables that a run does not keep.
    fn rows(&self, py: Python<'_>, threads: usize) -> PyResult<Vec<(&'static str, Table)>> {
        let waiting = Waiting::new();
        let made = py.detach(|| self.0.rows_while(threads, &|| waiting.is_wanted()));
        let made = made.map_err(|error| ended(py, &error, &waiting))?;
        made.into_iter().map(|(name, table)| Ok((name, Table::of(table)?))).collect()
    }
}

/// What works while Python does something else; `progress` hears how far it is, and Ctrl-C ends it.
fn waited<T: Into<Made>>(
    py: Python<'_>,
    progress: Option<Py<PyAny>>,
    work: impl FnOnce(Told<'_>) -> Result<T, switchover::Error> + Send,
) -> PyResult<Made> {
    let waiting = Waiting::new();
    let mut tell = |done| waiting.goes_on(progress.as_ref(), done);
    let made = py.detach(|| work(&mut tell).map(Into::into));
    made.map_err(|error| ended(py, &error, &waiting))
}

/// Hears how many replications are done, and says whether to go on.
type Told<'t> = &'t mut (dyn FnMut(u64) -> ControlFlow<()> + Send + Sync);

fn asked(replications: Option<u64>, precision: Option<f64>) -> Replications {
    match (replications, precision) {
        (Some(number), _) => Replications::exactly(number),
        (None, Some(share)) => Replications::until_precise(share),
        (None, None) => Replications::of_scenario(),
    }
}

/// Scenarios with their names, so that others may use them meanwhile.
pub(crate) fn cloned(
    py: Python<'_>,
    named: Vec<(String, Py<Scenario>)>,
) -> Vec<(String, switchover::Scenario)> {
    named.into_iter().map(|(name, other)| (name, other.borrow(py).0.clone())).collect()
}
