//! The calls of a day, stepped through: whatever is due first is found by looking at everything, and so is who
//! meets whom. It keeps no list in order, and shares no line with the simulator.

use switchover::calls::{CallerTraits, Callers, Fate, Outcome, Staff, StaffEvent};
use switchover::model::{AtLoss, Queue, SiteId};
use switchover::time::{Span, Time};

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Waits,
    Rings {
        agent: usize,
        node: usize,
        until: Time,
    },
    Talks {
        agent: usize,
        by: SiteId,
        since: Time,
        until: Time,
    },
    /// Gone, but looked at as if it still waited.
    GaveUp,
    Gone,
}

#[derive(Clone, Debug)]
struct Call {
    outcome: Outcome,
    mind: CallerTraits,
    left: Span,
    gives_up: Time,
    state: State,
}

#[derive(Clone, Debug, Default)]
struct Agent {
    at: Option<SiteId>,
    /// It takes no further call.
    leaving: bool,
    works_until: Option<Time>,
    /// Preferred and peer: where a dead contact is.
    dead: [Option<SiteId>; 2],
    /// Itself and its two dead contacts: since when idle.
    idle: [Option<usize>; 3],
}

/// What is due, in the order of one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    Change(usize),
    Node(usize, usize),
    GivesUp(usize),
    Comes { queue: u32, caller: u32, attempt: u32 },
}

pub struct Reference<'a, C> {
    queues: &'a [Queue],
    staff: &'a Staff,
    callers: C,
    end: Time,
    now: Time,
    changed: usize,
    coming: Vec<(Time, Due)>,
    came: Vec<u32>,
    serves: Vec<bool>,
    dead: Vec<Option<Time>>,
    cut: Vec<(SiteId, SiteId)>,
    calls: Vec<Call>,
    agents: Vec<Agent>,
    numbers: usize,
    outcomes: Vec<Outcome>,
    missed: Vec<Missed>,
}

/// A call whose caller gave up: queue, caller, attempt and coming, and when an agent was free for it.
pub type Missed = (u32, u32, u32, Time, Time);

/// Every call's outcome.
pub fn outcomes<C: Callers>(
    queues: &[Queue],
    staff: &Staff,
    callers: C,
    end: Time,
) -> Vec<Outcome> {
    outcomes_and_missed(queues, staff, callers, end).0
}

/// The same, and for whom an agent was free after they had given up.
pub fn outcomes_and_missed<C: Callers>(
    queues: &[Queue],
    staff: &Staff,
    callers: C,
    end: Time,
) -> (Vec<Outcome>, Vec<Missed>) {
    let mut day = new(queues, staff, callers, end);
    while let Some((at, due)) = day.first() {
        day.now = at;
        day.step(due);
    }
    day.now = end;
    for call in 0..day.calls.len() {
        match day.calls[call].state {
            State::Gone | State::GaveUp => {}
            State::Talks { .. } => day.over(call, Fate::Answered),
            State::Waits | State::Rings { .. } => day.over(call, Fate::Waiting),
        }
    }
    (day.outcomes, day.missed)
}

/// When an agent has no call and no work after one for the first time, from an instant on; before anything of that
/// instant has happened, what it has to do then counts.
pub fn free_from<C: Callers>(
    (queues, staff): (&[Queue], &Staff),
    callers: C,
    end: Time,
    (from, agent): (Time, usize),
) -> Time {
    let mut day = new(queues, staff, callers, end);
    let mut own = false;
    // What ends its work by what it does comes before its leaving.
    let over = |day: &Reference<'_, C>, own: bool| {
        let after = if own { Span(1) } else { Span::ZERO };
        from.max(day.now + after)
    };
    while let Some((at, due)) = day.first() {
        if at >= from && day.busy_until(agent).is_none() {
            return over(&day, own);
        }
        let change = match due {
            Due::Change(number) => Some(staff.changes[number].what),
            _ => None,
        };
        let busy = day.busy_until(agent).is_some();
        day.now = at;
        day.step(due);
        let its =
            |what| matches!(what, StaffEvent::Agent { agent: who, .. } if who as usize == agent);
        own = busy && day.busy_until(agent).is_none() && change.is_some_and(its);
    }
    day.busy_until(agent).unwrap_or_else(|| over(&day, own))
}

