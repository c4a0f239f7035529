//! What came to registrars with a capacity, second by second and storm by storm.
//!
//! A storm is what one change of the world sets off: the beginning or the end of an occurrence of a
//! fault. Its first wave is made of the transactions that are no refreshes, refreshes whose first
//! message is not answered, and the refreshes of other phones that fall due while the registrar is
//! busy with them; the n-th echo is made of the n-th refreshes of the same phones. First refreshes
//! that are scripted are a storm that no change has set off. All other refreshes belong to no
//! storm.

use crate::faults::{Occurrence, Source};
use crate::model::PairId;
use crate::time::{NANOS, Span, Time};

/// Echoes that are counted separately.
pub const ECHOES: usize = 10;

/// What came to all registrars with a capacity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Each of them, in the order in which phones use them.
    pub registrars: Vec<Messages>,
}

/// What came to one registrar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Messages {
    /// The pair of the registrar.
    pub pair: PairId,
    /// The seconds in which anything came or was served, in order.
    pub seconds: Vec<Second>,
    /// The storms, in the order of their first messages.
    pub storms: Vec<Storm>,
    /// Transactions that were not answered in time.
    pub timed_out: u64,
    /// The longest wait, as in [`Wave`].
    pub wait: Span,
    /// The longest time that the registrar was busy without a break.
    pub busy: Span,
    /// When all is served that has come to be served.
    pub idle: Time,
    /// Nothing is counted beyond.
    horizon: Time,
    /// Since when the registrar is busy.
    busy_from: Time,
    /// The storm of the last message of one that has come since then.
    stormy: Option<u32>,
    /// The second that was counted last.
    here: usize,
}

/// One second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Second {
    /// Its number.
    pub number: i64,
    /// Messages that came.
    pub offered: u64,
    /// Of them, those that were sent again.
    pub again: u64,
    /// Messages whose service began.
    pub served: u64,
    /// Messages that were refused because too many waited.
    pub refused: u64,
    /// Messages that were lost because too many waited.
    pub lost: u64,
    /// Messages that the registrar had not served when it stopped.
    pub cut_off: u64,
    /// Most that waited, those that will be lost included.
    pub waiting: u64,
    /// Those that wait at its end and will be served.
    pub left: u64,
}

/// What one change of the world has set off at one registrar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Storm {
    /// The change; `None`: there was none before, or first refreshes that the scenario has scripted set it off.
    pub edge: Option<Edge>,
    /// The storm itself, then its echoes.
    pub waves: Vec<Wave>,
}

/// The beginning or the end of an occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// When.
    pub at: Time,
    /// Of what.
    pub source: Source,
    /// It ends.
    pub ends: bool,
}

/// Messages that belong together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wave {
    /// When the first came.
    pub from: Time,
    /// When the registrar was idle again after the last that it served; at the horizon, if it was not.
    pub idle: Time,
    /// The longest time that the registrar was busy without a break, from what came before on.
    pub busy: Span,
    /// As in [`Second`].
    pub offered: Flow,
    /// As in [`Second`].
    pub again: Flow,
    /// Messages whose service began.
    pub served: Flow,
    /// As in [`Second`].
    pub refused: Flow,
    /// As in [`Second`].
    pub lost: Flow,
    /// As in [`Second`].
    pub cut_off: u64,
    /// Transactions that were not answered in time.
    pub timed_out: u64,
    /// Most that waited.
    pub waiting: u64,
    /// The longest wait of one that was served, or still waited at the horizon.
    pub wait: Span,
}

/// How many messages, and how many in one second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// All of them.
    pub total: u64,
    /// Most in one second.
    pub peak: u64,
    /// The second that came last, and how many came in it.
    last: (i64, u64),
}

/// Which wave a message belongs to: the position of its storm, and the number of the wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Position of the storm.
    pub storm: u32,
    /// 0: the storm itself; k: its k-th echo.
    pub wave: u8,
}

/// The outcome of a message that comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageFate {
    /// It is served from then on, and the registrar is idle after it at that time.
    Served(Time, Time),
    /// It is refused.
    Refused,
    /// It is lost, because too many wait.
    Lost,
    /// The registrar stops before its service begins.
    CutOff,
}

/// All changes of the world, in the order of time.
#[must_use]
pub fn edges(occurrences: &[Occurrence]) -> Vec<Edge> {
    let both = occurrences.iter().flat_map(|&Occurrence { source, from, to, .. }| {
        [(from, false), (to, true)].map(|(at, ends)| Edge { at, source, ends })
    });
    let mut edges: Vec<Edge> = both.collect();
    edges.sort_by_key(|edge| (edge.at, !edge.ends));
    edges
}

impl Traffic {
    /// Messages that came, to all of them.
    #[must_use]
    pub fn offered(&self) -> u64 {
        let seconds = self.registrars.iter().flat_map(|messages| &messages.seconds);
        seconds.map(|second| second.offered).sum()
    }
}

impl Messages {
    /// Nothing has come.
    #[must_use]
    pub const fn new(pair: PairId, horizon: Time) -> Self {
        Self {
            pair,
            seconds: Vec::new(),
            storms: Vec::new(),
            timed_out: 0,
            wait: Span::ZERO,
            busy: Span::ZERO,
            idle: Time(i64::MIN),
            horizon,
            busy_from: Time::ZERO,
            stormy: None,
            here: 0,
        }
    }

