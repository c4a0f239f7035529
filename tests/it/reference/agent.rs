//! One agent: all of its state in one place, and the order in which things happen to it within
//! one instant. What happens is in the sibling files.

use std::cell::RefCell;

use switchover::distribution::Law;
use switchover::model::{
    AgentId, Kind, Model, PairId, Phone as PhoneType, Profile, Role, Side, SiteId,
};
use switchover::random::{Entity, Purpose, RandomNumbers};
use switchover::time::{Span, Time};
use switchover::trace::{Event, Record};

use super::Taken;
use super::books::Books;
use super::desktop::{Move, Restoring, Seen, Stage, Timer};
use super::held::Held;
use super::link::{Link, Status, Step};
use super::phone::Phone;
use super::power::Power;
use super::registrars::Registrars;
use super::shifts::Duty;
use super::world::{State, World};

/// Everything about an agent that never changes.
#[derive(Clone, Copy)]
pub struct Me<'a> {
    pub model: &'a Model,
    pub world: &'a World,
    pub registrars: &'a RefCell<Registrars>,
    pub held: &'a RefCell<Held>,
    pub random: RandomNumbers,
    pub id: AgentId,
    pub entity: Entity,
    pub profile: &'a Profile,
    pub phone: &'a PhoneType,
    pub probe_every: Span,
    pub hold_down: Span,
    /// How much later than the first its stage of a staged restore comes.
    pub stage: Span,
}

impl<'a> Me<'a> {
    pub fn new(
        model: &'a Model,
        random: RandomNumbers,
        (world, registrars, held): (&'a World, &'a RefCell<Registrars>, &'a RefCell<Held>),
        id: AgentId,
    ) -> Self {
        let profile = &model.profiles[model.cohort(id).profile.index()];
        Self {
            model,
            world,
            registrars,
            held,
            random,
            id,
            entity: model.agent_entity(id),
            profile,
            phone: &model.phones[profile.phone],
            probe_every: model.probe_interval(profile),
            hold_down: model.what_if.hold_down + stage(model, id),
            stage: stage(model, id),
        }
    }

    pub fn draw(&self, law: &Law, purpose: Purpose, number: u32) -> Span {
        law.sample(&mut self.random.draw(self.entity, purpose, number))
    }

    pub fn site(&self, side: Side) -> Option<SiteId> {
        self.profile.seat(side).map(|seat| seat.site)
    }

    pub fn pair(&self, kind: Kind, side: Side) -> Option<PairId> {
        self.profile.seat(side).and_then(|seat| seat.pair(kind))
    }

    /// Where a member of a pair is.
    pub fn member_site(&self, kind: Kind, side: Side, role: Role) -> Option<SiteId> {
        let pair = &self.model.pairs[self.pair(kind, side)?.index()];
        let member = match role {
            Role::Primary => &pair.primary,
            Role::Backup => pair.backup.as_ref()?,
        };
        Some(self.model.hosts[member.host.index()].site)
    }

    pub fn has_peer(&self) -> bool {
        self.profile.peer.is_some()
    }
}

/// What an agent's stage adds to everyone's hold-down.
fn stage(model: &Model, id: AgentId) -> Span {
    let Some(stages) = model.what_if.stages else { return Span::ZERO };
    let group = model.cohort(id).group;
    let first = model.cohorts.iter().filter(|c| c.group == group).map(|c| c.first).min();
    let place = u64::from(id.0 - first.map_or(0, |first| first.0));
    let size = u64::from(model.groups[group.index()].size);
    let stage = place * u64::from(stages.count) / size;
    Span(stages.step.0 * stage as i64)
}

/// One instant: when, the world then, and what is switched off in a counterfactual.
#[derive(Clone, Copy)]
pub struct Now<'a> {
    pub t: Time,
    pub world: &'a State,
    pub timers: bool,
    /// In a counterfactual: the slots that all have taken.
    pub taken: Option<&'a Taken>,
}

