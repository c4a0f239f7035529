//! The story of one agent: what failed, when it was noticed, each round and timer, the decision,
//! what the other decision would have cost, and why the agent came back when it did.
//!
//! It renders what the trace, the world and the measures say; it simulates nothing, and decides
//! nothing. The pieces: names (`agent`), time (`clock`), one sentence per record (`sentences`),
//! fault (`background`) or record of the phone (`phone_records`), where one episode ends and the
//! next begins (`episodes`), and what each amounted to (`verdict`).

mod background;
mod clock;
mod phone_records;
mod episodes;
mod agent;
mod sentences;
mod text;
mod verdict;

#[cfg(test)]
mod background_tests;
#[cfg(test)]
mod sentence_tests;
#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::faults::Occurrence;
use crate::measures::{AgentRow, Kept};
use crate::model::{AgentId, DrTimerStarts, Model};
use crate::phones::PhoneRecord;
use crate::time::{Span, Time};
use crate::trace::{Cause, Event, Record};
use crate::world::World;

use agent::StoryAgent;
use background::WorldSentence;
use clock::length;
use episodes::Stretch;

/// What a story is made of.
#[derive(Clone, Copy, Debug)]
pub struct StoryInput<'a> {
    /// The scenario.
    pub model: &'a Model,
    /// What failed.
    pub occurrences: &'a [Occurrence],
    /// What that did to the world.
    pub world: &'a World,
    /// The agent whose story it is.
    pub agent: AgentId,
    /// Everything recorded of that agent, in order.
    pub records: &'a [Record],
    /// What its phone did and met that left no records, in order.
    pub phone_records: &'a [PhoneRecord],
    /// The rows that the measures made of those records alone.
    pub kept: &'a Kept,
}

/// The story of one agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Story {
    /// The agent's name.
    pub agent: String,
    /// Who that is.
    pub introduction: String,
    /// What happened, in order.
    pub episodes: Vec<Episode>,
    /// What it amounted to.
    pub closing: String,
}

/// A stretch of trouble, or what went on meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Episode {
    /// What kind of trouble.
    pub title: String,
    /// It did not concern the agent's work.
    pub meanwhile: bool,
    /// First instant, in nanoseconds since the start.
    #[serde(rename = "from_ns")]
    pub from: Time,
    /// Last instant, in nanoseconds since the start.
    #[serde(rename = "to_ns")]
    pub to: Time,
    /// What happened, in order.
    pub lines: Vec<Line>,
    /// What it amounted to.
    pub verdict: Vec<String>,
}

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// When, in nanoseconds since the start.
    #[serde(rename = "at_ns")]
    pub at: Time,
    /// When, as local time, where the scenario has a calendar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub local: Option<String>,
    /// What.
    pub text: String,
}

/// Returns the story.
#[must_use]
pub fn tell(material: &StoryInput<'_>) -> Story {
    let agent = StoryAgent::new(material.model, material.agent);
    let mut happenings = background::happenings(&agent, material.occurrences, material.world);
    happenings.extend(phone_records::told(&agent, material.phone_records, material.records));
    happenings.sort_by_key(|happening| happening.at);
    let mut episodes = Vec::new();
    for stretch in episodes::cut(material.records) {
        episodes.push(episode(&agent, material, &stretch));
    }
    let mut episodes = with_background(episodes, happenings);
    if let Some(clock) = &material.model.clock {
        let lines = episodes.iter_mut().flat_map(|episode| &mut episode.lines);
        lines.for_each(|line| line.local = Some(clock.at(line.at)));
    }
    Story {
        agent: material.model.agent_name(material.agent),
        introduction: introduction(&agent),
        episodes,
        closing: closing(material),
    }
}

impl Story {
    /// Only the trouble at an instant, or the one nearest to it.
    #[must_use]
    pub fn around(mut self, at: Time) -> Self {
        let distance = |episode: &Episode| {
            let gap = (episode.from - at).max(at - episode.to).max(Span::ZERO);
            (episode.meanwhile, gap)
        };
        let nearest = self.episodes.into_iter().min_by_key(distance);
        self.episodes = nearest.into_iter().collect();
        self
    }
}

fn introduction(agent: &StoryAgent<'_>) -> String {
    let peer = match &agent.profile.peer {
        Some(peer) => format!("peer {}", agent.site(peer.site)),
        None => "no peer: disaster recovery is off".to_owned(),
    };
    let shift = agent.shift.map_or_else(String::new, |shift| format!(", on duty {}", shift.text));
    format!("sits at {}, preferred site {}, {peer}{shift}", agent.location(), agent.preferred())
}

/// Whether the login that is asked for in the first record begins at once.
fn has_its_slot(records: &[Record]) -> bool {
    let [asked, later @ ..] = records else { return false };
    let mut now = later.iter().take_while(|record| record.at == asked.at);
    now.any(|record| matches!(record.event, Event::LoginBegun { .. }))
}

/// The sentences of one episode.
fn episode(agent: &StoryAgent<'_>, material: &StoryInput<'_>, stretch: &Stretch) -> Episode {
    let records = &material.records[stretch.records.clone()];
    let (from, to) = (records[0].at, records[records.len() - 1].at);
    let mut out_since = None;
    let mut lines = Vec::new();
    for (number, record) in records.iter().enumerate() {
        let text = match record.event {
            Event::LoginQueued { .. } if has_its_slot(&records[number..]) => None,
            Event::State { cause, site } => {
                let site = site.map(|site| agent.site(site));
                in_or_out(&mut out_since, record.at, cause, site)
            }
            Event::Broken { kind, site, member }
                if background::hangs(
                    agent,
                    material.occurrences,
                    record.at,
                    (kind, site, member),
                ) =>
            {
                Some(sentences::falls_silent(agent, (kind, site, member)))
            }
            ref event => sentences::sentence(agent, record.at, event),
        };
        lines.extend(text.map(|text| Line { at: record.at, local: None, text }));
    }
    let mut episode =
        Episode { title: String::new(), meanwhile: stretch.calm, from, to, lines, verdict: vec![] };
    judge(agent, material.kept, records, &mut episode);
    episode
}

