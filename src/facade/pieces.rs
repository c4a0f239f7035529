//! Parts on the disk, put together replication by replication as if they had been made in one run.
//!
//! However many there are, only those are open that hold the replication that is asked for.

use std::fs;
use std::ops::{ControlFlow, Range};
use std::path::PathBuf;

use super::broken::Broken;
use super::intake::plain;
use super::stored::{Stored, refused};
use crate::experiment::cut::{self, Cut, Items};
use crate::experiment::part::PartError;
use crate::experiment::{ReplicationSamples, ReplicationStore, Sample, Study};

/// Bytes of a replication's line, at least.
const SHORTEST: u64 = 64;

/// Most gaps that are named one by one.
const GAPS: usize = 10;

/// Parts of one experiment.
pub struct Pieces<'s> {
    study: &'s Study<'s>,
    /// By their first samples.
    all: Vec<Piece>,
    /// How they were cut, if that is known.
    cut: Option<Cut>,
    /// Number of those that were opened so far.
    begun: usize,
    open: Vec<Open>,
}

/// A part, not open.
struct Piece {
    path: PathBuf,
    items: Items,
    /// Whether its samples cannot be separated.
    pooled: bool,
}

impl Piece {
    /// Whether two parts that overlap may do so.
    fn may_overlap(&self, other: &Self) -> bool {
        match (self.pooled, other.pooled) {
            (false, false) => true,
            (true, true) => self.items == other.items,
            _ => false,
        }
    }
}

/// A part that is being read.
struct Open {
    path: PathBuf,
    items: Items,
    stored: Stored,
}

impl<'s> Pieces<'s> {
    /// Looks at the parts.
    ///
    /// # Errors
    /// [`Broken::World`] if one cannot be read, or does not belong to the experiment.
    pub fn look(
        paths: Vec<PathBuf>,
        study: &'s Study<'s>,
        cut: Option<Cut>,
    ) -> Result<Self, Broken> {
        let look = |path: PathBuf| {
            let stored = match Stored::belonging(&path, study)? {
                Err(error @ PartError::NoHeader(_)) if cut.is_some() => {
                    let help = "remove it and merge again, which names the shard that is missing";
                    let words = format!("cannot use {}: {error}; {help}", path.display());
                    return Err(Broken::World(words));
                }
                found => found.map_err(|error| refused(&path, &error))?,
            };
            Ok(Piece { path, items: stored.items(), pooled: stored.is_pooled() })
        };
        let mut all = paths.into_iter().map(look).collect::<Result<Vec<_>, Broken>>()?;
        all.sort_by_key(|piece| (piece.items.start, piece.items.end));
        Ok(Self { study, all, cut, begun: 0, open: Vec::new() })
    }

    /// The most replications that files of their lengths hold, whatever their headers say.
    #[must_use]
    pub fn most(&self) -> u64 {
        let length = |piece: &Piece| fs::metadata(&piece.path).map_or(0, |found| found.len());
        self.all.iter().map(|piece| length(piece) / SHORTEST).sum()
    }

    /// The replications of all parts together.
    ///
    /// # Errors
    /// [`Broken::Usage`] if some are in no part; it names them.
    pub fn range(&self) -> Result<Range<u64>, Broken> {
        let variants = self.study.models().len();
        let all = match &self.cut {
            Some(cut) => cut.items(),
            None => {
                let first = self.all.first().map_or(0, |piece| piece.items.start);
                let last = self.all.iter().map(|piece| piece.items.end).max().unwrap_or(0);
                cut::items(&cut::replications(&(first..last), variants), variants)
            }
        };
        if all.is_empty() {
            return Err(Broken::Usage("there is no replication in these parts".to_owned()));
        }
        for piece in &self.all {
            if piece.items.start < all.start || piece.items.end > all.end {
                let path = piece.path.display();
                let (own, all) = (self.words(&piece.items), self.words(&all));
                return Err(Broken::Usage(format!("{path} holds {own}; the whole is {all}")));
            }
        }
        self.check_overlaps()?;
        let missing = cut::missing(&all, self.all.iter().map(|piece| &piece.items));
        if missing.is_empty() {
            return Ok(cut::replications(&all, variants));
        }
        Err(Broken::Usage(self.gaps(&missing)))
    }

    /// A shard in which durations are merged may overlap only with the same shard.
    fn check_overlaps(&self) -> Result<(), Broken> {
        let Some(mut widest) = self.all.first() else { return Ok(()) };
        for piece in &self.all[1..] {
            if piece.items.start < widest.items.end && !piece.may_overlap(widest) {
                let (one, other) = (widest.path.display(), piece.path.display());
                let why = "a shard overlaps with nothing but the same shard";
                return Err(Broken::Usage(format!("{one} and {other} overlap: {why}")));
            }
            if piece.items.end > widest.items.end {
                widest = piece;
            }
        }
        Ok(())
    }

    fn words(&self, items: &Items) -> String {
        let Range { start, end } = cut::replications(items, self.study.models().len());
        format!("{start}..{end}")
    }

