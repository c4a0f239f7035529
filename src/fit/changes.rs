//! Outages from rows that report a state: changes of it, or observations of it. It reads no text.

use super::roles::Rows;
use super::row::Row;
use crate::diagnostic::TextSpan;
use crate::time::{Span, Time};

/// One row that reports a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    /// Position of the component.
    pub component: usize,
    /// When.
    pub at: Time,
    /// Whether it is up from then on.
    pub up: bool,
    /// The row.
    pub span: TextSpan,
}

/// The result of such rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// The outages, component by component in the order of time.
    pub rows: Vec<Row>,
    /// Of each component the moment of a return that was seen before its first outage here.
    pub since: Vec<Option<Time>>,
    /// Median time between two rows of one component.
    pub gap: Option<Span>,
}

/// Orders the rows by time and joins each `down` with the next `up` of its component. A first row
/// that finds a component down is the beginning of an outage if rows are changes; a look does not
/// say since when, so that this outage is left out, but its end is the beginning of an up time.
#[must_use]
pub(super) fn outages(mut looks: Vec<Look>, components: usize, kind: Rows) -> Changes {
    looks.sort_by_key(|look| (look.component, look.at));
    let mut changes = Changes { since: vec![None; components], ..Changes::default() };
    let mut gaps: Vec<Span> = Vec::new();
    for own in looks.chunk_by(|a, b| a.component == b.component) {
        gaps.extend(own.windows(2).map(|pair| pair[1].at - pair[0].at));
        changes.add(own, kind);
    }
    gaps.sort_unstable();
    changes.gap = gaps.get(gaps.len() / 2).copied();
    changes
}

impl Changes {
    /// The rows of one component.
    fn add(&mut self, own: &[Look], kind: Rows) {
        let component = own[0].component;
        // The first row of an outage; `None` inside: it is not known when it began.
        let mut down: Option<Option<&Look>> = None;
        for (number, look) in own.iter().enumerate() {
            let unknown = number == 0 && kind == Rows::Samples;
            match (down, look.up) {
                (None, false) => down = Some((!unknown).then_some(look)),
                (Some(Some(first)), true) => {
                    let (start, end, span) = (first.at, Some(look.at), first.span);
                    self.rows.push(Row { component, start, end, span });
                    down = None;
                }
                (Some(None), true) => {
                    self.since[component] = Some(look.at);
                    down = None;
                }
                // A first row "up" is a return, if rows are changes.
                (None, true) if number == 0 && kind == Rows::Transitions => {
                    self.since[component] = Some(look.at);
                }
                _ => {}
            }
        }
        if let Some(Some(first)) = down {
            self.rows.push(Row { component, start: first.at, end: None, span: first.span });
        }
    }
}

/// The state that a cell reports; `None`: it cannot be read.
#[must_use]
pub(super) fn state(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "up" | "1" | "true" | "yes" | "ok" | "online" => Some(true),
        "down" | "0" | "false" | "no" | "failed" | "offline" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(states: &[(i64, bool)], kind: Rows) -> (Vec<(i64, Option<i64>)>, Option<i64>) {
        let look = |(at, up): &(i64, bool)| Look {
            component: 0,
            at: Time::from_secs(*at),
            up: *up,
            span: TextSpan::new(0, 1),
        };
        let changes = outages(states.iter().map(look).collect(), 1, kind);
        let secs = |at: Time| at.0 / 1_000_000_000;
        let rows = changes.rows.iter().map(|row| (secs(row.start), row.end.map(secs)));
        (rows.collect(), changes.since[0].map(secs))
    }

    #[test]
    fn a_row_down_and_the_next_row_up_are_an_outage() {
        let states = [(50, true), (10, false), (20, false), (70, false)];
        let rows = vec![(10, Some(50)), (70, None)];
        assert_eq!(told(&states, Rows::Transitions), (rows.clone(), None));
        // The first observation finds it down: it is not known since when.
        assert_eq!(told(&states, Rows::Samples), (vec![(70, None)], Some(50)));
        let states = [(10, true), (20, true), (30, false), (40, true)];
        assert_eq!(told(&states, Rows::Transitions), (vec![(30, Some(40))], Some(10)));
        assert_eq!(told(&states, Rows::Samples), (vec![(30, Some(40))], None));
    }
}
