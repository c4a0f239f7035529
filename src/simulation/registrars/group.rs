//! The phones of one cohort, and what they send to registrars.

use std::cell::Cell;

use crate::limits::{Bounds, Unfinished};
use crate::model::{AgentId, Cohort, Limit, Model, Phone, Side, SiteId};
use crate::phones::{
    Delivery, Follows, Outcome, PhoneContext, QueuedPhone, QueuedRegister, Registers, Scratch,
};
use crate::random::RandomNumbers;
use crate::time::Time;
use crate::world::World;

use super::quiet::Quiet;
use super::sends::Sends;
use super::{InstantStep, Who};
use crate::simulation::traffic::{ECHOES, Part};

/// What a group sends at one side.
pub(super) struct Asked {
    queue: usize,
    /// What the first message of a transaction costs, and what each later one does.
    messages: [f64; 2],
    /// Each refresh is a message.
    every_refresh: bool,
    /// Registrations that are refreshed undisturbed.
    quiet: Quiet,
    /// The one of them that is in the list of events, and when.
    awake: Option<(Time, u32)>,
    /// Where the registrar was looked at last.
    near: Cell<u32>,
}

impl Asked {
    /// What phones of this type send at a site.
    pub(super) fn new(
        queue: usize,
        (model, limit): (&Model, &Limit),
        phone: &Phone,
        site: SiteId,
    ) -> Self {
        let registrar = &model.sites[site.index()].registrar;
        let first = f64::from(limit.messages(registrar, phone.expiry));
        Self {
            queue,
            messages: [first, limit.duplicate],
            every_refresh: limit.every_refresh,
            quiet: Quiet::new(model.refresh(phone, site)),
            awake: None,
            near: Cell::new(0),
        }
    }
}

/// The phones of a cohort.
pub(super) struct Group<'a> {
    cx: PhoneContext<'a>,
    scratch: Scratch,
    phones: Vec<QueuedPhone>,
    /// By phone and registration: where its last transaction went, and what it belonged to.
    parts: Vec<[(Side, Belongs); 2]>,
    /// By phone: the event planned for it last, and whether that begins with a start.
    planned: Vec<(Time, bool)>,
    sides: [Option<Asked>; 2],
}

/// What a transaction belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Belongs {
    /// A refresh: to the storm that is going on when its messages come, if one is.
    Refresh,
    /// To the storm that the last change of the world has set off, which is looked up when its messages come.
    Storm,
    /// It is a first refresh that the scenario has scripted: a storm that no change of the world has set off.
    Scripted,
    /// To a wave.
    Part(Part),
}

impl<'a> Group<'a> {
    /// Its phones at the start.
    pub(super) fn new(
        model: &'a Model,
        world: &'a World,
        random: RandomNumbers,
        (cohort, sides): (&'a Cohort, [Option<Asked>; 2]),
        (follows, bounds): (&'a Follows, Bounds<'a>),
    ) -> Self {
        let cx =
            PhoneContext::new(model, world, random, (cohort, Registers::Asked(follows), bounds));
        let agents = (cohort.first.0..cohort.first.0 + cohort.count).map(AgentId);
        let mut scratch = Scratch::new(&cx, cohort.first);
        let phones: Vec<QueuedPhone> =
            agents.map(|agent| QueuedPhone::new(&cx, &mut scratch, agent)).collect();
        let at_first = |side: Side| match cx.phone.first_refresh[side.index()] {
            Some(_) => (side, Belongs::Scripted),
            None => (side, Belongs::Refresh),
        };
        let parts = vec![Side::BOTH.map(at_first); phones.len()];
        let planned = vec![(Time::NEVER, false); phones.len()];
        Self { cx, scratch, phones, parts, planned, sides }
    }

    /// Number of phones.
    pub(super) fn phones(&self) -> u32 {
        self.phones.len() as u32
    }

    /// What they are.
    pub(super) const fn phone(&self) -> &'a Phone {
        self.cx.phone
    }

    /// The agent whose phone it is.
    pub(super) fn agent(&self, who: Who) -> AgentId {
        self.phones[who.phone as usize].agent()
    }

    /// Whether a transaction that is not answered times out at an instant: in the run, and before
    /// its phone has lost its power.
    pub(super) fn times_out(&self, now: Time, at: Time) -> bool {
        at < self.cx.power_fails(now).min(self.cx.model.horizon)
    }

    /// The queue that it uses at a side.
    pub(super) fn queue(&self, side: Side) -> Option<usize> {
        self.sides[side.index()].as_ref().map(|asked| asked.queue)
    }

    /// The order of something that a phone does among all that happens at one instant: agent by
    /// agent.
    pub(super) fn key(&self, who: Who, turn: InstantStep) -> u64 {
        let turn = match turn {
            InstantStep::Starts => 0,
            InstantStep::Sends => 1 + u64::from(who.line),
            InstantStep::Succeeds => 3,
            InstantStep::Ends => 4,
        };
        5 * u64::from(self.agent(who).0) + turn
    }

    /// When a phone does something next that needs no answer of a queue.
    pub(super) fn next(&self, who: Who) -> Time {
        self.phones[who.phone as usize].next()
    }

