//! The chapter on what the answer takes for granted: every effective option, policy and fault with
//! where it was set; of a comparison first what its variants differ in.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::parts::{chosen, details, heading, scrolled};
use super::set::{Csv, Refused, Set};
use crate::options::{self, Family};
use crate::report::ASSUMPTIONS_FILE;
use crate::report::words;

/// Most rows of one table of assumptions.
const MOST: usize = 150;

/// Kinds of assumptions in the order of the chapter: what is to be doubted first.
const KINDS: [(&str, &str, &str); 7] = [
    (
        "policy",
        "Policies",
        "The vendor's documentation does not say what the product does here. The simulator follows these policies; each can be changed in the scenario.",
    ),
    ("fault", "Faults", "As the scenario writes them, with their rates and durations."),
    ("drain", "Drains", "Planned work, as the scenario writes it."),
    ("price", "Prices", "What the amounts of money are counted with, as the scenario writes it."),
    (
        "option",
        "Options of the product",
        "Every effective option that the simulation depends on, and where it was set.",
    ),
    (
        "setting",
        "Settings without a documented value",
        "The vendor documents no value; these are assumptions.",
    ),
    ("what-if", "What-if extensions", "No product has them; off unless the scenario sets them."),
];

/// The column of the variants of a comparison.
const VARIANT: &str = "variant";

/// Most variants of a table of differences.
const VARIANTS: usize = 8;

/// The chapter.
pub(super) fn assumptions(set: &Set<'_>, at: u8) -> Result<Markup, Refused> {
    let Some(csv) = set.csv(ASSUMPTIONS_FILE)? else {
        return Ok(html! {
            p.missing { (ASSUMPTIONS_FILE) " is not in this directory: it was made by an older version. Run the command below again to get it." }
        });
    };
    let compared = Compared::of(&csv);
    let alike = match &compared {
        Some(compared) => compared.alike(&csv),
        None => csv.rows.iter().map(Vec::as_slice).collect(),
    };
    Ok(html! {
        @if let Some(compared) = &compared { (differences(&csv, compared, at)) }
        @for (kind, name, meaning) in KINDS {
            @let rows: Vec<&[String]> = alike.iter().copied().filter(|row| csv.cell(row, "kind") == kind).collect();
            @if !rows.is_empty() {
                (heading(at + 1, name))
                p { (meaning) }
                (assumption_table(&csv, name, &rows))
            }
        }
    })
}

fn assumption_table(csv: &Csv, name: &str, rows: &[&[String]]) -> Markup {
    let rest = rows.len().saturating_sub(MOST);
    let changed = |row: &[String]| csv.cell(row, "set_at") != "default";
    let body = html! {
        thead { tr {
            @for name in ["Where", "Name", "Value", "Set at", "Agents", "Evidence"] { th scope="col" { (name) } }
        } }
        tbody {
            @for row in rows.iter().take(MOST) {
                tr.set[changed(row)] {
                    td { (chosen(csv.cell(row, "where"))) }
                    th scope="row" { code { (chosen(csv.cell(row, "name"))) } (meaning(csv, row)) }
                    @for column in ["value", "set_at", "agents", "evidence"] { td { (chosen(csv.cell(row, column))) } }
                }
            }
        }
    };
    let table = html! {
        (scrolled(name, &body))
        @if rest > 0 { p.rest { (words::count(rest as u64)) " further rows are in " code { (ASSUMPTIONS_FILE) } "." } }
    };
    if rows.len() > 12 {
        details(&format!("{name}: {} rows", rows.len()), 0, &table)
    } else {
        table
    }
}

/// What a policy or an extension of the simulator decides, in a sentence: its name is no option of the product.
fn meaning(csv: &Csv, row: &[String]) -> Markup {
    let family = match csv.cell(row, "kind") {
        "policy" => Family::Policy,
        "what-if" => Family::WhatIf,
        _ => return Markup::default(),
    };
    let entry = options::find(csv.cell(row, "name")).filter(|entry| entry.family == family);
    let first =
        entry.map(|entry| entry.meaning.split_once(". ").map_or(entry.meaning, |all| all.0));
    html! { @if let Some(first) = first { small { (first.trim_end_matches('.')) "." } } }
}

/// What several variants take for granted, side by side.
struct Compared<'c> {
    /// Their letters.
    variants: Vec<&'c str>,
    /// What each variant has, in the order of the first that has it.
    lines: Vec<Compare<'c>>,
}

