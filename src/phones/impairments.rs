//! REGISTERs where packets are lost or answers come late: each send by itself.
//!
//! A draw belongs to the instant of a send, so that nothing that happened before changes it. Where
//! nothing is ever lost or late, this code is not used.

use std::cell::Cell;

use crate::model::{LocationId, Model, PairId, Role, Transport};
use crate::random::{Entity, Purpose, RandomNumbers, moment};
use crate::time::{Span, Time};
use crate::world::{Outlook, Quality, Slow, Timeline, World};

use super::registrar::Registrar;
use super::transaction::send_at_or_after;
use super::verdicts::{Outcome, Response};

/// What can happen to REGISTERs of a cohort at one site.
#[derive(Debug)]
pub struct Impairments<'w> {
    model: &'w Model,
    random: RandomNumbers,
    outlook: &'w Timeline<Outlook>,
    /// The phone's plane of the paths to the members of the pair.
    paths: [Option<&'w Timeline<Quality>>; 2],
    slow: Option<&'w Slow>,
}

/// The registration of a transaction.
#[derive(Clone, Copy, Debug)]
pub struct Registration {
    /// The agent.
    pub who: Entity,
    /// Its registration: 0, or 1 for the second of a dual phone and for probes home.
    pub index: usize,
}

/// What happens to a send on its way, and to its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The answer comes this much later than it would.
    Carries(Span),
    /// The send does not come to the registrar.
    LostThere,
    /// The answer does not come to the phone.
    LostBack,
}

impl Delivery {
    /// Nothing is lost or late.
    pub const GOOD: Self = Self::Carries(Span::ZERO);
}

/// Sends that are lost in a row from one on, at a probability.
#[derive(Clone, Copy, Debug)]
pub struct Lost {
    loss: f64,
    left: u64,
}

impl<'w> Impairments<'w> {
    /// The impairments of REGISTERs from a location at a pair; `None`: they are always answered at
    /// once or not at all.
    pub fn new(
        (model, world, random): (&'w Model, &'w World, RandomNumbers),
        (location, id): (LocationId, PairId),
    ) -> Option<Self> {
        let pair = &model.pairs[id.index()];
        let mut paths = [None; 2];
        for (path, member) in paths.iter_mut().zip(pair.members()) {
            *path = world.sip_quality(location, model.member_site(member));
        }
        let slow = world.slow(pair.site);
        let any = slow.is_some() || paths.iter().any(Option::is_some);
        let outlook = || world.outlook(location, id);
        any.then(|| Self { model, random, outlook: outlook(), paths, slow })
    }

    /// When a REGISTER may be lost or answered late.
    pub fn times(&self) -> Timeline<bool> {
        let mut times = Timeline::constant(false);
        for path in self.paths.into_iter().flatten() {
            times =
                times.zip(&path.map(|quality| quality != Quality::GOOD), |one, other| one || other);
        }
        if let Some(slow) = self.slow {
            let slow = slow.iter().map(|(at, faults)| (*at, !faults.is_empty()));
            times = times.zip(&Timeline::new(false, slow), |one, other| one || other);
        }
        times
    }

    /// How well the path carries to the member that answers at an instant.
    fn path(&self, t: Time) -> Quality {
        let sight = self.outlook.at(t);
        let answers = |role: &Role| sight.serves(*role) && sight.sip(*role);
        let member = Role::BOTH.into_iter().find(answers);
        let path = member.and_then(|member| self.paths[member.index()]);
        path.map_or(Quality::GOOD, |path| path.at(t))
    }

    /// How long the registrar takes for the answer to a send.
    fn service(&self, send: Time, own: Registration) -> Span {
        let Some(slow) = self.slow else { return Span::ZERO };
        let now = slow.partition_point(|(from, _)| *from <= send);
        let Some((_, faults)) = now.checked_sub(1).map(|now| &slow[now]) else { return Span::ZERO };
        let purpose = [Purpose::AnswerHome, Purpose::AnswerPeer][own.index];
        let mut draw = self.random.draw(own.who, purpose, moment(send.0));
        let laws = faults
            .iter()
            .filter_map(|fault| self.model.faults[fault.index()].impairment.delay.as_ref());
        laws.fold(Span::ZERO, |sum, law| sum + law.sample(&mut draw))
    }

    /// Whether a send over UDP is lost, on the way there or back.
    fn loses(&self, send: Time, own: Registration, loss: f64, lost: &mut Option<Lost>) -> bool {
        let known = lost.take().filter(|lost| lost.loss == loss);
        let left = known.map_or_else(|| self.run(send, own, loss), |lost| lost.left);
        *lost = left.checked_sub(1).map(|left| Lost { loss, left });
        lost.is_some()
    }

