//! V19-V24: switches, DNs, Places and agent logins. What is not declared is taken as consistent.

use std::collections::{BTreeMap, BTreeSet};

use super::dn_index::{DnIndex, key, kind};
use super::report::Report;
use super::rules::{V19, V20, V21, V22, V23, V24};
use super::scene::{Agents, PeerPairs, Scene, site_of};
use crate::diagnostic::Diagnostic;
use crate::scenario::document::{Dn, DnReference, Place, ServerPair, Spanned, Switch};

/// Runs the checks of this file.
pub(super) fn check(scene: &Scene, report: &mut Report) {
    let book = DnIndex::new(scene.document);
    for couple in scene.couples() {
        for agents in &couple.agents {
            if let Some(place) = agents.class.place() {
                own_place((scene, &book), &couple, agents, place, report);
            }
        }
        mirrored((scene, &book), &couple, report);
        logins(scene, &couple, report);
    }
    shared_dns(scene, report);
    shared_places(scene, report);
}

/// A Place's DNs at one of the agents' sites.
struct Local<'d> {
    site: String,
    references: Vec<&'d DnReference>,
    dns: Vec<&'d Dn>,
}

/// The DNs of a Place on the switch of a pair.
fn local<'d>(
    (scene, book): (&Scene<'d>, &DnIndex<'d>),
    place: &'d Place,
    pair: &ServerPair<'d>,
) -> Local<'d> {
    let switch = scene.switch_of(pair);
    let here = |reference: &&DnReference| {
        switch.is_some_and(|switch| switch.name.value == reference.switch.value)
    };
    let references: Vec<_> = place.dns.iter().filter(here).collect();
    let dn = |reference: &&'d DnReference| book.dn(switch?, &reference.number.value);
    let dns = references.iter().filter_map(dn).collect();
    Local { site: site_of(pair.primary).unwrap_or_default(), references, dns }
}

/// V19, V20, V22: a Place has the same DNs on both switches.
fn own_place(
    seen: (&Scene, &DnIndex),
    couple: &PeerPairs,
    agents: &Agents,
    place: &Place,
    report: &mut Report,
) {
    let locals = couple.pairs.map(|pair| local(seen, place, pair));
    for here in &locals {
        if here.references.is_empty() {
            let name = &place.name.value;
            let message =
                format!("the Place `{name}` has no DN on the switch of the site `{}`", here.site);
            let help = "add a DN of that site's switch to the Place: without one nobody can log \
                        in there";
            report.add_for(agents, V19.at(place.name.span, message).help(help));
        }
    }
    let [one, other] = &locals;
    if one.references.is_empty() || other.references.is_empty() {
        return;
    }
    if let Some(finding) = unlike(place, one, other) {
        report.add_for(agents, finding);
    }
}

/// V20, V22: how the two halves of a Place differ.
fn unlike(place: &Place, one: &Local, other: &Local) -> Option<Diagnostic> {
    let name = &place.name.value;
    let last = other.references.last()?.number.span;
    if one.references.len() != other.references.len() {
        let message = format!(
            "the Place `{name}` has {} DNs at `{}` and {} at `{}`",
            one.references.len(),
            one.site,
            other.references.len(),
            other.site
        );
        return Some(V22.at(last, message).help("a Place is the same at both sites"));
    }
    if media(&one.dns) != media(&other.dns) {
        let message = format!(
            "the media of the Place `{name}` are {} at `{}`, but {} at `{}`",
            list(&media(&one.dns)),
            one.site,
            list(&media(&other.dns)),
            other.site
        );
        return Some(V22.at(last, message).help("a Place has the same media at both sites"));
    }
    different_numbers(place, one, other)
}

/// V20: the DR numbers of a Place are the same at both sites.
fn different_numbers(place: &Place, one: &Local, other: &Local) -> Option<Diagnostic> {
    let numbers = |local: &Local| {
        let mut all: Vec<_> =
            local.dns.iter().map(|dn| dn.dr_number.as_ref().map(|n| n.value.clone())).collect();
        all.sort();
        all
    };
    let (left, right) = (numbers(one), numbers(other));
    if left == right || one.dns.len() != other.dns.len() {
        return None;
    }
    let shown = |numbers: &[Option<String>]| {
        let words = numbers.iter().map(|n| n.clone().unwrap_or_else(|| "none".into()));
        words.collect::<Vec<_>>().join(", ")
    };
    let message = format!(
        "the DR numbers of the Place `{}` are {} at `{}`, but {} at `{}`",
        place.name.value,
        shown(&left),
        one.site,
        shown(&right),
        other.site
    );
    let span = other.dns.iter().find_map(|dn| {
        let own = dn.dr_number.as_ref();
        let matched = left.contains(&own.map(|n| n.value.clone()));
        (!matched).then(|| own.map_or(dn.number.span, |number| number.span))
    })?;
    Some(V20.at(span, message).help("set the same `dr-number` on both switches"))
}

/// The media of DNs, sorted; `voice` if a DN says nothing.
fn media(dns: &[&Dn]) -> Vec<String> {
    let of = |dn: &&Dn| -> Vec<String> {
        let written = dn.media.as_ref();
        written.map_or(vec!["voice".into()], |all| all.iter().map(|m| m.value.clone()).collect())
    };
    let mut all: Vec<String> = dns.iter().flat_map(of).collect();
    all.sort();
    all
}

