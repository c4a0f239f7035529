//! Phone presets: timers that makers publish, as keys of a phone type. The only place where they are
//! listed: the language, its schema, `show` and the pages read them here.
//!
//! A key is here only if a text states it and the scenario language can say it.

use super::entry::Evidence;
use super::sources::{
    AUDIOCODES, AVAYA_IP_OFFICE, AVAYA_J100, CISCO_SPA, ENDPOINT_DR, ENDPOINT_PROXY, OPENSTAGE,
    PANASONIC, POLYCOM, YEALINK,
};

/// A set of keys of a phone type under one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// How `preset` names it.
    pub name: &'static str,
    /// Which phones it is for, and what it leaves open.
    pub meaning: &'static str,
    /// Its keys.
    pub keys: &'static [PresetKey],
}

impl Preset {
    /// Which phones it is for, and that it leaves `mode` open if it does.
    #[must_use]
    pub fn text(&self) -> String {
        let open = "It says nothing of `mode`: without one the phone is registered at both sites.";
        match self.keys.iter().any(|key| key.key == "mode") {
            true => self.meaning.to_owned(),
            false => format!("{} {open}", self.meaning),
        }
    }
}

/// One key of a preset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PresetKey {
    /// Key of `[phone.NAME]`.
    pub key: &'static str,
    /// Its value, as the scenario language writes it.
    pub value: &'static str,
    /// How well it is known.
    pub evidence: Evidence,
}

impl PresetKey {
    /// Its value as `show` writes one: a text without quotation marks.
    #[must_use]
    pub fn shown(&self) -> &'static str {
        self.value.trim_matches('"')
    }
}

const fn key(key: &'static str, value: &'static str, evidence: Evidence) -> PresetKey {
    PresetKey { key, value, evidence }
}

/// The preset of that name.
#[must_use]
pub fn preset(name: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.name == name)
}

const DESK: &str = "\"desk\"";
const PROXY: Evidence = Evidence::Documented(&ENDPOINT_PROXY);
const DUAL: PresetKey = key("mode", "\"dual\"", Evidence::Documented(&ENDPOINT_DR));
const SOFT: PresetKey = key("kind", "\"softphone\"", Evidence::Documented(&ENDPOINT_DR));
const WDE_EXPIRY: PresetKey = key("expiry", "\"1800s\"", Evidence::Recalled);
const J100: Evidence = Evidence::Documented(&AVAYA_J100);
const SPA: Evidence = Evidence::Documented(&CISCO_SPA);
const MEDIANT: Evidence = Evidence::Documented(&AUDIOCODES);
const UNIFY: Evidence = Evidence::Documented(&OPENSTAGE);

