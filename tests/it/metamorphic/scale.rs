//! With constant delays, every time parameter times k gives every time in the trace times k.

use proptest::prelude::*;
use switchover::distribution::Law;
use switchover::model::{
    Failback, Hours, Model, Phone, Registrar, Renewal, RestoreWhen, Retry, Schedule, Style,
    Transport,
};
use switchover::time::{Span, Time};
use switchover::trace::{Event, Record};

use super::run;
use crate::differential::over_cases;
use crate::support::case::Case;

/// The case with every draw made constant, and nothing tied to the clock or to an hour.
fn constant(mut case: Case) -> Case {
    let desktop = &mut case.desktop;
    let laws = [&mut desktop.detection, &mut desktop.login, &mut desktop.ready, &mut desktop.boot];
    let failover = &mut case.failover;
    let pairs = [&mut failover.process, &mut failover.host, &mut failover.hang];
    let gap = case.preempt.as_mut().map(|preempt| &mut preempt.gap);
    let jitter = case.what_if.restore_jitter.as_mut();
    laws.into_iter().chain(pairs).chain(gap).chain(jitter).for_each(whole);
    case.what_if.switchovers_per_hour = None;
    case.policy.restore_when = RestoreWhen::Idle;
    case.faults.retain(|(_, schedule, _)| matches!(schedule, Schedule::Scripted { .. }));
    for (_, _, impairment) in &mut case.faults {
        impairment.loss = 0.0;
        impairment.delay.iter_mut().for_each(whole);
    }
    for registrar in case.sites.iter_mut().map(|site| &mut site.registrar) {
        registrar.deviation = Span::ZERO;
        registrar.retry_after.iter_mut().for_each(whole);
        registrar.limit.iter_mut().for_each(|limit| limit.exponential = false);
    }
    for agents in &mut case.agents {
        agents.random_delay_range = Span::ZERO;
        agents.shifts.iter_mut().for_each(|shift| shift.spread = Span::ZERO);
        scripted(&mut agents.phone);
    }
    case
}

fn whole(law: &mut Law) {
    *law = Law::Constant(Span::from_secs(law.mean_s() as i64));
}

fn scripted(phone: &mut Phone) {
    for first in &mut phone.first_refresh {
        first.get_or_insert(Time::ZERO + phone.refresh);
    }
    match &phone.retry {
        Retry::Fixed(_) => {}
        Retry::Backoff { none, .. } => phone.retry = Retry::Fixed(*none),
        Retry::Drawn(_) => phone.retry = Retry::Fixed(Span::from_secs(10)),
    }
    phone.retry_after_refusal.iter_mut().for_each(whole);
    whole(&mut phone.boot);
    phone.start_spread = Span::ZERO;
}

/// A factor, applied to every kind of time there is.
#[derive(Clone, Copy)]
struct Factor(i64);

impl Factor {
    fn span(self, span: &mut Span) {
        if span.ends() {
            span.0 *= self.0;
        }
    }

    fn time(self, time: &mut Time) {
        time.0 *= self.0;
    }

    fn law(self, law: &mut Law) {
        if let Law::Constant(span) = law {
            self.span(span);
        }
    }

    fn model(self, model: &mut Model) {
        self.time(&mut model.horizon);
        for site in &mut model.sites {
            site.login_gap.iter_mut().for_each(|gap| self.span(gap));
            site.reconnect_gap.iter_mut().for_each(|gap| self.span(gap));
        }
        model.sites.iter_mut().for_each(|site| self.registrar(&mut site.registrar));
        for pair in &mut model.pairs {
            pair.reconnect.iter_mut().for_each(|span| self.span(span));
            self.law(&mut pair.failover.process);
            self.law(&mut pair.failover.host);
            self.law(&mut pair.failover.hang);
            self.span(&mut pair.backup_delay);
            if let Some(preempt) = &mut pair.preempt {
                self.span(&mut preempt.delay);
                self.law(&mut preempt.gap);
            }
            self.span(&mut pair.failover.manual);
        }
        model.phones.iter_mut().for_each(|phone| self.phone(phone));
        for profile in &mut model.profiles {
            self.span(&mut profile.dr_timeout);
            self.span(&mut profile.phone_timeout);
            profile.retry_delay.iter_mut().for_each(|span| self.span(span));
            profile.open_timeout.iter_mut().for_each(|span| self.span(span));
        }
        self.span(&mut model.policy.login_wait);
        for shift in &mut model.shifts {
            let scaled = |time: Time| Time(time.0 * self.0);
            let hours = shift.hours.intervals().map(|(from, to)| (scaled(from), scaled(to)));
            shift.hours = Hours::new(hours.collect());
        }
        self.desktop(model);
        self.faults(model);
    }

