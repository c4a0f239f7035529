//! What a scenario that is simulated was made of: its files, the settings written into its text,
//! the seed in place of its own.
//!
//! It says nothing of what is done with it.

use crate::report::{Assumption, Input};
use crate::scenario::set::Setting;

/// What a scenario was made of.
#[derive(Clone, Debug, Default)]
pub(super) struct Origin {
    /// Its file and the data files that it names.
    pub input: Input,
    /// The settings written into its text, with full paths.
    pub settings: Vec<Setting>,
    /// The seed in place of its own.
    pub seed: Option<u64>,
    /// Whether it has errors, which were allowed.
    pub errors: bool,
    /// What an answer takes for granted; only of what is simulated.
    pub assumptions: Vec<Assumption>,
}

impl Origin {
    /// Its file, as the only one of an answer.
    #[must_use]
    pub(super) fn inputs(&self) -> &[Input] {
        std::slice::from_ref(&self.input)
    }

    /// The settings as they are typed.
    #[must_use]
    pub(super) fn texts(&self) -> Vec<String> {
        self.settings.iter().map(|setting| setting.text().to_owned()).collect()
    }

    /// Puts the seed that is asked for in the place of a scenario's own.
    pub(super) fn reseed(&mut self, asked: Option<u64>, own: &mut u64) {
        self.seed = asked.filter(|seed| seed != own);
        *own = asked.unwrap_or(*own);
    }
}

/// The inputs of several variants: the first `files` are files of their own, the others the first
/// file with settings, which may name other data.
#[must_use]
pub(super) fn inputs(all: &[Origin], files: usize) -> Vec<Input> {
    let (own, variants) = all.split_at(files);
    let mut inputs: Vec<Input> = own.iter().map(|origin| origin.input.clone()).collect();
    let data = variants.iter().flat_map(|origin| origin.input.data.iter().cloned());
    inputs.iter_mut().take(1).for_each(|first| first.add(data.clone()));
    inputs
}
