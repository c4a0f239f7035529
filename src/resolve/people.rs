//! Agents: one cohort and one profile for each class of agents, in the order of declaration.

use crate::diagnostic::Diagnostic;
use crate::model::{AgentId, Cohort, Group, GroupId, Kind, LocationId, Phone, Profile, ProfileId};
use crate::scenario::document::{AgentGroup, Class, Document};
use crate::scenario::{DrOff, Effective};
use crate::time::Span;

use super::phones;
use super::provenance::{self, EffectiveOption};
use super::seats::{self, SeatOptions};
use super::shifts::Shifts;
use super::topology::Equipment;

/// All agents.
#[derive(Default)]
pub(super) struct AllAgents {
    /// Groups.
    pub groups: Vec<Group>,
    /// Shifts.
    pub shifts: Shifts,
    /// Phone types.
    pub phones: Vec<Phone>,
    /// Profiles.
    pub profiles: Vec<Profile>,
    /// Cohorts.
    pub cohorts: Vec<Cohort>,
    /// For each profile, the effective options.
    pub provenance: Vec<Vec<EffectiveOption>>,
    /// Mistakes.
    pub found: Vec<Diagnostic>,
}

/// A Person's index begins here, so that adding agents to its group changes the random numbers of
/// no other agent.
pub const PERSONS: u32 = 1 << 30;

/// Builds them.
pub(super) fn people(document: &Document, plant: &Equipment, off: &DrOff) -> AllAgents {
    let classes = document.classes();
    let mut agents = AllAgents::default();
    let groups = document.groups.iter();
    agents.groups = groups.map(|group| Group { name: group.name.value.clone(), size: 0 }).collect();
    for class in &classes {
        agents.groups[group_id(document, class.group).index()].size += class.agents();
    }
    for (number, class) in classes.iter().enumerate() {
        agents.admit(plant, class, number, off);
    }
    agents
}

impl AllAgents {
    fn admit(&mut self, plant: &Equipment, class: &Class<'_>, number: usize, off: &DrOff) {
        let phone = self.phone(class);
        let Some(profile) = profile(plant, class, number, off, phone) else { return };
        let first = self.cohorts.last().map_or(0, |last| last.first.0 + last.count);
        let ordinal = class.person.and_then(|own| class.document.persons.element_offset(own));
        self.cohorts.push(Cohort {
            first: AgentId(first),
            count: class.agents(),
            group: group_id(class.document, class.group),
            index: ordinal.map_or(0, |ordinal| PERSONS + ordinal as u32),
            profile: ProfileId(self.profiles.len() as u32),
            person: class.person.map(|person| person.name.value.clone()),
            shifts: self.shifts.of(class),
        });
        self.profiles.push(profile);
        self.provenance.push(provenance::options(class));
    }

    /// The number of the phone of some agents; equal phones are one.
    fn phone(&mut self, class: &Class<'_>) -> usize {
        let (phone, found) = phones::phone(class);
        for mistake in found {
            if !self.found.contains(&mistake) {
                self.found.push(mistake);
            }
        }
        if let Some(known) = self.phones.iter().position(|known| *known == phone) {
            return known;
        }
        self.phones.push(phone);
        self.phones.len() - 1
    }
}

fn group_id(document: &Document, group: &AgentGroup) -> GroupId {
    GroupId(document.groups.element_offset(group).unwrap_or(0) as u32)
}

fn profile(
    plant: &Equipment,
    class: &Class<'_>,
    number: usize,
    off: &DrOff,
    phone: usize,
) -> Option<Profile> {
    let option = |name: &str| class.effective(name);
    let enabled = option("disaster-recovery.enabled").is_true() && !off.holds(number, Kind::Sip);
    let (preferred, peer) =
        (option("disaster-recovery.preferred-site"), option("disaster-recovery.peer-site"));
    let options = SeatOptions { enabled, preferred: preferred.text(), peer: peer.text() };
    let seats = seats::seats(plant, class, &options)?;
    let [sip, stat, config] = seats.dr;
    let connection = |on: bool, kind: Kind| on && !off.holds(number, kind);
    Some(Profile {
        location: location(plant, class)?,
        preferred: seats.preferred,
        peer: seats.peer,
        dr: [sip, connection(stat, Kind::Stat), connection(config, Kind::Config)],
        dr_timeout: length(&option("disaster-recovery.timeout")),
        phone_timeout: length(&option("disaster-recovery.wait-for-sipphone-timeout")),
        auto_restore: option("disaster-recovery.auto-restore").is_true(),
        random_delay_range: length(&option("warm-standby.reconnection-random-delay-range")),
        retry_delay: option("warm-standby.retry-delay").lengths(),
        open_timeout: option("warm-standby.open-timeout").length(),
        phone,
    })
}

/// A vendor's time; the catalogue has a default for each that is asked for.
fn length(option: &Effective<'_>) -> Span {
    option.length().unwrap_or_default()
}

fn location(plant: &Equipment, class: &Class<'_>) -> Option<LocationId> {
    let own = class.person.and_then(|person| person.location.as_ref());
    match own.or(class.group.location.as_ref()) {
        Some(name) => plant.index.location(&name.value),
        None => Some(LocationId(0)),
    }
}
