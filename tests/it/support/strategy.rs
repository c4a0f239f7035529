//! Strategies for [`Case`]: small whole seconds from short lists, so that things meet at one
//! instant all the time. The first of each list is what a failing case shrinks to.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use switchover::distribution::{Age, Branch, Law};
use switchover::model::{
    Desktop, DrTimerStarts, Failback, Failover, Hours, Impairment, Limit, OtherLoss, Phone,
    PhoneNowhere, PhoneUnknown, Planes, Policy, Preempt, Registrar, RegistrarFault, Renewal,
    RestoreWhen, Retry, Role, RoundOrder, Schedule, Shift, Split, Stages, Style, Transport, WhatIf,
};
use switchover::time::{Span, Time};

use super::case::{AgentsCase, Bias, Case, DrainCase, SiteCase, TargetCase};

/// One of these numbers of seconds.
fn secs(list: &'static [i64]) -> impl Strategy<Value = Span> + Clone {
    select(list).prop_map(Span::from_secs)
}

/// One of these numbers of milliseconds.
fn millis(list: &'static [i64]) -> impl Strategy<Value = Span> + Clone {
    select(list).prop_map(Span::from_millis)
}

/// A law of about `list` seconds: mostly constant.
fn law(list: &'static [i64]) -> impl Strategy<Value = Law> + Clone {
    let any = || secs(list);
    let longer = |span: Span| span + Span::from_secs(1);
    prop_oneof![
        8 => any().prop_map(Law::Constant),
        1 => any().prop_map(|lowest| Law::Uniform { lowest, highest: lowest + lowest }),
        1 => any().prop_map(move |mean| Law::Exponential { mean: longer(mean) }),
        1 => any().prop_map(move |median| {
            let median = longer(median);
            Law::Lognormal { median, p95: median + median }
        }),
        1 => vec(any(), 1..3).prop_map(Law::Empirical),
    ]
}

/// Laws of times to failure and to repair: all there are.
fn fault_law(list: &'static [i64]) -> impl Strategy<Value = Law> + Clone {
    let longer = |span: Span| span + Span::from_secs(1);
    prop_oneof![
        6 => law(list),
        1 => secs(list).prop_map(move |mean| Law::Gamma { shape: 0.7, mean: longer(mean) }),
        1 => secs(list).prop_map(move |scale| Law::Weibull { shape: 1.5, scale: longer(scale) }),
        1 => secs(list).prop_map(move |mean| Law::Hyperexponential(vec![
            Branch { probability: 0.5, mean: longer(mean) },
            Branch { probability: 0.5, mean: longer(mean + mean) },
        ])),
    ]
}

fn planes() -> impl Strategy<Value = Planes> + Clone {
    select(&[Planes::Both, Planes::Cti, Planes::Sip][..])
}

fn target() -> impl Strategy<Value = TargetCase> + Clone {
    let role = select(&Role::BOTH[..]);
    prop_oneof![
        4 => (0..6u32, 0..3u32, planes()).prop_map(|(l, s, p)| TargetCase::Path(l, s, p)),
        6 => (0..9u32, role.clone()).prop_map(|(pair, role)| TargetCase::Process(pair, role)),
        3 => (0..9u32, role).prop_map(|(pair, role)| TargetCase::Hang(pair, role)),
        2 => (0..9u32).prop_map(TargetCase::Host),
        2 => (0..3u32).prop_map(TargetCase::Site),
        1 => (0..3u32, planes()).prop_map(|(l, p)| TargetCase::Location(l, p)),
        1 => Just(TargetCase::InterSite),
        3 => (0..9u32).prop_map(TargetCase::HaLink),
        1 => (0..3u32).prop_map(TargetCase::Logins),
        2 => (0..3u32).prop_map(TargetCase::Power),
        3 => (0..6u32, 0..3u32, planes()).prop_map(|(l, s, p)| TargetCase::PoorPath(l, s, p)),
        1 => (0..3u32, planes()).prop_map(|(l, p)| TargetCase::PoorLocation(l, p)),
        3 => (0..3u32, select(&[RegistrarFault::Hangs, RegistrarFault::Refuses, RegistrarFault::Slow][..]))
            .prop_map(|(site, ailment)| TargetCase::Registrar(site, ailment)),
    ]
}

