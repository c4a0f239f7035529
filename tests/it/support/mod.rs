//! What several topics of the tests share: ready-made models and ways to look at a trace.

pub mod case;
pub mod strategy;
pub mod trace;
pub mod worked;
