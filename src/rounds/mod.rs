//! How a desktop reconnects: attempts and rounds at server pairs, looked up in the world's timelines instead of simulated
//! one by one, at a cost that grows with the world's changes and not with the number of rounds.
//!
//! Pure: nothing here knows timers, moves or records.

mod break_outcome;
mod endpoint;
mod search;
mod view;

pub(crate) use break_outcome::{BreakOutcome, fate};
pub(crate) use endpoint::{Answer, Attempt, Endpoint, Found, number, pause, split};
pub(crate) use search::Search;
pub(crate) use view::View;
