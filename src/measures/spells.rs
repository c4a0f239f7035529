//! The times of faults, in which peaks are counted for them. Unlike calls, a peak may count for several.
//!
//! A fault has the time from its start until it is over: `flap-window` after its last target is up
//! again, so that the restore is in it. Where two overlap, the one that hit more agents has the
//! time until it is over, and the other has none of it; of equal ones both have it. One that begins
//! during the restore of another ends the time of that one if it hit as many; if it hit fewer, both
//! have it. Where all are over, the time goes on for those that had it last.

use std::ops::Range;

use crate::time::{Span, Time};

use super::frame::Frame;
use super::incident::IncidentEffect;

/// Times in order, and the declared faults (then drains) that each of them counts for.
#[derive(Debug, Default)]
pub(super) struct Spells {
    pub(super) spans: Vec<Range<Time>>,
    /// Per time: where its own are in `all`.
    own: Vec<Range<usize>>,
    all: Vec<usize>,
}

impl Spells {
    /// No time yet, with memory for `times` of them; a few more or less do no harm.
    fn expecting(times: usize) -> Self {
        Self {
            spans: Vec::with_capacity(times),
            own: Vec::with_capacity(times),
            all: Vec::with_capacity(times),
        }
    }

    /// Those that a time counts for.
    pub(super) fn declared(&self, spell: usize) -> &[usize] {
        &self.all[self.own[spell].clone()]
    }

    /// From an instant to `end` those put last into `all` have the time, if it was not theirs already.
    fn begin(&mut self, at: Time, end: Time) {
        let before = self.own.last().cloned().unwrap_or_default();
        if self.all[before.clone()] == self.all[before.end..] {
            self.all.truncate(before.end);
            return;
        }
        self.spans.last_mut().into_iter().for_each(|last| last.end = at);
        self.spans.push(at..end);
        self.own.push(before.end..self.all.len());
    }
}

/// Incidents of one declared fault that begin before the one before them is over.
#[derive(Clone, Copy, Debug)]
struct Episode {
    declared: usize,
    from: Time,
    /// When the last target is up again.
    to: Time,
    /// The most agents that one of its incidents hit.
    hit: u64,
}

/// The times of a run, one after the other; nothing where they are not needed.
pub(super) fn spells(frame: &Frame, effects: &[IncidentEffect]) -> Spells {
    if !frame.wants_peaks() {
        return Spells::default();
    }
    let model = frame.model;
    let each = frame.incidents.iter().zip(effects).map(|(incident, effect)| Episode {
        declared: incident.declared(model),
        from: incident.from,
        to: incident.to.min(model.horizon),
        hit: effect.hit,
    });
    one_after_the_other(&episodes(each, model.flap_window), model.flap_window, model.horizon)
}

/// Incidents in order of their starts, those of one fault put together.
fn episodes(incidents: impl Iterator<Item = Episode>, after: Span) -> Vec<Episode> {
    let mut all: Vec<Episode> = Vec::with_capacity(incidents.size_hint().0);
    let mut last: Vec<Option<usize>> = Vec::new();
    for one in incidents {
        if last.len() <= one.declared {
            last.resize(one.declared + 1, None);
        }
        let known = last[one.declared].filter(|known| one.from <= all[*known].to + after);
        match known.map(|known| &mut all[known]) {
            Some(known) => (known.to, known.hit) = (known.to.max(one.to), known.hit.max(one.hit)),
            None => {
                last[one.declared] = Some(all.len());
                all.push(one);
            }
        }
    }
    all
}

