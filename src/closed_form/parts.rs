//! Which machines and paths one random fault alone stops: those whose time down has a form.

use crate::model::{Fault, LocationId, Model, Pair, PairId, Planes, Schedule, SiteId, Target};

use super::{Absent, Forms, Renewal};

/// Adds what is known of the paths and pairs that random faults act on.
pub(super) fn add(model: &Model, forms: &mut Forms) {
    for (at, location) in (0..).zip(&model.locations) {
        for (to, site) in (0..).zip(&model.sites) {
            let path = |planes| Touched::path(model, (LocationId(at), SiteId(to)), planes);
            let (cti, sip) = (path(Planes::Cti), path(Planes::Sip));
            let name = |plane| format!("paths.{}.{}.{plane}.downtime_s", location.name, site.name);
            // Where the same faults act on both planes, the second says nothing new.
            let second = Some(sip).filter(|sip| *sip != cti);
            forms.add(model, name("cti"), &cti);
            second.iter().for_each(|sip| forms.add(model, name("sip"), sip));
        }
    }
    for (at, pair) in (0..).zip(&model.pairs) {
        let touched = Touched::pair(model, PairId(at), pair);
        let measure = format!("pairs.{}.downtime_s", pair.name);
        match pair.backup {
            Some(_) if touched.is_random() => forms.absent.push((measure, Absent::Backup)),
            _ => forms.add(model, measure, &touched),
        }
    }
}

impl Forms {
    fn add(&mut self, model: &Model, measure: String, touched: &Touched<'_>) {
        let one = match &touched.by[..] {
            _ if !touched.is_random() => return,
            [fault] if !touched.is_drained => Renewal::of(fault),
            _ => Err(Absent::Several),
        };
        match one {
            Ok(renewal) => self.known.push(renewal.time_down(measure, model)),
            Err(absent) => self.absent.push((measure, absent)),
        }
    }
}

/// What acts on a part.
#[derive(Clone, Debug, PartialEq)]
struct Touched<'m> {
    /// Its faults, once per target that acts on it.
    by: Vec<&'m Fault>,
    /// A drain stops it too.
    is_drained: bool,
}

impl<'m> Touched<'m> {
    fn by(model: &'m Model, acts: impl Fn(&Target) -> bool) -> Self {
        let each = model.faults.iter();
        let by =
            each.flat_map(|fault| fault.targets.iter().filter(|t| acts(t)).map(move |_| fault));
        Self { by: by.collect(), is_drained: false }
    }

    /// A plane of a path.
    fn path(model: &'m Model, ends: (LocationId, SiteId), plane: Planes) -> Self {
        let is_hit = |planes: Planes| match plane {
            Planes::Sip => planes.sip(),
            _ => planes.cti(),
        };
        Self::by(model, |target| match *target {
            Target::Path(location, site, planes) => (location, site) == ends && is_hit(planes),
            Target::Location(location, planes) => location == ends.0 && is_hit(planes),
            _ => false,
        })
    }

    /// A pair.
    fn pair(model: &'m Model, id: PairId, pair: &Pair) -> Self {
        let touched = Self::by(model, |target| match *target {
            Target::Process(other, _) => other == id,
            Target::Host(host) => pair.members().any(|member| member.host == host),
            Target::Site(site) => site == pair.site,
            _ => false,
        });
        let is_drained = model.drains.iter().any(|drain| drain.site == pair.site);
        Self { is_drained, ..touched }
    }

    fn is_random(&self) -> bool {
        self.by.iter().any(|fault| matches!(fault.schedule, Schedule::Random { .. }))
    }
}
