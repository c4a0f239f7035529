//! The registrar of a site: its keys, and which of them contradict each other.

use crate::scenario::document::Registrar;
use crate::scenario::keys::REGISTRAR;
use crate::scenario::mistakes::out_of_range;

use super::context::Context;
use super::laws::law;
use super::phones::pick;
use super::reader::Reader;
use super::values;

/// `[site.NAME.registrar]`, where there is one.
pub(super) fn registrar(reader: &mut Reader<'_, '_>) -> Registrar {
    let Some((table, span)) = reader.table("registrar") else { return Registrar::default() };
    let mut inner = Reader::new(reader.context, &REGISTRAR, table, span);
    let registrar = Registrar {
        expires: ["expires-min", "expires-max"].map(|name| inner.value(name, values::duration)),
        deviation: inner.value("expires-deviation", values::duration),
        message: inner.value("capacity", values::gap),
        exponential: pick(inner.value("service", values::choice), &[false, true]),
        challenge: inner.value("challenge", values::flag),
        duplicate: inner.value("duplicate-cost", values::probability),
        queue: inner.value("queue-limit", values::small_count),
        rejects: pick(inner.value("overload", values::choice), &[false, true]),
        every_refresh: pick(inner.value("refreshes", values::choice), &[false, true]),
        retry_after: inner.value("retry-after", law),
    };
    inner.finish();
    contradictions(reader.context, &registrar);
    registrar
}

/// Keys that cannot be meant together.
fn contradictions(context: &mut Context<'_>, registrar: &Registrar) {
    let [least, most] = &registrar.expires;
    if let [Some(least), Some(most)] = [least, most]
        && most.value < least.value
    {
        let found = out_of_range("expires-max", most.span, "it must be at least `expires-min`");
        context.found.push(found.also(least.span, "the least"));
    }
    for bound in [least, most].into_iter().flatten() {
        if let Some(deviation) = &registrar.deviation
            && deviation.value >= bound.value
        {
            let range = "it must be shorter than any expiry that is granted";
            let found = out_of_range("expires-deviation", deviation.span, range);
            context.found.push(found.also(bound.span, "the expiry"));
            break;
        }
    }
    context.needs("overload", registrar.rejects.as_ref(), "queue-limit", registrar.queue.is_some());
    let limited = registrar.message.is_some();
    context.needs("service", registrar.exponential.as_ref(), "capacity", limited);
    context.needs("challenge", registrar.challenge.as_ref(), "capacity", limited);
    context.needs("duplicate-cost", registrar.duplicate.as_ref(), "capacity", limited);
    context.needs("refreshes", registrar.every_refresh.as_ref(), "capacity", limited);
    context.needs("queue-limit", registrar.queue.as_ref(), "capacity", limited);
}
