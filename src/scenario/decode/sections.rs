//! Vendor sections: TOML's dotted keys nest; here they become the vendor's flat names again. It
//! does not know which options exist.

use crate::diagnostic::TextSpan;
use crate::scenario::document::{Sections, Spanned, VendorOption};
use crate::scenario::mistakes;
use crate::scenario::tree::{Entry, Table, Value};

use super::context::Context;

/// Heads of option names that look like a section if the real section was forgotten.
const OPTION_HEADS: [&str; 4] = ["disaster-recovery", "warm-standby", "sipendpoint", "dr-forward"];

/// Adds the options of one section.
pub fn decode(context: &mut Context<'_>, section: &Entry, table: &Table, into: &mut Sections) {
    if OPTION_HEADS.contains(&section.key.as_str()) {
        context.found.push(mistakes::outside_section(&section.key, section.key_span));
        return;
    }
    flatten(context, &section.key, "", table, into);
}

fn flatten(
    context: &mut Context<'_>,
    section: &str,
    head: &str,
    table: &Table,
    into: &mut Sections,
) {
    for entry in &table.entries {
        let name =
            if head.is_empty() { entry.key.clone() } else { format!("{head}.{}", entry.key) };
        if let Value::Table(inner) = &entry.node.value {
            flatten(context, section, &name, inner, into);
        } else if !entry.node.is_recovered() {
            let span = whole_name(context.text, entry.key_span);
            add(context, section, Spanned { value: name, span }, entry, into);
        }
    }
}

fn add(
    context: &mut Context<'_>,
    section: &str,
    name: Spanned<String>,
    entry: &Entry,
    into: &mut Sections,
) {
    if let Some(first) = into.get(section, &name.value) {
        let message = format!("the option `{}` is written twice", name.value);
        context.found.push(mistakes::twice(message, name.span, first.name.span));
        return;
    }
    let value = entry.node.clone();
    into.options.push(VendorOption { section: section.to_owned(), name, value });
}

/// The whole dotted key that ends with the key at `last`, as far as it stands on that line.
fn whole_name(text: &str, last: TextSpan) -> TextSpan {
    let before = text.get(..last.start).unwrap_or("");
    let part = |c: char| c.is_alphanumeric() || "-_.\"' \t".contains(c);
    let start = before.trim_end_matches(part).len();
    let gap = before[start..].len() - before[start..].trim_start().len();
    TextSpan::new((start + gap).min(last.start), last.end)
}
