//! What came to registrars with a capacity, in numbers: by site, several SIP Server pairs of a site
//! together, and by the fault that set it off.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use crate::faults::Source;
use crate::model::{FaultId, Model, SiteId};
use crate::simulation::traffic::{Messages, Second, Storm, Traffic, Wave};
use crate::time::Span;

use super::quantity::Total;

/// REGISTER messages that came to registrars with a capacity, in storms and in their echoes: at one site, or
/// set off by one fault or drain, by its beginnings and its ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RegisterSummary {
    /// Name of the site, fault or drain.
    pub name: String,
    /// Messages that came.
    pub offered: u64,
    /// Of them, those that were sent again.
    pub retransmitted: u64,
    /// Messages that were served.
    pub served: u64,
    /// Messages that were refused because too many waited.
    pub refused: u64,
    /// Messages that were lost because too many waited.
    pub lost: u64,
    /// Messages that the registrar had not served when it stopped.
    pub cut_off: u64,
    /// Transactions that were not answered in time.
    pub timed_out: u64,
    /// Most messages that came in one second. Of a fault: of one storm to one registrar, here and below.
    pub offered_peak: u64,
    /// Most messages that were sent again in one second.
    pub retransmitted_peak: u64,
    /// Most messages that were served in one second.
    pub served_peak: u64,
    /// Most messages that were refused in one second.
    pub refused_peak: u64,
    /// Most messages that were lost in one second.
    pub lost_peak: u64,
    /// Most messages that waited.
    pub queue_longest: u64,
    /// The longest wait of a message that was served, or still waited at the end.
    pub wait_longest_s: Total,
    /// The longest time that a registrar was busy without a break.
    pub busy_longest_s: Total,
    /// The longest time from the first message of a storm, echoes aside, until the registrar was idle after the
    /// last of its messages that it served.
    pub idle_after_longest_s: Total,
    /// Most messages of one later refresh cycle that came in one second.
    pub echo_peak: u64,
}

/// The sites whose registrar has a capacity.
pub(super) fn limited(model: &Model) -> impl Iterator<Item = SiteId> + '_ {
    let sites = (0..model.sites.len() as u32).map(SiteId);
    sites.filter(|site| model.sites[site.index()].registrar.limit.is_some())
}

/// One summary for each of them.
pub(super) fn registrars(model: &Model, traffic: &Traffic) -> Vec<RegisterSummary> {
    limited(model).map(|site| of_site(model, traffic, site)).collect()
}

fn of_site(model: &Model, traffic: &Traffic, site: SiteId) -> RegisterSummary {
    let own = |it: &&Messages| model.pairs[it.pair.index()].site == site;
    let own = || traffic.registrars.iter().filter(own);
    let seconds = |what: fn(&Second) -> u64| own().flat_map(|it| &it.seconds).map(what);
    let pairs: Vec<&Messages> = own().collect();
    let together = match pairs[..] {
        [only] => Cow::Borrowed(&only.seconds[..]),
        _ => Cow::Owned(together(own().flat_map(|it| &it.seconds))),
    };
    let peak = |what: fn(&Second) -> u64| together.iter().map(what).max().unwrap_or(0);
    let storms: Vec<&Storm> = own().flat_map(|it| &it.storms).collect();
    RegisterSummary {
        name: model.sites[site.index()].name.clone(),
        offered: seconds(|second| second.offered).sum(),
        retransmitted: seconds(|second| second.again).sum(),
        served: seconds(|second| second.served).sum(),
        refused: seconds(|second| second.refused).sum(),
        lost: seconds(|second| second.lost).sum(),
        cut_off: seconds(|second| second.cut_off).sum(),
        timed_out: own().map(|it| it.timed_out).sum(),
        offered_peak: peak(|second| second.offered),
        retransmitted_peak: peak(|second| second.again),
        served_peak: peak(|second| second.served),
        refused_peak: peak(|second| second.refused),
        lost_peak: peak(|second| second.lost),
        queue_longest: seconds(|second| second.waiting).max().unwrap_or(0),
        wait_longest_s: longest(own().map(|it| it.wait)),
        busy_longest_s: longest(own().map(|it| it.busy)),
        idle_after_longest_s: idle_after(&storms),
        echo_peak: echo_peak(&storms),
    }
}

