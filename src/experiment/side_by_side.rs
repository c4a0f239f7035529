//! Several variants side by side with common random numbers: replications until their differences
//! from the first are known well enough.
//!
//! Like a plan of one variant, but it is differences that must become precise.

use std::ops::{ControlFlow, Range};

use rayon::ThreadPool;

use crate::model::Experiment;
use crate::statistics::{Precision, Reached};

use super::call_differences::CallDifferences;
use super::contrast::contrast;
use super::gather::{self, ReplicationStore};
use super::gathered::Gathered;
use super::looks::{Ended, Looks};
use super::plan::precision;
use super::study::Study;

/// Replications if nothing is asked for.
const USUAL: u64 = 100;

/// What is asked of several variants.
#[derive(Clone, Debug)]
pub struct SideBySide {
    /// The replications, at most.
    pub range: Range<u64>,
    /// Confidence level of all intervals.
    pub level: f64,
    /// Half-width of the differences of these measures, over the first variant's value or in the
    /// measures' unit; `None`: all replications are made.
    precise: Option<Wanted>,
}

#[derive(Clone, Debug)]
struct Wanted {
    measures: Vec<String>,
    precision: Precision,
}

/// The variants, gathered.
#[derive(Debug)]
pub struct Sides<'s> {
    /// The replications of each variant.
    pub gathered: Vec<Gathered<'s>>,
    /// Calls by interval of each other variant, less those of the first.
    pub calls: Vec<CallDifferences>,
    /// Why there are not more.
    pub ended: Ended,
}

impl SideBySide {
    /// The plan behind what is asked; `range`: these replications and no others.
    #[must_use]
    pub fn new(asked: &Experiment, range: Option<Range<u64>>) -> Self {
        let range = range.or(asked.replications.map(|number| 0..u64::from(number)));
        let wanted = range.is_none() && (asked.precision.is_some() || asked.absolute.is_some());
        let usual = if wanted { u64::from(asked.max_replications) } else { USUAL };
        Self {
            range: range.unwrap_or(0..usual),
            level: asked.confidence,
            precise: wanted.then(|| Wanted {
                measures: asked.measures.clone(),
                precision: precision(asked, asked.precision),
            }),
        }
    }

    /// Whether all replications of the range are made, whatever they show.
    #[must_use]
    pub const fn is_fixed(&self) -> bool {
        self.precise.is_none()
    }

    /// Makes the replications.
    ///
    /// # Errors
    /// Those of the store; what was finished before has been kept.
    pub fn run<'s, K: ReplicationStore>(
        &self,
        study: &'s Study,
        pool: &ThreadPool,
        store: &mut K,
    ) -> Result<Sides<'s>, K::Error> {
        let layouts = study.layouts().iter().enumerate();
        let first = self.range.start;
        let mut gathered: Vec<Gathered> = layouts
            .map(|(variant, layout)| Gathered::new(study.measures(variant), layout, first))
            .collect();
        let mut calls = vec![CallDifferences::default(); gathered.len().saturating_sub(1)];
        let mut looks = Looks::new();
        let range = self.range.clone();
        let done = gather::in_order(study, range, pool, store, |turn, store| {
            if let [first, others @ ..] = &turn[..] {
                let each = calls.iter_mut().zip(others);
                each.for_each(|(own, other)| own.push(&first.calls, &other.calls));
            }
            for (one, sample) in gathered.iter_mut().zip(turn) {
                one.push(sample);
            }
            store.compared(&gathered);
            if looks.is_due(gathered[0].count()) && self.is_decided(&gathered) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })?;
        let all = gathered[0].count() as u64 == self.range.end - self.range.start;
        let ended = Ended::of(done.is_some(), all, self.precise.is_none());
        Ok(Sides { gathered, calls, ended })
    }

    /// Whether every difference from the first variant is precise enough.
    fn is_decided(&self, gathered: &[Gathered]) -> bool {
        let Some(wanted) = &self.precise else { return false };
        let (first, others) = (&gathered[0], &gathered[1..]);
        wanted.measures.iter().all(|name| {
            others.iter().all(|other| {
                let (Some(in_a), Some(in_b)) =
                    (first.measure_named(name), other.measure_named(name))
                else {
                    return true;
                };
                let found = contrast((first, in_a), (other, in_b), self.level);
                // The half-width of the difference, over the first variant's value.
                let half_width = found.difference.half_width();
                let reached = Reached { mean: found.a.value, half_width, ..Reached::of(&found.a) };
                wanted.precision.suffices(&reached)
            })
        })
    }
}
