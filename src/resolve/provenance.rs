//! Where the effective vendor options of some agents come from, for people to read.

use crate::diagnostic::TextSpan;
use crate::options::{self, Entry, Family};
use crate::scenario::document::{Class, Level};

use super::phones;

/// One effective option.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectiveOption {
    /// Exact vendor name.
    pub name: &'static str,
    /// The value in the vendor's unit, or as written; empty: none.
    pub value: String,
    /// Where it comes from.
    pub level: Level,
    /// The Tenant, Agent Group or Person; empty for the others.
    pub holder: String,
    /// Where it is written; `None`: nowhere.
    pub span: Option<TextSpan>,
    /// Whether what is written cannot be used, so that `value` is the default.
    pub refused: bool,
    /// Whether the simulator takes it into account.
    pub modelled: bool,
}

/// The options of a class of agents, in the order of the catalogue.
pub(super) fn options(class: &Class<'_>) -> Vec<EffectiveOption> {
    let of_agents = |entry: &&Entry| match entry.family {
        Family::DisasterRecovery | Family::WarmStandby => {
            entry.places.contains(&options::Place::Person)
        }
        Family::SipEndpoint => true,
        _ => false,
    };
    options::all().filter(of_agents).map(|entry| option(class, entry)).collect()
}

fn option(class: &Class<'_>, entry: &'static Entry) -> EffectiveOption {
    let effective = class.effective(entry.name);
    let setting = effective.setting;
    let written = setting.and_then(|setting| setting.option.text());
    let value = if effective.refused { None } else { written };
    // Without a default, an option that is not set says nothing.
    let says = setting.is_some() || !entry.default.is_empty();
    let own_phone = phones::VENDOR.contains(&entry.name) && class.phone().is_some();
    EffectiveOption {
        name: entry.name,
        value: value.unwrap_or_else(|| entry.default.to_owned()),
        level: setting.map_or(Level::Default, |setting| setting.level),
        holder: setting.map_or(String::new(), |setting| setting.holder.to_owned()),
        span: setting.map(|setting| setting.option.value.span),
        refused: effective.refused,
        modelled: entry.drives.is_some_and(|drives| !drives.starts_with("check"))
            && !own_phone
            && says,
    }
}
