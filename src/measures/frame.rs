//! The frame that a run is measured with: bins for everything drawn over time, a finer grid for
//! peaks, and the list of incidents. Made once, shared by all ranges of agents.
//!
//! It depends on the model and on the faults, never on what the agents do.

use std::ops::Range;

use crate::faults::{Occurrence, Source};
use crate::model::{Drain, Model, SiteId};
use crate::time::{NANOS, Span, Time};
use crate::world::{Spell, Timeline};

use super::incident::{Incident, incidents};

/// Most bins over the horizon: about as many as a chart has columns.
const BINS: i64 = 1_000;

/// Most slots of the fine grid.
const SLOTS: i64 = 1 << 22;

/// Widths that people read easily, in milliseconds.
const WIDTHS: [i64; 32] = [
    10,
    20,
    50,
    100,
    200,
    500,
    1_000,
    2_000,
    5_000,
    10_000,
    15_000,
    30_000,
    60_000,
    120_000,
    300_000,
    600_000,
    900_000,
    1_800_000,
    3_600_000,
    7_200_000,
    10_800_000,
    21_600_000,
    43_200_000,
    86_400_000,
    172_800_000,
    432_000_000,
    864_000_000,
    1_728_000_000,
    2_592_000_000,
    5_184_000_000,
    7_776_000_000,
    31_536_000_000,
];

/// Equal parts of [0, horizon); the last one may be shorter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bins {
    horizon: Time,
    width: Span,
}

impl Bins {
    /// At most a thousand bins of a width that people read easily.
    #[must_use]
    pub fn new(horizon: Time) -> Self {
        Self { horizon, width: width(horizon, BINS, Span(0)) }
    }

    /// One bin: nothing is to be drawn over time.
    #[must_use]
    pub fn whole(horizon: Time) -> Self {
        Self { horizon, width: (horizon - Time::ZERO).max(Span(1)) }
    }

    /// Slots of at least one second, for counts per second.
    #[must_use]
    pub fn fine(horizon: Time) -> Self {
        Self { horizon, width: width(horizon, SLOTS, Span(NANOS)) }
    }

    /// Length of every bin but perhaps the last.
    #[must_use]
    pub const fn width(self) -> Span {
        self.width
    }

    /// Number of bins.
    #[must_use]
    pub const fn count(self) -> usize {
        (self.horizon.0 as u64).div_ceil(self.width.0 as u64) as usize
    }

    /// The bin of an instant; `None` at and after the horizon.
    #[must_use]
    pub fn of(self, at: Time) -> Option<usize> {
        (at < self.horizon).then(|| (at.0.max(0) / self.width.0) as usize)
    }

    /// Start of a bin.
    #[must_use]
    pub fn start(self, bin: usize) -> Time {
        Time(self.width.0.saturating_mul(bin as i64))
    }

    /// End of a bin, excluded.
    #[must_use]
    pub fn end(self, bin: usize) -> Time {
        self.start(bin + 1).min(self.horizon)
    }

    /// Length of a bin.
    #[must_use]
    pub fn length(self, bin: usize) -> Span {
        self.end(bin) - self.start(bin)
    }

    /// The first bin that starts at or after an instant.
    #[must_use]
    pub fn next(self, at: Time) -> usize {
        (at.0.max(0) as u64).div_ceil(self.width.0 as u64) as usize
    }

    /// The bins that [from, to) touches.
    #[must_use]
    pub fn touched(self, from: Time, to: Time) -> Range<usize> {
        (from.0.max(0) / self.width.0) as usize..self.next(to.min(self.horizon))
    }
}

fn width(horizon: Time, most: i64, least: Span) -> Span {
    let wide = |width: &Span| *width >= least && horizon.0 / width.0 < most;
    let mut ladder = WIDTHS.iter().map(|&millis| Span::from_millis(millis));
    ladder.find(wide).unwrap_or(Span((horizon.0 / most).max(1)))
}

/// What all ranges of agents of one run are measured against.
#[derive(Clone, Debug)]
pub struct Frame<'a> {
    /// The scenario.
    pub model: &'a Model,
    /// Bins over the horizon.
    pub bins: Bins,
    /// The finer grid for peaks.
    pub grid: Bins,
    /// What went wrong, by start.
    pub incidents: Vec<Incident>,
    /// From each start of incidents on: the first of those that start there, and the end of them.
    latest: Timeline<(u32, u32)>,
    /// The incident of each drain; `None`: it comes after the end.
    drains: Vec<Option<usize>>,
    /// Whether this is one run of many: times of agents being back are kept per declared fault.
    many: bool,
    /// Whether the most at each site is needed for each fault.
    peaks: bool,
}

