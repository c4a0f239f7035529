//! V06-V13: the server objects of the agents' sites.

use super::agents::site_span;
use super::report::Report;
use super::rules::{V06, V07, V08, V09, V10, V11, V12, V13};
use super::scene::{Agents, Scene, product, site_name, site_of};
use crate::diagnostic::Diagnostic;
use crate::model::Kind;
use crate::scenario::document::{Document, Server, ServerPair};

/// Runs the checks of this file.
pub(super) fn check(scene: &Scene, report: &mut Report) {
    for (agents, _) in scene.between_sites() {
        other_kinds(scene, agents, report);
    }
    if scene.covered().next().is_none() {
        return;
    }
    let explicit = scene.document.servers.iter().filter(|server| !server.implicit);
    for server in explicit {
        named_site(scene.document, server, report);
    }
    for pair in scene.pairs.iter().filter(|pair| !pair.primary.implicit) {
        one_site(scene, pair, report);
        redundant(scene.document, pair, report);
    }
}

/// V06-V09: Stat Server and Configuration Server at both sites, if the scenario has any.
fn other_kinds(scene: &Scene, agents: &Agents, report: &mut Report) {
    let sides = [
        (Kind::Stat, V06, &agents.preferred),
        (Kind::Stat, V07, &agents.peer),
        (Kind::Config, V08, &agents.preferred),
        (Kind::Config, V09, &agents.peer),
    ];
    for (kind, rule, site) in sides {
        let Some(name) = site_name(site) else { continue };
        let here = |kind| !scene.pairs_at(kind, name).is_empty();
        // Without a SIP Server there it is reported by V04 or V05.
        if !scene.has(kind) || here(kind) || !here(Kind::Sip) {
            continue;
        }
        let message = format!("no {} has the site `{name}`", product(kind));
        let help = format!(
            "set `disaster-recovery.site = \"{name}\"` in the annex of a {}, or add one",
            product(kind)
        );
        let help = match kind {
            Kind::Config => format!("{help}; {}", login(scene.document, name)),
            _ => help,
        };
        report.add_for(agents, rule.at(site_span(agents, site), message).help(help));
    }
}

/// The effect of a login at a site without Configuration Server, by the policy `login-needs`.
fn login(document: &Document, site: &str) -> String {
    let needs = document.policy.login_needs_config.as_ref().is_some_and(|needs| needs.value);
    match needs {
        true => format!("nobody could log in at `{site}`, for `login-needs` names `config`"),
        false => "a login itself needs none (policy `login-needs`)".to_owned(),
    }
}

/// V10: every server names its site.
fn named_site(document: &Document, server: &Server, report: &mut Report) {
    if site_of(server).is_some() {
        return;
    }
    let kind = server.kind.as_ref().map_or("server", |kind| product(kind.value));
    let name = &server.name.value;
    let message = format!("the {kind} `{name}` does not name its site");
    let site = document.site_of(server).unwrap_or("...");
    let help = format!(
        "set `disaster-recovery.site = \"{site}\"` in [server.{name}.interaction-workspace]; \
         until then disaster recovery is off on connections to it"
    );
    report.add(V10.at(server.name.span, message).help(help));
}

/// V11: primary and backup name the same site.
fn one_site(scene: &Scene, pair: &ServerPair, report: &mut Report) {
    let Some(backup) = pair.backup else { return };
    let (Some(site), Some(other)) = (site_of(pair.primary), site_of(backup)) else { return };
    if site == other {
        return;
    }
    let name = "disaster-recovery.site";
    let Some(span) = backup.annex(name).map(|option| option.value.span) else { return };
    let message = format!(
        "the backup `{}` names the site `{other}`, its primary `{}` the site `{site}`",
        backup.name.value, pair.primary.name.value
    );
    let mut finding =
        V11.at(span, message).help("a pair belongs to one site: give both members the same one");
    if let Some(option) = pair.primary.annex(name) {
        finding = finding.also(option.value.span, "the primary's site");
    }
    blame(scene, pair, &finding, report);
}

/// Adds a finding about a pair, for all covered agents of its site.
fn blame(scene: &Scene, pair: &ServerPair, finding: &Diagnostic, report: &mut Report) {
    report.add(finding.clone());
    let Some(kind) = pair.primary.kind.as_ref().map(|kind| kind.value) else { return };
    let site = site_of(pair.primary);
    for (agents, sites) in scene.between_sites() {
        if site.as_deref().is_some_and(|site| sites.contains(&site)) {
            report.add_for_connection(agents, kind, finding.clone());
        }
    }
}

/// V12, V13: every primary has a backup of its own, on a host of its own.
fn redundant(document: &Document, pair: &ServerPair, report: &mut Report) {
    let name = &pair.primary.name.value;
    let Some(backup) = pair.backup else {
        let message = format!("the primary `{name}` has no backup");
        let help = "name a backup (`backup = \"...\"`): without one every loss of the server is \
                    a loss of the pair";
        return report.add(V12.at(pair.primary.name.span, message).help(help));
    };
    own_host(pair.primary, backup, report);
    for message in second_jobs(document, pair.primary, backup) {
        let Some(span) = pair.primary.backup.as_ref().map(|backup| backup.span) else { continue };
        let help = "give every primary a backup object of its own";
        report.add(V13.at(span, message).help(help));
    }
}

/// V13: not on one host.
fn own_host(primary: &Server, backup: &Server, report: &mut Report) {
    let (Some(one), Some(other)) = (&primary.host, &backup.host) else { return };
    if one.value != other.value {
        return;
    }
    let message = format!(
        "the primary `{}` and its backup `{}` run on one host, `{}`",
        primary.name.value, backup.name.value, one.value
    );
    let finding = V13.at(other.span, message).also(one.span, "the primary's host");
    report.add(finding.help("move the backup to another host: the host's loss takes both"));
}

/// V13: what else a backup is.
fn second_jobs(document: &Document, primary: &Server, backup: &Server) -> Vec<String> {
    let (name, spare) = (&primary.name.value, &backup.name.value);
    let backs_up = |server: &&Server| server.backup.as_ref().is_some_and(|b| b.value == *spare);
    let mut jobs = Vec::new();
    if let Some(own) = &backup.backup {
        jobs.push(format!(
            "the backup `{spare}` of `{name}` is itself a primary, backed up by `{}`",
            own.value
        ));
    }
    let first = document.servers.iter().find(backs_up);
    if let Some(first) = first.filter(|first| first.name.value != *name) {
        jobs.push(format!("`{spare}` is the backup of both `{}` and `{name}`", first.name.value));
    }
    jobs
}
