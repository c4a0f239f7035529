//! The phone: REGISTER transactions, each send a step, and the bindings at the registrars.

use switchover::distribution::Law;
use switchover::model::{
    Ailment, Failback, Kind, PhoneUnknown, Retry, Role, Side, Style, Transport,
};
use switchover::random::Purpose;
use switchover::time::{Span, Time};
use switchover::trace::Event;

use super::agent::{Agent, Me, Now};

/// A phone, and what registrars and desktop hold of it.
#[derive(Clone, Debug)]
pub struct Phone {
    pub chains: Vec<Chain>,
    /// By side: whether the phone thinks itself registered there.
    pub view: [bool; 2],
    /// By side: until when the registrar's binding lasts.
    pub bound: [Option<Time>; 2],
    /// By side: whether it ended at this instant.
    ended: [bool; 2],
    /// The side of the latest success.
    pub latest: Side,
    /// By side: the binding as last seen through a connected SIP Server (desk phones).
    pub seen: [Option<bool>; 2],
    /// By side: since when the phone has been unusable there.
    pub unusable: [Option<Time>; 2],
}

/// One chain of transactions.
#[derive(Clone, Copy, Debug)]
pub struct Chain {
    pub side: Side,
    /// Failures in a row.
    failures: u32,
    /// Waits after failures so far.
    waits: u32,
    /// Sides that have failed in this sequence (failover phones).
    tried: [bool; 2],
    step: Step,
    purpose: Purpose,
    /// Of the chain that probes the way home: when the phone arrived away from home.
    arrived: Option<Time>,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Idle {
        due: Time,
    },
    Trying {
        started: Time,
        send: Option<Time>,
        interval: Span,
    },
    /// Refused at this instant.
    Refused,
    GivenUp,
}

impl Phone {
    pub fn new(me: &Me<'_>) -> Self {
        let dual = me.phone.style == Style::Dual;
        let sides: &[Side] = if dual && me.has_peer() { &Side::BOTH } else { &[Side::Preferred] };
        let mut phone = Self {
            chains: Vec::new(),
            view: [false; 2],
            bound: [None; 2],
            ended: [false; 2],
            latest: Side::Preferred,
            seen: [Some(true), if dual { None } else { Some(false) }],
            unusable: [Some(Time::ZERO); 2],
        };
        for side in sides {
            phone.begin_registered(me, *side);
        }
        phone
    }

    fn begin_registered(&mut self, me: &Me<'_>, side: Side) {
        let site = me.site(side).expect("a registration is somewhere");
        let (granted, refresh) =
            (me.model.granted(me.phone, site), me.model.refresh(me.phone, site));
        let number = side.index() as u32;
        let due = me.phone.first_refresh[side.index()].unwrap_or_else(|| {
            let law = Law::Uniform { lowest: Span::ZERO, highest: refresh };
            let age = me.draw(&law, Purpose::RegistrationPhase, number).min(refresh - Span(1));
            Time::ZERO - age + refresh
        });
        self.view[side.index()] = true;
        self.unusable[side.index()] = None;
        self.bound[side.index()] = Some(due - refresh + granted);
        self.chains.push(Chain {
            side,
            failures: 0,
            waits: 0,
            tried: [false; 2],
            step: Step::Idle { due },
            purpose: [Purpose::BackoffHome, Purpose::BackoffPeer][side.index()],
            arrived: None,
        });
    }

    pub fn dues(&self, dues: &mut Vec<Time>) {
        dues.extend(self.bound.into_iter().flatten());
        for chain in &self.chains {
            match chain.step {
                Step::Idle { due } => dues.push(due),
                // The end of the transaction is added by `Agent::transaction_ends`.
                Step::Trying { send, .. } => dues.extend(send),
                Step::Refused | Step::GivenUp => {}
            }
        }
    }
}

impl<'a> Agent<'a> {
    fn dual(&self) -> bool {
        self.me.phone.style == Style::Dual
    }

