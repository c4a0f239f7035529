//! Agents that wait for the end of their calls before they leave: by hand, and record by record and call by call against
//! the stepping references of agents and of calls. These take turns there: the first question that is open is answered by
//! the calls of the agents as they are with all answers before, until none is open. An answer may hang on what others do
//! later, where slots are short: all are looked at again, and the one that is wrong first is put right, until none is.

use proptest::test_runner::{TestCaseError, TestCaseResult};
use switchover::calls::{
    self, Asked, Change, Draws, Outcome, Staff, StaffEvent, Watch, surroundings,
};
use switchover::checks;
use switchover::diagnostic::Diagnostic;
use switchover::distribution::Law;
use switchover::limits::{Bounds, Endless, Unfinished};
use switchover::measures::names::Names;
use switchover::measures::{Frame, Measures, Results};
use switchover::model::{AgentId, Arrivals, AtLoss, Calls, GroupId, Model, Patience, Queue};
use switchover::scenario::{self, NoFiles};
use switchover::simulation::{self, Simulation};
use switchover::time::{Span, Time};
use switchover::trace::{Event, Reason, Record, Sink};

use super::days::queue;
use super::reference as steps;
use crate::builder::{exponential, s};
use crate::differential::engine::{difference, lines};
use crate::differential::over_cases;
use crate::differential::sanity::LUCK;
use crate::reference::{self, Held};
use crate::support::case::Case;

/// A case, and what changes for its calls without any agent.
struct Around<'a> {
    model: &'a Model,
    changes: Vec<Change>,
}

impl<'a> Around<'a> {
    fn new(model: &'a Model) -> Self {
        let alone = Model { calls: Calls::default(), ..model.clone() };
        let simulation = Simulation::new(&alone, LUCK).unwrap();
        Self { model, changes: surroundings(model, simulation.world()) }
    }

    /// What calls see of agents that have left these records.
    fn staff(&self, records: &[Record]) -> Staff {
        let mut watch = Watch::new(self.model);
        records.iter().for_each(|record| watch.record(*record));
        let mut changes = watch.changes();
        changes.extend_from_slice(&self.changes);
        changes.sort_unstable();
        let group = |agent| self.model.cohort(AgentId(agent)).group.0;
        let groups = (0..self.model.agents()).map(group).collect();
        Staff { sites: self.model.sites.len(), groups, changes }
    }

    /// Whether what an agent does may hang on others: it waits for a slot, or its phone for an answer.
    fn is_coupled(&self) -> bool {
        self.model.sites.iter().any(|site| {
            let slots = site.login_gap.is_some() || site.reconnect_gap.is_some();
            slots || site.registrar.limit.is_some()
        })
    }
}

/// What agents were told when they asked until when a call holds them, by agent and in the order of asking.
type Answers = Vec<Vec<Time>>;

/// When an agent that asks has no call and no work after one for the first time, if all others are told this, and itself
/// what it was told before: until it is known, it waits for ever.
fn free_from(
    around: &Around<'_>,
    answers: &Answers,
    (at, agent): (Time, usize),
    number: usize,
) -> Time {
    let model = around.model;
    let mut until_then = answers.clone();
    until_then[agent].truncate(number);
    let run = reference::run_held(model, LUCK, Held::new(until_then));
    let mut staff = around.staff(&run.records);
    // Who asks takes no call from now on, whatever was known before.
    let left = StaffEvent::Left { agent: agent as u32 };
    staff.changes.retain(|change| change.at <= at || change.what != left);
    let queues = &model.calls.queues[..];
    let draws = Draws::new(queues, LUCK, model.horizon);
    steps::free_from((queues, &staff), draws, model.horizon, (at, agent))
}

/// The answer that is wrong first, and the right one: an answer may hang on what others do after they were told theirs.
fn first_wrong(
    around: &Around<'_>,
    answers: &Answers,
    held: &Held,
) -> Option<(usize, usize, Time)> {
    if !around.is_coupled() {
        return None;
    }
    let mut wrong = Vec::new();
    for (agent, told) in held.told.iter().enumerate() {
        for (number, told) in told.iter().enumerate() {
            let (at, given) = (told.asked, told.answer.max(told.asked));
            let right = free_from(around, answers, (at, agent), number);
            if given != right {
                wrong.push((given.min(right), agent, number, right));
            }
        }
    }
    wrong.into_iter().min().map(|(_, agent, number, right)| (agent, number, right))
}

