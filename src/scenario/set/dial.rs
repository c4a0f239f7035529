//! The timeouts and capacities of a scenario that a slider can move: path, value, unit and a range
//! around the value. It chooses among the paths that a setting may have, and sets nothing.

use super::path::Path;
use super::range::Exact;
use super::{short, sound, today};
use crate::model::Unit;
use crate::options;

/// A value that a slider can move.
#[derive(Clone, Debug, PartialEq)]
pub struct Dial {
    /// The full path.
    pub path: Path,
    /// The value in force, as it may be typed.
    pub value: String,
    /// Whether the text holds it; else it is a default.
    pub written: bool,
    /// The number in the value.
    pub number: f64,
    /// What follows the number where the value is typed: `s`, `%`, `/s`, nothing.
    pub suffix: String,
    /// What the number is counted in, for people; empty: a plain number.
    pub unit: String,
    /// The left end of the slider.
    pub least: f64,
    /// The right end of the slider.
    pub most: f64,
    /// One step of the slider.
    pub step: f64,
}

/// Most values that get a slider.
pub const MOST_DIALS: usize = 60;

/// Ends of names that timeouts and capacities have.
const NAMES: [&str; 9] = [
    "timeout",
    "interval",
    "delay",
    "capacity",
    "expiry",
    "refresh",
    "retry",
    "reg_interval",
    "switchovers-per-hour",
];

/// How many times its value a slider reaches.
const REACH: f64 = 4.0;

/// Steps from zero to the value.
const STEPS: f64 = 20.0;

/// The values of a text that a slider can move: those that it holds, in its order, then the
/// defaults that are in force for all agents.
#[must_use]
pub fn dials(text: &str) -> Vec<Dial> {
    let Some(tree) = sound(text) else { return Vec::new() };
    let mut found: Vec<Dial> = Vec::new();
    for path in short::every(&tree).into_iter().filter(is_named_so) {
        if found.len() == MOST_DIALS || found.iter().any(|dial| dial.path.joined() == path.joined())
        {
            continue;
        }
        let Some((value, place)) = today::in_tree(&tree, text, &path) else { continue };
        found.extend(dial(path, &value, place.is_some()));
    }
    found.sort_by_key(|dial| !dial.written);
    found
}

/// Whether the last key is named like a timeout or a capacity.
fn is_named_so(path: &Path) -> bool {
    let joined = path.joined();
    let last = joined.rsplit('.').next().unwrap_or_default().replace('_', "-");
    let ends = |name: &&str| last == name.replace('_', "-") || last.ends_with(&format!("-{name}"));
    NAMES.iter().any(ends)
}

fn dial(path: Path, value: &str, written: bool) -> Option<Dial> {
    let (number, suffix) = parted(value)?;
    let whole = suffix.is_empty() || suffix.starts_with('/');
    let step = nice(number / STEPS, 1.0).max(if whole { 1.0 } else { 0.001 });
    let most = (number * REACH / step).ceil() * step;
    let most = if number == 0.0 { 100.0 } else { most };
    let most = if suffix == "%" { most.min(100.0) } else { most };
    let step = if number == 0.0 { 1.0 } else { step };
    let unit = unit(&path, &suffix);
    Some(Dial {
        path,
        value: value.to_owned(),
        written,
        number,
        suffix,
        unit,
        least: 0.0,
        most,
        step,
    })
}

/// A value as a number and what follows it; `None`: it is no number, or no slider fits.
fn parted(value: &str) -> Option<(f64, String)> {
    let end = value.find(|letter: char| !letter.is_ascii_digit() && letter != '.');
    let (number, suffix) = value.split_at(end.unwrap_or(value.len()));
    let suffix = suffix.trim();
    let known = ["", "%", "ms", "s", "m", "min", "h", "d", "/s", "/m", "/min", "/h"];
    if let (Ok(number), true) = (number.parse::<f64>(), known.contains(&suffix)) {
        return Some((number, suffix.to_owned()));
    }
    // `1m30s` is moved in seconds.
    let exact = Exact::typed(value).filter(|exact| exact.unit() == Unit::Time)?;
    Some((exact.number(), "s".to_owned()))
}

/// The next 1, 2 or 5 times a power of ten that is not smaller; `usual` for zero.
fn nice(rough: f64, usual: f64) -> f64 {
    if rough <= 0.0 {
        return usual;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(rough)));
    [1.0, 2.0, 5.0]
        .into_iter()
        .map(|digit| digit * power)
        .find(|own| *own >= rough * 0.999)
        .unwrap_or(10.0 * power)
}

/// What a number is counted in: by its suffix, or by the option's own unit.
fn unit(path: &Path, suffix: &str) -> String {
    if !suffix.is_empty() {
        return suffix.to_owned();
    }
    let joined = path.joined();
    let fits = |name: &str| joined.ends_with(&format!(".{name}"));
    let option = options::all().filter(|entry| entry.family.is_vendor() && fits(entry.name));
    let option = option.max_by_key(|entry| entry.name.len());
    match option.map(|entry| entry.unit.symbol()) {
        Some(symbol) => symbol.to_owned(),
        None if fits("agent-capacity") => "agents".to_owned(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str, path: &str) -> Dial {
        let found = dials(text).into_iter().find(|dial| dial.path.to_string() == path);
        found.unwrap_or_else(|| panic!("no {path}"))
    }

    #[test]
    fn timeouts_and_capacities_have_sliders() {
        let text = "title = \"t\"\nhorizon = \"45m\"\nseed = 7\n[application.interaction-workspace]\n\
            disaster-recovery.timeout = 90\n[site.north]\nlogin-capacity = \"25/s\"\n\
            agent-capacity = 5000\n[desktop]\naddp-timeout = \"1m30s\"\n";
        let timeout = one(text, "application.interaction-workspace.disaster-recovery.timeout");
        assert_eq!((timeout.number, timeout.unit.as_str(), timeout.written), (90.0, "s", true));
        assert_eq!((timeout.least, timeout.most, timeout.step), (0.0, 360.0, 5.0));
        let logins = one(text, "site.north.login-capacity");
        assert_eq!((logins.number, logins.suffix.as_str(), logins.most), (25.0, "/s", 100.0));
        assert_eq!(one(text, "site.north.agent-capacity").unit, "agents");
        let addp = one(text, "desktop.addp-timeout");
        assert_eq!((addp.number, addp.suffix.as_str()), (90.0, "s"));
        let all = dials(text);
        assert!(all.iter().all(|dial| !["horizon", "seed"].contains(&dial.path.joined().as_str())));
        let first_default = all.iter().position(|dial| !dial.written).unwrap();
        assert!(all[first_default..].iter().all(|dial| !dial.written), "defaults come last");
        assert!(all.iter().any(|dial| dial.path.joined().ends_with("sip_transaction_timeout")));
    }

    #[test]
    fn what_is_no_number_has_no_slider() {
        for value in ["never", "stay", "{ uniform = [1, 2] }", "", "-5", "1/2"] {
            assert_eq!(parted(value), None, "{value}");
        }
        assert_eq!(dials("not toml ["), Vec::new());
        assert_eq!((nice(0.6, 1.0), nice(3.0, 1.0), nice(60.0, 1.0)), (1.0, 5.0, 100.0));
    }
}
