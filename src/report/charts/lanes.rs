//! A run as swim lanes: faults as bands, sites, server pairs and paths as lanes, their states as
//! blocks. The same drawing shows the whole run or a window of it.
//!
//! Every block carries its instants, so that a script can draw another window of the same lanes.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, Look};
use super::palette::{self, Colour, Dash, Fill};
use super::plot::{Entry, LEFT, WIDTH, head, head_height};
use super::ticks;
use crate::model::Clock;
use crate::time::{Span, Time};

/// Where the lanes begin and end, in pixels.
const LANES: (i32, i32) = (230, WIDTH - 28);

/// Height of a lane with its gap.
const ROW: i32 = 22;

/// Fewest pixels of a block with a dashed edge; the script of the page knows them, too.
const DASHED: i32 = 6;

/// Space for the axis below the lanes.
const AXIS: i32 = 44;

/// What a block of a lane shows. Each has a height of its own, so that colour is not alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::report) enum State {
    /// A fault or a drain lasts.
    Fault,
    /// No member serves, or nothing gets through.
    Down,
    /// The backup serves.
    Backup,
    /// The site takes no logins.
    Drained,
    /// A registrar or a process hangs, or a registrar refuses or is slow.
    Ailing,
    /// Messages wait at a registrar.
    Queue,
    /// Agents in service here, as a share of the most: 0 to 1. Of a group: those at home, as a share of all.
    InService(f64),
    /// Agents of a group in service away from home: the shares of all between which they are.
    Away(f64, f64),
    /// Agents of a group who are not on shift: the shares of all between which they are.
    OffShift(f64, f64),
    /// Agents of a group out of service, as a share of all.
    Out(f64),
}

impl State {
    const fn colour(self) -> Colour {
        match self {
            Self::Fault => palette::FAULT_EDGE,
            Self::Down | Self::Out(_) => palette::VERMILION,
            Self::Backup | Self::Away(..) => palette::SKY,
            Self::Drained => palette::PURPLE,
            Self::Ailing | Self::OffShift(..) => palette::GREY,
            Self::Queue => palette::INK,
            Self::InService(_) => palette::GREEN,
        }
    }

    /// From the middle of the lane up, and down.
    fn reach(self) -> (i32, i32) {
        match self {
            Self::Fault => (5, 5),
            Self::Down => (8, 8),
            Self::Backup => (3, 3),
            Self::Drained => (-3, 8),
            Self::Ailing => (6, 6),
            Self::Queue => (8, -5),
            Self::InService(share) => (height(share) - 8, 8),
            Self::Away(bottom, top) | Self::OffShift(bottom, top) => {
                (height(top) - 8, 8 - height(bottom))
            }
            Self::Out(share) => (8, height(share) - 8),
        }
    }

    /// How its block is filled, and what edge it has.
    const fn look(self) -> (Fill, Option<(Colour, Dash)>) {
        let colour = self.colour();
        match self {
            Self::Down | Self::Out(_) => (colour.mix(1.0), Some((palette::INK, Dash::Short))),
            Self::Away(..) => (colour.mix(0.3), Some((colour, Dash::Solid))),
            Self::OffShift(..) => (colour.mix(0.2), None),
            _ => (colour.mix(1.0), None),
        }
    }
}

/// The height of a share of all agents, in pixels.
fn height(share: f64) -> i32 {
    libm::round(share.clamp(0.0, 1.0) * 16.0) as i32
}

/// An interval of a lane.
#[derive(Clone, Debug)]
pub(in crate::report) struct Block {
    /// Start and end in seconds of the run.
    pub(in crate::report) span: (f64, f64),
    pub(in crate::report) state: State,
    /// What is said of it where the pointer rests.
    pub(in crate::report) hint: String,
}

/// A lane with its name.
#[derive(Clone, Debug)]
pub(in crate::report) struct Lane {
    pub(in crate::report) name: String,
    pub(in crate::report) blocks: Vec<Block>,
}

/// What is drawn.
pub(in crate::report) struct Lanes<'a> {
    pub(in crate::report) title: String,
    pub(in crate::report) note: String,
    pub(in crate::report) lanes: &'a [Lane],
    /// The window in seconds of the run.
    pub(in crate::report) window: (f64, f64),
    /// The instant that the axis calls 0.
    pub(in crate::report) zero: f64,
    /// The local time of that instant, where it is known.
    pub(in crate::report) local: Option<String>,
    /// The calendar of a whole run that has dates: its axis says them.
    pub(in crate::report) dated: Option<Clock>,
}

