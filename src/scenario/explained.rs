//! What the program says of each key of the language that is no option of the catalogue: as text, as JSON, and as a part of
//! the page of options. It holds no fact: all of it comes from the table of keys.

use std::fmt::Write;

use serde_json::{Value, json};

use super::keys::{self, Absent, FAILOVER, Key, Shape, TOP, TableDef};
use super::reference;
use crate::options::{self, Effect, Kind};

/// What these keys are called together.
pub const FAMILY: &str = "keys of the scenario";

/// The text on the page before them.
const OPENING: &str = "\
Keys of the language that are no option. `switchover options NAME` explains each of them too (`TABLE.KEY` where several
tables have one); [scenario.md](scenario.md) has them with their meaning, values and defaults.
";

/// A key, and the table that it is in.
#[derive(Clone, Copy, Debug)]
pub struct Explained {
    table: &'static TableDef,
    key: &'static Key,
}

/// All of them, in the order of the reference page.
pub fn all() -> impl Iterator<Item = Explained> {
    let tables = keys::tables().into_iter().chain(keys::INLINE);
    tables.flat_map(of_table)
}

/// Those of a name: a key, or a path to it from its table, as `--set` has it.
#[must_use]
pub fn named(name: &str) -> Vec<Explained> {
    let meant = |one: &Explained| {
        let before = name.strip_suffix(one.key.name).and_then(|rest| rest.strip_suffix('.'));
        let table = before.and_then(|before| before.split('.').next());
        one.key.name == name || table == Some(one.table.name)
    };
    all().filter(meant).collect()
}

/// Those of a table that the catalogue does not list. Pairs of a site or server have the keys of all pairs.
fn of_table(table: &'static TableDef) -> impl Iterator<Item = Explained> {
    let pairs = std::ptr::eq(table.keys, FAILOVER.keys);
    let keys = table.keys.iter().filter(move |key| !pairs && !listed(table, key.name));
    keys.map(move |key| Explained { table, key })
}

fn listed(table: &TableDef, name: &str) -> bool {
    options::named(name).any(|entry| entry.section == place(table))
}

/// Where a table is.
const fn place(table: &TableDef) -> &'static str {
    if table.header.is_empty() { "top of the file" } else { table.header }
}

impl Explained {
    /// Name of the key.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.key.name
    }

    /// Meaning, without links.
    #[must_use]
    pub fn meaning(&self) -> String {
        plain(self.held().map_or(self.key.doc, |held| held.doc))
    }

    /// The table that it is, if it is one.
    const fn held(&self) -> Option<&'static TableDef> {
        match self.key.shape {
            Shape::Table(held) | Shape::Tables(held) | Shape::List(held) => Some(held),
            _ => None,
        }
    }

    /// The values that it takes.
    fn valid(&self) -> String {
        match (self.held(), self.key.shape) {
            (Some(held), _) => of_keys(held),
            (None, Shape::Choice(words)) => Kind::Explained(words).valid(),
            (None, shape) => plain(&reference::value(shape)) + example(shape),
        }
    }

    /// The kind of value, as of options.
    const fn kind(&self) -> &'static str {
        match self.key.shape {
            Shape::Text | Shape::Name(_) => Kind::Text.name(),
            Shape::Count(..) => Kind::NATURAL.name(),
            Shape::Flag => Kind::Boolean.name(),
            Shape::Choice(words) => Kind::Explained(words).name(),
            Shape::Table(_) | Shape::Tables(_) | Shape::List(_) => "table",
            _ => Kind::Ours("").name(),
        }
    }

    /// The default, or what holds without the key, with the word for it.
    fn absent(&self) -> (&'static str, String) {
        match self.key.absent {
            Absent::Required => ("default", "none, it must be written".to_owned()),
            Absent::Default(value) => ("default", value.trim_matches('"').to_owned()),
            Absent::Means(what) => ("if absent", plain(what)),
        }
    }
}

/// The keys of a table.
fn of_keys(table: &TableDef) -> String {
    let keys: Vec<&str> = table.keys.iter().map(|key| key.name).collect();
    match (keys.as_slice(), table.vendor) {
        ([], true) => format!("{}, with vendor sections", table.header),
        (keys, true) => format!("{}, with vendor sections and {}", table.header, keys.join(", ")),
        (keys, false) => format!("{}, with {}", table.header, keys.join(", ")),
    }
}

