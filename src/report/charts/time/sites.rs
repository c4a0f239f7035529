//! Which sites are drawn, and whether together or each in a plot of its own.

use crate::measures::{Results, SiteResults};
use crate::model::Model;
use crate::report::words;

/// Most sites whose lines share a plot.
const TOGETHER: usize = 4;

/// The sites that are drawn, by position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Drawn {
    pub(super) sites: Vec<usize>,
    /// Sites that saw nothing and are left out.
    left_out: usize,
}

impl Drawn {
    /// Every site at which something happened; with few sites all of them.
    pub(super) fn new(results: &Results) -> Self {
        let all = results.sites.len();
        let stirred: Vec<usize> = (0..all).filter(|n| is_stirred(&results.sites[*n])).collect();
        let sites = match stirred.len() {
            _ if all <= TOGETHER => (0..all).collect(),
            0 => (0..TOGETHER).collect(),
            _ => stirred,
        };
        Self { left_out: all - sites.len(), sites }
    }

    /// Whether they share a plot.
    pub(super) fn are_together(&self) -> bool {
        self.sites.len() <= TOGETHER
    }

    /// A sentence on those that are left out, if any.
    pub(super) fn note(&self) -> String {
        match self.left_out {
            0 => String::new(),
            number => {
                let sites = words::counted(number as u64, "site", "sites");
                format!(" Nothing happened at {sites} more.")
            }
        }
    }
}

/// Whether the number in service ever changed, any agent was out of service, or any agent logged in
/// or registered again.
fn is_stirred(site: &SiteResults) -> bool {
    let out = || site.timeline.out.iter().chain(&site.timeline.switching);
    site.level.least != site.level.most
        || out().any(|time| *time > 0)
        || site.peak_logins > 0
        || site.peak_registers > 0
}

/// The name of a site, short enough for a legend.
pub(super) fn name(model: &Model, site: usize) -> &str {
    &model.sites[site].name
}
