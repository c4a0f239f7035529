//! The program: everything it does is in the library, so that tests can see it.

use std::process::ExitCode;

fn main() -> ExitCode {
    switchover::cli::main()
}