    fn registrar(self, registrar: &mut Registrar) {
        registrar.expires.iter_mut().flatten().for_each(|span| self.span(span));
        registrar.retry_after.iter_mut().for_each(|law| self.law(law));
        registrar.limit.iter_mut().for_each(|limit| self.span(&mut limit.message));
    }

    fn phone(self, phone: &mut Phone) {
        self.span(&mut phone.expiry);
        self.span(&mut phone.refresh);
        if let Renewal::Before(time) = &mut phone.renewal {
            self.span(time);
        }
        self.span(&mut phone.transaction_timeout);
        if let Style::Failover { failback: Failback::Every(interval) } = &mut phone.style {
            self.span(interval);
        }
        phone.first_refresh.iter_mut().flatten().for_each(|time| self.time(time));
        if let Transport::Udp { t1, t2 } = &mut phone.transport {
            self.span(t1);
            self.span(t2);
        }
        if let Retry::Fixed(interval) = &mut phone.retry {
            self.span(interval);
        }
        phone.retry_after_refusal.iter_mut().for_each(|law| self.law(law));
        self.law(&mut phone.boot);
    }

    fn desktop(self, model: &mut Model) {
        let desktop = &mut model.desktop;
        let laws =
            [&mut desktop.detection, &mut desktop.login, &mut desktop.ready, &mut desktop.boot];
        for law in laws {
            self.law(law);
        }
        self.span(&mut desktop.connect_timeout);
        desktop.keep_alive.iter_mut().for_each(|span| self.span(span));
        desktop.probe_interval.iter_mut().for_each(|span| self.span(span));
        self.span(&mut model.what_if.hold_down);
        model.what_if.restore_jitter.iter_mut().for_each(|law| self.law(law));
        model.what_if.stages.iter_mut().for_each(|stages| self.span(&mut stages.step));
    }

    fn faults(self, model: &mut Model) {
        for fault in &mut model.faults {
            fault.impairment.delay.iter_mut().for_each(|law| self.law(law));
            if let Schedule::Scripted { at, down, up, .. } = &mut fault.schedule {
                self.time(at);
                self.span(down);
                self.span(up);
            }
        }
        for drain in &mut model.drains {
            self.time(&mut drain.at);
            self.span(&mut drain.grace);
            self.span(&mut drain.lasts);
        }
    }

    fn record(self, mut record: Record) -> Record {
        self.time(&mut record.at);
        match &mut record.event {
            Event::LossNoticed { since, unusable, .. } => {
                self.time(since);
                unusable.iter_mut().for_each(|time| self.time(time));
            }
            Event::DrTimerStarted { fires: time, .. }
            | Event::PhoneTimerStarted { fires: time }
            | Event::PhoneSeenLost { since: Some(time), .. }
            | Event::MoveBegun { available: Some(time), .. }
            | Event::LoginBegun { ends: time, .. }
            | Event::LoggedIn { ready: time, .. }
            | Event::RestoreDelayed { until: time }
            | Event::HeldByCall { until: time } => self.time(time),
            Event::IfRemained { begun, downtime } => {
                self.time(begun);
                self.span(downtime);
            }
            Event::IfStayed { downtime } | Event::IfSwitched { downtime: Some(downtime) } => {
                self.span(downtime);
            }
            _ => {}
        }
        record
    }
}

#[test]
fn scaling_every_time_scales_the_trace() {
    over_cases(25, 300, |case| {
        let factor = Factor(2 + (case.seed % 4) as i64);
        let model = constant(case).model();
        let mut scaled = model.clone();
        factor.model(&mut scaled);
        let expected: Vec<Record> = run(&model).into_iter().map(|r| factor.record(r)).collect();
        prop_assert_eq!(expected, run(&scaled));
        Ok(())
    });
}