/// Most messages that came to a site in one second, and most that waited at one registrar there, in each of some
/// ranges of seconds.
pub(super) fn peaks(
    model: &Model,
    traffic: &Traffic,
    site: SiteId,
    ranges: &[Range<i64>],
) -> Vec<(u64, u64)> {
    let own = |it: &&Messages| model.pairs[it.pair.index()].site == site;
    let seconds = || traffic.registrars.iter().filter(own).flat_map(|it| &it.seconds);
    let mut sums: BTreeMap<i64, (u64, u64)> = BTreeMap::new();
    for second in seconds() {
        let sum = sums.entry(second.number).or_default();
        *sum = (sum.0 + second.offered, sum.1.max(second.waiting));
    }
    let most = |range: &Range<i64>| {
        let within = sums.range(range.start..range.end.max(range.start)).map(|(_, sum)| *sum);
        within.fold((0, 0), |most, sum| (most.0.max(sum.0), most.1.max(sum.1)))
    };
    ranges.iter().map(most).collect()
}

/// What came and was served in each second at all pairs of a site; queues are each pair's own.
fn together<'s>(seconds: impl Iterator<Item = &'s Second>) -> Vec<Second> {
    let mut sums: BTreeMap<i64, Second> = BTreeMap::new();
    for second in seconds {
        let sum = sums.entry(second.number).or_default();
        sum.offered += second.offered;
        sum.again += second.again;
        sum.served += second.served;
        sum.refused += second.refused;
        sum.lost += second.lost;
    }
    sums.into_values().collect()
}

/// One summary for each fault, then for each drain, where some registrar has a capacity.
pub(super) fn storms(model: &Model, traffic: &Traffic) -> Vec<RegisterSummary> {
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

fn of_source(name: String, source: Source, traffic: &Traffic) -> RegisterSummary {
    let own = |it: &&Storm| it.edge.is_some_and(|edge| edge.source == source);
    let storms: Vec<&Storm> =
        traffic.registrars.iter().flat_map(|it| &it.storms).filter(own).collect();
    RegisterSummary {
        name,
        offered: sum(&storms, |wave| wave.offered.total),
        retransmitted: sum(&storms, |wave| wave.again.total),
        served: sum(&storms, |wave| wave.served.total),
        refused: sum(&storms, |wave| wave.refused.total),
        lost: sum(&storms, |wave| wave.lost.total),
        cut_off: sum(&storms, |wave| wave.cut_off),
        timed_out: sum(&storms, |wave| wave.timed_out),
        offered_peak: most(&storms, |wave| wave.offered.peak),
        retransmitted_peak: most(&storms, |wave| wave.again.peak),
        served_peak: most(&storms, |wave| wave.served.peak),
        refused_peak: most(&storms, |wave| wave.refused.peak),
        lost_peak: most(&storms, |wave| wave.lost.peak),
        queue_longest: most(&storms, |wave| wave.waiting),
        wait_longest_s: longest(waves(&storms).map(|wave| wave.wait)),
        busy_longest_s: longest(waves(&storms).map(|wave| wave.busy)),
        idle_after_longest_s: idle_after(&storms),
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

fn longest(spans: impl Iterator<Item = Span>) -> Total {
    spans.max().unwrap_or(Span::ZERO).into()
}

fn idle_after(storms: &[&Storm]) -> Total {
    longest(storms.iter().filter_map(|storm| storm.waves.first()).map(Wave::idle_after))
}

fn echo_peak(storms: &[&Storm]) -> u64 {
    let echoes = storms.iter().flat_map(|storm| storm.waves.iter().skip(1));
    echoes.map(|echo| echo.offered.peak).max().unwrap_or(0)
}
