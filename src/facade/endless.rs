//! What does not end, as a finding (S021): an agent that takes more steps than it may, with what it does again
//! and again and which values make it so, or the storm at a registrar that serves too slowly.
//!
//! It is found while a scenario is simulated, and never in a check of it.

use crate::diagnostic::{Diagnostic, TextSpan};
use crate::limits::{Endless, EndlessAgent, EndlessStorm, EndlessTurns, Repeated};
use crate::model::{AgentId, Failback, Model, Phone, Profile, Retry, Style};
use crate::resolve::PERSONS;
use crate::scenario::Document;
use crate::time::Time;

/// The code of the finding.
const CODE: &str = "S021";

/// What has ended a simulation, in a few words.
#[must_use]
pub fn said(found: &Endless) -> String {
    match found {
        Endless::Agent(found) => format!("an agent takes more than {} steps", found.most),
        Endless::Storm(_) => "a storm of REGISTERs does not end".to_owned(),
        Endless::Turns(_) => "phones that follow their desktops come to no rest".to_owned(),
        Endless::Calls(_) => "agents that leave after their calls come to no rest".to_owned(),
    }
}

/// The finding.
#[must_use]
pub fn finding(found: &Endless, document: &Document, model: &Model) -> Diagnostic {
    match found {
        Endless::Agent(found) => of_agent(found, document, model),
        Endless::Storm(found) => of_storm(found, document, model),
        Endless::Turns(found) => of_turns(found, document, model),
        Endless::Calls(found) => of_calls(found, document, model),
    }
}

/// Its caret is at an agent whose place is still undecided.
fn of_turns(found: &EndlessTurns, document: &Document, model: &Model) -> Diagnostic {
    let EndlessTurns { replication, turns, most, agent, at } = *found;
    let run = in_replication(replication);
    let message =
        format!("phones that follow their desktops come to no rest at their registrars{run}");
    let (at, most) = (rough((at - Time::ZERO).as_secs_f64()), most / 1_000_000);
    let label = format!(
        "after {turns} turns, in which more than {most} million REGISTERs were worked out again, it is open where `{}` goes \
         at {at} of the run",
        model.agent_name(agent)
    );
    let help = "make `capacity` of the registrars or `disaster-recovery.wait-for-sipphone-timeout` larger, or `horizon` \
                shorter; phones with `mode = \"dual\"` need no turns";
    Diagnostic::error(CODE, message, declared(document, model, agent)).label(label).help(help)
}

/// Its caret is at the agent because of which the simulation starts again.
fn of_calls(found: &EndlessTurns, document: &Document, model: &Model) -> Diagnostic {
    let EndlessTurns { replication, turns, most, agent, at } = *found;
    let run = in_replication(replication);
    let message =
        format!("agents that leave after their calls, and wait for logins, come to no rest{run}");
    let (at, most) = (rough((at - Time::ZERO).as_secs_f64()), most / 1_000_000);
    let label = format!(
        "after {turns} turns, in which more than {most} million steps of calls were worked out again, `{}` leaves at {at} of \
         the run otherwise than foretold",
        model.agent_name(agent)
    );
    let help = "set `restore-when = \"immediate\"`, make `login-capacity` and `reconnect-capacity` larger, or `horizon` \
                shorter";
    Diagnostic::error(CODE, message, declared(document, model, agent)).label(label).help(help)
}

fn in_replication(number: u64) -> String {
    if number == 0 { String::new() } else { format!(" in replication {number}") }
}

