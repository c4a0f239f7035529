//! Which column of a log means what: by the names of the header, or as the user maps them. It reads
//! no cell below the header.

use super::mistakes::{self, Mistakes};
use super::roles::{Role, Rows, WORDS, Words, hints, is_read, plain, unit};
use crate::diagnostic::cells::{Cell, Record, row_span};
use crate::diagnostic::{TextSpan, did_you_mean};

/// Where the columns are.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// What a row is.
    pub rows: Rows,
    /// Of each role the position of its column.
    places: [Option<usize>; 7],
    /// Seconds of a bare number in the column of the duration, and whether its name says so.
    pub unit: (f64, bool),
    /// Number of cells of a row.
    pub number: usize,
}

/// Finds the columns of a header.
///
/// # Errors
/// Every column that is missing, or is there twice, with the names that it could have.
pub(super) fn columns(
    header: &Record,
    mapped: &[(Role, String)],
    rows: Option<Rows>,
) -> Result<Columns, Mistakes> {
    let mut search = Search { header, mapped, found: Mistakes::default() };
    let mut places = WORDS.each_ref().map(|words| search.place(words));
    let has = |role: Role| places[role as usize].is_some();
    let rows = rows.unwrap_or(match (has(Role::Start), has(Role::Time)) {
        (true, _) | (_, false) => Rows::Outages,
        (false, true) if has(Role::State) => Rows::Transitions,
        (false, true) if has(Role::Up) => Rows::Samples,
        (false, true) => Rows::Outages,
    });
    search.check(rows, &places);
    if !search.found.is_empty() {
        return Err(search.found);
    }
    let said = |role| mapped.iter().any(|(known, _)| *known == role);
    if said(Role::Duration) && !said(Role::End) {
        places[Role::End as usize] = None;
    }
    let duration = places[Role::Duration as usize].map(|index| plain(&header[index].text));
    let unit = duration.as_deref().and_then(|name| unit(name).1);
    Ok(Columns { rows, places, unit: (unit.unwrap_or(1.0), unit.is_some()), number: header.len() })
}

/// The header and what is wrong with it.
struct Search<'a> {
    header: &'a Record,
    mapped: &'a [(Role, String)],
    found: Mistakes,
}

