//! From rows to outages and up times, each component by its own clock. Whatever has to be decided
//! on the way is a named policy, and what it did is counted; nothing happens silently.

use schemars::JsonSchema;
use serde::Serialize;

use super::log::Log;
use super::mistakes::{self, Mistakes};
use super::policies::{FirstUpTime, Open, Overlaps, Policies, ZeroLengths};
use super::row::Row;
use super::sample::{Length, Sample};
use crate::diagnostic::TextSpan;
use crate::time::{Span, Time};

/// An outage and the up time after it: what the bootstrap draws as one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cycle {
    /// Position of the component in the log.
    pub component: usize,
    /// The outage; `None` for an up time before the first outage, and where nothing was seen of
    /// it before the observation ended.
    pub outage: Option<Length>,
    /// The up time after it; `None` if the observation ended with the outage.
    pub up: Option<Length>,
}

/// What a component contributes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Component {
    /// Name; empty if the log names none.
    pub name: String,
    /// Rows within the observation.
    pub rows: usize,
    /// Outages that they make.
    pub outages: usize,
    /// Whether the last one was still open when the observation ended.
    pub open: bool,
    /// Up times that were seen to their end.
    pub up_times: usize,
}

/// A log as understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// The components, in the order of the log.
    pub components: Vec<Component>,
    /// Every outage with its up time, component by component in the order of time.
    pub cycles: Vec<Cycle>,
    /// Start of the observation, if it is known.
    pub from: Option<Time>,
    /// End of the observation.
    pub until: Time,
    /// Rows that begin outside the observation and were left out.
    pub outside: usize,
    /// Outages without an end whose length is unknown.
    pub dropped: usize,
    /// Most rows that one outage is made of.
    pub most_rows: usize,
    /// Components of the log that never failed in it, and count for nothing.
    pub never_failed: usize,
    /// Outages without length that count as the smallest unit.
    pub lengthened: usize,
    /// That smallest unit.
    pub unit: Span,
}

/// One outage.
#[derive(Clone, Copy)]
struct Spell {
    from: Time,
    to: Time,
    end: End,
    rows: usize,
}

/// What is known of the end of an outage.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// When it was.
    Seen,
    /// It is after the end of the observation.
    Beyond,
    /// Nothing.
    Unknown,
}

/// Puts a log in order.
///
/// # Errors
/// Every mistake of its rows, and what the policies refuse: overlapping outages, outages without
/// length, open outages that are followed by another.
pub fn observe(log: &Log, policies: &Policies) -> Result<Observed, Mistakes> {
    let mut found = log.found.clone();
    let (rows, lengthened) = with_lengths(log, policies, &mut found);
    let until = policies.until.unwrap_or(log.last);
    let inside = |row: &Row| {
        policies.from.is_none_or(|from| from <= row.start)
            && policies.until.is_none_or(|until| row.start < until)
    };
    let wanted = |index: usize| policies.component.is_none_or(|only| only == index);
    let (rows, outside): (Vec<Row>, Vec<Row>) =
        rows.into_iter().filter(|row| wanted(row.component)).partition(inside);
    let mut by_component: Vec<Vec<Row>> = vec![Vec::new(); log.components.len()];
    rows.iter().for_each(|row| by_component[row.component].push(*row));
    by_component.iter_mut().for_each(|rows| rows.sort_by_key(|row| (row.start, row.end)));
    refuse(&by_component, policies, &mut found);
    if !found.is_empty() {
        found.sort();
        return Err(found);
    }
    let dropped = rows.iter().filter(|row| row.end.is_none()).count();
    let mut observed = Observed {
        components: Vec::new(),
        cycles: Vec::new(),
        from: policies.from,
        until,
        outside: outside.len(),
        dropped: if policies.open == Open::Drop { dropped } else { 0 },
        most_rows: 0,
        never_failed: 0,
        lengthened,
        unit: log.resolution(),
    };
    let whole = policies.from.filter(|_| policies.first_up_time == FirstUpTime::Whole);
    for (index, rows) in by_component.iter().enumerate().filter(|(index, _)| wanted(*index)) {
        let since =
            log.since[index].filter(|since| policies.from.is_none_or(|from| from <= *since));
        match rows.is_empty() {
            true => observed.never_failed += 1,
            false => {
                observed.add(index, &log.components[index], rows, (whole.or(since), policies.open))
            }
        }
    }
    Ok(observed)
}

