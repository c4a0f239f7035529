//! `explain`: the story of one agent. Only that agent is simulated (where logins are limited, all
//! of them take part in the rehearsal, because some are before it in the queue).

use std::path::Path;

use super::args::{Explain, Format};
use super::budget::{self, Asking};
use super::command_line::CommandLine;
use super::failure::{Failure, Outcome};
use super::load;
use super::terminal;
use crate::diagnostic::did_you_mean;
use crate::experiment::Cost;
use crate::measures::{Frame, Kept, Measures};
use crate::model::{AgentId, Clock, Cohort, DrTimerStarts, Model};
use crate::random::RandomNumbers;
use crate::report::Provenance;
use crate::report::story::{self, Story, StoryInput};
use crate::scenario::{calendar, units};
use crate::simulation::Simulation;
use crate::time::{Span, Time};
use crate::trace::{Event, Record, Sink};

/// Prints the story.
pub(super) fn run(asked: &Explain) -> Outcome {
    let mut understood =
        load::understood(&asked.file, &asked.changes.set, asked.allow_errors, false)?;
    understood.origin.reseed(asked.seed, &mut understood.resolved.model.seed);
    let (model, origin) = (&understood.resolved.model, &understood.origin);
    let at = asked.at.as_deref();
    let again =
        CommandLine::of("explain", origin).value("--agent", Some(&asked.agent)).value("--at", at);
    let provenance = again.single(origin, model.seed, 0);
    let random = RandomNumbers { seed: model.seed, replication: 0 };
    afford(model, Asking { force: asked.force, quiet: false })?;
    let told = tell(model, &asked.agent, at, random, (asked.format, &provenance));
    told.map_err(|failure| load::shown(failure, |_| Some(&understood)))
}

/// Fails if the world of the story needs more than there is.
///
/// # Errors
/// [`Failure::Usage`] with the figures, unless forced.
pub(super) fn afford(model: &Model, asking: Asking) -> Outcome {
    budget::check(&Cost::of_story(model), Path::new("."), asking)
}

/// Prints the story of an agent in one replication, all of it or what is around a time.
///
/// # Errors
/// [`Failure::Usage`] if there is no such agent or time, [`Failure::Endless`].
pub(super) fn tell(
    model: &Model,
    name: &str,
    at: Option<&str>,
    random: RandomNumbers,
    (format, provenance): (Format, &Provenance),
) -> Outcome {
    let at = at.map(|at| instant(at, model.clock.as_ref())).transpose()?;
    let agent = agent(model, name)?;
    let mut story = story_of(model, agent, random)?;
    if let Some(at) = at {
        if at >= model.horizon {
            return Err(Failure::Usage(format!(
                "--at lies beyond the horizon, {} s",
                model.horizon
            )));
        }
        story = story.around(at);
    }
    match format {
        Format::Text => terminal::print_answer(&story.text(), provenance),
        Format::Json => terminal::print_json(&story, provenance),
    }
}

fn story_of(model: &Model, agent: AgentId, random: RandomNumbers) -> Result<Story, Failure> {
    let simulation = Simulation::new(model, random)?;
    let (records, kept) = lived(&simulation, model, agent)?;
    let phone_records = simulation.phone_records(agent)?;
    let mut story = story::tell(&StoryInput {
        model,
        occurrences: simulation.occurrences(),
        world: simulation.world(),
        agent,
        records: &records,
        phone_records: &phone_records,
        kept: &kept,
    });
    if records.iter().any(|record| matches!(record.event, Event::LossNoticed { .. })) {
        let starts = other_reading(model.policy.dr_timer_starts);
        let mut other = model.clone();
        other.policy.dr_timer_starts = starts;
        let (_, under_it) = lived(&Simulation::new(&other, random)?, &other, agent)?;
        if let Some(sentence) = story::other_reading(starts, &kept, &under_it) {
            story.closing += &format!("\n{sentence}");
        }
    }
    Ok(story)
}

/// The records of an agent, and the rows that the measures make of them.
fn lived(
    simulation: &Simulation<'_>,
    model: &Model,
    agent: AgentId,
) -> Result<(Vec<Record>, Kept), Failure> {
    let mut records: Vec<Record> = Vec::new();
    simulation.agents(agent.0..agent.0 + 1, &mut records)?;
    let frame = Frame::new(model, simulation.occurrences());
    let mut measures = Measures::new(&frame, Kept::default());
    records.iter().for_each(|record| measures.record(*record));
    let (_, kept) = measures.into_parts();
    Ok((records, kept))
}

