//! The report as a page: what it says is what the files say, and nothing in it reaches out.

mod assumed;
mod closed_forms;
mod compared;
mod folders;
mod hostile;
mod said;
mod sentences;
mod shape;
mod units;
mod values;

pub use folders::{committed, of_model, text};
