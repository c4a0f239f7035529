//! Questions that more than one room asks of a document: which server is whose backup, what is at
//! which site.

use std::collections::BTreeSet;

use super::positions::Positions;
use super::{
    AgentGroup, Document, Host, INTERACTION_WORKSPACE, Phone, Place, Server, Switch, Tenant,
    VendorOption,
};
use crate::model::Kind;

/// A primary server object and its backup.
#[derive(Clone, Copy, Debug)]
pub struct ServerPair<'d> {
    /// The primary.
    pub primary: &'d Server,
    /// The backup, if it has one.
    pub backup: Option<&'d Server>,
}

/// The positions of names in the lists that are searched by name.
#[derive(Clone, Debug, Default)]
pub(in crate::scenario) struct Index {
    servers: Positions,
    hosts: Positions,
    switches: Positions,
    places: Positions,
    groups: Positions,
    tenants: Positions,
    phones: Positions,
}

impl Document {
    /// To be called when the lists have changed after a question for a name.
    pub(in crate::scenario) fn index_anew(&mut self) {
        self.index = Index::default();
    }

    /// The server object of that name.
    #[must_use]
    pub fn server(&self, name: &str) -> Option<&Server> {
        self.index.servers.find(&self.servers, name, |server| &server.name.value)
    }

    /// The host of that name.
    #[must_use]
    pub fn host(&self, name: &str) -> Option<&Host> {
        self.index.hosts.find(&self.hosts, name, |host| &host.name.value)
    }

    /// The switch of that name.
    #[must_use]
    pub fn switch(&self, name: &str) -> Option<&Switch> {
        self.index.switches.find(&self.switches, name, |switch| &switch.name.value)
    }

    /// The Place of that name.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<&Place> {
        self.index.places.find(&self.places, name, |place| &place.name.value)
    }

    /// The Agent Group of that name.
    #[must_use]
    pub fn group(&self, name: &str) -> Option<&AgentGroup> {
        self.index.groups.find(&self.groups, name, |group| &group.name.value)
    }

    /// The Tenant of that name.
    #[must_use]
    pub fn tenant(&self, name: &str) -> Option<&Tenant> {
        self.index.tenants.find(&self.tenants, name, |tenant| &tenant.name.value)
    }

    /// The phone type of that name.
    #[must_use]
    pub fn phone(&self, name: &str) -> Option<&Phone> {
        self.index.phones.find(&self.phones, name, |phone| &phone.name.value)
    }

    /// The site of a server: its own `site`, else its host's.
    #[must_use]
    pub fn site_of<'d>(&'d self, server: &'d Server) -> Option<&'d str> {
        let of_host = || self.host(&server.host.as_ref()?.value)?.site.as_ref();
        server.site.as_ref().or_else(of_host).map(|site| site.value.as_str())
    }

    /// All server pairs in order of their primaries. A primary is a server object that is not the
    /// backup of another.
    #[must_use]
    pub fn pairs(&self) -> Vec<ServerPair<'_>> {
        let names = self.servers.iter().filter_map(|server| server.backup.as_ref());
        let backups: BTreeSet<&str> = names.map(|name| name.value.as_str()).collect();
        let backs_up = |server: &Server| backups.contains(server.name.value.as_str());
        let primaries = self.servers.iter().filter(|server| !backs_up(server));
        let backup = |p: &Server| p.backup.as_ref().and_then(|name| self.server(&name.value));
        primaries.map(|primary| ServerPair { primary, backup: backup(primary) }).collect()
    }

    /// The pairs of one kind.
    #[must_use]
    pub fn pairs_of(&self, kind: Kind) -> Vec<ServerPair<'_>> {
        self.pairs().into_iter().filter(|pair| pair.primary.is(kind)).collect()
    }
}

impl Server {
    /// Whether it is of that kind.
    #[must_use]
    pub fn is(&self, kind: Kind) -> bool {
        self.kind.as_ref().is_some_and(|own| own.value == kind)
    }

    /// An option of the annex.
    #[must_use]
    pub fn annex(&self, name: &str) -> Option<&VendorOption> {
        self.sections.get(INTERACTION_WORKSPACE, name)
    }

    /// `disaster-recovery.site`; an implicit server's is the name of its site.
    #[must_use]
    pub fn dr_site(&self) -> Option<String> {
        self.named("disaster-recovery.site")
            .or_else(|| self.implicit.then(|| self.site.as_ref().map(|site| site.value.clone()))?)
    }

    /// `disaster-recovery.name`, if it is set.
    #[must_use]
    pub fn dr_name(&self) -> Option<String> {
        self.named("disaster-recovery.name")
    }

    fn named(&self, option: &str) -> Option<String> {
        self.annex(option)?.text().filter(|text| !text.is_empty())
    }
}
