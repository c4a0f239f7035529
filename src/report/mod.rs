//! The telling: files, tables, pictures and stories made of what the measures found.
//!
//! It computes nothing and writes nowhere; the command line takes its texts to the disk.

pub mod story;
