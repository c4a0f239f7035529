//! Where some agents work: the pairs of their preferred and their peer site.
//!
//! Sites are found by `disaster-recovery.site` of the servers, the pair at a site by the Place, the
//! peer pair by `disaster-recovery.name`. What does not fit together leaves the peer out.

use crate::model::{Kind, OtherLoss, Pair, PairId, Seat};
use crate::scenario::document::{Class, Document};

use super::settings::given;
use super::topology::Equipment;

/// The seats of some agents.
pub(super) struct Seats {
    /// The preferred one.
    pub preferred: Seat,
    /// The peer, if it can be used.
    pub peer: Option<Seat>,
    /// Per kind: whether disaster recovery is on for that connection.
    pub dr: [bool; 3],
}

/// What the agents' options say.
pub(super) struct SeatOptions<'a> {
    /// `disaster-recovery.enabled`, and nothing speaks against it.
    pub enabled: bool,
    /// `disaster-recovery.preferred-site`.
    pub preferred: Option<&'a str>,
    /// `disaster-recovery.peer-site`.
    pub peer: Option<&'a str>,
}

/// The seats of a class of agents. `None`: there is no SIP Server pair at all.
pub(super) fn seats(
    plant: &Equipment,
    class: &Class<'_>,
    options: &SeatOptions<'_>,
) -> Option<Seats> {
    let document = class.document;
    let home = home(plant, class, options.preferred)?;
    let away = options.enabled.then(|| away(plant, class, home, options)).flatten();
    let preferred = seat(plant, document, home);
    let peer = away.map(|away| seat(plant, document, away));
    let dr = |kind: Kind| {
        let names_site = |seat: &Seat| seat.pair(kind).is_some_and(|pair| named(plant, pair));
        names_site(&preferred) && peer.as_ref().is_some_and(names_site)
    };
    let dr = [peer.is_some(), dr(Kind::Stat), dr(Kind::Config)];
    Some(Seats { preferred, peer, dr })
}

/// Whether a pair names its site.
fn named(plant: &Equipment, pair: PairId) -> bool {
    plant.dr_sites[pair.index()].is_some()
}

/// The SIP Server pairs at a site, by `disaster-recovery.site`.
fn at<'p>(
    plant: &'p Equipment,
    site: &'p str,
    kind: Kind,
) -> impl Iterator<Item = (PairId, &'p Pair)> {
    let names = move |pair: PairId| plant.dr_sites[pair.index()].as_deref().map(str::trim);
    plant.pairs_of(kind).filter(move |(pair, _)| names(*pair) == Some(site))
}

/// The pair at which the agents start: at the preferred site the one that the Place names, else the
/// first. If no server names that site: the same among the pairs at a site of that name, else among
/// all.
fn home(plant: &Equipment, class: &Class<'_>, preferred: Option<&str>) -> Option<PairId> {
    let here: Vec<PairId> = match preferred {
        Some(site) => at(plant, site.trim(), Kind::Sip).map(|(pair, _)| pair).collect(),
        None => Vec::new(),
    };
    let standing = |pair: &&(PairId, &Pair)| {
        let site = &plant.sites[pair.1.site.index()].name;
        preferred.is_some_and(|preferred| preferred.trim() == site)
    };
    let all: Vec<(PairId, &Pair)> = plant.pairs_of(Kind::Sip).collect();
    let there: Vec<PairId> = all.iter().filter(standing).map(|(pair, _)| *pair).collect();
    let any = all.iter().map(|(pair, _)| *pair).collect();
    let candidates = [here, there, any].into_iter().find(|pairs| !pairs.is_empty())?;
    let placed = candidates.iter().find(|pair| holds_place(plant, class, **pair) == Some(true));
    placed.or(candidates.first()).copied()
}

/// Whether the agents' Place has a DN on a switch of this pair; `None`: no Place says anything.
fn holds_place(plant: &Equipment, class: &Class<'_>, pair: PairId) -> Option<bool> {
    let place = class.place()?;
    let switches = place.dns.iter().filter_map(|dn| class.document.switch(&dn.switch.value));
    let mut servers = switches.filter_map(|switch| switch.server.as_ref());
    let members: Vec<&str> =
        plant.pairs[pair.index()].members().map(|member| member.name.as_str()).collect();
    Some(servers.any(|server| members.contains(&server.value.as_str())))
}

/// The only pair of the peer site that bears the same `disaster-recovery.name`; with a Place, one
/// on whose switch it has a DN.
fn away(
    plant: &Equipment,
    class: &Class<'_>,
    home: PairId,
    options: &SeatOptions<'_>,
) -> Option<PairId> {
    let (preferred, peer) = (options.preferred?.trim(), options.peer?.trim());
    let own = &plant.pairs[home.index()];
    let at_home = plant.dr_sites[home.index()].as_deref().map(str::trim) == Some(preferred);
    if !at_home || preferred == peer {
        return None;
    }
    let mut others = at(plant, peer, Kind::Sip).filter(|(_, pair)| pair.dr_name == own.dr_name);
    let (only, _) = others.next()?;
    let alone = others.next().is_none();
    let placed = holds_place(plant, class, only).unwrap_or(true);
    (alone && placed && only != home).then_some(only)
}

/// The seat around a SIP Server pair: the pairs of the other kinds that name the same site, else
/// those at that site.
fn seat(plant: &Equipment, document: &Document, sip: PairId) -> Seat {
    let site = plant.pairs[sip.index()].site;
    let dr_site = plant.dr_sites[sip.index()].as_deref();
    let other = |kind: Kind, policy: Option<OtherLoss>| {
        if policy == Some(OtherLoss::Ignore) {
            return None;
        }
        let named = dr_site.and_then(|name| at(plant, name.trim(), kind).next());
        let standing = || plant.pairs_of(kind).find(|(_, pair)| pair.site == site);
        named.or_else(standing).map(|(pair, _)| pair)
    };
    Seat {
        site,
        sip,
        stat: other(Kind::Stat, given(&document.policy.stat_loss)),
        config: other(Kind::Config, given(&document.policy.config_loss)),
    }
}
