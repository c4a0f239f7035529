//! Options that are set on the command line, and that the product does not know in their place. In
//! a file that is a warning; of a setting it is an error, since the answer would be about nothing.

use super::Written;
use crate::options::{self, Entry, Place};
use crate::scenario::document::{Document, VendorOption};

/// The first setting that writes an option which the product does not know, or not in that place:
/// what is wrong with it, in words that begin with the setting.
#[must_use]
pub fn unknown(document: &Document, written: &[Written]) -> Option<String> {
    written.iter().find_map(|written| {
        // The name of an option may be a dotted key, and the setting's key the last part of it.
        let end = written.value.end.max(written.key.end);
        let inside = |option: &&VendorOption| {
            let name = option.name.span;
            name.start < end && written.key.start < name.end
        };
        let holders = document.holders_of_options().into_iter();
        let wrong = holders.flat_map(|(place, sections)| {
            let own = sections.options.iter().filter(inside);
            own.filter_map(move |option| wrong(place, option))
        });
        let wrong = wrong.into_iter().next()?;
        let typed = written.short.as_ref().unwrap_or_else(|| written.setting.path());
        Some(format!("{typed}={}: {wrong}", written.setting.value()))
    })
}

fn wrong(place: Place, option: &VendorOption) -> Option<String> {
    let name = option.name.value.trim();
    let known: Vec<&Entry> =
        options::named(name).filter(|entry| entry.family.is_vendor()).collect();
    if known.iter().any(|entry| entry.section == option.section && entry.places.contains(&place)) {
        return None;
    }
    let Some(entry) = known.first() else {
        let help = match options::nearest_vendor(name) {
            Some(near) => format!("did you mean `{}`?", near.name),
            None => "`switchover options` lists those that are known".to_owned(),
        };
        return Some(format!("the product has no option `{name}`; {help}"));
    };
    let places: Vec<&str> = entry.places.iter().map(|place| place.name()).collect();
    Some(format!(
        "`{name}` has no effect in the section `{}` of this {}; set it in the section `{}` of: {}",
        option.section,
        place.name(),
        entry.section,
        places.join(", ")
    ))
}
