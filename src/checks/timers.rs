//! V26, V28, V34, V41, V47: timers that do not go together.

use super::report::Report;
use super::rules::{V26, V28, V34, V41, V47};
use super::scene::{Agents, Scene, span_of};
use super::second_attempt::{self, PHONE_TIMEOUT, leaves_for_phone};
use super::takeover::Studies;
use super::words::{plain, said};
use crate::diagnostic::TextSpan;
use crate::model::{DrTimerStarts, Model, Profile, RestoreWhen, Schedule};
use crate::scenario::Effective;
use crate::time::{Span, Time};

/// `disaster-recovery.timeout`.
const TIMEOUT: &str = "disaster-recovery.timeout";

/// How long a cut is at least, of which V41 asks whether agents leave within it.
const SHORT: Span = Span::from_secs(60);

/// The two timers of some agents.
struct Timers<'d> {
    dr: Effective<'d>,
    phone: Effective<'d>,
}

/// Runs the checks of this file.
pub(super) fn check(scene: &Scene, model: &Model, report: &mut Report) {
    let mut studies = Studies::new(model);
    let flap = flap(model);
    for (agents, _) in scene.between_sites() {
        let effective = |name| agents.class.effective(name);
        let timers = Timers { dr: effective(TIMEOUT), phone: effective(PHONE_TIMEOUT) };
        inverted(model, agents, &timers, report);
        beyond(model, agents, &timers, report);
        flapping(model, agents, &timers, (&mut studies, flap), report);
        failover(model, agents, &timers, &mut studies, report);
        second_attempt::check(model, agents, scene.phone(model, agents), report);
    }
    keep_alive(scene, report);
}

/// Where a timer was written, else where disaster recovery was switched on.
pub(super) fn place(agents: &Agents, timer: &Effective) -> TextSpan {
    span_of(timer).unwrap_or_else(|| agents.enabled_at())
}

/// V47: the timer cannot fire in the run. `"never"` is meant.
fn beyond(model: &Model, agents: &Agents, timers: &Timers, report: &mut Report) {
    let Some(profile) = profile(model, agents) else { return };
    let timeout = profile.dr_timeout;
    if timeout == Span::NEVER || timeout < model.horizon - Time::ZERO {
        return;
    }
    let message = format!(
        "the DR timeout of {} is longer than the whole run: it never fires",
        said(&timers.dr, timeout)
    );
    let help = format!("`{TIMEOUT}` is in seconds; a what-if without the timer says \"never\"");
    let finding = V47.at(place(agents, &timers.dr), message).help(help);
    report.add_for(agents, finding);
}

/// V26: the timer leaves the backup time to take over.
fn failover<'m>(
    model: &'m Model,
    agents: &Agents,
    timers: &Timers,
    studies: &mut Studies<'m>,
    report: &mut Report,
) {
    let Some(profile) = profile(model, agents) else { return };
    let pair = profile.preferred.sip;
    for (loss, found) in studies.of(profile) {
        let message = format!(
            "the DR timeout of {} ends before the backup of `{}` serves: {} of 100 agents leave \
             after the loss of {}",
            said(&timers.dr, profile.dr_timeout),
            model.pairs[pair.index()].name,
            found.leaving,
            loss.words()
        );
        let costs = format!(
            "an agent who leaves is out of service for about {}, one who waits for about {}",
            rounded(found.leave),
            rounded(found.wait)
        );
        let enough = plain(found.enough);
        let help = if found.wait < found.leave {
            format!(
                "set `{TIMEOUT}` to at least {enough}, so that at most 5 of 100 leave; a site that \
                 is really lost is then left later too"
            )
        } else {
            format!(
                "this is a trade-off: at least {enough} in `{TIMEOUT}` saves these moves and their \
                 logins, but no downtime; a faster failover saves both"
            )
        };
        let finding = V26.at(place(agents, &timers.dr), message).label(costs).help(help);
        report.add_for(agents, finding);
    }
}

/// What the agents have in common, as meant, if they move between two sites.
fn profile<'m>(model: &'m Model, agents: &Agents) -> Option<&'m Profile> {
    agents.profile(model).filter(|profile| profile.peer.is_some())
}

