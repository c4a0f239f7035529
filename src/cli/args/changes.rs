//! Changes of a scenario on the command line, the same for every command that reads one.

use clap::Args;

use crate::scenario::set::Setting;

/// Settings in place of the scenario's own.
#[derive(Debug, Default, Args)]
pub struct Changes {
    /// Use this value instead of the scenario's (repeatable)
    #[arg(long = "set", value_name = "PATH=VALUE", value_parser = Setting::parse)]
    pub set: Vec<Setting>,
}
