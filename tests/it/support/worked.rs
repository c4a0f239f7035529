//! The worked timelines as models: one agent at location l, preferred site x (0), peer y
//! (1), SIP Server pairs only, every delay constant.

use switchover::model::{
    LocationId, Model, PairId, Phone, Planes, Preempt, RegistrarFault, Role, SiteId, Target,
    Transport,
};
use switchover::time::Span;

use crate::builder::{always, at, base, down, s};

/// The path between the location and a site.
pub const fn path(site: u32, planes: Planes) -> Target {
    Target::Path(LocationId(0), SiteId(site), planes)
}

/// No refresh is due before 2000 s.
fn quiet() -> Model {
    let mut model = base();
    model.horizon = at(2000);
    model.phones[0].first_refresh = [Some(at(2000)), Some(at(2500))];
    model
}

/// W1: the path l-x is cut at 600 s for 300 s.
pub fn w1() -> Model {
    let mut model = quiet();
    down(&mut model, path(0, Planes::Both), 600, 900);
    model
}

/// W2: the primary process of x crashes at 100 s; the backup serves from 105 s.
pub fn w2() -> Model {
    let mut model = quiet();
    down(&mut model, Target::Process(PairId(0), Role::Primary), 100, 1000);
    model
}

/// W3: as W1, but the path is back at 690 s.
pub fn w3() -> Model {
    let mut model = quiet();
    down(&mut model, path(0, Planes::Both), 600, 690);
    model
}

/// W4: both paths are cut at 600 s, l-x for 300 s, l-y for 200 s.
pub fn w4() -> Model {
    let mut model = quiet();
    down(&mut model, path(0, Planes::Both), 600, 900);
    down(&mut model, path(1, Planes::Both), 600, 800);
    model
}

/// W5: only the `sip` plane of l-x is cut, at 600 s for 600 s; the refresh at x is due at 630 s;
/// UDP, transaction timeout 4 s, retry interval 30 s.
pub fn w5() -> Model {
    let mut model = phone_only();
    down(&mut model, path(0, Planes::Sip), 600, 1200);
    model
}

/// W6: as W5, but the `sip` plane is back at 640 s.
pub fn w6() -> Model {
    let mut model = phone_only();
    down(&mut model, path(0, Planes::Sip), 600, 640);
    model
}

/// W7: the registrar of x hangs from 600 to 1200 s; the phone is that of W5, with an expiry of 1800 s.
pub fn w7() -> Model {
    let mut model = phone_only();
    (model.phones[0].expiry, model.phones[0].refresh) = (s(1800), s(1620));
    model.phones[0].first_refresh = [Some(at(630)), Some(at(1500))];
    down(&mut model, Target::Registrar(SiteId(0), RegistrarFault::Hangs), 600, 1200);
    model
}

/// W8: the primary process of x hangs at 100 s for 1000 s; the backup takes over after `failover`.
pub fn w8(failover: i64) -> Model {
    let mut model = quiet();
    model.pairs[0].failover.hang = always(failover);
    down(&mut model, Target::Hang(PairId(0), Role::Primary), 100, 1100);
    model
}

/// W9: the primary process of x crashes at 100 s for 60 s; it takes the role back in 2 s.
pub fn w9() -> Model {
    let mut model = quiet();
    model.pairs[0].preempt = Some(Preempt { delay: Span::ZERO, gap: always(2) });
    down(&mut model, Target::Process(PairId(0), Role::Primary), 100, 160);
    model
}

/// W10: nobody can log in at y from 600 to 16,380 s; site x is lost from 3600 to 4800 s.
pub fn w10() -> Model {
    let mut model = quiet();
    model.horizon = at(20_000);
    down(&mut model, Target::Logins(SiteId(1)), 600, 16_380);
    down(&mut model, Target::Site(SiteId(0)), 3600, 4800);
    model
}

/// W11: the power fails at 600 s for 300 s; a phone takes 20 s to start, a desktop 60 s.
pub fn w11() -> Model {
    let mut model = quiet();
    (model.phones[0].boot, model.desktop.boot) = (always(20), always(60));
    down(&mut model, Target::Power(LocationId(0)), 600, 900);
    model
}

fn phone_only() -> Model {
    let mut model = quiet();
    let softphone = model.phones[0].clone();
    model.phones[0] = Phone {
        transport: Transport::Udp { t1: Span::from_millis(500), t2: s(4) },
        transaction_timeout: s(4),
        first_refresh: [Some(at(630)), Some(at(2500))],
        ..softphone
    };
    model
}
