//! What is implied by what is written: server pairs of a site without any, hosts of their own, the
//! only location. All are marked, so that no check treats them as written by the author.

use std::collections::BTreeSet;

use super::document::{Document, Failover, Host, Location, Sections, Server, Spanned};
use super::mistakes;
use crate::diagnostic::Diagnostic;
use crate::model::Kind;

/// The location that there is if none is declared.
pub(super) const OFFICE: &str = "office";

/// Adds what is implied.
pub(super) fn complete(document: &mut Document) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    add_servers(document, &mut found);
    add_hosts(document);
    document.index_anew();
    if document.locations.is_empty() {
        let name = Spanned { value: OFFICE.to_owned(), span: Default::default() };
        document.locations.push(Location { name, nat_timeout: None, implicit: true });
    }
    found
}

fn add_servers(document: &mut Document, found: &mut Vec<Diagnostic>) {
    let mut servers = Vec::new();
    let kinds = kinds(document);
    for site in &document.sites {
        let on = |flag: &Option<Spanned<bool>>| flag.as_ref().is_some_and(|flag| flag.value);
        for (kind, wanted) in
            [(Kind::Sip, true), (Kind::Stat, on(&site.stat)), (Kind::Config, on(&site.config))]
        {
            if wanted && !kinds.contains(&(site.name.value.clone(), kind.name())) {
                servers.extend(pair(&site.name, kind));
            }
        }
    }
    for server in &servers {
        if let Some(first) = document.server(&server.name.value) {
            let message = format!("the site implies a server `{}`", server.name.value);
            let found_here = mistakes::twice(message, server.name.span, first.name.span);
            found.push(found_here.help("give the server object another name"));
        }
    }
    document.servers.extend(servers);
}

/// The kinds of servers that each site has.
fn kinds(document: &Document) -> BTreeSet<(String, &'static str)> {
    let kind = |server: &Server| server.kind.as_ref().map(|kind| kind.value.name());
    let all = document.servers.iter();
    all.filter_map(|server| Some((document.site_of(server)?.to_owned(), kind(server)?))).collect()
}

fn pair(site: &Spanned<String>, kind: Kind) -> [Server; 2] {
    let name = |number: u32| format!("{}-{}-{number}", site.value, kind.name());
    [implied(site, kind, name(1), Some(name(2))), implied(site, kind, name(2), None)]
}

fn implied(site: &Spanned<String>, kind: Kind, name: String, backup: Option<String>) -> Server {
    let at = |value: String| Spanned { value, span: site.span };
    Server {
        name: at(name),
        kind: Some(Spanned { value: kind, span: site.span }),
        site: Some(site.clone()),
        host: None,
        backup: backup.map(at),
        reconnect_timeout: None,
        address: None,
        failover: Failover::default(),
        sections: Sections::default(),
        implicit: true,
    }
}

/// A server without a `host` runs on the host of its own name, which is implied if need be.
fn add_hosts(document: &mut Document) {
    let mut hosts = Vec::new();
    let known: BTreeSet<&str> =
        document.hosts.iter().map(|host| host.name.value.as_str()).collect();
    for server in &mut document.servers {
        if server.host.is_some() {
            continue;
        }
        server.host = Some(server.name.clone());
        let declared = known.contains(server.name.value.as_str());
        if let (false, Some(site)) = (declared, &server.site) {
            let (name, site) = (server.name.clone(), Some(site.clone()));
            hosts.push(Host { name, site, address: None, implicit: true });
        }
    }
    document.hosts.extend(hosts);
}
