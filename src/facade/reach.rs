//! What settings change: the values in force today with where they come from, for how many agents a
//! setting has an effect, and where the others take the option from.

use super::meant::Meant;
use crate::experiment::{Change, InForce};
use crate::options::{self, Entry, Family, Place};
use crate::resolve::PHONE_OPTIONS;
use crate::scenario::document::{Class, VendorOption};
use crate::scenario::set::{self, Written};

/// What each of several settings changes over all variants that have other values of them, `today`
/// without any: a setting that has an effect in one of the variants has one.
pub fn changes<'a>(
    today: Meant<'_>,
    variants: impl Iterator<Item = (Meant<'a>, &'a [Written])>,
) -> Vec<Change> {
    let mut all: Vec<Change> = Vec::new();
    for (variant, written) in variants {
        for written in written {
            let found = change(today, variant, written);
            match all.iter_mut().find(|known| known.path == found.path) {
                None => all.push(found),
                Some(known) if strength(&found) > strength(known) => *known = found,
                Some(_) => {}
            }
        }
    }
    all
}

/// Whether a setting has an effect, and for how many agents.
fn strength(change: &Change) -> (bool, u32) {
    (!change.idle, change.reach.map_or(0, |(affected, _)| affected))
}

/// What a setting changes: `today` without it, `variant` with it.
fn change(today: Meant<'_>, variant: Meant<'_>, written: &Written) -> Change {
    let path = written.setting.path();
    match agents_option(variant, written) {
        Some(name) => of_agents(today, variant, (written, &name)),
        None => {
            let found = set::in_force(today.source.text(), path);
            let in_force = found.map(|(value, at)| InForce {
                value,
                agents: None,
                from: at.map_or("default".to_owned(), |at| line(today, at.start)),
            });
            Change {
                path: path.to_string(),
                in_force: in_force.into_iter().collect(),
                ..Change::default()
            }
        }
    }
}

/// The agents' option that a setting writes; `None`: it is another key.
fn agents_option(variant: Meant<'_>, written: &Written) -> Option<String> {
    let levels = [Place::Application, Place::Tenant, Place::AgentGroup, Place::Person];
    let holders = variant.document.holders_of_options().into_iter();
    let options = holders
        .filter(|(place, _)| levels.contains(place))
        .flat_map(|(_, sections)| sections.options.iter());
    let here = |option: &&VendorOption| option.value.span == written.value;
    options.filter(here).map(|option| option.name.value.clone()).next()
}

fn of_agents(today: Meant<'_>, variant: Meant<'_>, (written, name): (&Written, &str)) -> Change {
    let entry = options::find(name);
    let (mut affected, mut all) = (0, 0);
    let (mut in_force, mut instead): (Vec<InForce>, Vec<InForce>) = (Vec::new(), Vec::new());
    for (now, then) in today.document.classes().iter().zip(variant.document.classes()) {
        all += then.agents();
        let setting = then.effective(name).setting;
        let takes = setting.is_some_and(|setting| setting.option.value.span == written.value);
        let by_phone = entry.is_some() && then.phone().is_some() && PHONE_OPTIONS.contains(&name);
        if takes && !by_phone {
            affected += then.agents();
            add(&mut in_force, value(today, now, name, entry), then.agents());
        } else if by_phone {
            let phone = then.phone().map_or("", |phone| phone.name.value.as_str());
            let from = format!("phone type {phone}");
            let value = InForce { value: String::new(), agents: None, from };
            add(&mut instead, value, then.agents());
        } else {
            add(&mut instead, value(today, now, name, entry), then.agents());
        }
    }
    let off = [today, variant]
        .iter()
        .all(|one| one.model.profiles.iter().all(|profile| profile.dr == [false; 3]));
    let of_dr = entry.is_some_and(|entry| entry.family == Family::DisasterRecovery);
    let ignored = entry.is_some_and(|e| e.drives.is_none_or(|drives| drives.starts_with("check")));
    if in_force.is_empty() {
        in_force.clone_from(&instead);
        in_force.retain(|one| !one.value.is_empty());
    }
    let (idle, instead) = match affected {
        _ if ignored => (true, "nothing in a simulation depends on it".to_owned()),
        _ if of_dr && off => (true, "disaster recovery is off for every agent".to_owned()),
        0 => (true, taken(&instead, true)),
        _ => (false, taken(&instead, false)),
    };
    let path = written.setting.path().to_string();
    Change { path, in_force, reach: Some((affected, all)), instead, idle }
}

/// The value of an option for a class of agents, and where it comes from.
fn value(study: Meant<'_>, class: &Class<'_>, name: &str, entry: Option<&Entry>) -> InForce {
    let setting = class.effective(name).setting;
    let written = setting.and_then(|setting| setting.option.text());
    let value = written.unwrap_or_else(|| entry.map_or("", |entry| entry.default).to_owned());
    let from = setting.map_or("default".to_owned(), |setting| {
        let space = if setting.holder.is_empty() { "" } else { " " };
        let line = line(study, setting.option.value.span.start);
        format!("{}{space}{}, {line}", setting.level.name(), setting.holder)
    });
    InForce { value, agents: None, from }
}

/// Adds agents to those that have the same value from the same place.
fn add(all: &mut Vec<InForce>, one: InForce, agents: u32) {
    match all.iter_mut().find(|known| known.value == one.value && known.from == one.from) {
        Some(known) => known.agents = known.agents.map(|number| number + agents),
        None => all.push(InForce { agents: Some(agents), ..one }),
    }
}

/// Where agents take the option from instead.
fn taken(instead: &[InForce], every: bool) -> String {
    let number = |one: &InForce| one.agents.unwrap_or(0);
    match instead {
        [] => String::new(),
        [only] if every => format!("every agent takes this from {}", only.from),
        all => {
            let each = all.iter().map(|one| match number(one) {
                1 => format!("1 takes this from {}", one.from),
                agents => format!("{agents} take this from {}", one.from),
            });
            each.collect::<Vec<_>>().join(", ")
        }
    }
}

fn line(study: Meant<'_>, at: usize) -> String {
    format!("line {}", study.source.position(at).line)
}