    /// The last of the sends after a lost one that are lost too, as far as nothing changes: they are not
    /// looked at one by one.
    fn pass(
        &self,
        start: Time,
        send: Time,
        (transport, end): (Transport, Time),
        lost: &mut Option<Lost>,
    ) -> Time {
        let (Transport::Udp { t1, t2 }, Some(lost)) = (transport, lost) else { return send };
        let next = start + send_at_or_after(send - start + Span(1), t1, t2);
        if next - send != t2 {
            return send;
        }
        let paths = self.paths.iter().flatten().map(|path| path.next_change(send));
        let calm = paths.fold(self.outlook.next_change(send), Time::min).min(end);
        let free = (calm - Span(1) - send).0 / t2.0;
        let passed = free.min(i64::try_from(lost.left).unwrap_or(i64::MAX));
        lost.left -= passed as u64;
        send + Span(passed * t2.0)
    }

    /// How much later the answer to a send comes; `None`: one or the other is lost.
    fn carries(
        &self,
        send: Time,
        (own, transport): (Registration, Transport),
        lost: &mut Option<Lost>,
    ) -> Option<Span> {
        let Quality { delay, loss } = self.path(send);
        if loss <= 0.0 || transport == Transport::Tcp {
            *lost = None;
        } else if self.loses(send, own, loss, lost) {
            return None;
        }
        Some(delay + self.service(send, own))
    }

    /// What happens to a send that would be answered: what a queue must know of it; `lost`: the
    /// lost sends before it in its transaction.
    pub fn way(
        &self,
        send: Time,
        (own, transport): (Registration, Transport),
        lost: &mut Option<Lost>,
    ) -> Delivery {
        if let Some(delay) = self.carries(send, (own, transport), lost) {
            return Delivery::Carries(delay);
        }
        // Of those lost one way or the other: P(lost there) = p / (1 - (1 - p)^2).
        let there = 1.0 / (2.0 - self.path(send).loss);
        let purpose = [Purpose::LostHome, Purpose::LostPeer][own.index];
        let mut draw = self.random.draw(own.who, purpose, moment(send.0));
        // The first is that of a run of losses.
        draw.uniform();
        if draw.uniform() < there { Delivery::LostThere } else { Delivery::LostBack }
    }

    /// When an answer comes that leaves at an instant; `None`: too late, or while the path or the
    /// pair is down.
    pub fn comes(&self, leaves: Time, delay: Span, end: Time) -> Option<Time> {
        let at = leaves + delay;
        let comes = delay == Span::ZERO || (at < end && self.outlook.at(at).rings());
        comes.then_some(at)
    }

    /// How many sends in a row are lost from one on.
    fn run(&self, send: Time, own: Registration, loss: f64) -> u64 {
        let purpose = [Purpose::LostHome, Purpose::LostPeer][own.index];
        let chance = self.random.draw(own.who, purpose, moment(send.0)).uniform();
        let through = (1.0 - loss) * (1.0 - loss);
        (libm::log(chance) / libm::log1p(-through)) as u64
    }

    /// When a transaction that starts at `start` succeeds, or how it fails: by the first answer, which must
    /// come before its end.
    pub(super) fn transaction(
        &self,
        (registrar, near): (&Registrar, &Cell<u32>),
        own: Registration,
        start: Time,
        (transport, timeout): (Transport, Span),
    ) -> Outcome {
        let end = start + timeout;
        let answers = |t| registrar.answers(t, near);
        let mut first: Option<Response> = None;
        let (mut lost, mut from) = (None, start);
        while let Some(send) = next_send(answers, start, from, (transport, end)) {
            if first.is_some_and(|first| first.at < send) {
                break;
            }
            from = send + Span(1);
            let Some(delay) = self.carries(send, (own, transport), &mut lost) else {
                from = self.pass(start, send, (transport, end), &mut lost) + Span(1);
                continue;
            };
            if let Some(at) = self.comes(send, delay, end) {
                let refused = !self.outlook.at(send).registers();
                first = first.into_iter().chain([Response { at, refused }]).min();
            }
            if transport == Transport::Tcp {
                break;
            }
        }
        Response::ends(first, end)
    }
}

/// The first send from `from` on that is answered, if not lost.
fn next_send(
    answers: impl Fn(Time) -> Time,
    start: Time,
    from: Time,
    (transport, end): (Transport, Time),
) -> Option<Time> {
    let mut at = answers(from);
    let Transport::Udp { t1, t2 } = transport else { return (at <= end).then_some(at) };
    loop {
        let send = if at >= end { end } else { start + send_at_or_after(at - start, t1, t2) };
        if send >= end {
            return None;
        }
        at = answers(send);
        if at == send {
            return Some(send);
        }
    }
}
