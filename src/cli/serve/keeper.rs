//! What sits beside replications while the page watches: tells how far they have come, and ends them
//! when nobody waits or the time is over. It keeps nothing.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use serde_json::json;

use super::talk::Talk;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::waves::Waves;
use crate::experiment::{Gathered, Keeper, Turn, Watch};
use crate::report::explorer::progress;

/// How long a wave should take.
const WAVE: Duration = Duration::from_millis(200);

/// How often the page is told.
const OFTEN: Duration = Duration::from_millis(200);

/// How long replications are made for one answer.
const LONGEST: Duration = Duration::from_secs(60);

/// Largest wave.
const LARGEST: usize = 512;

/// The keeper.
pub struct Live<'t> {
    talk: &'t Talk,
    level: f64,
    began: Instant,
    told: Instant,
    waves: Waves,
}

impl<'t> Live<'t> {
    /// A keeper that talks; intervals have this confidence level.
    #[must_use]
    pub fn new(talk: &'t Talk, level: f64) -> Self {
        let now = Instant::now();
        let least = talk.session().threads();
        let waves = Waves::new(WAVE, least, (least, LARGEST));
        Self { talk, level, began: now, told: now, waves }
    }

    fn tell(&mut self, gathered: &Gathered) {
        if self.told.elapsed() >= OFTEN {
            self.told = Instant::now();
            self.talk.say("progress", &json!({ "text": progress(gathered, self.level) }));
        }
    }
}

impl Keeper for Live<'_> {
    type Error = Failure;
    type Line = ();

    fn recall(&mut self, _: u64) -> Result<Option<Turn>, Failure> {
        Ok(None)
    }

    fn line(&self, _: &Turn) {}

    fn keep(&mut self, (): ()) -> Outcome {
        Ok(())
    }

    fn next_wave(&mut self) -> Result<ControlFlow<(), usize>, Failure> {
        self.talk.check()?;
        if self.began.elapsed() > LONGEST {
            return Ok(ControlFlow::Break(()));
        }
        Ok(ControlFlow::Continue(self.waves.next()))
    }

    fn progressed(&mut self, _: &Watch, gathered: &Gathered) {
        self.tell(gathered);
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
