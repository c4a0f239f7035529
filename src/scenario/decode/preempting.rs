//! `preempt-delay` and `preempt-gap` where nothing says whether a primary takes its role back.

use crate::scenario::document::{Document, Failover};

use super::context::Context;

/// A pair takes each key from the nearest section that has it, so `preempt` may be in another section than the
/// two. `preempt = false` counts: it switches them off, and stays beside them for a comparison.
pub(super) fn contradictions(context: &mut Context<'_>, document: &Document) {
    let says = |failover: &Failover| failover.preempt.is_some();
    let is_general = says(&document.failover);
    let sites = document.sites.iter().any(|site| says(&site.failover));
    let servers = document.servers.iter().any(|server| says(&server.failover));
    needs_preempt(context, &document.failover, is_general || sites || servers);
    for site in &document.sites {
        let name = Some(site.name.value.as_str());
        let mut here = document.servers.iter().filter(|one| document.site_of(one) == name);
        let is_said = is_general || says(&site.failover) || here.any(|one| says(&one.failover));
        needs_preempt(context, &site.failover, is_said);
    }
    for server in &document.servers {
        let own = document.site_of(server);
        let mut site = document.sites.iter().filter(|site| Some(site.name.value.as_str()) == own);
        let is_said = is_general || says(&server.failover) || site.any(|one| says(&one.failover));
        needs_preempt(context, &server.failover, is_said);
    }
}

fn needs_preempt(context: &mut Context<'_>, failover: &Failover, is_said: bool) {
    let other = "preempt = true";
    context.needs("preempt-delay", failover.preempt_delay.as_ref(), other, is_said);
    context.needs("preempt-gap", failover.preempt_gap.as_ref(), other, is_said);
}
