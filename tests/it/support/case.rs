//! A small adversarial scenario as plain numbers that shrink well, and the model it stands for.
//! Numbers that name a thing are taken modulo how many there are, so every case is valid.

use switchover::model::{
    AgentId, Clock, Cohort, Desktop, Drain, Failback, Failover, Fault, Group, GroupId, Host,
    HostId, Impairment, Kind, Location, LocationId, MIDNIGHT, Member, Model, OtherLoss, Pair,
    PairId, Phone, Planes, Policy, Preempt, Profile, ProfileId, Registrar, RegistrarFault,
    RestoreWhen, Retry, Role, Schedule, Seat, Shift, ShiftId, Site, SiteId, Split, Style, Target,
    WhatIf,
};
use switchover::scenario::calendar;
use switchover::time::{Span, Time};

use crate::builder::one_message_in;

/// Everything about a scenario.
#[derive(Clone, Debug)]
pub struct Case {
    pub seed: u64,
    pub horizon_s: i64,
    pub clock: Span,
    /// A start in Berlin in place of it, shortly before a change of the clocks.
    pub start: Option<&'static str>,
    pub locations: u32,
    pub sites: Vec<SiteCase>,
    /// Members of all pairs of a site share two hosts.
    pub shared_hosts: bool,
    pub failover: Failover,
    pub preempt: Option<Preempt>,
    pub split: Split,
    pub agents: Vec<AgentsCase>,
    pub desktop: Desktop,
    pub policy: Policy,
    pub what_if: WhatIf,
    pub faults: Vec<(Vec<TargetCase>, Schedule, Impairment)>,
    pub drains: Vec<DrainCase>,
}

/// A site: whether each pair has a backup.
#[derive(Clone, Debug)]
pub struct SiteCase {
    pub login_gap: Option<Span>,
    pub reconnect_gap: Option<Span>,
    pub sip: Vec<bool>,
    pub stat: Option<bool>,
    pub config: Option<bool>,
    pub reconnect: Option<Span>,
    pub registrar: Registrar,
    pub backup_delay: Span,
    /// The backups of its pairs are at the next site.
    pub stretched: bool,
}

/// A cohort of equal agents.
#[derive(Clone, Debug)]
pub struct AgentsCase {
    pub count: u32,
    pub location: u32,
    pub preferred: u32,
    /// How many sites further the peer is, if there is one.
    pub peer: Option<u32>,
    pub sip: u32,
    pub other_dr: bool,
    pub dr_timeout: Span,
    pub phone_timeout: Span,
    pub auto_restore: bool,
    pub random_delay_range: Span,
    pub retry_delay: Vec<Span>,
    pub open_timeout: Option<Span>,
    pub phone: Phone,
    /// The last of the cohort is a person of the group, named.
    pub person: bool,
    /// They take these shifts in turn.
    pub shifts: Vec<Shift>,
}

/// What a fault takes down.
#[derive(Clone, Copy, Debug)]
pub enum TargetCase {
    Process(u32, Role),
    Hang(u32, Role),
    Host(u32),
    Site(u32),
    Path(u32, u32, Planes),
    Location(u32, Planes),
    InterSite,
    Logins(u32),
    Power(u32),
    Registrar(u32, RegistrarFault),
    HaLink(u32),
    PoorPath(u32, u32, Planes),
    PoorLocation(u32, Planes),
}

/// A drain, in seconds.
#[derive(Clone, Copy, Debug)]
pub struct DrainCase {
    pub site: u32,
    pub at_s: i64,
    pub grace_s: i64,
    pub stopped_s: i64,
}

/// What a case is made to meet more often.
#[derive(Clone, Copy, Debug)]
pub enum Bias {
    /// A failover phone that registers at an instant of the probe grid.
    Grid,
    /// A desk phone whose only registration moves.
    Desk,
    /// A connection that is restored while its site is drained.
    Drain,
    /// Phones that start together and ask a registrar with a capacity.
    Power,
    /// Phones that follow to slow registrars, and desktops that leave because of it.
    Storm,
}

