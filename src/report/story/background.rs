//! What fails around the agent: the faults, drains and failovers that touch its sites and paths.

use crate::distribution::Law;
use crate::faults::{Occurrence, Source};
use crate::model::{
    HostId, Impairment, Kind, Pair, PairId, Planes, RegistrarFault, Role, SiteId, Target,
};
use crate::time::Time;
use crate::world::{Means, PairHistory, World};

use super::agent::{StoryAgent, role_name};
use super::clock::{length, since_start};

/// One sentence about the world, at its instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WorldSentence {
    pub(super) at: Time,
    pub(super) text: String,
}

/// Everything in [0, horizon) that touches the agent, in the order of time.
pub(super) fn happenings(
    agent: &StoryAgent<'_>,
    occurrences: &[Occurrence],
    world: &World,
) -> Vec<WorldSentence> {
    let mut all = Vec::new();
    for occurrence in occurrences {
        let name = name(agent, occurrence.source);
        let Some(what) = touched(agent, occurrence) else { continue };
        let for_how_long = length(occurrence.to - occurrence.from);
        let until = since_start(occurrence.to);
        let text = format!("\"{name}\": {what}, until {until} (for {for_how_long}).");
        all.push(WorldSentence { at: occurrence.from, text });
        all.push(WorldSentence { at: occurrence.to, text: format!("\"{name}\" is over.") });
    }
    for pair in pairs_with_ids(agent) {
        all.extend(promotions(agent, world, pair));
    }
    all.retain(|happening| happening.at < agent.model.horizon);
    all.sort_by_key(|happening| happening.at);
    all.dedup();
    all
}

/// Whether a member of a pair of the agent hangs at an instant.
pub(super) fn hangs(
    agent: &StoryAgent<'_>,
    occurrences: &[Occurrence],
    at: Time,
    (kind, site, member): (Kind, SiteId, Role),
) -> bool {
    let pair = agent.seats().find(|seat| seat.site == site).and_then(|seat| seat.pair(kind));
    occurrences.iter().filter(|one| one.from <= at && at < one.to).any(|one| match one.source {
        Source::Fault(fault) => {
            let target = agent.model.faults[fault.index()].targets[one.target as usize];
            matches!(target, Target::Hang(it, role) if Some(it) == pair && role == member)
        }
        Source::Drain(_) => false,
    })
}

fn name<'a>(agent: &StoryAgent<'a>, source: Source) -> &'a str {
    match source {
        Source::Fault(fault) => &agent.model.faults[fault.index()].name,
        Source::Drain(index) => &agent.model.drains[index as usize].name,
    }
}

/// What an occurrence does to the agent's surroundings; `None`: nothing.
fn touched(agent: &StoryAgent<'_>, occurrence: &Occurrence) -> Option<String> {
    let at_our_site = |site| agent.seats().any(|seat| seat.site == site);
    let (target, how) = match occurrence.source {
        Source::Drain(index) => {
            let site = agent.model.drains[index as usize].site;
            return at_our_site(site).then(|| format!("{} is drained", agent.site(site)));
        }
        Source::Fault(fault) => {
            let fault = &agent.model.faults[fault.index()];
            (fault.targets[occurrence.target as usize], &fault.impairment)
        }
    };
    let here = |location| agent.profile.location == location;
    match target {
        Target::Process(pair, role) => process(agent, (pair, role), "stops"),
        Target::Hang(pair, role) => process(agent, (pair, role), "hangs"),
        Target::Host(host) => machine(agent, host),
        Target::Site(site) => {
            at_our_site(site).then(|| format!("all of {} goes dark", agent.site(site)))
        }
        Target::Path(location, site, planes) => (here(location) && at_our_site(site)).then(|| {
            let (planes, from) = (plane_words(planes), agent.location());
            format!("the path from {from} to {} is cut{planes}", agent.site(site))
        }),
        Target::PoorPath(location, site, planes) => {
            (here(location) && at_our_site(site)).then(|| {
                let (from, to) = (agent.location(), agent.site(site));
                format!(
                    "the path from {from} to {to} {}{}",
                    badly(how, planes),
                    plane_words(planes)
                )
            })
        }
        Target::PoorLocation(location, planes) => here(location).then(|| {
            let from = agent.location();
            format!("each path from {from} {}{}", badly(how, planes), plane_words(planes))
        }),
        Target::Location(location, planes) => here(location)
            .then(|| format!("{} is cut off{}", agent.location(), plane_words(planes))),
        Target::HaLink(pair) => separated(agent, pair),
        Target::Power(location) => {
            here(location).then(|| format!("{} has no power", agent.location()))
        }
        Target::Logins(site) => {
            at_our_site(site).then(|| format!("nobody can log in at {}", agent.site(site)))
        }
        Target::Registrar(site, fault) => at_our_site(site)
            .then(|| format!("the registrar of {} {}", agent.site(site), registrar(fault, how))),
        Target::InterSite(..) | Target::PoorLink(..) => None,
    }
}

