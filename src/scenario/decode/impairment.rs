//! What a fault does to targets that stay up: `loss` and `delay`, and what does not go with them.

use crate::diagnostic::Diagnostic;
use crate::distribution::Law;
use crate::scenario::document::{Effect, Spanned, Target};
use crate::scenario::keys::Key;
use crate::scenario::mistakes::{combination, out_of_range};
use crate::scenario::tree::Node;
use crate::time::Span;

use super::context::Context;
use super::laws::law;
use super::reader::Reader;
use super::values;

/// `loss` and `delay` of a fault.
pub(super) fn read(
    reader: &mut Reader<'_, '_>,
    effect: Option<&Spanned<Effect>>,
    targets: &[Spanned<Target>],
) -> (Option<Spanned<f64>>, Option<Spanned<Law>>) {
    let loss = reader.value("loss", values::probability);
    let delay = reader.value("delay", delay);
    let found = [
        loss.as_ref().and_then(|loss| lossless(loss, targets)),
        delay.as_ref().and_then(|delay| prompt(delay, effect, targets)),
        effect.and_then(|effect| contradicts(effect, (&loss, &delay), targets)),
    ];
    if reader.span_of("delay").is_none() || delay.is_some() {
        reader.context.found.extend(found.into_iter().flatten());
    }
    (loss, delay)
}

/// A delay that is more than nothing.
fn delay(context: &mut Context<'_>, node: &Node, key: &Key) -> Result<Law, Diagnostic> {
    match law(context, node, key)? {
        Law::Constant(Span::ZERO) => {
            Err(out_of_range(key.name, node.span, "it must be longer than nothing"))
        }
        law => Ok(law),
    }
}

/// A target that loses nothing.
fn lossless(loss: &Spanned<f64>, targets: &[Spanned<Target>]) -> Option<Diagnostic> {
    let no_network = targets.iter().find(|target| target.value.carries().is_none());
    if let Some(target) = no_network {
        let message = "only a network can lose packets";
        let help = "write \"path LOCATION-SITE sip\" or \"location NAME sip\" as `target`, or remove `loss`";
        let found = combination(message, loss.span, "this does not fit the target", help);
        return Some(found.also(target.span, "the target"));
    }
    let without_phones = |planes: crate::model::Planes| !planes.sip();
    let cti = targets.iter().find(|target| target.value.carries().is_some_and(without_phones))?;
    let message = "`loss` is of the phone's plane";
    let help = "over TCP lost packets are sent again and come late: write `delay`, or \"sip\" as the plane";
    let found = combination(message, loss.span, "nothing is lost over TCP", help);
    Some(found.also(cti.span, "the desktop's plane alone"))
}

/// A target whose answers are never late.
fn prompt(
    delay: &Spanned<Law>,
    effect: Option<&Spanned<Effect>>,
    targets: &[Spanned<Target>],
) -> Option<Diagnostic> {
    let slow = effect.is_some_and(|effect| effect.value == Effect::Slow);
    let late = |target: &Target| {
        target.carries().is_some() || (slow && target.effects().contains(&Effect::Slow))
    };
    let target = targets.iter().find(|target| !late(&target.value))?;
    let message = "only networks and slow registrars have a `delay`";
    let help = "write a path, a location or a link as `target`, or \"registrar SITE\" with `effect = \"slow\"`";
    let found = combination(message, delay.span, "this does not fit the target", help);
    Some(found.also(target.span, "the target"))
}

/// An effect that does not go with what is read.
fn contradicts(
    effect: &Spanned<Effect>,
    (loss, delay): (&Option<Spanned<f64>>, &Option<Spanned<Law>>),
    targets: &[Spanned<Target>],
) -> Option<Diagnostic> {
    if effect.value == Effect::Slow && delay.is_none() {
        let message = "a slow registrar needs a `delay`";
        let help = "write `delay = \"20s\"`, or another law";
        return Some(combination(message, effect.span, "how slow?", help));
    }
    let network = targets.iter().any(|target| target.value.carries().is_some());
    let written = loss.as_ref().map(|loss| loss.span).or(delay.as_ref().map(|delay| delay.span))?;
    if effect.value != Effect::Stop || !network {
        return None;
    }
    let message = "what is down loses everything";
    let help = "remove `effect`: with `loss` or `delay` the target is not down";
    let found = combination(message, effect.span, "this is down", help);
    Some(found.also(written, "this is up"))
}
