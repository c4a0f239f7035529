//! What an agent at one location could see of one server pair at one instant, in four bytes.
//!
//! It holds the real state, not what a desktop has noticed.

use std::fmt;

use crate::model::{Kind, RegistrarFault, Role};

/// The state of the paths to a pair's members, of the members themselves and of drains at its site.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Outlook(u32);

impl Outlook {
    // Two bits each, one per member.
    const CTI: u32 = 1;
    const SIP: u32 = 1 << 2;
    const HOST: u32 = 1 << 4;
    const UP: u32 = 1 << 6;
    const SERVES: u32 = 1 << 8;
    const HANGS: u32 = 1 << 10;
    // One bit each.
    const MUTE: u32 = 1 << 12;
    const REFUSES: u32 = 1 << 13;
    const DRAIN: u32 = 1 << 14;
    const BOTH: u32 = 0b11;

    /// All paths up, every member's host and process up, the primary serving.
    #[must_use]
    pub const fn all_well(backup: bool) -> Self {
        let members = if backup { 0b11 } else { 0b01 };
        let paths = Self::BOTH * (Self::CTI | Self::SIP);
        Self(paths | (members * (Self::HOST | Self::UP)) | Self::SERVES)
    }

    const fn of(bit: u32, role: Role) -> u32 {
        bit << role.index()
    }

    const fn has(self, bit: u32) -> bool {
        self.0 & bit != 0
    }

    const fn with(self, bit: u32, on: bool) -> Self {
        Self(if on { self.0 | bit } else { self.0 & !bit })
    }

    /// Of each of two groups of two bits: whether a member has both.
    const fn share(self, one: u32, other: u32) -> bool {
        (self.0 / one) & (self.0 / other) & Self::BOTH != 0
    }

    /// The path to both members.
    pub(super) const fn with_path(self, cti: bool, sip: bool) -> Self {
        self.with(Self::BOTH * Self::CTI, cti).with(Self::BOTH * Self::SIP, sip)
    }

    /// The path to one member.
    pub(super) const fn with_path_to(self, role: Role, cti: bool, sip: bool) -> Self {
        self.with(Self::of(Self::CTI, role), cti).with(Self::of(Self::SIP, role), sip)
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

    pub(super) const fn with_registrar(self, fault: RegistrarFault, on: bool) -> Self {
        match fault {
            RegistrarFault::Hangs => self.with(Self::MUTE, on),
            RegistrarFault::Refuses => self.with(Self::REFUSES, on),
            RegistrarFault::Slow => self,
        }
    }

    pub(super) const fn with_hang(self, role: Role, on: bool) -> Self {
        self.with(Self::of(Self::HANGS, role), on)
    }

    pub(super) const fn with_serving(self, serving: Option<Role>) -> Self {
        let none = self.with(Self::BOTH * Self::SERVES, false);
        match serving {
            Some(role) => none.with(Self::of(Self::SERVES, role), true),
            None => none,
        }
    }

    /// Whether the pair is split and each of its members serves.
    pub(super) const fn with_split(self, split: bool) -> Self {
        if split { self.with(Self::BOTH * Self::SERVES, true) } else { self }
    }

    /// Whether the desktop's plane of the path to this member is up.
    #[must_use]
    pub const fn cti(self, role: Role) -> bool {
        self.has(Self::of(Self::CTI, role))
    }

    /// Whether the phone's plane of the path to this member is up.
    #[must_use]
    pub const fn sip(self, role: Role) -> bool {
        self.has(Self::of(Self::SIP, role))
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

    /// Whether a member's process, its host and its site are up, even if the process hangs.
    #[must_use]
    pub const fn up(self, role: Role) -> bool {
        self.has(Self::of(Self::UP, role))
    }

    /// Whether some member is up (serving or not).
    #[must_use]
    pub const fn any_up(self) -> bool {
        self.has(Self::BOTH * Self::UP)
    }

    /// Whether this member serves.
    #[must_use]
    pub const fn serves(self, role: Role) -> bool {
        self.has(Self::of(Self::SERVES, role))
    }

    /// The member that serves, if one does; of two, one that the desktop reaches.
    #[must_use]
    pub const fn serving(self) -> Option<Role> {
        let split =
            self.serves(Role::Backup) && self.live(Role::Backup) && !self.live(Role::Primary);
        if self.serves(Role::Primary) && !split {
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
        self.has(Self::BOTH * Self::SERVES)
    }

    /// Whether a connection to this member is live: the desktop's plane is up and it serves.
    #[must_use]
    pub const fn live(self, role: Role) -> bool {
        self.cti(role) && self.serves(role)
    }

    /// Whether some member serves that the desktop reaches.
    #[must_use]
    pub const fn reached(self) -> bool {
        self.share(Self::CTI, Self::SERVES)
    }

    /// Whether an attempt at this member is answered, with success or refusal.
    #[must_use]
    pub const fn reachable(self, role: Role) -> bool {
        self.cti(role) && self.host_up(role) && !self.hangs(role)
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
        self.reached() && !(matches!(kind, Kind::Sip) && self.drained())
    }

    /// Whether a REGISTER would be answered at this SIP Server pair, with success or refusal.
    #[must_use]
    pub const fn answers(self) -> bool {
        self.rings() && !self.drained() && !self.has(Self::MUTE)
    }

    /// Whether a REGISTER would succeed at this SIP Server pair.
    #[must_use]
    pub const fn registers(self) -> bool {
        self.answers() && !self.has(Self::REFUSES)
    }

    /// Whether the registrar of this SIP Server pair answers no REGISTER.
    #[must_use]
    pub const fn is_mute(self) -> bool {
        self.has(Self::MUTE)
    }

    /// Whether the registrar of this SIP Server pair refuses every REGISTER that it answers.
    #[must_use]
    pub const fn refuses_registers(self) -> bool {
        self.has(Self::REFUSES)
    }

    /// Whether a REGISTER would succeed at this SIP Server pair, over a path that is up.
    #[must_use]
    pub const fn takes_registers(self) -> bool {
        self.with_path(true, true).registers()
    }

    /// Whether calls could reach a phone registered at this SIP Server pair.
    #[must_use]
    pub const fn rings(self) -> bool {
        self.share(Self::SIP, Self::SERVES)
    }
}

/// One letter per thing that holds: d(rain), then per member c(ti) s(ip) h(ost) u(p) S(erves) H(angs).
impl fmt::Debug for Outlook {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let flag = |on, letter| if on { letter } else { '-' };
        write!(out, "{}", flag(self.drained(), 'd'))?;
        for role in Role::BOTH {
            let member = [
                flag(self.cti(role), 'c'),
                flag(self.sip(role), 's'),
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
