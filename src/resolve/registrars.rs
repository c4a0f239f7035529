//! Registrars that only the resolved model shows to be impossible: with phones that would be
//! granted nothing there.

use crate::diagnostic::Diagnostic;
use crate::model::{Model, Phone, SiteId};
use crate::scenario::Document;
use crate::scenario::document::Site;

/// Looks at every registrar, with the phones that register there.
pub(super) fn check(document: &Document, model: &Model) -> Vec<Diagnostic> {
    let sites = (0..).map(SiteId).zip(&document.sites);
    sites.filter_map(|(id, site)| nothing_granted(site, id, model)).collect()
}

/// The phones that register at a site.
fn phones(model: &Model, site: SiteId) -> impl Iterator<Item = &Phone> {
    let here = model.profiles.iter().filter(move |profile| {
        let seats = [Some(&profile.preferred), profile.peer.as_ref()];
        seats.into_iter().flatten().any(|seat| seat.site == site)
    });
    here.map(|profile| &model.phones[profile.phone])
}

/// S008: an expiry of which nothing may be left.
fn nothing_granted(site: &Site, id: SiteId, model: &Model) -> Option<Diagnostic> {
    let deviation = site.registrar.deviation.as_ref()?;
    let granted = |phone: &&Phone| model.granted(phone, id);
    let phone = phones(model, id).find(|phone| granted(phone) <= deviation.value)?;
    let message = "`expires-deviation` is out of range";
    let label = format!(
        "phones of type `{}` are granted {} s here",
        phone.name,
        granted(&phone).as_secs_f64()
    );
    let help = "it must be shorter than any expiry that is granted";
    Some(Diagnostic::error("S008", message, deviation.span).label(label).help(help))
}