/// A sentence where an agent falls out of service or comes back.
fn in_or_out(
    out_since: &mut Option<Time>,
    at: Time,
    cause: Option<Cause>,
    site: Option<&str>,
) -> Option<String> {
    match (*out_since, cause) {
        (None, Some(cause)) => {
            *out_since = Some(at);
            let unaware = if cause == Cause::Undetected { ", and unaware of it" } else { "" };
            Some(format!("Out of service{unaware}."))
        }
        (Some(since), None) if site.is_none() => {
            *out_since = None;
            Some(format!("Goes out of service, after {}.", length(at - since)))
        }
        (Some(since), None) => {
            *out_since = None;
            let place = site.map_or(String::new(), |site| format!(" at {site}"));
            Some(format!("In service again{place}, after {}.", length(at - since)))
        }
        _ => None,
    }
}

/// Gives an episode its title and its verdict.
fn judge(agent: &StoryAgent<'_>, kept: &Kept, records: &[Record], episode: &mut Episode) {
    let within = |at: Time| episode.from <= at && at <= episode.to;
    let found = records.iter().rfind(|record| record.event == Event::PreferredFound);
    let mut titles = Vec::new();
    for (number, row) in (1..).zip(&kept.outages).filter(|(_, row)| within(row.from)) {
        titles.push(format!("Outage {number}"));
        episode.verdict.push(verdict::outage(row));
        episode.verdict.extend(verdict::stayed(agent, row));
    }
    for row in kept.moves.iter().filter(|row| within(row.begun)) {
        let what = if row.is_restore() { "restore" } else { "switchover" };
        titles.push(format!("{what} to {}", agent.site(row.to)));
        episode.verdict.extend(verdict::switched(row, kept));
        episode.verdict.extend(verdict::fluttered(agent, row));
        let found = found.map(|record| record.at);
        episode.verdict.extend(verdict::came_back(agent, row, kept, found));
    }
    episode.title = match (titles.is_empty(), episode.meanwhile) {
        (false, _) => titles.join(", "),
        (true, true) => "Meanwhile".to_owned(),
        (true, false) => "A disturbance without an outage".to_owned(),
    };
}

/// Weaves what happened around the agent into its episodes, or between them.
fn with_background(episodes: Vec<Episode>, happenings: Vec<WorldSentence>) -> Vec<Episode> {
    let mut woven: Vec<Episode> = Vec::new();
    let mut waiting = happenings.into_iter().peekable();
    let line =
        |happening: WorldSentence| Line { at: happening.at, local: None, text: happening.text };
    for mut episode in episodes {
        while let Some(before) = waiting.next_if(|happening| happening.at < episode.from) {
            meanwhile(&mut woven, line(before));
        }
        let mut inside = Vec::new();
        while let Some(within) = waiting.next_if(|happening| happening.at <= episode.to) {
            inside.push(line(within));
        }
        // Stable: what happens in the world comes before what the agent makes of it.
        inside.append(&mut episode.lines);
        inside.sort_by_key(|line| line.at);
        episode.lines = inside;
        woven.push(episode);
    }
    for after in waiting {
        meanwhile(&mut woven, line(after));
    }
    woven
}

fn meanwhile(woven: &mut Vec<Episode>, line: Line) {
    match woven.last_mut().filter(|last| last.meanwhile) {
        Some(last) => {
            last.to = line.at;
            last.lines.push(line);
        }
        None => woven.push(Episode {
            title: "Meanwhile".to_owned(),
            meanwhile: true,
            from: line.at,
            to: line.at,
            lines: vec![line],
            verdict: vec![],
        }),
    }
}

/// What the whole run amounted to for the agent.
fn closing(material: &StoryInput<'_>) -> String {
    let Some(row) = material.kept.agents.first() else { return String::new() };
    if row.outages == 0 && row.switchovers == 0 {
        return match material.model.shift(material.agent) {
            Some(_) => "Never out of service on duty in this run.".to_owned(),
            None => "Never out of service in this run.".to_owned(),
        };
    }
    format!(
        "In all: {} out of service in {}, {} ({} needless), {}, {}.",
        length(row.downtime),
        counted(row.outages, "outage"),
        counted(row.switchovers, "switchover"),
        row.needless,
        counted(row.restores, "restore"),
        counted(row.flaps, "flap"),
    )
}

/// The downtime and moves of the agent under the other reading of when the DR timer starts, if they
/// differ. `starts`: the other reading, `other`: the rows of the agent under it.
#[must_use]
pub fn other_reading(starts: DrTimerStarts, own: &Kept, other: &Kept) -> Option<String> {
    let (own, other) = (own.agents.first()?, other.agents.first()?);
    let tally = |row: &AgentRow| (row.downtime, row.outages, row.switchovers, row.restores);
    if tally(own) == tally(other) {
        return None;
    }
    let (name, when) = match starts {
        DrTimerStarts::PairLost => ("pair-lost", "when the first round has failed"),
        DrTimerStarts::FirstDisconnect => ("first-disconnect", "when the loss is noticed"),
    };
    Some(format!(
        "If the DR timer started {when} (`dr-timer-starts = \"{name}\"`): {} out of service in {}, {}, \
         {}.",
        length(other.downtime),
        counted(other.outages, "outage"),
        counted(other.switchovers, "switchover"),
        counted(other.restores, "restore"),
    ))
}

fn counted(number: u32, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}
