//! A story as plain text: a heading per episode, a line per sentence with its time.

use std::fmt::Write;

use super::clock::{exact, since_start};
use super::{Episode, Line, Story};

impl Story {
    /// The story for a terminal.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = format!("{} {}.\n", self.agent, self.introduction);
        if self.episodes.is_empty() {
            out.push_str("\nNothing in this run affected this agent.\n");
            return out;
        }
        for episode in &self.episodes {
            episode.write(&mut out);
        }
        if !self.closing.is_empty() {
            let _ = write!(out, "\n{}\n", self.closing);
        }
        out
    }
}

/// When it is: local time where that is known, since the start, and in exact seconds.
fn times(line: &Line) -> [String; 3] {
    let local = line.local.clone().unwrap_or_default();
    [local, since_start(line.at), format!("{} s", exact(line.at))]
}

impl Episode {
    fn write(&self, out: &mut String) {
        let _ = write!(out, "\n{} ({}", self.title, since_start(self.from));
        if self.to > self.from {
            let _ = write!(out, " to {}", since_start(self.to));
        }
        out.push_str(")\n");
        let mut width = [0; 3];
        for line in &self.lines {
            let own = times(line).map(|time| time.len());
            width = std::array::from_fn(|column| width[column].max(own[column]));
        }
        let mut previous = None;
        for line in &self.lines {
            let fresh = previous != Some(line.at);
            let own = if fresh { times(line) } else { Default::default() };
            for (time, width) in own.iter().zip(width).filter(|(_, width)| *width > 0) {
                let _ = write!(out, "  {time:>width$}");
            }
            let _ = writeln!(out, "  {}", line.text);
            previous = Some(line.at);
        }
        for verdict in &self.verdict {
            let _ = writeln!(out, "  -> {verdict}");
        }
    }
}
