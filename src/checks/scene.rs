//! What the checks ask of a document: the agents with their sites, the pairs with their names.
//! It finds nothing wrong itself.

use std::collections::BTreeMap;

use crate::diagnostic::TextSpan;
use crate::model::{Kind, Model, Phone, Profile, Site, SiteId};
use crate::scenario::Effective;
use crate::scenario::document::{Class, Document, PhoneKind, Server, ServerPair, Spanned, Switch};
use crate::time::Span;

/// A document as the checks see it.
pub(super) struct Scene<'d> {
    /// The document.
    pub document: &'d Document,
    /// All classes of agents.
    pub agents: Vec<Agents<'d>>,
    /// All server pairs.
    pub pairs: Vec<ServerPair<'d>>,
    /// The positions of the pairs of each site.
    at: BTreeMap<String, Vec<usize>>,
    /// The first switch that each server controls, by position.
    switches: BTreeMap<&'d str, usize>,
}

/// Agents for whom the same options hold.
pub(super) struct Agents<'d> {
    /// Position in [`Document::classes`].
    pub index: usize,
    /// The class.
    pub class: Class<'d>,
    /// `disaster-recovery.enabled`.
    pub enabled: Effective<'d>,
    /// `disaster-recovery.preferred-site`.
    pub preferred: Effective<'d>,
    /// `disaster-recovery.peer-site`.
    pub peer: Effective<'d>,
}

impl<'d> Agents<'d> {
    fn new(index: usize, class: Class<'d>) -> Self {
        let option = |name: &str| class.effective(name);
        Self {
            index,
            class,
            enabled: option("disaster-recovery.enabled"),
            preferred: option("disaster-recovery.preferred-site"),
            peer: option("disaster-recovery.peer-site"),
        }
    }

    /// What they have in common, as meant: the model has one cohort for each class, in order.
    pub(super) fn profile<'m>(&self, model: &'m Model) -> Option<&'m Profile> {
        let cohort = model.cohorts.get(self.index)?;
        model.profiles.get(cohort.profile.index())
    }

    /// Where disaster recovery was switched on for these agents, else where they are declared.
    pub(super) fn enabled_at(&self) -> TextSpan {
        span_of(&self.enabled).unwrap_or(self.class.group.name.span)
    }

    /// Whether their phones are softphones, to which the endpoint's options apply.
    pub(super) fn has_softphone(&self) -> bool {
        let kind = self.class.phone().and_then(|phone| phone.kind.as_ref());
        kind.is_none_or(|kind| kind.value == PhoneKind::Softphone)
    }

    /// The name of the preferred site without spaces around it, if there is one.
    pub(super) fn preferred_site(&self) -> Option<&str> {
        site_name(&self.preferred)
    }

    /// The name of the peer site without spaces around it, if there is one.
    pub(super) fn peer_site(&self) -> Option<&str> {
        site_name(&self.peer)
    }

    /// The names of the preferred and the peer site, if both are there and differ.
    pub(super) fn sites(&self) -> Option<[&str; 2]> {
        let (preferred, peer) = (self.preferred_site()?, self.peer_site()?);
        (preferred != peer).then_some([preferred, peer])
    }
}

/// A site's name as it is compared: without spaces around it.
pub(super) fn site_name<'e>(option: &'e Effective) -> Option<&'e str> {
    option.text().map(str::trim).filter(|name| !name.is_empty())
}

/// The site of a name in the model.
pub(super) fn site_named<'m>(model: &'m Model, name: &str) -> Option<(SiteId, &'m Site)> {
    (0..).map(SiteId).zip(&model.sites).find(|(_, site)| site.name == name)
}

/// A server's site as it is compared.
pub(super) fn site_of(server: &Server) -> Option<String> {
    server.dr_site().map(|site| site.trim().to_owned()).filter(|site| !site.is_empty())
}

/// Where an effective value was written.
pub(super) fn span_of(effective: &Effective) -> Option<TextSpan> {
    effective.setting.map(|setting| setting.option.value.span)
}

impl<'d> Scene<'d> {
    /// Looks at a document.
    pub(super) fn new(document: &'d Document) -> Self {
        let classes = document.classes().into_iter().enumerate();
        let agents = classes.map(|(index, class)| Agents::new(index, class)).collect();
        let pairs = document.pairs();
        let mut at = BTreeMap::<String, Vec<usize>>::new();
        for (position, pair) in pairs.iter().enumerate() {
            if let Some(site) = site_of(pair.primary) {
                at.entry(site).or_default().push(position);
            }
        }
        let mut switches = BTreeMap::new();
        for (position, switch) in document.switches.iter().enumerate() {
            if let Some(server) = &switch.server {
                switches.entry(server.value.as_str()).or_insert(position);
            }
        }
        Self { document, agents, pairs, at, switches }
    }

