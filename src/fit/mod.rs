//! From a log of outages to laws of the scenario language: read, put in order, fitted by maximum
//! likelihood, ranked, resampled.
//!
//! It touches no disk and knows no model of a centre. The way of the data:
//!
//! ```text
//! text -> Log (rows with their places)        log, cells, times, mistakes
//!      -> Observed (outages and up times)     spells, by named policies
//!      -> Sample (exact and censored)         sample
//!      -> Side (ranked laws, one chosen)      estimate, survival, goodness, ranking
//!      -> Sets (refitted resamples)           bootstrap
//!      -> text of a [[fault]]                 written
//! ```

mod bootstrap;
mod cells;
mod estimate;
mod family;
mod fitted;
mod goodness;
mod log;
mod mistakes;
mod optimise;
mod ranking;
mod sample;
mod spells;
mod survival;
mod times;
mod written;

pub use bootstrap::{Interval, LEVEL, Resampling, Set, band, intervals};
pub use estimate::estimate;
pub use family::Family;
pub use fitted::{Fitted, Parameter};
pub use goodness::{Verdict, anderson_darling, kolmogorov_smirnov, verdict};
pub use log::{Log, Row, read};
pub use mistakes::Mistakes;
pub use ranking::{Ranked, Side};
pub use sample::{Length, Sample};
pub use spells::{
    Component, Cycle, FirstUpTime, Observed, Overlaps, Policies, ZeroLengths, observe,
};
pub use survival::Curve;
pub use times::{Style, instant};
pub use written::{Fault, fault_text, law_label, law_text, length_text};
