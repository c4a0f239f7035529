//! The swim lanes of agent groups, read from `groups.csv`: agents in service at home, in service away from
//! home, not on shift, out of service.
//!
//! A lane is made for the window that it is drawn in, so that a short incident of a long run is as sharp as
//! the file has it.

use super::parts::chosen;
use super::set::{Csv, GROUPS_FILE, Refused, Set};
use crate::report::charts::{Block, Lane, State};
use crate::report::words;

/// Most groups with a lane: the most affected ones.
const GROUPS: usize = 12;

/// Most blocks of all lanes in a window, as long as each may have as many as the coarsest steps make.
const BLOCKS: usize = 400;

/// Steps of a window: of the finest, about as many as a picture has columns, and of the coarsest.
const FINEST: f64 = 700.0;
const COARSEST: f64 = 40.0;

/// Lengths of steps that people read easily, in seconds.
const WIDTHS: [f64; 20] = [
    1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1_800.0, 3_600.0, 7_200.0,
    10_800.0, 21_600.0, 43_200.0, 86_400.0, 172_800.0, 432_000.0,
];

/// Height of a lane, in parts that can be distinguished in a picture.
const PARTS: f64 = 16.0;

/// Some time of a group: from and to, agents out of service and in service away from home.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Step {
    span: (f64, f64),
    out: f64,
    away: f64,
    /// Out of service or not on shift.
    missing: f64,
}

impl Step {
    /// The most of each in another step as well, over the time of this one.
    fn with(self, other: &Self) -> Self {
        Self {
            span: self.span,
            out: self.out.max(other.out),
            away: self.away.max(other.away),
            missing: self.missing.max(other.missing),
        }
    }
}

/// A group over the whole run.
#[derive(Clone, Debug)]
struct Group {
    name: String,
    size: f64,
    steps: Vec<Step>,
}

impl Group {
    /// Agent time out of service and away from home in a window.
    fn weight(&self, window: (f64, f64)) -> (f64, f64) {
        let seen = within(&self.steps, window);
        let sum = |of: fn(&Step) -> f64| {
            seen.iter().map(|step| of(step) * (step.span.1 - step.span.0)).sum()
        };
        (sum(|step| step.out), sum(|step| step.away))
    }
}

/// The groups; the most affected ones of a window have a lane in it.
#[derive(Clone, Debug, Default)]
pub(super) struct GroupLanes {
    groups: Vec<Group>,
    /// Groups without space in the whole run.
    pub(super) left: usize,
}

/// The lanes in a window.
pub(super) struct Drawn {
    pub(super) lanes: Vec<Lane>,
    /// What a step shows the most of, in seconds; `None`: every change is drawn.
    pub(super) step: Option<f64>,
}

/// Reads the table; without it there are no lanes.
pub(super) fn group_lanes(set: &Set<'_>) -> Result<GroupLanes, Refused> {
    let Some(csv) = set.csv(GROUPS_FILE)? else { return Ok(GroupLanes::default()) };
    let groups = groups(&csv);
    let left = groups.len() - most_affected(&groups, ALWAYS).len();
    Ok(GroupLanes { groups, left })
}

/// The whole run.
const ALWAYS: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

/// The groups with the most agent time out of service in a window, in the order of the file.
fn most_affected(groups: &[Group], window: (f64, f64)) -> Vec<&Group> {
    let mut order: Vec<usize> = (0..groups.len()).collect();
    let weights: Vec<_> = groups.iter().map(|group| group.weight(window)).collect();
    order.sort_by(|a, b| {
        let ((a_out, a_away), (b_out, b_away)) = (weights[*a], weights[*b]);
        b_out.total_cmp(&a_out).then(b_away.total_cmp(&a_away))
    });
    if groups.len() > GROUPS && weights.iter().any(|weight| *weight > (0.0, 0.0)) {
        order.retain(|at| weights[*at] > (0.0, 0.0));
    }
    order.truncate(GROUPS);
    order.sort_unstable();
    order.into_iter().map(|at| &groups[at]).collect()
}

/// The rows by group, in the order of the file.
fn groups(csv: &Csv) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut last = None;
    for row in &csv.rows {
        let number = |column: &str| csv.number(row, column);
        let values = (number("from_s"), number("to_s"), number("in_service"), number("out"));
        let (Some(from), Some(to), Some(in_service), Some(out)) = values else { continue };
        let missing = out + number("not_staffed").unwrap_or(0.0);
        let away = number("away").unwrap_or(0.0);
        let step = Step { span: (from, to), out, away, missing };
        let name = csv.cell(row, "group");
        if last != Some(name) {
            last = Some(name);
            groups.push(Group {
                name: chosen(name),
                size: in_service + missing,
                steps: Vec::new(),
            });
        }
        groups.iter_mut().last().into_iter().for_each(|group| group.steps.push(step));
    }
    groups
}

