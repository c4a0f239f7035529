//! What the phone did and met that left no records: failed attempts, waits in a registrar's queue,
//! starts.

use crate::model::{Side, SiteId};
use crate::phones::{PhoneAction, PhoneRecord};
use crate::time::{Span, Time};
use crate::trace::{Event, Record};

use super::agent::StoryAgent;
use super::background::WorldSentence;
use super::clock::length;

/// A shorter wait in a queue is not reported.
const WORTH_TELLING: Span = Span::from_secs(1);

/// One sentence for each record that says something.
pub(super) fn told(
    agent: &StoryAgent<'_>,
    phone_records: &[PhoneRecord],
    records: &[Record],
) -> Vec<WorldSentence> {
    let told = phone_records.iter().filter_map(|record| {
        let text = sentence(agent, record, records)?;
        Some(WorldSentence { at: record.at, text })
    });
    told.collect()
}

fn sentence(agent: &StoryAgent<'_>, record: &PhoneRecord, records: &[Record]) -> Option<String> {
    Some(match record.what {
        PhoneAction::Started { after: Span::ZERO } => return None,
        PhoneAction::Answered { waited, .. } if waited < WORTH_TELLING => return None,
        PhoneAction::Started { after } => started(agent, after),
        PhoneAction::Fails { side, refused, waited, queued, least } => {
            let site = agent.seat_site(side);
            let known = is_recorded(records, record.at, site);
            let why = fails(agent.site(site), (refused, queued), (waited, known));
            return with_least(why, agent.site(site), least);
        }
        PhoneAction::FailedAgain { sides, timed_out, refused } => {
            again(&places(agent, sides), timed_out, refused)
        }
        PhoneAction::Answered { side, waited } => format!(
            "A REGISTER is answered {} after it was sent first: the registrar of {} was busy, or did not answer before.",
            length(waited),
            agent.site(agent.seat_site(side))
        ),
        PhoneAction::Waits { side } => format!(
            "A REGISTER is sent that still waits in the queue of the registrar of {} when the run ends.",
            agent.site(agent.seat_site(side))
        ),
    })
}

/// Whether the trace says itself that the phone has lost its registration.
fn is_recorded(records: &[Record], at: Time, site: SiteId) -> bool {
    let from = records.partition_point(|record| record.at < at);
    let now = records[from..].iter().take_while(|record| record.at == at);
    let fails =
        |event: Event| matches!(event, Event::RegistrationFailed { site: it, .. } if it == site);
    now.into_iter().any(|record| fails(record.event))
}

fn started(agent: &StoryAgent<'_>, after: Span) -> String {
    let phone = &agent.model.phones[agent.profile.phone];
    let boots = phone.boot != crate::distribution::Law::Constant(Span::ZERO);
    let why = match (boots, phone.start_spread > Span::ZERO) {
        (true, true) => " (`boot` and `start-spread`)",
        (false, true) => " (`start-spread`)",
        (true, false) => " (`boot`)",
        (false, false) => "",
    };
    format!("The phone has started, {} after the power was back{why}.", length(after))
}

fn fails(
    site: &str,
    (refused, queued): (bool, bool),
    (waited, known): (Span, bool),
) -> Option<String> {
    let waited = length(waited);
    Some(match (known, refused, queued) {
        (true, _, false) => return None,
        (true, false, true) => {
            format!("For {waited} no answer has come from the registrar of {site}, which is busy.")
        }
        (true, true, true) => format!("Too many wait in the queue of the registrar of {site}."),
        (false, false, true) => format!(
            "A REGISTER at {site} times out: for {waited} no answer has come from the registrar, which is busy."
        ),
        (false, true, true) => {
            format!("A REGISTER at {site} is refused: too many wait in the registrar's queue.")
        }
        (false, false, false) => {
            format!("A REGISTER at {site} times out: no answer has come for {waited}.")
        }
        (false, true, false) => format!("A REGISTER at {site} is refused."),
    })
}

/// What the registrar says that refuses, if it says anything.
fn with_least(why: Option<String>, site: &str, least: Span) -> Option<String> {
    if least == Span::ZERO {
        return why;
    }
    let asks = format!("asks for a wait of at least {} (Retry-After).", length(least));
    Some(match why {
        Some(why) => format!("{why} It {asks}"),
        None => format!("The registrar of {site} refuses a REGISTER and {asks}"),
    })
}

fn places(agent: &StoryAgent<'_>, sides: [bool; 2]) -> String {
    let sites: Vec<&str> = Side::BOTH
        .into_iter()
        .filter(|side| sides[side.index()])
        .map(|side| agent.site(agent.seat_site(side)))
        .collect();
    sites.join(" and ")
}

fn again(places: &str, timed_out: u64, refused: u64) -> String {
    let all = timed_out + refused;
    let registers = if all == 1 { "REGISTER" } else { "REGISTERs" };
    let have = if all == 1 { "has" } else { "have" };
    let how = match (timed_out, refused) {
        (_, 0) => format!("{have} timed out"),
        (0, _) => format!("{have} been refused"),
        (timed_out, refused) => {
            format!("{have} failed: {timed_out} timed out, {refused} refused")
        }
    };
    format!("Up to now {all} more {registers} at {places} {how}.")
}
