//! The table of measures under the sentences, with plain borders.

use comfy_table::{Table, presets};

use crate::measures::{Durations, Results, SWITCHOVER_REASONS, SiteResults, Spread, Total};
use crate::model::{Kind, Model};
use crate::time::NANOS;
use crate::trace::Cause;

use super::words;

/// The table, without a final newline.
pub(super) fn measures(results: &Results, model: &Model) -> String {
    let mut table = Table::new();
    table.load_style(presets::ASCII_BORDERS_ONLY_CONDENSED);
    table.set_header(vec!["measure", "value", ""]);
    for [name, value, note] in rows(results, model) {
        table.add_row(vec![name, value, note]);
    }
    if let Some(values) = table.column_mut(1) {
        values.set_cell_alignment(comfy_table::CellAlignment::Right);
    }
    table.trim_fmt()
}

type Row = [String; 3];

fn line(name: &str, value: impl Into<String>, note: impl Into<String>) -> Row {
    [name.to_owned(), value.into(), note.into()]
}

fn rows(results: &Results, model: &Model) -> Vec<Row> {
    let counts = &results.counts;
    let mut all = vec![
        line("availability", words::percent(results.availability()), ""),
        line("downtime", words::length(results.downtime()), "all agents together"),
    ];
    all.extend(Cause::ALL.map(|cause| by_cause(results, cause)).into_iter().flatten());
    all.extend(outages(results));
    all.extend(switchovers(results));
    all.push(line("regret of switching", words::length(counts.switchover_regret), {
        per(counts.switchovers_regretted, "switchover", "switchovers")
    }));
    all.push(line("regret of staying", words::length(counts.stay_regret), {
        per(counts.stays_regretted, "outage", "outages")
    }));
    all.extend(restores(results, model));
    all.extend(connections(results));
    all.extend(sites(results, model));
    all
}

fn per(count: u64, one: &str, many: &str) -> String {
    if count == 0 { String::new() } else { format!("in {}", words::counted(count, one, many)) }
}

fn by_cause(results: &Results, cause: Cause) -> Option<Row> {
    let total = results.counts.downtime[cause as usize];
    let whole = results.downtime().0;
    let share = words::percent(crate::measures::Ratio { part: total.0, whole });
    (total.0 > 0).then(|| line(&format!("  {}", cause.name()), words::length(total), share))
}

fn outages(results: &Results) -> Vec<Row> {
    let count = words::count(results.outages.count());
    let censored = results.counts.censored;
    let open =
        if censored > 0 { format!("{} still open", words::count(censored)) } else { String::new() };
    let mut all = vec![line("outages", count, open)];
    all.extend(spread("  duration", &results.outages));
    all
}

/// Mean and percentiles of durations, in two cells.
fn spread(name: &str, durations: &Durations) -> Option<Row> {
    let spread = Spread::of(durations)?;
    let [p50, p95, p99, max] = [spread.p50, spread.p95, spread.p99, spread.max].map(words::span);
    let mean = words::span(spread.mean);
    let within = words::within(spread.exact);
    let note = format!("p50 {p50}, p95 {p95}, p99 {p99}{within}, max {max}");
    Some(line(name, format!("mean {mean}"), note))
}

fn switchovers(results: &Results) -> Vec<Row> {
    let counts = &results.counts;
    let reasons = SWITCHOVER_REASONS.iter().zip(counts.switchovers);
    let reasons = reasons.filter(|(_, count)| *count > 0);
    let reasons =
        reasons.map(|(reason, count)| format!("{} {}", words::count(count), reason.name()));
    vec![
        line("switchovers", words::count(results.switchovers()), {
            reasons.collect::<Vec<_>>().join(", ")
        }),
        line(
            "  needless",
            words::count(counts.needless),
            "the old site was usable again before arrival",
        ),
    ]
}

fn restores(results: &Results, model: &Model) -> Vec<Row> {
    let counts = &results.counts;
    let window = words::span(model.flap_window);
    let within = |what: &str| format!("{what} within {window}");
    let mut all = vec![
        line("restores", words::count(counts.restores), ""),
        line("  premature", words::count(counts.premature), within("site lost again")),
    ];
    all.extend(spread("  time to restore", &results.restore_times));
    all.push(line("flaps", words::count(counts.flaps), within("switchover after a restore")));
    all
}

fn connections(results: &Results) -> Vec<Row> {
    let all = Kind::ALL.into_iter().zip(&results.links);
    let told = all.filter(|(_, links)| links.broken + links.losses > 0);
    told.map(|(kind, links)| {
        let note = format!(
            "{} reconnected, {} moved alone",
            words::count(links.reconnects),
            words::count(links.moved_alone)
        );
        line(&format!("{} losses noticed", kind.name()), words::count(links.losses), note)
    })
    .collect()
}

fn sites(results: &Results, model: &Model) -> Vec<Row> {
    let window = results.grid.width();
    let per = if window.0 == NANOS { "one second".to_owned() } else { words::span(window) };
    let each = results.sites.iter().zip(&model.sites);
    each.flat_map(|(site, declared)| self::site(site, &declared.name, &per)).collect()
}

/// Agents in service at a site, and what else was counted there, where there was anything.
fn site(site: &SiteResults, name: &str, per: &str) -> Vec<Row> {
    let [least, most] = [site.level.least, site.level.most].map(|n| words::count(positive(n)));
    let mut all =
        vec![line(&format!("site {name}"), format!("{least}..{most}"), "agents in service")];
    let peaks = [("logins", site.peak_logins), ("recovery REGISTERs", site.peak_registers)];
    for (what, peak) in peaks.into_iter().filter(|(_, peak)| *peak > 0) {
        all.push(line(&format!("  {what}"), words::count(peak), format!("most in {per}")));
    }
    if site.queue.waits > 0 {
        let longest = words::span(site.queue.longest_wait);
        let wait = format!("most at once; longest wait {longest}");
        all.push(line("  login queue", words::count(site.queue.longest), wait));
    }
    let totals = [
        ("  stale bindings", site.stale, "calls would ring a dead contact"),
        ("  ghosts", site.ghost, "logged in at a site that the desktop has left"),
    ];
    let told = totals.into_iter().filter(|(_, total, _)| *total > Total::default());
    all.extend(told.map(|(name, total, note)| line(name, words::length(total), note)));
    all
}

fn positive(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
