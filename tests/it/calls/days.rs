//! Random small days: sites, links, agents and dead contacts that come and go, queues, and callers with what they bring
//! along. Instants lie on a coarse grid, so that much happens at once.

use proptest::collection::vec;
use proptest::prelude::*;
use switchover::calls::{CallerTraits, Callers, Change, Staff, StaffEvent};
use switchover::distribution::Law;
use switchover::model::{
    Arrivals, AtLoss, GroupId, Patience, Queue, ServiceLevel, ShareOf, SiteId,
};
use switchover::time::{Span, Time};

use crate::builder::{at, s};

/// Sites, groups and the most agents of a day.
const SITES: u32 = 3;
const GROUPS: u32 = 2;
const AGENTS: usize = 5;

/// Where the day ends, in seconds.
pub const END: i64 = 60;

/// Attempts that the table of callers knows.
const ATTEMPTS: usize = 3;

/// A whole day.
#[derive(Clone, Debug)]
pub struct Day {
    pub queues: Vec<Queue>,
    pub staff: Staff,
    pub callers: Table,
}

/// Callers by queue: when they come, and what they bring along at each attempt.
#[derive(Clone, Debug)]
pub struct Table {
    pub queues: Vec<Vec<(Time, [CallerTraits; ATTEMPTS])>>,
    next: Vec<usize>,
}

impl Table {
    /// Callers by queue.
    pub fn new(queues: Vec<Vec<(Time, [CallerTraits; ATTEMPTS])>>) -> Self {
        Self { next: vec![0; queues.len()], queues }
    }
}

impl Callers for Table {
    fn next(&mut self, queue: u32) -> Option<Time> {
        let next = &mut self.next[queue as usize];
        *next += 1;
        self.queues[queue as usize].get(*next - 1).map(|caller| caller.0)
    }

    fn mind(&mut self, queue: u32, caller: u32, attempt: u32) -> CallerTraits {
        self.queues[queue as usize][caller as usize].1[attempt as usize]
    }
}

/// A queue with nothing special about it.
pub fn queue(name: &str) -> Queue {
    Queue {
        name: name.into(),
        arrivals: Arrivals::constant(0.0),
        day_factor: None,
        handling: Law::Constant(Span::ZERO),
        after_call: Law::Constant(Span::ZERO),
        patience: Patience { never: 0.0, law: None },
        groups: vec![GroupId(0)],
        redial: None,
        waiting_places: None,
        pooled: true,
        entry: vec![1.0],
        at_loss: AtLoss::Lost,
        ring_timeout: s(10),
        gateway_lag: s(32),
        level: ServiceLevel::default(),
    }
}

fn a_queue() -> impl Strategy<Value = Queue> {
    let groups = prop_oneof![
        Just(vec![GroupId(0)]),
        Just(vec![GroupId(1)]),
        Just(vec![GroupId(0), GroupId(1)]),
        Just(vec![GroupId(1), GroupId(0)]),
    ];
    let at_loss = prop_oneof![Just(AtLoss::Lost), Just(AtLoss::Kept), Just(AtLoss::Requeued)];
    let places = prop_oneof![2 => Just(None), 1 => (0..3u32).prop_map(Some)];
    (groups, at_loss, places, any::<bool>(), 1..8i64, 0..12i64).prop_map(
        |(groups, at_loss, waiting_places, pooled, ring, lag)| Queue {
            groups,
            at_loss,
            waiting_places,
            pooled,
            ring_timeout: s(ring),
            level: ServiceLevel { within: s(2 * ring), of: ShareOf::Virtual, target: 0.8 },
            gateway_lag: s(lag),
            ..queue("q")
        },
    )
}

fn mind(last: bool) -> impl Strategy<Value = CallerTraits> {
    let patience =
        prop_oneof![1 => Just(Span::ZERO), 1 => Just(Span::NEVER), 4 => (0..15i64).prop_map(s)];
    let redial = prop_oneof![Just(None), (0..10i64).prop_map(|delay| Some(s(delay)))];
    (0..SITES, 0..20i64, 0..5i64, patience, redial).prop_map(
        move |(site, handling, after, patience, redial)| CallerTraits {
            site,
            handling: s(handling),
            after: s(after),
            patience,
            redial: redial.filter(|_| !last),
        },
    )
}

fn callers() -> impl Strategy<Value = Vec<(Time, [CallerTraits; ATTEMPTS])>> {
    let one = (0..END, mind(false), mind(false), mind(true))
        .prop_map(|(when, first, second, third)| (at(when), [first, second, third]));
    vec(one, 0..14).prop_map(|mut callers| {
        callers.sort_by_key(|caller| caller.0);
        callers
    })
}

fn agent() -> std::ops::Range<u32> {
    0..AGENTS as u32
}

fn site() -> impl Strategy<Value = SiteId> {
    (0..SITES).prop_map(SiteId)
}

fn what() -> impl Strategy<Value = StaffEvent> {
    let states = (0..3u8).prop_map(|state| (state == 0, state < 2));
    let severed = (agent(), site()).prop_map(|(agent, site)| StaffEvent::Severed { agent, site });
    prop_oneof![
        2 => (site(), states).prop_map(|(site, (serves, lives))| StaffEvent::Site { site, serves, lives }),
        1 => (0..SITES, 1..SITES, any::<bool>()).prop_map(|(a, more, up)| StaffEvent::Link {
            a: SiteId(a),
            b: SiteId((a + more) % SITES),
            up,
        }),
        6 => (agent(), proptest::option::of(site()))
            .prop_map(|(agent, site)| StaffEvent::Agent { agent, site }),
        3 => severed,
        3 => (agent(), 0..2u8, site(), any::<bool>())
            .prop_map(|(agent, side, site, on)| StaffEvent::Phantom { agent, side, site, on }),
    ]
}

fn staff() -> impl Strategy<Value = Staff> {
    let start = vec((agent(), site()), 0..8).prop_map(|agents| {
        let here = |(agent, site)| StaffEvent::Agent { agent, site: Some(site) };
        agents.into_iter().map(move |it| Change { at: Time::ZERO, what: here(it) }).collect()
    });
    let later =
        vec((0..=END, what()).prop_map(|(when, what)| Change { at: at(when), what }), 0..20);
    let groups = vec(0..GROUPS, AGENTS);
    (start, later, groups).prop_map(|(start, later, groups)| {
        let mut changes: Vec<Change> = start;
        changes.extend(later);
        changes.sort();
        Staff { sites: SITES as usize, groups, changes }
    })
}

/// Days of one or two queues.
pub fn day() -> impl Strategy<Value = Day> {
    (vec((a_queue(), callers()), 1..3), staff()).prop_map(|(queues, staff)| {
        let (queues, callers): (Vec<_>, Vec<_>) = queues.into_iter().unzip();
        Day { queues, staff, callers: Table::new(callers) }
    })
}
