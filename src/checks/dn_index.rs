//! The DNs of all switches by what they are looked up by, so that no list is read for each of them.

use std::collections::BTreeMap;

use crate::scenario::document::{Dn, Document, Place, Spanned, Switch};

/// A name or number on a switch.
type OnSwitch<'d> = (&'d str, &'d str);

/// The DNs of a document.
pub(super) struct DnIndex<'d> {
    by_number: BTreeMap<OnSwitch<'d>, &'d Dn>,
    /// Trunks left out.
    by_key: BTreeMap<OnSwitch<'d>, &'d Dn>,
    places: BTreeMap<OnSwitch<'d>, Vec<&'d Place>>,
}

impl<'d> DnIndex<'d> {
    /// Of a document.
    pub(super) fn new(document: &'d Document) -> Self {
        let mut book =
            Self { by_number: BTreeMap::new(), by_key: BTreeMap::new(), places: BTreeMap::new() };
        for switch in &document.switches {
            let name = switch.name.value.as_str();
            for dn in &switch.dns {
                book.by_number.entry((name, &dn.number.value)).or_insert(dn);
                if kind(dn) != "trunk" {
                    book.by_key.entry((name, &key(dn).value)).or_insert(dn);
                }
            }
        }
        for place in &document.places {
            for dn in &place.dns {
                let places = book.places.entry((&dn.switch.value, &dn.number.value)).or_default();
                places.push(place);
            }
        }
        book
    }

    /// The DN of a number.
    pub(super) fn dn(&self, switch: &Switch, number: &str) -> Option<&'d Dn> {
        self.by_number.get(&(switch.name.value.as_str(), number)).copied()
    }

    /// The DN on a switch that mirrors one of another switch, trunks aside.
    pub(super) fn counterpart(&self, dn: &Dn, switch: &Switch) -> Option<&'d Dn> {
        self.by_key.get(&(switch.name.value.as_str(), key(dn).value.as_str())).copied()
    }

    /// The Places with a DN.
    pub(super) fn places<'s>(&'s self, switch: &'s Switch, dn: &'s Dn) -> &'s [&'d Place] {
        let found = self.places.get(&(switch.name.value.as_str(), dn.number.value.as_str()));
        found.map_or(&[], Vec::as_slice)
    }
}

/// What a DN is known by on both switches: its DR number, else its number.
pub(super) fn key(dn: &Dn) -> &Spanned<String> {
    dn.dr_number.as_ref().unwrap_or(&dn.number)
}

/// The type of a DN.
pub(super) fn kind(dn: &Dn) -> &str {
    dn.kind.as_ref().map_or("extension", |kind| kind.value.as_str())
}