/// Records and calls, stepped through; `None`: there are too many questions.
fn stepped(model: &Model, most: usize) -> Option<(Vec<Record>, Vec<Outcome>)> {
    let around = Around::new(model);
    let mut answers: Answers = vec![Vec::new(); model.agents() as usize];
    for _ in 0..most {
        let run = reference::run_held(model, LUCK, Held::new(answers.clone()));
        for (answers, told) in answers.iter_mut().zip(&run.held.told) {
            answers.truncate(told.len());
        }
        let wrong = match run.held.open {
            Some((at, agent)) => {
                let number = answers[agent].len();
                Some((agent, number, free_from(&around, &answers, (at, agent), number)))
            }
            None => first_wrong(&around, &answers, &run.held),
        };
        let Some((agent, number, answer)) = wrong else {
            let queues = &model.calls.queues[..];
            let draws = Draws::new(queues, LUCK, model.horizon);
            let staff = around.staff(&run.records);
            return Some((run.records, steps::outcomes(queues, &staff, draws, model.horizon)));
        };
        answers[agent].truncate(number);
        answers[agent].push(answer);
    }
    None
}

fn simulated(model: &Model) -> (Vec<Record>, Vec<Outcome>) {
    let simulation = Simulation::new(model, LUCK).unwrap();
    let mut records = Vec::new();
    simulation.agents(0..model.agents(), &mut records).unwrap();
    let staff = simulation::staff(model, &simulation).unwrap();
    let draws = Draws::new(&model.calls.queues, LUCK, model.horizon);
    let day = calls::Day::new(&model.calls.queues, &staff, (draws, vec![]), model.horizon);
    (records, day.live().0)
}

/// Queues that the agents of a case are busy with, more or less.
fn with_calls(case: &Case) -> Model {
    let mut model = case.model();
    let groups: Vec<GroupId> = (0..model.groups.len() as u32).map(GroupId).collect();
    let (seed, agents) = (case.seed as u32, model.agents());
    let handling_s = f64::from(20 + seed % 200);
    let load = [0.3, 0.7, 0.9, 1.5][(seed / 7 % 4) as usize];
    let one = Queue {
        arrivals: Arrivals::constant(load * f64::from(agents) * 3600.0 / handling_s),
        handling: exponential(handling_s),
        after_call: Law::Uniform { lowest: s(0), highest: s(i64::from(seed % 3) * 40) },
        patience: Patience { never: 0.0, law: Some(exponential(60.0)) },
        entry: vec![1.0 / model.sites.len() as f64; model.sites.len()],
        at_loss: [AtLoss::Lost, AtLoss::Kept, AtLoss::Requeued][(seed / 11 % 3) as usize],
        groups: if seed % 5 == 0 { groups[..1].to_vec() } else { groups },
        pooled: seed % 4 != 0,
        ..queue("q")
    };
    model.calls.queues = vec![one];
    model
}

/// How often agents have waited for the end of a call.
fn waits(records: &[Record]) -> usize {
    let held = |it: &&Record| matches!(it.event, Event::HeldByCall { .. });
    records.iter().filter(held).count()
}

/// The books of the run are those of its calls on the agents as they are in the end.
fn books_agree(model: &Model) {
    let simulation = Simulation::new(model, LUCK).unwrap();
    let how = (LUCK, Bounds::USUAL, false);
    let books = simulation::books(model, &simulation, how).unwrap().expect("there are calls");
    let staff = simulation::staff(model, &simulation).unwrap();
    let (random, bounds, many) = how;
    let asked = Asked { model, random, bounds, many };
    let (tally, course) = asked.all(&staff).unwrap();
    let groups = calls::serving(&model.calls);
    assert_eq!(books.lived.hours(&groups), tally.hours(&groups));
    for queue in 0..model.calls.queues.len() {
        assert_eq!(books.lived.cells(queue), tally.cells(queue));
    }
    assert_eq!(books.course, course);
}

