//! Charts over time: agents in service, REGISTERs and logins, queues, moves.
//!
//! They zoom on the windows in which something happened. One window fills the sheet; of several
//! each has a panel of its own, below a strip of the whole run. Time is counted from the fault.

mod calls;
mod connections;
mod in_service;
mod load;
mod moves;
mod overview;
mod panel;
mod queues;
mod served;
mod sheet;
mod sites;
mod track;

pub(super) use calls::draw as calls;
pub(super) use connections::draw as connections;
pub(super) use in_service::draw as in_service;
pub(super) use load::draw as load;
pub(super) use moves::draw as moves;
pub(super) use queues::draw as queues;
