//! Arguments of commands that can be cut into shards: `run`, `compare`, `sweep`.
//!
//! What they mean is the commands' matter.

use std::path::PathBuf;

use clap::{Args, ValueHint};

/// Which shard is made, and where it is put.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Shards")]
pub struct Shards {
    /// Make one shard only, for `merge`: 0/100 is the first of a hundred
    #[arg(
        long,
        value_name = "INDEX/COUNT",
        requires = "parts",
        conflicts_with_all = ["shard_from", "shards"]
    )]
    pub shard: Option<String>,
    /// Make the shard whose index an array engine gives in this variable: SLURM_ARRAY_TASK_ID,
    /// JOB_COMPLETION_INDEX, AWS_BATCH_JOB_ARRAY_INDEX, PARALLEL_SEQ or another
    #[arg(long, value_name = "VARIABLE", requires = "parts")]
    pub shard_from: Option<String>,
    /// Number of shards, for --shard-from [default: as the engine says, where it does]
    #[arg(
        long,
        value_name = "COUNT",
        requires = "shard_from",
        value_parser = clap::value_parser!(u64).range(1..)
    )]
    pub shards: Option<u64>,
    /// Index of the first shard [default: 0; with --shard-from as the engine counts]
    #[arg(long, value_name = "N", requires = "parts")]
    pub shard_base: Option<u64>,
    /// Make no shard: time a few replications, and print how many shards are sensible
    #[arg(long, conflicts_with_all = ["parts", "out"])]
    pub plan: bool,
    /// Directory for the shards, the same for all; a shard that is there is not made again
    #[arg(
        long,
        value_name = "DIR",
        value_hint = ValueHint::DirPath,
        conflicts_with_all = ["out", "report", "xlsx", "parquet", "max_time"]
    )]
    pub parts: Option<PathBuf>,
}
