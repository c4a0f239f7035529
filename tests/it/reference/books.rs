//! The books of one agent: outages, needless switchovers, and the two counterfactuals, each
//! stepped through like everything else.

use std::rc::Rc;

use switchover::model::{Kind, Role, RoundOrder, Side};
use switchover::random::Purpose;
use switchover::time::{Span, Time};
use switchover::trace::{Cause, Event, Reason, Record};

use super::Taken;
use super::agent::{Agent, Me, Now};

/// What is counted and remembered for the measures; no decision looks at it.
#[derive(Clone, Default)]
pub struct Books<'a> {
    pub registered: u64,
    pub failed: u64,
    pub probes: u64,
    pub rounds: u64,
    pub ghost: [bool; 2],
    pub stale: [bool; 2],
    /// The agent as it was before this instant, if it was in service.
    before: Option<Box<Agent<'a>>>,
    outage: Option<Outage<'a>>,
    /// The latest switchover of this outage, and whether it was begun in service.
    switchover: Option<(Reason, bool)>,
    /// As in [`Outage`].
    pub parts: Option<Time>,
    /// Whether a restore opened the outage.
    restore_opened: bool,
    /// Whether the power failed in it.
    powerless: bool,
    needless: Option<Needless>,
    /// The desktop came to know of a loss at this instant.
    knew: Option<Known>,
    told: Option<(Option<Side>, Option<Cause>)>,
    /// Outages whose stay is worked out when the run is over, with their ends.
    stays: Vec<(Time, Rc<Outage<'a>>)>,
    /// The agent before this instant, in service or not.
    picture: Option<Box<Agent<'a>>>,
    /// Switchovers begun in service whose end is still to come.
    pledges: Vec<Pledge<'a>>,
    /// Those that have ended, with their ends.
    kept: Vec<(Time, Rc<Pledge<'a>>)>,
}

/// A switchover begun in service.
#[derive(Clone)]
struct Pledge<'a> {
    begun: Time,
    before: Box<Agent<'a>>,
    /// Its outage is not over.
    open: bool,
    /// It ends with the next time in service.
    restored: bool,
}

/// What staying would have cost is not worked out yet.
const PENDING: Span = Span(-1);

impl Books<'_> {
    /// The run is over: works out what staying would have cost beside the others' logins.
    pub fn settle_stays(&self, taken: &Taken, records: &mut [Record]) {
        for (end, outage) in &self.stays {
            let pending = Event::IfStayed { downtime: PENDING };
            let mut records = records.iter_mut().filter(|record| record.at == *end);
            let record = records.find(|record| record.event == pending).expect("it was recorded");
            record.event = Event::IfStayed { downtime: if_stayed(outage, taken) };
        }
        for (end, pledge) in &self.kept {
            let pending = Event::IfRemained { begun: pledge.begun, downtime: PENDING };
            let mut records = records.iter_mut().filter(|record| record.at == *end);
            let record = records.find(|record| record.event == pending).expect("it was recorded");
            let downtime = if_remained(pledge, *end, taken);
            record.event = Event::IfRemained { begun: pledge.begun, downtime };
        }
    }
}

#[derive(Clone)]
struct Outage<'a> {
    start: Time,
    before: Box<Agent<'a>>,
    known: Option<Known>,
    /// When a timer moved the agent, or before that when it asked for a slot.
    parts: Option<Time>,
}

/// A switchover that may turn out to be needless.
#[derive(Clone, Copy)]
struct Needless {
    old: Side,
    usable_again: bool,
}

/// What the desktop would have started from, had it switched over when it came to know.
#[derive(Clone, Copy)]
struct Known {
    at: Time,
    other: Side,
    member: Role,
    logins: u32,
    readies: u32,
}

impl<'a> Agent<'a> {
    /// Before an instant: an outage may start in it.
    pub fn keep_picture(&mut self) {
        self.books.knew = None;
        self.books.before = None;
        self.books.picture = None;
        let picture = Box::new(self.without_memory());
        self.books.picture = Some(picture);
        if self.books.outage.is_none() {
            self.books.before = Some(Box::new(self.clone()));
        }
    }

