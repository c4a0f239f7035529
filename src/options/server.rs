//! Options of SIP Proxy, of devices and of Configuration Server that affect failover.

use super::entry::{Entry, Evidence, Family, Kind, Place, Unit};
use super::sources::{CONFIG_PROXY, SIP_OVERLOAD, SIP_PROXY_HA};

const fn proxy(name: &'static str) -> Entry {
    Entry::new(Family::Server, "SIP Proxy", &[Place::SipProxy], name)
}

const fn device(name: &'static str) -> Entry {
    Entry::new(Family::Server, "DN", &[Place::Dn, Place::TrunkDn], name)
}

pub(super) const TABLE: &[Entry] = &[
    proxy("oos-check").takes(Kind::NATURAL, Unit::Seconds).means(
        "Interval of the OPTIONS messages from SIP Proxy to the active SIP Server; 5 to 10 s \
             is usual.",
        Evidence::Documented(&SIP_PROXY_HA),
    ),
    proxy("oos-force").takes(Kind::NATURAL, Unit::Seconds).means(
        "After silence both members are asked in turn at this interval until one answers; 2 \
             to 5 s is usual.",
        Evidence::Documented(&SIP_PROXY_HA),
    ),
    device("oos-check")
        .takes(Kind::NATURAL, Unit::Seconds)
        .default("0", Evidence::Recalled)
        .means("Interval of the OPTIONS messages to a device; 0: off.", Evidence::Recalled),
    device("oos-force").takes(Kind::NATURAL, Unit::Seconds).default("0", Evidence::Recalled).means(
        "Time after which a device that does not answer is out of service; 0: off.",
        Evidence::Recalled,
    ),
    device("recovery-timeout")
        .takes(Kind::NATURAL, Unit::Seconds)
        .default("0", Evidence::Recalled)
        .means(
            "Time after which a device that is out of service is tried again; 0: off.",
            Evidence::Recalled,
        ),
    Entry::new(Family::Server, "overload", &[Place::SipServer], "log-reduce-cpu-threshold")
        .takes(Kind::Integer { least: 0, most: 100 }, Unit::None)
        .default("0", Evidence::Documented(&SIP_OVERLOAD))
        .means(
            "Processor load in per cent above which the log level is lowered; sampled every 10 s. \
             0: off.",
            Evidence::Documented(&SIP_OVERLOAD),
        ),
    Entry::new(Family::Server, "system", &[Place::ConfigServer], "proxy-load-max")
        .takes(Kind::NATURAL, Unit::None)
        .default("0", Evidence::Documented(&CONFIG_PROXY))
        .means(
            "Number of Configuration Server Proxies that may reload at once; 0: no limit.",
            Evidence::Documented(&CONFIG_PROXY),
        ),
];
