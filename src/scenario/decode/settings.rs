//! The desktop, the policies and the what-if extensions.

use crate::diagnostic::{Diagnostic, TextSpan};
use crate::model::{DrTimerStarts, OtherLoss, PhoneNowhere, PhoneUnknown, RoundOrder};
use crate::scenario::document::{Desktop, Policy, Prices, RestoreWhen, Spanned, Stages, WhatIf};
use crate::scenario::keys::{DESKTOP, Key, POLICY, PRICES, STAGES, WHAT_IF, WINDOW};
use crate::scenario::mistakes::{bad_choice, out_of_range, wrong_type};
use crate::scenario::tree::{Node, Table, Value};

use super::context::{Context, left_behind};
use super::laws::law;
use super::phones::pick;
use super::reader::Reader;
use super::values;

const STARTS: [DrTimerStarts; 2] = [DrTimerStarts::PairLost, DrTimerStarts::FirstDisconnect];
const ORDERS: [RoundOrder; 2] = [RoundOrder::Configured, RoundOrder::LastUsed];
const NOWHERE: [PhoneNowhere; 2] = [PhoneNowhere::Stay, PhoneNowhere::Switch];
const UNKNOWN: [PhoneUnknown; 2] = [PhoneUnknown::Switch, PhoneUnknown::Stay];
const LOSSES: [OtherLoss; 3] = [OtherLoss::MoveConnection, OtherLoss::MoveAgent, OtherLoss::Ignore];

/// `[desktop]`.
pub(super) fn desktop(context: &mut Context<'_>, table: &Table, span: TextSpan) -> Desktop {
    let mut reader = Reader::new(context, &DESKTOP, table, span);
    let desktop = Desktop {
        addp_timeout: reader.value("addp-timeout", values::duration),
        tcp_give_up: reader.value("tcp-give-up", values::duration),
        detection: reader.value("detection", law),
        connect_timeout: reader.value("connect-timeout", values::duration),
        login: reader.value("login", law),
        ready: reader.value("ready", law),
        boot: reader.value("boot", law),
        probe_interval: reader.value("probe-interval", values::duration),
    };
    reader.finish();
    desktop
}

/// `[policy]`.
pub(super) fn policy(context: &mut Context<'_>, table: &Table, span: TextSpan) -> Policy {
    let mut reader = Reader::new(context, &POLICY, table, span);
    let policy = Policy {
        dr_timer_starts: pick(reader.value("dr-timer-starts", values::choice), &STARTS),
        round_order: pick(reader.value("round-order", values::choice), &ORDERS),
        phone_nowhere: pick(reader.value("phone-nowhere", values::choice), &NOWHERE),
        restore_needs_phone: reader.value("restore-needs-phone", values::flag),
        restore_when: reader.value("restore-when", restore_when),
        stat_loss: pick(reader.value("stat-loss", values::choice), &LOSSES),
        config_loss: pick(reader.value("config-loss", values::choice), &LOSSES),
        keep_bindings: pick(
            reader.value("bindings-after-pair-loss", values::choice),
            &[true, false],
        ),
        phone_unknown: pick(reader.value("phone-unknown", values::choice), &UNKNOWN),
        login_needs_config: reader.value("login-needs", login_needs),
        login_wait: reader.value("login-wait", values::duration),
    };
    reader.finish();
    policy
}

/// `["sip"]` or `["sip", "config"]`: whether `config` is there.
fn login_needs(context: &mut Context<'_>, node: &Node, key: &Key) -> Result<bool, Diagnostic> {
    const KNOWN: [&str; 2] = ["sip", "config"];
    let needed = values::texts(context, node, key)?;
    if let Value::Array(items) = &node.value {
        for (item, word) in items.iter().zip(&needed) {
            if !KNOWN.contains(&word.value.as_str()) {
                return Err(bad_choice(key, item, &word.value, &KNOWN));
            }
        }
    }
    let names = |word: &str| needed.iter().any(|needed| needed.value == word);
    if !names("sip") {
        return Err(out_of_range(key.name, node.span, "a login always needs `sip`"));
    }
    Ok(names("config"))
}

fn restore_when(
    context: &mut Context<'_>,
    node: &Node,
    key: &Key,
) -> Result<RestoreWhen, Diagnostic> {
    match &node.value {
        Value::String(word) => match word.as_str() {
            "idle" => Ok(RestoreWhen::Idle),
            "immediate" => Ok(RestoreWhen::Immediate),
            other => Err(bad_choice(key, node, other, &["idle", "immediate"])
                .help("or a daily window: { from = \"22:00\", to = \"06:00\" }")),
        },
        Value::Table(table) => window(context, node, table),
        _ => Err(wrong_type(key, node)),
    }
}

fn window(
    context: &mut Context<'_>,
    node: &Node,
    table: &Table,
) -> Result<RestoreWhen, Diagnostic> {
    let before = context.found.len();
    let mut reader = Reader::new(context, &WINDOW, table, node.span);
    let from = reader.value("from", values::time_of_day);
    let to = reader.value("to", values::time_of_day);
    reader.finish();
    match (from, to) {
        (Some(from), Some(to)) if from.value == to.value => {
            Err(out_of_range("to", to.span, "the window is empty").also(from.span, "its start"))
        }
        (Some(from), Some(to)) if context.found.len() == before => {
            Ok(RestoreWhen::Window { from: from.value, to: to.value })
        }
        _ => Err(left_behind(context, node)),
    }
}

/// `[what-if]`.
pub(super) fn what_if(context: &mut Context<'_>, table: &Table, span: TextSpan) -> WhatIf {
    let mut reader = Reader::new(context, &WHAT_IF, table, span);
    let cap = reader.value("switchovers-per-hour", values::small_count);
    let what_if = WhatIf {
        hold_down: reader.value("hold-down", values::duration),
        restore_jitter: reader.value("restore-jitter", law),
        stages: reader.value("staged-restore", stages),
        switchovers_per_hour: cap
            .and_then(|cap| Some(Spanned { value: u8::try_from(cap.value).ok()?, span: cap.span })),
    };
    reader.finish();
    what_if
}

/// `[prices]`.
pub(super) fn prices(context: &mut Context<'_>, table: &Table, span: TextSpan) -> Prices {
    let mut reader = Reader::new(context, &PRICES, table, span);
    let prices = Prices {
        currency: reader.value("currency", values::text),
        agent_hour: reader.value("cost-per-agent-hour", values::money),
        lost_call: reader.value("cost-per-lost-call", values::money),
    };
    reader.finish();
    let any = prices.any();
    context.needs("currency", prices.currency.as_ref(), "cost-per-agent-hour", any);
    prices
}

fn stages(context: &mut Context<'_>, node: &Node, key: &Key) -> Result<Stages, Diagnostic> {
    let Value::Table(table) = &node.value else { return Err(wrong_type(key, node)) };
    let before = context.found.len();
    let mut reader = Reader::new(context, &STAGES, table, node.span);
    let count = reader.value("stages", values::small_count);
    let step = reader.value("step", values::duration);
    reader.finish();
    match (count, step) {
        (Some(count), Some(step)) if context.found.len() == before => {
            Ok(Stages { count: count.value, step: step.value })
        }
        _ => Err(left_behind(context, node)),
    }
}
