//! A setting that is varied, as meant: the full path, the value in force, the values to search in.

use super::meant::Meant;
use super::ranges;
use crate::experiment::{Advice, Answered, Change, Finding, Point, Tried, short};
use crate::scenario::set::{self, Values, Vary};

/// About how many values are made beyond the first and those of bisection for one question.
const BESIDE: u64 = 3;

/// A setting that is varied.
pub struct Varied {
    /// With its full path.
    pub vary: Vary,
    /// The values to search in.
    pub values: Values,
    /// The value in force, as written, if there is one.
    pub in_force: Option<String>,
}

impl Varied {
    /// A setting with its full path; `option` is printed before it in messages.
    ///
    /// # Errors
    /// In words, if it is the seed, or if no range follows from the value in force.
    pub fn new(option: &str, vary: Vary, today: Meant<'_>) -> Result<Self, String> {
        if ranges::is_seed(&vary.path) {
            return Err(format!("{option}{}: {}", vary.path, ranges::SEED));
        }
        let in_force = set::in_force(today.source.text(), &vary.path).map(|(value, _)| value);
        let Some(values) = vary.values(in_force.as_deref()) else {
            let path = &vary.path;
            if let Some(near) = set::misspelt(path) {
                return Err(format!("{option}{path}: did you mean `{near}`?"));
            }
            let why = match &in_force {
                Some(value) => format!("no range follows from its value, {value}"),
                None => {
                    "the scenario has no value there from which a range would follow".to_owned()
                }
            };
            return Err(format!("{option}{path}: {why}; write {option}{path}=LOW..HIGH"));
        };
        Ok(Self { vary, values, in_force })
    }

    /// Where the value in force is among the values.
    #[must_use]
    pub fn own(&self) -> Option<u64> {
        self.in_force.as_ref().and_then(|value| self.values.position(value))
    }

    /// The names of the values that were tried, and no findings yet.
    #[must_use]
    pub fn advice(&self, tried: &[Tried]) -> Advice {
        Advice {
            what: short(&self.vary.path.to_string()),
            labels: tried.iter().map(|one| self.values.text(one.position)).collect(),
            ..Advice::default()
        }
    }

    /// The answer for it.
    #[must_use]
    pub fn answered(
        &self,
        tried: Vec<Tried>,
        finding: Finding,
        (change, advice): (Change, Advice),
    ) -> Answered {
        let (values, own) = (&self.values, self.own());
        let point = |tried: Tried| Point {
            text: values.text(tried.position),
            number: values.number(tried.position),
            today: own == Some(tried.position),
            tried,
        };
        Answered {
            path: self.vary.path.to_string(),
            unit: values.unit_of(&self.vary.path),
            change,
            step: values.step(),
            count: values.count(),
            tried: tried.into_iter().map(point).collect(),
            finding,
            advice,
        }
    }

    /// About how many values the search makes.
    #[must_use]
    pub fn expected(&self) -> u64 {
        let count = self.values.count();
        let bisection = u64::from(count.max(1).ilog2());
        let first = self.values.first_tries(self.own()).len() as u64;
        count.min(first + BESIDE + bisection)
    }
}
