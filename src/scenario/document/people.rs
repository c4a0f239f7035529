//! Tenants, Agent Groups, Persons and the locations where they sit, as written.

use super::{Sections, Spanned};
use crate::model::Weekly;
use crate::scenario::units::Fraction;
use crate::time::Span;

/// `[tenant.NAME]`.
#[derive(Clone, Debug)]
pub struct Tenant {
    /// Name.
    pub name: Spanned<String>,
    /// Its vendor sections.
    pub sections: Sections,
}

/// `[location.NAME]`.
#[derive(Clone, Debug)]
pub struct Location {
    /// Name.
    pub name: Spanned<String>,
    /// `nat-timeout`: when its NAT forgets a UDP session (check V48 only).
    pub nat_timeout: Option<Spanned<Span>>,
    /// Implied because none is declared.
    pub implicit: bool,
}

/// `[agent-group.NAME]`.
#[derive(Clone, Debug)]
pub struct AgentGroup {
    /// Name.
    pub name: Spanned<String>,
    /// Number of agents beside the named Persons; 0 if not written.
    pub agents: Option<Spanned<u32>>,
    /// Whether that number is known: `agents` is not written at all, or can be used.
    pub counted: bool,
    /// Tenant.
    pub tenant: Option<Spanned<String>>,
    /// Location.
    pub location: Option<Spanned<String>>,
    /// Phone type.
    pub phone: Option<Spanned<String>>,
    /// The Place of its agents: names the SIP Server pair of each site.
    pub place: Option<Spanned<String>>,
    /// Its shifts.
    pub shift: Option<Spanned<Vec<Spanned<Shift>>>>,
    /// `arrive-spread`: how much later than the start of their shift its agents come.
    pub arrive_spread: Option<Spanned<Span>>,
    /// Its vendor sections.
    pub sections: Sections,
}

/// A shift.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// Its windows as written.
    pub text: String,
    /// When it is on.
    pub windows: Vec<Weekly>,
    /// The share of the agents that take it.
    pub share: Option<Fraction>,
}

/// `[person.NAME]`.
#[derive(Clone, Debug)]
pub struct Person {
    /// Name.
    pub name: Spanned<String>,
    /// The group that the person is counted in.
    pub group: Option<Spanned<String>>,
    /// `also-in`: further groups; their options hold where the first group has none.
    pub also_in: Vec<Spanned<String>>,
    /// Location, if not the group's.
    pub location: Option<Spanned<String>>,
    /// Phone type, if not the group's.
    pub phone: Option<Spanned<String>>,
    /// Place, if not the group's.
    pub place: Option<Spanned<String>>,
    /// Agent login ID.
    pub login: Option<Spanned<String>>,
    /// Its shift, if not one of the group's; one at most.
    pub shift: Option<Spanned<Vec<Spanned<Shift>>>>,
    /// The person's vendor sections.
    pub sections: Sections,
}
