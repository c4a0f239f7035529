//! Which objects hold vendor options, and what each is to the option catalogue.

use super::{Document, Sections, Server};
use crate::model::Kind;
use crate::options::Place;

impl Document {
    /// Every object that holds vendor options, with what it is.
    #[must_use]
    pub fn holders_of_options(&self) -> Vec<(Place, &Sections)> {
        let mut found = vec![(Place::Application, &self.application)];
        found.extend(self.tenants.iter().map(|tenant| (Place::Tenant, &tenant.sections)));
        found.extend(self.groups.iter().map(|group| (Place::AgentGroup, &group.sections)));
        found.extend(self.persons.iter().map(|person| (Place::Person, &person.sections)));
        found.extend(self.servers.iter().map(|server| (place_of(server), &server.sections)));
        for dn in self.switches.iter().flat_map(|switch| &switch.dns) {
            let trunk = dn.kind.as_ref().is_some_and(|kind| kind.value == "trunk");
            found.push((if trunk { Place::TrunkDn } else { Place::Dn }, &dn.sections));
        }
        found
    }
}

fn place_of(server: &Server) -> Place {
    match server.kind.as_ref().map(|kind| kind.value) {
        Some(Kind::Stat) => Place::StatServer,
        Some(Kind::Config) => Place::ConfigServer,
        Some(Kind::Sip) | None => Place::SipServer,
    }
}