/// The rows, those without length made as long as the smallest unit, and how many there are.
fn with_lengths(log: &Log, policies: &Policies, found: &mut Mistakes) -> (Vec<Row>, usize) {
    let empty = |row: &&Row| row.end == Some(row.start);
    let spans: Vec<TextSpan> = log.rows.iter().filter(empty).map(|row| row.span).collect();
    let unit = log.resolution();
    if policies.zero_lengths == ZeroLengths::Refuse && !spans.is_empty() {
        let shown = super::written::length_text(unit.as_secs_f64());
        found.push(mistakes::no_length(&spans, &shown));
    }
    let longer = |row: &Row| match row.end {
        Some(end) if end == row.start => Row { end: Some(end + unit), ..*row },
        _ => *row,
    };
    (log.rows.iter().map(longer).collect(), spans.len())
}

/// What is refused in the rows of the components, each in the order of time.
fn refuse(by_component: &[Vec<Row>], policies: &Policies, found: &mut Mistakes) {
    let (mut pairs, mut several) = (Vec::new(), 0);
    for rows in by_component {
        let open = |pair: &&[Row]| pair[0].end.is_none() && policies.open == Open::Censor;
        for pair in rows.windows(2).filter(open) {
            found.push(mistakes::open_inside(pair[0].span, pair[1].span));
        }
        let before = pairs.len();
        pairs.extend(overlapping(rows));
        several += usize::from(pairs.len() > before);
    }
    if policies.overlaps == Overlaps::Refuse && !pairs.is_empty() {
        let rows = by_component.iter().map(Vec::len).sum();
        pairs.sort_by_key(|(row, _)| row.start);
        found.push(mistakes::overlaps(&pairs, several, rows, rows - pairs.len()));
    }
}

/// Rows that begin before or when an earlier one ends, each with that earlier one.
fn overlapping(rows: &[Row]) -> Vec<(TextSpan, TextSpan)> {
    let mut found = Vec::new();
    let mut longest: Option<&Row> = None;
    for row in rows {
        if let Some(earlier) = longest.filter(|earlier| earlier.end.is_some_and(|e| row.start <= e))
        {
            found.push((row.span, earlier.span));
        }
        if longest.is_none_or(|earlier| earlier.end <= row.end || row.end.is_none()) {
            longest = Some(row);
        }
    }
    found
}

impl Observed {
    /// The rows of a component, in the order of time; its first up time begins at `since`.
    fn add(&mut self, index: usize, name: &str, rows: &[Row], (since, open): (Option<Time>, Open)) {
        let spells = merged(rows, self.until, open);
        let first = self.cycles.len();
        let mut push = |outage, up| self.cycles.push(Cycle { component: index, outage, up });
        if let Some(since) = since {
            push(None, Length::new(spells[0].from - since, false));
        }
        for (number, spell) in spells.iter().enumerate() {
            let length = Length::new(spell.to - spell.from, spell.end == End::Beyond);
            let outage = length.filter(|_| spell.end != End::Unknown);
            let up = match spells.get(number + 1) {
                _ if spell.end != End::Seen => None,
                Some(next) => Length::new(next.from - spell.to, false),
                None => Length::new(self.until - spell.to, true),
            };
            push(outage, up);
        }
        let ups = self.cycles[first..].iter().filter_map(|cycle| cycle.up);
        let component = Component {
            name: name.to_owned(),
            rows: rows.len(),
            outages: spells.len(),
            open: spells.last().is_some_and(|spell| spell.end == End::Beyond),
            up_times: ups.filter(|up| !up.censored).count(),
        };
        self.components.push(component);
        self.most_rows = spells.iter().map(|spell| spell.rows).fold(self.most_rows, usize::max);
    }

    /// The lengths of the outages.
    #[must_use]
    pub fn repairs(&self) -> Sample {
        self.cycles.iter().filter_map(|cycle| cycle.outage).collect()
    }

    /// The up times.
    #[must_use]
    pub fn up_times(&self) -> Sample {
        self.cycles.iter().filter_map(|cycle| cycle.up).collect()
    }

    /// Number of rows within the observation.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.components.iter().map(|component| component.rows).sum()
    }

    /// Number of outages that they make.
    #[must_use]
    pub fn outages(&self) -> usize {
        self.components.iter().map(|component| component.outages).sum()
    }
}

