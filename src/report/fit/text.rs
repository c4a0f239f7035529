//! A fit on a terminal: what was read, the laws of both times, what to paste.

use std::fmt::Write;

use super::{Kind, Telling, tables};
use crate::fit::{Family, FirstUpTime, Overlaps, Side, Verdict};
use crate::report::words;

/// Fewer lengths than this say little about the shape of a law.
const FEW: usize = 20;

/// Laws whose AIC differs by less are as good as each other (Burnham and Anderson 2002).
const ALIKE: f64 = 2.0;

/// The whole text.
#[must_use]
pub fn text(telling: &Telling<'_>) -> String {
    let mut out = read(telling);
    let _ = write!(out, "\n{}\n", tables::components(telling));
    for kind in telling.kinds() {
        let _ = write!(out, "\n{}", side(&kind));
    }
    let _ = write!(out, "\n{}", intervals(telling));
    let _ = write!(out, "\nTo paste into a scenario:\n\n{}", telling.fault);
    out
}

fn counted(number: usize, one: &str, many: &str) -> String {
    words::counted(number as u64, one, many)
}

/// What was read, and what was made of it.
fn read(telling: &Telling<'_>) -> String {
    let observed = telling.observed;
    let components = counted(observed.components.len(), "component", "components");
    let rows = counted(observed.rows(), "row", "rows");
    let mut out = format!("{}: {rows} of {components}.\n", telling.log);
    let merged = observed.rows() - observed.outages();
    if telling.policies.overlaps == Overlaps::Merge {
        let became = counted(observed.outages(), "outage", "outages");
        let _ = match merged {
            0 => writeln!(out, "Nothing overlaps."),
            _ => writeln!(out, "Merged what overlaps or touches: {rows} became {became}."),
        };
    }
    let from = observed.from.map(|from| telling.style.show(from));
    let until = telling.style.show(observed.until);
    let window = match (from, telling.policies.first_up_time) {
        (None, _) => format!(
            "Observed until {until}; what was before a component's first row is not known, so it \
             counts for nothing."
        ),
        (Some(from), FirstUpTime::LeaveOut) => format!(
            "Observed from {from} until {until}; a component's time up to its first outage is \
             left out, for nobody saw it begin."
        ),
        (Some(from), FirstUpTime::Whole) => {
            format!("Observed from {from} until {until}; every component went into service then.")
        }
    };
    let _ = writeln!(out, "{}", wrapped(&window));
    if observed.outside > 0 {
        let rows = counted(observed.outside, "row begins", "rows begin");
        let _ = writeln!(out, "{rows} outside and counted for nothing.");
    }
    if observed.lengthened > 0 {
        let unit = words::span(observed.unit);
        let outages = counted(observed.lengthened, "outage", "outages");
        let _ = writeln!(out, "{outages} without length counted as {unit}.");
    }
    if !telling.unused.is_empty() {
        let _ = writeln!(out, "Columns that are not used: {}.", telling.unused.join(", "));
    }
    out
}

/// One kind of length: counts, quantiles, ranking, verdict, parameters.
fn side(kind: &Kind<'_>) -> String {
    let side = match kind.side {
        Ok(side) => side,
        Err(why) => return format!("{}: no law, for {why}.\n", kind.title),
    };
    let exact = counted(side.sample.exact.len(), kind.one, kind.many);
    let censored = match side.sample.censored.len() {
        0 => String::new(),
        cut => format!(", and {cut} cut off by the end of the observation"),
    };
    let mut out = format!("{}: {exact} seen whole{censored}.\n", kind.title);
    let _ = writeln!(out, "{}", quantiles(side));
    let _ = writeln!(out, "{}", tables::ranking(side));
    for (family, why) in side.left_out.iter().filter(|(family, _)| *family != Family::Constant) {
        let _ = writeln!(out, "{}: {why}.", family.name());
    }
    let _ = writeln!(out, "{}", wrapped(&told(kind, side)));
    let _ = writeln!(out, "{}", tables::parameters(side, kind));
    out
}

