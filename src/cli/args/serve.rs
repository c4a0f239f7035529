//! The arguments of `serve`, as typed. What they mean is the command's matter.

use std::path::PathBuf;

use clap::{Args, ValueHint};

/// Arguments of `serve`.
#[derive(Debug, Args)]
#[command(after_help = "\
The address is printed on standard output; open it in a browser on this machine. It holds a secret \
that is made at every start: other pages cannot use the program. Without FILE the starter scenario is \
opened, and Save downloads it. Ctrl-C ends the program, also while the page is open.

Examples:
  switchover serve scenario.toml
  switchover serve scenario.toml --port 8080
  switchover init centre.toml && switchover serve centre.toml")]
pub struct Serve {
    /// The scenario file [default: the starter scenario]
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: Option<PathBuf>,
    /// Listen on this port of the loopback interface [default: a free one]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub port: Option<u16>,
    /// Number of threads; the result does not depend on it [default: as many as there are]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}