/// The chart as SVG.
pub(in crate::report) fn lanes_chart(lanes: &Lanes<'_>) -> String {
    let legend = legend(lanes);
    let top = head_height(&legend) + 12;
    let bottom = top + ROW * lanes.lanes.len().max(1) as i32;
    Canvas::render((WIDTH as u32, (bottom + AXIS) as u32), |canvas| {
        head(canvas, &lanes.title, &lanes.note, &legend);
        let x = axis(lanes);
        ground(canvas, lanes, &x, (top, bottom));
        for (y, lane) in (0..).map(|row| top + ROW * row + ROW / 2).zip(lanes.lanes) {
            canvas.name(&lane.name, (LEFT, y), Anchor::Left, LANES.0 - LEFT - 12);
            canvas.grid((LANES.0, y + ROW / 2), (LANES.1, y + ROW / 2));
            lane.blocks.iter().for_each(|block| draw(canvas, lanes, &x, block, y));
        }
        canvas.line(vec![(LANES.0, top), (LANES.0, bottom), (LANES.1, bottom)], palette::INK, 1);
    })
}

fn axis(lanes: &Lanes<'_>) -> Axis {
    let (from, to) = lanes.window;
    if let Some(clock) = &lanes.dated {
        let all = ticks::local(clock, Time::ZERO + Span::from_secs_f64(to), 7);
        return Axis::linear(from, to, all).over(LANES.0, LANES.1);
    }
    let all = ticks::instants(from - lanes.zero, to - lanes.zero, 7).into_iter();
    let label = |(at, label): (f64, String)| match label {
        label if lanes.zero == 0.0 || label.starts_with('-') => label,
        _ if libm::fabs(at) < 1e-9 => "T+0".to_owned(),
        label => format!("+{label}"),
    };
    let all = all.map(|tick| (tick.0 + lanes.zero, label(tick))).collect();
    Axis::linear(from, to, all).over(LANES.0, LANES.1)
}

/// The grid with its ticks.
fn ground(canvas: &mut Canvas, lanes: &Lanes<'_>, x: &Axis, (top, bottom): (i32, i32)) {
    let before = canvas.drawn();
    for (at, _) in x.ticks() {
        canvas.grid((x.at(*at), top), (x.at(*at), bottom));
    }
    x.label(canvas, bottom + 16);
    canvas.note_since(before, "data-tick", "");
    let label = match (&lanes.dated, &lanes.local) {
        (Some(_), Some(start)) => format!("local time; the run starts {start}"),
        (_, local) => {
            let since = if lanes.zero == 0.0 { "time since the start" } else { "time since T+0" };
            let local = local.as_ref().map_or_else(String::new, |local| format!(", {local}"));
            format!("{since}{local}")
        }
    };
    canvas.text(&label, (LANES.1, bottom + 34), Anchor::Right, Look::NOTE);
    canvas.note("data-axis", "");
}

fn draw(canvas: &mut Canvas, lanes: &Lanes<'_>, x: &Axis, block: &Block, y: i32) {
    let ((from, to), (up, down)) = (block.span, block.state.reach());
    if to <= lanes.window.0 || from >= lanes.window.1 || up + down == 0 {
        return;
    }
    let ends = (x.at(from), x.at(to).max(x.at(from) + 1));
    let (fill, edge) = block.state.look();
    canvas.rectangle((ends.0, y - up), (ends.1, y + down), fill);
    if let Some((colour, dash)) = edge {
        canvas.edge(colour, dash);
        if dash != Dash::Solid && ends.1 - ends.0 < DASHED {
            canvas.note("stroke-width", "0");
        }
    }
    // To the millisecond, which is less than a pixel of any window.
    let rounded = |at: f64| (libm::round(at * 1_000.0) / 1_000.0).to_string();
    canvas.note("data-from", &rounded(from));
    canvas.note("data-to", &rounded(to));
    canvas.hint(&block.hint);
}

/// The states that occur.
fn legend(lanes: &Lanes<'_>) -> Vec<Entry> {
    let all = [
        (State::Fault, "a fault or drain lasts"),
        (State::InService(1.0), "agents in service (height)"),
        (State::Away(0.0, 1.0), "in service away from home"),
        (State::OffShift(0.0, 1.0), "not on shift"),
        (State::Out(1.0), "agents out of service, from the top"),
        (State::Down, "down, full height"),
        (State::Backup, "the backup serves, thin"),
        (State::Drained, "drained, at the foot"),
        (State::Ailing, "hangs, refuses or is slow"),
        (State::Queue, "REGISTERs wait, at the top"),
    ];
    let same = |a: State, b: State| std::mem::discriminant(&a) == std::mem::discriminant(&b);
    let occurs = |state: State| {
        let blocks = lanes.lanes.iter().flat_map(|lane| &lane.blocks);
        let seen = |block: &&Block| block.span.0 < lanes.window.1 && block.span.1 > lanes.window.0;
        blocks.filter(seen).any(|block| same(block.state, state))
    };
    let all = all.into_iter().filter(|(state, _)| occurs(*state));
    all.map(|(state, label)| Entry::edged(label, state.look())).collect()
}
