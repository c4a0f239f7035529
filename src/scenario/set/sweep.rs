//! A path with many values: `PATH=10s..3m step 10s`, `PATH=20,40,60,never`. It sets nothing, but
//! gives one setting per value.

use super::path::{self, Path, Setting};
use super::range::{Exact, MOST, steps};
use crate::model::Unit;

/// One value of a sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepValue {
    /// As it may be typed.
    pub text: String,
    /// Its place on an axis, in base units (a number, a share from 0 to 1, seconds); `None`: it is
    /// a word or a table.
    pub number: Option<f64>,
}

/// A path with many values; at least one, all different, in the order in which they are typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// What is set.
    pub path: Path,
    /// To what.
    pub values: Vec<SweepValue>,
    /// What the numbers are counted in; `None`: there is no number among the values.
    pub unit: Option<Unit>,
}

impl Sweep {
    /// Reads `PATH=FROM..TO step STEP`, `PATH=VALUE,VALUE,...` or both mixed.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (path, list) = path::split(text)?;
        let mut sweep = Self { path, values: Vec::new(), unit: None };
        for item in items(list) {
            sweep.add(item.trim())?;
        }
        if sweep.values.len() > MOST {
            return Err(format!(
                "`{}` has {} values; {MOST} is the most",
                list.trim(),
                sweep.values.len()
            ));
        }
        Ok(sweep)
    }

    /// The settings, one per value.
    #[must_use]
    pub fn settings(&self) -> Vec<Setting> {
        self.values.iter().map(|value| Setting::new(self.path.clone(), &value.text)).collect()
    }

    /// The whole of it, ranges as the values that they are: `PATH=VALUE,VALUE,...`.
    #[must_use]
    pub fn text(&self) -> String {
        let values: Vec<&str> = self.values.iter().map(|value| value.text.as_str()).collect();
        format!("{}={}", self.path, values.join(","))
    }

    /// Adds one item of the list: a value or a range.
    fn add(&mut self, item: &str) -> Result<(), String> {
        if item.is_empty() {
            return Err("a value is missing; write VALUE,VALUE or FROM..TO step STEP".to_owned());
        }
        let Some((from, to)) = item.split_once("..").filter(|(from, to)| is_range(from, to)) else {
            return self.push(item, item.to_owned(), Exact::typed(item));
        };
        let Some((to, step)) = to.split_once(" step ") else {
            return Err(format!("`{item}` has no step; write FROM..TO step STEP"));
        };
        let values = steps(quantity(from)?, quantity(to)?, quantity(step)?);
        for exact in values.map_err(|wrong| format!("`{item}` {wrong}"))? {
            self.push(item, exact.text(), Some(exact))?;
        }
        Ok(())
    }

    fn push(&mut self, item: &str, text: String, exact: Option<Exact>) -> Result<(), String> {
        if self.values.iter().any(|value| value.text == text) {
            return Err(format!("the value `{text}` is there twice"));
        }
        let unit = exact.map(Exact::unit);
        if let (Some(first), Some(other)) = (self.unit, unit)
            && first != other
        {
            let (first, other) = (first.word(), other.word());
            return Err(format!("`{item}` is {other}, but the value before it is {first}"));
        }
        self.unit = self.unit.or(unit);
        self.values.push(SweepValue { text, number: exact.map(Exact::number) });
        Ok(())
    }
}

/// A quantity of a range.
pub(super) fn quantity(text: &str) -> Result<Exact, String> {
    let text = text.trim();
    Exact::read(text).ok_or(format!("`{text}` is no number, duration, percentage or rate"))
}

/// Whether two ends with dots between them are meant as a range, not as a text such as a path.
fn is_range(from: &str, to: &str) -> bool {
    Exact::read(from).is_some() || to.contains(" step ")
}

