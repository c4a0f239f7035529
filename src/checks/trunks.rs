//! V31-V33: whether calls follow the agents to the peer site.

use std::collections::BTreeSet;

use super::report::Report;
use super::rules::{V31, V32, V33};
use super::scene::{PeerPairs, Scene, members};
use crate::diagnostic::{Diagnostic, TextSpan};
use crate::model::{Model, Style};
use crate::scenario::document::{Dn, Server, ServerPair, TSERVER};

/// Runs the checks of this file.
pub(super) fn check(scene: &Scene, model: &Model, report: &mut Report) {
    let trunks = described(scene);
    for couple in scene.couples() {
        if trunks {
            linked(scene, &couple, report);
        }
        forwarding(scene, model, &couple, report);
    }
}

/// Whether the scenario says anything about the trunks between peers; else they are taken as
/// consistent.
fn described(scene: &Scene) -> bool {
    let trunk = |server: &Server| server.sections.get(TSERVER, "dr-peer-trunk").is_some();
    let switches = &scene.document.switches;
    scene.document.servers.iter().any(trunk)
        || switches.iter().flat_map(|switch| &switch.dns).any(is_trunk)
}

fn is_trunk(dn: &Dn) -> bool {
    dn.kind.as_ref().is_some_and(|kind| kind.value == "trunk")
}

/// V31: each of two peers has a trunk that leads to the other.
fn linked(scene: &Scene, couple: &PeerPairs, report: &mut Report) {
    for [from, to] in couple.both_ways() {
        if from.primary.implicit || to.primary.implicit {
            continue;
        }
        if let Some(finding) = trunk_fault(scene, from, to) {
            for agents in &couple.agents {
                report.add_for(agents, finding.clone());
            }
        }
    }
}

/// What is wrong with the trunk from one pair to its peer.
fn trunk_fault(scene: &Scene, from: &ServerPair, to: &ServerPair) -> Option<Diagnostic> {
    let (own, peer) = (&from.primary.name.value, &to.primary.name.value);
    let option = from.primary.sections.get(TSERVER, "dr-peer-trunk");
    let name = option.and_then(|option| option.text()).unwrap_or_default();
    if name.is_empty() || name.eq_ignore_ascii_case("null") {
        let span = option.map_or(from.primary.name.span, |option| option.value.span);
        let message = format!("`{own}` has no `dr-peer-trunk` to its peer `{peer}`");
        let help =
            format!("set it in [server.{own}.TServer] to the Trunk DN that leads to `{peer}`");
        return Some(V31.at(span, message).help(help));
    }
    let span = option?.value.span;
    let switch = scene.switch_of(from).filter(|switch| switch.dns.iter().any(is_trunk))?;
    let Some(trunk) = switch.dns.iter().find(|dn| is_trunk(dn) && dn.number.value == name) else {
        let message = format!("the switch `{}` has no Trunk DN `{name}`", switch.name.value);
        let help = "declare it with `type = \"trunk\"` and a `contact`, or name one that is there";
        return Some(V31.at(span, message).help(help));
    };
    leads_to(scene, trunk, to, span)
}

/// V31: the contact of a trunk is an address of the peer, as far as addresses are declared.
fn leads_to(scene: &Scene, trunk: &Dn, to: &ServerPair, span: TextSpan) -> Option<Diagnostic> {
    let contact = trunk.contact.as_ref()?;
    let known = addresses(scene, to);
    let host = contact.value.trim_start_matches("sip:").split(':').next().unwrap_or_default();
    if known.is_empty() || known.contains(host) || known.contains(contact.value.as_str()) {
        return None;
    }
    let peer = &to.primary.name.value;
    let message = format!("the contact `{}` of the trunk is no address of `{peer}`", contact.value);
    let known: Vec<_> = known.into_iter().collect();
    let help = format!("`{peer}` can be reached at `{}`", known.join("`, `"));
    Some(V31.at(contact.span, message).also(span, "named here as dr-peer-trunk").help(help))
}

/// The declared addresses of a pair: its members', and those of their hosts.
fn addresses<'d>(scene: &Scene<'d>, pair: &ServerPair<'d>) -> BTreeSet<&'d str> {
    let document = scene.document;
    let of_host =
        |server: &'d Server| document.host(&server.host.as_ref()?.value)?.address.as_ref();
    members(pair)
        .flat_map(|server| [server.address.as_ref(), of_host(server)])
        .flatten()
        .map(|address| address.value.as_str())
        .collect()
}

/// `dr-forward` of a pair, and where it is written.
fn forward(pair: &ServerPair) -> (String, Option<TextSpan>) {
    let option = pair.primary.sections.get(TSERVER, "dr-forward");
    let value = option.and_then(|option| option.text()).unwrap_or_else(|| "off".to_owned());
    (value.trim().to_lowercase(), option.map(|option| option.value.span))
}

/// V32, V33: `dr-forward` of two peers.
fn forwarding(scene: &Scene, model: &Model, couple: &PeerPairs, report: &mut Report) {
    let [one, other] = couple.pairs;
    if one.primary.implicit || other.primary.implicit {
        return;
    }
    let ((here, at), (there, also)) = (forward(one), forward(other));
    if here != there {
        let span = also.or(at).unwrap_or(other.primary.name.span);
        let message = format!(
            "`dr-forward` is `{here}` at `{}`, but `{there}` at its peer `{}`",
            one.primary.name.value, other.primary.name.value
        );
        report.add(V33.at(span, message).help("set the same value at both peers"));
    }
    for agents in &couple.agents {
        let Some(phone) = scene.phone(model, agents) else { continue };
        let single = phone.style != Style::Dual;
        if single && here == "off" && there == "off" {
            let span = at.or(also).unwrap_or(one.primary.name.span);
            let message = "`dr-forward` is off at both peers, but the phones register only once";
            let help = "set `dr-forward = \"oos\"` in [server.NAME.TServer] of both: calls to an \
                        agent whose phone has moved are not sent after it";
            report.add_for(agents, V32.at(span, message).help(help));
        }
        let moving_desk_phone = phone.desk && matches!(phone.style, Style::Failover { .. });
        for (value, span) in [(&here, at), (&there, also)] {
            let (true, Some(span)) = (value == "no-agent" && !moving_desk_phone, span) else {
                continue;
            };
            let message = "`dr-forward = \"no-agent\"` is meant for ALU 4000 phones only";
            let help =
                "use `oos`, unless the phones are desk phones with one registration that moves";
            report.add_for(agents, V33.at(span, message).help(help));
        }
    }
}
