//! Registrars, and SIP Servers that desktops connect to, with a capacity that nobody reaches.

use proptest::prelude::*;
use switchover::model::{Limit, Model};
use switchover::time::Span;

use super::run;
use crate::differential::over_cases;

/// The same with registrars that take a message in this time, or without any capacity.
fn with_capacity(model: &Model, message: Option<Span>) -> Model {
    let mut model = model.clone();
    for site in &mut model.sites {
        site.registrar.limit = message.map(|message| Limit {
            message,
            exponential: false,
            challenge: true,
            duplicate: 1.0,
            queue: Some(0),
            every_refresh: message == Span::ZERO,
            rejects: true,
        });
    }
    model
}

/// Messages that take no time never wait, be each refresh one of them.
#[test]
fn a_registrar_that_takes_no_time_changes_nothing() {
    over_cases(31, 300, |case| {
        let model = case.model();
        let [free, quick] = [None, Some(Span::ZERO)].map(|it| run(&with_capacity(&model, it)));
        prop_assert_eq!(free, quick);
        Ok(())
    });
}

/// The same with SIP Servers that take a connection in this time, or any number of them.
fn with_turns(model: &Model, gap: Option<Span>) -> Model {
    let mut model = model.clone();
    model.sites.iter_mut().for_each(|site| site.reconnect_gap = gap);
    model
}

/// Connections that take no time never wait.
#[test]
fn servers_that_connect_in_no_time_change_nothing() {
    over_cases(33, 600, |case| {
        let model = case.model();
        let [free, quick] = [None, Some(Span::ZERO)].map(|it| run(&with_turns(&model, it)));
        prop_assert_eq!(free, quick);
        Ok(())
    });
}

/// A nanosecond is less than what lies between two attempts of desktops that wait for a random time first.
#[test]
fn a_reconnect_capacity_that_is_never_reached_changes_nothing() {
    let mut model = crate::builder::base();
    crate::builder::populate(&mut model, 300);
    for profile in &mut model.profiles {
        profile.random_delay_range = Span::from_secs(20);
    }
    let primary = (switchover::model::PairId(0), switchover::model::Role::Primary);
    let crash = switchover::model::Target::Process(primary.0, primary.1);
    crate::builder::down(&mut model, crash, 1_000, 5_000);
    let [free, quick] = [None, Some(Span(1))].map(|it| run(&with_turns(&model, it)));
    assert!(free.len() > 1_000, "{}", free.len());
    assert_eq!(free, quick);
}

/// A nanosecond is less than what lies between two messages of phones that refresh at random times.
#[test]
fn a_capacity_that_is_never_reached_changes_nothing() {
    let mut model = crate::builder::base();
    crate::builder::populate(&mut model, 300);
    let site = switchover::model::SiteId(0);
    let planes = switchover::model::Planes::Sip;
    let path = switchover::model::Target::Path(switchover::model::LocationId(0), site, planes);
    crate::builder::down(&mut model, path, 1_000, 5_000);
    let [free, quick] = [None, Some(Span(1))].map(|it| run(&with_capacity(&model, it)));
    assert!(free.len() > 1_000, "{}", free.len());
    assert_eq!(free, quick);
}
