//! The keys of a registrar: what it grants, and what it can take. What they mean is said by the option catalogue.

use super::Absent::{Default, Means};
use super::Shape::{Choice, Count, Duration, DurationOrZero, Flag, Fraction, Law, Rate};
use super::{TableDef, listed};
use crate::options::registrar::{
    CAPACITY, CHALLENGE, DUPLICATE_COST, EXPIRES_DEVIATION, EXPIRES_MAX, EXPIRES_MIN, OVERLOAD,
    OVERLOADS, QUEUE_LIMIT, REFRESHES, REFRESHES_COUNTED, RETRY_AFTER, SERVICE, SERVICES,
};

/// `[site.NAME.registrar]`.
pub static REGISTRAR: TableDef = TableDef {
    header: "[site.NAME.registrar]",
    name: "registrar",
    doc: "The registrar of a site. It answers when the SIP Server pair of the site serves.",
    keys: &[
        listed(&EXPIRES_MIN, Duration, Means("none")),
        listed(&EXPIRES_MAX, Duration, Means("none")),
        listed(&EXPIRES_DEVIATION, DurationOrZero, Default("\"0s\"")),
        listed(&CAPACITY, Rate, Means("unlimited")),
        listed(&SERVICE, Choice(SERVICES), Default("\"constant\"")),
        listed(&CHALLENGE, Flag, Default("false")),
        listed(&DUPLICATE_COST, Fraction, Default("\"100%\"")),
        listed(&QUEUE_LIMIT, Count(0, 1 << 30), Means("none")),
        listed(&OVERLOAD, Choice(OVERLOADS), Default("\"queue\"")),
        listed(&REFRESHES_COUNTED, Choice(REFRESHES), Default("\"in-storms\"")),
        listed(&RETRY_AFTER, Law, Means("none")),
    ],
    vendor: false,
};
