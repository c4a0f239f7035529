//! What outages cost in money, where a scenario names prices.

use std::fmt;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::model::{BILLION, Model, Price};
use crate::time::{NANOS, seconds};

use super::quantity::decimal;
use super::results::Results;

/// Nanoseconds of an hour.
const HOUR: i128 = 3_600 * NANOS as i128;

/// An amount in billionths of the currency; below 0: saved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount(pub i128);

/// Nine decimals.
impl fmt::Display for Amount {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&seconds(self.0))
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        decimal(seconds(self.0), serializer)
    }
}

impl JsonSchema for Amount {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "number",
            "description": "Money, in the currency of the scenario, with exactly nine decimals."
        })
    }
}

/// What the outages of a run cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MoneySummary {
    /// The currency, as the scenario names it; empty: it names none.
    pub currency: String,
    /// Hours out of service, over all agents, at `cost-per-agent-hour`.
    pub agents: Amount,
    /// Calls that failed because of the faults, at `cost-per-lost-call`; below 0 where more failed without.
    pub calls: Amount,
    /// Both together.
    pub total: Amount,
}

/// Of agents out of service, rounded down to billionths.
pub(super) fn of_agents(results: &Results, model: &Model) -> Amount {
    Amount(results.downtime().0 * price(model.prices.agent_hour) / HOUR)
}

/// Of calls that failed because of the faults.
pub(super) fn of_calls(results: &Results, model: &Model) -> Amount {
    let failed = results.calls.as_ref().map_or(0, |calls| calls.all.cost().failed);
    Amount(i128::from(failed) * price(model.prices.lost_call))
}

/// Of both.
pub(super) fn in_all(results: &Results, model: &Model) -> Amount {
    Amount(of_agents(results, model).0 + of_calls(results, model).0)
}

/// One of the currency.
pub(super) const ONE: i128 = BILLION as i128;

fn price(named: Option<Price>) -> i128 {
    named.map_or(0, |price| i128::from(price.0))
}

impl Results {
    /// What the outages of the run cost; `None`: the scenario names no price.
    #[must_use]
    pub fn money(&self, model: &Model) -> Option<MoneySummary> {
        model.prices.any().then(|| MoneySummary {
            currency: model.prices.currency.clone(),
            agents: of_agents(self, model),
            calls: of_calls(self, model),
            total: in_all(self, model),
        })
    }
}
