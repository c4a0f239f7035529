//! V42, V43, V45: keys and site names that the product does not know as they are written.

use std::collections::{BTreeMap, BTreeSet};

use super::report::Report;
use super::rules::{V42, V43, V45};
use super::scene::{Scene, span_of};
use crate::diagnostic::{Diagnostic, TextSpan, some_of};
use crate::options::{self, Entry, Place};
use crate::scenario::document::{INTERACTION_WORKSPACE, TSERVER, VendorOption};

/// Runs the checks of this file.
pub(super) fn check(scene: &Scene, report: &mut Report) {
    let mut unmodelled = Vec::new();
    for (place, sections) in scene.document.holders_of_options() {
        for option in &sections.options {
            key(place, option, &mut unmodelled, report);
        }
    }
    list(&unmodelled, report);
    agents_sites(scene, report);
    servers_sites(scene, report);
    eservices(scene, report);
}

/// V42 for one key; a key that is right but not modelled is put on the list of V45.
fn key<'d>(
    place: Place,
    option: &'d VendorOption,
    unmodelled: &mut Vec<&'d VendorOption>,
    report: &mut Report,
) {
    let name = option.name.value.as_str();
    let known: Vec<_> = options::named(name).filter(|entry| entry.family.is_vendor()).collect();
    let fits = |entry: &&&Entry| entry.section == option.section && entry.places.contains(&place);
    let by_section = with_section(name);
    match known.iter().find(fits) {
        Some(entry) if entry.drives.is_some() => {}
        Some(_) => unmodelled.push(option),
        None => match known.first() {
            Some(entry) if is_placed(entry) => misplaced(place, option, entry, report),
            Some(_) => unmodelled.push(option),
            None => match by_section {
                Some(entry) => misplaced(place, option, entry, report),
                None => unknown(option, unmodelled, report),
            },
        },
    }
}

/// The option of another section that is written with its section before it: `warm-standby.backup-delay`.
fn with_section(name: &str) -> Option<&'static Entry> {
    let (section, key) = name.split_once('.')?;
    options::named(key).find(|entry| {
        entry.section == section
            && entry.family.is_vendor()
            && entry.drives.is_some()
            && is_placed(entry)
    })
}

/// Whether an option is set in a vendor section of one of the scenario's objects at all.
fn is_placed(entry: &Entry) -> bool {
    !entry
        .places
        .iter()
        .any(|p| matches!(p, Place::ServerInfo | Place::Connection | Place::SipProxy))
}

/// V42: a known key where it has no effect.
fn misplaced(place: Place, option: &VendorOption, entry: &Entry, report: &mut Report) {
    let name = &option.name.value;
    let places: Vec<_> = entry.places.iter().map(|place| place.name()).collect();
    let message = format!(
        "`{name}` has no effect in the section `{}` of this {}",
        option.section,
        place.name()
    );
    let key = if *name == entry.name { "it".to_owned() } else { format!("`{}`", entry.name) };
    let help = format!("set {key} in the section `{}` of: {}", entry.section, places.join(", "));
    report.add(V42.at(option.name.span, message).help(help));
}

/// V42: a key like a known one, or with the prefix of disaster recovery. Any other belongs to V45.
fn unknown<'d>(
    option: &'d VendorOption,
    unmodelled: &mut Vec<&'d VendorOption>,
    report: &mut Report,
) {
    let name = option.name.value.as_str();
    let ours = [INTERACTION_WORKSPACE, TSERVER].contains(&option.section.as_str());
    let near = options::nearest_vendor(name).map(|entry| entry.name).filter(|_| ours);
    if near.is_none() && !name.trim().to_lowercase().starts_with("disaster-recovery") {
        return unmodelled.push(option);
    }
    let message = match near {
        Some(near) if near == name.trim() => format!("there are spaces around the key `{near}`"),
        _ => format!("`{}` is no option of the product, which ignores it", name.trim()),
    };
    let help = near.map(|near| format!("did you mean `{near}`?"));
    let help = help.unwrap_or_else(|| "`switchover options` lists all of them".to_owned());
    report.add(V42.at(option.name.span, message).help(help));
}

/// V45: what is not modelled, once, as one finding.
fn list(unmodelled: &[&VendorOption], report: &mut Report) {
    let Some(first) = unmodelled.first() else { return };
    let names: BTreeSet<_> = unmodelled.iter().map(|option| option.name.value.as_str()).collect();
    let names: Vec<_> = names.into_iter().collect();
    let (verb, what) =
        if names.len() == 1 { ("is", "vendor option") } else { ("are", "vendor options") };
    let message = format!("{} {what} {verb} not modelled: {}", names.len(), some_of(&names, "`"));
    let help = "nothing in a simulation depends on them";
    report.add(V45.at(first.name.span, message).help(help));
}

/// V42: spaces around the site names of agents.
fn agents_sites(scene: &Scene, report: &mut Report) {
    for agents in scene.covered() {
        for site in [&agents.preferred, &agents.peer] {
            let (Some(text), Some(span)) = (site.text(), span_of(site)) else { continue };
            if let Some(finding) = spaces(text, span) {
                report.add_for(agents, finding);
            }
        }
    }
}

/// V42: spaces around a site's name.
fn spaces(text: &str, span: TextSpan) -> Option<Diagnostic> {
    if text.trim() == text {
        return None;
    }
    let message = format!("there are spaces around the site name `{}`", text.trim());
    Some(
        V42.at(span, message)
            .help("leave them out: they are ignored here, but perhaps not by the product"),
    )
}

/// V42: site names of servers with spaces, or that differ from others by case only.
fn servers_sites(scene: &Scene, report: &mut Report) {
    // The first spelling of each name, by its lower-case letters.
    let mut names = BTreeMap::<String, String>::new();
    for server in &scene.document.servers {
        let Some(site) = server.dr_site() else { continue };
        let option = server.annex("disaster-recovery.site");
        let Some(span) = option.map(|option| option.value.span) else {
            names.entry(site.to_ascii_lowercase()).or_insert(site);
            continue;
        };
        if let Some(finding) = spaces(&site, span) {
            report.add(finding);
        }
        let site = site.trim().to_owned();
        let first = names.entry(site.to_ascii_lowercase()).or_insert_with(|| site.clone());
        if *first != site {
            let message =
                format!("the site `{site}` differs from `{first}` by case only: it is another one");
            report.add(V42.at(span, message).help(format!("did you mean `{first}`?")));
        }
    }
}

/// V43: the eServices site has eServices.
fn eservices(scene: &Scene, report: &mut Report) {
    let sites = scene.document.sites.iter();
    let there = sites.filter(|site| site.eservices.as_ref().is_some_and(|yes| yes.value));
    let there: BTreeSet<&str> = there.map(|site| site.name.value.as_str()).collect();
    for (_, sections) in scene.document.holders_of_options() {
        let Some(option) = sections.workspace("disaster-recovery.eservices-site") else { continue };
        let Some(name) = option.text().filter(|name| !name.is_empty()) else { continue };
        if there.contains(name.as_str()) {
            continue;
        }
        let message =
            format!("the site `{name}` has no Interaction Server or Universal Contact Server");
        let help = "name a site with `eservices = true`: desktops would connect to nothing";
        report.add(V43.at(option.value.span, message).help(help));
    }
}
