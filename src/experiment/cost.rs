//! What a simulation will take, estimated from the model before it begins: memory, disk, time.
//!
//! The numbers of outages are expected ones; what one of them takes was measured and is within a
//! factor of two (docs/performance.md). Nothing is simulated and nothing refused here.

use std::ops::Range;

use crate::limits::MOST_AWAKE;
use crate::model::Model;
use crate::time::Span;

use super::gathered::GROUPS;
use super::load::Load;
use super::study::Study;

/// Bytes of the program itself.
const BASE: f64 = 14e6;
/// Bytes that an outage of a fault takes in memory, and as a line of `faults.csv`.
const SPELL: (f64, f64) = (650.0, 113.0);
/// The same of a path between a location and a site, or of a link: lines of `world.csv`.
const PATH: (f64, f64) = (550.0, 80.0);
/// Bytes of a site in `timeline.csv`, and of the charts.
const TIMELINE: f64 = 45e3;
const CHARTS: f64 = 3e5;
/// How much longer the trace is than the rows.
const TRACE: f64 = 3.2;
/// Bytes in memory of an outage without its rows.
const OUTAGE: f64 = 25.0;
/// Agents whose rows are in memory at a time, for each thread.
const BUFFERED: f64 = 4.0 * 2048.0;
/// Seconds of one thread for an outage, and for its lines and those of a path.
const SPELL_S: f64 = 4e-7;
const LINES_S: f64 = 6e-6;
const PATH_S: f64 = 3e-6;
/// Seconds of one thread for an outage, for the move that it may lead to, and for the rows of an
/// outage.
const OUTAGE_S: f64 = 4e-7;
const MOVE_S: f64 = 2.7e-6;
const ROWS_S: f64 = 2.5e-6;
/// How much longer both take where agents queue for logins: they are simulated twice.
const QUEUED: f64 = 2.0;
/// Seconds of a replication in which nothing happens, and of the program itself with its charts.
const REPLICATION_S: f64 = 5e-5;
const START_S: f64 = 0.03;
/// Bytes of the estimate of a measure, from all replications, in memory and on the disk, and its
/// seconds.
const MEASURE: (f64, f64) = (1_300.0, 650.0);
const MEASURE_S: f64 = 8e-6;
/// Bytes of an integer of a replication's row, in memory (with what is made of it) and on the disk,
/// and its seconds.
const ROW: (f64, f64) = (55.0, 20.0);
const VALUE_S: f64 = 1e-7;
/// Bytes of a bin of a sketch in memory and on the disk.
const BIN: (f64, f64) = (40.0, 20.0);
/// Bytes of an agent that waits for slots as it is, or asleep, because there are many.
const AWAKE: f64 = 3_000.0;
const ASLEEP: f64 = 150.0;
/// Bytes of a slot that it has got.
const SLOT: f64 = 24.0;

/// Bytes of an agent where some may have to wait for the end of a call before they leave: it is kept with what calls have
/// seen of it.
const HOLDING: f64 = 4_000.0;

/// Bytes of an agent whose phone asks a registrar with a capacity, in a storm of all, and seconds of one
/// thread for the messages that an outage leads to: ten refreshes follow it.
const ASKING: f64 = 900.0;
const ASKING_S: f64 = 1.6e-5;

/// An estimate.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cost {
    /// Peak memory, bytes.
    pub memory: f64,
    /// Files while it runs and afterwards, bytes.
    pub disk: f64,
    /// Time with as many threads as asked for, seconds.
    pub time_s: f64,
}

/// How a single run is written.
#[derive(Clone, Copy, Debug)]
pub struct Written {
    /// With the tables that have a row per agent, outage or move.
    pub rows: bool,
    /// With the trace.
    pub trace: bool,
}

/// Bytes and seconds that a variant takes with its estimates, and that a byte of its text takes.
const VARIANT: (f64, f64) = (2.5e5, 5e-3);
const TEXT: (f64, f64) = (50.0, 1e-6);

impl Cost {
    /// Of variants that are read and compared, before their replications. `bytes`: of all their
    /// texts.
    #[must_use]
    pub fn of_variants(number: usize, bytes: usize) -> Self {
        let of = |variant, text| number as f64 * variant + bytes as f64 * text;
        Self { memory: of(VARIANT.0, TEXT.0), disk: 0.0, time_s: of(VARIANT.1, TEXT.1) }
    }

    /// Of a single run on a number of threads.
    #[must_use]
    pub fn of_run(model: &Model, threads: usize, written: Written) -> Self {
        let load = Load::of(model);
        let buffered = (BUFFERED * threads as f64 / load.agents.max(1.0)).min(1.0);
        let lines = match (written.rows, written.trace) {
            (false, false) => 0.0,
            (true, false) => 1.0,
            (false, true) => TRACE,
            (true, true) => 1.0 + TRACE,
        };
        let rows = load.rows * lines;
        let outages = load.outages * OUTAGE;
        Self {
            memory: world(&load) + load.paths * PATH.0 + buffered * (rows + outages),
            disk: rows
                + load.spells * SPELL.1
                + load.paths * PATH.1
                + model.sites.len() as f64 * TIMELINE
                + CHARTS,
            time_s: START_S
                + load.spells * (SPELL_S + LINES_S)
                + load.paths * PATH_S
                + (outages_s(&load) + load.outages * lines * ROWS_S) / threads as f64,
        }
    }

