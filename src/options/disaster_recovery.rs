//! `disaster-recovery.*`: the options that switch Business Continuity on and time it.

use super::entry::{Effect, Entry, Evidence, Family, Kind, Place, Unit};
use super::sources::{GUIDE, WORKSPACE_DR, WORKSPACE_ESERVICES};

const SECTION: &str = "interaction-workspace";

/// The levels of an agent's option, the least specific first.
pub(super) const LEVELS: &[Place] =
    &[Place::Application, Place::Tenant, Place::AgentGroup, Place::Person];
/// Server objects.
pub(super) const SERVERS: &[Place] = &[Place::SipServer, Place::StatServer, Place::ConfigServer];

/// An option that an agent inherits.
const fn agent(name: &'static str) -> Entry {
    Entry::new(Family::DisasterRecovery, SECTION, LEVELS, name)
        .effect(Effect::DesktopRestart, Evidence::Recalled)
}

/// An option of server objects.
const fn server(name: &'static str, places: &'static [Place]) -> Entry {
    Entry::new(Family::DisasterRecovery, SECTION, places, name)
}

pub(super) const TABLE: &[Entry] = &[
    agent("disaster-recovery.enabled")
        .takes(Kind::Boolean, Unit::None)
        .effect(Effect::DesktopRestart, Evidence::Documented(&WORKSPACE_DR))
        .default("false", Evidence::Documented(&WORKSPACE_DR))
        .means(
            "Switches disaster recovery on for the connections to SIP Server, Configuration Server \
             and Stat Server; on one connection it is on only if the server names its site.",
            Evidence::Documented(&WORKSPACE_DR),
        )
        .drives("whether the agent has a peer site, per connection"),
    agent("disaster-recovery.preferred-site")
        .takes(Kind::SiteName, Unit::None)
        .default("", Evidence::Recalled)
        .means(
            "The site that the agent works at when all is well; equal to disaster-recovery.site of \
             that site's servers.",
            Evidence::Documented(&GUIDE),
        )
        .drives("the agent's preferred seat"),
    agent("disaster-recovery.peer-site")
        .takes(Kind::SiteName, Unit::None)
        .default("", Evidence::Recalled)
        .means(
            "The site that the agent switches over to; equal to disaster-recovery.site of that \
             site's servers.",
            Evidence::Documented(&GUIDE),
        )
        .drives("the agent's peer seat"),
    agent("disaster-recovery.timeout")
        .takes(Kind::POSITIVE, Unit::Seconds)
        .effect(Effect::DesktopRestart, Evidence::Documented(&WORKSPACE_DR))
        .default("60", Evidence::Documented(&WORKSPACE_DR))
        .means(
            "Time from the loss of the HA pair of SIP Server, Configuration Server or Stat Server \
             at the current site to the switchover.",
            Evidence::Documented(&WORKSPACE_DR),
        )
        .drives("the DR timer of each connection"),
    agent("disaster-recovery.wait-for-sipphone-timeout")
        .takes(Kind::POSITIVE, Unit::Seconds)
        .default("30", Evidence::Recalled)
        .means(
            "Time that an unregistered SIP phone has to register again before the desktop \
             switches over.",
            Evidence::Documented(&GUIDE),
        )
        .drives("the phone timer"),
    agent("disaster-recovery.auto-restore")
        .takes(Kind::Boolean, Unit::None)
        .default("true", Evidence::Recalled)
        .means(
            "Whether the desktop goes back to the preferred site when that is available again; \
             with false the agent stays until the next disaster.",
            Evidence::Documented(&GUIDE),
        )
        .drives("restores"),
    server("disaster-recovery.site", SERVERS)
        .takes(Kind::SiteName, Unit::None)
        .default("", Evidence::Recalled)
        .means(
            "The site of this server; without it disaster recovery is off on connections to it.",
            Evidence::Documented(&GUIDE),
        )
        .drives("which pairs serve an agent's preferred and peer site"),
    server("disaster-recovery.name", &[Place::SipServer])
        .takes(Kind::Text, Unit::None)
        .default("default", Evidence::Documented(&GUIDE))
        .means(
            "Distinguishes linked SIP Server pairs: two primaries with the same name are peers. \
             Optional with exactly two linked pairs, mandatory with more.",
            Evidence::Documented(&GUIDE),
        )
        .drives("which SIP Server pair of the peer site an agent switches over to"),
    Entry::new(
        Family::DisasterRecovery,
        SECTION,
        &[Place::Application],
        "disaster-recovery.eservices-site",
    )
    .takes(Kind::SiteName, Unit::None)
    .default("", Evidence::Documented(&WORKSPACE_ESERVICES))
    .effect(Effect::AtOnce, Evidence::Documented(&WORKSPACE_ESERVICES))
    .means(
        "The site of Interaction Server and Universal Contact Server; an administrator edits it \
         to announce a switch, for those connections do not move by themselves.",
        Evidence::Documented(&WORKSPACE_ESERVICES),
    )
    .drives("check V43"),
    Entry::new(
        Family::DisasterRecovery,
        SECTION,
        &[Place::Application],
        "disaster-recovery.eservices-random-delay-range",
    )
    .takes(Kind::NATURAL, Unit::Seconds)
    .default("5", Evidence::Documented(&WORKSPACE_ESERVICES))
    .effect(Effect::DesktopRestart, Evidence::Documented(&WORKSPACE_ESERVICES))
    .means(
        "Range of the random delay before a desktop connects to the new eServices site.",
        Evidence::Documented(&WORKSPACE_ESERVICES),
    ),
];
