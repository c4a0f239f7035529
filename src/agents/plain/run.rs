//! The life of one plain agent: from alarm to alarm, told stretch by stretch.
//!
//! What falls on one instant happens in the order of [`Run::step`], which comes to that of the law
//! (see `agents::life`) for what a plain agent knows: the connection breaks, is answered or
//! noticed lost (classes 0, a and b) and the login ends (a), in either order, for a login that
//! ends with its connection lost is abandoned both ways; what is true of the phone and what the
//! desktop sees of it (end of b); the DR timer (d); the phone timer (e); the probe (f).

use crate::model::{AgentId, Side, SiteId};
use crate::time::Time;
use crate::trace::{Event, Record, Sink};
use crate::world::{Cursor, Outlook};

use super::desk::Desk;
use super::registration::Registration;
use crate::agents::context::{Context, View};
use crate::agents::fortune::Fortune;

/// One agent, alive.
pub struct Run<'r, 'a, S> {
    /// What its cohort shares.
    pub cx: &'a Context<'a>,
    /// What its desktop can see of the SIP Server pairs.
    pub views: [&'a View<'a>; 2],
    /// Its phone's registrations, per side.
    pub lines: &'r [Registration; 2],
    /// Who it is.
    pub agent: AgentId,
    /// Its luck.
    pub fortune: Fortune,
    /// Its desktop.
    pub desk: Desk,
    /// The SIP Server pairs around now, per side.
    outlooks: [Cursor<'a, Outlook>; 2],
    /// Not a counterfactual, in which no timer moves the agent and nothing is recorded.
    pub real: bool,
    steps: u64,
    sink: &'r mut S,
}

impl<'r, 'a, S: Sink> Run<'r, 'a, S> {
    /// An agent at the start: logged in, connected and ready at its preferred site.
    pub fn new(
        cx: &'a Context<'a>,
        views: [&'a View<'a>; 2],
        lines: &'r [Registration; 2],
        agent: AgentId,
        fortune: Fortune,
        sink: &'r mut S,
    ) -> Self {
        let desk = Desk::new();
        let outlooks = views.map(|view| Cursor::new(view.outlook, desk.now));
        let (real, steps) = (true, 0);
        let mut run = Self { cx, views, lines, agent, fortune, desk, outlooks, real, steps, sink };
        run.await_break();
        run.await_phone();
        run
    }

    /// Lives to the horizon. Returns the steps that it took, counterfactuals included.
    pub fn live(mut self) -> u64 {
        self.run();
        self.finish();
        self.steps
    }

    /// Lives to the horizon, or a counterfactual to the first instant in service: returns which.
    pub fn run(&mut self) -> Time {
        let horizon = self.cx.model.horizon;
        loop {
            let next = self.desk.next();
            if self.stand(next.min(horizon)) {
                return self.desk.now;
            }
            if next >= horizon {
                return horizon;
            }
            self.desk.now = next;
            for outlook in &mut self.outlooks {
                outlook.move_to(next);
            }
            self.steps += 1;
            self.step(next);
        }
    }

    /// The first thing that happens now, in the order that is law.
    fn step(&mut self, now: Time) {
        let desk = &self.desk;
        if desk.link_at == now {
            self.link_step();
        } else if desk.stage_at == now {
            self.login_due();
        } else if desk.usable_at == now {
            self.look_at_truth();
        } else if desk.phone_at == now {
            self.look_at_phone();
        } else if desk.dr == now {
            self.dr_timer_fires();
        } else if desk.phone_timer == now {
            self.phone_timer_fires();
        } else {
            self.restore();
        }
    }

    /// The horizon: closes what is open and counts what was not recorded.
    fn finish(&mut self) {
        self.desk.now = self.cx.model.horizon;
        self.hindsight();
        for side in Side::BOTH {
            self.ghost_ends(side);
        }
        self.desk.count_probes(self.cx.probe_interval, self.desk.now);
        let rounds = self.desk.rounds + self.rounds_begun(self.cx.last_instant());
        let [home, away] = self.lines;
        self.emit(Event::Tally {
            registered: home.registered + away.registered,
            failed: home.failed + away.failed,
            probes: self.desk.probes,
            rounds,
        });
    }

    /// The SIP Server pair at a side, around now.
    pub fn outlook(&self, side: Side) -> Cursor<'a, Outlook> {
        self.outlooks[side.index()]
    }

    /// The phone's registration at a side.
    pub fn line(&self, side: Side) -> &'r Registration {
        &self.lines[side.index()]
    }

    /// The site at a side.
    pub fn site(&self, side: Side) -> SiteId {
        self.cx.site(side)
    }

    /// Records an event of this instant.
    #[inline(always)]
    pub fn emit(&mut self, event: Event) {
        self.emit_at(self.desk.now, event);
    }

    /// Records an event of an instant.
    #[inline(always)]
    pub fn emit_at(&mut self, at: Time, event: Event) {
        if self.real {
            self.sink.record(Record { at, agent: self.agent, event });
        }
    }
}