/// Before the first step.
fn new<'a, C: Callers>(
    queues: &'a [Queue],
    staff: &'a Staff,
    callers: C,
    end: Time,
) -> Reference<'a, C> {
    let mut day = Reference {
        queues,
        staff,
        callers,
        end,
        now: Time::ZERO,
        changed: 0,
        coming: vec![],
        came: vec![0; queues.len()],
        serves: vec![true; staff.sites],
        dead: vec![None; staff.sites],
        cut: vec![],
        calls: vec![],
        agents: vec![Agent::default(); staff.groups.len()],
        numbers: 0,
        outcomes: vec![],
        missed: vec![],
    };
    for queue in 0..queues.len() as u32 {
        day.expect(queue);
    }
    day
}

impl<C: Callers> Reference<'_, C> {
    fn expect(&mut self, queue: u32) {
        let caller = self.came[queue as usize];
        self.came[queue as usize] += 1;
        if let Some(at) = self.callers.next(queue) {
            self.coming.push((at, Due::Comes { queue, caller, attempt: 0 }));
        }
    }

    fn first(&self) -> Option<(Time, Due)> {
        let mut all = self.coming.clone();
        if let Some(change) = self.staff.changes.get(self.changed) {
            all.push((change.at, Due::Change(self.changed)));
        }
        for (number, call) in self.calls.iter().enumerate() {
            match call.state {
                State::Talks { agent, until, .. } => all.push((until, Due::Node(agent, 0))),
                State::Rings { agent, node, until } => all.push((until, Due::Node(agent, node))),
                State::Waits | State::GaveUp | State::Gone => {}
            }
            if matches!(call.state, State::Waits | State::Rings { .. }) {
                all.push((call.gives_up, Due::GivesUp(number)));
            }
        }
        for (number, agent) in self.agents.iter().enumerate() {
            all.extend(agent.works_until.map(|at| (at, Due::Node(number, 0))));
        }
        all.into_iter().filter(|due| due.0 < self.end).min()
    }

    fn step(&mut self, due: Due) {
        match due {
            Due::Change(number) => {
                self.changed += 1;
                self.change(self.staff.changes[number].what);
            }
            Due::Node(agent, 0) => self.work_ends(agent),
            Due::Node(agent, node) => self.nobody_answers(agent, node),
            Due::GivesUp(call) => self.gives_up(call),
            Due::Comes { queue, caller, attempt } => {
                self.coming.retain(|it| it.1 != due);
                if attempt == 0 {
                    self.expect(queue);
                }
                self.comes(queue, caller, attempt);
            }
        }
    }

    fn comes(&mut self, queue: u32, caller: u32, attempt: u32) {
        let mind = self.callers.mind(queue, caller, attempt);
        let call = self.calls.len();
        self.calls.push(Call {
            outcome: Outcome {
                queue,
                caller,
                attempt,
                site: mind.site,
                offered: self.now,
                answered: None,
                agent: None,
                rings: 0,
                ended: self.now,
                fate: Fate::Waiting,
            },
            mind,
            left: mind.handling,
            gives_up: self.now + mind.patience,
            state: State::Gone,
        });
        let rules = &self.queues[queue as usize];
        if let Some(since) = self.dead[mind.site as usize] {
            let sites = self.staff.sites as u32;
            let order = (mind.site + 1..sites).chain(0..mind.site);
            let alive: Vec<u32> = order.filter(|it| self.dead[*it as usize].is_none()).collect();
            if self.now < since + rules.gateway_lag || alive.is_empty() {
                return self.over(call, Fate::Lost);
            }
            self.calls[call].outcome.site = alive[0];
        }
        let same = |it: &&Call| it.state == State::Waits && it.outcome.queue == queue;
        let waiting = self.calls.iter().filter(same).count();
        match self.idle_for(call) {
            Some((agent, node)) => self.meet(call, agent, node),
            None if rules.waiting_places.is_some_and(|places| waiting >= places as usize) => {
                self.over(call, Fate::Blocked);
            }
            None => self.calls[call].state = State::Waits,
        }
    }

    /// The call has its fate; nobody is freed.
    fn over(&mut self, call: usize, fate: Fate) {
        let it = &mut self.calls[call];
        it.state = State::Gone;
        let Outcome { queue, caller, attempt, .. } = it.outcome;
        self.outcomes.push(Outcome { ended: self.now, fate, ..it.outcome });
        if let (Some(delay), Fate::Abandoned | Fate::Lost) = (it.mind.redial, fate) {
            let due = Due::Comes { queue, caller, attempt: attempt + 1 };
            self.coming.push((self.now + delay, due));
        }
    }

    fn gives_up(&mut self, call: usize) {
        self.end(call, Fate::Abandoned);
        if self.calls[call].outcome.answered.is_none() {
            self.calls[call].state = State::GaveUp;
            self.an_idle_agent_for(call);
        }
    }

    /// A call that gave up meets an idle agent, if there is one.
    fn an_idle_agent_for(&mut self, call: usize) {
        let groups = &self.queues[self.calls[call].outcome.queue as usize].groups;
        let idle = (0..self.agents.len()).any(|agent| {
            let serves = groups.iter().any(|group| group.0 == self.staff.groups[agent]);
            let site = self.place(agent, 0).filter(|_| self.agents[agent].idle[0].is_some());
            serves && site.is_some_and(|site| self.can_meet(&self.calls[call], site))
        });
        if idle {
            self.miss(call);
        }
    }

    fn miss(&mut self, call: usize) {
        let Outcome { queue, caller, attempt, offered, .. } = self.calls[call].outcome;
        self.calls[call].state = State::Gone;
        self.missed.push((queue, caller, attempt, offered, self.now));
    }

    fn end(&mut self, call: usize, fate: Fate) {
        let state = self.calls[call].state;
        self.over(call, fate);
        self.look_after(state);
    }

    /// Whoever had a call looks for the next one.
    fn look_after(&mut self, state: State) {
        match state {
            State::Talks { agent, .. } => self.look(agent, &[0, 1, 2]),
            State::Rings { agent, node, .. } => self.look(agent, &[node]),
            State::Waits | State::GaveUp | State::Gone => {}
        }
    }

    fn talk_of(&self, agent: usize) -> Option<(usize, SiteId)> {
        self.calls.iter().enumerate().find_map(|(number, call)| match call.state {
            State::Talks { agent: it, by, .. } if it == agent => Some((number, by)),
            _ => None,
        })
    }

    /// When the work of an agent is over as planned, if it has any.
    fn busy_until(&self, agent: usize) -> Option<Time> {
        let talk = self.talk_of(agent).map(|(call, _)| &self.calls[call]);
        let there = self.agents[agent].at.is_some();
        let after = |call: &Call| if there { call.mind.after } else { Span::ZERO };
        talk.map_or(self.agents[agent].works_until, |call| match call.state {
            State::Talks { until, .. } => Some(until + after(call)),
            _ => None,
        })
    }

    /// Where a node is, if it would take a call.
    fn place(&self, agent: usize, node: usize) -> Option<SiteId> {
        let it = &self.agents[agent];
        let talk = self.talk_of(agent);
        if node == 0 {
            let free = talk.is_none() && it.works_until.is_none() && !it.leaving;
            return it.at.filter(|_| free);
        }
        let rings = |call: &Call| matches!(call.state, State::Rings { agent: a, node: n, .. } if (a, n) == (agent, node));
        let site = it.dead[node - 1].filter(|_| !self.calls.iter().any(rings));
        site.filter(|site| talk.is_none_or(|(_, by)| by != *site))
    }

    fn can_meet(&self, call: &Call, site: SiteId) -> bool {
        let from = SiteId(call.outcome.site);
        let linked = !self.cut.contains(&(from, site)) && !self.cut.contains(&(site, from));
        self.serves[from.index()]
            && self.serves[site.index()]
            && (from == site || linked && self.queues[call.outcome.queue as usize].pooled)
    }

    fn idle_for(&self, call: usize) -> Option<(usize, usize)> {
        let call = &self.calls[call];
        let groups = &self.queues[call.outcome.queue as usize].groups;
        let mut found = vec![];
        for agent in 0..self.agents.len() {
            let of = self.staff.groups[agent];
            let Some(order) = groups.iter().position(|group| group.0 == of) else { continue };
            for node in 0..3 {
                let (since, site) = (self.agents[agent].idle[node], self.place(agent, node));
                if let Some((since, _)) = since.zip(site.filter(|it| self.can_meet(call, *it))) {
                    found.push((order, since, (agent, node)));
                }
            }
        }
        found.into_iter().min().map(|it| it.2)
    }

    /// Nodes of an agent, one after the other: those that would take a call take the first there is, or are idle.
    fn look(&mut self, agent: usize, nodes: &[usize]) {
        for &node in nodes {
            let Some(site) = self.place(agent, node) else {
                self.agents[agent].idle[node] = None;
                continue;
            };
            if self.agents[agent].idle[node].is_some() {
                continue;
            }
            let group = self.staff.groups[agent];
            let fits = |call: &Call| {
                let queue = &self.queues[call.outcome.queue as usize];
                queue.groups.iter().any(|it| it.0 == group) && self.can_meet(call, site)
            };
            let waits = |it: &Call| it.state == State::Waits && fits(it);
            let call = self.calls.iter().position(waits);
            if node == 0 {
                let before = call.unwrap_or(self.calls.len());
                let gone =
                    |it: &usize| self.calls[*it].state == State::GaveUp && fits(&self.calls[*it]);
                let missed: Vec<usize> = (0..before).filter(gone).collect();
                missed.into_iter().for_each(|call| self.miss(call));
            }
            match call {
                Some(call) => self.meet(call, agent, node),
                None => {
                    self.agents[agent].idle[node] = Some(self.numbers);
                    self.numbers += 1;
                }
            }
        }
    }

    fn meet(&mut self, call: usize, agent: usize, node: usize) {
        self.agents[agent].idle[node] = None;
        let it = &mut self.calls[call];
        let outcome = &mut it.outcome;
        if node > 0 {
            outcome.rings += 1;
            let until = self.now + self.queues[outcome.queue as usize].ring_timeout;
            it.state = State::Rings { agent, node, until };
            return;
        }
        outcome.answered = outcome.answered.or(Some(self.now));
        outcome.agent = Some(agent as u32);
        let by = self.agents[agent].at.expect("it is in service");
        it.state = State::Talks { agent, by, since: self.now, until: self.now + it.left };
        for node in [1, 2] {
            if self.place(agent, node).is_none() {
                self.agents[agent].idle[node] = None;
            }
        }
    }

    fn work_ends(&mut self, agent: usize) {
        if let Some((call, _)) = self.talk_of(agent) {
            self.over(call, Fate::Answered);
            let after = self.calls[call].mind.after;
            if after > Span::ZERO && self.agents[agent].at.is_some() {
                self.agents[agent].works_until = Some(self.now + after);
            }
        } else {
            self.agents[agent].works_until = None;
        }
        self.look(agent, &[0, 1, 2]);
    }

    /// A call that somebody had finds somebody else, or waits; then who had it looks for the next one.
    fn send_back(&mut self, call: usize) {
        let state = self.calls[call].state;
        self.calls[call].state = State::Waits;
        if let Some((agent, node)) = self.idle_for(call) {
            self.meet(call, agent, node);
        }
        self.look_after(state);
    }

    fn nobody_answers(&mut self, agent: usize, node: usize) {
        let rings = |call: &Call| matches!(call.state, State::Rings { agent: a, node: n, .. } if (a, n) == (agent, node));
        if let Some(call) = self.calls.iter().position(rings) {
            self.send_back(call);
        }
    }

    fn change(&mut self, what: StaffEvent) {
        match what {
            StaffEvent::Site { site, serves, lives } => self.site(site, serves, lives),
            StaffEvent::Link { a, b, up } => self.link(a, b, up),
            StaffEvent::Agent { agent, site } => {
                let it = &mut self.agents[agent as usize];
                (it.at, it.works_until, it.idle[0]) = (site, None, None);
                self.look(agent as usize, &[0]);
            }
            StaffEvent::Leaving { agent } => {
                let it = &mut self.agents[agent as usize];
                (it.leaving, it.idle[0]) = (true, None);
            }
            StaffEvent::Left { agent } => {
                self.agents[agent as usize].leaving = false;
                self.look(agent as usize, &[0]);
            }
            StaffEvent::Severed { agent, site } => {
                if self.talk_of(agent as usize).is_some_and(|(_, by)| by == site) {
                    self.sever(agent as usize);
                }
            }
            StaffEvent::Phantom { agent, side, site, on } => {
                let (agent, node) = (agent as usize, usize::from(side) + 1);
                let old = self.agents[agent].dead[node - 1];
                self.agents[agent].dead[node - 1] = on.then_some(site);
                if old.is_some_and(|old| old != site) {
                    self.agents[agent].idle[node] = None;
                }
                if !on {
                    self.nobody_answers(agent, node);
                }
                self.look(agent, &[node]);
            }
        }
    }

    fn sever(&mut self, agent: usize) {
        let Some((call, _)) = self.talk_of(agent) else { return };
        let State::Talks { since, until, .. } = self.calls[call].state else { return };
        match self.queues[self.calls[call].outcome.queue as usize].at_loss {
            AtLoss::Lost => self.end(call, Fate::Lost),
            AtLoss::Kept => {}
            AtLoss::Requeued => {
                self.calls[call].left = until - self.now;
                if self.calls[call].gives_up.comes() {
                    self.calls[call].gives_up += self.now - since;
                }
                self.send_back(call);
            }
        }
    }

    fn site(&mut self, site: SiteId, serves: bool, lives: bool) {
        self.serves[site.index()] = serves;
        let dies = !lives && self.dead[site.index()].is_none();
        self.dead[site.index()] = (!lives).then(|| self.dead[site.index()].unwrap_or(self.now));
        if dies {
            for call in 0..self.calls.len() {
                let it = &self.calls[call];
                if it.state == State::GaveUp && it.outcome.site == site.0 {
                    self.calls[call].state = State::Gone;
                } else if it.state == State::Waits && it.outcome.site == site.0 {
                    self.end(call, Fate::Lost);
                }
            }
            for agent in 0..self.agents.len() {
                let Some((call, by)) = self.talk_of(agent) else { continue };
                if by == site || self.calls[call].outcome.site == site.0 {
                    self.end(call, Fate::Lost);
                }
            }
            self.each_ringing(|day, call, _| {
                if day.calls[call].outcome.site == site.0 {
                    day.end(call, Fate::Lost);
                }
            });
        }
        if serves {
            self.everybody_meets();
        } else {
            self.each_ringing(|day, call, by| {
                if by == Some(site) {
                    day.send_back(call);
                }
            });
        }
    }

    /// Does something with every ringing call and the place of its contact, by agent and contact.
    fn each_ringing(&mut self, what: impl Fn(&mut Self, usize, Option<SiteId>)) {
        for agent in 0..self.agents.len() {
            for node in [1, 2] {
                let rings = |call: &Call| matches!(call.state, State::Rings { agent: a, node: n, .. } if (a, n) == (agent, node));
                if let Some(call) = self.calls.iter().position(rings) {
                    let by = self.agents[agent].dead[node - 1];
                    what(self, call, by);
                }
            }
        }
    }

    fn link(&mut self, a: SiteId, b: SiteId, up: bool) {
        self.cut.retain(|it| *it != (a, b) && *it != (b, a));
        if up {
            return self.everybody_meets();
        }
        self.cut.push((a, b));
        let across = |one: u32, other: SiteId| one == a.0 && other == b || one == b.0 && other == a;
        for agent in 0..self.agents.len() {
            let talk = self.talk_of(agent);
            if talk.is_some_and(|(call, by)| across(self.calls[call].outcome.site, by)) {
                self.sever(agent);
            }
        }
        self.each_ringing(|day, call, by| {
            if by.is_some_and(|by| across(day.calls[call].outcome.site, by)) {
                day.send_back(call);
            }
        });
    }

    fn everybody_meets(&mut self) {
        for call in 0..self.calls.len() {
            if self.calls[call].state == State::GaveUp {
                self.an_idle_agent_for(call);
            }
            if self.calls[call].state == State::Waits
                && let Some((agent, node)) = self.idle_for(call)
            {
                self.meet(call, agent, node);
            }
        }
    }
}
