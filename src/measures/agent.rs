//! The one agent whose records are coming in: what must be remembered until its run is complete.
//!
//! It sums nothing over agents; it turns records into rows.

use std::ops::Range;

use crate::model::{AgentId, Model, SiteId, Style};
use crate::time::{Span, Time};
use crate::trace::{Cause, Reason};

use super::rows::{AgentRow, MoveRow, OutageRow};
use super::site::Stand;
use super::spot::Spot;

/// An outage that has not ended.
#[derive(Clone, Debug)]
pub(super) struct Open {
    pub(super) from: Time,
    pub(super) site: Option<SiteId>,
    pub(super) by_cause: [Span; 7],
    /// Incidents that hit the agent at its start.
    pub(super) incidents: Range<usize>,
}

/// A site, or none, and a state.
pub(super) type Whereabouts = (Option<SiteId>, Stand);

/// The agent being measured.
#[derive(Clone, Debug, Default)]
pub(super) struct Current {
    pub(super) agent: AgentId,
    /// The preferred and the peer site.
    pub(super) sites: [Option<SiteId>; 2],
    pub(super) phone: usize,
    pub(super) style: Option<Style>,
    pub(super) site: Option<SiteId>,
    pub(super) cause: Option<Cause>,
    /// Start of the present state; `None` before the first.
    pub(super) since: Option<Time>,
    pub(super) open: Option<Open>,
    pub(super) by_cause: [Span; 7],
    pub(super) away: Span,
    pub(super) outages: Vec<OutageRow>,
    pub(super) moves: Vec<MoveRow>,
    /// Came before the end of the outage that it belongs to.
    pub(super) if_switched: Option<Span>,
    /// Site of the SIP Server connection that broke last.
    pub(super) broken: Option<SiteId>,
    pub(super) queued: Option<(SiteId, Time)>,
    /// Where it is, and in which of the three states; `None` before the first.
    pub(super) stand: Option<Whereabouts>,
    /// Where the agent's present state began on the ruler of bins.
    pub(super) held: Option<Spot>,
    /// Where it ceased to be in service at home, if it is not.
    pub(super) left: Option<Spot>,
    /// Registrations in steady refresh, per side.
    pub(super) steady: [bool; 2],
    pub(super) stale: [Option<Time>; 2],
    pub(super) ghost: [Option<Time>; 2],
}

impl Current {
    /// Makes ready for the next agent, keeping the room of the lists.
    pub(super) fn begin(&mut self, model: &Model, agent: AgentId) {
        let profile = &model.profiles[model.cohort(agent).profile.index()];
        let (mut outages, mut moves) =
            (std::mem::take(&mut self.outages), std::mem::take(&mut self.moves));
        outages.clear();
        moves.clear();
        *self = Self {
            agent,
            sites: [Some(profile.preferred.site), profile.peer.map(|seat| seat.site)],
            phone: profile.phone,
            style: model.phones.get(profile.phone).map(|phone| phone.style),
            outages,
            moves,
            ..Self::default()
        };
    }

    /// The side that a site is on; sites that are not the agent's count as the peer.
    pub(super) fn side(&self, site: SiteId) -> usize {
        usize::from(self.sites[0] != Some(site))
    }

    /// Where it is when all is well.
    pub(super) const fn home(&self) -> Whereabouts {
        (self.sites[0], Stand::InService)
    }

    /// Books the time since the last change.
    pub(super) fn settle(&mut self, at: Time) {
        // Instants of a run: no sum of them passes the horizon.
        let span = Span(at.0 - self.since.replace(at).unwrap_or(at).0);
        if let (Some(cause), Some(open)) = (self.cause, &mut self.open) {
            open.by_cause[cause as usize].0 += span.0;
        }
        if self.site != self.sites[0] {
            self.away += span;
        }
    }

    /// Ends the open outage; what it told is in the list then.
    pub(super) fn close(&mut self, at: Time, censored: bool) -> Option<Open> {
        let open = self.open.take()?;
        let sums = self.by_cause.iter_mut().zip(&open.by_cause);
        sums.for_each(|(sum, span)| sum.0 += span.0);
        let late = self.moves.iter().rev().take_while(|row| row.begun >= open.from).count();
        let moves = &self.moves[self.moves.len() - late..];
        let switchovers = moves.iter().filter(|row| !row.is_restore()).count() as u32;
        let by_restore = moves.first().is_some_and(|row| row.is_restore() && opens(row, open.from));
        self.outages.push(OutageRow {
            agent: self.agent,
            from: open.from,
            to: at,
            censored,
            cause: largest(&open.by_cause),
            by_cause: open.by_cause,
            site: open.site,
            by_restore,
            switchovers,
            if_switched: None,
            regret: None,
        });
        if let Some(cost) = self.if_switched.take() {
            self.compare_stay(cost);
        }
        Some(open)
    }

    /// What switching over would have cost in the outage that ended last, or is about to end.
    pub(super) fn if_switched(&mut self, cost: Span) {
        match self.open {
            Some(_) => self.if_switched = Some(cost),
            None => self.compare_stay(cost),
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

    /// The last restore begun at or before an instant.
    pub(super) fn last_restore(&mut self, at: Time) -> Option<&mut MoveRow> {
        self.moves.iter_mut().rev().find(|row| row.is_restore() && row.begun <= at)
    }

    /// A switchover or a restore begins.
    pub(super) fn move_begun(&mut self, window: Span, row: MoveRow) {
        let latest = self.last_restore(row.begun).map(|restore| restore.begun);
        let flap = row.reason != Reason::Restore
            && latest.is_some_and(|restore| row.begun <= restore + window);
        self.moves.push(MoveRow { flap, ..row });
    }

    /// Settles the regret of every switchover, once all outages are known.
    pub(super) fn regret(&mut self) {
        let (mut near, mut later) = (0, 0);
        for at in 0..self.moves.len() {
            let Some(stayed) = self.moves[at].if_stayed else { continue };
            let ended = self.outage_at(&mut near, self.moves[at].begun);
            // Who was away from home before would have come back in any case.
            let home = self.moves[at].from == self.sites[0];
            let back = self.moves[at..].iter().find(|row| row.is_restore()).filter(|_| home);
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
            horizon: horizon - Time::ZERO,
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
fn largest(by_cause: &[Span; 7]) -> Cause {
    let mut best = Cause::Undetected;
    for cause in Cause::ALL {
        if by_cause[cause as usize] > by_cause[best as usize] {
            best = cause;
        }
    }
    best
}
