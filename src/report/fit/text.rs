//! A fit on a terminal: what was read, the laws of both times, what to paste.

use std::fmt::Write;

use super::cautions::{FEW, cautions};
use super::intake::read;
use super::tables::wrapped;
use super::{FitReport, Kind, direct, tables};
use crate::fit::{Family, LEAST, Side, Verdict};
use crate::report::layout::Screen;
use crate::report::{Provenance, words};

/// Laws whose AICc differs by less are as good as each other (Burnham and Anderson 2002).
const ALIKE: f64 = 2.0;

/// The whole text; what is to be pasted comes last, behind where all of it comes from.
#[must_use]
pub fn text(telling: &FitReport<'_>, provenance: &Provenance) -> String {
    let mut out = direct::answer(telling);
    let _ = write!(out, "{}", cautions(telling));
    let _ = write!(out, "\n{}", read(telling));
    let _ = write!(out, "\n{}\n", tables::components(telling));
    for kind in telling.kinds() {
        let _ = write!(out, "\n{}", side(&kind));
    }
    let _ = write!(out, "\n{}", intervals(telling));
    out += &provenance.below(Screen::PLAIN.width);
    let _ = write!(out, "\nTo paste into a scenario:\n\n{}", telling.fault);
    out
}

/// The result alone: the answer and what to paste.
#[must_use]
pub fn brief(telling: &FitReport<'_>) -> String {
    format!("{}{}\n{}", direct::answer(telling), cautions(telling), telling.fault)
}

fn counted(number: usize, one: &str, many: &str) -> String {
    words::counted(number as u64, one, many)
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
    let mut out = wrapped(&format!("{}: {exact} seen whole{censored}.", kind.title)) + "\n";
    let _ = writeln!(out, "{}", wrapped(&quantiles(side)));
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
    let total = side.sample.total_mean().unwrap_or(0.0);
    if !side.passed_over().is_empty() {
        let each = side
            .passed_over()
            .iter()
            .map(|one| format!("{} {}", one.law.family().name(), tables::length(one.law.mean())));
        out += &format!(
            " Laws that rank before it are passed over, for their means are not that of the log, \
             {}: {}. With them a run would not keep to the downtime that was seen; --law {}=NAME \
             takes one all the same.",
            tables::length(total),
            each.collect::<Vec<_>>().join(", "),
            kind.key,
        );
    }
    let alike = side.ranked.iter().filter(|one| (one.aicc - chosen.aicc).abs() < ALIKE);
    let alike: Vec<&str> =
        alike.filter(|one| *one != chosen).map(|one| one.law.family().name()).collect();
    if !alike.is_empty() {
        out += &format!(" By AICc the log cannot distinguish it from: {}.", alike.join(", "));
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
        out += " With this few lengths the ranking says little, and the verdict less.";
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
            "The {name} law is near: the log shows a difference, but it is off by at most \
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
                " Or draw from the log itself: {} = {{ empirical = {{ file = \"{}/{}\", column = \
                 \"seconds\" }} }}.",
                kind.key, kind.folder, kind.lengths
            );
        }
    }
    let other = side.ranked.iter().any(|one| one.verdict == Verdict::Fits);
    if other && chosen.verdict == Verdict::Bad && side.passed_over().is_empty() {
        out += " Another law of the table fits.";
    }
    out
}

/// Where the intervals come from.
fn intervals(telling: &FitReport<'_>) -> String {
    if telling.sets.is_empty() {
        let few = |kind: &Kind<'_>| kind.side.map_or(true, |side| side.sample.exact.len() < LEAST);
        return if telling.kinds().iter().any(few) {
            format!("No intervals: fewer than {LEAST} outages or up times were seen whole.\n")
        } else {
            "No intervals: nothing was resampled.\n".to_owned()
        };
    }
    let sets = counted(telling.sets.len(), "resample", "resamples");
    let mut out = format!("Intervals: percentiles of {sets} of the outages, seed {}", telling.seed);
    if telling.replaced > 0 {
        let replaced = counted(telling.replaced as usize, "resample", "resamples");
        let _ = write!(out, "; {replaced} could not be fitted and were replaced");
    }
    wrapped(&(out + ".")) + "\n"
}
