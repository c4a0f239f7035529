//! One directory of results as the report sees it: which command made it, its answer, its tables.
//!
//! Everything comes from the files; what an older version did not write is simply not there.

use std::collections::BTreeMap;

use serde_json::Value;
use thiserror::Error;

use crate::report::charts::{
    CALLS_CHART, EXPERIMENT_CHARTS, SWEEP_CHARTS, VARIANTS_CHART, is_chart_of_run, is_headroom_file,
};
use crate::report::headroom::HEADROOM_VALUES;
use crate::report::table::unguarded;
use crate::report::{ASSUMPTIONS_FILE, FORMAT_VERSION, PLANNER_FILE, PROVENANCE_FILE};

/// A directory of results: its name and the files in it that [`is_read`].
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// What it is called in the report.
    pub name: String,
    /// Contents by file name.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// A directory that cannot be reported.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Refused {
    /// No command of this program made it.
    #[error("{0} is not a result of `run`, `replay`, `merge`, `compare`, `sweep` or `headroom`: it has none of {names}", names = names())]
    Foreign(String),
    /// A file of it cannot be understood.
    #[error("{folder}/{file} cannot be understood: {why}")]
    Garbled {
        /// The directory.
        folder: String,
        /// The file.
        file: String,
        /// What is wrong with it.
        why: String,
    },
}

/// Which command made a directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Run,
    Experiment,
    Compare,
    Sweep,
    Headroom,
}

/// The file that holds the answer of each kind.
const ANSWERS: [(&str, Kind); 5] = [
    ("summary.json", Kind::Run),
    ("experiment.json", Kind::Experiment),
    ("compare.json", Kind::Compare),
    ("sweep.json", Kind::Sweep),
    ("headroom.json", Kind::Headroom),
];

/// Tables that are shown or drawn.
const TABLES: [&str; 12] = [
    ASSUMPTIONS_FILE,
    DOWNTIME_FILE,
    "faults.csv",
    GROUPS_FILE,
    PLANNER_FILE,
    "states.csv",
    "timeline.csv",
    "world.csv",
    "estimates.csv",
    "replications.csv",
    "sweep.csv",
    HEADROOM_VALUES,
];

/// The table that swim lanes of groups are made of.
pub(super) const GROUPS_FILE: &str = "groups.csv";

/// The table that says whose downtime it is.
pub(super) const DOWNTIME_FILE: &str = "downtime.csv";

/// Files of the bad replication that is shown, in a set of an experiment: their names there, and in
/// a set of their own.
pub const TELLING_FILES: [(&str, &str); 7] = [
    ("telling-summary.json", "summary.json"),
    ("telling-faults.csv", "faults.csv"),
    ("telling-groups.csv", GROUPS_FILE),
    ("telling-downtime.csv", DOWNTIME_FILE),
    ("telling-states.csv", "states.csv"),
    ("telling-timeline.csv", "timeline.csv"),
    ("telling-calls.svg", CALLS_CHART),
];

/// Whether a file of that name is read for a report. The tables with a row per agent, outage or move are
/// not: they may be very long.
#[must_use]
pub fn is_read(name: &str) -> bool {
    name == PROVENANCE_FILE
        || name == VARIANTS_CHART
        || TABLES.contains(&name)
        || TELLING_FILES.iter().any(|(file, _)| *file == name)
        || SWEEP_CHARTS.contains(&name)
        || is_headroom_file(name)
        || ANSWERS.iter().any(|(file, _)| *file == name)
        || is_chart_of_run(name)
        || EXPERIMENT_CHARTS.iter().any(|chart| chart.file == name)
        || (name.starts_with("differences") && name.ends_with(".svg"))
}

fn names() -> String {
    ANSWERS.map(|(file, _)| file).join(", ")
}

/// Digits of a digest where people read it.
const DIGITS: usize = 12;

/// A table: its columns, its rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Csv {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Csv {
    /// The same with these columns only, as far as it has them.
    pub(super) fn only(&self, columns: &[&str]) -> Self {
        let at =
            columns.iter().filter_map(|column| self.columns.iter().position(|own| own == column));
        let at: Vec<usize> = at.collect();
        let pick = |row: &Vec<String>| -> Vec<String> {
            at.iter().map(|at| row.get(*at).cloned().unwrap_or_default()).collect()
        };
        Self { columns: pick(&self.columns), rows: self.rows.iter().map(pick).collect() }
    }

    /// The cell of a column in a row; empty where there is none.
    pub(super) fn cell<'r>(&self, row: &'r [String], column: &str) -> &'r str {
        let at = self.columns.iter().position(|name| name == column);
        at.and_then(|at| row.get(at)).map_or("", String::as_str)
    }

    /// The same as a number.
    pub(super) fn number(&self, row: &[String], column: &str) -> Option<f64> {
        self.cell(row, column).parse().ok().filter(|number: &f64| number.is_finite())
    }
}

/// A directory that was read.
pub(super) struct Set<'f> {
    pub(super) folder: &'f Folder,
    pub(super) kind: Kind,
    pub(super) answer: Value,
    provenance: Value,
    /// Begins every id of its part of the page.
    pub(super) prefix: String,
}

