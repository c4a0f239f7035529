//! What one run did to its agents: from trace records to totals, timelines and rows.
//!
//! It reads the trace, the model and the world's history, and nothing of the machines that made
//! them, so a saved trace can be measured again. Agents come one after the other, each with its
//! records in time order; totals of disjoint ranges of agents merge in agent order into the same
//! bytes as one pass. It knows no file format.
//!
//! ```text
//! Frame::new(model, occurrences)            once
//! Measures::new(&frame, rows)               per range of agents; a trace::Sink
//!     .into_parts() -> (Totals, rows)
//! totals.merge(later)                       gathered by index of the range
//! Results::new(totals, &frame, (&world, &traffic))   once
//! ```

mod agent;
mod call_grid;
mod call_rows;
mod calls;
mod connecting;
mod course;
mod group_changes;
mod level_changes;
mod digest;
mod durations;
mod factor;
mod flow;
mod frame;
mod gauge;
mod gauges;
mod incident;
pub mod names;
mod money;
mod on_shift;
mod order;
mod overload;
mod paged;
mod peaks;
mod duration_list;
mod planner;
mod pool;
mod quantity;
mod queue;
mod reader;
mod recovery;
mod registrars;
mod results;
mod rows;
mod shares;
mod site;
mod spells;
mod bin_position;
mod spread;
mod standing;
mod states;
mod summary;
mod totals;
mod turns;
mod call_disruption;
mod whose;
mod window;
mod world;

pub use call_disruption::{AllCalls, FaultCalls, WorstLevel};
pub use call_grid::CallGrid;
pub use call_rows::{CallRow, service_levels};
pub use calls::{
    CallCost, CallFigures, CallResults, CallSummary, QueueSummary, answer_speed, in_time,
    occupancy, share_word,
};
pub use course::{Course, Levels};
pub use durations::Durations;
pub use factor::Factor;
pub use frame::{Bins, Frame};
pub use gauge::{Better, DOWNTIME_PER_AGENT, Gauge, How, Measure, Per};
pub use gauges::{gauges, measures};
pub use group_changes::GroupStep;
pub use incident::{FaultIncidents, Impact, Incident, Recovery};
pub use money::{Amount, MoneySummary};
pub use overload::{Capacity, Overload, overloads};
pub use peaks::SitePeaks;
pub use planner::PlannerRow;
pub use pool::{LISTS, OPEN_LISTS, Pool};
pub use quantity::{Ratio, Total};
pub use queue::QueueMeasures;
pub use reader::{Buffers, Measures};
pub use registrars::RegisterSummary;
pub use results::{Results, SiteResults, Timeline};
pub use rows::{AgentRow, Kept, MoveRow, OutageRow, Rows};
pub use shares::{Share, Shares};
pub use site::Level;
pub use spread::Spread;
pub use states::{State, StateRow, Subject};
pub use summary::{
    OpenedOutages, PerCause, PerKind, PerReason, Percentiles, SpreadSeconds, Summary,
};
pub use totals::{Counts, Links, SWITCHOVER_REASONS, Totals};
pub use turns::{ReconnectSummary, TurnsCourse};
pub use window::{Onset, Window, Windows};
pub use world::{Part, WorldRow};
