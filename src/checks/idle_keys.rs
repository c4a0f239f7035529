//! S025 and S029: keys of phones, registrars and faults that do nothing, for want of a power cut, of a refusal, or of anything
//! that is sent again; options of the endpoint that its phone type overrides.

use std::collections::BTreeMap;

use super::report::Report;
use super::scene::Scene;
use crate::diagnostic::{Diagnostic, TextSpan};
use crate::distribution::Law;
use crate::model::{
    Cohort, LocationId, Model, ProfileId, RegistrarFault, SiteId, Target, Transport,
};
use crate::resolve::PHONE_OPTIONS;
use crate::scenario::document::{Phone, Spanned};
use crate::time::Span;

/// Runs the check.
pub(super) fn check(scene: &Scene, model: &Model, report: &mut Report) {
    for (phone, met) in phones(scene, model) {
        starts(phone, met, report);
        let refusal = phone.retry_after_refusal.as_ref().map(|law| law.span);
        if let Some(span) = own(phone, refusal).filter(|_| !met.refusal) {
            report.add(idle("retry-after-refusal", "a registrar that refuses", span).help(REFUSE));
        }
        let timers = [("t1", &phone.t1), ("t2", &phone.t2)];
        for (key, timer) in timers.into_iter().filter(|_| !met.udp) {
            if let Some(span) = own(phone, timer.as_ref().map(|timer| timer.span)) {
                report.add(idle(key, "UDP", span).help(RESEND));
            }
        }
    }
    for (id, site) in (0..).map(SiteId).zip(&scene.document.sites) {
        if let Some(law) = site.registrar.retry_after.as_ref().filter(|_| !refuses(model, id)) {
            report.add(idle("retry-after", "a refusal of this registrar", law.span).help(REFUSE));
        }
    }
    windows(scene, model, report);
    at_once(scene, model, report);
    losses(scene, model, report);
    overridden(scene, report);
}

fn disturbed(model: &Model) -> bool {
    !model.faults.is_empty() || !model.drains.is_empty()
}

/// `calls-simulated = "windows"` where nothing makes a window.
fn windows(scene: &Scene, model: &Model, report: &mut Report) {
    let chosen = scene.document.calls_simulated.as_ref();
    if let Some(chosen) = chosen.filter(|_| model.calls.in_windows() && !disturbed(model)) {
        let help = "all calls are simulated; leave the key out";
        report.add(idle("calls-simulated", "a fault or a drain", chosen.span).help(help));
    }
}

/// S029: departures that would wait for calls, were all calls simulated.
fn at_once(scene: &Scene, model: &Model, report: &mut Report) {
    let chosen = scene.document.calls_simulated.as_ref();
    let wait = model.calls.in_windows() && disturbed(model) && model.calls_meet_departures();
    let Some(chosen) = chosen.filter(|_| wait) else { return };
    let message =
        "agents leave in the middle of calls: nobody waits for calls that are simulated in windows";
    let help = "with `calls-simulated = \"full\"` restores when idle, drains and ends of shifts wait for the call in progress, \
                and agents have other outages than here";
    report.add(Diagnostic::warning("S029", message, chosen.span).help(help));
}

/// `loss` where no phone uses UDP.
fn losses(scene: &Scene, model: &Model, report: &mut Report) {
    let transport =
        |profile: ProfileId| model.phones[model.profiles[profile.index()].phone].transport;
    let udp = |cohort: &Cohort| matches!(transport(cohort.profile), Transport::Udp { .. });
    if model.cohorts.iter().any(udp) {
        return;
    }
    for loss in scene.document.faults.iter().filter_map(|fault| fault.loss.as_ref()) {
        let help = "TCP and TLS send again by themselves, which is not simulated: set `transport = \"udp\"`, or use `delay`";
        report.add(idle("loss", "phones over UDP", loss.span).help(help));
    }
}

/// Options of the endpoint for which the presets of all their agents' phone types say something else. What a phone
/// type writes itself is meant to be another value.
fn overridden(scene: &Scene, report: &mut Report) {
    let mut all: BTreeMap<TextSpan, Option<Diagnostic>> = BTreeMap::new();
    for agents in scene.agents.iter().filter(|agents| agents.has_softphone()) {
        for name in PHONE_OPTIONS {
            let Some(setting) = agents.class.setting(name) else { continue };
            let span = setting.option.name.span;
            let found = agents.class.phone().and_then(|phone| by_preset(phone, name, span));
            let known = all.entry(span).or_insert_with(|| found.clone());
            if found.is_none() {
                *known = None;
            }
        }
    }
    all.into_values().flatten().for_each(|found| report.add(found));
}

