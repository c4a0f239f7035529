//! What an agent at one location could see of one server pair at one instant, in two bytes.
//!
//! It says what is true, not what anybody has noticed.

use std::fmt;

use crate::model::{Ailment, Kind, Role};

/// The state of the path to a pair's site, of its members and of drains there.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Outlook(u16);

impl Outlook {
    const CTI: u16 = 1;
    const SIP: u16 = 1 << 1;
    const DRAIN: u16 = 1 << 2;
    const HOST: u16 = 1 << 4;
    const UP: u16 = 1 << 6;
    const SERVES: u16 = 1 << 8;
    const HANGS: u16 = 1 << 10;
    const MUTE: u16 = 1 << 12;
    const REFUSES: u16 = 1 << 13;

    /// Both planes up, every member's host and process up, the primary serving.
    #[must_use]
    pub const fn all_well(backup: bool) -> Self {
        let members = if backup { 0b11 } else { 0b01 };
        Self(Self::CTI | Self::SIP | (members * (Self::HOST | Self::UP)) | Self::SERVES)
    }

    const fn of(bit: u16, role: Role) -> u16 {
        bit << role.index()
    }

    const fn has(self, bit: u16) -> bool {
        self.0 & bit != 0
    }

    const fn with(self, bit: u16, on: bool) -> Self {
        Self(if on { self.0 | bit } else { self.0 & !bit })
    }

    pub(super) const fn with_path(self, cti: bool, sip: bool) -> Self {
        self.with(Self::CTI, cti).with(Self::SIP, sip)
    }

    pub(super) const fn with_drain(self, on: bool) -> Self {
        self.with(Self::DRAIN, on)
    }

    pub(super) const fn with_host(self, role: Role, up: bool) -> Self {
        self.with(Self::of(Self::HOST, role), up)
    }

    pub(super) const fn with_up(self, role: Role, up: bool) -> Self {
        self.with(Self::of(Self::UP, role), up)
    }

    pub(super) const fn with_registrar(self, ailment: Ailment, on: bool) -> Self {
        match ailment {
            Ailment::Hangs => self.with(Self::MUTE, on),
            Ailment::Refuses => self.with(Self::REFUSES, on),
        }
    }

    pub(super) const fn with_hang(self, role: Role, on: bool) -> Self {
        self.with(Self::of(Self::HANGS, role), on)
    }

    pub(super) const fn with_serving(self, serving: Option<Role>) -> Self {
        let none = Self(self.0 & !(0b11 * Self::SERVES));
        match serving {
            Some(role) => none.with(Self::of(Self::SERVES, role), true),
            None => none,
        }
    }

    /// Whether the desktop's plane of the path is up.
    #[must_use]
    pub const fn cti(self) -> bool {
        self.has(Self::CTI)
    }

    /// Whether the phone's plane of the path is up.
    #[must_use]
    pub const fn sip(self) -> bool {
        self.has(Self::SIP)
    }

    /// Whether the site is drained: logins and REGISTERs are refused.
    #[must_use]
    pub const fn drained(self) -> bool {
        self.has(Self::DRAIN)
    }

    /// Whether a member's host and site are up.
    #[must_use]
    pub const fn host_up(self, role: Role) -> bool {
        self.has(Self::of(Self::HOST, role))
    }

    /// Whether a member's process is there and says nothing: its sockets stay open.
    #[must_use]
    pub const fn hangs(self, role: Role) -> bool {
        self.has(Self::of(Self::HANGS, role))
    }

    /// Whether a member's process, its host and its site are up, be it that the process hangs.
    #[must_use]
    pub const fn up(self, role: Role) -> bool {
        self.has(Self::of(Self::UP, role))
    }

    /// Whether some member is up (serving or not).
    #[must_use]
    pub const fn any_up(self) -> bool {
        self.has(0b11 * Self::UP)
    }

    /// Whether this member serves.
    #[must_use]
    pub const fn serves(self, role: Role) -> bool {
        self.has(Self::of(Self::SERVES, role))
    }

    /// The member that serves, if one does.
    #[must_use]
    pub const fn serving(self) -> Option<Role> {
        if self.serves(Role::Primary) {
            Some(Role::Primary)
        } else if self.serves(Role::Backup) {
            Some(Role::Backup)
        } else {
            None
        }
    }

    /// Whether the pair serves: some member does.
    #[must_use]
    pub const fn pair_serves(self) -> bool {
        self.has(0b11 * Self::SERVES)
    }

    /// Whether a connection to this member is live: the desktop's plane is up and it serves.
    #[must_use]
    pub const fn live(self, role: Role) -> bool {
        self.cti() && self.serves(role)
    }

    /// Whether an attempt at this member is answered, with success or refusal.
    #[must_use]
    pub const fn reachable(self, role: Role) -> bool {
        self.cti() && self.host_up(role) && !self.hangs(role)
    }

    /// Whether an attempt at this member of a pair of this kind succeeds (SIP Servers refuse
    /// during a drain).
    #[must_use]
    pub const fn accepts(self, role: Role, kind: Kind) -> bool {
        self.live(role) && !(matches!(kind, Kind::Sip) && self.drained())
    }

    /// Whether some member of a pair of this kind would accept a desktop.
    #[must_use]
    pub const fn welcomes(self, kind: Kind) -> bool {
        self.cti() && self.pair_serves() && !(matches!(kind, Kind::Sip) && self.drained())
    }

    /// Whether a REGISTER would be answered at this SIP Server pair, with success or refusal.
    #[must_use]
    pub const fn answers(self) -> bool {
        self.sip() && self.pair_serves() && !self.drained() && !self.has(Self::MUTE)
    }

    /// Whether a REGISTER would succeed at this SIP Server pair.
    #[must_use]
    pub const fn registers(self) -> bool {
        self.answers() && !self.has(Self::REFUSES)
    }

    /// Whether calls could reach a phone registered at this SIP Server pair.
    #[must_use]
    pub const fn rings(self) -> bool {
        self.sip() && self.pair_serves()
    }
}

/// One letter per thing that holds: c(ti) s(ip) d(rain), then per member h(ost) u(p) S(erves) H(angs).
impl fmt::Debug for Outlook {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let flag = |on, letter| if on { letter } else { '-' };
        let path = [flag(self.cti(), 'c'), flag(self.sip(), 's'), flag(self.drained(), 'd')];
        out.write_str(&path.iter().collect::<String>())?;
        for role in Role::BOTH {
            let member = [
                flag(self.host_up(role), 'h'),
                flag(self.up(role), 'u'),
                flag(self.serves(role), 'S'),
                flag(self.hangs(role), 'H'),
            ];
            write!(out, " {}", member.iter().collect::<String>())?;
        }
        Ok(())
    }
}
