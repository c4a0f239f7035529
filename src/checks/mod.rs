//! The Business Continuity configuration checks V01-V54: what an engineer would object to before a
//! scenario is run.
//!
//! They look at the document as written, and at the resolved model where effective values matter.
//! They change nothing; what an error costs is said in a [`DrOff`], which the resolver honours.

mod agents;
mod dn_index;
mod capacity;
mod covered;
mod endpoint;
mod effect;
mod examine;
mod giving_up;
mod group_order;
mod homecoming;
mod idle_keys;
mod lapses;
mod nat;
mod numbers;
mod peers;
mod report;
mod rules;
mod scene;
mod served;
mod servers;
mod second_attempt;
mod spelling;
mod storm;
mod takeover;
mod timers;
mod trunks;
mod values;
mod words;

pub use examine::{Examined, examine};
pub use rules::{RULES, Rule};

use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::scenario::{Document, DrOff};
use report::Report;
use scene::Scene;

/// What the checks found.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// The findings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The agents for whom the product leaves disaster recovery off because of the errors among
    /// them.
    pub off: DrOff,
}

/// Checks a document; `model` is what it resolves to. Without one (after a mistake of the language)
/// only single keys and values are looked at, so that nothing is blamed for what merely follows from
/// another mistake.
#[must_use]
pub fn check(document: &Document, model: Option<&Model>) -> Findings {
    let scene = Scene::new(document);
    let mut report = Report::default();
    values::check(&scene, &mut report);
    spelling::check(&scene, &mut report);
    if let Some(model) = model {
        agents::check(&scene, &mut report);
        servers::check(&scene, &mut report);
        peers::check(&scene, &mut report);
        numbers::check(&scene, &mut report);
        timers::check(&scene, model, &mut report);
        trunks::check(&scene, model, &mut report);
        endpoint::check(&scene, model, &mut report);
        nat::check(&scene, model, &mut report);
        capacity::check(&scene, model, &mut report);
        giving_up::check(&scene, model, &mut report);
        homecoming::check(&scene, model, &mut report);
        lapses::check(&scene, model, &mut report);
        storm::check(&scene, model, &mut report);
        effect::check(&scene, model, &mut report);
        idle_keys::check(&scene, model, &mut report);
        covered::check(&scene, model, &mut report);
        served::check(&scene, model, &mut report);
        group_order::check(&scene, model, &mut report);
    }
    report.close()
}
