//! Makes one shard: a part in a directory of shards, written under another name and renamed.
//!
//! It needs no lock and keeps no checkpoint: two tasks that make the same shard write the same bytes, and
//! a shard whose task was killed is made again from its beginning.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rayon::ThreadPool;

use super::args::Common;
use super::budget;
use super::durable::{self, HIDDEN, PendingFile};
use super::failure::{Failure, Outcome};
use super::folders::NewFolders;
use super::interrupt;
use super::parts::{self, Whole};
use super::planned;
use super::pool;
use super::shard::{Shard, Wanted};
use super::terminal;
use super::waves::Waves;
use crate::experiment::cut::{self, Cut, Items};
use crate::experiment::part::{self, Header};
use crate::experiment::shard::{self, ShardStore};
use crate::experiment::{Cost, Study};
use crate::facade::pack::Pack;
use crate::facade::stored::Stored;

/// How long samples are made between two checks whether they are still needed.
const WAVE: Duration = Duration::from_millis(400);
/// Most samples between two looks.
const LARGEST: usize = 4096;

/// A shard to be made, or a plan of shards.
pub(super) struct Job<'a> {
    /// Which.
    pub wanted: &'a Wanted,
    /// All replications of the whole.
    pub replications: Range<u64>,
    /// The words of the command that makes the whole.
    pub arguments: &'a [String],
    /// The scenarios.
    pub packs: &'a [Pack],
    /// What is studied.
    pub study: &'a Study<'a>,
    /// How to simulate.
    pub common: &'a Common,
}

/// The number of replications must be known.
#[must_use]
pub(super) fn unfixed() -> Failure {
    let why = "a shard needs to know all replications: --replications 100000";
    Failure::Usage(why.to_owned())
}

impl Job<'_> {
    /// Makes the shard, unless it is there; or the plan.
    ///
    /// # Errors
    /// [`Failure::Usage`] if it can never be made there; [`Failure::World`] if the disk refuses, or disk or memory
    /// are short; [`Failure::Interrupted`].
    pub(super) fn make(&self) -> Outcome {
        match self.wanted {
            Wanted::One(shard) => self.make_shard(shard),
            Wanted::Plan(began) => {
                planned::run(self.study, &self.replications, *began, self.common)
            }
        }
    }

    fn make_shard(&self, shard: &Shard) -> Outcome {
        let Shard { index, count, folder } = shard;
        let cut = self.cut(*count)?;
        let (items, pool) = (cut.shard(*index), pool::pool(self.common.threads)?);
        let range = cut::replications(&items, cut.variants);
        let place = parts::part_at(folder, *index, *count);
        // What is done needs nothing more.
        if !place.exists() {
            let cost = Cost::of_shard(self.study, &range, pool.current_num_threads());
            budget::check_shard(&cost, folder, self.common.asking())?;
        }
        let wrong = |error| Failure::disk("cannot create", folder, &error);
        let made = NewFolders::create(folder).map_err(wrong)?;
        Whole::new(self.arguments, self.packs.len(), &cut).settle(folder, self.packs)?;
        made.keep();
        if self.is_done(&place, &items)? {
            self.say(shard, &format!("is done already: {}", place.display()));
            return Ok(());
        }
        self.write(&place, &items, &pool)?;
        self.say(shard, &format!("is done: {}", place.display()));
        Ok(())
    }

    fn cut(&self, shards: u64) -> Result<Cut, Failure> {
        let replications = self.replications.clone();
        let variants = self.study.models().len();
        let cut = Cut { replications, variants, shards };
        let Range { start, end } = cut.items();
        if end - start < u128::from(shards) {
            let most = end - start;
            return Err(Failure::Usage(format!("{shards} shards are too many: {most} at most")));
        }
        Ok(cut)
    }

    fn say(&self, shard: &Shard, what: &str) {
        if !self.common.quiet {
            terminal::say(&format!("shard {} of {} {what}", shard.index, shard.count));
        }
    }

    /// Whether the part is there. What else is at its place is left as it is.
    fn is_done(&self, place: &Path, items: &Items) -> Result<bool, Failure> {
        if !place.try_exists().map_err(|error| Failure::disk("cannot read", place, &error))? {
            return Ok(false);
        }
        let why = match Stored::belonging(place, self.study)? {
            Ok(stored) if stored.items() == *items => return Ok(true),
            Ok(_) => "it holds another range".to_owned(),
            Err(error) => error.to_string(),
        };
        let place = place.display();
        Err(Failure::Usage(format!(
            "cannot use {place}: {why}; remove it, or name another --parts"
        )))
    }

    fn write(&self, place: &Path, items: &Items, pool: &ThreadPool) -> Outcome {
        let wrong = |error| Failure::disk("cannot write", place, &error);
        let file = PendingFile::create(durable::above(place), HIDDEN).map_err(wrong)?;
        let threads = pool.current_num_threads();
        let waves = Waves::new(WAVE, 2 * threads, (threads, LARGEST));
        let mut store = ShardWriter { file, place: place.to_owned(), waves };
        let pooled = shard::merges(items, self.study.models().len());
        let header = Header { pooled, ..Header::of(self.study, items) };
        store.keep(&part::header_line(&header))?;
        shard::make(self.study, items, pool, &mut store)?;
        store.file.place(place).map_err(wrong)
    }
}

/// Where a part is written.
struct ShardWriter {
    file: PendingFile,
    place: PathBuf,
    waves: Waves,
}

impl ShardStore for ShardWriter {
    type Error = Failure;

    fn next_wave(&mut self) -> Result<usize, Failure> {
        interrupt::check()?;
        Ok(self.waves.next())
    }

    fn keep(&mut self, line: &[u8]) -> Outcome {
        self.file.append(line).map_err(|error| Failure::disk("cannot write", &self.place, &error))
    }

    fn cancelled(&self) -> bool {
        interrupt::is_asked()
    }
}
