//! Switches, DNs and Places as written. All optional: what is not declared is assumed to be
//! consistent.

use super::{Sections, Spanned};

/// `[switch.NAME]`.
#[derive(Clone, Debug)]
pub struct Switch {
    /// Name.
    pub name: Spanned<String>,
    /// The (primary) SIP Server object that controls it.
    pub server: Option<Spanned<String>>,
    /// Agent logins on this switch.
    pub agent_logins: Option<Vec<Spanned<String>>>,
    /// Its DNs.
    pub dns: Vec<Dn>,
}

/// `[switch.NAME.dn.NUMBER]`.
#[derive(Clone, Debug)]
pub struct Dn {
    /// Number (a trunk's: its name).
    pub number: Spanned<String>,
    /// `type`, such as `extension`, `acd-position`, `trunk`.
    pub kind: Option<Spanned<String>>,
    /// The DR number.
    pub dr_number: Option<Spanned<String>>,
    /// Media of the DN.
    pub media: Option<Vec<Spanned<String>>>,
    /// A trunk's contact: an address of the other side.
    pub contact: Option<Spanned<String>>,
    /// Its vendor sections (`TServer`).
    pub sections: Sections,
}

/// A DN named by its switch and number.
#[derive(Clone, Debug)]
pub struct DnReference {
    /// Switch.
    pub switch: Spanned<String>,
    /// Number.
    pub number: Spanned<String>,
}

/// `[place.NAME]`.
#[derive(Clone, Debug)]
pub struct Place {
    /// Name.
    pub name: Spanned<String>,
    /// Its DNs, on all switches.
    pub dns: Vec<DnReference>,
}
