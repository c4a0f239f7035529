//! Measures by their names: `outages.duration_s.p95`, `faults.the cut.most_back_s`. A name is the
//! path to the number in `summary.json`; what is declared in the scenario appears in it with its
//! own name, dots and spaces included, without quotes. It measures nothing.
//!
//! Where two declared names fit, one being the beginning of the other, the longer is tried first.

use crate::diagnostic::did_you_mean;
use crate::model::{Model, Unit};
use crate::scenario::document::{Fault, Schedule};
use crate::scenario::{Document, MeasureNames};

use super::gauge::{CAUSES, Gauge, KINDS, PLANES, Per, REASONS};
use super::gauges::gauges;
use super::registrars::limited;
use super::turns;

/// The names that a scenario declares, as far as measures are about them; in the order of
/// declaration, faults before drains.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    sites: Vec<String>,
    /// Those whose registrar has a capacity.
    registrars: Vec<String>,
    /// Those with a reconnect capacity.
    reconnects: Vec<String>,
    faults: Vec<String>,
    pairs: Vec<String>,
    locations: Vec<String>,
    /// Queues of calls.
    queues: Vec<String>,
    /// Whether any price is named.
    priced: bool,
    /// Whether a fault is random, so that there are rates per year.
    random: bool,
    /// Whether any agent has a shift.
    shifts: bool,
    /// Whether calls are simulated in windows.
    windows: bool,
}

impl From<&Document> for Declared {
    fn from(document: &Document) -> Self {
        let faults = document.faults.iter().map(|fault| fault.label());
        let pairs = document.pairs();
        let limited = document.sites.iter().filter(|site| site.registrar.message.is_some());
        let in_turn = document.sites.iter().filter(|site| site.reconnect_gap.is_some());
        let is_random = |fault: &Fault| fault.schedule.as_ref().is_some_and(Schedule::is_random);
        Self {
            queues: document
                .calls
                .iter()
                .filter_map(|it| Some(it.name.as_ref()?.value.clone()))
                .collect(),
            priced: document.prices.any(),
            random: document.faults.iter().any(is_random),
            shifts: document.has_shifts(),
            windows: document.has_call_windows(),
            sites: document.sites.iter().map(|site| site.name.value.clone()).collect(),
            registrars: limited.map(|site| site.name.value.clone()).collect(),
            reconnects: in_turn.map(|site| site.name.value.clone()).collect(),
            faults: faults.chain(document.drains.iter().map(|drain| drain.label())).collect(),
            pairs: pairs.iter().map(|pair| pair.primary.name.value.clone()).collect(),
            locations: document.locations.iter().map(|place| place.name.value.clone()).collect(),
        }
    }
}

impl From<&Model> for Declared {
    fn from(model: &Model) -> Self {
        Self {
            queues: model.calls.queues.iter().map(|queue| queue.name.clone()).collect(),
            priced: model.prices.any(),
            random: model.has_random_faults(),
            shifts: !model.shifts.is_empty(),
            windows: model.calls.in_windows(),
            sites: model.sites.iter().map(|site| site.name.clone()).collect(),
            registrars: limited(model).map(|id| model.sites[id.index()].name.clone()).collect(),
            reconnects: turns::limited(model)
                .map(|id| model.sites[id.index()].name.clone())
                .collect(),
            faults: model.strikers().map(str::to_owned).collect(),
            pairs: model.pairs.iter().map(|pair| pair.name.clone()).collect(),
            locations: model.locations.iter().map(|place| place.name.clone()).collect(),
        }
    }
}

impl Declared {
    /// The measure of that name; `None`: there is none.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&'static Gauge> {
        self.known(name).filter(|gauge| self.has(gauge))
    }

    /// Why a measure that there is elsewhere is not in this scenario; `None`: there is none.
    #[must_use]
    pub fn why_absent(&self, name: &str) -> Option<&'static str> {
        self.known(name).filter(|gauge| !self.has(gauge)).map(|gauge| match gauge.per {
            Per::AllCalls | Per::CallFault => "the scenario has no queue of calls",
            Per::Money => "the scenario names no price: see `[prices]`",
            Per::Staff => "the scenario has no shifts",
            Per::Windows => "calls are not simulated in windows: see `calls-simulated`",
            _ => "no fault of the scenario is random, so there is no rate per year: what is scripted \
             happens once",
        })
    }

    fn known(&self, name: &str) -> Option<&'static Gauge> {
        gauges().find(|gauge| self.fits(gauge.name, name))
    }

    fn has(&self, gauge: &Gauge) -> bool {
        match gauge.per {
            Per::AllCalls | Per::CallFault => !self.queues.is_empty(),
            Per::Money => self.priced,
            Per::Staff => self.shifts,
            Per::Windows => self.windows,
            _ => self.random || !gauge.is_yearly(),
        }
    }

    /// The names of all measures, in the order of the table.
    #[must_use]
    pub fn all(&self) -> Vec<String> {
        gauges().filter(|gauge| self.has(gauge)).flat_map(|gauge| self.expand(gauge.name)).collect()
    }

    /// The measure that was probably meant: one below the name, or one spelt like it.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Option<String> {
        let all = self.all();
        let below = format!("{}.", name.trim_end_matches('.'));
        let inside = all.iter().find(|known| known.starts_with(&below)).map(String::as_str);
        inside.or_else(|| did_you_mean(name, all.iter().map(String::as_str))).map(str::to_owned)
    }

    /// What a word of a pattern may be: itself, or the names that it is a placeholder for.
    fn words<'a>(&'a self, word: &'a str) -> Vec<&'a str> {
        let declared = match word {
            "CAUSE" => return CAUSES.to_vec(),
            "REASON" => return REASONS.to_vec(),
            "KIND" => return KINDS.to_vec(),
            "PLANE" => return PLANES.to_vec(),
            "SITE" => &self.sites,
            "REGISTRAR" => &self.registrars,
            // Nothing sets off a storm where no registrar has a capacity.
            "STORM" if self.registrars.is_empty() => return Vec::new(),
            "STORM" => &self.faults,
            "RECONNECT" => &self.reconnects,
            "FAULT" => &self.faults,
            "QUEUE" => &self.queues,
            "PAIR" => &self.pairs,
            "LOCATION" => &self.locations,
            _ => return vec![word],
        };
        declared.iter().map(String::as_str).collect()
    }

    fn fits(&self, pattern: &str, name: &str) -> bool {
        let (word, rest) = match pattern.split_once('.') {
            Some((word, rest)) => (word, Some(rest)),
            None => (pattern, None),
        };
        let mut words = self.words(word);
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.into_iter().any(|word| match (name.strip_prefix(word), rest) {
            (Some(after), None) => after.is_empty(),
            (Some(after), Some(rest)) => {
                after.strip_prefix('.').is_some_and(|name| self.fits(rest, name))
            }
            (None, _) => false,
        })
    }

    fn expand(&self, pattern: &str) -> Vec<String> {
        let mut names = vec![String::new()];
        for word in pattern.split('.') {
            let longer = |name: &String| {
                let dot = if name.is_empty() { "" } else { "." };
                let each = self.words(word).into_iter();
                each.map(|word| format!("{name}{dot}{word}")).collect::<Vec<_>>()
            };
            names = names.iter().flat_map(longer).collect();
        }
        names
    }
}