/// What a registrar does that has a fault.
fn registrar(fault: RegistrarFault, how: &Impairment) -> String {
    match fault {
        RegistrarFault::Hangs => "answers no REGISTER".to_owned(),
        RegistrarFault::Refuses => "refuses every REGISTER".to_owned(),
        RegistrarFault::Slow => badly(how, Planes::Sip),
    }
}

/// What happens to messages to something that is up.
fn badly(how: &Impairment, planes: Planes) -> String {
    let loss = (planes.sip() && how.loss > 0.0)
        .then(|| format!("loses {:.1} % of the packets each way", 100.0 * how.loss));
    let delay = how.delay.as_ref().map(|law| match law {
        Law::Constant(span) => format!("answers after {}", length(*span)),
        _ => "answers late".to_owned(),
    });
    let words: Vec<String> = loss.into_iter().chain(delay).collect();
    words.join(" and ")
}

fn process(agent: &StoryAgent<'_>, (pair, role): (PairId, Role), what: &str) -> Option<String> {
    let ours = pairs_with_ids(agent).into_iter().any(|id| id == pair);
    let member = agent.model.pairs[pair.index()].members().nth(role.index())?;
    ours.then(|| format!("the process {} {what}", member.name))
}

fn separated(agent: &StoryAgent<'_>, pair: PairId) -> Option<String> {
    let ours = pairs_with_ids(agent).into_iter().any(|id| id == pair);
    let name = &agent.model.pairs[pair.index()].name;
    ours.then(|| format!("the members of the pair {name} cannot see each other"))
}

fn machine(agent: &StoryAgent<'_>, host: HostId) -> Option<String> {
    let hit = |pair: &Pair| pair.members().any(|member| member.host == host);
    let name = &agent.model.hosts[host.index()].name;
    agent.pairs().any(hit).then(|| format!("the host {name} falls silent"))
}

const fn plane_words(planes: Planes) -> &'static str {
    match planes {
        Planes::Cti => " for the desktop",
        Planes::Sip => " for the phone",
        Planes::Both => "",
    }
}

fn pairs_with_ids(agent: &StoryAgent<'_>) -> Vec<PairId> {
    let of_seat = |seat: &crate::model::Seat| {
        let seat = *seat;
        crate::model::Kind::ALL.into_iter().filter_map(move |kind| seat.pair(kind))
    };
    agent.seats().flat_map(of_seat).collect()
}

/// The members of a pair that begin to serve after a loss.
fn promotions(agent: &StoryAgent<'_>, world: &World, id: PairId) -> Vec<WorldSentence> {
    let pair = &agent.model.pairs[id.index()];
    let told = |promotion: &crate::world::Promotion| {
        let member = pair.members().nth(promotion.role.index())?;
        let how = match promotion.means {
            Means::Failover => "by failover",
            Means::Repair => "being the first one repaired",
            Means::Return => "being up again",
            Means::Manual => "by manual recovery",
            Means::Preemption => "taking the role back",
            Means::Separation => "for it cannot see the other member",
        };
        let role = role_name(promotion.role);
        let text = format!("{} ({role}) serves now, {how}.", member.name);
        Some(WorldSentence { at: promotion.at, text })
    };
    let history = world.pair(id);
    let mut all: Vec<WorldSentence> = history.promotions.iter().filter_map(told).collect();
    all.extend(reunions(pair, history));
    all
}

/// The ends of the times in which both members of a pair served.
fn reunions(pair: &Pair, history: &PairHistory) -> Vec<WorldSentence> {
    let Some(split) = &history.split else { return Vec::new() };
    let ends = split.changes().windows(2).filter(|change| change[0].1 && !change[1].1);
    let told = ends.filter_map(|change| {
        let at = change[1].0;
        let stays = pair.members().nth(history.serving.at(at)?.index())?;
        let text = format!("Of the pair {}, {} serves alone again.", pair.name, stays.name);
        Some(WorldSentence { at, text })
    });
    told.collect()
}