/// An option that the preset of a phone type overrides.
fn by_preset(phone: &Phone, option: &str, span: TextSpan) -> Option<Diagnostic> {
    let (key, preset) = said(phone, option).filter(|said| phone.preset == Some(said.1))?;
    let own = &phone.name.value;
    let message =
        format!("`{option}` does nothing: the preset of the phone type `{own}` says `{key}`");
    let help = format!(
        "write `{key}` in [phone.{own}], which overrides the preset, or leave the option out"
    );
    let found = Diagnostic::warning("S025", message, span).label("has no effect");
    Some(found.also(preset, "this holds").help(help))
}

/// What a phone type says instead of an option of the endpoint.
fn said(phone: &Phone, option: &str) -> Option<(&'static str, TextSpan)> {
    let keys = [
        ("expiry", phone.expiry.as_ref().map(|it| it.span)),
        ("retry", phone.retry.as_ref().map(|it| it.span)),
        ("transaction-timeout", phone.transaction_timeout.as_ref().map(|it| it.span)),
        ("transport", phone.transport.as_ref().map(|it| it.span)),
    ];
    let place = PHONE_OPTIONS.iter().position(|name| *name == option)?;
    let (key, span) = keys[place];
    span.map(|span| (key, span))
}

const REFUSE: &str = "add a fault on `registrar SITE` with `effect = \"refuse\"`, or a `queue-limit` with `overload = \
                      \"reject\"` to the registrar; or leave the key out";
const RESEND: &str =
    "nothing is sent again over TCP or TLS: set `transport = \"udp\"`, or leave the key out";

/// What the phones of a type meet, those of all agents together.
#[derive(Clone, Copy, Debug, Default)]
struct Met {
    power_cut: bool,
    refusal: bool,
    udp: bool,
}

/// The phone types that agents have, in the order of the text.
fn phones<'d>(scene: &Scene<'d>, model: &Model) -> Vec<(&'d Phone, Met)> {
    let mut all: BTreeMap<usize, (&'d Phone, Met)> = BTreeMap::new();
    for agents in &scene.agents {
        let Some(phone) = agents.class.phone() else { continue };
        let Some(profile) = agents.profile(model) else { continue };
        let met = &mut all.entry(phone.name.span.start).or_insert((phone, Met::default())).1;
        met.power_cut |= power_fails(model, profile.location);
        let mut seats = [Some(&profile.preferred), profile.peer.as_ref()].into_iter().flatten();
        met.refusal |= seats.any(|seat| refuses(model, seat.site));
        met.udp |= matches!(model.phones[profile.phone].transport, Transport::Udp { .. });
    }
    all.into_values().collect()
}

fn hits(model: &Model, wanted: impl Fn(&Target) -> bool) -> bool {
    model.faults.iter().any(|fault| fault.targets.iter().any(&wanted))
}

fn power_fails(model: &Model, location: LocationId) -> bool {
    hits(model, |target| matches!(target, Target::Power(it) if *it == location))
}

/// Whether the registrar of a site may refuse a REGISTER.
fn refuses(model: &Model, site: SiteId) -> bool {
    let full = model.sites[site.index()].registrar.limit.as_ref();
    full.is_some_and(|limit| limit.queue.is_some() && limit.rejects)
        || hits(
            model,
            |target| matches!(target, Target::Registrar(it, RegistrarFault::Refuses) if *it == site),
        )
}

/// `boot` and `start-spread`.
fn starts(phone: &Phone, met: Met, report: &mut Report) {
    if met.power_cut {
        return;
    }
    let boots = |boot: &&Spanned<Law>| boot.value != Law::Constant(Span::ZERO);
    let boot = phone.boot.as_ref().filter(boots).map(|boot| boot.span);
    let spreads = |spread: &&Spanned<Span>| spread.value > Span::ZERO;
    let spread = phone.start_spread.as_ref().filter(spreads).map(|spread| spread.span);
    for (key, span) in [("boot", boot), ("start-spread", spread)] {
        if let Some(span) = own(phone, span) {
            let help = "add a fault on `power LOCATION` of a location where agents have this phone, or leave the key out";
            report.add(idle(key, "a power cut", span).help(help));
        }
    }
}

/// A key that the phone type writes itself: what comes from a preset is no mistake.
fn own(phone: &Phone, key: Option<TextSpan>) -> Option<TextSpan> {
    key.filter(|span| phone.preset != Some(*span))
}

fn idle(key: &str, without: &str, span: TextSpan) -> Diagnostic {
    Diagnostic::warning("S025", format!("`{key}` does nothing without {without}"), span)
        .label("has no effect")
}
