//! The job of the library behind those of the package that other machines work for.

use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use switchover::Replications;

use crate::errors::{ended, raised};
use crate::made::{self, Made};
use crate::scenario::{Scenario, cloned};
use crate::waiting::Waiting;

/// What is cut into shards.
#[pyclass(frozen, module = "switchover._engine")]
pub(crate) struct Job(switchover::Job);

#[pymethods]
impl Job {
    #[staticmethod]
    fn experiment(
        py: Python<'_>,
        scenario: &Scenario,
        replications: Option<u64>,
    ) -> PyResult<Self> {
        let asked = asked(replications);
        let scenario = scenario.inner().clone();
        let made = py.detach(|| switchover::Job::experiment(&scenario, &asked));
        made.map(Self).map_err(|error| raised(py, &error))
    }

    #[staticmethod]
    fn comparison(
        py: Python<'_>,
        scenario: &Scenario,
        others: Vec<(String, Py<Scenario>)>,
        replications: Option<u64>,
    ) -> PyResult<Self> {
        let (asked, others) = (asked(replications), cloned(py, others));
        let scenario = scenario.inner().clone();
        let others: Vec<_> = others.iter().map(|(name, other)| (name.as_str(), other)).collect();
        let made = py.detach(|| switchover::Job::comparison(&scenario, &others, &asked));
        made.map(Self).map_err(|error| raised(py, &error))
    }

    #[staticmethod]
    fn sweep(
        py: Python<'_>,
        scenario: &Scenario,
        ranges: Vec<String>,
        replications: Option<u64>,
    ) -> PyResult<Self> {
        let asked = asked(replications);
        let scenario = scenario.inner().clone();
        let ranges: Vec<&str> = ranges.iter().map(String::as_str).collect();
        let made = py.detach(|| switchover::Job::sweep(&scenario, &ranges, &asked));
        made.map(Self).map_err(|error| raised(py, &error))
    }

    #[getter]
    fn samples(&self) -> u128 {
        self.0.samples()
    }

    #[getter]
    fn variants(&self) -> usize {
        self.0.variants()
    }

    fn shard<'py>(&self, py: Python<'py>, index: u64, count: u64) -> PyResult<Bound<'py, PyBytes>> {
        let waiting = Waiting::new();
        let mut text = py.detach(|| self.0.shard((index, count), &|| waiting.is_wanted()));
        let text = text.as_mut().map_err(|error| ended(py, error, &waiting))?;
        Ok(PyBytes::new(py, text))
    }

    fn holds(&self, py: Python<'_>, path: PathBuf, index: u64, count: u64) -> PyResult<bool> {
        let held = py.detach(|| self.0.holds(&path, (index, count)));
        held.map_err(|error| raised(py, &error))
    }

    fn merge(&self, py: Python<'_>, parts: Vec<PathBuf>, count: u64) -> PyResult<Option<Made>> {
        let merged = py.detach(|| self.0.merge(&parts, count).map(made::answered));
        merged.map_err(|error| raised(py, &error))
    }
}

fn asked(replications: Option<u64>) -> Replications {
    replications.map_or_else(Replications::of_scenario, Replications::exactly)
}
