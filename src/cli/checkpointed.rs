//! The store of an experiment while it runs: saves finished replications, watches the clock and
//! Ctrl-C, and shows how far the experiment has come.
//!
//! It decides nothing about statistics. What it does with the clock changes no result: it sets the
//! size of waves, and ends an experiment that ran out of time.

use std::ops::{ControlFlow, Range};
use std::path::Path;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use rayon::ThreadPool;

use super::checkpoint::{Checkpoint, Parked};
use super::failure::{Failure, Outcome};
use super::interrupt;
use super::terminal;
use super::waves::Waves;
use crate::experiment::part;
use crate::experiment::{Gathered, ReplicationSamples, ReplicationStore, Study, Watch};
use crate::report::experiment::progress;
use crate::time::{NANOS, Span};

/// How long a wave should take.
const WAVE: Duration = Duration::from_millis(400);
/// Largest wave.
const LARGEST: usize = 4096;
/// How often the text of the progress changes.
const OFTEN: Duration = Duration::from_millis(200);

/// The store.
pub(super) struct CheckpointedStore<'s> {
    checkpoint: Checkpoint<'s>,
    until: Option<Instant>,
    waves: Waves,
    bar: ProgressBar,
    shown: Instant,
    began: Instant,
    /// Replications counted since the beginning, those recalled left out.
    made: usize,
    /// Replications counted, those recalled among them.
    used: u64,
    /// What is made, said before the time left; empty: nothing is said.
    what: String,
    /// Seconds of what comes after it.
    later: f64,
}

impl<'s> CheckpointedStore<'s> {
    /// A store for the replications of a range, with the checkpoint next to `target`; says that
    /// earlier work is continued, if there is any.
    ///
    /// # Errors
    /// As [`Checkpoint::open`].
    pub(super) fn open(
        study: &'s Study<'s>,
        target: &Path,
        range: &Range<u64>,
        limit: Option<Span>,
        (pool, quiet): (&ThreadPool, bool),
    ) -> Result<Self, Failure> {
        let store = Self::beside(study, target, range, limit, (pool, quiet))?;
        let held = store.checkpoint.held();
        if held > 0 && !quiet {
            let folder = store.checkpoint.folder().display();
            terminal::say(&format!("going on after the {held} replications in {folder}"));
        }
        Ok(store)
    }

    /// As [`CheckpointedStore::open`], of one of several checkpoints: earlier work is not
    /// mentioned.
    ///
    /// # Errors
    /// As [`Checkpoint::open`].
    pub(super) fn beside(
        study: &'s Study<'s>,
        target: &Path,
        range: &Range<u64>,
        limit: Option<Span>,
        (pool, quiet): (&ThreadPool, bool),
    ) -> Result<Self, Failure> {
        let checkpoint = Checkpoint::open(study, Checkpoint::beside(target), range.start)?;
        let (now, threads) = (Instant::now(), pool.current_num_threads());
        let limit = limit.map(|span| Duration::from_nanos(span.0.max(0) as u64));
        Ok(Self {
            checkpoint,
            until: limit.and_then(|limit| now.checked_add(limit)),
            waves: Waves::new(WAVE, 2 * threads, (threads, LARGEST)),
            bar: bar(range.end - range.start, quiet),
            shown: now,
            began: now,
            made: 0,
            used: 0,
            what: String::new(),
            later: 0.0,
        })
    }

    /// Says before the time left what is made, and counts the seconds of what comes after it.
    #[must_use]
    pub(super) fn telling(self, what: String, later: f64) -> Self {
        Self { what, later, ..self }
    }

    /// What is finished stays where it is, until the command has made more of it.
    ///
    /// # Errors
    /// [`Failure::World`] if the disk refuses.
    pub(super) fn park(self) -> Result<Parked, Failure> {
        self.bar.finish_and_clear();
        self.checkpoint.park()
    }

