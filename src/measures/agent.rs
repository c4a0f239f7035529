//! The one agent whose records are coming in: what must be remembered until its run is complete.
//!
//! It sums nothing over agents; it turns records into rows.

use crate::model::{AgentId, Model, SiteId, Style};
use crate::time::{Span, Time};
use crate::trace::Cause;

use super::rows::{AgentRow, MoveRow, OutageRow};
use super::site::Stand;

/// A state, and since when: the site that the desktop is at, and why the agent is out of service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stay {
    pub(super) from: Time,
    pub(super) site: Option<SiteId>,
    pub(super) cause: Option<Cause>,
}

impl Stay {
    /// Whether timelines count it as they do a state at this site.
    pub(super) fn alike(&self, site: Option<SiteId>, stand: Stand) -> bool {
        self.site == site && Stand::of(self.site, self.cause) == stand
    }
}

/// An outage, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outage {
    pub(super) from: Time,
    pub(super) to: Time,
    /// Where the agent was in service before.
    pub(super) site: Option<SiteId>,
    /// It begins with a shift: the agent was not staffed before.
    pub(super) comes: bool,
    pub(super) by_cause: [Span; 8],
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
    /// The last state in service, and those of the outage since then; booked as a whole.
    pub(super) stays: Vec<Stay>,
    pub(super) by_cause: [Span; 8],
    pub(super) away: Span,
    pub(super) absent: Span,
    /// Ends of its shifts.
    pub(super) goes: Vec<Time>,
    pub(super) outages: Vec<OutageRow>,
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
    /// Makes ready for the next agent, keeping the room of the lists.
    pub(super) fn begin(&mut self, model: &Model, agent: AgentId) {
        let cohort = model.cohort(agent);
        let profile = &model.profiles[cohort.profile.index()];
        let Self { mut stays, mut outages, mut moves, .. } = std::mem::take(self);
        stays.clear();
        outages.clear();
        moves.clear();
        *self = Self {
            agent,
            sites: [Some(profile.preferred.site), profile.peer.map(|seat| seat.site)],
            group: cohort.group.index(),
            phone: profile.phone,
            style: model.phones.get(profile.phone).map(|phone| phone.style),
            stays,
            outages,
            moves,
            ..Self::default()
        };
    }

    /// The side that a site is on; sites that are not the agent's count as the peer.
    pub(super) fn side(&self, site: SiteId) -> usize {
        usize::from(self.sites[0] != Some(site))
    }

    /// Whether it is out of service.
    pub(super) fn is_out(&self) -> bool {
        self.stays.last().is_some_and(|stay| stay.cause.is_some())
    }

    /// An outage has ended, or is cut at the horizon or at the end of the shift.
    pub(super) fn close(&mut self, outage: &Outage, censored: bool) {
        let Outage { from, to, site, by_cause, .. } = *outage;
        self.by_cause.iter_mut().zip(&by_cause).for_each(|(sum, span)| sum.0 += span.0);
        let late = self.moves.iter().rev().take_while(|row| row.begun >= from).count();
        let moves = &self.moves[self.moves.len() - late..];
        let switchovers = moves.iter().filter(|row| !row.is_restore()).count() as u32;
        let by_restore = moves.first().is_some_and(|row| row.is_restore() && opens(row, from));
        self.outages.push(OutageRow {
            agent: self.agent,
            from,
            to,
            censored,
            cause: largest(&by_cause),
            by_cause,
            site,
            by_restore,
            switchovers,
            if_switched: None,
            regret: None,
        });
        if let Some(cost) = self.if_switched.take() {
            self.compare_stay(cost);
        }
    }

    /// What switching over would have cost in the outage that ended last, or is about to end.
    pub(super) fn if_switched(&mut self, cost: Span) {
        if self.is_out() {
            self.if_switched = Some(cost);
        } else {
            self.compare_stay(cost);
        }
    }

    fn compare_stay(&mut self, cost: Span) {
        if let Some(outage) = self.outages.last_mut() {
            outage.if_switched = Some(cost);
            outage.regret = Some((outage.length() - cost).max(Span::ZERO));
        }
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

    /// A switchover or a restore begins.
    pub(super) fn move_begun(&mut self, window: Span, row: MoveRow) {
        if row.is_restore() {
            self.restored = Some(row.begun);
        }
        let late = self.restored.is_some_and(|restore| row.begun <= restore + window);
        self.moves.push(row);
        self.cut_off = false;
        if let Some(row) = self.moves.last_mut() {
            row.flap = late && !row.is_restore();
        }
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
            let Some(stayed) = self.moves[at].if_stayed else { continue };
            let ended = self.outage_at(&mut near, self.moves[at].begun);
            // Who was away from home before would have come back in any case.
            let home = self.moves[at].from == self.sites[0];
            let begun = self.moves[at].begun;
            let of_shift =
                |row: &&MoveRow| !self.goes.iter().any(|at| begun < *at && *at <= row.begun);
            let back = self.moves.get(restore).filter(|_| home).filter(of_shift);
            let opened = back.and_then(|row| {
                self.outage_at(&mut later, row.begun).filter(|outage| opens(row, outage.from))
            });
            let moved = [ended, opened].into_iter().flatten().map(OutageRow::length);
            let moved = moved.fold(Span::ZERO, |sum, length| sum + length);
            self.moves[at].regret = Some((moved - stayed).max(Span::ZERO));
        }
    }

    /// The outage that an instant lies in; `near` is where the last one was found, for an instant
    /// not after this one.
    fn outage_at(&self, near: &mut usize, at: Time) -> Option<&OutageRow> {
        while self.outages.get(*near).is_some_and(|outage| outage.to <= at) {
            *near += 1;
        }
        self.outages.get(*near).filter(|outage| outage.from <= at)
    }

    /// The agent's row, at the end of its run.
    pub(super) fn row(&self, horizon: Time) -> AgentRow {
        let count =
            |which: fn(&MoveRow) -> bool| self.moves.iter().filter(|m| which(m)).count() as u32;
        AgentRow {
            agent: self.agent,
            staffed: horizon - Time::ZERO - self.absent,
            downtime: self.by_cause.iter().fold(Span::ZERO, |sum, span| sum + *span),
            by_cause: self.by_cause,
            outages: self.outages.len() as u32,
            trips_home: self.outages.iter().filter(|row| row.by_restore).count() as u32,
            longest: self.outages.iter().map(OutageRow::length).max().unwrap_or_default(),
            switchovers: count(|row| !row.is_restore()),
            needless: count(|row| row.needless),
            restores: count(MoveRow::is_restore),
            flaps: count(|row| row.flap),
            away: self.away,
        }
    }
}

/// Whether a move took an agent out of service at an instant.
fn opens(row: &MoveRow, at: Time) -> bool {
    row.in_service_before && row.begun == at
}

/// The cause with the largest share, the first of equals.
fn largest(by_cause: &[Span; 8]) -> Cause {
    let mut best = Cause::Off;
    for cause in Cause::ALL {
        if by_cause[cause as usize] > by_cause[best as usize] {
            best = cause;
        }
    }
    best
}