/// What becomes of messages over a path that is up, and of answers of a slow registrar.
fn impairment() -> impl Strategy<Value = Impairment> + Clone {
    let loss = select(&[0.5, 0.1, 0.9, 0.0][..]);
    let delay = option::weighted(0.8, law(&[4, 1, 2, 3, 10, 12, 30]));
    (loss, delay).prop_map(|(loss, delay)| Impairment { loss, delay })
}

fn instant() -> impl Strategy<Value = i64> + Clone {
    prop_oneof![3 => (0..60i64).prop_map(|n| 5 * n), 1 => 0..600i64, 1 => 0..7200i64]
}

fn schedule() -> impl Strategy<Value = Schedule> + Clone {
    let down = &[1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 300, 1000];
    let up = &[1, 2, 5, 7, 10, 30, 60];
    let once = (instant(), secs(down), secs(up), select(&[1u32, 1, 1, 2, 3, 5, 9][..]));
    let scripted = once.prop_map(|(at, down, up, times)| Schedule::Scripted {
        at: Time::from_secs(at),
        down,
        up,
        times,
    });
    let laws = (fault_law(&[60, 120, 300, 900]), fault_law(&[1, 5, 20, 60, 200]));
    let interval = (0..120i64, 1..40i64).prop_map(|(from, long)| {
        let at = |n| Time::from_secs(15 * n);
        (at(from), at(from + long))
    });
    let hours = option::weighted(0.4, vec(interval, 0..5).prop_map(Hours::new));
    prop_oneof![
        5 => scripted,
        1 => (laws, age(), hours).prop_map(|((failure, repair), age, when)| {
            Schedule::Random { failure, repair, sets: Vec::new(), age, when }
        }),
    ]
}

/// An age may lie beyond what a law reaches: both machines must survive it.
fn age() -> impl Strategy<Value = Age> + Clone {
    prop_oneof![
        2 => Just(Age::New),
        1 => Just(Age::Equilibrium),
        1 => secs(&[1, 45, 600]).prop_map(Age::Reached),
    ]
}

fn drain() -> impl Strategy<Value = DrainCase> + Clone {
    let grace = select(&[0i64, 1, 5, 10, 30][..]);
    let stopped = select(&[1i64, 5, 20, 60, 120][..]);
    (0..3u32, instant(), grace, stopped).prop_map(|(site, at_s, grace_s, stopped_s)| DrainCase {
        site,
        at_s,
        grace_s,
        stopped_s,
    })
}

fn site() -> impl Strategy<Value = SiteCase> + Clone {
    let gap = || option::weighted(0.4, millis(&[1000, 5000, 333, 20_000, 60_000]));
    let connect = || option::weighted(0.3, millis(&[1000, 2000, 333, 4000, 20_000]));
    let backup = || prop::bool::weighted(0.7);
    let other = || option::weighted(0.6, backup());
    let reconnect = option::weighted(0.2, secs(&[2, 5, 10]));
    let delay = secs(&[0, 0, 0, 2, 7]);
    let stretched = prop::bool::weighted(0.3);
    let others = (other(), other());
    let parts = (
        (gap(), connect()),
        vec(backup(), 1..=2),
        others,
        reconnect,
        delay,
        registrar(),
        stretched,
    );
    parts.prop_map(|(gaps, sip, (stat, config), reconnect, backup_delay, registrar, stretched)| {
        SiteCase {
            login_gap: gaps.0,
            reconnect_gap: gaps.1,
            sip,
            stat,
            config,
            reconnect,
            backup_delay,
            registrar,
            stretched,
        }
    })
}

fn registrar() -> impl Strategy<Value = Registrar> + Clone {
    let least = option::weighted(0.15, secs(&[20, 60, 120]));
    let most = option::weighted(0.15, secs(&[120, 300, 1800, 15, 5]));
    let deviation = prop_oneof![4 => Just(Span::ZERO), 1 => millis(&[700, 3000, 7000])];
    let retry_after = option::weighted(0.2, law(&[20, 0, 3, 60]));
    let parts = ([least, most], deviation, retry_after, option::weighted(0.35, limit()));
    parts.prop_map(|(expires, deviation, retry_after, limit)| Registrar {
        expires,
        deviation,
        retry_after,
        limit,
    })
}