impl Search<'_> {
    /// The column of a role: the mapped one, else the first of the names that are read as it.
    fn place(&mut self, words: &Words) -> Option<usize> {
        let mapped = self.mapped.iter().rev().find(|(role, _)| *role == words.role);
        if let Some((_, name)) = mapped {
            let place = self.header.iter().position(|cell| cell.text.eq_ignore_ascii_case(name));
            if place.is_none() {
                self.found.push(mistakes::no_such_column(
                    words.name,
                    name,
                    self.whole(),
                    &self.names(),
                ));
            }
            return place;
        }
        let taken =
            |cell: &Cell| self.mapped.iter().any(|(_, name)| cell.text.eq_ignore_ascii_case(name));
        let cells = self.header.iter().enumerate();
        let mut all: Vec<(usize, &Cell)> =
            cells.filter(|(_, cell)| is_read(words, &cell.text) && !taken(cell)).collect();
        // Of several names for the component the first in the list is it; the others say more of it.
        if words.role == Role::Component {
            all.sort_by_key(|(_, cell)| {
                words.read.iter().position(|name| *name == plain(&cell.text))
            });
        } else if let [first, second, ..] = all[..] {
            let texts = [first, second].map(|(_, cell)| (cell.text.as_str(), cell.span));
            self.found.push(mistakes::column_twice(words.name, texts[0], texts[1]));
        }
        all.first().map(|(index, _)| *index)
    }

    /// What is missing for that kind of rows, and what says the same thing.
    fn check(&mut self, rows: Rows, places: &[Option<usize>; 7]) {
        let has = |role: Role| places[role as usize];
        let (time, state) = (has(Role::Time), has(Role::State).or(has(Role::Up)));
        match rows {
            Rows::Outages if has(Role::Start).is_none() && time.is_some() && state.is_some() => {
                self.found.push(mistakes::other_rows(self.whole(), has(Role::State).is_some()));
            }
            Rows::Outages => {
                if has(Role::Start).is_none() {
                    self.missing("start", places);
                }
                match (has(Role::End), has(Role::Duration)) {
                    (None, None) => self.missing("end or duration", places),
                    (Some(end), Some(lasts)) if !self.is_mapped(Role::End, Role::Duration) => {
                        let [end, lasts] = [&self.header[end], &self.header[lasts]];
                        let texts = [end, lasts].map(|cell| (cell.text.as_str(), cell.span));
                        self.found.push(mistakes::column_twice("end", texts[0], texts[1]));
                    }
                    _ => {}
                }
            }
            Rows::Transitions | Rows::Samples => {
                if time.is_none() {
                    self.missing("time", places);
                }
                if state.is_none() {
                    self.missing(if rows == Rows::Samples { "up" } else { "state" }, places);
                }
            }
        }
    }

    /// Whether exactly one of two roles is mapped, which settles which of them holds.
    fn is_mapped(&self, one: Role, other: Role) -> bool {
        let mapped = |role| self.mapped.iter().any(|(known, _)| *known == role);
        mapped(one) != mapped(other)
    }

    fn missing(&mut self, what: &str, places: &[Option<usize>; 7]) {
        let mut proposal = self.proposal(places);
        if !proposal.is_empty() {
            // One that is used alone would undo what is mapped already.
            let mapped = self.mapped.iter().map(|(role, name)| (role.name(), name.clone()));
            proposal = mapped.chain(proposal).collect();
        }
        self.found.push(mistakes::missing_column(what, self.whole(), &self.names(), &proposal));
    }

    /// What `--columns` could say, by the meaning of names, else by their spelling; names that
    /// mean something else already are left alone.
    fn proposal(&self, places: &[Option<usize>; 7]) -> Vec<(&'static str, String)> {
        let free = |index: usize| {
            !places.contains(&Some(index))
                && !WORDS.iter().any(|words| is_read(words, &self.header[index].text))
        };
        let wanted = [Role::Component, Role::Start, Role::End, Role::Duration];
        let mut proposed: Vec<(&'static str, String)> = Vec::new();
        for words in WORDS.iter().filter(|words| wanted.contains(&words.role)) {
            let settled = places[words.role as usize].is_some()
                || words.role == Role::Duration
                    && (places[Role::End as usize].is_some()
                        || proposed.iter().any(|(name, _)| *name == "end"));
            let names = self.header.iter().enumerate().filter(|(index, cell)| {
                free(*index) && !proposed.iter().any(|(_, name)| *name == cell.text)
            });
            let names: Vec<&str> = names.map(|(_, cell)| cell.text.as_str()).collect();
            let by_meaning = names.iter().find(|name| hints(words, name)).copied();
            let near = by_meaning.or_else(|| did_you_mean(words.name, names.iter().copied()));
            if let Some(near) = near.filter(|_| !settled) {
                proposed.push((words.name, near.to_owned()));
            }
        }
        proposed
    }

    fn whole(&self) -> TextSpan {
        row_span(self.header)
    }

    fn names(&self) -> Vec<&str> {
        self.header.iter().map(|cell| cell.text.as_str()).collect()
    }
}

impl Columns {
    /// The column of a role that this kind of rows uses.
    #[must_use]
    pub(super) fn place(&self, role: Role) -> Option<usize> {
        self.places[role as usize].filter(|_| self.uses(role))
    }

