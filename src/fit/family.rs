//! The families of laws that are fitted, by their names in the scenario language. No parameters.

use schemars::JsonSchema;
use serde::Serialize;

/// A family of laws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// Always the same length.
    Constant,
    /// Uniform between two lengths.
    Uniform,
    /// Exponential.
    Exponential,
    /// Weibull.
    Weibull,
    /// Lognormal.
    Lognormal,
    /// Gamma.
    Gamma,
    /// A mixture of two exponentials.
    Hyperexponential,
}

impl Family {
    /// All families; a tie in the ranking goes to the earlier one.
    pub const ALL: [Self; 7] = [
        Self::Constant,
        Self::Exponential,
        Self::Weibull,
        Self::Lognormal,
        Self::Gamma,
        Self::Hyperexponential,
        Self::Uniform,
    ];

    /// The name in the scenario language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Constant => "constant",
            Self::Uniform => "uniform",
            Self::Exponential => "exponential",
            Self::Weibull => "weibull",
            Self::Lognormal => "lognormal",
            Self::Gamma => "gamma",
            Self::Hyperexponential => "hyperexponential",
        }
    }

    /// The family of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.name() == name)
    }

    /// Number of free parameters.
    #[must_use]
    pub const fn parameters(self) -> usize {
        match self {
            Self::Constant | Self::Exponential => 1,
            Self::Uniform | Self::Weibull | Self::Lognormal | Self::Gamma => 2,
            Self::Hyperexponential => 3,
        }
    }
}
