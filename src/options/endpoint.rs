//! The Workspace SIP Endpoint and the SDK below it.

use super::disaster_recovery::LEVELS;
use super::entry::{Effect, Entry, Evidence, Family, Kind, Unit};
use super::sources::{ENDPOINT_NET, ENDPOINT_PROXY, WORKSPACE_SIP};

const fn workspace(name: &'static str) -> Entry {
    Entry::new(Family::SipEndpoint, "interaction-workspace", LEVELS, name)
        .effect(Effect::DesktopRestart, Evidence::Recalled)
}

/// An option of the SDK, which the desktop hands down.
const fn sdk(name: &'static str) -> Entry {
    workspace(name)
}

const PORT: Kind = Kind::Integer { least: 0, most: 65_535 };

pub(super) const TABLE: &[Entry] = &[
    workspace("sipendpoint.sbc-register-address")
        .takes(Kind::Address, Unit::None)
        .default("", Evidence::Documented(&WORKSPACE_SIP))
        .means(
            "Session border controller or SIP Proxy that the endpoint registers at for the \
             preferred site; may be a DNS SRV domain. Empty: the SIP Server itself.",
            Evidence::Documented(&WORKSPACE_SIP),
        )
        .drives("checks V35 and V36"),
    workspace("sipendpoint.sbc-register-address.peer")
        .takes(Kind::Address, Unit::None)
        .default("", Evidence::Documented(&WORKSPACE_SIP))
        .means("The same for the peer site.", Evidence::Documented(&WORKSPACE_SIP))
        .drives("checks V35 and V36"),
    workspace("sipendpoint.sbc-register-port")
        .takes(PORT, Unit::None)
        .default("", Evidence::Documented(&WORKSPACE_SIP))
        .means(
            "Port of that address; empty: the sip-port of the SIP Server that monitors the DN; 0 \
             if the address is an SRV domain, and then only.",
            Evidence::Documented(&WORKSPACE_SIP),
        )
        .drives("check V36"),
    workspace("sipendpoint.sbc-register-port.peer")
        .takes(PORT, Unit::None)
        .default("", Evidence::Documented(&WORKSPACE_SIP))
        .means("The same for the peer site.", Evidence::Documented(&WORKSPACE_SIP))
        .drives("check V36"),
    workspace("sipendpoint.transport-protocol")
        .takes(Kind::OneOf(&["UDP", "TCP", "TLS"]), Unit::None)
        .default("UDP", Evidence::Documented(&WORKSPACE_SIP))
        .means("Transport of the endpoint's SIP messages.", Evidence::Documented(&WORKSPACE_SIP))
        .drives("the transport of a softphone's REGISTER transactions"),
    sdk("reg_timeout")
        .takes(Kind::POSITIVE, Unit::Seconds)
        .default("1800", Evidence::Recalled)
        .means(
            "Expiry that the endpoint asks for; empty, 0 or no number: it never registers.",
            Evidence::Documented(&ENDPOINT_NET),
        )
        .drives("the expiry of a softphone's registrations"),
    sdk("reg_interval")
        .takes(Kind::NATURAL, Unit::Seconds)
        .default("30", Evidence::Recalled)
        .means(
            "Pause before a new registration cycle while the proxy is down; with UDP it must be \
             above 0 for another proxy to be tried. The default is 0 or 30, depending on the build.",
            Evidence::Documented(&ENDPOINT_PROXY),
        )
        .drives("the fixed retry interval of a softphone"),
    sdk("sip_transaction_timeout")
        .takes(Kind::Integer { least: 1, most: 32_000 }, Unit::Milliseconds)
        .default("32000", Evidence::Documented(&ENDPOINT_PROXY))
        .means(
            "Timers B and F: a transaction without an answer fails after this time. The vendor \
             recommends 4000.",
            Evidence::Documented(&ENDPOINT_PROXY),
        )
        .drives("the transaction timeout of a softphone"),
];
