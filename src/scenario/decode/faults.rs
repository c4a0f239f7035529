//! Faults and drains: targets, and exactly one way to say when.

use crate::diagnostic::{Diagnostic, TextSpan};
use crate::distribution::{Age, Law};
use crate::model::{Laws, Weekly};
use crate::scenario::document::{Drain, Effect, Fault, Schedule, Spanned, Target};
use crate::scenario::keys::{DRAIN, FAULT};
use crate::scenario::mistakes::{combination, out_of_range};
use crate::scenario::tree::Table;
use crate::time::{LONGEST, Span};

use super::context::Context;
use super::laws::law;
use super::phones::pick;
use super::reader::Reader;
use super::{calendar, impairment, targets, uncertainty, values};

/// The keys that say when a fault holds.
struct When {
    at: Option<Spanned<Span>>,
    lasts: Option<Spanned<Span>>,
    times: Option<Spanned<u32>>,
    down: Option<Spanned<Span>>,
    up: Option<Spanned<Span>>,
    failure: Option<Spanned<Law>>,
    repair: Option<Spanned<Law>>,
    sets: Vec<Laws>,
    age: Option<Spanned<Age>>,
    hours: Option<Spanned<Vec<Weekly>>>,
}

/// `[[fault]]`.
pub(super) fn fault(context: &mut Context<'_>, table: &Table, span: TextSpan) -> Fault {
    let mut reader = Reader::new(context, &FAULT, table, span);
    let before = reader.context.found.len();
    let name = reader.value("name", values::text);
    let targets = reader.value("target", targets::decode).map_or(Vec::new(), |list| list.value);
    let effects = [Effect::Stop, Effect::Hang, Effect::Refuse, Effect::Slow];
    let effect = pick(reader.value("effect", values::choice), &effects);
    if let Some(mistake) = misfit(effect.as_ref(), &targets, reader.span) {
        reader.context.found.push(mistake);
    }
    let (loss, delay) = impairment::read(&mut reader, effect.as_ref(), &targets);
    let unread = reader.context.found.len();
    let uncertainty = reader.value("uncertainty", values::text);
    let when = read(&mut reader, uncertainty.as_ref());
    let clean = reader.context.found.len() == unread;
    let schedule = clean.then(|| schedule(&mut reader, &when)).flatten();
    reader.finish();
    debug_assert!(context.found.len() >= before);
    Fault { name, targets, effect, loss, delay, schedule, uncertainty, span }
}

/// A target that does not know the effect.
fn misfit(
    effect: Option<&Spanned<Effect>>,
    targets: &[Spanned<Target>],
    header: TextSpan,
) -> Option<Diagnostic> {
    let value = effect.map_or(Effect::Stop, |effect| effect.value);
    let target = targets.iter().find(|target| !target.value.effects().contains(&value))?;
    let written = effect.map_or(header, |effect| effect.span);
    let registrar = target.value.effects().contains(&Effect::Refuse);
    let (message, help) = match value {
        _ if registrar => (
            "a registrar does not stop by itself",
            "write `effect = \"hang\"` (no REGISTER is answered), `effect = \"refuse\"` (503 at once) or \
             `effect = \"slow\"` with a `delay`; it stops with its SIP Server pair",
        ),
        Effect::Refuse => (
            "only a registrar can refuse",
            "write \"registrar SITE\" as `target`, or remove `effect`",
        ),
        Effect::Slow => (
            "only a registrar can be slow",
            "write \"registrar SITE\" as `target`; a path, a location or a link has a `delay` without an \
             `effect`",
        ),
        Effect::Hang | Effect::Stop | Effect::Impair => (
            "only a process or a registrar can hang",
            "write \"process NAME\" or \"registrar SITE\" as `target`, or remove `effect`",
        ),
    };
    let found = combination(message, written, "this does not fit the target", help);
    Some(found.also(target.span, "the target"))
}

fn read(reader: &mut Reader<'_, '_>, uncertainty: Option<&Spanned<String>>) -> When {
    let mean = |span: Spanned<Span>| Spanned {
        value: Law::Exponential { mean: span.value },
        span: span.span,
    };
    let failure = reader.value("failure", law);
    let mtbf = reader.value("mtbf", values::duration).map(mean);
    let repair = reader.value("repair", law);
    let mttr = reader.value("mttr", values::duration).map(mean);
    for (one, other, names) in
        [(&failure, &mtbf, "`failure` and `mtbf`"), (&repair, &mttr, "`repair` and `mttr`")]
    {
        if let (Some(one), Some(other)) = (one, other) {
            let message = format!("{names} say the same thing");
            let found = combination(&message, other.span, "too much", "keep one of the two");
            reader.context.found.push(found.also(one.span, "said here"));
        }
    }
    When {
        at: reader.value("at", calendar::instant),
        lasts: reader.value("for", values::duration),
        times: reader.value("times", values::small_count),
        down: reader.value("down", values::duration),
        up: reader.value("up", values::duration),
        failure: failure.or(mtbf),
        repair: repair.or(mttr),
        age: reader.value("age", values::age),
        hours: reader.value("when", calendar::weekly),
        sets: uncertainty.map_or(Vec::new(), |file| uncertainty::sets(reader.context, file)),
    }
}

