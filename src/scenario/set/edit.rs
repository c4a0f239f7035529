//! Writes one value into a TOML text at a place that was found before: over another value, with
//! every other byte left alone, or beside others, with their comments kept. It finds nothing itself.

use toml_edit::{DocumentMut, InlineTable, Item, Table, Value};

use super::place::{Place, Step};
use crate::scenario::keys::{Shape, TOP};
use crate::scenario::tree::{Node, Value as Written};

/// The text with `typed` in the place of a value; `None` if that is not written as one value, but
/// by headers or dotted keys.
pub(super) fn replace(text: &str, old: &Node, typed: &str) -> Option<String> {
    let written = text.get(old.span.start..old.span.end)?;
    let inline = matches!(old.value, Written::Table(_)) == written.starts_with('{');
    let is_value = inline && written.parse::<Value>().is_ok();
    is_value.then(|| {
        let (before, after) = (&text[..old.span.start], &text[old.span.end..]);
        format!("{before}{}{after}", value(typed))
    })
}

/// The text with `typed` at the place. Dotted keys of one table that are apart come together.
///
/// # Errors
///
/// If the place is not there.
pub(super) fn write(text: &str, place: &Place, typed: &str) -> Result<String, String> {
    let lost = || "the place to change was not found".to_owned();
    let mut document: DocumentMut = text.parse().map_err(|_| lost())?;
    let mut item = document.as_item_mut();
    for (index, step) in place.steps.iter().enumerate() {
        if index + 1 == place.steps.len() && place.missing.is_empty() {
            plain_key(item, step);
        }
        item = down(item, step).ok_or_else(lost)?;
    }
    let value = value(typed);
    match (place.missing.split_last(), item) {
        (None, item) => *item = Item::Value(value),
        (Some((key, tables)), Item::Table(table)) => {
            let headers = headers(place).min(tables.len());
            insert(table, tables, headers, key, value);
        }
        (Some((key, tables)), Item::Value(Value::InlineTable(table))) => {
            insert_inline(table, tables, key, value);
        }
        _ => return Err(lost()),
    }
    Ok(document.to_string())
}

fn down<'i>(item: &'i mut Item, step: &Step) -> Option<&'i mut Item> {
    match step {
        Step::Key(key) => item.get_mut(key.as_str()),
        Step::Element(index) => item.get_mut(*index),
    }
}

/// A key that was in a header gets the spaces of one before a value.
fn plain_key(item: &mut Item, step: &Step) {
    if let (Some(table), Step::Key(key)) = (item.as_table_like_mut(), step)
        && let Some(mut key) = table.key_mut(key)
    {
        key.leaf_decor_mut().clear();
    }
}

/// TOML, if it can be read as a value; else a text.
fn value(typed: &str) -> Value {
    let mut value = typed.parse::<Value>().unwrap_or_else(|_| Value::from(typed));
    value.decor_mut().clear();
    value
}

/// How many of the missing tables get headers of their own: `[application.SECTION]`,
/// `[agent-group.NAME.SECTION]`; further ones are dotted keys, as vendor options are.
fn headers(place: &Place) -> usize {
    let first = match place.steps.first() {
        Some(Step::Key(key)) => Some(key),
        _ => place.missing.first(),
    };
    let deepest = match first.and_then(|key| TOP.key(key)).map(|key| key.shape) {
        Some(Shape::Table(_)) => 2,
        Some(Shape::Tables(_)) => 3,
        _ => 0,
    };
    let inside = place.steps.iter().any(|step| matches!(step, Step::Element(_)));
    if inside { 0 } else { usize::saturating_sub(deepest, place.steps.len()) }
}

fn insert(table: &mut Table, tables: &[String], headers: usize, key: &str, value: Value) {
    let mut table = table;
    for (index, name) in tables.iter().enumerate() {
        let dotted = table.is_dotted() || index >= headers;
        let mut inner = Table::new();
        inner.set_dotted(dotted);
        // A table with a value is shown all the same; one that only holds tables is not.
        inner.set_implicit(!dotted);
        let Item::Table(next) = table.entry(name).or_insert(Item::Table(inner)) else { return };
        table = next;
    }
    table.insert(key, Item::Value(value));
}

fn insert_inline(table: &mut InlineTable, tables: &[String], key: &str, value: Value) {
    let mut value = value;
    let mut key = key;
    for name in tables.iter().rev() {
        let mut inner = InlineTable::new();
        inner.insert(key, value);
        (value, key) = (Value::InlineTable(inner), name);
    }
    table.insert(key, value);
}
