//! The answer in two or three sentences, made from the numbers of the files alone: each with its
//! interval where there is one, and with the chart that shows it.

mod calls;
mod changed;
mod compare;
mod experiment;
mod headroom;
mod money;
mod run;
mod sweep;
mod timeouts;
mod waits;

pub(super) use compare::{others, variant_name};
pub(super) use headroom::{answers as headroom_answers, varied};
pub(super) use run::{CAUSES, causes_table, has_calls};
pub(super) use sweep::{name as point_name, parameters, points};

use maud::{Markup, html};
use serde_json::Value;

use super::found::{total, unit_of};
use super::parts::{chosen, scrolled};
use super::set::{Kind, Set};
use crate::model::Unit;
use crate::report::numbers::value;
use crate::report::{shown, words};

/// A sentence, and the chart that shows what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sentence {
    pub(super) text: String,
    /// The name of an id on the page, and what is there.
    pub(super) chart: Option<(&'static str, &'static str)>,
}

impl Sentence {
    /// A sentence with its chart.
    fn with(text: String, id: &'static str, what: &'static str) -> Self {
        Self { text, chart: Some((id, what)) }
    }

    /// A sentence that no chart shows.
    fn plain(text: String) -> Self {
        Self { text, chart: None }
    }
}

/// The question that a directory answers.
pub(super) fn question(set: &Set<'_>) -> String {
    match set.kind {
        Kind::Compare => match others(set) {
            [only] => format!("{} against {}", variant_name(set, only), chosen(set.text("first"))),
            all => format!("{} variants against {}", all.len(), chosen(set.text("first"))),
        },
        Kind::Sweep => {
            format!("What {} changes", parameters(set).join(" and "))
        }
        Kind::Headroom => headroom::question(set),
        _ if set.text("title").is_empty() => chosen(set.text("scenario")),
        _ => chosen(set.text("title")),
    }
}

/// The answer.
pub(super) fn sentences(set: &Set<'_>) -> Vec<Sentence> {
    match set.kind {
        Kind::Run => {
            let all = [run::sentences(set), calls::of_run(set)].concat();
            all.into_iter().chain(money::of_run(set)).collect()
        }
        Kind::Experiment => {
            let all = [experiment::sentences(set), calls::of_experiment(set)].concat();
            all.into_iter().chain(money::of_experiment(set)).collect()
        }
        Kind::Compare => compare::sentences(set),
        Kind::Sweep => sweep::sentences(set),
        Kind::Headroom => headroom::sentences(set),
    }
}

/// What to do next.
pub(super) fn advice(set: &Set<'_>) -> Vec<Markup> {
    match set.kind {
        Kind::Run => run::advice(set),
        Kind::Experiment => experiment::advice(set),
        Kind::Compare => compare::advice(set),
        Kind::Sweep => sweep::advice(set),
        Kind::Headroom => headroom::advice(set),
    }
}

/// Answer, ticks of thresholds, what to do next.
pub(super) fn answer(set: &Set<'_>) -> Markup {
    html! {
        div.answer {
            @for sentence in sentences(set) {
                p.fact {
                    (kept(&sentence.text))
                    @if let Some((id, what)) = sentence.chart {
                        " " a href={ "#" (set.id(id)) } { (what) }
                    }
                }
            }
        }
        (thresholds(set))
        @let next = advice(set);
        @if !next.is_empty() {
            div.next {
                p { strong { "What to do next" } }
                ul { @for one in next { li { (one) } } }
            }
        }
    }
}

/// The thresholds of an experiment.
pub(super) fn thresholds_of<'s>(set: &'s Set<'_>) -> &'s [Value] {
    set.answer["thresholds"].as_array().map_or(&[], Vec::as_slice)
}

/// The thresholds as a table, each with its verdict.
fn thresholds(set: &Set<'_>) -> Markup {
    let all = thresholds_of(set);
    if all.is_empty() {
        return Markup::default();
    }
    let body = html! {
        thead { tr { th scope="col" { "Verdict" } th scope="col" { "Threshold" } th.n scope="col" { "Found" } th.key scope="col" { "Key" } } }
        tbody { @for one in all { (threshold(set, one)) } }
    };
    scrolled("Thresholds", &body)
}

fn threshold(set: &Set<'_>, one: &Value) -> Markup {
    let class = match one["outcome"].as_str() {
        Some("PASS") => "pass",
        Some("FAIL") => "fail",
        _ => "open",
    };
    let [verdict, threshold, found] = threshold_cells(set, one);
    let measure = chosen(one["measure"].as_str().unwrap_or_default());
    html! {
        tr {
            td class=(class) { (verdict) }
            th scope="row" title=(measure) { (kept(&threshold)) }
            td.n { (kept(&found)) }
            td.key { code { (measure) } }
        }
    }
}

