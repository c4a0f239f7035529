//! V46, S022-S024: what has no effect on any agent: disaster recovery that no agent has, faults
//! that are missing or miss, stages that a window cancels.

use std::collections::BTreeSet;

use super::report::Report;
use super::rules::V46;
use super::scene::Scene;
use crate::diagnostic::{Diagnostic, TextSpan};
use crate::model::{
    HostId, Kind, LocationId, Model, Pair, PairId, RestoreWhen, SiteId, Split, Target,
};
use crate::scenario::document::{Sections, VendorOption};
use crate::time::Span;

/// The switch of disaster recovery.
const ENABLED: &str = "disaster-recovery.enabled";

/// Runs the checks of this file.
pub(super) fn check(scene: &Scene, model: &Model, report: &mut Report) {
    never_on(scene, report);
    nothing_fails(scene, report);
    misses(scene, model, report);
    cancelled(scene, model, report);
}

/// V46: options of disaster recovery, but its switch is not even mentioned.
fn never_on(scene: &Scene, report: &mut Report) {
    let document = scene.document;
    let mut levels: Vec<&Sections> = vec![&document.application];
    levels.extend(document.tenants.iter().map(|tenant| &tenant.sections));
    levels.extend(document.groups.iter().map(|group| &group.sections));
    levels.extend(document.persons.iter().map(|person| &person.sections));
    if levels.iter().any(|sections| sections.workspace(ENABLED).is_some()) {
        return;
    }
    let ours = |option: &&VendorOption| option.name.value.trim().starts_with("disaster-recovery.");
    let options = levels.iter().flat_map(|sections| &sections.options);
    let Some(first) = options.filter(ours).min_by_key(|option| option.name.span.start) else {
        return;
    };
    let message = "disaster recovery is configured, but switched on for nobody";
    let help = format!("add `{ENABLED} = true`; with `{ENABLED} = false` it is off on purpose");
    report.add(V46.at(first.name.span, message).help(help));
}

/// S022: no fault and no drain; calls are a question of their own.
fn nothing_fails(scene: &Scene, report: &mut Report) {
    let document = scene.document;
    let asks = !document.faults.is_empty() || !document.drains.is_empty();
    if asks || !document.calls.is_empty() {
        return;
    }
    let span = document.horizon.as_ref().map_or_else(TextSpan::default, |horizon| horizon.span);
    let message = "nothing fails: there is no fault and no drain";
    let help =
        "add a `[[fault]]` with `target = \"site NAME\"`, `at = \"10m\"` and `for = \"20m\"`";
    report.add(Diagnostic::warning("S022", message, span).help(help));
}

/// What agents and callers use.
#[derive(Default)]
struct Used {
    sites: BTreeSet<SiteId>,
    /// Where calls come in.
    entries: BTreeSet<SiteId>,
    hosts: BTreeSet<HostId>,
    pairs: BTreeSet<PairId>,
    locations: BTreeSet<LocationId>,
    paths: BTreeSet<(LocationId, SiteId)>,
}

impl Used {
    fn of(model: &Model) -> Self {
        let mut used = Self::default();
        for cohort in &model.cohorts {
            let profile = &model.profiles[cohort.profile.index()];
            used.locations.insert(profile.location);
            for seat in [Some(&profile.preferred), profile.peer.as_ref()].into_iter().flatten() {
                used.sites.insert(seat.site);
                used.paths.insert((profile.location, seat.site));
                used.pairs.extend([Some(seat.sip), seat.stat, seat.config].into_iter().flatten());
            }
        }
        for queue in &model.calls.queues {
            let sites = (0..).map(SiteId).zip(&queue.entry).filter(|(_, share)| **share > 0.0);
            used.entries.extend(sites.map(|(site, _)| site));
        }
        let carry = |pair: &Pair| pair.kind == Kind::Sip && used.entries.contains(&pair.site);
        let pairs = (0..).map(PairId).zip(&model.pairs).filter(|(_, pair)| carry(pair));
        used.pairs.extend(pairs.map(|(pair, _)| pair));
        let pairs = used.pairs.iter().map(|pair| &model.pairs[pair.index()]);
        used.hosts = pairs.flat_map(|pair| pair.members().map(|member| member.host)).collect();
        used
    }