    /// The `capacity` of a site's registrar, as written.
    pub(super) fn capacity(&self, site: &str) -> Option<&'d Spanned<Span>> {
        let declared = self.document.sites.iter().find(|one| one.name.value == site);
        declared.and_then(|one| one.registrar.message.as_ref())
    }

    /// The agents for whom disaster recovery is switched on.
    pub(super) fn covered(&self) -> impl Iterator<Item = &Agents<'d>> {
        self.agents.iter().filter(|agents| agents.enabled.is_true())
    }

    /// The covered agents with two different sites.
    pub(super) fn between_sites(&self) -> impl Iterator<Item = (&Agents<'d>, [&str; 2])> {
        self.covered().filter_map(|agents| Some((agents, agents.sites()?)))
    }

    /// Whether any pair of that kind is declared or implied.
    pub(super) fn has(&self, kind: Kind) -> bool {
        self.pairs.iter().any(|pair| pair.primary.is(kind))
    }

    /// The pairs of a kind whose `disaster-recovery.site` is this.
    pub(super) fn pairs_at(&self, kind: Kind, site: &str) -> Vec<&ServerPair<'d>> {
        let here = self.at.get(site).into_iter().flatten().map(|position| &self.pairs[*position]);
        here.filter(|pair| pair.primary.is(kind)).collect()
    }

    /// The SIP Server pairs of the agents at their preferred and their peer site: the one named by
    /// the Place, else by the peer's name, else the first of the site.
    pub(super) fn seats(&self, agents: &Agents<'d>) -> [Option<&ServerPair<'d>>; 2] {
        let Some([preferred, peer]) = agents.sites() else { return [None, None] };
        let home = self.by_place(agents, preferred).or_else(|| self.first(preferred));
        let named = |pair: &&&ServerPair<'d>| home.is_some_and(|h| name_of(h) == name_of(pair));
        let away = self.by_place(agents, peer).or_else(|| {
            let candidates = self.pairs_at(Kind::Sip, peer);
            candidates.iter().find(named).or(candidates.first()).copied()
        });
        [home, away]
    }

    /// The pair at a site that the agents' Place names by the switch of one of its DNs.
    fn by_place(&self, agents: &Agents<'d>, site: &str) -> Option<&ServerPair<'d>> {
        let place = agents.class.place()?;
        let candidates = self.pairs_at(Kind::Sip, site);
        let switches: Vec<_> =
            place.dns.iter().filter_map(|dn| self.document.switch(&dn.switch.value)).collect();
        candidates.into_iter().find(|pair| switches.iter().any(|switch| controls(pair, switch)))
    }

    /// The first SIP Server pair at a site.
    fn first(&self, site: &str) -> Option<&ServerPair<'d>> {
        self.pairs_at(Kind::Sip, site).into_iter().next()
    }

    /// The phone of some agents as meant.
    pub(super) fn phone<'m>(&self, model: &'m Model, agents: &Agents) -> Option<&'m Phone> {
        model.phones.get(agents.profile(model)?.phone)
    }

    /// The switch that a pair controls.
    pub(super) fn switch_of(&self, pair: &ServerPair<'d>) -> Option<&'d Switch> {
        let own = members(pair).filter_map(|one| self.switches.get(one.name.value.as_str()));
        own.min().map(|position| &self.document.switches[*position])
    }

    /// The peer pairs of SIP Servers that agents move between, each once, in order of appearance,
    /// with the agents of each.
    pub(super) fn couples(&self) -> Vec<PeerPairs<'_, 'd>> {
        let mut couples: Vec<PeerPairs<'_, 'd>> = Vec::new();
        for agents in self.covered() {
            let [Some(home), Some(away)] = self.seats(agents) else { continue };
            let same = |couple: &&mut PeerPairs<'_, 'd>| couple.joins(home, away);
            match couples.iter_mut().find(same) {
                Some(couple) => couple.agents.push(agents),
                None => couples.push(PeerPairs { pairs: [home, away], agents: vec![agents] }),
            }
        }
        couples
    }
}

/// Two SIP Server pairs that agents move between.
pub(super) struct PeerPairs<'s, 'd> {
    /// The pairs; the order is that of the first agents' preferred and peer site.
    pub pairs: [&'s ServerPair<'d>; 2],
    /// The agents that move between them.
    pub agents: Vec<&'s Agents<'d>>,
}

impl<'d> PeerPairs<'_, 'd> {
    fn joins(&self, one: &ServerPair<'d>, other: &ServerPair<'d>) -> bool {
        let [a, b] = self.pairs;
        same(a, one) && same(b, other) || same(a, other) && same(b, one)
    }

    /// The peer pair in both directions.
    pub(super) fn both_ways(&self) -> [[&ServerPair<'d>; 2]; 2] {
        let [a, b] = self.pairs;
        [[a, b], [b, a]]
    }
}

/// Whether two pairs are one.
pub(super) fn same(one: &ServerPair, other: &ServerPair) -> bool {
    std::ptr::eq(one.primary, other.primary)
}

/// The `disaster-recovery.name` of a pair, `default` if unset.
pub(super) fn name_of(pair: &ServerPair) -> String {
    pair.primary.dr_name().unwrap_or_else(|| "default".to_owned())
}

/// The members of a pair, primary first.
pub(super) fn members<'d>(pair: &ServerPair<'d>) -> impl Iterator<Item = &'d Server> {
    std::iter::once(pair.primary).chain(pair.backup)
}

/// Whether one of a pair's servers controls a switch.
fn controls(pair: &ServerPair, switch: &Switch) -> bool {
    let server = switch.server.as_ref().map(|server| server.value.as_str());
    members(pair).any(|member| Some(member.name.value.as_str()) == server)
}

/// The vendor's name for a kind of server.
pub(super) const fn product(kind: Kind) -> &'static str {
    match kind {
        Kind::Sip => "SIP Server",
        Kind::Stat => "Stat Server",
        Kind::Config => "Configuration Server",
    }
}
