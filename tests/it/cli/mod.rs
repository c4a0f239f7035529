//! The built program, run as people run it: exit codes, streams, files.

pub mod program;
mod streams;
