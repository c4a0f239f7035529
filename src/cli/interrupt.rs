//! Ctrl-C: stops at once while nothing is on the disk, else at the next write, so that what is
//! half-written can be cleared up. It is answered at once either way. Asked twice, it stops at once
//! and leaves hidden what it has begun.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::failure::{Failure, Outcome};
use super::terminal;

/// Whether the user asked to stop.
static ASKED: AtomicBool = AtomicBool::new(false);

/// How many things are being written that must be cleared up. The handler holds this lock when it
/// ends the program, so no thread can begin to write in that time.
static WRITING: Mutex<u32> = Mutex::new(0);

fn writing() -> MutexGuard<'static, u32> {
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Listens for Ctrl-C and requests to terminate, for the rest of the program.
pub(super) fn listen() -> Outcome {
    let listening = ctrlc::set_handler(|| {
        let again = ASKED.swap(true, Ordering::SeqCst);
        let writing = writing();
        if *writing == 0 {
            terminal::say(&format!("\n{}", Failure::Interrupted));
        } else if again {
            terminal::say("\nerror: interrupted; what lies in `.switchover-...` may be deleted");
        } else {
            terminal::say(
                "\nstopping as soon as finished work is safe; Ctrl-C again stops at once",
            );
            return;
        }
        std::process::exit(130);
    });
    listening.map_err(|error| Failure::World(format!("cannot listen for Ctrl-C: {error}")))?;
    survive_file_limits();
    Ok(())
}

/// A file that grows beyond the limit of the session is an error of that write, which is reported
/// and cleared up, instead of a signal that ends the program.
fn survive_file_limits() {
    #[cfg(unix)]
    {
        let seen = std::sync::Arc::new(AtomicBool::new(false));
        // Where the signal cannot be caught, the system's own way stays.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, seen);
    }
}

/// Says that from now on, until the guard is dropped, there is something to clear up.
#[must_use]
pub(super) fn begin_writing() -> Writing {
    *writing() += 1;
    Writing
}

/// While this exists, an interruption waits for the next [`check`].
#[derive(Debug)]
pub(super) struct Writing;

impl Drop for Writing {
    fn drop(&mut self) {
        *writing() -= 1;
    }
}

/// Whether the user asked to stop.
pub(super) fn is_asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}

/// Fails if the user asked to stop.
pub(super) fn check() -> Outcome {
    if is_asked() { Err(Failure::Interrupted) } else { Ok(()) }
}
