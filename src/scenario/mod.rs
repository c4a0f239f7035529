//! The scenario language: TOML text in, a [`Document`] and every mistake in it out.
//!
//! It touches no disk (files are handed in by the caller) and decides nothing about the run:
//! inheritance and defaults come later.

pub mod document;
pub mod tree;

pub use document::Document;
