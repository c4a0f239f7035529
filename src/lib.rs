//! switchover: a deterministic discrete-event simulator of contact-centre failover.
//!
//! The rooms are declared in the order of their floors, ground first; a room uses only rooms
//! declared before it (a test reads this file). What each room does not know:
//!
//! - `time`, `random`, `distribution` know neither telephony nor files.
//! - `statistics` knows numbers only, and draws none.
//! - `options` is a table and its renderings; it decides nothing.
//! - `engine` knows no event's meaning.
//! - `model` does not know how a scenario is written, and nothing in it has happened yet.
//! - `world` does not know agents, and a phone does not know its desktop.
//! - `rounds` know no timers, moves or records; a `desktop` is plain data and decides nothing; `slots` allot nothing.
//! - `closed_form` knows the model only, and shares no code with what simulates it.
//! - `measures` read the trace only, so a saved trace can be measured again.
//! - `report` computes nothing.
//! - `facade` reads files and writes none; it knows no terminal.
//! - Nothing below it touches disk, environment, clock or terminal, or can fail because of files,
//!   the network or the operating system.

#![warn(unreachable_pub)]

// Ground: time, chance, numbers.
pub mod time;
pub mod random;
pub mod distribution;
pub mod engine;
mod bits;
pub mod statistics;

// First floor: the question.
pub mod options;
pub mod model;
pub mod diagnostic;
pub mod scenario;
pub mod resolve;
pub mod checks;
pub mod explain;
pub mod fit;

// Second floor: the world and its people.
pub mod faults;
pub mod world;
pub mod trace;
pub mod limits;
pub mod phones;
mod rounds;
mod desktop;
pub mod slots;
pub mod agents;
pub mod calls;
pub mod simulation;

// Third floor: the answer.
pub mod closed_form;
pub mod measures;
pub mod experiment;

// Roof: the telling.
pub mod report;
#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
pub mod facade;
#[cfg(feature = "cli")]
#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
pub mod cli;

pub use facade::{
    Answer, Compared, Error, Estimates, Finding, Job, Replications, Run, Scenario, Searched, Swept,
};
