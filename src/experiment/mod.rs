//! Many replications of one scenario: how many there are, how they are gathered, and what they show
//! with which certainty.
//!
//! Replications are gathered by their index, never by which finished first; the result does not
//! depend on threads, waves or interruptions. It reads measures, not traces, and writes no files.
//!
//! ```text
//! Study::new(models, seed)              what is studied, one variant or several
//! Plan::run(study, pool, store)         replications in order -> Gathered, until enough is known
//! Answer::new(..)                       estimates, verdicts, notable replications
//! ```

mod advice;
mod answer;
mod comparison;
mod contrast;
mod convergence;
mod cost;
pub mod cut;
mod estimate;
mod exceeded;
mod fault_peaks;
mod fingerprint;
mod gather;
mod gathered;
mod goal;
mod load;
mod interval_calls;
mod call_differences;
mod looks;
mod notable;
mod open;
pub mod part;
mod plan;
mod platform;
mod sample;
pub mod shard;
mod study;
mod side_by_side;
mod grid;
mod headroom;
mod survival;
mod theory;
mod tradeoff;
mod unlike;
mod verdict;
mod watch;
mod zeros;

pub use advice::{Advice, Change, InForce, Remark};
pub use answer::{Answer, Course};
pub use call_differences::CallDifferences;
pub use comparison::{ComparedCalls, Comparison};
pub use contrast::{Contrast, contrast, contrast_of, contrasts};
pub use convergence::Step;
pub use cost::{Cost, Written};
pub use estimate::{Line, Runs, complete, estimate};
pub use exceeded::{Exceeded, ExceededIn, exceeded, exceeded_in};
pub use fault_peaks::{PeakFigure, SiteFigures};
pub use fingerprint::fingerprint;
pub use gather::ReplicationStore;
pub use gathered::{GROUPS, Gathered};
pub use goal::Goal;
pub use grid::{Grid, GridPoint, Parameter, short};
pub use headroom::{
    Answered, Confident, Edge, Finding, Headroom, Measured, Point, Side, Tried, reversal, search,
};
pub use interval_calls::{CallCell, CallFigure};
pub use looks::Ended;
pub use notable::Notable;
pub use open::{Open, OpenEnd};
pub use plan::{Experienced, Plan};
pub use sample::{Buffers, Layout, ReplicationSamples, Sample, replicate, row};
pub use side_by_side::{SideBySide, Sides};
pub use study::{EndlessVariant, NoSamples, Study};
pub use survival::{Beyond, survival};
pub use theory::closed_forms;
pub use tradeoff::{Marks, Objective, Tradeoff};
pub use unlike::{Unlike, unlike};
pub use verdict::{Outcome, Verdict, worst};
pub use watch::Watch;
