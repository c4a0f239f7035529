//! `--plan`: how many shards of what length are sensible, from the time that a few samples take.
//!
//! It measures this machine and writes nothing. What it proposes is a rule of thumb, which is
//! defined in one place here.

use std::fmt::Write as _;
use std::ops::Range;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::args::{AnswerFormat, Common};
use super::failure::{Failure, Outcome};
use super::interrupt;
use super::terminal;
use crate::experiment::cut;
use crate::experiment::{Buffers, NoSamples, Study};
use crate::report::length_in_words;
use crate::time::{NANOS, Span};

/// How long samples are timed.
const TRIAL: Duration = Duration::from_secs(2);
/// Most samples that are timed, and least.
const SAMPLES: (u64, u64) = (400, 3);
/// How long a shard should take, seconds: long enough that its start does not matter, short enough that
/// little is lost with it.
const LENGTH_S: f64 = 300.0;
/// Other lengths that are shown.
const LENGTHS_S: [f64; 4] = [10.0, 60.0, LENGTH_S, 1_800.0];
/// Most shards that are proposed.
const MOST: u64 = 10_000;
/// A whole that takes less is made on one machine, seconds on one core.
const ONE_MACHINE_S: f64 = 2.0 * LENGTH_S;

/// What was measured, and what follows.
#[derive(Debug, Serialize)]
struct Plan {
    /// Replications of the whole.
    replications: u64,
    /// Variants of each.
    variants: usize,
    /// Samples that were timed.
    timed: u64,
    /// One core, one replication of one variant.
    sample_s: f64,
    /// From the start of the program to the first sample.
    start_s: f64,
    /// One core, all samples.
    total_s: f64,
    /// The number of shards that is proposed.
    shards: u64,
    /// This number and others.
    choices: Vec<Choice>,
}

/// A number of shards.
#[derive(Debug, Serialize)]
struct Choice {
    shards: u64,
    /// Samples of the longest shard.
    samples: u128,
    /// What a shard takes on one core, its start included.
    shard_s: f64,
    /// Share of the start in it.
    overhead: f64,
}

impl Plan {
    fn new(
        (replications, variants): (u64, usize),
        (timed, sample_s, start_s): (u64, f64, f64),
    ) -> Self {
        let samples = u128::from(replications) * variants as u128;
        let total_s = samples as f64 * sample_s;
        let most = u64::try_from(samples).unwrap_or(MOST).clamp(1, MOST);
        let number = |length_s: f64| ((total_s / length_s).ceil() as u64).clamp(1, most);
        let choice = |shards: u64| {
            let samples = samples.div_ceil(u128::from(shards));
            let shard_s = samples as f64 * sample_s + start_s;
            Choice { shards, samples, shard_s, overhead: start_s / shard_s }
        };
        let mut choices: Vec<u64> = LENGTHS_S.into_iter().map(number).collect();
        choices.dedup();
        Self {
            replications,
            variants,
            timed,
            sample_s,
            start_s,
            total_s,
            shards: if total_s < ONE_MACHINE_S { 1 } else { number(LENGTH_S) },
            choices: choices.into_iter().map(choice).collect(),
        }
    }

    fn text(&self) -> String {
        let what = match self.variants {
            1 => format!("{} replications", self.replications),
            variants => format!("{} replications of {variants} variants", self.replications),
        };
        let mut out = format!(
            "{what} take {} on one core: {} each ({} were timed), and {} to start.\n\n",
            words(self.total_s),
            words(self.sample_s),
            self.timed,
            words(self.start_s)
        );
        let each = if self.variants == 1 { "replications" } else { "samples" };
        let _ = writeln!(out, "{:>10}  {each:>12}  {:>16}  {:>8}", "shards", "a shard", "start-up");
        for choice in &self.choices {
            let _ = writeln!(
                out,
                "{:>10}  {:>12}  {:>16}  {:>6.1} %",
                choice.shards,
                choice.samples,
                words(choice.shard_s),
                100.0 * choice.overhead
            );
        }
        let _ = match self.shards {
            1 => writeln!(out, "\nOne machine is enough: no shards are needed."),
            shards => writeln!(out, "\nSensible: {shards} shards (--shard 0/{shards} and so on)."),
        };
        out
    }
}

fn words(seconds: f64) -> String {
    length_in_words(Span((seconds * NANOS as f64) as i64))
}

/// Times samples and prints the proposal.
///
/// # Errors
/// [`Failure::Interrupted`]; an agent without end.
pub(super) fn run(
    study: &Study<'_>,
    replications: &Range<u64>,
    began: Instant,
    common: &Common,
) -> Outcome {
    let start_s = began.elapsed().as_secs_f64();
    let (timed, sample_s) = trial(study, replications)?;
    let number = replications.end - replications.start;
    let plan = Plan::new((number, study.models().len()), (timed, sample_s, start_s));
    match common.format {
        AnswerFormat::Json => terminal::print_data(&plan),
        AnswerFormat::Text | AnswerFormat::Markdown => terminal::print(&plan.text()),
    }
}

/// Samples at even distances, one after the other: their number, and the seconds of one.
fn trial(study: &Study<'_>, replications: &Range<u64>) -> Result<(u64, f64), Failure> {
    let variants = study.models().len();
    let all = cut::items(replications, variants);
    let most = u128::from(SAMPLES.0).min(all.end - all.start);
    let mut room = Buffers::default();
    let mut sample = |item: u128| {
        let replication = u64::try_from(item / variants as u128).unwrap_or(u64::MAX);
        let at = (replication, (item % variants as u128) as usize);
        study.sample(at, &mut room, &interrupt::is_asked).map_err(|why| match why {
            NoSamples::Stopped => Failure::Interrupted,
            NoSamples::Endless(found) => found.into(),
        })
    };
    // The first one allocates memory.
    sample(all.start)?;
    let (began, mut timed) = (Instant::now(), 0);
    for number in 0..most {
        sample(all.start + (all.end - all.start) * number / most)?;
        timed += 1;
        if timed >= SAMPLES.1 && began.elapsed() > TRIAL {
            break;
        }
    }
    Ok((timed, began.elapsed().as_secs_f64() / timed as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_experiment_has_shards_of_minutes() {
        let plan = Plan::new((1_000_000, 1), (400, 0.03, 0.2));
        assert_eq!(plan.shards, 100);
        let text = "1000000 replications take 8 h 20 min on one core: 30 ms each (400 were timed), and \
                    200 ms to start.\n\n    shards  replications           a shard  start-up\n";
        assert!(plan.text().starts_with(text), "{}", plan.text());
        let end = "\nSensible: 100 shards (--shard 0/100 and so on).\n";
        assert!(plan.text().ends_with(end), "{}", plan.text());
        assert_eq!(
            plan.choices.iter().map(|one| one.shards).collect::<Vec<_>>(),
            [3000, 500, 100, 17]
        );
    }

    #[test]
    fn a_small_one_has_none_and_never_more_than_samples() {
        let plan = Plan::new((3, 2), (6, 10.0, 0.2));
        assert_eq!(plan.shards, 1);
        assert!(plan.text().ends_with("One machine is enough: no shards are needed.\n"));
        assert_eq!(plan.choices[0].shards, 6);
        assert_eq!(Plan::new((10, 1), (3, 1e4, 0.2)).shards, 10);
    }
}