fn quantiles(side: &Side) -> String {
    let shares = [(0.5, "half"), (0.95, "95 %"), (0.99, "99 %")];
    let each = shares.iter().filter_map(|(share, name)| {
        Some(format!("{name} within {}", tables::length(side.curve.quantile(*share)?)))
    });
    let kind = if side.sample.censored.is_empty() { "Seen" } else { "Seen (Kaplan-Meier)" };
    format!("{kind}: {}.", each.collect::<Vec<_>>().join(", "))
}

/// What an engineer should know before using the chosen law.
fn told(kind: &Kind<'_>, side: &Side) -> String {
    let mut out = verdict(kind, side);
    let chosen = side.chosen();
    let alike = side.ranked.iter().filter(|one| (one.aic - chosen.aic).abs() < ALIKE);
    let alike: Vec<&str> =
        alike.filter(|one| *one != chosen).map(|one| one.law.family().name()).collect();
    if !alike.is_empty() {
        out += &format!(" By AIC the log cannot tell it from: {}.", alike.join(", "));
    }
    let longest = side.sample.all().fold(0.0, f64::max);
    if chosen.law.mean() > longest {
        out += &format!(
            " Its mean, {}, is longer than the longest {} of the log, {}: the log does not say \
             how long the long ones are, so take the long tail with care.",
            tables::length(chosen.law.mean()),
            kind.one,
            tables::length(longest),
        );
    }
    if side.sample.exact.len() < FEW {
        out += " With so few lengths the ranking says little.";
    }
    out
}

/// The verdict on the chosen law, in a sentence.
fn verdict(kind: &Kind<'_>, side: &Side) -> String {
    let chosen = side.chosen();
    let name = chosen.law.family().name();
    let points = format!("{:.0} percentage points", 100.0 * chosen.ks);
    let mut out = match chosen.verdict {
        Verdict::Fits => format!("The {name} law fits: the log does not speak against it"),
        Verdict::Near => format!(
            "The {name} law is near: the log tells it from the truth, but it is off by at most \
             {points}"
        ),
        Verdict::Bad => {
            format!("The {name} law fits badly: at some length it is off by {points}")
        }
    };
    out += " (a rule of thumb on KS).";
    if chosen.verdict == Verdict::Bad {
        out += " Perhaps the log mixes things of several kinds: fit them one by one.";
        if side.sample.censored.is_empty() {
            out += &format!(
                " Or draw from the log itself: {} = {{ empirical = {{ file = \"{}\", column = \
                 \"seconds\" }} }}.",
                kind.key, kind.lengths
            );
        }
    }
    if side.ranked.iter().any(|one| one.verdict == Verdict::Fits) && chosen.verdict == Verdict::Bad
    {
        out += " Another law of the table fits.";
    }
    out
}

/// A text in lines of at most 100 characters.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    let mut room = 0;
    for word in text.split(' ') {
        let wide = word.chars().count();
        if !out.is_empty() && room <= wide {
            out.push('\n');
            room = 100;
        } else if !out.is_empty() {
            out.push(' ');
            room -= 1;
        } else {
            room = 100;
        }
        out += word;
        room = room.saturating_sub(wide);
    }
    out
}

/// Where the intervals come from.
fn intervals(telling: &Telling<'_>) -> String {
    if telling.sets.is_empty() {
        return "No intervals: nothing was resampled.\n".to_owned();
    }
    let sets = counted(telling.sets.len(), "resample", "resamples");
    let mut out = format!("Intervals: percentiles of {sets} of the outages, seed {}", telling.seed);
    if telling.replaced > 0 {
        let replaced = counted(telling.replaced as usize, "resample", "resamples");
        let _ = write!(out, "; {replaced} could not be fitted and were replaced");
    }
    wrapped(&(out + ".")) + "\n"
}