impl<'a> Frame<'a> {
    /// The frame of one run; `occurrences` as [`crate::faults::sample`] gives them.
    #[must_use]
    pub fn new(model: &'a Model, occurrences: &[Occurrence]) -> Self {
        Self::with_bins(model, occurrences, Bins::new(model.horizon), false)
    }

    /// The frame of one run of many, of which neither the course over time is reported, nor when
    /// agents were back after a single incident: all measures are the same, at a cost that does not
    /// grow with bins.
    #[must_use]
    pub fn of_one_of_many(model: &'a Model, occurrences: &[Occurrence]) -> Self {
        Self::with_bins(model, occurrences, Bins::whole(model.horizon), true)
    }

    fn with_bins(model: &'a Model, occurrences: &[Occurrence], bins: Bins, many: bool) -> Self {
        let incidents = incidents(occurrences);
        let mut latest = Timeline::constant((0, 0));
        latest.reserve(incidents.len());
        let mut end = 0;
        for group in incidents.chunk_by(|a, b| a.from == b.from) {
            let first = end;
            end += group.len() as u32;
            latest.set(group[0].from, (first, end));
        }
        let sources = (0..model.drains.len() as u32).map(Source::Drain);
        let drains = sources.map(|own| incidents.iter().position(|it| it.source == own)).collect();
        Self {
            model,
            bins,
            grid: Bins::fine(model.horizon),
            incidents,
            latest: latest.indexed(),
            drains,
            many,
            peaks: !many,
        }
    }

    /// The same, with the most at each site for each fault if that is needed.
    #[must_use]
    pub const fn with_peaks(mut self, wanted: bool) -> Self {
        self.peaks = wanted;
        self
    }

    /// Whether the most at each site is needed for each fault.
    pub(super) const fn wants_peaks(&self) -> bool {
        self.peaks
    }

    /// Whether this is one run of many.
    #[must_use]
    pub const fn is_one_of_many(&self) -> bool {
        self.many
    }

    /// The list that holds when agents were back after an incident.
    pub(super) fn list(&self, incident: usize) -> usize {
        if self.many { self.incidents[incident].declared(self.model) } else { incident }
    }

    /// Number of those lists.
    pub(super) fn lists(&self) -> usize {
        if self.many { self.declared() } else { self.incidents.len() }
    }

    /// Number of declared faults and drains.
    pub(super) const fn declared(&self) -> usize {
        self.model.faults.len() + self.model.drains.len()
    }

    /// Whether the effect of each single incident is needed.
    pub(super) const fn wants_incidents(&self) -> bool {
        !self.many || !self.model.calls.queues.is_empty()
    }

    /// When the next incidents after an instant start, or the run ends.
    #[must_use]
    pub fn next_start(&self, after: Time) -> Time {
        self.latest.next_change(after).min(self.model.horizon)
    }

    /// The drain that lasts at a site at an instant.
    pub(super) fn draining(&self, site: SiteId, at: Time) -> Option<usize> {
        let drains = self.model.drains.iter().zip(&self.drains);
        let lasts =
            |drain: &Drain| drain.site == site && (drain.at..drain.at + drain.lasts).contains(&at);
        drains.filter(|(drain, _)| lasts(drain)).find_map(|(_, incident)| *incident)
    }

    /// The latest incidents at an instant, all that started together: the first and the end of them.
    pub(super) fn latest(&self, at: Time) -> Spell<(u32, u32)> {
        self.latest.spell(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_human_and_bins_few() {
        let cases = [
            (1, 10_000_000, 100),
            (60, 100_000_000, 600),
            (3_600, 5 * NANOS, 720),
            (86_400, 120 * NANOS, 720),
            (365 * 86_400, 43_200 * NANOS, 730),
            (100 * 365 * 86_400, 60 * 86_400 * NANOS, 609),
        ];
        for (secs, width, count) in cases {
            let bins = Bins::new(Time::from_secs(secs));
            assert_eq!((bins.width().0, bins.count()), (width, count), "{secs} s");
        }
        assert_eq!(Bins::new(Time(1)).count(), 1);
    }

    #[test]
    fn bins_cover_the_horizon_without_gaps() {
        let bins = Bins::new(Time(3_601 * NANOS));
        assert_eq!((bins.count(), bins.end(720)), (721, Time(3_601 * NANOS)));
        assert_eq!(bins.length(720), Span(NANOS));
        assert_eq!(bins.of(Time(3_601 * NANOS)), None);
        assert_eq!(bins.of(Time(5 * NANOS)), Some(1));
        assert_eq!(bins.touched(Time(NANOS), Time(5 * NANOS)), 0..1);
    }
}