/// An agent.
#[derive(Clone)]
pub struct Agent<'a> {
    pub me: Me<'a>,
    /// Records of the current instant.
    pub out: Vec<Record>,
    pub links: [Link; 3],
    pub phone: Phone,
    /// The current site; none between the start of a move and connecting.
    pub at: Option<Side>,
    pub open: Option<Move>,
    pub logged_in: Time,
    pub ready: Time,
    pub seen: Seen,
    pub restoring: Restoring,
    pub switchovers: Vec<Time>,
    pub logins: u32,
    pub readies: u32,
    pub books: Books<'a>,
    /// The class that comes next in this instant.
    class: u8,
    /// Something happened in classes c to f.
    again: bool,
    /// The login slots of this instant are given.
    pub slots_given: bool,
    /// The login slots taken in a counterfactual.
    pub own_slots: Vec<(SiteId, Time)>,
    pub power: Power,
    pub duty: Duty,
    /// The turns to connect taken in a counterfactual.
    pub own_turns: Vec<(SiteId, Time)>,
    /// Since when a login has waited because nobody can log in.
    pub barred: Option<Time>,
    /// The last answer to when a call holds it no more.
    pub free_at: Option<Time>,
    /// In a counterfactual: until then it is the life of the run.
    pub same_until: Time,
    /// When it leaves a drained site, as it has been told.
    pub leaves_at: Option<Time>,
}

impl<'a> Agent<'a> {
    pub fn new(me: Me<'a>) -> Self {
        let duty = Duty::at_start(&me);
        let mut links = Kind::ALL.map(|kind| Link::new(&me, kind));
        if duty.absent {
            links.iter_mut().for_each(|link| link.status = Status::Off);
        }
        Self {
            me,
            out: Vec::new(),
            links,
            phone: Phone::new(&me),
            at: (!duty.absent).then_some(Side::Preferred),
            duty,
            open: None,
            logged_in: Time::ZERO,
            ready: Time::ZERO,
            seen: Seen::default(),
            restoring: Restoring::default(),
            switchovers: Vec::new(),
            logins: 0,
            readies: 0,
            books: Books::default(),
            class: 0,
            again: false,
            slots_given: false,
            own_slots: Vec::new(),
            power: Power::default(),
            own_turns: Vec::new(),
            barred: None,
            free_at: None,
            same_until: Time::ZERO,
            leaves_at: None,
        }
    }

    /// Class 0: the world's state of this instant reaches the agent.
    pub fn begin_instant(&mut self, now: Now<'a>) {
        self.class = 0;
        self.again = false;
        self.slots_given = false;
        self.keep_picture();
        self.feel_power(now);
        self.feel_shift(now);
        for kind in Kind::ALL {
            self.feel_world(now, kind);
        }
        self.feel_bar(now);
        self.bindings_lost_with_pair(now);
        self.ghosts_end(now);
    }

    /// Classes a to f, again and again until nothing more falls due; whoever joins a login queue
    /// pauses until the slots of this instant are given (`false`), then goes on from there.
    pub fn classes(&mut self, now: Now<'a>) -> bool {
        loop {
            if self.paused(now.t) {
                return false;
            }
            let so_far = self.out.len();
            match self.class {
                0 => self.class_a(now),
                1 => self.class_b(now),
                2 => self.order_to_leave(now),
                3 => self.dr_timers(now),
                4 => self.phone_timer(now),
                5 => self.restore_probe(now),
                6 => self.own_probes(now),
                _ if self.again => self.again = false,
                _ => return true,
            }
            self.again |= self.class > 1 && self.out.len() > so_far;
            self.class = if self.class > 6 { 0 } else { self.class + 1 };
        }
    }

    /// Whether the agent has joined a queue at this instant and waits to hear of a slot.
    fn paused(&self, t: Time) -> bool {
        self.asks_for_turn()
            || !self.slots_given && self.queued().is_some_and(|(_, since)| since == t)
    }