fn limit() -> impl Strategy<Value = Limit> + Clone {
    let message = millis(&[100, 20, 333, 1000, 5000]);
    let duplicate = select(&[1.0, 0.0, 0.5][..]);
    let queue = option::weighted(0.3, select(&[0u32, 1, 3][..]));
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), prop::bool::weighted(0.3));
    (message, duplicate, queue, flags).prop_map(|(message, duplicate, queue, flags)| Limit {
        message,
        exponential: flags.3,
        challenge: flags.0,
        duplicate,
        queue,
        every_refresh: flags.1,
        rejects: flags.2,
    })
}

fn failover() -> impl Strategy<Value = Failover> + Clone {
    let coverage = select(&[1.0, 1.0, 1.0, 0.5, 0.0][..]);
    let laws = (law(&[5, 0, 1, 2, 10]), law(&[20, 0, 1, 5]), law(&[20, 0, 2, 10, 22]));
    (laws, coverage, secs(&[1800, 60, 15, 1])).prop_map(
        |((process, host, hang), coverage, manual)| Failover {
            process,
            host,
            hang,
            coverage,
            manual,
        },
    )
}

fn preempt() -> impl Strategy<Value = Option<Preempt>> + Clone {
    let some = (secs(&[0, 0, 5, 60]), law(&[2, 0, 1, 10]));
    option::weighted(0.3, some.prop_map(|(delay, gap)| Preempt { delay, gap }))
}

fn phone_that_runs() -> impl Strategy<Value = Phone> + Clone {
    let every = |seconds| Style::Failover { failback: Failback::Every(Span::from_secs(seconds)) };
    let style = select(vec![
        Style::Dual,
        Style::Follow,
        Style::Failover { failback: Failback::Refresh },
        Style::Failover { failback: Failback::Never },
        every(2),
        every(10),
        every(60),
    ]);
    let udp = (millis(&[500, 1000]), millis(&[4000, 2000, 1000]));
    let transport = prop_oneof![
        2 => udp.prop_map(|(t1, t2)| Transport::Udp { t1, t2 }),
        1 => Just(Transport::Tcp),
    ];
    let base = || secs(&[1, 5, 10, 30]);
    let backoff = (base(), base(), secs(&[10, 60, 1800]));
    let retry = prop_oneof![
        2 => secs(&[30, 10, 5, 2, 1]).prop_map(Retry::Fixed),
        1 => backoff.prop_map(|(none, some, cap)| Retry::Backoff { none, some, cap }),
        1 => law(&[10, 1, 5, 30]).prop_map(Retry::Drawn),
    ];
    let refusal = option::weighted(0.3, law(&[10, 2, 60]));
    let retry = (retry, refusal, option::weighted(0.2, 0..6u32));
    let expiry = (secs(&[600, 10, 20, 30, 60, 120]), select(&[2i64, 10, 9, 5][..]));
    let timeout = millis(&[4000, 1000, 2000, 2500, 8000, 32000]);
    let first = || option::weighted(0.7, 0.0..1.0f64);
    let by = select(&[0usize, 0, 0, 1, 2][..]);
    (style, any::<bool>(), expiry, transport, timeout, retry, [first(), first()], by).prop_map(
        |(style, desk, (expiry, tenths), transport, transaction_timeout, retry, first, by)| {
            let refresh = Span(expiry.0 * tenths / 10);
            let before = Renewal::Before(expiry - refresh);
            let renewal = [Renewal::Share, before, Renewal::Asked][by];
            let whole = |share: f64| 1 + ((refresh.0 / 1_000_000_000 - 1) as f64 * share) as i64;
            let first_refresh = first.map(|share| Some(Time::from_secs(whole(share?))));
            let name = "phone".into();
            Phone {
                name,
                style,
                desk,
                expiry,
                refresh,
                renewal,
                transport,
                transaction_timeout,
                retry: retry.0,
                retry_after_refusal: retry.1,
                retry_limit: retry.2,
                boot: Law::Constant(Span::ZERO),
                start_spread: Span::ZERO,
                first_refresh,
            }
        },
    )
}