impl<'f> Set<'f> {
    /// Understands a directory.
    pub(super) fn read(folder: &'f Folder, prefix: String) -> Result<Self, Refused> {
        let found = ANSWERS.into_iter().find(|(file, _)| folder.files.contains_key(*file));
        let (file, kind) = found.ok_or_else(|| Refused::Foreign(folder.name.clone()))?;
        let answer = json(folder, file)?;
        if !answer.is_object() {
            return Err(garbled(folder, file, "it is no JSON object"));
        }
        let version = answer["format_version"].as_u64().unwrap_or(0);
        if version > u64::from(FORMAT_VERSION) {
            let why =
                format!("it has format version {version}, and this program knows {FORMAT_VERSION}");
            return Err(garbled(folder, file, &why));
        }
        let provenance = match folder.files.contains_key(PROVENANCE_FILE) {
            true => json(folder, PROVENANCE_FILE)?["provenance"].clone(),
            false => answer["provenance"].clone(),
        };
        Ok(Self { folder, kind, answer, provenance, prefix })
    }

    /// The file that holds its answer.
    pub(super) fn answer_file(&self) -> &'static str {
        ANSWERS.iter().find(|(_, kind)| *kind == self.kind).map_or("", |(file, _)| file)
    }

    /// Where it comes from.
    pub(super) fn provenance(&self, key: &str) -> &Value {
        &self.provenance[key]
    }

    /// The scenario's file.
    pub(super) fn scenario(&self) -> &str {
        self.provenance["inputs"][0]["file"].as_str().unwrap_or("scenario.toml")
    }

    /// A text of the answer.
    pub(super) fn text(&self, key: &str) -> &str {
        self.answer[key].as_str().unwrap_or_default()
    }

    /// A number of the answer, by a path of keys.
    pub(super) fn number(&self, path: &str) -> Option<f64> {
        path.split('.').fold(&self.answer, |value, key| &value[key]).as_f64()
    }

    /// A table; `None`: it is not there.
    pub(super) fn csv(&self, name: &str) -> Result<Option<Csv>, Refused> {
        let Some(bytes) = self.folder.files.get(name) else { return Ok(None) };
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes.as_slice());
        let wrong = |error: csv::Error| garbled(self.folder, name, &error.to_string());
        let texts = |record: &csv::StringRecord| {
            record.iter().map(|cell| unguarded(cell).to_owned()).collect()
        };
        let columns = reader.headers().map(texts).map_err(wrong)?;
        let rows = reader.records().map(|record| {
            record
                .as_ref()
                .map(texts)
                .map_err(|error| garbled(self.folder, name, &error.to_string()))
        });
        let rows = rows.collect::<Result<_, _>>()?;
        Ok(Some(Csv { columns, rows }))
    }

    /// Whether a fault is random, as far as the files say.
    pub(super) fn may_be_random(&self) -> bool {
        let random = |csv: &Csv| {
            let key = |row: &Vec<String>| {
                csv.cell(row, "kind") == "fault"
                    && ["mtbf", "failure"].contains(&csv.cell(row, "name"))
            };
            csv.rows.iter().any(key)
        };
        self.csv(ASSUMPTIONS_FILE).ok().flatten().is_none_or(|csv| random(&csv))
    }

    /// Its scenarios, each with the head of its digest.
    pub(super) fn inputs(&self) -> Vec<String> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let input = |input: &Value| {
            let digest: String = text(&input["digest"]).chars().take(DIGITS).collect();
            format!("{} {digest}", text(&input["file"]))
        };
        self.provenance["inputs"].as_array().into_iter().flatten().map(input).collect()
    }

    /// Where it comes from in one line, for the foot of a chart.
    pub(super) fn stamp(&self) -> String {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut parts = vec![text(&self.provenance["program"])];
        parts.extend(self.inputs());
        if let Some(seed) = self.provenance["seed"].as_u64() {
            parts.push(format!("seed {seed}"));
        }
        parts.extend(self.provenance["settings"].as_array().into_iter().flatten().map(text));
        parts.retain(|part| !part.is_empty());
        parts.join(", ")
    }

    /// The bad replication of an experiment as a directory of its own, if it is there; older ones
    /// have no groups, or do not say whose downtime it was.
    pub(super) fn telling(&self) -> Option<Folder> {
        let own = |(file, name): (&str, &str)| {
            Some((name.to_owned(), self.folder.files.get(file)?.clone()))
        };
        let files: BTreeMap<_, _> = TELLING_FILES.into_iter().filter_map(own).collect();
        let added = [GROUPS_FILE, DOWNTIME_FILE, CALLS_CHART];
        let needed = TELLING_FILES.iter().filter(|(_, name)| !added.contains(name));
        let is_whole = needed.into_iter().all(|(_, name)| files.contains_key(*name));
        is_whole.then(|| Folder { name: self.folder.name.clone(), files })
    }

    /// An id of its part of the page.
    pub(super) fn id(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }
}

fn json(folder: &Folder, file: &str) -> Result<Value, Refused> {
    let bytes = folder.files.get(file).map_or(&[][..], Vec::as_slice);
    serde_json::from_slice(bytes).map_err(|error| garbled(folder, file, &error.to_string()))
}

/// That a file cannot be understood.
pub(super) fn garbled(folder: &Folder, file: &str, why: &str) -> Refused {
    let (folder, file) = (folder.name.clone(), file.to_owned());
    Refused::Garbled { folder, file, why: why.to_owned() }
}