/// Units that stay in the line of their number.
const UNITS: [&str; 10] =
    ["%", "ms", "s", "min", "h", "d", "agent-s", "agent-min", "agent-hours", "years"];

/// A text whose lines do not break between a number and its unit, or within a length: `4 min 22 s`.
fn kept(text: &str) -> String {
    let bare = |word: &str| word.trim_matches(|letter: char| ".,;:()".contains(letter)).to_owned();
    let is_number =
        |word: &str| bare(word).trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit());
    let words: Vec<&str> = text.split(' ').collect();
    let mut out = String::new();
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| words[before]);
        let unit_of = |number: &str| is_number(number) && UNITS.contains(&bare(word).as_str());
        let goes_on = |unit: &str| {
            UNITS[1..6].contains(&unit)
                && is_number(word)
                && words.get(at + 1).is_some_and(|next| UNITS[1..6].contains(&bare(next).as_str()))
        };
        match before {
            None => {}
            Some(before) if unit_of(before) || goes_on(before) => out.push('\u{a0}'),
            Some(_) => out.push(' '),
        }
        out.push_str(word);
    }
    out
}

/// A threshold in words: its verdict, what it asks, what was found.
pub(super) fn threshold_cells(set: &Set<'_>, one: &Value) -> [String; 3] {
    let text = |key: &str| one[key].as_str().unwrap_or_default();
    let verdict = match text("outcome") {
        "PASS" => "\u{2713} PASS",
        "FAIL" => "\u{2717} FAIL",
        _ => "? UNDECIDED",
    };
    let measure = text("measure");
    let unit = unit_of(measure, set.answer["estimates"][measure]["unit"].as_str().unwrap_or(""));
    let found = super::found::Found::of(one).with_interval(unit, &level(set));
    let limit = match one["limit"].as_f64() {
        Some(limit) if unit == Unit::Time => words::length(total(limit)),
        Some(limit) if unit != Unit::Share => value(limit, unit),
        // What is written says how exactly a share is meant.
        _ => chosen(text("written")).replace('%', " %"),
    };
    let threshold = format!(
        "{}: {} {limit}",
        words::sentence(&chosen(&shown::words(measure))),
        text("bound").replace('-', " ")
    );
    [verdict.to_owned(), threshold, found.unwrap_or_else(|| "-".to_owned())]
}

/// The confidence level in words.
pub(super) fn level(set: &Set<'_>) -> String {
    set.number("confidence").map_or_else(|| "95 %".to_owned(), words::level)
}

/// A command line, quoted for a shell.
pub(super) fn command(words: &[&str]) -> Markup {
    let quoted = words
        .iter()
        .map(|word| shlex::try_quote(word).map_or_else(|_| chosen(word), |word| chosen(&word)));
    html! { code { (quoted.collect::<Vec<_>>().join(" ")) } }
}

/// Why something is not weighed between the variants or points.
fn not_weighed(set: &Set<'_>) -> Vec<Sentence> {
    let all = set.answer["not_weighed"].as_array().into_iter().flatten();
    all.filter_map(Value::as_str).map(|said| Sentence::plain(chosen(said))).collect()
}

/// Whether downtime is weighed between the variants or points.
pub(super) fn weighs_downtime(set: &Set<'_>) -> bool {
    weighed(set).contains(&"downtime")
}

/// What is weighed between them; answers of before do not say it.
fn weighed<'s>(set: &'s Set<'_>) -> Vec<&'s str> {
    match set.answer["weighed"].as_array() {
        Some(all) => all.iter().filter_map(Value::as_str).collect(),
        None => ["downtime", "needless switchovers", "flaps", "peak logins"].to_vec(),
    }
}

/// A number of replications.
fn replications(set: &Set<'_>) -> String {
    let count = set.number("replications.count").or_else(|| set.number("replications"));
    words::counted(count.unwrap_or(1.0) as u64, "replication", "replications")
}

/// A mean number of events, for sentences.
fn events(number: f64) -> String {
    value(number, crate::model::Unit::Count)
}

#[cfg(test)]
mod tests {
    use super::kept;

    #[test]
    fn a_number_stays_with_its_unit() {
        let text = "5 agents: all after 4 min 22 s (95 % interval -2 to 10 h), 3 times.";
        let kept = kept(text);
        assert_eq!(kept.replace('\u{a0}', " "), text);
        let parts: Vec<&str> = kept.split(' ').filter(|part| part.contains('\u{a0}')).collect();
        assert_eq!(parts, ["4\u{a0}min\u{a0}22\u{a0}s", "(95\u{a0}%", "10\u{a0}h),"]);
    }
}