    /// What is missing, and which command makes it.
    fn gaps(&self, missing: &[Items]) -> String {
        let mut named: Vec<String> =
            missing.iter().take(GAPS).map(|items| self.words(items)).collect();
        named.dedup();
        let more = missing.len().saturating_sub(GAPS);
        if more > 0 {
            named.push(format!("{more} more ranges"));
        }
        let ranges = listed(&named);
        let Some(cut) = &self.cut else {
            let help = "`run --replications A..B --part FILE` makes them";
            return format!("replications {ranges} are in no part; {help}");
        };
        let shards = cut.shards_of(missing);
        let number = shards.len();
        let (are, word) = if number == 1 { ("is", "shard") } else { ("are", "shards") };
        format!(
            "{number} of {all} shards {are} missing (replications {ranges}): run {word} {numbers} \
             again, of {all} and counted from 0",
            all = cut.shards,
            numbers = numbers(&shards)
        )
    }

    /// Opens the parts that hold samples before `end`.
    fn begin(&mut self, end: u128) -> Result<(), Broken> {
        while let Some(piece) = self.all.get(self.begun).filter(|piece| piece.items.start < end) {
            let stored = Stored::open(&piece.path, self.study)?;
            let (path, items) = (piece.path.clone(), piece.items.clone());
            self.open.push(Open { path, items, stored });
            self.begun += 1;
        }
        Ok(())
    }
}

impl Open {
    /// Puts the samples of a replication into the places of their variants; others that are there
    /// already must be the same.
    fn put(
        &mut self,
        replication: u64,
        study: &Study<'_>,
        into: &mut [Option<Told>],
    ) -> Result<(), Broken> {
        let variants = self.stored.variants_of(replication);
        let samples = self.stored.samples(replication, study)?;
        for (place, sample) in into.get_mut(variants).into_iter().flatten().zip(samples) {
            match place {
                Some((path, known)) if *known != sample => {
                    return Err(Broken::Usage(format!(
                        "{} and {} disagree about replication {replication}",
                        path.display(),
                        self.path.display()
                    )));
                }
                Some(_) => {}
                None => *place = Some((self.path.clone(), sample)),
            }
        }
        Ok(())
    }
}

/// What helps where a part is broken.
fn again(text: &str, cut: &Cut, items: &Items) -> Broken {
    let shards = numbers(&cut.shards_of(std::slice::from_ref(items)));
    Broken::World(format!("{text}; remove it and run shard {shards} of {} again", cut.shards))
}

/// A sample, and the part that holds it.
type Told = (PathBuf, Sample);

impl ReplicationStore for Pieces<'_> {
    type Error = Broken;
    type Line = ();

    /// The replication as all parts that hold it report it.
    fn recall(&mut self, replication: u64) -> Result<Option<ReplicationSamples>, Broken> {
        let variants = self.study.models().len();
        let items = cut::items(&(replication..replication.saturating_add(1)), variants);
        self.begin(items.end)?;
        let mut samples: Vec<Option<Told>> = (0..variants).map(|_| None).collect();
        let (study, cut) = (self.study, &self.cut);
        for open in self.open.iter_mut().filter(|open| open.items.end > items.start) {
            open.put(replication, study, &mut samples).map_err(|failure| match (failure, cut) {
                (Broken::World(text), Some(cut)) => again(&text, cut, &open.items),
                (Broken::Disk(path, error), Some(cut)) => {
                    let text = format!("cannot read {}: {}", path.display(), plain(&error));
                    again(&text, cut, &open.items)
                }
                (failure, _) => failure,
            })?;
        }
        self.open.retain(|open| open.items.end > items.end);
        Ok(samples.into_iter().map(|told| told.map(|(_, sample)| sample)).collect())
    }

    fn line(&self, _: &ReplicationSamples) {}

    fn keep(&mut self, (): ()) -> Result<(), Broken> {
        Ok(())
    }

    fn next_wave(&mut self) -> Result<ControlFlow<(), usize>, Broken> {
        Ok(ControlFlow::Break(()))
    }
}

/// `a`, `a and b`, `a, b and c`.
fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Numbers in order, runs of them as `6-9`: the way array engines take them.
fn numbers(all: &[u64]) -> String {
    let mut runs: Vec<Range<u64>> = Vec::new();
    for number in all {
        match runs.last_mut() {
            Some(run) if run.end == *number => run.end += 1,
            _ => runs.push(*number..*number + 1),
        }
    }
    let words = runs.iter().map(|run| match run.end - run.start {
        1 => run.start.to_string(),
        _ => format!("{}-{}", run.start, run.end - 1),
    });
    words.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_array_engines_take_them() {
        assert_eq!(numbers(&[3]), "3");
        assert_eq!(numbers(&[0, 1, 2, 5, 7, 8]), "0-2,5,7-8");
    }

    #[test]
    fn a_list_ends_with_and() {
        let words: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
        assert_eq!(listed(&words), "a, b and c");
        assert_eq!(listed(&words[..2]), "a and b");
        assert_eq!(listed(&words[..1]), "a");
    }
}
