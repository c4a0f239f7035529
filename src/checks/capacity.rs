//! V40 and V52: whether a site can carry its own agents and those of its peer, and its registrar their refreshes.

use super::report::Report;
use super::rules::{V40, V52};
use super::scene::{Scene, site_named};
use crate::model::{Limit, Model, PairId, Style};
use crate::scenario::document::Site;

/// What a site has to carry when the peers of its agents are lost.
#[derive(Default)]
struct Load {
    own: u64,
    fleeing: u64,
    registers: f64,
}

/// Runs the check.
pub(super) fn check(scene: &Scene, model: &Model, report: &mut Report) {
    for site in &scene.document.sites {
        let load = load(scene, model, &site.name.value);
        agents(site, &load, report);
        registers(site, &load, report);
    }
    for (id, own) in (0..).map(PairId).zip(&model.pairs) {
        let site = &model.sites[own.site.index()];
        let limit = site.registrar.limit.as_ref().filter(|limit| !limit.every_refresh);
        if let (Some(limit), Some(written)) = (limit, scene.capacity(&site.name)) {
            let comes = refreshes(model, id, limit);
            let serves = 1.0 / limit.message.as_secs_f64();
            if comes >= serves {
                let message = format!(
                    "the registrar of `{}` serves {serves:.1} messages per second, but the refreshes of its phones are {comes:.1} per second",
                    site.name
                );
                let help = format!(
                    "make `capacity` larger than \"{comes:.1}/s\", or the expiry longer; with `refreshes = \"all\"` a run shows \
                     what such a registrar does"
                );
                report.add(V52.at(written.span, message).help(help));
            }
        }
    }
}

/// Messages per second that refreshes bring to a pair in quiet time.
fn refreshes(model: &Model, pair: PairId, limit: &Limit) -> f64 {
    let mut sum = 0.0;
    for cohort in &model.cohorts {
        let profile = &model.profiles[cohort.profile.index()];
        let phone = &model.phones[profile.phone];
        let peer = profile.peer.as_ref().filter(|_| phone.style == Style::Dual);
        for seat in std::iter::once(&profile.preferred).chain(peer).filter(|it| it.sip == pair) {
            let registrar = &model.sites[seat.site.index()].registrar;
            let messages = f64::from(limit.messages(registrar, phone.expiry));
            let period = model.refresh(phone, seat.site).as_secs_f64();
            sum += f64::from(cohort.count) * messages / period;
        }
    }
    sum
}

/// Agents and REGISTERs per second of a site.
fn load(scene: &Scene, model: &Model, site: &str) -> Load {
    let mut load = Load::default();
    let here = site_named(model, site).map(|(id, _)| id);
    for agents in &scene.agents {
        let flees = agents.enabled.is_true() && agents.peer_site() == Some(site);
        let side = match agents.preferred_site() {
            Some(preferred) if preferred == site => &mut load.own,
            _ if flees => &mut load.fleeing,
            _ => continue,
        };
        let count = agents.class.agents();
        *side += u64::from(count);
        let phone = scene.phone(model, agents);
        let refresh = phone.zip(here).map(|(phone, site)| model.refresh(phone, site).as_secs_f64());
        load.registers += refresh.map_or(0.0, |refresh| f64::from(count) / refresh);
    }
    load
}

fn agents(site: &Site, load: &Load, report: &mut Report) {
    let Some(capacity) = &site.agent_capacity else { return };
    let all = load.own + load.fleeing;
    if all <= u64::from(capacity.value) {
        return;
    }
    let message = format!(
        "`{}` is sized for {} agents, but may have to carry {all}",
        site.name.value, capacity.value
    );
    let terms = format!("{} of its own + {} whose peer it is", load.own, load.fleeing);
    let help = "size each site for everybody who may come, or spread the peers";
    report.add(V40.at(capacity.span, message).label(terms).help(help));
}

fn registers(site: &Site, load: &Load, report: &mut Report) {
    let Some(capacity) = &site.register_capacity else { return };
    if load.registers <= capacity.value {
        return;
    }
    let message = format!(
        "`{}` is sized for {} REGISTERs per second, but {:.1} may come",
        site.name.value, capacity.value, load.registers
    );
    let help = "a longer expiry or a larger refresh share means fewer REGISTERs";
    report.add(V40.at(capacity.span, message).help(help));
}
