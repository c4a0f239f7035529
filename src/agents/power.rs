//! Power cuts: a desktop is off at once, drops everything, and knows nothing when it starts again.

use crate::desktop::{Probing, Slot, Stage};
use crate::model::{Kind, Role, Side};
use crate::random::Purpose;
use crate::time::{Span, Time};
use crate::trace::{Event, Sink};

use super::life::Life;

impl<S: Sink> Life<'_, S> {
    /// The power fails, or the desktop has started.
    pub(super) fn power_turns(&mut self) {
        match (self.desk.stage == Stage::Absent, self.desk.dark) {
            (false, false) => self.goes_off(),
            (false, true) => self.starts(),
            (true, false) => self.is_dark(),
            (true, true) => self.has_started(),
        }
    }

    /// Everything ends, without a message to any server.
    fn goes_off(&mut self) {
        let (now, side) = (self.desk.now, self.desk.side());
        self.emit(Event::PowerLost);
        self.desk.rounds += self.rounds_begun(Kind::Sip, now - Span(1));
        self.close_watch();
        if self.desk.stage == Stage::LoggedIn {
            self.ghost_stays(side);
        }
        self.forget_all(Stage::Off);
        self.desk.outage.power = true;
        self.is_dark();
    }

    /// The desktop ends, and will know nothing of what was when it starts again.
    pub(super) fn forget_all(&mut self, stage: Stage) {
        self.leave_queue();
        self.count_probes();
        self.desk.probing = Probing::OFF;
        self.drop_links();
        self.forget_phone();
        let desk = &mut self.desk;
        (desk.stage, desk.open, desk.signs_in) = (stage, None, false);
        desk.switchovers = [Time(i64::MIN); 8];
        desk.seen = [self.cx.seen_unvisited(); 2];
        desk.links.iter_mut().for_each(|link| link.last = [Role::Primary; 2]);
        for slot in [Slot::Stage, Slot::Truth, Slot::Phone, Slot::Drain, Slot::Probe] {
            desk.agenda.clear(slot);
        }
    }

    /// The machine has no power: when it has started again.
    fn is_dark(&mut self) {
        let now = self.desk.now;
        self.desk.dark = true;
        let (cx, draws, number) = (self.cx, &mut self.draws, &mut self.desk.starts);
        let starts = cx.starts_after(now, || {
            *number += 1;
            draws.draw(&cx.laws.boot, Purpose::DesktopBoot, *number - 1)
        });
        self.desk.agenda.set(Slot::Power, starts);
    }

    fn starts(&mut self) {
        self.emit(Event::Started);
        self.has_started();
        self.seek();
    }

    fn has_started(&mut self) {
        self.desk.dark = false;
        self.desk.agenda.set(Slot::Power, self.cx.power_fails(self.desk.now));
    }

    /// The desktop looks for a site, its preferred site first.
    pub(super) fn seek(&mut self) {
        self.desk.stage = Stage::Seeking;
        self.desk.links[0].side = Side::Preferred;
        self.cycle_from(Kind::Sip, self.desk.now, 0);
    }
}
