//! SIP Server, section `TServer`: Business Continuity and high availability.

use super::entry::{Effect, Entry, Evidence, Family, Kind, Place, Unit};
use super::sources::{SIP_BC, SIP_BC_810, SIP_HA, SIP_HA_OTHER, SIP_SHARED_LINE};

const fn option(name: &'static str, places: &'static [Place]) -> Entry {
    Entry::new(Family::Server, "TServer", places, name)
}

const SERVER: &[Place] = &[Place::SipServer];
const SERVER_DN: &[Place] = &[Place::SipServer, Place::Dn];

pub(super) const TABLE: &[Entry] = &[
    option("dr-forward", SERVER_DN)
        .takes(Kind::OneOf(&["off", "oos", "no-agent"]), Unit::None)
        .default("off", Evidence::Documented(&SIP_BC_810))
        .effect(Effect::AtOnce, Evidence::Documented(&SIP_BC_810))
        .means(
            "Where a call for a DN goes: off, always the own switch; oos, the DR peer if the \
             endpoint is out of service; no-agent, the peer if no agent is logged in on the DN \
             (meant for ALU 4000 phones only).",
            Evidence::Documented(&SIP_BC_810),
        )
        .drives("checks V32 and V33"),
    option("dr-peer-trunk", SERVER)
        .takes(Kind::Text, Unit::None)
        .default("", Evidence::Documented(&SIP_BC_810))
        .means(
            "Name of the Trunk DN to the DR peer; set: this server is one of a DR pair.",
            Evidence::Documented(&SIP_BC_810),
        )
        .drives("check V31"),
    option("dr-peer-location", &[Place::TrunkDn])
        .takes(Kind::Text, Unit::None)
        .default("", Evidence::Recalled)
        .means(
            "At a third site: name of the DR peer's switch, so that both trunks count as one \
             destination.",
            Evidence::Recalled,
        ),
    option("sip-port", SERVER)
        .takes(Kind::Integer { least: 1, most: 65_535 }, Unit::None)
        .default("5060", Evidence::Recalled)
        .means("Port on which the server takes SIP messages.", Evidence::Recalled),
    option("registrar-default-timeout", SERVER)
        .takes(Kind::POSITIVE, Unit::Seconds)
        .default("1800", Evidence::Recalled)
        .means("Expiry of a registration that asks for none.", Evidence::Recalled),
    option("shutdown-sip-reject-code", SERVER)
        .takes(Kind::Integer { least: 300, most: 603 }, Unit::None)
        .default("603", Evidence::Documented(&SIP_BC_810))
        .means(
            "Answer to new calls during a graceful shutdown; 300, 301 or 302 with dr-peer-trunk \
             names the peer.",
            Evidence::Documented(&SIP_BC_810),
        ),
    option("sca-preferred-site", &[Place::Dn]).takes(Kind::SiteName, Unit::None).means(
        "Shared-line DN: which DR peer distributes its calls.",
        Evidence::Documented(&SIP_SHARED_LINE),
    ),
    option("connect-nailedup-on-login", SERVER_DN)
        .takes(Kind::Text, Unit::None)
        .default("", Evidence::Documented(&SIP_BC))
        .means("Nailed-up leg that is set up at login.", Evidence::Documented(&SIP_BC)),
    option("disconnect-nailedup-timeout", SERVER_DN)
        .takes(Kind::NATURAL, Unit::Seconds)
        .default("0", Evidence::Documented(&SIP_BC))
        .means("Idle time after which a nailed-up leg is dropped.", Evidence::Documented(&SIP_BC)),
    option("backup-init-check", SERVER)
        .takes(Kind::Boolean, Unit::None)
        .default("false", Evidence::Documented(&SIP_HA))
        .means("The backup verifies that it could take over.", Evidence::Documented(&SIP_HA)),
    option("backup-init-check-timeout", SERVER)
        .takes(Kind::Integer { least: 15, most: 3600 }, Unit::Seconds)
        .default("60", Evidence::Documented(&SIP_HA))
        .means("Time allowed for that check.", Evidence::Documented(&SIP_HA)),
    option("backup-sip-port-check", SERVER)
        .takes(Kind::Boolean, Unit::None)
        .default("true", Evidence::Documented(&SIP_HA))
        .means("The backup opens the SIP port to test it.", Evidence::Documented(&SIP_HA)),
    option("sip-pass-check", SERVER)
        .takes(Kind::Boolean, Unit::None)
        .default("false", Evidence::Recalled)
        .means(
            "The primary asks for a failover after silence on its SIP network card.",
            Evidence::Documented(&SIP_HA_OTHER),
        ),
    option("agent-logout-on-unreg", SERVER_DN)
        .takes(Kind::Boolean, Unit::None)
        .default("false", Evidence::Recalled)
        .means(
            "Whether an agent whose desktop is lost is logged out; with false a ghost stays.",
            Evidence::Recalled,
        ),
    option("logout-on-out-of-service", SERVER_DN)
        .takes(Kind::Boolean, Unit::None)
        .default("false", Evidence::Recalled)
        .means("Whether an agent whose phone is out of service is logged out.", Evidence::Recalled),
];
