//! Named policies: what the simulator does where the product's behaviour is not documented.

use super::entry::{Effect, Entry, Evidence, Family, Kind, Place, Unit};

const LOSS: &[&str] = &["move-connection", "move-agent", "ignore"];

/// A policy: its words, the default first.
const fn policy(
    name: &'static str,
    words: &'static [&'static str],
    meaning: &'static str,
    drives: &'static str,
) -> Entry {
    Entry::new(Family::Policy, "[policy]", &[Place::Scenario], name)
        .takes(Kind::OneOf(words), Unit::None)
        .default(words[0], Evidence::Assumption)
        .effect(Effect::Run, Evidence::Assumption)
        .means(meaning, Evidence::Assumption)
        .drives(drives)
}

pub(super) const TABLE: &[Entry] = &[
    policy(
        "dr-timer-starts",
        &["pair-lost", "first-disconnect"],
        "The DR timer starts when the first round has failed at both members (pair-lost), or when the \
         loss is noticed (first-disconnect). The vendor's texts have both readings: a time from the \
         loss of the HA pair, and from the detection of the disconnection. The second is earlier by one \
         round of attempts.",
        "the DR timer",
    ),
    policy(
        "round-order",
        &["configured", "last-used"],
        "In which order the members of a pair are tried from the second round on, and in a search \
         for a site; the first round after a loss always begins with the member last used.",
        "rounds of attempts",
    ),
    policy(
        "phone-nowhere",
        &["stay", "switch"],
        "What an expired phone timer does when the phone is registered at neither site.",
        "the phone timer",
    ),
    policy(
        "restore-needs-phone",
        &["true", "false"],
        "Whether the preferred site counts as available only if the phone is registered there.",
        "restore probes",
    )
    .takes(Kind::Boolean, Unit::None),
    policy(
        "restore-when",
        &["idle", "immediate", "window"],
        "When an agent that may go back does so: when idle (after its call and the work after it; without \
         `[[calls]]` at once), at once, or in a daily window. A window is written as its two times of day.",
        "the instant of a restore",
    ),
    policy(
        "stat-loss",
        LOSS,
        "What the loss of a Stat Server pair does: moves that connection only, moves the agent, \
         or nothing.",
        "the Stat Server connection",
    ),
    policy(
        "config-loss",
        LOSS,
        "The same for the Configuration Server pair.",
        "the Configuration Server connection",
    ),
    policy(
        "bindings-after-pair-loss",
        &["keep", "lose"],
        "Whether registrations survive the loss of both members of a SIP Server pair.",
        "the registrar",
    ),
    policy(
        "phone-unknown",
        &["switch", "stay"],
        "What an expired phone timer does when the desktop of a desk phone with a registration at \
         each site has never been at the other one, so that it cannot know of that registration.",
        "the phone timer",
    ),
    policy(
        "login-needs",
        &["[\"sip\"]"],
        "Which servers must serve at a site for a login there: the SIP Server pair, or also a \
         Configuration Server pair at that site.",
        "logins",
    )
    .takes(Kind::Ours("a list: \"sip\", or \"sip\" and \"config\""), Unit::None),
    policy(
        "login-wait",
        &["60s"],
        "How long a desktop waits for a login at a site at which nobody can log in; then it has no \
         site and tries both in turn.",
        "logins",
    )
    .takes(Kind::Ours("a duration, or \"off\""), Unit::None),
];
