//! Queues of calls as meant: groups and sites by number, arrivals as pieces of constant rate, defaults filled in.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::distribution::Law;
use crate::model::{
    self, Arrivals, Clock, GroupId, Hours, MIDNIGHT, Model, Patience, Piece, Queue, Redial,
    ServiceLevel,
};
use crate::scenario::Document;
use crate::scenario::document::{self, Rush};
use crate::time::{Span, Time};

use super::index::Index;
use super::people::AllAgents;
use super::settings::given;

/// The most calls that a scenario may be expected to have.
const MOST_CALLS: f64 = 100_000_000.0;

const RING_TIMEOUT: Span = Span::from_secs(10);
const GATEWAY_LAG: Span = Span::from_secs(32);

/// What queues are made from.
#[derive(Clone, Copy)]
pub(super) struct QueueParts<'a> {
    /// Sites by name.
    pub index: &'a Index,
    /// Number of sites.
    pub sites: usize,
    /// Groups, and who prefers which site.
    pub agents: &'a AllAgents,
    /// Local time at the start.
    pub clock: Option<&'a Clock>,
    /// The end of the run.
    pub horizon: Time,
}

/// The calls as meant.
pub(super) fn calls(document: &Document, ground: QueueParts<'_>) -> model::Calls {
    let usual = model::Calls::default();
    model::Calls {
        queues: document.calls.iter().map(|written| queue(written, ground)).collect(),
        interval: given(&document.call_interval).unwrap_or(usual.interval),
        simulated: given(&document.calls_simulated).unwrap_or_default(),
    }
}

fn queue(written: &document::Calls, ground: QueueParts<'_>) -> Queue {
    let law = |law: &Option<_>| given(law).unwrap_or(Law::Constant(Span::ZERO));
    let groups = groups(written, ground.agents);
    let usual = ServiceLevel::default();
    let redial = given(&written.redial).zip(given(&written.redial_delay));
    Queue {
        name: given(&written.name).unwrap_or_default(),
        arrivals: arrivals(written, ground),
        day_factor: given(&written.day_factor),
        handling: law(&written.handling),
        after_call: law(&written.after_call),
        patience: Patience {
            never: given(&written.never_waits).map_or(0.0, |share| share.as_f64()),
            law: given(&written.patience),
        },
        redial: redial.map(|(share, delay)| Redial { share: share.as_f64(), delay }),
        waiting_places: given(&written.waiting_places),
        pooled: given(&written.pooled).unwrap_or(true),
        entry: entry(written, &groups, ground),
        groups,
        at_loss: given(&written.at_loss).unwrap_or_default(),
        ring_timeout: given(&written.ring_timeout).unwrap_or(RING_TIMEOUT),
        gateway_lag: given(&written.gateway_lag).unwrap_or(GATEWAY_LAG),
        level: ServiceLevel {
            within: given(&written.within).unwrap_or(usual.within),
            of: given(&written.share_of).unwrap_or(usual.of),
            target: given(&written.target).map_or(usual.target, |share| share.as_f64()),
        },
    }
}

/// Those that are named, else all.
fn groups(written: &document::Calls, agents: &AllAgents) -> Vec<GroupId> {
    let all = || (0..agents.groups.len() as u32).map(GroupId);
    let Some(named) = &written.groups else { return all().collect() };
    let id = |name: &str| all().find(|id| agents.groups[id.index()].name == name);
    named.value.iter().filter_map(|name| id(&name.value)).collect()
}

/// The shares of the sites: as written, else as agents of the groups prefer them.
fn entry(written: &document::Calls, groups: &[GroupId], ground: QueueParts<'_>) -> Vec<f64> {
    let mut shares = vec![0.0; ground.sites];
    if let Some(entry) = &written.entry {
        for one in &entry.value {
            if let Some(site) = ground.index.site(&one.site.value) {
                shares[site.index()] = one.share.value.as_f64();
            }
        }
        return shares;
    }
    let agents = ground.agents;
    for cohort in agents.cohorts.iter().filter(|cohort| groups.contains(&cohort.group)) {
        let site = agents.profiles[cohort.profile.index()].preferred.site;
        shares[site.index()] += f64::from(cohort.count);
    }
    let all: f64 = shares.iter().sum();
    if all == 0.0 {
        return vec![1.0 / ground.sites.max(1) as f64; ground.sites];
    }
    shares.iter().map(|share| share / all).collect()
}

