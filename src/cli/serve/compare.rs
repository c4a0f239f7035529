//! The edited scenario against the one that was opened, on the same faults and the same random draws,
//! as `compare` does it.

use serde_json::json;

use super::answer::{afford, sound};
use super::folder;
use super::page_store::Live;
use super::talk::Talk;
use crate::cli::command_line::CommandLine;
use crate::cli::failure::Failure;
use crate::cli::pool;
use crate::experiment::{Comparison, Cost, SideBySide, Study};
use crate::report::page::fragment;
use crate::report::{Provenance, Replicated};

/// What the two are called.
const NAMES: [&str; 2] = ["today", "as edited"];

/// Compares a text with the one that was opened, and says the difference; returns what to say at the
/// end.
///
/// # Errors
/// [`Failure::Usage`] if either has errors, or nothing was changed; [`Failure::Interrupted`] if
/// something newer was asked.
pub(super) fn compare(talk: &Talk, text: &str) -> Result<String, Failure> {
    let session = talk.session();
    if text == session.opened {
        return Err(Failure::Usage("nothing was changed: there is nothing to compare".to_owned()));
    }
    let read = |text: &str, which: &str| {
        let wrong = || Failure::Usage(format!("the scenario {which} has errors"));
        sound(session.text(text).study(&[])?).ok_or_else(wrong)
    };
    let today = read(&session.opened, "as it was opened")?;
    let mut edited = read(text, "as edited")?;
    // Both use the same random numbers.
    let seed = today.resolved.model.seed;
    edited.resolved.model.seed = seed;
    let models = vec![&today.resolved.model, &edited.resolved.model];
    let plan = SideBySide::new(&models[0].experiment, None);
    let study = Study::new(models, seed);
    let cost = Cost::of_experiment_within(&study, &plan.range, session.threads(), None);
    afford(talk, &Cost { time_s: 0.0, ..cost })?;
    let pool = pool::pool(session.threads)?;
    let sides = plan.run(&study, &pool, &mut Live::new(talk, plan.level))?;
    let names = NAMES.map(str::to_owned).to_vec();
    let stop = || talk.is_unwanted();
    let comparison = Comparison::new(names, (sides, study.models()), plan.level, &stop)
        .ok_or(Failure::Interrupted)?;
    let count = comparison.gathered[0].count();
    let inputs: Vec<_> = [("today", &today), ("edited", &edited)]
        .map(|(name, scenario)| {
            let file = format!("{name}-{}", session.name());
            scenario.origin.input.clone().named(&file)
        })
        .to_vec();
    let again = CommandLine::new("compare", &inputs).provenance(&inputs, Some(seed));
    let replications = Some(Replicated { first: 0, count: count as u64 });
    let provenance = Provenance { replications, ..again };
    let folder = folder::of_comparison(&comparison, &provenance);
    let html = fragment(&folder, "compared-").map_err(|why| Failure::World(why.to_string()))?;
    let title = format!("Compared with today, {count} replications");
    let differences = crate::report::compare::json(&comparison);
    talk.say("compared", &json!({ "title": title, "html": html, "comparison": differences }));
    Ok(format!("The difference is known from {count} replications of both."))
}
