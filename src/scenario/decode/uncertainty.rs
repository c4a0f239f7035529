//! Sets of laws: the rows of a CSV file as `fit` writes it, one set per replication in turn.
//!
//! A row names the law of each of the two times (`failure_law`, `repair_law`) and holds its
//! parameters in columns of their own (`failure_shape`, `repair_mean_s` ...); columns of other
//! laws may be empty or absent.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::cells::Record;
use crate::distribution::{Branch, Law};
use crate::model::Laws;
use crate::scenario::document::Spanned;
use crate::time::{LONGEST, Span};

use super::context::Context;
use super::sheet::Sheet;

/// Most rows that are read.
const MOST_ROWS: usize = 100_000;

/// The sets of a file; mistakes are left behind.
pub(super) fn sets(context: &mut Context<'_>, file: &Spanned<String>) -> Vec<Laws> {
    let mut wrong = Vec::new();
    let mut sets = Vec::new();
    let before = context.found.len();
    match Sheet::read(context, file, MOST_ROWS) {
        Err(found) => wrong.push(found),
        Ok(sheet) => {
            for cells in sheet.rows() {
                match (Row { sheet: &sheet, cells }).laws() {
                    Ok(laws) => sets.push(laws),
                    Err(Wrong::Header(found)) => {
                        wrong.push(found);
                        break;
                    }
                    Err(Wrong::Cell(found)) => wrong.push(found),
                }
            }
        }
    }
    let help = "`switchover fit` writes such a file: bootstrap.csv";
    context.found.extend(wrong.into_iter().map(|found| found.help(help)));
    if context.found.len() > before { Vec::new() } else { sets }
}

/// What is wrong with one row, or with all.
enum Wrong {
    Cell(Diagnostic),
    Header(Diagnostic),
}

struct Row<'r> {
    sheet: &'r Sheet,
    cells: &'r Record,
}

impl Row<'_> {
    fn laws(&self) -> Result<Laws, Wrong> {
        Ok(Laws { failure: self.law("failure")?, repair: self.law("repair")? })
    }

    /// The place of a column.
    fn column(&self, name: &str) -> Result<usize, Wrong> {
        let missing = || self.sheet.bad_header(format!("there is no column `{name}`"));
        self.sheet.place(name).ok_or_else(|| Wrong::Header(missing()))
    }

    fn bad(&self, column: usize, label: String) -> Wrong {
        Wrong::Cell(self.sheet.bad(self.cells, column, label))
    }

    /// A number in a range, ends included.
    fn number(&self, name: &str, least: f64, most: f64) -> Result<f64, Wrong> {
        let column = self.column(name)?;
        let number = self.cells[column].text.parse::<f64>().ok();
        let number = number.filter(|number| (least..=most).contains(number));
        number.ok_or_else(|| self.bad(column, format!("no number from {least} to {most}")))
    }

    /// A length in seconds, at least a nanosecond.
    fn length(&self, column: &str) -> Result<Span, Wrong> {
        Ok(Span::from_secs_f64(self.number(column, 1e-9, LONGEST.as_secs_f64())?))
    }

    /// Two lengths in order.
    fn lengths(&self, time: &str, [lower, upper]: [&str; 2]) -> Result<(Span, Span), Wrong> {
        let [lower, upper] = [lower, upper].map(|what| format!("{time}_{what}_s"));
        let (least, most) = (self.length(&lower)?, self.length(&upper)?);
        if least <= most {
            return Ok((least, most));
        }
        Err(self.bad(self.column(&upper)?, format!("less than `{lower}`")))
    }

    /// The law of one of the two times.
    fn law(&self, time: &str) -> Result<Law, Wrong> {
        let column = self.column(&format!("{time}_law"))?;
        let shape = || self.number(&format!("{time}_shape"), 0.01, 1000.0);
        let length = |what: &str| self.length(&format!("{time}_{what}_s"));
        let lengths = |two| self.lengths(time, two);
        match self.cells[column].text.as_str() {
            "constant" => Ok(Law::Constant(length("value")?)),
            "uniform" => lengths(["lowest", "highest"])
                .map(|(lowest, highest)| Law::Uniform { lowest, highest }),
            "exponential" => Ok(Law::Exponential { mean: length("mean")? }),
            "weibull" => Ok(Law::Weibull { shape: shape()?, scale: length("scale")? }),
            "lognormal" => {
                lengths(["median", "p95"]).map(|(median, p95)| Law::Lognormal { median, p95 })
            }
            "gamma" => Ok(Law::Gamma { shape: shape()?, mean: length("mean")? }),
            "hyperexponential" => self.mixture(time),
            _ => Err(self.bad(column, "no law of such a file".to_owned())),
        }
    }

    fn mixture(&self, time: &str) -> Result<Law, Wrong> {
        let probability = self.number(&format!("{time}_p"), 1e-9, 1.0 - 1e-9)?;
        let mean = self.length(&format!("{time}_mean_s"))?;
        let other = self.length(&format!("{time}_other_mean_s"))?;
        let branches = [(probability, mean), (1.0 - probability, other)];
        let branches = branches.map(|(probability, mean)| Branch { probability, mean });
        Ok(Law::Hyperexponential(branches.to_vec()))
    }
}
