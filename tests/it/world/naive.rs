//! The world against a naive evaluation that asks, at every single nanosecond of a short run,
//! which declared spells hold, and turns the pair's wheel by one.

use proptest::prelude::*;
use switchover::distribution::Law;
use switchover::faults::{Occurrence, Source, sample};
use switchover::model::{
    Drain, HostId, Kind, LocationId, Model, PairId, Planes, Role, Schedule, SiteId, Target,
};
use switchover::random::{Entity, Purpose, RandomNumbers};
use switchover::time::{Span, Time};
use switchover::world::World;

use crate::builder;

/// The run covers nanoseconds 0 to 119.
const END: i64 = 120;
const HERE: LocationId = LocationId(0);

/// What a fault may name: pair 0 at site 0 (hosts 0 and 1), and its path.
fn target() -> impl Strategy<Value = Target> {
    let planes = prop_oneof![Just(Planes::Cti), Just(Planes::Sip), Just(Planes::Both)];
    prop_oneof![
        3 => Just(Target::Process(PairId(0), Role::Primary)),
        3 => Just(Target::Process(PairId(0), Role::Backup)),
        2 => (0..4u32).prop_map(|host| Target::Host(HostId(host))),
        1 => (0..2u32).prop_map(|site| Target::Site(SiteId(site))),
        1 => (0..2u32, planes.clone()).prop_map(|(s, p)| Target::Path(HERE, SiteId(s), p)),
        1 => planes.prop_map(|p| Target::Location(HERE, p)),
        1 => Just(Target::InterSite(SiteId(1), SiteId(0))),
    ]
}

prop_compose! {
    fn model()(
        faults in prop::collection::vec((target(), 0..END, 1..25i64, 1..12i64, 1..3u32), 0..10),
        drain in prop::option::of((0..END, 0..10i64, 1..20i64)),
        failover in (0..8i64, 0..8i64, 0..25i64),
        coverage in prop::sample::select(vec![0.0, 0.5, 1.0]),
        backup in prop::bool::weighted(0.85),
    ) -> Model {
        let mut model = builder::base();
        model.horizon = Time(END);
        let pair = &mut model.pairs[0];
        pair.failover.process = Law::Constant(Span(failover.0));
        pair.failover.host = Law::Constant(Span(failover.1));
        pair.failover.manual = Span(failover.2);
        pair.failover.coverage = coverage;
        if !backup {
            pair.backup = None;
        }
        for (target, at, down, up, times) in faults {
            let (at, down, up) = (Time(at), Span(down), Span(up));
            builder::fault(&mut model, target, Schedule::Scripted { at, down, up, times });
        }
        if let Some((at, grace, more)) = drain {
            let (grace, lasts) = (Span(grace), Span(grace + more));
            let (name, site) = ("drain".into(), SiteId(0));
            model.drains.push(Drain { name, site, at: Time(at), grace, lasts });
        }
        model
    }
}

/// What the naive walk carries from one nanosecond to the next.
struct Walk<'a> {
    model: &'a Model,
    random: RandomNumbers,
    spells: Vec<Occurrence>,
    up: [bool; 2],
    serving: Option<Role>,
    last: Role,
    promotion: Option<(Role, i64)>,
    manual: Option<i64>,
    losses: u32,
}

