//! Instants of the law that few runs meet, and that decide which of two readings is right: looked for
//! in the records of a run, so that the random cases are known to contain them.

use switchover::model::{AgentId, Kind, Model, Phone, Style};
use switchover::time::{Span, Time};
use switchover::trace::{Cause, Event, Reason, Record};

/// What the agents of a run have met, by name; one entry for each agent.
pub fn meetings(model: &Model, records: &[Record]) -> Vec<String> {
    let agents = (0..model.agents()).map(AgentId);
    agents.flat_map(|agent| of_agent(model, agent, records)).collect()
}

fn of_agent(model: &Model, agent: AgentId, records: &[Record]) -> Vec<String> {
    let own: Vec<Record> = records.iter().copied().filter(|record| record.agent == agent).collect();
    let profile = &model.profiles[model.cohort(agent).profile.index()];
    let phone = &model.phones[profile.phone];
    let home = profile.preferred.site;
    let together = |one: &dyn Fn(&Event) -> bool, other: &dyn Fn(&Event, &Event) -> bool| {
        own.iter().filter(|record| one(&record.event)).any(|record| {
            let instant = own.iter().filter(|with| with.at == record.at);
            instant.into_iter().any(|with| other(&record.event, &with.event))
        })
    };
    let restore = |event: &Event| matches!(event, Event::MoveBegun { reason: Reason::Restore, .. });
    let moves = |event: &Event| matches!(event, Event::MoveBegun { .. });
    let registers = |event: &Event| matches!(event, Event::Registered { site } if *site == home);
    let reconnects = |event: &Event| matches!(event, Event::Reconnected { kind: Kind::Sip, .. });
    let begins = |event: &Event| *event == Event::ShiftBegun;
    let ends = |event: &Event| *event == Event::ShiftEnded;
    let is_off = |event: &Event| matches!(event, Event::State { cause: Some(Cause::Off), .. });
    let no_site = |event: &Event| matches!(event, Event::State { cause: Some(Cause::NoSite), .. });
    let ghost = |event: &Event| matches!(event, Event::GhostBegun { .. });
    let queued = own.iter().any(|record| matches!(record.event, Event::LoginQueued { .. }));
    let met = [
        (
            "meets: a failover phone is home with the probe",
            matches!(phone.style, Style::Failover { .. })
                && together(&registers, &|_, with| restore(with)),
        ),
        ("meets: a desk phone has moved", desk_phone_moves(phone, &own, home)),
        (
            "meets: a drained site reconnects",
            together(&reconnects, &|_, with| matches!(with, Event::OrderedToLeave { .. })),
        ),
        ("meets: to have stayed would have queued", queued && stays_compared(&own)),
        ("meets: a move where service ends or returns", together(&moves, &changes_service)),
        ("meets: a shift ends out of service", ends_out(&own)),
        ("meets: a shift begins without power", together(&begins, &|_, with| is_off(with))),
        ("meets: a shift begins and nobody answers", together(&begins, &|_, with| no_site(with))),
        ("meets: a shift ends with a ghost", together(&ends, &|_, with| ghost(with))),
    ];
    met.into_iter().filter(|(_, so)| *so).map(|(name, _)| name.to_owned()).collect()
}

/// A shift ends while its agent is out of service.
fn ends_out(own: &[Record]) -> bool {
    let mut out = false;
    let mut states = own.iter().filter_map(|record| match record.event {
        Event::State { site, cause } => Some((site, cause)),
        _ => None,
    });
    states.any(|(site, cause)| {
        let was_out = std::mem::replace(&mut out, cause.is_some());
        was_out && (site, cause) == (None, None)
    })
}

/// A desk phone with one registration registers away from home.
fn desk_phone_moves(phone: &Phone, own: &[Record], home: switchover::model::SiteId) -> bool {
    let away = |event: Event| matches!(event, Event::Registered { site } if site != home);
    phone.desk && phone.style != Style::Dual && own.iter().any(|record| away(record.event))
}

/// An outage was compared with having stayed, which would have taken time.
fn stays_compared(own: &[Record]) -> bool {
    own.iter().any(|record| match record.event {
        Event::IfStayed { downtime } => downtime > Span::ZERO && record.at > Time::ZERO,
        _ => false,
    })
}

/// Whether, at the instant of a move, something happens that ends the service at the site that is
/// left, or would bring it back.
fn changes_service(begun: &Event, with: &Event) -> bool {
    let Event::MoveBegun { from, in_service, .. } = *begun else { return false };
    match *with {
        Event::Registered { site } if from == Some(site) => !in_service,
        Event::Survived { kind: Kind::Sip } => !in_service,
        Event::Registered { site } | Event::BindingEnded { site } => {
            in_service && (from == Some(site)) == matches!(with, Event::BindingEnded { .. })
        }
        Event::Broken { kind: Kind::Sip, .. } => in_service,
        _ => false,
    }
}
