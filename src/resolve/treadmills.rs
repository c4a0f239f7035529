//! Treadmills: what agents step through one by one for as long as something is down. How many steps
//! that may be is estimated from above; nothing is simulated, and nothing is refused here.
//!
//! Refreshes, rounds, probes and retries at a fixed interval are looked up and cost nothing, however
//! often they come. What is left goes round by itself, with an alarm for every step.

use crate::distribution::Law;
use crate::model::{
    DrTimerStarts, Kind, Model, OtherLoss, Phone, PhoneNowhere, Profile, Retry, Schedule, Style,
};
use crate::time::Span;

/// Something that goes round while something is down.
pub struct Treadmill {
    /// What goes round.
    pub what: &'static str,
    /// What would make it slower.
    pub mend: &'static str,
    /// How long it goes round at most, seconds.
    pub time_s: f64,
    /// How long a round takes on average, seconds.
    pub period_s: f64,
    /// Steps of a round.
    steps: f64,
    /// Steps that are taken for each round to see what it would have cost to stay.
    pub stayed: f64,
}

impl Treadmill {
    /// The steps of one agent, about, and from above.
    pub fn total(&self) -> f64 {
        (self.steps + self.stayed) * (self.time_s / self.period_s)
    }

    /// The same with the time that it goes round.
    fn during(self, time_s: f64) -> Self {
        Self { time_s, ..self }
    }
}

/// About how many steps any one agent takes beside those that the world's changes ask for, from
/// above: expected, not exact, for the faults may come more often than they are expected to.
#[must_use]
pub fn most_steps(model: &Model) -> f64 {
    let downs = Downs::new(model);
    let steps =
        |profile| treadmills(model, profile, &downs).iter().map(Treadmill::total).sum::<f64>();
    model.profiles.iter().map(steps).fold(0.0, f64::max)
}

/// What the agents of one profile may have to step through.
pub fn treadmills(model: &Model, profile: &Profile, downs: &Downs) -> Vec<Treadmill> {
    let phone = &model.phones[profile.phone];
    let down = &downs.0[profile.phone];
    let registers = [back_off(phone), away(phone)].into_iter().flatten();
    let mut found: Vec<_> = registers.map(|found| found.during(down.all_s)).collect();
    // Each move is judged by what it would have cost to stay: the rest of that time once more, half
    // of it on average.
    let share = if down.all_s > 0.0 { down.longest_s / down.all_s / 2.0 } else { 0.0 };
    let stayed = found.iter().map(|found| found.total() * share).sum::<f64>();
    for moves in [no_phone(model, profile), others(model, profile)].into_iter().flatten() {
        let slow = found.first().filter(|_| stayed > moves.steps);
        let mend = slow.map_or(moves.mend, |registers| registers.mend);
        found.push(Treadmill { mend, stayed, ..moves }.during(down.all_s));
    }
    found
}

fn round(what: &'static str, mend: &'static str, period_s: f64, steps: f64) -> Option<Treadmill> {
    Some(Treadmill { what, mend, time_s: 0.0, period_s, steps, stayed: 0.0 })
}

/// Retries with back-off: each wait is a draw. The waits grow to the cap within a few retries.
fn back_off(phone: &Phone) -> Option<Treadmill> {
    let Retry::Backoff { cap, .. } = phone.retry else { return None };
    let sites = if matches!(phone.style, Style::Failover { .. }) { 2.0 } else { 1.0 };
    let period = sites * phone.transaction_timeout.as_secs_f64() + 0.75 * cap.as_secs_f64();
    let mend = "make `transaction-timeout` or the `cap` of the phone's back-off longer";
    round("REGISTERs that fail, with back-off,", mend, period, sites)
}

/// A failover phone away from home whose binding runs out before its next refresh: its gaps are
/// seen.
fn away(phone: &Phone) -> Option<Treadmill> {
    let period = phone.refresh + phone.transaction_timeout;
    if phone.style != (Style::Failover { failback: true }) || phone.expiry >= period {
        return None;
    }
    let mend = "make the phone's `expiry` or `transaction-timeout` longer";
    round("refreshes of a phone away from home", mend, period.as_secs_f64(), 3.0)
}

/// An agent whose phone is dead at a site where its desktop is fine: it leaves, and comes back.
fn no_phone(model: &Model, profile: &Profile) -> Option<Treadmill> {
    let peer = profile.peer.as_ref().filter(|_| profile.phone_timeout.ends())?;
    let login = model.desktop.login.mean_s();
    let back = if model.policy.phone_nowhere == PhoneNowhere::Switch {
        // Its phone may be dead at the other site too, and the timer sends it back.
        0.0
    } else {
        // The other site may refuse it.
        let refused = model.retry_delay(profile, peer.sip).as_secs_f64();
        restored_s(model, profile).map_or(refused, |restored| refused.min(restored + login))
    };
    let mend = "make `disaster-recovery.wait-for-sipphone-timeout` or `login` longer, or set \
                `switchovers-per-hour`";
    let period = capped(model, profile.phone_timeout.as_secs_f64() + login + back);
    round("moves for want of a phone", mend, period, 12.0)
}

