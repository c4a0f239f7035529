//! switchover: a deterministic discrete-event simulator of contact-centre failover.

pub mod distribution;
pub mod model;
pub mod random;
pub mod time;
pub mod trace;
