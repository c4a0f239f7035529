//! What a failover inside a pair means for the agents of a site: how long they wait for the backup,
//! and what leaving costs instead. It follows the timeline of docs/model.md with draws of its own, for
//! a loss that lasts. Phones are taken as well, and other faults do not enter.

use crate::distribution::Law;
use crate::model::{
    Cohort, DrTimerStarts, Fault, Model, Pair, PairId, Profile, SiteId, Style, Target,
};
use crate::random::{Entity, Luck, Purpose};
use crate::time::Span;

/// Losses that are drawn for one answer.
const DRAWS: u64 = 2000;
/// Up to this many of 100 agents may leave before it is worth a warning.
const TOLERATED: u64 = 5;

/// What a member is lost with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Loss {
    /// Its process alone: noticed at once, its host refuses.
    Process,
    /// Its host: silent, an attempt at it lasts the connect timeout.
    Host,
}

impl Loss {
    /// In words, after "the loss of".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Process => "its primary process",
            Self::Host => "its primary host",
        }
    }
}

/// What many such losses give.
pub(super) struct Takeover {
    /// Agents of 100 that leave before the backup serves them, rounded.
    pub leaving: u64,
    /// Mean downtime of these if they leave, the later restore included.
    pub leave: Span,
    /// Mean downtime of these if they wait instead.
    pub wait: Span,
    /// The timeout with which no more than 5 of 100 leave, in whole seconds.
    pub enough: Span,
}

/// One agent's loss.
struct Story {
    /// When the timer starts; from the loss.
    starts: Span,
    /// When the backup answers the desktop; from the loss.
    back: Span,
    /// Login and ready delay at the other site and, with automatic restore, at home again.
    logins: Span,
}

/// The kinds of loss that the scenario's faults bring about at a pair; both if nothing fails at all.
pub(super) fn losses(model: &Model, pair: PairId) -> Vec<Loss> {
    if model.faults.is_empty() && model.drains.is_empty() {
        return vec![Loss::Process, Loss::Host];
    }
    let own: Vec<_> = model.pairs[pair.index()].members().map(|member| member.host).collect();
    let brings = |fault: &Fault, loss: Loss| {
        fault.targets.iter().any(|target| match target {
            Target::Process(other, _) => loss == Loss::Process && *other == pair,
            Target::Host(host) => loss == Loss::Host && own.contains(host),
            _ => false,
        })
    };
    let happens = |loss: &Loss| model.faults.iter().any(|fault| brings(fault, *loss));
    [Loss::Process, Loss::Host].into_iter().filter(happens).collect()
}

/// What a kind of loss means for the agents of a profile; `None` if hardly anybody leaves.
pub(super) fn study(model: &Model, profile: &Profile, loss: Loss) -> Option<Takeover> {
    let pair = &model.pairs[profile.preferred.sip.index()];
    pair.backup.as_ref()?;
    let stories: Vec<_> = (0..DRAWS).map(|n| story(model, profile, pair, loss, n)).collect();
    let timeout = profile.dr_timeout;
    let leavers: Vec<_> =
        stories.iter().filter(|s| timeout.ends() && s.starts + timeout < s.back).collect();
    let number = leavers.len() as u64;
    if number * 100 <= TOLERATED * DRAWS {
        return None;
    }
    let mean = |of: &dyn Fn(&Story) -> Span| {
        let sum: i128 = leavers.iter().map(|story| i128::from(of(story).0)).sum();
        Span((sum / i128::from(number)) as i64)
    };
    let mut needs: Vec<_> = stories.iter().map(|story| story.back - story.starts).collect();
    needs.sort_unstable();
    let need = needs[(DRAWS * (100 - TOLERATED) / 100) as usize];
    let queue = queues(model, profile, &leavers);
    Some(Takeover {
        leaving: (number * 100 + DRAWS / 2) / DRAWS,
        leave: mean(&|story| leave(model, profile, story)) + queue,
        wait: mean(&|story| story.back),
        enough: Span::from_secs_f64(need.as_secs_f64().ceil()),
    })
}

