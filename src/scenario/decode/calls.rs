//! Queues of calls: what is written of each, without defaults.

use crate::diagnostic::{Diagnostic, TextSpan};
use crate::distribution::Law;
use crate::model::{AtLoss, ShareOf, Simulated};
use crate::scenario::document::{Calls, EntryShare, Spanned};
use crate::scenario::keys::{CALLS, ENTRY, Key};
use crate::scenario::mistakes::{combination, out_of_range, twice, wrong_type};
use crate::scenario::tree::{Node, Table, Value};
use crate::scenario::units::Fraction;
use crate::time::Span;

use super::arrivals;
use super::context::{Context, left_behind};
use super::laws::law;
use super::phones::pick;
use super::reader::Reader;
use super::values;

const AT_LOSS: [AtLoss; 3] = [AtLoss::Lost, AtLoss::Kept, AtLoss::Requeued];
const SHARES: [ShareOf; 4] =
    [ShareOf::Offered, ShareOf::Taken, ShareOf::OfferedLessQuick, ShareOf::Virtual];
/// `calls-simulated`, in the order of the words.
const SIMULATED: [Simulated; 2] = [Simulated::Full, Simulated::Windows];
/// `call-interval`, in the order of the words.
const INTERVALS: [Span; 3] =
    [Span::from_secs(15 * 60), Span::from_secs(30 * 60), Span::from_secs(60 * 60)];

/// `call-interval`.
pub(super) fn interval(reader: &mut Reader<'_, '_>) -> Option<Spanned<Span>> {
    pick(reader.value("call-interval", values::choice), &INTERVALS)
}

/// `calls-simulated`.
pub(super) fn simulated(reader: &mut Reader<'_, '_>) -> Option<Spanned<Simulated>> {
    pick(reader.value("calls-simulated", values::choice), &SIMULATED)
}

/// `[[calls]]`.
pub(super) fn calls(context: &mut Context<'_>, table: &Table, span: TextSpan) -> Calls {
    let mut reader = Reader::new(context, &CALLS, table, span);
    let calls = Calls {
        name: reader.value("name", values::text),
        arrivals: reader.value("arrivals", arrivals::read),
        day_factor: reader.value("day-factor", values::number),
        handling: reader.value("handling", handling),
        after_call: reader.value("after-call", law),
        patience: reader.value("patience", law),
        never_waits: reader.value("never-waits", values::fraction),
        groups: reader.value("groups", groups),
        redial: reader.value("redial", values::fraction),
        redial_delay: reader.value("redial-delay", law),
        waiting_places: reader.value("waiting-places", values::small_count),
        pooled: reader.value("pooled", values::flag),
        entry: reader.value("entry", entry),
        at_loss: pick(reader.value("call-at-loss", values::choice), &AT_LOSS),
        ring_timeout: reader.value("ring-timeout", values::duration),
        gateway_lag: reader.value("gateway-lag", values::duration),
        within: reader.value("answer-within", values::duration),
        share_of: pick(reader.value("service-level", values::choice), &SHARES),
        target: reader.value("service-level-target", values::fraction),
        span,
    };
    let [redial, delay] = ["redial", "redial-delay"].map(|key| reader.span_of(key).is_some());
    reader.finish();
    context.needs("redial-delay", calls.redial_delay.as_ref(), "redial", redial);
    context.needs("redial", calls.redial.as_ref(), "redial-delay", delay);
    context.found.extend(nobody_waits(&calls));
    calls
}

/// A patience that no caller has.
fn nobody_waits(calls: &Calls) -> Option<Diagnostic> {
    let never = calls.never_waits.as_ref().filter(|share| share.value.is_whole())?;
    let patience = calls.patience.as_ref()?;
    let message = "`patience` does nothing with `never-waits = \"100%\"`";
    let help = "remove one of the two";
    let found = combination(message, patience.span, "has no effect", help);
    Some(found.also(never.span, "no caller waits"))
}

/// A law that is not always nothing.
fn handling(context: &mut Context<'_>, node: &Node, key: &Key) -> Result<Law, Diagnostic> {
    match law(context, node, key)? {
        Law::Constant(Span::ZERO) => {
            Err(out_of_range(key.name, node.span, "it must be longer than nothing"))
        }
        law => Ok(law),
    }
}

/// Names of groups: at least one, each once.
fn groups(
    context: &mut Context<'_>,
    node: &Node,
    key: &Key,
) -> Result<Vec<Spanned<String>>, Diagnostic> {
    values::each_once(context, node, key, "group")
}

/// Shares of sites that add up to all.
fn entry(context: &mut Context<'_>, node: &Node, key: &Key) -> Result<Vec<EntryShare>, Diagnostic> {
    let Value::Array(items) = &node.value else { return Err(wrong_type(key, node)) };
    let mut shares = Vec::new();
    for item in items {
        shares.push(share(context, item, key)?);
    }
    if let Some((site, first)) = values::again(shares.iter().map(|share| &share.site)) {
        let message = format!("the site `{}` has two shares", site.value);
        return Err(twice(message, site.span, first));
    }
    let each = shares.iter().map(|share| share.share.value);
    let sum = each.into_iter().try_fold(Fraction::NOTHING, Fraction::plus);
    if !sum.is_some_and(Fraction::is_whole) {
        return Err(out_of_range(key.name, node.span, "the shares do not add up to 100%"));
    }
    Ok(shares)
}

fn share(context: &mut Context<'_>, node: &Node, key: &Key) -> Result<EntryShare, Diagnostic> {
    let Value::Table(table) = &node.value else { return Err(wrong_type(key, node)) };
    let before = context.found.len();
    let mut reader = Reader::new(context, &ENTRY, table, node.span);
    let site = reader.value("site", values::text);
    let share = reader.value("share", values::fraction);
    reader.finish();
    match (site, share) {
        (Some(site), Some(share)) if context.found.len() == before => {
            Ok(EntryShare { site, share })
        }
        _ => Err(left_behind(context, node)),
    }
}
