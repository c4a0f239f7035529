//! Sites, hosts, server pairs and locations: names become numbers in the order of declaration.

use crate::distribution::Law;
use crate::model::{
    Failover as Meant, Host, Kind, Limit, Location, Member, Pair, PairId, Preempt, Registrar, Role,
    Site, Split,
};
use crate::options::{self, Value};
use crate::scenario::document::{self, Document, Failover, Server, ServerPair, Spanned};
use crate::time::Span;

use super::index::Index;
use super::settings::given;

/// What is where, and what the checks of seats need to know of each pair.
pub(super) struct Equipment {
    /// What number each name has.
    pub index: Index,
    /// Sites.
    pub sites: Vec<Site>,
    /// Hosts.
    pub hosts: Vec<Host>,
    /// Pairs.
    pub pairs: Vec<Pair>,
    /// For each pair, `disaster-recovery.site`: `None` if unset, or if its members contradict each
    /// other.
    pub dr_sites: Vec<Option<String>>,
    /// Locations.
    pub locations: Vec<Location>,
}

const WARM_STANDBY: &str = "warm-standby";
const BACKUP_DELAY: &str = "backup-delay";
const PROCESS: Law = Law::Lognormal { median: Span::from_secs(5), p95: Span::from_secs(10) };
const HOST: Law = Law::Lognormal { median: Span::from_secs(20), p95: Span::from_secs(30) };
const MANUAL: Span = Span::from_secs(30 * 60);

/// Builds it.
pub(super) fn plant(document: &Document) -> Equipment {
    let index = Index::new(document);
    let sites = document.sites.iter().map(|site| Site {
        name: site.name.value.clone(),
        login_gap: given(&site.login_gap),
        reconnect_gap: given(&site.reconnect_gap),
        agent_capacity: given(&site.agent_capacity),
        registrar: registrar(&site.registrar),
        register_capacity: given(&site.register_capacity),
    });
    let hosts = document.hosts.iter().filter_map(|host| {
        let site = index.site(&host.site.as_ref()?.value)?;
        Some(Host { name: host.name.value.clone(), site })
    });
    let locations = document.locations.iter();
    let locations = locations.map(|l| Location { name: l.name.value.clone() });
    let declared = document.pairs();
    let both =
        declared.iter().filter_map(|declared| Some((pair(document, &index, declared)?, declared)));
    let (pairs, declared): (Vec<Pair>, Vec<&ServerPair<'_>>) = both.unzip();
    Equipment {
        sites: sites.collect(),
        hosts: hosts.collect(),
        dr_sites: declared.into_iter().map(dr_site).collect(),
        pairs,
        locations: locations.collect(),
        index,
    }
}

fn registrar(written: &document::Registrar) -> Registrar {
    let limit = given(&written.message).map(|message| Limit {
        message,
        exponential: given(&written.exponential).unwrap_or(false),
        challenge: given(&written.challenge).unwrap_or(false),
        duplicate: given(&written.duplicate).unwrap_or(1.0),
        queue: given(&written.queue),
        every_refresh: given(&written.every_refresh).unwrap_or(false),
        rejects: given(&written.rejects).unwrap_or(false),
    });
    Registrar {
        expires: written.expires.each_ref().map(given),
        deviation: given(&written.deviation).unwrap_or(Span::ZERO),
        retry_after: given(&written.retry_after),
        limit,
    }
}

fn pair(document: &Document, index: &Index, pair: &ServerPair<'_>) -> Option<Pair> {
    let primary = pair.primary;
    let site = index.site(document.site_of(primary)?)?;
    let layers = [
        Some(&primary.failover),
        document.sites.get(site.index()).map(|site| &site.failover),
        Some(&document.failover),
    ];
    Some(Pair {
        name: primary.name.value.clone(),
        kind: primary.kind.as_ref()?.value,
        site,
        primary: member(index, primary)?,
        backup: pair.backup.and_then(|backup| member(index, backup)),
        reconnect: given(&primary.reconnect_timeout),
        backup_delay: pair.backup.map_or(Span::ZERO, backup_delay),
        failover: failover(&layers),
        preempt: preempt(&layers),
        split: split(document, pair, &layers),
        dr_name: primary.dr_name().unwrap_or_else(|| "default".to_owned()),
    })
}

/// `backup-delay` of a backup.
fn backup_delay(backup: &Server) -> Span {
    let entry = options::find(BACKUP_DELAY);
    let written = backup.sections.get(WARM_STANDBY, BACKUP_DELAY).zip(entry);
    match written.and_then(|(option, entry)| option.read(entry).ok()) {
        Some(Value::Length(span)) => span,
        _ => Span::ZERO,
    }
}

fn member(index: &Index, server: &Server) -> Option<Member> {
    let host = index.host(&server.host.as_ref()?.value)?;
    Some(Member { name: server.name.value.clone(), host })
}

/// The first layer that says something wins.
fn first<T: Clone>(
    layers: &[Option<&Failover>],
    field: fn(&Failover) -> &Option<Spanned<T>>,
) -> Option<T> {
    layers.iter().flatten().find_map(|layer| given(field(layer)))
}

fn preempt(layers: &[Option<&Failover>]) -> Option<Preempt> {
    first(layers, |layer| &layer.preempt).filter(|preempt| *preempt).map(|_| Preempt {
        delay: first(layers, |layer| &layer.preempt_delay).unwrap_or_default(),
        gap: first(layers, |layer| &layer.preempt_gap).unwrap_or(Law::Constant(Span::ZERO)),
    })
}

/// Members at one site are never separated.
fn split(document: &Document, pair: &ServerPair<'_>, layers: &[Option<&Failover>]) -> Split {
    let own = document.site_of(pair.primary);
    let stretched = pair.backup.is_some_and(|backup| document.site_of(backup) != own);
    let split = first(layers, |layer| &layer.split).filter(|_| stretched);
    split.unwrap_or_default()
}

fn failover(layers: &[Option<&Failover>]) -> Meant {
    let host = first(layers, |layer| &layer.host).unwrap_or(HOST);
    Meant {
        process: first(layers, |layer| &layer.process).unwrap_or(PROCESS),
        hang: first(layers, |layer| &layer.hang).unwrap_or_else(|| host.clone()),
        host,
        coverage: first(layers, |layer| &layer.coverage).unwrap_or(1.0),
        manual: first(layers, |layer| &layer.manual_recovery).unwrap_or(MANUAL),
    }
}

fn dr_site(pair: &ServerPair<'_>) -> Option<String> {
    let own = pair.primary.dr_site();
    match pair.backup.and_then(Server::dr_site) {
        Some(other) if own.as_ref() != Some(&other) => None,
        _ => own,
    }
}

impl Equipment {
    /// The members that are this server, in all pairs.
    pub(super) fn members(&self, server: &str) -> Vec<(PairId, Role)> {
        let mut found = Vec::new();
        for (index, pair) in self.pairs.iter().enumerate() {
            for (role, member) in Role::BOTH.into_iter().zip(pair.members()) {
                if member.name == server {
                    found.push((PairId(index as u32), role));
                }
            }
        }
        found
    }

    /// The pairs of one kind with their numbers.
    pub(super) fn pairs_of(&self, kind: Kind) -> impl Iterator<Item = (PairId, &Pair)> {
        let numbered = self.pairs.iter().enumerate();
        let numbered = numbered.map(|(index, pair)| (PairId(index as u32), pair));
        numbered.filter(move |(_, pair)| pair.kind == kind)
    }
}
