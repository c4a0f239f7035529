//! The house inspects itself: floors, first lines, lengths, forbidden words, forgotten files.
//!
//! Nothing here runs the simulator; it reads the repository as text.

mod dialect;
mod floors;
mod links;
mod names;
mod shape;
mod source;
mod words;
