//! Faults that do not stop a target completely, and the time in which random ones occur. The
//! scenario language takes names and meanings from here.

use super::entry::{Entry, Evidence, Kind};

/// What a fault does to its target.
pub const EFFECTS: &[(&str, &str)] = &[
    ("stop", "it is down"),
    (
        "hang",
        "a process does not serve and says nothing, but its sockets stay open: desktops notice by \
         keep-alive only; a registrar answers no REGISTER",
    ),
    ("refuse", "a registrar refuses every REGISTER at once (503)"),
    ("slow", "a registrar takes the time `delay` for each answer"),
];

/// The table of their keys.
const FAULTS: &str = "[[fault]]";

const fn fault(
    name: &'static str,
    value: (Kind, &'static str),
    meaning: &'static str,
    drives: &'static str,
) -> Entry {
    Entry::of_scenario(FAULTS, name, value, (meaning, Evidence::Assumption), drives)
}

/// `effect`.
pub const EFFECT: Entry = fault(
    "effect",
    (Kind::Explained(EFFECTS), "stop"),
    "What happens to the target; a process may also hang, and a registrar hangs, refuses or is slow.",
    "what is down, and how desktops and phones notice",
);

/// `loss`.
pub const LOSS: Entry = fault(
    "loss",
    (Kind::Ours("a percentage between 0% and 100%"), "nothing is lost"),
    "A path or location is not down, but loses this share of its packets each way: a REGISTER over UDP \
     and its answer both get through with (1 - loss)^2, each send by itself.",
    "REGISTERs that are sent again or time out",
);

/// `delay`.
pub const DELAY: Entry = fault(
    "delay",
    (Kind::Ours("a duration or a law"), "answers come at once"),
    "A path or location is not down, but answers take so long (drawn once each time that the fault begins); of a registrar with \
     `effect = \"slow\"`, drawn for each answer.",
    "attempts to connect and REGISTERs that fail because the answer is late",
);

/// `age`.
pub const AGE: Entry = fault(
    "age",
    (Kind::Ours("\"equilibrium\" or a duration"), "new at 0"),
    "How old the targets of a random fault are at 0: `\"equilibrium\"`, in operation since \
     long before (the first time to failure has the density P(X > x) / mean); a duration, \
     up for so long already. Without effect on an exponential law.",
    "the first time to failure",
);

/// `when`.
pub const WHEN: Entry = fault(
    "when",
    (Kind::Ours("a window of the week or a list of them"), "always"),
    "The hours in which the clock of a random fault runs: `\"Mon-Fri 08:00-18:00\"`, or a list. Outside them \
     nothing fails, and the time to failure and the age stand still; repairs go on. Two faults with other hours and \
     laws make rates of day and night.",
    "times of failures",
);

pub(super) const TABLE: &[Entry] = &[EFFECT, LOSS, DELAY, AGE, WHEN];
