//! One agent's desktop as plain data: how far it and its connections are, when anything happens to it next, and the same
//! in few bits for one that waits.
//!
//! It decides nothing: what a desktop does is said by `agents`.

mod agenda;
mod hold;
mod link;
mod packed;
mod state;

pub(crate) use agenda::Slot;
pub(crate) use hold::Leave;
pub(crate) use link::{Link, Phase, Wait};
pub(crate) use state::{DesktopState, Known, Move, Outage, Probing, Stage};
