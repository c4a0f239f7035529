//! The integration tests, one binary: a module per topic. They see the crate from outside, as a
//! library or as the built program.

// Tests read files and call the platform's own functions as they like: only the crate itself is
// bound to addressed randomness, `libm` and no clock.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod bless;
mod browser;
mod builder;
mod calls;
mod cases;
mod checks;
mod closed_form;
mod cli;
mod cost;
mod differential;
mod experiment;
mod facade;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod faults;
mod fit;
mod house;
mod impaired;
mod invalid;
mod measures;
mod measure_names;
mod measures_page;
mod metamorphic;
mod options_page;
mod oracles;
mod readings;
mod reference;
mod report;
mod results;
mod scenario;
mod serve;
mod shifts;
mod statistics;
mod support;
mod tables_in_memory;
mod timers_in_runs;
mod worked_timelines;
mod world;