/// A length in whole seconds.
fn rounded(span: Span) -> String {
    format!("{:.0} s", span.as_secs_f64())
}

/// From the noticing of a silent loss of all of a pair to the start of the DR timer.
fn until_timer(model: &Model, profile: &Profile) -> Span {
    let pair = &model.pairs[profile.preferred.sip.index()];
    let attempt = model.connect_timeout(profile);
    match model.policy.dr_timer_starts {
        DrTimerStarts::PairLost => pair.members().fold(pair.backup_delay, |sum, _| sum + attempt),
        DrTimerStarts::FirstDisconnect => Span::ZERO,
    }
}

/// V28: agents leave later for a lost phone than for a lost site.
fn inverted(model: &Model, agents: &Agents, timers: &Timers, report: &mut Report) {
    let Some(profile) = profile(model, agents) else { return };
    let (dr, wait) = (profile.dr_timeout, profile.phone_timeout);
    let Some(phone) = model.phones.get(profile.phone).filter(|_| dr.ends() && wait.ends()) else {
        return;
    };
    let round = until_timer(model, profile);
    if wait <= round + dr || !leaves_for_phone(model, phone) {
        return;
    }
    let message = format!(
        "the phone timeout of {} is longer than the {} that agents stay at a lost site",
        said(&timers.phone, wait),
        plain(round + dr)
    );
    let terms = format!(
        "{} = {} for a round of attempts + {} DR timeout, from the noticing",
        plain(round + dr),
        plain(round),
        said(&timers.dr, dr)
    );
    let help = "a lost phone keeps agents at their site for longer than lost servers do; usually \
                it is the other way round";
    let place = span_of(&timers.phone).unwrap_or_else(|| place(agents, &timers.dr));
    report.note_for(agents, V28.at(place, message).label(terms).help(help));
}

/// V41: agents leave within a minute, and go back as soon as possible. `down`, `up`: see
/// [`flap`].
fn flapping<'m>(
    model: &'m Model,
    agents: &Agents,
    timers: &Timers,
    (studies, (down, up)): (&mut Studies<'m>, (Span, Span)),
    report: &mut Report,
) {
    let Some(profile) = profile(model, agents) else { return };
    let window = matches!(model.policy.restore_when, RestoreWhen::Window { .. });
    let held = window || model.what_if.hold_down >= up;
    if !profile.auto_restore || held || !profile.dr_timeout.ends() {
        return;
    }
    let Some(leaving) = studies.leaving(profile, down) else { return };
    let message = format!(
        "the DR timeout of {} lets agents flap: the first leave {} after a cut and return at once \
         when it is over",
        said(&timers.dr, profile.dr_timeout),
        rounded(leaving)
    );
    let help = format!(
        "half of all network outages are over within a minute: raise `{TIMEOUT}`, switch \
         `disaster-recovery.auto-restore` off, or try `hold-down` of {} or more in [what-if]",
        plain(up)
    );
    report.add_for(agents, V41.at(place(agents, &timers.dr), message).help(help));
}

/// The longest cut that comes again, and the longest time up between two: a minute, or what a flapping
/// fault of the scenario makes of it.
fn flap(model: &Model) -> (Span, Span) {
    model.faults.iter().fold((SHORT, SHORT), |(longest, between), fault| match fault.schedule {
        Schedule::Scripted { down, up, times, .. } if times > 1 => {
            (longest.max(down), between.max(up))
        }
        _ => (longest, between),
    })
}

/// V34: ADDP is on.
fn keep_alive(scene: &Scene, report: &mut Report) {
    let desktop = &scene.document.desktop;
    let Some(addp) = desktop.addp_timeout.as_ref().filter(|addp| !addp.value.ends()) else {
        return;
    };
    if desktop.detection.is_some() || scene.covered().next().is_none() {
        return;
    }
    let message = "without ADDP a silent loss is found by TCP only";
    let help = "set `addp-timeout` to some seconds: TCP needs about 15 minutes to give up on a \
                silent peer";
    report.add(V34.at(addp.span, message).help(help));
}
