//! What the phones of a cohort meet at registrars: when they answer, what is lost or late on the way, and what
//! queues do.

use std::cell::Cell;

use crate::model::Side;
use crate::random::Entity;
use crate::time::Time;

use super::answers::Registers;
use super::context::PhoneContext;
use super::impairments::{Delivery, Impairments, Lost, Registration};
use super::past::Past;
use super::registrar::Registrar;
use super::verdicts::Outcome;

impl<'w> PhoneContext<'w> {
    /// What its phones meet at one side.
    #[must_use]
    pub fn registrar(&self, side: Side) -> &Registrar {
        &self.registrars[side.index()]
    }

    /// The impairments of REGISTERs at one side that are answered; `None`: nothing is lost or late.
    #[must_use]
    pub const fn impairments(&self, side: Side) -> Option<&Impairments<'w>> {
        self.impairments[side.index()].as_ref()
    }

    /// What happens to a send at one side that would be answered, by a registration of an agent;
    /// `lost`: the lost sends before it in its transaction.
    #[must_use]
    pub fn way(
        &self,
        side: Side,
        (who, index): (Entity, usize),
        send: Time,
        lost: &mut Option<Lost>,
    ) -> Delivery {
        let own = (Registration { who, index }, self.phone.transport);
        self.impairments(side)
            .map_or(Delivery::GOOD, |impairments| impairments.way(send, own, lost))
    }

    /// The outcome of a transaction at one side, if no other phone used the registrar; `plain`: the
    /// outcome if nothing were lost or late either.
    pub fn alone(
        &self,
        side: Side,
        (who, index): (Entity, usize),
        (start, plain): (Time, Outcome),
        near: &Cell<u32>,
    ) -> Outcome {
        let Some(impairments) = self.impairments(side) else { return plain };
        let how = (self.phone.transport, self.phone.transaction_timeout);
        impairments.transaction(
            (self.registrar(side), near),
            Registration { who, index },
            start,
            how,
        )
    }

    /// When an answer comes from one side that leaves at an instant; `None`: not before an end.
    #[must_use]
    pub fn comes(&self, side: Side, leaves: Time, way: Delivery, end: Time) -> Option<Time> {
        let Delivery::Carries(delay) = way else { return None };
        self.impairments(side)
            .map_or(Some(leaves), |impairments| impairments.comes(leaves, delay, end))
    }

    /// What the registrar at one side is, apart from when it answers.
    #[must_use]
    pub fn registry(&self, side: Side) -> &'w crate::model::Registrar {
        &self.model.sites[self.site(side).index()].registrar
    }

    /// Whether a transaction at one side waits for its outcome.
    #[must_use]
    pub fn asks(&self, side: Side) -> bool {
        matches!(self.registers, Registers::Asked(_)) && self.registry(side).limit.is_some()
    }

    /// Whether phones follow to a registrar with a capacity: a counterfactual may meet other things there.
    #[must_use]
    pub fn follows_to_queues(&self) -> bool {
        self.follows() && Side::BOTH.into_iter().any(|side| self.past(side).is_some())
    }

    /// What came to the registrar at one side in the run, where a counterfactual needs it.
    #[must_use]
    pub fn past(&self, side: Side) -> Option<&'w Past> {
        let Registers::Known(answers) = self.registers else { return None };
        let pair = self.profile.seat(side)?.sip;
        answers.past(pair)
    }
}
