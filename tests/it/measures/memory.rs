//! What a run holds for its agents, in bytes: beyond the limits up to which durations are kept
//! exact it stays as it is. Tables over time are fixed and not looked at. An agent that waits for a slot takes few.

use switchover::agents::{Asleep, Buffers, Context, Life};
use switchover::limits::Bounds;
use switchover::measures::{Frame, Kept, Measures, Results, Totals};
use switchover::model::{AgentId, LocationId, Model, Planes, Style, Target};
use switchover::phones::{Answers, Registers};
use switchover::random::RandomNumbers;
use switchover::simulation::Simulation;
use switchover::time::{Span, Time};
use switchover::trace::Cause::{NotReady, Phone, Reconnecting, Restoring, Switching, Undetected};
use switchover::trace::Reason::SipTimer;
use switchover::trace::{Cause, Record, Sink};

use super::{X, Y, agent, connected, goes_back, leaves, out, up};
use crate::builder::{at, base, down, populate};

/// Agents of one range.
const RANGE: u32 = 8_192;
/// Outages of every agent, those of the one switchover and the one restore included.
const OUTAGES: usize = 34;
const CAUSES: [Cause; 4] = [Undetected, Reconnecting, Phone, NotReady];

/// A range of agents on a path that is down once.
fn model() -> Model {
    let mut model = base();
    populate(&mut model, RANGE);
    model.horizon = at(100_000);
    down(&mut model, Target::Path(LocationId(0), X, Planes::Both), 100, 400);
    model
}

/// One agent's life: away with the fault, home again, then one short outage after the other. No two
/// of 887 agents have the same durations.
fn life(model: &Model, number: u32) -> Vec<Record> {
    let some = |step: i64, most: i64| 1 + i64::from(number) * step % most;
    let mut events = vec![
        (100, out(X, Undetected)),
        (120, leaves(SipTimer, X, Y, false)),
        (140, connected(Y)),
        (140, out(Y, Switching)),
        (140 + some(7, 887), up(Y)),
        (5_000, goes_back(4_000 + some(3, 887))),
        (5_000, connected(X)),
        (5_000, out(X, Restoring)),
        (5_000 + some(5, 887), up(X)),
    ];
    for (turn, cause) in (0..).zip(CAUSES.into_iter().cycle()).take(OUTAGES - 2) {
        let from = 6_000 + 1_000 * turn;
        events.extend([(from, out(X, cause)), (from + some(11 + turn, 887), up(X))]);
    }
    agent(model, number, &events)
}

#[test]
fn beyond_the_limits_no_agent_takes_a_byte() {
    let model = model();
    let run = Simulation::new(&model, RandomNumbers { seed: 1, replication: 0 }).unwrap();
    let frame = Frame::new(&model, run.occurrences());
    let mut measures = Measures::new(&frame, ());
    for number in 0..RANGE {
        life(&model, number).into_iter().for_each(|record| measures.record(record));
    }
    let (range, ()) = measures.into_parts();
    let mut totals = Totals::new(&frame);
    let held: Vec<usize> = (0..50)
        .map(|_| {
            totals.merge(range.clone());
            totals.bytes()
        })
        .collect();
    // Nine lists of 2 MB and one of an incident at the most, whatever they hold.
    let most = held.iter().max().expect("bytes");
    assert!(*most <= 9 * 8 * 262_144 + 8 * 16_384, "{most} bytes at the most");
    // 262,144 agents are 32 ranges. Half as many again take nothing.
    let [passed, last] = [33, 49].map(|range| held[range]);
    assert!(last <= passed + 4_096 * 8 * 10, "{passed}, then {last} bytes");
    assert!(last < 50 * RANGE as usize, "{last} bytes are more than one per agent");
    let results = Results::new(totals, &frame, (run.world(), run.traffic()));
    let agents = 50 * u64::from(RANGE);
    assert_eq!(results.outages.count(), agents * OUTAGES as u64);
    assert_eq!(results.outages.sum(), results.downtime().0);
    assert_eq!((results.downtimes.count(), results.restore_times.count()), (agents, agents));
    assert!(!results.outages.is_exact() && !results.faults[0].back.is_exact());
    assert_eq!(results.faults[0].missing(), 0);
}

