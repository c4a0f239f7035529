//! Keep-alive of connections, and the settings that every server object has.

use super::entry::{Entry, Evidence, Family, Kind, Place, Unit};
use super::sources::{ADDP_HOST, WORKSPACE_DR};

const fn connection(name: &'static str) -> Entry {
    Entry::new(Family::Connection, "addp", &[Place::Connection], name)
}

const fn info(name: &'static str) -> Entry {
    Entry::new(Family::Connection, "Server Info", &[Place::ServerInfo], name)
}

pub(super) const TABLE: &[Entry] = &[
    connection("addp-timeout")
        .takes(Kind::NATURAL, Unit::Seconds)
        .default("9", Evidence::Documented(&ADDP_HOST))
        .means(
            "After this silence a poll is sent; a second silence of the same length is a loss, so \
             a silent death is noticed after one to two timeouts. 0: off. The default holds between \
             Solution Control Server and Local Control Agent; for desktops none is documented.",
            Evidence::Documented(&ADDP_HOST),
        )
        .drives("the detection of silent losses, where the scenario names no other law"),
    connection("addp-remote-timeout")
        .takes(Kind::NATURAL, Unit::Seconds)
        .default("0", Evidence::Documented(&ADDP_HOST))
        .means("The same clock on the server's side. 0: off.", Evidence::Documented(&ADDP_HOST)),
    info("Reconnect Timeout")
        .takes(Kind::POSITIVE, Unit::Seconds)
        .default("10", Evidence::Recalled)
        .means(
            "The pause of a desktop between two rounds at this pair, in place of \
             warm-standby.retry-delay; `reconnect-timeout` of [server.NAME] in a scenario.",
            Evidence::Documented(&WORKSPACE_DR),
        )
        .drives("the pause between two rounds at the pair"),
    info("Startup Timeout")
        .takes(Kind::POSITIVE, Unit::Seconds)
        .default("90", Evidence::Recalled)
        .means(
            "The time that the management layer allows for the start of a server.",
            Evidence::Recalled,
        ),
];
