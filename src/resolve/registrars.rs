//! Registrars that only the resolved model shows to be impossible: with phones that cannot be
//! simulated there, or that would be granted nothing.

use crate::diagnostic::Diagnostic;
use crate::model::{Impairment, Model, Phone, SiteId, Style};
use crate::scenario::Document;
use crate::scenario::document::Site;

use super::faults::headers;

/// Looks at every registrar, with the phones that register there.
pub fn check(document: &Document, model: &Model) -> Vec<Diagnostic> {
    let sites = (0..).map(SiteId).zip(&document.sites);
    let each = sites.flat_map(|(id, site)| {
        let granted = nothing_granted(site, id, model);
        [followers(site, id, model), granted].into_iter().flatten()
    });
    each.chain(impaired(document, model)).collect()
}

/// S026: loss, delay or a slow registrar, beside a registrar with a capacity.
fn impaired(document: &Document, model: &Model) -> Option<Diagnostic> {
    let mut capacities = document.sites.iter().filter_map(|site| site.registrar.message.as_ref());
    let capacity = capacities.next()?;
    let fault = model.faults.iter().position(|it| it.impairment != Impairment::default())?;
    let message = "loss and delay cannot be simulated beside a registrar with a capacity";
    let label = "this fault loses or delays messages";
    let help = "leave `capacity` out, or the `loss` and the `delay`";
    let found =
        Diagnostic::error("S026", message, headers(document)[fault]).label(label).help(help);
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

/// S025: phones that follow their desktops, at a registrar with a capacity.
fn followers(site: &Site, id: SiteId, model: &Model) -> Option<Diagnostic> {
    let capacity = site.registrar.message.as_ref()?;
    let phone = phones(model, id).find(|phone| phone.style == Style::Follow)?;
    let message =
        "phones that follow their desktops cannot be simulated at a registrar with a capacity";
    let label = format!("phones of type `{}` register here", phone.name);
    let help = "leave `capacity` out, or let the phones be `dual` or `failover`";
    Some(Diagnostic::error("S025", message, capacity.span).label(label).help(help))
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
