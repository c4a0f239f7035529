//! `--target` as meant: a measure of the scenario and the bound that it must keep; `--fault`: the
//! model in which no other fault occurs.

use crate::diagnostic::did_you_mean;
use crate::measures::names::Declared;
use crate::measures::{Better, Gauge};
use crate::model::{Bound, Model, Schedule, Threshold, Unit};
use crate::scenario::units;
use crate::time::Span;

/// Reads `MEASURE=BOUND`, `MEASURE<=BOUND` or `MEASURE>=BOUND`.
///
/// # Errors
/// In words that begin with the option and the text.
pub fn read(option: &str, text: &str, model: &Model) -> Result<Threshold, String> {
    let argument = format!("{option} {text}");
    let wrong = |why: String| format!("{argument}: {why}");
    let Some((name, written)) = text.rsplit_once('=') else {
        let help = "write MEASURE=BOUND, such as outages.duration_s.p95=2m";
        return Err(wrong(format!("there is no bound; {help}")));
    };
    let (name, side) = match (name.strip_suffix('<'), name.strip_suffix('>')) {
        (Some(name), _) => (name, Some(Better::Less)),
        (_, Some(name)) => (name, Some(Better::More)),
        _ => (name, None),
    };
    let (name, written) = (name.trim(), written.trim());
    let gauge = measure(&Declared::from(model), &argument, name)?;
    let limit = amount(written, gauge).map_err(wrong)?;
    let bound = match side.unwrap_or(gauge.better) {
        Better::Less => Bound::AtMost(limit),
        Better::More => Bound::AtLeast(limit),
        Better::Neither => {
            let help = format!("write '{name}<={written}' or '{name}>={written}'");
            return Err(wrong(format!("neither less nor more of this measure is better; {help}")));
        }
    };
    let (measure, written) = (name.to_owned(), written.to_owned());
    Ok(Threshold { measure, bound, unit: gauge.unit, written })
}

/// The measure of a name that is given in an argument.
///
/// # Errors
/// In words that begin with the argument, if there is none.
pub fn measure(declared: &Declared, argument: &str, name: &str) -> Result<&'static Gauge, String> {
    declared.find(name).ok_or_else(|| {
        let help = match (declared.why_absent(name), declared.nearest(name)) {
            (Some(why), _) => why.to_owned(),
            (None, Some(near)) => format!("did you mean {near}?"),
            (None, None) => "`switchover measures` lists them all".to_owned(),
        };
        format!("{argument}: there is no such measure; {help}")
    })
}

/// A bound in the unit of its measure.
fn amount(written: &str, gauge: &Gauge) -> Result<f64, String> {
    let number = written.parse::<f64>().ok().filter(|number| number.is_finite() && *number >= 0.0);
    let found = match number {
        Some(number) => Ok((number, Unit::Count)),
        None => units::quantity(written),
    };
    let help = format!("write {}", gauge.unit.written());
    let (amount, unit) = found.map_err(|wrong| format!("`{written}` is {wrong}; {help}"))?;
    match unit.fits(gauge.unit) {
        true => Ok(amount),
        false => Err(format!(
            "`{written}` is {}, and the measure is {}; {help}",
            unit.word(),
            gauge.unit.word()
        )),
    }
}

/// What is to be said about a bound of 0: where there are several replications, an interval never ends there.
#[must_use]
pub fn zero(target: &Threshold, replications: u64) -> Option<String> {
    let never = replications > 1 && target.bound == Bound::AtMost(0.0);
    never.then(|| {
        let Threshold { measure, .. } = target;
        format!(
            "note: {replications} replications cannot show that {measure} is 0, only that it is small; \
             give a bound above 0 for a value that is kept with confidence"
        )
    })
}

/// Whether a scenario has the faults or drains of these names.
///
/// # Errors
/// In words that begin with the option, if there is one that it does not have.
pub fn check_faults(option: &str, names: &[String], model: &Model) -> Result<(), String> {
    let known: Vec<&str> = model.strikers().collect();
    let Some(name) = names.iter().find(|name| !known.contains(&name.as_str())) else {
        return Ok(());
    };
    let help = match did_you_mean(name, known.iter().copied()) {
        Some(near) => format!("did you mean {near}?"),
        None if known.is_empty() => "it has none at all".to_owned(),
        None => format!("it has {}", known.join(", ")),
    };
    Err(format!("{option} {name}: the scenario has no fault or drain of that name; {help}"))
}

/// Delays all other faults and drains until after the end, if any are named. The others keep their
/// places, so that those named occur at the same times as in the complete scenario.
pub fn let_strike(names: &[String], model: &mut Model) {
    if names.is_empty() {
        return;
    }
    let horizon = model.horizon;
    let is_named = |name: &String| names.contains(name);
    for fault in model.faults.iter_mut().filter(|fault| !is_named(&fault.name)) {
        let down = Span::from_secs(1);
        fault.schedule = Schedule::Scripted { at: horizon, down, up: Span::ZERO, times: 1 };
    }
    for drain in model.drains.iter_mut().filter(|drain| !is_named(&drain.name)) {
        drain.at = horizon;
    }
}