/// How long an agent stays at its peer site when nothing but its phone was lost at home; `None`: as
/// long as the phone is.
fn restored_s(model: &Model, profile: &Profile) -> Option<f64> {
    if !profile.auto_restore || model.policy.restore_needs_phone {
        return None;
    }
    let wait = model.probe_interval(profile) + model.what_if.hold_down;
    let jitter = model.what_if.restore_jitter.as_ref().map_or(0.0, Law::mean_s);
    Some(wait.as_secs_f64() + jitter)
}

/// An agent that moves with its Stat or Configuration Server connection, and finds none at the other
/// site either.
fn others(model: &Model, profile: &Profile) -> Option<Treadmill> {
    let moves =
        |kind: Kind| model.loss_policy(kind) == OtherLoss::MoveAgent && profile.dr[kind.index()];
    if !(moves(Kind::Stat) || moves(Kind::Config)) || !profile.dr_timeout.ends() {
        return None;
    }
    let delay = match model.policy.dr_timer_starts {
        DrTimerStarts::PairLost => profile.random_delay_range.as_secs_f64() / 2.0,
        DrTimerStarts::FirstDisconnect => 0.0,
    };
    let mend = "make `disaster-recovery.timeout` longer, or set `switchovers-per-hour`";
    let period = capped(model, profile.dr_timeout.as_secs_f64() + delay);
    round("moves for want of a Stat or Configuration Server", mend, period, 12.0)
}

/// A what-if cap on switchovers slows moves down.
fn capped(model: &Model, period_s: f64) -> f64 {
    model.what_if.switchovers_per_hour.map_or(period_s, |cap| period_s.max(3600.0 / f64::from(cap)))
}

/// How long something is down or has not come back, at most, of the time up to the horizon.
struct Down {
    /// In all.
    all_s: f64,
    /// At a stretch.
    longest_s: f64,
}

/// The same for each phone of a model: many agents have one.
pub struct Downs(Vec<Down>);

impl Downs {
    /// Looks at all faults once for each phone.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        Self(model.phones.iter().map(|phone| down(model, phone)).collect())
    }
}

fn down(model: &Model, phone: &Phone) -> Down {
    let horizon = Span(model.horizon.0).as_secs_f64();
    let after = after_s(model, phone);
    let faults = model.faults.iter().map(|fault| {
        let (spells, length) = spells(&fault.schedule, horizon);
        (fault.targets.len() as f64, spells, length)
    });
    let drains = model.drains.iter().map(|drain| (1.0, 1.0, drain.lasts.as_secs_f64()));
    let mut down = Down { all_s: 0.0, longest_s: 0.0 };
    for (targets, spells, length) in faults.chain(drains) {
        let length = length + after;
        // What is down all the time is so no longer than that.
        down.all_s += targets * (spells * length).min(horizon);
        down.longest_s = down.longest_s.max(length);
    }
    Down { all_s: down.all_s.min(horizon), longest_s: down.longest_s.min(horizon) }
}

/// How long it may take after a spell until everything is as before.
fn after_s(model: &Model, phone: &Phone) -> f64 {
    let failover = model.pairs.iter().map(|pair| {
        let law = &pair.failover;
        law.process.mean_s() + law.host.mean_s() + law.manual.as_secs_f64()
    });
    let wait = match phone.retry {
        Retry::Fixed(wait) | Retry::Backoff { cap: wait, .. } => wait,
    };
    failover.fold(0.0, f64::max) + (phone.transaction_timeout + wait).as_secs_f64()
}

/// How many spells a target has within the horizon, and how long they are on average, in seconds.
/// Of sets of laws, those with the most time down.
pub fn spells(schedule: &Schedule, horizon: f64) -> (f64, f64) {
    if let Schedule::Scripted { down, times, .. } = schedule {
        return (f64::from(*times), down.as_secs_f64());
    }
    let sets = 0..schedule.sets().max(1) as u64;
    let both = sets.filter_map(|set| schedule.laws(set)).map(|(failure, repair)| {
        let (up, down) = (failure.mean_s(), repair.mean_s());
        (horizon / (up + down), down)
    });
    both.fold((0.0, 0.0), |(most, longest), (spells, down)| (most.max(spells), longest.max(down)))
}
