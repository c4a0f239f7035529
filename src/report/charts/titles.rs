//! The titles of the charts of a run, made from the numbers: which site takes the agents of which,
//! how long it takes, what costs most.

use crate::measures::{Durations, Impact, Ratio, RegisterSummary, Results, Window};
use crate::model::Model;
use crate::report::text::worst_impact;
use crate::report::words;
use crate::time::Span;
use crate::trace::Cause;

use super::canvas::WIDTH;
use super::lettering::{Look, fit_name, width};

/// Space for a name within a title, in pixels.
const NAME: i32 = 300;

/// What happened to the agents of the worst fault.
#[derive(Clone, Copy, Debug)]
struct WorstFault<'a> {
    fault: &'a str,
    /// How many faults there were in all.
    faults: u64,
    hit: u64,
    /// Agents not back at the end of the run.
    missing: u64,
    /// Time until half of them, and all of them, were back.
    half: &'a str,
    all: &'a str,
    /// The site that took them, and how many, if there was one.
    taken: Option<(&'a str, u64)>,
}

/// The title of calls: what the faults cost, and the service level.
pub(super) fn calls(results: &Results) -> String {
    let Some(calls) = &results.calls else { return String::new() };
    let (all, cost) = (&calls.all, calls.all.cost());
    let level = words::percent(all.in_time);
    let offered = words::counted(all.cell.offered, "call", "calls");
    if cost.failed <= 0 {
        return format!("{offered}: {level} answered in time");
    }
    let failed = words::count(cost.failed.unsigned_abs());
    if calls.windows().is_some() {
        let failed = words::counted(cost.failed.unsigned_abs(), "call", "calls");
        return format!("The faults cost {failed}; around them {level} were answered in time");
    }
    format!("The faults cost {failed} of {offered}; {level} answered in time")
}

/// The title of the agents in service.
pub(super) fn in_service(results: &Results, model: &Model) -> String {
    let counts = &results.counts;
    if counts.agents == 0 {
        return "No agents in this run".to_owned();
    }
    if counts.agents_hit == 0 {
        return format!(
            "Nobody was out of service in {}",
            words::span(results.horizon - crate::time::Time::ZERO)
        );
    }
    match worst_impact(results) {
        Some(impact) => struck(results, model, impact),
        None => {
            let least = results.windows.shown.iter().map(|window| window.all.least()).min();
            at_once(counts.agents, least.unwrap_or(0).max(0) as u64)
        }
    }
}

fn struck(results: &Results, model: &Model, impact: &Impact) -> String {
    let recovery = &impact.recovery;
    let until = |percent| recovery.until(percent).map_or_else(String::new, words::span);
    let (half, all) = (until(50), until(100));
    told(&WorstFault {
        fault: impact.incident.name(model),
        faults: results.impacts.len() as u64,
        hit: recovery.hit,
        missing: recovery.missing(),
        half: &half,
        all: &all,
        taken: taken(results, model, impact),
    })
}

/// The site that took the agents that an incident hit, and how many. `None`: no site took nearly
/// all of them, or the rise there may be due to others: other incidents lie in the same window, or
/// agents come for their shifts.
fn taken<'m>(results: &Results, model: &'m Model, impact: &Impact) -> Option<(&'m str, u64)> {
    let (incident, hit) = (&impact.incident, impact.recovery.hit);
    let around = |window: &&Window| (window.from..window.to).contains(&incident.from);
    let window = results.windows.shown.iter().find(around).filter(|_| model.shifts.is_empty())?;
    let others = results.impacts.iter().filter(|other| other.incident != *incident);
    let mut others = others.map(|other| &other.incident);
    if others.any(|other| other.from < window.to && other.to >= window.from) {
        return None;
    }
    let risen = window.sites.iter().map(|site| site.in_service.most() - site.in_service.before());
    let (risen, site) = risen.zip(&model.sites).max_by_key(|(risen, _)| *risen)?;
    let risen = u64::try_from(risen).ok()?;
    (risen <= hit && risen * 10 >= hit * 9).then_some((site.name.as_str(), risen))
}

fn told(blow: &WorstFault) -> String {
    let worst = match blow.faults {
        1 => String::new(),
        many => format!("Worst of {} faults: ", words::count(many)),
    };
    let fault = fit_name(blow.fault, Look::TITLE, NAME);
    let agents = words::counted(blow.hit, "agent", "agents");
    let text = match (blow.missing, blow.taken) {
        (0, Some((site, taken))) => {
            let taken = words::counted(taken, "agent", "agents");
            format!("{} takes {taken} in {}", fit_name(site, Look::TITLE, NAME), blow.all)
        }
        (0, None) if blow.half == blow.all => {
            format!("{fault}: {agents} out of service for {}", blow.all)
        }
        (0, None) => half_and_all(&worst, &fault, &agents, blow),
        (missing, _) if missing == blow.hit => {
            format!("{fault}: {agents} out, nobody back when the run ends")
        }
        (missing, _) => {
            format!("{fault}: {agents} out, {} not back when the run ends", words::count(missing))
        }
    };
    format!("{worst}{text}")
}

