//! What a scenario that is simulated was made of: its file, the settings written into it, the seed
//! in place of its own.
//!
//! It says nothing of what is done with it.

use crate::scenario::set::Setting;

/// What a scenario was made of.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The settings written into its text, with full paths.
    pub settings: Vec<Setting>,
    /// The seed in place of its own.
    pub seed: Option<u64>,
}

impl Origin {
    /// Puts the seed that is asked for in the place of a scenario's own.
    pub fn reseed(&mut self, asked: Option<u64>, own: &mut u64) {
        self.seed = asked.filter(|seed| seed != own);
        *own = asked.unwrap_or(*own);
    }
}
