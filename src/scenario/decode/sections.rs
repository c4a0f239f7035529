//! Vendor sections: TOML's dotted keys nest; here they become the vendor's flat names again. Which
//! options exist matters only where the head of option names is the name of a section too.

use std::collections::BTreeMap;

use crate::diagnostic::TextSpan;
use crate::options;
use crate::scenario::document::{Sections, Spanned, VendorOption};
use crate::scenario::mistakes;
use crate::scenario::tree::{Entry, Table, Value};

use super::context::Context;

/// Heads of option names that look like a section if the real section was forgotten.
const OPTION_HEADS: [&str; 4] = ["disaster-recovery", "warm-standby", "sipendpoint", "dr-forward"];

/// Adds the options of one section.
pub(super) fn decode(
    context: &mut Context<'_>,
    section: &Entry,
    table: &Table,
    into: &mut Sections,
) {
    let known = |entry: &Entry| {
        let named = options::named(&entry.key);
        named.into_iter().any(|option| option.section == section.key)
    };
    if OPTION_HEADS.contains(&section.key.as_str()) && !table.entries.iter().all(known) {
        context.found.push(mistakes::outside_section(&section.key, section.key_span));
        return;
    }
    let mut flat = Flat { section: &section.key, seen: BTreeMap::new(), into };
    flatten(context, "", table, &mut flat);
}

/// A section that becomes flat.
struct Flat<'s> {
    section: &'s str,
    /// Where each name was written.
    seen: BTreeMap<String, TextSpan>,
    into: &'s mut Sections,
}

fn flatten(context: &mut Context<'_>, head: &str, table: &Table, flat: &mut Flat<'_>) {
    for entry in &table.entries {
        let name =
            if head.is_empty() { entry.key.clone() } else { format!("{head}.{}", entry.key) };
        if let Value::Table(inner) = &entry.node.value {
            flatten(context, &name, inner, flat);
        } else if !entry.node.is_recovered() {
            let span = whole_name(context.text, entry.key_span);
            add(context, Spanned { value: name, span }, entry, flat);
        }
    }
}

fn add(context: &mut Context<'_>, name: Spanned<String>, entry: &Entry, flat: &mut Flat<'_>) {
    if let Some(first) = flat.seen.get(&name.value) {
        let message = format!("the option `{}` is written twice", name.value);
        context.found.push(mistakes::twice(message, name.span, *first));
        return;
    }
    flat.seen.insert(name.value.clone(), name.span);
    let (section, value) = (flat.section.to_owned(), entry.node.clone());
    flat.into.options.push(VendorOption { section, name, value });
}

/// The whole dotted key that ends with the key at `last`, as far as it is on that line.
fn whole_name(text: &str, last: TextSpan) -> TextSpan {
    // In a roster a name is alone.
    let Some(before) = text.get(..last.start) else { return last };
    let part = |c: char| c.is_alphanumeric() || "-_.\"' \t".contains(c);
    let start = before.trim_end_matches(part).len();
    let gap = before[start..].len() - before[start..].trim_start().len();
    TextSpan::new((start + gap).min(last.start), last.end)
}
