//! Paths that are typed in short, `disaster-recovery.timeout`: the full path that is meant, or those
//! that may be. It reads a tree and the option catalogue, and changes nothing.

use std::collections::BTreeSet;

use super::path::Path;
use super::place;
use crate::diagnostic::{did_you_mean, some_of};
use crate::options::{self, Entry};
use crate::scenario::keys::{Shape, TOP};
use crate::scenario::tree::{Node, Table, Value};

/// Most paths that a message lists.
const LISTED: usize = 8;

/// The full path that is meant: the path itself if it begins at the top of the file, else the only
/// one that ends with it.
///
/// # Errors
///
/// In words, if there is none or more than one.
pub(super) fn full(tree: &Table, path: &Path) -> Result<Path, String> {
    let first = &path.parts()[0];
    if TOP.key(first).is_some() || tree.get(first).is_some() {
        return declared(tree, path).map(|()| path.clone());
    }
    let mut found = meant(tree, &path.joined());
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => Err(unknown(tree, path)),
        _ => Err(format!("`{path}` may mean several paths; write one of: {}", listed(&found))),
    }
}

/// A key below an object that the scenario does not have, next to others of its kind, is a mistake:
/// it would add an object that is not used. A whole object, as one value, is meant.
fn declared(tree: &Table, path: &Path) -> Result<(), String> {
    let [kind, name, _, ..] = path.parts() else { return Ok(()) };
    let is_named = matches!(TOP.key(kind).map(|key| key.shape), Some(Shape::Tables(_)));
    let exists = place::find(tree, path).is_ok_and(|place| place.steps.len() > 1);
    let known = names(tree, kind);
    if !is_named || exists || known.is_empty() {
        return Ok(());
    }
    if name.contains('*') {
        let names = known.join(", ");
        return Err(format!("there is no {kind} `{name}`; a setting is for one {kind}: {names}"));
    }
    let help = match did_you_mean(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are: {}", some_of(&known, "`")),
    };
    Err(format!("there is no {kind} `{name}`; {help}"))
}

/// Every full path, sorted, then the names of options that mean only one of them.
pub(super) fn all(tree: &Table) -> Vec<String> {
    let found = every(tree);
    let full: BTreeSet<String> = found.iter().map(Path::joined).collect();
    let only = |name: &&str| full.iter().filter(|path| ends(path, name)).count() == 1;
    let short: Vec<&str> = options::all().map(|entry| entry.name).filter(only).collect();
    full.iter().cloned().chain(short.into_iter().map(str::to_owned)).collect()
}

/// Every path that has a value in the file, in its order, then every path of an option of the
/// catalogue; some may be there twice.
pub(super) fn every(tree: &Table) -> Vec<Path> {
    let mut found = Vec::new();
    in_table(tree, &mut Vec::new(), &mut found);
    found.extend(options::all().flat_map(|entry| homes(tree, entry)));
    found
}

/// Every full path that ends with what was typed: values that the file holds, then the places of
/// options of the catalogue.
fn meant(tree: &Table, typed: &str) -> Vec<Path> {
    let mut found = Vec::new();
    in_table(tree, &mut Vec::new(), &mut found);
    found.retain(|path: &Path| ends(&path.joined(), typed));
    for entry in options::all().filter(|entry| ends(entry.name, typed)) {
        found.extend(homes(tree, entry));
    }
    let mut once: Vec<Path> = Vec::new();
    for path in found {
        if once.iter().all(|other| other.joined() != path.joined()) {
            once.push(path);
        }
    }
    once
}

/// Whether a dotted path is another, or ends with it.
fn ends(path: &str, typed: &str) -> bool {
    path.strip_suffix(typed).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// Where an option of the catalogue is set: for all agents, in its own table, or in each object
/// that the file declares.
fn homes(tree: &Table, entry: &Entry) -> Vec<Path> {
    let below = |parts: &[&str]| {
        let parts = parts.iter().copied().chain(entry.name.split('.'));
        Path::of(parts.map(str::to_owned).collect())
    };
    if entry.family.is_vendor() {
        if entry.places.contains(&options::Place::Application) {
            return vec![below(&["application", entry.section])];
        }
        let servers =
            [options::Place::SipServer, options::Place::StatServer, options::Place::ConfigServer];
        if !entry.places.iter().any(|place| servers.contains(place)) {
            return Vec::new();
        }
        let names = names(tree, "server");
        return names.iter().map(|name| below(&["server", name, entry.section])).collect();
    }
    let unwrapped = |open, close| entry.section.strip_prefix(open)?.strip_suffix(close);
    if let Some(list) = unwrapped("[[", "]]") {
        return in_list(tree, list).iter().map(|name| below(&[list, name])).collect();
    }
    let Some(table) = unwrapped("[", "]") else { return Vec::new() };
    match table.split_once(".NAME") {
        Some((kind, "")) => names(tree, kind).iter().map(|name| below(&[kind, name])).collect(),
        // A table within an object, where the file has it.
        Some((kind, within)) => {
            let within = within.trim_start_matches('.');
            let has = |name: &&str| holds(tree, &[kind, *name, within]);
            let with = names(tree, kind).into_iter().filter(has);
            with.map(|name| below(&[kind, name, within])).collect()
        }
        None => vec![below(&table.split('.').collect::<Vec<_>>())],
    }
}

/// Whether the file has a value at a path.
fn holds(tree: &Table, parts: &[&str]) -> bool {
    let path = Path::of(parts.iter().map(|part| (*part).to_owned()).collect());
    place::find(tree, &path).is_ok_and(|place| place.missing.is_empty())
}

/// The names of the objects of a kind.
fn names<'t>(tree: &'t Table, kind: &str) -> Vec<&'t str> {
    match tree.get(kind).map(|entry| &entry.node.value) {
        Some(Value::Table(table)) => table.entries.iter().map(|e| e.key.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// What the tables of a list are called in paths.
fn in_list(tree: &Table, kind: &str) -> Vec<String> {
    match tree.get(kind).map(|entry| &entry.node.value) {
        Some(Value::Array(items)) => {
            (0..items.len()).map(|index| place::called(items, index)).collect()
        }
        _ => Vec::new(),
    }
}

/// Collects the paths to all values of a table.
fn in_table(table: &Table, parts: &mut Vec<String>, found: &mut Vec<Path>) {
    for entry in &table.entries {
        parts.push(entry.key.clone());
        in_node(&entry.node, parts, found);
        parts.pop();
    }
}

fn in_node(node: &Node, parts: &mut Vec<String>, found: &mut Vec<Path>) {
    match &node.value {
        Value::Table(table) => in_table(table, parts, found),
        Value::Array(items) if items.iter().any(|item| matches!(item.value, Value::Table(_))) => {
            for (index, item) in items.iter().enumerate() {
                parts.push(place::called(items, index));
                in_node(item, parts, found);
                parts.pop();
            }
        }
        _ => found.push(Path::of(parts.clone())),
    }
}

fn listed(paths: &[Path]) -> String {
    let shown: Vec<String> = paths.iter().take(LISTED).map(Path::to_string).collect();
    let more = paths.len().saturating_sub(LISTED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

/// What to say of a path that means nothing.
fn unknown(tree: &Table, path: &Path) -> String {
    let first = &path.parts()[0];
    let near_key = did_you_mean(first, TOP.keys.iter().map(|key| key.name));
    let near_option = options::nearest(&path.joined());
    let homes = near_option.map(|entry| meant(tree, entry.name)).unwrap_or_default();
    let help = match (homes.is_empty(), near_key) {
        (false, _) => format!("did you mean {}?", listed(&homes)),
        (true, Some(key)) => match corrected(tree, path, key) {
            Some(path) => format!("did you mean `{path}`?"),
            None => format!("did you mean `{key}`?"),
        },
        (true, None) => "write the path from the top of the file, such as horizon or \
                         application.interaction-workspace.disaster-recovery.timeout"
            .to_owned(),
    };
    format!("the scenario has no `{path}`; {help}")
}

/// The path with another first key, and with the name of an object that the file has; `None`: it leads nowhere.
fn corrected(tree: &Table, path: &Path, key: &str) -> Option<Path> {
    let mut parts = path.parts().to_vec();
    parts[0] = key.to_owned();
    let named = matches!(TOP.key(key).map(|key| key.shape), Some(Shape::Tables(_)));
    let known = names(tree, key);
    if let Some(name) = parts.get_mut(1).filter(|_| named)
        && !known.contains(&name.as_str())
    {
        *name = did_you_mean(name, known)?.to_owned();
    }
    let path = Path::of(parts);
    place::find(tree, &path).ok().map(|_| path)
}
