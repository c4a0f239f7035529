//! The report as a page: what it says is what the files say, and nothing in it reaches out.

mod closed_forms;
mod folders;
mod hostile;
mod sentences;
mod shape;

pub use folders::{committed, of_model, text};
