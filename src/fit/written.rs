//! Fitted laws as the scenario language writes them: four digits, the unit that reads best. It
//! decides nothing.

use std::fmt::Write;

use super::fitted::{Fitted, Parameter};

/// Units with their seconds, longest first. A length below 72 h stays in hours.
const UNITS: [(&str, f64, f64); 7] = [
    ("d", 86_400.0, 3.0 * 86_400.0),
    ("h", 3_600.0, 3_600.0),
    ("m", 60.0, 60.0),
    ("s", 1.0, 1.0),
    ("ms", 1e-3, 1e-3),
    ("us", 1e-6, 1e-6),
    ("ns", 1e-9, 0.0),
];

/// A number with four digits, whole ones kept, without closing zeros.
fn number(value: f64) -> String {
    let whole = libm::floor(libm::log10(value.abs().max(1e-12))) as i32 + 1;
    let decimals = (4 - whole).clamp(0, 9) as usize;
    let text = format!("{value:.decimals$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// A length of this many seconds: `15.09h`, `2.5m`, `400ms`.
#[must_use]
pub fn length_text(secs: f64) -> String {
    let last = UNITS[UNITS.len() - 1];
    let (name, size, _) = UNITS.into_iter().find(|unit| secs >= unit.2).unwrap_or(last);
    let value = secs / size;
    // The language takes nothing finer than a nanosecond.
    if name == "ns" { format!("{value:.0}ns") } else { format!("{}{name}", number(value)) }
}

/// A parameter as it is written, without quotes.
fn value(parameter: &Parameter) -> String {
    if parameter.is_length { length_text(parameter.value) } else { number(parameter.value) }
}

/// A law: `{ weibull = { shape = 0.62, scale = "31.2h" } }`.
#[must_use]
pub fn law_text(law: &Fitted) -> String {
    let length = |secs: f64| format!("\"{}\"", length_text(secs));
    match *law {
        Fitted::Constant { value } => length(value),
        Fitted::Uniform { lowest, highest } => {
            format!("{{ uniform = [{}, {}] }}", length(lowest), length(highest))
        }
        Fitted::Exponential { mean } => format!("{{ exponential = {} }}", length(mean)),
        Fitted::Hyperexponential { p, mean, other } => {
            let [first, second] = percents(p);
            let branch = |p: String, mean| format!("{{ p = \"{p}%\", mean = {} }}", length(mean));
            let (first, second) = (branch(first, mean), branch(second, other));
            format!("{{ hyperexponential = [{first}, {second}] }}")
        }
        _ => {
            let quoted = |parameter: &Parameter| match parameter.is_length {
                true => format!("{} = \"{}\"", parameter.name, value(parameter)),
                false => format!("{} = {}", parameter.name, value(parameter)),
            };
            let inside: Vec<String> = law.parameters().iter().map(quoted).collect();
            format!("{{ {} = {{ {} }} }}", law.family().name(), inside.join(", "))
        }
    }
}

/// A law in a few words: `weibull, shape 0.62, scale 31.2h`.
#[must_use]
pub fn law_label(law: &Fitted) -> String {
    let own = law.parameters().into_iter();
    let own = own.map(|one| format!(", {} {}", one.name.replace('_', " "), value(&one)));
    format!("{}{}", law.family().name(), own.collect::<String>())
}

/// A share and the rest of it in per cent, to a hundredth where neither is small; together exactly
/// 100.
fn percents(p: f64) -> [String; 2] {
    const WHOLE: i64 = 1_000_000;
    let step = if (0.1..=0.9).contains(&p) { 100 } else { 1 };
    let first = libm::rint(p * (WHOLE / step) as f64) as i64 * step;
    let first = first.clamp(1, WHOLE - 1);
    [first, WHOLE - first].map(|parts| {
        let text = format!("{}.{:04}", parts / 10_000, parts % 10_000);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    })
}

/// What a `[[fault]]` is written of.
#[derive(Clone, Copy, Debug)]
pub struct Fault<'a> {
    /// Name for reports.
    pub name: &'a str,
    /// What it hits, as the language writes it, or a bare text; `None`: left to the reader.
    pub target: Option<&'a str>,
    /// The law of the up times, or why there is none.
    pub failure: Result<&'a Fitted, &'a str>,
    /// The law of the outages, or why there is none.
    pub repair: Result<&'a Fitted, &'a str>,
    /// The file of the resamples, and how many there are.
    pub uncertainty: Option<(&'a str, usize)>,
}

/// A `[[fault]]` table to paste into a scenario. What the log cannot say is there as a comment, so
/// that a scenario without it is refused.
#[must_use]
pub fn fault_text(fault: &Fault<'_>) -> String {
    let mut out = format!("[[fault]]\nname = {}\n", quoted(fault.name));
    match fault.target.map(str::trim) {
        Some(target) if target.starts_with(['{', '[', '"', '\'']) => {
            let _ = writeln!(out, "target = {target}");
        }
        Some(target) => {
            let _ = writeln!(out, "target = {}", quoted(target));
        }
        None => out += "# target = \"host NAME\"   # what goes down: name it\n",
    }
    for (key, law) in [("failure", fault.failure), ("repair", fault.repair)] {
        let _ = match law {
            Ok(law) => writeln!(out, "{key} = {}", law_text(law)),
            Err(why) => writeln!(out, "# {key} = \"...\"   # not from this log: {why}"),
        };
    }
    if fault.failure.is_ok() {
        out += "age = \"equilibrium\"   # in operation since long before the run begins: not new at 0\n";
    }
    if let Some((file, sets)) = fault.uncertainty {
        let _ = writeln!(
            out,
            "# What the log leaves open: {sets} sets of laws, one per replication. Run with\n\
             # --replications {sets} or more. The path counts from the folder of the scenario.\n\
             uncertainty = {}",
            quoted(file)
        );
    }
    out
}

/// A text in TOML's quotes.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            control if control.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::units::duration;

    #[test]
    fn lengths_are_read_back_to_four_digits() {
        let cases = [
            (54_321.9, "15.09h"),
            (150.0, "2.5m"),
            (0.4, "400ms"),
            (1.25e-5, "12.5us"),
            (3e-9, "3ns"),
            (86_400.0 * 12_345.4, "12345d"),
            (72.0 * 3_600.0, "3d"),
            (59.999_99, "60s"),
            (12_345_678.0, "142.9d"),
        ];
        for (secs, text) in cases {
            assert_eq!(length_text(secs), text);
            let back = duration(text).expect("the language reads it").as_secs_f64();
            assert!((back - secs).abs() <= 5e-4 * secs, "{text}");
        }
    }

    #[test]
    fn shares_add_up_to_the_whole() {
        assert_eq!(percents(0.123_456_7), ["12.35", "87.65"]);
        assert_eq!(percents(0.9), ["90", "10"]);
        assert_eq!(percents(0.012_345_6), ["1.2346", "98.7654"]);
        assert_eq!(percents(1e-9), ["0.0001", "99.9999"]);
    }

    #[test]
    fn what_a_log_cannot_say_is_left_to_the_reader() {
        let repair = Fitted::Lognormal { mu: 0.0, sigma: 1.0 };
        let text = fault_text(&Fault {
            name: "a \"b\"",
            target: None,
            failure: Err("nothing failed twice"),
            repair: Ok(&repair),
            uncertainty: None,
        });
        assert_eq!(
            text,
            "[[fault]]\nname = \"a \\\"b\\\"\"\n\
             # target = \"host NAME\"   # what goes down: name it\n\
             # failure = \"...\"   # not from this log: nothing failed twice\n\
             repair = { lognormal = { median = \"1s\", p95 = \"5.18s\" } }\n"
        );
    }
}