/// Cuts a list at its commas, but not inside quotes and brackets.
fn items(list: &str) -> Vec<&str> {
    let (mut found, mut start, mut depth, mut quote) = (Vec::new(), 0, 0_usize, None);
    for (at, letter) in list.char_indices() {
        match (quote, letter) {
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                found.push(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&list[start..]);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(list: &str) -> Vec<String> {
        let sweep = Sweep::parse(&format!("a.b={list}"));
        let sweep = sweep.unwrap_or_else(|wrong| panic!("{list}: {wrong}"));
        sweep.values.into_iter().map(|value| value.text).collect()
    }

    #[test]
    fn ranges_and_lists() {
        for (list, expected) in [
            ("10..40 step 10", "10 20 30 40"),
            ("10..45 step 10", "10 20 30 40"),
            ("10..10.35 step 0.1", "10 10.1 10.2 10.3"),
            ("-1..1 step 0.5", "-1 -0.5 0 0.5 1"),
            ("10s..1m step 25s", "10s 35s 60s"),
            ("1h..3h step 30m", "60m 90m 120m 150m 180m"),
            ("0.5h..2h step 0.5h", "0.5h 1h 1.5h 2h"),
            ("500ms..2s step 0.5s", "500ms 1000ms 1500ms 2000ms"),
            ("10%..50% step 20%", "10% 30% 50%"),
            ("10/s..40/s step 15/s", "10/s 25/s 40/s"),
            ("0.5/min..1/min step 0.25/min", "0.5/m 0.75/m 1/m"),
            ("99.9%..100% step 0.05%", "99.9% 99.95% 100%"),
            ("5..5 step 1", "5"),
            ("20, 40,60 ,never", "20 40 60 never"),
            ("10..30 step 10,60,never", "10 20 30 60 never"),
            ("true,false", "true false"),
            ("90", "90"),
            ("../a.csv,../b.csv", "../a.csv ../b.csv"),
        ] {
            assert_eq!(texts(list).join(" "), expected, "{list}");
        }
        let laws = "{ uniform = [\"1s\", \"3s\"] },\"a,b\"";
        assert_eq!(texts(laws), ["{ uniform = [\"1s\", \"3s\"] }", "\"a,b\""]);
    }

    #[test]
    fn no_value_drifts() {
        let texts = texts("10..109.9 step 0.1");
        assert_eq!((texts.len(), texts[3].as_str()), (1000, "10.3"));
        assert_eq!((texts[998].as_str(), texts[999].as_str()), ("109.8", "109.9"));
    }

    #[test]
    fn values_have_places_on_an_axis() {
        for (list, unit, numbers) in [
            ("10..10.2 step 0.1", Some(Unit::Count), &[Some(10.0), Some(10.1), Some(10.2)][..]),
            ("1m,\"90s\",never", Some(Unit::Time), &[Some(60.0), Some(90.0), None]),
            ("10.3%,50%", Some(Unit::Share), &[Some(0.103), Some(0.5)]),
            ("10/s,90/m", Some(Unit::Count), &[Some(10.0), Some(1.5)]),
            ("stay,switch", None, &[None, None]),
        ] {
            let sweep =
                Sweep::parse(&format!("a={list}")).unwrap_or_else(|e| panic!("{list}: {e}"));
            let found: Vec<_> = sweep.values.iter().map(|value| value.number).collect();
            assert_eq!((sweep.unit, &found[..]), (unit, numbers), "{list}");
        }
    }

    #[test]
    fn what_is_no_sweep_is_told() {
        for (text, told) in [
            ("a", "there is no `=`; write PATH=VALUE, such as horizon=2h"),
            ("a=", "a value is missing; write VALUE,VALUE or FROM..TO step STEP"),
            ("a=1,,2", "a value is missing; write VALUE,VALUE or FROM..TO step STEP"),
            ("a=10..180", "`10..180` has no step; write FROM..TO step STEP"),
            ("a=10..x step 1", "`x` is no number, duration, percentage or rate"),
            ("a=x..20 step 1", "`x` is no number, duration, percentage or rate"),
            ("a=1..2 step 0", "`1..2 step 0` has a step of zero, which leads nowhere"),
            ("a=1..2 step -1", "`1..2 step -1` has a negative step; write a range that rises"),
            ("a=2..1 step 1", "`2..1 step 1` is empty: it ends before it begins"),
            ("a=1..2 step 0.001", "`1..2 step 0.001` has 1001 values; 1000 is the most"),
            ("a=0..3m step 10s", "`0..3m step 10s` mixes units"),
            ("a=1s..2s step 10%", "`1s..2s step 10%` mixes units"),
            ("a=1/s..2/s step 1", "`1/s..2/s step 1` mixes units"),
            ("a=1/s..90/m step 1/m", "`1/s..90/m step 1/m` mixes units"),
            ("a=20,40s", "`40s` is a duration, but the value before it is a number"),
            ("a=20,40,20", "the value `20` is there twice"),
            (
                "a=1..2 step 0.00000000000000001,3..900000000000000000 step 1",
                "`1..2 step 0.00000000000000001` has 100000000000000001 values; 1000 is the most",
            ),
        ] {
            assert_eq!(Sweep::parse(text), Err(told.to_owned()), "{text}");
        }
        let two = "a=1..600 step 1,601..1200 step 1";
        let told = "`1..600 step 1,601..1200 step 1` has 1200 values; 1000 is the most";
        assert_eq!(Sweep::parse(two), Err(told.to_owned()));
    }
}