/// Pieces from the midnight before the start of the run.
fn arrivals(written: &document::Calls, ground: QueueParts<'_>) -> Arrivals {
    let phase = ground.clock.map_or(Span::ZERO, |clock| clock.time);
    let rates = match given(&written.arrivals) {
        None => Vec::new(),
        Some(document::Arrivals::Constant(per_hour)) => {
            return Arrivals { phase, ..Arrivals::constant(per_hour) };
        }
        Some(document::Arrivals::Dated(dated)) => dated.rates,
        Some(document::Arrivals::Weekly(rushes) | document::Arrivals::Rows(rushes)) => {
            weekly(&rushes, ground)
        }
    };
    let mut pieces = Pieces::default();
    let start = Time::ZERO + phase;
    for (from, to, per_hour) in rates.into_iter().filter(|(from, ..)| *from < ground.horizon) {
        pieces.until(start + (from - Time::ZERO), 0.0);
        pieces.until(start + (to - Time::ZERO), per_hour);
    }
    Arrivals { pieces: pieces.all, repeats: false, phase }
}

/// Pieces one after the other; equal ones are one.
#[derive(Default)]
struct Pieces {
    all: Vec<Piece>,
    end: Time,
}

impl Pieces {
    fn until(&mut self, to: Time, per_hour: f64) {
        if to <= self.end {
            return;
        }
        let lasts = to - self.end;
        match self.all.last_mut() {
            Some(last) if last.per_hour == per_hour => last.lasts += lasts,
            _ => self.all.push(Piece { lasts, per_hour }),
        }
        self.end = to;
    }
}

/// The rates of a run, one after the other; of windows that are open at once the first counts.
fn weekly(rushes: &[Rush], ground: QueueParts<'_>) -> Vec<(Time, Time, f64)> {
    let clock = ground.clock.unwrap_or(&MIDNIGHT);
    let mut edges: Vec<(Time, bool, usize)> = Vec::new();
    for (rank, rush) in rushes.iter().enumerate() {
        for (from, to) in Hours::of(clock, &rush.when, ground.horizon).intervals() {
            edges.extend([(from, true, rank), (to, false, rank)]);
        }
    }
    edges.sort_unstable();
    let (mut open, mut rates, mut since) = (BTreeSet::new(), Vec::new(), Time::ZERO);
    for (at, opens, rank) in edges {
        if let Some(first) = open.first().filter(|_| at > since) {
            let first: usize = *first;
            rates.push((since, at, rushes[first].per_hour));
        }
        since = at;
        if opens {
            open.insert(rank)
        } else {
            open.remove(&rank)
        };
    }
    rates
}

/// Queues that get no calls, and those that get too many.
pub(super) fn check(document: &Document, model: &Model) -> Vec<Diagnostic> {
    let each = document.calls.iter().zip(&model.calls.queues);
    let each = each.map(|(written, queue)| (written, expected(&queue.arrivals, model.horizon)));
    let each: Vec<_> = each.collect();
    let all: f64 = each.iter().map(|(_, calls)| calls).sum();
    let most = each.iter().map(|(_, calls)| *calls).fold(0.0, f64::max);
    let mut found = Vec::new();
    for (written, calls) in each {
        let span = written.arrivals.as_ref().map_or(written.span, |arrivals| arrivals.span);
        if calls == 0.0 {
            let message = "nobody ever calls this queue";
            let nobody = Diagnostic::warning("S018", message, span);
            found.push(nobody.label("no call comes in the run").maybe_help(elsewhen(written)));
        } else if all > MOST_CALLS && calls >= most {
            found.push(
                Diagnostic::error("S021", "the calls come too often", span)
                    .label("more than 100 million calls within the horizon")
                    .help("make the rate lower, or the horizon shorter"),
            );
        }
    }
    found
}

/// Why a file of counts has no call in the run.
fn elsewhen(written: &document::Calls) -> Option<String> {
    let document::Arrivals::Dated(dated) = &written.arrivals.as_ref()?.value else { return None };
    let before = match dated.before {
        1 => "1 row of the file begins before the start of the run".to_owned(),
        rows => format!("{rows} rows of the file begin before the start of the run"),
    };
    let later = dated.rates.iter().any(|(.., per_hour)| *per_hour > 0.0);
    let why = match (dated.before, later) {
        (0, false) => return None,
        (_, false) => before,
        (0, true) => "all rows of the file with calls begin after the end of the run".to_owned(),
        (_, true) => format!("{before}, and all others with calls after its end"),
    };
    Some(format!("{why}; compare its dates with `start` and `horizon`"))
}

/// The number of calls that is expected in a run.
fn expected(arrivals: &Arrivals, horizon: Time) -> f64 {
    let hours = |span: Span| span.as_secs_f64() / 3_600.0;
    if arrivals.repeats {
        return arrivals.pieces.iter().map(|it| it.per_hour).sum::<f64>()
            * hours(horizon - Time::ZERO);
    }
    let (mut from, mut calls) = (Time::ZERO - arrivals.phase, 0.0);
    for piece in &arrivals.pieces {
        let to = from + piece.lasts;
        let in_run = to.min(horizon) - from.max(Time::ZERO).min(to);
        calls += piece.per_hour * hours(in_run.max(Span::ZERO));
        from = to;
    }
    calls
}
