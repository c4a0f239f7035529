//! The machinery of discrete events, without a word about what they are.
//!
//! It does not know what is simulated, and it draws no random numbers.

mod event_list;
mod rows;

pub use event_list::{Due, EventList};