/// One assumption in all variants.
struct Compare<'c> {
    key: Key<'c>,
    /// The row of each variant, as far as it has it.
    rows: Vec<Option<&'c [String]>>,
}

/// Kind, place, name, and which of several rows of that name (of several classes of agents).
type Key<'c> = ([&'c str; 3], usize);

impl<'c> Compared<'c> {
    /// `None`: the table is that of one scenario.
    fn of(csv: &'c Csv) -> Option<Self> {
        csv.columns.iter().any(|column| column == VARIANT).then_some(())?;
        let mut all = Self { variants: Vec::new(), lines: Vec::new() };
        let mut known: BTreeMap<Key<'_>, usize> = BTreeMap::new();
        let mut seen: BTreeMap<[&str; 3], usize> = BTreeMap::new();
        for row in &csv.rows {
            let variant = csv.cell(row, VARIANT);
            if all.variants.last() != Some(&variant) {
                all.variants.push(variant);
                seen.clear();
            }
            let names = ["kind", "where", "name"].map(|column| csv.cell(row, column));
            let number = seen.entry(names).or_default();
            let key = (names, *number);
            *number += 1;
            let at = *known.entry(key).or_insert_with(|| {
                all.lines.push(Compare { key, rows: Vec::new() });
                all.lines.len() - 1
            });
            let rows = &mut all.lines[at].rows;
            rows.resize(all.variants.len() - 1, None);
            rows.push(Some(row));
        }
        let number = all.variants.len();
        all.lines.iter_mut().for_each(|line| line.rows.resize(number, None));
        Some(all)
    }

    /// The rows of the first variant that are the same in all.
    fn alike(&self, csv: &Csv) -> Vec<&'c [String]> {
        let same = self.lines.iter().filter(|line| !line.differs(csv));
        same.filter_map(|line| line.rows[0]).collect()
    }
}

impl Compare<'_> {
    /// Whether a variant has another value, or has it for other agents.
    fn differs(&self, csv: &Csv) -> bool {
        let value = |row: &Option<&[String]>| {
            row.map(|row| [csv.cell(row, "value").to_owned(), csv.cell(row, "agents").to_owned()])
        };
        self.rows.windows(2).any(|pair| value(&pair[0]) != value(&pair[1]))
    }
}

/// What differs: a column per variant.
fn differences(csv: &Csv, compared: &Compared<'_>, at: u8) -> Markup {
    let lines: Vec<_> = compared.lines.iter().filter(|line| line.differs(csv)).collect();
    let shown = compared.variants.iter().take(VARIANTS);
    let body = html! {
        thead { tr {
            @for name in ["Kind", "Where", "Name"] { th scope="col" { (name) } }
            @for variant in shown { th scope="col" { (chosen(variant)) } }
        } }
        tbody { @for line in lines.iter().take(MOST) { (difference(csv, line)) } }
    };
    let more = compared.variants.len().saturating_sub(VARIANTS);
    let rest = lines.len().saturating_sub(MOST);
    html! {
        (heading(at + 1, "What differs"))
        @if lines.is_empty() { p { "All variants take the same for granted." } } @else {
            p { "The value of each variant, where it was set, and for how many agents. Everything else is the same in all variants, and is listed once." }
            (scrolled("What the variants differ in", &body))
        }
        @if more > 0 { p.rest { (words::count(more as u64)) " further variants are in " code { (ASSUMPTIONS_FILE) } "." } }
        @if rest > 0 { p.rest { (words::count(rest as u64)) " further differences are in " code { (ASSUMPTIONS_FILE) } "." } }
    }
}

fn difference(csv: &Csv, line: &Compare<'_>) -> Markup {
    let ([kind, place, name], _) = line.key;
    html! {
        tr {
            td { (chosen(kind)) }
            td { (chosen(place)) }
            th scope="row" { code { (chosen(name)) } }
            @for row in line.rows.iter().take(VARIANTS) {
                td {
                    @if let Some(row) = row {
                        b { (chosen(csv.cell(row, "value"))) }
                        small { (chosen(csv.cell(row, "set_at"))) (agents(csv.cell(row, "agents"))) }
                    } @else { "-" }
                }
            }
        }
    }
}

fn agents(number: &str) -> String {
    number.parse().map_or_else(
        |_| String::new(),
        |number| format!(", {}", words::counted(number, "agent", "agents")),
    )
}
