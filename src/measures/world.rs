//! The history of every server pair and every plane of every path in numbers.
//!
//! No agent takes part: these are the machines alone.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{LocationId, Model, PairId, SiteId};
use crate::time::Span;
use crate::world::{Timeline, World};

use super::quantity::{Ratio, Total};

/// A part of the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A server pair.
    Pair(PairId),
    /// The desktop's plane of a path.
    Cti(LocationId, SiteId),
    /// The phone's plane of a path.
    Sip(LocationId, SiteId),
}

/// The history of one part in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorldRow {
    /// The part.
    pub part: Part,
    /// The length of the run.
    pub horizon: Span,
    /// Time down (a pair: no member serves).
    pub downtime: Span,
    /// Outages.
    pub outages: u64,
    /// The longest of them.
    pub longest: Span,
    /// Pairs: times a backup was promoted after a covered loss.
    pub failovers: u64,
    /// Pairs: losses of the serving member that coverage failed.
    pub uncovered: u64,
}

impl WorldRow {
    /// Share of the run that the part was up.
    #[must_use]
    pub fn availability(&self) -> Ratio {
        let up = self.horizon - self.downtime;
        Ratio { part: up.0.into(), whole: self.horizon.0.into() }
    }
}

/// One server pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PairSummary {
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: &'static str,
    /// Site.
    pub site: String,
    /// Time in which no member served.
    pub downtime_s: Total,
    /// Share of the run in which a member served.
    pub availability: Ratio,
    /// Intervals in which no member served.
    pub outages: u64,
    /// Times that the backup took over by itself.
    pub failovers: u64,
    /// Losses of the serving member that the failover did not cover.
    pub uncovered: u64,
}

/// One plane of one path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PathSummary {
    /// Location.
    pub location: String,
    /// Site.
    pub site: String,
    /// Plane: `cti` (desktop) or `sip` (phone).
    pub plane: &'static str,
    /// Time down.
    pub downtime_s: Total,
    /// Share of the run in which it was up.
    pub availability: Ratio,
    /// Outages.
    pub outages: u64,
}

/// Pairs in order, then paths by location and site, `cti` before `sip`.
pub(super) fn world_rows(model: &Model, world: &World) -> Vec<WorldRow> {
    let pairs = (0..model.pairs.len() as u32).map(|ordinal| {
        let pair = PairId(ordinal);
        let history = world.pair(pair);
        let row = row(model, Part::Pair(pair), &history.serving.map(|member| member.is_some()));
        let (failovers, uncovered) = (history.failovers() as u64, history.uncovered() as u64);
        WorldRow { failovers, uncovered, ..row }
    });
    let locations = (0..model.locations.len() as u32).map(LocationId);
    let sites = || (0..model.sites.len() as u32).map(SiteId);
    let paths = locations.flat_map(|location| sites().map(move |site| (location, site)));
    let planes = paths.flat_map(|(location, site)| {
        let path = world.path(location, site);
        let cti = row(model, Part::Cti(location, site), &path.cti);
        let part = Part::Sip(location, site);
        let same = path.sip == path.cti;
        [cti, if same { WorldRow { part, ..cti } } else { row(model, part, &path.sip) }]
    });
    pairs.chain(planes).collect()
}

fn row(model: &Model, part: Part, up: &Timeline<bool>) -> WorldRow {
    let mut row = WorldRow {
        part,
        horizon: Span(model.horizon.0),
        downtime: Span::ZERO,
        outages: 0,
        longest: Span::ZERO,
        failovers: 0,
        uncovered: 0,
    };
    let changes = up.changes();
    let ends = changes[1..].iter().map(|change| change.0).chain([model.horizon]);
    for (&(from, up), end) in changes.iter().zip(ends) {
        if up || from >= model.horizon {
            continue;
        }
        let length = end.min(model.horizon) - from;
        row.downtime += length;
        row.outages += 1;
        row.longest = row.longest.max(length);
    }
    row
}
