//! The phone: REGISTER transactions, each send a step, and the bindings at the registrars.

use switchover::distribution::Law;
use switchover::model::{
    Failback, Kind, Model, PhoneUnknown, RegistrarFault, Retry, Role, Side, SiteId, Style,
    Transport,
};
use switchover::random::{Purpose, moment};
use switchover::time::{Span, Time};
use switchover::trace::Event;

use super::agent::{Agent, Me, Now};
use super::registrars::{Coming, Message};

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
    /// By side: whether a binding there is where the phone is.
    own: [bool; 2],
    /// A phone that follows knows where its desktop is.
    led: bool,
    /// By side: the binding as last seen through a connected SIP Server (desk phones).
    pub seen: [Option<bool>; 2],
    /// By side: since when the phone has been unusable there.
    pub unusable: [Option<Time>; 2],
    /// In a counterfactual of a follow phone: chain, side and start of a transaction, and when a message of
    /// it is served, and how late its answer comes.
    answers: Vec<(usize, Side, Time, Time, Span)>,
    /// When it has followed its desktop, and where.
    moves: Vec<(Time, Side)>,
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
    /// Refreshes still to come that are messages.
    in_step: u8,
    /// The transaction under way is a refresh.
    refreshes: bool,
    /// Messages that it has sent.
    sends: u32,
    /// One of them has come to a registrar with a capacity, after so many of its stops.
    joined: Option<u32>,
    /// Over TCP: it has come to the registrar.
    came: bool,
    /// The answer to one of them leaves at this instant, and takes so long.
    answered: Option<Span>,
    /// In a counterfactual: the answer that came in the run, and whether it was a refusal.
    answer: Option<(Time, bool)>,
    /// Successes and refusals so far.
    grants: u32,
    refusals: u32,
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
        /// The first answer under way: when it comes, and whether it is a refusal.
        answer: Option<(Time, bool)>,
        /// At a probability of loss: how many of the next sends are lost.
        lost: Option<(f64, u64)>,
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
            own: [true, dual],
            led: true,
            seen: [Some(true), if dual { None } else { Some(false) }],
            unusable: [Some(Time::ZERO); 2],
            answers: Vec::new(),
            moves: Vec::new(),
        };
        for side in sides {
            phone.begin_registered(me, *side);
        }
        phone
    }

    fn begin_registered(&mut self, me: &Me<'_>, side: Side) {
        let site = me.site(side).expect("a registration is somewhere");
        let (granted, refresh) = granted(me, site, side.index() as u32);
        let number = side.index() as u32;
        let due = me.phone.first_refresh[side.index()].unwrap_or_else(|| {
            let law = Law::Uniform { lowest: Span::ZERO, highest: refresh };
            let age = me.draw(&law, Purpose::RegistrationPhase, number).min(refresh - Span(1));
            Time::ZERO - age + refresh
        });
        self.view[side.index()] = true;
        self.bound[side.index()] =
            Some(due - refresh + granted).filter(|until| *until > Time::ZERO);
        let bound = self.bound[side.index()].is_some();
        self.unusable[side.index()] = (!bound).then_some(Time::ZERO);
        self.chains.push(Chain {
            side,
            failures: 0,
            waits: 0,
            tried: [false; 2],
            step: Step::Idle { due },
            purpose: [Purpose::BackoffHome, Purpose::BackoffPeer][side.index()],
            arrived: None,
            in_step: if me.phone.first_refresh[side.index()].is_some() { 10 } else { 0 },
            refreshes: false,
            sends: 0,
            joined: None,
            came: false,
            answered: None,
            answer: None,
            grants: u32::from(me.model.sites[site.index()].registrar.deviation > Span::ZERO),
            refusals: 0,
        });
    }

    /// A registrar with a capacity serves one of its messages.
    pub fn is_answered(&mut self, message: &Message) {
        let Some(chain) = self.chains.get_mut(message.chain) else { return };
        let same = chain.side == message.side;
        if matches!(chain.step, Step::Trying { started, .. } if same && started == message.started)
        {
            let first = chain.answered.into_iter().chain(message.late).min();
            chain.answered = first;
        }
    }

    /// The desktop knows nothing of a desk phone any more; of one with two registrations it takes for
    /// granted what the policy says.
    pub fn forget_what_was_seen(&mut self, two: bool) {
        self.seen = [if two { None } else { Some(false) }; 2];
    }

    pub fn dues(&self, dues: &mut Vec<Time>) {
        dues.extend(self.bound.into_iter().flatten());
        for chain in &self.chains {
            match chain.step {
                Step::Idle { due } => dues.push(due),
                // The end of the transaction is added by `Agent::transaction_ends`.
                Step::Trying { send, answer, .. } => {
                    dues.extend(send);
                    dues.extend(answer.map(|(at, _)| at));
                    dues.extend(chain.answer.map(|(at, _)| at));
                    dues.extend(self.answers.iter().map(|(.., at, _)| at));
                }
                Step::Refused | Step::GivenUp => {}
            }
        }
    }
}

