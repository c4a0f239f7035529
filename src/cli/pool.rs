//! The threads that replications run on; no result depends on their number.

use rayon::ThreadPool;

use super::failure::Failure;

/// Number of threads; 0: as many as the machine has.
#[must_use]
pub(super) fn threads(asked: usize) -> usize {
    let own = || std::thread::available_parallelism().map_or(1, usize::from);
    if asked == 0 { own() } else { asked }
}

/// The threads that replications run on.
///
/// # Errors
/// [`Failure::World`] if they cannot be had.
pub(super) fn pool(threads: Option<u16>) -> Result<ThreadPool, Failure> {
    let builder = rayon::ThreadPoolBuilder::new().num_threads(threads.map_or(0, usize::from));
    builder.build().map_err(|error| Failure::World(format!("cannot start threads: {error}")))
}
