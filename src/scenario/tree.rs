//! The text as a tree of values that own their data and know their places. Nothing is decoded yet,
//! so a value can still be replaced at a dotted path.

use toml::de::{DeTable, DeValue};

use crate::diagnostic::TextSpan;

/// A value and where it was written.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where.
    pub span: TextSpan,
    /// What.
    pub value: Value,
}

/// A TOML value.
#[derive(Clone, Debug)]
pub enum Value {
    /// A string.
    String(String),
    /// An integer; `None`: beyond 64 bits.
    Integer(Option<i64>),
    /// A float, as written.
    Float(String),
    /// `true` or `false`.
    Boolean(bool),
    /// A date, a time or both, as written.
    Datetime(String),
    /// An array.
    Array(Vec<Node>),
    /// A table.
    Table(Table),
}

/// A table: its entries in the order of the text.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The entries.
    pub entries: Vec<Entry>,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key was written.
    pub key_span: TextSpan,
    /// The value.
    pub node: Node,
}

impl Table {
    /// The entry of that key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}

impl Node {
    /// What kind of value this is, for messages: `a string`, `an integer` ...
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self.value {
            Value::String(_) => "a string",
            Value::Integer(_) => "an integer",
            Value::Float(_) => "a float",
            Value::Boolean(_) => "a boolean",
            Value::Datetime(_) => "a date or time",
            Value::Array(_) => "an array",
            Value::Table(_) => "a table",
        }
    }

    /// Whether the parser put it in place of something that could not be read; the syntax error is
    /// reported already.
    #[must_use]
    pub fn is_recovered(&self) -> bool {
        matches!(&self.value, Value::String(text) if text.is_empty() && self.span.start == self.span.end)
    }

    /// The text of a string, number or boolean; `None` for anything else.
    #[must_use]
    pub fn scalar_text(&self) -> Option<String> {
        match &self.value {
            Value::String(text) | Value::Float(text) => Some(text.clone()),
            Value::Integer(number) => number.map(|number| number.to_string()),
            Value::Boolean(yes) => Some(yes.to_string()),
            Value::Datetime(_) | Value::Array(_) | Value::Table(_) => None,
        }
    }
}

/// Takes a parsed table over.
#[must_use]
pub fn from_toml(table: &DeTable<'_>) -> Table {
    let entries = table.iter().map(|(key, value)| Entry {
        key: key.get_ref().to_string(),
        key_span: key.span().into(),
        node: node(value),
    });
    Table { entries: entries.collect() }
}

fn node(spanned: &toml::Spanned<DeValue<'_>>) -> Node {
    let value = match spanned.get_ref() {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => {
            Value::Integer(i64::from_str_radix(number.as_str(), number.radix()).ok())
        }
        DeValue::Float(number) => Value::Float(number.as_str().to_owned()),
        DeValue::Boolean(yes) => Value::Boolean(*yes),
        DeValue::Datetime(when) => Value::Datetime(when.to_string()),
        DeValue::Array(items) => Value::Array(items.iter().map(node).collect()),
        DeValue::Table(table) => Value::Table(from_toml(table)),
    };
    Node { span: spanned.span().into(), value }
}