    fn uses(&self, role: Role) -> bool {
        match (role, self.rows) {
            (Role::Component, _) => true,
            (Role::Duration, Rows::Outages) => self.places[Role::End as usize].is_none(),
            (Role::Start | Role::End, rows) => rows == Rows::Outages,
            (Role::Time, rows) => rows != Rows::Outages,
            (Role::State, Rows::Transitions) | (Role::Up, Rows::Samples) => true,
            (Role::State, Rows::Samples) => self.places[Role::Up as usize].is_none(),
            (Role::Up, Rows::Transitions) => self.places[Role::State as usize].is_none(),
            _ => false,
        }
    }

    /// Columns that are not used, those that could name components first.
    #[must_use]
    pub(super) fn unused(&self, header: &Record) -> Vec<String> {
        let used: Vec<usize> = self.roles().map(|(_, index)| index).collect();
        let rest = header.iter().enumerate().filter(|(index, _)| !used.contains(index));
        rest.map(|(_, cell)| cell.text.clone()).collect()
    }

    /// The roles in use with their columns.
    pub(super) fn roles(&self) -> impl Iterator<Item = (Role, usize)> {
        let all = WORDS.iter().map(|words| words.role);
        all.filter_map(|role| self.place(role).map(|index| (role, index)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::cells::records;

    fn found(header: &str, rows: Option<Rows>) -> Result<String, String> {
        let records = records(header).expect("no open quote");
        match columns(&records[0], &[], rows) {
            Ok(columns) => {
                let roles = columns.roles().map(|(role, index)| format!("{}={index}", role.name()));
                let roles: Vec<String> = roles.collect();
                Ok(format!("{:?} {} x{}", columns.rows, roles.join(" "), columns.unit.0))
            }
            Err(found) => {
                let said = found.found.iter().map(|one| {
                    format!("{} ({})", one.message, one.help.as_deref().unwrap_or_default())
                });
                Err(said.collect::<Vec<_>>().join("; "))
            }
        }
    }

    #[test]
    fn columns_are_known_by_their_names() {
        let cases = [
            ("component,start,end", "Outages component=0 start=1 end=2 x1"),
            ("Start Time,Duration (min)", "Outages start=0 duration=1 x60"),
            ("start_time,duration_minutes,link", "Outages component=2 start=0 duration=1 x60"),
            ("device,duration_hours,start", "Outages component=0 start=2 duration=1 x3600"),
            ("host,component,start,end", "Outages component=1 start=2 end=3 x1"),
            ("time,link,state", "Transitions component=1 time=0 state=2 x1"),
            ("timestamp,up", "Samples time=0 up=1 x1"),
        ];
        for (header, wanted) in cases {
            assert_eq!(found(header, None).as_deref(), Ok(wanted), "{header}");
        }
    }

    #[test]
    fn what_is_mapped_already_is_part_of_the_proposal() {
        let records = records("link,from,to").expect("no open quote");
        let mapped = [(Role::Start, "from".to_owned())];
        let found = columns(&records[0], &mapped, None).expect_err("no end");
        let help = found.found[0].help.as_deref();
        assert_eq!(help, Some("`--columns start=from,end=to` would read it"));
    }

    #[test]
    fn what_is_missing_is_proposed_by_meaning() {
        let proposed = "`--columns component=site,start=begin,end=finish` would read it";
        assert_eq!(
            found("site,begin,finish", None).expect_err("no start"),
            format!(
                "the log has no column start ({proposed}); \
                 the log has no column end or duration ({proposed})"
            )
        );
        assert_eq!(
            found("time,link,state", Some(Rows::Outages)).expect_err("transitions"),
            "a row is one outage, with a start and an end or a duration; this looks like \
             transitions (leave `--rows` away, or write --rows transitions)"
        );
        // `state` is spelt like `start`, but means something else.
        assert_eq!(
            found("state,end", None).expect_err("no start"),
            "the log has no column start (the columns are: state, end; `--columns start=NAME` \
             names it)"
        );
        assert_eq!(
            found("start,end,duration", None).expect_err("twice"),
            "`end` and `duration` say the same thing (keep one of the two, or say which holds: \
             --columns end=end)"
        );
    }
}
