//! How declared things must fit together so that a world can be built of them: members of a pair of
//! one kind, agents somewhere. What is allowed but unwise belongs to the configuration checks.

use std::collections::BTreeSet;

use super::calls;
use super::document::{
    AgentGroup, Document, Failover, Fault, Person, Schedule, Server, ServerPair, Spanned, Target,
};
use super::keys::{AGENT_GROUP, PERSON, SERVER, TOP};
use super::mistakes::{combination, misplaced, missing_key, out_of_range};
use crate::diagnostic::{Diagnostic, TextSpan};
use crate::model::{Hours, Kind, Split};
use crate::time::Time;

/// The most agents there may be.
const MOST_AGENTS: u64 = 1 << 30;

/// Everything that does not fit together.
pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    found.extend(names(document));
    for server in document.servers.iter().filter(|server| !server.implicit) {
        found.extend(server_site(document, server));
        found.extend(backup(document, server));
    }
    for switch in &document.switches {
        found.extend(switch.server.as_ref().and_then(|name| switch_server(document, name)));
    }
    let needed = needed(document);
    for group in &document.groups {
        found.extend(group_choices(document, group, &needed));
    }
    for person in document.persons.iter().filter(|person| person.group.is_none()) {
        if document.groups.len() != 1 {
            found.extend(
                PERSON.key("agent-group").map(|key| missing_key(key, &PERSON, person.name.span)),
            );
        }
    }
    found.extend(splits(document));
    found.extend(sites_and_agents(document));
    found.extend(late_faults(document));
    found.extend(never_open(document));
    found.extend(links(document));
    found.extend(uncertainty(document));
    found.extend(calls::check(document));
    found
}

/// Names that cannot be shown: empty, with control characters or spaces around.
fn names(document: &Document) -> Vec<Diagnostic> {
    let mut names: Vec<&Spanned<String>> = Vec::new();
    names.extend(document.sites.iter().map(|site| &site.name));
    names.extend(document.hosts.iter().map(|host| &host.name));
    names.extend(document.servers.iter().filter(|s| !s.implicit).map(|server| &server.name));
    names.extend(document.switches.iter().map(|switch| &switch.name));
    names.extend(document.places.iter().map(|place| &place.name));
    names.extend(document.locations.iter().map(|location| &location.name));
    names.extend(document.tenants.iter().map(|tenant| &tenant.name));
    names.extend(document.groups.iter().map(|group| &group.name));
    names.extend(document.persons.iter().map(|person| &person.name));
    names.extend(document.phones.iter().map(|phone| &phone.name));
    names.extend(document.faults.iter().filter_map(|fault| fault.name.as_ref()));
    names.extend(document.drains.iter().filter_map(|drain| drain.name.as_ref()));
    names.extend(document.calls.iter().filter_map(|calls| calls.name.as_ref()));
    let bad = |name: &&&Spanned<String>| {
        let text = &name.value;
        text.trim() != text || text.is_empty() || text.chars().any(char::is_control)
    };
    let rule = "a name is not empty and has no control characters and no spaces around it";
    names.iter().filter(bad).map(|name| out_of_range("name", name.span, rule)).collect()
}

fn server_site(document: &Document, server: &Server) -> Option<Diagnostic> {
    let host = server.host.as_ref().and_then(|host| document.host(&host.value));
    let host_site = host.and_then(|host| host.site.as_ref());
    match (&server.site, host_site) {
        (None, None) => {
            let without = server.host.as_ref() == Some(&server.name);
            let key = SERVER.key("site")?;
            without.then(|| missing_key(key, &SERVER, server.name.span))
        }
        (Some(own), Some(other)) if own.value != other.value => {
            let message = format!("server `{}` is at two sites", server.name.value);
            let found = misplaced(message, own.span, "not the site of its host");
            Some(found.also(other.span, "the host is here"))
        }
        _ => None,
    }
}

