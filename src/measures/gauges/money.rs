//! Gauges of money. A scenario that names no price has none of them.

use crate::measures::factor::Factor;
use crate::measures::gauge::{Gauge, Per};
use crate::measures::money::{Amount, ONE, in_all, of_agents, of_calls};
use crate::measures::results::Results;
use crate::model::{Model, Unit};

pub(super) static GAUGES: [Gauge; 3] = [
    amount("money.agents", |r, m, _| over_one(of_agents(r, m)), "what agents out of service cost"),
    amount(
        "money.calls",
        |r, m, _| over_one(of_calls(r, m)),
        "what calls that failed because of the faults cost",
    )
    .signed(),
    amount("money.total", |r, m, _| over_one(in_all(r, m)), "what the outages cost").signed(),
];

const fn amount(
    name: &'static str,
    get: fn(&Results, &Model, usize) -> [i128; 2],
    doc: &'static str,
) -> Gauge {
    Gauge::ratio(name, Per::Money, (Unit::Count, Factor::ONE), get, doc)
}

const fn over_one(amount: Amount) -> [i128; 2] {
    [amount.0, ONE]
}
