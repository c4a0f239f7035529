//! The documentation page of the options is what the catalogue says.

use switchover::options;
use switchover::scenario::keys;

use crate::bless::differs;

#[test]
fn the_page_is_in_step_with_the_catalogue() {
    assert_eq!(differs("docs/options.md", &options::page()), None);
}

#[test]
fn json_lists_every_option_with_the_same_keys() {
    let list = options::list_json();
    let objects = list.as_array().expect("an array");
    assert_eq!(objects.len(), options::all().count());
    for object in objects {
        assert_eq!(object.as_object().map(serde_json::Map::len), Some(15), "{object}");
    }
}

/// The keys of the scenario language that stand for an assumption, a policy or an extension.
const OURS: [&keys::TableDef; 7] = [
    &keys::DESKTOP,
    &keys::FAILOVER,
    &keys::LOCATION,
    &keys::PHONE,
    &keys::POLICY,
    &keys::REGISTRAR,
    &keys::WHAT_IF,
];

#[test]
fn every_default_of_ours_is_listed_as_the_language_has_it() {
    for table in OURS {
        for key in table.keys {
            let listed = options::named(key.name).find(|entry| entry.section == table.header);
            assert!(listed.is_some(), "{} of {}", key.name, table.header);
            if let keys::Absent::Default(value) = key.absent {
                let default = listed.map(|entry| entry.default);
                assert_eq!(default, Some(value.trim_matches('"')), "{}", key.name);
            }
        }
    }
}

/// Of a registrar also what holds where there is no value, and every word that may be chosen.
#[test]
fn what_a_registrar_does_without_a_key_is_listed_as_the_language_has_it() {
    for key in keys::REGISTRAR.keys {
        let entry = options::find(key.name).expect("it is listed");
        assert_eq!(entry.meaning, key.doc, "{}", key.name);
        if let keys::Absent::Means(what) = key.absent {
            assert_eq!(entry.default, what, "{}", key.name);
        }
        if let keys::Shape::Choice(words) = key.shape {
            assert_eq!(entry.kind, options::Kind::Explained(words), "{}", key.name);
        }
    }
}
