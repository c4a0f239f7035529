//! The reference page of the scenario language, written from the key table: Markdown text, no file.

use std::fmt::Write;

use super::keys::{
    self, Absent, BACKOFF, BRANCH, CLASSES, COUNTS, DN_REFERENCE, EMPIRICAL, ENTRY, GAMMA, Key,
    LOGNORMAL, PROFILE, STAGES, Shape, TARGET, TableDef, WEIBULL, WINDOW,
};

/// The text before the tables of keys.
const OPENING: &str = include_str!("reference.md");

/// What is said of the laws.
const LAWS: &str = "\
A law is a duration (always the same) or a table with one key that names a distribution:

| law | meaning |
|---|---|
| `\"8s\"`, `{ constant = \"8s\" }` | always the same |
| `{ uniform = [\"1s\", \"3s\"] }` | uniform between the two |
| `{ exponential = \"10m\" }` | exponential by its mean |
| `{ weibull = { shape = 0.7, scale = \"1h\" } }` | Weibull |
| `{ lognormal = { median = \"8s\", p95 = \"20s\" } }` | lognormal by median and 95th percentile |
| `{ gamma = { shape = 2, mean = \"1h\" } }` | gamma by shape and mean |
| `{ hyperexponential = [{ p = \"90%\", mean = \"20s\" }, { p = \"10%\", mean = \"5m\" }] }` | a \
mixture of exponentials |
| `{ empirical = { file = \"x.csv\", column = \"seconds\" } }` | one of the observed values |
";

/// What is said of local time.
const LOCAL_TIME: &str = include_str!("local_time.md");

/// What is said of targets, below the table and the list of classes.
const TARGETS: &str = "\
Faults hit fixed machines, never roles. Scripted faults take all their targets
down together; of a random fault each target fails by a clock of its own. With `loss` or `delay` a path, location or link is
not down, but carries badly; nothing that is simulated goes over a link.
";

/// The page.
#[must_use]
pub fn reference() -> String {
    let mut page = OPENING.to_owned();
    for def in keys::tables() {
        table(&mut page, def);
    }
    let _ = write!(page, "\n{LOCAL_TIME}\n## Laws\n\n{LAWS}");
    for def in [&WEIBULL, &LOGNORMAL, &GAMMA, &BRANCH, &EMPIRICAL] {
        inline(&mut page, def);
    }
    targets(&mut page);
    inline(&mut page, &TARGET);
    let _ = write!(page, "\n## Other inline tables\n");
    for def in [&BACKOFF, &WINDOW, &STAGES, &DN_REFERENCE, &PROFILE, &COUNTS, &ENTRY] {
        inline(&mut page, def);
    }
    page
}

/// What a fault may hit, in words, and the classes.
fn targets(page: &mut String) {
    let opening =
        "A target is written in words or as a table; a list of targets goes down together.";
    let _ = write!(page, "\n## Targets\n\n{opening}\n\n| in words | what goes down |\n|---|---|\n");
    for kind in keys::TARGETS {
        let words: Vec<String> = kind.words.iter().map(|words| format!("`\"{words}\"`")).collect();
        let _ = writeln!(page, "| {} | {} |", words.join(", "), kind.means);
    }
    let classes: Vec<String> = CLASSES.iter().map(|(class, _)| format!("`{class}`")).collect();
    let (last, others) =
        classes.split_last().map_or(("", &[][..]), |(last, others)| (last, others));
    let _ = write!(page, "\nClasses are {} and {last}. {TARGETS}", others.join(", "));
}

fn table(page: &mut String, def: &TableDef) {
    let heading = if def.header.is_empty() { "Top of the file" } else { def.header };
    let _ = write!(page, "\n## {}\n\n{}\n", code(heading, def), def.doc);
    if def.name == keys::FAILOVER.name || !std::ptr::eq(def.keys, keys::FAILOVER.keys) {
        keys_of(page, def);
    }
}

/// A header is code, a heading in words is not.
fn code(heading: &str, def: &TableDef) -> String {
    if def.header.is_empty() { heading.to_owned() } else { format!("`{heading}`") }
}

fn inline(page: &mut String, def: &TableDef) {
    let _ = write!(page, "\n### `{}`\n\n{}\n", def.header, def.doc);
    keys_of(page, def);
}

