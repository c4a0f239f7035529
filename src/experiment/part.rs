//! The text of a part: some replications of an experiment, one per line under a header line, so
//! that it can be saved, continued and merged with other parts.
//!
//! Only the text; other code reads and writes files. JSON, one object per line:
//!
//! ```text
//! {"switchover":"0.1.0","build":"0f3a...","platform":"77c1...","format":4,"scenario":"year","variants":["5d41..."],"seed":1,"from":200,"count":2}
//! {"sum":"9f86d081884c7d65","samples":[{"k":200,"row":[...],"pools":[...]}]}
//! {"sum":"60303ae22b998861","samples":[{"k":201,"row":[...],"pools":[...]}]}
//! ```
//!
//! Each line holds a list of samples, one per variant (a plain experiment has one, a comparison
//! two or more), and the checksum of its text (XXH3, 64 bits): a digit changed on the way is noticed.
//! In a part with `pooled` the durations of each group of replications are those of its last replication.
//! Of the first and the last replication a shard may hold some of the variants only: `skip` says how
//! many are missing before the first sample, `short` how many behind the last.
//! It guards against accidents, not against forgery.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use thiserror::Error;
use twox_hash::XxHash3_64;

use super::cut::{self, Items};
use super::platform;
use super::sample::{Layout, ReplicationSamples, Sample, SampleExtras};
use super::study::Study;
use crate::measures::LISTS;

/// Version of this format.
const FORMAT: u32 = 4;

/// Fingerprint of the sources that this program was built from.
pub const BUILD: &str = env!("SWITCHOVER_BUILD");

/// The first line of a part: what its replications belong to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Version of the program.
    pub switchover: String,
    /// Fingerprint of the sources of the program.
    #[serde(default)]
    pub build: String,
    /// What its platform answers to a fixed set of draws.
    #[serde(default)]
    pub platform: String,
    /// Version of the format.
    pub format: u32,
    /// Name of the scenario, for people.
    pub scenario: String,
    /// Fingerprint of each variant's resolved scenario.
    pub variants: Vec<String>,
    /// Seed.
    pub seed: u64,
    /// First replication.
    pub from: u64,
    /// Number of replications, those counted that it holds in part.
    pub count: u64,
    /// Variants of the first replication that it does not hold.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub skip: usize,
    /// Variants of the last replication that it does not hold.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub short: usize,
    /// Durations are merged within it, so that it cannot be taken apart.
    #[serde(default, skip_serializing_if = "is_not")]
    pub pooled: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref)]
const fn is_not(flag: &bool) -> bool {
    !*flag
}

#[allow(clippy::trivially_copy_pass_by_ref)]
const fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// Why a part does not belong to an experiment, or is none.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PartError {
    /// Line 1 is no header.
    #[error("it is no part of an experiment: {0}")]
    NoHeader(String),
    /// Another version of the program made it.
    #[error(
        "version {theirs} made it, this is {ours}; results are the same within one version only"
    )]
    Version {
        /// Its version.
        theirs: String,
        /// Our version.
        ours: &'static str,
    },
    /// Another build of the same version made it.
    #[error(
        "another build of version {version} made it ({theirs}, this is {ours}); results are the \
         same within one build only"
    )]
    Build {
        /// The version of both.
        version: &'static str,
        /// Fingerprint of its sources.
        theirs: String,
        /// Fingerprint of ours.
        ours: &'static str,
    },
    /// Its platform draws other random numbers.
    #[error(
        "it was made on a platform that calculates differently ({theirs}, this one {ours}); make it \
         again on a platform like this"
    )]
    Platform {
        /// What its platform answered.
        theirs: String,
        /// What ours answers.
        ours: &'static str,
    },
    /// It belongs to another scenario.
    #[error("it belongs to another scenario (`{0}`), or to this one before it was changed")]
    Scenario(String),
    /// It was made with another seed.
    #[error("it was made with seed {theirs}, not {ours}")]
    Seed {
        /// Its seed.
        theirs: u64,
        /// Our seed.
        ours: u64,
    },
    /// More lines than line 1 says.
    #[error("line 1 says that it holds {0} replications, but it holds more")]
    Longer(u64),
    /// A line does not hold the replication that it should.
    #[error("line {line} does not hold replication {replication}: {reason}")]
    Line {
        /// Line number, from 1.
        line: u64,
        /// The replication expected there.
        replication: u64,
        /// What is wrong.
        reason: String,
    },
}

impl Header {
    /// The header of a part of this experiment that holds all variants.
    #[must_use]
    pub fn new(study: &Study, range: &Range<u64>) -> Self {
        Self::of(study, &cut::items(range, study.models().len()))
    }

    /// The header of a part that holds these samples.
    #[must_use]
    pub fn of(study: &Study, items: &Items) -> Self {
        let variants = study.models().len();
        let range = cut::replications(items, variants);
        let whole = cut::items(&range, variants);
        Self {
            switchover: env!("CARGO_PKG_VERSION").to_owned(),
            build: BUILD.to_owned(),
            platform: platform::answer().to_owned(),
            format: FORMAT,
            scenario: study.name().to_owned(),
            variants: study.fingerprints().to_vec(),
            seed: study.seed(),
            from: range.start,
            count: range.end - range.start,
            skip: (items.start - whole.start) as usize,
            short: (whole.end - items.end) as usize,
            pooled: false,
        }
    }

