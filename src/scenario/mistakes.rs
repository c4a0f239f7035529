//! The factory of language mistakes: codes S001 ... with their words. It finds nothing itself.

use std::fmt::Display;

use super::document::{Quantity, Spanned};
use super::keys::{Absent, Key, Shape, TableDef, tables};
use super::tree::{Node, Value};
use super::units::DURATION_HELP;
use crate::diagnostic::{Diagnostic, TextSpan, did_you_mean, some_of};
use crate::model::Unit;

/// S001: the bytes are no text.
pub(super) fn not_utf8(at: usize) -> Diagnostic {
    Diagnostic::error("S001", "the file is not UTF-8 text", TextSpan::new(at, at + 1))
        .label("the first byte that is no part of a character")
        .help("save the file with the encoding UTF-8")
}

/// S002 and S003: what the TOML parser says.
pub(super) fn syntax(message: &str, span: TextSpan, written: &str) -> Diagnostic {
    if message == "duplicate key" {
        return Diagnostic::error("S003", "the key is written twice", span)
            .label("it is already written above")
            .help("a table or key may be written once; keep one of the two");
    }
    let help = if let Some(word) = boolean(written) {
        Some(word)
    } else if message.starts_with("cannot extend value") {
        Some("put the whole name in quotes: \"a.b.c\" = ...")
    } else if message.starts_with("string values must be quoted") {
        Some("write text and quantities with a unit in quotes: \"90s\"")
    } else {
        None
    };
    let found = Diagnostic::error("S002", format!("this is not TOML: {message}"), span);
    found.maybe_help(help.map(str::to_owned))
}

/// The boolean that a word means in other languages of configuration.
fn boolean(word: &str) -> Option<&'static str> {
    match word.trim().to_lowercase().as_str() {
        "yes" | "on" | "true" => Some("write `true`, in small letters and without quotes"),
        "no" | "off" | "false" => Some("write `false`, in small letters and without quotes"),
        _ => None,
    }
}

/// S004: a key that the table does not have.
pub(super) fn unknown_key(key: &str, span: TextSpan, table: &TableDef) -> Diagnostic {
    let place = if table.header.is_empty() { "the top of a scenario" } else { table.header };
    let known: Vec<&str> = table.keys.iter().map(|key| key.name).collect();
    let near = did_you_mean(key, known.iter().copied());
    let near = near.map(|near| format!("did you mean `{near}`?"));
    let help = match (near, elsewhere(key)) {
        (Some(near), Some(elsewhere)) => format!("{near} {elsewhere}"),
        (Some(help), None) | (None, Some(help)) => help,
        (None, None) if known.is_empty() => "it takes vendor sections only".to_owned(),
        (None, None) => format!("known keys: {}", known.join(", ")),
    };
    Diagnostic::error("S004", format!("{place} has no key `{key}`"), span)
        .label("unknown key")
        .help(help)
}

/// Which tables have a key.
fn elsewhere(key: &str) -> Option<String> {
    let tables = tables().into_iter().filter(|table| table.keys.iter().any(|it| it.name == key));
    let mut tables: Vec<&str> = tables.map(|table| table.header).collect();
    if let Some(top) = tables.iter_mut().find(|header| header.is_empty()) {
        *top = "the top of a scenario";
    }
    (!tables.is_empty()).then(|| format!("`{key}` is a key of {}", some_of(&tables, "")))
}

/// S005: a key that must be written is missing.
pub(super) fn missing_key(key: &Key, table: &TableDef, header: TextSpan) -> Diagnostic {
    let place = if table.header.is_empty() { "the scenario" } else { table.header };
    Diagnostic::error("S005", format!("{place} needs `{}`", key.name), header)
        .label(format!("`{}` is missing", key.name))
        .help(match key.name {
            "horizon" => {
                "write the length of the run at the top of the file: `horizon = \"1h\"`".to_owned()
            }
            _ => format!("write {}", example(key)),
        })
}

/// S006: a value of another type.
pub(super) fn wrong_type(key: &Key, node: &Node) -> Diagnostic {
    let wanted = wanted(key.shape);
    Diagnostic::error("S006", format!("`{}` must be {wanted}", key.name), node.span)
        .label(format!("this is {}", node.kind()))
        .help(format!("write {}", suggestion(key, node)))
}