fn keys_of(page: &mut String, def: &TableDef) {
    let is_table =
        |key: &&Key| matches!(key.shape, Shape::Table(_) | Shape::Tables(_) | Shape::List(_));
    let own = def.keys.iter().filter(|key| def.name != keys::TOP.name || !is_table(key));
    let rows: Vec<String> = own.map(row).collect();
    if !rows.is_empty() {
        let _ = write!(page, "\n| key | value | if absent | meaning |\n|---|---|---|---|\n");
        page.push_str(&rows.concat());
    }
}

fn row(key: &Key) -> String {
    let absent = match key.absent {
        Absent::Required => "**needed**".to_owned(),
        Absent::Default(value) => format!("`{value}`"),
        Absent::Means(what) => what.to_owned(),
    };
    let mut doc = key.doc.to_owned();
    if let Shape::Choice(choices) = key.shape {
        let each = choices.iter().map(|(word, means)| format!("`\"{word}\"`: {means}"));
        let _ = write!(doc, " {}.", each.collect::<Vec<_>>().join("; "));
    }
    format!("| `{}` | {} | {absent} | {doc} |\n", key.name, value(key.shape))
}

fn with_article(word: &str) -> String {
    let article = if word.starts_with('a') { "an" } else { "a" };
    format!("{article} {word}")
}

/// The kind of value, in words.
pub(super) fn value(shape: Shape) -> String {
    match shape {
        Shape::Text => "text".to_owned(),
        Shape::Texts => "list of texts".to_owned(),
        Shape::Name(named) => format!("name of {}", with_article(named.word())),
        Shape::Names(named) => format!("list of names of {}s", named.word()),
        Shape::Count(least, most) if most > u64::from(u32::MAX) => {
            format!("whole number from {least}")
        }
        Shape::Count(least, most) => format!("whole number from {least} to {most}"),
        Shape::Money => "number from 0 to 1,000,000,000".to_owned(),
        Shape::Number => "number from 0.01 to 1000".to_owned(),
        Shape::Flag => "`true`, `false`".to_owned(),
        Shape::Duration => "duration above 0".to_owned(),
        Shape::DurationOrZero => "duration".to_owned(),
        Shape::DurationOrOff => "duration, `\"off\"`".to_owned(),
        Shape::Age => "`\"equilibrium\"`, duration".to_owned(),
        Shape::VendorSeconds => "whole seconds, duration".to_owned(),
        Shape::Rate => "rate".to_owned(),
        Shape::Fraction => "percentage up to 100".to_owned(),
        Shape::FractionAboveZero => "percentage above 0 up to 100".to_owned(),
        Shape::Percentage(above, below) => {
            format!("percentage above {above} and below {below}")
        }
        Shape::Quantity => "duration, number, percentage".to_owned(),
        Shape::QuantityAboveZero => "duration, number, percentage, above 0".to_owned(),
        Shape::TimeOfDay => "time of day".to_owned(),
        Shape::Clock => "time of day, weekday".to_owned(),
        Shape::Date => "date with a time of day".to_owned(),
        Shape::TimeZone => "IANA name".to_owned(),
        Shape::Instant => "duration, local time".to_owned(),
        Shape::Weekly => "window of the week, list of them".to_owned(),
        Shape::Shift => "shift".to_owned(),
        Shape::Shifts => "shift, list of shifts".to_owned(),
        Shape::Choice(_) => "word".to_owned(),
        Shape::Law => "law".to_owned(),
        Shape::LawOrRate => "law, rate".to_owned(),
        Shape::Retry => "duration, law, `{ backoff = { ... } }`".to_owned(),
        Shape::Preset => "name of a [preset](options.md#phone-presets)".to_owned(),
        Shape::Failback => "`\"refresh\"`, `\"never\"`, duration above 0".to_owned(),
        Shape::RestoreWhen => "`\"idle\"`, `\"immediate\"`, window".to_owned(),
        Shape::Stages => "table".to_owned(),
        Shape::Targets => "target, list of targets".to_owned(),
        Shape::Dns => "list of DNs".to_owned(),
        Shape::Arrivals => "rate, list of windows, file of counts".to_owned(),
        Shape::Entry => "list of shares".to_owned(),
        Shape::Table(def) | Shape::Tables(def) | Shape::List(def) => {
            format!("table `{}`", def.header)
        }
    }
}