fn phone() -> impl Strategy<Value = Phone> + Clone {
    let starts = (law(&[0, 0, 1, 5, 60]), secs(&[0, 0, 10, 60]));
    (phone_that_runs(), starts).prop_map(|(phone, (boot, start_spread))| Phone {
        boot,
        start_spread,
        ..phone
    })
}

fn agents() -> impl Strategy<Value = AgentsCase> + Clone {
    let never = |list: &'static [i64]| prop_oneof![9 => secs(list), 1 => Just(Span::NEVER)];
    let place = (1..=3u32, 0..3u32, 0..3u32, option::weighted(0.9, 0..2u32), 0..2u32);
    let timers = (never(&[60, 30, 10, 5, 20, 1]), never(&[30, 10, 5, 20, 1]));
    let seldom = |list: &'static [i64]| prop_oneof![30 => secs(list), 1 => Just(Span::NEVER)];
    let one = || seldom(&[10, 5, 2, 1, 3]).prop_map(|span| vec![span]);
    let pauses = prop_oneof![3 => one(), 1 => vec(secs(&[10, 2, 1, 30]), 2..=3)];
    let open = option::weighted(0.2, secs(&[5, 1, 2, 10]));
    let waits = (seldom(&[0, 0, 0, 1, 3, 10]), pauses, open);
    let flags = (prop::bool::weighted(0.9), prop::bool::weighted(0.8), prop::bool::weighted(0.2));
    (place, timers, waits, flags, (phone(), shifts())).prop_map(
        |((count, location, preferred, peer, sip), timers, waits, flags, (phone, shifts))| {
            AgentsCase {
                count,
                location,
                preferred,
                peer,
                sip,
                other_dr: flags.0,
                dr_timeout: timers.0,
                phone_timeout: timers.1,
                auto_restore: flags.1,
                random_delay_range: waits.0,
                retry_delay: waits.1,
                open_timeout: waits.2,
                phone,
                person: flags.2,
                shifts,
            }
        },
    )
}

/// Mostly nobody has a shift; else it is short, so that much happens at its ends.
fn shifts() -> impl Strategy<Value = Vec<Shift>> + Clone {
    let on = (0..60i64, select(&[20i64, 60, 8, 3, 1][..])).prop_map(|(from, long)| {
        let at = |n| Time::from_secs(5 * n);
        (at(from), at(from + long))
    });
    let hours = vec(on, 1..4).prop_map(Hours::new);
    let spread = secs(&[0, 0, 5, 20, 60]);
    let shift =
        (hours, spread).prop_map(|(hours, spread)| Shift { text: String::new(), hours, spread });
    prop_oneof![5 => Just(vec![]), 2 => vec(shift, 1..3)]
}

fn desktop() -> impl Strategy<Value = Desktop> + Clone {
    let probes = option::weighted(0.3, secs(&[10, 5, 1, 7]));
    let laws = (
        law(&[15, 0, 1, 2, 5, 10]),
        law(&[8, 0, 1, 2, 5, 20]),
        law(&[0, 1, 5, 10]),
        law(&[0, 0, 1, 5, 60]),
    );
    let keep_alive = option::weighted(0.9, secs(&[2, 1, 3, 10]));
    (laws, secs(&[5, 1, 2, 10, 21, 0]), probes, keep_alive).prop_map(
        |((detection, login, ready, boot), connect_timeout, probe_interval, keep_alive)| Desktop {
            detection,
            keep_alive,
            connect_timeout,
            login,
            ready,
            probe_interval,
            boot,
        },
    )
}

