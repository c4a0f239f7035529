//! One connection of a desktop, as far as it is.

use crate::model::{Role, Side};
use crate::rounds::{Answer, Attempt, BreakOutcome, Search};
use crate::time::Time;

/// The state of a connection. The agenda holds when its next step comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// No connection, and none is sought.
    Off,
    /// Connected, until its next break.
    Live,
    /// Connected, but no keep-alive is answered in time.
    Silent,
    /// Broken and not yet noticed; how that ends is in the `fate` of the link.
    Broken,
    /// Random delay, then the first round after a noticed loss.
    First,
    /// Later rounds of warm standby.
    Rounds,
    /// The round at the target of a move.
    Target,
    /// Preferred and peer in turn.
    Cycle,
}

/// How far an attempt is that waits for its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wait {
    /// It is on its way to the server.
    Comes,
    /// It is there, and asks when it will be served.
    Asks,
    /// Its turn comes at the next step of the connection.
    Queued,
    /// No answer comes in time; `queued`: it has had to wait.
    Fails {
        /// See above.
        queued: bool,
    },
}

/// One connection of a desktop.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    /// Its state.
    pub phase: Phase,
    /// How its last break ends.
    pub fate: BreakOutcome,
    /// The side it is connected to, or makes rounds at (target or first endpoint of a search).
    pub side: Side,
    /// The member it is connected to, or was last.
    pub member: Role,
    /// The member last used, per side.
    pub last: [Role; 2],
    /// What the rounds under way will find, if they ever find anything.
    pub answer: Option<Answer>,
    /// The attempt that comes to a server at a site with a reconnect capacity, and how far it is.
    pub turn: Option<(Attempt, Wait)>,
    /// When it broke, or fell silent.
    pub since: Time,
    /// When that is noticed, if nothing comes between.
    pub notice: Time,
    /// Its pair was out of reach, or did not serve, from that instant on.
    pub unusable: bool,
    /// Start of the first round, or of the one at a target; [`Time::NEVER`]: a restore makes none.
    pub origin: Time,
    /// The position of the search under way.
    pub search: Search,
    /// Its position when it was looked up last: everything before is known.
    pub begun: Search,
    /// Real breaks so far.
    pub breaks: u32,
    /// Noticed losses so far.
    pub losses: u32,
    /// Moved alone to the peer side: origin of its own restore probes; else [`Time::NEVER`].
    pub alone: Time,
}

impl Link {
    /// No connection.
    pub(super) const OFF: Self = Self {
        phase: Phase::Off,
        fate: BreakOutcome::Survives,
        side: Side::Preferred,
        member: Role::Primary,
        last: [Role::Primary; 2],
        answer: None,
        turn: None,
        since: Time::NEVER,
        notice: Time::NEVER,
        unusable: false,
        origin: Time::NEVER,
        search: Search::new(Time::NEVER, 0),
        begun: Search::new(Time::NEVER, 0),
        breaks: 0,
        losses: 0,
        alone: Time::NEVER,
    };

    /// Whether the loss is noticed, and the desktop still at its site.
    pub(crate) const fn reconnecting(&self) -> bool {
        matches!(self.phase, Phase::First | Phase::Rounds)
    }

    /// Whether the desktop is connected nowhere, on its way.
    pub(crate) const fn moving(&self) -> bool {
        matches!(self.phase, Phase::Target | Phase::Cycle)
    }

    /// Whether the desktop believes in the connection.
    pub(crate) const fn believed(&self) -> bool {
        matches!(self.phase, Phase::Live | Phase::Silent | Phase::Broken)
    }

    /// Whether it is really live, even if keep-alives come late.
    pub(crate) const fn live(&self) -> bool {
        matches!(self.phase, Phase::Live | Phase::Silent)
    }
}
