//! Statistics of numbers: moments, intervals, quantiles, comparisons, when to stop.
//!
//! It knows neither telephony nor files, and it draws nothing: everything here is a function of
//! the numbers given, computed in the order in which they are given, with `libm` for every
//! function that platforms differ in.

pub mod special;
pub mod laws;
pub mod estimate;
pub mod mean;
pub mod ratio;
pub mod ranks;
pub mod sketch;
pub mod pooled;
pub mod proportion;
pub mod poisson;
pub mod paired;
pub mod input;
pub mod stopping;
