//! The option catalogue: every vendor option of Business Continuity, every default that the vendor
//! does not document, every named policy and what-if extension of this simulator.
//!
//! A table and its renderings. It does not know how a scenario is written, and it decides nothing.

mod assumptions;
pub mod calls;
mod connection;
mod disaster_recovery;
mod endpoint;
mod entry;
pub mod faults;
mod json;
mod page;
mod policies;
mod presets;
pub mod registrar;
mod server;
mod sip_server;
mod sources;
mod text;
mod value;
mod warm_standby;
mod what_if;

pub use entry::{Effect, Entry, Evidence, Family, Kind, Place, Unit};
pub use json::{list as list_json, one as one_json, preset as preset_json};
pub use page::page;
pub use presets::{PRESETS, Preset, PresetKey, preset};
pub use sources::Source;
pub use text::{
    list as list_text, one as one_text, one_preset as preset_text, paragraph_of as paragraph_text,
};
pub use value::{Raw, Refusal, Value, read};

/// The tables, in the order in which they are listed.
const TABLES: &[&[Entry]] = &[
    disaster_recovery::TABLE,
    warm_standby::TABLE,
    endpoint::TABLE,
    connection::TABLE,
    server::TABLE,
    sip_server::TABLE,
    assumptions::DESKTOP,
    assumptions::SERVERS,
    registrar::TABLE,
    assumptions::PHONE,
    faults::TABLE,
    calls::TABLE,
    policies::TABLE,
    what_if::TABLE,
];

/// Every entry, in the order of the catalogue.
pub fn all() -> impl Iterator<Item = &'static Entry> {
    TABLES.iter().copied().flatten()
}

/// The unit of bare numbers at a path that ends with the name of an option: `s`, `ms`; empty: there is
/// none.
#[must_use]
pub fn unit_of(path: &str) -> &'static str {
    let ends =
        |entry: &&Entry| path.strip_suffix(entry.name).is_some_and(|before| before.ends_with('.'));
    all().find(ends).map_or("", |entry| entry.unit.symbol())
}

/// The entry of exactly this name; of several (one name on two kinds of object), the first.
#[must_use]
pub fn find(name: &str) -> Option<&'static Entry> {
    all().find(|entry| entry.name == name)
}

/// All entries of exactly this name.
pub fn named(name: &str) -> impl Iterator<Item = &'static Entry> {
    all().filter(move |entry| entry.name == name)
}

/// All entries of the longest name that a path of `--set` ends with, in the table that it begins with.
pub fn at_path(path: &str) -> impl Iterator<Item = &'static Entry> {
    let table = path.split('.').next().unwrap_or_default();
    let meant = move |entry: &&Entry| {
        let of_table = |section: &str| section.split(['.', ']']).next() == Some(table);
        path.strip_suffix(entry.name).is_some_and(|before| before.ends_with('.'))
            && (entry.family.is_vendor() || of_table(entry.section.trim_start_matches('[')))
    };
    let longest = all().filter(meant).map(|entry| entry.name.len()).max();
    all().filter(meant).filter(move |entry| Some(entry.name.len()) == longest)
}

/// The entry whose name is nearest to a name that is none, if it is near enough for a typing slip.
#[must_use]
pub fn nearest(name: &str) -> Option<&'static Entry> {
    nearest_among(name, all())
}

/// The same among the vendor's options.
#[must_use]
pub fn nearest_vendor(name: &str) -> Option<&'static Entry> {
    nearest_among(name, all().filter(|entry| entry.family.is_vendor()))
}

/// Long names share long beginnings, so more than three slips are none.
fn nearest_among(
    name: &str,
    entries: impl Iterator<Item = &'static Entry>,
) -> Option<&'static Entry> {
    let wanted = name.trim().to_lowercase();
    let length = wanted.chars().count();
    let bound = (length / 4).clamp(1, 3);
    entries
        // Each letter more or less is a slip; names are ASCII.
        .filter(|entry| entry.name.len().abs_diff(length) <= bound)
        .map(|entry| (strsim::osa_distance(&wanted, &entry.name.to_lowercase()), entry))
        .filter(|(distance, _)| *distance <= bound)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, entry)| entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_exactly() {
        assert!(find("disaster-recovery.timeout").is_some_and(|e| e.default == "60"));
        assert!(find("disaster-recovery.timeuot").is_none());
        assert_eq!(named("oos-check").count(), 2);
        assert!(all().all(|entry| entry.name.is_ascii()));
    }

    #[test]
    fn a_path_leads_to_its_option() {
        let found = |path| at_path(path).map(|entry| entry.section).collect::<Vec<_>>();
        assert_eq!(found("calls.sales.gateway-lag"), ["[[calls]]"]);
        assert_eq!(found("phone.desk.boot"), ["[phone.NAME]"]);
        assert_eq!(
            found("application.interaction-workspace.disaster-recovery.timeout"),
            ["interaction-workspace"]
        );
        assert_eq!(found("boot"), [""; 0]);
    }

    #[test]
    fn a_slip_finds_its_neighbour() {
        let near = |name| nearest(name).map(|entry| entry.name);
        assert_eq!(near("disaster-recovery.timeuot"), Some("disaster-recovery.timeout"));
        assert_eq!(near("Disaster-Recovery.Site "), Some("disaster-recovery.site"));
        assert_eq!(
            near("disaster-recovery.prefered-site"),
            Some("disaster-recovery.preferred-site")
        );
        assert_eq!(near("disaster-recovery.autorestore"), Some("disaster-recovery.auto-restore"));
        assert_eq!(near("disaster-recovery.retries"), None);
        assert_eq!(near("reconnect-timeout"), Some("Reconnect Timeout"));
        assert_eq!(near("colour"), None);
    }

    #[test]
    fn a_name_stands_once_per_section() {
        let mut keys: Vec<_> = all().map(|e| (e.section, e.name)).collect();
        let before = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), before);
    }

    #[test]
    fn every_default_is_a_valid_value() {
        for entry in all().filter(|e| e.family.is_vendor() && !e.default.is_empty()) {
            let read = read(entry, &Raw::Text(entry.default));
            assert!(read.is_ok(), "{}: {read:?}", entry.name);
        }
    }

    #[test]
    fn every_entry_says_what_it_means_and_where_it_is_set() {
        for entry in all() {
            assert!(entry.meaning.len() > 10, "{}", entry.name);
            assert!(!entry.places.is_empty(), "{}", entry.name);
        }
    }
}
