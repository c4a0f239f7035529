//! The store of replications that a page watches: says how far they are, shows the answer so far,
//! and ends them when no page waits or the time is over. It keeps nothing.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use serde_json::json;

use super::pace::Pace;
use super::talk::Talk;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::waves::Waves;
use crate::experiment::{Gathered, ReplicationSamples, ReplicationStore, Watch};
use crate::report::explorer::progress;

/// How long a wave should take.
const WAVE: Duration = Duration::from_millis(200);

/// How often the page gets a message.
const OFTEN: Duration = Duration::from_millis(200);

/// How long replications are made for one answer.
const LONGEST: Duration = Duration::from_secs(60);

/// Largest wave.
const LARGEST: usize = 512;

/// What shows the answer of the replications so far.
pub(super) type Refresh<'t> = &'t (dyn Fn(&Watch, &Gathered<'_>) + Sync);

/// The store.
pub(super) struct Live<'t> {
    talk: &'t Talk,
    level: f64,
    began: Instant,
    told: Instant,
    waves: Waves,
    /// Replications of the wave that are not handed over yet.
    left: usize,
    refresh: Option<Refresh<'t>>,
    pace: Pace,
}

impl<'t> Live<'t> {
    /// A store that reports to `talk`; intervals have this confidence level.
    #[must_use]
    pub(super) fn new(talk: &'t Talk, level: f64) -> Self {
        let now = Instant::now();
        let least = talk.session().threads();
        let waves = Waves::new(WAVE, least, (least, LARGEST));
        let pace = Pace::new();
        Self { talk, level, began: now, told: now, waves, left: 0, refresh: None, pace }
    }

    /// With the whole answer shown now and then; always of all replications of a wave.
    #[must_use]
    pub(super) fn refreshing(self, refresh: Option<Refresh<'t>>) -> Self {
        Self { refresh, ..self }
    }

    fn tell(&mut self, gathered: &Gathered) {
        if self.told.elapsed() >= OFTEN {
            self.told = Instant::now();
            self.talk.say("progress", &json!({ "text": progress(gathered, self.level) }));
        }
    }
}

impl ReplicationStore for Live<'_> {
    type Error = Failure;
    type Line = ();

    fn recall(&mut self, _: u64) -> Result<Option<ReplicationSamples>, Failure> {
        Ok(None)
    }

    fn line(&self, _: &ReplicationSamples) {}

    fn keep(&mut self, (): ()) -> Outcome {
        Ok(())
    }

    fn next_wave(&mut self) -> Result<ControlFlow<(), usize>, Failure> {
        self.talk.check()?;
        if self.began.elapsed() > LONGEST {
            return Ok(ControlFlow::Break(()));
        }
        self.left = self.waves.next();
        Ok(ControlFlow::Continue(self.left))
    }

    fn progressed(&mut self, watch: &Watch, gathered: &Gathered) {
        self.left = self.left.saturating_sub(1);
        self.tell(gathered);
        let Some(refresh) = self.refresh.filter(|_| self.left == 0) else { return };
        if self.pace.is_due(gathered.count()) && !self.talk.is_unwanted() {
            let began = Instant::now();
            refresh(watch, gathered);
            self.pace.shown(gathered.count(), began.elapsed());
        }
    }

    fn compared(&mut self, all: &[Gathered]) {
        if let Some(last) = all.last() {
            self.tell(last);
        }
    }

    fn cancelled(&self) -> bool {
        self.talk.is_unwanted()
    }
}
