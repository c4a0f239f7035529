//! Calls: one more discrete-event simulation, over what changes in the world and for agents; agents
//! in service are the servers. It also answers until when a call holds an agent that wants to
//! leave.
//!
//! What happens at one instant, happens in this order; the law of an instant:
//!
//! 1. the changes of [`Staff`], as listed (sites, links, agents, severed agents, dead contacts);
//! 2. ends of calls, of work after them and of ringing, by agent, its dead contacts after it;
//! 3. callers give up, in the order in which they came;
//! 4. calls come, by queue and caller.
//!
//! A call takes the agent that has been idle longest, of the first of its queue's groups that has an idle one. An
//! agent that is free takes the call that came first, of all queues that its group serves. A caller who
//! would give up at the instant at which an agent is free, is served.

mod arrivals;
mod linked_lists;
mod course;
mod day;
mod differ;
mod draws;
mod matching;
mod outcome;
mod parts;
mod snapshot;
mod run;
mod shades;
mod staff;
mod steps;
mod stretch;
mod tally;
mod upsets;
mod watch;
mod windows;

pub use arrivals::ArrivalStream;
pub use course::{CallLevels, Course};
pub use day::Day;
pub use draws::{CallerTraits, Callers, Draws};
pub use outcome::{CallObserver, Fate, Outcome};
pub use run::{Asked, Books, InWindows, Kept, blank, serving};
pub use staff::{Change, Staff, StaffEvent};
pub use tally::{Cell, Hours, Tally};
pub use watch::{Watch, surroundings};

pub use crate::model::ShareOf;

/// A caller calls this often at most.
pub const ATTEMPTS: u32 = 100;