impl Case {
    /// The model that the case stands for.
    pub fn model(&self) -> Model {
        let mut model = self.places();
        for (number, site) in (0..).zip(&self.sites) {
            self.add_pairs(&mut model, SiteId(number), site);
        }
        for agents in &self.agents {
            self.add_agents(&mut model, agents);
        }
        for (targets, schedule, impairment) in &self.faults {
            let targets = targets.iter().map(|target| target.on(&model)).collect();
            let name = format!("fault-{}", model.faults.len());
            let (schedule, impairment) = (schedule.clone(), impairment.clone());
            model.faults.push(Fault { name, targets, schedule, impairment });
        }
        model.drains = self.drains.iter().map(|drain| drain.on(&model)).collect();
        model
    }

    /// The same case, changed so that it more often meets an instant that few others do.
    pub fn biased(mut self, bias: Bias) -> Self {
        let second = Span::from_secs(1);
        match bias {
            Bias::Grid => {
                self.desktop.probe_interval = Some(second);
                self.what_if.hold_down = Span::ZERO;
                let phones = self.agents.iter_mut().map(|agents| &mut agents.phone);
                phones.for_each(|phone| {
                    phone.style = Style::Failover { failback: Failback::Refresh }
                });
            }
            Bias::Desk => {
                for agents in &mut self.agents {
                    agents.phone.desk = true;
                    if agents.phone.style == Style::Dual {
                        agents.phone.style = Style::Follow;
                    }
                }
            }
            Bias::Power => self.power_fails_everywhere(),
            Bias::Storm => self.storms(second),
            Bias::Drain => {
                let cut = Schedule::Scripted {
                    at: Time::from_secs(100),
                    down: Span::from_secs(30),
                    up: second,
                    times: 1,
                };
                for (location, agents) in (0..).zip(&mut self.agents) {
                    agents.preferred = 0;
                    let path = TargetCase::Path(location, 0, Planes::Cti);
                    self.faults.push((vec![path], cut.clone(), Impairment::default()));
                }
                let drain = DrainCase { site: 0, at_s: 110, grace_s: 120, stopped_s: 60 };
                self.drains = vec![drain];
                self.horizon_s = self.horizon_s.max(400);
            }
        }
        self
    }

    fn storms(&mut self, phone_timeout: Span) {
        self.horizon_s = self.horizon_s.min(600);
        for agents in &mut self.agents {
            agents.phone.style = Style::Follow;
            agents.phone_timeout = phone_timeout;
        }
        let registrars = || self.sites.iter().map(|site| &site.registrar);
        let limit = registrars()
            .find_map(|it| it.limit.clone())
            .unwrap_or(one_message_in(Span::from_secs(2)));
        for site in &mut self.sites {
            site.registrar.limit = Some(limit.clone());
        }
        for (_, _, impairment) in &mut self.faults {
            *impairment = Impairment::default();
        }
    }

    /// Twice, for everybody; and every registrar has a capacity.
    fn power_fails_everywhere(&mut self) {
        let (at, down, up) = (Time::from_secs(100), Span::from_secs(30), Span::from_secs(90));
        let cuts = Schedule::Scripted { at, down, up, times: 2 };
        self.faults.retain(|(_, _, impairment)| *impairment == Impairment::default());
        for location in 0..self.locations {
            let power = vec![TargetCase::Power(location)];
            self.faults.push((power, cuts.clone(), Impairment::default()));
        }
        for site in &mut self.sites {
            site.registrar.limit.get_or_insert(one_message_in(Span::from_secs(1)));
        }
        for agents in &mut self.agents {
            agents.count += 2;
            if agents.phone.style == Style::Follow {
                agents.phone.style = Style::Dual;
            }
        }
        self.horizon_s = self.horizon_s.max(400);
    }