fn schedule(reader: &mut Reader<'_, '_>, when: &When) -> Option<Schedule> {
    let uncertain = reader.span_of("uncertainty");
    let scripted = ["at", "for", "times", "down", "up"].map(|name| reader.span_of(name));
    let scripted = scripted.into_iter().flatten().next();
    let random = when.failure.is_some() || when.repair.is_some();
    let result = match (scripted, random) {
        (Some(span), true) => Err(combination(
            "a fault is either scripted or random",
            span,
            "this is scripted",
            "remove either `at`, `for` ... or `failure`, `repair` ...",
        )),
        (None, true) => random_schedule(reader.span, when),
        (Some(_), false) if uncertain.is_some() => Err(combination(
            "a scripted fault has no laws that could be uncertain",
            uncertain.unwrap_or(reader.span),
            "for random faults only",
            "remove `uncertainty`, or write `failure` and `repair`",
        )),
        (Some(_), false) if when.age.is_some() => Err(combination(
            "a scripted fault has no age",
            when.age.as_ref().map_or(reader.span, |age| age.span),
            "for random faults only",
            "remove `age`, or write `failure` and `repair`",
        )),
        (Some(_), false) if when.hours.is_some() => Err(combination(
            "a scripted fault has no hours",
            when.hours.as_ref().map_or(reader.span, |hours| hours.span),
            "for random faults only",
            "remove `when`, or write `failure` and `repair`",
        )),
        (_, false) => scripted_schedule(reader.span, when),
    };
    result.map_err(|mistake| reader.context.found.push(mistake)).ok()
}

fn random_schedule(header: TextSpan, when: &When) -> Result<Schedule, Diagnostic> {
    match (&when.failure, &when.repair) {
        (Some(failure), Some(repair)) => {
            let (failure, repair) = (failure.value.clone(), repair.value.clone());
            let age = age(when)?;
            let (sets, when) = (when.sets.clone(), when.hours.clone());
            Ok(Schedule::Random { failure, repair, sets, age, when })
        }
        (failure, _) => {
            let label = if failure.is_some() { "no time to repair" } else { "no time to failure" };
            let help = "write `failure = \"4/year\"` (or `mtbf`) and `repair = \"1h\"` (or `mttr`)";
            Err(combination("a random fault needs two laws", header, label, help))
        }
    }
}

/// An age that a law reaches less often than this is a mistake.
const RARELY: f64 = 1e-12;

/// The age at 0, if every law of the time to failure can reach it.
fn age(when: &When) -> Result<Age, Diagnostic> {
    let Some(age) = &when.age else { return Ok(Age::New) };
    let Age::Reached(reached) = age.value else { return Ok(age.value) };
    let never = |law: &Law| reached > Span::ZERO && law.survival(reached) < RARELY;
    let set = when.sets.iter().position(|set| never(&set.failure));
    let label = match (when.failure.as_ref().filter(|law| never(&law.value)), set) {
        (Some(_), _) => "`failure` never gives a time as long as this".to_owned(),
        (None, Some(set)) => format!("the law of set {set} never gives a time as long as this"),
        (None, None) => return Ok(age.value),
    };
    let help = "write a shorter age, or `age = \"equilibrium\"` if it is not known";
    Err(combination("nothing reaches this age", age.span, &label, help))
}

fn scripted_schedule(header: TextSpan, when: &When) -> Result<Schedule, Diagnostic> {
    let help = "write `at = \"600s\"` and `for = \"300s\"`, or `failure` and `repair`";
    let Some(at) = &when.at else {
        let message = "the fault does not say when";
        return Err(combination(message, header, "neither `at` nor `failure`", help));
    };
    if when.times.is_none() && when.down.is_none() && when.up.is_none() {
        let down = when.lasts.as_ref().map_or(LONGEST, |lasts| lasts.value);
        return Ok(Schedule::Scripted { at: at.value, down, up: Span::ZERO, times: 1 });
    }
    match (&when.times, &when.down, &when.up, &when.lasts) {
        (Some(times), Some(down), Some(up), None) => flap(at, times, down, up),
        (.., Some(lasts)) => Err(combination(
            "a flap has no `for`",
            lasts.span,
            "too much",
            "`down` is the length of each outage, `times` their number",
        )),
        _ => Err(combination(
            "a flap needs `times`, `down` and `up`",
            header,
            "one of them is missing",
            "write `times = 5`, `down = \"30s\"` and `up = \"2m\"`",
        )),
    }
}

fn flap(
    at: &Spanned<Span>,
    times: &Spanned<u32>,
    down: &Spanned<Span>,
    up: &Spanned<Span>,
) -> Result<Schedule, Diagnostic> {
    let whole = i128::from(times.value) * (i128::from(down.value.0) + i128::from(up.value.0));
    if whole > i128::from(LONGEST.0) {
        return Err(out_of_range("times", times.span, "the whole flap is longer than 100 years"));
    }
    Ok(Schedule::Scripted { at: at.value, down: down.value, up: up.value, times: times.value })
}

/// `[[drain]]`.
pub(super) fn drain(context: &mut Context<'_>, table: &Table, span: TextSpan) -> Drain {
    let mut reader = Reader::new(context, &DRAIN, table, span);
    let drain = Drain {
        name: reader.value("name", values::text),
        site: reader.value("site", values::text),
        at: reader.value("at", calendar::instant),
        grace: reader.value("grace", values::duration),
        lasts: reader.value("for", values::duration),
        span,
    };
    reader.finish();
    if let (Some(grace), Some(lasts)) = (&drain.grace, &drain.lasts)
        && lasts.value <= grace.value
    {
        let found = out_of_range("for", lasts.span, "it must be longer than `grace`");
        context.found.push(found.also(grace.span, "the grace"));
    }
    drain
}
