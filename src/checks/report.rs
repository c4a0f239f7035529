//! Collecting findings: equal ones of several agents become one, and an error remembers whom it
//! costs disaster recovery. It does not know what is checked.

use std::collections::{BTreeMap, BTreeSet};

use super::Findings;
use super::scene::Agents;
use crate::diagnostic::{Diagnostic, TextSpan};
use crate::model::Kind;
use crate::scenario::DrOff;

/// The key of a finding: findings with the same key are equal.
type Key = (&'static str, TextSpan, String);

/// Agents that a finding calls by name.
const NAMED: usize = 2;

/// A finding and the agents that it concerns.
struct Finding {
    diagnostic: Diagnostic,
    /// The classes of agents by number.
    concerned: BTreeSet<usize>,
    /// What the first of them are called.
    named: Vec<String>,
}

/// The findings so far.
#[derive(Default)]
pub(super) struct Report {
    found: BTreeMap<Key, Finding>,
    off: DrOff,
}

impl Report {
    /// Adds a finding that concerns no agent in particular.
    pub(super) fn add(&mut self, diagnostic: Diagnostic) {
        self.entry(diagnostic);
    }

    /// Adds a finding about some agents; an error costs them disaster recovery.
    pub(super) fn add_for(&mut self, agents: &Agents, diagnostic: Diagnostic) {
        if diagnostic.is_error() {
            self.off.agents.insert(agents.index);
        }
        self.note_for(agents, diagnostic);
    }

    /// Adds a finding about some agents; an error costs them disaster recovery on one connection.
    pub(super) fn add_for_connection(
        &mut self,
        agents: &Agents,
        kind: Kind,
        diagnostic: Diagnostic,
    ) {
        if kind == Kind::Sip {
            return self.add_for(agents, diagnostic);
        }
        if diagnostic.is_error() {
            self.off.connections.insert((agents.index, kind));
        }
        self.note_for(agents, diagnostic);
    }

    /// Adds a finding about some agents that costs them nothing: the product uses a default.
    pub(super) fn note_for(&mut self, agents: &Agents, diagnostic: Diagnostic) {
        let finding = self.entry(diagnostic);
        if finding.concerned.insert(agents.index) && finding.named.len() < NAMED {
            finding.named.push(agents.class.describe());
        }
    }

    fn entry(&mut self, diagnostic: Diagnostic) -> &mut Finding {
        let key = (diagnostic.code, diagnostic.primary.span, diagnostic.message.clone());
        let (concerned, named) = (BTreeSet::new(), Vec::new());
        self.found.entry(key).or_insert(Finding { diagnostic, concerned, named })
    }

    /// The findings in the order in which they are shown, and what they cost which agents.
    pub(super) fn close(self) -> Findings {
        let mut diagnostics: Vec<_> = self.found.into_values().map(Finding::close).collect();
        crate::diagnostic::sort(&mut diagnostics);
        Findings { diagnostics, off: self.off }
    }
}

impl Finding {
    /// Says at the primary place which agents it concerns.
    fn close(self) -> Diagnostic {
        let Some(who) = several(&self.named, self.concerned.len()) else { return self.diagnostic };
        let label = match self.diagnostic.primary.text.as_str() {
            "" => format!("for {who}"),
            text => format!("{text}, for {who}"),
        };
        self.diagnostic.label(label)
    }
}

/// The first two of several by name, and how many more.
fn several(names: &[String], number: usize) -> Option<String> {
    Some(match names {
        [] => return None,
        [one] => one.clone(),
        [one, two, ..] if number > NAMED => format!("{one}, {two} and {} more", number - NAMED),
        [one, two, ..] => format!("{one} and {two}"),
    })
}