fn backup(document: &Document, primary: &Server) -> Option<Diagnostic> {
    let name = primary.backup.as_ref()?;
    let backup = document.server(&name.value)?;
    if backup.name.value == primary.name.value {
        let message = format!("server `{}` is its own backup", name.value);
        return Some(misplaced(message, name.span, "itself"));
    }
    if let (Some(one), Some(other)) = (&primary.kind, &backup.kind)
        && one.value != other.value
    {
        let message = format!("`{}` cannot back up `{}`", name.value, primary.name.value);
        let found = misplaced(message, name.span, "a server of another kind");
        return Some(found.also(other.span, "its kind"));
    }
    let back = backup.backup.as_ref().filter(|back| back.value == primary.name.value)?;
    let message = format!("`{}` and `{}` back each other up", primary.name.value, name.value);
    let found = misplaced(message, name.span, "neither is a primary");
    Some(found.also(back.span, "and the other way round"))
}

/// Members that are at one site are not separated.
fn splits(document: &Document) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let pairs = document.pairs();
    let stretched = |pair: &&ServerPair<'_>| {
        let sites = pair.backup.map(|backup| [pair.primary, backup].map(|s| document.site_of(s)));
        matches!(sites, Some([Some(one), Some(other)]) if one != other)
    };
    let at = |name: &str| {
        let here = |pair: &&ServerPair<'_>| document.site_of(pair.primary) == Some(name);
        pairs.iter().filter(here).any(|pair| stretched(&pair))
    };
    if !pairs.iter().any(|pair| stretched(&pair)) {
        found.extend(one_site(&document.failover, "no pair has its members at two sites"));
    }
    for site in document.sites.iter().filter(|site| !at(&site.name.value)) {
        found.extend(one_site(&site.failover, "no pair of this site has its backup elsewhere"));
    }
    for pair in pairs.iter().filter(|pair| !stretched(pair)) {
        found.extend(one_site(&pair.primary.failover, "the members of this pair are at one site"));
    }
    found
}

fn one_site(failover: &Failover, label: &str) -> Option<Diagnostic> {
    let split = failover.split.as_ref().filter(|split| split.value == Split::BothPrimary)?;
    let message = "`split` needs a pair whose members are at two sites";
    let help = "give the backup another `site`, or leave `split` out";
    Some(combination(message, split.span, label, help))
}

fn switch_server(document: &Document, name: &Spanned<String>) -> Option<Diagnostic> {
    let server = document.server(&name.value)?;
    let kind = server.kind.as_ref().filter(|kind| kind.value != Kind::Sip)?;
    let message = format!("`{}` controls no switch", name.value);
    let found = misplaced(message, name.span, "not a SIP Server");
    Some(if server.implicit { found } else { found.also(kind.span, "its kind") })
}

/// Keys that may be left out only if there is nothing to choose.
/// The groups of which some Person has no location, and no phone type, of its own; `None`: the only group.
type Needed<'d> = [BTreeSet<Option<&'d str>>; 2];

fn needed(document: &Document) -> Needed<'_> {
    let of = |lacks: fn(&Person) -> bool| {
        let lacking = document.persons.iter().filter(move |person| lacks(person));
        lacking.map(|person| person.group.as_ref().map(|own| own.value.as_str())).collect()
    };
    [of(|person| person.location.is_none()), of(|person| person.phone.is_none())]
}

/// Agents who say it themselves need no group for it.
fn group_choices(
    document: &Document,
    group: &AgentGroup,
    [located, phoned]: &Needed<'_>,
) -> Vec<Diagnostic> {
    let unnamed = !group.counted || group.agents.as_ref().is_some_and(|it| it.value > 0);
    let named = |of: &BTreeSet<Option<&str>>| {
        of.contains(&None) || of.contains(&Some(group.name.value.as_str()))
    };
    let asks = |of, own: bool, several: bool| (unnamed || named(of)) && own && several;
    let choices = [
        ("location", asks(located, group.location.is_none(), document.locations.len() > 1)),
        ("phone", asks(phoned, group.phone.is_none(), document.phones.len() > 1)),
    ];
    let missing = choices.iter().filter(|(_, missing)| *missing);
    let keys = missing.filter_map(|(name, _)| AGENT_GROUP.key(name));
    keys.map(|key| missing_key(key, &AGENT_GROUP, group.name.span)).collect()
}