/// How a value with a unit is written.
const fn example(shape: Shape) -> &'static str {
    match shape {
        Shape::Duration
        | Shape::DurationOrZero
        | Shape::DurationOrOff
        | Shape::Age
        | Shape::VendorSeconds
        | Shape::Failback => ": \"90s\", \"2h30m\"",
        Shape::Rate => ": \"120/h\", \"20/s\"",
        Shape::Fraction | Shape::FractionAboveZero | Shape::Percentage(..) => ": \"99.9%\"",
        Shape::Law | Shape::Retry => ": \"8s\", { exponential = \"10m\" }",
        Shape::LawOrRate => ": { exponential = \"90d\" }, \"4/year\"",
        Shape::TimeOfDay => ": \"09:30\"",
        Shape::Clock => ": \"09:30\", \"Mon 09:30\"",
        Shape::Date => ": \"2027-01-04T00:00\"",
        Shape::TimeZone => ": \"Europe/Berlin\"",
        Shape::Instant => ": \"90m\", \"10:00\", \"Mon 10:00\", \"2027-01-04T10:00\"",
        Shape::Weekly | Shape::Shift => ": \"Mon-Fri 08:00-17:00\"",
        Shape::Shifts => ": \"Mon-Fri 08:00-17:00\", \"60% Mon-Fri 08:00-17:00\"",
        _ => "",
    }
}

/// Markdown without targets of links, and without places on the page.
fn plain(markdown: &str) -> String {
    let mut out = String::new();
    let mut rest = markdown;
    while let Some((before, after)) = rest.split_once("](") {
        let (text, link) = before.rsplit_once('[').unwrap_or((before, ""));
        out.push_str(text);
        out.push_str(link);
        rest = after.split_once(')').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out.replace("* below", "*")
}

/// Everything about keys of one name: a paragraph for each.
#[must_use]
pub fn one_text(keys: &[Explained]) -> String {
    keys.iter().map(paragraph).collect::<Vec<_>>().join("\n")
}

fn paragraph(one: &Explained) -> String {
    let fields = [
        ("table", place(one.table).to_owned()),
        ("valid", one.valid()),
        one.absent(),
        ("more", "docs/scenario.md".to_owned()),
    ];
    options::paragraph_text(one.key.name, &one.meaning(), fields)
}

/// A heading for each table, a line for each key.
#[must_use]
pub fn list_text() -> String {
    let mut out = String::new();
    for (table, keys) in tables() {
        let _ = write!(out, "\n{FAMILY}: {}\n", place(table));
        let width = keys.iter().map(|one| one.key.name.len()).max().unwrap_or(0);
        for one in keys {
            let _ = writeln!(out, "  {:width$}  {}", one.key.name, one.absent().1);
        }
    }
    out
}

/// The tables that have such keys, with them.
fn tables() -> impl Iterator<Item = (&'static TableDef, Vec<Explained>)> {
    let tables = keys::tables().into_iter().chain(keys::INLINE);
    let tables = tables.map(|table| (table, of_table(table).collect::<Vec<_>>()));
    tables.filter(|(_, keys)| !keys.is_empty())
}

/// An object for each of several keys, with the fields of those of options.
#[must_use]
pub fn json(keys: impl IntoIterator<Item = Explained>) -> Vec<Value> {
    keys.into_iter().map(|one| object(&one)).collect()
}

fn object(one: &Explained) -> Value {
    let default = match one.key.absent {
        Absent::Required => Value::Null,
        Absent::Default(_) | Absent::Means(_) => one.absent().1.into(),
    };
    let ours =
        json!({ "kind": options::Evidence::Assumption.word(), "source": null, "place": null });
    json!({
        "name": one.key.name,
        "family": FAMILY,
        "vendor": false,
        "section": place(one.table),
        "set_on": [options::Place::Scenario.name()],
        "type": one.kind(),
        "unit": null,
        "valid": one.valid(),
        "default": default,
        "default_evidence": ours,
        "takes_effect": Effect::Run.words(),
        "takes_effect_evidence": ours,
        "meaning": one.meaning(),
        "evidence": ours,
        "drives": "what its meaning says",
    })
}

/// The page of options: the catalogue, and the names of all other keys.
#[must_use]
pub fn options_page() -> String {
    let mut out = options::page();
    let _ = write!(out, "\n## Keys of the scenario\n\n{OPENING}\n| table | keys |\n|---|---|\n");
    for (table, keys) in tables() {
        let names: Vec<String> = keys.iter().map(|one| format!("`{}`", one.key.name)).collect();
        let table = match table.name == TOP.name {
            true => place(table).to_owned(),
            false => format!("`{}`", table.header),
        };
        let _ = writeln!(out, "| {table} | {} |", names.join(", "));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_is_explained_with_its_values_and_default() {
        let expected = "\
answer-within

A call is answered in time if an agent takes it after a wait of at most this.

  table         [[calls]]
  valid         duration above 0: \"90s\", \"2h30m\"
  default       20s
  more          docs/scenario.md
";
        assert_eq!(one_text(&named("answer-within")), expected);
        assert_eq!(one_text(&named("calls.answer-within")), expected);
    }

    #[test]
    fn links_lose_their_targets() {
        assert_eq!(plain("see [model.md](model.md#calls), [a](b)"), "see model.md, a");
        assert_eq!(plain("`[{ a }]` (b)"), "`[{ a }]` (b)");
        assert_eq!(plain("see *Shifts* below."), "see *Shifts*.");
    }
}
