//! What a failover inside a pair means for the agents of a site: how long they wait for the backup,
//! and what leaving costs instead. It follows the timeline of docs/model.md with draws of its own, for
//! a loss that lasts. Phones are taken as well, and other faults do not enter.

use std::collections::BTreeMap;

use crate::distribution::Law;
use crate::model::{DrTimerStarts, Fault, Model, Pair, PairId, Profile, SiteId, Style, Target};
use crate::random::{Entity, Purpose, RandomNumbers};
use crate::time::Span;

/// Losses that are drawn for one answer.
const DRAWS: u64 = 2000;
/// Up to this many of 100 agents may leave before it is worth a warning.
const TOLERATED: u64 = 5;

/// What a member is lost with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Loss {
    /// Its process alone: noticed at once, its host refuses.
    Process,
    /// Its host: silent, an attempt at it lasts the connect timeout.
    Host,
    /// Its process hangs: as silent.
    Hang,
}

impl Loss {
    /// In words, after "the loss of".
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Process => "its primary process",
            Self::Host => "its primary host",
            Self::Hang => "its primary process by a hang",
        }
    }
}

/// What many such losses give.
#[derive(Clone)]
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
struct LossCase {
    /// When the timer starts; from the loss.
    starts: Span,
    /// When the backup answers the desktop; from the loss.
    back: Span,
    /// Login and ready delay at the other site and, with automatic restore, at home again.
    logins: Span,
}

