//! A bar on standard error with an estimate of the time left; nothing without a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::terminal;

/// How far the work has come.
#[derive(Debug)]
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// A bar for this many agents, shown unless `quiet` or standard error is no terminal.
    #[must_use]
    pub(super) fn of_agents(agents: u32, quiet: bool) -> Self {
        if quiet || !terminal::is_watched() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new(u64::from(agents));
        let template = "{bar:40} {human_pos} of {human_len} agents, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(250));
        Self(bar)
    }

    /// This many more are done.
    pub(super) fn advance(&self, agents: u32) {
        self.0.inc(u64::from(agents));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