/// S007: a text that is no such quantity.
pub(super) fn bad_quantity(key: &Key, node: &Node, wrong: &str) -> Diagnostic {
    let message = format!("`{}` must be {}", key.name, wanted(key.shape));
    let endless = |word: &str| ["never", "none", "no", "infinite"].contains(&word);
    let help = match key.shape {
        Shape::DurationOrOff if matches!(&node.value, Value::String(word) if endless(word)) => {
            "did you mean \"off\"?"
        }
        Shape::Rate => "write a number per unit of time, such as \"20/s\" or \"4/year\"",
        Shape::Fraction | Shape::FractionAboveZero | Shape::Percentage(..) => {
            "write a percentage, such as \"99.9%\""
        }
        Shape::Quantity | Shape::QuantityAboveZero => {
            "write \"2m\", \"99.9%\" or a bare number, as the measure's unit is"
        }
        Shape::Retry => {
            "write a duration, such as \"30s\", or { backoff = {} } for the back-off of RFC 5626"
        }
        Shape::TimeOfDay => "write hours and minutes, such as \"09:30\"",
        Shape::Clock => "write hours and minutes, such as \"09:30\" or \"Mon 09:30\"",
        Shape::Instant => {
            "write a time since the start (\"90s\", \"2h30m\"), or local time: \"10:00\", \"Mon 10:00\", \
             \"2027-01-04T10:00\""
        }
        Shape::Weekly => {
            "write days and times, such as \"Mon-Fri 08:00-18:00\", \"Sat,Sun\" or \"22:00-06:00\""
        }
        Shape::Shift | Shape::Shifts => {
            "write days and times, such as \"Mon-Fri 08:00-17:00\" or \"Mon-Fri 08:00-12:00 + Sat 09:00-13:00\""
        }
        _ => DURATION_HELP,
    };
    Diagnostic::error("S007", message, node.span).label(wrong).help(help)
}

/// S008: a duration beyond the longest that there is.
pub(super) fn too_long(key: &Key, span: TextSpan) -> Diagnostic {
    let found = out_of_range(key.name, span, "it must be at most 100 years");
    if key.name == "horizon" {
        return found.help(
            "many years are simulated as replications of a shorter run: `horizon = \"1y\"` and \
             `replications = 100` in [experiment]",
        );
    }
    if key.name == "mtbf" {
        return found.help(
            "what fails less than once in 100 years cannot be drawn: script it once, with `at`, and weigh what it costs \
             by how often it comes",
        );
    }
    found.help("for what does not end within the run, any time beyond `horizon` does")
}

/// S008: a value outside its range.
pub(super) fn out_of_range(name: &str, span: TextSpan, rule: impl Display) -> Diagnostic {
    Diagnostic::error("S008", format!("`{name}` is out of range"), span).label(rule.to_string())
}

/// S009: a word that is none of the choices.
pub(super) fn bad_choice(key: &Key, node: &Node, word: &str, choices: &[&str]) -> Diagnostic {
    let listed = choices.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(", ");
    let near = did_you_mean(word, choices.iter().copied()).or_else(|| begun(word, choices));
    let help = match near {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("it is one of {listed}"),
    };
    Diagnostic::error("S009", format!("`{}` cannot be \"{word}\"", key.name), node.span)
        .label(format!("not one of {listed}"))
        .help(help)
}

/// The only choice that begins with a word.
fn begun<'c>(word: &str, choices: &[&'c str]) -> Option<&'c str> {
    let mut longer = choices.iter().filter(|choice| !word.is_empty() && choice.starts_with(word));
    let first = longer.next()?;
    longer.next().is_none().then_some(*first)
}

/// S010: a name that nothing declared bears. `compared`: those of `known` that may be meant.
pub(super) fn dangling(
    what: &str,
    name: &str,
    span: TextSpan,
    compared: &[&str],
    known: &[&str],
) -> Diagnostic {
    let help = match (did_you_mean(name, compared.iter().copied()), known) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, []) => format!("no {what} is declared"),
        (None, [..]) => format!("declared: {}", some_of(known, "")),
    };
    Diagnostic::error("S010", format!("there is no {what} `{name}`"), span)
        .label(format!("no {what} of this name"))
        .help(help)
}

/// S011: two that must differ, or one option under two spellings.
pub(super) fn twice(message: String, span: TextSpan, first: TextSpan) -> Diagnostic {
    Diagnostic::error("S011", message, span).label("again").also(first, "first")
}

/// S012: keys that do not go together.
pub(super) fn combination(message: &str, span: TextSpan, label: &str, help: &str) -> Diagnostic {
    Diagnostic::error("S012", message, span).label(label).help(help)
}