fn one_after_the_other(episodes: &[Episode], after: Span, end: Time) -> Spells {
    let over = |one: usize| episodes[one].to + after;
    let (mut next, mut there) = (0, Vec::new());
    let mut found = Spells::expecting(episodes.len());
    loop {
        let begins = episodes.get(next).map_or(end, |one| one.from);
        let ends = there.iter().map(|one| over(*one)).fold(end, Time::min);
        let at = begins.min(ends);
        if at >= end {
            return found;
        }
        if ends == at {
            there.retain(|one| over(*one) > at);
        }
        while episodes.get(next).is_some_and(|one| one.from == at) {
            there.push(next);
            next += 1;
        }
        if !there.is_empty() {
            let alone = there.len() == 1;
            let shadow = |one: usize| is_in_shadow(&episodes[one], episodes, &there);
            let own = there.iter().filter(|one| alone || !shadow(**one));
            found.all.extend(own.map(|one| episodes[*one].declared));
            found.begin(at, end);
        }
    }
}

/// Whether another has the time alone: a greater one that was not up again when this one began, or one as great that began
/// when this one was up again.
fn is_in_shadow(one: &Episode, episodes: &[Episode], there: &[usize]) -> bool {
    let greater = |other: &Episode| other.hit > one.hit && one.from < other.to;
    let as_great = |other: &Episode| other.hit == one.hit && other.from >= one.to;
    let mut others = there.iter().map(|other| &episodes[*other]);
    others.any(|other| !std::ptr::eq(other, one) && (greater(other) || as_great(other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Incidents of faults, from and to a minute, and whom they hit; in words whose the minutes of two hours are. A fault is
    /// over after a quarter of an hour.
    fn shown(incidents: &[(usize, i64, i64, u64)]) -> String {
        let minute = |at: i64| Time::from_secs(60 * at);
        let each = incidents.iter().map(|&(declared, from, to, hit)| Episode {
            declared,
            from: minute(from),
            to: minute(to),
            hit,
        });
        let after = Span::from_secs(900);
        let found = one_after_the_other(&episodes(each, after), after, minute(120));
        let each = found.spans.iter().enumerate().map(|(number, span)| {
            let [from, to] = [span.start, span.end].map(|at| at.0 / minute(1).0);
            let names: Vec<_> = found.declared(number).iter().map(usize::to_string).collect();
            format!("{from}-{to} {}", names.join("+"))
        });
        each.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_time_is_that_of_the_greatest_of_all_that_overlap() {
        assert_eq!(shown(&[(0, 15, 20, 5)]), "15-120 0");
        // One after the other; the first ends when the second begins.
        assert_eq!(shown(&[(0, 15, 20, 5), (1, 40, 41, 0)]), "15-40 0, 40-120 1");
        // A short fault during a loss has nothing, also of the restore.
        assert_eq!(shown(&[(0, 15, 55, 5), (1, 54, 54, 4)]), "15-120 0");
        // One that begins during the restore has its time, and the loss has it, too.
        assert_eq!(shown(&[(0, 15, 55, 5), (1, 57, 58, 0)]), "15-57 0, 57-70 0+1, 70-120 1");
        // One that begins then and hits as many has it alone.
        assert_eq!(shown(&[(0, 15, 55, 5), (1, 57, 58, 5)]), "15-57 0, 57-120 1");
        // What goes on when the loss is over has the time from then on.
        assert_eq!(shown(&[(0, 15, 55, 5), (1, 30, 90, 4)]), "15-70 0, 70-120 1");
        // A short fault that hits more has its own time, and its restore.
        assert_eq!(shown(&[(0, 15, 65, 5), (1, 30, 31, 8)]), "15-30 0, 30-46 1, 46-120 0");
        // A small fault of days has nothing of a loss.
        assert_eq!(shown(&[(0, 0, 110, 1), (1, 30, 50, 8)]), "0-30 0, 30-65 1, 65-120 0");
        // Of equal ones both.
        assert_eq!(shown(&[(0, 15, 65, 5), (1, 15, 25, 5)]), "15-40 0+1, 40-120 0");
        // Of a flapping target all are one.
        assert_eq!(
            shown(&[(0, 15, 16, 9), (0, 20, 21, 2), (1, 22, 23, 4)]),
            "15-22 0, 22-36 0+1, 36-120 1"
        );
    }
}
