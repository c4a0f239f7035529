//! What is studied: one scenario, or several variants of it with common random numbers.
//!
//! It holds the models and what follows from them; nothing has been simulated yet.

use crate::limits::{Endless, Stop, Unfinished};
use crate::measures::{self, Measure};
use crate::model::Model;
use crate::random::RandomNumbers;

use super::fingerprint::fingerprint;
use super::sample::{self, Buffers, Layout, ReplicationSamples, Sample, SampleExtras};

/// Why there are no samples of a replication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoSamples {
    /// It was stopped.
    Stopped,
    /// An agent takes too many steps.
    Endless(EndlessVariant),
}

/// An agent that takes more steps than it may, and in which variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndlessVariant {
    /// The variant, from 0.
    pub variant: usize,
    /// Who, and what it does again and again.
    pub found: Endless,
}

/// The scenario, or the variants, of an experiment. All variants use the random numbers of one
/// seed.
#[derive(Debug)]
pub struct Study<'m> {
    models: Vec<&'m Model>,
    seed: u64,
    measures: Vec<Vec<Measure>>,
    layouts: Vec<Layout>,
    /// What is kept of each variant in addition to measures.
    besides: Vec<SampleExtras>,
    fingerprints: Vec<String>,
}

impl<'m> Study<'m> {
    /// A study of these variants (at least one) under one seed.
    #[must_use]
    pub fn new(models: Vec<&'m Model>, seed: u64) -> Self {
        let measures: Vec<_> = models.iter().map(|model| measures::measures(model)).collect();
        Self {
            seed,
            layouts: measures.iter().map(|all| Layout::new(all)).collect(),
            besides: match models[..] {
                [only] => vec![SampleExtras::of(only)],
                _ => vec![SampleExtras::default(); models.len()],
            },
            fingerprints: models.iter().map(|model| fingerprint(model)).collect(),
            measures,
            models,
        }
    }

    /// The same of which nothing but measures is kept.
    #[must_use]
    pub fn of_measures(self) -> Self {
        Self { besides: vec![SampleExtras::default(); self.models.len()], ..self }
    }

    /// The same of which calls by interval are kept as well, of several variants in longer intervals.
    #[must_use]
    pub fn with_calls(self) -> Self {
        if self.models.len() == 1 {
            return self;
        }
        let own = self.models.iter().map(|model| SampleExtras::of_calls(model, self.models.len()));
        Self { besides: own.collect(), ..self }
    }

    /// The name of the first variant.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.models[0].name
    }

    /// The seed.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// The variants.
    #[must_use]
    pub fn models(&self) -> &[&'m Model] {
        &self.models
    }

    /// The measures of a variant.
    #[must_use]
    pub fn measures(&self, variant: usize) -> &[Measure] {
        &self.measures[variant]
    }

    /// The layout of each variant's rows.
    #[must_use]
    pub fn layouts(&self) -> &[Layout] {
        &self.layouts
    }

    /// What is kept of each variant in addition to measures.
    pub(super) fn besides(&self) -> &[SampleExtras] {
        &self.besides
    }

    /// The fingerprint of each variant.
    #[must_use]
    pub fn fingerprints(&self) -> &[String] {
        &self.fingerprints
    }

    /// Simulates one replication of every variant, in buffers that others have left; `stop` says
    /// whether it is to be stopped.
    ///
    /// # Errors
    /// [`NoSamples`].
    pub fn samples(
        &self,
        replication: u64,
        buffers: &mut Buffers,
        stop: Stop<'_>,
    ) -> Result<ReplicationSamples, NoSamples> {
        let variants = 0..self.models.len();
        variants.map(|variant| self.sample((replication, variant), buffers, stop)).collect()
    }

    /// Simulates one replication of one variant, as [`Study::samples`] does.
    ///
    /// # Errors
    /// [`NoSamples`].
    pub fn sample(
        &self,
        (replication, variant): (u64, usize),
        buffers: &mut Buffers,
        stop: Stop<'_>,
    ) -> Result<Sample, NoSamples> {
        let random = RandomNumbers { seed: self.seed, replication };
        let (model, measures) = (self.models[variant], &self.measures[variant][..]);
        let kept = (measures, &self.besides[variant]);
        sample::with_besides(model, kept, random, (buffers, stop)).map_err(|why| match why {
            Unfinished::Stopped => NoSamples::Stopped,
            Unfinished::Endless(found) => NoSamples::Endless(EndlessVariant { variant, found }),
        })
    }
}