/// All presets.
pub const PRESETS: &[Preset] = &[
    Preset {
        name: "wde-endpoint",
        meaning: "Workspace SIP Endpoint with the transaction timeout that the vendor recommends.",
        keys: &[
            SOFT,
            DUAL,
            WDE_EXPIRY,
            key("transaction-timeout", "\"4s\"", PROXY),
            key("retry", "\"30s\"", PROXY),
        ],
    },
    Preset {
        name: "wde-endpoint-default",
        meaning: "Workspace SIP Endpoint with its default timers (`reg_interval` is 0 or 30 s, depending on the build: 30 s).",
        keys: &[
            SOFT,
            DUAL,
            WDE_EXPIRY,
            key("transaction-timeout", "\"32s\"", PROXY),
            key("retry", "\"30s\"", Evidence::Recalled),
        ],
    },
    Preset {
        name: "avaya-j100",
        meaning: "Avaya J100 and 96x1: REGISTERWAIT, WAIT_FOR_REGISTRATION, RECOVERYREGISTERWAIT of 60 s, of which \
                  50 to 90 % at random. How it comes home is a policy of the system.",
        keys: &[
            key("kind", DESK, J100),
            key("expiry", "\"900s\"", J100),
            key("transaction-timeout", "\"32s\"", J100),
            key("retry", "{ uniform = [\"30s\", \"54s\"] }", J100),
        ],
    },
    Preset {
        name: "avaya-j100-ip-office",
        meaning: "The same with the REGISTERWAIT of IP Office.",
        keys: &[
            key("kind", DESK, J100),
            key("expiry", "\"300s\"", Evidence::Documented(&AVAYA_IP_OFFICE)),
            key("transaction-timeout", "\"32s\"", J100),
            key("retry", "{ uniform = [\"30s\", \"54s\"] }", J100),
        ],
    },
    Preset {
        name: "cisco-spa",
        meaning: "Cisco SPA and MPP: Reg Retry Intvl, and Reg Retry Long Intvl after a refusal; the random and the \
                  growing parts are off by default. The expiry is at most 7200 s.",
        keys: &[
            key("kind", DESK, SPA),
            key("retry", "\"30s\"", SPA),
            key("retry-after-refusal", "\"1200s\"", SPA),
        ],
    },
    Preset {
        name: "yealink-at-renewal",
        meaning: "Yealink with a second server and the failback mode that renews at the first one.",
        keys: &[
            key("kind", DESK, Evidence::Documented(&YEALINK)),
            key("mode", "\"failover\"", Evidence::Documented(&YEALINK)),
            key("failback", "\"refresh\"", Evidence::Documented(&YEALINK)),
        ],
    },
    Preset {
        name: "yealink-timer",
        meaning: "Yealink with a second server and the failback mode with a timer, at its default.",
        keys: &[
            key("kind", DESK, Evidence::Documented(&YEALINK)),
            key("mode", "\"failover\"", Evidence::Documented(&YEALINK)),
            key("failback", "\"3600s\"", Evidence::Documented(&YEALINK)),
        ],
    },
    Preset {
        name: "polycom",
        meaning: "Polycom: refreshed at half of the expiry, a retry every 30 to 60 s. The phone comes home as soon as its \
                  first server answers; `failback` has no such value and is left open.",
        keys: &[
            key("kind", DESK, Evidence::Documented(&POLYCOM)),
            key("expiry", "\"3600s\"", Evidence::Documented(&POLYCOM)),
            key("refresh", "\"50%\"", Evidence::Documented(&POLYCOM)),
            key("retry", "{ uniform = [\"30s\", \"60s\"] }", Evidence::Documented(&POLYCOM)),
        ],
    },
    Preset {
        name: "audiocodes",
        meaning: "AudioCodes.",
        keys: &[
            key("kind", DESK, MEDIANT),
            key("expiry", "\"180s\"", MEDIANT),
            key("refresh", "\"50%\"", MEDIANT),
            key("retry", "\"30s\"", MEDIANT),
        ],
    },
    Preset {
        name: "panasonic",
        meaning: "Panasonic KX-HDV and KX-UT. It refreshes at 50 or at 90 % of the expiry, as it is set: `refresh`.",
        keys: &[
            key("kind", DESK, Evidence::Documented(&PANASONIC)),
            key("expiry", "\"3600s\"", Evidence::Documented(&PANASONIC)),
            key("retry", "\"10s\"", Evidence::Documented(&PANASONIC)),
        ],
    },
    Preset {
        name: "unify-openstage",
        meaning: "Unify OpenStage: its default transaction timer, and a random wait of up to the registration back-off \
                  of 60 s.",
        keys: &[
            key("kind", DESK, UNIFY),
            key("transaction-timeout", "\"32s\"", UNIFY),
            key("retry", "{ uniform = [\"0s\", \"60s\"] }", UNIFY),
        ],
    },
    Preset {
        name: "unify-openstage-recommended",
        meaning: "The same with the transaction timer that is recommended for a second server.",
        keys: &[
            key("kind", DESK, UNIFY),
            key("transaction-timeout", "\"3.7s\"", UNIFY),
            key("retry", "{ uniform = [\"0s\", \"60s\"] }", UNIFY),
        ],
    },
];
