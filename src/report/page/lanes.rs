//! The swim lanes of a run, read from its tables: faults, then each site with its logins, registrar, server
//! pairs and paths, then the power of locations, and when they were not as usual. The groups of agents come
//! last.
//!
//! What happened is drawn first; where there is too much for a page, the rest is counted.

use super::group_lanes::{GroupLanes, group_lanes};
use super::parts::chosen;
use super::set::{Csv, Refused, Set};
use crate::report::charts::{Block, Lane, State};
use crate::report::words;

/// Most lanes.
const LANES: usize = 48;

/// Most blocks of the world and of faults.
const BLOCKS: usize = 1_500;

/// Steps of the height of agents in service, so that equal ones are one block.
const STEPS: f64 = 16.0;

/// An occurrence of a fault.
#[derive(Clone, Debug)]
pub(super) struct Incident {
    pub(super) name: String,
    pub(super) span: (f64, f64),
    pub(super) hit: f64,
    pub(super) not_back: f64,
    pub(super) half_back: f64,
    pub(super) all_back: f64,
    /// Agent time until those hit were back.
    pub(super) lost: f64,
}

/// What the tables of a run say, as lanes.
pub(super) struct Course {
    /// Those of the whole run for which there is space.
    pub(super) lanes: Vec<Lane>,
    /// All of them.
    pub(super) all: Vec<Lane>,
    pub(super) incidents: Vec<Incident>,
    /// The agent groups.
    pub(super) group_lanes: GroupLanes,
    /// Length of the steps in which agents in service are known, seconds; 0: they are not.
    pub(super) step: f64,
    /// Lanes that did not fit.
    pub(super) lanes_left: usize,
    /// Blocks that did not fit.
    pub(super) blocks_left: usize,
}

/// Reads the tables; `None`: they are not there.
pub(super) fn course(set: &Set<'_>) -> Result<Option<Course>, Refused> {
    let (Some(faults), Some(states)) = (set.csv("faults.csv")?, set.csv("states.csv")?) else {
        return Ok(None);
    };
    let timeline = set.csv("timeline.csv")?.unwrap_or_default();
    let incidents: Vec<Incident> =
        faults.rows.iter().filter_map(|row| incident(&faults, row)).collect();
    let mut lanes = fault_lanes(set, &incidents);
    let parts = [site_lanes(set, &states, &timeline), power_lanes(set, &states)].concat();
    // A fault without a name is called as what it hits.
    for lane in &mut lanes {
        if parts.iter().any(|part| part.name == lane.name) {
            lane.name.insert_str(0, "fault: ");
        }
    }
    lanes.extend(parts);
    let all = lanes.clone();
    let (lanes, lanes_left) = most_telling(lanes);
    let (lanes, blocks_left) = longest(lanes);
    let step = step(&timeline);
    let group_lanes = group_lanes(set)?;
    Ok(Some(Course { lanes, all, incidents, group_lanes, step, lanes_left, blocks_left }))
}

fn incident(csv: &Csv, row: &[String]) -> Option<Incident> {
    let number = |column: &str| csv.number(row, column);
    Some(Incident {
        name: chosen(csv.cell(row, "fault")),
        span: (number("from_s")?, number("to_s")?),
        hit: number("agents_hit")?,
        not_back: number("agents_not_back")?,
        half_back: number("half_back_s").unwrap_or(0.0),
        all_back: number("all_back_s").unwrap_or(0.0),
        lost: number("lost_s").unwrap_or(0.0),
    })
}

/// A lane per declared fault, in the order of their first occurrence.
fn fault_lanes(set: &Set<'_>, incidents: &[Incident]) -> Vec<Lane> {
    let mut lanes: Vec<Lane> = Vec::new();
    for Incident { name, span, .. } in incidents {
        let block =
            Block { span: *span, state: State::Fault, hint: set.lasting(name, "lasts", *span) };
        match lanes.iter_mut().find(|lane| lane.name == *name) {
            Some(lane) => lane.blocks.push(block),
            None => lanes.push(Lane { name: name.clone(), blocks: vec![block] }),
        }
    }
    lanes
}

/// Each site, then its pairs and paths that were ever not as usual.
fn site_lanes(set: &Set<'_>, states: &Csv, timeline: &Csv) -> Vec<Lane> {
    let sites = set.answer["sites"].as_array().map_or(&[][..], Vec::as_slice);
    let most = timeline.rows.iter().filter_map(|row| timeline.number(row, "in_service"));
    let most = most.fold(0.0, f64::max);
    let mut lanes = Vec::new();
    for site in sites.iter().filter_map(|site| site["name"].as_str()) {
        let own: Vec<&Vec<String>> =
            states.rows.iter().filter(|row| states.cell(row, "site") == site).collect();
        let mut lane = Lane { name: format!("site {}", chosen(site)), blocks: Vec::new() };
        lane.blocks = in_service(timeline, site, most);
        let mut parts: Vec<Lane> = Vec::new();
        for row in own {
            let name = part_name(states, row);
            let Some(block) = state_block((set, states), row, &name) else { continue };
            if states.cell(row, "part") == "site" {
                lane.blocks.push(block);
            } else if let Some(part) = parts.iter_mut().find(|part| part.name == name) {
                part.blocks.push(block);
            } else {
                parts.push(Lane { name, blocks: vec![block] });
            }
        }
        lanes.push(lane);
        lanes.append(&mut parts);
    }
    lanes
}