fn agree(case: &Case) -> TestCaseResult {
    let model = with_calls(case);
    let Some((records, mut stepped)) = stepped(&model, 60) else { return Ok(()) };
    let (found, mut calls) = simulated(&model);
    books_agree(&model);
    if let Some(text) = difference(&lines(&found), &lines(&records)) {
        return Err(TestCaseError::fail(text));
    }
    stepped.sort();
    calls.sort();
    let differ = calls.iter().zip(&stepped).find(|(one, other)| one != other);
    if let Some((one, other)) = differ {
        return Err(TestCaseError::fail(format!("simulator {one:#?}\nreference {other:#?}")));
    }
    proptest::prop_assert_eq!(calls.len(), stepped.len());
    Ok(())
}

#[test]
fn agents_and_calls_agree_with_the_references() {
    over_cases(60, 600, |case| agree(&case));
}

/// The random cases are worth something: agents do wait in them.
#[test]
fn agents_of_random_cases_wait_for_calls() {
    let [waits_in_all, cases, cases_with] = [0, 0, 0].map(std::cell::Cell::new);
    over_cases(60, 300, |case| {
        let waited = waits(&simulated(&with_calls(&case)).0);
        waits_in_all.set(waits_in_all.get() + waited);
        cases.set(cases.get() + 1);
        cases_with.set(cases_with.get() + usize::from(waited > 0));
        Ok(())
    });
    let worth = waits_in_all.get() * 2 > cases.get() && cases_with.get() * 5 > cases.get();
    assert!(worth, "{waits_in_all:?} {cases_with:?} of {cases:?}");
}

/// The model of a scenario that is sound, and what the checks have found.
fn written(text: &str) -> (Model, Vec<Diagnostic>) {
    let loaded = scenario::load("case.toml", text.as_bytes(), &NoFiles);
    let examined = checks::examine(&loaded, &Names);
    assert!(!examined.has_errors(), "{:?}", examined.diagnostics);
    (examined.resolved.expect("it is resolved").model, examined.diagnostics)
}

/// One site that is drained and one that fails, agents with shifts, and calls for all of them.
const DAY: &str = "horizon = \"6h\"\n\
    clock = \"Mon 08:00\"\n\
    [application.interaction-workspace]\n\
    disaster-recovery.enabled = true\n\
    disaster-recovery.preferred-site = \"X\"\n\
    disaster-recovery.peer-site = \"Y\"\n\
    [site.X]\n[site.Y]\n\
    [agent-group.first]\nagents = 12\nshift = [\"Mon-Fri 08:00-11:00\", \"Mon-Fri 09:00-13:00\"]\n\
    [[fault]]\ntarget = \"site X\"\nat = \"09:00\"\nfor = \"20m\"\n\
    [[drain]]\nsite = \"Y\"\nat = \"10:00\"\ngrace = \"15m\"\nfor = \"30m\"\n\
    [[drain]]\nsite = \"X\"\nat = \"12:00\"\ngrace = \"1m\"\nfor = \"30m\"\n\
    [[calls]]\nname = \"a\"\narrivals = \"120/h\"\nhandling = \"4m\"\nafter-call = \"30s\"\n\
    patience = { exponential = \"90s\" }\n";

/// Each departure that waits, waits for a call that the agent has: it ends then, or half a minute before at most, and the
/// agent takes no other in between.
#[test]
fn departures_wait_for_the_call_in_progress_and_for_nothing_else() {
    let (model, _) = written(DAY);
    let (records, calls) = simulated(&model);
    let mut reasons = std::collections::BTreeMap::new();
    for record in &records {
        let Event::HeldByCall { until } = record.event else { continue };
        let (agent, at) = (record.agent, record.at);
        let own = || calls.iter().filter(|call| call.agent == Some(agent.0));
        let now = |call: &&Outcome| call.answered.is_some_and(|answered| answered < at);
        let held = own().filter(now);
        let held = held.filter(|call| call.ended <= until && until <= call.ended + s(30));
        assert_eq!(held.count(), 1, "{record:?} {:?}", own().collect::<Vec<_>>());
        let others = own().filter(|call| call.answered.is_some_and(|it| it >= at && it < until));
        assert_eq!(others.count(), 0, "{agent:?} at {at}");
        let then = records.iter().filter(|it| it.agent == agent && it.at == until);
        for it in then {
            let what = match it.event {
                Event::ShiftEnded => "shift",
                Event::OrderedToLeave { .. } => "drain",
                Event::MoveBegun { reason: Reason::Restore, .. } => "restore",
                _ => continue,
            };
            *reasons.entry(what).or_insert(0) += 1;
        }
    }
    assert!(["shift", "drain", "restore"].iter().all(|it| reasons.contains_key(it)), "{reasons:?}");
}

