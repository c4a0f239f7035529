//! Attempts at a SIP Server of a site with a reconnect capacity: each waits for its turn, and fails at
//! the end of the connect timeout if there is no answer by then.
//!
//! ```text
//! Comes --it is at the server--> Asks --the turn is known--> Queued --its turn--> (answered)
//!                                         \--too late--> Fails <--out of reach--/
//! ```
//!
//! When each attempt is served is known to the room `simulation` alone.

use crate::desktop::{Link, Phase, Slot, Wait};
use crate::model::{Kind, Role, Side};
use crate::rounds::{Attempt, Endpoint, Found, split};
use crate::time::{Span, Time};
use crate::trace::{Event, Sink};

use super::life::Life;

impl<S: Sink> Life<'_, S> {
    /// Whether the desktop asks for its turn at the server that it tries.
    pub(super) const fn asks_for_turn(&self) -> bool {
        matches!(self.desk.links[0].turn, Some((_, Wait::Asks)))
    }

    /// The attempt of a restore: at the serving member alone, and no round.
    pub(super) fn restore_in_turn(&mut self, role: Role) {
        let now = self.desk.now;
        let until = now + self.cx.model.connect_timeout(self.cx.profile);
        let delay = Span::ZERO;
        let turn = Attempt { at: now, role, pending: false, until, delay, last: true };
        self.link(Kind::Sip).side = Side::Preferred;
        let found = (Some(Found::Attempt(turn)), now);
        self.make_round(Kind::Sip, Phase::Target, Time::NEVER, found);
    }

    /// The attempt under way takes its next step.
    pub(super) fn turn_goes_on(&mut self, kind: Kind) {
        match self.desk.links[kind.index()].turn {
            Some((turn, Wait::Comes)) => {
                self.desk.agenda.clear_link(kind);
                self.link(kind).turn = Some((turn, Wait::Asks));
            }
            Some((turn, Wait::Queued)) => self.turn_comes(turn, true),
            Some((turn, Wait::Fails { queued })) => self.turn_fails(kind, turn, queued),
            Some((_, Wait::Asks)) | None => {}
        }
    }

    /// It is known when the turn of the attempt comes.
    pub(super) fn turn_known(&mut self, at: Time) {
        let now = self.desk.now;
        let Some((turn, _)) = self.link(Kind::Sip).turn else { return };
        if at == now {
            return self.turn_comes(turn, false);
        }
        let site = self.site(self.endpoint_side());
        self.emit(Event::ConnectionQueued { site });
        let (wait, slot, at) = match at <= turn.until {
            true => (Wait::Queued, Slot::Answer(Kind::Sip), at),
            false => (Wait::Fails { queued: true }, Slot::Round(Kind::Sip), turn.until),
        };
        self.link(Kind::Sip).turn = Some((turn, wait));
        self.desk.agenda.set_link(Kind::Sip, slot, at);
    }

    /// The side of the server that is tried.
    pub(super) fn endpoint_side(&self) -> Side {
        let Link { phase, side, search, .. } = self.desk.links[0];
        if phase == Phase::Cycle { Side::BOTH[usize::from(search.turn)] } else { side }
    }

    /// The turn of the attempt: it is used if the server is within reach and serves.
    fn turn_comes(&mut self, turn: Attempt, queued: bool) {
        let (now, side) = (self.desk.now, self.endpoint_side());
        self.slot_spent = self.outlook(side).at(now).live(turn.role);
        let answer =
            self.endpoint(Kind::Sip, side).and_then(|endpoint| endpoint.answered(turn, now));
        let link = self.link(Kind::Sip);
        link.turn = None;
        match answer {
            Some(answer) if answer.at == now => self.attempt_succeeds(Kind::Sip, answer),
            Some(answer) => {
                link.answer = Some(answer);
                self.desk.agenda.set_link(Kind::Sip, Slot::Answer(Kind::Sip), answer.at);
            }
            None => {
                link.turn = Some((turn, Wait::Fails { queued }));
                self.desk.agenda.set_link(Kind::Sip, Slot::Round(Kind::Sip), turn.until);
            }
        }
    }

    /// No answer by the end of the connect timeout: the round goes on, or has failed.
    fn turn_fails(&mut self, kind: Kind, turn: Attempt, queued: bool) {
        let Link { phase, side, origin, search, .. } = self.desk.links[kind.index()];
        if queued {
            self.emit(Event::ConnectionTimedOut { site: self.site(self.endpoint_side()) });
        }
        let rest = |endpoint: Endpoint<'_>| split(endpoint.rest(turn));
        let round = match phase {
            Phase::First => self.first_endpoint(kind, side).map(rest),
            Phase::Target => self.move_endpoint(kind, side).map(rest),
            _ => return self.search_goes_on(kind, (phase, search), turn),
        };
        let Some(round) = round else { return };
        self.make_round(kind, phase, origin, round);
    }

    /// The same within a search of many rounds.
    fn search_goes_on(
        &mut self,
        kind: Kind,
        (phase, search): (Phase, crate::rounds::Search),
        turn: Attempt,
    ) {
        let mut next = search;
        let side = self.desk.links[kind.index()].side;
        let found = match phase {
            Phase::Cycle => self.at_both(kind, |endpoints| next.go_on(endpoints, turn)).flatten(),
            _ => self.endpoint(kind, side).and_then(|endpoint| next.go_on(&[endpoint], turn)),
        };
        match found.filter(|found| found.at() <= self.cx.last_instant()) {
            None if next == search => self.searched(kind, phase, search, (next, None)),
            None => self.make_search(kind, phase, next),
            found => self.searched(kind, phase, search, (next, found)),
        }
    }
}
