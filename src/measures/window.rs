//! The intervals of a run in which something happened: what pictures over time zoom on.
//!
//! They are read from the fine grid, so they need no second pass over the agents.

use std::collections::BTreeSet;

use crate::model::SiteId;
use crate::simulation::traffic::Traffic;
use crate::time::{NANOS, Span, Time};

use super::course::{Course, Levels, Steps};
use super::frame::{Bins, Frame};
use super::level_changes::LevelChanges;
use super::paged::Paged;
use super::quantity::Total;
use super::site::{SiteTotals, Tick};
use super::turns::{TurnsCourse, limited};

/// Most windows that are kept of a run: the notable ones.
const SHOWN: usize = 6;

/// Most steps of a window: about as many as a picture has columns.
const STEPS: usize = 900;

/// What lies less than this apart belongs together: a loss and what timers make of it.
const TOGETHER: Span = Span::from_secs(300);

/// What lies apart by less than this many times its own length belongs together.
const APART: usize = 3;

/// If at least one part in this many of the time between first and last is busy, one window is enough.
const BUSY: usize = 8;

/// And if the longest busy time is at least one part in this many of it, so that it can be seen.
const SEEN: usize = 20;

/// Numbers of slots in a step that people read easily.
const STRIDES: [usize; 12] = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600];

/// What a window's time is counted from: an incident begins or is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Onset {
    /// Position of the incident, by start.
    pub incident: usize,
    /// It is over rather than begins.
    pub over: bool,
    /// When.
    pub at: Time,
}

/// A stretch of a run in which something happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// Start.
    pub from: Time,
    /// End.
    pub to: Time,
    /// Length of a step of counts.
    pub step: Span,
    /// Length of a step of levels, a part of the other where instants are known.
    pub level_step: Span,
    /// The latest incident that began or ended before anything happened.
    pub onset: Option<Onset>,
    /// Agent time out of service from here until something happens again.
    pub lost: Total,
    /// All agents but those out of service: in service at any site, or not staffed.
    pub all: Levels,
    /// Per site.
    pub sites: Vec<Course>,
    /// Per site with a reconnect capacity.
    pub connections: Vec<(SiteId, TurnsCourse)>,
}

/// The notable windows of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Windows {
    /// The notable ones, in the order of time: those with the most logins, REGISTERs and attempts
    /// to connect at once, the worst of each fault, then the worst of the rest.
    pub shown: Vec<Window>,
    /// How many there are in all; 0: nothing happened, and the one window is the whole run.
    pub number: usize,
}

impl Windows {
    /// Reads them off the totals of all agents.
    pub(super) fn new(
        frame: &Frame,
        agents: u64,
        (sites, absent, changes): Presences<'_>,
        traffic: &Traffic,
    ) -> Self {
        let spells = spells(frame, agents, (sites, absent, traffic));
        let number = spells.len();
        let onsets = onsets(frame);
        let found = spells.into_iter().map(|spell| (onset(frame, &onsets, spell.first), spell));
        let mut shown = telling(frame, &busiest(frame, sites), found.collect());
        if shown.is_empty() {
            let whole = Spell { first: 0, last: frame.grid.count() - 1, lost: 0, left: 0 };
            shown.push((None, whole));
        }
        let own = (sites, absent, changes);
        let shown = shown.into_iter().map(|(onset, spell)| window(frame, own, onset, spell));
        Self { shown: shown.collect(), number }
    }
}

/// Where agents were: on the fine grid at each site and not staffed, and at their instants.
pub(super) type Presences<'a> = (&'a [SiteTotals], &'a Paged, &'a LevelChanges);

/// Busy slots, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Spell {
    first: usize,
    last: usize,
    /// Agents out of service, summed over the slots up to the next interval.
    lost: i128,
    /// Agents out of service when it is over.
    left: i64,
}

impl Spell {
    const fn length(self) -> usize {
        self.last - self.first + 1
    }

    const fn holds(self, slot: usize) -> bool {
        self.first <= slot && slot <= self.last
    }

    const fn joined(self, later: Self) -> Self {
        Self { first: self.first, lost: self.lost + later.lost, ..later }
    }
}

