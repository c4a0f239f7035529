//! The files of a run: which there are, and the tables that are written while agents are simulated.

use super::failure::{Failure, Outcome};
use super::output::{StagedFile, Staging};
use super::pass::Part;
use crate::experiment::Answer;
use crate::measures::{AgentRow, MoveRow, OutageRow, Results, Rows};
use crate::model::Model;
use crate::report::charts::{
    CHARTS, EXPERIMENT_CHARTS, QUEUE_CHARTS, SWEEP_CHARTS, VARIANTS_CHART, experiment_charts,
    is_chart_of_run, is_headroom_file, stamped,
};
use crate::report::compare::COMPARISON_FILES;
use crate::report::experiment::{CALLS_OF_EXPERIMENT, EXPERIMENT_FILES};
use crate::report::headroom::HEADROOM_FILES;
use crate::report::page::{REPORT_FILE, TELLING_FILES};
use crate::report::sweep::SWEEP_FILES;
use crate::report::{
    self, ASSUMPTIONS_FILE, Assumption, CALLS_FILE, LARGE_TABLES, PROVENANCE_FILE, Provenance,
    REGISTRAR_FILES, RowBytes, RowFiles, TraceCsv, XLSX_FILE, assumptions_csv,
};

/// The name of the trace.
const TRACE: &str = "trace.csv";

/// Writes the files that are made of the results of the whole run, charts included.
///
/// # Errors
/// [`Failure::World`] if the disk refuses, [`Failure::Interrupted`].
pub(super) fn write_results(
    staging: &Staging,
    results: &Results,
    model: &Model,
    provenance: &Provenance,
    assumptions: &[Assumption],
) -> Outcome {
    for file in &report::FILES {
        staging.write(file.name, &(file.render)(results, model, provenance))?;
    }
    let queues = !results.registrars.is_empty();
    for file in REGISTRAR_FILES.iter().filter(|_| queues) {
        staging.write(file.name, &(file.render)(results, model, provenance))?;
    }
    if results.calls.is_some() {
        let file = CALLS_FILE;
        staging.write(file.name, &(file.render)(results, model, provenance))?;
    }
    let queue_charts = QUEUE_CHARTS.iter().filter(|one| (one.has_queue)(results));
    for chart in CHARTS.iter().chain(queue_charts.map(|one| &one.chart)) {
        write_chart(staging, chart.file, &(chart.draw)(results, model), provenance)?;
    }
    write_grounds(staging, provenance, assumptions)
}

/// Writes the files and charts of an experiment.
///
/// # Errors
/// [`Failure::World`] if the disk refuses, [`Failure::Interrupted`].
pub(super) fn write_answer(
    staging: &Staging,
    answer: &Answer,
    model: &Model,
    provenance: &Provenance,
    assumptions: &[Assumption],
) -> Outcome {
    let calls = (!model.calls.queues.is_empty()).then_some(&CALLS_OF_EXPERIMENT);
    for file in EXPERIMENT_FILES.iter().chain(calls) {
        staging.write(file.name, &(file.render)(answer, model, provenance))?;
    }
    for chart in experiment_charts(model) {
        write_chart(staging, chart.file, &(chart.draw)(answer, model), provenance)?;
    }
    write_grounds(staging, provenance, assumptions)
}

/// Writes a chart, with a line at its foot that says where it comes from.
///
/// # Errors
/// [`Failure::World`] if the disk refuses, [`Failure::Interrupted`].
pub(super) fn write_chart(
    staging: &Staging,
    name: &str,
    svg: &str,
    provenance: &Provenance,
) -> Outcome {
    staging.write(name, stamped(svg, &provenance.line()).as_bytes())
}

/// Writes the file that says where tables come from.
///
/// # Errors
/// [`Failure::World`] if the disk refuses, [`Failure::Interrupted`].
pub(super) fn write_sidecar(staging: &Staging, provenance: &Provenance) -> Outcome {
    staging.write(PROVENANCE_FILE, &provenance.sidecar())
}

/// Writes the files that say where a simulated answer comes from and what it takes for granted.
///
/// # Errors
/// [`Failure::World`] if the disk refuses, [`Failure::Interrupted`].
pub(super) fn write_grounds(
    staging: &Staging,
    provenance: &Provenance,
    assumptions: &[Assumption],
) -> Outcome {
    staging.write(ASSUMPTIONS_FILE, &assumptions_csv(assumptions))?;
    write_sidecar(staging, provenance)
}