    /// The slots of this instant are given: everyone goes on, and looks at everything once more.
    pub fn resume(&mut self) {
        self.slots_given = true;
        self.again = true;
    }

    /// It is known whether the turn to connect is now: the instant begins again with what is left of it.
    pub fn begin_again(&mut self) {
        self.class = 0;
        self.again = true;
    }

    /// The turn of an attempt that has come at this instant is now.
    pub fn connect_in_turn(&mut self, now: Now<'a>) {
        if let Some((search, turn)) = self.turn() {
            self.turn_comes(now, search, turn);
        }
    }

    fn class_a(&mut self, now: Now<'a>) {
        self.registers_due(now);
        for kind in Kind::ALL {
            self.pending_attempt_succeeds(now, kind);
        }
        if self.asks_for_turn() {
            return;
        }
        self.slot_reached(now);
        self.bar_lifts(now);
        self.login_ends(now);
        self.bindings_run_out(now);
        self.look_at_phone();
    }

    fn class_b(&mut self, now: Now<'a>) {
        // The phone first: a desktop that leaves a server has seen there what the phone does now.
        self.transactions_fail(now);
        self.look_at_phone();
        self.give_up_login(now);
        for kind in Kind::ALL {
            self.notice_loss(now, kind);
        }
        for kind in Kind::ALL {
            self.search(now, kind);
        }
        if self.asks_for_turn() {
            return;
        }
        // A connection that was taken along may be lost at once, and noticed.
        for kind in Kind::ALL {
            self.notice_loss(now, kind);
        }
        for kind in Kind::ALL {
            self.search(now, kind);
        }
        // A phone that has followed its desktop may have been refused at once.
        self.transactions_fail(now);
        self.look_at_phone();
        self.judge_phone(now);
    }

    pub fn tell(&mut self, now: Now<'a>, event: Event) {
        self.out.push(Record { at: now.t, agent: self.me.id, event });
    }

    /// The site whose login queue the agent stands in, and since when.
    pub fn queued(&self) -> Option<(SiteId, Time)> {
        let Stage::Queued { since } = self.open.as_ref()?.stage else { return None };
        Some((self.me.site(self.at?)?, since))
    }

    pub fn falls_due(&self, t: Time) -> bool {
        t == Time::ZERO || self.dues().contains(&t)
    }

    pub fn next_due(&self, t: Time) -> Time {
        self.dues().into_iter().filter(|due| *due > t).min().unwrap_or(Time::NEVER)
    }

    /// Every instant that some part of the agent waits for.
    fn dues(&self) -> Vec<Time> {
        let mut dues = vec![self.ready];
        self.phone.dues(&mut dues);
        dues.extend(self.transaction_ends());
        for link in &self.links {
            dues.extend(link.timer.into_iter().chain(link.own_probe));
            match &link.status {
                Status::Broken { notice, .. } | Status::Silent { notice, .. } => {
                    dues.push(*notice);
                }
                Status::Searching(search) => match search.step {
                    Step::Wait(at) | Step::Between { at, .. } => dues.push(at),
                    Step::Attempt { started, received, .. } => {
                        dues.push(started + self.me.model.connect_timeout(self.me.profile));
                        dues.extend(received.map(|(at, _)| at));
                    }
                    Step::Turn(turn) => dues.extend(turn.at.into_iter().chain([turn.ends])),
                },
                Status::Off | Status::Live(_) => {}
            }
        }
        if let Some(Move { stage: Stage::Login { ends }, .. }) = self.open {
            dues.push(ends);
        }
        if let Some(Move { stage: Stage::Slot { at }, .. }) = self.open {
            dues.push(at);
        }
        dues.extend(self.power.dues());
        dues.extend(self.duty.turn.into_iter().chain(self.leaves_at));
        dues.extend(self.gives_up_at());
        if let Timer::Runs(fires) = self.seen.timer {
            dues.push(fires);
        }
        dues.extend(self.restoring.next.into_iter().chain(self.restoring.delayed));
        dues
    }
}
