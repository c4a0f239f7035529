//! Calls: the simulator against a stepping reference, call by call, on random small days; what must hold of any
//! day; and the arrivals, by themselves.

mod agree;
mod arrivals;
mod conserved;
mod days;
mod intervals;
mod money;
mod planned;
mod program;
mod reference;
mod runs;
mod tallied;
mod watched;
mod windows;