    /// A phone does something at a later instant. Returns whether that was not planned already.
    pub(super) fn plans(&mut self, who: Who, at: Time, starts: bool) -> bool {
        let plan = (at, starts);
        std::mem::replace(&mut self.planned[who.phone as usize], plan) != plan
    }

    /// Whether a refresh of it that is a message starts at an instant.
    pub(super) fn starts_at(&self, who: Who, t: Time) -> bool {
        self.phones[who.phone as usize].starts_at(t)
    }

    /// It starts.
    pub(super) fn start(&mut self, who: Who, now: Time) {
        self.phones[who.phone as usize].start(&self.cx, &mut self.scratch, now);
    }

    /// The registration of a phone whose refresh is all that it does at an instant, and its queue, if
    /// nothing is on the way there or back that would lose or delay it.
    pub(super) fn only_refresh(&self, who: Who, now: Time) -> Option<(Who, Side, usize)> {
        let (line, side) = self.phones[who.phone as usize].only_refresh(now)?;
        let asked = self.sides[side.index()].as_ref()?;
        let plain = self.cx.impairments(side).is_none() && self.is_served(side, now);
        plain.then_some((Who { line: line as u8, ..who }, side, asked.queue))
    }

    /// It is answered at once. Returns whether the next refresh is a message too.
    ///
    /// # Errors
    /// If the phone takes too many steps, or the run is stopped.
    pub(super) fn refreshed(&mut self, who: Who, now: Time) -> Result<bool, Unfinished> {
        let phone = &mut self.phones[who.phone as usize];
        phone.refreshed((&self.cx, &mut self.scratch), who.line.into(), now)
    }

    /// It does what is due at an instant. Returns whether anything was.
    ///
    /// # Errors
    /// If it takes too many steps, or the run is stopped.
    pub(super) fn happen(&mut self, who: Who, at: Time, whole: bool) -> Result<bool, Unfinished> {
        let phone = &mut self.phones[who.phone as usize];
        let due = phone.next() == at;
        if due {
            phone.happen((&self.cx, &mut self.scratch), at, whole)?;
        }
        Ok(due)
    }

    /// The transaction that a registration has begun; whether it is refreshed undisturbed is
    /// remembered.
    pub(super) fn asks(&mut self, who: Who) -> Option<Sends> {
        let phone = &mut self.phones[who.phone as usize];
        let register = phone.begins_to_ask(who.line.into());
        let quiet = phone.quiet(who.line.into());
        for side in Side::BOTH {
            if self.line(side) == who.line || !self.cx.dual() && who.line == 0 {
                let from = quiet.filter(|quiet| quiet.0 == side).map(|quiet| quiet.1);
                if let Some(asked) = &mut self.sides[side.index()] {
                    asked.quiet.set(who.phone, from);
                }
            }
        }
        let register = register?;
        self.begins(who, &register);
        Some(Sends::new(self.cx.phone, &register))
    }

    /// A transaction begins.
    pub(super) fn begins(&mut self, who: Who, register: &QueuedRegister) {
        // A refresh whose first message is not answered is disturbed by the change itself.
        let usual = register.refreshes && register.first == register.start;
        if register.refreshes && register.in_step {
            self.refresh_begins(who, register.side);
            if !usual {
                self.disturbed(who);
            }
            return;
        }
        let belongs = if usual { Belongs::Refresh } else { Belongs::Storm };
        self.parts[who.phone as usize][usize::from(who.line)] = (register.side, belongs);
    }

    /// A refresh begins that is in step with the one before: an echo of a storm there that is not long past.
    pub(super) fn refresh_begins(&mut self, who: Who, at: Side) {
        let (side, belongs) = &mut self.parts[who.phone as usize][usize::from(who.line)];
        *belongs = match *belongs {
            Belongs::Part(part) if *side == at && usize::from(part.wave) < ECHOES => {
                Belongs::Part(Part { wave: part.wave + 1, ..part })
            }
            Belongs::Scripted if *side == at => Belongs::Scripted,
            _ => Belongs::Refresh,
        };
        *side = at;
    }

    /// A message of its transaction, or the answer, is lost on the way: that belongs to a storm.
    pub(super) fn disturbed(&mut self, who: Who) {
        let (_, belongs) = &mut self.parts[who.phone as usize][usize::from(who.line)];
        if matches!(belongs, Belongs::Refresh | Belongs::Scripted) {
            *belongs = Belongs::Storm;
        }
    }

    /// The wave that the transaction of a registration belongs to, if it belongs to a storm; `stormy`: one is
    /// going on, and whether it is of a script; `storm`: the storm, where it is not known before, of a script or of
    /// the last change of the world.
    pub(super) fn part(
        &mut self,
        who: Who,
        stormy: Option<bool>,
        storm: impl FnOnce(bool) -> u32,
    ) -> Option<Part> {
        let (_, belongs) = &mut self.parts[who.phone as usize][usize::from(who.line)];
        match *belongs {
            Belongs::Part(part) => Some(part),
            Belongs::Refresh if stormy.is_none() => None,
            found => {
                let joins = found == Belongs::Refresh && stormy == Some(true);
                let scripted = joins || found == Belongs::Scripted;
                let part = Part { storm: storm(scripted), wave: 0 };
                *belongs = Belongs::Part(part);
                Some(part)
            }
        }
    }