/// S013: a target of a fault that cannot be read.
pub(super) fn bad_target(span: TextSpan, label: String, help: &str) -> Diagnostic {
    Diagnostic::error("S013", "the target cannot be read", span).label(label).help(help)
}

/// S014: a law whose parameters contradict each other.
pub(super) fn bad_law(message: &str, span: TextSpan, label: &str) -> Diagnostic {
    Diagnostic::error("S014", message, span).label(label)
}

/// S015: a data file that cannot be used.
pub(super) fn bad_file(message: String, span: TextSpan, label: String) -> Diagnostic {
    Diagnostic::error("S015", message, span).label(label)
}

/// S016: server objects, hosts and sites that do not fit together.
pub(super) fn misplaced(message: String, span: TextSpan, label: &str) -> Diagnostic {
    Diagnostic::error("S016", message, span).label(label)
}

/// S017: an option that is outside its section.
pub(super) fn outside_section(option: &str, span: TextSpan) -> Diagnostic {
    Diagnostic::error("S017", format!("`{option}` is outside a vendor section"), span)
        .label("a vendor option, not a section")
        .help("put it into the section `interaction-workspace` of this object")
}

/// S019: a measure that no run has.
pub(super) fn unknown_measure(name: &str, span: TextSpan, near: Option<String>) -> Diagnostic {
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "measures have the names of summary.json, such as `downtime_s.total`".to_owned(),
    };
    Diagnostic::error("S019", format!("there is no measure `{name}`"), span)
        .label("no measure of this name")
        .help(help)
}

/// S020: a quantity that is not in the unit of the measure that it is compared with.
pub(super) fn wrong_unit(
    key: &str,
    quantity: &Spanned<Quantity>,
    measure: &Spanned<String>,
    unit: Unit,
) -> Diagnostic {
    let message = format!("`{key}` is not in the unit of `{}`", measure.value);
    Diagnostic::error("S020", message, quantity.span)
        .label(format!("this is {}", quantity.value.unit.word()))
        .help(format!("write {}", unit.written()))
}

/// What a key wants, with its article.
fn wanted(shape: Shape) -> &'static str {
    match shape {
        Shape::Text | Shape::Choice(_) | Shape::Name(_) | Shape::Preset => "a string",
        Shape::Texts | Shape::Names(_) => "a list of strings",
        Shape::Count(..) => "a whole number",
        Shape::Number | Shape::Money => "a number",
        Shape::Flag => "`true` or `false`",
        Shape::Duration | Shape::DurationOrZero => "a duration",
        Shape::DurationOrOff => "a duration or \"off\"",
        Shape::Age => "\"equilibrium\" or a duration",
        Shape::VendorSeconds => "whole seconds or a duration",
        Shape::Rate => "a rate",
        Shape::Fraction | Shape::FractionAboveZero | Shape::Percentage(..) => "a percentage",
        Shape::Quantity | Shape::QuantityAboveZero => "a duration, a number or a percentage",
        Shape::TimeOfDay | Shape::Clock => "a time of day",
        Shape::Date => "a date with a time of day",
        Shape::TimeZone => "a string",
        Shape::Instant => "a duration or local time",
        Shape::Weekly => "a window of the week or a list of them",
        Shape::Shift => "a shift",
        Shape::Shifts => "a shift or a list of shifts",
        Shape::Law => "a duration or a law",
        Shape::LawOrRate => "a duration, a rate or a law",
        Shape::Retry => "a duration, a law or a back-off",
        Shape::Failback => "\"refresh\", \"never\" or a duration",
        Shape::RestoreWhen => "\"idle\", \"immediate\" or a window",
        Shape::Stages | Shape::Table(_) | Shape::Tables(_) => "a table",
        Shape::Targets => "a target or a list of targets",
        Shape::Dns => "a list of DNs",
        Shape::Arrivals => "a rate, a list of windows or a file of counts",
        Shape::Entry => "a list of shares of sites",
        Shape::List(_) => "an array of tables",
    }
}

