//! REGISTERs (above) and logins (below) per second, per site, with what the sites can take.
//!
//! Lines show the busiest second (or slot of the fine grid) within a step, so that a short storm is
//! seen.

use crate::measures::{Results, Window};
use crate::model::{Model, Unit};
use crate::report::charts::axis::Axis;
use crate::report::charts::palette;
use crate::report::charts::plot::Entry;
use crate::report::charts::record::Keep;
use crate::report::charts::{ticks, titles};
use crate::report::numbers::{rate, value};
use crate::report::words;
use crate::time::{NANOS, Time};

use super::sheet::Sheet;
use super::sites::{Drawn, name};
use super::track::{Limit, Line, Track, largest};

/// From this many times the busiest second on, a capacity is only mentioned.
const FAR: f64 = 4.0;

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Registers,
    Logins,
}

/// The chart.
pub(in crate::report::charts) fn draw(results: &Results, model: &Model) -> String {
    let drawn = Drawn::new(results);
    let windows = results.windows.shown.iter();
    let tracks = windows.map(|window| tracks(results, model, window, &drawn)).collect();
    let per = words::slot(results.grid.width());
    let note = format!(
        "Per second and site, in the busiest {per} of each step; the lines add undisturbed refreshes, by formula.{}",
        drawn.note()
    );
    let legend = if drawn.are_together() { legend(model, &drawn) } else { Vec::new() };
    let title = titles::load(results, model);
    Sheet { results, model, title, note, legend, tracks, drawn }.draw()
}

fn legend(model: &Model, drawn: &Drawn) -> Vec<Entry> {
    let entry = |site: &usize| {
        let (colour, dash) = palette::site(*site);
        Entry::dashed(name(model, *site), colour, dash)
    };
    drawn.sites.iter().map(entry).collect()
}

fn tracks(results: &Results, model: &Model, window: &Window, drawn: &Drawn) -> Vec<Track> {
    let several = results.windows.shown.len() > 1;
    let scene = Scene { results, model, window };
    if drawn.are_together() {
        let height = if several { 100 } else { 200 };
        let registers =
            scene.track(What::Registers, "REGISTERs answered per second", &drawn.sites, height);
        let logins = scene.track(What::Logins, "logins per second", &drawn.sites, height);
        return vec![registers, logins];
    }
    let height = if several { 36 } else { 44 };
    let busy = drawn.sites.iter().filter(|n| window.sites[**n].has_load() || !several);
    let each = busy.flat_map(|site| {
        let (name, course) = (name(model, *site), &window.sites[*site]);
        let kinds = [
            (What::Registers, "REGISTERs answered per second", &course.registers),
            (What::Logins, "logins per second", &course.logins),
        ];
        let kinds = kinds.into_iter().filter(|(.., counts)| counts.iter().any(|n| *n > 0));
        kinds.map(move |(what, label, _)| {
            scene.track(what, &format!("{name}: {label}"), &[*site], height)
        })
    });
    let each: Vec<Track> = each.collect();
    if each.is_empty() {
        return vec![scene.track(What::Logins, "logins per second", &[], height)];
    }
    each
}

#[derive(Clone, Copy)]
struct Scene<'a> {
    results: &'a Results,
    model: &'a Model,
    window: &'a Window,
}

impl Scene<'_> {
    fn track(&self, what: What, label: &str, sites: &[usize], height: i32) -> Track {
        let lines: Vec<Line> = sites.iter().map(|site| self.line(what, *site)).collect();
        let most = largest(lines.iter().flat_map(|line| line.values.iter().copied()));
        let (limits, far): (Vec<Limit>, Vec<Limit>) = self
            .limits(what, sites)
            .into_iter()
            .partition(|limit| most > 0.0 && limit.at <= FAR * most);
        let small = height < 60;
        let whole = what == What::Logins && self.results.grid.width().0 == NANOS;
        let top = largest(limits.iter().map(|limit| limit.at * 1.1)).max(most);
        let number = if small { 1 } else { 4.min(height as u32 / 28) };
        let ticks = ticks::counts(if top > 0.0 { top } else { 1.0 }, number, whole);
        let y = Axis::linear(0.0, ticks.last().map_or(1.0, |tick| tick.0), ticks);
        let aside = far.iter().chain(limits.iter().filter(|_| small));
        let aside: String = aside.map(|limit| format!("; {}", limit.label)).collect();
        Track {
            label: format!("{label}{aside}"),
            height,
            y,
            lines,
            bars: Vec::new(),
            limits,
            levels: false,
            nothing: (most <= 0.0 && !small).then_some("None."),
        }
    }

    fn line(&self, what: What, site: usize) -> Line {
        let (colour, dash) = palette::site(site);
        let slot = self.results.grid.width().as_secs_f64();
        let course = &self.window.sites[site];
        let counts = if what == What::Logins { &course.logins } else { &course.registers };
        let rates = counts.iter().map(|count| *count as f64 / slot);
        let values = match what {
            What::Logins => rates.collect(),
            What::Registers => {
                rates.zip(0..).map(|(rate, step)| rate + self.background(site, step)).collect()
            }
        };
        let name = name(self.model, site).to_owned();
        Line { name, colour, dash, values, keep: Keep::Most, shade: None }
    }

    /// Undisturbed refreshes per second around a step.
    fn background(&self, site: usize, step: i64) -> f64 {
        let bins = self.results.bins;
        let at = Time(self.window.from.0 + step * self.window.step.0);
        let Some(bin) = bins.of(at) else { return 0.0 };
        let millionths = self.results.sites[site].background_registers[bin];
        millionths as f64 / 1e6 / bins.length(bin).as_secs_f64()
    }

    /// What the sites can take; equal ones as one.
    fn limits(&self, what: What, sites: &[usize]) -> Vec<Limit> {
        let mut all: Vec<(f64, Vec<usize>)> = Vec::new();
        for &position in sites {
            let site = &self.model.sites[position];
            let capacity = match what {
                What::Logins => site.login_gap.map(|gap| 1.0 / gap.as_secs_f64()),
                What::Registers => site.register_capacity,
            };
            let Some(capacity) = capacity.filter(|capacity| capacity.is_finite()) else { continue };
            match all.iter_mut().find(|(known, _)| *known == capacity) {
                Some((_, sites)) => sites.push(position),
                None => all.push((capacity, vec![position])),
            }
        }
        all.into_iter().map(|(at, sites)| self.limit(what, at, &sites)).collect()
    }

    fn limit(&self, what: What, at: f64, sites: &[usize]) -> Limit {
        let names: Vec<&str> = sites.iter().map(|site| name(self.model, *site)).collect();
        let key = if what == What::Logins { "login-capacity" } else { "register-capacity" };
        let number = value(rate(at), Unit::Count);
        Limit {
            at,
            label: format!("{key} of {} {number}/s", names.join(", ")),
            colour: if sites.len() == 1 { palette::site(sites[0]).0 } else { palette::INK },
        }
    }
}
