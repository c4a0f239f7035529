//! The day's arrivals and staff: of each queue calls offered by interval (above), and agents in service beside those that
//! the calls need (below). Of one run, or means over replications with their intervals.

mod panel;

use crate::experiment::Answer;
use crate::measures::Results;
use crate::model::{Model, Schedule};
use crate::report::charts::canvas::{Canvas, WIDTH};
use crate::report::charts::direct::or_legend;
use crate::report::charts::palette;
use crate::report::charts::plot::{Entry, LEFT, Room, head, head_height};
use crate::report::words;
use crate::time::{Span, Time};

use panel::Panel;

/// File name.
pub const STAFF_CHART: &str = "calls-and-staff.svg";

/// Most queues that have a panel.
const QUEUES: usize = 4;

/// With at most this many intervals a run is shown as a whole; of a longer one a day.
const WHOLE: usize = 100;

/// Fewest intervals of a day; else a stretch around it is shown.
const FEWEST: usize = 6;

/// Margin to the right.
const RIGHT: i32 = 28;

/// A value with the ends of its interval.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Value {
    mean: f64,
    low: f64,
    high: f64,
}

impl Value {
    const fn exact(mean: f64) -> Self {
        Self { mean, low: mean, high: mean }
    }
}

/// A queue in an interval.
#[derive(Clone, Copy, Debug)]
struct Slice {
    from: Time,
    to: Time,
    offered: Value,
    agents: Value,
    /// `None`: no number of agents keeps the target, or it is not known.
    needed: Option<f64>,
    on_shift: f64,
}

impl Slice {
    /// Agents that are missing; below 0: there are more than are needed.
    fn missing(&self) -> Option<f64> {
        Some(self.needed? - self.agents.mean)
    }
}

/// A queue over time.
struct Queue<'a> {
    name: &'a str,
    slices: Vec<Slice>,
}

impl Queue<'_> {
    fn calls(&self) -> f64 {
        self.slices.iter().map(|slice| slice.offered.mean).sum()
    }

    /// The interval in which most agents are missing.
    fn worst(&self) -> Option<&Slice> {
        let known = self.slices.iter().filter(|slice| slice.missing().is_some());
        known.reduce(|worst, one| if one.missing() > worst.missing() { one } else { worst })
    }
}

/// A fault or drain.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Down {
    from: Time,
    to: Time,
    name: String,
}

/// What is drawn.
struct Day<'a> {
    model: &'a Model,
    queues: Vec<Queue<'a>>,
    /// What is down and when, in order.
    faults: Vec<Down>,
    /// Number of replications and level of the intervals; `None`: it is one run.
    replications: Option<(usize, f64)>,
    /// Whether it is a part of the run.
    is_cut: bool,
}

/// The chart of a run.
pub(super) fn of_run(results: &Results, model: &Model) -> String {
    let mut queues = queues(model);
    for row in results.call_rows(model) {
        let length = (row.to - row.from).0 as f64;
        queues[row.queue].slices.push(Slice {
            from: row.from,
            to: row.to,
            offered: Value::exact(row.cell.offered as f64),
            agents: Value::exact(row.hours.in_service as f64 / length),
            needed: row.needed.map(f64::from),
            on_shift: row.on_shift as f64 / length,
        });
    }
    let down = results.impacts.iter().map(|impact| Down {
        from: impact.incident.from,
        to: impact.incident.to,
        name: impact.incident.name(model).to_owned(),
    });
    let faults = down.collect();
    Day { model, queues, faults, replications: None, is_cut: false }.draw()
}

