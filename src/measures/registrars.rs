//! What came to registrars with a capacity, in numbers: by site, several SIP Server pairs of a site
//! together, and by the fault that set it off.

use schemars::JsonSchema;
use serde::Serialize;

use crate::faults::Source;
use crate::model::{FaultId, Model, SiteId};
use crate::simulation::traffic::{Messages, Second, Storm, Traffic, Wave};
use crate::time::Span;

use super::quantity::Total;

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
    pub wait_longest_s: Total,
    /// The longest time from the first message of a storm until the registrar was idle again.
    pub busy_longest_s: Total,
    /// Most messages of one later refresh cycle that came in one second.
    pub echo_peak: u64,
}

/// What one fault or drain set off at registrars with a capacity, by its beginnings and its ends: REGISTER
/// messages of the storms and their echoes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StormSummary {
    /// Name of the fault or drain.
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
    /// Most messages of one storm that came to one registrar in one second.
    pub offered_peak: u64,
    /// Most messages that waited.
    pub queue_longest: u64,
    /// The longest wait of a message that was served.
    pub wait_longest_s: Total,
    /// The longest time from the first message of a storm until the registrar was idle again.
    pub busy_longest_s: Total,
    /// Most messages of one later refresh cycle that came in one second.
    pub echo_peak: u64,
}

/// The sites whose registrar has a capacity.
pub(super) fn limited(model: &Model) -> impl Iterator<Item = SiteId> + '_ {
    let sites = (0..model.sites.len() as u32).map(SiteId);
    sites.filter(|site| model.sites[site.index()].registrar.limit.is_some())
}

/// One summary for each of them.
pub(super) fn registrars(model: &Model, traffic: &Traffic) -> Vec<RegistrarSummary> {
    limited(model).map(|site| of_site(model, traffic, site)).collect()
}

fn of_site(model: &Model, traffic: &Traffic, site: SiteId) -> RegistrarSummary {
    let own = |it: &&Messages| model.pairs[it.pair.index()].site == site;
    let own = || traffic.registrars.iter().filter(own);
    let seconds = |what: fn(&Second) -> u64| own().flat_map(|it| &it.seconds).map(what);
    let storms: Vec<&Storm> = own().flat_map(|it| &it.storms).collect();
    RegistrarSummary {
        name: model.sites[site.index()].name.clone(),
        offered: seconds(|second| second.offered).sum(),
        retransmitted: seconds(|second| second.again).sum(),
        served: sum(&storms, |wave| wave.served),
        refused: seconds(|second| second.refused).sum(),
        lost: seconds(|second| second.lost).sum(),
        timed_out: sum(&storms, |wave| wave.timed_out),
        offered_peak: seconds(|second| second.offered).max().unwrap_or(0),
        retransmitted_peak: seconds(|second| second.again).max().unwrap_or(0),
        queue_longest: seconds(|second| second.waiting).max().unwrap_or(0),
        wait_longest_s: wait(&storms),
        busy_longest_s: busy_longest(&storms),
        echo_peak: echo_peak(&storms),
    }
}

/// One summary for each fault, then for each drain, where some registrar has a capacity.
pub(super) fn storms(model: &Model, traffic: &Traffic) -> Vec<StormSummary> {
    let sources = causes(model);
    sources.into_iter().map(|(name, source)| of_source(name, source, traffic)).collect()
}

/// Whatever may set off a storm, with its name; nothing where no registrar has a capacity.
pub(super) fn causes(model: &Model) -> Vec<(String, Source)> {
    if limited(model).next().is_none() {
        return Vec::new();
    }
    let faults = (0..).zip(&model.faults);
    let faults = faults.map(|(id, fault)| (fault.name.clone(), Source::Fault(FaultId(id))));
    let drains = (0..).zip(&model.drains);
    let drains = drains.map(|(id, drain)| (drain.name.clone(), Source::Drain(id)));
    faults.chain(drains).collect()
}

fn of_source(name: String, source: Source, traffic: &Traffic) -> StormSummary {
    let own = |it: &&Storm| it.edge.is_some_and(|edge| edge.source == source);
    let storms: Vec<&Storm> =
        traffic.registrars.iter().flat_map(|it| &it.storms).filter(own).collect();
    StormSummary {
        name,
        offered: sum(&storms, |wave| wave.offered),
        retransmitted: sum(&storms, |wave| wave.again),
        served: sum(&storms, |wave| wave.served),
        refused: sum(&storms, |wave| wave.refused),
        lost: sum(&storms, |wave| wave.lost),
        timed_out: sum(&storms, |wave| wave.timed_out),
        offered_peak: most(&storms, |wave| wave.peak),
        queue_longest: most(&storms, |wave| wave.waiting),
        wait_longest_s: wait(&storms),
        busy_longest_s: busy_longest(&storms),
        echo_peak: echo_peak(&storms),
    }
}

fn waves<'a>(storms: &'a [&Storm]) -> impl Iterator<Item = &'a Wave> {
    storms.iter().flat_map(|storm| &storm.waves)
}

fn sum(storms: &[&Storm], what: fn(&Wave) -> u64) -> u64 {
    waves(storms).map(what).sum()
}

fn most(storms: &[&Storm], what: fn(&Wave) -> u64) -> u64 {
    waves(storms).map(what).max().unwrap_or(0)
}

fn wait(storms: &[&Storm]) -> Total {
    waves(storms).map(|wave| wave.wait).max().unwrap_or(Span::ZERO).into()
}

fn busy_longest(storms: &[&Storm]) -> Total {
    let first = storms.iter().filter_map(|storm| storm.waves.first());
    first.map(busy).max().unwrap_or(Span::ZERO).into()
}

fn echo_peak(storms: &[&Storm]) -> u64 {
    let echoes = storms.iter().flat_map(|storm| storm.waves.iter().skip(1));
    echoes.map(|echo| echo.peak).max().unwrap_or(0)
}

/// From the first message of a wave until the registrar was idle again.
#[must_use]
pub fn busy(wave: &Wave) -> Span {
    if wave.served == 0 { Span::ZERO } else { (wave.idle - wave.from).max(Span::ZERO) }
}
