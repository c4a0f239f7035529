//! What is studied: one scenario, or several variants of it under the same luck.
//!
//! It holds the models and what follows from them; nothing has been simulated yet.

use crate::measures::{self, Measure};
use crate::model::Model;
use crate::random::Luck;

use super::fingerprint::fingerprint;
use super::sample::{self, Layout, Room, Turn};

/// The scenario, or the variants, of an experiment. All variants live under the luck of one seed.
#[derive(Debug)]
pub struct Study<'m> {
    models: Vec<&'m Model>,
    seed: u64,
    measures: Vec<Vec<Measure>>,
    layouts: Vec<Layout>,
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
            fingerprints: models.iter().map(|model| fingerprint(model)).collect(),
            measures,
            models,
        }
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

    /// The fingerprint of each variant.
    #[must_use]
    pub fn fingerprints(&self) -> &[String] {
        &self.fingerprints
    }

    /// Simulates one replication of every variant, in the room that others have left.
    #[must_use]
    pub fn turn(&self, replication: u64, room: &mut Room) -> Turn {
        self.turn_unless(replication, room, &|| false).unwrap_or_default()
    }

    /// The same; `None` if `cancelled` said that it is not wanted any more.
    #[must_use]
    pub fn turn_unless(
        &self,
        replication: u64,
        room: &mut Room,
        cancelled: &dyn Fn() -> bool,
    ) -> Option<Turn> {
        let luck = Luck { seed: self.seed, replication };
        let each = self.models.iter().zip(&self.measures);
        let one = |(model, measures): (&&Model, &Vec<Measure>)| {
            sample::replicate_unless(model, measures, luck, room, cancelled)
        };
        each.map(one).collect()
    }
}