/// Such studies of a model, each made once: many agents have the same values.
pub(super) struct Studies<'m> {
    model: &'m Model,
    /// Number of agents at home at each pair.
    at_home: Vec<u64>,
    /// The kinds of loss of each pair that was asked for.
    losses: BTreeMap<PairId, Vec<Loss>>,
    made: BTreeMap<(&'m Profile, Loss), Option<Takeover>>,
    leaving: BTreeMap<(&'m Profile, Span), Option<Span>>,
}

impl<'m> Studies<'m> {
    /// Of a model; none is made yet.
    pub(super) fn new(model: &'m Model) -> Self {
        let mut at_home = vec![0; model.pairs.len()];
        for cohort in &model.cohorts {
            let profile = &model.profiles[cohort.profile.index()];
            at_home[profile.preferred.sip.index()] += u64::from(cohort.count);
        }
        let (losses, made, leaving) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { model, at_home, losses, made, leaving }
    }

    /// What each kind of loss means for the agents of a profile, if many leave.
    pub(super) fn of(&mut self, profile: &'m Profile) -> Vec<(Loss, Takeover)> {
        let (model, pair) = (self.model, profile.preferred.sip);
        let losses = self.losses.entry(pair).or_insert_with(|| losses(model, pair));
        let at_home = self.at_home[pair.index()];
        let studies = losses.iter().filter_map(|loss| {
            let made = self.made.entry((profile, *loss));
            let made = made.or_insert_with(|| study(model, profile, *loss, at_home));
            made.clone().map(|made| (*loss, made))
        });
        studies.collect()
    }

    /// See [`leaving_in_cut`].
    pub(super) fn leaving(&mut self, profile: &'m Profile, cut: Span) -> Option<Span> {
        let known = self.leaving.entry((profile, cut));
        *known.or_insert_with(|| leaving_in_cut(self.model, profile, cut))
    }
}

/// The kinds of loss that the scenario's faults bring about at a pair; both if nothing fails at all.
fn losses(model: &Model, pair: PairId) -> Vec<Loss> {
    if model.faults.is_empty() && model.drains.is_empty() {
        return vec![Loss::Process, Loss::Host];
    }
    let own: Vec<_> = model.pairs[pair.index()].members().map(|member| member.host).collect();
    let brings = |fault: &Fault, loss: Loss| {
        fault.targets.iter().any(|target| match target {
            Target::Process(other, _) => loss == Loss::Process && *other == pair,
            Target::Hang(other, _) => loss == Loss::Hang && *other == pair,
            Target::Host(host) => loss == Loss::Host && own.contains(host),
            _ => false,
        })
    };
    let happens = |loss: &Loss| model.faults.iter().any(|fault| brings(fault, *loss));
    [Loss::Process, Loss::Host, Loss::Hang].into_iter().filter(happens).collect()
}

/// What a kind of loss means for the agents of a profile; `None` if hardly any agent leaves.
fn study(model: &Model, profile: &Profile, loss: Loss, at_home: u64) -> Option<Takeover> {
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
    let mean = |of: &dyn Fn(&LossCase) -> Span| {
        let sum: i128 = leavers.iter().map(|story| i128::from(of(story).0)).sum();
        Span((sum / i128::from(number)) as i64)
    };
    let mut needs: Vec<_> = stories.iter().map(|story| story.back - story.starts).collect();
    needs.sort_unstable();
    let need = needs[(DRAWS * (100 - TOLERATED) / 100) as usize];
    let queue = queues(model, profile, &leavers, at_home);
    Some(Takeover {
        leaving: (number * 100 + DRAWS / 2) / DRAWS,
        leave: mean(&|story| leave(model, profile, story)) + queue,
        wait: mean(&|story| story.back),
        enough: Span::from_secs_f64(need.as_secs_f64().ceil()),
    })
}

/// The mean wait for login slots of the agents that leave, at the peer and during the restore: they
/// come as spread as their timers fire, and go on at the site's rate.
fn queues(model: &Model, profile: &Profile, leavers: &[&LossCase], agents: u64) -> Span {
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
fn story(model: &Model, profile: &Profile, pair: &Pair, loss: Loss, number: u64) -> LossCase {
    let random = RandomNumbers { seed: 26, replication: number };
    let drawn = |law: &Law, purpose, n| law.sample(&mut random.draw(Entity::pair(0), purpose, n));
    let range = Law::Uniform { lowest: Span::ZERO, highest: profile.random_delay_range };
    let delay = drawn(&range, Purpose::JitterSip, 0);
    let desktop = &model.desktop;
    let (failover, noticed, attempt) = match loss {
        Loss::Process => (&pair.failover.process, Span::ZERO, Span::ZERO),
        Loss::Host | Loss::Hang => {
            let noticed = drawn(&desktop.detection, Purpose::DetectSip, 0);
            let host = loss == Loss::Host;
            let law = if host { &pair.failover.host } else { &pair.failover.hang };
            (law, noticed, model.connect_timeout(profile))
        }
    };
    let serves = drawn(failover, Purpose::Failover, 0);
    // An attempt that a member which hangs has accepted is followed by the next one at once.
    let then = if loss == Loss::Hang { Span::ZERO } else { pair.backup_delay };
    let first = noticed + delay + attempt + then;
    let rounds = Rounds { pauses: model.retry_delays(profile, profile.preferred.sip), attempt };
    let back = rounds.first_from(first, serves);
    let starts = match model.policy.dr_timer_starts {
        DrTimerStarts::PairLost => first,
        DrTimerStarts::FirstDisconnect => noticed,
    };
    let moves = if profile.auto_restore { 2 } else { 1 };
    let login =
        |n| drawn(&desktop.login, Purpose::Login, n) + drawn(&desktop.ready, Purpose::Ready, n);
    LossCase { starts, back, logins: (0..moves).fold(Span::ZERO, |sum, n| sum + login(n)) }
}

/// Rounds at a pair: attempts of one length, and pauses of which the last one repeats.
#[derive(Clone, Copy)]
struct Rounds<'m> {
    pauses: &'m [Span],
    attempt: Span,
}

impl Rounds<'_> {
    /// The pause after round `number` from 0.
    fn pause(&self, number: usize) -> Span {
        let known = self.pauses.get(number).or(self.pauses.last());
        known.copied().unwrap_or_default()
    }

    /// Whether all pauses from that after round `number` on are the same.
    fn repeats(&self, number: usize) -> bool {
        number + 1 >= self.pauses.len()
    }

    /// The first instant at or after `wanted` of a row that begins at `first` and goes on by a pause
    /// and an attempt.
    fn first_from(&self, first: Span, wanted: Span) -> Span {
        let (mut at, mut number) = (first, 0);
        while at < wanted {
            let step = self.pause(number) + self.attempt;
            at += if self.repeats(number) { whole(wanted - at, step) } else { step };
            number += 1;
        }
        at
    }

    /// When a desktop is answered after a cut. Rounds begin at `round`, each of attempts that fail
    /// together after `failed`, and a pause. The attempt at the serving member, the first of a round,
    /// is answered at the end of the cut; one at its backup is refused then, and a pause follows.
    fn answered(&self, cut: Span, round: Span, failed: Span) -> Span {
        let (mut round, mut number) = (round, 0);
        while round + failed < cut {
            let step = failed + self.pause(number);
            let missing = cut - failed - round;
            round += if self.repeats(number) { whole(missing, step) } else { step };
            number += 1;
        }
        if cut <= round {
            round
        } else if cut <= round + self.attempt {
            cut
        } else {
            cut + self.pause(number)
        }
    }
}

/// The first multiple of a step that is not below a length above zero; of a step that never ends, the step.
fn whole(length: Span, step: Span) -> Span {
    let step = step.0.max(1);
    Span(((length.0 - 1) / step + 1).saturating_mul(step))
}

