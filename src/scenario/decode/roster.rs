//! A roster: Persons as the rows of a CSV file, under the names that the language and the vendor have for
//! what its columns say. What a cell may hold is known by the decoder of Persons alone.

use std::collections::BTreeMap;

use crate::diagnostic::cells::{Cell, Record, records, row_span};
use crate::diagnostic::{Diagnostic, TextSpan};
use crate::options::{self, Place};
use crate::scenario::document::{INTERACTION_WORKSPACE, Person, Spanned};
use crate::scenario::file_mistakes::{no_column, open_quote, ragged, unknown_column};
use crate::scenario::mistakes::{bad_file, out_of_range, twice};
use crate::scenario::tree::{Entry, Node, Table, Value};

use super::context::Context;
use super::people;
use super::reader::Reader;
use super::sheet::{behind, text_of};
use super::values;

/// What a column says of a Person.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Says {
    /// Its name.
    Name,
    /// A key of `[person.NAME]`.
    Key(&'static str),
    /// A vendor option.
    Option(String),
    /// Nothing that matters here.
    Nothing,
}

/// The column of names.
const NAME: &str = "name";

/// Columns with a name of their own, and the key or option that each is.
const COLUMNS: &[(&str, Says)] = &[
    (NAME, Says::Name),
    ("group", Says::Key("agent-group")),
    ("location", Says::Key("location")),
    ("phone", Says::Key("phone")),
    ("place", Says::Key("place")),
    ("login", Says::Key("login")),
    ("shift", Says::Key("shift")),
];

/// Columns that are vendor options under a shorter name.
const SHORT: [(&str, &str); 2] =
    [("preferred", "disaster-recovery.preferred-site"), ("peer", "disaster-recovery.peer-site")];

type Names = Option<Spanned<Vec<Spanned<String>>>>;

/// The Persons of the roster that a scenario names, beside those that it has itself; `None`: it names none.
pub(super) fn persons(reader: &mut Reader<'_, '_>, others: &[Person]) -> Option<Vec<Person>> {
    let file = reader.value("agents-from", values::text);
    let columns: Names = reader.value("agents-columns", values::texts);
    let ignored: Names = reader.value("agents-ignored", values::texts);
    let there = reader.span_of("agents-from").is_some();
    let context = &mut *reader.context;
    context.needs("agents-columns", columns.as_ref(), "agents-from", there);
    context.needs("agents-ignored", ignored.as_ref(), "agents-from", there);
    let lists = |names: Names| names.map_or(Vec::new(), |names| names.value);
    let known = others.iter().map(|person| (person.name.value.clone(), person.name.span));
    let mut roster = Roster { context, start: 0, seen: known.collect() };
    let read = |file| roster.read(&file, (&lists(columns), &lists(ignored)));
    there.then(|| file.and_then(read).unwrap_or_default())
}

/// A roster that is being read.
struct Roster<'r, 'c> {
    context: &'r mut Context<'c>,
    start: usize,
    /// Persons so far, and where.
    seen: BTreeMap<String, TextSpan>,
}

impl Roster<'_, '_> {
    /// The Persons of a file; `None`: it cannot be used.
    fn read(
        &mut self,
        file: &Spanned<String>,
        named: (&[Spanned<String>], &[Spanned<String>]),
    ) -> Option<Vec<Person>> {
        let text = text_of(self.context, file);
        let text = text.map_err(|wrong| self.context.found.push(wrong)).ok()?;
        let rows = records(&text);
        self.start = self.context.attach(&file.value, text);
        let rows =
            rows.map_err(|quote| self.context.found.push(open_quote(behind(self.start, quote))));
        let rows = rows.ok()?;
        let Some((header, rows)) = rows.split_first().filter(|(_, rows)| !rows.is_empty()) else {
            let message = format!("the file `{}` has no rows", file.value);
            let help = "write a header such as `name,group,location`, and a row per agent";
            let found = bad_file(message, file.span, "no agents".to_owned()).help(help);
            self.context.found.push(found);
            return None;
        };
        let before = self.context.found.len();
        let columns = self.columns(header, named);
        let usable = self.context.found.len() == before;
        usable.then(|| rows.iter().filter_map(|row| self.person(row, &columns)).collect())
    }

    fn span(&self, cell: &Cell) -> TextSpan {
        behind(self.start, cell.span)
    }

    /// What each column of a header says.
    fn columns(
        &mut self,
        header: &Record,
        (columns, ignored): (&[Spanned<String>], &[Spanned<String>]),
    ) -> Vec<Says> {
        let renamed = self.renamed(header, columns);
        for name in ignored {
            self.column_of(header, &name.value, name.span);
        }
        let mut says: Vec<Says> = Vec::new();
        for cell in header {
            let own = renamed.iter().find(|(_, column)| *column == cell.text);
            let is_ignored = ignored.iter().any(|name| name.value == cell.text);
            let meaning = match own {
                Some((name, _)) => meaning(name),
                None if is_ignored => Some(Says::Nothing),
                None => meaning(&cell.text),
            };
            let found = match &meaning {
                None => {
                    let known: Vec<&str> = known().collect();
                    Some(unknown_column(&cell.text, self.span(cell), &known))
                }
                Some(meaning) => self.again(header, &says, (cell, meaning)),
            };
            self.context.found.extend(found);
            says.push(meaning.unwrap_or(Says::Nothing));
        }
        if !says.contains(&Says::Name) {
            let span = behind(self.start, row_span(header));
            let message = format!("the roster has no column `{NAME}`");
            let found = bad_file(message, span, "the header".to_owned());
            self.context.found.push(found.help(format!(
                "`agents-columns = [\"{NAME}=...\"]` says which column holds the names"
            )));
        }
        says
    }