    /// Of the story of one agent: the world that it needs, and the agents before it in a queue.
    #[must_use]
    pub fn of_story(model: &Model) -> Self {
        let load = Load::of(model);
        let others = if load.waiting + load.asking.0 > 0.0 { outages_s(&load) } else { 0.0 };
        Self {
            memory: world(&load) + load.paths * PATH.0,
            disk: 0.0,
            time_s: START_S + load.spells * SPELL_S + load.paths * PATH_S + others,
        }
    }

    /// Of replications that are read and not simulated.
    #[must_use]
    pub fn of_merge(study: &Study<'_>, replications: &Range<u64>) -> Self {
        let whole = Self::of_experiment(study, replications, 1);
        let number = (replications.end - replications.start) as f64;
        let mut time_s = START_S;
        for layout in study.layouts() {
            time_s += number * (REPLICATION_S + layout.length() as f64 * VALUE_S);
        }
        Self { time_s: time_s + estimates(study).time_s, ..whole }
    }

    /// Of the replications of a study that a time limit lets be made.
    #[must_use]
    pub fn of_experiment_within(
        study: &Study<'_>,
        replications: &Range<u64>,
        threads: usize,
        limit: Option<Span>,
    ) -> Self {
        let whole = Self::of_experiment(study, replications, threads);
        let Some(limit) = limit.map(Span::as_secs_f64) else { return whole };
        let one = replications.start..replications.end.min(replications.start + 1);
        let least = Self::of_experiment(study, &one, threads);
        // Times are known to a factor of two.
        let share = (2.0 * limit / whole.time_s.max(1e-9)).min(1.0);
        let part = |least: f64, whole: f64| least + (whole - least).max(0.0) * share;
        Self {
            memory: part(least.memory, whole.memory),
            disk: part(least.disk, whole.disk),
            time_s: whole.time_s.min(limit),
        }
    }

    /// What an experiment takes to its last replication.
    #[must_use]
    pub fn of_experiment(study: &Study<'_>, replications: &Range<u64>, threads: usize) -> Self {
        let number = (replications.end - replications.start) as f64;
        let threads = threads as f64;
        let mut cost = estimates(study);
        let (mut largest, mut seconds): (f64, f64) = (0.0, 0.0);
        for (model, layout) in study.models().iter().zip(study.layouts()) {
            let (load, row) = (Load::of(model), layout.length() as f64);
            largest = largest.max(world(&load) - BASE + load.outages.min(2e6) * OUTAGE);
            let bins = load.outages.min(5_000.0);
            cost.memory += number * row * ROW.0 + number.min(64.0) * bins * BIN.0;
            cost.disk += number * (row * ROW.1 + bins * BIN.1);
            seconds += REPLICATION_S + load.spells * SPELL_S + row * VALUE_S + outages_s(&load);
        }
        cost.memory += threads.min(number) * largest;
        cost.time_s += seconds * number / threads;
        cost
    }
}

impl Cost {
    /// What a shard takes that holds these replications: rows are written and not kept, and durations are
    /// written for groups of replications.
    #[must_use]
    pub fn of_shard(study: &Study<'_>, replications: &Range<u64>, threads: usize) -> Self {
        let mut cost = Self::of_experiment(study, replications, threads);
        let number = (replications.end - replications.start) as f64;
        let merged = number - number.min(GROUPS as f64);
        for (model, layout) in study.models().iter().zip(study.layouts()) {
            cost.memory -= number * layout.length() as f64 * ROW.0;
            cost.disk -= merged * Load::of(model).outages.min(5_000.0) * BIN.1;
        }
        cost
    }
}

/// Bytes and seconds of the program and of all estimates, however many replications they are from.
fn estimates(study: &Study<'_>) -> Cost {
    let variants = 0..study.models().len();
    let number = variants.map(|variant| study.measures(variant).len()).sum::<usize>() as f64;
    Cost {
        memory: BASE + number * MEASURE.0,
        disk: number * MEASURE.1,
        time_s: START_S + number * MEASURE_S,
    }
}

/// Bytes of the world, and of who waits in it or may.
fn world(load: &Load) -> f64 {
    let each = match load.waiting {
        _ if load.holding > 0.0 => HOLDING,
        many if many > MOST_AWAKE as f64 => ASLEEP,
        _ => AWAKE,
    };
    let queues = load.waiting * each + load.slots * SLOT + load.asking.0 * ASKING;
    BASE + load.spells * SPELL.0 + queues + load.agents.sqrt()
}

/// Seconds of the outages of all agents.
fn outages_s(load: &Load) -> f64 {
    let once = load.outages * OUTAGE_S + load.moves * MOVE_S;
    let lives = if load.waiting > 0.0 { once * QUEUED } else { once };
    lives + load.asking.1 * ASKING_S
}
