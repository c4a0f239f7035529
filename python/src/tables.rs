//! Answers as tables: which columns there are, and where their cells stand in the numbers of the files.

use std::iter::repeat_n;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::table::Kind::{self, Real, Text, Whole};
use crate::table::{self, Table};

/// What was asked for.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) enum Question {
    Experiment,
    Comparison,
    Sweep,
    Search,
}

/// The numbers of an answer, as the file has them.
#[derive(Serialize, Deserialize)]
pub(crate) struct Numbers {
    pub question: Question,
    pub numbers: Value,
    /// Names of the measures of an experiment, in their order.
    pub measures: Vec<String>,
    /// Of each parameter of a sweep its values as numbers, if all of them are numbers.
    pub parameters: Vec<Option<Vec<f64>>>,
}

/// A column: its name, what is in it, and where that stands in the object of a row.
type Column = (&'static str, Kind, &'static [&'static str]);

const ESTIMATES: [Column; 6] = [
    ("unit", Text, &["unit"]),
    ("value", Real, &["value"]),
    ("low", Real, &["low"]),
    ("high", Real, &["high"]),
    ("count", Whole, &["count"]),
    ("method", Text, &["method"]),
];

const COMPARISON: [Column; 9] = [
    ("measure", Text, &["measure"]),
    ("unit", Text, &["unit"]),
    ("first", Real, &["first", "value"]),
    ("this", Real, &["this", "value"]),
    ("difference", Real, &["difference", "value"]),
    ("low", Real, &["difference", "low"]),
    ("high", Real, &["difference", "high"]),
    ("method", Text, &["method"]),
    ("better", Real, &["better", "value"]),
];

const SWEEP: [Column; 8] = [
    ("measure", Text, &["measure"]),
    ("unit", Text, &["unit"]),
    ("value", Real, &["here", "value"]),
    ("low", Real, &["here", "low"]),
    ("high", Real, &["here", "high"]),
    ("difference", Real, &["difference", "value"]),
    ("difference_low", Real, &["difference", "low"]),
    ("difference_high", Real, &["difference", "high"]),
];

const SEARCH: [Column; 7] = [
    ("value", Text, &["value"]),
    ("number", Real, &["number"]),
    ("measure", Real, &["measure", "value"]),
    ("low", Real, &["measure", "low"]),
    ("high", Real, &["measure", "high"]),
    ("verdict", Text, &["verdict"]),
    ("remark", Text, &["remark"]),
];

impl Numbers {
    /// Them as a table.
    pub(crate) fn table(&self) -> PyResult<Table> {
        table(self)
    }
}

fn table(answer: &Numbers) -> PyResult<Table> {
    let columns = match answer.question {
        Question::Experiment => estimates(answer),
        Question::Comparison => {
            let rows = below(&answer.numbers["against"], "measures");
            let variants = texts(rows.iter().map(|(other, _)| other["name"].as_str()));
            beside(vec![("variant".to_owned(), variants)], &rows, &COMPARISON)
        }
        Question::Sweep => sweep(answer),
        Question::Search => {
            let rows = below(&answer.numbers["answers"], "tried");
            let paths = texts(rows.iter().map(|(answer, _)| answer["varied"]["path"].as_str()));
            beside(vec![("path".to_owned(), paths)], &rows, &SEARCH)
        }
    };
    let columns = columns.into_iter().map(|(name, cells)| (name, cells, true));
    let batch = RecordBatch::try_from_iter_with_nullable(columns);
    batch.map(Table).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// The object of a row, and before it the one that it is in.
type Row<'v> = (&'v Value, &'v Value);

/// Names and cells.
type Columns = Vec<(String, ArrayRef)>;

/// Every object in the lists `key` of these objects.
fn below<'v>(all: &'v Value, key: &str) -> Vec<Row<'v>> {
    let inside = |outer: &'v Value| list(&outer[key]).iter().map(move |inner| (outer, inner));
    list(all).iter().flat_map(inside).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn texts<'v>(all: impl Iterator<Item = Option<&'v str>>) -> ArrayRef {
    Arc::new(all.collect::<StringArray>())
}

/// The columns of rows, behind others.
fn beside(mut all: Columns, rows: &[Row<'_>], columns: &[Column]) -> Columns {
    for (name, kind, place) in columns {
        let cells = rows.iter().map(|row| place.iter().fold(row.1, |at, key| &at[*key]));
        all.push(((*name).to_owned(), table::column(*kind, cells)));
    }
    all
}

fn estimates(answer: &Numbers) -> Columns {
    let known = &answer.numbers["estimates"];
    let rows: Vec<Row<'_>> = answer.measures.iter().map(|name| (known, &known[name])).collect();
    let names = texts(answer.measures.iter().map(|name| Some(name.as_str())));
    beside(vec![("measure".to_owned(), names)], &rows, &ESTIMATES)
}

fn sweep(answer: &Numbers) -> Columns {
    let points = list(&answer.numbers["points"]);
    let paths = list(&answer.numbers["parameters"]).iter().enumerate().map(|(number, path)| {
        let values = points.iter().map(|point| point["values"][number].as_str().unwrap_or(""));
        let numbers = answer.parameters.get(number).and_then(Option::as_deref);
        (path.as_str().unwrap_or("").to_owned(), parameter(points, values.collect(), numbers))
    });
    beside(paths.collect(), &below(&answer.numbers["points"], "measures"), &SWEEP)
}

/// A parameter in every row of a sweep, from its value at each point. `numbers`: those of its values in their order.
fn parameter(points: &[Value], values: Vec<&str>, numbers: Option<&[f64]>) -> ArrayRef {
    let rows = |point: &Value| list(&point["measures"]).len();
    let Some(numbers) = numbers else {
        let each = points.iter().zip(&values);
        return texts(each.flat_map(|(point, value)| repeat_n(Some(*value), rows(point))));
    };
    let mut known: Vec<&str> = Vec::new();
    let each = points.iter().zip(values).flat_map(|(point, value)| {
        let place = known.iter().position(|other| *other == value).unwrap_or_else(|| {
            known.push(value);
            known.len() - 1
        });
        repeat_n(numbers.get(place).copied(), rows(point))
    });
    table::real(each)
}
