//! Where a desktop makes its rounds, and what the rounds under way will find: looked up once, and again
//! when an attempt that waited for its turn has failed.

use crate::desktop::{Link, Phase, Slot, Wait};
use crate::model::{Kind, Side};
use crate::rounds::{Endpoint, Found, Search, pause};
use crate::time::{Span, Time};
use crate::trace::Sink;

use super::life::Life;

impl<S: Sink> Life<'_, S> {
    /// The pair of a kind at a side, ready for rounds of warm standby.
    pub(super) fn endpoint(&self, kind: Kind, side: Side) -> Option<Endpoint<'_>> {
        self.endpoint_for(kind, side, false)
    }

    /// The same for rounds that end in a login, or not.
    #[inline]
    fn endpoint_for(&self, kind: Kind, side: Side, login: bool) -> Option<Endpoint<'_>> {
        let view = self.cx.view(side, kind)?;
        let last = self.desk.links[kind.index()].last[side.index()];
        let mut endpoint = self.cx.endpoint(view, self.around(kind, side)?, login, last);
        endpoint.limited = view.limited;
        Some(endpoint)
    }

    /// The same for the first round after a loss: it begins with the member used last.
    pub(super) fn first_endpoint(&self, kind: Kind, side: Side) -> Option<Endpoint<'_>> {
        let mut endpoint = self.endpoint_for(kind, side, false)?;
        if endpoint.view.backup {
            endpoint.first = self.desk.links[kind.index()].last[side.index()];
        }
        endpoint.between = endpoint.view.backup_delay;
        Some(endpoint)
    }

    /// The same for rounds of a move: those of the SIP connection end in a login.
    pub(super) fn move_endpoint(&self, kind: Kind, side: Side) -> Option<Endpoint<'_>> {
        self.endpoint_for(kind, side, kind == Kind::Sip)
    }

    /// Works with the endpoints of a search over both sites, preferred and peer; an agent without a
    /// peer has the first alone.
    pub(super) fn at_both<T>(
        &self,
        kind: Kind,
        work: impl FnOnce(&[Endpoint<'_>]) -> T,
    ) -> Option<T> {
        let home = self.move_endpoint(kind, Side::Preferred)?;
        if !self.cx.has_peer() {
            return Some(work(&[home]));
        }
        Some(work(&[home, self.move_endpoint(kind, Side::Peer)?]))
    }

    /// The pause after the first failed round at a side.
    pub(super) fn first_pause(&self, kind: Kind, side: Side) -> Option<Span> {
        self.cx.view(side, kind).map(|view| pause(view.retry, 1))
    }

    /// A round begins at `origin`; it ends with an answer or without one, or finds a server that
    /// answers in turn.
    pub(super) fn make_round(
        &mut self,
        kind: Kind,
        phase: Phase,
        origin: Time,
        (found, at): (Option<Found>, Time),
    ) {
        let link = self.link(kind);
        (link.phase, link.origin) = (phase, origin);
        (link.answer, link.turn) = match found {
            None => (None, None),
            Some(Found::Answer(answer)) => (Some(answer), None),
            Some(Found::Attempt(turn)) => (None, Some((turn, Wait::Comes))),
        };
        let pending = found.is_some_and(Found::pending);
        let slot = if pending { Slot::Answer(kind) } else { Slot::Round(kind) };
        self.desk.agenda.set_link(kind, slot, at);
    }

    /// A search of many rounds goes on from its position.
    pub(super) fn make_search(&mut self, kind: Kind, phase: Phase, begun: Search) {
        let side = self.desk.links[kind.index()].side;
        let until = self.cx.last_instant();
        let mut search = begun;
        let found = match phase {
            Phase::Cycle => self.at_both(kind, |endpoints| search.run(endpoints, until)).flatten(),
            _ => self.endpoint(kind, side).and_then(|endpoint| search.run(&[endpoint], until)),
        };
        self.searched(kind, phase, begun, (search, found));
    }

    /// A search that was at `begun` has found something, or will not before the horizon.
    pub(super) fn searched(
        &mut self,
        kind: Kind,
        phase: Phase,
        begun: Search,
        (search, found): (Search, Option<Found>),
    ) {
        let link = self.link(kind);
        (link.search, link.begun) = (search, begun);
        let at = found.map_or(Time::NEVER, Found::at);
        self.make_round(kind, phase, begun.next, (found, at));
    }

    /// Preferred and peer in turn, the preferred first, one pause of the present side from now;
    /// after `earlier` rounds of the same search.
    pub(super) fn cycle(&mut self, kind: Kind, earlier: u64) {
        let side = self.desk.links[kind.index()].side;
        let Some(pause) = self.first_pause(kind, side) else { return };
        self.cycle_from(kind, self.desk.now + pause, earlier);
    }

    /// The same from an instant on.
    pub(super) fn cycle_from(&mut self, kind: Kind, origin: Time, earlier: u64) {
        self.make_search(kind, Phase::Cycle, Search::new(origin, earlier));
    }

    /// Rounds begun by `t` in the search under way.
    pub(super) fn rounds_begun(&self, kind: Kind, t: Time) -> u64 {
        let Link { phase, side, origin, begun, .. } = self.desk.links[kind.index()];
        match phase {
            Phase::Off | Phase::Live | Phase::Silent | Phase::Broken => 0,
            Phase::First | Phase::Target => u64::from(origin <= t),
            Phase::Rounds => {
                let endpoint = self.endpoint(kind, side);
                endpoint.map_or(0, |endpoint| begun.count(&[endpoint], t))
            }
            Phase::Cycle => self.at_both(kind, |endpoints| begun.count(endpoints, t)).unwrap_or(0),
        }
    }
}
