//! The scenario front end, from the outside: shipped scenarios, messages word for word, models.

mod calendar;
mod calls;
mod experiment;
mod key_messages;
mod lived;
pub mod messages;
mod mutated;
mod page;
mod presets;
mod resolved;
mod roster;
mod set;
mod set_anything;
pub mod shipped;
mod uncertainty;
