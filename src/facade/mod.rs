//! The entry point of the library: reads a scenario, changes it, checks it, runs it, makes an
//! experiment of it.
//!
//! The numbers are those of the command line for the same scenario, seed and version. Nothing is
//! written to files or to a terminal; a library without the feature `cli` is built without what
//! only the program needs.
//!
//! ```
//! use switchover::{Replications, Scenario};
//!
//! let mut scenario = Scenario::parse(
//!     "two-sites",
//!     r#"
//!     horizon = "2h"
//!     [application.interaction-workspace]
//!     disaster-recovery.enabled = true
//!     disaster-recovery.preferred-site = "north"
//!     disaster-recovery.peer-site = "south"
//!     [site.north]
//!     [site.south]
//!     [agent-group.sales]
//!     agents = 20
//!     [[fault]]
//!     name = "north lost"
//!     target = "site north"
//!     at = "10m"
//!     for = "1h"
//!     "#,
//! );
//! let run = scenario.run()?;
//! assert_eq!(run.summary().switchovers.count, 20);
//!
//! scenario.set("disaster-recovery.timeout", "120")?;
//! let more = scenario.experiment(&Replications::exactly(20))?;
//! let downtime = more.named("downtime_s.per_agent.mean").unwrap();
//! assert!(downtime.value.unwrap() > 100.0);
//! # Ok::<(), switchover::Error>(())
//! ```

mod asking;
pub mod broken;
mod compared;
mod drawn;
pub mod endless;
mod error;
mod estimates;
mod finding;
pub mod intake;
mod job;
mod kinds;
pub mod meant;
mod numbers;
pub mod once;
pub mod pack;
pub mod pieces;
mod progress;
pub mod ranges;
pub mod reach;
pub mod remarks;
mod replications;
mod run;
mod scenario;
mod searched;
pub mod shown;
pub mod stored;
mod swept;
pub mod target;
mod understood;
pub mod varied;
mod variants;

pub use compared::Compared;
pub use drawn::Drawn;
pub use error::Error;
pub use estimates::{Estimated, Estimates};
pub use finding::Finding;
pub use job::{Answer, Job};
pub use replications::Replications;
pub use run::Run;
pub use scenario::Scenario;
pub use searched::Searched;
pub use swept::Swept;

pub use crate::report::{Texts, TypedColumn, TypedTable, Values};
