//! The scenario language: TOML text in, a [`Document`] and every mistake in it out.
//!
//! It touches no disk (files are handed in by the caller) and decides nothing about the run:
//! inheritance and defaults come later.

pub mod calendar;
mod calls;
mod decode;
pub mod document;
mod dr_off;
mod effective;
pub mod explained;
mod files;
mod implied;
pub mod keys;
mod load;
mod measures;
mod file_mistakes;
mod mistakes;
mod names;
pub mod preset;
mod reference;
mod schema;
pub mod set;
mod structure;
pub mod tree;
pub mod units;

pub use document::Document;
pub use dr_off::DrOff;
pub use effective::Effective;
pub use files::{Files, NoFiles};
pub use load::{Loaded, load, parse};
pub use measures::{MeasureNames, check_measures};
pub use reference::reference;
pub use schema::schema;
