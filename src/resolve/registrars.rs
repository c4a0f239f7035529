//! Registrars that only the resolved model shows to be impossible: with phones that would be
//! granted nothing there, or with faults that cannot be simulated beside.

use crate::diagnostic::Diagnostic;
use crate::model::{Impairment, Model, Phone, SiteId};
use crate::scenario::Document;
use crate::scenario::document::Site;

use super::faults::headers;

/// Looks at every registrar, with the phones that register there.
pub fn check(document: &Document, model: &Model) -> Vec<Diagnostic> {
    let sites = (0..).map(SiteId).zip(&document.sites);
    let each = sites.filter_map(|(id, site)| nothing_granted(site, id, model));
    each.chain(impaired(document, model)).collect()
}

/// S025: loss, delay or a slow registrar, beside a registrar with a capacity.
fn impaired(document: &Document, model: &Model) -> Option<Diagnostic> {
    let mut capacities = document.sites.iter().filter_map(|site| site.registrar.message.as_ref());
    let capacity = capacities.next()?;
    let fault = model.faults.iter().position(|it| it.impairment != Impairment::default())?;
    let message = "loss and delay cannot be simulated beside a registrar with a capacity";
    let label = "this fault loses or delays messages";
    let help = "leave `capacity` out, or the `loss` and the `delay`";
    let found =
        Diagnostic::error("S025", message, headers(document)[fault]).label(label).help(help);
    Some(found.also(capacity.span, "the capacity"))
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
    let label = format!("phones of type `{}` are granted {} s here", phone.name, granted(&phone));
    let help = "it is shorter than any expiry that is granted";
    Some(Diagnostic::error("S008", message, deviation.span).label(label).help(help))
}
