//! A story as plain text: a heading per episode, a line per sentence with its time.

use std::fmt::Write;

use super::clock::{exact, since_start};
use super::{Episode, Story};

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

impl Episode {
    fn write(&self, out: &mut String) {
        let _ = write!(out, "\n{} ({}", self.title, since_start(self.from));
        if self.to > self.from {
            let _ = write!(out, " to {}", since_start(self.to));
        }
        out.push_str(")\n");
        let times = |at| (since_start(at), format!("{} s", exact(at)));
        let widths = self.lines.iter().map(|line| times(line.at));
        let widths = widths.fold((0, 0), |(a, b), (x, y)| (a.max(x.len()), b.max(y.len())));
        let mut previous = None;
        for line in &self.lines {
            let fresh = previous != Some(line.at);
            let (since, secs) = if fresh { times(line.at) } else { Default::default() };
            let _ = writeln!(out, "  {since:>0$}  {secs:>1$}  {2}", widths.0, widths.1, line.text);
            previous = Some(line.at);
        }
        for verdict in &self.verdict {
            let _ = writeln!(out, "  -> {verdict}");
        }
    }
}