    /// A copy that remembers no comparison: one that lives on makes none.
    fn without_memory(&self) -> Self {
        let mut copy = self.clone();
        (copy.books.pledges, copy.books.kept) = (Vec::new(), Vec::new());
        copy.books.stays = Vec::new();
        copy
    }

    /// A switchover or a restore begins.
    fn pledge(&mut self, now: Now<'a>, reason: Reason, in_service: bool) {
        if reason == Reason::Restore {
            self.books.pledges.iter_mut().for_each(|pledge| pledge.restored = true);
            return;
        }
        if self.books.pledges.last().is_some_and(|last| last.open) {
            self.books.pledges.pop();
        }
        if in_service && reason != Reason::Drain && now.timers {
            let before = self.books.picture.clone().expect("every instant has one");
            let restored = self.at == Some(Side::Peer);
            let begun = now.t;
            self.books.pledges.push(Pledge { begun, before, open: true, restored });
        }
    }

    /// In service, or the run is over: what has ended is compared.
    fn pledges_end(&mut self, t: Time, all: bool) {
        let (ended, pending) = std::mem::take(&mut self.books.pledges)
            .into_iter()
            .map(|pledge| Pledge { open: false, ..pledge })
            .partition(|pledge| all || pledge.restored);
        self.books.pledges = pending;
        let ended: Vec<Pledge<'a>> = ended;
        for pledge in ended {
            let event = Event::IfRemained { begun: pledge.begun, downtime: PENDING };
            self.out.push(Record { at: t, agent: self.me.id, event });
            self.books.kept.push((t, Rc::new(pledge)));
        }
    }

    /// The desktop notices something at this instant.
    pub fn knows(&mut self, now: Now<'a>) {
        let Some(here) = self.at.filter(|_| self.me.has_peer()) else { return };
        let other = here.other();
        self.books.knew.get_or_insert(Known {
            at: now.t,
            other,
            member: self.links[Kind::Sip.index()].last[other.index()],
            logins: self.logins,
            readies: self.readies,
        });
    }

    /// Whether the agent was in service up to this instant.
    pub fn was_in_service(&self) -> bool {
        matches!(self.books.told, None | Some((Some(_), None)))
    }

    /// A move begins: the one before it can no longer be needless.
    pub fn books_of_move(&mut self, now: Now<'a>, reason: Reason, in_service: bool) {
        self.settle_needless(now);
        self.ghost_begins(now);
        self.pledge(now, reason, in_service);
        if reason == Reason::Restore {
            self.books.restore_opened |= in_service;
            return;
        }
        self.books.switchover = Some((reason, in_service));
        if reason != Reason::Drain {
            self.parts(now);
        }
        if let Some(old) = self.at.filter(|_| reason != Reason::Drain && !in_service) {
            self.books.needless = Some(Needless { old, usable_again: false });
        }
    }

    /// From here on it would be another life had no timer moved the agent.
    pub fn parts(&mut self, now: Now<'a>) {
        self.books.parts.get_or_insert(now.t);
    }

    /// The power fails: a move that was open is over.
    pub fn books_of_power(&mut self, now: Now<'a>) {
        self.settle_needless(now);
        self.ghost_stays(now);
        self.books.powerless = true;
    }

    /// The desktop has no power when the agent comes.
    pub fn comes_without_power(&mut self) {
        self.books.powerless = true;
    }

    /// The shift ends: a move that was open is over, and what is still compared is compared up to here.
    pub fn books_of_going(&mut self, now: Now<'a>) {
        self.pledges_end(now.t, true);
        self.settle_needless(now);
        let side = self.at.filter(|side| self.reached(now, Kind::Sip, *side).is_none());
        if side.is_some() {
            self.ghost_stays(now);
        }
    }

    fn settle_needless(&mut self, now: Now<'a>) {
        if self.books.needless.take().is_some_and(|it| it.usable_again) {
            self.tell(now, Event::Needless);
        }
    }

