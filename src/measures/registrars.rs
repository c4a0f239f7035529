//! What came to registrars with a capacity, in numbers; several SIP Server pairs of a site together.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Model, SiteId};
use crate::simulation::traffic::{Messages, Second, Traffic, Wave};
use crate::time::Span;

use super::quantity::Total;

/// What came to the registrar of one site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegistrarRow {
    /// The site.
    pub site: SiteId,
    /// Messages that came.
    pub offered: u64,
    /// Of them, those that were sent again.
    pub retransmitted: u64,
    /// Messages that were served.
    pub served: u64,
    /// Messages that were refused because too many waited.
    pub refused: u64,
    /// Messages that nobody served: too many waited, or the registrar stopped.
    pub lost: u64,
    /// Transactions that nobody answered in time.
    pub timed_out: u64,
    /// Most messages that came in one second.
    pub offered_peak: u64,
    /// Most messages that were sent again in one second.
    pub retransmitted_peak: u64,
    /// Most messages that waited.
    pub queue_longest: u64,
    /// The longest wait of a message that was served.
    pub wait_longest: Span,
    /// The longest time from the first message of a storm until the registrar was idle again.
    pub busy_longest: Span,
    /// Most messages of one echo that came in one second.
    pub echo_peak: u64,
}

/// The sites whose registrar has a capacity.
pub(super) fn limited(model: &Model) -> impl Iterator<Item = SiteId> + '_ {
    let sites = (0..model.sites.len() as u32).map(SiteId);
    sites.filter(|site| model.sites[site.index()].registrar.limit.is_some())
}

/// One row for each of them.
pub(super) fn registrar_rows(model: &Model, traffic: &Traffic) -> Vec<RegistrarRow> {
    limited(model).map(|site| row(model, traffic, site)).collect()
}

fn row(model: &Model, traffic: &Traffic, site: SiteId) -> RegistrarRow {
    let own = |it: &&Messages| model.pairs[it.pair.index()].site == site;
    let own = || traffic.registrars.iter().filter(own);
    let seconds = |what: fn(&Second) -> u64| own().flat_map(|it| &it.seconds).map(what);
    let storms = || own().flat_map(|it| &it.storms).filter_map(|storm| storm.waves.split_first());
    let waves = |what: fn(&Wave) -> u64| {
        let waves = own().flat_map(|it| &it.storms).flat_map(|storm| &storm.waves);
        waves.map(what)
    };
    let most = |numbers: &mut dyn Iterator<Item = u64>| numbers.max().unwrap_or(0);
    RegistrarRow {
        site,
        offered: seconds(|second| second.offered).sum(),
        retransmitted: seconds(|second| second.again).sum(),
        served: waves(|wave| wave.served).sum(),
        refused: seconds(|second| second.refused).sum(),
        lost: seconds(|second| second.lost).sum(),
        timed_out: waves(|wave| wave.timed_out).sum(),
        offered_peak: most(&mut seconds(|second| second.offered)),
        retransmitted_peak: most(&mut seconds(|second| second.again)),
        queue_longest: most(&mut seconds(|second| second.waiting)),
        wait_longest: Span(most(&mut waves(|wave| wave.wait.0.unsigned_abs())) as i64),
        busy_longest: storms().map(|(storm, _)| busy(storm)).max().unwrap_or(Span::ZERO),
        echo_peak: most(&mut storms().flat_map(|(_, echoes)| echoes).map(|echo| echo.peak)),
    }
}

/// From the first message of a wave until the registrar was idle again.
#[must_use]
pub fn busy(wave: &Wave) -> Span {
    if wave.served == 0 { Span::ZERO } else { (wave.idle - wave.from).max(Span::ZERO) }
}

/// What came to the registrar of one site: REGISTER messages of storms and their echoes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RegistrarSummary {
    /// Name of the site.
    pub name: String,
    /// Messages that came.
    pub offered: u64,
    /// Of them, those that were sent again.
    pub retransmitted: u64,
    /// Messages that were served.
    pub served: u64,
    /// Messages that were refused because too many waited.
    pub refused: u64,
    /// Messages that nobody served.
    pub lost: u64,
    /// Transactions that nobody answered in time.
    pub timed_out: u64,
    /// Most messages that came in one second.
    pub offered_peak: u64,
    /// Most messages that were sent again in one second.
    pub retransmitted_peak: u64,
    /// Most messages that waited.
    pub queue_longest: u64,
    /// The longest wait of a message that was served.
    pub wait_longest_s: Total,
    /// The longest time from the first message of a storm until the registrar was idle again.
    pub busy_longest_s: Total,
    /// Most messages of one later refresh cycle that came in one second.
    pub echo_peak: u64,
}

/// The summaries of the rows of a run.
pub(super) fn summaries(rows: &[RegistrarRow], model: &Model) -> Vec<RegistrarSummary> {
    let summary = |row: &RegistrarRow| RegistrarSummary {
        name: model.sites[row.site.index()].name.clone(),
        offered: row.offered,
        retransmitted: row.retransmitted,
        served: row.served,
        refused: row.refused,
        lost: row.lost,
        timed_out: row.timed_out,
        offered_peak: row.offered_peak,
        retransmitted_peak: row.retransmitted_peak,
        queue_longest: row.queue_longest,
        wait_longest_s: row.wait_longest.into(),
        busy_longest_s: row.busy_longest.into(),
        echo_peak: row.echo_peak,
    };
    rows.iter().map(summary).collect()
}