/// When half and all of them are back, as far as there is space for both.
fn half_and_all(worst: &str, fault: &str, agents: &str, blow: &WorstFault) -> String {
    let WorstFault { half, all, .. } = blow;
    let text = format!("{fault}: {agents} out, half back after {half}, all after {all}");
    if width(&format!("{worst}{text}"), Look::TITLE) <= WIDTH - 40 {
        text
    } else {
        format!("{fault}: {agents} out, all back after {all}")
    }
}

fn at_once(agents: u64, least: u64) -> String {
    let out = words::count(agents.saturating_sub(least));
    format!("Up to {out} of {} out of service at a time", words::counted(agents, "agent", "agents"))
}

/// The title of the causes: the largest, and its share.
pub(super) fn causes(results: &Results) -> String {
    let whole = results.downtime();
    let largest = Cause::ALL.into_iter().max_by_key(|cause| {
        (results.counts.downtime[*cause as usize], std::cmp::Reverse(*cause as usize))
    });
    match largest {
        Some(cause) if whole.0 > 0 => {
            let part = results.counts.downtime[cause as usize].0;
            let share = words::percent(Ratio { part, whole: whole.0 });
            format!("{share} of the downtime is {}", cause.name())
        }
        _ => "No downtime".to_owned(),
    }
}

/// The title of a distribution: where it ends, and its far part begins.
pub(super) fn durations(one: &str, many: &str, durations: &Durations) -> String {
    let at = |percent| durations.percentile(percent).map_or_else(String::new, words::span);
    match durations.count() {
        0 => format!("No {many}"),
        1 => format!("The only {one} took {}", at(100)),
        _ if durations.percentile(1) == durations.percentile(100) => {
            format!("All {many} took {}", at(100))
        }
        number @ ..20 => format!("The longest of {number} {many} took {}", at(100)),
        _ => format!("No {one} took longer than {}, 1 in 20 longer than {}", at(100), at(95)),
    }
}

/// The title of the moves.
pub(super) fn moves(results: &Results) -> String {
    let (out, home) = (results.switchovers(), results.counts.restores);
    if out + home == 0 {
        return "No agent moved".to_owned();
    }
    let out = words::counted(out, "switchover", "switchovers");
    let needless = match results.counts.needless {
        0 => String::new(),
        number => format!(" ({} needless)", words::count(number)),
    };
    format!("{out}{needless}, {}", words::counted(home, "restore", "restores"))
}

/// The title of the load: the busiest second, and the longest queue.
pub(super) fn load(results: &Results, model: &Model) -> String {
    let slot = match words::slot(results.grid.width()).as_str() {
        "second" => "one second".to_owned(),
        slot => slot.to_owned(),
    };
    let most = |pick: fn(&crate::measures::SiteResults) -> u64| {
        let sites = results.sites.iter().zip(&model.sites);
        sites
            .rev()
            .max_by_key(|(site, _)| pick(site))
            .map(|(site, named)| (pick(site), &named.name))
    };
    let registers = most(|site| site.peak_registers).filter(|most| most.0 > 0);
    let logins = most(|site| site.peak_logins).filter(|most| most.0 > 0);
    let peak = |(number, site): (u64, &String), one, many| {
        format!(
            "{} at {}",
            words::counted(number, one, many),
            fit_name(site, Look::TITLE, NAME / 2)
        )
    };
    let registers = registers.map(|most| peak(most, "recovery REGISTER", "recovery REGISTERs"));
    let logins = logins.map(|most| peak(most, "login", "logins"));
    let peaks: Vec<String> = registers.into_iter().chain(logins).collect();
    let queue = results.sites.iter().map(|site| site.queue.longest).max().unwrap_or(0);
    let queue = match queue {
        0 => String::new(),
        long => format!(", {} waiting", words::count(long)),
    };
    if peaks.is_empty() {
        return "Nobody had to register or log in again".to_owned();
    }
    format!("In {slot} up to {}{queue}", peaks.join(", "))
}

/// The registrar with the most of something, if any was busy.
fn busiest(results: &Results, most: fn(&RegisterSummary) -> u64) -> Option<&RegisterSummary> {
    let row = results.registrars.iter().rev().max_by_key(|row| most(row))?;
    (row.offered > 0).then_some(row)
}