/// The outages of rows in the order of time, cut at the end of the observation. Where the end of
/// one row of several is unknown, that of the whole is.
fn merged(rows: &[Row], until: Time, open: Open) -> Vec<Spell> {
    let mut spells: Vec<Spell> = Vec::new();
    for row in rows {
        let (to, end) = match (row.end, open) {
            (Some(end), _) => (end, End::Seen),
            (None, Open::Censor) => (Time::NEVER, End::Seen),
            (None, Open::Drop) => (row.start, End::Unknown),
        };
        match spells.last_mut() {
            Some(last) if row.start <= last.to => {
                last.to = last.to.max(to);
                last.rows += 1;
                if end == End::Unknown {
                    last.end = end;
                }
            }
            _ => spells.push(Spell { from: row.start, to, end, rows: 1 }),
        }
    }
    for spell in spells.iter_mut().filter(|spell| spell.to > until) {
        spell.to = until;
        spell.end = End::Beyond;
    }
    spells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::log::{Reading, read};

    fn observed(text: &str, policies: Policies) -> Observed {
        let log = read(text.as_bytes(), &Reading::default()).expect("the log is sound");
        observe(&log, &policies).expect("the policies take it")
    }

    fn lengths(observed: &Observed) -> Vec<(Option<f64>, Option<f64>, bool)> {
        let secs = |length: Option<Length>| length.map(|length| length.secs);
        let cut = |cycle: &Cycle| [cycle.outage, cycle.up].iter().flatten().any(|l| l.censored);
        observed.cycles.iter().map(|c| (secs(c.outage), secs(c.up), cut(c))).collect()
    }

    const LOG: &str = "component,start,end\na,100,110\nb,150,155\na,200,230\na,500,\n";

    #[test]
    fn each_component_has_a_clock_of_its_own_and_an_end_that_is_cut() {
        let observed =
            observed(LOG, Policies { until: Some(Time::from_secs(600)), ..Policies::default() });
        assert_eq!(
            lengths(&observed),
            [
                (Some(10.0), Some(90.0), false),
                (Some(30.0), Some(270.0), false),
                (Some(100.0), None, true),
                (Some(5.0), Some(445.0), true),
            ]
        );
        assert!(observed.components[0].open && !observed.components[1].open);
    }

    #[test]
    fn without_an_end_the_last_instant_of_the_log_is_it() {
        let observed = observed(LOG, Policies::default());
        assert_eq!(observed.until, Time::from_secs(500));
        // Nothing is seen of the open outage.
        assert_eq!(lengths(&observed)[2], (None, None, false));
        assert_eq!(lengths(&observed)[3], (Some(5.0), Some(345.0), true));
    }

    #[test]
    fn the_first_up_time_is_left_out_or_whole() {
        let from = Some(Time::ZERO);
        let plain = observed(LOG, Policies { from, ..Policies::default() });
        assert_eq!(plain.cycles.len(), 4);
        let first_up_time = FirstUpTime::Whole;
        let whole = observed(LOG, Policies { from, first_up_time, ..Policies::default() });
        assert_eq!(lengths(&whole)[0], (None, Some(100.0), false));
        assert_eq!(whole.cycles.len(), 6);
    }

    #[test]
    fn what_begins_outside_is_left_out_and_what_ends_outside_is_cut() {
        let (from, until) = (Some(Time::from_secs(120)), Some(Time::from_secs(210)));
        let observed = observed(LOG, Policies { from, until, ..Policies::default() });
        assert_eq!(observed.outside, 2);
        assert_eq!(lengths(&observed), [(Some(10.0), None, true), (Some(5.0), Some(55.0), true),]);
    }

    #[test]
    fn what_overlaps_or_touches_is_one_outage_when_merged() {
        let text = "start,end\n0,10\n5,7\n10,12\n20,21\n21,30\n";
        let log = read(text.as_bytes(), &Reading::default()).expect("the log is sound");
        let refused = observe(&log, &Policies::default()).expect_err("it overlaps");
        assert_eq!(
            refused.found[0].message,
            "3 outages of 1 component begin before an earlier one is over"
        );
        let overlaps = Overlaps::Merge;
        let observed = observed(text, Policies { overlaps, ..Policies::default() });
        assert_eq!(
            lengths(&observed),
            [(Some(12.0), Some(8.0), false), (Some(10.0), None, false),]
        );
        assert_eq!((observed.rows(), observed.outages()), (5, 2));
    }

    #[test]
    fn outages_without_length_count_as_the_smallest_unit() {
        let text = "start,end\n0,0\n120,180\n";
        let zero_lengths = ZeroLengths::Smallest;
        let observed = observed(text, Policies { zero_lengths, ..Policies::default() });
        assert_eq!((observed.unit, observed.lengthened), (Span::from_secs(60), 1));
        assert_eq!(lengths(&observed)[0], (Some(60.0), Some(60.0), false));
    }

    #[test]
    fn a_dropped_outage_is_a_failure_whose_repair_is_unknown() {
        let text = "start,end\n0,10\n100,\n300,350\n400,420\n";
        let observed = observed(text, Policies { open: Open::Drop, ..Policies::default() });
        assert_eq!(observed.dropped, 1);
        assert_eq!(
            lengths(&observed),
            [
                (Some(10.0), Some(90.0), false),
                (None, None, false),
                (Some(50.0), Some(50.0), false),
                (Some(20.0), None, false),
            ]
        );
    }
}