/// The chart of an experiment.
pub(super) fn of_answer(answer: &Answer, model: &Model) -> String {
    let mut queues = queues(model);
    for cell in answer.calls(model) {
        let value = |figure: usize| {
            let figure = &cell.figures[figure];
            let mean = figure.mean.unwrap_or(0.0);
            let (low, high) = figure.interval.map_or((mean, mean), |ends| (ends.low, ends.high));
            Value { mean, low, high }
        };
        queues[cell.queue].slices.push(Slice {
            from: cell.from,
            to: cell.to,
            offered: value(0),
            agents: value(11),
            needed: cell.figures[13].mean,
            on_shift: value(15).mean,
        });
    }
    let replications = Some((answer.gathered.count(), answer.level));
    Day { model, queues, faults: scripted(model), replications, is_cut: false }.draw()
}

fn queues(model: &Model) -> Vec<Queue<'_>> {
    let all = model.calls.queues.iter();
    all.map(|queue| Queue { name: &queue.name, slices: Vec::new() }).collect()
}

/// When scripted faults and drains are, which is the same in every replication.
fn scripted(model: &Model) -> Vec<Down> {
    let down = |name: &str, from, to| Down { from, to, name: name.to_owned() };
    let mut all: Vec<Down> =
        model.drains.iter().map(|it| down(&it.name, it.at, it.at + it.lasts)).collect();
    for fault in &model.faults {
        let Schedule::Scripted { at, down: length, up, times } = fault.schedule else { continue };
        let mut from = at;
        for _ in 0..times {
            if from >= model.horizon {
                break;
            }
            all.push(down(&fault.name, from, from + length));
            from = from + length + up;
        }
    }
    all.sort_unstable();
    all
}

