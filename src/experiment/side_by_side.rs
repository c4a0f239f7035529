//! Several variants side by side under the same luck: replications until their differences from
//! the first are known well enough.
//!
//! Like a plan of one variant, but it is differences that must become precise.

use std::ops::{ControlFlow, Range};

use rayon::ThreadPool;

use crate::model::Experiment;

use super::contrast::contrast;
use super::gather::{self, Keeper};
use super::gathered::Gathered;
use super::study::Study;
use super::watch::Ended;

/// Replications if nothing is asked for.
const USUAL: u64 = 100;

/// The first look at the differences.
const FIRST_LOOK: usize = 20;

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
    relative: Option<f64>,
    absolute: Option<f64>,
}

/// The variants, gathered.
#[derive(Debug)]
pub struct Sides<'s> {
    /// The replications of each variant.
    pub gathered: Vec<Gathered<'s>>,
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
                relative: asked.precision,
                absolute: asked.absolute,
            }),
        }
    }

    /// Makes the replications.
    ///
    /// # Errors
    /// The keeper's; what was finished before has been kept.
    pub fn run<'s, K: Keeper>(
        &self,
        study: &'s Study,
        pool: &ThreadPool,
        keeper: &mut K,
    ) -> Result<Sides<'s>, K::Error> {
        let layouts = study.layouts().iter().enumerate();
        let first = self.range.start;
        let mut gathered: Vec<Gathered> = layouts
            .map(|(variant, layout)| Gathered::new(study.measures(variant), layout, first))
            .collect();
        let mut next_look = FIRST_LOOK;
        let range = self.range.clone();
        let done = gather::in_order(study, range, pool, keeper, |turn, keeper| {
            for (one, sample) in gathered.iter_mut().zip(turn) {
                one.push(sample);
            }
            keeper.compared(&gathered);
            let count = gathered[0].count();
            if count < next_look {
                return ControlFlow::Continue(());
            }
            next_look = count + (count / 10).max(5);
            if self.is_decided(&gathered) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })?;
        let all = gathered[0].count() as u64 == self.range.end - self.range.start;
        let ended = match (done, all) {
            (Some(()), _) => Ended::Decided,
            (None, true) if self.precise.is_none() => Ended::Complete,
            (None, true) => Ended::AtMost,
            (None, false) => Ended::OutOfTime,
        };
        Ok(Sides { gathered, ended })
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
                let (Some(half), Some(value)) = (found.difference.half_width(), found.a.value)
                else {
                    return false;
                };
                wanted.relative.is_some_and(|d| value != 0.0 && half <= d * value.abs())
                    || wanted.absolute.is_some_and(|most| half <= most)
            })
        })
    }
}