    /// The same case with the commonest kind of agent only: dual softphones, and nothing that
    /// queues, drains or caps.
    pub fn commonest(mut self) -> Self {
        for site in &mut self.sites {
            (site.login_gap, site.reconnect_gap) = (None, None);
            (site.stat, site.config) = (None, None);
            (site.registrar.limit, site.registrar.retry_after) = (None, None);
            site.registrar.deviation = Span::ZERO;
        }
        for agents in &mut self.agents {
            let phone = &mut agents.phone;
            agents.peer.get_or_insert(0);
            agents.dr_timeout = agents.dr_timeout.max(Span(1));
            agents.phone_timeout = agents.phone_timeout.max(Span(1));
            (phone.style, phone.desk) = (Style::Dual, false);
            match phone.retry {
                Retry::Fixed(_) => {}
                Retry::Backoff { none, .. } => phone.retry = Retry::Fixed(none),
                Retry::Drawn(_) => phone.retry = Retry::Fixed(Span::from_secs(10)),
            }
            (phone.retry_after_refusal, phone.retry_limit) = (None, None);
        }
        self.policy.keep_bindings = true;
        self.policy.restore_when = RestoreWhen::Idle;
        self.what_if = WhatIf {
            hold_down: Span::ZERO,
            restore_jitter: None,
            stages: None,
            switchovers_per_hour: None,
        };
        self.drains.clear();
        self
    }

    fn clock(&self) -> Clock {
        let berlin = calendar::zone("Europe/Berlin").expect("a zone");
        let dated = self.start.map(|start| calendar::start(start, Some(&berlin)).expect("a start"));
        dated.unwrap_or_else(|| Clock { time: self.clock, ..MIDNIGHT.clone() })
    }

    fn places(&self) -> Model {
        let site = |(n, site): (usize, &SiteCase)| Site {
            name: format!("site-{n}"),
            login_gap: site.login_gap,
            reconnect_gap: site.reconnect_gap,
            agent_capacity: None,
            register_capacity: None,
            registrar: site.registrar.clone(),
        };
        Model {
            name: "case".into(),
            title: "a random case".into(),
            seed: self.seed,
            horizon: Time::from_secs(self.horizon_s),
            clock: Some(self.clock()),
            flap_window: Span::from_secs(900),
            sites: self.sites.iter().enumerate().map(site).collect(),
            hosts: vec![],
            pairs: vec![],
            locations: (0..self.locations)
                .map(|n| Location { name: format!("location-{n}") })
                .collect(),
            groups: vec![],
            shifts: vec![],
            phones: vec![],
            profiles: vec![],
            cohorts: vec![],
            faults: vec![],
            drains: vec![],
            calls: switchover::model::Calls::default(),
            desktop: self.desktop.clone(),
            policy: self.policy,
            prices: Default::default(),
            what_if: self.what_if.clone(),
            experiment: switchover::model::Experiment::default(),
            thresholds: vec![],
        }
    }

    fn add_pairs(&self, model: &mut Model, id: SiteId, site: &SiteCase) {
        let others = [(Kind::Stat, site.stat), (Kind::Config, site.config)];
        let others = others.into_iter().filter_map(|(kind, backup)| Some((kind, backup?)));
        let first_host = HostId(model.hosts.len() as u32);
        for (kind, backup) in site.sip.iter().map(|backup| (Kind::Sip, *backup)).chain(others) {
            let known = self.shared_hosts && first_host.index() < model.hosts.len();
            if !known {
                let next = SiteId((id.0 + 1) % self.sites.len() as u32);
                let hosts = [("a", id), ("b", if site.stretched { next } else { id })];
                let hosts = hosts.map(|(n, site)| Host { name: format!("host-{n}"), site });
                model.hosts.extend(hosts);
            }
            let last = HostId(model.hosts.len() as u32 - 2);
            let hosts = [last, HostId(last.0 + 1)];
            let member = |n: usize| Member { name: format!("server-{n}"), host: hosts[n] };
            model.pairs.push(Pair {
                name: format!("pair-{}", model.pairs.len()),
                kind,
                site: id,
                primary: member(0),
                backup: backup.then(|| member(1)),
                reconnect: site.reconnect,
                backup_delay: site.backup_delay,
                failover: self.failover.clone(),
                preempt: self.preempt.clone(),
                split: self.split,
                dr_name: "default".into(),
            });
        }
    }