/// Whether a file of that name is one that `run` writes, so that it may be replaced.
#[must_use]
pub(super) fn is_ours(name: &str) -> bool {
    let rows = RowBytes::default();
    name == TRACE
        || name == PROVENANCE_FILE
        || name == ASSUMPTIONS_FILE
        || name == REPORT_FILE
        || TELLING_FILES.iter().any(|(file, _)| *file == name)
        || name == XLSX_FILE
        || LARGE_TABLES.iter().any(|table| table.parquet == name)
        || name == CALLS_FILE.name
        || report::FILES.iter().chain(&REGISTRAR_FILES).any(|file| file.name == name)
        || is_chart_of_run(name)
        || rows.files().iter().any(|(known, _)| *known == name)
        || EXPERIMENT_FILES.iter().any(|file| file.name == name)
        || EXPERIMENT_CHARTS.iter().any(|chart| chart.file == name)
        || COMPARISON_FILES.iter().any(|file| file.name == name)
        || (name.starts_with("differences") && name.ends_with(".svg"))
        || SWEEP_FILES.iter().any(|file| file.name == name)
        || SWEEP_CHARTS.contains(&name)
        || HEADROOM_FILES.iter().any(|file| file.name == name)
        || is_headroom_file(name)
        || name == VARIANTS_CHART
}

/// Turns rows into lines, if they are needed.
pub(super) struct RowsIfWanted<'m>(Option<RowFiles<'m>>);

impl<'m> RowsIfWanted<'m> {
    /// No rows yet.
    #[must_use]
    pub(super) fn new(model: &'m Model, wanted: bool) -> Self {
        Self(wanted.then(|| RowFiles::new(model)))
    }
}

impl Rows for RowsIfWanted<'_> {
    fn wanted(&self) -> bool {
        self.0.is_some()
    }

    fn agent(&mut self, row: &AgentRow) {
        if let Some(files) = &mut self.0 {
            files.agent(row);
        }
    }

    fn outage(&mut self, row: &OutageRow) {
        if let Some(files) = &mut self.0 {
            files.outage(row);
        }
    }

    fn moved(&mut self, row: &MoveRow) {
        if let Some(files) = &mut self.0 {
            files.moved(row);
        }
    }
}

/// The tables with a row per agent, outage, move and record, open for writing.
#[derive(Debug)]
pub(super) struct Tables {
    rows: Vec<StagedFile>,
    trace: Option<StagedFile>,
}

impl Tables {
    /// Begins the tables that are needed, with their headers.
    ///
    /// # Errors
    /// [`Failure::World`] if the disk refuses, [`Failure::Interrupted`].
    pub(super) fn begin(
        staging: &Staging,
        model: &Model,
        rows: bool,
        trace: bool,
    ) -> Result<Self, Failure> {
        let mut tables = Self { rows: Vec::new(), trace: None };
        if rows {
            for (name, header) in RowBytes::headers(model).files() {
                let mut file = staging.create(name)?;
                file.append(header)?;
                tables.rows.push(file);
            }
        }
        if trace {
            let mut file = staging.create(TRACE)?;
            file.append(&finished(TraceCsv::new(model, Vec::new()))?)?;
            tables.trace = Some(file);
        }
        Ok(tables)
    }

    /// Writes what a range of agents left; ranges come in order.
    ///
    /// # Errors
    /// [`Failure::World`] if the disk refuses, [`Failure::Interrupted`].
    pub(super) fn append(
        &mut self,
        part: Part<RowsIfWanted<'_>, Option<TraceCsv<'_, Vec<u8>>>>,
    ) -> Outcome {
        if let Some(mut rows) = part.rows.0 {
            for (file, (_, lines)) in self.rows.iter_mut().zip(rows.take().files()) {
                file.append(lines)?;
            }
        }
        match (&mut self.trace, part.trace) {
            (Some(file), Some(trace)) => file.append(&finished(trace)?),
            _ => Ok(()),
        }
    }

    /// Writes what is left, down to the disk.
    ///
    /// # Errors
    /// [`Failure::World`] if the disk refuses, [`Failure::Interrupted`].
    pub(super) fn close(self) -> Outcome {
        self.rows.into_iter().chain(self.trace).try_for_each(StagedFile::close)
    }
}

/// The bytes of a trace. Writing to memory does not fail.
fn finished(trace: TraceCsv<'_, Vec<u8>>) -> Result<Vec<u8>, Failure> {
    trace.finish().map_err(|error| Failure::World(format!("cannot write {TRACE}: {error}")))
}
