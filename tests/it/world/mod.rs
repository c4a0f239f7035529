//! The world and the faults that it lives through, tested without any agent in it.

mod ages;
mod faults;
mod hours;
mod markov;
mod naive;
mod pair;
mod stopped;
mod timeline;
