//! What the outages cost, in one sentence.

use crate::measures::{Amount, MoneySummary};
use crate::model::{BILLION, Model};

use super::words;

/// From this amount on, decimals are left out.
const WHOLE: i128 = 100 * BILLION as i128;

/// What the two parts are for.
const PARTS: [&str; 2] =
    ["for agents out of service", "for calls that failed because of the faults"];

/// What the outages of a run cost.
pub(super) fn of_run(money: &MoneySummary, model: &Model) -> String {
    let prices = &model.prices;
    let agents = prices.agent_hour.map(|_| money.agents);
    let calls = prices.lost_call.map(|_| money.calls);
    said(money.total, [agents, calls], &money.currency)
}

/// An amount and what it is made of: of agents, of calls, as far as they have a price.
pub(super) fn said(total: Amount, parts: [Option<Amount>; 2], currency: &str) -> String {
    let parts = parts.into_iter().zip(PARTS);
    let parts = parts.filter_map(|(amount, what)| Some(format!("{} {what}", number(amount?))));
    let parts: Vec<String> = parts.collect();
    format!("The outages cost {}: {}.", named(number(total), currency), parts.join(", "))
}

/// The head of an estimate.
pub(super) fn head(currency: &str) -> String {
    if currency.is_empty() {
        "The outages cost".to_owned()
    } else {
        format!("The outages cost, in {currency}")
    }
}

/// The name of the currency after an amount.
fn named(amount: String, currency: &str) -> String {
    if currency.is_empty() { amount } else { format!("{amount} {currency}") }
}

/// An amount as people write it: rounded to a whole number, below 100 to hundredths.
fn number(Amount(billionths): Amount) -> String {
    let size = billionths.unsigned_abs();
    let whole = |parts: u128| u64::try_from(parts).unwrap_or(u64::MAX);
    let one = u128::from(BILLION.unsigned_abs());
    if size >= WHOLE.unsigned_abs() {
        let sign = if billionths < 0 { "-" } else { "" };
        return format!("{sign}{}", words::count(whole((size + one / 2) / one)));
    }
    let cents = (size + one / 200) / (one / 100);
    let sign = if billionths < 0 && cents > 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents / 100, cents % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_rounded_as_people_do() {
        let of = |billionths: i128| number(Amount(billionths));
        let one = i128::from(BILLION);
        assert_eq!(of(0), "0.00");
        assert_eq!(of(one * 12 + one / 2), "12.50");
        assert_eq!(of(one * 100 - 1), "100.00");
        assert_eq!(of(one * 1_234 + one / 2), "1,235");
        assert_eq!(of(-one * 5_000_000), "-5,000,000");
        assert_eq!(of(-1), "0.00");
    }
}
