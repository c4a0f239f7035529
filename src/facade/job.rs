//! An experiment, a comparison or a sweep that is cut into shards: each can be made anywhere, in any order and more
//! than once; put together, the answer has the same bytes as one that was made in one piece.
//!
//! A shard is the text of a part. Parts are read from files; other code writes them there.

use std::path::{Path, PathBuf};

use super::compared::Compared;
use super::error::Error;
use super::estimates::Estimates;
use super::kinds::{Comparison, Experiment, Sweep};
use super::pieces::Pieces;
use super::progress::{self, Ended};
use super::replications::Replications;
use super::scenario::Scenario;
use super::stored::Stored;
use super::swept::Swept;
use super::variants::Variants;
use crate::experiment::cut::{Cut, Items};
use crate::experiment::part::{self, Header};
use crate::experiment::shard::{self, ShardStore};

/// What can be cut into shards.
pub struct Job(Kind);

enum Kind {
    Experiment(Experiment),
    Comparison(Comparison),
    Sweep(Sweep),
}

/// The answer of a job.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Answer {
    /// Of an experiment.
    Estimates(Estimates),
    /// Of a comparison.
    Compared(Compared),
    /// Of a sweep.
    Swept(Swept),
}

impl Job {
    /// As [`Scenario::experiment`].
    ///
    /// # Errors
    /// As [`Scenario::experiment`]; [`Error::Usage`] if it is not known how many replications there are.
    pub fn experiment(scenario: &Scenario, replications: &Replications) -> Result<Self, Error> {
        let made = scenario.as_experiment(replications)?;
        let fixed = made.plan.fixed;
        Self(Kind::Experiment(made)).fixed(fixed)
    }

    /// As [`Scenario::compare`].
    ///
    /// # Errors
    /// As [`Scenario::compare`]; [`Error::Usage`] if it is not known how many replications there are.
    pub fn comparison(
        first: &Scenario,
        others: &[(&str, &Scenario)],
        replications: &Replications,
    ) -> Result<Self, Error> {
        let made = first.as_comparison(others, replications)?;
        let fixed = made.plan.is_fixed();
        Self(Kind::Comparison(made)).fixed(fixed)
    }

    /// As [`Scenario::sweep`].
    ///
    /// # Errors
    /// As [`Scenario::sweep`]; [`Error::Usage`] if it is not known how many replications there are.
    pub fn sweep(
        scenario: &Scenario,
        ranges: &[&str],
        replications: &Replications,
    ) -> Result<Self, Error> {
        let made = scenario.as_sweep(ranges, replications)?;
        let fixed = made.plan.is_fixed();
        Self(Kind::Sweep(made)).fixed(fixed)
    }

    fn fixed(self, is_fixed: bool) -> Result<Self, Error> {
        let why = "shards need to know how many replications there are";
        if is_fixed { Ok(self) } else { Err(Error::Usage(why.to_owned())) }
    }

    /// How many samples there are: replications times variants that differ.
    #[must_use]
    pub fn samples(&self) -> u128 {
        let Items { start, end } = self.cut(1).items();
        end - start
    }

    /// How many variants differ.
    #[must_use]
    pub fn variants(&self) -> usize {
        self.sides().models().len()
    }

    /// Makes shard `index`, from 0, of `count`, on this thread and one more: the text of its part.
    /// `wanted` is called from time to time: whether the shard is still needed.
    ///
    /// # Errors
    /// [`Error::Usage`] if there is no such shard; [`Error::Endless`], [`Error::Stopped`], [`Error::Threads`].
    pub fn shard(
        &self,
        (index, count): (u64, u64),
        wanted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Vec<u8>, Error> {
        let items = self.items(index, count)?;
        let study = self.sides().study();
        let pooled = shard::merges(&items, study.models().len());
        let header = Header { pooled, ..Header::of(&study, &items) };
        let mut text = Text { text: part::header_line(&header), wanted };
        let made = shard::make(&study, &items, &progress::pool(1)?, &mut text);
        made.map_err(|ended| self.sides().error(ended))?;
        Ok(text.text)
    }

    /// Whether the part of this shard is in a file.
    ///
    /// # Errors
    /// [`Error::Parts`] if something else is; [`Error::Usage`] if there is no such shard.
    pub fn holds(&self, path: &Path, (index, count): (u64, u64)) -> Result<bool, Error> {
        let items = self.items(index, count)?;
        if !path.exists() {
            return Ok(false);
        }
        let wrong = |why: &str| Error::Parts(format!("cannot use {}: {why}", path.display()));
        match Stored::belonging(path, &self.sides().study()) {
            Err(broken) => Err(Error::Parts(broken.text())),
            Ok(Err(other)) => Err(wrong(&other.to_string())),
            Ok(Ok(stored)) if stored.items() == items => Ok(true),
            Ok(Ok(_)) => Err(wrong("it holds another range")),
        }
    }

    /// The answer, from the parts of all of `count` shards; a part may be there more than once.
    ///
    /// # Errors
    /// [`Error::Parts`] if one is missing or broken, or is one of something else.
    pub fn merge(&self, parts: &[PathBuf], count: u64) -> Result<Answer, Error> {
        let (study, cut) = (self.sides().study(), self.cut(count));
        let broken = |why| self.sides().error(Ended::from(why));
        let mut pieces = Pieces::look(parts.to_vec(), &study, Some(cut)).map_err(broken)?;
        pieces.range().map_err(broken)?;
        let pool = progress::pool(1)?;
        match &self.0 {
            Kind::Experiment(made) => made.answer(&pool, &mut pieces).map(Answer::Estimates),
            Kind::Comparison(made) => made.answer(&pool, &mut pieces).map(Answer::Compared),
            Kind::Sweep(made) => made.answer(&pool, &mut pieces).map(Answer::Swept),
        }
    }

    const fn sides(&self) -> &Variants {
        match &self.0 {
            Kind::Experiment(made) => &made.variants,
            Kind::Comparison(made) => &made.variants,
            Kind::Sweep(made) => &made.variants,
        }
    }

    fn cut(&self, shards: u64) -> Cut {
        let replications = match &self.0 {
            Kind::Experiment(made) => made.plan.range.clone(),
            Kind::Comparison(made) => made.plan.range.clone(),
            Kind::Sweep(made) => made.plan.range.clone(),
        };
        Cut { replications, variants: self.variants(), shards }
    }

    fn items(&self, index: u64, count: u64) -> Result<Items, Error> {
        let most = self.samples();
        if index < count && u128::from(count) <= most {
            return Ok(self.cut(count).shard(index));
        }
        Err(Error::Usage(format!("there is no shard {index} of {count}: {most} are the most")))
    }
}

/// A part in memory.
struct Text<'w> {
    text: Vec<u8>,
    wanted: &'w (dyn Fn() -> bool + Sync),
}

/// Samples between two questions.
const WAVE: usize = 4;

impl ShardStore for Text<'_> {
    type Error = Ended;

    fn next_wave(&mut self) -> Result<usize, Ended> {
        if (self.wanted)() { Ok(WAVE) } else { Err(Ended::Stopped) }
    }

    fn keep(&mut self, line: &[u8]) -> Result<(), Ended> {
        self.text.extend_from_slice(line);
        Ok(())
    }

    fn cancelled(&self) -> bool {
        false
    }
}