/// When the DR timer starts by the reading of the vendor's texts that does not hold.
const fn other_reading(starts: DrTimerStarts) -> DrTimerStarts {
    match starts {
        DrTimerStarts::PairLost => DrTimerStarts::FirstDisconnect,
        DrTimerStarts::FirstDisconnect => DrTimerStarts::PairLost,
    }
}

/// A time since the start: a duration with units, or seconds; or local time, where the scenario has a calendar.
fn instant(text: &str, clock: Option<&Clock>) -> Result<Time, Failure> {
    let text = text.trim().trim_start_matches('+');
    if calendar::is_local(text) && calendar::local(text).is_ok() {
        let wrong = |wrong| Failure::Usage(format!("--at {text}: {wrong}"));
        let Some(clock) = clock else {
            return Err(wrong(
                "the scenario does not say when it starts; write \"10m15s\", or seconds".to_owned(),
            ));
        };
        return calendar::instant(text, clock).map_err(wrong);
    }
    let digits = text.trim_end_matches(['s', ' ']);
    let plain = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    let span = if plain { units::duration(&format!("{digits}s")) } else { units::duration(text) };
    let span: Span = span.map_err(|wrong| {
        Failure::Usage(format!("--at {text}: {wrong}; write \"10m15s\", or seconds"))
    })?;
    Ok(Time::ZERO + span)
}

/// The agent of that name, or a guess at what was meant.
///
/// # Errors
/// [`Failure::Usage`] if there is none.
pub(super) fn agent(model: &Model, name: &str) -> Result<AgentId, Failure> {
    model.agent_named(name).ok_or_else(|| {
        let help = match (in_group(model, name), near(model, name)) {
            (Some(group), _) => format!("the agents of that group are called {group}"),
            (None, Some(near)) => format!("did you mean `{near}`?"),
            (None, None) => format!("agents are called {}", examples(model)),
        };
        Failure::Usage(format!("no agent is called `{name}`; {help}"))
    })
}

/// The agents of the group that a name names, alone or with a number.
fn in_group(model: &Model, name: &str) -> Option<String> {
    let group = name.rsplit_once('-').filter(|(_, number)| number.parse::<u64>().is_ok());
    let wanted = [Some(name), group.map(|(group, _)| group)];
    let own = |cohort: &&Cohort| {
        let group = model.groups[cohort.group.index()].name.as_str();
        cohort.person.is_none() && wanted.contains(&Some(group))
    };
    let all: Vec<String> = model.cohorts.iter().filter(own).map(|c| names(model, c)).collect();
    Some(all.join(", ")).filter(|all| !all.is_empty())
}

/// The Person that was probably meant, or the agent of the group that was, with its number.
fn near(model: &Model, name: &str) -> Option<String> {
    let persons = model.cohorts.iter().filter_map(|cohort| cohort.person.as_deref());
    let (group, number) = name.rsplit_once('-').unwrap_or((name, "1"));
    let groups = model.groups.iter().map(|group| group.name.as_str());
    let numbered = || Some(format!("{}-{number}", did_you_mean(group, groups)?));
    let there = || numbered().filter(|near| model.agent_named(near).is_some());
    did_you_mean(name, persons).map(str::to_owned).or_else(there)
}

/// How the agents of a scenario are called: the persons, and the groups with their numbers.
fn examples(model: &Model) -> String {
    let shown: Vec<String> = model.cohorts.iter().take(8).map(|c| names(model, c)).collect();
    let more = if model.cohorts.len() > 8 { " ..." } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// The names of a cohort: `sales-1 to sales-49`, or a person's.
pub(super) fn names(model: &Model, cohort: &Cohort) -> String {
    let first = model.agent_name(cohort.first);
    if cohort.count < 2 {
        return first;
    }
    format!("{first} to {}", model.agent_name(AgentId(cohort.first.0 + cohort.count - 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_durations_or_seconds() {
        let cases = [
            ("903", 903_000),
            ("10m15s", 615_000),
            ("+10m", 600_000),
            ("1.5", 1_500),
            ("90s", 90_000),
        ];
        for (text, millis) in cases {
            let at = instant(text, None).map_err(|failure| failure.to_string());
            assert_eq!(at, Ok(Time::ZERO + Span::from_millis(millis)), "{text}");
        }
        for text in ["", "soon", "-5", "10x"] {
            assert!(instant(text, None).is_err(), "{text}");
        }
    }
}