/// The title of the queues of registrars: the longest, and its effect.
pub(super) fn queues(results: &Results) -> String {
    let longest = busiest(results, |row| row.queue_longest).filter(|row| row.queue_longest > 0);
    let Some(row) = longest else {
        return "No REGISTER had to wait".to_owned();
    };
    let site = fit_name(&row.name, Look::TITLE, NAME / 2);
    let waiting = words::counted(row.queue_longest, "REGISTER", "REGISTERs");
    let rest = match (row.timed_out, row.retransmitted) {
        (0, 0) => String::new(),
        (0, again) => format!("; {} sent again", words::count(again)),
        (out, _) => format!("; {} timed out", words::count(out)),
    };
    format!(
        "Up to {waiting} waiting at {site}, for up to {}{rest}",
        words::span(Span(row.wait_longest_s.0 as i64))
    )
}

/// The title of the connections: the longest queue, and its effect.
pub(super) fn connections(results: &Results) -> String {
    let most = results.reconnects.iter().rev().max_by_key(|row| row.queue_longest);
    let Some(row) = most.filter(|row| row.queue_longest > 0) else {
        return "No desktop had to wait for a connection".to_owned();
    };
    let site = fit_name(&row.name, Look::TITLE, NAME / 2);
    let waiting = words::counted(row.queue_longest, "desktop", "desktops");
    let rest = match row.timed_out {
        0 => String::new(),
        1 => "; 1 attempt timed out".to_owned(),
        out => format!("; {} attempts timed out", words::count(out)),
    };
    let longest = words::span(Span(row.wait_longest_s.0 as i64));
    format!("Up to {waiting} waiting at {site}, for up to {longest}{rest}")
}

/// The title of the echoes: the busiest second of the storm against that of later refresh cycles.
pub(super) fn echoes(results: &Results) -> String {
    let Some(row) = busiest(results, |row| row.offered_peak) else {
        return "No REGISTER had to wait".to_owned();
    };
    let site = fit_name(&row.name, Look::TITLE, NAME / 2);
    let storm = words::counted(row.offered_peak, "REGISTER", "REGISTERs");
    match row.echo_peak {
        0 => format!("Up to {storm} in one second at {site}, and no refresh cycle within the run"),
        echo => {
            format!(
                "Up to {storm} in one second at {site}; later refreshes there up to {}",
                words::count(echo)
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLOW: WorstFault<'_> = WorstFault {
        fault: "north lost",
        faults: 1,
        hit: 3_000,
        missing: 0,
        half: "2 min 57 s",
        all: "4 min 22 s",
        taken: Some(("south", 3_000)),
    };

    #[test]
    fn the_title_says_who_takes_whom_or_how_long_it_takes() {
        assert_eq!(told(&BLOW), "south takes 3,000 agents in 4 min 22 s");
        assert_eq!(
            told(&WorstFault { taken: None, ..BLOW }),
            "north lost: 3,000 agents out, half back after 2 min 57 s, all after 4 min 22 s"
        );
        let one = WorstFault { hit: 1, half: "9.3 s", all: "9.3 s", taken: None, ..BLOW };
        assert_eq!(told(&one), "north lost: 1 agent out of service for 9.3 s");
        assert_eq!(
            told(&WorstFault { missing: 12, faults: 67, ..BLOW }),
            "Worst of 67 faults: north lost: 3,000 agents out, 12 not back when the run ends"
        );
        assert_eq!(
            told(&WorstFault { missing: 3_000, ..BLOW }),
            "north lost: 3,000 agents out, nobody back when the run ends"
        );
        let many = WorstFault { faults: 67, taken: None, ..BLOW };
        assert_eq!(
            told(&many),
            "Worst of 67 faults: north lost: 3,000 agents out, all back after 4 min 22 s"
        );
        assert_eq!(at_once(200, 150), "Up to 50 of 200 agents out of service at a time");
    }

    #[test]
    fn a_distribution_is_told_by_its_end() {
        let of = |secs: &[i64]| {
            let nanos: Vec<i64> = secs.iter().map(|secs| secs * crate::time::NANOS).collect();
            durations("outage", "outages", &nanos.into())
        };
        assert_eq!(of(&[]), "No outages");
        assert_eq!(of(&[90]), "The only outage took 1 min 30 s");
        assert_eq!(of(&[10, 10]), "All outages took 10 s");
        assert_eq!(of(&[10, 20, 30]), "The longest of 3 outages took 30 s");
        let many: Vec<i64> = (1..=100).collect();
        assert_eq!(
            of(&many),
            "No outage took longer than 1 min 40 s, 1 in 20 longer than 1 min 35 s"
        );
    }
}
