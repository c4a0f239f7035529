//! The files of an answer in memory, for the parts of the page that are made from files. The same
//! files that `run` and `compare` write, and no others.

use crate::experiment::{Answer, Comparison};
use crate::measures::Results;
use crate::model::Model;
use crate::report::charts::{CHARTS, experiment_charts, paired_chart, paired_file, stamped};
use crate::report::compare::COMPARISON_FILES;
use crate::report::experiment::EXPERIMENT_FILES;
use crate::report::page::{Folder, is_read};
use crate::report::{
    self, ASSUMPTIONS_FILE, Assumption, PROVENANCE_FILE, Provenance, assumptions_csv,
};

/// The charts of a run that the page shows.
const SHOWN: [&str; 3] = ["agents-in-service.svg", "downtime-by-cause.svg", "outage-duration.svg"];

/// The files of a run.
#[must_use]
pub(super) fn of_run(
    results: &Results,
    model: &Model,
    provenance: &Provenance,
    assumptions: &[Assumption],
) -> Folder {
    let mut folder = grounds(provenance, assumptions);
    for file in report::FILES.iter().filter(|file| is_read(file.name)) {
        put(&mut folder, file.name, (file.render)(results, model, provenance));
    }
    for chart in CHARTS.iter().filter(|chart| SHOWN.contains(&chart.file)) {
        chart_in(&mut folder, chart.file, &(chart.draw)(results, model), provenance);
    }
    folder
}

/// The files of an experiment.
#[must_use]
pub(super) fn of_answer(
    answer: &Answer<'_>,
    model: &Model,
    provenance: &Provenance,
    assumptions: &[Assumption],
) -> Folder {
    let mut folder = grounds(provenance, assumptions);
    for file in EXPERIMENT_FILES.iter().filter(|file| is_read(file.name)) {
        put(&mut folder, file.name, (file.render)(answer, model, provenance));
    }
    for chart in experiment_charts(model) {
        chart_in(&mut folder, chart.file, &(chart.draw)(answer, model), provenance);
    }
    folder
}

/// The files of a comparison of two variants.
#[must_use]
pub(super) fn of_comparison(comparison: &Comparison<'_>, provenance: &Provenance) -> Folder {
    let mut folder = grounds(provenance, &[]);
    for file in COMPARISON_FILES.iter().filter(|file| is_read(file.name)) {
        put(&mut folder, file.name, (file.render)(comparison, provenance));
    }
    chart_in(&mut folder, &paired_file(1), &paired_chart(comparison, 1), provenance);
    folder
}

fn grounds(provenance: &Provenance, assumptions: &[Assumption]) -> Folder {
    let mut folder = Folder { name: "this answer".to_owned(), ..Folder::default() };
    put(&mut folder, ASSUMPTIONS_FILE, assumptions_csv(assumptions));
    put(&mut folder, PROVENANCE_FILE, provenance.sidecar());
    folder
}

fn put(folder: &mut Folder, name: &str, bytes: Vec<u8>) {
    folder.files.insert(name.to_owned(), bytes);
}

fn chart_in(folder: &mut Folder, name: &str, svg: &str, provenance: &Provenance) {
    put(folder, name, stamped(svg, &provenance.line()).into_bytes());
}
