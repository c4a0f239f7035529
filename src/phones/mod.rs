//! The phones: what they register where, as timelines that are computed as far as they are read, in
//! a world that is already known.
//!
//! A phone does not know its desktop. Where a desktop moves its phone, it calls the phone, and the
//! phone goes on from there. Refreshes and retries are not simulated one by one: the first one that
//! matters is computed.
//!
//! Phones do not see each other; only registrars with a capacity couple them, through [`QueuedRegister`] and
//! [`Verdicts`].

mod answers;
mod apart;
mod bindings_lost;
mod queued;
mod chains;
mod context;
mod diary;
mod facts;
mod draws;
mod homeward;
mod line;
mod once_more;
mod outcomes;
mod past;
mod phone;
mod power;
mod refreshes;
mod registers;
mod registrar;
mod retries;
mod stale;
mod transaction;
mod impairments;
mod verdicts;

pub use answers::{Answers, Followed, Follows, Registers};
pub use context::PhoneContext;
pub use diary::{PhoneAction, PhoneRecord};
pub use impairments::{Delivery, Lost};
pub use line::Through;
pub use once_more::phone_records;
pub use past::{Met, Past};
pub use queued::{QueuedPhone, QueuedRegister, Scratch};
pub use verdicts::{Failure, Outcome, Response, Verdict, Verdicts};

pub(crate) use draws::AgentDraws;
pub(crate) use facts::Fact;
pub(crate) use line::RegistrationChange;
pub(crate) use phone::{Lists, Phone};
pub(crate) use stale::StaleTimes;
pub(crate) use transaction::grid_after;