/// Each location that was ever without power.
fn power_lanes(set: &Set<'_>, states: &Csv) -> Vec<Lane> {
    let mut lanes: Vec<Lane> = Vec::new();
    for row in states.rows.iter().filter(|row| states.cell(row, "part") == "power") {
        let name = part_name(states, row);
        let Some(block) = state_block((set, states), row, &name) else { continue };
        match lanes.iter_mut().find(|lane| lane.name == name) {
            Some(lane) => lane.blocks.push(block),
            None => lanes.push(Lane { name, blocks: vec![block] }),
        }
    }
    lanes
}

fn part_name(states: &Csv, row: &[String]) -> String {
    let cell = |column: &str| chosen(states.cell(row, column));
    match states.cell(row, "part") {
        "pair" => cell("name"),
        "path" => format!("path {} - {} {}", cell("location"), cell("site"), cell("kind")),
        "logins" => format!("logins {}", cell("name")),
        "power" => format!("power {}", cell("location")),
        "registrar" => format!("registrar {}", cell("name")),
        "process" => format!("process {}", cell("name")),
        _ => format!("site {}", cell("name")),
    }
}

fn state_block((set, states): (&Set<'_>, &Csv), row: &[String], name: &str) -> Option<Block> {
    let span = (states.number(row, "from_s")?, states.number(row, "to_s")?);
    let (state, what) = match states.cell(row, "state") {
        "backup" => (State::Backup, "backup serves"),
        "split" => (State::Backup, "both members serve"),
        "drained" => (State::Drained, "drained"),
        "hangs" => (State::Ailing, "hangs"),
        "refuses" => (State::Ailing, "refuses"),
        "slow" => (State::Ailing, "slow"),
        "queue" => (State::Queue, "REGISTERs wait"),
        _ => (State::Down, "down"),
    };
    Some(Block { span, state, hint: set.lasting(name, what, span) })
}

/// The longest step of a table over time.
fn step(timeline: &Csv) -> f64 {
    let number = |row, column| timeline.number(row, column).unwrap_or(0.0);
    let steps = timeline.rows.iter().map(|row| number(row, "to_s") - number(row, "from_s"));
    steps.fold(0.0, f64::max)
}

/// Agents in service at a site, in steps of height.
fn in_service(timeline: &Csv, site: &str, most: f64) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let rows = timeline.rows.iter().filter(|row| timeline.cell(row, "site") == site);
    for row in rows {
        let number = |column: &str| timeline.number(row, column);
        let values = (number("from_s"), number("to_s"), number("in_service"));
        let (Some(from), Some(to), Some(agents)) = values else { continue };
        let share = if most > 0.0 { libm::ceil(agents / most * STEPS) / STEPS } else { 0.0 };
        let state = State::InService(share);
        match blocks.last_mut() {
            Some(last) if last.state == state && last.span.1 == from => last.span.1 = to,
            _ => {
                let agents = words::count(libm::round(agents) as u64);
                let hint = format!("site {}: about {agents} agents in service", chosen(site));
                blocks.push(Block { span: (from, to), state, hint });
            }
        }
    }
    blocks
}

/// Whether anything happened in a lane beside agents being in service.
fn is_hit(lane: &Lane) -> bool {
    lane.blocks.iter().any(|block| !matches!(block.state, State::InService(_)))
}

/// What is drawn first: faults, then sites that were hit, then what was longest not as usual.
fn rank(lane: &Lane) -> (u8, f64) {
    let unusual = |block: &&Block| !matches!(block.state, State::InService(_));
    let time: f64 =
        lane.blocks.iter().filter(unusual).map(|block| block.span.1 - block.span.0).sum();
    let is_fault = lane.blocks.iter().any(|block| block.state == State::Fault);
    let is_site = lane.blocks.iter().any(|block| matches!(block.state, State::InService(_)))
        || lane.name.starts_with("site ");
    let class = match (is_fault, is_hit(lane), is_site) {
        (true, ..) => 0,
        (_, true, true) => 1,
        (_, true, false) => 2,
        (_, false, _) => 3,
    };
    (class, time)
}

/// The most notable lanes, in their order, as long as there is space; and how many are left.
pub(super) fn most_telling(lanes: Vec<Lane>) -> (Vec<Lane>, usize) {
    let ranks: Vec<(u8, f64)> = lanes.iter().map(rank).collect();
    let mut order: Vec<usize> = (0..lanes.len()).collect();
    order.sort_by(|a, b| {
        let ((a_class, a_time), (b_class, b_time)) = (ranks[*a], ranks[*b]);
        a_class.cmp(&b_class).then(b_time.total_cmp(&a_time))
    });
    order.truncate(LANES);
    order.sort_unstable();
    let left = lanes.len() - order.len();
    let mut kept = order.into_iter().peekable();
    let lanes = lanes.into_iter().enumerate();
    let lanes = lanes.filter_map(|(at, lane)| kept.next_if_eq(&at).map(|_| lane));
    (lanes.collect(), left)
}

/// The longest blocks of all lanes, and how many are left out.
pub(super) fn longest(mut lanes: Vec<Lane>) -> (Vec<Lane>, usize) {
    let mut lengths: Vec<f64> = lanes
        .iter()
        .flat_map(|lane| &lane.blocks)
        .map(|block| block.span.1 - block.span.0)
        .collect();
    let left = lengths.len().saturating_sub(BLOCKS);
    if left > 0 {
        lengths.sort_by(|a, b| b.total_cmp(a));
        let least = lengths[BLOCKS - 1];
        let mut room = BLOCKS;
        for lane in &mut lanes {
            lane.blocks.retain(|block| {
                let keeps = block.span.1 - block.span.0 >= least && room > 0;
                room -= usize::from(keeps);
                keeps
            });
        }
    }
    (lanes, left)
}