impl Walk<'_> {
    fn down(&self, t: i64, hit: impl Fn(Target) -> bool) -> bool {
        self.spells.iter().any(|spell| {
            let Source::Fault(fault) = spell.source else { return false };
            let target = self.model.faults[fault.index()].targets[spell.target as usize];
            (spell.from.0..spell.to.0).contains(&t) && hit(target)
        })
    }

    fn drain(&self, t: i64, skip: fn(&Drain) -> i64) -> bool {
        self.model.drains.iter().any(|d| (d.at.0 + skip(d)..d.at.0 + d.lasts.0).contains(&t))
    }

    fn host_up(&self, t: i64, role: Role) -> bool {
        let host = HostId(role.index() as u32);
        (role == Role::Primary || self.model.pairs[0].backup.is_some())
            && !self.down(t, |hit| hit == Target::Host(host) || hit == Target::Site(SiteId(0)))
    }

    fn member_up(&self, t: i64, role: Role) -> bool {
        self.host_up(t, role)
            && !self.drain(t, |drain| drain.grace.0)
            && !self.down(t, |hit| hit == Target::Process(PairId(0), role))
    }

    fn plane_up(&self, t: i64, to: SiteId, plane: fn(Planes) -> bool) -> bool {
        !self.down(t, |hit| match hit {
            Target::Path(_, site, planes) => site == to && plane(planes),
            Target::Location(_, planes) => plane(planes),
            _ => false,
        })
    }

    fn serve(&mut self, role: Role) {
        (self.serving, self.last) = (Some(role), role);
        (self.promotion, self.manual) = (None, None);
    }

    fn lose(&mut self, t: i64, role: Role) {
        (self.serving, self.last) = (None, role);
        let number = self.losses;
        self.losses += 1;
        let failover = &self.model.pairs[0].failover;
        let coin = self.random.draw(Entity::pair(0), Purpose::Coverage, number).uniform();
        if !self.up[role.other().index()] {
        } else if coin < failover.coverage {
            let process = self.host_up(t, role);
            let law = if process { &failover.process } else { &failover.host };
            let time = law.constant().map_or(0, |span| span.0);
            self.promotion = Some((role.other(), t + time));
        } else {
            self.manual = Some(t + failover.manual.0);
        }
    }

    fn turn(&mut self, t: i64) {
        let before = self.up;
        self.up = Role::BOTH.map(|role| self.member_up(t, role));
        let repaired = |role: Role, up: [bool; 2]| up[role.index()] && !before[role.index()];
        if let Some(role) = self.serving.filter(|role| !self.up[role.index()]) {
            self.lose(t, role);
        } else if let Some((to, _)) = self.promotion {
            if !self.up[to.index()] {
                self.promotion = None;
                if self.up[to.other().index()] {
                    self.serve(to.other());
                }
            }
        } else if self.serving.is_none() {
            let first = [self.last, self.last.other()];
            if let Some(&role) = first.iter().find(|role| repaired(**role, self.up)) {
                self.serve(role);
            }
        }
        self.ripen(t);
    }

    fn ripen(&mut self, t: i64) {
        if let Some((to, _)) = self.promotion.filter(|(_, due)| *due <= t) {
            self.serve(to);
        }
        if self.manual.is_some_and(|due| due <= t) {
            self.manual = None;
            let first = [self.last, self.last.other()];
            if let Some(&role) = first.iter().find(|role| self.up[role.index()]) {
                self.serve(role);
            }
        }
    }
}

/// Compares everything that can be asked about one nanosecond.
fn agrees(walk: &Walk, world: &World, t: i64) -> Result<(), TestCaseError> {
    let (now, seen) = (Time(t), world.outlook(HERE, PairId(0)).at(Time(t)));
    prop_assert_eq!(world.pair(PairId(0)).serving.at(now), walk.serving, "serving at {}", t);
    prop_assert_eq!(seen.serving(), walk.serving);
    for role in Role::BOTH {
        prop_assert_eq!(seen.up(role), walk.up[role.index()]);
        prop_assert_eq!(seen.host_up(role), walk.host_up(t, role));
        prop_assert_eq!(seen.serves(role), walk.serving == Some(role));
        prop_assert_eq!(seen.reachable(role), seen.cti(role) && walk.host_up(t, role));
        let stays_out = |kind| kind == Kind::Sip && walk.drain(t, |_| 0);
        for kind in Kind::ALL {
            prop_assert_eq!(seen.accepts(role, kind), seen.live(role) && !stays_out(kind));
        }
    }
    for site in [SiteId(0), SiteId(1)] {
        let (seen, path) = (world.outlook(HERE, PairId(site.0)), world.path(HERE, site));
        let (cti, sip) = (walk.plane_up(t, site, Planes::cti), walk.plane_up(t, site, Planes::sip));
        for role in Role::BOTH {
            prop_assert_eq!((seen.at(now).cti(role), seen.at(now).sip(role)), (cti, sip));
        }
        prop_assert_eq!((path.cti.at(now), path.sip.at(now)), (cti, sip));
    }
    prop_assert_eq!(seen.drained(), walk.drain(t, |_| 0));
    let link = !walk.down(t, |hit| matches!(hit, Target::InterSite(..)));
    prop_assert_eq!(world.link(SiteId(0), SiteId(1)).at(now), link);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn the_world_is_what_every_instant_says(model in model(), seed in 0..50u64) {
        let random = RandomNumbers { seed, replication: 0 };
        let spells = sample(&model, random);
        let world = World::simulate(&model, random, &spells);
        let up = [true, model.pairs[0].backup.is_some()];
        let (serving, last) = (Some(Role::Primary), Role::Primary);
        let (promotion, manual, losses) = (None, None, 0);
        let model = &model;
        let mut walk =
            Walk { model, random, spells, up, serving, last, promotion, manual, losses };
        for t in 0..END {
            walk.turn(t);
            agrees(&walk, &world, t)?;
        }
        let history = world.pair(PairId(0));
        prop_assert_eq!(history.losses.len() as u32, walk.losses);
        let changes = world.outlook(HERE, PairId(0)).changes();
        prop_assert!(changes.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 != w[1].1));
    }
}
