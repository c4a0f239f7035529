//! V01-V05, V29, V30, V44: the agents' own options.

use super::report::Report;
use super::rules::{V01, V02, V03, V04, V05, V29, V30, V44};
use super::scene::{Agents, Scene, site_name, site_of, span_of};
use crate::diagnostic::{did_you_mean, some_of};
use crate::model::Kind;
use crate::scenario::Effective;
use crate::scenario::document::{INTERACTION_WORKSPACE, Level};

/// Runs the checks of this file.
pub(super) fn check(scene: &Scene, report: &mut Report) {
    for agents in scene.covered() {
        both_named(agents, report);
        different(agents, report);
        known(scene, agents, report);
    }
    mixed_fleet(scene, report);
    for agents in &scene.agents {
        ambiguous(agents, report);
    }
    one_way_round(scene, report);
}

/// V01, V02: both sites are named.
fn both_named(agents: &Agents, report: &mut Report) {
    let sides = [(V01, &agents.preferred, "preferred"), (V02, &agents.peer, "peer")];
    for (rule, site, side) in sides {
        if site_name(site).is_some() {
            continue;
        }
        let option = format!("disaster-recovery.{side}-site");
        let message = format!("disaster recovery is on, but `{option}` is empty");
        let span = span_of(site).unwrap_or_else(|| agents.enabled_at());
        let help = format!(
            "set `{option}` to the `disaster-recovery.site` of a SIP Server, at the Application, \
             the Tenant, the Agent Group or the Person"
        );
        report.add_for(agents, rule.at(span, message).help(help));
    }
}

/// V03: the two sites differ, spaces around them and case aside.
fn different(agents: &Agents, report: &mut Report) {
    let (Some(preferred), Some(peer)) = (agents.preferred_site(), agents.peer_site()) else {
        return;
    };
    if preferred.to_lowercase() != peer.to_lowercase() {
        return;
    }
    let message = if preferred == peer {
        format!("the peer site `{peer}` is the preferred site itself")
    } else {
        format!("the peer site `{peer}` differs from the preferred site `{preferred}` by case only")
    };
    let Some(span) = span_of(&agents.peer) else { return };
    let mut finding = V03.at(span, message);
    if let Some(other) = span_of(&agents.preferred) {
        finding = finding.also(other, "the preferred site");
    }
    report.add_for(agents, finding.help("name two different sites; there is nowhere to go else"));
}

/// V04, V05: both sites are the site of a SIP Server.
fn known(scene: &Scene, agents: &Agents, report: &mut Report) {
    let sides = [(V04, &agents.preferred, "preferred"), (V05, &agents.peer, "peer")];
    for (rule, site, side) in sides {
        let (Some(name), Some(span)) = (site_name(site), span_of(site)) else { continue };
        if !scene.pairs_at(Kind::Sip, name).is_empty() {
            continue;
        }
        let message =
            format!("the {side} site `{name}` is the `disaster-recovery.site` of no SIP Server");
        report.add_for(agents, rule.at(span, message).help(known_sites(scene, name)));
    }
}

/// Which sites there are, the nearest first.
fn known_sites(scene: &Scene, name: &str) -> String {
    let sips = scene.pairs.iter().filter(|pair| pair.primary.is(Kind::Sip));
    let mut sites: Vec<String> = sips.filter_map(|pair| site_of(pair.primary)).collect();
    sites.sort();
    sites.dedup();
    let sites: Vec<&str> = sites.iter().map(String::as_str).collect();
    match (did_you_mean(name, sites.iter().copied()), &sites[..]) {
        (Some(near), _) if near.eq_ignore_ascii_case(name) => {
            format!("did you mean `{near}`? Case counts")
        }
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, []) => "no SIP Server sets `disaster-recovery.site`".to_owned(),
        (None, sites) => format!("the SIP Servers' sites are {}", some_of(sites, "`")),
    }
}

/// V29: on at the Application, off for some.
fn mixed_fleet(scene: &Scene, report: &mut Report) {
    let name = "disaster-recovery.enabled";
    let Some(application) = scene.document.application.workspace(name) else { return };
    if application.text().as_deref() != Some("true") {
        return;
    }
    for agents in &scene.agents {
        let Some(setting) = agents.enabled.setting else { continue };
        if agents.enabled.is_true() || setting.level == Level::Application {
            continue;
        }
        let message = format!(
            "disaster recovery is on for the Application, but off at this {}",
            setting.level.name()
        );
        let finding = V29
            .at(setting.option.value.span, message)
            .also(application.value.span, "on here")
            .help("these agents stay at their site whatever happens, if that is meant");
        report.note_for(agents, finding);
    }
}

/// V30: the groups of one agent say different things.
fn ambiguous(agents: &Agents, report: &mut Report) {
    let groups = agents.class.groups();
    let Some((first, others)) = groups.split_first() else { return };
    let own = first.sections.options.iter().filter(|o| o.section == INTERACTION_WORKSPACE);
    for one in own.filter(|one| !overridden(agents, &one.name.value)) {
        let name = &one.name.value;
        for group in others {
            let Some(other) = group.sections.workspace(name) else { continue };
            if one.text() == other.text() {
                continue;
            }
            let message = format!(
                "the Agent Groups `{}` and `{}` set `{name}` differently for one agent",
                first.name.value, group.name.value
            );
            let finding = V30
                .at(other.value.span, message)
                .also(one.value.span, "this one wins in the simulation")
                .help("set it at the Person, or let the groups agree");
            report.note_for(agents, finding);
        }
    }
}

/// Whether the Person says it, so that the groups do not matter.
fn overridden(agents: &Agents, name: &str) -> bool {
    agents.class.setting(name).is_some_and(|setting| setting.level == Level::Person)
}

/// V44: all agents prefer one site and switch over to the other.
fn one_way_round(scene: &Scene, report: &mut Report) {
    let Some((first, sites)) = scene.between_sites().next() else { return };
    if scene.covered().any(|agents| agents.sites() != Some(sites)) {
        return;
    }
    let count: u64 = scene.covered().map(|agents| u64::from(agents.class.agents())).sum();
    let Some(span) = span_of(&first.preferred).filter(|_| count > 1) else { return };
    let [preferred, peer] = sites;
    let message = format!("all {count} agents prefer `{preferred}` and have the peer `{peer}`");
    let help = format!(
        "if `{preferred}` is lost, `{peer}` takes everybody at once; half of the agents the other \
         way round would halve the storm"
    );
    report.add(V44.at(span, message).help(help));
}

/// Where a site is named, for other files' findings.
pub(super) fn site_span(agents: &Agents, site: &Effective) -> crate::diagnostic::TextSpan {
    span_of(site).unwrap_or_else(|| agents.enabled_at())
}
