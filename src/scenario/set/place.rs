//! Finds where a path leads in a scenario's tree: to a value that is there, or to the table where
//! it is missing. It changes nothing.

use super::path::Path;
use crate::diagnostic::{TextSpan, did_you_mean};
use crate::scenario::keys::{Shape, TOP};
use crate::scenario::tree::{Node, Table, Value};

/// One step down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// To the value of a key.
    Key(String),
    /// To an element of an array, counted from 0.
    Element(usize),
}

/// Where a path leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The steps to what is there.
    pub steps: Vec<Step>,
    /// The keys below it that are not; empty: the whole path is there.
    pub missing: Vec<String>,
}

/// Follows a path key by key. A value whose keys are written together in other ways, such as
/// `"disaster-recovery.timeout" = 60`, is found too.
///
/// # Errors
///
/// Why it leads nowhere, in words.
pub(super) fn find(top: &Table, path: &Path) -> Result<Place, String> {
    let exact = follow(top, path.parts());
    if !exact.as_ref().is_ok_and(|place| place.missing.is_empty()) {
        let mut steps = Vec::new();
        if in_table(top, &path.parts().join("."), &mut steps) {
            return Ok(Place { steps, missing: Vec::new() });
        }
    }
    exact
}

/// What is at hand on the way down.
enum Here<'t> {
    Table(&'t Table),
    Node(&'t Node),
}

fn follow(top: &Table, parts: &[String]) -> Result<Place, String> {
    let mut steps = Vec::new();
    let mut here = Here::Table(top);
    for (depth, part) in parts.iter().enumerate() {
        let so_far = || parts[..depth].join(".");
        let table = match here {
            Here::Table(table) => table,
            Here::Node(node) => match &node.value {
                Value::Table(table) => table,
                Value::Array(items) => {
                    let word = parts[..depth].last().map_or("", String::as_str);
                    let index = element(items, part, word)?;
                    steps.push(Step::Element(index));
                    here = Here::Node(&items[index]);
                    continue;
                }
                _ => return Err(format!("`{}` is a value and holds no `{part}`", so_far())),
            },
        };
        let Some(entry) = table.get(part) else {
            return Ok(Place { steps, missing: absent(parts, depth)? });
        };
        steps.push(Step::Key(part.clone()));
        here = Here::Node(&entry.node);
    }
    match (steps.last(), here) {
        (Some(Step::Element(_)), Here::Node(node)) if matches!(node.value, Value::Table(_)) => {
            Err(format!("`{}` is a whole table; name one of its keys", parts.join(".")))
        }
        _ => Ok(Place { steps, missing: Vec::new() }),
    }
}

/// The rest of a path. An array of tables cannot be begun by a key of its first element.
fn absent(parts: &[String], depth: usize) -> Result<Vec<String>, String> {
    let list = depth == 0 && parts.len() > 1;
    match TOP.key(&parts[0]).map(|key| key.shape) {
        Some(Shape::List(def)) if list => Err(format!("the scenario has no {}", def.header)),
        _ => Ok(parts[depth..].to_vec()),
    }
}

/// The element of that name, or of that number from 1.
fn element(items: &[Node], wanted: &str, word: &str) -> Result<usize, String> {
    let named: Vec<usize> = (0..items.len()).filter(|i| name(&items[*i]) == Some(wanted)).collect();
    if let [only] = named[..] {
        return Ok(only);
    }
    if let [first, second, ..] = named[..] {
        let (first, second) = (first + 1, second + 1);
        return Err(format!(
            "more than one {word} is called `{wanted}`; write its number, {first} or {second} ..."
        ));
    }
    let number = wanted.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    if let Some(index) = number.filter(|index| *index < items.len()) {
        return Ok(index);
    }
    let help = match did_you_mean(wanted, items.iter().filter_map(name)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are: {}", listed(items)),
    };
    Err(format!("there is no {word} `{wanted}`; {help}"))
}

fn name(item: &Node) -> Option<&str> {
    let Value::Table(table) = &item.value else { return None };
    match &table.get("name")?.node.value {
        Value::String(name) => Some(name),
        _ => None,
    }
}

/// What an element is called in a path: its name, if no other has it, else its number from 1.
pub(super) fn called(items: &[Node], index: usize) -> String {
    let number = || (index + 1).to_string();
    let Some(own) = items.get(index).and_then(name) else { return number() };
    let alone = items.iter().filter(|item| name(item) == Some(own)).count() == 1;
    if alone { own.to_owned() } else { number() }
}

/// The elements by name, else by number.
fn listed(items: &[Node]) -> String {
    let each = items.iter().enumerate();
    let each = each.map(|(index, item)| match name(item) {
        Some(name) => format!("`{name}`"),
        None => (index + 1).to_string(),
    });
    each.collect::<Vec<_>>().join(", ")
}

/// Finds a dotted path in a table, however its keys are cut; longer keys are tried first.
fn in_table(table: &Table, path: &str, steps: &mut Vec<Step>) -> bool {
    let mut entries: Vec<_> = table.entries.iter().collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.key.len()));
    entries.into_iter().any(|entry| {
        steps.push(Step::Key(entry.key.clone()));
        let found =
            path.strip_prefix(&entry.key).is_some_and(|rest| in_node(&entry.node, rest, steps));
        if !found {
            steps.pop();
        }
        found
    })
}

/// Goes on with what is left of a dotted path: nothing, or a dot and more.
fn in_node(node: &Node, rest: &str, steps: &mut Vec<Step>) -> bool {
    let Some(rest) = rest.strip_prefix('.') else {
        return rest.is_empty() && !matches!(node.value, Value::Table(_));
    };
    match &node.value {
        Value::Table(table) => in_table(table, rest, steps),
        Value::Array(items) => items.iter().enumerate().any(|(index, item)| {
            steps.push(Step::Element(index));
            let after = name(item).and_then(|name| rest.strip_prefix(name));
            let found = after.is_some_and(|rest| in_node(item, rest, steps));
            if !found {
                steps.pop();
            }
            found
        }),
        _ => false,
    }
}

impl Place {
    /// The key, or the element, at the end of the steps, and its value.
    pub(super) fn end<'t>(&self, top: &'t Table) -> Option<(TextSpan, &'t Node)> {
        let (first, rest) = self.steps.split_first()?;
        let Step::Key(key) = first else { return None };
        let entry = top.get(key)?;
        let mut end = (entry.key_span, &entry.node);
        for step in rest {
            end = match (step, &end.1.value) {
                (Step::Key(key), Value::Table(table)) => {
                    let entry = table.get(key)?;
                    (entry.key_span, &entry.node)
                }
                (Step::Element(index), Value::Array(items)) => {
                    let item = items.get(*index)?;
                    (item.span, item)
                }
                _ => return None,
            };
        }
        Some(end)
    }
}
