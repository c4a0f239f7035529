//! The replications of one variant, gathered in the order of their index.
//!
//! Memory grows with the number of replications by one row of integers each, and not with the
//! agents: what the pools hold is kept in sketches of at most [`GROUPS`] groups of replications.

use crate::measures::{How, LISTS, Measure, OPEN_LISTS, Pool};
use crate::statistics::Sketch;

use super::fault_peaks::PeakSums;
use super::interval_calls::CallSums;
use super::sample::{Layout, Sample};

/// Groups of replications that sketches are kept for: replication k belongs to group k modulo this,
/// so that up to this many replications are kept apart, and parts merge exactly.
pub const GROUPS: usize = 64;

/// All replications of one variant so far.
#[derive(Clone, Debug)]
pub struct Gathered<'s> {
    measures: &'s [Measure],
    layout: &'s Layout,
    first: u64,
    count: usize,
    rows: Vec<i128>,
    groups: Vec<Vec<Sketch>>,
    open: [u64; OPEN_LISTS],
    calls: CallSums,
    peaks: PeakSums,
}

impl<'s> Gathered<'s> {
    /// Nothing gathered yet; the first replication will be `first`.
    #[must_use]
    pub fn new(measures: &'s [Measure], layout: &'s Layout, first: u64) -> Self {
        let (rows, groups) = (Vec::new(), Vec::new());
        let open = [0; OPEN_LISTS];
        let (calls, peaks) = (CallSums::default(), PeakSums::default());
        Self { measures, layout, first, count: 0, rows, groups, open, calls, peaks }
    }

    /// Takes the next replication.
    pub fn push(&mut self, sample: Sample) {
        debug_assert_eq!(sample.replication, self.first + self.count as u64, "in order");
        self.count += 1;
        self.calls.push(&sample.calls);
        self.peaks.push(&sample.peaks);
        self.open.iter_mut().zip(&sample.open).for_each(|(all, open)| *all += *open as u64);
        self.rows.extend(sample.row);
        let group = (sample.replication % GROUPS as u64) as usize;
        if self.groups.len() <= group {
            self.groups.resize(group + 1, vec![Sketch::default(); LISTS]);
        }
        for (mine, theirs) in self.groups[group].iter_mut().zip(&sample.pools) {
            mine.merge(theirs);
        }
    }

    /// Number of replications.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.count
    }

    /// Indices of the replications, in order.
    pub fn replications(&self) -> impl Iterator<Item = u64> {
        self.first..self.first + self.count as u64
    }

    /// The measures.
    #[must_use]
    pub const fn measures(&self) -> &'s [Measure] {
        self.measures
    }

    /// The number of the measure of that name.
    #[must_use]
    pub fn measure_named(&self, name: &str) -> Option<usize> {
        self.measures.iter().position(|measure| measure.name == name)
    }

    /// The integer of every replication in one slot of a measure (0, or 1 where it has two).
    pub fn integers(&self, measure: usize, slot: usize) -> impl Iterator<Item = i128> {
        let at = self.layout.slot(measure) + slot;
        self.rows.iter().skip(at).step_by(self.layout.length().max(1)).copied()
    }

    /// One slot of a measure in one replication, by its position among those gathered.
    #[must_use]
    pub fn integer(&self, measure: usize, slot: usize, position: usize) -> i128 {
        self.rows[position * self.layout.length() + self.layout.slot(measure) + slot]
    }

    /// The value of a measure in every replication, in seconds, numbers or shares; `None` where a
    /// replication has none.
    #[must_use]
    pub fn values(&self, measure: usize) -> Vec<Option<f64>> {
        let gauge = self.measures[measure].gauge;
        let factor = gauge.factor();
        let parts = self.integers(measure, 0);
        if matches!(gauge.how, How::Each(_)) {
            return parts.map(|part| Some(factor.of(part as f64))).collect();
        }
        let values = parts.zip(self.integers(measure, 1));
        let value = |(part, whole): (i128, i128)| match gauge.how {
            How::Ratio(..) => factor.of_ratio([part, whole]),
            _ => factor.of(part as f64),
        };
        values.map(|pair| (pair.1 != 0).then(|| value(pair))).collect()
    }

    /// The value of a measure that every replication has, in one of them, by its position.
    #[must_use]
    pub fn value(&self, measure: usize, position: usize) -> f64 {
        self.measures[measure].gauge.factor().of(self.integer(measure, 0, position) as f64)
    }

    /// Numerators and denominators of a measure, per replication. What they come to is in the unit of
    /// the measure after [`Factor::after`](crate::measures::Factor::after).
    #[must_use]
    pub fn fractions(&self, measure: usize) -> (Vec<f64>, Vec<f64>) {
        let factor = self.measures[measure].gauge.factor();
        let parts = self.integers(measure, 0).map(|part| factor.before(part as f64)).collect();
        let wholes = match self.measures[measure].gauge.how {
            How::Each(_) => vec![1.0; self.count],
            _ => self.integers(measure, 1).map(|whole| whole as f64).collect(),
        };
        (parts, wholes)
    }

    /// How many of the outages or restores of a pool were still open at the end.
    #[must_use]
    pub fn open(&self, pool: Pool) -> u64 {
        let lists = self.open.iter().enumerate().filter(|(list, _)| pool.holds(*list));
        lists.map(|(_, open)| open).sum()
    }

    /// Calls by queue and interval.
    pub(super) const fn calls(&self) -> &CallSums {
        &self.calls
    }

    /// The most at each site by fault.
    pub(super) const fn peaks(&self) -> &PeakSums {
        &self.peaks
    }

    /// Number of groups that hold replications.
    #[must_use]
    pub fn groups(&self) -> usize {
        self.groups.len()
    }

    /// The sketches of a pool, one per group.
    #[must_use]
    pub fn pool(&self, pool: Pool) -> Vec<Sketch> {
        let one = |group: &Vec<Sketch>| {
            let lists = group.iter().enumerate().filter(|(list, _)| pool.holds(*list));
            let mut lists = lists.map(|(_, sketch)| sketch);
            let mut all = lists.next().cloned().unwrap_or_default();
            lists.for_each(|sketch| all.merge(sketch));
            all
        };
        self.groups.iter().map(one).collect()
    }
}