    /// A column that says what one before it says.
    fn again(
        &self,
        header: &Record,
        says: &[Says],
        (cell, meaning): (&Cell, &Says),
    ) -> Option<Diagnostic> {
        let first = says.iter().position(|one| one == meaning && *one != Says::Nothing)?;
        let message = format!("two columns say the same thing: `{}`", cell.text);
        Some(twice(message, self.span(cell), self.span(&header[first])))
    }

    /// What `agents-columns` says: names here, and those of columns.
    fn renamed(&mut self, header: &Record, columns: &[Spanned<String>]) -> Vec<(String, String)> {
        let mut renamed = Vec::new();
        for written in columns {
            let pair =
                written.value.split_once('=').map(|(name, column)| (name.trim(), column.trim()));
            let Some((name, column)) = pair.filter(|(name, _)| meaning(name).is_some()) else {
                let rule =
                    "it is `NAME=COLUMN`, with the name of a column here and that in the file";
                self.context.found.push(out_of_range("agents-columns", written.span, rule));
                continue;
            };
            self.column_of(header, column, written.span);
            renamed.push((name.to_owned(), column.to_owned()));
        }
        renamed
    }

    /// Notes that a header does not have a column.
    fn column_of(&mut self, header: &Record, column: &str, span: TextSpan) {
        if header.iter().any(|cell| cell.text == column) {
            return;
        }
        let names: Vec<&str> = header.iter().map(|cell| cell.text.as_str()).collect();
        self.context.found.push(no_column("the roster", column, span, (&names, "")));
    }

    fn person(&mut self, row: &Record, columns: &[Says]) -> Option<Person> {
        if row.len() != columns.len() {
            let span = behind(self.start, row_span(row));
            self.context.found.push(ragged(span, row.len(), columns.len()));
            return None;
        }
        let Some(name) = self.name(row, columns) else {
            let span = behind(self.start, row_span(row));
            let message = "a row has no name".to_owned();
            self.context.found.push(bad_file(message, span, "an agent without a name".to_owned()));
            return None;
        };
        if let Some(first) = self.seen.insert(name.value.clone(), name.span) {
            let message = format!("the person `{}` is declared twice", name.value);
            self.context.found.push(twice(message, name.span, first));
            return None;
        }
        let table = self.table(row, columns, name.span);
        Some(people::person(self.context, name, &table))
    }

    fn name(&self, row: &Record, columns: &[Says]) -> Option<Spanned<String>> {
        let place = columns.iter().position(|says| *says == Says::Name)?;
        let cell = row.get(place).filter(|cell| !cell.text.is_empty())?;
        Some(Spanned { value: cell.text.clone(), span: self.span(cell) })
    }

    /// A row as the table that it could be; empty cells say nothing.
    fn table(&self, row: &Record, columns: &[Says], span: TextSpan) -> Table {
        let (mut keys, mut options) = (Table::default(), Table::default());
        for (cell, says) in row.iter().zip(columns).filter(|(cell, _)| !cell.text.is_empty()) {
            let span = self.span(cell);
            let entry = |key: &str| Entry {
                key: key.to_owned(),
                key_span: span,
                node: Node { span, value: Value::String(cell.text.clone()) },
            };
            match says {
                Says::Key(key) => keys.entries.push(entry(key)),
                Says::Option(option) => options.entries.push(entry(option)),
                Says::Name | Says::Nothing => {}
            }
        }
        if !options.entries.is_empty() {
            let node = Node { span, value: Value::Table(options) };
            let key = INTERACTION_WORKSPACE.to_owned();
            keys.entries.push(Entry { key, key_span: span, node });
        }
        keys
    }
}

/// What the name of a column means.
fn meaning(name: &str) -> Option<Says> {
    let is_it = |(column, says): &&(&str, Says)| {
        *column == name || matches!(says, Says::Key(key) if *key == name)
    };
    let own = COLUMNS.iter().find(is_it);
    let short = SHORT.iter().find(|(column, _)| *column == name).map(|(_, option)| *option);
    own.map(|(_, says)| says.clone()).or_else(|| {
        let name = short.unwrap_or(name);
        options::named(name)
            .any(|entry| {
                entry.family.is_vendor()
                    && entry.section == INTERACTION_WORKSPACE
                    && entry.places.contains(&Place::Person)
            })
            .then(|| Says::Option(name.to_owned()))
    })
}

/// Columns that are no options by their vendor names.
fn known() -> impl Iterator<Item = &'static str> {
    COLUMNS.iter().map(|(name, _)| *name).chain(SHORT.iter().map(|(name, _)| *name))
}
