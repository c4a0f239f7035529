//! What outages cost: prices that a scenario names, in billionths of its currency.

/// A price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price(pub i64);

/// Billionths in one.
pub const BILLION: i64 = 1_000_000_000;

impl Price {
    /// Of an amount from 0 to 1,000,000,000.
    #[must_use]
    pub fn new(amount: f64) -> Self {
        Self((amount * BILLION as f64).round() as i64)
    }
}

/// The prices of a scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prices {
    /// The name of the currency; empty: none is named.
    pub currency: String,
    /// Of an hour in which an agent is out of service.
    pub agent_hour: Option<Price>,
    /// Of a call that fails because of the faults.
    pub lost_call: Option<Price>,
}

impl Prices {
    /// Whether any is named.
    #[must_use]
    pub const fn any(&self) -> bool {
        self.agent_hour.is_some() || self.lost_call.is_some()
    }
}
