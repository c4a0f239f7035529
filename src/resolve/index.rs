//! The numbers of sites, hosts and locations by their names, looked up without a walk through all.

use std::collections::BTreeMap;

use crate::model::{HostId, LocationId, SiteId};
use crate::scenario::document::{Document, Spanned};

/// Numbers by name, in the order of declaration.
#[derive(Debug)]
pub(super) struct Index {
    sites: BTreeMap<String, u32>,
    hosts: BTreeMap<String, u32>,
    locations: BTreeMap<String, u32>,
}

impl Index {
    /// The names of a document.
    pub(super) fn new(document: &Document) -> Self {
        Self {
            sites: numbered(document.sites.iter().map(|site| &site.name)),
            hosts: numbered(document.hosts.iter().map(|host| &host.name)),
            locations: numbered(document.locations.iter().map(|location| &location.name)),
        }
    }

    /// The number of the site of that name.
    pub(super) fn site(&self, name: &str) -> Option<SiteId> {
        self.sites.get(name).copied().map(SiteId)
    }

    /// The number of the host of that name.
    pub(super) fn host(&self, name: &str) -> Option<HostId> {
        self.hosts.get(name).copied().map(HostId)
    }

    /// The number of the location of that name.
    pub(super) fn location(&self, name: &str) -> Option<LocationId> {
        self.locations.get(name).copied().map(LocationId)
    }
}

/// The first of a name has it.
fn numbered<'d>(names: impl Iterator<Item = &'d Spanned<String>>) -> BTreeMap<String, u32> {
    let mut all = BTreeMap::new();
    for (number, name) in names.enumerate() {
        all.entry(name.value.clone()).or_insert(number as u32);
    }
    all
}