/// What a registrar grants, and when that is refreshed; `number`: of the draw.
fn granted(me: &Me<'_>, site: SiteId, number: u32) -> (Span, Span) {
    let (granted, refresh) = (me.model.granted(me.phone, site), me.model.refresh(me.phone, site));
    let deviation = me.model.sites[site.index()].registrar.deviation;
    if deviation == Span::ZERO {
        return (granted, refresh);
    }
    let law = Law::Uniform { lowest: Span::ZERO, highest: deviation };
    let granted = (granted - me.draw(&law, Purpose::ExpiryDeviation, number)).max(Span(1));
    (granted, Model::refresh_of(me.phone, granted))
}

impl<'a> Agent<'a> {
    pub fn dual(&self) -> bool {
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

    fn ailment(&self, now: Now<'a>, side: Side) -> Option<RegistrarFault> {
        now.world.ailing[self.me.site(side)?.index()]
    }

    fn register_possible(&self, now: Now<'a>, side: Side) -> bool {
        self.register_arrives(now, side) && self.ailment(now, side).is_none()
    }

    fn register_refused(&self, now: Now<'a>, side: Side) -> bool {
        self.register_arrives(now, side) && self.ailment(now, side) == Some(RegistrarFault::Refuses)
    }

    /// The registrar's truth: a binding that is the phone's.
    fn binding(&self, side: Side) -> bool {
        self.phone.own[side.index()] && self.phone.bound[side.index()].is_some()
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
        let due = matches!(chain.step, Step::Idle { .. });
        let probes = chain.arrived.is_some();
        let again = chain.failures == 0 && chain.side == side && self.phone.view[side.index()];
        chain.refreshes = due && !probes && again;
        (chain.sends, chain.joined, chain.came) = (0, None, false);
        (chain.answered, chain.answer) = (None, None);
        chain.side = side;
        let send = Some(now.t);
        chain.step = Step::Trying { started: now.t, send, interval, answer: None, lost: None };
        self.send(now, index);
    }

    /// The answer to an earlier send may come now; then one more chance to register: a UDP send, or any
    /// instant over TCP.
    fn send(&mut self, now: Now<'a>, index: usize) {
        let chain = self.phone.chains[index];
        let Step::Trying { started, .. } = chain.step else { return };
        let turn = self.phone.chains[index].answered.take();
        let recalled = |it: &&(usize, Side, Time, Time, Span)| {
            (it.0, it.1, it.2, it.3) == (index, chain.side, started, now.t)
        };
        let recalled = self.phone.answers.iter().filter(recalled).map(|it| it.4);
        let late = turn.into_iter().chain(recalled).min();
        if let Some(late) = late.filter(|_| self.register_possible(now, chain.side)) {
            self.answer_leaves(now, index, late, false);
        }
        if self.answer_comes(now, index) == Some(false) {
            return self.register_succeeds(now, index, started);
        }
        let udp = matches!(self.me.phone.transport, Transport::Udp { .. });
        if udp {
            self.send_again(now, index)
        } else {
            self.send_once(now, index)
        }
        match self.answer_comes(now, index) {
            Some(true) => self.refused(now, index, started),
            Some(false) => self.register_succeeds(now, index, started),
            None => {}
        }
    }

    /// Whether the first answer comes now, and is a refusal.
    fn answer_comes(&self, now: Now<'a>, index: usize) -> Option<bool> {
        let chain = &self.phone.chains[index];
        let Step::Trying { answer, .. } = chain.step else { return None };
        let first = answer.into_iter().chain(chain.answer).min();
        first.filter(|(at, _)| *at == now.t).map(|(_, refused)| refused)
    }

    fn refused(&mut self, now: Now<'a>, index: usize, started: Time) {
        let chain = &mut self.phone.chains[index];
        chain.step = Step::Refused;
        if now.taken.is_none() {
            let transaction = (self.me.id.0 as usize, index, chain.side, started);
            self.me.registrars.borrow_mut().note(transaction, now.t, true);
        }
    }

    /// Over TCP: as soon as it is possible, once.
    fn send_once(&mut self, now: Now<'a>, index: usize) {
        let chain = &mut self.phone.chains[index];
        let (side, came) = (chain.side, chain.came);
        let Step::Trying { send, answer, .. } = &mut chain.step else { return };
        *send = None;
        if answer.is_none() && !came {
            chain.sends += 1;
            self.reaches_registrar(now, index, side, true);
        }
    }

    /// Over UDP: at its time, if it is not lost.
    fn send_again(&mut self, now: Now<'a>, index: usize) {
        let Chain { side, step: Step::Trying { started, send, interval, .. }, .. } =
            self.phone.chains[index]
        else {
            return;
        };
        let Transport::Udp { t2, .. } = self.me.phone.transport else { return };
        if send != Some(now.t) {
            return;
        }
        self.phone.chains[index].sends += 1;
        let lost = self.is_lost(now, index, side);
        if !lost || self.is_lost_on_its_way_back(now, index, side) {
            self.reaches_registrar(now, index, side, !lost);
        }
        let next = now.t + interval;
        let end = started + self.me.phone.transaction_timeout;
        if let Step::Trying { send, interval, .. } = &mut self.phone.chains[index].step {
            *send = (next < end).then_some(next);
            *interval = t2.min(*interval + *interval);
        }
    }

    /// The path to the member that a REGISTER reaches: location and site.
    fn path_of_register(&self, now: Now<'a>, side: Side) -> Option<(usize, usize)> {
        let location = self.me.profile.location.index();
        let sites =
            Role::BOTH.into_iter().filter(|role| self.serves(now, Kind::Sip, (side, *role)));
        let mut sites = sites.filter_map(|role| self.me.member_site(Kind::Sip, side, role));
        let site = sites.find(|site| now.world.sip[location][site.index()])?;
        Some((location, site.index()))
    }

    /// Whether a send that would be answered is lost.
    fn is_lost(&mut self, now: Now<'a>, index: usize, side: Side) -> bool {
        let answered = self.register_possible(now, side) || self.register_refused(now, side);
        let Some((location, site)) = self.path_of_register(now, side).filter(|_| answered) else {
            return false;
        };
        let loss = now.world.loss[location][site];
        let purpose = [Purpose::LostHome, Purpose::LostPeer][index];
        let (random, entity) = (self.me.random, self.me.entity);
        let Step::Trying { lost, .. } = &mut self.phone.chains[index].step else { return false };
        if loss == 0.0 {
            *lost = None;
            return false;
        }
        let fresh = || {
            // P(at least n lost in a row) = (1 - (1 - loss)^2)^n.
            let uniform = random.draw(entity, purpose, moment(now.t.0)).uniform();
            let one_lost = 1.0 - (1.0 - loss) * (1.0 - loss);
            (libm::log(uniform) / libm::log(one_lost)).floor() as u64
        };
        let left = match *lost {
            Some((known, left)) if known == loss => left,
            _ => fresh(),
        };
        *lost = if left > 0 { Some((loss, left - 1)) } else { None };
        left > 0
    }

    /// Whether the answer to a send is what is lost of the two.
    fn is_lost_on_its_way_back(&self, now: Now<'a>, index: usize, side: Side) -> bool {
        let Some((location, site)) = self.path_of_register(now, side) else { return false };
        let loss = now.world.loss[location][site];
        let purpose = [Purpose::LostHome, Purpose::LostPeer][index];
        let mut draw = self.me.random.draw(self.me.entity, purpose, moment(now.t.0));
        // The first value says how many are lost in a row.
        let _ = draw.uniform();
        let share_there = loss / (1.0 - (1.0 - loss) * (1.0 - loss));
        draw.uniform() >= share_there
    }

    /// A send comes to the registrar; its answer may be lost.
    fn reaches_registrar(&mut self, now: Now<'a>, index: usize, side: Side, answered: bool) {
        let refused = self.register_refused(now, side);
        if !refused && !self.register_possible(now, side) {
            return;
        }
        let late = answered.then(|| self.lateness(now, index, side));
        if !refused && self.is_limited(side) {
            self.joins_queue(now, index, late);
        } else if let Some(late) = late {
            self.answer_leaves(now, index, late, refused);
        }
    }

    /// How late the answer to a send comes.
    fn lateness(&self, now: Now<'a>, index: usize, side: Side) -> Span {
        let path = self.path_of_register(now, side);
        let mut delay =
            path.map_or(Span::ZERO, |(location, site)| now.world.delay[location][site][1]);
        let purpose = [Purpose::AnswerHome, Purpose::AnswerPeer][index];
        let mut draw = self.me.random.draw(self.me.entity, purpose, moment(now.t.0));
        let site = self.me.site(side).expect("it is answered").index();
        for fault in &now.world.slow[site] {
            let law = self.me.model.faults[*fault].impairment.delay.as_ref();
            delay += law.map_or(Span::ZERO, |law| law.sample(&mut draw));
        }
        delay
    }

    /// An answer leaves; one that comes while the path or the pair is down is lost.
    fn answer_leaves(&mut self, now: Now<'a>, index: usize, late: Span, refused: bool) {
        let side = self.phone.chains[index].side;
        let at = now.t + late;
        let then = Now { t: at, world: self.me.world.at(at), ..now };
        let reached = self.sip(then, side);
        let timeout = self.me.phone.transaction_timeout;
        let Step::Trying { started, answer, .. } = &mut self.phone.chains[index].step else {
            return;
        };
        let comes = late == Span::ZERO || (at < *started + timeout && reached);
        let new = (if comes { at } else { Time::NEVER }, refused);
        *answer = Some(answer.map_or(new, |old| old.min(new)));
    }

    /// Whether the registrar at a side has a capacity that concerns this phone.
    fn is_limited(&self, side: Side) -> bool {
        let pair = self.me.pair(Kind::Sip, side).expect("it was answered").index();
        self.me.registrars.borrow().limit(pair).is_some()
    }

    /// A message comes to such a registrar; its answer comes so late, or not at all.
    fn joins_queue(&mut self, now: Now<'a>, index: usize, late: Option<Span>) {
        let Step::Trying { started, .. } = self.phone.chains[index].step else { return };
        let coming = self.joins(now, index, started, late);
        self.phone.chains[index].came = true;
        if let (Coming::Served | Coming::Refused, Some(late)) = (coming, late) {
            self.answer_leaves(now, index, late, coming == Coming::Refused);
        }
    }

    /// In a counterfactual: the transactions under way end as they did.
    pub fn recall_answers(&mut self) {
        let registrars = self.me.registrars.borrow();
        for (index, chain) in self.phone.chains.iter_mut().enumerate() {
            if let Step::Trying { started, .. } = chain.step {
                let transaction = (self.me.id.0 as usize, index, chain.side, started);
                if self.me.phone.style == Style::Follow {
                    let services = registrars.services(transaction);
                    let services = services
                        .into_iter()
                        .map(|(at, late)| (index, chain.side, started, at, late));
                    self.phone.answers.extend(services);
                    continue;
                }
                chain.answer = registrars.answer(transaction).filter(|_| chain.joined.is_some());
            }
        }
    }

    /// A message comes to its registrar.
    fn joins(&mut self, now: Now<'a>, index: usize, started: Time, late: Option<Span>) -> Coming {
        let chain = &mut self.phone.chains[index];
        let pair = self.me.pair(Kind::Sip, chain.side).expect("it was answered").index();
        let registrars = &mut *self.me.registrars.borrow_mut();
        let Some(limit) = registrars.limit(pair) else { return Coming::Served };
        if now.taken.is_some() && self.me.phone.style == Style::Follow {
            let (agent, side) = (self.me.id.0 as usize, chain.side);
            let transaction = (agent, index, side, started);
            let together = registrars.is_together(agent, &self.phone.moves, now.t);
            let message = (transaction, now.t);
            let (coming, served) = registrars.would_come(pair, message, together);
            let answered = served.zip(late).map(|(at, late)| (index, side, started, at, late));
            self.phone.answers.extend(answered);
            return coming;
        }
        if now.taken.is_some() {
            let answer = registrars.answer((self.me.id.0 as usize, index, chain.side, started));
            chain.answer = answer;
            return Coming::Waits;
        }
        let is_quiet = chain.refreshes && chain.in_step == 0 && started == now.t;
        let free = is_quiet && !limit.every_refresh && registrars.is_idle(pair, now.t);
        let site = self.me.site(chain.side).expect("it was answered");
        let registrar = &self.me.model.sites[site.index()].registrar;
        let stops = registrars.stops(pair);
        let cost = if chain.joined == Some(stops) {
            limit.duplicate
        } else {
            f64::from(limit.messages(registrar, self.me.phone.expiry))
        };
        let (agent, side) = (self.me.id.0 as usize, chain.side);
        let message = Message { agent, chain: index, side, started, at: now.t, cost, late };
        let coming = registrars.comes(pair, message, free);
        if matches!(coming, Coming::Served | Coming::Waits) && !free {
            chain.joined = Some(stops);
        }
        coming
    }

    fn register_succeeds(&mut self, now: Now<'a>, index: usize, started: Time) {
        let side = self.phone.chains[index].side;
        if now.taken.is_none() {
            let transaction = (self.me.id.0 as usize, index, side, started);
            self.me.registrars.borrow_mut().note(transaction, now.t, false);
        }
        self.books.registered += 1;
        let undisturbed = self.phone.view[side.index()] && started == now.t;
        if let Some(site) = self.me.site(side).filter(|_| !undisturbed) {
            self.tell(now, Event::Registered { site });
        }
        let newly = !self.phone.view[side.index()];
        if !self.dual() {
            self.phone.view = [false; 2];
            self.phone.own = [false; 2];
        }
        let site = self.me.site(side).expect("it was answered");
        let own = if self.dual() { index } else { 0 };
        let number = 2 * self.phone.chains[own].grants + own as u32;
        let (granted, refresh) = granted(&self.me, site, number);
        self.phone.view[side.index()] = true;
        self.phone.own[side.index()] = true;
        self.phone.latest = side;
        self.phone.bound[side.index()] = Some(now.t + granted);
        let Chain { refreshes, sends, in_step, .. } = self.phone.chains[index];
        if self.phone.chains[index].arrived.is_some() {
            // Home again: what the phone did away from home is over.
            self.phone.chains.truncate(1);
        } else if newly && side == Side::Peer {
            self.look_home(now);
        }
        let chain = &mut self.phone.chains[own];
        chain.side = side;
        chain.grants +=
            u32::from(self.me.model.sites[site.index()].registrar.deviation > Span::ZERO);
        chain.failures = 0;
        chain.tried = [false; 2];
        let smooth = refreshes && sends == 1;
        chain.in_step = if smooth { in_step.saturating_sub(1) } else { 10 };
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
            self.tell(now, Event::RegistrationFailed { site, refused });
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
            if let Some(site) = self.me.site(side) {
                self.tell(now, Event::PhoneGivesUp { site });
            }
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
        let least = self.retry_after(index, side, refused);
        self.phone.chains[index].step = Step::Idle { due: now.t + wait.max(least) };
    }

    /// The least wait that a registrar says with its refusal.
    fn retry_after(&mut self, index: usize, side: Side, refused: bool) -> Span {
        let site = self.me.site(side).expect("it was asked");
        let law = &self.me.model.sites[site.index()].registrar.retry_after;
        let Some(law) = law.as_ref().filter(|_| refused) else { return Span::ZERO };
        let chain = &mut self.phone.chains[index];
        let number = 2 * chain.refusals + index as u32;
        chain.refusals += 1;
        self.me.draw(law, Purpose::RetryAfter, number)
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
        let there = self.phone.led && self.phone.chains[0].side == side;
        if self.me.phone.style != Style::Follow || there {
            return;
        }
        self.phone.led = true;
        self.phone.chains[0].failures = 0;
        self.phone.moves.push((now.t, side));
        if now.taken.is_none() {
            let agent = self.me.id.0 as usize;
            self.me.registrars.borrow_mut().follows(agent, (now.t, side));
        }
        if self.power.phone_off {
            self.phone.chains[0].side = side;
        } else {
            self.start_transaction(now, 0, side);
        }
    }

    /// The power fails: what the phone was about to do is not done.
    pub fn phone_goes_off(&mut self, now: Now<'a>) {
        self.power.without_phone();
        if !self.dual() {
            self.phone.chains.truncate(1);
        }
        for chain in &mut self.phone.chains {
            chain.step = Step::Idle { due: Time::NEVER };
            (chain.failures, chain.tried) = (0, [false; 2]);
        }
        for side in Side::BOTH {
            if let Some(site) = self.me.site(side).filter(|_| self.phone.view[side.index()]) {
                self.tell(now, Event::PhoneOff { site });
            }
        }
        (self.phone.view, self.phone.own, self.phone.led) = ([false; 2], [false; 2], false);
        self.phone.latest = Side::Preferred;
    }

    /// It registers for the first time after a start.
    pub fn phone_starts(&mut self, now: Now<'a>) {
        if self.me.phone.style != Style::Follow || self.phone.led {
            for chain in &mut self.phone.chains {
                chain.step = Step::Idle { due: now.t };
            }
        }
    }
}
