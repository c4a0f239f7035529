//! Sets of laws: the rows of a CSV file as `fit` writes it, one set per replication in turn.
//!
//! A row names the law of each of the two times (`failure_law`, `repair_law`) and holds its
//! parameters in columns of their own (`failure_shape`, `repair_mean_s` ...); columns of other
//! laws may be empty or absent.

use crate::diagnostic::Diagnostic;
use crate::distribution::{Branch, Law};
use crate::model::Laws;
use crate::scenario::document::Spanned;
use crate::scenario::mistakes::bad_file;
use crate::time::{LONGEST, Span};

use super::context::Context;

/// Most rows that are read.
const MOST_ROWS: usize = 100_000;

/// The sets of a file; a mistake is left behind.
pub(super) fn sets(context: &mut Context<'_>, file: &Spanned<String>) -> Vec<Laws> {
    let read = context.files.read(&file.value);
    let cannot = |wrong: String| (format!("the file `{}` cannot be read", file.value), wrong);
    let sets = read.map_err(cannot).and_then(|bytes| rows(&bytes, &file.value));
    sets.unwrap_or_else(|(message, label)| {
        let found: Diagnostic = bad_file(message, file.span, label);
        context.found.push(found.help("`switchover fit` writes such a file: bootstrap.csv"));
        Vec::new()
    })
}

/// A message and a label.
type Wrong = (String, String);

fn rows(bytes: &[u8], file: &str) -> Result<Vec<Laws>, Wrong> {
    let unreadable = |wrong: csv::Error| {
        (format!("the file `{file}` cannot be read"), wrong.to_string().replace('\n', " "))
    };
    let mut table = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
    let headers = table.headers().map_err(unreadable)?.clone();
    let mut sets = Vec::new();
    for (number, record) in (1..).zip(table.records()) {
        let record = record.map_err(unreadable)?;
        let row = Row { headers: &headers, record: &record };
        let bad =
            |wrong| (format!("the file `{file}` has a bad set of laws in row {number}"), wrong);
        sets.push(Laws {
            failure: row.law("failure").map_err(bad)?,
            repair: row.law("repair").map_err(bad)?,
        });
        if number > MOST_ROWS {
            let message = format!("the file `{file}` is too long");
            return Err((message, format!("more than {MOST_ROWS} rows")));
        }
    }
    if sets.is_empty() {
        return Err((format!("the file `{file}` has no rows"), String::new()));
    }
    Ok(sets)
}

struct Row<'r> {
    headers: &'r csv::StringRecord,
    record: &'r csv::StringRecord,
}

impl Row<'_> {
    /// The cell of a column.
    fn cell(&self, column: &str) -> Result<&str, String> {
        let index = self.headers.iter().position(|name| name == column);
        let cell = index.and_then(|index| self.record.get(index));
        cell.ok_or_else(|| format!("there is no column `{column}`"))
    }

    /// A number in a range, ends included.
    fn number(&self, column: &str, least: f64, most: f64) -> Result<f64, String> {
        let cell = self.cell(column)?;
        let number = cell.parse::<f64>().ok().filter(|number| (least..=most).contains(number));
        number.ok_or_else(|| format!("`{cell}` in `{column}` is no number from {least} to {most}"))
    }

    /// A length in seconds, at least a nanosecond.
    fn length(&self, column: &str) -> Result<Span, String> {
        Ok(Span::from_secs_f64(self.number(column, 1e-9, LONGEST.as_secs_f64())?))
    }

    /// The law of one of the two times.
    fn law(&self, time: &str) -> Result<Law, String> {
        let name = self.cell(&format!("{time}_law"))?;
        let shape = || self.number(&format!("{time}_shape"), 0.01, 1000.0);
        let length = |what: &str| self.length(&format!("{time}_{what}_s"));
        match name {
            "constant" => Ok(Law::Constant(length("value")?)),
            "uniform" => ordered(length("lowest")?, length("highest")?)
                .map(|(lowest, highest)| Law::Uniform { lowest, highest }),
            "exponential" => Ok(Law::Exponential { mean: length("mean")? }),
            "weibull" => Ok(Law::Weibull { shape: shape()?, scale: length("scale")? }),
            "lognormal" => ordered(length("median")?, length("p95")?)
                .map(|(median, p95)| Law::Lognormal { median, p95 }),
            "gamma" => Ok(Law::Gamma { shape: shape()?, mean: length("mean")? }),
            "hyperexponential" => self.mixture(time),
            other => Err(format!("`{other}` in `{time}_law` is no law of such a file")),
        }
    }

    fn mixture(&self, time: &str) -> Result<Law, String> {
        let probability = self.number(&format!("{time}_p"), 1e-9, 1.0 - 1e-9)?;
        let mean = self.length(&format!("{time}_mean_s"))?;
        let other = self.length(&format!("{time}_other_mean_s"))?;
        let branches = [(probability, mean), (1.0 - probability, other)];
        let branches = branches.map(|(probability, mean)| Branch { probability, mean });
        Ok(Law::Hyperexponential(branches.to_vec()))
    }
}

fn ordered(lower: Span, upper: Span) -> Result<(Span, Span), String> {
    if lower <= upper { Ok((lower, upper)) } else { Err("its two lengths are out of order".into()) }
}
