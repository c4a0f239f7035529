//! Every name must be declared. How the declared things fit together is checked in `structure`.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Document, Pattern, Spanned, Target};
use super::implied::OFFICE;
use super::keys::Named;
use super::mistakes;
use crate::diagnostic::{Diagnostic, TextSpan};

/// All names of each kind, for messages in the order of declaration.
struct Names<'d> {
    document: &'d Document,
    /// The names of each kind that was asked for.
    declared: BTreeMap<Named, Declared<'d>>,
    /// The numbers of each switch that was asked for.
    numbers: BTreeMap<&'d str, Declared<'d>>,
    /// How many names may yet be compared with one that is wrong.
    looks: usize,
    found: Vec<Diagnostic>,
}

/// Names that are compared in all: more wrong names get no proposal, so that the time grows with
/// the file and not with its square.
const LOOKS: usize = 1_000_000;

/// The names among which a proposal may be looked for; none when there were enough.
fn affordable<'l, 'd>(looks: &mut usize, list: &'l [&'d str]) -> &'l [&'d str] {
    match looks.checked_sub(list.len()) {
        Some(left) => {
            *looks = left;
            list
        }
        None => &[],
    }
}

/// The names of one kind.
struct Declared<'d> {
    /// In the order of declaration, for messages.
    list: Vec<&'d str>,
    /// For looking one up.
    known: BTreeSet<&'d str>,
}

/// Names that point at nothing.
pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    let mut names = Names {
        document,
        declared: BTreeMap::new(),
        numbers: BTreeMap::new(),
        looks: LOOKS,
        found: Vec::new(),
    };
    names.servers();
    names.numbering();
    names.people();
    names.faults();
    names.calls();
    names.found
}

/// The names of one kind, in the order of declaration.
fn declared(document: &Document, kind: Named) -> Declared<'_> {
    fn of<'a, T>(list: &'a [T], name: fn(&'a T) -> &'a Spanned<String>) -> Vec<&'a str> {
        list.iter().map(|item| name(item).value.as_str()).collect()
    }
    let list = match kind {
        Named::Site => of(&document.sites, |site| &site.name),
        Named::Host => of(&document.hosts, |host| &host.name),
        Named::Server => of(&document.servers, |server| &server.name),
        Named::Switch => of(&document.switches, |switch| &switch.name),
        Named::Place => of(&document.places, |place| &place.name),
        Named::Location => of(&document.locations, |location| &location.name),
        Named::Tenant => of(&document.tenants, |tenant| &tenant.name),
        Named::AgentGroup => of(&document.groups, |group| &group.name),
        Named::Phone => of(&document.phones, |phone| &phone.name),
    };
    Declared::new(list)
}

impl<'d> Declared<'d> {
    fn new(list: Vec<&'d str>) -> Self {
        Self { known: list.iter().copied().collect(), list }
    }
}

impl Names<'_> {
    fn name(&mut self, kind: Named, name: &str, span: TextSpan) {
        let document = self.document;
        let declared = self.declared.entry(kind).or_insert_with(|| declared(document, kind));
        if !declared.known.contains(name) {
            let known = affordable(&mut self.looks, &declared.list);
            self.found.push(mistakes::dangling(kind.word(), name, span, known, &declared.list));
        }
    }

    fn maybe(&mut self, kind: Named, name: &Option<Spanned<String>>) {
        if let Some(name) = name {
            self.name(kind, &name.value, name.span);
        }
    }

    fn servers(&mut self) {
        let document = self.document;
        for host in document.hosts.iter().filter(|host| !host.implicit) {
            self.maybe(Named::Site, &host.site);
        }
        for server in document.servers.iter().filter(|server| !server.implicit) {
            self.maybe(Named::Site, &server.site);
            self.maybe(Named::Server, &server.backup);
            if server.host.as_ref() != Some(&server.name) {
                self.maybe(Named::Host, &server.host);
            }
        }
    }

    fn numbering(&mut self) {
        let document = self.document;
        for switch in &document.switches {
            self.maybe(Named::Server, &switch.server);
        }
        for dn in document.places.iter().flat_map(|place| &place.dns) {
            self.name(Named::Switch, &dn.switch.value, dn.switch.span);
            let Some(switch) = document.switch(&dn.switch.value) else { continue };
            let numbers = self.numbers.entry(&switch.name.value).or_insert_with(|| {
                Declared::new(switch.dns.iter().map(|dn| dn.number.value.as_str()).collect())
            });
            let number = &dn.number.value;
            if !numbers.known.contains(number.as_str()) {
                let what = format!("DN on switch `{}`", switch.name.value);
                let known = affordable(&mut self.looks, &numbers.list);
                let span = dn.number.span;
                self.found.push(mistakes::dangling(&what, number, span, known, &numbers.list));
            }
        }
    }

    fn people(&mut self) {
        let document = self.document;
        for group in &document.groups {
            self.maybe(Named::Tenant, &group.tenant);
            self.maybe(Named::Location, &group.location);
            self.maybe(Named::Phone, &group.phone);
            self.maybe(Named::Place, &group.place);
        }
        for person in &document.persons {
            self.maybe(Named::AgentGroup, &person.group);
            for also in &person.also_in {
                self.name(Named::AgentGroup, &also.value, also.span);
            }
            self.maybe(Named::Location, &person.location);
            self.maybe(Named::Phone, &person.phone);
            self.maybe(Named::Place, &person.place);
        }
    }

    fn faults(&mut self) {
        let document = self.document;
        for target in document.faults.iter().flat_map(|fault| &fault.targets) {
            self.target(&target.value, target.span);
        }
        for drain in &document.drains {
            self.maybe(Named::Site, &drain.site);
        }
    }

    fn calls(&mut self) {
        let document = self.document;
        for calls in &document.calls {
            for group in calls.groups.iter().flat_map(|groups| &groups.value) {
                self.name(Named::AgentGroup, &group.value, group.span);
            }
            for share in calls.entry.iter().flat_map(|entry| &entry.value) {
                self.name(Named::Site, &share.site.value, share.site.span);
            }
        }
    }

    fn target(&mut self, target: &Target, span: TextSpan) {
        match target {
            Target::Process(name) | Target::HaLink(name) => self.name(Named::Server, name, span),
            Target::Host(name) => self.name(Named::Host, name, span),
            Target::Site(name) | Target::Logins(name) | Target::Registrar(name) => {
                self.name(Named::Site, name, span);
            }
            Target::Path { from, to, .. } => {
                self.name(Named::Location, from, span);
                self.name(Named::Site, to, span);
            }
            Target::Location(name, _) | Target::Power(name) => {
                self.name(Named::Location, name, span)
            }
            Target::Link(one, other) => {
                self.name(Named::Site, one, span);
                self.name(Named::Site, other, span);
            }
            Target::Every(Pattern { at: Some(site), .. }) => self.name(Named::Site, site, span),
            Target::Every(Pattern { at: None, .. }) => {}
        }
    }
}

/// The names of the locations, as fault targets may use them before anything is implied.
pub(super) fn locations(document: &Document) -> Vec<String> {
    if document.locations.is_empty() {
        return vec![OFFICE.to_owned()];
    }
    document.locations.iter().map(|location| location.name.value.clone()).collect()
}
