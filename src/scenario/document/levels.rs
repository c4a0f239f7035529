//! The four levels of agent options, Application < Tenant < Agent Group < Person, and which of them
//! holds for whom. It does not know what an option means.

use std::collections::BTreeMap;

use crate::model::Simulated;

use super::{AgentGroup, Document, INTERACTION_WORKSPACE, Person, Sections, VendorOption};

/// Where an effective value comes from; later ones win.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// It is not set.
    Default,
    /// The Workspace Application.
    Application,
    /// The agent's Tenant.
    Tenant,
    /// An Agent Group.
    AgentGroup,
    /// The Person.
    Person,
}

impl Level {
    /// The level's name as the vendor writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Application => "Application",
            Self::Tenant => "Tenant",
            Self::AgentGroup => "Agent Group",
            Self::Person => "Person",
        }
    }
}

/// An object that may hold agent options.
#[derive(Clone, Copy, Debug)]
pub struct Holder<'d> {
    /// Level.
    pub level: Level,
    /// The object's name; the Application's is empty.
    pub name: &'d str,
    /// Its options.
    pub sections: &'d Sections,
}

/// A written option that holds for some agent.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'d> {
    /// Level.
    pub level: Level,
    /// The object's name; the Application's is empty.
    pub holder: &'d str,
    /// The option.
    pub option: &'d VendorOption,
}

/// Agents for whom the same options hold: the unnamed ones of a group, or one Person.
#[derive(Clone, Copy, Debug)]
pub struct Class<'d> {
    /// The document.
    pub document: &'d Document,
    /// The group they are counted in.
    pub group: &'d AgentGroup,
    /// The Person, if it is one.
    pub person: Option<&'d Person>,
}

impl Document {
    /// All classes of agents, groups in order, each group's Persons after its unnamed agents.
    #[must_use]
    pub fn classes(&self) -> Vec<Class<'_>> {
        let mut members: BTreeMap<&str, Vec<&Person>> = BTreeMap::new();
        for person in &self.persons {
            if let Some(group) = self.group_of(person) {
                members.entry(group).or_default().push(person);
            }
        }
        let mut classes = Vec::new();
        for group in &self.groups {
            let unnamed = group.agents.as_ref().is_some_and(|agents| agents.value > 0);
            classes.extend(unnamed.then_some(Class { document: self, group, person: None }));
            let persons = members.remove(group.name.value.as_str()).unwrap_or_default();
            let persons = persons.into_iter();
            classes.extend(persons.map(|p| Class { document: self, group, person: Some(p) }));
        }
        classes
    }

    /// Whether calls are simulated in windows, where there are calls.
    #[must_use]
    pub fn has_call_windows(&self) -> bool {
        let chosen = self.calls_simulated.as_ref().map(|chosen| chosen.value);
        !self.calls.is_empty() && chosen == Some(Simulated::Windows)
    }

    /// Whether any agent has a shift.
    #[must_use]
    pub fn has_shifts(&self) -> bool {
        self.groups.iter().any(|group| group.shift.is_some())
            || self.persons.iter().any(|person| person.shift.is_some())
    }

    /// The group a person is counted in: as written, or the only one there is.
    #[must_use]
    pub fn group_of<'d>(&'d self, person: &'d Person) -> Option<&'d String> {
        let only = || (self.groups.len() == 1).then(|| &self.groups[0].name.value);
        person.group.as_ref().map(|group| &group.value).or_else(only)
    }

    /// The tenant of a group: as written, or the only one there is.
    #[must_use]
    pub fn tenant_of<'d>(&'d self, group: &AgentGroup) -> Option<&'d super::Tenant> {
        match &group.tenant {
            Some(name) => self.tenant(&name.value),
            None => (self.tenants.len() == 1).then(|| &self.tenants[0]),
        }
    }
}

impl<'d> Class<'d> {
    /// What to call these agents in a message.
    #[must_use]
    pub fn describe(&self) -> String {
        match self.person {
            Some(person) => format!("person `{}`", person.name.value),
            None => format!("agent group `{}`", self.group.name.value),
        }
    }

    /// Number of agents in this class.
    #[must_use]
    pub fn agents(&self) -> u32 {
        match self.person {
            Some(_) => 1,
            None => self.group.agents.as_ref().map_or(0, |agents| agents.value),
        }
    }

    /// The Agent Groups of these agents: the one they are counted in, then `also-in`.
    #[must_use]
    pub fn groups(&self) -> Vec<&'d AgentGroup> {
        let also = self.person.map_or(&[][..], |person| &person.also_in);
        let named = |name: &str| self.document.group(name);
        std::iter::once(self.group)
            .chain(also.iter().filter_map(|name| named(&name.value)))
            .collect()
    }

    /// The objects whose options hold for these agents, the one that wins first.
    #[must_use]
    pub fn holders(&self) -> Vec<Holder<'d>> {
        let person = self.person.map(|p| (Level::Person, p.name.value.as_str(), &p.sections));
        let groups = self.groups();
        let groups = groups.iter().map(|g| (Level::AgentGroup, g.name.value.as_str(), &g.sections));
        let tenant = self.document.tenant_of(self.group);
        let tenant = tenant.map(|t| (Level::Tenant, t.name.value.as_str(), &t.sections));
        let application = (Level::Application, "", &self.document.application);
        person
            .into_iter()
            .chain(groups)
            .chain(tenant)
            .chain(std::iter::once(application))
            .map(|(level, name, sections)| Holder { level, name, sections })
            .collect()
    }

    /// The effective setting of an option of `interaction-workspace`; `None`: it is not set.
    #[must_use]
    pub fn setting(&self, name: &str) -> Option<Setting<'d>> {
        self.holders().into_iter().find_map(|holder| {
            let option = holder.sections.get(INTERACTION_WORKSPACE, name)?;
            Some(Setting { level: holder.level, holder: holder.name, option })
        })
    }

    /// The phone type of these agents: the Person's, the group's, else the only one there is;
    /// `None`: a softphone with nothing but defaults.
    #[must_use]
    pub fn phone(&self) -> Option<&'d super::Phone> {
        let phones = &self.document.phones;
        let own = self.person.and_then(|person| person.phone.as_ref());
        match own.or(self.group.phone.as_ref()) {
            Some(name) => self.document.phone(&name.value),
            None => (phones.len() == 1).then(|| &phones[0]),
        }
    }

    /// The location where they sit: the Person's, else the group's, else the first.
    #[must_use]
    pub fn location(&self) -> Option<&'d super::Location> {
        let locations = &self.document.locations;
        let own = self.person.and_then(|person| person.location.as_ref());
        match own.or(self.group.location.as_ref()) {
            Some(name) => locations.iter().find(|one| one.name.value == name.value),
            None => locations.first(),
        }
    }

    /// The Place of these agents: the Person's, else the group's.
    #[must_use]
    pub fn place(&self) -> Option<&'d super::Place> {
        let own = self.person.and_then(|person| person.place.as_ref());
        let name = own.or(self.group.place.as_ref())?;
        self.document.place(&name.value)
    }
}
