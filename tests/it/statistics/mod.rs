//! The statistics room from outside: golden values, properties, and the coverage of its intervals
//! on samples whose truth is known. It does not run the simulator.

mod coverage;
mod grouped;
mod properties;
mod side_by_side;
