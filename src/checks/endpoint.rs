//! V35, V36, V39: the Workspace SIP Endpoint.

use super::report::Report;
use super::rules::{V35, V36, V39};
use super::scene::{Agents, Scene, span_of};
use crate::model::{Model, Transport};
use crate::scenario::Effective;
use crate::time::Span;

/// Register address and port of one side.
struct Register<'d> {
    option: &'static str,
    address: Effective<'d>,
    port: Effective<'d>,
}

impl<'d> Register<'d> {
    fn both(agents: &Agents<'d>) -> [Self; 2] {
        let read = |option, port| {
            let effective = |name| agents.class.effective(name);
            Self { option, address: effective(option), port: effective(port) }
        };
        [
            read("sipendpoint.sbc-register-address", "sipendpoint.sbc-register-port"),
            read("sipendpoint.sbc-register-address.peer", "sipendpoint.sbc-register-port.peer"),
        ]
    }
}

/// Runs the checks of this file.
pub(super) fn check(scene: &Scene, model: &Model, report: &mut Report) {
    for agents in scene.covered().filter(|agents| agents.has_softphone()) {
        let registers = Register::both(agents);
        one_sided(agents, &registers, report);
        for register in &registers {
            port(agents, register, report);
        }
        retry(scene, model, agents, report);
    }
}

/// V35: both addresses, or none.
fn one_sided(agents: &Agents, [home, away]: &[Register; 2], report: &mut Report) {
    let (set, empty) = match (home.address.text(), away.address.text()) {
        (Some(_), None) => (home, away),
        (None, Some(_)) => (away, home),
        _ => return,
    };
    let Some(span) = span_of(&set.address) else { return };
    let message = format!("`{}` is set, but `{}` is empty", set.option, empty.option);
    let help = format!("set `{}` too: without it the phone has no dual registration", empty.option);
    report.add_for(agents, V35.at(span, message).help(help));
}

/// V36: port 0 and an SRV domain belong together.
fn port(agents: &Agents, register: &Register, report: &mut Report) {
    let Some(address) = register.address.text() else { return };
    let port = register.port.number();
    let (message, help) = if address.starts_with('_') && port != Some(0) {
        let port = port.map_or("not set".to_owned(), |port| port.to_string());
        (format!("`{address}` is an SRV domain, but its port is {port}"), "set the port to 0")
    } else if is_host(address) && port == Some(0) {
        (format!("`{address}` is a host, but its port is 0"), "name a port, or an SRV domain")
    } else {
        return;
    };
    let span = span_of(&register.port).or_else(|| span_of(&register.address));
    let Some(span) = span else { return };
    let help = format!("{help}: DNS names the port of an SRV domain, and of nothing else");
    report.add_for(agents, V36.at(span, message).help(help));
}

/// Whether an address cannot be an SRV domain: an IP address, or a name without a dot.
fn is_host(address: &str) -> bool {
    let numeric = address.chars().all(|c| c.is_ascii_digit() || c == '.');
    numeric || address.contains(':') || !address.contains('.')
}

/// V39: with UDP the endpoint needs a pause to try another proxy.
fn retry(scene: &Scene, model: &Model, agents: &Agents, report: &mut Report) {
    let interval = agents.class.effective("reg_interval");
    let Some(span) = span_of(&interval).filter(|_| interval.length() == Some(Span::ZERO)) else {
        return;
    };
    let phone = scene.phone(model, agents);
    if !phone.is_some_and(|phone| matches!(phone.transport, Transport::Udp { .. })) {
        return;
    }
    let message = "with `reg_interval = 0` over UDP the endpoint never tries another proxy";
    let help = "set `reg_interval` to some seconds, such as 30, or use TCP";
    report.add_for(agents, V39.at(span, message).help(help));
}
