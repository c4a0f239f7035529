//! Maximum-likelihood estimates, a file per law that needs more than a line. They choose nothing.

mod gamma;
mod hyperexponential;
mod lognormal;
mod weibull;

use super::family::Family;
use super::fitted::Fitted;
use super::sample::Sample;

/// Why a family cannot be fitted to a sample, in a few words.
pub(super) type Misfit = &'static str;

/// The law of a family that makes a sample most likely.
///
/// # Errors
/// Why there is none, or none that the scenario language can say.
pub fn estimate(family: Family, sample: &Sample) -> Result<Fitted, Misfit> {
    started(family, sample, None)
}

/// As [`estimate`], from a law that is known to be near, so that one start is enough.
pub(super) fn near(known: &Fitted, sample: &Sample) -> Result<Fitted, Misfit> {
    started(known.family(), sample, Some(known))
}

fn started(family: Family, sample: &Sample, near: Option<&Fitted>) -> Result<Fitted, Misfit> {
    if sample.exact.is_empty() {
        return Err("no length was seen to its end");
    }
    let (one, equal) = (sample.exact.len() < 2, sample.all_equal());
    let fitted = match family {
        Family::Exponential => Fitted::Exponential { mean: total(sample) },
        Family::Constant if equal && !one => constant(sample)?,
        Family::Constant => return Err("the lengths are not all equal"),
        _ if equal => return Err("all lengths are equal"),
        Family::Uniform if !sample.censored.is_empty() => {
            return Err("not fitted to lengths that were cut off");
        }
        Family::Uniform => Fitted::Uniform {
            lowest: sample.exact[0],
            highest: sample.exact[sample.exact.len() - 1],
        },
        Family::Weibull => weibull::estimate(sample)?,
        Family::Lognormal => lognormal::estimate(sample),
        Family::Gamma => gamma::estimate(sample)?,
        Family::Hyperexponential => hyperexponential::estimate(sample, near)?,
    };
    let possible = fitted.expressible() && fitted.mean().is_finite();
    possible.then_some(fitted).ok_or("its parameters are beyond what a scenario can say")
}

/// Total time on test per event: the estimate of an exponential mean, censored lengths included.
fn total(sample: &Sample) -> f64 {
    sample.all().sum::<f64>() / sample.exact.len() as f64
}

fn constant(sample: &Sample) -> Result<Fitted, Misfit> {
    let value = sample.exact[0];
    match sample.censored.last() {
        Some(longest) if *longest >= value => Err("a length that was cut off is longer"),
        _ => Ok(Fitted::Constant { value }),
    }
}
