//! What Python is asked while the engine works without it: whether there was a Ctrl-C, and now and then whoever
//! wants to know how far it is.

use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use pyo3::prelude::*;

/// Python is asked this often.
const EVERY: Duration = Duration::from_millis(50);

/// Asks from time to time, and remembers the exception that ended it.
pub(crate) struct Waiting {
    last: Mutex<Instant>,
    raised: Mutex<Option<PyErr>>,
}

impl Waiting {
    pub(crate) fn new() -> Self {
        Self { last: Mutex::new(Instant::now()), raised: Mutex::new(None) }
    }

    /// Whether the work is still wanted; costs next to nothing.
    pub(crate) fn is_wanted(&self) -> bool {
        self.told(|_| Ok(()))
    }

    /// Whether an experiment goes on; `progress` hears how many replications are done.
    pub(crate) fn goes_on(&self, progress: Option<&Py<PyAny>>, done: u64) -> ControlFlow<()> {
        let wanted = self.told(|py| match progress {
            Some(progress) => progress.call1(py, (done,)).map(|_| ()),
            None => Ok(()),
        });
        if wanted { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    /// Asks Python, if it is time to: for signals, then `tell`.
    fn told(&self, tell: impl FnOnce(Python<'_>) -> PyResult<()>) -> bool {
        if !self.is_time() {
            return true;
        }
        let heard = Python::attach(|py| py.check_signals().and_then(|()| tell(py)));
        let raised = heard.err();
        let wanted = raised.is_none();
        if !wanted {
            *self.raised.lock().unwrap_or_else(PoisonError::into_inner) = raised;
        }
        wanted
    }

    /// The exception that ended the work.
    pub(crate) fn raised(&self) -> Option<PyErr> {
        self.raised.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn is_time(&self) -> bool {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let is_time = last.elapsed() >= EVERY;
        if is_time {
            *last = Instant::now();
        }
        is_time
    }
}