    /// When running transactions time out.
    pub fn transaction_ends(&self) -> impl Iterator<Item = Time> + '_ {
        self.phone.chains.iter().filter_map(|chain| match chain.step {
            Step::Trying { started, .. } => Some(started + self.me.phone.transaction_timeout),
            Step::Idle { .. } | Step::Refused | Step::GivenUp => None,
        })
    }

    /// Whether the phone reaches a member that serves.
    fn sip(&self, now: Now<'a>, side: Side) -> bool {
        Role::BOTH.into_iter().any(|role| {
            let site = self.me.member_site(Kind::Sip, side, role);
            let planes = &now.world.sip[self.me.profile.location.index()];
            self.serves(now, Kind::Sip, (side, role)) && site.is_some_and(|s| planes[s.index()])
        })
    }

    /// Whether a REGISTER reaches a registrar that is there.
    fn register_arrives(&self, now: Now<'a>, side: Side) -> bool {
        self.sip(now, side) && !self.drained(now, side)
    }

    fn ailment(&self, now: Now<'a>, side: Side) -> Option<Ailment> {
        now.world.ailing[self.me.site(side)?.index()]
    }

    fn register_possible(&self, now: Now<'a>, side: Side) -> bool {
        self.register_arrives(now, side) && self.ailment(now, side).is_none()
    }

    fn register_refused(&self, now: Now<'a>, side: Side) -> bool {
        self.register_arrives(now, side) && self.ailment(now, side) == Some(Ailment::Refuses)
    }

    /// The registrar's truth: a binding that is the phone's.
    fn binding(&self, side: Side) -> bool {
        let own = self.dual() || self.phone.latest == side;
        own && self.phone.bound[side.index()].is_some()
    }

    /// Whether calls would reach the phone at that side, in truth.
    pub fn phone_usable(&self, now: Now<'a>, side: Side) -> bool {
        self.binding(side) && self.sip(now, side)
    }

    /// Calls would ring a dead contact.
    pub fn stale(&self, now: Now<'a>, side: Side) -> bool {
        self.serving(now, Kind::Sip, side).is_some()
            && self.phone.bound[side.index()].is_some()
            && !(self.sip(now, side) && self.binding(side))
    }

    /// Whether the phone is registered at that side, for every decision of the desktop.
    pub fn registered(&self, side: Side) -> bool {
        if !self.me.phone.desk {
            return self.phone.view[side.index()];
        }
        let unknown = self.me.model.policy.phone_unknown == PhoneUnknown::Switch;
        self.phone.seen[side.index()].unwrap_or(unknown)
    }

    /// The same for a probe, which looks at the registrar itself.
    pub fn registered_at_home(&self) -> bool {
        if self.me.phone.desk { self.phone.bound[0].is_some() } else { self.phone.view[0] }
    }

    /// Class 0, policy `lose`: bindings go with both members of their pair.
    pub fn bindings_lost_with_pair(&mut self, now: Now<'a>) {
        for side in Side::BOTH {
            if !self.me.model.policy.keep_bindings && self.pair_dead(now, side) {
                self.binding_ends(side);
            }
        }
    }

    /// Class a, after the successes.
    pub fn bindings_run_out(&mut self, now: Now<'a>) {
        for side in Side::BOTH {
            if self.phone.bound[side.index()].is_some_and(|until| until <= now.t) {
                self.binding_ends(side);
            }
        }
    }

    fn binding_ends(&mut self, side: Side) {
        self.phone.ended[side.index()] |= self.phone.bound[side.index()].take().is_some();
    }

    /// A binding that has a successor at the same instant has not ended.
    fn tell_ended_bindings(&mut self, now: Now<'a>) {
        for side in Side::BOTH {
            let ended = std::mem::take(&mut self.phone.ended[side.index()]);
            if let Some(site) = self.me.site(side)
                && ended
                && self.phone.bound[side.index()].is_none()
            {
                self.tell(now, Event::BindingEnded { site });
            }
        }
    }

    /// Brings up to date what a connected SIP Server shows.
    pub fn look_at_phone(&mut self) {
        let sip = &self.links[Kind::Sip.index()];
        if let Some(here) = self.at.filter(|_| sip.live()) {
            self.phone.seen[here.index()] = Some(self.phone.bound[here.index()].is_some());
        }
    }

    /// Since when the phone has been unusable at a side, if it is: no spell begins or ends inside
    /// an instant.
    pub fn unusable_since(&self, now: Now<'a>, side: Side) -> Option<Time> {
        let since = self.phone.unusable[side.index()].unwrap_or(now.t);
        (!self.phone_usable(now, side)).then_some(since)
    }

    /// At the end of an instant.
    pub fn watch_phone(&mut self, now: Now<'a>) {
        self.look_at_phone();
        self.tell_ended_bindings(now);
        self.phone.unusable = Side::BOTH.map(|side| self.unusable_since(now, side));
    }

    /// Class a: transactions that are due start, and sends that find the registrar succeed.
    pub fn registers_due(&mut self, now: Now<'a>) {
        let mut index = 0;
        while index < self.phone.chains.len() {
            match self.phone.chains[index].step {
                Step::Idle { due } if due <= now.t => {
                    let side = self.first_side(index);
                    self.start_transaction(now, index, side);
                }
                Step::Idle { .. } | Step::Refused | Step::GivenUp => {}
                Step::Trying { .. } => self.send(now, index),
            }
            index += 1;
        }
    }

    /// How often the phone probes its home when it is away.
    fn probe_interval(&self) -> Option<Span> {
        match self.me.phone.style {
            Style::Failover { failback: Failback::Every(interval) } => Some(interval),
            _ => None,
        }
    }

    /// A phone that has just arrived away from home looks for the way back.
    fn look_home(&mut self, now: Now<'a>) {
        if let Some(interval) = self.probe_interval() {
            let due = now.t + interval;
            let home = Side::Preferred;
            let step = Step::Idle { due };
            let chain = Chain { side: home, step, arrived: Some(now.t), ..self.phone.chains[0] };
            self.phone.chains.truncate(1);
            self.phone.chains.push(chain);
        }
    }

    /// A probe has failed: the next multiple of the interval after that.
    fn look_home_again(&mut self, now: Now<'a>, arrived: Time) {
        let interval = self.probe_interval().expect("it has probed");
        let passed = (now.t - arrived).0 / interval.0;
        let due = arrived + Span((passed + 1) * interval.0);
        self.phone.chains[1].step = Step::Idle { due };
    }

    /// Where a due chain begins: only a failover phone has a choice.
    fn first_side(&self, index: usize) -> Side {
        let chain = &self.phone.chains[index];
        match self.me.phone.style {
            Style::Dual | Style::Follow => chain.side,
            // After a wait, and on the way home: the preferred site.
            Style::Failover { .. } if chain.failures > 0 || chain.arrived.is_some() => {
                Side::Preferred
            }
            Style::Failover { failback: Failback::Refresh } => Side::Preferred,
            Style::Failover { .. } => self.phone.latest,
        }
    }

    fn start_transaction(&mut self, now: Now<'a>, index: usize, side: Side) {
        let interval = match self.me.phone.transport {
            Transport::Udp { t1, t2 } => t1.min(t2),
            Transport::Tcp => Span::ZERO,
        };
        let chain = &mut self.phone.chains[index];
        chain.side = side;
        chain.step = Step::Trying { started: now.t, send: Some(now.t), interval };
        self.send(now, index);
    }

    /// One chance to register: a UDP send, or any instant over TCP.
    fn send(&mut self, now: Now<'a>, index: usize) {
        let Chain { side, step: Step::Trying { started, send, interval }, .. } =
            self.phone.chains[index]
        else {
            return;
        };
        let Transport::Udp { t2, .. } = self.me.phone.transport else {
            if self.register_possible(now, side) {
                self.register_succeeds(now, index, started);
            } else if self.register_refused(now, side) {
                self.phone.chains[index].step = Step::Refused;
            }
            self.forget_send(index);
            return;
        };
        if send != Some(now.t) {
            return;
        }
        if self.register_refused(now, side) {
            self.phone.chains[index].step = Step::Refused;
            return;
        }
        if self.register_possible(now, side) {
            self.register_succeeds(now, index, started);
            return;
        }
        let next = now.t + interval;
        let send = (next < started + self.me.phone.transaction_timeout).then_some(next);
        let interval = t2.min(interval + interval);
        self.phone.chains[index].step = Step::Trying { started, send, interval };
    }

    /// Over TCP there is nothing to send again.
    fn forget_send(&mut self, index: usize) {
        if let Some(Chain { step: Step::Trying { send, .. }, .. }) =
            self.phone.chains.get_mut(index)
        {
            *send = None;
        }
    }

    fn register_succeeds(&mut self, now: Now<'a>, index: usize, started: Time) {
        let side = self.phone.chains[index].side;
        self.books.registered += 1;
        let undisturbed = self.phone.view[side.index()] && started == now.t;
        if let Some(site) = self.me.site(side).filter(|_| !undisturbed) {
            self.tell(now, Event::Registered { site });
        }
        let newly = !self.phone.view[side.index()];
        if !self.dual() {
            self.phone.view = [false; 2];
        }
        let site = self.me.site(side).expect("it was answered");
        let (model, phone) = (self.me.model, self.me.phone);
        let (granted, refresh) = (model.granted(phone, site), model.refresh(phone, site));
        self.phone.view[side.index()] = true;
        self.phone.latest = side;
        self.phone.bound[side.index()] = Some(now.t + granted);
        if self.phone.chains[index].arrived.is_some() {
            // Home again: what the phone did away from home is over.
            self.phone.chains.truncate(1);
        } else if newly && side == Side::Peer {
            self.look_home(now);
        }
        let chain = if self.dual() { index } else { 0 };
        let chain = &mut self.phone.chains[chain];
        chain.side = side;
        chain.failures = 0;
        chain.tried = [false; 2];
        chain.step = Step::Idle { due: now.t + refresh };
    }

    /// Class b.
    pub fn transactions_fail(&mut self, now: Now<'a>) {
        for index in 0..2 {
            while let Some(chain) = self.phone.chains.get(index) {
                match chain.step {
                    Step::Trying { started, .. }
                        if started + self.me.phone.transaction_timeout <= now.t =>
                    {
                        self.transaction_fails(now, index, false);
                    }
                    Step::Refused => self.transaction_fails(now, index, true),
                    _ => break,
                }
            }
        }
    }

    fn transaction_fails(&mut self, now: Now<'a>, index: usize, refused: bool) {
        let side = self.phone.chains[index].side;
        self.books.failed += 1;
        if let Some(arrived) = self.phone.chains[index].arrived {
            return self.look_home_again(now, arrived);
        }
        if let Some(site) = self.me.site(side).filter(|_| self.phone.view[side.index()]) {
            if !self.dual() {
                self.phone.chains.truncate(1);
            }
            self.phone.view[side.index()] = false;
            self.tell(now, Event::RegistrationFailed { site });
        }
        let other = side.other();
        let chain = &mut self.phone.chains[index];
        chain.tried[side.index()] = true;
        let failover = matches!(self.me.phone.style, Style::Failover { .. });
        if failover && self.me.has_peer() && !chain.tried[other.index()] {
            self.start_transaction(now, index, other);
            return;
        }
        chain.tried = [false; 2];
        chain.failures += 1;
        if self.me.phone.retry_limit.is_some_and(|limit| chain.failures > limit) {
            chain.step = Step::GivenUp;
            return;
        }
        let wait = match (&self.me.phone.retry_after_refusal, &self.me.phone.retry) {
            (Some(law), _) if refused => self.drawn_wait(index, law),
            (_, Retry::Fixed(interval)) => *interval,
            (_, Retry::Drawn(law)) => self.drawn_wait(index, law),
            (_, Retry::Backoff { none, some, cap }) => {
                let law = self.back_off(index, side, (*none, *some, *cap));
                self.drawn_wait(index, &law)
            }
        };
        self.phone.chains[index].step = Step::Idle { due: now.t + wait };
    }

    /// The next wait of this registration that is drawn; never none at all.
    fn drawn_wait(&mut self, index: usize, law: &Law) -> Span {
        let chain = &mut self.phone.chains[index];
        let number = chain.waits;
        chain.waits += 1;
        let wait = self.me.draw(law, chain.purpose, number);
        wait.max(Span(1))
    }

    fn back_off(&self, index: usize, side: Side, (none, some, cap): (Span, Span, Span)) -> Law {
        let chain = &self.phone.chains[index];
        let holds_other = self.dual() && self.phone.view[side.other().index()];
        let base = if holds_other { some } else { none };
        let grown = i128::from(base.0) << chain.failures.min(60);
        let bound = grown.min(i128::from(cap.0)) as i64;
        Law::Uniform { lowest: Span(bound / 2), highest: Span(bound) }
    }

    /// A follow phone registers where its desktop goes.
    pub fn phone_follows(&mut self, now: Now<'a>, side: Side) {
        if self.me.phone.style == Style::Follow && self.phone.chains[0].side != side {
            self.phone.chains[0].failures = 0;
            self.start_transaction(now, 0, side);
        }
    }
}
