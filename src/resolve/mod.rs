//! From the scenario as written to the model as meant: names become numbers, levels collapse,
//! defaults are filled in, and every effective option keeps where it came from.
//!
//! It judges no configuration: where the checks found that the product leaves disaster recovery
//! off, it is left off.

mod calls;
mod experiment;
mod faults;
mod index;
mod limits;
mod people;
mod phones;
mod registrars;
mod provenance;
mod seats;
mod settings;
mod shifts;
mod topology;

pub use limits::spells;
pub use people::PERSONS;
pub use phones::VENDOR as PHONE_OPTIONS;
pub use provenance::EffectiveOption;

use crate::diagnostic::{Diagnostic, plain};
use crate::model::Model;
use crate::scenario::{Document, DrOff};
use topology::Equipment;

/// A model and where its values come from.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The model.
    pub model: Model,
    /// For each profile of the model, the agents' effective vendor options.
    pub provenance: Vec<Vec<EffectiveOption>>,
}

/// Resolves a document. `off`: the agents for whom the product leaves disaster recovery off because
/// of errors that the checks found; none, if there are no errors.
///
/// The model is `None` if the document has mistakes of the language, or if one is found here; those
/// are returned.
#[must_use]
pub fn resolve(document: &Document, off: &DrOff) -> (Option<Resolved>, Vec<Diagnostic>) {
    if !document.complete {
        return (None, Vec::new());
    }
    let plant = topology::plant(document);
    let (faults, mut found) = faults::faults(document, &plant);
    let mut agents = people::people(document, &plant, off);
    found.append(&mut agents.found);
    let horizon = document.horizon.as_ref().map(|horizon| horizon.value).unwrap_or_default();
    let clock = settings::given(&document.clock);
    let ground = calls::QueueParts {
        index: &plant.index,
        sites: plant.sites.len(),
        agents: &agents,
        clock: clock.as_ref(),
        horizon: settings::instant(horizon),
    };
    let calls = calls::calls(document, ground);
    let (name, title) = (document.name.clone(), document.title.as_ref());
    let Equipment { index, sites, hosts, pairs, locations, .. } = plant;
    let model = Model {
        title: title.map_or_else(|| name.clone(), |title| plain(&title.value).into_owned()),
        name,
        seed: document.seed.as_ref().map_or(settings::SEED, |seed| seed.value),
        horizon: settings::instant(horizon),
        clock,
        flap_window: settings::given(&document.flap_window).unwrap_or(settings::FLAP_WINDOW),
        sites,
        hosts,
        pairs,
        locations,
        groups: agents.groups,
        shifts: agents.shifts.all,
        phones: agents.phones,
        profiles: agents.profiles,
        cohorts: agents.cohorts,
        faults,
        drains: faults::drains(document, &index),
        calls,
        desktop: settings::desktop(&document.desktop),
        policy: settings::policy(&document.policy),
        what_if: settings::what_if(&document.what_if),
        prices: settings::prices(&document.prices),
        experiment: experiment::experiment(&document.experiment),
        thresholds: experiment::thresholds(document),
    };
    found.extend(limits::check(document, &model));
    found.extend(registrars::check(document, &model));
    found.extend(calls::check(document, &model));
    found.extend(shifts::check(document));
    let sound = !found.iter().any(Diagnostic::is_error);
    (sound.then_some(Resolved { model, provenance: agents.provenance }), found)
}