impl Day<'_> {
    fn draw(mut self) -> String {
        self.cut();
        let most = self.queues.len();
        self.queues.sort_by(|one, other| other.calls().total_cmp(&one.calls()));
        self.queues.truncate(QUEUES);
        let left_out = most - self.queues.len();
        or_legend(|direct| self.drawn(direct, left_out))
    }

    /// Cuts the queues to what is shown: all of a short run; of a longer one the day on which most agents are missing.
    fn cut(&mut self) {
        let Some(first) = self.queues.first() else { return };
        let number = first.slices.len();
        if number <= WHOLE {
            return;
        }
        let at = self.telling();
        let at = at.min(number - 1);
        let day = day(self.model, first.slices[at].from);
        let is_in = |slice: &Slice| self::day(self.model, slice.from) == day;
        let from = first.slices.partition_point(|slice| self::day(self.model, slice.from) < day);
        let to = from + first.slices[from..].iter().take_while(|slice| is_in(slice)).count();
        let shown = match to - from {
            FEWEST..=WHOLE => from..to,
            _ => {
                let from = at.saturating_sub(WHOLE / 2);
                from..(from + WHOLE).min(number)
            }
        };
        self.queues
            .iter_mut()
            .for_each(|queue| queue.slices = queue.slices[shown.clone()].to_vec());
    }

    /// The interval in which most agents are missing; where there are enough, that with most calls.
    fn telling(&self) -> usize {
        let sum = |at: usize, of: fn(&Slice) -> f64| -> f64 {
            self.queues.iter().filter_map(|queue| queue.slices.get(at)).map(of).sum()
        };
        let missing = |at: usize| sum(at, |slice| slice.missing().unwrap_or(0.0).max(0.0));
        let offered = |at: usize| sum(at, |slice| slice.offered.mean);
        let rank = |at: &usize| (libm::rint(missing(*at)), offered(*at));
        let all = 0..self.queues.first().map_or(0, |queue| queue.slices.len());
        all.reduce(|most, at| if rank(&at) > rank(&most) { at } else { most }).unwrap_or(0)
    }

    /// The chart with names at its lines, and whether they fit; or with a legend.
    fn drawn(&self, direct: bool, left_out: usize) -> (String, bool) {
        let legend = if direct { Vec::new() } else { self.legend() };
        let top = head_height(&legend) + 14;
        let panels: Vec<Panel<'_>> =
            self.queues.iter().map(|queue| Panel::new(self, queue, direct)).collect();
        let height = top + panels.iter().map(Panel::height).sum::<i32>();
        let mut fits = true;
        let svg = Canvas::render((WIDTH as u32, height as u32), |canvas| {
            head(canvas, &self.title(), &self.note(left_out), &legend);
            let left = LEFT + panels.iter().map(Panel::gutter).max().unwrap_or(0).max(40);
            let mut top = top;
            for panel in &panels {
                let bottom = top + panel.height();
                fits &= panel
                    .draw(canvas, Room { from: LEFT, left, right: WIDTH - RIGHT, top, bottom });
                top = bottom;
            }
        });
        (svg, fits)
    }

    fn legend(&self) -> Vec<Entry> {
        let lines = panel::LINES.into_iter().filter(|line| panel::is_drawn(line, self));
        let lines = lines.map(|line| Entry::dashed(line.name, line.colour, line.dash));
        let bars = Entry::block("calls that came", palette::SKY, super::hatch::Hatch::Plain);
        let faults = (!self.faults.is_empty()).then(|| Entry::fault("fault"));
        std::iter::once(bars).chain(lines).chain(faults).collect()
    }

    fn title(&self) -> String {
        let several = self.queues.len() > 1;
        let worst = self.queues.iter().filter_map(|queue| Some((queue, queue.worst()?)));
        let worst = worst.reduce(
            |worst, one| {
                if one.1.missing() > worst.1.missing() { one } else { worst }
            },
        );
        if self.queues.iter().all(|queue| queue.calls() == 0.0) {
            return "Nobody calls".to_owned();
        }
        let Some((queue, slice)) = worst else {
            return "Calls that came, and agents in service".to_owned();
        };
        let name = if several { format!("{}: ", queue.name) } else { String::new() };
        match (slice.needed, slice.missing()) {
            (Some(needed), Some(missing)) if missing >= 0.5 => {
                let agents = words::counted(whole(slice.agents.mean), "agent", "agents");
                let needed = words::count(whole(needed));
                format!("{name}{agents} {}, where {needed} are needed", self.time(slice.from))
            }
            _ => "Enough agents for the target in every interval".to_owned(),
        }
    }

    /// An instant in local time, or since the start.
    fn time(&self, at: Time) -> String {
        match &self.model.clock {
            Some(clock) => format!("at {}", clock.at(at)),
            None if at == Time::ZERO => "at the start".to_owned(),
            None => format!("after {}", words::span(at - Time::ZERO)),
        }
    }

    fn note(&self, left_out: usize) -> String {
        let width = self.queues.iter().flat_map(|queue| &queue.slices).map(|it| it.to - it.from);
        let interval = words::span(width.max().unwrap_or(Span(0)));
        let means = self.replications.map_or_else(String::new, |(number, level)| {
            let number = words::counted(number as u64, "replication", "replications");
            format!(", means of {number} with {} intervals", words::level(level))
        });
        let rest = match left_out {
            0 => String::new(),
            _ => format!(" The {} queues with most calls.", self.queues.len()),
        };
        let all = || self.queues.iter().flat_map(|queue| &queue.slices);
        let missing = all().any(|slice| slice.missing() > Some(0.0));
        let missing = if missing { " Hatched: fewer agents than Erlang A needs." } else { "" };
        let start = all().next().map_or(Time::ZERO, |slice| slice.from);
        let part = match (self.is_cut, &self.model.clock) {
            (false, _) => String::new(),
            (true, Some(clock)) => format!(" Shown from {} on.", clock.at(start)),
            (true, None) => format!(" Shown from {} on.", words::span(start - Time::ZERO)),
        };
        format!("By interval of {interval}{means}. Bars: calls that came.{missing}{part}{rest}")
    }
}

/// The day of an instant, on the wall or since the start.
fn day(model: &Model, at: Time) -> i64 {
    let wall = match &model.clock {
        Some(clock) => clock.stretch(at).wall(at),
        None => at.0,
    };
    wall.div_euclid(Span::from_secs(86_400).0)
}

fn whole(number: f64) -> u64 {
    libm::round(number.max(0.0)) as u64
}