/// What is measured of these waits is what the records say, added up one by one.
#[test]
fn waits_for_calls_are_measured() {
    let (model, _) = written(DAY);
    let simulation = Simulation::new(&model, LUCK).unwrap();
    let frame = Frame::new(&model, simulation.occurrences());
    let mut measures = Measures::new(&frame, ());
    simulation.agents(0..model.agents(), &mut measures).unwrap();
    let (totals, ()) = measures.into_parts();
    let world = (simulation.world(), simulation.traffic());
    let results = Results::new(totals, &frame, world);
    let (records, _) = simulated(&model);
    let waits = records.iter().filter_map(|record| match record.event {
        Event::HeldByCall { until } => Some(until.min(model.horizon) - record.at),
        _ => None,
    });
    let waits: Vec<Span> = waits.collect();
    assert!(waits.len() > 5);
    assert_eq!(results.counts.held, waits.len() as u64);
    assert_eq!(results.counts.held_wait.0, waits.iter().map(|wait| i128::from(wait.0)).sum());
    assert_eq!(Some(&results.counts.held_longest), waits.iter().max());
}

/// Agents at X talk with callers who have come by way of Z, and X is drained just before ten. At 10:00 Z dies and cuts the calls
/// off: they leave for Y. At 10:00, too, the power of two agents is back, whose site is Y.
const AT_ONE_INSTANT: &str = "horizon = \"3h\"\n\
    clock = \"Mon 08:00\"\n\
    [site.X]\n[site.Y]\nreconnect-capacity = \"1/s\"\n[site.Z]\n\
    [location.office]\n[location.late]\n\
    [agent-group.first]\nagents = 3\nlocation = \"office\"\n\
    [agent-group.first.interaction-workspace]\n\
    disaster-recovery.enabled = true\n\
    disaster-recovery.preferred-site = \"X\"\n\
    disaster-recovery.peer-site = \"Y\"\n\
    [agent-group.others]\nagents = 2\nlocation = \"late\"\n\
    [agent-group.others.interaction-workspace]\n\
    disaster-recovery.preferred-site = \"Y\"\n\
    [[drain]]\nsite = \"X\"\nat = \"09:59:50\"\ngrace = \"90m\"\nfor = \"100m\"\n\
    [[fault]]\ntarget = \"site Z\"\nat = \"10:00\"\nfor = \"10m\"\n\
    [[fault]]\ntarget = \"power late\"\nat = \"08:00\"\nfor = \"2h\"\n\
    [[calls]]\nname = \"a\"\narrivals = \"60/h\"\nhandling = \"3h\"\nentry = [{ site = \"Z\", share = \"100%\" }]\n";

/// Calls that are cut off at an instant at which others ask for connections, too: all who ask are served in one order, by
/// their numbers. The others have asked before anybody has seen the calls end, so it begins again.
#[test]
fn who_is_cut_off_asks_for_a_connection_in_the_order_of_agents() {
    let (model, found) = written(AT_ONE_INSTANT);
    // The loss of a site where calls come in hits callers, though no agent is there.
    assert!(!found.iter().any(|it| it.code == "S023"), "{found:?}");
    let ten = Time::from_secs(7200);
    let connected = |it: &&Record| it.at >= ten && matches!(it.event, Event::Connected { .. });
    let (records, _) = simulated(&model);
    let found: Vec<(u32, Time)> =
        records.iter().filter(connected).map(|it| (it.agent.0, it.at)).collect();
    let expected: Vec<(u32, Time)> = (0..5).map(|n| (n, ten + s(i64::from(n)))).collect();
    assert_eq!(found[..5], expected);
    let bounds = Bounds { again: 0, ..Bounds::USUAL };
    let Err(Unfinished::Endless(Endless::Calls(turns))) = Simulation::within(&model, LUCK, bounds)
    else {
        panic!("it does not begin again");
    };
    assert_eq!((turns.turns, turns.agent, turns.at), (1, AgentId(0), ten));
}