fn sites_and_agents(document: &Document) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let nowhere = TextSpan::default();
    if document.sites.is_empty() {
        found.extend(
            TOP.key("site")
                .map(|key| missing_key(key, &TOP, nowhere).help("declare a site: `[site.NAME]`")),
        );
    }
    let unnamed = document.groups.iter().filter_map(|group| group.agents.as_ref());
    let agents: u64 = unnamed.map(|agents| u64::from(agents.value)).sum();
    let agents = agents + document.persons.len() as u64;
    if document.groups.is_empty() {
        found.extend(TOP.key("agent-group").map(|key| {
            missing_key(key, &TOP, nowhere)
                .help("declare a group: `[agent-group.NAME]` with `agents = 100`")
        }));
    } else if agents == 0
        && !document.more_persons
        && document.groups.iter().all(|group| group.counted)
    {
        let span = document.groups[0].name.span;
        found.push(
            out_of_range("agents", span, "there is no agent at all").help("write `agents = 100`"),
        );
    } else if agents > MOST_AGENTS {
        let spans = document.groups.iter().filter_map(|group| group.agents.as_ref());
        let span = spans.map(|agents| agents.span).next_back().unwrap_or(nowhere);
        found.push(out_of_range("agents", span, "all groups together have at most 2^30 agents"));
    }
    found
}

/// A fault or drain that begins after the end never happens.
fn late_faults(document: &Document) -> Vec<Diagnostic> {
    let Some(horizon) = &document.horizon else { return Vec::new() };
    let scripted = document.faults.iter().filter_map(|fault| match &fault.schedule {
        Some(Schedule::Scripted { at, .. }) => Some((*at, fault.span)),
        _ => None,
    });
    let drains = document.drains.iter().filter_map(|d| Some((d.at.as_ref()?.value, d.span)));
    let late = scripted.chain(drains).filter(|(at, _)| *at >= horizon.value);
    late.map(|(_, span)| {
        Diagnostic::warning("S018", "this begins after the end of the run", span)
            .label("never happens")
            .also(horizon.span, "the end of the run")
    })
    .collect()
}

/// A random fault whose hours lie outside the run never happens.
fn never_open(document: &Document) -> Vec<Diagnostic> {
    let (Some(horizon), Some(clock)) = (&document.horizon, &document.clock) else {
        return Vec::new();
    };
    let of_fault = |fault: &Fault| match &fault.schedule {
        Some(Schedule::Random { when: Some(when), .. }) => Some(when.clone()),
        _ => None,
    };
    let all = document.faults.iter().filter_map(of_fault);
    let end = Time::ZERO + horizon.value;
    let shut = all.filter(|when| Hours::of(&clock.value, &when.value, end).is_empty());
    shut.map(|when| {
        Diagnostic::warning("S018", "these hours never come in the run", when.span)
            .label("never happens")
            .also(horizon.span, "the length of the run")
            .also(clock.span, "its start")
    })
    .collect()
}

/// All faults with uncertain laws have the same number of sets of them, so that a replication
/// represents one state of knowledge.
fn uncertainty(document: &Document) -> Option<Diagnostic> {
    let mut sets = document.faults.iter().filter_map(|fault| match &fault.schedule {
        Some(Schedule::Random { sets, .. }) if !sets.is_empty() => {
            Some((fault.uncertainty.as_ref()?.span, sets.len()))
        }
        _ => None,
    });
    let (first_span, first) = sets.next()?;
    let (span, other) = sets.find(|(_, number)| *number != first)?;
    let found = combination(
        "the files of `uncertainty` have different numbers of rows",
        span,
        &format!("{other} rows"),
        "give `switchover fit` the same --bootstrap for all of them",
    );
    Some(found.also(first_span, format!("{first} rows")))
}

fn links(document: &Document) -> Vec<Diagnostic> {
    let targets = document.faults.iter().flat_map(|fault| &fault.targets);
    let same = targets.filter(|target| matches!(&target.value, Target::Link(a, b) if a == b));
    same.map(|target| {
        let label = "both ends are the same site";
        combination("a link has two ends", target.span, label, "name two sites")
    })
    .collect()
}
