//! What a sweep is made of: the combinations of values, which of them simulate the same, and the parameters as
//! the answer has them. Nothing is simulated here.

use crate::experiment::{
    Advice, Exceeded, Gathered, InForce, Parameter, exceeded, fingerprint, short,
};
use crate::model::Model;
use crate::options;
use crate::scenario::set::{self, Setting, Sweep as Range, SweepValue};

/// Most variants.
const MOST: usize = 1_000;

/// The settings of every combination of values, the last parameter changing fastest.
///
/// # Errors
/// In words, if there are too many, or if the seed is varied.
pub fn combinations(ranges: &[Range]) -> Result<Vec<Vec<Setting>>, String> {
    if let Some(range) = ranges.iter().find(|range| is_seed(&range.path)) {
        return Err(format!("--set {}: {SEED}", range.text()));
    }
    let mut all: Vec<Vec<Setting>> = vec![Vec::new()];
    for range in ranges {
        let longer = |settings: &Vec<Setting>| {
            let each = range.settings().into_iter();
            each.map(|own| settings.iter().cloned().chain([own]).collect()).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(longer).collect();
    }
    if all.len() > MOST {
        let number = all.len();
        return Err(format!("the sweep has {number} points; {MOST} is the most"));
    }
    Ok(all)
}

/// What to do instead of varying the seed.
pub(super) const SEED: &str = "the seed is one for all variants, so that all see the same faults and random draws; \
    use --seed for another one, and --replications to see more of what chance does";

/// Whether a path is that of the seed.
pub(super) fn is_seed(path: &set::Path) -> bool {
    path.parts() == ["seed"]
}

/// The names of points, and no findings yet.
#[must_use]
pub fn advice(ranges: &[Range], settings: &[Vec<Setting>]) -> Advice {
    let names: Vec<String> = ranges.iter().map(|range| short(&range.path.to_string())).collect();
    let listed = |words: &[&str]| match words {
        [only] => (*only).to_owned(),
        all => format!("({})", all.join(", ")),
    };
    let labels = settings.iter().map(|settings| {
        let values: Vec<&str> = settings.iter().map(Setting::value).collect();
        listed(&values)
    });
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Advice { what: listed(&names), labels: labels.collect(), ..Advice::default() }
}

/// Where all points are today's scenario, a setting whose values differ changes nothing.
pub fn settle(advice: &mut Advice, ranges: &[Range], same: bool) {
    for (change, range) in advice.changes.iter_mut().zip(ranges).filter(|_| same) {
        let today = |one: &InForce| range.values.iter().all(|value| value.text == one.value);
        if !change.idle && !change.in_force.iter().any(today) {
            change.idle = true;
            change.instead = "nothing that is simulated here depends on it".to_owned();
        }
    }
}

/// Today's scenario, then every point's that differs from those before it.
pub struct Variants<'m> {
    /// Those that differ.
    pub models: Vec<&'m Model>,
    /// Which of `models` belongs to each point.
    pub at: Vec<usize>,
}

impl<'m> Variants<'m> {
    /// The variants of today's scenario and its points.
    #[must_use]
    pub fn new(today: &'m Model, points: impl IntoIterator<Item = &'m Model>) -> Self {
        let (mut models, mut prints) = (vec![today], vec![fingerprint(today)]);
        let mut at = Vec::new();
        for point in points {
            let print = fingerprint(point);
            let known = prints.iter().position(|other| *other == print);
            at.push(known.unwrap_or(models.len()));
            if known.is_none() {
                models.push(point);
                prints.push(print);
            }
        }
        Self { models, at }
    }

    /// The capacities that were exceeded today and at each point.
    #[must_use]
    pub fn exceeded(&self, gathered: &[Gathered<'_>]) -> (Vec<Exceeded>, Vec<Vec<Exceeded>>) {
        let each = gathered.iter().zip(&self.models);
        let all: Vec<_> = each.map(|(gathered, model)| exceeded(gathered, model)).collect();
        (all[0].clone(), self.at.iter().map(|variant| all[*variant].clone()).collect())
    }
}

/// The parameters, with today's value where a point is today's scenario.
#[must_use]
pub fn parameters(ranges: &[Range], at: &[usize], advice: &Advice) -> Vec<Parameter> {
    let mut today = at.iter().position(|variant| *variant == 0);
    let mut found: Vec<Parameter> = ranges
        .iter()
        .rev()
        .map(|range| {
            let own = today.map(|point| point % range.values.len());
            today = today.map(|point| point / range.values.len());
            let numbers = range.values.iter().map(|value| value.number).collect();
            Parameter {
                path: range.path.to_string(),
                values: range.values.iter().map(|value| value.text.clone()).collect(),
                numbers,
                today: own,
                unit: unit(&range.path.to_string(), &range.values),
                in_force: None,
            }
        })
        .collect();
    found.reverse();
    for ((parameter, change), range) in found.iter_mut().zip(&advice.changes).zip(ranges) {
        let [only] = &change.in_force[..] else { continue };
        parameter.in_force = range.unit.and_then(|unit| set::number(&only.value, unit));
        if change.idle {
            parameter.today = parameter.values.iter().position(|value| *value == only.value);
        }
    }
    found
}

/// The unit of bare numbers of an option; nothing where the values carry a unit of their own.
fn unit(path: &str, values: &[SweepValue]) -> &'static str {
    let bare = |value: &SweepValue| value.text.trim_matches('"').parse::<f64>().is_ok();
    if values.iter().any(bare) { options::unit_of(path) } else { "" }
}
