//! `--vary` as meant: the full path, the value in force, the values to search in.

use crate::cli::failure::Failure;
use crate::cli::load::{Text, Understood};
use crate::cli::terminal;
use crate::scenario::set::{self, Values, Vary};

/// About how many values are made beyond those of bisection for one question.
const BESIDE: u64 = 9;

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
    /// All settings that are varied; says which full paths short ones are taken as.
    ///
    /// # Errors
    /// [`Failure::Usage`] if a path means nothing, or no range follows from the value in force.
    pub fn all(
        asked: &[Vary],
        text: &Text<'_>,
        today: &Understood,
        quiet: bool,
    ) -> Result<Vec<Self>, Failure> {
        let mut all: Vec<Self> = Vec::new();
        for vary in asked {
            let path = text.full_of("--vary", &vary.path)?;
            if path != vary.path && !quiet {
                terminal::say(&format!("note: --vary {} is taken as {path}", vary.path));
            }
            if all.iter().any(|one| one.vary.path == path) {
                return Err(Failure::Usage(format!("--vary {path} is there twice")));
            }
            all.push(Self::new(vary.clone().of(path), today)?);
        }
        Ok(all)
    }

    fn new(vary: Vary, today: &Understood) -> Result<Self, Failure> {
        let in_force = set::in_force(today.source.text(), &vary.path).map(|(value, _)| value);
        let Some(values) = vary.values(in_force.as_deref()) else {
            let path = &vary.path;
            if let Some(near) = set::misspelt(path) {
                return Err(Failure::Usage(format!("--vary {path}: did you mean `{near}`?")));
            }
            let why = match &in_force {
                Some(value) => format!("no range follows from its value, {value}"),
                None => {
                    "the scenario has no value there from which a range would follow".to_owned()
                }
            };
            return Err(Failure::Usage(format!(
                "--vary {path}: {why}; write --vary {path}=LOW..HIGH"
            )));
        };
        Ok(Self { vary, values, in_force })
    }

    /// About how many values the search makes.
    pub fn expected(&self) -> u64 {
        let count = self.values.count();
        let bisection = u64::from(count.max(1).ilog2());
        count.min(BESIDE + bisection)
    }
}
