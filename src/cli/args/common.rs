//! Arguments that commands share when they simulate: seed, threads, how to print.
//!
//! What they mean is the same everywhere.

use clap::Args;

use super::{AnswerFormat, Extras};
use crate::cli::budget::Asking;

/// How to simulate and how to print.
#[derive(Clone, Debug, Args)]
pub struct Common {
    /// Use this seed instead of the scenario's
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Simulate although there are errors: what the product would do then
    #[arg(long)]
    pub allow_errors: bool,
    /// Start although the estimate of memory, disk or time is above the limit
    #[arg(long)]
    pub force: bool,
    /// Number of threads; the result does not depend on it [default: as many as there are]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Output format: text, json or markdown
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    pub format: AnswerFormat,
    /// What to write beside the results
    #[command(flatten)]
    pub extras: Extras,
    /// Print errors only
    #[arg(long, short)]
    pub quiet: bool,
}

impl Common {
    /// How an estimate of what it takes is to be taken.
    #[must_use]
    pub const fn asking(&self) -> Asking {
        Asking { force: self.force, quiet: self.quiet }
    }
}