/// The downtime of an agent that leaves. A phone with one registration that is not moved by the
/// desktop stays behind: its agent is in service again only after the restore.
fn leave(model: &Model, profile: &Profile, story: &LossCase) -> Span {
    let gone = story.starts + profile.dr_timeout + story.logins;
    match model.phones[profile.phone].style {
        Style::Failover { .. } => gone.max(story.back + story.logins),
        Style::Dual | Style::Follow => gone,
    }
}

/// After how long the quickest 5 of 100 agents leave in a cut of their path of this length; `None` if
/// fewer than that leave at all, because the others have reconnected.
fn leaving_in_cut(model: &Model, profile: &Profile, cut: Span) -> Option<Span> {
    let attempt = model.connect_timeout(profile);
    let pair = &model.pairs[profile.preferred.sip.index()];
    let failed = Span(attempt.0 * pair.members().count() as i64);
    let rounds = Rounds { pauses: model.retry_delays(profile, profile.preferred.sip), attempt };
    let range = Law::Uniform { lowest: Span::ZERO, highest: profile.random_delay_range };
    let leaves = |number| {
        let random = RandomNumbers { seed: 26, replication: number };
        let drawn = |law: &Law, p| law.sample(&mut random.draw(Entity::pair(0), p, 0));
        let noticed = drawn(&model.desktop.detection, Purpose::DetectSip);
        let round = noticed + drawn(&range, Purpose::JitterSip);
        let starts = match model.policy.dr_timer_starts {
            // The end of the cut may find the backup being tried: it refuses, and the round has failed.
            DrTimerStarts::PairLost if cut > round + attempt => {
                (round + failed + pair.backup_delay).min(cut)
            }
            DrTimerStarts::PairLost => round + failed + pair.backup_delay,
            DrTimerStarts::FirstDisconnect => noticed,
        };
        let fires = starts + profile.dr_timeout;
        (noticed < cut && fires < rounds.answered(cut, round, failed)).then_some(fires)
    };
    let mut all: Vec<_> = (0..DRAWS).filter_map(leaves).collect();
    all.sort_unstable();
    all.get((DRAWS * TOLERATED / 100) as usize).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn s(seconds: i64) -> Span {
        Span::from_secs(seconds)
    }

    #[test]
    fn a_pause_that_never_ends_is_passed_in_one_step() {
        assert_eq!([1, 10, 11].map(|length| whole(s(length), s(10))), [s(10), s(10), s(20)]);
        assert_eq!(whole(s(1), Span::NEVER), Span::NEVER);
        let rounds = Rounds { pauses: &[Span::NEVER], attempt: s(21) };
        assert_eq!(rounds.answered(s(600), s(15), s(42)), Span::NEVER);
        assert_eq!(rounds.first_from(s(15), s(600)), Span::NEVER);
    }

    #[test]
    fn rounds_begin_a_pause_and_an_attempt_after_each_other() {
        let rounds = Rounds { pauses: &[s(10)], attempt: s(0) };
        let table = [(-3, 0), (0, 0), (1, 10), (10, 10), (25, 30)];
        for (wanted, expected) in table {
            assert_eq!(rounds.first_from(s(0), s(wanted)), s(expected));
        }
        let list = Rounds { pauses: &[s(1), s(2), s(5)], attempt: s(1) };
        let table = [(1, 2), (3, 5), (6, 11), (12, 17), (17, 17), (30, 35)];
        for (wanted, expected) in table {
            assert_eq!(list.first_from(s(0), s(wanted)), s(expected), "{wanted} s");
        }
    }

    #[test]
    fn an_answer_after_a_cut_waits_for_the_serving_member() {
        // Two attempts of 13 s and a pause of 2 s from 10 s on: 10-23-36, 38-51-64, 66-79-92.
        let rounds = Rounds { pauses: &[s(2)], attempt: s(13) };
        let table = [(5, 10), (20, 20), (23, 23), (30, 32), (37, 38), (60, 62), (70, 70), (93, 94)];
        for (cut, expected) in table {
            assert_eq!(rounds.answered(s(cut), s(10), s(26)), s(expected), "{cut} s");
        }
        // The second pause is 20 s: 10-23-36, 38-51-64, 84-97-110.
        let list = Rounds { pauses: &[s(2), s(20)], attempt: s(13) };
        for (cut, expected) in [(37, 38), (60, 80), (70, 84), (90, 90), (100, 120)] {
            assert_eq!(list.answered(s(cut), s(10), s(26)), s(expected), "{cut} s");
        }
    }
}