/// Where something happened, with what belongs together put together.
fn spells(
    frame: &Frame,
    agents: u64,
    (sites, absent, traffic): (&[SiteTotals], &Paged, &Traffic),
) -> Vec<Spell> {
    let end = frame.grid.count();
    // An agent that is not staffed is not missing.
    let mut changes: Vec<(usize, i64)> = absent.entries(0..end).collect();
    for site in sites {
        changes.extend(site.level.entries(0..end));
        let counted = site.fine.iter().flat_map(|counts| counts.entries(0..end));
        changes.extend(counted.chain(site.turns.attempts(0..end)).map(|(slot, _)| (slot, 0)));
    }
    changes.extend(retransmissions(frame, traffic).map(|slot| (slot, 0)));
    changes.sort_unstable();
    let all = merged(busy(&changes, agents, end), together(frame.grid));
    let (Some(first), Some(last)) = (all.first(), all.last()) else { return all };
    let (busy, extent) =
        (all.iter().map(|spell| spell.length()).sum::<usize>(), last.last - first.first);
    let longest = all.iter().map(|spell| spell.length()).max().unwrap_or(0);
    if busy * BUSY >= extent && longest * SEEN >= extent {
        return all.into_iter().reduce(Spell::joined).into_iter().collect();
    }
    all
}

/// The slots in which a REGISTER was sent again.
fn retransmissions(frame: &Frame, traffic: &Traffic) -> impl Iterator<Item = usize> {
    let seconds = traffic.registrars.iter().flat_map(|messages| &messages.seconds);
    let again = seconds.filter(|second| second.again > 0);
    again.filter_map(|second| frame.grid.of(Time(second.number.saturating_mul(NANOS))))
}

/// One interval per slot in which something changed, except for how the run begins.
fn busy(changes: &[(usize, i64)], agents: u64, end: usize) -> Vec<Spell> {
    let mut spells: Vec<Spell> = Vec::new();
    let mut serving = 0;
    let mut groups = changes.chunk_by(|a, b| a.0 == b.0).peekable();
    while let Some(group) = groups.next() {
        let slot = group[0].0;
        serving += group.iter().map(|(_, by)| by).sum::<i64>();
        let next = groups.peek().map_or(end, |group| group[0].0);
        let out = i128::from(agents) - i128::from(serving);
        if slot > 0 {
            let left = i64::try_from(out).unwrap_or(i64::MAX);
            let lost = out * (next - slot) as i128;
            spells.push(Spell { first: slot, last: slot, lost, left });
        }
    }
    spells
}

/// Puts together what is less than `together` apart, and then neighbours that are close for their
/// own length.
fn merged(spells: Vec<Spell>, together: usize) -> Vec<Spell> {
    let close = joined(&spells, |before, spell| spell.first - before.last <= together);
    joined(&close, |before, spell| {
        spell.first - before.last <= APART * (before.length() + spell.length())
    })
}

/// Joins neighbours that belong together; the length of what was joined already does not count.
fn joined(spells: &[Spell], belong: impl Fn(&Spell, &Spell) -> bool) -> Vec<Spell> {
    let groups = spells.chunk_by(|before, spell| belong(before, spell));
    groups.filter_map(|group| group.iter().copied().reduce(Spell::joined)).collect()
}

/// Every beginning and end of an incident, in the order of time; beginnings first.
fn onsets(frame: &Frame) -> Vec<Onset> {
    let incidents = frame.incidents.iter().enumerate();
    let mut all: Vec<Onset> = incidents
        .flat_map(|(incident, found)| {
            [(false, found.from), (true, found.to)].map(|(over, at)| Onset { incident, over, at })
        })
        .collect();
    all.sort_by_key(|onset| (onset.at, onset.over));
    all
}

/// The latest one at or before a slot; of those at one instant the first.
fn onset(frame: &Frame, onsets: &[Onset], slot: usize) -> Option<Onset> {
    let at = frame.grid.start(slot);
    let before = onsets.partition_point(|onset| onset.at <= at);
    let latest = onsets[..before].last()?.at;
    onsets[..before].iter().rev().take_while(|onset| onset.at == latest).last().copied()
}

