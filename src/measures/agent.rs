//! The one agent whose records are coming in: what must be remembered until its run is complete.
//!
//! It sums nothing over agents; it turns records into rows.

use std::ops::Range;

use crate::model::{AgentId, Model, SiteId, Style};
use crate::time::{Span, Time};
use crate::trace::Cause;

use super::rows::{AgentRow, MoveRow, OutageRow};

/// A state, and since when: the site that the desktop is at, and why the agent is out of service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stay {
    pub(super) from: Time,
    pub(super) site: Option<SiteId>,
    pub(super) cause: Option<Cause>,
}

/// An outage under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Outage {
    pub(super) from: Time,
    /// Where the agent was in service before.
    pub(super) site: Option<SiteId>,
    /// It begins with a shift: the agent was not staffed before.
    pub(super) comes: bool,
}

impl Outage {
    /// It begins, after a state in service or not staffed, or with the run.
    pub(super) fn after(last: Option<Stay>, from: Time) -> Self {
        let site = last.and_then(|stay| stay.site);
        Self { from, site, comes: last.is_some() && site.is_none() }
    }
}

/// What is known of an outage when it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FinishedOutage {
    pub(super) censored: bool,
    /// The cause with the largest share.
    pub(super) cause: Cause,
    /// A restore opened it.
    pub(super) by_restore: bool,
}

/// The agent being measured.
#[derive(Clone, Debug, Default)]
pub(super) struct Current {
    pub(super) agent: AgentId,
    /// The preferred and the peer site.
    pub(super) sites: [Option<SiteId>; 2],
    /// The group, by its position.
    pub(super) group: usize,
    pub(super) phone: usize,
    pub(super) style: Option<Style>,
    /// What it is doing.
    pub(super) stay: Option<Stay>,
    /// The slot of the fine grid at which an outage or a shift last began or ended.
    pub(super) slot: usize,
    /// Since when it has not been in service at home.
    pub(super) left: Option<Time>,
    pub(super) outage: Option<Outage>,
    /// Length of the outage per cause, up to the state that lasts.
    pub(super) spent: [Span; 8],
    pub(super) by_cause: [Span; 8],
    pub(super) away: Span,
    pub(super) absent: Span,
    /// Ends of its shifts.
    pub(super) goes: Vec<Time>,
    /// Outages that are over.
    pub(super) outages: Vec<Range<Time>>,
    /// Those that restores opened.
    pub(super) trips_home: u32,
    /// Their rows, if they are needed.
    pub(super) rows: Vec<OutageRow>,
    pub(super) moves: Vec<MoveRow>,
    /// When the preferred site was lost, since the first restore, in the order of noticing.
    pub(super) losses: Vec<Time>,
    /// When the last restore began.
    pub(super) restored: Option<Time>,
    /// Came before the end of the outage that it belongs to.
    pub(super) if_switched: Option<Span>,
    /// Site of the SIP Server connection that broke last.
    pub(super) broken: Option<SiteId>,
    /// The power has failed since the last move began: what comes is no part of it.
    pub(super) cut_off: bool,
    pub(super) queued: Option<(SiteId, Time)>,
    /// The attempt to connect that waits for its turn: where, and since when.
    pub(super) turn: Option<(SiteId, Time)>,
    /// Registrations in steady refresh, per side.
    pub(super) steady: [bool; 2],
    pub(super) stale: [Option<Time>; 2],
    pub(super) ghost: [Option<Time>; 2],
}

impl Current {
    /// Prepares for the next agent, keeping the memory of the lists.
    pub(super) fn begin(&mut self, model: &Model, agent: AgentId) {
        let cohort = model.cohort(agent);
        let profile = &model.profiles[cohort.profile.index()];
        let Self { mut outages, mut rows, mut moves, .. } = std::mem::take(self);
        outages.clear();
        rows.clear();
        moves.clear();
        *self = Self {
            agent,
            sites: [Some(profile.preferred.site), profile.peer.map(|seat| seat.site)],
            group: cohort.group.index(),
            phone: profile.phone,
            style: model.phones.get(profile.phone).map(|phone| phone.style),
            outages,
            rows,
            moves,
            ..Self::default()
        };
    }

    /// The side that a site is on; sites that are not the agent's count as the peer.
    pub(super) fn side(&self, site: SiteId) -> usize {
        usize::from(self.sites[0] != Some(site))
    }

    /// Whether it is out of service.
    pub(super) const fn is_out(&self) -> bool {
        self.outage.is_some()
    }

    /// The moves that an outage began with, and those in it.
    fn moves_from(&self, from: Time) -> &[MoveRow] {
        let before = self.moves.iter().rposition(|row| row.begun < from);
        &self.moves[before.map_or(0, |last| last + 1)..]
    }

    /// Whether a restore opened the outage that began at an instant.
    pub(super) fn by_restore(&self, from: Time) -> bool {
        let recent = self.restored.is_some_and(|restore| restore >= from);
        let opened = |row: &MoveRow| row.is_restore() && opens(row, from);
        recent && self.moves_from(from).first().is_some_and(opened)
    }

    /// An outage has ended, or is cut at the horizon or at the end of the shift: its row.
    pub(super) fn row_of(&self, outage: &Outage, to: Time, whole: &FinishedOutage) -> OutageRow {
        let Outage { from, site, .. } = *outage;
        let moves = self.moves_from(from).iter();
        OutageRow {
            agent: self.agent,
            from,
            to,
            censored: whole.censored,
            cause: whole.cause,
            by_cause: self.spent,
            site,
            by_restore: whole.by_restore,
            switchovers: moves.filter(|row| !row.is_restore()).count() as u32,
            if_switched: None,
            regret: None,
        }
    }