#[test]
fn a_percentile_of_many_is_close_and_never_too_short() {
    let model = model();
    let run = Simulation::new(&model, RandomNumbers { seed: 1, replication: 0 }).unwrap();
    let frame = Frame::new(&model, run.occurrences());
    let of = |agents: u32| {
        let mut measures = Measures::new(&frame, Kept::default());
        for number in 0..agents {
            life(&model, number).into_iter().for_each(|record| measures.record(record));
        }
        let (totals, rows) = measures.into_parts();
        (Results::new(totals, &frame, (run.world(), run.traffic())), rows)
    };
    let few = of(200).0;
    assert!(few.outages.is_exact() && few.impacts[0].recovery.back.is_exact());
    let (many, rows) = of(RANGE);
    assert!(!many.outages.is_exact() && many.downtimes.is_exact());
    let mut lengths: Vec<i64> = rows.outages.iter().map(|row| row.length().0).collect();
    lengths.sort_unstable();
    for percent in [1, 50, 95, 99, 100] {
        let exact = lengths[(percent * lengths.len()).div_ceil(100) - 1];
        let told = many.outages.percentile(percent as u64).expect("outages").0;
        assert!((exact..=exact + exact / 256).contains(&told), "{percent} %: {told}, not {exact}");
    }
    let spread = switchover::measures::Spread::of(&many.outages).expect("outages");
    assert_eq!((spread.sum, spread.max.0), (many.downtime().0, lengths[lengths.len() - 1]));
}

/// Nobody reads.
struct Nobody;

impl Sink for Nobody {
    fn record(&mut self, _: Record) {}
}

/// Agents that sleep at a time in a year of forty cuts; each gets its slots at once.
const SLEEPERS: u32 = 3_000;

/// The bytes of each that sleeps, at each of its requests.
fn asleep(model: &Model) -> Vec<usize> {
    let random = RandomNumbers { seed: 1, replication: 0 };
    let run = Simulation::new(model, random).unwrap();
    let answers = Answers::default();
    let shared = (&model.cohorts[0], Registers::Known(&answers), Bounds::USUAL);
    let mut cx = Context::new(model, run.world(), random, shared);
    cx.rewind_phones();
    let (mut buffers, mut bytes) = (Buffers::default(), Vec::new());
    for agent in (0..model.agents()).map(AgentId) {
        let mut life = Life::rehearse(&cx, agent, Nobody, &mut buffers).unwrap();
        let mut request = life.run().unwrap();
        while let Some(asked) = request {
            let sleeps = life.falls_asleep(&mut buffers);
            bytes.push(sleeps.bytes());
            life = Life::wakes(&cx, (agent, asked.at), &sleeps, (Nobody, &mut buffers)).unwrap();
            assert_eq!(life.request(), Some(asked));
            request = life.resume(asked.at + Span::from_secs(3)).unwrap();
        }
        life.leave(&mut buffers);
    }
    bytes
}

/// An agent that waits takes at most 200 bytes beside shared tables: what it needs to live on, with its places in the
/// row of those who wait and in the table of agents, and what an allocator adds.
#[test]
fn an_agent_that_waits_takes_less_than_200_bytes() {
    let mut model = base();
    populate(&mut model, SLEEPERS);
    model.horizon = at(40 * 86_400);
    for day in 0..40 {
        let target = Target::Path(LocationId(0), X, Planes::Both);
        down(&mut model, target, day * 86_400 + 3_600, day * 86_400 + 4_200);
    }
    for site in &mut model.sites {
        site.login_gap = Some(Span::from_millis(20));
    }
    let places = size_of::<Option<Asleep>>() + size_of::<(Time, AgentId)>();
    assert_eq!(places, 32);
    let styles = [
        ("dual", Style::Dual, false),
        ("follow", Style::Follow, false),
        ("desk", Style::Dual, true),
    ];
    for (name, style, desk) in styles {
        (model.phones[0].style, model.phones[0].desk) = (style, desk);
        let bytes = asleep(&model);
        let (number, sum, most) =
            (bytes.len(), bytes.iter().sum::<usize>(), bytes.iter().max().copied());
        assert!(number > 60 * SLEEPERS as usize, "{number} requests");
        let (mean, most) = (sum / number, most.expect("a request"));
        assert!(mean + places + 24 <= 140, "{name}: {mean} bytes on the average");
        assert!(most + places + 24 <= 200, "{name}: {most} bytes");
    }
}