/// The mean wait for login slots of those who leave, at the peer and on the way home: they come as
/// spread as their timers fire, and go on at the site's rate.
fn queues(model: &Model, profile: &Profile, leavers: &[&Story]) -> Span {
    let pair = profile.preferred.sip;
    let own = |cohort: &&Cohort| model.profiles[cohort.profile.index()].preferred.sip == pair;
    let agents: u64 = model.cohorts.iter().filter(own).map(|cohort| u64::from(cohort.count)).sum();
    let moving = i64::try_from(agents * leavers.len() as u64 / DRAWS).unwrap_or(i64::MAX);
    let starts = leavers.iter().map(|story| story.starts);
    let spread = starts.clone().max().unwrap_or_default() - starts.min().unwrap_or_default();
    let wait = |site: SiteId| {
        let gap = model.sites[site.index()].login_gap.unwrap_or(Span::ZERO);
        Span((gap.0.saturating_mul(moving) - spread.0).max(0) / 2)
    };
    let away = profile.peer.map_or(Span::ZERO, |peer| wait(peer.site));
    if profile.auto_restore { away + wait(profile.preferred.site) } else { away }
}

/// Draw `number` of an agent's loss.
fn story(model: &Model, profile: &Profile, pair: &Pair, loss: Loss, number: u64) -> Story {
    let luck = Luck { seed: 26, replication: number };
    let drawn = |law: &Law, purpose, n| law.sample(&mut luck.draw(Entity::pair(0), purpose, n));
    let range = Law::Uniform { lowest: Span::ZERO, highest: profile.random_delay_range };
    let delay = drawn(&range, Purpose::JitterSip, 0);
    let desktop = &model.desktop;
    let (failover, noticed, attempt) = match loss {
        Loss::Process => (&pair.failover.process, Span::ZERO, Span::ZERO),
        Loss::Host => {
            let noticed = drawn(&desktop.detection, Purpose::DetectSip, 0);
            (&pair.failover.host, noticed, desktop.connect_timeout)
        }
    };
    let serves = drawn(failover, Purpose::Failover, 0);
    let first = noticed + delay + attempt;
    let pause = model.retry_delay(profile, profile.preferred.sip) + attempt;
    let back = first + up_to(serves - first, pause);
    let starts = match model.policy.dr_timer_starts {
        DrTimerStarts::PairLost => first,
        DrTimerStarts::FirstDisconnect => noticed,
    };
    let moves = if profile.auto_restore { 2 } else { 1 };
    let login =
        |n| drawn(&desktop.login, Purpose::Login, n) + drawn(&desktop.ready, Purpose::Ready, n);
    Story { starts, back, logins: (0..moves).fold(Span::ZERO, |sum, n| sum + login(n)) }
}

/// The first multiple of a step that is not below a length; zero below zero.
fn up_to(length: Span, step: Span) -> Span {
    let (length, step) = (length.0.max(0), step.0.max(1));
    Span((length + step - 1) / step * step)
}

/// The downtime of one who leaves. A phone with one registration that is not moved by the desktop
/// stays behind: its agent is in service again only after the way home.
fn leave(model: &Model, profile: &Profile, story: &Story) -> Span {
    let gone = story.starts + profile.dr_timeout + story.logins;
    match model.phones[profile.phone].style {
        Style::Failover { .. } => gone.max(story.back + story.logins),
        Style::Dual | Style::Follow => gone,
    }
}

/// The length below which a law stays in 5 of 100 draws.
pub(super) fn quick(law: &Law) -> Span {
    let luck = |replication| Luck { seed: 26, replication };
    let draw = |n| law.sample(&mut luck(n).draw(Entity::pair(0), Purpose::DetectSip, 0));
    let mut all: Vec<_> = (0..DRAWS).map(draw).collect();
    all.sort_unstable();
    all[(DRAWS * TOLERATED / 100) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_begin_at_multiples_of_the_pause() {
        let s = Span::from_secs;
        let table = [(-3, 10, 0), (0, 10, 0), (1, 10, 10), (10, 10, 10), (25, 10, 30)];
        for (length, step, expected) in table {
            assert_eq!(up_to(s(length), s(step)), s(expected));
        }
    }

    #[test]
    fn a_quick_draw_of_keep_alives() {
        let law = Law::Uniform { lowest: Span::from_secs(10), highest: Span::from_secs(20) };
        assert!((quick(&law).as_secs_f64() - 10.5).abs() < 0.2);
    }
}
