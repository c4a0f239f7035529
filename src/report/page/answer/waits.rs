//! Advice on queues of a run: where agents waited for a login, desktops for a connection, phones for an
//! answer to a REGISTER.

use maud::{Markup, html};
use serde_json::Value;

use crate::report::page::found::total;
use crate::report::page::parts::chosen;
use crate::report::page::set::Set;
use crate::report::words;

/// From this wait on, in seconds, a capacity is notable.
const LONG: f64 = 10.0;

/// One sentence for each kind of queue in which a wait was long or an attempt failed.
pub(super) fn waits(set: &Set<'_>) -> Vec<Markup> {
    [logins(set), connections(set), registers(set)].into_iter().flatten().collect()
}

fn number(row: &Value, key: &str) -> f64 {
    row[key].as_f64().unwrap_or(0.0)
}

/// A number of seconds of a row in words.
fn length(row: &Value, key: &str) -> String {
    words::length(total(number(row, key)))
}

fn count(row: &Value, key: &str) -> String {
    words::count(number(row, key) as u64)
}

fn name(row: &Value) -> String {
    chosen(row["name"].as_str().unwrap_or_default())
}

/// The row of a list in which most attempts failed; of those the one with the longest wait. Nothing
/// where no wait was long, and nothing failed.
fn worst<'s>(set: &'s Set<'_>, list: &str, wait: &str) -> Option<&'s Value> {
    let weight = |row: &Value| (number(row, "timed_out"), number(row, wait));
    let rows = set.answer[list].as_array()?.iter();
    let worst = rows.reduce(|most, row| if weight(row) > weight(most) { row } else { most })?;
    (number(worst, "timed_out") > 0.0 || number(worst, wait) >= LONG).then_some(worst)
}

/// The chart that shows it, where it is there, and the end of the sentence.
fn chart(set: &Set<'_>, name: &str, what: &str) -> Markup {
    if !set.folder.files.contains_key(&format!("{name}.svg")) {
        return html! { "." };
    }
    html! { ": " a href={ "#" (set.id(name)) } { (what) } "." }
}

/// The site where agents waited longest for a login.
fn logins(set: &Set<'_>) -> Option<Markup> {
    let site = worst(set, "sites", "login_wait_longest_s")?;
    Some(html! {
        "Agents waited up to " (length(site, "login_wait_longest_s")) " for a login at site "
        (name(site)) ": see what another " code { "login-capacity" } " there changes."
    })
}

/// A number of transactions or attempts that failed, behind a comma; nothing if there were none.
fn in_vain(row: &Value, one: &str, many: &str) -> String {
    match number(row, "timed_out") as u64 {
        0 => String::new(),
        number => format!(", {} timed out", words::counted(number, one, many)),
    }
}

/// The site where most attempts to connect failed.
fn connections(set: &Set<'_>) -> Option<Markup> {
    let site = worst(set, "reconnects", "wait_longest_s")?;
    let waits = words::counted(number(site, "waits") as u64, "attempt", "attempts");
    Some(html! {
        "At site " (name(site)) " " (waits) " of desktops to connect had to wait, for up to "
        (length(site, "wait_longest_s")) ", up to " (count(site, "queue_longest"))
        " at once" (in_vain(site, "attempt", "attempts")) ": see what another " code { "reconnect-capacity" }
        " there changes, or a longer " code { "warm-standby.reconnection-random-delay-range" }
        (chart(set, "connection-queues", "Attempts to connect"))
    })
}

/// The registrar where most transactions failed.
fn registers(set: &Set<'_>) -> Option<Markup> {
    let site = worst(set, "registrars", "wait_longest_s")?;
    Some(html! {
        "At the registrar of site " (name(site)) " REGISTERs waited for up to "
        (length(site, "wait_longest_s")) ", up to " (count(site, "queue_longest"))
        " at once" (in_vain(site, "transaction", "transactions")) ": see what another " code { "capacity" }
        " or " code { "queue-limit" } " of it changes, or phones that come back one after the other"
        (chart(set, "register-queues", "REGISTERs and the queue"))
    })
}