/// Its caret is at the capacity.
fn of_storm(found: &EndlessStorm, document: &Document, model: &Model) -> Diagnostic {
    let site = &model.sites[model.pairs[found.pair.index()].site.index()].name;
    let run = in_replication(found.replication);
    let message = format!("the storm of REGISTERs at `{site}` does not end{run}");
    let declared = document.sites.iter().find(|declared| declared.name.value == *site);
    let span = declared.map(|declared| {
        declared.registrar.message.as_ref().map_or(declared.name.span, |message| message.span)
    });
    let (at, most) = (rough((found.at - Time::ZERO).as_secs_f64()), found.most / 1_000_000);
    let label = format!(
        "at {at} of the run more than {most} million REGISTERs wait or have waited in vain"
    );
    let help = "set `queue-limit` so that nobody waits longer than phones do, make `capacity` or the \
                phones' `retry` larger, or `horizon` shorter";
    Diagnostic::error(CODE, message, span.unwrap_or_default()).label(label).help(help)
}

/// Its caret is at the agent, since the values may come from anywhere.
fn of_agent(found: &EndlessAgent, document: &Document, model: &Model) -> Diagnostic {
    let EndlessAgent { agent, replication, most, period, at, .. } = *found;
    let who = model.agent_name(agent);
    let run = in_replication(replication);
    let message = format!("agent `{who}` takes more than {most} steps{run}");
    let Described { what, values, help } = Described::of(found.work, model, found);
    let (period, at) = (rough(period.as_secs_f64()), rough((at - Time::ZERO).as_secs_f64()));
    let values: Vec<String> =
        values.into_iter().map(|(name, value)| format!("{name} is {}", rough(value))).collect();
    let label = format!("at {at} of the run {what} come every {period}: {}", values.join(", "));
    Diagnostic::error(CODE, message, declared(document, model, found.agent))
        .label(label)
        .help(format!("{help}, or `horizon` shorter"))
}

/// What is done again and again, the values that cause it, and what makes it rarer.
struct Described {
    what: &'static str,
    values: Vec<(&'static str, f64)>,
    help: &'static str,
}

impl Described {
    fn of(work: Repeated, model: &Model, found: &EndlessAgent) -> Self {
        let profile = &model.profiles[model.cohort(found.agent).profile.index()];
        let phone = &model.phones[profile.phone];
        match work {
            Repeated::Retry | Repeated::Away | Repeated::Register => Self::of_phone(work, phone),
            _ => Self::of_desktop(work, model, profile),
        }
    }

    fn of_phone(work: Repeated, phone: &Phone) -> Self {
        let timeout = ("`transaction-timeout`", phone.transaction_timeout.as_secs_f64());
        let expiry = ("`expiry`", phone.expiry.as_secs_f64());
        if let (Repeated::Away, Style::Failover { failback: Failback::Every(interval) }) =
            (work, phone.style)
        {
            return Self {
                what: "probes of a phone away from home",
                values: vec![("`failback`", interval.as_secs_f64()), timeout],
                help: "make the phone's `failback` longer",
            };
        }
        match (work, &phone.retry) {
            (Repeated::Retry, Retry::Backoff { cap, .. }) => Self {
                what: "REGISTERs that fail, with back-off,",
                values: vec![timeout, ("the `cap` of the back-off", cap.as_secs_f64())],
                help: "make `transaction-timeout` or the `cap` of the phone's back-off longer",
            },
            (Repeated::Retry, _) => Self::of_retries(phone, timeout),
            (Repeated::Away, _) => Self {
                what: "refreshes of a phone away from home",
                values: vec![expiry, timeout],
                help: "make the phone's `expiry` or `transaction-timeout` longer",
            },
            _ => Self {
                what: "REGISTERs of the phone",
                values: vec![expiry, timeout],
                help: "make the phone's `expiry` or `transaction-timeout` longer",
            },
        }
    }

