//! The numbers of an answer, as its file has them.

use serde::Serialize;
use serde_json::Value;

/// What a file holds. Numbers and texts only: nothing in it could fail to serialise.
pub(super) fn numbers(file: impl Serialize) -> Value {
    serde_json::to_value(file).unwrap_or_default()
}