    /// The checkpoint.
    pub(super) fn checkpoint(&mut self) -> &mut Checkpoint<'s> {
        &mut self.checkpoint
    }

    /// All is done and written: nothing need be kept, unless the checkpoint holds replications
    /// that were not used.
    pub(super) fn finish(self) {
        self.bar.finish_and_clear();
        let (held, used) = (self.checkpoint.held(), self.used);
        if held > used {
            terminal::say(&format!(
                "{} keeps all its {held} finished replications, of which {used} were used; \
                 remove it if they are not needed",
                self.checkpoint.folder().display()
            ));
        } else {
            self.checkpoint.remove();
        }
    }

    /// The work was given up: saves what is finished, and says where.
    #[must_use]
    pub(super) fn give_up(mut self, failure: Failure) -> Failure {
        self.bar.finish_and_clear();
        let failure = match (self.checkpoint.flush(), failure) {
            // That they could not be saved is more important.
            (Err(other), Failure::Interrupted) => other,
            (_, failure) => failure,
        };
        let held = self.checkpoint.saved();
        if held == 0 {
            self.checkpoint.remove();
            return failure;
        }
        let kept = format!(
            "{held} finished {} kept in {}, and the same command goes on from there",
            if held == 1 { "replication is" } else { "replications are" },
            self.checkpoint.folder().display()
        );
        match failure {
            Failure::Interrupted => Failure::Kept(format!("interrupted; {kept}")),
            Failure::World(text) => Failure::World(format!("{text}; {kept}")),
            Failure::Endless(_) => {
                terminal::say(&format!("note: {kept}"));
                failure
            }
            other => other,
        }
    }

    /// Seconds left until a wanted precision, at the pace so far.
    fn left(&self, watch: &Watch, counted: usize) -> Option<f64> {
        let missing = watch.latest().filter_map(|(_, reached, precision)| {
            let ratio = reached?.relative? / precision.relative?;
            Some(counted as f64 * (ratio * ratio - 1.0))
        });
        let missing = missing
            .fold(None, |most: Option<f64>, own| Some(most.map_or(own, |most| most.max(own))))?;
        let each = self.began.elapsed().as_secs_f64() / self.made.max(1) as f64;
        (missing > 0.0 && self.made > 0).then_some(missing * each)
    }
}

fn left_in_words(seconds: f64) -> String {
    let words = crate::report::length_in_words(Span((seconds * NANOS as f64) as i64));
    format!("  about {words} left")
}

/// A bar on standard error, hidden unless that is a terminal.
fn bar(most: u64, quiet: bool) -> ProgressBar {
    if quiet || !terminal::is_watched() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(most);
    if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos} replications  {msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(250));
    bar
}

impl ReplicationStore for CheckpointedStore<'_> {
    type Error = Failure;
    type Line = Vec<u8>;

    fn recall(&mut self, replication: u64) -> Result<Option<ReplicationSamples>, Failure> {
        interrupt::check()?;
        let samples = self.checkpoint.recall(replication)?;
        self.used += u64::from(samples.is_some());
        Ok(samples)
    }

    fn line(&self, samples: &ReplicationSamples) -> Vec<u8> {
        part::samples_line(samples)
    }

    fn keep(&mut self, line: Vec<u8>) -> Outcome {
        self.made += 1;
        self.used += 1;
        self.checkpoint.keep(&line)
    }

    fn next_wave(&mut self) -> Result<ControlFlow<(), usize>, Failure> {
        interrupt::check()?;
        // Whatever the limit, some progress is made, so that the same command ends at last.
        if self.made > 0 && self.until.is_some_and(|until| Instant::now() >= until) {
            return Ok(ControlFlow::Break(()));
        }
        Ok(ControlFlow::Continue(self.waves.next()))
    }

    fn progressed(&mut self, watch: &Watch, gathered: &Gathered) {
        self.bar.inc(1);
        if self.bar.is_hidden() || self.shown.elapsed() < OFTEN {
            return;
        }
        self.shown = Instant::now();
        let mut text = progress(watch, gathered);
        let left = match self.left(watch, gathered.count()) {
            Some(left) => Some(left),
            None if watch.is_idle() => Some(self.bar.eta().as_secs_f64()),
            None => None,
        };
        if let Some(left) = left {
            text += &left_in_words(left);
        }
        self.bar.set_message(text);
    }

    fn compared(&mut self, _: &[Gathered]) {
        self.bar.inc(1);
        if !self.bar.is_hidden() && self.shown.elapsed() >= OFTEN {
            self.shown = Instant::now();
            let left = left_in_words(self.bar.eta().as_secs_f64() + self.later);
            self.bar.set_message(format!("{}{left}", self.what));
        }
    }

    fn cancelled(&self) -> bool {
        interrupt::is_asked()
    }
}
