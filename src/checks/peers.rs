//! V14-V18: which SIP Server pairs are peers of each other.

use super::agents::site_span;
use super::report::Report;
use super::rules::{Rule, V14, V15, V16, V17, V18};
use super::scene::{Scene, name_of, same, site_of};
use crate::diagnostic::{Diagnostic, TextSpan};
use crate::model::Kind;
use crate::scenario::document::ServerPair;

/// The option that distinguishes pairs.
const NAME: &str = "disaster-recovery.name";

/// Runs the checks of this file. Implicit pairs are taken as consistent.
pub(super) fn check(scene: &Scene, report: &mut Report) {
    let linked: Vec<_> = linked(scene);
    match linked.len() {
        0 | 1 => {}
        2 => two(scene, &linked, report),
        _ => {
            named(scene, &linked, report);
            groups(scene, &linked, report);
        }
    }
    for (agents, sites) in scene.between_sites() {
        let [Some(home), _] = scene.seats(agents) else { continue };
        let group: Vec<_> = linked.iter().filter(|p| name_of(p) == name_of(home)).collect();
        let mut places: Vec<_> = group.iter().filter_map(|p| site_of(p.primary)).collect();
        places.sort();
        if linked.len() < 3
            || group.len() != 2
            || sites.iter().all(|s| places.contains(&(*s).into()))
        {
            continue;
        }
        let message = format!(
            "the SIP Server pairs named `{}` are at `{}`, the agents' sites are `{}` and `{}`",
            name_of(home),
            places.join("` and `"),
            sites[0],
            sites[1]
        );
        let help = "give the pair at the peer site the same `disaster-recovery.name`, or name the \
                    other site of the group as peer";
        report.add_for(agents, V17.at(site_span(agents, &agents.peer), message).help(help));
    }
}

/// The explicit SIP Server pairs that name their site.
fn linked<'s, 'd>(scene: &'s Scene<'d>) -> Vec<&'s ServerPair<'d>> {
    let wanted = |pair: &&ServerPair| {
        let primary = pair.primary;
        primary.is(Kind::Sip) && !primary.implicit && site_of(primary).is_some()
    };
    scene.pairs.iter().filter(wanted).collect()
}

/// Where a pair's name is written, else where the pair is declared.
fn name_span(pair: &ServerPair) -> TextSpan {
    pair.primary.annex(NAME).map_or(pair.primary.name.span, |option| option.value.span)
}

/// V18: the only two pairs have one name.
fn two(scene: &Scene, linked: &[&ServerPair], report: &mut Report) {
    let [one, other] = linked else { return };
    if name_of(one) == name_of(other) {
        return;
    }
    let message = format!(
        "the only two SIP Server pairs have the names `{}` and `{}`, so neither has a peer",
        name_of(one),
        name_of(other)
    );
    let finding = V18.at(name_span(other), message).also(name_span(one), "the other name");
    let finding = finding.help("give both the same `disaster-recovery.name`, or leave it out");
    blame(scene, &[one, other], finding, report);
}

/// V14: with more than two pairs, each has a name.
fn named(scene: &Scene, linked: &[&ServerPair], report: &mut Report) {
    for pair in linked.iter().filter(|pair| pair.primary.dr_name().is_none()) {
        let name = &pair.primary.name.value;
        let message =
            format!("there are {} SIP Server pairs, and `{name}` has no `{NAME}`", linked.len());
        let help = format!(
            "set `{NAME}` in [server.{name}.interaction-workspace] to the name that its peer has; \
             without it the pair falls into the group `default`"
        );
        blame(scene, &[pair], V14.at(pair.primary.name.span, message).help(help), report);
    }
}

/// V15, V16: each written name is that of two pairs at two sites.
fn groups(scene: &Scene, linked: &[&ServerPair], report: &mut Report) {
    let with_name: Vec<_> =
        linked.iter().copied().filter(|pair| pair.primary.dr_name().is_some()).collect();
    for (index, pair) in with_name.iter().enumerate() {
        let alike = |other: &&&ServerPair| name_of(other) == name_of(pair);
        if with_name[..index].iter().any(|other| alike(&other)) {
            continue;
        }
        let group: Vec<_> = with_name.iter().filter(alike).copied().collect();
        if let Some((rule, pair, message, help)) = fault_of(&group) {
            blame(scene, &group, rule.at(name_span(pair), message).help(help), report);
        }
    }
}

/// What is wrong with a group, if anything: the check, the pair to blame, message and help.
fn fault_of<'s, 'd>(
    group: &[&'s ServerPair<'d>],
) -> Option<(Rule, &'s ServerPair<'d>, String, &'static str)> {
    let name = group.first().map(|pair| name_of(pair))?;
    match group {
        [pair] => Some((
            V15,
            pair,
            format!("`{}` is the only SIP Server pair named `{name}`", pair.primary.name.value),
            "give its peer at the other site the same `disaster-recovery.name`",
        )),
        [one, other] if site_of(one.primary) == site_of(other.primary) => Some((
            V16,
            other,
            format!("both SIP Server pairs named `{name}` are at one site"),
            "peers belong to two sites: the name belongs to one pair at each",
        )),
        [] | [_, _] => None,
        [_, _, third, ..] => Some((
            V16,
            third,
            format!("{} SIP Server pairs are named `{name}`", group.len()),
            "a name is shared by exactly two peers; give the others their own names",
        )),
    }
}

/// Adds a finding about pairs, for all covered agents that use one of them.
fn blame(scene: &Scene, pairs: &[&ServerPair], finding: Diagnostic, report: &mut Report) {
    for (agents, _) in scene.between_sites() {
        let seats = scene.seats(agents);
        let uses = |pair: &&ServerPair| seats.iter().flatten().any(|seat| same(seat, pair));
        if pairs.iter().any(uses) {
            report.add_for(agents, finding.clone());
        }
    }
    report.add(finding);
}