fn list(words: &[String]) -> String {
    if words.is_empty() { "none".into() } else { words.join(", ") }
}

/// Findings of one peer pair that name their agents: they are the same for all, and may be many.
const NAMED: usize = 50;

/// V21: the DNs of both switches mirror each other, trunks aside.
fn mirrored((scene, book): (&Scene, &DnIndex), couple: &PeerPairs, report: &mut Report) {
    let mut found = 0;
    for [from, to] in couple.both_ways() {
        let (Some(own), Some(other)) = (scene.switch_of(from), scene.switch_of(to)) else {
            continue;
        };
        if own.dns.is_empty() || other.dns.is_empty() {
            continue;
        }
        for dn in own.dns.iter().filter(|dn| kind(dn) != "trunk") {
            if let Some(finding) = unmirrored(book, own, dn, other) {
                report.add(finding.clone());
                found += 1;
                if found <= NAMED {
                    couple.agents.iter().for_each(|a| report.add_for(a, finding.clone()));
                }
            }
        }
    }
}

/// V21: what is wrong with a DN's counterpart.
fn unmirrored(book: &DnIndex, own: &Switch, dn: &Dn, other: &Switch) -> Option<Diagnostic> {
    let name = &key(dn).value;
    let Some(counterpart) = book.counterpart(dn, other) else {
        if in_both(book, own, dn, other) {
            return None;
        }
        let message = format!(
            "the DN `{}` of the switch `{}` has no counterpart on `{}`",
            dn.number.value, own.name.value, other.name.value
        );
        let help = format!("add a DN with the DR number `{name}` to `{}`", other.name.value);
        return Some(V21.at(dn.number.span, message).help(help));
    };
    if kind(dn) <= kind(counterpart) {
        return None;
    }
    let message = format!(
        "the DN `{}` is of type `{}`, its counterpart `{}` on `{}` of type `{}`",
        dn.number.value,
        kind(dn),
        counterpart.number.value,
        other.name.value,
        kind(counterpart)
    );
    let span = dn.kind.as_ref().map_or(dn.number.span, |kind| kind.span);
    Some(V21.at(span, message).help("give both the same type"))
}

/// Whether a Place joins the DN to a DN of the other switch, so that V20 reports it.
fn in_both(book: &DnIndex, own: &Switch, dn: &Dn, other: &Switch) -> bool {
    let there = |reference: &DnReference| reference.switch.value == other.name.value;
    book.places(own, dn).iter().any(|place| place.dns.iter().any(there))
}

/// V23: an agent login of one switch is also on the other.
fn logins(scene: &Scene, couple: &PeerPairs, report: &mut Report) {
    for pair in couple.pairs {
        let Some(switch) = scene.switch_of(pair) else { continue };
        let Some(known) = &switch.agent_logins else { continue };
        let known: BTreeSet<&str> = known.iter().map(|login| login.value.as_str()).collect();
        for agents in &couple.agents {
            let Some(login) = agents.class.person.and_then(|p| p.login.as_ref()) else { continue };
            if known.contains(login.value.as_str()) {
                continue;
            }
            let message = format!(
                "the agent login `{}` is missing on the switch `{}`",
                login.value, switch.name.value
            );
            let help = "add it to `agent-logins`: without it the agent cannot log in there";
            report.add_for(agents, V23.at(login.span, message).help(help));
        }
    }
}

/// V24: no DN belongs to two Places.
fn shared_dns(scene: &Scene, report: &mut Report) {
    let mut owners: BTreeMap<(&str, &str), &Place> = BTreeMap::new();
    let mut users: BTreeMap<&str, Vec<&Agents>> = BTreeMap::new();
    for agents in scene.covered() {
        if let Some(place) = agents.class.place() {
            users.entry(&place.name.value).or_default().push(agents);
        }
    }
    for place in &scene.document.places {
        for dn in &place.dns {
            let key = (dn.switch.value.as_str(), dn.number.value.as_str());
            let owner = *owners.entry(key).or_insert(place);
            if std::ptr::eq(owner, place) {
                continue;
            }
            let message = format!(
                "the DN `{}` of the switch `{}` belongs to the Places `{}` and `{}`",
                dn.number.value, dn.switch.value, owner.name.value, place.name.value
            );
            let finding = V24.at(dn.number.span, message).also(owner.name.span, "the first Place");
            let finding = finding.help("give every Place DNs of its own");
            report.add(finding.clone());
            let of = |place: &Place| users.get(place.name.value.as_str()).into_iter().flatten();
            let mut concerned: Vec<&Agents> = of(place).chain(of(owner)).copied().collect();
            concerned.sort_by_key(|agents| agents.index);
            concerned.iter().for_each(|agents| report.add_for(agents, finding.clone()));
        }
    }
}

/// V24: no two Persons name one Place.
fn shared_places(scene: &Scene, report: &mut Report) {
    let mut owners: BTreeMap<&str, &Spanned<String>> = BTreeMap::new();
    for agents in scene.covered() {
        let Some(person) = agents.class.person else { continue };
        let Some(place) = &person.place else { continue };
        let first = *owners.entry(&place.value).or_insert(place);
        if std::ptr::eq(first, place) {
            continue;
        }
        let message = format!("two Persons have the Place `{}`, and so the same DNs", place.value);
        let finding = V24.at(place.span, message).also(first.span, "the first of them");
        report.add_for(agents, finding.help("give every Person a Place of its own"));
    }
}
