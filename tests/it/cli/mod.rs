//! The built program, run as people run it: exit codes, streams, files.

mod advice;
mod commands;
mod completions;
mod experiment;
mod formats;
pub mod endless;
mod escapes;
mod headroom;
mod headroom_spread;
mod help;
mod limits;
mod man;
mod many;
mod numbers;
mod outputs;
mod overloads;
mod page;
mod parquet;
mod phones_told;
pub mod program;
mod proposals;
mod quoted;
#[cfg(unix)]
mod provenance;
mod report;
mod set;
mod settings;
mod side_by_side;
mod streams;
mod sweep_charts;
mod tables;
pub mod texts;
mod variants;
mod weighed;
#[cfg(target_os = "linux")]
mod verdicts;
mod worst;