    /// After the last step of an instant.
    pub fn finish(&mut self, now: Now<'a>) {
        self.watch_phone(now);
        self.restoring.available = self.available_since(now);
        self.watch_stale(now);
        self.judge_signing_in(now);
        if self.is_away() {
            self.books.outage = None;
            self.books.switchover = None;
            self.books.parts = None;
            self.books.restore_opened = false;
            self.books.powerless = false;
        } else if self.in_service(now) {
            self.settle_needless(now);
            self.outage_ends(now.t);
            self.pledges_end(now.t, false);
        } else {
            self.outage_goes_on(now);
        }
        let at = self.at.filter(|_| !self.is_away());
        let state = (at, self.cause(now));
        if self.books.told != Some(state) {
            self.books.told = Some(state);
            let site = at.and_then(|side| self.me.site(side));
            self.tell(now, Event::State { site, cause: state.1 });
        }
    }

    fn outage_goes_on(&mut self, now: Now<'a>) {
        if let Some(it) = self.books.needless {
            let usable_again = it.usable_again || self.usable(now, it.old);
            self.books.needless = Some(Needless { usable_again, ..it });
        }
        if self.desktop_knows() {
            self.knows(now);
        }
        if let Some(before) = self.books.before.take() {
            self.books.outage = Some(Outage { start: now.t, before, known: None, parts: None });
        }
        let knew = self.books.knew;
        if let Some(outage) = &mut self.books.outage {
            outage.known = outage.known.or(knew);
        }
    }

    fn outage_ends(&mut self, end: Time) {
        self.close_outage(end);
        self.books.switchover = None;
        self.books.parts = None;
        self.books.restore_opened = false;
        self.books.powerless = false;
    }

    /// What the other decision would have cost.
    fn close_outage(&mut self, end: Time) {
        let Some(outage) = self.books.outage.take() else { return };
        let event = match self.books.switchover {
            Some((Reason::Drain, _)) => return,
            Some((_, true)) => return,
            Some((_, false)) => {
                let outage = Outage { parts: self.books.parts, ..outage };
                self.books.stays.push((end, Rc::new(outage)));
                // Who takes which slot until then is not known yet.
                Event::IfStayed { downtime: PENDING }
            }
            None => {
                let known = outage
                    .known
                    .or(self.books.knew)
                    .filter(|_| !self.books.restore_opened && !self.books.powerless);
                let ends = self.duty.turn.unwrap_or(Time::NEVER);
                let downtime =
                    known.and_then(|known| if_switched(&self.me, (outage.start, ends), known));
                Event::IfSwitched { downtime }
            }
        };
        self.out.push(Record { at: end, agent: self.me.id, event });
    }

    /// At the horizon.
    pub fn close_books(&mut self, horizon: Time) {
        self.books.knew = None;
        self.close_outage(horizon);
        self.pledges_end(horizon, true);
        let needless = self.books.needless.is_some_and(|it| it.usable_again);
        if needless && (self.open.is_none()) {
            self.out.push(Record { at: horizon, agent: self.me.id, event: Event::Needless });
        }
        let Books { registered, failed, probes, rounds, .. } = self.books;
        let event = Event::Tally { registered, failed, probes, rounds };
        self.out.push(Record { at: horizon, agent: self.me.id, event });
    }
}

/// An agent without either timer.
fn without_timers<'a>(before: &Agent<'a>) -> Agent<'a> {
    let mut agent = before.clone();
    agent.seen.timer = super::desktop::Timer::Off;
    for link in &mut agent.links {
        link.timer = None;
    }
    agent.recall_answers();
    agent
}

/// Replays one instant of such an agent; whether it is in service then.
fn replay<'a>(agent: &mut Agent<'a>, t: Time, taken: &'a Taken) -> bool {
    let now = Now { t, world: agent.me.world.at(t), timers: false, taken: Some(taken) };
    agent.begin_instant(now);
    agent.books.before = None;
    agent.classes(now);
    agent.watch_phone(now);
    agent.restoring.available = agent.available_since(now);
    agent.judge_signing_in(now);
    agent.out.clear();
    agent.in_service(now) || agent.is_away()
}

