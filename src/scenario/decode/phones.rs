//! Phone types: what is written of each, without defaults and without the vendor options.

use crate::diagnostic::Diagnostic;
use crate::distribution::Law;
use crate::model::Failback;
use crate::options::PRESETS;
use crate::scenario::document::{
    Phone, PhoneKind, PhoneMode, RefreshOf, Retry, Spanned, TransportKind,
};
use crate::scenario::keys::{BACKOFF, Key, PHONE, Shape};
use crate::scenario::mistakes::{bad_choice, combination, out_of_range, wrong_type};
use crate::scenario::preset::{self, with_preset};
use crate::scenario::tree::{Node, Table, Value};

use crate::time::Span;

use super::context::Context;
use super::laws::{LAWS, law};
use super::reader::Reader;
use super::values;

const KINDS: [PhoneKind; 2] = [PhoneKind::Softphone, PhoneKind::Desk];
const MODES: [PhoneMode; 3] = [PhoneMode::Dual, PhoneMode::Follow, PhoneMode::Failover];
const REFRESH_OF: [RefreshOf; 2] = [RefreshOf::Granted, RefreshOf::Asked];
const TRANSPORTS: [TransportKind; 3] = [TransportKind::Udp, TransportKind::Tcp, TransportKind::Tls];

/// The value of a choice: the words of the key table are in the order of `values`.
pub(super) fn pick<T: Copy>(choice: Option<Spanned<usize>>, values: &[T]) -> Option<Spanned<T>> {
    let choice = choice?;
    values.get(choice.value).map(|value| Spanned { value: *value, span: choice.span })
}

/// `[phone.NAME]`.
pub(super) fn phone(context: &mut Context<'_>, name: Spanned<String>, own: &Table) -> Phone {
    let table = with_preset(own);
    let mut reader = Reader::new(context, &PHONE, &table, name.span);
    reader.value("preset", preset_name);
    let phone = Phone {
        preset: preset::named(own).map(|(_, span)| span),
        kind: pick(reader.value("kind", values::choice), &KINDS),
        mode: pick(reader.value("mode", values::choice), &MODES),
        expiry: reader.value("expiry", values::duration),
        refresh: reader.value("refresh", values::fraction),
        refresh_before: reader.value("refresh-before", values::duration),
        refresh_of: pick(reader.value("refresh-of", values::choice), &REFRESH_OF),
        keep_alive: reader.value("keep-alive", values::duration),
        transport: pick(reader.value("transport", values::choice), &TRANSPORTS),
        t1: reader.value("t1", values::duration),
        t2: reader.value("t2", values::duration),
        transaction_timeout: reader.value("transaction-timeout", values::duration),
        retry: reader.value("retry", retry),
        retry_after_refusal: reader.value("retry-after-refusal", wait),
        retry_limit: reader.value("retry-limit", values::small_count),
        boot: reader.value("boot", law),
        start_spread: reader.value("start-spread", values::duration),
        failback: reader.value("failback", failback),
        first_refresh: [
            reader.value("first-refresh-preferred", values::duration),
            reader.value("first-refresh-peer", values::duration),
        ],
        name,
    };
    reader.finish();
    if let (Some(share), Some(before)) = (&phone.refresh, &phone.refresh_before) {
        let message = "`refresh` and `refresh-before` say the same thing";
        let found = combination(message, before.span, "too much", "keep one of the two");
        context.found.push(found.also(share.span, "said here"));
    }
    if let (Some(t1), Some(t2)) = (&phone.t1, &phone.t2)
        && t2.value < t1.value
    {
        context.found.push(out_of_range("t2", t2.span, "T2 must be at least T1"));
    }
    // What comes from a preset is no mistake where the phone type itself names another mode.
    let failback = phone.failback.as_ref().filter(|_| own.get("failback").is_some());
    let fails_over = match &phone.mode {
        Some(mode) => mode.value == PhoneMode::Failover,
        None => table.get("mode").is_some(),
    };
    context.needs("failback", failback, "mode = \"failover\"", fails_over);
    phone
}

/// The name of a preset; its keys are beside those of the phone type already.
fn preset_name(_: &mut Context<'_>, node: &Node, key: &Key) -> Result<(), Diagnostic> {
    let Value::String(name) = &node.value else { return Err(wrong_type(key, node)) };
    let known: Vec<&str> = PRESETS.iter().map(|preset| preset.name).collect();
    if known.contains(&name.as_str()) { Ok(()) } else { Err(bad_choice(key, node, name, &known)) }
}

/// A law that is not always nothing: such waits would never end.
fn wait(context: &mut Context<'_>, node: &Node, key: &Key) -> Result<Law, Diagnostic> {
    match law(context, node, key)? {
        Law::Constant(Span::ZERO) => {
            Err(out_of_range(key.name, node.span, "it must be longer than nothing"))
        }
        law => Ok(law),
    }
}

fn retry(context: &mut Context<'_>, node: &Node, key: &Key) -> Result<Retry, Diagnostic> {
    let Value::Table(table) = &node.value else {
        return Ok(Retry::Fixed(values::duration(context, node, key)?));
    };
    match &table.entries[..] {
        [entry] if entry.key == "backoff" => match &entry.node.value {
            Value::Table(inner) => Ok(backoff(context, &entry.node, inner)),
            _ => Err(wrong_type(
                &Key { name: "backoff", shape: Shape::Table(&BACKOFF), ..*key },
                &entry.node,
            )),
        },
        [entry] if !LAWS.contains(&entry.key.as_str()) => {
            let at = Node { span: entry.key_span, value: Value::Boolean(false) };
            let choices: Vec<&str> = ["backoff"].into_iter().chain(LAWS).collect();
            Err(bad_choice(key, &at, &entry.key, &choices))
        }
        _ => Ok(match wait(context, node, key)? {
            Law::Constant(span) => Retry::Fixed(span),
            law => Retry::Drawn(law),
        }),
    }
}

fn failback(context: &mut Context<'_>, node: &Node, key: &Key) -> Result<Failback, Diagnostic> {
    match &node.value {
        Value::String(word) if word == "refresh" => Ok(Failback::Refresh),
        Value::String(word) if word == "never" => Ok(Failback::Never),
        Value::String(word) if !word.starts_with(|letter: char| letter.is_ascii_digit()) => {
            Err(bad_choice(key, node, word, &["refresh", "never"])
                .label("neither \"refresh\" nor \"never\" nor a duration"))
        }
        _ => Ok(Failback::Every(values::duration(context, node, key)?)),
    }
}

fn backoff(context: &mut Context<'_>, node: &Node, table: &Table) -> Retry {
    let mut reader = Reader::new(context, &BACKOFF, table, node.span);
    let mut read = |name| reader.value(name, values::duration).map(|span| span.value);
    let (none, some, cap) = (read("none"), read("some"), read("cap"));
    reader.finish();
    Retry::Backoff { none, some, cap }
}