/// The intervals with the busiest slots, then the worst of each fault's beginning and of its end,
/// then the worst of the rest; in the order of time.
fn telling(
    frame: &Frame,
    busiest: &[usize],
    mut all: Vec<(Option<Onset>, Spell)>,
) -> Vec<(Option<Onset>, Spell)> {
    all.sort_by_key(|(_, spell)| (-spell.lost, spell.first));
    let key = |onset: &Option<Onset>| {
        onset.map(|onset| (frame.incidents[onset.incident].source, onset.over))
    };
    let mut seen = BTreeSet::new();
    let mut ranked: Vec<_> = Vec::with_capacity(all.len());
    for (onset, spell) in all {
        let is_busiest = busiest.iter().any(|slot| spell.holds(*slot));
        let is_new = seen.insert(key(&onset));
        ranked.push(((!is_busiest, !is_new), (onset, spell)));
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    let mut shown: Vec<_> = ranked.into_iter().take(SHOWN).map(|(_, found)| found).collect();
    shown.sort_by_key(|(_, spell)| spell.first);
    shown
}

/// The slots with the most logins, with the most REGISTERs and with the most attempts to connect at one site.
fn busiest(frame: &Frame, sites: &[SiteTotals]) -> Vec<usize> {
    let all = 0..frame.grid.count();
    let kinds = [Tick::Login, Tick::Register].map(|tick| {
        let counts = sites.iter().flat_map(|site| site.fine[tick as usize].entries(all.clone()));
        counts.min_by_key(|(slot, count)| (-count, *slot))
    });
    let attempts = sites.iter().flat_map(|site| site.turns.attempts(all.clone()));
    let attempts = attempts.min_by_key(|(slot, count)| (-count, *slot));
    kinds.into_iter().chain([attempts]).flatten().map(|(slot, _)| slot).collect()
}

/// An interval with a margin, back to its onset if that is near.
fn window(frame: &Frame, own: Presences<'_>, onset: Option<Onset>, spell: Spell) -> Window {
    let (grid, (sites, _, changes)) = (frame.grid, own);
    let length = spell.length();
    let begun = onset.map_or(spell.first, |onset| (onset.at.0 / grid.width().0) as usize);
    let first = if spell.first - begun <= length { begun } else { spell.first };
    let margin = ((spell.last - first) / 12).max(3);
    let last = until(frame, onset, spell);
    let end = (last + 1 + margin).min(grid.count());
    let wanted = (end - first.saturating_sub(margin)).div_ceil(STEPS);
    let every = STRIDES.into_iter().find(|stride| *stride >= wanted).unwrap_or(wanted);
    let slots = start(first, margin, every)..end;
    let (from, to) = (grid.start(slots.start), grid.end(slots.end - 1));
    let step = Span(grid.width().0 * every as i64);
    let least = if changes.is_exact() { Span(1) } else { grid.width() };
    let level_step = level_step(to - from, step, least);
    let steps = Steps { from, to, each: level_step };
    let (all, each) = levels(grid, own, &steps);
    let courses = sites.iter().zip(each);
    Window {
        from,
        to,
        step,
        level_step,
        onset,
        lost: Total(spell.lost * i128::from(grid.width().0)),
        all,
        sites: courses.map(|course| Course::new(course, slots.clone(), every)).collect(),
        connections: limited(frame.model)
            .map(|site| (site, sites[site.index()].turns.course(grid, slots.clone(), every)))
            .collect(),
    }
}

/// The last slot that is shown of an interval: where agents stay out of service, the fault's end or that of the run if
/// it is near.
fn until(frame: &Frame, onset: Option<Onset>, spell: Spell) -> usize {
    let end = onset.map_or(Time::NEVER, |onset| frame.incidents[onset.incident].to);
    let end = frame.grid.next(end.min(frame.model.horizon)).min(frame.grid.count() - 1);
    let near = together(frame.grid).max(APART * spell.length());
    let is_near = end > spell.last && end - spell.last <= near;
    if spell.left > 0 && is_near { end } else { spell.last }
}

/// Slots that lie less apart belong together.
fn together(grid: Bins) -> usize {
    (TOGETHER.0 / grid.width().0).max(3) as usize
}

/// The least part of a step, with as many parts as people read easily, that the window has room for, and no less
/// than changes may be late.
fn level_step(window: Span, step: Span, least: Span) -> Span {
    let fits = |parts: &usize| {
        let part = step.0 / *parts as i64;
        step.0 % *parts as i64 == 0 && part >= least.0 && window.0 / part <= STEPS as i64
    };
    let parts = STRIDES.into_iter().rev().find(fits).unwrap_or(1);
    Span(step.0 / parts as i64)
}

/// All agents but those out of service, and those in service at each site.
fn levels(
    grid: Bins,
    (sites, absent, exact): Presences<'_>,
    steps: &Steps,
) -> (Levels, Vec<Levels>) {
    let mut each: Vec<Vec<(Time, i64)>> = vec![Vec::new(); sites.len()];
    let mut all = Vec::new();
    if let Some(exact) = exact.before(steps.to) {
        for (at, site, by) in exact {
            all.push((at, by));
            site.into_iter().for_each(|site| each[site.index()].push((at, by)));
        }
    } else {
        // Where very much happens, the grid alone is there.
        let slots = 0..grid.next(steps.to);
        let changes = |table: &Paged| {
            let changes = table.entries(slots.clone()).map(|(slot, by)| (grid.start(slot), by));
            changes.collect::<Vec<_>>()
        };
        each = sites.iter().map(|site| changes(&site.level)).collect();
        all = each.iter().flatten().copied().chain(changes(absent)).collect();
        all.sort_unstable();
    }
    let each = each.iter().map(|changes| Levels::new(changes, steps)).collect();
    (Levels::new(&all, steps), each)
}

/// A margin before a slot, in whole steps: one of them begins at the slot.
const fn start(first: usize, margin: usize, every: usize) -> usize {
    let steps = margin.div_ceil(every);
    let most = first / every;
    first - every * if steps < most { steps } else { most }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spell(first: usize, last: usize) -> Spell {
        Spell { first, last, lost: 0, left: 0 }
    }

    #[test]
    fn what_is_close_for_its_length_is_one() {
        // A failover of five minutes and the trip home fifteen minutes later belong together; the
        // next one, two hours later, does not.
        let spells = vec![spell(600, 900), spell(1_800, 1_900), spell(9_100, 9_200)];
        assert_eq!(merged(spells, 60), [spell(600, 1_900), spell(9_100, 9_200)]);
        let close = (0..10).map(|n| spell(n * 60, n * 60)).collect();
        assert_eq!(merged(close, 60), [spell(0, 540)]);
        // Noise does not run together: 100 s busy in each 600 s.
        let noise: Vec<_> = (0..10).map(|n| spell(n * 1_000, n * 1_000 + 100)).collect();
        assert_eq!(merged(noise.clone(), 60), noise);
    }

    #[test]
    fn a_step_begins_at_the_fault() {
        assert_eq!(start(600, 112, 5), 485);
        assert_eq!(start(601, 112, 5), 486);
        assert_eq!(start(7, 112, 5), 2, "no more than there is");
        assert_eq!(start(0, 3, 1), 0);
    }

    #[test]
    fn levels_have_a_finer_step_where_there_is_room() {
        let secs = Span::from_secs;
        assert_eq!(level_step(secs(1_080), secs(120), Span(1)), secs(2), "540 steps");
        assert_eq!(level_step(secs(1_080), secs(120), secs(5)), secs(8), "no finer than known");
        assert_eq!(level_step(secs(900), secs(1), Span(1)), secs(1));
        assert_eq!(level_step(secs(1_080), secs(120), secs(300)), secs(120));
    }

    #[test]
    fn lost_time_counts_until_something_happens_again() {
        // Five agents; three gone from slot 10 to slot 14, then two until the end.
        let changes = [(0, 5), (10, -3), (10, 0), (14, 1)];
        let found = busy(&changes, 5, 20);
        let lost: Vec<_> = found.iter().map(|spell| (spell.first, spell.lost)).collect();
        assert_eq!(lost, [(10, 12), (14, 12)]);
    }
}