/// Replays the outage with neither timer, until the agent is in service or the run is over.
fn if_stayed<'a>(outage: &Outage<'a>, taken: &'a Taken) -> Span {
    let mut agent = without_timers(&outage.before);
    agent.same_until = outage.parts.unwrap_or(outage.start);
    let me = agent.me;
    let mut t = outage.start;
    while t < me.model.horizon {
        if replay(&mut agent, t, taken) {
            return t - outage.start;
        }
        t = me.world.next_after(t).min(agent.next_due(t));
    }
    me.model.horizon - outage.start
}

/// Replays from before a switchover with neither timer, up to an end: the time out of service.
fn if_remained<'a>(pledge: &Pledge<'a>, end: Time, taken: &'a Taken) -> Span {
    let mut agent = without_timers(&pledge.before);
    agent.same_until = pledge.begun;
    let me = agent.me;
    let (mut t, mut missed) = (pledge.begun, Span::ZERO);
    while t < end {
        let out = !replay(&mut agent, t, taken);
        let next = me.world.next_after(t).min(agent.next_due(t)).min(end);
        if out {
            missed += next - t;
        }
        t = next;
    }
    missed
}

/// Switches over at the instant of knowing: one round, login, ready, and later back again.
fn if_switched(me: &Me<'_>, (start, ends): (Time, Time), known: Known) -> Option<Span> {
    let connected = one_round(me, known)?;
    let desktop = &me.model.desktop;
    let login = me.draw(&desktop.login, Purpose::Login, known.logins);
    let site = me.site(known.other)?.index();
    let mut t = connected;
    while t == connected || t < connected + login {
        if me.world.at(t).barred[site] {
            return None;
        }
        t = me.world.next_after(t);
    }
    let away = |n: u32| {
        me.draw(&desktop.login, Purpose::Login, known.logins + n)
            + me.draw(&desktop.ready, Purpose::Ready, known.readies + n)
    };
    let there = connected + away(0);
    let comes_back = me.profile.auto_restore && known.other == Side::Peer;
    let back = if comes_back && there < me.model.horizon { away(1) } else { Span::ZERO };
    Some((there + back).min(me.model.horizon).min(ends) - start)
}

/// When a round at the other site would have connected; after the horizon the world stays as it
/// was at the end.
fn one_round(me: &Me<'_>, known: Known) -> Option<Time> {
    let pair = me.pair(Kind::Sip, known.other)?;
    let single = me.model.pairs[pair.index()].backup.is_none();
    let first = match me.model.policy.round_order {
        RoundOrder::Configured => Role::Primary,
        RoundOrder::LastUsed => known.member,
    };
    let members = [first, first.other()];
    let mut t = known.at;
    for role in members.into_iter().take(if single { 1 } else { 2 }) {
        match one_attempt(me, known.other, role, t) {
            Ok(connected) => return Some(connected),
            Err(failed) => t = failed,
        }
    }
    None
}

fn one_attempt(me: &Me<'_>, side: Side, role: Role, started: Time) -> Result<Time, Time> {
    let pair = me.pair(Kind::Sip, side).ok_or(started)?.index();
    let drained = me.site(side).ok_or(started)?.index();
    let site = me.member_site(Kind::Sip, side, role).ok_or(started)?.index();
    let ends = started + me.model.connect_timeout(me.profile);
    let mut t = started;
    loop {
        let world = me.world.at(t);
        let path = world.cti[me.profile.location.index()][site];
        if path && world.host_up[pair][role.index()] && !world.hangs[pair][role.index()] {
            let serves = world.serves[pair][role.index()] && !world.drained[drained];
            let answer = t + world.delay[me.profile.location.index()][site][0];
            let then = me.world.at(answer);
            let path = then.cti[me.profile.location.index()][site];
            let (up, hangs) = (then.host_up[pair][role.index()], then.hangs[pair][role.index()]);
            let comes = if serves { then.serves[pair][role.index()] } else { up && !hangs };
            return match serves {
                _ if answer > ends || (answer > t && !(path && comes)) => Err(ends),
                true => Ok(answer),
                false => Err(answer),
            };
        }
        if t == ends {
            return Err(ends);
        }
        t = me.world.next_after(t).min(ends);
    }
}