/// One row of the catalogue of measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Catalogued {
    /// Its name; words in capitals are placeholders for one of several.
    pub name: &'static str,
    /// What it is counted in.
    pub unit: Unit,
    /// What it says, in a few words.
    pub meaning: &'static str,
}

/// The catalogue of measures, in the order of `summary.json`.
pub fn catalogue() -> impl Iterator<Item = Catalogued> {
    gauges().map(|gauge| Catalogued { name: gauge.name, unit: gauge.unit, meaning: gauge.doc })
}

/// The name of the catalogue, or the word of one, that was probably meant.
#[must_use]
pub fn nearest_catalogued(word: &str) -> Option<&'static str> {
    let names: Vec<&'static str> = gauges().map(|gauge| gauge.name).collect();
    let parts = names.iter().flat_map(|name| name.split(['.', '_'])).collect::<Vec<_>>();
    did_you_mean(word, names.iter().copied()).or_else(|| did_you_mean(word, parts))
}

/// All measures of a run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Names;

impl MeasureNames for Names {
    fn unit(&self, document: &Document, name: &str) -> Option<Unit> {
        Declared::from(document).find(name).map(|gauge| gauge.unit)
    }

    fn nearest(&self, document: &Document, name: &str) -> Option<String> {
        Declared::from(document).nearest(name)
    }

    fn why_absent(&self, document: &Document, name: &str) -> Option<&'static str> {
        Declared::from(document).why_absent(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared() -> Declared {
        let own = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Declared {
            sites: own(&["X", "Y"]),
            registrars: own(&["Y"]),
            reconnects: own(&["X"]),
            faults: own(&["cut", "cut.two", "a fault. really"]),
            pairs: own(&["X-sip-1"]),
            locations: own(&["office"]),
            queues: own(&["sales"]),
            priced: false,
            random: true,
            shifts: true,
            windows: true,
        }
    }

    #[test]
    fn names_are_paths_with_declared_names_as_they_are() {
        let found = |name: &str| declared().find(name).map(|gauge| gauge.name);
        for (name, pattern) in [
            ("downtime_s.total", Some("downtime_s.total")),
            ("outages.duration_s.p95", Some("outages.duration_s.p95")),
            ("faults.cut.incidents", Some("faults.FAULT.incidents")),
            ("faults.cut.two.incidents", Some("faults.FAULT.incidents")),
            ("faults.a fault. really.ghost_s", Some("faults.FAULT.ghost_s")),
            ("paths.office.X.sip.outages", Some("paths.LOCATION.SITE.PLANE.outages")),
            ("faults.cut.three.incidents", None),
            ("sites.Z.logins", None),
            ("downtime_s", None),
            ("downtime_s.total.", None),
            ("CAUSE", None),
            ("downtime_s.by_cause.CAUSE", None),
            ("", None),
        ] {
            assert_eq!(found(name), pattern, "{name}");
        }
    }

    #[test]
    fn guesses_look_below_a_name_and_beside_it() {
        let near = |name: &str| declared().nearest(name).unwrap_or_default();
        assert_eq!(near("downtime_s"), "downtime_s.total");
        assert_eq!(near("outage.duration_s.p95"), "outages.duration_s.p95");
        assert_eq!(near("faults.cut.incident"), "faults.cut.incidents");
        assert_eq!(near("something else"), "");
    }

    #[test]
    fn every_name_is_found_again_and_no_two_rows_share_one() {
        let declared = declared();
        for name in declared.all() {
            let rows = gauges().filter(|gauge| declared.fits(gauge.name, &name));
            assert_eq!(rows.count(), 1, "{name}");
        }
    }
}
