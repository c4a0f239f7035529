//! The agents: state machines that look ahead in a world that is already known.
//!
//! An agent knows only what it has noticed; the simulator knows the whole timeline. So a retry
//! loop, a chain of refreshes or a row of probes is never stepped through: the first one that
//! matters is computed. The result is the same, to the nanosecond, as stepping.
//!
//! Agents do not see each other; only the capacities of a site couple them, those of logins and reconnects
//! through [`Request`].

mod agenda;
mod answers;
mod apart;
mod asleep;
mod bindings_lost;
mod bits;
mod caller;
mod chains;
mod connection;
mod context;
mod desk;
mod diary;
mod facts;
mod fate;
mod fortune;
mod held_up;
mod hindsight;
mod homeward;
mod leave;
mod ledger;
mod life;
mod line;
mod looked_on;
mod meter;
mod moves;
mod once_more;
mod outcomes;
mod past;
mod phone;
mod power;
mod refreshes;
mod registers;
mod registrar;
mod requests;
mod remaining;
mod restore;
mod retries;
mod rounds;
mod searches;
mod shifts;
mod silence;
mod slots;
mod stale;
mod timers;
mod transaction;
mod trouble;
mod truth;
mod turns;
mod verdicts;
mod view;
mod window;

pub use answers::{Answers, Followed, Follows, Registers};
pub use asleep::Asleep;
pub use caller::{Call, Caller, Scratch};
pub use context::Context;
pub use diary::{Deed, Doing};
pub use life::{Life, Request, Room};
pub use line::Through;
pub use meter::{
    Bounds, Endless, EndlessAgent, EndlessStorm, EndlessTurns, MOST_AWAKE, MOST_STEPS, Repeated,
    STEPS_PER_OUTAGE, Stop, Unfinished,
};
pub use once_more::deeds;
pub use past::{Met, Past};
pub use slots::{AgentSlots, Slots, Wanted};
pub use trouble::{Lost, Way};
pub use verdicts::{Failure, Outcome, Response, Verdict, Verdicts};
