//! Reads one table by its description: every key that the description lists must be asked for, and
//! every other key in the text is a mistake. It never stops at one.

use crate::diagnostic::TextSpan;
use crate::scenario::document::{Sections, Spanned};
use crate::scenario::keys::{Absent, Key, TableDef};
use crate::scenario::mistakes;
use crate::scenario::tree::{Entry, Node, Table, Value};

use super::context::{Context, Decoder};
use super::sections;

/// A table that is being read.
pub(super) struct Reader<'a, 'c> {
    /// Shared by all readers.
    pub context: &'a mut Context<'c>,
    /// Where the table begins: its header or key.
    pub span: TextSpan,
    def: &'static TableDef,
    table: &'a Table,
    asked: Vec<&'static str>,
}

impl<'a, 'c> Reader<'a, 'c> {
    /// Begins to read `table`.
    pub(super) fn new(
        context: &'a mut Context<'c>,
        def: &'static TableDef,
        table: &'a Table,
        span: TextSpan,
    ) -> Self {
        Self { context, span, def, table, asked: Vec::new() }
    }

    /// The entry of a key, if it is written.
    pub(super) fn entry(&mut self, name: &'static str) -> Option<(&'a Entry, &'static Key)> {
        self.asked.push(name);
        let key = self.def.key(name);
        debug_assert!(key.is_some(), "{} does not describe `{name}`", self.def.header);
        let key = key?;
        let entry = self.table.get(name);
        if entry.is_none() && key.absent == Absent::Required {
            self.context.found.push(mistakes::missing_key(key, self.def, self.span));
        }
        entry.filter(|entry| !entry.node.is_recovered()).map(|entry| (entry, key))
    }

    /// Where a key is written, if it is.
    pub(super) fn span_of(&self, name: &str) -> Option<TextSpan> {
        self.table.get(name).map(|entry| entry.key_span)
    }

    /// The value of a key, if it is written and right.
    pub(super) fn value<T>(
        &mut self,
        name: &'static str,
        decode: Decoder<T>,
    ) -> Option<Spanned<T>> {
        let (entry, key) = self.entry(name)?;
        match decode(self.context, &entry.node, key) {
            Ok(value) => Some(Spanned { value, span: entry.node.span }),
            Err(mistake) => {
                self.context.found.push(mistake);
                None
            }
        }
    }

    /// The table of a key; `None` if it is absent or no table.
    pub(super) fn table(&mut self, name: &'static str) -> Option<(&'a Table, TextSpan)> {
        let (entry, key) = self.entry(name)?;
        self.as_table(&entry.node, key).map(|table| (table, entry.node.span))
    }

    /// The tables by name under a key: name and table.
    pub(super) fn tables(&mut self, name: &'static str) -> Vec<(Spanned<String>, &'a Table)> {
        let Some((entry, key)) = self.entry(name) else { return Vec::new() };
        let Some(outer) = self.as_table(&entry.node, key) else { return Vec::new() };
        let mut tables = Vec::new();
        for inner in &outer.entries {
            if let Some(table) = self.as_table(&inner.node, key) {
                tables.push((Spanned { value: inner.key.clone(), span: inner.key_span }, table));
            }
        }
        tables
    }

    /// The tables of an array of tables.
    pub(super) fn list(&mut self, name: &'static str) -> Vec<(&'a Table, TextSpan)> {
        let Some((entry, key)) = self.entry(name) else { return Vec::new() };
        let Value::Array(items) = &entry.node.value else {
            self.context.found.push(mistakes::wrong_type(key, &entry.node));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            tables.extend(self.as_table(item, key).map(|table| (table, item.span)));
        }
        tables
    }

    fn as_table(&mut self, node: &'a Node, key: &Key) -> Option<&'a Table> {
        if let Value::Table(table) = &node.value {
            return Some(table);
        }
        if !node.is_recovered() {
            self.context.found.push(mistakes::wrong_type(key, node));
        }
        None
    }

    /// Ends the reading of a table without vendor sections.
    pub(super) fn finish(self) {
        let _ = self.finish_with_sections();
    }

    /// Ends the reading: what was not asked for is a vendor section or a mistake.
    pub(super) fn finish_with_sections(self) -> Sections {
        let mut sections = Sections::default();
        for entry in &self.table.entries {
            if self.asked.contains(&entry.key.as_str()) {
                continue;
            }
            match &entry.node.value {
                Value::Table(table) if self.def.vendor => {
                    sections::decode(self.context, entry, table, &mut sections);
                }
                _ => {
                    let found = mistakes::unknown_key(&entry.key, entry.key_span, self.def);
                    self.context.found.push(found);
                }
            }
        }
        debug_assert!(
            self.def.keys.iter().all(|key| self.asked.contains(&key.name)),
            "{}: a described key is never read",
            self.def.header
        );
        sections
    }
}