    fn add_agents(&self, model: &mut Model, agents: &AgentsCase) {
        let group = GroupId(model.groups.len() as u32);
        let profile = ProfileId(model.profiles.len() as u32);
        let first = AgentId(model.agents());
        let sites = model.sites.len() as u32;
        let home = agents.preferred % sites;
        let preferred = self.seat(model, SiteId(home), agents.sip);
        let peer = agents.peer.map(|further| {
            let site = SiteId((home + 1 + further % (sites - 1)) % sites);
            self.seat(model, site, agents.sip)
        });
        let dr = Kind::ALL.map(|kind| {
            let both =
                preferred.pair(kind).is_some() && peer.is_some_and(|p| p.pair(kind).is_some());
            both && (kind == Kind::Sip || agents.other_dr)
        });
        model.profiles.push(Profile {
            location: LocationId(agents.location % self.locations),
            preferred,
            peer,
            dr,
            dr_timeout: agents.dr_timeout,
            phone_timeout: agents.phone_timeout,
            auto_restore: agents.auto_restore,
            random_delay_range: agents.random_delay_range,
            retry_delay: agents.retry_delay.clone(),
            open_timeout: agents.open_timeout,
            phone: model.phones.len(),
        });
        model.phones.push(agents.phone.clone());
        let size = agents.count;
        model.groups.push(Group { name: format!("group-{}", group.0), size });
        let count = if agents.person { size - 1 } else { size };
        let shifts: Vec<_> = (0..agents.shifts.len() as u32)
            .map(|n| ShiftId(n + model.shifts.len() as u32))
            .collect();
        model.shifts.extend(agents.shifts.iter().cloned());
        if count > 0 {
            let (person, shifts) = (None, shifts.clone());
            model.cohorts.push(Cohort { first, count, group, index: 0, profile, person, shifts });
        }
        if agents.person {
            let (first, person) = (AgentId(first.0 + count), Some(format!("person-{}", group.0)));
            let index = (1 << 30) + group.0;
            model.cohorts.push(Cohort { first, count: 1, group, index, profile, person, shifts });
        }
    }

    fn seat(&self, model: &Model, site: SiteId, sip: u32) -> Seat {
        let of_kind = |kind: Kind| {
            let here = (0u32..).zip(&model.pairs).filter(move |(_, pair)| {
                pair.site == site
                    && pair.kind == kind
                    && model.loss_policy(kind) != OtherLoss::Ignore
            });
            here.map(|(id, _)| PairId(id)).collect::<Vec<_>>()
        };
        let sips = of_kind(Kind::Sip);
        Seat {
            site,
            sip: sips[sip as usize % sips.len()],
            stat: of_kind(Kind::Stat).first().copied(),
            config: of_kind(Kind::Config).first().copied(),
        }
    }
}

impl TargetCase {
    fn on(self, model: &Model) -> Target {
        let site = |n: u32| SiteId(n % model.sites.len() as u32);
        let location = |n: u32| LocationId(n % model.locations.len() as u32);
        let member = |n: u32, role| {
            let pair = n as usize % model.pairs.len();
            let backup = model.pairs[pair].backup.is_some();
            (PairId(pair as u32), if backup { role } else { Role::Primary })
        };
        match self {
            Self::Process(n, role) => {
                let (pair, role) = member(n, role);
                Target::Process(pair, role)
            }
            Self::Hang(n, role) => {
                let (pair, role) = member(n, role);
                Target::Hang(pair, role)
            }
            Self::HaLink(n) => Target::HaLink(member(n, Role::Primary).0),
            Self::Host(n) => Target::Host(HostId(n % model.hosts.len() as u32)),
            Self::Site(n) => Target::Site(site(n)),
            Self::Logins(n) => Target::Logins(site(n)),
            Self::Power(n) => Target::Power(location(n)),
            Self::Registrar(n, ailment) => Target::Registrar(site(n), ailment),
            Self::Path(l, s, planes) => Target::Path(location(l), site(s), planes),
            Self::PoorPath(l, s, planes) => Target::PoorPath(location(l), site(s), planes),
            Self::PoorLocation(l, planes) => Target::PoorLocation(location(l), planes),
            Self::Location(l, planes) => Target::Location(location(l), planes),
            Self::InterSite => Target::InterSite(site(0), site(1)),
        }
    }
}

impl DrainCase {
    fn on(self, model: &Model) -> Drain {
        Drain {
            name: "drain".into(),
            site: SiteId(self.site % model.sites.len() as u32),
            at: Time::from_secs(self.at_s),
            grace: Span::from_secs(self.grace_s),
            lasts: Span::from_secs(self.grace_s + self.stopped_s),
        }
    }
}