/// How a key may be written.
fn example(key: &Key) -> String {
    let value = match key.shape {
        Shape::Text | Shape::Name(_) => "\"...\"",
        Shape::Preset => "\"wde-endpoint\"",
        Shape::Texts | Shape::Names(_) => match key.absent {
            Absent::Default(list) if list.len() > 2 => list,
            _ => "[\"...\"]",
        },
        Shape::Count(..) => "1",
        Shape::Number => "1.5",
        Shape::Money => "12.50",
        Shape::Flag => "true",
        Shape::Duration
        | Shape::DurationOrZero
        | Shape::DurationOrOff
        | Shape::VendorSeconds
        | Shape::Failback
        | Shape::Retry => "\"30s\"",
        Shape::Age => "\"equilibrium\"",
        Shape::Rate => "\"20/s\"",
        Shape::Fraction | Shape::FractionAboveZero => "\"90%\"",
        Shape::Percentage(above, _) => {
            let value = if above == 0 { 5 } else { 95 };
            return format!("`{} = \"{value}%\"`", key.name);
        }
        Shape::Quantity | Shape::QuantityAboveZero => "\"30s\"",
        Shape::TimeOfDay | Shape::Clock => "\"09:30\"",
        Shape::Date => "\"2027-01-04T00:00\"",
        Shape::TimeZone => "\"Europe/Berlin\"",
        Shape::Instant => "\"30s\"",
        Shape::Weekly => "\"Mon-Fri 08:00-18:00\"",
        Shape::Shift | Shape::Shifts => "\"Mon-Fri 08:00-17:00\"",
        Shape::Choice(choices) => return format!("`{} = \"{}\"`", key.name, choices[0].0),
        Shape::Law => "\"8s\"` or `{ exponential = \"8s\" }",
        Shape::LawOrRate => "\"4/year\"` or `{ exponential = \"90d\" }",
        Shape::RestoreWhen => "{ from = \"22:00\", to = \"06:00\" }",
        Shape::Stages => "{ stages = 4, step = \"5m\" }",
        Shape::Targets => "\"host NAME\"",
        Shape::Arrivals => "\"120/h\"",
        Shape::Entry => "[{ site = \"NAME\", share = \"100%\" }]",
        Shape::Dns => "[{ switch = \"NAME\", number = \"7001\" }]",
        Shape::Table(_) | Shape::Tables(_) | Shape::List(_) => "{ ... }",
    };
    format!("`{} = {value}`", key.name)
}

/// Whether a text is a count that the key takes, in quotes by mistake.
fn is_count(key: &Key, text: &str) -> bool {
    let Shape::Count(least, most) = key.shape else { return false };
    text.parse().is_ok_and(|number| (least..=most).contains(&number))
}

/// As [`example`], but keeping a number that only lacks its unit.
fn suggestion(key: &Key, node: &Node) -> String {
    let number = match &node.value {
        Value::Integer(_) | Value::Float(_) => node.scalar_text(),
        Value::String(text) if is_count(key, text) => return format!("`{} = {text}`", key.name),
        Value::String(text) if matches!(key.shape, Shape::Texts | Shape::Names(_)) => {
            return format!("`{} = [{text:?}]`", key.name);
        }
        Value::Table(_) if matches!(key.name, "for" | "down" | "up") => {
            return format!(
                "{}; a random fault has `failure` and `repair` instead, which take distributions",
                example(key)
            );
        }
        Value::Table(_) if matches!(key.shape, Shape::List(_)) => {
            return format!(
                "`[[{}]]`, with two brackets on each side: there may be several",
                key.name
            );
        }
        _ => None,
    };
    if let (Shape::Count(..), Some((whole, _))) =
        (key.shape, number.as_deref().and_then(|text| text.split_once('.')))
    {
        return format!("`{} = {whole}`", key.name);
    }
    let number = number.as_deref();
    let unit = match key.shape {
        Shape::Duration | Shape::DurationOrZero | Shape::DurationOrOff | Shape::Law => "s",
        Shape::Instant => "s",
        Shape::Retry | Shape::Failback => "s",
        Shape::Arrivals => "/h",
        Shape::Rate => "/s",
        Shape::Fraction | Shape::FractionAboveZero | Shape::Percentage(..) => "%",
        _ => return example(key),
    };
    match number.filter(|text| text.bytes().all(|b| b.is_ascii_digit() || b == b'.')) {
        Some(share) if unit == "%" => format!("`{} = \"{}%\"`", key.name, percent(share)),
        Some(number) => format!("`{} = \"{number}{unit}\"`", key.name),
        None => example(key),
    }
}

/// A number that lacks its percent sign; a decimal number up to one is taken for a share: `0.2` is 20 %.
fn percent(number: &str) -> String {
    match number.parse::<f64>() {
        Ok(share) if number.contains('.') && share > 0.0 && share <= 1.0 => {
            (libm::rint(share * 1e8) / 1e6).to_string()
        }
        _ => number.to_owned(),
    }
}
