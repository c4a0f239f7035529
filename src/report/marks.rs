//! The letters by which tables and maps mark variants, and what they mean.

use super::advice::SIGN;
use crate::experiment::Marks;

/// What the mark of the least says.
pub(super) const LEAST: &str = "may have the least downtime";
/// What the mark of the Pareto set says where there is little space.
pub(super) const PARETO: &str = "no other dominates it (Pareto)";

/// What one variant is marked with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marked([bool; 4]);

impl Marked {
    /// `warned`: something is warned of.
    pub(super) const fn new(today: bool, marks: Marks, warned: bool) -> Self {
        Self([today, marks.least, marks.pareto, warned])
    }

    /// Its letters.
    pub(super) fn letters(self) -> String {
        let letters = ["T", "L", "P", SIGN].into_iter().zip(self.0);
        letters.filter(|(_, has)| *has).map(|(letter, _)| letter).collect()
    }

    /// Its letters before what it is called.
    pub(super) fn before(self, name: &str) -> String {
        format!("{} {name}", self.letters()).trim_start().to_owned()
    }
}

/// What the letters of a table mean, as far as they are in it; a line each. `noun`: what is marked.
pub(super) fn legend(all: impl Iterator<Item = Marked>, noun: &str) -> String {
    let seen = all.map(Marked::letters).collect::<String>();
    let pareto =
        format!("no other {noun} is as good in everything and better in something (Pareto)");
    let meanings = [("T", "today"), ("L", LEAST), ("P", &pareto), (SIGN, "a warning, see below")];
    let shown = meanings.into_iter().filter(|(letter, _)| seen.contains(letter));
    shown.map(|(letter, meaning)| format!("{letter}  {meaning}\n")).collect()
}