    /// The storm that an edge has set off; a new one, if it is.
    pub fn storm_of(&mut self, edge: Option<Edge>) -> u32 {
        let known = self.storms.iter().rposition(|storm| storm.edge == edge);
        let position = known.unwrap_or_else(|| {
            self.storms.push(Storm { edge, waves: Vec::new() });
            self.storms.len() - 1
        });
        position as u32
    }

    /// Whether the registrar is busy with a storm, and with what came in that time, and whether a
    /// script has set it off.
    #[must_use]
    pub fn is_stormy(&self, now: Time) -> Option<bool> {
        let storm = self.stormy.filter(|_| now < self.idle)?;
        Some(self.storms[storm as usize].edge.is_none())
    }

    /// A message has come, of no storm or of one; `again`: it was sent again; `waiting`: messages that wait
    /// now.
    pub fn came(
        &mut self,
        part: Option<Part>,
        (now, again): (Time, bool),
        fate: MessageFate,
        waiting: usize,
    ) {
        let (number, waiting) = (now.0.div_euclid(NANOS), waiting as u64);
        let second = self.second(number);
        second.offered += 1;
        second.again += u64::from(again);
        second.waiting = second.waiting.max(waiting);
        match fate {
            MessageFate::Served(..) => {}
            MessageFate::Refused => second.refused += 1,
            MessageFate::Lost => second.lost += 1,
            MessageFate::CutOff => second.cut_off += 1,
        }
        if let MessageFate::Served(begins, idle) = fate {
            self.is_served(part, now, (begins, idle));
        }
        let (horizon, busy_from) = (self.horizon, self.busy_from);
        let Some(part) = part else { return };
        let wave = self.wave(part, now);
        wave.offered.add(number);
        if again {
            wave.again.add(number);
        }
        wave.waiting = wave.waiting.max(waiting);
        match fate {
            MessageFate::Served(begins, idle) => {
                wave.busy = wave.busy.max(idle.min(horizon) - busy_from);
                wave.wait = wave.wait.max(begins.min(horizon) - now);
                wave.idle = wave.idle.max(idle.min(horizon));
                if begins < horizon {
                    wave.served.add(begins.0.div_euclid(NANOS));
                }
            }
            MessageFate::Refused => wave.refused.add(number),
            MessageFate::Lost => wave.lost.add(number),
            MessageFate::CutOff => wave.cut_off += 1,
        }
    }

    fn is_served(&mut self, part: Option<Part>, now: Time, (begins, idle): (Time, Time)) {
        // What comes as the last service ends finds it busy without a break.
        if begins == now && self.idle != now {
            (self.busy_from, self.stormy) = (now, None);
        }
        self.stormy = part.map(|part| part.storm).or(self.stormy);
        self.idle = idle;
        self.busy = self.busy.max(idle.min(self.horizon) - self.busy_from);
        self.wait = self.wait.max(begins.min(self.horizon) - now);
        if begins < self.horizon {
            self.second(begins.0.div_euclid(NANOS)).served += 1;
        }
    }

    /// Everything has come: what waits from one second to the next is counted.
    pub fn settle(&mut self) {
        let mut left = 0;
        for second in &mut self.seconds {
            second.waiting = second.waiting.max(left);
            left += second.offered - second.refused - second.lost - second.cut_off;
            left = left.saturating_sub(second.served);
            second.left = left;
        }
    }

    /// A transaction has timed out.
    pub fn timed_out(&mut self, part: Option<Part>, now: Time) {
        self.timed_out += 1;
        if let Some(part) = part {
            self.wave(part, now).timed_out += 1;
        }
    }

    fn wave(&mut self, part: Part, now: Time) -> &mut Wave {
        let waves = &mut self.storms[part.storm as usize].waves;
        while waves.len() <= usize::from(part.wave) {
            waves.push(Wave { from: Time::NEVER, ..Wave::default() });
        }
        let wave = &mut waves[usize::from(part.wave)];
        wave.from = wave.from.min(now);
        wave
    }

    fn second(&mut self, number: i64) -> &mut Second {
        if self.seconds.get(self.here).is_none_or(|second| second.number != number) {
            self.here = self.position(number);
        }
        &mut self.seconds[self.here]
    }

    fn position(&mut self, number: i64) -> usize {
        let place = self.seconds.binary_search_by_key(&number, |second| second.number);
        place.unwrap_or_else(|position| {
            self.seconds.insert(position, Second { number, ..Second::default() });
            position
        })
    }
}

impl Wave {
    /// From the first message until the registrar was idle again after the last that it served; zero if it served
    /// none.
    #[must_use]
    pub fn idle_after(&self) -> Span {
        if self.idle > self.from { self.idle - self.from } else { Span::ZERO }
    }
}

impl Flow {
    /// One more, not before those that are counted.
    fn add(&mut self, second: i64) {
        self.total += 1;
        self.last = if self.last.0 == second { (second, self.last.1 + 1) } else { (second, 1) };
        self.peak = self.peak.max(self.last.1);
    }
}
