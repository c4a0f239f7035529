//! The agents at their desktops: state machines that look ahead in a world that is already known, and in
//! what their phones do in it.
//!
//! An agent knows only what it has noticed; the simulator knows the whole timeline. So a retry
//! loop, a chain of refreshes or a row of probes is never simulated one by one: the first one that
//! matters is computed. The result is the same, to the nanosecond.
//!
//! Agents do not see each other; only the capacities of a site couple them, those of logins and reconnects
//! through [`Request`].

mod asleep;
mod connection;
mod context;
mod held_up;
mod hindsight;
mod ledger;
mod life;
mod looked_on;
mod moves;
mod power;
mod requests;
mod remaining;
mod restore;
mod searches;
mod shifts;
mod silence;
mod timers;
mod truth;
mod turns;
mod window;

pub use asleep::Asleep;
pub use context::Context;
pub use life::{Buffers, Life, Request};
