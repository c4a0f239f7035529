//! Vendor options as meant: the written value read by the option catalogue, or its default, with
//! where it comes from. It judges nothing: an unusable value counts as the default, and says so.

use super::document::{Class, Setting, VendorOption};
use super::tree::Value as Written;
use super::units;
use crate::options::{self, Entry, Raw, Refusal, Unit, Value};
use crate::time::Span;

/// What holds for an agent: a value, and where it was written.
#[derive(Clone, Debug)]
pub struct Effective<'d> {
    /// The value; `None`: nothing is set, and there is no default.
    pub value: Option<Value>,
    /// Where it was written, also if that could not be used; `None`: it was not written.
    pub setting: Option<Setting<'d>>,
    /// Whether what was written could not be used, so that `value` is the default.
    pub refused: bool,
}

impl Effective<'_> {
    /// A boolean; `false` if it is none.
    #[must_use]
    pub fn is_true(&self) -> bool {
        self.value == Some(Value::Boolean(true))
    }

    /// A length of time.
    #[must_use]
    pub fn length(&self) -> Option<Span> {
        match self.value {
            Some(Value::Length(span)) => Some(span),
            _ => None,
        }
    }

    /// One length of time, or several.
    #[must_use]
    pub fn lengths(&self) -> Vec<Span> {
        match &self.value {
            Some(Value::Length(span)) => vec![*span],
            Some(Value::Lengths(spans)) => spans.clone(),
            _ => vec![Span::ZERO],
        }
    }

    /// A number without a unit.
    #[must_use]
    pub fn number(&self) -> Option<i64> {
        match self.value {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        }
    }

    /// A text; `None` if it is empty.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Some(Value::Text(text)) if !text.is_empty() => Some(text),
            _ => None,
        }
    }
}

impl VendorOption {
    /// This option's value as the catalogue's entry means it.
    ///
    /// # Errors
    ///
    /// A [`Refusal`] if the product cannot use it.
    pub fn read(&self, entry: &Entry) -> Result<Value, Refusal> {
        let raw = match &self.value.value {
            Written::Boolean(yes) => Raw::Boolean(*yes),
            Written::Integer(number) => number.map_or(Raw::Other, Raw::Integer),
            Written::Float(number) => number.parse().map_or(Raw::Other, Raw::Float),
            Written::String(text) => text_with_unit(text, entry.unit),
            Written::Datetime(_) | Written::Array(_) | Written::Table(_) => Raw::Other,
        };
        options::read(entry, &raw)
    }
}

/// `"never"` and `"90s"` where the option is a time; any other text as it is.
fn text_with_unit(text: &str, unit: Unit) -> Raw<'_> {
    match unit {
        Unit::None => Raw::Text(text),
        _ if text == "never" => Raw::Length(Span::NEVER),
        _ => units::duration(text).map_or(Raw::Text(text), Raw::Length),
    }
}

impl<'d> Class<'d> {
    /// The effective value of an agent's option: the most specific one written, else the default.
    #[must_use]
    pub fn effective(&self, name: &str) -> Effective<'d> {
        let entry = options::find(name);
        let setting = self.setting(name);
        let written = setting.map(|setting| entry.map(|entry| setting.option.read(entry)));
        let refused = matches!(written, Some(Some(Err(_))));
        let value = match written {
            Some(Some(Ok(value))) => Some(value),
            _ => entry.and_then(Entry::default_value),
        };
        Effective { value, setting, refused }
    }
}