    /// The replications of the part.
    #[must_use]
    pub const fn range(&self) -> Range<u64> {
        self.from..self.from.saturating_add(self.count)
    }

    /// The samples of the part.
    #[must_use]
    pub fn items(&self) -> Items {
        let Range { start, end } = cut::items(&self.range(), self.variants.len());
        start + self.skip as u128..end.saturating_sub(self.short as u128)
    }

    /// The variants that line `number` (from 2 on) of the part holds.
    #[must_use]
    pub fn variants_of(&self, number: u64) -> Range<usize> {
        let first = if number == 2 { self.skip } else { 0 };
        let short = if number - 1 == self.count { self.short } else { 0 };
        first..self.variants.len().saturating_sub(short)
    }

    /// Whether a line is the header of a part, of whichever experiment.
    #[must_use]
    pub fn recognise(line: &[u8]) -> bool {
        serde_json::from_slice::<Self>(line).is_ok()
    }

    /// Reads line 1 and compares it with the experiment.
    ///
    /// # Errors
    /// Every [`PartError`] but [`PartError::Line`] and [`PartError::Longer`].
    pub fn read(line: &[u8], study: &Study) -> Result<Self, PartError> {
        let header: Self =
            serde_json::from_slice(line).map_err(|error| PartError::NoHeader(error.to_string()))?;
        let ours = env!("CARGO_PKG_VERSION");
        if header.switchover != ours {
            return Err(PartError::Version { theirs: header.switchover, ours });
        }
        if header.build != BUILD || header.format != FORMAT {
            return Err(PartError::Build { version: ours, theirs: header.build, ours: BUILD });
        }
        let ours = platform::answer();
        if header.platform != ours {
            return Err(PartError::Platform { theirs: header.platform, ours });
        }
        if header.seed != study.seed() {
            return Err(PartError::Seed { theirs: header.seed, ours: study.seed() });
        }
        if header.variants != study.fingerprints() {
            return Err(PartError::Scenario(header.scenario));
        }
        Ok(header)
    }

    /// Reads line `number` (from 2 on) of the part.
    ///
    /// # Errors
    /// [`PartError::Line`].
    pub fn samples(
        &self,
        number: u64,
        line: &[u8],
        study: &Study,
    ) -> Result<ReplicationSamples, PartError> {
        let replication = self.from + (number - 2);
        let wrong = |reason: String| PartError::Line { line: number, replication, reason };
        let broken = |error: serde_json::Error| wrong(error.to_string());
        let kept: Kept<&RawValue> = serde_json::from_slice(line).map_err(broken)?;
        if kept.sum != sum(kept.samples.get().as_bytes()) {
            return Err(wrong("its checksum does not fit".to_owned()));
        }
        let samples: ReplicationSamples =
            serde_json::from_str(kept.samples.get()).map_err(broken)?;
        let fits = |((sample, layout), besides): ((&Sample, &Layout), &SampleExtras)| {
            sample.replication == replication
                && sample.row.len() == layout.length()
                && sample.pools.len() == LISTS
                && besides.fits(sample)
        };
        let variants = self.variants_of(number);
        let layouts = study.layouts().get(variants.clone()).unwrap_or_default();
        let besides = study.besides().get(variants).unwrap_or_default();
        let all = samples.len() == layouts.len() && !samples.is_empty();
        if all && samples.iter().zip(layouts).zip(besides).all(fits) {
            Ok(samples)
        } else {
            Err(wrong("it is not of this shape".to_owned()))
        }
    }
}

/// Memory of a line before it grows.
const ROOM: usize = 1 << 14;

/// A line with one replication.
#[derive(Deserialize)]
struct Kept<T> {
    sum: String,
    samples: T,
}

/// The header as a line, with its end.
#[must_use]
pub fn header_line(header: &Header) -> Vec<u8> {
    // Integers, texts and lists only: there is nothing in them that could fail to serialise.
    let mut bytes = serde_json::to_vec(header).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// A replication as a line, with its end.
#[must_use]
pub fn samples_line(samples: &ReplicationSamples) -> Vec<u8> {
    line_around(|line| {
        for (number, sample) in samples.iter().enumerate() {
            if number > 0 {
                line.push(b',');
            }
            // Numbers, texts and lists only, as in a header.
            serde_json::to_writer(&mut *line, sample).unwrap_or_default();
        }
    })
}

/// The text of a sample.
#[must_use]
pub fn sample_text(sample: &Sample) -> Vec<u8> {
    serde_json::to_vec(sample).unwrap_or_default()
}

/// The texts of the samples of a replication as a line, with its end.
#[must_use]
pub fn line_of(samples: &[Vec<u8>]) -> Vec<u8> {
    line_around(|line| line.extend_from_slice(&samples.join(&b',')))
}

/// A line around the samples that `write` appends to it.
fn line_around(write: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut line = Vec::with_capacity(ROOM);
    line.extend_from_slice(br#"{"sum":""#);
    let place = line.len();
    line.extend_from_slice(br#"0000000000000000","samples":"#);
    let list = line.len();
    line.push(b'[');
    write(&mut line);
    line.push(b']');
    let sum = sum(&line[list..]);
    line[place..place + sum.len()].copy_from_slice(sum.as_bytes());
    line.extend_from_slice(b"}\n");
    line
}

/// The checksum of the text of a replication.
fn sum(text: &[u8]) -> String {
    format!("{:016x}", XxHash3_64::oneshot(text))
}
