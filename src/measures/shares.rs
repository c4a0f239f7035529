//! Whose downtime it is: by fault, by site, by group. Each of the three adds up to the whole.
//!
//! An outage belongs to the last incident that began with it or before it, to the site at which the
//! agent was in service before, and to the agent's group.

use crate::model::{Model, SiteId};
use crate::time::Span;

use super::frame::Frame;
use super::quantity::Total;
use super::rows::AgentRow;

/// Outages and their downtime by cause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Outages.
    pub outages: u64,
    /// Their downtime per cause.
    pub by_cause: [Total; 8],
}

impl Share {
    fn merge(&mut self, other: &Self) {
        self.outages += other.outages;
        self.by_cause.iter_mut().zip(other.by_cause).for_each(|(sum, more)| sum.0 += more.0);
    }

    /// All causes together.
    #[must_use]
    pub fn downtime(&self) -> Total {
        Total(self.by_cause.iter().map(|total| total.0).sum())
    }
}

/// The downtime of all agents, shared out in three ways; nothing in one run of many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// Per declared fault, then per drain; last what began before any incident.
    pub faults: Vec<Share>,
    /// Per site; last that of agents who had been in service nowhere.
    pub sites: Vec<Share>,
    /// Per group.
    pub groups: Vec<Share>,
}

impl Shares {
    /// No outage yet.
    pub(super) fn new(frame: &Frame) -> Self {
        if frame.is_one_of_many() {
            return Self::default();
        }
        let model = frame.model;
        let empty = |number: usize| vec![Share::default(); number];
        Self {
            faults: empty(model.faults.len() + model.drains.len() + 1),
            sites: empty(model.sites.len() + 1),
            groups: empty(model.groups.len()),
        }
    }

    /// Adds an outage that began with or after an incident, and at a site.
    pub(super) fn add(
        &mut self,
        frame: &Frame,
        (incident, site): (Option<usize>, Option<SiteId>),
        by_cause: &[Span; 8],
    ) {
        if self.groups.is_empty() {
            return;
        }
        let fault = incident.map(|incident| frame.incidents[incident].declared(frame.model));
        let site = site.map(SiteId::index);
        let [fault, site] =
            [(&mut self.faults, fault), (&mut self.sites, site)].map(|(all, at)| {
                let last = all.len() - 1;
                &mut all[at.unwrap_or(last)]
            });
        fault.outages += 1;
        site.outages += 1;
        for (cause, span) in by_cause.iter().enumerate() {
            // Most outages have three causes or four.
            if *span != Span::ZERO {
                fault.by_cause[cause].add(*span);
                site.by_cause[cause].add(*span);
            }
        }
    }

    /// Adds all outages of an agent to its group.
    pub(super) fn add_agent(&mut self, group: usize, row: &AgentRow) {
        if let Some(share) = self.groups.get_mut(group) {
            share.outages += u64::from(row.outages);
            share.by_cause.iter_mut().zip(row.by_cause).for_each(|(sum, span)| sum.add(span));
        }
    }

    /// Adds the outages of other agents.
    pub(super) fn merge(&mut self, other: &Self) {
        let pairs = [
            (&mut self.faults, &other.faults),
            (&mut self.sites, &other.sites),
            (&mut self.groups, &other.groups),
        ];
        for (mine, theirs) in pairs {
            mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| mine.merge(theirs));
        }
    }

    /// Every share with what it is of: `fault`, `site` or `group`, and the name; empty: of none.
    pub fn named<'s>(
        &'s self,
        model: &'s Model,
    ) -> impl Iterator<Item = (&'static str, &'s str, &'s Share)> {
        let sites = model.sites.iter().map(|site| site.name.as_str());
        let groups = model.groups.iter().map(|group| group.name.as_str());
        let of = |kind, share: (&'s str, &'s Share)| (kind, share.0, share.1);
        let faults =
            model.strikers().chain([""]).zip(&self.faults).map(move |one| of("fault", one));
        let sites = sites.chain([""]).zip(&self.sites).map(move |one| of("site", one));
        faults.chain(sites).chain(groups.zip(&self.groups).map(move |one| of("group", one)))
    }
}
