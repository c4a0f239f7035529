//! V51: phones that refresh by the expiry that they asked for, at a registrar that grants less: their
//! bindings end before they are refreshed.

use super::report::Report;
use super::rules::V51;
use super::scene::{Agents, Scene, site_named};
use super::words::plain;
use crate::model::{Model, Phone, Renewal, Site};
use crate::time::Span;

/// Runs the check.
pub(super) fn check(scene: &Scene, model: &Model, report: &mut Report) {
    for agents in &scene.agents {
        let Some(phone) = scene.phone(model, agents) else { continue };
        if phone.renewal != Renewal::Asked {
            continue;
        }
        for name in [agents.preferred_site(), agents.peer_site()].into_iter().flatten() {
            if let Some((id, site)) = site_named(model, name) {
                lapses(agents, (phone, model.granted(phone, id)), site, report);
            }
        }
    }
}

/// The time of a refresh against the shortest expiry that a site grants.
fn lapses(agents: &Agents, (phone, granted): (&Phone, Span), site: &Site, report: &mut Report) {
    let written = agents.class.phone().and_then(|phone| phone.refresh_of.as_ref());
    let least = (granted - site.registrar.deviation).max(Span(1));
    let Some(written) = written.filter(|_| least < phone.refresh) else { return };
    let (when, grants, set) = if granted < phone.refresh {
        let expiry = format!("set `expiry` of the phone type to at most {}", plain(granted));
        ("before each refresh", plain(granted), expiry)
    } else {
        let most = plain(granted - phone.refresh);
        let deviation = format!("set `expires-deviation` of `{}` to at most {most}", site.name);
        ("before some refreshes", format!("as little as {}", plain(least)), deviation)
    };
    let message = format!(
        "bindings of phones `{}` at `{}` end {when}: they refresh after {}, as they ask for {}, and the registrar \
         grants {grants}",
        phone.name,
        site.name,
        plain(phone.refresh),
        plain(phone.expiry)
    );
    let help = format!("leave out `refresh-of`, or {set}; in between no call gets through");
    report.add_for(agents, V51.at(written.span, message).help(help));
}