    /// Whether some agent or caller may be hit. A link between two sites that is down is left out:
    /// no agent notices, and the scenario language says so. One with loss or delay hits no agent.
    fn touches(&self, target: &Target) -> bool {
        match target {
            Target::Process(pair, _) | Target::Hang(pair, _) | Target::HaLink(pair) => {
                self.pairs.contains(pair)
            }
            Target::Host(host) => self.hosts.contains(host),
            Target::Site(site) => self.sites.contains(site) || self.entries.contains(site),
            Target::Logins(site) | Target::Registrar(site, _) => self.sites.contains(site),
            Target::Path(location, site, _) | Target::PoorPath(location, site, _) => {
                self.paths.contains(&(*location, *site))
            }
            Target::Location(location, _)
            | Target::PoorLocation(location, _)
            | Target::Power(location) => self.locations.contains(location),
            Target::InterSite(..) => true,
            Target::PoorLink(..) => false,
        }
    }
}

/// S023: a fault or a drain of what no agent uses.
fn misses(scene: &Scene, model: &Model, report: &mut Report) {
    let used = Used::of(model);
    let faults = scene.document.faults.iter().zip(&model.faults);
    for (written, fault) in faults {
        let span = written.targets.first().map_or(written.span, |target| target.span);
        let targets = &fault.targets;
        if !targets.is_empty() && targets.iter().all(|t| matches!(t, Target::PoorLink(..))) {
            report.add(bad_link(&fault.name, span));
        } else if !targets.iter().any(|target| used.touches(target)) {
            report.add(nobody(&fault.name, span));
        } else if never_splits(model, targets) {
            report.add(no_split(&fault.name, span));
        }
    }
    for (written, drain) in scene.document.drains.iter().zip(&model.drains) {
        if !used.sites.contains(&drain.site) {
            report.add(nobody(&drain.name, written.span));
        }
    }
}

/// Whether all that a fault does is to separate members that do nothing then.
fn never_splits(model: &Model, targets: &[Target]) -> bool {
    !targets.is_empty()
        && targets.iter().all(|target| match target {
            Target::HaLink(pair) => model.pairs[pair.index()].split == Split::None,
            _ => false,
        })
}

fn no_split(name: &str, span: TextSpan) -> Diagnostic {
    let help = "set `split = \"both-primary\"` in the `failover` of a pair whose members are at two \
                sites";
    Diagnostic::warning("S023", format!("`{name}` can hit nobody"), span)
        .label("the pair has `split = \"none\"`: nothing happens")
        .help(help)
}

fn bad_link(name: &str, span: TextSpan) -> Diagnostic {
    let help = "put `loss` or `delay` on what agents and phones use: `target = \"path LOCATION-SITE\"`, or \
                `\"location NAME\"`";
    Diagnostic::warning("S023", format!("`{name}` can hit nobody"), span)
        .label("nothing that is simulated goes over a link between two sites")
        .help(help)
}

fn nobody(name: &str, span: TextSpan) -> Diagnostic {
    let help = "name what agents use at their preferred or peer site, from where they sit: see \
                `switchover show`";
    Diagnostic::warning("S023", format!("`{name}` can hit nobody"), span)
        .label("no agent uses this")
        .help(help)
}

/// S024: stages that would begin when the window is closed again.
fn cancelled(scene: &Scene, model: &Model, report: &mut Report) {
    let RestoreWhen::Window { from, to } = model.policy.restore_when else { return };
    let (Some(stages), Some(span)) = (model.what_if.stages, window_span(scene)) else { return };
    let length = Span((to - from).0.rem_euclid(Span::from_secs(86_400).0));
    let last = Span(stages.step.0.saturating_mul(i64::from(stages.count.saturating_sub(1))));
    if last < length {
        return;
    }
    let (last, length) = (super::words::plain(last), super::words::plain(length));
    let message = "the window of `restore-when` is shorter than `staged-restore`";
    let label = format!("open for {length}, and the last stage begins {last} after it opens");
    let help = "agents of stages that begin when the window is closed never go home: make it longer, or the \
                steps shorter";
    report.add(Diagnostic::warning("S024", message, span).label(label).help(help));
}

fn window_span(scene: &Scene) -> Option<TextSpan> {
    scene.document.policy.restore_when.as_ref().map(|when| when.span)
}