impl GroupLanes {
    /// The lanes in a window: every change, or steps as fine as there is space for.
    pub(super) fn drawn(&self, set: &Set<'_>, window: (f64, f64)) -> Drawn {
        let least = (window.1 - window.0) / FINEST;
        let ladder = WIDTHS.into_iter().filter(|width| *width >= least).map(Some);
        let coarsest = (window.1 - window.0) / COARSEST;
        let mut steps = std::iter::once(None).chain(ladder).chain([Some(coarsest)]);
        let groups = most_affected(&self.groups, window);
        let room = (BLOCKS / groups.len().max(1)).max(COARSEST as usize);
        let lanes = |step| groups.iter().map(|group| lane(set, group, window, step)).collect();
        let fits = |lanes: &Vec<Lane>| lanes.iter().all(|lane| lane.blocks.len() <= room);
        let tried = steps.by_ref().map(|step| Drawn { lanes: lanes(step), step });
        let mut last = Drawn { lanes: Vec::new(), step: None };
        for drawn in tried {
            last = drawn;
            if fits(&last.lanes) {
                break;
            }
        }
        last
    }
}

fn lane(set: &Set<'_>, group: &Group, window: (f64, f64), step: Option<f64>) -> Lane {
    let seen = within(&group.steps, window);
    let steps = match step {
        Some(step) => joined(&seen, window, step),
        None => seen,
    };
    Lane { name: format!("group {}", group.name), blocks: blocks(set, group, &steps) }
}

/// What is seen in a window.
fn within(steps: &[Step], (from, to): (f64, f64)) -> Vec<Step> {
    let seen = steps.iter().filter(|step| step.span.0 < to && step.span.1 > from);
    seen.map(|step| Step { span: (step.span.0.max(from), step.span.1.min(to)), ..*step }).collect()
}

/// The most in each of the equal steps of the run that a window has.
fn joined(steps: &[Step], (from, to): (f64, f64), length: f64) -> Vec<Step> {
    let [first, end] = [libm::floor(from / length), libm::ceil(to / length)];
    let number = (end - first).max(0.0) as usize;
    let start = |at: usize| ((first + at as f64) * length).max(from);
    let empty = |at| {
        let span = (start(at), start(at + 1).min(to));
        Step { span, out: 0.0, away: 0.0, missing: 0.0 }
    };
    let mut all: Vec<Step> = (0..number).map(empty).collect();
    for seen in steps {
        let place = |at: f64| (at / length - first).max(0.0);
        let (first, end) = (place(seen.span.0) as usize, libm::ceil(place(seen.span.1)) as usize);
        for step in all.iter_mut().take(end).skip(first) {
            *step = step.with(seen);
        }
    }
    all
}

/// Agents of a group somewhere: how many, and what that looks like.
type Part = (f64, State);

/// At home, away from home, not on shift and out of service. Who is anywhere is seen there.
fn parts(size: f64, step: &Step) -> [Part; 4] {
    let height = |agents: f64| libm::ceil(agents / size.max(1.0) * PARTS);
    let off = step.missing - step.out;
    let home = (size - step.missing - step.away).max(0.0);
    let least = |agents: f64| if agents > 0.0 { 1.0 } else { 0.0 };
    let room = PARTS - least(home);
    let out = height(step.out).min(room - least(step.away) - least(off));
    let away = height(step.away).min(room - out - least(off));
    let absent = height(off).min(room - out - away);
    let ends = [out + away + absent, out + absent, out].map(|above| (PARTS - above) / PARTS);
    let [bottom, middle, top] = ends;
    [
        (home, State::InService(bottom)),
        (step.away, State::Away(bottom, middle)),
        (off, State::OffShift(middle, top)),
        (step.out, State::Out(out / PARTS)),
    ]
}

/// Some time in which agents of a group somewhere look the same, from the fewest to the most.
struct Run {
    state: State,
    span: (f64, f64),
    agents: (f64, f64),
}

/// Where agents are, in the order of [`parts`].
const WHERE: [&str; 4] =
    ["in service at home", "in service away from home", "not on shift", "out of service"];

/// The blocks of a lane; what looks the same one after the other is one.
fn blocks(set: &Set<'_>, group: &Group, steps: &[Step]) -> Vec<Block> {
    let name = format!("group {}", group.name);
    let each = WHERE.into_iter().enumerate().flat_map(|(which, what)| {
        let name = &name;
        runs(group.size, steps, which).into_iter().map(move |Run { state, span, agents }| {
            let said = format!("{} {what}", counted(agents, group.size));
            Block { span, state, hint: set.lasting(name, &said, span) }
        })
    });
    each.collect()
}

/// What looks the same of one of [`parts`], one after the other; nothing where there are no agents.
fn runs(size: f64, steps: &[Step], which: usize) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for step in steps {
        let (agents, state) = parts(size, step)[which];
        let span = step.span;
        match runs.last_mut() {
            _ if agents <= 0.0 => {}
            Some(run) if run.state == state && run.span.1 == span.0 => {
                run.span.1 = span.1;
                run.agents = (run.agents.0.min(agents), run.agents.1.max(agents));
            }
            _ => runs.push(Run { state, span, agents: (agents, agents) }),
        }
    }
    runs
}

/// How many of how many, in words.
fn counted((least, most): (f64, f64), size: f64) -> String {
    let count = |agents: f64| words::count(libm::round(agents) as u64);
    let all = words::counted(libm::round(size) as u64, "agent", "agents");
    match least == most {
        true => format!("{} of {all}", count(most)),
        false => format!("{} to {} of {all}", count(least), count(most)),
    }
}