    /// Which registration of a phone is refreshed undisturbed at a side.
    fn line(&self, side: Side) -> u8 {
        if self.cx.dual() { side.index() as u8 } else { 0 }
    }

    /// What the first message of a transaction costs at a side.
    pub(super) fn first_message(&self, side: Side) -> f64 {
        self.sides[side.index()].as_ref().map_or(0.0, |asked| asked.messages[0])
    }

    /// What a message of a transaction belongs to: its queue, and what it costs there.
    pub(super) fn message(&self, sends: &Sends, now: Time) -> Option<(usize, f64)> {
        let asked = self.sides[sends.register.side.index()].as_ref()?;
        Some((asked.queue, asked.messages[usize::from(now < sends.known)]))
    }

    /// Whether the first message of a transaction takes nothing from a registrar that is idle.
    pub(super) fn takes_nothing(&self, sends: &Sends, now: Time) -> bool {
        let QueuedRegister { side, start, refreshes, in_step, .. } = sends.register;
        let every = self.sides[side.index()].as_ref().is_some_and(|asked| asked.every_refresh);
        refreshes && !in_step && !every && now == start
    }

    /// Whether a message at an instant comes to a registrar that serves it, over a path that is up.
    pub(super) fn is_served(&self, side: Side, now: Time) -> bool {
        let Some(asked) = &self.sides[side.index()] else { return false };
        self.cx.registrar(side).takes(now, &asked.near)
    }

    /// Whether the registrar refuses whatever comes at an instant.
    pub(super) fn is_refused(&self, side: Side, now: Time) -> bool {
        self.sides[side.index()].is_some() && self.cx.registrar(side).refuses(now)
    }

    /// The outcome of a transaction if its registrar has nothing else to do.
    pub(super) fn alone(&self, who: Who, register: &QueuedRegister) -> Outcome {
        let own = (self.cx.entity(self.agent(who)), who.line.into());
        let near = self.sides[register.side.index()].as_ref().map_or(0, |asked| asked.near.get());
        self.cx.alone(register.side, own, (register.start, Ok(register.first)), &Cell::new(near))
    }

    /// What happens to a message on its way that would be answered.
    pub(super) fn way(&self, who: Who, sends: &mut Sends, now: Time) -> Delivery {
        let own = (self.cx.entity(self.agent(who)), who.line.into());
        self.cx.way(sends.register.side, own, now, &mut sends.lost)
    }

    /// When an answer comes that leaves at an instant, if it does.
    pub(super) fn comes(&self, sends: &Sends, leaves: Time, way: Delivery) -> Option<Time> {
        self.cx.comes(sends.register.side, leaves, way, sends.end)
    }

    /// Whether a registration is still in a transaction.
    pub(super) fn is_in(&self, who: Who, sends: &Sends) -> bool {
        self.phones[who.phone as usize].is_in(who.line.into(), &sends.register)
    }

    /// Gives a phone the outcome of a transaction.
    pub(super) fn hear(&mut self, who: Who, outcome: Outcome, at_once: bool) {
        self.phones[who.phone as usize].hear(who.line.into(), outcome, at_once);
    }

    /// An undisturbed refresh is due. Returns the queue that it may be for, if it is the refresh
    /// that was waited for.
    pub(super) fn sleeps(&mut self, who: Who, side: Side, now: Time) -> Option<usize> {
        let asked = self.sides[side.index()].as_mut()?;
        let waited_for = asked.awake == Some((now, who.phone));
        waited_for.then(|| {
            asked.awake = None;
            asked.queue
        })
    }

    /// An undisturbed refresh that falls due at an instant becomes a message; `false`: there is no
    /// such refresh any more.
    pub(super) fn refreshes(&mut self, who: Who, side: Side, now: Time) -> bool {
        let phone = &mut self.phones[who.phone as usize];
        let due = |(at, first): (Side, Time)| at == side && first <= now;
        let is_due = phone.quiet(who.line.into()).is_some_and(due);
        if is_due {
            phone.refresh(&self.cx, who.line.into(), now);
        }
        is_due
    }

    /// The next undisturbed refresh at a side after an instant and an agent in it, if the registrar is
    /// busy then as far as is known, `until` an instant, and no earlier one is in the list.
    pub(super) fn wakes(
        &mut self,
        side: Side,
        until: Time,
        (now, agent): (Time, AgentId),
    ) -> Option<(Time, u32, u8)> {
        let line = self.line(side);
        let first = self.cx.cohort.first.0;
        let asked = self.sides[side.index()].as_mut()?;
        let later = (agent.0 + 1).saturating_sub(first);
        let (at, phone) = asked.quiet.next(now, later)?;
        let sooner = asked.awake.is_none_or(|awake| (at, phone) < awake);
        (sooner && at < until).then(|| {
            asked.awake = Some((at, phone));
            (at, phone, line)
        })
    }
}
