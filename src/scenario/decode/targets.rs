//! Targets of faults: a readable string, a table, or a list of either. Names are not looked up
//! here but to find where `path hq-X` is to be cut in two.

use crate::diagnostic::Diagnostic;
use crate::model::{Kind, Planes};
use crate::scenario::document::{Pattern, PatternKind, Spanned, Target};
use crate::scenario::keys::{Key, TARGETS};
use crate::scenario::mistakes::{bad_target, wrong_type};
use crate::scenario::tree::{Node, Value};

use super::context::Context;
use super::target_tables;

/// How targets are written, for messages: the plainest way of each kind.
fn help() -> String {
    let plainest = TARGETS.iter().filter(|kind| kind.key != "every").map(|kind| kind.words[0]);
    let each: Vec<String> = plainest.map(|words| format!("\"{words}\"")).collect();
    format!("write {} or \"every host at SITE\"", each.join(", "))
}

/// One target or a list of them.
pub(super) fn decode(
    context: &mut Context<'_>,
    node: &Node,
    key: &Key,
) -> Result<Vec<Spanned<Target>>, Diagnostic> {
    let Value::Array(items) = &node.value else {
        return Ok(vec![Spanned { value: one(context, node, key)?, span: node.span }]);
    };
    if items.is_empty() {
        return Err(bad_target(node.span, "an empty list".to_owned(), &help()));
    }
    let mut targets = Vec::new();
    for item in items {
        targets.push(Spanned { value: one(context, item, key)?, span: item.span });
    }
    Ok(targets)
}

fn one(context: &mut Context<'_>, node: &Node, key: &Key) -> Result<Target, Diagnostic> {
    match &node.value {
        Value::String(text) => {
            words(context, text.trim()).map_err(|wrong| bad_target(node.span, wrong, &help()))
        }
        Value::Table(table) => target_tables::decode(context, node, table),
        _ => Err(wrong_type(key, node)),
    }
}

/// A target in words.
fn words(context: &Context<'_>, text: &str) -> Result<Target, String> {
    let (head, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let rest = rest.trim();
    if rest.is_empty() {
        return Err("a kind and a name are needed".to_owned());
    }
    let name = rest.to_owned();
    match head {
        "process" => Ok(Target::Process(name)),
        "host" => Ok(Target::Host(name)),
        "site" => Ok(Target::Site(name)),
        "location" => {
            let (name, planes) = planes(rest);
            Ok(Target::Location(name.to_owned(), planes))
        }
        "path" => {
            let (ends, planes) = planes(rest);
            let (from, to) = cut(ends, &context.locations, &context.sites)?;
            Ok(Target::Path { from, to, planes })
        }
        "link" => {
            let (from, to) = cut(rest, &context.sites, &context.sites)?;
            Ok(Target::Link(from, to))
        }
        "ha-link" => Ok(Target::HaLink(name)),
        "power" => Ok(Target::Power(name)),
        "logins" => Ok(Target::Logins(name)),
        "registrar" => Ok(Target::Registrar(name)),
        "every" => class(rest),
        other => Err(format!("`{other}` is no kind of target")),
    }
}

/// `sip process at X`, `path cti`, `host`.
fn class(text: &str) -> Result<Target, String> {
    let (text, at) = match text.split_once(" at ") {
        Some((text, at)) => (text.trim(), Some(at.trim().to_owned())),
        None => (text, None),
    };
    let (word, planes) = planes(text);
    let kind = class_kind(word, planes).ok_or_else(|| format!("`every {text}` is no class"))?;
    Ok(Target::Every(Pattern { kind, at }))
}

/// The class of that name.
fn class_kind(word: &str, planes: Planes) -> Option<PatternKind> {
    Some(match word {
        "process" => PatternKind::Process(None),
        "sip process" => PatternKind::Process(Some(Kind::Sip)),
        "stat process" => PatternKind::Process(Some(Kind::Stat)),
        "config process" => PatternKind::Process(Some(Kind::Config)),
        "host" => PatternKind::Host,
        "site" => PatternKind::Site,
        "path" => PatternKind::Path(planes),
        "location" => PatternKind::Location(planes),
        "link" => PatternKind::Link,
        "ha-link" => PatternKind::HaLink,
        "power" => PatternKind::Power,
        "logins" => PatternKind::Logins,
        "registrar" => PatternKind::Registrar,
        _ => return None,
    })
}

/// Takes a plane off the end.
fn planes(text: &str) -> (&str, Planes) {
    let planes = [(" cti", Planes::Cti), (" sip", Planes::Sip), (" both", Planes::Both)];
    for (end, planes) in planes {
        if let Some(rest) = text.strip_suffix(end) {
            return (rest.trim_end(), planes);
        }
    }
    (text, Planes::Both)
}

/// Cuts `a-b` in two names; names may hold hyphens themselves.
fn cut(text: &str, left: &[String], right: &[String]) -> Result<(String, String), String> {
    let hyphens = text.match_indices('-').map(|(at, _)| (&text[..at], &text[at + 1..]));
    let ends: Vec<(&str, &str)> = hyphens.map(|(a, b)| (a.trim(), b.trim())).collect();
    let known = |name: &str, names: &[String]| names.iter().any(|known| known == name);
    let score = |(a, b): &(&str, &str)| known(a, left) as u8 + known(b, right) as u8;
    let best = ends.iter().map(score).max().ok_or("two names with a hyphen between are needed")?;
    let mut fitting = ends.iter().filter(|ends| score(ends) == best);
    let Some((a, b)) = fitting.next() else { return Err(String::new()) };
    if best == 2 && fitting.next().is_some() {
        return Err("it can be cut in two ways: write it as a table".to_owned());
    }
    Ok(((*a).to_owned(), (*b).to_owned()))
}