    /// An outage is over.
    pub(super) fn ended(&mut self, outage: Range<Time>, by_restore: bool) {
        let spent = std::mem::take(&mut self.spent);
        self.by_cause.iter_mut().zip(spent).for_each(|(sum, span)| sum.0 += span.0);
        self.trips_home += u32::from(by_restore);
        self.outages.push(outage);
    }

    /// What switching over would have cost in the outage that ended last: its regret.
    pub(super) fn compare_stay(&mut self, cost: Span) -> Option<Span> {
        let outage = self.outages.last()?;
        let regret = Some((outage.end - outage.start - cost).max(Span::ZERO));
        if let Some(row) = self.rows.last_mut() {
            (row.if_switched, row.regret) = (Some(cost), regret);
        }
        regret
    }

    /// The last switchover begun before an instant.
    pub(super) fn last_switchover(&mut self, before: Time) -> Option<&mut MoveRow> {
        self.moves.iter_mut().rev().find(|row| !row.is_restore() && row.begun < before)
    }

    /// The move that is under way, or that was the last, if the power has not failed since.
    pub(super) fn last_move(&mut self) -> Option<&mut MoveRow> {
        self.moves.last_mut().filter(|_| !self.cut_off)
    }

    /// What it would have cost to stay instead of a switchover begun in service at an instant.
    pub(super) fn if_remained(&mut self, begun: Time, downtime: Span) {
        let mut late = self.moves.iter_mut().rev();
        if let Some(row) = late.find(|row| !row.is_restore() && row.begun == begun) {
            row.if_stayed = Some(downtime);
        }
    }

    /// A switchover begins: whether it is a flap.
    pub(super) fn flaps(&self, window: Span, at: Time) -> bool {
        self.restored.is_some_and(|restore| at <= restore + window)
    }

    /// A restore was premature if the preferred site was lost within a window after it.
    pub(super) fn judge_restores(&mut self, window: Span) {
        self.losses.sort_unstable();
        let mut next = 0;
        for row in self.moves.iter_mut().filter(|row| row.is_restore()) {
            while self.losses.get(next).is_some_and(|lost| *lost < row.begun) {
                next += 1;
            }
            row.premature = self.losses.get(next).is_some_and(|lost| *lost <= row.begun + window);
        }
    }

    /// Settles the regret of every switchover, once all outages are known.
    pub(super) fn regret(&mut self) {
        let (mut near, mut later, mut restore) = (0, 0, 0);
        for at in 0..self.moves.len() {
            while self.moves.get(restore).is_some_and(|row| restore < at || !row.is_restore()) {
                restore += 1;
            }
            let MoveRow { begun, from, if_stayed: Some(stayed), .. } = self.moves[at] else {
                continue;
            };
            let mut moved = self.outage_at(&mut near, begun).map_or(Span::ZERO, length);
            // An agent that was away from home before would have come back in any case.
            let back = self.moves.get(restore).filter(|_| from == self.sites[0]);
            let of_shift =
                |row: &&MoveRow| !self.goes.iter().any(|at| begun < *at && *at <= row.begun);
            if let Some(row) = back.filter(of_shift)
                && let Some(outage) = self.outage_at(&mut later, row.begun)
                && opens(row, outage.start)
            {
                moved += length(outage);
            }
            self.moves[at].regret = Some((moved - stayed).max(Span::ZERO));
        }
    }

    /// The outage that an instant lies in; `near` is where the last one was found, for an instant
    /// not after this one.
    fn outage_at(&self, near: &mut usize, at: Time) -> Option<&Range<Time>> {
        while self.outages.get(*near).is_some_and(|outage| outage.end <= at) {
            *near += 1;
        }
        self.outages.get(*near).filter(|outage| outage.start <= at)
    }

    /// The agent's row, at the end of its run.
    pub(super) fn row(&self, horizon: Time) -> AgentRow {
        let [mut restores, mut needless, mut flaps] = [0, 0, 0];
        for row in &self.moves {
            restores += u32::from(row.is_restore());
            needless += u32::from(row.needless);
            flaps += u32::from(row.flap);
        }
        AgentRow {
            agent: self.agent,
            staffed: horizon - Time::ZERO - self.absent,
            downtime: self.by_cause.iter().fold(Span::ZERO, |sum, span| sum + *span),
            by_cause: self.by_cause,
            outages: self.outages.len() as u32,
            trips_home: self.trips_home,
            longest: self.outages.iter().map(length).max().unwrap_or_default(),
            switchovers: self.moves.len() as u32 - restores,
            needless,
            restores,
            flaps,
            away: self.away,
        }
    }
}

fn length(outage: &Range<Time>) -> Span {
    outage.end - outage.start
}

/// Whether a move took an agent out of service at an instant.
fn opens(row: &MoveRow, at: Time) -> bool {
    row.in_service_before && row.begun == at
}

/// The cause with the largest share, the first of equals.
pub(super) fn largest(by_cause: &[Span; 8]) -> Cause {
    let mut best = Cause::Off;
    for cause in Cause::ALL {
        if by_cause[cause as usize] > by_cause[best as usize] {
            best = cause;
        }
    }
    best
}
