//! Vendor sections: options by their exact names, values as written.

use super::Spanned;
use crate::scenario::tree::Node;

/// The section of the agents' options, and of a server object's annex.
pub const INTERACTION_WORKSPACE: &str = "interaction-workspace";

/// The section of SIP Server's own options.
pub const TSERVER: &str = "TServer";

/// One option as written. TOML's dotted keys are joined again: `disaster-recovery.timeout`.
#[derive(Clone, Debug)]
pub struct VendorOption {
    /// Section that it is in.
    pub section: String,
    /// Name; the span covers the whole dotted key.
    pub name: Spanned<String>,
    /// Value, of whatever type.
    pub value: Node,
}

/// The vendor options of one object, in the order of declaration.
#[derive(Clone, Debug, Default)]
pub struct Sections {
    /// The options of all sections.
    pub options: Vec<VendorOption>,
}

impl Sections {
    /// The option of that exact name in that section.
    #[must_use]
    pub fn get(&self, section: &str, name: &str) -> Option<&VendorOption> {
        self.options.iter().find(|o| o.section == section && o.name.value == name)
    }

    /// An option of `interaction-workspace`.
    #[must_use]
    pub fn workspace(&self, name: &str) -> Option<&VendorOption> {
        self.get(INTERACTION_WORKSPACE, name)
    }
}

impl VendorOption {
    /// The value as the vendor would store it: strings without quotes, trimmed at neither end.
    /// `None` for an array, a table or a date.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        self.value.scalar_text()
    }
}
