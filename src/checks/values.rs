//! V25, V37: values of known options that the product cannot use.

use super::report::Report;
use super::rules::{V25, V37};
use super::scene::{Agents, Scene};
use crate::diagnostic::Diagnostic;
use crate::options::{self, Entry, Kind, Refusal};
use crate::scenario::document::{Sections, VendorOption};
use crate::scenario::tree::{Node, Value};

/// The expiry that a softphone asks for; without a good one it never registers.
const EXPIRY: &str = "reg_timeout";

/// Runs the checks of this file.
pub(super) fn check(scene: &Scene, report: &mut Report) {
    for sections in levels(scene).chain(servers(scene)) {
        for option in &sections.options {
            if let Some(finding) = unusable(option) {
                report.add(finding);
            }
        }
    }
    for agents in &scene.agents {
        for entry in options::all().filter(|entry| entry.family.is_vendor()) {
            blame(agents, entry, report);
        }
    }
}

/// The agents' levels.
fn levels<'s>(scene: &'s Scene) -> impl Iterator<Item = &'s Sections> {
    let document = scene.document;
    let tenants = document.tenants.iter().map(|tenant| &tenant.sections);
    let groups = document.groups.iter().map(|group| &group.sections);
    let persons = document.persons.iter().map(|person| &person.sections);
    std::iter::once(&document.application).chain(tenants).chain(groups).chain(persons)
}

/// Server objects and DNs.
fn servers<'s>(scene: &'s Scene) -> impl Iterator<Item = &'s Sections> {
    let document = scene.document;
    let dns = document.switches.iter().flat_map(|switch| &switch.dns).map(|dn| &dn.sections);
    document.servers.iter().map(|server| &server.sections).chain(dns)
}

/// Adds the finding about a value that cannot be used, with the agents that it holds for.
fn blame(agents: &Agents, entry: &Entry, report: &mut Report) {
    let Some(setting) = agents.class.setting(entry.name) else { return };
    let Some(finding) = unusable(setting.option) else { return };
    match entry.name {
        EXPIRY if !asks_by_option(agents) => {}
        EXPIRY if agents.enabled.is_true() => report.add_for(agents, finding),
        _ => report.note_for(agents, finding),
    }
}

/// Whether the agents' phone takes its expiry from the vendor's option.
fn asks_by_option(agents: &Agents) -> bool {
    agents.has_softphone() && agents.class.phone().is_none_or(|phone| phone.expiry.is_none())
}

/// What is wrong with a value, if its option is known in that section.
fn unusable(option: &VendorOption) -> Option<Diagnostic> {
    let name = option.name.value.as_str();
    let entry = options::named(name).find(|entry| entry.section == option.section)?;
    let refusal = option.read(entry).err()?;
    let expected = match &refusal {
        Refusal::Type(expected) => format!("{expected}, not {}", option.value.kind()),
        Refusal::Range(valid) => valid.clone(),
    };
    let span = option.value.span;
    if name == EXPIRY {
        let message = "a softphone without a usable `reg_timeout` never registers";
        let help = "set the expiry of its registrations in seconds, such as `reg_timeout = 1800`";
        return Some(V37.at(span, message).label(format!("expected {expected}")).help(help));
    }
    let message = format!("`{name}` cannot have this value");
    let finding = V25.at(span, message).label(format!("expected {expected}"));
    let instead = instead(entry);
    Some(finding.help(match meant(&option.value).filter(|_| entry.kind == Kind::Boolean) {
        Some(meant) => format!("write `{name} = {meant}`; as it is, {instead}"),
        None => instead,
    }))
}

/// What a word for yes or no means.
fn meant(value: &Node) -> Option<bool> {
    let Value::String(text) = &value.value else { return None };
    match text.to_lowercase().as_str() {
        "yes" | "on" | "1" => Some(true),
        "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// What the product does instead.
fn instead(entry: &Entry) -> String {
    let unit = entry.unit.symbol();
    match (entry.default, unit) {
        ("", _) => "the product takes it as not set".to_owned(),
        (default, "") => format!("the product falls back to the default, `{default}`"),
        (default, unit) => format!("the product falls back to the default, {default} {unit}"),
    }
}
