//! From a log of outages to laws of the scenario language: read, put in order, fitted by maximum
//! likelihood, ranked, resampled.
//!
//! It touches no disk and knows no model of a centre. The way of the data:
//!
//! ```text
//! text -> Log (rows with their places)        log, cells, columns, changes, ...
//!      -> Observed (outages and up times)     spells, by named policies
//!      -> Sample (exact and censored)         sample
//!      -> Side (ranked laws, one chosen)      estimate, survival, goodness, ranking
//!      -> Sets (refitted resamples)           bootstrap
//!      -> Direct (plain figures, one year)    direct
//!      -> text of a [[fault]]                 written
//! ```

mod bootstrap;
mod changes;
mod columns;
mod direct;
mod estimate;
mod family;
mod fitted;
mod goodness;
mod log;
mod mistakes;
mod optimise;
mod policies;
mod ranking;
mod roles;
mod row;
mod sample;
mod spells;
mod survival;
mod times;
mod written;

pub use bootstrap::{Interval, LEAST, LEVEL, Resampling, Set, band, intervals};
pub use direct::{Both, Direct, Figure, Spread, YEAR, Years};
pub use estimate::estimate;
pub use family::Family;
pub use fitted::{Fitted, Parameter};
pub use goodness::{
    Verdict, anderson_darling, five_percent_point, grown, kolmogorov_smirnov, verdict,
};
pub use log::{Log, Reading, read};
pub use mistakes::Mistakes;
pub use policies::{FirstUpTime, Open, Overlaps, Policies, ZeroLengths};
pub use ranking::{Ranked, Side};
pub use roles::{Role, Rows, could_be_component};
pub use row::Row;
pub use sample::{Length, Sample};
pub use spells::{Component, Cycle, Observed, observe};
pub use survival::Curve;
pub use times::{Clock, Style};
pub use written::{Fault, fault_text, law_label, law_text, length_text};
