//! From rows to outages and up times, each component by its own clock. Whatever has to be decided
//! on the way is a named policy, and what it did is counted; nothing happens silently.

use serde::Serialize;

use super::log::{Log, Row};
use super::mistakes::{self, Mistakes};
use super::sample::{Length, Sample};
use crate::diagnostic::TextSpan;
use crate::time::{Span, Time};

/// What outages of one component that overlap or touch are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Overlaps {
    /// A mistake.
    #[default]
    Refuse,
    /// One outage, from the first start to the last end.
    Merge,
}

/// What an outage is that ends when it begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ZeroLengths {
    /// A mistake.
    #[default]
    Refuse,
    /// An outage of the smallest unit that the log writes.
    Smallest,
}

/// What the time from the start of the observation to the first outage of a component is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FirstUpTime {
    /// The rest of an up time whose beginning nobody saw: left out.
    #[default]
    LeaveOut,
    /// A whole up time: the component went into service at that moment.
    Whole,
}

/// How a log is understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Policies {
    /// Overlapping outages.
    pub overlaps: Overlaps,
    /// Outages without length.
    pub zero_lengths: ZeroLengths,
    /// The first up time.
    pub first_up_time: FirstUpTime,
    /// Start of the observation; `None`: nothing is known before a component's first row.
    pub from: Option<Time>,
    /// End of the observation; `None`: the last instant of the log.
    pub until: Option<Time>,
    /// This component only, by its position in the log.
    pub component: Option<usize>,
}

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
    /// Outages without length that count as the smallest unit.
    pub lengthened: usize,
    /// That smallest unit.
    pub unit: Span,
}

/// One outage: where it is said, and whether it is still open.
#[derive(Clone, Copy)]
struct Spell {
    from: Time,
    to: Time,
    open: bool,
}

/// Puts a log in order.
///
/// # Errors
/// What the policies refuse: overlapping outages, outages without length, open outages that are
/// followed by another.
pub fn observe(log: &Log, policies: &Policies) -> Result<Observed, Mistakes> {
    let (rows, lengthened) = with_lengths(log, policies)?;
    let last = rows.iter().map(|row| row.end.unwrap_or(row.start)).max();
    let until = policies.until.or(last).unwrap_or(Time::ZERO);
    let inside = |row: &Row| {
        policies.from.is_none_or(|from| from <= row.start)
            && policies.until.is_none_or(|until| row.start < until)
    };
    let wanted = |index: usize| policies.component.is_none_or(|only| only == index);
    let mut by_component: Vec<Vec<Row>> = vec![Vec::new(); log.components.len()];
    let mut outside = 0;
    for row in rows.iter().filter(|row| wanted(row.component)) {
        if inside(row) {
            by_component[row.component].push(*row);
        } else {
            outside += 1;
        }
    }
    by_component.iter_mut().for_each(|rows| rows.sort_by_key(|row| (row.start, row.end)));
    refuse(&by_component, policies.overlaps)?;
    let mut observed = Observed {
        components: Vec::new(),
        cycles: Vec::new(),
        from: policies.from,
        until,
        outside,
        lengthened,
        unit: log.resolution(),
    };
    let whole = policies.from.filter(|_| policies.first_up_time == FirstUpTime::Whole);
    for (index, rows) in by_component.iter().enumerate().filter(|(_, rows)| !rows.is_empty()) {
        observed.add(index, &log.components[index], rows, whole);
    }
    Ok(observed)
}

/// The rows, those without length made as long as the smallest unit, and how many there are.
fn with_lengths(log: &Log, policies: &Policies) -> Result<(Vec<Row>, usize), Mistakes> {
    let empty = |row: &&Row| row.end == Some(row.start);
    let spans: Vec<TextSpan> = log.rows.iter().filter(empty).map(|row| row.span).collect();
    let unit = log.resolution();
    if policies.zero_lengths == ZeroLengths::Refuse && !spans.is_empty() {
        let shown = super::written::length_text(unit.as_secs_f64());
        return Err(mistakes::no_length(&spans, &shown).into());
    }
    let longer = |row: &Row| match row.end {
        Some(end) if end == row.start => Row { end: Some(end + unit), ..*row },
        _ => *row,
    };
    Ok((log.rows.iter().map(longer).collect(), spans.len()))
}

/// What is refused in the rows of the components, each in the order of time.
fn refuse(by_component: &[Vec<Row>], policy: Overlaps) -> Result<(), Mistakes> {
    let mut found = Mistakes::default();
    let (mut pairs, mut several) = (Vec::new(), 0);
    for rows in by_component {
        for pair in rows.windows(2).filter(|pair| pair[0].end.is_none()) {
            found.push(mistakes::open_inside(pair[0].span, pair[1].span));
        }
        let before = pairs.len();
        pairs.extend(overlapping(rows));
        several += usize::from(pairs.len() > before);
    }
    if policy == Overlaps::Refuse && !pairs.is_empty() {
        let rows = by_component.iter().map(Vec::len).sum();
        pairs.sort_by_key(|(row, _)| row.start);
        found.push(mistakes::overlaps(&pairs, several, rows, rows - pairs.len()));
    }
    if found.is_empty() { Ok(()) } else { Err(found) }
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
    /// The rows of a component, in the order of time.
    fn add(&mut self, index: usize, name: &str, rows: &[Row], whole_from: Option<Time>) {
        let spells = merged(rows, self.until);
        let first = self.cycles.len();
        let mut push = |outage, up| self.cycles.push(Cycle { component: index, outage, up });
        if let Some(from) = whole_from {
            push(None, Length::new(spells[0].from - from, false));
        }
        for (number, spell) in spells.iter().enumerate() {
            let outage = Length::new(spell.to - spell.from, spell.open);
            let up = match spells.get(number + 1) {
                Some(next) => Length::new(next.from - spell.to, false),
                None if spell.open => None,
                None => Length::new(self.until - spell.to, true),
            };
            push(outage, up);
        }
        let ups = self.cycles[first..].iter().filter_map(|cycle| cycle.up);
        let component = Component {
            name: name.to_owned(),
            rows: rows.len(),
            outages: spells.len(),
            open: spells[spells.len() - 1].open,
            up_times: ups.filter(|up| !up.censored).count(),
        };
        self.components.push(component);
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

/// The outages of rows in the order of time, cut at the end of the observation.
fn merged(rows: &[Row], until: Time) -> Vec<Spell> {
    let mut spells: Vec<Spell> = Vec::new();
    for row in rows {
        let to = row.end.unwrap_or(Time::NEVER);
        match spells.last_mut() {
            Some(last) if row.start <= last.to => last.to = last.to.max(to),
            _ => spells.push(Spell { from: row.start, to, open: false }),
        }
    }
    for spell in &mut spells {
        spell.open = spell.to > until;
        spell.to = spell.to.min(until);
    }
    spells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::log::read;

    fn observed(text: &str, policies: Policies) -> Observed {
        let log = read(text.as_bytes()).expect("the log is sound");
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
        let log = read(text.as_bytes()).expect("the log is sound");
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
}
