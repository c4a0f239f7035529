//! The program: everything it does stands in the library, so that tests can see it.

use std::process::ExitCode;

fn main() -> ExitCode {
    switchover::cli::main()
}
