//! The JSON Schema of a scenario file, put together from the key table: for completion in editors.
//!
//! It says what a value looks like, not what it must be to others: names and sums are not checked.

use serde_json::{Map, Value, json};

use crate::options::PRESETS;

use super::keys::{self, Absent, COUNTS, ENTRY, Key, PROFILE, Shape, TableDef};

/// The schema.
#[must_use]
pub fn schema() -> Value {
    let mut definitions = Map::new();
    let tables = keys::tables().into_iter().chain(keys::INLINE);
    for def in tables.filter(|def| def.name != keys::TOP.name) {
        definitions.insert(def.name.to_owned(), table(def));
    }
    definitions
        .insert("duration".to_owned(), text("^\\s*[0-9]", "A duration: \"90s\", \"2h30m\"."));
    definitions.insert("law".to_owned(), law());
    definitions.insert("options".to_owned(), options());
    let mut top = table(&keys::TOP);
    top["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    top["title"] = json!("A scenario of switchover");
    top["$defs"] = Value::Object(definitions);
    top
}

/// One table.
fn table(def: &TableDef) -> Value {
    let mut properties = Map::new();
    for key in def.keys {
        properties.insert(key.name.to_owned(), property(key));
    }
    let required: Vec<&str> =
        def.keys.iter().filter(|key| key.absent == Absent::Required).map(|key| key.name).collect();
    let more = if def.vendor { reference("options") } else { json!(false) };
    json!({
        "type": "object",
        "description": def.doc,
        "properties": properties,
        "required": required,
        "additionalProperties": more,
    })
}

/// One key: the shape of its value, its meaning, its default.
fn property(key: &Key) -> Value {
    let mut found = shape(key.shape);
    let meaning = match key.absent {
        Absent::Required => key.doc.to_owned(),
        Absent::Default(value) => format!("{} Default: {value}.", key.doc),
        Absent::Means(what) => format!("{} If absent: {what}.", key.doc),
    };
    found["description"] = json!(meaning);
    found
}

fn shape(shape: Shape) -> Value {
    match shape {
        Shape::Text | Shape::Name(_) => json!({ "type": "string", "minLength": 1 }),
        Shape::Texts | Shape::Names(_) => json!({ "type": "array", "items": { "type": "string" } }),
        Shape::Count(least, most) => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Shape::Money => json!({ "type": "number", "minimum": 0, "maximum": 1_000_000_000 }),
        Shape::Number => json!({ "type": "number", "minimum": 0.01, "maximum": 1000 }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Duration | Shape::DurationOrZero => reference("duration"),
        Shape::DurationOrOff => any(vec![reference("duration"), json!({ "const": "off" })]),
        Shape::Age => any(vec![reference("duration"), json!({ "const": "equilibrium" })]),
        Shape::VendorSeconds => {
            any(vec![json!({ "type": "integer", "minimum": 1 }), reference("duration")])
        }
        Shape::Rate => text("/", "A rate: \"20/s\", \"4/year\"."),
        Shape::Fraction | Shape::FractionAboveZero | Shape::Percentage(..) => percentage(),
        Shape::Quantity | Shape::QuantityAboveZero => any(vec![
            reference("duration"),
            json!({ "type": "number", "minimum": 0 }),
            percentage(),
        ]),
        Shape::TimeOfDay
        | Shape::Clock
        | Shape::Date
        | Shape::TimeZone
        | Shape::Instant
        | Shape::Weekly => of_the_calendar(shape),
        Shape::Shift | Shape::Shifts => shifts(shape),
        Shape::Choice(choices) => words(choices),
        Shape::Law => reference("law"),
        Shape::LawOrRate => any(vec![reference("law"), text("/", "A rate: \"4/year\".")]),
        Shape::Retry => any(vec![reference("law"), only("backoff", reference("backoff"))]),
        Shape::Preset => {
            let each = PRESETS.iter();
            let each = each.map(|one| json!({ "const": one.name, "description": one.text() }));
            json!({ "oneOf": each.collect::<Vec<_>>() })
        }
        Shape::Failback => {
            any(vec![reference("duration"), json!({ "enum": ["refresh", "never"] })])
        }
        Shape::RestoreWhen => {
            any(vec![json!({ "enum": ["idle", "immediate"] }), reference("window")])
        }
        Shape::Stages => reference("stages"),
        Shape::Targets => {
            let one = any(vec![json!({ "type": "string" }), reference("target")]);
            any(vec![one.clone(), json!({ "type": "array", "items": one, "minItems": 1 })])
        }
        Shape::Arrivals => arrivals(),
        Shape::Entry => some(&ENTRY),
        Shape::Dns => json!({ "type": "array", "items": reference("dn-reference") }),
        Shape::Table(def) => reference(def.name),
        Shape::Tables(def) => {
            json!({ "type": "object", "additionalProperties": reference(def.name) })
        }
        Shape::List(def) => json!({ "type": "array", "items": reference(def.name) }),
    }
}

/// At least one table of a kind.
fn some(def: &TableDef) -> Value {
    json!({ "type": "array", "items": reference(def.name), "minItems": 1 })
}

fn arrivals() -> Value {
    any(vec![text("/", "A rate: \"120/h\"."), some(&PROFILE), reference(COUNTS.name)])
}

/// What is written in local time.
fn of_the_calendar(shape: Shape) -> Value {
    match shape {
        Shape::Clock => {
            json!({ "type": "string", "description": "A time of day: \"09:30\", \"Mon 09:30\"." })
        }
        Shape::Date => {
            text(r"^\d{4}-\d{2}-\d{2}", "A date with a time of day: \"2027-01-04T00:00\".")
        }
        Shape::TimeZone => {
            json!({ "type": "string", "description": "An IANA time zone: \"Europe/Berlin\"." })
        }
        Shape::Instant => any(vec![
            reference("duration"),
            text(r"\d", "Local time: \"10:00\", \"Mon 10:00\", \"2027-01-04T10:00\"."),
        ]),
        Shape::Weekly => {
            let one = json!({
                "type": "string",
                "description": "A window of the week: \"Mon-Fri 08:00-18:00\", \"Sat,Sun\".",
            });
            any(vec![one.clone(), json!({ "type": "array", "items": one, "minItems": 1 })])
        }
        _ => json!({ "type": "string", "description": "A time of day: \"09:30\"." }),
    }
}

/// A shift, or for a group a list of them.
fn shifts(shape: Shape) -> Value {
    let of = |description| text("[A-Za-z0-9]", description);
    if matches!(shape, Shape::Shift) {
        return of("A shift: \"Mon-Fri 08:00-17:00\".");
    }
    let one = of("A shift, with a share of the agents or without: \"60% Mon-Fri 08:00-17:00\".");
    any(vec![one.clone(), json!({ "type": "array", "items": one, "minItems": 1 })])
}

/// A duration, or a table with one key that names a distribution.
fn law() -> Value {
    let ends = json!({
        "type": "array", "items": reference("duration"), "minItems": 2, "maxItems": 2,
    });
    let branches = json!({ "type": "array", "items": reference("branch"), "minItems": 1 });
    let mut found = any(vec![
        reference("duration"),
        only("constant", reference("duration")),
        only("uniform", ends),
        only("exponential", reference("duration")),
        only("weibull", reference("weibull")),
        only("lognormal", reference("lognormal")),
        only("gamma", reference("gamma")),
        only("hyperexponential", branches),
        only("empirical", reference("empirical")),
    ]);
    found["description"] = json!("A law: a duration, or a table that names a distribution.");
    found
}

/// A vendor section; dotted names may be nested.
fn options() -> Value {
    json!({
        "type": "object",
        "description": "A vendor section: options by their exact names.",
        "additionalProperties": {
            "anyOf": [{ "type": ["string", "integer", "number", "boolean"] }, reference("options")],
        },
    })
}

/// A table with exactly this key.
fn only(key: &str, value: Value) -> Value {
    json!({
        "type": "object",
        "properties": { key: value },
        "required": [key],
        "additionalProperties": false,
    })
}

fn words(choices: &[(&str, &str)]) -> Value {
    let each = choices.iter().map(|(word, doc)| json!({ "const": word, "description": doc }));
    json!({ "oneOf": each.collect::<Vec<_>>() })
}

fn text(pattern: &str, doc: &str) -> Value {
    json!({ "type": "string", "pattern": pattern, "description": doc })
}

fn percentage() -> Value {
    let most = r"^\s*(0*(100(\.0+)?|[0-9]{1,2}(\.[0-9]+)?))\s*%\s*$";
    text(most, "A percentage of at most 100%: \"99.9%\".")
}

fn any(of: Vec<Value>) -> Value {
    json!({ "anyOf": of })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}