    /// A wait that is the same each time, or drawn; after a refusal it may be another.
    fn of_retries(phone: &Phone, timeout: (&'static str, f64)) -> Self {
        let wait = match &phone.retry {
            Retry::Fixed(wait) => Some(wait.as_secs_f64()),
            Retry::Drawn(law) => Some(law.mean_s()),
            Retry::Backoff { .. } => None,
        };
        let wait = wait.map(|wait| ("`retry`", wait));
        let refused = phone.retry_after_refusal.as_ref();
        let refused = refused.map(|law| ("`retry-after-refusal`", law.mean_s()));
        Self {
            what: "REGISTERs that fail",
            values: wait.into_iter().chain(refused).chain([timeout]).collect(),
            help: match refused {
                None => "make the phone's `retry` or `transaction-timeout` longer",
                Some(_) => {
                    "make the phone's `retry`, `retry-after-refusal` or `transaction-timeout` longer"
                }
            },
        }
    }

    fn of_desktop(work: Repeated, model: &Model, profile: &Profile) -> Self {
        let login = ("`login`", model.desktop.login.mean_s());
        let timeout = ("`disaster-recovery.timeout`", profile.dr_timeout.as_secs_f64());
        let phone = profile.phone_timeout.as_secs_f64();
        let moves = "make `disaster-recovery.timeout` longer, or set `switchovers-per-hour`";
        let shortest = profile.retry_delay.iter().copied().min().unwrap_or_default();
        let probes = model.probe_interval(profile).as_secs_f64();
        let (what, values, help) = match work {
            Repeated::PhoneMove => (
                "moves for want of a phone",
                vec![("`disaster-recovery.wait-for-sipphone-timeout`", phone), login],
                "make `disaster-recovery.wait-for-sipphone-timeout` or `login` longer, or set \
                 `switchovers-per-hour`",
            ),
            Repeated::OtherMove => {
                ("moves for want of a Stat or Configuration Server", vec![timeout, login], moves)
            }
            Repeated::SipMove => ("moves for want of a SIP Server", vec![timeout], moves),
            Repeated::Probe => (
                "restore probes that change something",
                vec![("`probe-interval`", probes), login],
                "make `probe-interval` longer",
            ),
            _ => (
                "breaks, rounds and logins",
                vec![login, ("`warm-standby.retry-delay`", shortest.as_secs_f64())],
                "make outages rarer",
            ),
        };
        Self { what, values, help }
    }
}

/// Where an agent is declared.
fn declared(document: &Document, model: &Model, agent: AgentId) -> TextSpan {
    let cohort = model.cohort(agent);
    if cohort.person.is_some() {
        let ordinal = cohort.index.saturating_sub(PERSONS) as usize;
        return document.persons.get(ordinal).map(|person| person.name.span).unwrap_or_default();
    }
    let name = &model.groups[cohort.group.index()].name;
    let group = document.groups.iter().find(|group| group.name.value == *name);
    group.map(|group| group.name.span).unwrap_or_default()
}

/// A length of time to one decimal, as the language writes it.
fn rough(seconds: f64) -> String {
    let units = [
        (31_536_000.0, "y"),
        (86_400.0, "d"),
        (3_600.0, "h"),
        (60.0, "m"),
        (1.0, "s"),
        (1e-3, "ms"),
        (1e-6, "us"),
        (1e-9, "ns"),
    ];
    let fits = units.iter().find(|(unit, _)| seconds >= *unit);
    let (unit, name) = fits.unwrap_or(&(1e-9, "ns"));
    format!("{:.1}", seconds / unit).trim_end_matches(".0").to_owned() + name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks;
    use crate::diagnostic::Source;
    use crate::limits::{Bounds, Unfinished};
    use crate::measures::names::Names;
    use crate::random::RandomNumbers;
    use crate::scenario::{self, NoFiles};
    use crate::simulation::Simulation;

    /// 200 phones whose path comes back at 15 min, at a registrar that serves one message a second.
    const STORM: &str = "\
horizon = \"1h\"
[application.interaction-workspace]
disaster-recovery.enabled = true
disaster-recovery.preferred-site = \"X\"
disaster-recovery.peer-site = \"Y\"
[site.X.registrar]
capacity = \"1/s\"
[site.Y]
[location.office]
[phone.p]
expiry = \"60s\"
[agent-group.sales]
agents = 200
[[fault]]
target = \"path office-X sip\"
at = \"10m\"
for = \"5m\"
";

    /// A run with a lower bound of what waits ends with the words of the usual bound.
    #[test]
    fn a_storm_that_does_not_end_is_shown_at_its_capacity() {
        let source = Source::from_bytes("t.toml", STORM.as_bytes());
        let loaded = scenario::load("t.toml", STORM.as_bytes(), &NoFiles);
        let model = checks::examine(&loaded, &Names).resolved.expect("it is sound").model;
        let bounds = Bounds { held_up: 1_000, ..Bounds::USUAL };
        let ended = Simulation::within(&model, RandomNumbers { seed: 1, replication: 7 }, bounds);
        let Err(Unfinished::Endless(Endless::Storm(storm))) = ended else { panic!("it ends") };
        let found = Endless::Storm(EndlessStorm { most: Bounds::USUAL.held_up as u64, ..storm });
        assert_eq!(said(&found), "a storm of REGISTERs does not end");
        let document = loaded.document.expect("a document");
        let expected = "\
error[S021]: the storm of REGISTERs at `X` does not end in replication 7
 --> t.toml:7:12
  |
7 | capacity = \"1/s\"
  |            ^^^^^ at 15.5m of the run more than 30 million REGISTERs wait or have waited in vain
  |
  = help: set `queue-limit` so that nobody waits longer than phones do, make `capacity` or the phones' `retry` larger, or `horizon` shorter";
        assert_eq!(finding(&found, &document, &model).render(&source, false), expected);
    }

    /// 30 phones that follow their desktops between two registrars, each for one message in 4 s.
    #[test]
    fn phones_that_come_to_no_rest_are_shown_at_an_agent() {
        let text = STORM
            .replace("capacity = \"1/s\"", "capacity = \"0.25/s\"")
            .replace("[site.Y]", "[site.Y.registrar]\ncapacity = \"0.25/s\"")
            .replace("[phone.p]", "[phone.p]\nmode = \"follow\"")
            .replace("agents = 200", "agents = 30")
            .replace("expiry = \"60s\"", "expiry = \"600s\"")
            .replace("path office-X sip", "site X");
        let source = Source::from_bytes("t.toml", text.as_bytes());
        let loaded = scenario::load("t.toml", text.as_bytes(), &NoFiles);
        let model = checks::examine(&loaded, &Names).resolved.expect("it is sound").model;
        let bounds = Bounds { again: 10_000, ..Bounds::USUAL };
        let ended = Simulation::within(&model, RandomNumbers { seed: 1, replication: 0 }, bounds);
        let Err(Unfinished::Endless(Endless::Turns(turns))) = ended else { panic!("it ends") };
        let found = Endless::Turns(EndlessTurns { most: Bounds::USUAL.again, ..turns });
        assert_eq!(said(&found), "phones that follow their desktops come to no rest");
        let document = loaded.document.expect("a document");
        let expected = "\
error[S021]: phones that follow their desktops come to no rest at their registrars
  --> t.toml:14:14
   |
14 | [agent-group.sales]
   |              ^^^^^ after 2 turns, in which more than 100 million REGISTERs were worked out again, it is open where \
`sales-1` goes at 15m of the run
   |
   = help: make `capacity` of the registrars or `disaster-recovery.wait-for-sipphone-timeout` larger, or `horizon` shorter; \
phones with `mode = \"dual\"` need no turns";
        assert_eq!(finding(&found, &document, &model).render(&source, false), expected);
    }

    /// What the finding proposes is in the explanation of its code.
    #[test]
    fn the_explanation_has_what_helps_against_a_storm() {
        let all = crate::explain::explain(CODE).expect("it is explained");
        let all = all.split_whitespace().collect::<Vec<_>>().join(" ");
        for word in [
            "storm of REGISTERs",
            "30 million",
            "`capacity`",
            "`queue-limit`",
            "`retry`",
            "horizon",
        ] {
            assert!(all.contains(word), "{word}: {all}");
        }
    }
}
