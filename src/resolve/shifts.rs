//! Who is on duty when: the shifts of groups and Persons in this run.

use crate::diagnostic::Diagnostic;
use crate::model::{Hours, MIDNIGHT, Shift, ShiftId};
use crate::scenario::document::{self, AgentGroup, Class, Document, Spanned};
use crate::time::Span;

use super::settings::{given, instant};

/// Shares are compared in parts of this.
const WHOLE: Span = Span(1_000_000_000);

/// The shifts so far, and how many Persons of each group have taken one of their group's.
#[derive(Default)]
pub(super) struct Shifts {
    pub all: Vec<Shift>,
    turns: Vec<usize>,
}

impl Shifts {
    /// The shifts of some agents, in turn.
    pub(super) fn of(&mut self, class: &Class<'_>) -> Vec<ShiftId> {
        if let Some(own) = class.person.and_then(|person| person.shift.as_ref()) {
            return own.value.iter().map(|shift| self.id(class, &shift.value)).collect();
        }
        let Some(shifts) = &class.group.shift else { return Vec::new() };
        let ids: Vec<ShiftId> =
            shifts.value.iter().map(|shift| self.id(class, &shift.value)).collect();
        if class.person.is_none() {
            return in_turn(&shifts.value, class.agents() as usize).map(|turn| ids[turn]).collect();
        }
        let group = class.document.groups.element_offset(class.group).unwrap_or(0);
        self.turns.resize(class.document.groups.len().max(self.turns.len()), 0);
        let turn = in_turn(&shifts.value, self.turns[group] + 1).last().unwrap_or(0);
        self.turns[group] += 1;
        vec![ids[turn]]
    }

    /// The number of a shift; equal ones are one.
    fn id(&mut self, class: &Class<'_>, shift: &document::Shift) -> ShiftId {
        let spread = given(&class.group.arrive_spread).unwrap_or(Span::ZERO);
        let is_it = |known: &Shift| known.text == shift.text && known.spread == spread;
        let number = self.all.iter().position(is_it).unwrap_or_else(|| {
            let (text, hours) = (shift.text.clone(), hours(class.document, shift));
            self.all.push(Shift { text, hours, spread });
            self.all.len() - 1
        });
        ShiftId(number as u32)
    }
}

fn hours(document: &Document, shift: &document::Shift) -> Hours {
    let horizon = document.horizon.as_ref().map_or(Span::ZERO, |horizon| horizon.value);
    let clock = document.clock.as_ref().map_or(&MIDNIGHT, |clock| &clock.value);
    Hours::of(clock, &shift.windows, instant(horizon))
}

/// The shift that each of `agents` agents takes: the one that is furthest behind its share. Without
/// shares each in turn.
fn in_turn(shifts: &[Spanned<document::Shift>], agents: usize) -> impl Iterator<Item = usize> {
    let shares: Vec<i128> = shifts
        .iter()
        .map(|shift| shift.value.share.map_or(1, |share| i128::from(share.of(WHOLE).0)))
        .collect();
    let whole: i128 = shares.iter().sum();
    let mut taken = vec![0i128; shares.len()];
    (1..=agents as i128).map(move |agents| {
        let behind = |turn: &usize| shares[*turn] * agents - taken[*turn] * whole;
        let turns = (0..shares.len()).rev();
        let turn = turns.max_by_key(behind).unwrap_or(0);
        taken[turn] += 1;
        turn
    })
}

/// Shifts that never come, and spreads that are as long as a shift, or that no agent has a shift
/// for.
pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    let groups = document.groups.iter();
    groups.flat_map(|group| never(document, group).chain(spread(document, group))).collect()
}

fn never<'d>(
    document: &'d Document,
    group: &'d AgentGroup,
) -> impl Iterator<Item = Diagnostic> + 'd {
    let shifts = group.shift.iter().flat_map(|shifts| &shifts.value);
    let never = shifts.filter(|shift| hours(document, &shift.value).is_empty());
    never.map(|shift| {
        Diagnostic::warning("S018", "this shift never comes in the run", shift.span)
            .label("its agents are never there")
    })
}

fn spread(document: &Document, group: &AgentGroup) -> Option<Diagnostic> {
    let spread = group.arrive_spread.as_ref()?;
    let of_group = |person: &&document::Person| {
        document.group_of(person).is_some_and(|name| *name == group.name.value)
    };
    let own = document.persons.iter().filter(of_group).filter_map(|person| person.shift.as_ref());
    let shifts: Vec<_> = own.chain(&group.shift).flat_map(|shifts| &shifts.value).collect();
    if shifts.is_empty() {
        let found =
            Diagnostic::error("S012", "`arrive-spread` does nothing without `shift`", spread.span);
        return Some(
            found.label("has no effect").help("add `shift`, or leave `arrive-spread` out"),
        );
    }
    let windows = shifts.iter().flat_map(|shift| &shift.value.windows);
    let shortest = windows.map(|window| window.length()).min()?;
    (spread.value >= shortest).then(|| {
        Diagnostic::error("S008", "`arrive-spread` is out of range", spread.span)
            .label("it must be shorter than each shift")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::TextSpan;
    use crate::scenario::units::fraction;

    fn taken(shares: &[Option<&str>], agents: usize) -> Vec<usize> {
        let shifts: Vec<_> = shares
            .iter()
            .map(|share| {
                let share = share.map(|share| fraction(share).expect("a share"));
                let value = document::Shift { text: String::new(), windows: vec![], share };
                Spanned { value, span: TextSpan::new(0, 0) }
            })
            .collect();
        in_turn(&shifts, agents).collect()
    }

    #[test]
    fn shifts_are_taken_in_turn_or_by_shares() {
        assert_eq!(taken(&[None, None, None], 7), [0, 1, 2, 0, 1, 2, 0]);
        assert_eq!(taken(&[Some("60%"), Some("40%")], 5), [0, 1, 0, 1, 0]);
        let many = taken(&[Some("12.5%"), Some("80%"), Some("7.5%")], 1_000);
        let of = |shift| many.iter().filter(|one| **one == shift).count();
        assert_eq!([of(0), of(1), of(2)], [125, 800, 75]);
        // More agents change the shift of no other agent.
        assert_eq!(many[..77], taken(&[Some("12.5%"), Some("80%"), Some("7.5%")], 77));
    }
}
