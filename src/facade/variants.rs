//! The variants of an experiment, a comparison or a sweep, those that simulate the same once.

use super::error::Error;
use super::progress::Ended;
use super::ranges;
use super::understood::Understood;
use crate::experiment::Study;
use crate::model::Model;

/// Variants with the random numbers of one seed.
pub(crate) struct Variants {
    /// All of them, today's or the first one first.
    pub all: Vec<Understood>,
    /// Which of them are simulated, each for those that are the same.
    chosen: Vec<usize>,
    seed: u64,
    /// Whether calls by interval are kept of each of several.
    calls: bool,
}

impl Variants {
    /// Variants (at least one) under the seed of the first, each simulated.
    pub(crate) fn each(mut all: Vec<Understood>) -> Self {
        let seed = all[0].model.seed;
        all.iter_mut().for_each(|one| one.model.seed = seed);
        Self { chosen: (0..all.len()).collect(), all, seed, calls: true }
    }

    /// The same, but those that simulate the same are simulated once.
    pub(crate) fn once(all: Vec<Understood>) -> Self {
        let mut own = Self { calls: false, ..Self::each(all) };
        let mut known = 0;
        let at = own.distinct().at;
        own.chosen = vec![0];
        for (point, variant) in at.into_iter().enumerate() {
            if variant > known {
                own.chosen.push(point + 1);
                known = variant;
            }
        }
        own
    }

    /// Which differ from each other.
    pub(crate) fn distinct(&self) -> ranges::Variants<'_> {
        let mut models = self.all.iter().map(|one| &one.model);
        let today = models.next().unwrap_or(&self.all[0].model);
        ranges::Variants::new(today, models)
    }

    /// The models that are simulated.
    pub(crate) fn models(&self) -> Vec<&Model> {
        self.chosen.iter().map(|one| &self.all[*one].model).collect()
    }

    /// What is studied.
    pub(crate) fn study(&self) -> Study<'_> {
        let study = Study::new(self.models(), self.seed);
        if self.calls { study.with_calls() } else { study }
    }

    /// What ended the work, as callers see it.
    pub(crate) fn error(&self, ended: Ended) -> Error {
        match ended {
            Ended::Stopped => Error::Stopped,
            Ended::Endless(variant, found) => self.all[self.chosen[variant]].endless(&found),
            Ended::Broken(why) => Error::Parts(why),
        }
    }
}
