//! The built program, run as people run it: exit codes, streams, files.

mod program;
mod streams;
