//! Statistics of numbers: moments, intervals, quantiles, comparisons, when to stop.
//!
//! It knows neither telephony nor files, and it draws nothing: everything here is a function of
//! the numbers given, computed in the order in which they are given, with `libm` for every
//! function that platforms differ in. Values are finite.
//!
//! | question | answer |
//! |---|---|
//! | mean of independent values | [`mean`], [`Moments`] |
//! | rate whose denominator varies | [`ratio`], [`Fractions`] |
//! | quantile of independent values | [`quantile`] |
//! | quantile of values pooled from replications | [`Sketch`], [`Pool`] |
//! | share of trials, rate of rare events, none seen | [`proportion`], [`poisson`] |
//! | two policies with common random numbers | [`paired`] |
//! | difference of two ratios with common random numbers, without the values | [`TwoRatios`] |
//! | difference of pooled quantiles with common random numbers | [`paired_quantiles`] |
//! | the least of several with common random numbers | [`least()`], [`pareto`] |
//! | too few replications or too little data | [`input_uncertainty`] |
//! | when there are replications enough | [`Stopping`] |
//!
//! Each answers with an [`Estimate`] or something made of them.

mod estimate;
mod fractions;
mod input;
mod joint;
pub mod laws;
mod least;
mod mean;
mod paired;
pub mod poisson;
mod pooled;
pub mod proportion;
mod ranks;
mod ratio;
mod resampled;
mod sketch;
pub mod special;
mod stopping;

pub use estimate::{Estimate, Interval, Method};
pub use fractions::Fractions;
pub use input::{Split, input_uncertainty};
pub use joint::TwoRatios;
pub use laws::{Student, student};
pub use least::{Least, least, pareto, replications_to_tell};
pub use mean::{Moments, mean};
pub use paired::{Better, Paired, paired};
pub use pooled::{Pool, pooled_quantile};
pub use ranks::{coverage, nearest_rank, order_statistics, quantile};
pub use ratio::ratio;
pub use resampled::{Resampled, Resamples, paired_quantiles};
pub use sketch::{Bin, Sketch, bin_of};
pub use stopping::{Precision, Reached, Stopping};