fn policy() -> impl Strategy<Value = Policy> + Clone {
    let other = || {
        use OtherLoss::{Ignore, MoveAgent, MoveConnection};
        select(&[MoveConnection, MoveAgent, MoveConnection, MoveAgent, Ignore][..])
    };
    let starts = select(&[DrTimerStarts::PairLost, DrTimerStarts::FirstDisconnect][..]);
    let nowhere = select(&[PhoneNowhere::Stay, PhoneNowhere::Switch][..]);
    let day = 0..24i64;
    let window = (day.clone(), day).prop_filter("a window lasts", |(from, to)| from != to);
    // The clocks of Berlin change between 02:00 and 03:00.
    let from = select(&[0i64, 0, 7_200, 10_800][..]);
    let window = (window, from).prop_map(|((from, to), since)| RestoreWhen::Window {
        from: Span::from_secs(since + from * 150),
        to: Span::from_secs(since + to * 150),
    });
    let when =
        prop_oneof![6 => Just(RestoreWhen::Idle), 1 => Just(RestoreWhen::Immediate), 1 => window];
    let often = prop::bool::weighted;
    let wait = prop_oneof![5 => secs(&[60, 10, 5, 30, 1]), 1 => Just(Span::NEVER)];
    let flags = (often(0.7), often(0.7), often(0.3), often(0.3), often(0.3), wait);
    (starts, nowhere, when, other(), other(), flags).prop_map(
        |(dr_timer_starts, phone_nowhere, restore_when, stat_loss, config_loss, flags)| Policy {
            dr_timer_starts,
            phone_nowhere,
            restore_needs_phone: flags.0,
            restore_when,
            stat_loss,
            config_loss,
            keep_bindings: flags.1,
            phone_unknown: if flags.2 { PhoneUnknown::Stay } else { PhoneUnknown::Switch },
            login_needs_config: flags.4,
            login_wait: flags.5,
            round_order: if flags.3 { RoundOrder::LastUsed } else { RoundOrder::Configured },
        },
    )
}

fn what_if() -> impl Strategy<Value = WhatIf> + Clone {
    let hold = secs(&[0, 0, 0, 1, 10, 15, 60]);
    let jitter = option::weighted(0.25, law(&[5, 0, 10, 13]));
    let stages = (1..4u32, secs(&[10, 5, 30])).prop_map(|(count, step)| Stages { count, step });
    (hold, jitter, option::weighted(0.2, stages), option::weighted(0.25, 1..3u8)).prop_map(
        |(hold_down, restore_jitter, stages, switchovers_per_hour)| WhatIf {
            hold_down,
            restore_jitter,
            stages,
            switchovers_per_hour,
        },
    )
}

/// Any case.
pub fn case() -> impl Strategy<Value = Case> {
    let horizon = prop_oneof![4 => 60..900i64, 2 => 900..3600i64, 1 => 3600..9000i64];
    let clock = select(&[0i64, 0, 900, 3000, 85_000][..]).prop_map(Span::from_secs);
    let starts = ["2027-03-28T01:57", "2027-10-31T02:58+02:00", "2027-10-31T01:50"];
    let clock = (clock, option::weighted(0.2, select(starts.to_vec())));
    let run = (0..1000u64, horizon, clock, 1..=3u32);
    let split = select(&[Split::BothPrimary, Split::BothPrimary, Split::None][..]);
    let pairs = (failover(), preempt(), split);
    let places = (vec(site(), 2..=3), any::<bool>(), pairs, vec(agents(), 1..=3));
    let rules = (desktop(), policy(), what_if());
    let faults =
        (vec((vec(target(), 1..=2), schedule(), impairment()), 0..10), vec(drain(), 0..=2));
    let any = (run, places, rules, faults).prop_map(|(run, places, rules, faults)| Case {
        seed: run.0,
        horizon_s: run.1,
        clock: run.2.0,
        start: run.2.1,
        locations: run.3,
        sites: places.0,
        shared_hosts: places.1,
        failover: places.2.0,
        preempt: places.2.1,
        split: places.2.2,
        agents: places.3,
        desktop: rules.0,
        policy: rules.1,
        what_if: rules.2,
        faults: faults.0,
        drains: faults.1,
    });
    let biases = [Bias::Grid, Bias::Desk, Bias::Drain, Bias::Power, Bias::Storm].map(Some);
    (any, prop_oneof![1 => Just(None), 1 => select(biases.to_vec())]).prop_map(|(case, bias)| {
        match bias {
            Some(bias) => case.biased(bias),
            None => case,
        }
    })
}
