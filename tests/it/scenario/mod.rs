//! The scenario front end, from the outside: shipped scenarios, messages word for word, models.

pub mod messages;
mod mutated;
mod page;
mod resolved;
mod shipped;
mod uncertainty;
